"""Where terms stand in the Japanese sides: as they are written, between the bounds of units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from ahocorasick_rs import AhoCorasick

from yakugo.parallel.corpus import CHUNK, Array, Column, Corpus


class Occurrences:
    """The terms of each pair (`at`, by their numbers), and in how many pairs each stands."""

    def __init__(
        self,
        corpus: Corpus,
        terms: Sequence[str],
        folder: Path,
        progress: Callable[[int], None] = lambda pairs: None,
    ) -> None:
        self.at = Column(folder / "terms", "i4")
        self.pairs: Array = np.zeros(len(terms), np.int64)
        matcher = AhoCorasick(terms) if terms else None
        for begin, end in corpus.chunks():
            pair, term = _standing(corpus, matcher, begin, end)
            self.pairs += np.bincount(term, minlength=len(terms))
            self.at.extend(term, np.bincount(pair, minlength=end - begin))
            progress(end)
        self.at.done()

    def hosted(self, terms: Sequence[str]) -> Array:
        """Of how much of each term's pairs the commonest longer term that holds it has as well.

        傘 that stands in 核の傘 only is hosted by it altogether: 1.
        """
        standing = {term: number for number, term in enumerate(terms) if self.pairs[number]}
        most: Array = np.zeros(len(terms))
        for host, number in standing.items():
            for i in range(len(host)):
                for j in range(i + 1, len(host) + (i > 0)):
                    part = standing.get(host[i:j])
                    if part is not None and self.pairs[number] > most[part]:
                        most[part] = self.pairs[number]
        return np.minimum(most / np.maximum(self.pairs, 1), 1.0)

    def sampled(self, hashes: Array, wanted: Array, most: int) -> tuple[Array, Array]:
        """About `most` pairs of each wanted term, all of a rarer one: (terms, pairs), in order.

        Which pairs, and their order within a term, depend on their hashes alone.
        """
        share = np.minimum(most / np.maximum(self.pairs, 1), 1.0)
        limit = np.where(share < 1, share * 2.0**64, 0).astype(np.uint64)
        terms, pairs = [], []
        for begin in range(0, len(hashes), CHUNK):
            end = min(begin + CHUNK, len(hashes))
            term, lengths = self.at.rows(begin, end)
            pair = np.repeat(np.arange(begin, end, dtype=np.int32), lengths)
            kept = wanted[term] & ((share[term] >= 1) | (hashes[pair] < limit[term]))
            terms.append(term[kept])
            pairs.append(pair[kept])
        term, pair = np.concatenate(terms), np.concatenate(pairs)
        order = np.lexsort((hashes[pair], term))
        return term[order], pair[order]


def _standing(
    corpus: Corpus, matcher: AhoCorasick | None, begin: int, end: int
) -> tuple[Array, Array]:
    """The terms of some pairs, each once a pair: (pair, counted from `begin`; term).

    All are found in one pass (Aho and Corasick, "Efficient string matching", *Communications of
    the ACM* 18, 1975).
    """
    texts = corpus.japanese_of(begin, end)
    text = "\n".join(texts) + "\n"
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    matches = matcher.find_matches_as_indexes(text, overlapping=True) if matcher else []
    flat = np.fromiter(chain.from_iterable(matches), np.int64, 3 * len(matches))
    term, left, right = flat.reshape(-1, 3).T
    bounds = _bounds(corpus, begin, end, starts)
    kept = bounds[left] & bounds[right]
    term, pair = term[kept], np.searchsorted(starts, left[kept], "right") - 1
    kept = corpus.distinct[begin + pair]
    many = int(term.max(initial=0)) + 1
    both = np.unique(pair[kept] * many + term[kept])
    return both // many, both % many


def _bounds(corpus: Corpus, begin: int, end: int, starts: Array) -> Array:
    """Which places of some texts, which begin at `starts`, are the bounds of units."""
    lengths, in_pair = corpus.bounds.rows(begin, end)
    before = np.cumsum(lengths, dtype=np.int64) - lengths
    first = np.repeat(np.cumsum(in_pair) - in_pair, in_pair)
    bounds = np.zeros(starts[-1] + 1, bool)
    bounds[np.repeat(starts[:-1], in_pair) + before - before[first]] = True
    bounds[starts[1:] - 1] = True
    return bounds
