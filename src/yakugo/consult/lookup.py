"""Look a term up: by kanji, kana, romaji or English; exact, by its beginning, by a part, nearly.

The index is made once from plain concepts; a query then takes a few milliseconds at most with
ten thousand of them (`benchmarks/lookup.py`).
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from yakugo.kana import hiragana, romaji_key
from yakugo.model import ENGLISH, QUOTES, Concept, Term, Usage


class How(StrEnum):
    """How a match was found, best first."""

    EXACT = "exact"
    PREFIX = "prefix"
    SUBSTRING = "substring"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Match:
    """A concept that answers a query, by which of its terms, and how; edits only when fuzzy."""

    concept: Concept
    term: Term
    how: How
    edits: int = 0


@dataclass(frozen=True, slots=True, order=True)
class _Entry:
    """A term under one key; sorts as answers do: usable, short, then by id."""

    usage: int
    length: int
    id: str
    position: int
    key: str


_USAGES = tuple(Usage)
_UNSEEN = str.maketrans("", "", QUOTES + " 　・")


class Lookup:
    """An index over concepts."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = {concept.id: concept for concept in concepts}
        japanese, english, romaji = [], [], []
        for concept in concepts:
            for i, term in enumerate(concept.terms):
                if term.language == ENGLISH:
                    english.append(_entry(concept, i, term, english_key(term.text)))
                    continue
                keys = dict.fromkeys((japanese_key(term.text), japanese_key(term.reading)))
                japanese += [_entry(concept, i, term, key) for key in keys if key]
                key = romaji_key(term.reading) if term.reading else ""
                romaji += [_entry(concept, i, term, key)] if key else []
        self._japanese, self._english = _Index(japanese), _Index(english)
        self._romaji = _Index(romaji)

    def find(self, query: str, limit: int = 10) -> list[Match]:
        """Up to `limit` concepts, best first, each once; [] for a query without a letter.

        Near spellings are offered only when nothing holds the query as it is.
        """
        found: dict[str, Match] = {}
        sides = self._sides(query)
        for how in How:
            if how is How.FUZZY and found:
                break
            hits = [hit for index, key in sides for hit in index.find(how, key, limit)]
            for edits, entry in sorted(hits):
                concept = self._concepts[entry.id]
                match = Match(concept, concept.terms[entry.position], how, edits)
                found.setdefault(entry.id, match)
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def _sides(self, query: str) -> list[tuple[_Index, str]]:
        if _JAPANESE.search(query):
            sides = [(self._japanese, japanese_key(query))]
            if _LATIN.search(query):
                sides.append((self._english, english_key(query)))
        else:
            sides = [
                (self._english, english_key(query)),
                (self._japanese, japanese_key(query)),
                (self._romaji, romaji_key(query)),
            ]
        return [(index, key) for index, key in sides if key]


_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿豈-﫿ｦ-ﾟ]")
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")


def japanese_key(text: str) -> str:
    """What spellings of a Japanese term share: width, kana script and quotation marks are one."""
    return hiragana(text).casefold().translate(_UNSEEN)


# UK spellings and their US ones; endings that hold for many words.
_SPELLINGS = (
    (re.compile(r"(def|off|lic|pret)ence"), r"\1ense"),
    (re.compile(r"our(?=$|ed|ing|able)"), "or"),
    (re.compile(r"(cent|theat|fib)re$"), r"\1er"),
    (re.compile(r"isation"), "ization"),
    (re.compile(r"(?<=[a-z]{3})ise(?=$|d)"), "ize"),
    (re.compile(r"programme"), "program"),
)


def english_key(text: str) -> str:
    """What spellings of an English term share.

    Case, hyphens, spaces, accents, plural s and US or UK spelling do not count.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().replace("-", "").replace("‐", "")
    return "".join(map(_word, re.findall(r"[^\W_]+", plain)))


def _word(word: str) -> str:
    for pattern, us in _SPELLINGS:
        word = pattern.sub(us, word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "siu" else word


def _entry(concept: Concept, position: int, term: Term, key: str) -> _Entry:
    return _Entry(_USAGES.index(term.usage), len(key), concept.id, position, key)


class _Index:
    """Entries under their keys, found exactly, by beginning, by part or by near spelling."""

    def __init__(self, entries: list[_Entry]) -> None:
        self._entries = sorted(entry for entry in entries if entry.key)
        self._by_key: dict[str, list[_Entry]] = {}
        self._by_length: dict[int, list[str]] = {}
        for entry in self._entries:
            if entry.key not in self._by_key:
                self._by_length.setdefault(entry.length, []).append(entry.key)
            self._by_key.setdefault(entry.key, []).append(entry)
        self._sorted = sorted(self._by_key)
        # All keys in the order of answers, so that the first ones found are the best ones.
        self._joined = "\n" + "\n".join(entry.key for entry in self._entries) + "\n"
        self._starts = [0]
        for entry in self._entries:
            self._starts.append(self._starts[-1] + entry.length + 1)

    def find(self, how: How, key: str, limit: int) -> Iterator[tuple[int, _Entry]]:
        """(edits, entry) for what is found in one way; `limit` concepts at the least, if any."""
        if how is How.EXACT:
            yield from ((0, entry) for entry in self._by_key.get(key, ()))
        elif how is How.PREFIX:
            yield from ((0, entry) for entry in self._beginning(key, limit))
        elif how is How.SUBSTRING:
            yield from ((0, entry) for entry in self._containing(key, limit))
        else:
            yield from self._near(key, limit)

    def _beginning(self, key: str, limit: int) -> list[_Entry]:
        first = bisect_left(self._sorted, key)
        last = bisect_right(self._sorted, key + "\U0010ffff", first)
        keys = self._sorted[first:last]
        # A concept may answer with several terms, so more than `limit` entries may be needed.
        return heapq.nsmallest(limit * _TERMS, (e for k in keys for e in self._by_key[k]))

    def _containing(self, key: str, limit: int) -> Iterator[_Entry]:
        concepts: set[str] = set()
        at = self._joined.find(key)
        while at >= 0 and len(concepts) < limit:
            entry = self._entries[bisect_right(self._starts, at - 1) - 1]
            concepts.add(entry.id)
            yield entry
            at = self._joined.find(key, self._joined.index("\n", at))

    def _near(self, key: str, limit: int) -> Iterator[tuple[int, _Entry]]:
        edits = _edits(key)
        lengths = range(len(key) - edits, len(key) + edits + 1) if edits else ()
        keys = [near for length in lengths for near in self._by_length.get(length, ())]
        found = process.extract(key, keys, scorer=OSA.distance, score_cutoff=edits, limit=limit)
        for near, distance, _ in found:
            yield from ((int(distance), entry) for entry in self._by_key[near])


_TERMS = 8  # that one concept has at the most, or nearly so


def _edits(key: str) -> int:
    """How many letters may differ: none in what is so short that all is near to all."""
    if _JAPANESE.search(key):
        return 0 if len(key) < 3 else 1 if len(key) < 7 else 2
    return 0 if len(key) < 4 else 1 if len(key) < 7 else 2 if len(key) < 12 else 3
