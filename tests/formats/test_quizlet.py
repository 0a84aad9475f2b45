"""The text that is pasted into Quizlet's import box."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.formats import load
from yakugo.formats.quizlet import render
from yakugo.model import (
    Candidate,
    CardKind,
    CardOptions,
    Concept,
    Ranked,
    Snapshot,
    Term,
    Usage,
)

UMBRELLA = Concept(
    "nuclear-umbrella", (Term("核の傘", reading="かくのかさ"), Term("nuclear umbrella", "en"))
)
DUAL_KEY = Concept(
    "dual-key",
    (
        Term("二重鍵", reading="にじゅうかぎ"),
        Term("二重の鍵", usage=Usage.ADMITTED),
        Term("dual key", "en"),
        Term("dual-key arrangement", "en", usage=Usage.ADMITTED),
        Term("double lock", "en", usage=Usage.DEPRECATED),
    ),
)
ESCALATION = Concept(
    "escalation",
    (Term("エスカレーション", reading="エスカレーション"), Term("escalation", "en")),
)
SNAPSHOT = Snapshot((UMBRELLA, DUAL_KEY, ESCALATION))


def pasted(text):
    """What the box makes of a text: a card a line, a tab between its sides."""
    return [line.split("\t") for line in text.split("\n") if line.strip()]


def test_a_concept_is_a_line_with_the_japanese_first():
    assert pasted(render(SNAPSHOT)) == [
        ["二重鍵", "dual key / dual-key arrangement (にじゅうかぎ)"],
        ["エスカレーション", "escalation"],
        ["核の傘", "nuclear umbrella (かくのかさ)"],
    ]


def test_who_wants_only_production_gets_the_english_first():
    cards = CardOptions(kinds=(CardKind.PRODUCTION,))
    assert pasted(render(Snapshot((DUAL_KEY,), cards=cards))) == [
        ["dual key / dual-key arrangement", "二重鍵 / 二重の鍵 (にじゅうかぎ)"]
    ]


def test_what_the_documents_hold_most_often_comes_first():
    often = Ranked(Candidate("核の傘", "", (), "", frequency=9), 1.0)
    lines = pasted(render(Snapshot(SNAPSHOT.concepts, candidates=(often,))))
    assert [term for term, _ in lines] == ["核の傘", "二重鍵", "エスカレーション"]


def test_the_file_is_plain_utf_8_for_every_editor(tmp_path):
    path = tmp_path / "security-quizlet.txt"
    load("quizlet").write(SNAPSHOT, path)
    assert path.read_bytes() == render(SNAPSHOT).encode()
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\r" not in path.read_bytes()


def test_a_concept_without_english_is_no_card():
    assert render(Snapshot((Concept("x", (Term("核"),)),))) == ""


NASTY = st.text(st.sampled_from('\t\n\r\v\f\x1c\x85\u2028,;"/ a核'), max_size=12) | st.text(
    max_size=12
)


@given(japanese=NASTY, reading=NASTY, english=NASTY)
def test_whatever_the_text_a_concept_is_one_line_of_two_sides(japanese, reading, english):
    made = Concept("x", (Term(f"核{japanese}", reading=reading), Term(f"a{english}", "en")))
    text = render(Snapshot((made, UMBRELLA)))
    assert text.encode().decode() == text
    assert [len(line.split("\t")) for line in text.splitlines()] == [2, 2]
    assert not re.search(r"^\s|\s\n", text)
    (term, definition), *_ = (line for line in pasted(text) if "核の傘" not in line)
    assert term.startswith("核")
    assert definition.startswith("a")


@pytest.mark.parametrize("kinds", [(), (CardKind.CLOZE,), (CardKind.RECOGNITION,)])
def test_the_japanese_is_first_unless_only_production_is_wanted(kinds):
    (line,) = pasted(render(Snapshot((UMBRELLA,), cards=CardOptions(kinds=kinds))))
    assert line[0] == "核の傘"
