"""Which side of a pair is Japanese and which English, by language code or by script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from yakugo.model import ENGLISH, JAPANESE, SentencePair

_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺｦ-ﾝ々〆㐀-䶿一-鿿豈-龎\U00020000-\U000323af]")
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
# Zero-width characters, soft hyphens and control characters: nobody sees them, no term holds them.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b\u2060\ufeff]")
# ISO 639-1 and 639-2 as tools write them; JP is a country, and often written for the language.
_CODES = {
    **dict.fromkeys(("ja", "jpn", "jp", "japanese"), JAPANESE),
    **dict.fromkeys(("en", "eng", "english"), ENGLISH),
}


@lru_cache(maxsize=256)
def language_of(code: str) -> str:
    """`ja` or `en` for a language code as tools write them (JA-jp, jpn, en_US, eng), else ""."""
    return _CODES.get(re.split(r"[-_ (]", code.strip().lower(), maxsplit=1)[0], "")


def direction(source: str, target: str) -> tuple[str, str] | None:
    """The languages of source and target, by their codes; None unless one is ja and one en.

    A target that names no language is in the other one.
    """
    of_source, of_target = language_of(source), language_of(target)
    if of_source and not target:
        of_target = ENGLISH if of_source == JAPANESE else JAPANESE
    return (of_source, of_target) if {of_source, of_target} == {JAPANESE, ENGLISH} else None


def holds_japanese(text: str) -> bool:
    """Whether there is a kana or a kanji in a text."""
    return _JAPANESE.search(text) is not None


def holds_latin(text: str) -> bool:
    """Whether there is a Latin letter in a text."""
    return _LATIN.search(text) is not None


def letters(text: str) -> tuple[int, int]:
    """How many kana and kanji there are in a text, and how many Latin letters."""
    return len(_JAPANESE.findall(text)), len(_LATIN.findall(text))


def share_of_japanese(texts: Iterable[str]) -> float:
    """How much of the letters of texts is Japanese: 0 to 1, and 0 when there is no letter."""
    japanese, latin = letters("".join(texts))
    return japanese / (japanese + latin or 1)


def tidied(text: str) -> str:
    """White space as single spaces, none at the ends; what cannot be seen is left out."""
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def pair(japanese: str, english: str, place: str) -> SentencePair | None:
    """A pair of tidied texts, or None when it is none that anything can be learned from.

    That is when a side is empty, the Japanese one holds no Japanese, the English one no Latin
    letter, or both are the same: a segment that was not translated.
    """
    japanese, english = tidied(japanese), tidied(english)
    if not holds_japanese(japanese) or not holds_latin(english) or japanese == english:
        return None
    return SentencePair(japanese, english, place)
