import pytest

from yakugo.equivalents.glosses.abbreviations import (
    is_abbreviation,
    is_model,
    is_short_for,
    long_form,
    stands_for,
)


@pytest.mark.parametrize("text", ["NPT", "DoD", "C4ISR", "P5", "A2/AD", "U.S.", "SALT-II"])
def test_capitals_and_digits_make_an_abbreviation(text):
    assert is_abbreviation(text)


@pytest.mark.parametrize("text", ["Trident", "Pu", "New START", "détente", "dual key", "A"])
def test_words_are_no_abbreviations(text):
    assert not is_abbreviation(text)


@pytest.mark.parametrize(
    ("text", "model"), [("PAC-3", True), ("F-35", True), ("G7", False), ("SALT-II", False)]
)
def test_a_model_has_a_number_behind_a_hyphen(text, model):
    assert is_model(text) is model


@pytest.mark.parametrize(
    ("short", "text", "long"),
    [
        ("NSC", "the US National Security Council", "National Security Council"),
        ("DoD", "an official of the Department of Defense", "Department of Defense"),
        ("ICBM", "an intercontinental ballistic missile", "intercontinental ballistic missile"),
        ("ICBMs", "intercontinental ballistic missiles", "intercontinental ballistic missiles"),
        ("CTBT", "Comprehensive Nuclear-Test-Ban Treaty", "Comprehensive Nuclear-Test-Ban Treaty"),
        ("NSC", "the Council", ""),
        ("NSC", "a plan", ""),
        ("NSC", "NSC", ""),
    ],
)
def test_the_long_form_is_the_shortest_ending_with_the_letters(short, text, long):
    assert long_form(short, text) == long


@pytest.mark.parametrize(
    ("short", "english"),
    [
        ("NSC", "National Security Council"),
        ("NSC", "US National Security Council"),
        ("NPT", "Treaty on the Non-Proliferation of Nuclear Weapons"),
        ("ILO", "liberal international order"),
    ],
)
def test_an_abbreviation_stands_for_what_has_its_letters(short, english):
    assert stands_for(short, english)
    assert not stands_for(english, short)


@pytest.mark.parametrize("english", ["extended deterrence", "Council", "NSA", "Cambridge"])
def test_an_abbreviation_stands_for_nothing_else(english):
    assert not stands_for("NSC", english)


def test_a_short_form_takes_its_letters_from_the_full_one():
    assert is_short_for("核禁条約", "核兵器禁止条約")
    assert not is_short_for("条約", "核兵器禁止条約")
    assert not is_short_for("引き金", "トリップワイヤ")
