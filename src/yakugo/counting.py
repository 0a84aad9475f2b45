"""Text → counts: each distinct run, how often it stands, and the best places to show it.

This is all that a text must give: terms are cut out of distinct runs later, and what travels
between processes are counts, not tokens. Memory is bounded by the vocabulary: a run keeps a
bounded number of places, chosen by how well they show it and then by their order in the text.
"""

from __future__ import annotations

import gc
import re
from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, TypeVar

from yakugo.documents import Part
from yakugo.sentences import sentences
from yakugo.tokens import SEPARATOR, Form, joint, phrase_runs, phrases

PLACES = 3
_REMEMBERED = 200_000  # phrases of each of two generations whose runs are kept at hand

# Where something stands: how well the sentence shows it (0 defines it, 4 shows it poorly), where
# the sentence begins in the text, the part of the sentence, and the sentence's length, all in
# characters. The lesser place is the better: the one that shows it better, then the earlier.
Place = tuple[int, int, int, int, int]
_DEFINES, _IN_DEFINITION, _SHORT, _FAIR, _POOR, _NO_PLACE = range(6)


class Pair(NamedTuple):
    """Two runs and what joins them (see tokens.py); `chained` when another の is at its sides.

    Both are short and without names and numerals, but for what follows ・.
    """

    left: Form
    joint: str
    right: Form
    chained: bool = False


@dataclass(slots=True)
class Seen:
    """How often a run or a pair stands, whether it is quoted or defined, and where.

    `said` is how a run is read where it stands first (see tokens.py); of a pair, its runs say it.
    `places` has the best first.
    """

    said: str = ""
    frequency: int = 0
    quoted: bool = False
    defined: bool = False
    places: list[Place] = field(default_factory=list)
    worst: int = _NO_PLACE  # how well the worst place shows it, once no more are needed

    def __reduce__(self) -> tuple[type[Seen], tuple[object, ...]]:
        """What travels between processes: half as long to send as the names of all fields."""
        return Seen, (
            self.said,
            self.frequency,
            self.quoted,
            self.defined,
            self.places,
            self.worst,
        )

    def add(self, place: Place) -> None:
        """Keep a place if it is among the best."""
        places = self.places
        insort(places, place)
        if len(places) >= PLACES:
            del places[PLACES:]
            self.worst = places[-1][0]

    def join(self, later: Seen) -> None:
        """Add what was counted in a later part of the text."""
        self.frequency += later.frequency
        self.quoted = self.quoted or later.quoted
        self.defined = self.defined or later.defined
        for place in later.places:
            if place[0] >= self.worst:
                break
            self.add(place)


@dataclass(slots=True)
class Counts:
    """What was counted in a text."""

    runs: dict[Form, Seen] = field(default_factory=dict)
    pairs: dict[Pair, Seen] = field(default_factory=dict)

    def join(self, later: Counts) -> None:
        """Add what was counted in a later part of the text; as if it had been counted at once."""
        _join(self.runs, later.runs)
        _join(self.pairs, later.pairs)


_Key = TypeVar("_Key", Form, Pair)


def _join(total: dict[_Key, Seen], later: dict[_Key, Seen]) -> None:
    for key, seen in later.items():
        known = total.setdefault(key, seen)
        if known is not seen:
            known.join(seen)


