"""Furigana stand over the right pieces, whoever the reading comes from."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakugo.furigana import Piece, furigana, pieces
from yakugo.kana import hiragana

# What Anki's furigana filter takes for a piece with its reading.
ANKI = re.compile(r" ?([^ >]+?)\[(.+?)\]")

REVIEWED = [
    ("拡大抑止", "かくだいよくし", "拡大[かくだい] 抑止[よくし]"),
    ("二重鍵", "にじゅうかぎ", "二[に] 重[じゅう] 鍵[かぎ]"),
    ("核の傘", "かくのかさ", "核[かく]の 傘[かさ]"),
    ("核の傘", "かくのがさ", "核[かく]の 傘[がさ]"),
    ("核の「傘」", "かくのかさ", "核[かく]の「 傘[かさ]」"),
    ("再突入体", "さいとつにゅうたい", "再[さい] 突入[とつにゅう] 体[たい]"),
    ("三本柱", "さんぼんばしら", "三[さん] 本[ぼん] 柱[ばしら]"),
    ("対戦力能力", "たいせんりょくのうりょく", "対戦[たいせん] 力[りょく] 能力[のうりょく]"),
    ("取り除く", "とりのぞく", "取[と]り 除[のぞ]く"),
    ("打ち上げ花火", "うちあげはなび", "打[う]ち 上[あ]げ 花火[はなび]"),
    (
        "使用済み核燃料",
        "しようずみかくねんりょう",
        "使用[しよう] 済[ず]み 核[かく] 燃料[ねんりょう]",
    ),
    ("人々", "ひとびと", "人々[ひとびと]"),
    ("十発", "じゅっぱつ", "十[じゅっ] 発[ぱつ]"),
    ("霞ヶ関", "かすみがせき", "霞ヶ関[かすみがせき]"),
    ("六ヶ所村", "ろっかしょむら", "六ヶ所[ろっかしょ] 村[むら]"),
    ("一ヶ月", "いっかげつ", "一[いっ] ヶ月[かげつ]"),
]
LATIN_AND_KANA = [
    (
        "NPT準備委員会",
        "エヌピーティーじゅんびいいんかい",
        "NPT 準備[じゅんび] 委員[いいん] 会[かい]",
    ),
    ("NPT準備委員会", "NPTじゅんびいいんかい", "NPT 準備[じゅんび] 委員[いいん] 会[かい]"),
    ("ＮＡＴＯ軍", "ナトーぐん", "ＮＡＴＯ 軍[ぐん]"),
    ("F-35戦闘機", "エフサンジュウゴせんとうき", "F-35 戦闘[せんとう] 機[き]"),
    ("約290発", "やくにひゃくきゅうじゅっぱつ", "約[やく]290 発[ぱつ]"),
    ("弾道ミサイル", "ダンドウみさいる", "弾道[ダンドウ]ミサイル"),
    ("核ﾐｻｲﾙ", "かくミサイル", "核[かく]ﾐｻｲﾙ"),
    ("新条約(New START)", "しんじょうやく", "新[しん] 条約[じょうやく](New START)"),
    ("New START 条約", "ニュースタートじょうやく", "New START  条約[じょうやく]"),
]


@pytest.mark.parametrize(("text", "reading", "expected"), REVIEWED + LATIN_AND_KANA)
def test_reviewed_reading_is_laid_over_the_pieces(text, reading, expected):
    assert furigana(text, reading) == expected


def test_without_a_review_the_tokenizer_reads_a_whole_sentence():
    sentence = "NATOは、核の「傘」を取り除くとは述べていない。"
    assert furigana(sentence) == (
        "NATOは、 核[かく]の「 傘[かさ]」を 取[と]り 除[のぞ]くとは 述[の]べていない。"
    )


def test_reading_that_does_not_fit_stands_over_the_whole():
    assert pieces("核の傘", "まったくちがう") == [Piece("核の傘", "まったくちがう")]
    # A space would end the piece for Anki: it becomes one that does not break.
    assert furigana("核 の傘", "まったくちがう") == "核\u00a0の傘[まったくちがう]"


def test_unknown_reading_between_known_ones_is_found():
    assert furigana("拡大寿限無抑止", "かくだいほげほげよくし").startswith(
        "拡大[かくだい] 寿限無[ほげほげ]"
    )


def test_neighbours_that_are_both_unknown_share_one_reading():
    (piece,) = pieces("拡大抑止", "ふがふがふが")
    assert piece == Piece("拡大抑止", "ふがふがふが")


@pytest.mark.parametrize("text", ["ミサイル", "NPT", "2026", "", "……", "かな"])
def test_text_without_kanji_carries_no_furigana(text):
    assert furigana(text) == furigana(text, "みさいる") == text


def test_positional_numerals_are_left_without_the_readings_of_their_digits():
    assert furigana("二〇二六年") == "二〇二六 年[ねん]"


def test_square_brackets_of_the_text_are_not_taken_for_readings():
    assert furigana("傘[1]の下") == "傘[かさ]［1］の 下[した]"


WORDS = st.sampled_from(
    (
        *(
            "拡大",
            "抑止",
            "核",
            "の",
            "傘",
            "「",
            "」",
            "二",
            "重",
            "鍵",
            "三本",
            "柱",
            "取り",
            "除く",
        ),
        *(
            "人々",
            "々",
            "ヶ月",
            "髙",
            "𠮷",
            "寿",
            "New",
            "START",
            "ＮＡＴＯ",
            "35",
            "ミサイル",
            "ﾐｻｲﾙ",
        ),
        *("ー", "～", "゛", "[", "]", "(", "・", "、", "。", " ", "　", "\n", "\u00a0", ">"),
    )
)
TEXTS = st.lists(WORDS, max_size=8).map("".join)
KANA = st.text("あいうかがきくけこさしじせだつてとのはばぱまるりんゃゅょっーカサタン", max_size=12)


@given(TEXTS | st.text(max_size=15), KANA)
@settings(max_examples=300, deadline=None)
def test_taking_the_readings_away_gives_the_text_back(text, reading):
    assert "".join(piece.text for piece in pieces(text, reading)) == text
    written = furigana(text, reading)
    # Fields are escaped for HTML before Anki reads them.
    bare = html.unescape(ANKI.sub(r"\1", html.escape(written, quote=False)))
    assert bare.replace("\u00a0", " ") == text.translate(str.maketrans("[]\u00a0", "［］ "))


@given(st.lists(st.sampled_from(REVIEWED), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_readings_and_the_kana_between_them_are_the_reading(terms):
    text = "".join(term for term, _, _ in terms)
    reading = "".join(heard for _, heard, _ in terms)
    joined = "".join(p.reading or p.text for p in pieces(text, reading))
    assert hiragana(re.sub("[「」]", "", joined)) == reading
