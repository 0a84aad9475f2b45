"""What a candidate may belong to already, and what in a glossary does not agree."""

from dataclasses import replace

import pytest

from yakugo.model import Candidate, Concept, State, Term, TermType, Usage
from yakugo.termbase import Termbase
from yakugo.termbase.duplicates import Kind, inconsistencies, near

TREATY = Concept(
    "npt",
    (
        Term("核不拡散条約", reading="かくふかくさんじょうやく"),
        Term("Treaty on the Non-Proliferation of Nuclear Weapons", "en"),
        Term("NPT", "en", type=TermType.ACRONYM, usage=Usage.ADMITTED),
    ),
)
DETERRENCE = Concept(
    "deterrence",
    (
        Term("抑止", reading="よくし"),
        Term("抑制", reading="よくせい", usage=Usage.DEPRECATED),
        Term("deterrence", "en"),
    ),
)


@pytest.fixture
def termbase(database):
    with Termbase(database) as opened:
        opened.load([TREATY, DETERRENCE])
        yield opened


def candidate(term, reading="", **more):
    return Candidate(term, reading, (term,), "word", **more)


def found(termbase, one, english=""):
    return [(near.concept.id, near.why) for near in near(termbase, one, english)]


@pytest.mark.parametrize(
    ("one", "english", "why"),
    [
        (candidate("抑止"), "", ("deterrence", "has the term")),
        (candidate("核「不拡散」条約"), "", ("npt", "has the term")),
        (candidate("抑制"), "", ("deterrence", "avoids the term")),
        (candidate("核の不拡散条約"), "", ("npt", "another spelling of 核不拡散条約")),
        (
            candidate("核不拡散の条約体制", variants=("核の不拡散条約",)),
            "",
            ("npt", "another spelling of 核不拡散条約"),
        ),
        (
            candidate("核防条約", short_for="核不拡散条約"),
            "",
            ("npt", "short for 核不拡散条約"),
        ),
        (candidate("ＮＰＴ"), "", ("npt", "NPT is its English short form")),
        (
            candidate("ヨクシ", "よくし"),
            "Deterrence",
            ("deterrence", "the same reading and English: deterrence"),
        ),
        (
            candidate("抑え", "おさえ"),
            "restraint; deterrence",
            ("deterrence", "the same English: deterrence"),
        ),
    ],
)
def test_a_concept_is_near_for_a_reason(termbase, one, english, why):
    assert found(termbase, one, english) == [why]


def test_what_only_looks_so_is_not_near(termbase):
    assert found(termbase, candidate("盾"), "shield") == []
    assert found(termbase, candidate("欲し", "よくし"), "desire") == []


def test_the_likeliest_comes_first_and_what_is_not_approved_says_so(termbase):
    termbase.load(
        [
            Concept("restraint", (Term("抑止", usage=Usage.SUPERSEDED), Term("restraint", "en"))),
            Concept("a", (Term("威嚇"), Term("Deterrence", "en")), state=State.REJECTED),
            Concept("b", (Term("ヨクシ", reading="ヨクシ"), Term("deterrence", "en"))),
        ]
    )
    assert found(termbase, candidate("抑止", "よくし"), "deterrence") == [
        ("deterrence", "has the term"),
        ("restraint", "avoids the term"),
        ("b", "the same reading and English: deterrence"),
        ("a", "the same English: Deterrence (rejected)"),
    ]


# --- in what is there


def said(concepts, used=None):
    return [(one.kind, one.says, one.concepts) for one in inconsistencies(concepts, used)]


def test_a_sound_glossary_is_consistent():
    assert said([TREATY, DETERRENCE], {"抑止": 9}) == []


def test_one_japanese_term_with_two_english_ones():
    other = Concept(
        "dissuasion", (Term("抑止"), Term("dissuasion", "en")), subject_field="alliances"
    )
    assert said([DETERRENCE, other]) == [
        (
            Kind.TWO_ENGLISH,
            "抑止: deterrence (deterrence), dissuasion (dissuasion)",
            ("deterrence", "dissuasion"),
        )
    ]
    assert said([DETERRENCE, replace(other, state=State.REJECTED)]) == []


def test_homographs_mean_different_things():
    shields = [
        Concept("shield", (Term("盾"), Term("shield", "en")), homograph=1),
        Concept("sea-shield", (Term("盾"), Term("sea shield", "en")), homograph=2),
    ]
    assert said(shields) == []


def test_case_number_and_hyphen_make_no_other_english():
    other = Concept("d", (Term("抑止"), Term("Deterrences", "en")), subject_field="law")
    assert [kind for kind, _, _ in said([DETERRENCE, other])] == []


def test_two_japanese_terms_with_the_same_english():
    other = Concept("restraint", (Term("威嚇"), Term("Deterrence", "en")))
    assert said([DETERRENCE, other]) == [
        (
            Kind.TWO_JAPANESE,
            "deterrence: 抑止 (deterrence)、威嚇 (restraint)",
            ("deterrence", "restraint"),
        )
    ]


def test_a_term_to_avoid_that_the_documents_use():
    assert said([DETERRENCE], {"抑制": 3}) == [
        (
            Kind.DEPRECATED_USED,
            "抑制 stands 3 times in the documents; 抑止 is preferred",
            ("deterrence",),
        )
    ]
    right = Concept("restraint", (Term("抑制"), Term("restraint", "en")))
    assert said([DETERRENCE, right], {"抑制": 3}) == []
