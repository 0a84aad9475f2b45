"""Which typed English is the term, which comes near it, and which is something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.drill.typed_english import near, passes
from yakugo.formats import tbx
from yakugo.model import ENGLISH
from yakugo.workspace import shipped_glossary


@pytest.mark.parametrize(
    ("term", "typed", "because"),
    [
        ("arms control", "arms control", ""),
        ("arms control", "Arms Control", "case"),
        ("arms control", "ａｒｍｓ　ｃｏｎｔｒｏｌ", "full width"),
        ("coup d'état", "coup d’etat", "accent, punctuation"),
        ("coup d'état", "coup d etat", "accent, punctuation, hyphen or space"),
        ("research & development", "research and development", "& or and"),
        ("research and development", "research&development", "& or and"),
        (
            "command, control and communications",
            "command control and communications",
            "punctuation",
        ),
        ("US Air Force", "U.S. Air Force", "punctuation"),
        ("Nuclear Suppliers Group", "Nuclear Suppliers’ Group", "punctuation"),
        ("anti-ballistic missile", "antiballistic missile", "hyphen or space"),
        ("anti-ballistic missile", "anti ballistic missile", "hyphen or space"),
        ("counterproliferation", "counter–proliferation", "punctuation, hyphen or space"),
        ("reentry vehicle", "re-entry vehicle", "hyphen or space"),
        ("weapon of mass destruction", "weapons of mass destruction", "singular or plural"),
        ("allied country", "allied countries", "singular or plural"),
        ("safeguards", "safeguard", "singular or plural"),
        ("ICBM", "ICBMs", "singular or plural"),
        ("nuclear umbrella", "the nuclear umbrella", "article"),
        ("balance of power", "the balance of the power", "article"),
        ("missile defense", "missile defence", "US or UK spelling"),
        ("nuclear weapons programme", "nuclear weapons program", "US or UK spelling"),
        ("modernisation", "modernization", "US or UK spelling"),
        ("labelled behaviour", "labeled behavior", "US or UK spelling"),
        ("modelling", "modeling", "US or UK spelling"),
        ("ploughshare", "plowshare", "US or UK spelling"),
        ("grey zone", "gray-zone", "US or UK spelling, hyphen or space"),
        ("kilometre", "kilometers", "US or UK spelling, singular or plural"),
        ("(nuclear) deterrence", "deterrence", "what is optional"),
        ("(nuclear) deterrence", "nuclear deterrence", ""),
        ("weapon(s)", "weapon", "singular or plural"),
        ("Category A", "category a", "case"),
    ],
)
def test_it_passes_and_says_what_is_forgiven(term, typed, because):
    found = passes(typed, term)
    assert found is not None
    assert ", ".join(found) == because


@pytest.mark.parametrize(
    ("term", "typed"),
    [
        ("nuclear nonproliferation", "nuclear proliferation"),
        ("nuclear proliferation", "nuclear non-proliferation"),
        ("anti-ballistic missile", "ballistic missile"),
        ("subcritical test", "critical test"),
        ("subcritical test", "supercritical test"),
        ("escalation", "de-escalation"),
        ("nuclear armament", "nuclear disarmament"),
        ("rearmament", "armament"),
        ("no first use", "first use"),
        ("missile defense", "missile offense"),
        ("deterrence by denial", "deterrence by punishment"),
        ("strategic nuclear weapon", "tactical nuclear weapon"),
        ("Treaty on the Non-Proliferation of Nuclear Weapons",
         "Treaty on the Proliferation of Nuclear Weapons"),
        ("Nuclear Non-Proliferation Treaty", "nuclear nonproliferation"),
        ("nuclear deterrence", "deterrence"),
        ("deterrence", "nuclear deterrence"),
        ("deterrence", "restraint"),
        ("NPT", "NPR"),
        ("NNWS", "NNW"),
        ("START II", "START I"),
        ("C2", "C4"),
        ("New START", "New SMART"),
        ("Category A", "category"),
        ("import control", "export control"),
        ("deterrence", ""),
        ("deterrence", "?!"),
    ],
)  # fmt: skip
def test_something_else_does_neither_pass_nor_come_near(term, typed):
    assert passes(typed, term) is None
    assert near(typed, term) is None


@pytest.mark.parametrize(
    ("term", "typed"),
    [
        ("deterrence", "deterence"),
        ("deterrence", "deterrent"),  # another word of the family
        ("enriched uranium", "enrichment uranium"),
        ("nuclear winter", "nuclear winner"),  # another word, by one letter
        ("nuclear umbrella", "nucler umbrela"),
        ("counterproliferation", "counter proliferaton"),
        ("arms control", "arm control"),
        ("launch on warning", "launch under warning"),
        ("deterrence by denial", "deterrence denial"),
        ("weapon of mass destruction", "mass destruction weapons"),
        ("Comprehensive Nuclear-Test-Ban Treaty", "Comprehensive Test Ban Treaty"),
    ],
)
def test_a_slip_comes_near_and_does_not_pass(term, typed):
    assert passes(typed, term) is None
    assert near(typed, term) is not None


TERMS = sorted(
    {t.text for one in tbx.read(shipped_glossary()) for t in one.terms if t.language == ENGLISH}
)
terms = st.sampled_from(TERMS)


@given(
    terms, st.sampled_from(["non", "anti", "counter", "non-", "anti-", "no ", "not "]), st.data()
)
def test_a_negation_anywhere_neither_passes_nor_comes_near(term, negation, data):
    words = term.split(" ")
    place = data.draw(st.integers(0, len(words) - 1))
    words[place] = negation + words[place]
    assert passes(" ".join(words), term) is None
    if negation not in ("counter", "anti", "anti-"):
        assert near(" ".join(words), term) is None


@given(
    terms, st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from(["the ", "", " "])
)
def test_case_articles_and_hyphens_never_make_right_wrong(term, changed, before):
    for typed in (term, term.replace("-", " "), term.replace("-", ""), term.replace(" ", "-")):
        assert passes(before + changed(typed), term) is not None


@given(terms, terms)
def test_a_near_miss_never_passes(term, other):
    if near(other, term):
        assert passes(other, term) is None
