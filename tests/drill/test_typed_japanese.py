"""Which typed Japanese is the term, which comes near it, and which is something else."""

import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.drill.typed_japanese import near, passes
from yakugo.formats import tbx
from yakugo.kana import hepburn, hiragana
from yakugo.model import JAPANESE, USABLE, Term
from yakugo.workspace import shipped_glossary

READINGS = {
    "核の傘": "かくのかさ",
    "二重鍵": "にじゅうかぎ",
    "非核三原則": "ひかくさんげんそく",
    "第一撃": "だいいちげき",
    "核不拡散": "かくふかくさん",
    "核拡散": "かくかくさん",
    "非核兵器国": "ひかくへいきこく",
    "核兵器国": "かくへいきこく",
    "反応": "はんのう",
    "汎用": "はんよう",
    "権威": "けんい",
    "大阪": "おおさか",
    "通り": "とおり",
    "縮む": "ちぢむ",
    "続き": "つづき",
    "ベトナム": "ベトナム",
    "ソフトウェア": "ソフトウェア",
    "新START": "しんスタート",
    "ICBM": "アイシービーエム",
    "公演": "こうえん",
    "弾道ミサイル": "だんどうミサイル",
    "大陸間弾道ミサイル": "たいりくかんだんどうミサイル",
    "拡大抑止": "かくだいよくし",
    "高濃縮ウラン": "こうのうしゅくウラン",
    "軍拡競争": "ぐんかくきょうそう",
    "切り離し": "きりはなし",
    "デカップリング": "デカップリング",
    "核戦力": "かくせんりょく",
    "抑止": "よくし",
}


def term(text):
    return Term(text, JAPANESE, READINGS[text])


@pytest.mark.parametrize(
    ("text", "typed", "because"),
    [
        ("核の傘", "核の傘", ""),
        ("核の傘", "核 の「傘」", "punctuation"),
        ("核の傘", "核のかさ", "kana"),
        ("核の傘", "かくの傘", "kana"),
        ("核の傘", "かくのかさ", "kana"),
        ("核の傘", "ｶｸﾉｶｻ", "kana"),
        ("核の傘", "かくのkasa", "kana, romaji"),  # left over by the input method
        ("核の傘", "kaku no kasa", "romaji"),
        ("核の傘", "ｋａｋｕｎｏｋａｓａ", "romaji"),
        ("二重鍵", "二重かぎ", "kana"),
        ("二重鍵", "２重鍵", "full width, numerals"),
        ("二重鍵", "nijūkagi", "romaji"),
        ("二重鍵", "nizyuukagi", "romaji"),
        ("二重鍵", "nijukagi", "romaji"),
        ("非核三原則", "非核3原則", "numerals"),
        ("反応", "hannō", "romaji"),
        ("反応", "hannnou", "romaji"),
        ("汎用", "hannyou", "romaji"),
        ("汎用", "han'yō", "romaji"),
        ("汎用", "hanyou", "romaji"),
        ("権威", "kenni", "romaji"),
        ("大阪", "ōsaka", "romaji"),
        ("大阪", "oosaka", "romaji"),
        ("大阪", "osaka", "romaji"),
        ("通り", "とうり", "kana, spelt as it sounds"),
        ("縮む", "ちじむ", "kana, spelt as it sounds"),
        ("続き", "つずき", "kana, spelt as it sounds"),
        ("続き", "tuduki", "romaji"),
        ("ベトナム", "ヴェトナム", "kana, spelt as it sounds"),
        ("ソフトウェア", "ソフトウエア", "kana, spelt as it sounds"),
        ("弾道ミサイル", "弾道みさいる", "hiragana or katakana"),
        ("新START", "新ＳＴＡＲＴ", "full width"),
        ("新START", "新start", "case"),
        ("ICBM", "ｉｃｂｍ", "full width, case"),
        ("ICBM", "アイシービーエム", "kana"),
        ("切り離し", "切離し", "another way to write it"),
    ],
)
def test_it_passes_and_says_what_is_forgiven(text, typed, because):
    found = passes(typed, term(text))
    assert found is not None
    assert ", ".join(found) == because


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("核不拡散", "核拡散"),
        ("核不拡散", "かくかくさん"),
        ("核不拡散", "kakukakusan"),
        ("核拡散", "核不拡散"),
        ("核拡散", "かくふかくさん"),
        ("核拡散", "kaku fukakusan"),
        ("非核兵器国", "核兵器国"),
        ("核兵器国", "ひかくへいきこく"),
        ("核兵器国", "hikakuheikikoku"),
        ("非核三原則", "核三原則"),
        ("非核三原則", "非核五原則"),
        ("第一撃", "第二撃"),
        ("高濃縮ウラン", "低濃縮ウラン"),
        ("高濃縮ウラン", "濃縮ウラン"),
        ("軍拡競争", "軍縮競争"),
        ("抑止", "抑制"),
        ("核の傘", "核の冬"),
        ("ICBM", "SLBM"),
        ("ICBM", "ICBN"),
        ("新START", "新SMART"),
        ("核の傘", ""),
        ("核の傘", "。"),
        ("核の傘", "z"),
    ],
)
def test_something_else_does_neither_pass_nor_come_near(text, typed):
    assert passes(typed, term(text)) is None
    assert near(typed, term(text)) is None


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        ("公演", "講演", "公演"),  # the wrong one of what the input method offered
        ("公演", "こえん", "こうえん"),
        ("公演", "ごうえん", "こうえん"),
        ("拡大抑止", "拡大抑制", "拡大抑止"),
        ("拡大抑止", "かくたいよくし", "かくだいよくし"),
        ("拡大抑止", "kakudai yokuji", "kakudaiyokushi"),
        ("拡大抑止", "kakudai yokusa", "kakudaiyokushi"),
        ("拡大抑止", "kakudaiyokuzi", "kakudaiyokusi"),  # in the system that was typed
        ("大陸間弾道ミサイル", "大陸弾道ミサイル", "大陸間弾道ミサイル"),
        ("弾道ミサイル", "弾道ミサエル", "弾道ミサイル"),
        ("デカップリング", "デカプリング", "デカップリング"),
        ("核戦力", "かくせんりゃく", "かくせんりょく"),
        ("核の傘", "核のがさ", "核のかさ"),
        ("反応", "hanō", "hanno"),
    ],
)
def test_a_slip_comes_near_and_is_shown_as_it_was_typed(text, typed, meant):
    assert passes(typed, term(text)) is None
    found = near(typed, term(text))
    assert found is not None
    assert found.meant == meant


