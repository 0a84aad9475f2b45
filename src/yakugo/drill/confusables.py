"""Pairs that learners mix up, found from the glossary itself.

抑止 and 抑制 share a character, 核拡散 and 核不拡散 differ by one that says no, 公証 and 交渉 sound
alike, deterrence and deterrent look alike, arms control and disarmament stand for neighbouring
things. Each likeness counts for what it is worth, and a pair says which ones it has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import OSA

from yakugo.equivalents import english
from yakugo.kana import hiragana
from yakugo.model import ENGLISH, JAPANESE, USABLE, Concept

PARTNERS = 3  # of a concept, at most
LEAST = 0.5  # strength from which a pair is one

_NEGATING = frozenset("不非反対無未脱")
_MOST_SHARING = 60  # concepts: what more of them share tells none of them apart
_WRITTEN, _NEGATED, _HEARD, _SAID, _RELATED, _WITHIN = 1.0, 0.85, 0.8, 0.6, 0.35, 0.3
_LEAST_LIKE = 0.5  # a likeness below it is none
_MOST_KANA = 2
_SHORT = 2  # characters, of which one is much
_ONE_OF_TWO = 0.5


@dataclass(frozen=True, slots=True)
class Confusable:
    """Two concepts that are easily taken for one another, by their ids in order, and why.

    `strength` is 0 to 1. `why` names what they share: "written alike", "one negates the other",
    "sound alike", "English alike", "related".
    """

    one: str
    other: str
    strength: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Faces:
    """What a learner sees and hears of a concept."""

    id: str
    field: str
    related: frozenset[str]
    written: tuple[str, ...]
    heard: tuple[str, ...]
    said: tuple[str, ...]


def confusables(concepts: Iterable[Concept]) -> list[Confusable]:
    """All pairs of at least strength `LEAST`, the strongest first; of a concept the best few."""
    faces = [_faces(one) for one in concepts]
    by_id = {one.id: one for one in faces}
    pairs = {(min(pair), max(pair)) for pair in _candidates(faces)}
    found = [_judged(by_id[one], by_id[other]) for one, other in sorted(pairs)]
    found = [one for one in found if one.strength >= LEAST]
    found.sort(key=lambda pair: (-pair.strength, pair.one, pair.other))
    had: Counter[str] = Counter()
    kept = []
    for pair in found:
        if min(had[pair.one], had[pair.other]) < PARTNERS:
            kept.append(pair)
            had.update((pair.one, pair.other))
    return kept


def partners(pairs: Iterable[Confusable]) -> dict[str, list[str]]:
    """For each concept those that it is mixed up with, the most easily first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        found[pair.one].append(pair.other)
        found[pair.other].append(pair.one)
    return {id: ids[:PARTNERS] for id, ids in found.items()}


def _faces(concept: Concept) -> _Faces:
    japanese = [t for t in concept.in_language(JAPANESE) if t.usage in USABLE]
    said = [t.text for t in concept.in_language(ENGLISH) if t.usage in USABLE]
    return _Faces(
        concept.id,
        concept.subject_field,
        frozenset(concept.related),
        tuple(dict.fromkeys(t.text for t in japanese)),
        tuple(dict.fromkeys(hiragana(t.reading) for t in japanese if t.reading)),
        tuple(dict.fromkeys(english.key(text) for text in said)),
    )


# --- which pairs are looked at: those that share something which few have


def _candidates(faces: Sequence[_Faces]) -> Iterator[tuple[str, str]]:
    for keys in (_parts_written, _parts_heard, _words_said):
        yield from _sharing(faces, keys)
    known = {one.id for one in faces}
    for one in faces:
        yield from ((one.id, other) for other in one.related if other in known - {one.id})