def count(
    parts: Iterable[Part], progress: Callable[[int], None] = lambda characters: None
) -> Counts:
    """Count the runs of a document or of some of its parts, which end where lines end.

    `progress` is told after each sentence how many characters of these parts have been read.
    """
    counter = _Counter()
    read = 0
    with without_garbage_collection():
        for part in parts:
            for characters in counter.count(part):
                progress(read + characters)
            read += len(part.text)
    return counter.counts()


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """For work that makes no cycles: going through all that is kept takes a third of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


_DEFINING = re.compile(r"とは|つまり|すなわち|を指す|を意味する|と呼ばれ|と呼ぶ|と称|という意味")
_NAMED_THEN_DEFINED = re.compile(
    r"[」』”]?(?:[(（][^()（）]{1,60}[)）])?"
    r"(?:とは(?!いえ|言え|別|なら|違|異な|思|考え|限|いい|言い|いう|関係|無)|と呼[ばぶ]|と称)"
)
_SENTENCE_END = tuple("。！？!?」』")


def showing_of(text: str) -> int:
    """How well a sentence shows a term: defining, short and complete, fair, or poor."""
    length = len(text)
    if not 12 <= length <= 120:
        return _POOR
    if _DEFINING.search(text):
        return _IN_DEFINITION
    if not text.endswith(_SENTENCE_END):
        return _POOR
    return _SHORT if length <= 60 else _FAIR


_Hit = tuple[Form, int, int, bool, str]  # a run as a plain tuple, which is taken apart faster


class _Phrases(dict[str, list[_Hit]]):
    """The runs of phrases, found when a phrase is first asked for, and then kept a good while.

    When enough are kept they become the elder generation, and those that were not asked for
    again when the next one has grown up are forgotten.
    """

    def __init__(self) -> None:
        self._elder: dict[str, list[_Hit]] = {}

    def __missing__(self, phrase: str) -> list[_Hit]:
        if len(self) >= _REMEMBERED:
            self._elder = dict(self)
            self.clear()
        hits = self._elder.get(phrase)
        if hits is None:
            hits = [run[:] for run in phrase_runs(phrase)]
        self[phrase] = hits
        return hits


@cache
def _phrases() -> _Phrases:
    """The phrases of all texts that this process has counted: most come again in the next one."""
    return _Phrases()


class _Counter:
    """Counts one document, part by part."""

    def __init__(self) -> None:
        self._runs: dict[Form, Seen] = {}
        self._pairs: dict[Pair, Seen] = {}

    def count(self, part: Part) -> Iterator[int]:
        """Count a part, giving after each sentence how many of its characters have been read."""
        known, runs = _phrases(), self._runs
        seen_before = runs.get
        for sentence in sentences(part.text):
            line = sentence.text
            showing = showing_of(line)
            here = line, part.offset + sentence.offset, showing
            at = 0
            last = ""
            last_start = last_end = 0
            for phrase, behind in phrases(line):
                for form, start, end, quoted, said in known[phrase]:
                    start += at
                    end += at
                    seen = seen_before(form)
                    if seen is None:
                        seen = runs[form] = Seen(said)
                    seen.frequency += 1
                    if quoted:
                        seen.quoted = True
                    if showing < seen.worst or showing == _IN_DEFINITION:
                        keep(seen, here, start, end)
                    if start - last_end < _WIDEST_JOINT and line[last_end] in _JOINING and last:
                        self._pair(here, (last, last_start, last_end), (form, start, end))
                    last, last_start, last_end = form, start, end
                at += len(phrase) + len(behind)
            yield sentence.offset + len(line)

    def counts(self) -> Counts:
        return Counts(self._runs, self._pairs)

    def _pair(self, here: Here, left: _Stand, right: _Stand) -> None:
        text, _, showing = here
        form, begin, middle = left
        other, start, end = right
        by = joint(text, middle, start)
        if not by or not _SIDE.match(form) or not (by == "・" or _SIDE.match(other)):
            return
        quoted = len(by) < start - middle
        if quoted and text[end : end + 1] in ("」", "』"):
            end += 1
        chained = text[begin - 1 : begin] == "の" or text[end : end + 1] == "の"
        pair = Pair(form, by, other, chained)
        seen = self._pairs.get(pair)
        if seen is None:
            seen = self._pairs[pair] = Seen()
        seen.frequency += 1
        in_quotes = text[begin - 1 : begin] in ("「", "『") and text[end : end + 1] in ("」", "』")
        if quoted or in_quotes:
            seen.quoted = True
        if showing < seen.worst or showing == _IN_DEFINITION:
            keep(seen, here, begin, end)


_WIDEST_JOINT = 5  # characters between two runs that can be joined, and one more
_JOINING = frozenset("の・･」に及")
_SIDE = re.compile(rf"[NVPCXSLA]{{1,3}}{SEPARATOR}")
_Stand = tuple[Form, int, int]  # a run with its place in the sentence
# The sentence that is being counted: its text, where it begins, how well it shows a term.
Here = tuple[str, int, int]


def keep(seen: Seen, here: Here, start: int, end: int) -> None:
    """Keep a place in a sentence if it is among the best; the sentence may define what it has."""
    text, offset, showing = here
    if showing == _IN_DEFINITION and _NAMED_THEN_DEFINED.match(text, end):
        showing = _DEFINES
        seen.defined = True
    if showing < seen.worst:
        seen.add((showing, offset, start, end, len(text)))
