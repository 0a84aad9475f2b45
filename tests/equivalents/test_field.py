"""The word list holds together, and is offered for words that stand by themselves."""

import re
import unicodedata
from importlib.resources import files

import pytest

from yakugo import candidates
from yakugo.equivalents import field
from yakugo.tables import table

ROWS = table("equivalents/field.tsv")
FORMS = [
    (row["word"], form)
    for row in ROWS
    for column in ("english", "modifier")
    for form in row[column].split("; ")
    if row[column]
]


def offers(word):
    return field.offers([candidates.of(word)]).get(word, [])


# --- the file


def test_every_row_has_a_word_its_english_and_what_it_is_as_a_modifier():
    lines = (files("yakugo") / "equivalents/field.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "word\tenglish\tmodifier"
    assert [line for line in lines if line.count("\t") != 2] == []
    assert [row for row in ROWS if not row["word"]] == []
    assert [row["word"] for row in ROWS if not row["english"] and not row["modifier"]] == []


def test_no_word_is_listed_twice_and_no_form_twice_for_a_word():
    listed = [row["word"] for row in ROWS]
    assert len(listed) == len(set(listed))
    for row in ROWS:
        for column in ("english", "modifier"):
            cell = row[column].split("; ")
            assert len(cell) == len(set(cell)), row["word"]


def test_forms_are_words_with_single_spaces_and_at_most_one_place_for_the_other_part():
    assert [pair for pair in FORMS if pair[1] != " ".join(pair[1].split()) or not pair[1]] == []
    assert [pair for pair in FORMS if ";" in pair[1] or pair[1].count(field.SLOT) > 1] == []
    assert [pair for pair in FORMS if re.search(r"[^\w\s~'+/.,&()-]", pair[1])] == []
    assert [pair for pair in FORMS if re.search(r"[ぁ-ヿ一-鿿]", pair[1])] == []


def test_brackets_stand_only_where_the_japanese_name_has_them():
    assert [pair for pair in FORMS if "(" in pair[1] and not re.search("[(（]", pair[0])] == []


# What these mean is the one of many that is spoken of: 本法 is the Act.
_THE_ONE = {"本法", "本法案", "本件", "本人", "先般", "有志"}


def test_no_form_begins_with_an_article_unless_it_is_of_a_name():
    article = re.compile("(?:the|an?) ")
    assert {word for word, form in FORMS if article.match(form)} == _THE_ONE
    names = re.compile("(?:The|An?) ")
    assert {form for _, form in FORMS if names.match(form)} == {"The Hague", "An Agenda for Peace"}


_BRITISH = re.compile(
    r"\b(?:[a-z]*(?:defence|offence|licence|centre|theatre|kilometre|manoeuvre|programme|armour"
    r"|behaviour|colour|endeavour|favour|harbour|honour|labour|neighbour|rumour|fuelling"
    r"|signalling|travelling|judgement)\w*|[a-z]{3,}isations?"
    r"|(?:author|modern|militar|organ|stabil|mobil|civil|neutral|util|real|recogn)is(?:e[drs]?|ing))\b"
)


def test_spelling_is_american_but_for_the_names_of_those_who_write_otherwise():
    assert _BRITISH.search("organisation of defence programmes")
    assert [pair for pair in FORMS if _BRITISH.search(pair[1])] == []


def test_what_is_listed_in_full_width_is_listed_in_half_width_too():
    half = {row["word"] for row in ROWS if unicodedata.is_normalized("NFKC", row["word"])}
    assert {unicodedata.normalize("NFKC", row["word"]) for row in ROWS} == half


# --- what is offered


def test_a_word_by_itself_is_offered_as_listed_the_most_usual_first():
    found = offers("抑止")
    assert [one.english for one in found[:2]] == ["deterrence", "deterrent"]
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(one.evidence[0].provider == "word list" and one.attested for one in found)


@pytest.mark.parametrize("word", ["配備型", "的", "再", "無い語"])
def test_what_stands_by_another_part_only_is_not_offered_by_itself(word):
    assert offers(word) == []


def test_the_place_for_the_other_part_is_never_offered():
    terms = [row["word"] for row in ROWS]
    made = [candidates.Candidate(term, "", (term,), "word") for term in terms]
    for found in field.offers(made).values():
        assert [one.english for one in found if field.SLOT in one.english] == []
        assert all(0 < one.score <= 1 for one in found)


def test_strategic_is_what_strategy_is_before_a_noun():
    strategy = field.words()["戦略"]
    assert strategy.heads[0] == "strategy"
    assert strategy.modifiers[0] == "strategic"
