"""Text → counts: each distinct run, how often it stands, and the best places to show it.

This is all that a text must give: terms are cut out of distinct runs later. Memory is bounded by
the vocabulary: a run keeps a bounded number of places, chosen by their quality and then by their
order in the text.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from yakugo.sentences import sentences
from yakugo.tokens import joint, phrase_runs, phrases

PLACES = 3
_REMEMBERED = 400_000  # phrases whose runs are kept at hand; then the memory starts anew


class Form(NamedTuple):
    """A distinct run: runs that are equal in all of these are counted together."""

    pieces: tuple[str, ...]
    classes: str


class Place(NamedTuple):
    """Where something stands, in characters.

    `offset` is where its sentence begins in the text, `start` and `end` are inside the sentence,
    `length` is the sentence's; `quality` says how well the sentence shows what stands there.
    """

    quality: int
    offset: int
    start: int
    end: int
    length: int


def merit(place: Place) -> tuple[int, int, int]:
    """The better of two places has the greater merit: its quality, then how early it stands."""
    return place.quality, -place.offset, -place.start


class Pair(NamedTuple):
    """Two runs that の or ・ joins; `chained` when another の goes before or follows."""

    left: Form
    joint: str
    right: Form
    chained: bool = False


@dataclass(slots=True)
class Seen:
    """How often a run or a pair stands, whether it is quoted or defined, and where.

    `readings` and `normals` are those of the run's pieces where it stands first.
    """

    readings: tuple[str, ...] = ()
    normals: tuple[str, ...] = ()
    frequency: int = 0
    quoted: bool = False
    defined: bool = False
    worst: int = -1  # the quality that a place must exceed to be kept
    places: list[Place] = field(default_factory=list)

    def add(self, place: Place) -> None:
        """Keep a place if it is among the best; places come in the order of the text."""
        self.places.append(place)
        if len(self.places) > PLACES:
            self.places.remove(min(self.places, key=merit))
        if len(self.places) == PLACES:
            self.worst = min(place.quality for place in self.places)


@dataclass(slots=True)
class Counts:
    """What was counted in a text."""

    runs: dict[Form, Seen] = field(default_factory=dict)
    pairs: dict[Pair, Seen] = field(default_factory=dict)


def count(text: str, progress: Callable[[int], None] = lambda characters: None) -> Counts:
    """Count the runs of a text.

    `progress` is told after each sentence how many characters have been read.
    """
    return _Counter().count(text, progress)


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


_DEFINES, _IN_DEFINITION, _SHORT, _FAIR, _POOR = 4, 3, 2, 1, 0
_DEFINING = re.compile(r"とは|つまり|すなわち|を指す|を意味する|と呼ばれ|と呼ぶ|と称|という意味")
_NAMED_THEN_DEFINED = re.compile(
    r"[」』”]?(?:[(（][^()（）]{1,60}[)）])?"
    r"(?:とは(?!いえ|言え|別|なら|違|異な|思|考え|限|いい|言い|いう|関係|無)|と呼[ばぶ]|と称)"
)
_SENTENCE_END = tuple("。！？!?」』")


def _quality(text: str) -> int:
    """How well a sentence shows a term: defining, short and complete, fair, or poor."""
    length = len(text)
    if not 12 <= length <= 120:
        return _POOR
    if _DEFINING.search(text):
        return _IN_DEFINITION
    if not text.endswith(_SENTENCE_END):
        return _POOR
    return _SHORT if length <= 60 else _FAIR


class _Known(dict[str, "list[_Hit]"]):
    """The runs of phrases, found when a phrase is first asked for."""

    def __init__(self, find: Callable[[str], list[_Hit]]) -> None:
        self._find = find

    def __missing__(self, phrase: str) -> list[_Hit]:
        if len(self) >= _REMEMBERED:
            self.clear()
        hits = self[phrase] = self._find(phrase)
        return hits


class _Counter:
    """Counts one text."""

    def __init__(self) -> None:
        self._counts = Counts()
        self._known = _Known(self._hits)

    def count(self, text: str, progress: Callable[[int], None]) -> Counts:
        known = self._known
        for sentence in sentences(text):
            line = sentence.text
            quality = _quality(line)
            here = _Here(line, sentence.offset, quality)
            at = 0
            last: Form | None = None
            last_start = last_end = 0
            for phrase, behind in phrases(line):
                for seen, form, start, end in known[phrase]:
                    start += at
                    end += at
                    seen.frequency += 1
                    if quality > seen.worst or quality == _IN_DEFINITION:
                        _keep(seen, here, start, end)
                    if start - last_end < _WIDEST_JOINT and line[last_end] in _JOINING and last:
                        self._pair(here, (last, last_start, last_end), (form, start, end))
                    last, last_start, last_end = form, start, end
                at += len(phrase) + len(behind)
            progress(sentence.offset + len(line))
        return self._counts

    def _hits(self, phrase: str) -> list[_Hit]:
        hits = []
        for run in phrase_runs(phrase):
            form = Form(run.pieces, run.classes)
            seen = self._counts.runs.get(form)
            if seen is None:
                seen = self._counts.runs[form] = Seen(run.readings, run.normals)
            seen.quoted = seen.quoted or run.quoted
            hits.append((seen, form, run.start, run.end))
        return hits

    def _pair(self, here: _Here, left: _Stand, right: _Stand) -> None:
        text = here.text
        form, begin, middle = left
        other, start, end = right
        by = joint(text, middle, start)
        if not by:
            return
        quoted = start - middle > 1
        if quoted and text[end : end + 1] in ("」", "』"):
            end += 1
        chained = text[begin - 1 : begin] == "の" or text[end : end + 1] == "の"
        pair = Pair(form, by, other, chained)
        seen = self._counts.pairs.get(pair)
        if seen is None:
            seen = self._counts.pairs[pair] = Seen()
        seen.frequency += 1
        in_quotes = text[begin - 1 : begin] in ("「", "『") and text[end : end + 1] in ("」", "』")
        seen.quoted = seen.quoted or quoted or in_quotes
        if here.quality > seen.worst or here.quality == _IN_DEFINITION:
            _keep(seen, here, begin, end)


_WIDEST_JOINT = 4  # characters between two runs that can be joined, and one more
_JOINING = frozenset("の・･」")
_Hit = tuple[Seen, Form, int, int]  # a run of a phrase, with its place in it
_Stand = tuple[Form, int, int]  # a run with its place in the sentence


class _Here(NamedTuple):
    """The sentence that is being counted: its text, where it begins, how well it shows a term."""

    text: str
    offset: int
    quality: int


def _keep(seen: Seen, here: _Here, start: int, end: int) -> None:
    quality = here.quality
    if quality == _IN_DEFINITION and _NAMED_THEN_DEFINED.match(here.text, end):
        quality = _DEFINES
        seen.defined = True
    if quality > seen.worst:
        seen.add(Place(quality, here.offset, start, end, len(here.text)))