def test_a_term_without_a_reading_has_the_tokenizers():
    assert passes("かくのかさ", Term("核の傘")) is not None


TERMS = [
    t
    for one in tbx.read(shipped_glossary())
    for t in one.in_language(JAPANESE)
    if t.usage in USABLE
]


def kunrei(kana):
    letters = hepburn(kana)
    for old, new in (("sh", "sy"), ("syi", "si"), ("ch", "ty"), ("tyi", "ti"), ("tsu", "tu"),
                     ("fu", "hu"), ("j", "zy"), ("zyi", "zi")):  # fmt: skip
        letters = letters.replace(old, new)
    return letters


def with_macrons(kana):
    letters = hepburn(kana)
    for long, macron in (("ou", "ō"), ("oo", "ō"), ("uu", "ū")):
        letters = letters.replace(long, macron)
    return letters


WAYS = {
    "as written": lambda t: t.text,
    "hiragana": lambda t: hiragana(t.reading),
    "katakana": lambda t: jaconv.hira2kata(t.reading),
    "half width": lambda t: jaconv.z2h(jaconv.hira2kata(t.reading)),
    "Hepburn": lambda t: hepburn(t.reading),
    "Hepburn with macrons": lambda t: with_macrons(t.reading),
    "Kunrei": lambda t: kunrei(t.reading),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_term_of_the_shipped_glossary_may_be_typed_in_each_way(way):
    assert [t.text for t in TERMS if passes(WAYS[way](t), t) is None] == []


@given(st.sampled_from(TERMS), st.sampled_from(sorted(WAYS)), st.data())
def test_case_width_and_spaces_never_make_right_wrong(one, way, data):
    typed = WAYS[way](one)
    typed = data.draw(st.sampled_from([typed, typed.upper(), jaconv.h2z(typed, ascii=True)]))
    place = data.draw(st.integers(0, len(typed)))
    typed = typed[:place] + data.draw(st.sampled_from(" 　")) + typed[place:]
    assert passes(typed, one) is not None


@given(st.sampled_from(TERMS), st.sampled_from("不非反無"), st.data())
def test_a_character_that_says_no_neither_passes_nor_comes_near(one, no, data):
    place = data.draw(st.integers(0, len(one.text)))
    typed = one.text[:place] + no + one.text[place:]
    assert passes(typed, one) is None
    assert near(typed, one) is None
