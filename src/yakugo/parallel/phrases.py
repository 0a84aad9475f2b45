"""The phrases that fit what a term accounts for, and in how many pairs they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from yakugo.parallel import english
from yakugo.parallel.alignment import CONTENT, MARK, MIX, Words
from yakugo.parallel.corpus import Array, Corpus, Vocabulary, ranges
from yakugo.parallel.occurrences import Occurrences
from yakugo.parallel.sharing import Shared
from yakugo.parallel.strength import Finding

LONGEST = 6  # words of a phrase
INNER = 0.3  # of a word with a meaning: what a stop word inside a phrase costs
LEAST_FIT = 0.02
MOST = 8  # phrases of a term that are kept
MOST_OF_RARE, RARE = 4, 5  # the same of a term that stands in so few pairs
SHOWN = 30  # occurrences of a phrase whose spelling is looked at
EXAMPLES = 3


class _Spans(NamedTuple):
    """Spans of tokens, a column each: where they begin, and how many words they have."""

    begin: Array
    length: Array
    fit: Array
    key: Array
    stem_key: Array


def fitting(shared: Shared, words: Words) -> _Spans:
    """All spans that begin and end with a word with a meaning and fit what the term accounts for.

    How well is the harmonic mean of how far the term accounts for the words of the span, on
    average, and how much of the term they account for.
    """
    tokens, at, meaning = shared.tokens, shared.at, shared.meaning
    kind = words.kinds[tokens]
    values = np.zeros((4, len(tokens) + 1))
    values[0, meaning + 1], values[1, meaning + 1] = shared.own, shared.share
    values[2, 1:] = np.where(kind == CONTENT, 1.0, np.where(kind == MARK, 0.0, INNER))
    values[3, 1:] = kind == MARK
    sums = np.cumsum(values, 1)
    begin = meaning
    key, stem_key = np.zeros(len(begin), np.uint64), np.zeros(len(begin), np.uint64)
    found = []
    for length in range(1, LONGEST + 1):
        last = begin + length - 1
        good = last < len(tokens)
        begin, last, key, stem_key = begin[good], last[good], key[good], stem_key[good]
        key = key * MIX + words.keys[tokens[last]]
        stem_key = stem_key * MIX + words.stem_keys[words.stems[tokens[last]]]
        own, share, cost, marks = sums[:, last + 1] - sums[:, begin]
        precision, recall = own / np.maximum(cost, INNER), np.minimum(share, 1.0)
        fit = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
        good = (marks == 0) & (at[last] == at[begin])
        kept = good & (kind[last] == CONTENT) & (fit >= LEAST_FIT)
        lengths = np.full(np.count_nonzero(kept), length)
        found.append((begin[kept], lengths, fit[kept], key[kept], stem_key[kept]))
        begin, key, stem_key = begin[good], key[good], stem_key[good]
    return _Spans(*(np.concatenate(column) for column in zip(*found, strict=True)))


def find(
    shared: Shared, words: Words, vocabulary: Vocabulary, units: Callable[[int], int]
) -> Iterator[Finding]:
    """The best phrases of some terms, without the counts of all pairs; by term, best first."""
    spans = fitting(shared, words)
    if not len(spans.begin):
        return
    # One occurrence of a phrase in each pair, the one that fits best, the first of several.
    in_pair = shared.at[spans.begin]
    term = shared.term[in_pair]
    of_term = term.astype(np.uint64) * MIX
    group = spans.key + of_term
    order = np.lexsort((spans.begin, -spans.fit, in_pair, group))
    new = np.ones(len(order), bool)
    group, in_pair = group[order], in_pair[order]
    new[1:] = (group[1:] != group[:-1]) | (in_pair[1:] != in_pair[:-1])
    order, group = order[new], group[new]
    starts = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    sizes = np.diff(np.append(starts, len(order)))
    fits, heads = spans.fit[order], order[starts]
    sampled = np.bincount(shared.term)
    of = term[heads]
    fit = np.add.reduceat(fits, starts) / (sampled[of] + 1)
    best = np.maximum.reduceat(fits, starts)
    kin = _sum_by(spans.stem_key[heads] + of_term[heads], fit)
    kept = _best(of, fit, spans.key[heads], sampled)
    # Their occurrences, the best first.
    sizes = sizes[kept]
    occurrences = order[ranges(starts[kept], sizes)]
    owner = np.repeat(np.arange(len(kept)), sizes)
    ranked = np.lexsort((shared.at[spans.begin[occurrences]], -spans.fit[occurrences], owner))
    begins = spans.begin[occurrences[ranked]]
    speller = _Speller(shared, words, vocabulary)
    columns = (of, fit, best, kin, spans.key[heads], spans.length[heads])
    rows = zip(*(column[kept].tolist() for column in columns), strict=True)
    rivals, firsts = _rivals(of[kept], fit[kept]), np.cumsum(sizes) - sizes
    for row, rival, first, size in zip(rows, rivals, firsts.tolist(), sizes.tolist(), strict=True):
        number, of_phrase, best_of, kin_of, key, length = row
        where = begins[first : first + min(size, SHOWN)].tolist()
        stems = speller.stems(where[0], length)
        hints = shared.hints.stems.get(number, ())
        which = int(shared.terms[number])
        yield Finding(
            term=which,
            units=units(which),
            key=key,
            english=speller.spelled(where, length),
            words=len(stems),
            inner=length - len(stems),
            sampled=int(sampled[number]),
            fit=of_phrase,
            best=best_of,
            kin=kin_of,
            rival=rival,
            expected=key in shared.hints.phrases.get(number, ()),
            hinted=sum(stem in hints for stem in stems) / len(stems),
            offered=number in shared.hints.phrases,
            examples=tuple(shared.pair[shared.at[where[:EXAMPLES]]].tolist()),
        )


def _best(term: Array, fit: Array, key: Array, sampled: Array) -> Array:
    """Which phrases are the best of their terms: by term, best first."""
    order = np.lexsort((key, -fit, term))
    first = np.flatnonzero(np.diff(term[order], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(first, np.diff(np.append(first, len(order))))
    most = np.where(sampled[term[order]] <= RARE, MOST_OF_RARE, MOST)
    return np.asarray(order[rank < most])


def _rivals(term: Array, fit: Array) -> list[float]:
    """For each phrase the best fit of the others of its term; they are sorted by it."""
    first = np.flatnonzero(np.diff(term, prepend=-1))
    sizes = np.diff(np.append(first, len(term)))
    second = np.where(sizes > 1, fit[np.minimum(first + 1, len(fit) - 1)], 0.0)
    rivals = np.repeat(fit[first], sizes)
    rivals[first] = second
    return [float(one) for one in rivals]


def _sum_by(keys: Array, values: Array) -> Array:
    """For each value the sum of those with the same key."""
    group = np.unique(keys, return_inverse=True)[1]
    return np.asarray(np.bincount(group, values)[group])


class _Speller:
    """Writes phrases as they are written most often."""

    def __init__(self, shared: Shared, words: Words, vocabulary: Vocabulary) -> None:
        self._tokens = shared.tokens.tolist()
        self._initial = np.append(True, shared.at[1:] != shared.at[:-1]).tolist()
        self._meaning = (words.kinds == CONTENT).tolist()
        self._words, self._vocabulary = words, vocabulary
        self._spelled: dict[tuple[int, ...], str] = {}

    def stems(self, begin: int, length: int) -> list[int]:
        """The stems of the words with a meaning."""
        found = self._tokens[begin : begin + length]
        return [int(self._words.stems[t]) for t in found if self._meaning[t]]

    def spelled(self, begins: Sequence[int], length: int) -> str:
        """A phrase by where it begins; its last word in the singular, unless it is a name.

        At the beginning of a sentence a capital says nothing.
        """
        if len(begins) == 1:
            return self._written(begins[0], length)
        written: Counter[tuple[bool, str]] = Counter(
            (not self._initial[begin], self._written(begin, length)) for begin in begins
        )
        return max(written, key=lambda one: (one[0], written[one], one[1].islower(), one[1]))[1]

    def _written(self, begin: int, length: int) -> str:
        found = tuple(self._tokens[begin : begin + length])
        initial = self._initial[begin]
        key = (-1, *found) if initial else found
        spelled = self._spelled.get(key)
        if spelled is None:
            words = [self._vocabulary.words[token] for token in found]
            if initial and words[0].lower() in self._vocabulary.numbers:
                words[0] = words[0].lower()
            last = words[-1]
            words[-1] = english.singular(last) if last.islower() else english.bare(last)
            spelled = self._spelled[key] = " ".join(words)
        return spelled


_FILTER = 24  # bits of a key by which most phrases are told at once that none is looking for them


def counted(
    findings: Sequence[Finding],
    corpus: Corpus,
    words: Words,
    occurrences: Occurrences,
    progress: Callable[[int], None] = lambda pairs: None,
) -> tuple[Array, Array]:
    """In how many of all pairs each phrase stands with its term, and in how many at all."""
    keys, which = np.unique(np.array([f.key for f in findings], np.uint64), return_inverse=True)
    by_key = np.argsort(
        which, kind="stable"
    )  # the findings with each key, which are several terms'
    findings_with = np.bincount(which, minlength=len(keys))
    first_with = np.cumsum(findings_with) - findings_with
    term_of = np.array([f.term for f in findings], np.int64)
    together: Array = np.zeros(len(findings), np.int64)
    at_all: Array = np.zeros(len(keys), np.int64)
    wanted = np.zeros(1 << _FILTER, bool)
    wanted[_bits(keys)] = True
    for begin, end in corpus.chunks() if findings else ():
        pair, key = _phrases(corpus, words, begin, end, wanted)
        at = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
        found = keys[at] == key
        both = np.unique(pair[found] * len(keys) + at[found])
        pair, at = both // len(keys), both % len(keys)
        at_all += np.bincount(at, minlength=len(keys))
        finding = by_key[ranges(first_with[at], findings_with[at])]
        term, terms_in = occurrences.at.rows(begin, end)
        many = len(occurrences.pairs)
        standing = np.repeat(np.arange(end - begin), terms_in) * many + term
        there = np.isin(np.repeat(pair, findings_with[at]) * many + term_of[finding], standing)
        together += np.bincount(finding[there], minlength=len(findings))
        progress(end)
    return together, at_all[which]


def _bits(keys: Array) -> Array:
    return keys >> np.uint64(64 - _FILTER)


def _phrases(
    corpus: Corpus, words: Words, begin: int, end: int, wanted: Array
) -> tuple[Array, Array]:
    """The phrases of some distinct pairs that may be wanted: (pair, key)."""
    tokens, tokens_in = corpus.words.rows(begin, end)
    pair = np.repeat(np.arange(end - begin), tokens_in)
    kind = words.kinds[tokens]
    first = np.flatnonzero((kind == CONTENT) & corpus.distinct[begin + pair])
    key = np.zeros(len(first), np.uint64)
    pairs, keys = [], []
    for length in range(1, LONGEST + 1):
        last = first + length - 1
        good = last < len(tokens)
        first, last, key = first[good], last[good], key[good]
        good = (kind[last] != MARK) & (pair[last] == pair[first])
        first, last, key = first[good], last[good], key[good]
        key = key * MIX + words.keys[tokens[last]]
        kept = (kind[last] == CONTENT) & wanted[_bits(key)]
        pairs.append(pair[first[kept]])
        keys.append(key[kept])
    return np.concatenate(pairs), np.concatenate(keys)
