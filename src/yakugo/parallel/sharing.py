"""The English words of a sentence, shared out between a term and what stands around it.

A term is taken as one more unit of Model 1, in its own pairs, with what the other units of each
sentence account for held fast (see alignment.py). So a word that a neighbour explains is not the
term's, however often the two stand together: competitive linking (Melamed, "A word-to-word model
of translational equivalence", ACL 1997), made soft.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from yakugo.parallel import english
from yakugo.parallel.alignment import CONTENT, Words, crossed, key_of, learn
from yakugo.parallel.corpus import Array, Column, Corpus, plain
from yakugo.parallel.occurrences import Occurrences
from yakugo.tokens import tokenize

Expected = Callable[[Collection[str]], Mapping[str, Collection[str]]]

ROUNDS = 2  # of expectation maximization over the pairs of a term
RESERVE = 1.0  # occurrences of a term in which it accounts for nothing that is seen
EXPECTED = 5.0  # occurrences that what is expected of a term is worth
COMPOSED = 1.0  # occurrences that the translations of its several units are worth
DOUBT = 0.5  # occurrences of a word without the term that are assumed besides those seen
ELSEWHERE = 0.05  # how likely a term is translated by no word of a sentence, before it is read


@dataclass(frozen=True)
class Hints:
    """What is expected of terms, by number: weights of stems, and keys of whole phrases."""

    stems: dict[int, dict[int, float]] = field(default_factory=dict)
    phrases: dict[int, set[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Shared:
    """Some terms with sampled pairs of each, and the English words of these pairs.

    `terms` are their numbers; `term` says of each sampled pair which of them it is for, `pair`
    which pair it is. `at` says of each of the `tokens` in which sampled pair it stands, `meaning`
    are the places of those with a meaning. Of these `own` says how far the term accounts for the
    word, `share` how much of the term the word accounts for: all words of a pair together 1, less
    when the term is translated elsewhere.
    """

    terms: Array
    term: Array
    pair: Array
    at: Array
    tokens: Array
    meaning: Array
    own: Array
    share: Array
    hints: Hints


class Sharing:
    """Shares out the words of one corpus."""

    def __init__(
        self,
        corpus: Corpus,
        words: Words,
        terms: Sequence[str],
        occurrences: Occurrences,
        folder: Path,
        progress: Callable[[int], None] = lambda pairs: None,
    ) -> None:
        self._corpus, self._words, self._terms = corpus, words, terms
        self._pairs_of = occurrences.pairs
        self._lexicon = learn(corpus, words)
        self._units, self._units_from = self._units_of_terms()
        self._accounted = Column(folder / "accounted", "f4")
        self._first = Column(folder / "first", "u1")
        self._pairs_with: Array = np.zeros(len(words.stem_numbers), np.int64)
        for begin, end in corpus.chunks():
            self._account(begin, end)
            progress(end)
        self._accounted.done()
        self._first.done()

    def units(self, term: int) -> int:
        """How many units with a meaning a term is made of."""
        return int(self._units_from[term + 1] - self._units_from[term])

    def _units_of_terms(self) -> tuple[Array, Array]:
        """The units of all terms that stand somewhere, and where each term's begin."""
        number = self._corpus.japanese.numbers.get
        units: list[int] = []
        starts = [0]
        for term, pairs in zip(self._terms, self._pairs_of, strict=True):
            if pairs:
                found = {number(token.normalized, -1): token.normalized for token in tokenize(term)}
                found.pop(-1, None)
                units += sorted(found, key=found.__getitem__)
            starts.append(len(units))
        return np.array(units, np.int64), np.array(starts, np.int64)

    def _account(self, begin: int, end: int) -> None:
        """How far each word is accounted for by all units of its pair; and whether it is new."""
        words, stem_count = self._words, len(self._words.stem_numbers)
        units, units_in = self._corpus.units.rows(begin, end)
        tokens, tokens_in = self._corpus.words.rows(begin, end)
        pair = np.repeat(np.arange(end - begin), tokens_in)
        meaning = np.flatnonzero(words.kinds[tokens] == CONTENT)
        stems = words.stems[tokens[meaning]]
        left, right = crossed(units_in, np.bincount(pair[meaning], minlength=end - begin))
        likely = self._lexicon.likely(units[left], stems[right])
        accounted = np.zeros(len(tokens))
        accounted[meaning] = np.bincount(right, likely, len(meaning))
        self._accounted.extend(accounted, tokens_in)
        once = np.unique(pair[meaning] * stem_count + stems, return_index=True)[1]
        first = np.zeros(len(tokens))
        first[meaning[once]] = 1
        self._first.extend(first, tokens_in)
        counted = self._corpus.distinct[begin + pair[meaning[once]]]
        self._pairs_with += np.bincount(stems[once][counted], minlength=stem_count)

    def shared(self, term: Array, pair: Array, expected: Expected) -> Shared:
        """Share out the words of sampled pairs of terms, which stand in the order of the terms."""
        terms, local = np.unique(term, return_inverse=True)
        hints = self._hints([self._terms[number] for number in terms], expected)
        tokens, tokens_in = self._corpus.words.take(pair)
        at = np.repeat(np.arange(len(pair)), tokens_in)
        meaning = np.flatnonzero(self._words.kinds[tokens] == CONTENT)
        accounted = self._accounted.take(pair)[0][meaning]
        first = self._first.take(pair)[0][meaning]
        stems, in_pair = self._words.stems[tokens[meaning]], at[meaning]
        of = local[in_pair]
        by_units = self._own_units(terms[of], stems)
        others = np.maximum(accounted - by_units, 0.0) + self._lexicon.unaccounted[stems]
        # What a single unit is worth is what its own pairs say, unless it is written alike: NATO.
        several = np.diff(self._units_from)[terms[of]] > 1
        composed = np.where(several | (by_units >= 1), by_units, 0.0)
        stem_count = len(self._words.stem_numbers)
        cells, one, cell = np.unique(
            of * stem_count + stems, return_index=True, return_inverse=True
        )
        expected_in = composed[one] * COMPOSED + _weights(cells, hints, stem_count) * EXPECTED
        of_cell = cells // stem_count
        own = _own(of_cell, cell, in_pair, first, others, expected_in)
        # How far each word is the term's, in its pair and in all: what it weighs in the pair.
        scale = self._pairs_of[terms] / np.bincount(local)
        counted = np.bincount(cell, own * first, len(cells)) * scale[of_cell]
        share = counted[cell] / (self._pairs_with[stems] + DOUBT) * own
        share /= (np.bincount(in_pair, share * first, len(pair)) + ELSEWHERE)[in_pair]
        return Shared(terms, local, pair, at, tokens, meaning, own, share, hints)

    def _hints(self, terms: Sequence[str], expected: Expected) -> Hints:
        hints = Hints()
        stop, numbers = english.stop_words(), self._words.stem_numbers
        wanted = {term: number for number, term in enumerate(terms)}
        for term, phrases in expected(terms).items():
            weights = hints.stems.setdefault(wanted[term], {})
            keys = hints.phrases.setdefault(wanted[term], set())
            for phrase in phrases:
                folded = english.trimmed(map(english.folded, english.tokens(plain(phrase))))
                keys.add(key_of(folded))
                meaning = [word for word in folded if word not in stop]
                for stem in map(english.stem, meaning):
                    if stem in numbers:
                        weight = 1 / len(meaning) / len(phrases)
                        weights[numbers[stem]] = weights.get(numbers[stem], 0.0) + weight
        return hints

    def _own_units(self, term: Array, stems: Array) -> Array:
        """How far the units that a term is made of account for the word beside it."""
        begin = self._units_from[term]
        length = self._units_from[term + 1] - begin
        accounted = np.zeros(len(term))
        for i in range(int(length.max(initial=0))):
            longer = length > i
            units = self._units[begin[longer] + i]
            accounted[longer] += self._lexicon.likely(units, stems[longer])
        return accounted


def _weights(cells: Array, hints: Hints, stem_count: int) -> Array:
    """What is expected of each cell: a term and a stem."""
    weights = {
        number * stem_count + stem: weight
        for number, of_term in hints.stems.items()
        for stem, weight in of_term.items()
    }
    expected: Array = np.zeros(len(cells))
    wanted = np.array(list(weights), np.int64)
    at = np.minimum(np.searchsorted(cells, wanted), max(len(cells) - 1, 0))
    there = cells[at] == wanted if len(cells) else np.zeros(len(wanted), bool)
    expected[at[there]] = np.array(list(weights.values()))[there]
    return expected


def _own(
    term: Array, cell: Array, in_pair: Array, first: Array, others: Array, expected: Array
) -> Array:
    """How far each term accounts for each word of its pairs; `term` and `expected` by cell."""
    even = np.bincount(cell, first / np.bincount(in_pair, first)[in_pair], len(term))
    likely = even / np.bincount(term, even)[term] + expected
    for _ in range(ROUNDS):
        own = likely[cell] / (likely[cell] + others)
        counted = np.bincount(cell, own * first, len(term))
        likely = (counted + expected) / (np.bincount(term, counted)[term] + RESERVE)
    return np.asarray(likely[cell] / (likely[cell] + others))
