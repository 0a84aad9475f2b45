import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.kana import hepburn, hiragana, katakana, reading_of, romaji_key


def test_katakana_of_any_width_becomes_hiragana():
    assert hiragana("ミサイルとﾐｻｲﾙ") == "みさいるとみさいる"


def test_hiragana_becomes_katakana_and_all_else_stays():
    assert katakana("さんぼんﾊﾞｼﾗー、核") == "サンボンバシラー、核"


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
        ("とうひょう", "touhyou tōhyō tohyo"),
        ("こうほう", "kouhou kōhō koho kohoo"),
        ("ブリッジ", "burijji burizzi"),
        ("セキュリティ", "sekyuriti sekyurithi"),
        ("ディカップリング", "dikappuringu dhikappuringu"),
        ("シェアリング", "shearingu syearingu"),
        ("ジェット", "jetto zyetto"),
        ("チェック", "chekku tyekku"),
        ("ソフトウェア", "sofutowea sohutouea"),
        ("ウォーゲーム", "wōgēmu wogemu"),
        ("ヴェトナム", "vetonamu betonamu"),
        ("クォータ", "kuota kwota"),
    ],
)
def test_all_spellings_of_a_reading_have_one_key(kana, spellings):
    for spelling in spellings.split():
        assert romaji_key(spelling) == romaji_key(kana), spelling


def test_different_readings_have_different_keys():
    words = ["かく", "がく", "こく", "かっこく", "かくのかさ", "よくし", "よくせい", "きょく"]
    assert len({romaji_key(word) for word in words}) == len(words)


@pytest.mark.parametrize("typed", ["k", "kakudaiy", "kakudaiyokush", "kakudaiyokus"])
def test_an_unfinished_word_has_the_beginning_of_its_key(typed):
    assert romaji_key("かくだいよくし").startswith(romaji_key(typed))


KANA = st.text(
    st.sampled_from([chr(code) for code in range(ord("ぁ"), ord("ん") + 1)] + ["ー", "ゔ"]),
    max_size=9,
)

# Syllables and the ways to write them: Hepburn, Kunrei, as typed.
SYLLABLES = st.sampled_from(
    [
        ("か", "ka"), ("けい", "kei"), ("し", "shi si"), ("ち", "chi ti"), ("つ", "tsu tu"),
        ("ふ", "fu hu"), ("じ", "ji zi"), ("づ", "zu du"), ("を", "wo o"), ("ん", "n n'"),
        ("しゃ", "sha sya"), ("ちょう", "chou chō tyô cho"), ("じゅ", "ju zyu jyu"),
        ("ひょ", "hyo"),
        ("っち", "cchi tchi tti"), ("っしゃ", "ssha ssya"), ("っつ", "ttsu ttu"), ("っぽ", "ppo"),
        ("とう", "tou tō to too"), ("くう", "kuu kū ku"), ("おお", "oo ō o"), ("ほ", "ho"),
        ("んば", "mba nba n'ba"), ("な", "na"), ("や", "ya"), ("ティ", "ti thi"),
        ("シェ", "she sye"), ("ウィ", "wi ui"), ("バー", "ba bā baa"),
    ]
)  # fmt: skip


@given(st.lists(SYLLABLES, max_size=6), st.data())
def test_a_word_may_mix_the_ways_to_write_its_syllables(syllables, data):
    # No word begins with っ.
    kana = "か" + "".join(syllable for syllable, _ in syllables)
    typed = "ka" + "".join(data.draw(st.sampled_from(ways.split())) for _, ways in syllables)
    assert romaji_key(typed) == romaji_key(kana)


@given(KANA)
def test_kana_and_its_romaji_have_one_key(kana):
    assert romaji_key(kana) == romaji_key(hepburn(kana)) == romaji_key(jaconv.hira2kata(kana))
