import pytest

from yakugo.equivalents.glosses.bracketed import forms


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("extended deterrence", ["extended deterrence"]),
        ("the nuclear umbrella", ["nuclear umbrella"]),
        ("National Security Council、NSC", ["National Security Council", "NSC"]),
        ("NSC=National Security Council", ["NSC", "National Security Council"]),
        ("Research, Development, and Acquisition", ["Research, Development, and Acquisition"]),
        ("deterrence by denial, deterrence by punishment",
         ["deterrence by denial", "deterrence by punishment"]),
        ("9/11 Commission", ["9/11 Commission"]),
        ("“dual-key” arrangement", ["dual-key arrangement"]),
        ("President’s Office", ["President's Office"]),
        ("以下「NPT」という。", ["NPT"]),
        ("以下、「NPT」", ["NPT"]),
        ("通称・核禁条約", ["核禁条約"]),
        ("NATO/ナトー", ["NATO", "ナトー"]),
        ("MTCR。以下同じ", ["MTCR"]),
        ("Bookworm, Trixie", []),
        ("London: IISS", []),
        ("拍手", []),
        ("Jan..Dec", []),
        ("", []),
    ],
)  # fmt: skip
def test_the_forms_in_a_bracket(inside, found):
    assert [form.text for form in forms(inside)] == found


def test_a_form_knows_its_place_and_what_is_said_of_it():
    inside = "英語名 National Security Council、略称「NSC」"
    english, short = forms(inside, 10)
    assert inside[english.start - 10 : english.end - 10] == "National Security Council"
    assert inside[short.start - 10 : short.end - 10] == "NSC"
    assert (english.said, short.said) == ("language", "short")


def test_what_stands_behind_other_words_is_marked():
    (_, abbreviation) = forms("米国、NSC")
    assert abbreviation.behind
    (english,) = forms("かくのふゆ、nuclear winter")
    assert not english.behind


@pytest.mark.parametrize("inside", ["英国", "略奪", "中距離", "以下同じ"])
def test_a_word_that_begins_like_a_label_has_none(inside):
    assert all(form.said == "" for form in forms(inside))


def test_the_place_of_a_phrase_is_behind_its_article():
    (form,) = forms("the nuclear umbrella")
    assert (form.start, form.end) == (4, 20)
