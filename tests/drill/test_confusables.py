"""Which concepts are mixed up, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.drill.confusables import LEAST, PARTNERS, confusables, partners
from yakugo.formats import tbx
from yakugo.model import ENGLISH, Concept, Term, Usage
from yakugo.workspace import shipped_glossary


def concept(id, japanese, reading, english, related=()):
    terms = Term(japanese, reading=reading), Term(english, ENGLISH)
    return Concept(id, terms, related=related)


DETERRENCE = concept("deterrence", "抑止", "よくし", "deterrence")
RESTRAINT = concept("restraint", "抑制", "よくせい", "restraint")
PROLIFERATION = concept("proliferation", "核拡散", "かくかくさん", "nuclear proliferation")
NONPROLIFERATION = concept(
    "nonproliferation", "核不拡散", "かくふかくさん", "nuclear nonproliferation"
)
DISARMAMENT = concept("disarmament", "軍縮", "ぐんしゅく", "disarmament", ("arms-control",))
DEMOBILIZATION = concept("disarming", "武装解除", "ぶそうかいじょ", "disarmament")
ARMS_CONTROL = concept("arms-control", "軍備管理", "ぐんびかんり", "arms control")
NOTARIZATION = concept("notarization", "公証", "こうしょう", "notarization")
NEGOTIATION = concept("negotiation", "交渉", "こうしょう", "negotiation")
LIGHTHOUSE = concept("lighthouse", "灯台", "とうだい", "lighthouse")


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        (DETERRENCE, RESTRAINT, "written alike"),
        (PROLIFERATION, NONPROLIFERATION, "one negates the other"),
        (DISARMAMENT, ARMS_CONTROL, "related"),
        (DISARMAMENT, DEMOBILIZATION, "English alike"),
        (NOTARIZATION, NEGOTIATION, "sound alike"),
    ],
)
def test_what_learners_mix_up(one, other, because):
    (pair,) = confusables([one, LIGHTHOUSE, other])
    assert {pair.one, pair.other} == {one.id, other.id}
    assert because in pair.why


@pytest.mark.parametrize(
    ("one", "other"),
    [(DETERRENCE, LIGHTHOUSE), (ARMS_CONTROL, NONPROLIFERATION), (RESTRAINT, NEGOTIATION)],
)
def test_what_nobody_mixes_up(one, other):
    assert confusables([one, other]) == []


def test_a_term_to_avoid_makes_no_pair():
    other = Term("抑制", reading="よくせい", usage=Usage.DEPRECATED)
    changed = Concept("restraint", (Term("自制", reading="じせい"), other, *RESTRAINT.terms[1:]))
    assert confusables([DETERRENCE, changed]) == []


def test_partners_are_told_from_both_sides():
    found = partners(confusables([DETERRENCE, RESTRAINT, LIGHTHOUSE]))
    assert found == {"deterrence": ["restraint"], "restraint": ["deterrence"]}


kanji = st.text("核拡散不抑止制軍縮備管理武装解除", min_size=1, max_size=5)
glossaries = st.lists(
    st.tuples(kanji, st.text("かくさんよしせい", min_size=1, max_size=8), st.sampled_from(
        ["deterrence", "deterrent", "arms control", "disarmament", "proliferation"]
    )),
    max_size=12,
).map(lambda rows: [concept(f"c{i}", *row) for i, row in enumerate(rows)])  # fmt: skip


@given(glossaries, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order_and_are_of_two(concepts, chance):
    found = confusables(concepts)
    shuffled = concepts.copy()
    chance.shuffle(shuffled)
    assert confusables(shuffled) == found
    for pair in found:
        assert pair.one < pair.other
        assert LEAST <= pair.strength <= 1
        assert pair.why
    assert all(len(ids) <= PARTNERS for ids in partners(found).values())


def test_in_the_shipped_glossary_the_well_known_pairs_come_first():
    found = confusables(tbx.read(shipped_glossary()))
    pairs = [{pair.one, pair.other} for pair in found]
    assert {"nuclear-proliferation", "nuclear-nonproliferation"} in pairs[:3]
    assert {"nuclear-weapon-state", "non-nuclear-weapon-state"} in pairs[:3]
    assert {"strategic-nuclear-weapon", "tactical-nuclear-weapon"} in pairs