def _sharing(
    faces: Sequence[_Faces], keys: Callable[[_Faces], set[str]]
) -> Iterator[tuple[str, str]]:
    postings: defaultdict[str, list[str]] = defaultdict(list)
    for one in faces:
        for key in keys(one):
            postings[key].append(one.id)
    for ids in postings.values():
        if len(ids) <= _MOST_SHARING:
            yield from combinations(ids, 2)


def _parts_written(one: _Faces) -> set[str]:
    """A text with each character left out, and its characters two by two; short ones one by one.

    Two texts that differ in one character share one of the first.
    """
    found: set[str] = set()
    for text in one.written:
        found.update(f"-{text[:i]}_{text[i + 1 :]}" for i in range(len(text)))
        found.update(f"-{text[:i]}{text[i + 1 :]}" for i in range(len(text)))
        found.add(f"-{text}")
        found.update(text[i : i + 2] for i in range(len(text) - 1))
        if len(text) <= 4:
            found.update(text)
    return found


def _parts_heard(one: _Faces) -> set[str]:
    found: set[str] = set()
    for kana in one.heard:
        found.add(kana)
        found.update(f"{kana[:i]}_{kana[i + 1 :]}" for i in range(len(kana)))
        found.update(f"{kana[:i]}{kana[i + 1 :]}" for i in range(len(kana)))
    return found


def _words_said(one: _Faces) -> set[str]:
    return {word[:5] for text in one.said for word in text.split() if len(word) > 3}


# --- how alike they are


def _judged(one: _Faces, other: _Faces) -> Confusable:
    written = max((_written_alike(a, b) for a in one.written for b in other.written), default=0.0)
    negated = any(_negates(a, b) for a in one.written for b in other.written)
    heard = max((_heard_alike(a, b) for a in one.heard for b in other.heard), default=0.0)
    said = max((_said_alike(a, b) for a in one.said for b in other.said), default=0.0)
    related = other.id in one.related or one.id in other.related
    within = any(a in b or b in a for a in one.written for b in other.written)
    likenesses = {
        "one negates the other": _NEGATED * negated,
        "written alike": _WRITTEN * written,
        "sound alike": _HEARD * heard,
        "English alike": _SAID * said,
        "related": _RELATED * related,
    }
    apart = 1.0
    for value in likenesses.values():
        apart *= 1 - value
    # A term inside the other is seen to be: 核兵器 in 核兵器国 misleads nobody who reads.
    strength = (1 - apart) * (1 - _WITHIN * (within and not negated))
    why = tuple(name for name, value in likenesses.items() if value)
    first, second = sorted((one.id, other.id))
    return Confusable(first, second, round(strength, 4), why)


def _written_alike(a: str, b: str) -> float:
    """How much of the longer text the two share: in place, or at least as characters."""
    if a == b:
        return 0.0  # homographs are no mistake of the reader
    in_place = 1 - OSA.distance(a, b) / max(len(a), len(b))
    shared = (Counter(a) & Counter(b)).total()
    short = min(len(a), len(b))
    if short <= _SHORT and shared == 1:  # 抑止 and 抑制; 軍縮 and 軍備管理
        return _ONE_OF_TWO if len(a) == len(b) and in_place else _ONE_OF_TWO / 2
    return _beyond(max(in_place, 0.9 * shared / max(len(a), len(b))))


def _heard_alike(a: str, b: str) -> float:
    if OSA.distance(a, b) > _MOST_KANA:
        return 0.0
    return _beyond(1 - OSA.distance(a, b) / max(len(a), len(b)), least=0.7)


def _said_alike(a: str, b: str) -> float:
    return _beyond(1 - OSA.distance(a, b) / max(len(a), len(b)), least=0.6)


def _beyond(likeness: float, least: float = _LEAST_LIKE) -> float:
    return max(0.0, likeness - least) / (1 - least) if likeness > least else 0.0


def _negates(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if len(long) != len(short) + 1:
        return False
    return any(
        char in _NEGATING and long[:i] + long[i + 1 :] == short for i, char in enumerate(long)
    )
