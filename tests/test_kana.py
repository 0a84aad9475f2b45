import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.kana import hepburn, hiragana, reading_of, romaji_key


def test_katakana_of_any_width_becomes_hiragana():
    assert hiragana("ミサイルとﾐｻｲﾙ") == "みさいるとみさいる"


def test_loan_words_and_latin_keep_katakana():
    assert reading_of("ミサイル", "ミサイル") == "ミサイル"
    assert reading_of("ICBM", "アイシービーエム") == "アイシービーエム"
    assert reading_of("弾道", "ダンドウ") == "だんどう"


@pytest.mark.parametrize(
    ("kana", "spellings"),
    [
        ("かくだいよくし", "kakudaiyokushi kakudaiyokusi Kakudai-Yokushi KAKUDAIYOKUSHI"),
        ("どうめい", "doumei dōmei domei dômei"),
        ("はっしゃ", "hassha hassya"),
        ("いっち", "itchi icchi itti"),
        ("ちじょう", "chijou chijō tizyou chijyo"),
        ("しんぶん", "shimbun shinbun sinbun"),
        ("けんえつ", "ken'etsu kenetsu"),
        ("ふかくさん", "fukakusan hukakusan"),
        ("つづき", "tsuzuki tuduki"),
        ("ミサイル", "misairu"),
        ("サーバー", "saba saabaa"),
        ("くうちゅう", "kuuchuu kūchū kutyu"),
    ],
)
def test_all_spellings_of_a_reading_have_one_key(kana, spellings):
    for spelling in spellings.split():
        assert romaji_key(spelling) == romaji_key(kana), spelling


def test_different_readings_have_different_keys():
    words = ["かく", "がく", "こく", "かっこく", "かくのかさ", "よくし", "よくせい", "きょく"]
    assert len({romaji_key(word) for word in words}) == len(words)


KANA = st.text(
    st.sampled_from(
        "あいうえおかきくけこがさしすせそじたちつてとなにぬねのはひふへほばまみむらりるれろわん"
    ),
    max_size=9,
)


@given(KANA)
def test_kana_and_its_romaji_have_one_key(kana):
    assert romaji_key(kana) == romaji_key(hepburn(kana)) == romaji_key(jaconv.hira2kata(kana))
