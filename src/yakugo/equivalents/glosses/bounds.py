"""The English phrase that stands before a bracket: extended deterrence (拡大抑止).

Nothing in an English sentence says where the phrase begins. It is taken as short as it can be:
back to a word that stands in no term (the, called), at most as many words as the Japanese has
pieces, and over of, for or on only to reach what the Japanese ends in: weapons of mass
destruction (大量破壊兵器), but not the doctrine of extended deterrence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from yakugo.equivalents import dictionary
from yakugo.equivalents.glosses.abbreviations import is_abbreviation
from yakugo.equivalents.glosses.bracketed import words

_FAR = 120  # characters before a bracket; no phrase is longer
_ENGLISH = re.compile(r"(?:[A-Za-zÀ-ÖØ-öø-ž0-9]|[ &/'’.\-‐‑–](?=[A-Za-zÀ-ÖØ-öø-ž0-9]))")
_SENTENCE_END = re.compile(r".*[a-z)]{2}[.] ")
_WORD = re.compile(r"[a-z]+")
_LETTERS_A_WORD = 4  # of katakana: a longer piece may be two words, ミサイルディフェンス


def stretch_before(text: str, end: int) -> str:
    """The Latin letters of the same sentence that stand right before a place in a text."""
    start = end
    while start > max(0, end - _FAR) and _ENGLISH.match(text, start - 1, end):
        start -= 1
    stretch = text[start:end].lstrip(" &/'’.-‐‑–")
    return _SENTENCE_END.sub("", stretch)


def content_words(text: str) -> int:
    """How many words of English say something: not of, the and the like."""
    return sum(word.lower() not in words("stop", "link") for word in re.split(r"[\s/]+", text))


def is_phrase(text: str) -> bool:
    """Whether English begins and ends with words that say something: not in Tokyo, nor able to."""
    listed = text.lower().split()
    return not {listed[0], listed[-1]} & words("stop", "link")


def phrase(stretch: str, pieces: Sequence[str]) -> str:
    """The end of a stretch that can be the English of a Japanese term of these pieces; "" if none.

    An abbreviation is a phrase by itself, but for what a piece says too: New START.
    """
    listed = stretch.split()
    if not listed or not pieces or not is_phrase(listed[-1]):
        return ""
    name = listed[-1][0].isupper()
    short = is_abbreviation(listed[-1])
    head = len(listed) - 1 if short else _head(listed, pieces[-1], name)
    if head is None:
        return ""
    room = sum(max(1, len(piece) // _LETTERS_A_WORD) for piece in pieces) + name
    i = len(listed) - 1
    while i and room > 1:
        j, joint = _over_joint(listed, i)
        word = listed[j - 1] if j else ""
        if (
            (joint == "of" and j <= head)
            or (joint == "and" and not name)
            or not _goes_on(word, name)
            or (short and not any(_means(word, piece) for piece in pieces))
        ):
            break
        i, room = j - 1, room - 1
    if i and "-" in listed[i] and listed[i - 1].endswith("ly"):
        i -= 1  # exclusively defense-oriented
    return " ".join(listed[i:])


def _head(listed: list[str], piece: str, name: bool) -> int | None:
    """Where the word stands that the last piece says: the last one, or one before an of.

    The last one as well when none is known to; None when that is a name's, which is not whole.
    """
    last = len(listed) - 1
    if _means(listed[last], piece):
        return last
    i, goes_on = last, False
    while i:
        j, joint = _over_joint(listed, i)
        word = listed[j - 1] if j else ""
        if not _goes_on(word, name):
            break
        if joint == "of":
            if _means(word, piece):
                return j - 1
            goes_on = name
        i = j - 1
    return None if goes_on else last


def _goes_on(word: str, name: bool) -> bool:
    """Whether a phrase may have this word too; all words of a name are capitalised."""
    return word.lower() not in words("stop", "link") and word[:1].isupper() >= name and word != ""


def _over_joint(listed: list[str], i: int) -> tuple[int, str]:
    """Where what joins the words before and behind i begins, and its kind: "of", "and" or ""."""
    j = i
    if listed[j - 1] == "the":
        j -= 1
    if j and listed[j - 1] in words("link"):
        return j - 1, "of"
    if j == i and listed[j - 1] in ("and", "&"):
        return j - 1, "and"
    return i, ""


def _means(word: str, piece: str) -> bool:
    """Whether the dictionary has an English word for a piece."""
    return _stem(word) in _english_of(piece)


@cache
def _english_of(piece: str) -> frozenset[str]:
    found = dictionary.senses([piece]).get(piece, [])
    return frozenset(
        _stem(word)
        for sense in found
        for gloss in sense.glosses
        for word in _WORD.findall(gloss.lower())
    )


def _stem(word: str) -> str:
    return word.lower().removesuffix("'s").rstrip("s")
