"""Designations that no run of nouns holds: 力による一方的な現状変更, 駆け付け警護.

They are found as they are written, all in one pass (Aho and Corasick, "Efficient string matching",
*Communications of the ACM* 18, 1975), the longest of those that begin at one place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from yakugo.counting import Place, Seen, showing_of
from yakugo.documents import Document, Part
from yakugo.sentences import sentences

# What ends in hiragana ends there as a noun: 封じ込め by itself, not the verb in 封じ込める.
_HIRAGANA = re.compile("[ぁ-ゖ]")
_NOUN_ENDS = re.compile("[をがはにのでとへやも]|(?![ぁ-ゖ])")


def find(document: Document, expressions: Collection[str]) -> dict[str, Seen]:
    """How often each of the expressions stands in a document, and the best places to show it."""
    if not expressions:
        return {}
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    patterns = sorted(expressions)
    matcher = AhoCorasick(patterns, MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    found: dict[str, Seen] = {}
    for part in document.parts():
        for which, start, end in matcher.find_matches_as_indexes(part.text):
            if _HIRAGANA.match(part.text, end - 1) and not _NOUN_ENDS.match(part.text, end):
                continue
            for place in _place(part, start, end):
                seen = found.setdefault(patterns[which], Seen())
                seen.frequency += 1
                if place[0] < seen.worst:
                    seen.add(place)
    return found


def _place(part: Part, start: int, end: int) -> Iterator[Place]:
    """Where something stands in its sentence; nothing when it goes over the end of one."""
    line = part.text.rfind("\n", 0, start) + 1
    line_end = part.text.find("\n", end)
    text = part.text[line : line_end if line_end >= 0 else None]
    for sentence in sentences(text):
        begin = line + sentence.offset
        if begin <= start and end <= begin + len(sentence.text):
            offset, length = part.offset + begin, len(sentence.text)
            yield showing_of(sentence.text), offset, start - begin, end - begin, length
