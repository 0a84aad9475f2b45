import pytest

from yakugo.equivalents.glosses.bounds import content_words, phrase, stretch_before
from yakugo.tokens import pieces_of, runs


def pieces(japanese):
    return [piece for run in runs(japanese) for piece in pieces_of(run.form)]


@pytest.mark.parametrize(
    ("before", "japanese", "english"),
    [
        ("the doctrine of extended deterrence", "拡大抑止", "extended deterrence"),
        ("what some call extended deterrence", "拡大抑止", "extended deterrence"),
        ("policy makers prefer extended deterrence", "拡大抑止", "extended deterrence"),
        ("the credibility of existing nuclear deterrence", "核抑止", "nuclear deterrence"),
        ("He wrote a book. Extended deterrence", "拡大抑止", "Extended deterrence"),
        ("to stop weapons of mass destruction", "大量破壊兵器", "weapons of mass destruction"),
        ("its pledge of no first use", "先制不使用", "no first use"),
        ("an exclusively defense-oriented policy", "専守防衛",
         "exclusively defense-oriented policy"),
        ("a signatory to the Treaty on the Non-Proliferation of Nuclear Weapons",
         "核兵器不拡散条約", "Treaty on the Non-Proliferation of Nuclear Weapons"),
        ("the Secretary of the National Security Council", "国家安全保障会議",
         "National Security Council"),
        ("the Arms Control and Disarmament Agency", "軍備管理軍縮庁",
         "Arms Control and Disarmament Agency"),
        ("since 2010 the New START", "新戦略兵器削減条約", "New START"),
        ("a party to the NPT", "核兵器不拡散条約", "NPT"),
        ("an aid of the", "拡大抑止", ""),
    ],
)  # fmt: skip
def test_the_phrase_before_a_bracket_is_as_short_as_it_can_be(before, japanese, english):
    assert phrase(stretch_before(before, len(before)), pieces(japanese)) == english


def test_a_name_that_does_not_say_what_the_japanese_ends_in_is_not_whole():
    assert phrase("Committee on Chemical Weapons", pieces("化学兵器禁止機関")) == ""


def test_japanese_and_commas_bound_the_stretch():
    text = "同盟の核の傘, that is extended deterrence"
    assert stretch_before(text, len(text)) == "that is extended deterrence"
    assert stretch_before("日本のNPT", 6) == "NPT"


def test_small_words_do_not_count():
    assert content_words("the balance of terror") == 2
    assert content_words("Anti-Access/Area Denial") == 3
