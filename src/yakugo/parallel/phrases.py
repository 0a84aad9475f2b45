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
MOST_OF_RARE, RARE = 4, 2  # the same of a term that stands in so few pairs
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
    # The best phrases of each term.
    ranked = np.lexsort((spans.key[heads], -fit, of))
    first = np.flatnonzero(np.diff(of[ranked], prepend=-1))
    rank = np.arange(len(ranked)) - np.repeat(first, np.diff(np.append(first, len(ranked))))
    kept = ranked[rank < np.where(sampled[of[ranked]] <= RARE, MOST_OF_RARE, MOST)]
    # Their occurrences, the best first.
    occurrences = order[ranges(starts[kept], sizes[kept])]
    owner = np.repeat(np.arange(len(kept)), sizes[kept])
    occurrences = occurrences[
        np.lexsort((shared.at[spans.begin[occurrences]], -spans.fit[occurrences], owner))
    ]
    ends = np.cumsum(sizes[kept])
    speller = _Speller(shared, vocabulary)
    top: dict[int, tuple[float, float]] = {}
    for i in kept:
        high, second = top.get(int(of[i]), (0.0, 0.0))
        value = float(fit[i])
        top[int(of[i])] = (max(high, value), max(min(high, value), second))
    stem_of, kind_of = words.stems, words.kinds
    for i, end in zip(kept.tolist(), ends.tolist(), strict=True):
        where = occurrences[end - sizes[i] : end]
        begins = spans.begin[where[: max(SHOWN, EXAMPLES)]].tolist()
        length = int(spans.length[where[0]])
        of_phrase = shared.tokens[begins[0] : begins[0] + length]
        meaning = of_phrase[kind_of[of_phrase] == CONTENT]
        number, key = int(of[i]), int(spans.key[where[0]])
        hints = shared.hints.stems.get(number, {})
        value = float(fit[i])
        high, second = top[number]
        yield Finding(
            term=int(shared.terms[number]),
            units=units(int(shared.terms[number])),
            key=key,
            english=speller.spelled(begins[:SHOWN], length),
            words=len(meaning),
            inner=length - len(meaning),
            sampled=int(sampled[number]),
            fit=value,
            best=float(best[i]),
            kin=float(kin[i]),
            rival=second if value == high else high,
            expected=key in shared.hints.phrases.get(number, ()),
            hinted=sum(stem in hints for stem in stem_of[meaning].tolist()) / len(meaning),
            offered=number in shared.hints.phrases,
            examples=tuple(shared.pair[shared.at[begins[:EXAMPLES]]].tolist()),
        )


def _sum_by(keys: Array, values: Array) -> Array:
    """For each value the sum of those with the same key."""
    group = np.unique(keys, return_inverse=True)[1]
    return np.asarray(np.bincount(group, values)[group])


class _Speller:
    """Writes phrases as they are written most often."""

    def __init__(self, shared: Shared, vocabulary: Vocabulary) -> None:
        self._tokens = shared.tokens.tolist()
        self._initial = np.append(True, shared.at[1:] != shared.at[:-1]).tolist()
        self._vocabulary = vocabulary

    def spelled(self, begins: Sequence[int], length: int) -> str:
        """A phrase by where it begins; its last word in the singular, unless it is a name.

        At the beginning of a sentence a capital says nothing.
        """
        written: Counter[tuple[bool, str]] = Counter()
        for begin in begins:
            words = [self._vocabulary.words[t] for t in self._tokens[begin : begin + length]]
            initial = self._initial[begin]
            if initial and words[0].lower() in self._vocabulary.numbers:
                words[0] = words[0].lower()
            last = words[-1]
            words[-1] = (
                english.singular(last) if last.islower() else english.without_possessive(last)
            )
            written[not initial, " ".join(words)] += 1
        return max(written, key=lambda one: (one[0], written[one], one[1].islower(), one[1]))[1]


_FILTER = 24  # bits of a key by which most phrases are told at once that none is looking for them


def counted(
    findings: Sequence[Finding],
    corpus: Corpus,
    words: Words,
    occurrences: Occurrences,
    progress: Callable[[int], None] = lambda pairs: None,
) -> list[Finding]:
    """The findings with the counts of all pairs."""
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
    return [
        one._replace(together=both, term_pairs=term, phrase_pairs=phrase)
        for one, both, term, phrase in zip(
            findings,
            together.tolist(),
            occurrences.pairs[term_of].tolist(),
            at_all[which].tolist(),
            strict=True,
        )
    ]


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
