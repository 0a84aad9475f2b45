"""Pairs that learners mix up, found from the glossary itself.

抑止 and 抑制 share a character, 核拡散 and 核不拡散 differ by one that says no, 公証 and 交渉 sound
alike, deterrence and deterrent are of one family, what is to be avoided for arms control is the
term for disarmament. Each likeness counts for what it is worth, and a pair says which ones it has.

What many terms share (核, nuclear, ミサイル) tells little, and a term that stands in the other in
both languages (抑止, 核抑止: deterrence, nuclear deterrence) is seen through. Pairs are looked for
among concepts that share something which few have, so that the time grows with the glossary, not
with its square.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from rapidfuzz.distance import OSA, LCSseq

from yakugo.drill.typed_japanese import heard
from yakugo.equivalents import english
from yakugo.kana import romaji_key
from yakugo.model import ENGLISH, JAPANESE, USABLE, Concept
from yakugo.parallel.english import stem, stop_words
from yakugo.variants import form_of

PARTNERS = 3  # of a concept, at most
LEAST = 0.4  # strength from which a pair is one

# What a likeness is worth when it is complete.
_NEGATED = 0.9
_AVOIDED = 0.75
_WRITTEN = 0.9
_HEARD = 0.7
_SAID = 0.8
_SAID_TOO = 0.5  # by a term that is not the preferred one
_FAMILY = 0.6
_LETTERS = 0.3
_MEANT = 0.6
_RELATED = 0.25
_SEEN_THROUGH = 0.4  # what is left of it for a term inside the other

_NOT_HEARD = 0.75  # of what sounds the same: what differs in length or voice (こえん, こうえん)
_LEAST_WRITTEN, _LEAST_HEARD, _LEAST_SAID, _LEAST_MEANT = 0.35, 0.7, 0.35, 0.1  # below: nothing
_MOST_SHARING = 20  # concepts: what more of them share tells none of them apart
_SHORT = 4  # characters of a term that is found by each of them
_FEWEST_KANA = 3
_FEWEST_LETTERS = 5  # that words of one family begin with
_UNKNOWN = 50  # concepts that a glossary is thought larger by: in a small one nothing is rare
_OUT_OF_PLACE = 0.6
_ONE_OF_TWO = 0.65  # a rare character that words of two share in its place: 抑止, 抑制
_OTHER_WORD = 0.6  # what is left of a likeness when all that differs is a word of its own

_NEGATING = frozenset("不非反無未")
_NEGATION = re.compile(r"\b(?:(?:anti|de|dis|non|un)|(?:no|non|not) )(?=[a-z]{5})")


@dataclass(frozen=True, slots=True)
class Confusable:
    """Two concepts that are easily taken for one another, by their ids in order, and why.

    `strength` is 0 to 1. `why` says what they share, the most misleading first: "one negates the
    other", "a term to avoid: disarmament", "written alike: 抑", "sound alike", "English alike",
    "related" and "defined alike".
    """

    one: str
    other: str
    strength: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Faces:
    """What a learner sees, hears and knows of a concept."""

    id: str
    related: frozenset[str]
    written: tuple[str, ...]
    heard: dict[str, str]  # as it sounds: as it is read
    said: dict[str, str]  # what its spellings share: as it is written
    letters: tuple[str, ...]
    avoided: dict[str, str]
    defined: frozenset[str]


class _Likeness(NamedTuple):
    value: float
    shared: str = ""


_NONE = _Likeness(0.0)


def confusables(concepts: Iterable[Concept]) -> list[Confusable]:
    """The pairs of at least strength `LEAST`, the strongest first; `PARTNERS` a concept at most."""
    faces = sorted(map(_faces, concepts), key=lambda one: one.id)
    by_id = {one.id: one for one in faces}
    compared = _Compared(faces)
    pairs = {(min(pair), max(pair)) for pair in _candidates(faces) if pair[0] != pair[1]}
    apart = ((by_id[one], by_id[other]) for one, other in sorted(pairs))
    found = [compared.pair(*pair) for pair in apart if not _one_term(*pair)]
    found = [pair for pair in found if pair.strength >= LEAST]
    found.sort(key=lambda pair: (-pair.strength, pair.one, pair.other))
    had: Counter[str] = Counter()
    kept = []
    for pair in found:
        if max(had[pair.one], had[pair.other]) < PARTNERS:
            kept.append(pair)
            had.update((pair.one, pair.other))
    return kept


def partners(pairs: Iterable[Confusable]) -> dict[str, list[str]]:
    """For each concept those that it is mixed up with, the most easily first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        found[pair.one].append(pair.other)
        found[pair.other].append(pair.one)
    return dict(found)


