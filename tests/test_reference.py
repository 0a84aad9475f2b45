import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.reference import General, commonness


def test_a_common_word_is_common_and_an_unknown_one_is_not():
    assert commonness("問題") > commonness("弾頭") > commonness("対戦力能力") == 0


def test_what_general_texts_say_as_often_does_not_stand_out():
    debates = General({"国務大臣": 60, "弾道弾": 1}, characters=9_000, collected=3_000)
    assert debates.contrast(["国務大臣"], 20) == 0
    assert debates.contrast(["弾道弾"], 20) > 3
    assert debates.contrast(["国務大臣"], 5) < 0


def test_the_spellings_of_a_term_count_together():
    debates = General({"サーバ": 4, "サーバー": 4}, characters=1_000, collected=1_000)
    assert debates.contrast(["サーバー", "サーバ"], 8) == 0


def test_a_single_occurrence_says_little_in_a_short_text():
    debates = General({}, characters=1_000_000, collected=500)
    assert debates.contrast(["二重鍵"], 1) < 1 < debates.contrast(["二重鍵"], 10)


def test_a_general_text_without_characters_says_nothing_against_a_term():
    assert General({}, 0, 500).contrast(["二重鍵"], 2) == pytest.approx(1)


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_oftener_in_general_texts_the_less_it_stands_out(frequency, general, more):
    def contrast(count):
        return General({"核": count}, 10**7, 10**6).contrast(["核"], frequency)

    assert contrast(general) >= contrast(general + more)
