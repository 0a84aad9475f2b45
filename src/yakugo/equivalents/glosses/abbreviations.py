"""Which short form stands for which long one, by their letters: NSC, National Security Council."""

from __future__ import annotations

import re
from collections import Counter

# Two capitals or a digit: NPT, DoD, C4ISR, P5; but Trident and Pu are words like others.
_ABBREVIATION = re.compile(r"(?=.[^A-Z0-9]*[A-Z0-9])[A-Z][A-Za-z0-9&/.\-]{1,9}")
# A part of a name that is counted: PAC-3, F-35.
_MODEL = re.compile(r"[A-Z][A-Za-z]{0,4}-?\d+[A-Z]{0,2}|[A-Z]{1,5}-\d+[A-Za-z]*")


def is_abbreviation(text: str) -> bool:
    """Whether a Latin form is an abbreviation, not a word or words."""
    return _ABBREVIATION.fullmatch(text) is not None


def is_model(text: str) -> bool:
    """Whether a Latin form is the designation of a model: PAC-3, Su-27; but not G7."""
    return "-" in text and _MODEL.fullmatch(text) is not None


def long_form(short: str, text: str) -> str:
    """The shortest ending of an English text that an abbreviation can stand for; "" if none.

    Its letters stand in the ending in their order, the first at the beginning of a word: the
    algorithm of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions
    in biomedical text" (Pacific Symposium on Biocomputing, 2003). It may have twice as many words
    as the abbreviation has letters, or five more.
    """
    letters = [letter for letter in _singular(short).lower() if letter.isalpha()]
    lower = text.lower()
    at = len(lower)
    for i in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (
            lower[at] != letters[i] or (i == 0 and at > 0 and lower[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ""
    start = lower.rfind(" ", 0, at + 1) + 1
    found = text[start:]
    words = found.split()
    if len(words) > min(len(letters) + 5, len(letters) * 2) or len(found) <= len(short):
        return ""
    return "" if short in words else found


def stands_for(short: str, english: str) -> bool:
    """Whether an abbreviation stands for just this English: its letters or its initials.

    One word may stand before what has the letters (US National Security Council, NSC). Initials
    may come in another order: the Treaty on the Non-Proliferation of Nuclear Weapons is the NPT.
    """
    if not is_abbreviation(short) or is_abbreviation(english):
        return False
    found = long_form(short, english)
    if found and len(english.split()) - len(found.split()) <= 1:
        return True
    letters = Counter(letter for letter in _singular(short).lower() if letter.isalpha())
    initials = Counter(word[0].lower() for word in re.findall(r"\w+", english))
    return letters.total() > 2 and letters <= initials


def _singular(short: str) -> str:
    return short[:-1] if len(short) > 2 and short[-1] == "s" and short[-2].isupper() else short


def is_short_for(short: str, full: str) -> bool:
    """Whether a form takes its letters, in order, from a longer one: 核禁条約, 核兵器禁止条約."""
    if not 2 <= len(short) < len(full) or short in full or short[0] != full[0]:
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)
