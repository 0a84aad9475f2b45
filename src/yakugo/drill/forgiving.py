"""What is forgiven in a typed answer, and which of it a comparison needed.

A fold takes away one way in which spellings differ. Two texts that are the same under all folds
are the same answer; what was forgiven are those folds without which they would not be.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from enum import StrEnum


class Forgiven(StrEnum):
    """In what a right answer differs from the term, in words."""

    WIDTH = "full width"
    CASE = "case"
    ACCENT = "accent"
    AND = "& or and"
    MARKS = "punctuation"
    SPELLING = "US or UK spelling"
    ARTICLE = "article"
    NUMBER = "singular or plural"
    HYPHEN = "hyphen or space"
    OPTIONAL = "what is optional"
    SCRIPT = "hiragana or katakana"
    NUMERAL = "numerals"
    KANA = "kana"
    SOUND = "spelt as it sounds"
    ROMAJI = "romaji"
    VARIANT = "another way to write it"


Fold = tuple[Forgiven, Callable[[str], str]]


def forgiven(given: str, meant: str, folds: Sequence[Fold]) -> tuple[Forgiven, ...] | None:
    """The folds that make two texts the same, () for none; None when all of them do not."""
    if given == meant:
        return ()
    if folded(given, folds) != folded(meant, folds):
        return None
    without = ((kind, [fold for fold in folds if fold[0] is not kind]) for kind, _ in folds)
    return tuple(kind for kind, others in without if folded(given, others) != folded(meant, others))


def folded(text: str, folds: Sequence[Fold]) -> str:
    """A text with the folds laid on it in their order."""
    for _, fold in folds:
        text = fold(text)
    return text


def narrow(text: str) -> str:
    """Full-width letters and half-width katakana in their usual width."""
    return unicodedata.normalize("NFKC", text)
