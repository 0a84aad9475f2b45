"""What a note holds, before any program of flashcards sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.flashcards.notes import FIELDS, level, notes, one_level
from yakugo.model import Concept, Context, Snapshot, Term

SENTENCE = "核の「傘」とは核の傘のことだ。"
UMBRELLA = Concept(
    "nuclear-umbrella",
    (Term("核の傘", reading="かくのかさ"), Term("nuclear umbrella", "en")),
    subject_field='nuclear::strategy "A"',
)
EXAMPLES = {UMBRELLA.id: Context(SENTENCE, "essay.txt", 0, 5)}


def note(**snapshot):
    (made,) = notes(Snapshot((UMBRELLA,), examples=EXAMPLES, **snapshot))
    return dict(zip(FIELDS, made.fields, strict=True)), made


def test_each_gap_of_a_cloze_says_how_many_letters_are_missing():
    fields, _ = note()
    gap = '<span class="gap" data-letters="3">[…]</span>'
    assert fields["Cloze"] == f"{gap}とは{gap}のことだ。"


def test_a_sentence_without_the_term_gives_no_cloze():
    (made,) = notes(Snapshot((UMBRELLA,), examples={UMBRELLA.id: Context("傘の話。")}))
    assert made.fields[FIELDS.index("Cloze")] == ""
    assert made.fields[FIELDS.index("Context")] == "傘の話。"


def test_tags_are_one_level_each():
    _, made = note(found_in={"核の傘": ["a\u3000b::c.txt"]})
    assert "yakugo::field::nuclear:strategy_'A'" in made.tags
    assert "yakugo::document::a_b:c.txt" in made.tags


@given(st.text('a:" \u3000\x00がか\u3099', max_size=12))
def test_a_name_is_one_level_for_anki_and_stays_as_it_is(text):
    name = one_level(text)
    assert one_level(name) == name
    assert "::" not in f"x::{name}::y".removeprefix("x::").removesuffix("::y")
    assert not set(name) & set('"\x00\u3000')


@pytest.mark.parametrize(
    ("term", "expected"),
    [("戦争", 1), ("査察", 3), ("軍縮", 4), ("NATO", 0), ("接近阻止・領域拒否", 2)],
)
def test_levels_go_by_the_rarest_word(term, expected):
    assert level(term) == expected
