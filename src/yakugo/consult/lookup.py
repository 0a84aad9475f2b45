"""Look a term up: by kanji, kana, romaji or English; exact, by its beginning, by a part, nearly.

The index is made once from plain concepts; a query then takes a few milliseconds at most with
ten thousand of them (`benchmarks/lookup.py`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from yakugo.kana import hiragana, romaji_key
from yakugo.model import ENGLISH, Concept, Term, Usage


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


class _Entry(NamedTuple):
    """A term under one key; sorts as answers do: usable, short, then by id.

    `marked` is the key with a capital where a word (English) or a syllable (romaji) begins.
    """

    usage: int
    length: int
    id: str
    position: int
    key: str
    marked: str


_USAGES = tuple(Usage)
_UNSEEN = re.compile(r"[\W_]+")  # quotation marks, ・, spaces, line breaks of pasted text


class Lookup:
    """An index over concepts."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = {concept.id: concept for concept in concepts}
        japanese, english, romaji = [], [], []
        vocabulary: dict[str, str] = {}
        for concept in concepts:
            for i, term in enumerate(concept.terms):
                if term.language == ENGLISH:
                    parts = _words(term.text)
                    vocabulary.update(zip(parts, parts, strict=True))
                    marked = "".join(p.capitalize() if p.isascii() else p for p in parts)
                    english.append(_entry(concept, i, term, "".join(parts), marked))
                    continue
                keys = dict.fromkeys((japanese_key(term.text), japanese_key(term.reading)))
                japanese += [_entry(concept, i, term, key, key) for key in keys]
                key = romaji_key(term.reading)
                romaji.append(_entry(concept, i, term, key, _syllables(key)))
        self._japanese, self._english = _Index(japanese), _Index(english)
        self._romaji = _Index(romaji)
        self._vocabulary = vocabulary

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
            if how is How.FUZZY:
                hits += self._respelled(query, limit)
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
            ]
            if not _DIGIT.search(query):  # F-35 is not the beginning of a reading
                sides.append((self._romaji, romaji_key(query)))
        return [(index, key) for index, key in sides if key]

    def _respelled(self, query: str, limit: int) -> list[tuple[int, _Entry]]:
        """What holds the query once its misspelt English words are put right: umbrela."""
        total, words = 0, []
        for word in _words(query):
            near: tuple[str, float, str] | None = (word, 0, word)
            if word not in self._vocabulary:
                near = process.extractOne(
                    word, self._vocabulary, scorer=OSA.distance, score_cutoff=_edits(word)
                )
            if near is None or total + near[1] > _MOST_EDITS:
                return []
            total += int(near[1])
            words.append(near[0])
        if not total:
            return []
        return [(total, e) for _, e in self._english.find(How.SUBSTRING, "".join(words), limit)]


_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿豈-﫿ｦ-ﾟ]")
_KANJI = re.compile(r"[㐀-鿿豈-﫿]")
_DIGIT = re.compile(r"\d")
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")


def japanese_key(text: str) -> str:
    """What spellings of a Japanese term share: width, kana script and marks do not count."""
    return _UNSEEN.sub("", hiragana(text).casefold())


# Plurals and UK spellings, and what they become; in this order. A row holds for many words, and
# may spoil one (four: for) as long as it does so to the term and to the query alike.
_SPELLINGS = tuple(
    (re.compile(pattern), us)
    for pattern, us in (
        (r"(?<=..)ies$", "y"),  # capabilities, treaties
        (r"(?<=..)oes$", "o"),  # torpedoes
        (r"(?<=[cs]h|ss)es$", ""),  # launches
        (r"(?<=..[^siu])s$", ""),  # weapons, ICBMs; but not status, mass, crisis
        (r"(def|off|lic|pret)ence", r"\1ense"),
        (r"our(?=$|ed|ing|able)", "or"),  # armoured
        (r"(cent|theat|fib|calib|met)re$", r"\1er"),
        (r"manoeuvr(?:e$)?", "maneuver"),
        (r"isation", "ization"),
        (r"(?<=[a-z]{3})is(?=(?:e|ed|ing)$)", "iz"),  # modernising
        (r"lys(?=(?:e|ed|ing)$)", "lyz"),  # analyse
        (r"ll(?=(?:ed|ing|er)$)", "l"),  # signalling
        (r"programme", "program"),
        (r"logue$", "log"),  # dialogue
        (r"dgement", "dgment"),  # judgement
        (r"^grey", "gray"),  # grey-zone
    )
)


