"""Flashcards as a table for any program."""

import csv

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.formats import load
from yakugo.formats.cards import COLUMNS
from yakugo.formats.csv import GUARDED
from yakugo.model import Concept, Context, Snapshot, Term, Usage

DUAL_KEY = Concept(
    "dual-key",
    (
        Term("二重鍵", reading="にじゅうかぎ"),
        Term("dual key", "en"),
        Term("dual-key arrangement", "en", usage=Usage.ADMITTED),
        Term("keys; two", "en", usage=Usage.ADMITTED),
        Term("double lock", "en", usage=Usage.DEPRECATED),
    ),
    definition='A rule, as of a "safe",\nthat two parties must agree to fire.',
    subject_field="alliances",
)
EXAMPLE = Context.locating("二重鍵", "彼は「二重」鍵を、渡した。", "own.txt")
SNAPSHOT = Snapshot((DUAL_KEY,), examples={"dual-key": EXAMPLE})


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "security-cards.csv"
    load("cards").write(SNAPSHOT, path)
    return path


def test_a_row_holds_all_that_a_card_may_show(path):
    table = pd.read_csv(path, keep_default_na=False)
    assert list(table.columns) == [column.name for column in COLUMNS]
    assert table.iloc[0].to_dict() == {
        "japanese": "二重鍵",
        "english": "dual key",
        "reading": "にじゅうかぎ",
        "furigana": "二[に] 重[じゅう] 鍵[かぎ]",
        "other_japanese": "",
        "other_english": "dual-key arrangement; keys, two",
        "definition": 'A rule, as of a "safe",\nthat two parties must agree to fire.',
        "sentence": "彼は「二重」鍵を、渡した。",
        "sentence_furigana": "彼[かれ]は「 二[に] 重[じゅう]」 鍵[かぎ]を、 渡[わた]した。",
        "source": "own.txt",
        "subject_field": "alliances",
        "concept": "dual-key",
    }


def test_the_two_sides_come_first_and_excel_shows_the_japanese(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbfjapanese,english,reading,")


NASTY = st.text(st.sampled_from("\",;\t\n\r=+-@' a核"), max_size=15) | st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"),
    max_size=15,
)


@given(english=NASTY, definition=NASTY)
def test_any_text_comes_back_through_the_quotes(tmp_path_factory, english, definition):
    path = tmp_path_factory.mktemp("cards") / "x.csv"
    terms = (Term("核", reading="かく"), Term(english, "en"))
    load("cards").write(Snapshot((Concept("x", terms, definition=definition),)), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    read = {name: cell[1:] if GUARDED.match(cell) else cell for name, cell in row.items()}
    assert read["english"] == " ".join(english.splitlines())
    assert read["definition"] == "\n".join(definition.splitlines())
    assert not any(cell.startswith(tuple("=+-@\t")) for cell in row.values())
