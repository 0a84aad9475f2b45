import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.bitext.sides import (
    direction,
    holds_japanese,
    language_of,
    letters,
    pair,
    share_of_japanese,
    tidied,
)
from yakugo.model import SentencePair


@pytest.mark.parametrize("code", ["ja", "JA", "ja-JP", "JA-jp", "ja_JP", "jpn", "jp", "Japanese"])
def test_japanese_is_known_by_any_of_its_codes(code):
    assert language_of(code) == "ja"


@pytest.mark.parametrize("code", ["en", "EN-US", "en-GB", "en_us", "eng", "English (UK)", " en "])
def test_english_is_known_by_any_of_its_codes(code):
    assert language_of(code) == "en"


@pytest.mark.parametrize("code", ["", "jav", "enm", "de", "zh-JP", "x-ja"])
def test_another_language_is_neither(code):
    assert language_of(code) == ""


def test_a_direction_goes_from_one_language_to_the_other():
    assert direction("ja-JP", "en-US") == ("ja", "en")
    assert direction("eng", "jpn") == ("en", "ja")
    assert direction("ja", "") == ("ja", "en")
    assert direction("ja", "zh") is None
    assert direction("ja", "ja-JP") is None
    assert direction("", "en") is None


@pytest.mark.parametrize("text", ["核", "ミサイル", "ひ", "ﾐｻｲﾙ", "𠮷", "NPT体制"])
def test_kana_and_kanji_are_japanese(text):
    assert holds_japanese(text)


@pytest.mark.parametrize("text", ["", "NPT", "1945 – 1991", "Ядро", "。", "한국"])
def test_other_letters_and_marks_are_not(text):
    assert not holds_japanese(text)


def test_letters_are_counted_by_their_script():
    assert letters("核の傘 (nuclear umbrella)、2024") == (3, 15)


def test_the_share_of_japanese_is_one_of_letters():
    assert share_of_japanese(["核の傘。", "", "NPT 1968"]) == 0.5
    assert share_of_japanese(["1968"]) == 0.0
    assert share_of_japanese([]) == 0.0


def test_white_space_is_single_and_what_nobody_sees_is_gone():
    assert tidied(" 核の\u200b傘\u3000は\n\t有効だ。 ") == "核の傘 は 有効だ。"
    assert tidied("deter\u00adrence\u00a0works") == "deterrence works"


@given(st.text())
def test_a_tidied_text_stays_as_it_is(text):
    assert tidied(tidied(text)) == tidied(text)


def test_a_pair_says_where_it_stands():
    assert pair("二重鍵は 要る。", "A dual key\nis needed.", "line 3") == SentencePair(
        "二重鍵は 要る。", "A dual key is needed.", "line 3"
    )


@pytest.mark.parametrize(
    ("japanese", "english"),
    [
        ("核の傘", ""),
        ("", "nuclear umbrella"),
        (" \u3000", "nuclear umbrella"),
        ("New START", "New START"),
        ("NATO", "NATO alliance"),
        ("1945年", "1945"),
        ("核の傘", "核の傘"),
        ("NPT体制", "NPT体制"),
    ],
)
def test_what_teaches_nothing_is_no_pair(japanese, english):
    assert pair(japanese, english, "line 1") is None