def _faces(concept: Concept) -> _Faces:
    japanese, in_english = concept.in_language(JAPANESE), concept.in_language(ENGLISH)
    usable = [t for t in japanese if t.usage in USABLE and not t.text.isascii()]
    said = [t.text for t in in_english if t.usage in USABLE]
    letters = [text for text in said if text.isupper() and text.isalpha()]
    avoided = {t.text: t.text for t in japanese if t.usage not in USABLE}
    avoided |= {english.key(t.text): t.text for t in in_english if t.usage not in USABLE}
    return _Faces(
        concept.id,
        frozenset(concept.related),
        tuple(dict.fromkeys(t.text for t in usable)),
        {sound: t.reading for t in usable if (sound := heard(t.reading))},
        {english.key(text): text for text in said if text not in letters},
        tuple(letters),
        avoided,
        frozenset(_stems(concept.definition.casefold())),
    )


@lru_cache(maxsize=20_000)
def _stems(text: str) -> tuple[str, ...]:
    words = re.findall(r"[a-z]+", text)
    return tuple(stem(word) for word in words if word not in stop_words())


# --- which pairs are looked at: those that share something which few have


def _candidates(faces: Sequence[_Faces]) -> Iterator[tuple[str, str]]:
    known = {one.id for one in faces}
    for keys in (_as_written, _as_heard, _as_said):
        yield from _sharing(faces, keys)
    for one in faces:
        yield from ((one.id, other) for other in one.related & known)


def _sharing(
    faces: Sequence[_Faces], keys: Callable[[_Faces], Collection[str]]
) -> Iterator[tuple[str, str]]:
    postings: defaultdict[str, list[str]] = defaultdict(list)
    for one in faces:
        for key in keys(one):
            postings[key].append(one.id)
    for ids in postings.values():
        if len(ids) <= _MOST_SHARING:
            yield from combinations(ids, 2)


def _as_written(one: _Faces) -> set[str]:
    """A text and what is left without one character; its pairs of characters; of a short one each.

    Texts that differ in one character, be it another or missing, share one of the first.
    """
    found: set[str] = set()
    for text in one.written:
        found.update(_shortened(text))
        found.update(text[i : i + 2] for i in range(len(text) - 1))
        found.update(text if len(text) <= _SHORT else text[:1])
    return found


def _as_heard(one: _Faces) -> set[str]:
    found = {key for kana in one.heard for key in _shortened(kana)}
    return found | {f"~{_roughly(kana)}" for kana in one.heard}


# Voiceless for voiced; ヂ and ジ are z already.
_VOICELESS = str.maketrans("gzdbp", "ksthh")


@lru_cache(maxsize=20_000)
def _roughly(kana: str) -> str:
    """What a learner hears who does not hear long from short, nor voiced from voiceless."""
    return re.sub(r"(.)\1", r"\1", romaji_key(kana).translate(_VOICELESS))


def _shortened(text: str) -> Iterator[str]:
    yield f"={text}"
    for i in range(len(text) if len(text) > 1 else 0):
        yield f"={text[:i]}{text[i + 1 :]}"
        yield f"={text[:i]}_{text[i + 1 :]}"


def _as_said(one: _Faces) -> set[str]:
    """English as a whole, to be used or avoided, without its negations; words, by their family."""
    found = {f"={text}" for text in (*one.said, *one.avoided)}
    for text in one.said:
        found.add(f"={_affirmed(text)}")
        found.update(_family(word) for word in text.split())
        words = sorted(text.split())
        found.update(f"{' '.join(words[:i] + words[i + 1 :])} _" for i in range(len(words)))
    found.update(f"={text}" for text in one.written)  # which the other may avoid
    return found


def _affirmed(text: str) -> str:
    return _NEGATION.sub("", text)


