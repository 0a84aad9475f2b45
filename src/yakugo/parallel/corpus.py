"""Sentence pairs → numbers on disk: read once, in any number, and gone through again from there.

What is kept in memory is the vocabulary; when it grows over a limit, what stands least is
forgotten (lossy counting: Manku and Motwani, "Approximate frequency counts over data streams",
VLDB 2002). Beside it each pair takes some fifty bytes of memory; its words and its text are in a
temporary folder.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from yakugo.counting import Counts, count
from yakugo.documents import Part
from yakugo.model import SentencePair
from yakugo.parallel import english
from yakugo.tokens import phrases, tokenize

Array = npt.NDArray[Any]

VOCABULARY = 500_000  # distinct English words, Japanese short units; over it the rarest go
RUNS = 200_000  # distinct runs, pairs of runs, single nouns, of which there is more to keep
_SHARD = 20_000  # pairs whose runs are counted at a time
_REMEMBERED = 300_000  # phrases whose analysis is kept at hand
CHUNK = 5_000  # pairs that are gone through at a time
_FIELD = "\x1f"
_CONTROL = re.compile("[\x00-\x1f\x7f]+")
# What can account for an English word: words with a meaning, their prefixes and suffixes.
_CONTENT = {
    *("名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞"),
    *("接尾辞", "連体詞", "感動詞", "代名詞", "接続詞"),
}
_NOUN = ("普通名詞", "固有名詞")
_WORTH = re.compile("[一-鿿]|(?=.*[一-鿿ァ-ヺA-Za-z]).{2,}")

_Phrase = tuple[tuple[int, ...], bytes]  # short units with a meaning; the lengths of all units


def plain(text: str) -> str:
    """A text as it is compared: NFKC, on one line."""
    return _CONTROL.sub(" ", unicodedata.normalize("NFKC", text))


def ranges(starts: Array, lengths: Array) -> Array:
    """The numbers of ranges, one after the other: (5, 9), (2, 1) → 5, 6, 9."""
    ends = np.cumsum(lengths)
    first: Array = np.repeat(starts - ends + lengths, lengths)
    return first + np.arange(len(first))


class Column:
    """A row of numbers for each pair, on disk; written from the first to the last, then read."""

    def __init__(self, path: Path, kind: str) -> None:
        self._path, self._kind = path, np.dtype(kind)
        self._file = path.open("wb")
        self._lengths = array("I")
        self.starts: Array = np.zeros(1, np.int64)
        self._values: Array = np.zeros(0, self._kind)

    def append(self, row: bytes) -> None:
        """Write the row of the next pair."""
        self._file.write(row)
        self._lengths.append(len(row))

    def extend(self, values: Array, lengths: Array) -> None:
        """Write the rows of the next pairs."""
        self._file.write(values.astype(self._kind).tobytes())
        self._lengths.frombytes((lengths * self._kind.itemsize).astype(np.uint32).tobytes())

    def so_far(self) -> Array:
        """All values that have been written."""
        self._file.flush()
        return np.fromfile(self._path, self._kind)

    def done(self) -> None:
        """No more is written; from now on it can be read."""
        self._file.close()
        lengths = np.frombuffer(self._lengths, np.uint32) // self._kind.itemsize
        self.starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        self._lengths = array("I")
        if self.starts[-1]:
            self._values = np.asarray(np.memmap(self._path, self._kind, "r"))

    def rows(self, begin: int, end: int) -> tuple[Array, Array]:
        """The values of some rows, one row after the other, and how many each has."""
        starts = self.starts[begin : end + 1]
        # Read, not mapped: what is mapped stays in memory as long as there is room.
        first, last = int(starts[0]), int(starts[-1])
        offset = first * self._kind.itemsize
        values = np.fromfile(self._path, self._kind, last - first, offset=offset)
        return values, np.diff(starts)

    def take(self, rows: Array) -> tuple[Array, Array]:
        """The same of rows in any order."""
        starts = self.starts[rows]
        lengths = self.starts[rows + 1] - starts
        return self._values[ranges(starts, lengths)], lengths


class Vocabulary:
    """Words and their numbers, in the order of their coming; a forgotten one has no word."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """The number of a word, a new one if it has none."""
        number = self.numbers.get(word)
        if number is None:
            number = self.numbers[word] = len(self.words)
            self.words.append(word)
        return number

    def ranks(self) -> Array:
        """The places of the words, by number, in the order of their letters."""
        ranks = np.zeros(len(self.words), np.int64)
        order = sorted(range(len(self.words)), key=self.words.__getitem__)
        ranks[order] = np.arange(len(order))
        return ranks

    def forget(self, counts: Array) -> None:
        """Forget the rarest words, those that stand once, then twice …, until half are left."""
        rarest = Counter({number: int(counts[n]) for number, n in self.numbers.items()})
        _forget(rarest, rarest.__getitem__, VOCABULARY)
        for word in self.numbers.keys() - rarest.keys():
            self.words[self.numbers.pop(word)] = ""


def _forget(counted: dict[Any, Any], frequency: Callable[[Any], int], most: int) -> None:
    """Take the rarest out, those that stand once, then twice …, until half of the most are left."""
    times = 0
    while len(counted) > most // 2:
        times += 1
        for key in [key for key in counted if frequency(key) <= times]:
            del counted[key]


class Corpus:
    """Sentence pairs on disk; one that comes again, letter by letter, counts once.

    `counts` are the runs of the Japanese sides (see counting.py), without their places, `nouns`
    their single nouns. `words` are the words and marks of the English sides as they are written,
    `units` the normalized short units with a meaning of the Japanese ones, each once; `bounds`
    the lengths of all units. `hashes` are 64 bits of each pair, by which samples are drawn:
    they are the same in any order of the pairs. `distinct` says of each pair whether it is the
    first of its kind.
    """

    def __init__(
        self,
        pairs: Iterable[SentencePair],
        folder: Path,
        progress: Callable[[int], None] = lambda pairs: None,
    ) -> None:
        self.counts = Counts()
        self.nouns: Counter[str] = Counter()
        self.english, self.japanese = Vocabulary(), Vocabulary()
        self.words, self.units = Column(folder / "words", "i4"), Column(folder / "units", "i4")
        self.bounds, self._texts = Column(folder / "bounds", "u1"), Column(folder / "texts", "u1")
        self._hashes = array("Q")
        self._phrases: dict[str, _Phrase] = {}
        self._read(iter(pairs), progress)
        for column in (self.words, self.units, self.bounds, self._texts):
            column.done()
        self._phrases.clear()
        self.hashes: Array = np.frombuffer(self._hashes, np.uint64)
        self.distinct: Array = np.zeros(len(self.hashes), bool)
        self.distinct[np.unique(self.hashes, return_index=True)[1]] = True

    def __len__(self) -> int:
        return len(self.hashes)

    def forget_terms(self) -> None:
        """Let `counts` and `nouns` go when the terms have been found: they take much memory."""
        self.counts = Counts()
        self.nouns = Counter()

    def chunks(self) -> Iterator[tuple[int, int]]:
        """All pairs, some at a time: from which to which."""
        for begin in range(0, len(self), CHUNK):
            yield begin, min(begin + CHUNK, len(self))

    def pairs(self, numbers: Sequence[int]) -> list[SentencePair]:
        """The pairs of these numbers."""
        return [SentencePair(*self._fields(number, number + 1)) for number in numbers]

    def japanese_of(self, begin: int, end: int) -> list[str]:
        """The Japanese sides of some pairs, plain."""
        return [plain(text) for text in self._fields(begin, end)[::3]]

    def _fields(self, begin: int, end: int) -> list[str]:
        texts = self._texts.rows(begin, end)[0].tobytes().decode("utf-8", "surrogatepass")
        return texts[:-1].split(_FIELD)

    def _read(self, pairs: Iterator[SentencePair], progress: Callable[[int], None]) -> None:
        read = 0
        while shard := list(islice(pairs, _SHARD)):
            texts = [self._keep(pair) for pair in shard]
            counts = count([Part("\n".join(texts))])
            for seen in (*counts.runs.values(), *counts.pairs.values()):
                seen.places, seen.worst = [], 0
            self.counts.join(counts)
            self._stay_small()
            read += len(shard)
            progress(read)

    def _keep(self, pair: SentencePair) -> str:
        """Write one pair; gives its Japanese side, plain."""
        japanese, translation, place = (
            (text.replace(_FIELD, " ") + _FIELD).encode("utf-8", "surrogatepass")
            for text in (pair.japanese, pair.english, pair.place)
        )
        both = japanese + translation
        self._texts.append(both + place)
        self._hashes.append(int.from_bytes(blake2b(both, digest_size=8).digest(), "little"))
        number = self.english.numbers.get
        new = self.english.number
        words = [
            new(word) if (n := number(word)) is None else n
            for word in english.tokens(plain(pair.english))
        ]
        self.words.append(array("i", words).tobytes())
        text = plain(pair.japanese)
        units: set[int] = set()
        bounds = []
        known = self._phrases
        for phrase in (part for both in phrases(text) for part in both if part):
            found = known.get(phrase)
            if found is None:
                found = known[phrase] = self._analysed(phrase)
            units.update(found[0])
            bounds.append(found[1])
        row = sorted(units, key=self.japanese.words.__getitem__)  # in any order of the pairs
        self.units.append(array("i", row).tobytes())
        self.bounds.append(b"".join(bounds))
        return text

    def _analysed(self, phrase: str) -> _Phrase:
        """The short units of a phrase, or of what stands behind one."""
        if len(self._phrases) >= _REMEMBERED:
            self._phrases.clear()
        # As for runs (see tokens.py): without the particle behind it 三本柱 becomes a name.
        found = tokenize(phrase + "を")
        found = found[:-1] if found[-1].surface == "を" else tokenize(phrase)
        units = []
        for token in found:
            if token.pos[0] in _CONTENT:
                units.append(self.japanese.number(token.normalized))
                if token.pos[1] in _NOUN and _WORTH.fullmatch(token.surface):
                    self.nouns[token.surface] += 1
        lengths = (length for token in found for length in _bytes(token.end - token.start))
        return tuple(units), bytes(lengths)

    def _stay_small(self) -> None:
        """Forget the rarest when the vocabulary has grown over its limits."""
        for vocabulary, column in ((self.english, self.words), (self.japanese, self.units)):
            if len(vocabulary.numbers) > VOCABULARY:
                vocabulary.forget(np.bincount(column.so_far(), minlength=len(vocabulary.words)))
                self._phrases.clear()
        runs, pairs = self.counts.runs, self.counts.pairs
        if len(runs) > RUNS:
            _forget(runs, lambda run: runs[run].frequency, RUNS)
            for pair in [one for one in pairs if one.left not in runs or one.right not in runs]:
                del pairs[pair]
        if len(pairs) > RUNS:
            _forget(pairs, lambda pair: pairs[pair].frequency, RUNS)
        if len(self.nouns) > RUNS:
            _forget(self.nouns, self.nouns.__getitem__, RUNS)


def _bytes(length: int) -> Iterator[int]:
    """A length in numbers that a byte can hold."""
    while length > 255:
        yield 255
        length -= 255
    yield length
