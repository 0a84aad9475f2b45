"""Kana and the scripts around it: what a reading looks like and how one is compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import jaconv

_KATAKANA = re.compile(r"[ァ-ヺー・ｦ-ﾟ]+")
_LATIN_OR_DIGIT = re.compile(r"[0-9A-Za-zＡ-Ｚａ-ｚ０-９]")


def hiragana(text: str) -> str:
    """Katakana (full or half width) turned into hiragana; anything else is left as it is."""
    return str(jaconv.kata2hira(unicodedata.normalize("NFKC", text)))


def katakana(text: str) -> str:
    """Hiragana (and katakana of half width) turned into katakana; anything else is left."""
    return str(jaconv.hira2kata(unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=50_000)  # a corpus has few words, and says them often
def reading_of(surface: str, katakana: str) -> str:
    """The reading of a piece as a dictionary prints it.

    Loan words and Latin letters keep katakana (ミサイル, アイシービーエム), all else is hiragana.
    """
    if _KATAKANA.fullmatch(surface) or _LATIN_OR_DIGIT.search(surface):
        return katakana
    return hiragana(katakana)


_SAME_SOUND = str.maketrans({"ゔ": "ぶ", "ぢ": "じ", "づ": "ず"})
_VOWEL = {
    kana: vowel
    for vowel, row in (
        ("あ", "あかさたなはまやらわがざだばぱゃぁ"),
        ("い", "いきしちにひみりぎじぢびぴぃ"),
        ("う", "うくすつぬふむゆるぐずづぶぷゅぅゔ"),
        ("え", "えけせてねへめれげぜでべぺぇ"),
        ("お", "おこそとのほもよろをごぞどぼぽょぉ"),
    )
    for kana in row
}
_NOT_KANA = re.compile(r"[^ぁ-ゖー]+")


def sound_key(text: str) -> str:
    """Kana as they sound, "" for what is not all kana.

    ー is the vowel that it lengthens, おう is おお and えい ええ; ぢ is じ; marks do not count.
    """
    kana = re.sub(r"[^\w]+", "", hiragana(text)).translate(_SAME_SOUND)
    if _NOT_KANA.search(kana):
        return ""
    heard = ""
    for char in kana:
        before = _VOWEL.get(heard[-1:], "")
        if char == "ー" or (char == "う" and before == "お") or (char == "い" and before == "え"):
            char = before or char
        heard += char
    return heard


# Sounds of loan words that jaconv spells by their parts (ティ: tei), in Hepburn.
_LOAN_SOUNDS = {
    "てぃ": "ti",  # セキュリティ
    "でぃ": "di",
    "とぅ": "tu",
    "どぅ": "du",
    "てゅ": "tyu",
    "でゅ": "dyu",  # デュアルユース
    "しぇ": "she",  # シェアリング
    "じぇ": "je",
    "ちぇ": "che",
    "つぁ": "tsa",
    "つぇ": "tse",
    "つぉ": "tso",
    "うぃ": "wi",
    "うぇ": "we",  # ソフトウェア
    "うぉ": "wo",
    "ふゅ": "fyu",
    "ぢゃ": "ja",  # jaconv: jiya
    "ぢゅ": "ju",
    "ぢょ": "jo",
}
_LOAN_SOUND = re.compile("|".join(_LOAN_SOUNDS))


def hepburn(kana: str) -> str:
    """Kana in Latin letters, as they are typed: かくのかさ → kakunokasa, シェア → shea."""
    spelled = _LOAN_SOUND.sub(lambda sound: _LOAN_SOUNDS[sound[0]], hiragana(kana))
    return str(jaconv.kana2alphabet(spelled))


# How the systems of romanization differ, folded one way; in this order, each with its reason.
_FOLDS = tuple(
    (re.compile(pattern), folded)
    for pattern, folded in (
        (r"xtsu", ""),  # っ that doubles nothing, as jaconv writes it
        (r"cch", "tch"),  # っち: cchi, tchi
        (r"jj", "zj"),  # っじ: jji, zzi
        (r"ff(?=u)", "hf"),  # っふ: ffu, hhu
        (r"tsu", "tu"),  # Hepburn tsu, Kunrei tu; so on for the rows below
        (r"shi", "si"),
        (r"sh(?!$)", "sy"),
        (r"chi", "ti"),
        (r"ch(?!$)", "ty"),
        (r"fu", "hu"),
        (r"([td])h(?=i)", r"\1"),  # thi, dhi: ティ, ディ as they are typed
        (r"ji|di", "zi"),  # じ and ぢ
        (r"j(?!$)|dy", "zy"),  # じゃ, ぢゃ
        (r"du|dzu", "zu"),  # ず and づ
        (r"yy", "y"),  # jya, typed for じゃ
        (r"v", "b"),  # ヴ and ブ
        (r"(?<=[kg])w", "u"),  # kwo, kuo: クォ
        (r"wo", "o"),  # を
        (r"w(?=[ie])", "u"),  # wi, ui: ウィ
        (r"m(?=[bmp])", "n"),  # shimbun
        (r"nn+", "n"),  # konnyaku, kon'nyaku
        (r"o[uo]+|oh(?![aiueoy])", "o"),  # long vowels, written out or not; kohyo is こうひょう
        (r"([aiue])\1+", r"\1"),
        # A word that is still being typed: kakudaiyokush, hatch, kakuj, jieif
        (r"sh$", "s"),
        (r"t?ch$|ts$", "t"),
        (r"j$", "z"),
        (r"f$", "h"),
    )
)
_NOT_ROMAJI = re.compile(r"[^a-z]")


def romaji_key(text: str) -> str:
    """What all spellings of one reading share, be it kana or any romanization.

    かくだいよくし, kakudai yokushi and Kakudai-Yokushi have one key; so have どうめい, dōmei,
    doumei and domei.
    """
    latin = unicodedata.normalize("NFD", hepburn(text).lower())
    key = _NOT_ROMAJI.sub("", latin)
    for pattern, folded in _FOLDS:
        key = pattern.sub(folded, key)
    return key
