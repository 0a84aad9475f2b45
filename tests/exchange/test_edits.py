import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yakugo.exchange.edits import FaultyField, changed, edited, same
from yakugo.exchange.fields import OF_TERM, USAGES, Field, term_values
from yakugo.model import ENGLISH, JAPANESE, Concept, Context, Term, Usage

UMBRELLA = Concept(
    "nuclear-umbrella",
    (
        Term("核の傘", reading="かくのかさ", contexts=(Context("核の傘に頼る。", "essay", 0, 3),)),
        Term("核抑止の傘", usage=Usage.ADMITTED),
        Term("nuclear umbrella", ENGLISH, note="usual"),
        Term("atomic umbrella", ENGLISH, usage=Usage.SUPERSEDED),
    ),
)
FIRST = UMBRELLA.terms[0]
BASE = term_values(UMBRELLA, FIRST)


def terms(concept, language=ENGLISH):
    return [(term.text, term.usage.value) for term in concept.in_language(language)]


def test_only_what_differs_is_changed():
    assert changed(BASE, BASE) == {}
    assert changed(BASE | {Field.NOTE: "for allies"}, BASE) == {Field.NOTE: "for allies"}
    assert changed({Field.JAPANESE: "核の傘"}, BASE) == {}  # the other columns were deleted


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        (Field.DEFINITION, "two\nlines ", " two lines"),
        (Field.OTHER_ENGLISH, "shield; parasol", "parasol ；shield"),
        (Field.STATUS, "PREFERRED", "preferred 優先"),
        (Field.STATUS, "", "優先"),
        (Field.DEFINITION, "cut off at the limit of a c…", "cut off at the limit of a cell"),
    ],
)
def test_what_is_written_otherwise_is_the_same(field, one, other):
    assert same(field, one, other)


def test_overwritten_english_replaces_the_preferred_term():
    concept = edited(UMBRELLA, {}, {Field.ENGLISH: "shield"})
    assert terms(concept) == [("atomic umbrella", "superseded"), ("shield", "preferred")]


def test_an_admitted_term_becomes_the_preferred_one_and_keeps_its_note():
    both = edited(UMBRELLA, {}, {Field.OTHER_ENGLISH: "shield"})
    turned = edited(both, {}, {Field.ENGLISH: "shield", Field.OTHER_ENGLISH: "nuclear umbrella"})
    assert terms(turned) == [
        ("nuclear umbrella", "admitted"),
        ("atomic umbrella", "superseded"),
        ("shield", "preferred"),
    ]
    assert turned.terms[2].note == "usual"


def test_a_term_that_is_written_anew_is_found_in_its_sentences_again():
    concept = edited(UMBRELLA, {"核の傘": {Field.JAPANESE: "傘"}}, {})
    assert concept.terms[0].contexts == (Context("核の傘に頼る。", "essay", 2, 3),)


def test_one_japanese_term_is_preferred():
    concept = edited(UMBRELLA, {"核抑止の傘": {Field.STATUS: "preferred"}}, {})
    assert terms(concept, JAPANESE) == [("核の傘", "admitted"), ("核抑止の傘", "preferred")]


@pytest.mark.parametrize(
    ("of_terms", "of_concept", "field"),
    [
        ({"核の傘": {Field.JAPANESE: " "}}, {}, Field.JAPANESE),
        ({"傘": {Field.READING: "かさ"}}, {}, Field.JAPANESE),
        ({"核の傘": {Field.STATUS: "nice"}}, {}, Field.STATUS),
        ({}, {Field.ENGLISH: ""}, Field.ENGLISH),
        ({}, {Field.AVOID: "nuclear umbrella"}, Field.AVOID),
    ],
)
def test_what_cannot_be_says_in_which_field(of_terms, of_concept, field):
    with pytest.raises(FaultyField) as error:
        edited(UMBRELLA, of_terms, of_concept)
    assert error.value.field is field


WORDS = st.text("abcde -'", min_size=1, max_size=8).map(str.strip).filter(bool)
LISTS = st.lists(WORDS, max_size=3, unique=True).map("; ".join)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        Field.ENGLISH: WORDS,
        Field.OTHER_ENGLISH: LISTS,
        Field.AVOID: LISTS,
        Field.NOTE: WORDS,
        Field.DEFINITION: WORDS,
        Field.SUBJECT_FIELD: WORDS,
        Field.READING: st.text("かさのく", max_size=5),
        Field.STATUS: st.sampled_from(list(USAGES)),
        Field.JAPANESE: st.text("核傘盾", min_size=1, max_size=4),
    },
)


@given(st.sampled_from(UMBRELLA.in_language(JAPANESE)), CHANGES)
def test_the_row_of_an_edited_concept_says_what_was_filled_in(term, filled):
    row = term_values(UMBRELLA, term) | filled
    changes = changed(row, term_values(UMBRELLA, term))
    of_term = {field: text for field, text in changes.items() if field in OF_TERM}
    of_concept = {field: text for field, text in changes.items() if field not in OF_TERM}
    try:
        concept = edited(UMBRELLA, {term.text: of_term}, of_concept)
    except FaultyField:
        assume(False)
    number = UMBRELLA.in_language(JAPANESE).index(term)
    again = term_values(concept, concept.in_language(JAPANESE)[number])
    twice = row[Field.ENGLISH] in row[Field.OTHER_ENGLISH].split("; ")  # it is listed once
    for field in filled.keys() - ({Field.OTHER_ENGLISH} if twice else set()):
        assert same(field, again[field], row[field]), field