def english_key(text: str) -> str:
    """What spellings of an English term share.

    Case, hyphens, spaces, accents, plural s and US or UK spelling do not count.
    """
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return [_word(word) for word in _WORD.findall(plain)]


_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)  # the words of a field come again and again
def _word(word: str) -> str:
    for pattern, us in _SPELLINGS:
        word = pattern.sub(us, word)
    return word


_SYLLABLE = re.compile(r"(?:^|(?<=[aiueon]))[a-z]")


def _syllables(key: str) -> str:
    return _SYLLABLE.sub(lambda letter: letter[0].upper(), key)


def _entry(concept: Concept, position: int, term: Term, key: str, marked: str) -> _Entry:
    return _Entry(_USAGES.index(term.usage), len(key), concept.id, position, key, marked)


class _Index:
    """Entries under their keys, found exactly, by beginning, by part or by near spelling."""

    def __init__(self, entries: list[_Entry]) -> None:
        self._entries = sorted(entry for entry in entries if entry.key)
        self._by_key: dict[str, list[_Entry]] = {}
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        for entry in self._entries:
            if entry.key not in self._by_key:
                self._by_shape.setdefault(_shape(entry.key), []).append(entry.key)
            self._by_key.setdefault(entry.key, []).append(entry)
        # Made anew together, they lie together in memory: a scan for near spellings touches
        # thousands, and where they lay apart it waited for the memory most of its time.
        self._by_shape = {
            shape: "\n".join(keys).split("\n") for shape, keys in self._by_shape.items()
        }
        # All keys in the order of answers, each behind a line break, so that what is found first
        # is the best; `_starts` are the places of the line breaks.
        self._joined = "".join("\n" + entry.key for entry in self._entries)
        self._marked = "".join("\n" + entry.marked for entry in self._entries)
        self._starts = [0]
        for entry in self._entries:
            self._starts.append(self._starts[-1] + entry.length + 1)

    def find(self, how: How, key: str, limit: int) -> Iterator[tuple[int, _Entry]]:
        """(edits, entry) for what is found in one way; `limit` concepts at the least, if any."""
        if how is How.EXACT:
            yield from ((0, entry) for entry in self._by_key.get(key, ()))
        elif how is How.PREFIX:
            yield from ((0, entry) for entry in self._holding("\n" + key, limit))
        elif how is How.SUBSTRING:
            yield from ((0, entry) for entry in self._holding(key, limit))
        else:
            yield from self._near(key)

    def _holding(self, part: str, limit: int) -> Iterator[_Entry]:
        concepts: set[str] = set()
        at = self._joined.find(part)
        while at >= 0 and len(concepts) < limit:
            after = at + 1
            if self._is_whole(at, part):
                i = bisect_right(self._starts, at)
                entry = self._entries[i - 1]
                concepts.add(entry.id)
                yield entry
                after = self._starts[i]
            at = self._joined.find(part, after)

    def _is_whole(self, at: int, part: str) -> bool:
        """Whether a part begins with a word or syllable, or lies inside one.

        Else "arm" would be found in nuclear material, and "use" in kakusenryoku.
        """
        marked = self._marked[at : at + len(part)]
        return marked == part or not marked[0].islower()

    def _near(self, key: str) -> Iterator[tuple[int, _Entry]]:
        edits = _edits(key)
        script, length = _shape(key)
        for near_length in range(length - edits, length + edits + 1) if edits else ():
            keys = self._by_shape.get((script, near_length), ())
            found = process.extract(key, keys, scorer=OSA.distance, score_cutoff=edits, limit=None)
            for near, distance, _ in found:
                yield from ((int(distance), entry) for entry in self._by_key[near])


def _shape(key: str) -> tuple[str, int]:
    """What near spellings share, or nearly: the script and the length.

    A misspelt word keeps its script, and most keys are of another than the query's.
    """
    script = "kanji" if _KANJI.search(key) else "kana" if _JAPANESE.search(key) else "latin"
    return script, len(key)


_MOST_EDITS = 3


def _edits(key: str) -> int:
    """How many letters may differ: none in what is so short that all is near to all."""
    if _JAPANESE.search(key):
        return 0 if len(key) < 3 else 1 if len(key) < 7 else 2
    return 0 if len(key) < 4 else 1 if len(key) < 7 else 2 if len(key) < 12 else _MOST_EDITS
