"""Which concepts are mixed up, and why."""

from dataclasses import replace
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.drill.confusables import LEAST, PARTNERS, confusables, partners
from yakugo.formats import tbx
from yakugo.model import ENGLISH, JAPANESE, Concept, Term, Usage
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
PARK = concept("park", "公園", "こうえん", "park")
SHORT = concept("spray", "小円", "こえん", "small circle")
VOICED = concept("support", "後援", "ごうえん", "support")
DETERRENT = concept("deterrent", "抑止力", "よくしりょく", "deterrent")
STRATEGIC = concept("strategic", "戦略核兵器", "せんりゃくかくへいき", "strategic nuclear weapon")
TACTICAL = concept("tactical", "戦術核兵器", "せんじゅつかくへいき", "tactical nuclear weapon")
NUCLEAR_DETERRENCE = concept("nuclear-deterrence", "核抑止", "かくよくし", "nuclear deterrence")
LIGHTHOUSE = concept("lighthouse", "灯台", "とうだい", "lighthouse")


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        (DETERRENCE, RESTRAINT, "written alike: 抑"),
        (STRATEGIC, TACTICAL, "written alike: 戦核兵器"),
        (PROLIFERATION, NONPROLIFERATION, "one is the contrary of the other"),
        (DISARMAMENT, DEMOBILIZATION, "English alike: disarmament"),
        (DETERRENCE, DETERRENT, "English alike: deterrence, deterrent"),
        (NOTARIZATION, NEGOTIATION, "sound alike: こうしょう"),
        (PARK, SHORT, "sound alike: こうえん, こえん"),
        (PARK, VOICED, "sound alike: こうえん, ごうえん"),
    ],
)
def test_what_learners_mix_up(one, other, because):
    (pair,) = confusables([one, LIGHTHOUSE, other])
    assert {pair.one, pair.other} == {one.id, other.id}
    if because not in pair.why:  # what is heard is told in the order of the ids
        because = "{0}: {2}, {1}".format(*because.replace(": ", ", ").split(", "))
    assert because in pair.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DETERRENCE, LIGHTHOUSE),
        (ARMS_CONTROL, NONPROLIFERATION),
        (RESTRAINT, NEGOTIATION),
        (DETERRENCE, NUCLEAR_DETERRENCE),  # one with a word more in both languages is seen through
    ],
)
def test_what_nobody_mixes_up(one, other):
    assert confusables([one, other]) == []


def test_a_term_to_avoid_that_is_the_others_makes_a_pair():
    avoided = Term("disarmament", ENGLISH, usage=Usage.DEPRECATED)
    one = replace(ARMS_CONTROL, terms=(*ARMS_CONTROL.terms, avoided))
    (pair,) = confusables([one, DISARMAMENT])
    assert pair.why == ("a term to avoid: disarmament", "related")


def test_a_term_to_avoid_that_only_looks_alike_makes_none():
    other = Term("抑制", reading="よくせい", usage=Usage.DEPRECATED)
    changed = Concept("restraint", (Term("自制", reading="じせい"), other, *RESTRAINT.terms[1:]))
    assert confusables([DETERRENCE, changed]) == []


@pytest.mark.parametrize(
    ("japanese", "reading", "english"),
    [
        ("抑止", "よくし", "hindrance"),  # a homograph: told by what stands around it
        ("よく止", "よくし", "deterrence"),  # the same word, spelt otherwise
        ("抑・止", "よくし", "deterrence"),
    ],
)
def test_spellings_of_one_term_make_no_pair(japanese, reading, english):
    assert confusables([DETERRENCE, concept("other", japanese, reading, english)]) == []


def test_those_that_mislead_most_are_kept_and_a_few_of_each_concept():
    many = [
        concept(f"c{i}", f"抑{char}", f"よく{kana}", english)
        for i, (char, kana, english) in enumerate(
            [("圧", "あつ", "oppression"), ("留", "りゅう", "detention"), ("揚", "よう", "accent")]
        )
    ]
    found = partners(confusables([*many, DETERRENCE, DETERRENT]))
    assert found["deterrence"][0] == "deterrent"
    assert len(found["deterrence"]) == PARTNERS


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


SHIPPED = list(tbx.read(shipped_glossary()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("核不拡散", "核拡散"),
        ("軍備管理", "軍縮"),
        ("抑止", "抑制"),
        ("武装解除", "軍縮"),
        ("非核兵器国", "核兵器国"),
        ("核保有国", "核兵器国"),
        ("戦略核兵器", "戦術核兵器"),
        ("抑止", "抑止力"),
        ("核戦力", "核戦略"),
        ("拡大抑止", "核抑止"),
        ("拒否的抑止", "懲罰的抑止"),
        ("弾道ミサイル", "巡航ミサイル"),
    ],
)
def test_well_known_pairs_are_found_in_the_shipped_glossary(one, other):
    """With two concepts that it does not have."""
    found = confusables([*SHIPPED, RESTRAINT, DEMOBILIZATION])
    japanese = {c.id: c.preferred(JAPANESE).text for c in (*SHIPPED, RESTRAINT, DEMOBILIZATION)}
    assert {one, other} in [{japanese[pair.one], japanese[pair.other]} for pair in found]


def test_ten_thousand_concepts_take_seconds():
    """Not the square of a hundred times as long as a hundred."""
    syllables = [
        *(
            "核かく",
            "弾だん",
            "防ぼう",
            "同どう",
            "管かん",
            "検けん",
            "査さ",
            "軍ぐん",
            "縮しゅく",
            "抑よく",
        ),
        *(
            "止し",
            "制せい",
            "戦せん",
            "略りゃく",
            "術じゅつ",
            "力りょく",
            "拡かく",
            "散さん",
            "備び",
            "理り",
        ),
    ]
    chance = Random(3)
    made = {}
    while len(made) < 10_000:
        word = chance.choices(syllables, k=chance.randint(2, 5))
        text, kana = "".join(one[0] for one in word), "".join(one[1:] for one in word)
        made[text] = concept(text, text, kana, " ".join(one[1:] for one in word))
    start = process_time()
    assert confusables(made.values())
    assert process_time() - start < 30
