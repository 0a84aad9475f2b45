"""Which English words the short units of Japanese account for, learned from sentence pairs.

That is IBM Model 1 (Brown, Della Pietra, Della Pietra and Mercer, "The mathematics of statistical
machine translation", *Computational Linguistics* 19, 1993) between words with a meaning: the
others hold sentences together and would only be in the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from yakugo.parallel import english
from yakugo.parallel.corpus import Array, Corpus, Vocabulary, ranges

SAMPLE = 20_000  # pairs that the units are learned from: more change little, and take memory
CELLS = 10_000_000  # of a unit with a stem in one pair: what these pairs may come to
ROUNDS = 3  # of expectation maximization; more make rare units claim too much
SMOOTHING = 2.0  # occurrences of a unit in which it accounts for nothing that is seen
LEAST = 0.002  # less likely translations are forgotten
SLOTS = 22  # bits: twenty slots for each of the likely translations there are
_NAME = re.compile("[0-9A-Za-z]")

MARK, STOP, CONTENT = range(3)
MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits in no order: what keys are multiplied by


class Words(NamedTuple):
    """The English vocabulary of a corpus, by number.

    `kinds` are marks, stop words and words with a meaning; `stems` are their stems by number,
    which have the order of their letters; `keys` are 64 bits of each folded word, `stem_keys` of
    each stem.
    """

    kinds: Array
    stems: Array
    keys: Array
    stem_numbers: dict[str, int]
    stem_keys: Array


def words_of(vocabulary: Vocabulary) -> Words:
    """What is needed of each word of a vocabulary; forgotten ones are marks."""
    stop = english.stop_words()
    size = len(vocabulary.words)
    kinds, keys = np.zeros(size, np.uint8), np.zeros(size, np.uint64)
    stems: list[str] = []
    for number, word in enumerate(vocabulary.words):
        folded = english.folded(word) if word and english.is_word(word) else ""
        kinds[number] = MARK if not folded else STOP if folded in stop else CONTENT
        keys[number] = _key(folded)
        stems.append(english.stem(folded) if folded else "")
    numbers = {stem: number for number, stem in enumerate(sorted({"", *stems}))}
    of_words = np.array([numbers[stem] for stem in stems], np.int64)
    return Words(kinds, of_words, keys, numbers, np.array([*map(_key, numbers)], np.uint64))


def _key(word: str) -> int:
    """64 bits of a word, the same at all times."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def key_of(folded: Iterable[str]) -> int:
    """The key of a phrase by its folded words: each shifts those before it."""
    key = 0
    for word in folded:
        key = (key * int(MIX) + _key(word)) % 2**64
    return key


class Lexicon:
    """How likely a unit is translated by a stem: t(e|f), where it is likely at all."""

    def __init__(self, ranks: Array, cells: Array, likely: Array, unaccounted: Array) -> None:
        # Units go by their ranks, which do not depend on the order of the pairs.
        self._ranks, self._stems = ranks, len(unaccounted)
        # How likely each stem is where nothing accounts for it: the null word of Model 1.
        self.unaccounted = unaccounted
        # A table in which each cell has one slot: of two with the same, the likelier has it.
        order = np.argsort(likely, kind="stable")
        slots = _slot(cells[order])
        self._cells = np.full(1 << SLOTS, -1, np.int64)
        self._likely = np.zeros(1 << SLOTS)
        self._cells[slots], self._likely[slots] = cells[order], likely[order]

    def likely(self, units: Array, stems: Array) -> Array:
        """How likely each of the units is translated by the stem beside it."""
        wanted = self._ranks[units] * self._stems + stems
        slots = _slot(wanted)
        return np.where(self._cells[slots] == wanted, self._likely[slots], 0.0)


def _slot(cells: Array) -> Array:
    return (cells.astype(np.uint64) * MIX) >> np.uint64(64 - SLOTS)


def sample(hashes: Array, share: float) -> Array:
    """Which of the pairs belong to a sample, by their hashes: about that share of them."""
    if share >= 1:
        return np.ones(len(hashes), bool)
    return hashes < np.uint64(int(share * 2.0**64))


def crossed(left: Array, right: Array) -> tuple[Array, Array]:
    """The cells of tables with so many columns and rows each: the column and row of every cell.

    Columns and rows are numbered through all tables.
    """
    cells = left * right
    within = ranges(np.zeros(len(cells), np.int64), cells).astype(np.int32)
    wide = np.repeat(left.astype(np.int32), cells)
    first_left = np.repeat((np.cumsum(left) - left).astype(np.int32), cells)
    first_right = np.repeat((np.cumsum(right) - right).astype(np.int32), cells)
    return first_left + within % wide, first_right + within // wide


def learn(corpus: Corpus, words: Words) -> Lexicon:
    """Learn from a sample of a corpus."""
    chosen = np.flatnonzero(corpus.distinct & sample(corpus.hashes, SAMPLE / len(corpus)))
    chosen = chosen[np.argsort(corpus.hashes[chosen])]
    units, units_in = corpus.units.take(chosen)
    stems, stems_in = content_stems(*corpus.words.take(chosen), words)
    # Long sentences make large tables: of these fewer will do.
    some = max(1, int(np.searchsorted(np.cumsum(units_in * stems_in), CELLS)))
    units_in, stems_in = units_in[:some], stems_in[:some]
    units, stems = units[: units_in.sum()], stems[: stems_in.sum()]
    stem_count = len(words.stem_numbers)
    left, right = crossed(units_in, stems_in)
    ranks = corpus.japanese.ranks()
    cells, cell = np.unique(ranks[units[left]] * stem_count + stems[right], return_inverse=True)
    unit = cells // stem_count
    often = np.bincount(stems, minlength=stem_count) + 0.5
    unaccounted = often / often.sum()
    likely = np.full(len(cells), 1 / stem_count)
    for _ in range(ROUNDS):
        by_unit = likely[cell]
        anyhow = unaccounted[stems]
        total = anyhow + np.bincount(right, by_unit, len(stems))
        counted = np.bincount(cell, by_unit / total[right], len(cells))
        of_unit = np.bincount(unit, counted) + SMOOTHING
        likely = counted / of_unit[unit]
        nothing = np.bincount(stems, anyhow / total, stem_count) + 0.01
        unaccounted = nothing / nothing.sum()
    kept = likely > LEAST
    same = _same(corpus.japanese, ranks, words.stem_numbers)
    kept &= ~np.isin(cells, same)
    cells = np.concatenate((cells[kept], same))
    likely = np.concatenate((likely[kept], np.ones(len(same))))
    return Lexicon(ranks, cells, likely, unaccounted)


def content_stems(found: Array, lengths: Array, words: Words) -> tuple[Array, Array]:
    """The stems of words with a meaning, each once a sentence, and how many each sentence has."""
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    meaning = words.kinds[found] == CONTENT
    stem_count = len(words.stem_numbers)
    both = np.unique(sentence[meaning] * stem_count + words.stems[found[meaning]])
    return both % stem_count, np.bincount(both // stem_count, minlength=len(lengths))


def _same(units: Vocabulary, ranks: Array, stems: dict[str, int]) -> Array:
    """The cells of what is written alike on both sides: numbers, NATO."""
    named = ((number, word) for word, number in units.numbers.items() if _NAME.search(word))
    alike = ((number, english.stem(english.folded(word))) for number, word in named)
    cells = [
        int(ranks[number]) * len(stems) + stems[stem] for number, stem in alike if stem in stems
    ]
    return np.array(sorted(cells), np.int64)
