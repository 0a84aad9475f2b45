"""English words: what counts as the same word, and what no phrase begins or ends with.

Words are folded twice: by number and case (Missiles, missile), which is what phrases are compared
by, and further by their verbal endings (attacked, attacking, attack), which gives the counts of a
small text more to stand on. Neither needs a dictionary; english.tsv has the exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from yakugo import tables

_WORDS = "parallel/english.tsv"
# A number has its commas, which fall away when it is folded: 300,000.
# Hyphens, points, slashes and apostrophes inside a word are part of it: air-launched, U.S., A2/AD.
_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+|[^\W_]+(?:[-‐‑'’.&/][^\W_]+)*(?:(?<=\b[A-Z]\.[A-Z])\.)?|[^\s\w]"
)
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")


def tokens(sentence: str) -> list[str]:
    """The words and marks of a sentence, as they are written."""
    return _TOKEN.findall(sentence)


def is_word(token: str) -> bool:
    """Whether a token is a word, not a mark."""
    return token[0].isalnum()


def trimmed(words: Iterable[str]) -> list[str]:
    """A folded phrase without stop words at its ends."""
    kept = list(words)
    while kept and kept[-1] in stop_words():
        kept.pop()
    while kept and kept[0] in stop_words():
        kept.pop(0)
    return kept


@cache
def stop_words() -> frozenset[str]:
    """Words that carry grammar only."""
    return frozenset(word.casefold() for word in tables.words(_WORDS, "rule", "stop"))


@cache
def _irregular() -> dict[str, str]:
    return dict(pair.split(":") for pair in tables.words(_WORDS, "rule", "irregular"))


@cache
def _unchanged() -> frozenset[str]:
    return tables.words(_WORDS, "rule", "same")


def bare(word: str) -> str:
    """Japan's → Japan."""
    return _POSSESSIVE.sub("", word)


def singular(word: str) -> str:
    """A word without its possessive and plural endings; its case is kept."""
    word = bare(word)
    lower = word.lower()
    if lower in _irregular():
        return _irregular()[lower]
    if len(word) < 4 or not lower.endswith("s") or lower in _unchanged():
        return word
    if lower.endswith(("ss", "us", "is", "ics")):
        return word
    if lower.endswith("ies"):
        return word[:-3] + "y"
    return word[: -2 if lower.endswith(("ches", "shes", "sses", "xes", "zzes")) else -1]


def folded(word: str) -> str:
    """What a word shares with its plural and other case: Missiles → missile."""
    return singular(word).casefold().replace(",", "")


def stem(word: str) -> str:
    """What a word shares with its verbal forms as well: attacked, attacking, attacks → attack.

    A key for counting, not a word: planned and planning → plan, used and using → us.
    """
    word = folded(word)
    for ending, instead in (("ing", ""), ("ied", "y"), ("ed", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word[: -len(ending)] + instead
            if word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 2 else word
