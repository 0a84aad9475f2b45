"""Parts are learnt from the compounds of a glossary in which the other part is known."""

import pytest

from yakugo.equivalents import learned
from yakugo.equivalents.field import Word
from yakugo.model import Concept, Term, Usage

KNOWN = {
    "核兵器": ["nuclear weapon", "nuclear arms"],
    "大量破壊兵器": ["weapon of mass destruction"],
    "抑止": ["deterrence"],
}


def learnt(part, term, *english, words=None):
    return learned.parts(KNOWN | {term: list(english)}, words).get(part)


def test_a_head_is_what_stands_behind_the_known_modifier():
    assert learnt("保有国", "核兵器保有国", "nuclear-weapon state") == Word(("state",), ())


def test_a_modifier_is_what_stands_before_the_known_head():
    assert learnt("拡大", "拡大抑止", "extended deterrence") == Word((), ("extended",))


@pytest.mark.parametrize(
    ("part", "term", "text", "form"),
    [
        ("廃絶", "核兵器の廃絶", "elimination of nuclear weapons", "elimination of ~"),
        ("廃絶", "核兵器廃絶", "elimination of nuclear weapons", "elimination of ~"),
        ("協議", "核兵器協議", "consultations on nuclear arms", "consultations on ~"),
        ("拡散", "大量破壊兵器の拡散", "proliferation of weapons of mass destruction",
         "proliferation of ~"),
    ],
)  # fmt: skip
def test_a_head_takes_its_complement_as_it_does_in_the_glossary(part, term, text, form):
    assert learnt(part, term, text).heads == (form,)


def test_what_the_word_list_knows_helps_too():
    words = {"戦略": Word(("strategy",), ("strategic",))}
    assert learnt("予備隊", "戦略予備隊", "strategic reserve") is None
    assert learnt("予備隊", "戦略予備隊", "strategic reserve", words=words).heads == ("reserve",)


def test_a_form_with_a_place_for_another_part_says_nothing_of_a_whole():
    words = {"戦略": Word(("~ strategy",), ())}
    assert learnt("予備隊", "戦略予備隊", "strategy reserve", words=words) is None


def test_what_says_more_than_the_part_is_not_taken():
    assert learnt("拡大", "拡大抑止", "extended nuclear deterrence") is None


def test_a_part_that_is_a_term_itself_has_nothing_to_learn():
    assert "核兵器" not in learned.parts(KNOWN | {"核兵器抑止": ["atomic deterrence"]})


def test_of_several_forms_the_one_said_most_often_comes_first():
    known = KNOWN | {
        "通常兵器": ["conventional weapon"],
        "核兵器庫": ["nuclear weapon depot"],
        "通常兵器庫": ["conventional weapon arsenal"],
        "大量破壊兵器庫": ["weapon of mass destruction arsenal"],
    }
    assert learned.parts(known)["庫"].heads == ("arsenal", "depot")


def test_only_usable_terms_are_reviewed_english_and_the_preferred_comes_first():
    concept = Concept(
        "extended-deterrence",
        (
            Term("extended nuclear deterrence", "en", usage=Usage.ADMITTED),
            Term("extended deterrence", "en"),
            Term("expanded deterrence", "en", usage=Usage.DEPRECATED),
            Term("拡大抑止"),
            Term("拡大「核」抑止", usage=Usage.ADMITTED),
            Term("延長抑止", usage=Usage.DEPRECATED),
        ),
    )
    texts = ["extended deterrence", "extended nuclear deterrence"]
    assert learned.reviewed([concept]) == {"拡大抑止": texts, "拡大核抑止": texts}


def test_nothing_is_learnt_of_nothing():
    assert learned.parts({}) == {}
    assert learned.parts({"核": ["nuclear"], "空": []}) == {}
