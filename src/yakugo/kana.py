"""Kana and the scripts around it: what a reading looks like and how one is compared."""

from __future__ import annotations

import re
import unicodedata

import jaconv

_KATAKANA = re.compile(r"[ァ-ヺー・ｦ-ﾟ]+")
_LATIN_OR_DIGIT = re.compile(r"[0-9A-Za-zＡ-Ｚａ-ｚ０-９]")


def hiragana(text: str) -> str:
    """Katakana (full or half width) turned into hiragana; anything else is left as it is."""
    return str(jaconv.kata2hira(unicodedata.normalize("NFKC", text)))


def reading_of(surface: str, katakana: str) -> str:
    """The reading of a piece as a dictionary prints it.

    Loan words and Latin letters keep katakana (ミサイル, アイシービーエム), all else is hiragana.
    """
    if _KATAKANA.fullmatch(surface) or _LATIN_OR_DIGIT.search(surface):
        return katakana
    return hiragana(katakana)


def hepburn(kana: str) -> str:
    """Kana in Latin letters, as jaconv writes them: かくのかさ → kakunokasa."""
    return str(jaconv.kana2alphabet(hiragana(kana)))


# How the systems of romanization differ, folded one way; in this order, each with its reason.
_FOLDS = (
    (r"cch", "tch"),  # っち: cchi, tchi
    (r"tsu", "tu"),  # Hepburn tsu, Kunrei tu; so on for the rows below
    (r"shi", "si"),
    (r"sh", "sy"),
    (r"chi", "ti"),
    (r"ch", "ty"),
    (r"fu", "hu"),
    (r"ji|di", "zi"),  # じ and ぢ
    (r"j", "zy"),
    (r"du|dzu", "zu"),  # ず and づ
    (r"yy", "y"),  # jya, typed for じゃ
    (r"wo", "o"),  # を
    (r"m(?=[bmp])", "n"),  # shimbun
    (r"nn+", "n"),  # konnyaku, kon'nyaku
    (r"o[uo]+|oh(?![aiueo])", "o"),  # long vowels, written out or not
    (r"([aiue])\1+", r"\1"),
)
_NOT_ROMAJI = re.compile(r"[^a-z]")


def romaji_key(text: str) -> str:
    """What all spellings of one reading share, be it kana or any romanization.

    かくだいよくし, kakudai yokushi and Kakudai-Yokushi have one key; so have どうめい, dōmei,
    doumei and domei.
    """
    latin = hepburn(text.replace("ー", ""))
    latin = unicodedata.normalize("NFD", latin.lower())
    key = _NOT_ROMAJI.sub("", latin)
    for pattern, folded in _FOLDS:
        key = re.sub(pattern, folded, key)
    return key
