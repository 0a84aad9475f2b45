import pytest

from yakugo import candidates
from yakugo.documents import from_text
from yakugo.equivalents import Equivalents, field, glosses
from yakugo.equivalents.english import key
from yakugo.model import Concept, Term, Usage

EXTENDED = Concept(
    "extended-deterrence",
    (
        Term("拡大抑止", reading="かくだいよくし"),
        Term("extended deterrence", "en"),
        Term("extended nuclear deterrence", "en", usage=Usage.ADMITTED),
        Term("expanded deterrence", "en", usage=Usage.DEPRECATED, note="word for word"),
    ),
)
LOOSE = glosses.find(from_text("拡大抑止(nuclear deterrence)を語る。", "essay"))


def offers(term, concepts=(), found=(), without=()):
    return Equivalents(concepts, found, without=without).offers([candidates.of(term)]).get(term, ())


def english(*arguments, **more):
    return [one.english for one in offers(*arguments, **more)]


def test_the_reviewed_glossary_comes_first():
    assert english("拡大抑止", [EXTENDED], LOOSE)[:2] == [
        "extended deterrence",
        "extended nuclear deterrence",
    ]


def test_a_loose_gloss_is_offered_and_contested_by_the_glossary():
    offered = offers("拡大抑止", [EXTENDED], LOOSE)
    gloss = next(one for one in offered if one.english == "nuclear deterrence")
    assert [(e.provider, e.detail) for e in gloss.evidence] == [
        ("gloss", "拡大抑止(nuclear deterrence) in essay")
    ]
    assert gloss.against[0].provider == "glossary"
    assert "extended deterrence" in gloss.against[0].detail


def test_a_loose_gloss_is_contested_by_the_lists_when_the_glossary_is_silent():
    gloss = next(o for o in offers("拡大抑止", (), LOOSE) if o.english == "nuclear deterrence")
    assert gloss.against[0].provider == "word list"


def test_a_gloss_that_nobody_contradicts_stands():
    found = glosses.find(from_text("接敵遮断戦(contact denial)を語る。", "essay"))
    (best, *_) = offers("接敵遮断戦", (), found)
    assert best.english == "contact denial"
    assert not best.against


def test_what_the_glossary_says_to_avoid_comes_last_with_its_reason():
    found = glosses.find(from_text("拡大抑止(expanded deterrence)を語る。", "essay"))
    (*_, last) = offers("拡大抑止", [EXTENDED], found)
    assert last.english == "expanded deterrence"
    assert last.against[0].detail == "extended-deterrence: deprecated: word for word"


def test_the_same_equivalent_from_several_sides_is_one_offer_that_is_likelier():
    both = offers("軍備管理")[0]
    assert both.english == "arms control"
    assert {"word list", "dictionary"} <= {e.provider for e in both.evidence}
    assert both.score > offers("軍備管理", without=["dictionary"])[0].score


def test_what_one_provider_says_in_two_spellings_is_no_likelier():
    listed = field.words()["島嶼"].heads
    assert {"island", "islands"} <= set(listed)  # one equivalent
    (best, *_) = offers("島嶼", without=["dictionary", "katakana", "composition"])
    (first, *_) = field.offers([candidates.of("島嶼")])["島嶼"]
    assert (best.english, best.score) == (first.english, first.score)


@pytest.mark.parametrize("term", ["拡大抑止", "核兵器の使用", "NATO", "人", "二重鍵", "島嶼防衛"])
def test_offers_are_few_different_and_the_best_first(term):
    found = offers(term, [EXTENDED], LOOSE)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert 0 < len(scores) <= 9
    assert all(0 < score <= 1 for score in scores)
    assert len({key(one.english) for one in found}) == len(found)


def test_offers_do_not_depend_on_order_and_company():
    terms = ["拡大抑止", "抑止", "NATO", "ＮＡＴＯ", "核兵器の使用", "二重鍵", "ヌヘホ"]
    made = [candidates.of(term) for term in terms]
    known = Equivalents([EXTENDED], LOOSE)
    together = known.offers(made)
    assert known.offers(made[::-1]) == together
    alone = [Equivalents([EXTENDED], LOOSE).offers([one]) for one in made]
    assert together == {term: found for one in alone for term, found in one.items()}
    assert "ヌヘホ" not in together


@pytest.mark.parametrize("term", ["二重鍵", "核戦争遂行能力"])
def test_what_nobody_attests_is_offered_as_composed(term):
    found = offers(term)
    assert found
    assert not any(one.attested for one in found)


def test_what_is_made_of_nothing_known_has_no_offer():
    assert offers("ヌヘホ") == ()


def test_quotation_marks_and_width_do_not_hide_a_glossary_term():
    assert english("拡大「抑止」", [EXTENDED], without=["composition"]) == [
        "extended deterrence",
        "extended nuclear deterrence",
    ]


def test_a_term_is_found_by_its_other_spelling():
    server = Concept("server", (Term("サーバー"), Term("hub computer", "en")))
    one = candidates.of("サーバ")
    one.variants = ("サーバー",)
    (best, *_) = Equivalents([server]).offers([one])["サーバ"]
    assert best.english == "hub computer"


def test_a_word_that_explains_another_gives_its_english_loosely():
    found = glosses.find(from_text("前方にトリップワイヤ(引き金)を置く。", "essay"))
    offered = offers("トリップワイヤ", (), found)
    trigger = next(one for one in offered if one.english == "trigger")
    assert [(e.provider, e.detail) for e in trigger.evidence] == [("gloss", "explained as 引き金")]
    assert trigger.score < 0.5


def test_an_abbreviation_has_the_english_of_its_full_form():
    one = candidates.of("核禁条約")
    one.short_for = "核兵器禁止条約"
    (best, *_) = Equivalents().offers([one])["核禁条約"]
    assert best.english == "Treaty on the Prohibition of Nuclear Weapons"
    assert best.evidence[0].detail == "short for 核兵器禁止条約"


def test_the_dictionary_comes_before_what_only_sounds_so():
    best, *others = offers("マンション")
    assert "dictionary" in {evidence.provider for evidence in best.evidence}
    mansion = next(one for one in others if one.english == "mansion")
    assert mansion.score < best.score


def test_a_provider_can_be_left_out():
    assert "glossary" not in {
        e.provider
        for one in offers("拡大抑止", [EXTENDED], without=["glossary"])
        for e in one.evidence
    }
    everything = ["glossary", "gloss", "word list", "dictionary", "katakana", "composition"]
    assert offers("拡大抑止", [EXTENDED], LOOSE, without=everything) == ()
