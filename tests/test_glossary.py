"""The shipped glossary keeps its own rules."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from yakugo.formats import tbx
from yakugo.formats.tbx_rules import check
from yakugo.furigana import pieces
from yakugo.model import ENGLISH, JAPANESE, Usage
from yakugo.tokens import reading
from yakugo.workspace import shipped_glossary

READINGS = Path(__file__).parent / "data" / "readings.tsv"
CONCEPTS = tbx.read(shipped_glossary())
JAPANESE_TERMS = [term for concept in CONCEPTS for term in concept.in_language(JAPANESE)]


def listed_readings():
    with READINGS.open(encoding="utf-8", newline="") as lines:
        return {row["term"]: row["reading"] for row in csv.DictReader(lines, delimiter="\t")}


def test_it_is_valid_and_published_in_its_stable_form():
    assert check(shipped_glossary()) == []
    assert tbx.render(CONCEPTS) == shipped_glossary().read_bytes()


def test_it_holds_what_it_is_about():
    assert len(CONCEPTS) >= 60
    english = {c.in_language(JAPANESE)[0].text: c.preferred(ENGLISH).text for c in CONCEPTS}
    assert english["拡大抑止"] == "extended deterrence"
    assert english["二重鍵"] == "dual key"
    assert english["対戦力能力"] == "counterforce capability"


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_each_concept_is_complete(concept):
    assert concept.subject_field
    assert concept.source
    for language in (JAPANESE, ENGLISH):
        usages = Counter(term.usage for term in concept.in_language(language))
        assert usages[Usage.PREFERRED] == 1
    words = concept.definition.split()
    assert 8 <= len(words) <= 60
    for term in concept.in_language(ENGLISH):
        if term.usage in (Usage.DEPRECATED, Usage.SUPERSEDED):
            assert term.note, f"{term.text}: say why it is to be avoided"
        else:
            own = re.compile(rf"\b{re.escape(term.text)}s?\b", re.I)
            assert not own.search(concept.definition)
    example = concept.in_language(JAPANESE)[0].contexts[0]
    assert example.surface == concept.in_language(JAPANESE)[0].text


def test_no_two_concepts_share_a_term_that_is_to_be_used():
    usable = [
        (term.language, term.text.casefold(), concept.id)
        for concept in CONCEPTS
        for term in concept.terms
        if term.usage in (Usage.PREFERRED, Usage.ADMITTED)
    ]
    shared = Counter((language, text) for language, text, _ in usable)
    assert [pair for pair, count in shared.items() if count > 1] == []


def test_terms_are_written_in_their_language():
    for concept in CONCEPTS:
        for term in concept.in_language(ENGLISH):
            assert term.text.isascii(), term.text
        assert all(term.reading for term in concept.in_language(JAPANESE))


def test_relations_lead_to_concepts_and_back():
    concepts = {concept.id: concept for concept in CONCEPTS}
    for concept in CONCEPTS:
        for other in concept.related:
            assert concept.id in concepts[other].related


def test_readings_are_the_tokenizer_s_or_on_a_reasoned_list():
    differ = {t.text: t.reading for t in JAPANESE_TERMS if t.reading != reading(t.text)}
    assert differ == listed_readings()


SPELLED = [term for term in JAPANESE_TERMS if not re.search("[A-Za-z]", term.text)]


@pytest.mark.parametrize("term", SPELLED, ids=lambda term: term.text)
def test_every_reading_can_be_set_above_its_term(term):
    above = "".join(piece.reading or piece.text for piece in pieces(term.text, term.reading))
    assert above.replace("・", "") == term.reading
