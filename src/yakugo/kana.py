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