def _family(word: str) -> str:
    return word[: max(_FEWEST_LETTERS, len(word) * 2 // 3)]


# --- how alike they are


def _one_term(one: _Faces, other: _Faces) -> bool:
    """Whether they share a Japanese term, or one that is spelt otherwise: nobody tells them apart.

    Homographs have to be told by what stands around them; 武力行使 and 武力の行使 are spellings.
    """
    if not {*one.written}.isdisjoint(other.written):
        return True
    if one.said.keys().isdisjoint(other.said):
        return False
    ways, others = (
        {*map(_spelling, face.written), *map(_roughly, face.heard)} for face in (one, other)
    )
    return not ways.isdisjoint(others)


_spelling = lru_cache(maxsize=20_000)(form_of)


class _Compared:
    """Compares concepts by what they share, and how rare that is among all."""

    def __init__(self, faces: Sequence[_Faces]) -> None:
        having: Counter[str] = Counter()
        for one in faces:
            having.update({char for text in one.written for char in text})
            having.update({f"{word} " for text in one.said for word in text.split()})
            having.update({f"{word}." for word in one.defined})
        size = len(faces) + _UNKNOWN
        # 1 for what two concepts have, less for what many have.
        self._rare = {
            feature: math.log(size / max(2, count)) / math.log(size / 2)
            for feature, count in having.items()
        }
        self._words = {
            text: {w: self._rare[f"{w} "] for w in text.split() if w not in stop_words()}
            for one in faces
            for text in one.said
        }

    def pair(self, one: _Faces, other: _Faces) -> Confusable:
        """Two concepts with what they share and how strongly it misleads."""
        related = other.id in one.related or one.id in other.related
        close = related or not {*"".join(one.written)}.isdisjoint("".join(other.written))
        negated = _negates(one, other, close)
        avoided = _avoids(one, other)
        written = max(
            (self._written(a, b) for a, b in product(one.written, other.written)), default=_NONE
        )
        sound = _sounds(one, other)
        said = self._say_alike(one, other, close)
        short = _one_letter_apart(one, other)
        likenesses = (
            ("one is the contrary of the other", _NEGATED * negated, ""),
            ("a term to avoid", _AVOIDED * bool(avoided), avoided),
            ("written alike", _WRITTEN * written.value, written.shared),
            ("sound alike", _HEARD * sound.value, sound.shared),
            ("English alike", said.value, said.shared),
            ("abbreviated alike", _LETTERS * bool(short), short),
            ("defined alike", _MEANT * self._meant(one, other), ""),
            ("related", _RELATED * related, ""),
        )
        apart = math.prod(1 - value for _, value, _ in likenesses)
        strength = 1 - apart
        if not negated and not avoided and _seen_through(one, other):
            strength *= _SEEN_THROUGH
        why = sorted((part for part in likenesses if part[1] > 0), key=lambda part: -part[1])
        return Confusable(
            one.id,
            other.id,
            round(strength, 4),
            tuple(f"{name}: {shared}" if shared else name for name, _, shared in why),
        )

    def _weight(self, characters: Iterable[str]) -> float:
        return sum(map(self._rare.__getitem__, characters))

    def _written(self, a: str, b: str) -> _Likeness:
        """How much of the longer text the two share: in place, or at least as characters."""
        if len(a) == len(b) == 2 and (both := [x for x, y in zip(a, b, strict=True) if x == y]):
            return _Likeness(_ONE_OF_TWO * self._rare[both[0]], both[0])
        longer = max(self._weight(a), self._weight(b))
        shared, weight = "", 0.0
        for step in LCSseq.opcodes(a, b):
            if step.tag == "equal":
                same = a[step.src_start : step.src_end]
                from_end = len(a) - step.src_end == len(b) - step.dest_end
                in_place = step.src_start == step.dest_start or from_end
                shared += same
                weight += self._weight(same) * (1 if in_place else _OUT_OF_PLACE)
        anywhere = "".join((Counter(a) & Counter(b)).elements())
        share = max(weight, _OUT_OF_PLACE * self._weight(anywhere)) / longer
        value = _beyond(share, _LEAST_WRITTEN)
        if value and _is_other_word(a, b):
            value *= _OTHER_WORD
        return _Likeness(value, shared or anywhere)

    def _say_alike(self, one: _Faces, other: _Faces, close: bool) -> _Likeness:
        """How alike their English is; words of one family mislead where the Japanese does too."""
        same = [key for key in one.said if key in other.said]
        if same:
            preferred = same[0] == next(iter(one.said)) == next(iter(other.said))
            return _Likeness(_SAID if preferred else _SAID_TOO, one.said[same[0]])
        likenesses = (self._said(a, b, close) for a, b in product(one.said, other.said))
        return max(likenesses, default=_NONE)

    def _said(self, a: str, b: str, close: bool) -> _Likeness:
        """How much of their English is the same, or of one family."""
        ours, theirs = self._words[a], self._words[b]
        both = [word for word in ours if word in theirs]
        if close and len(ours) == len(theirs) == len(both) + 1:
            (x,), (y,) = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
            if _family(x) == _family(y):
                return _Likeness(_FAMILY, f"{x}, {y}")
        if not both:
            return _NONE
        share = sum(map(ours.__getitem__, both)) / max(sum(ours.values()), sum(theirs.values()))
        return _Likeness(_FAMILY * _beyond(share, _LEAST_SAID), " ".join(both))

    def _meant(self, one: _Faces, other: _Faces) -> float:
        """How much of their definitions is the same (cosine of what is rare)."""
        both = one.defined & other.defined
        if not both:
            return 0.0
        ours, theirs = self._squares(one.defined), self._squares(other.defined)
        return _beyond(self._squares(both) / math.sqrt(ours * theirs), _LEAST_MEANT)

    def _squares(self, words: Iterable[str]) -> float:
        return sum(self._rare[f"{word}."] ** 2 for word in words)


def _sounds(one: _Faces, other: _Faces) -> _Likeness:
    """How much alike they sound, and how they are read."""
    return max(
        (
            _Likeness(_sound_alike(a, b), ", ".join(dict.fromkeys((one.heard[a], other.heard[b]))))
            for a, b in product(one.heard, other.heard)
        ),
        default=_NONE,
    )


def _sound_alike(a: str, b: str) -> float:
    if min(len(a), len(b)) < _FEWEST_KANA:
        return 0.0  # what is so short sounds like many
    if a == b:
        return 1.0
    if _roughly(a) == _roughly(b):
        return _NOT_HEARD
    return _beyond(1 - OSA.distance(a, b) / max(len(a), len(b)), _LEAST_HEARD)


def _one_letter_apart(one: _Faces, other: _Faces) -> str:
    """Abbreviations that differ in a letter: NPT, NPR."""
    return next(
        (
            f"{a}, {b}"
            for a, b in product(one.letters, other.letters)
            if OSA.distance(a, b) == 1 and min(len(a), len(b)) >= _FEWEST_KANA
        ),
        "",
    )


def _beyond(likeness: float, least: float) -> float:
    return max(0.0, likeness - least) / (1 - least)


def _is_other_word(a: str, b: str) -> bool:
    """Whether two texts differ in a word that has nothing of the other's: 弾道…, 巡航…."""
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return False
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return bool(a and b) and max(len(a), len(b)) > 1 and not {*a} & {*b}


def _negates(one: _Faces, other: _Faces, close: bool) -> bool:
    """Whether one says no to the other, in Japanese or, of what is close, in English.

    Disposition is no negation of position.
    """
    if any(_is_negation(a, b) for a, b in product(one.written, other.written)):
        return True
    return close and any(
        a != b and (_affirmed(a) == b or a == _affirmed(b))
        for a, b in product(one.said, other.said)
    )


def _is_negation(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if len(long) != len(short) + 1:
        return False
    return any(
        char in _NEGATING and long[:i] + long[i + 1 :] == short for i, char in enumerate(long)
    )


def _avoids(one: _Faces, other: _Faces) -> str:
    """What is to be avoided for one and is the term for the other, if anything is."""
    shared = {
        text
        for avoiding, having in ((one, other), (other, one))
        for key, text in avoiding.avoided.items()
        if key in having.said or key in having.written
    }
    return min(shared, default="")


def _seen_through(one: _Faces, other: _Faces) -> bool:
    """Whether one is the other with a word more, in both languages."""
    for short, long in ((one, other), (other, one)):
        if any(a in b for a, b in product(short.written, long.written)) and any(
            set(a.split()) < set(b.split()) for a, b in product(short.said, long.said)
        ):
            return True
    return False
