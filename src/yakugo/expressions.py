"""Designations that no run of nouns holds: 力による一方的な現状変更, 駆け付け警護.

They are found as they are written, all in one pass (Aho and Corasick, "Efficient string matching",
*Communications of the ACM* 18, 1975), the longest of those that begin at one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from yakugo.counting import Seen, keep, showing_of
from yakugo.documents import Document, Part
from yakugo.sentences import Sentence, sentences

# What ends in hiragana ends there as a noun: 封じ込め by itself, not the verb in 封じ込める.
_HIRAGANA = re.compile("[ぁ-ゖ]")
_NOUN_ENDS = re.compile("[をがはにのでとへやも]|(?![ぁ-ゖ])")
_QUOTES = ("「」", "『』")


def find(document: Document, expressions: frozenset[str]) -> dict[str, Seen]:
    """How often each of the expressions stands in a document, and the best places to show it."""
    found: dict[str, Seen] = {}
    if not expressions:
        return found
    patterns, matcher = _matcher(expressions)
    for part in document.parts():
        text = part.text
        for which, start, end in matcher.find_matches_as_indexes(text):
            if _HIRAGANA.match(text, end - 1) and not _NOUN_ENDS.match(text, end):
                continue
            for sentence in _around(part, start, end):
                seen = found.setdefault(patterns[which], Seen())
                seen.frequency += 1
                if text[start - 1 : start] + text[end : end + 1] in _QUOTES:
                    seen.quoted = True
                here = sentence.text, part.offset + sentence.offset, showing_of(sentence.text)
                keep(seen, here, start - sentence.offset, end - sentence.offset)
    return found


@cache
def _matcher(expressions: frozenset[str]) -> tuple[list[str], AhoCorasick]:
    patterns = sorted(expressions)
    how = MatchKind.LeftmostLongest
    return patterns, AhoCorasick(patterns, how, implementation=Implementation.DFA)


def _around(part: Part, start: int, end: int) -> Iterator[Sentence]:
    """The sentence of a part that something stands in; none when it goes over the end of one."""
    line = part.text.rfind("\n", 0, start) + 1
    line_end = part.text.find("\n", end)
    text = part.text[line : line_end if line_end >= 0 else None]
    for sentence in sentences(text):
        begin = line + sentence.offset
        if begin <= start and end <= begin + len(sentence.text):
            yield sentence._replace(offset=begin)
