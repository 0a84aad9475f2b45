"""A text and its translation, not aligned line by line → pairs of sentences.

Translators split sentences, join them and leave some out, but seldom change their order. So an
alignment is a chain of *beads* (one sentence for one, one for two, two for one …, or a sentence
without a counterpart), and the cheapest chain is found by dynamic programming.

What a bead costs is how little its sides mean the same (Thompson and Koehn, "Vecalign: Improved
Sentence Alignment in Linear Time and Space", 2019) where the encoder is installed, and how unlike
their lengths are (Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora", 1993).
Length alone is a poor guide when sentences are left out.

How sure a bead is, is its share among all chains, each weighted by its cost (forward-backward).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from yakugo import encoder
from yakugo.english_sentences import english_sentences
from yakugo.model import SentencePair
from yakugo.sentences import Sentence, sentences

Numbers = NDArray[np.float64]
Vectors = NDArray[np.float32]


class Method(StrEnum):
    """What sentences are compared by."""

    MEANING = "meaning"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that translate each other, and how likely that is, 0 to 1."""

    pair: SentencePair
    confidence: float


# A pair below this is left out: a missing pair costs a translator nothing, a wrong one misleads.
CERTAIN_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Alignment:
    """All beads in the order of the text, by which method, and how many sentences have none."""

    beads: tuple[Bead, ...]
    method: Method
    japanese_alone: int
    english_alone: int

    def pairs(self, least: float = CERTAIN_ENOUGH) -> list[SentencePair]:
        """The pairs that are at least as sure as that."""
        return [bead.pair for bead in self.beads if bead.confidence >= least]

    def doubtful(self, least: float = CERTAIN_ENOUGH) -> list[Bead]:
        """The beads that `pairs` leaves out."""
        return [bead for bead in self.beads if bead.confidence < least]


@dataclass(frozen=True, slots=True)
class _Prices:
    """What a chain is made of, and what it costs.

    `skip` is the cost of a sentence without a counterpart, `more` that of each sentence beyond one
    for one, `length` the weight of lengths that differ; `temperature` is the cost that makes a
    chain e times less likely.
    """

    skip: float
    more: float
    length: float
    temperature: float


# Fitted on half of the documents that were put together from NTREX-128 (news).
_PRICES = {
    Method.MEANING: _Prices(skip=0.4, more=0.2, length=0.05, temperature=0.07),
    Method.LENGTH: _Prices(skip=3.0, more=2.3, length=1.0, temperature=1.5),
}
_KINDS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))  # Japanese, English sentences in a bead
_LONGEST = 3
_VARIANCE = 3.0  # of the length of a translation, in characters, for each character
_MOST_LENGTH = 5.0  # beyond this a length says no more
_BAND = 300  # sentences to either side of where a sentence should stand by its place in the text
_WIDEST = 1200  # … where much is left out; 500 MB for 5,000 sentences
_BLOCK = 128  # rows of the band that are compared at once
_NEVER = 1e9


def align(japanese: str, english: str, by: Method | None = None) -> Alignment:
    """Align a Japanese text and its English translation, sentence by sentence.

    `by` chooses what sentences are compared by: the meaning where the optional package is
    installed, else the length.
    """
    left, right = list(sentences(japanese)), list(english_sentences(english))
    method = by or (Method.MEANING if encoder.is_installed() else Method.LENGTH)
    if not left or not right:
        return Alignment((), method, len(left), len(right))
    prices = _PRICES[method]
    texts = _Texts(left, right, with_meaning=method is Method.MEANING)
    half = _BAND
    band = _Band(texts, prices, half)
    chain = band.cheapest()
    while half < _WIDEST and band.is_narrow_for(chain):
        half *= 2
        band = _Band(texts, prices, half)
        chain = band.cheapest()
    confidences = band.confidences(chain)
    places = _Places(japanese, left), _Places(english, right)
    beads = tuple(
        Bead(
            SentencePair(
                "".join(one.text for one in left[i - a : i]),
                " ".join(one.text for one in right[j - b : j]),
                f"{places[0].said(i - a, i)} = {places[1].said(j - b, j)}",
            ),
            confidence,
        )
        for (a, b, i, j), confidence in zip(chain, confidences, strict=True)
        if a and b
    )
    return Alignment(
        beads,
        method,
        sum(a for a, b, _, _ in chain if not b),
        sum(b for a, b, _, _ in chain if not a),
    )


class _Places:
    """Where sentences stand: the paragraph, and which sentence of it."""

    def __init__(self, text: str, cut: Sequence[Sentence]) -> None:
        self._places: list[tuple[int, int]] = []
        paragraph, number, end = 0, 0, 0
        for one in cut:
            begins = not self._places or "\n" in text[end : one.offset]
            paragraph, number = (paragraph + 1, 1) if begins else (paragraph, number + 1)
            self._places.append((paragraph, number))
            end = one.offset + len(one.text)

    def said(self, start: int, end: int) -> str:
        """Such as: paragraph 3, sentences 1-2."""
        (paragraph, first), (last_paragraph, last) = self._places[start], self._places[end - 1]
        if paragraph != last_paragraph:
            return (
                f"paragraph {paragraph}, sentence {first} to "
                f"paragraph {last_paragraph}, sentence {last}"
            )
        several = f"s {first}-{last}" if last > first else f" {first}"
        return f"paragraph {paragraph}, sentence{several}"


class _Texts:
    """The two sides as numbers: lengths, and vectors of what they mean.

    `vectors[side][n]` has for each sentence what it and the n - 1 before it mean together.
    """

    def __init__(
        self, japanese: Sequence[Sentence], english: Sequence[Sentence], with_meaning: bool
    ) -> None:
        self.n, self.m = len(japanese), len(english)
        lengths = [np.array([len(one.text) for one in side]) for side in (japanese, english)]
        self.until = [np.concatenate(([0], np.cumsum(one))).astype(float) for one in lengths]
        self.ratio = self.until[1][-1] / self.until[0][-1]
        self.vectors: list[list[Vectors]] = []
        self.usual: list[list[Vectors]] = []
        if with_meaning:
            single = [encoder.encode([one.text for one in side]) for side in (japanese, english)]
            middle = [one.mean(axis=0) for one in single]
            self.vectors = [
                _together(one, length) for one, length in zip(single, lengths, strict=True)
            ]
            # How like anything in the other text each is: some sentences are like everything.
            self.usual = [
                [several @ other for several in side]
                for side, other in zip(self.vectors, reversed(middle), strict=True)
            ]

    def size(self, side: int, ends: NDArray[np.int64], several: int) -> Numbers:
        """The length of the sentences that end there, in characters of Japanese."""
        until = self.until[side]
        length: Numbers = until[ends] - until[np.maximum(ends - several, 0)]
        return length / (self.ratio if side else 1.0)


def _together(single: Vectors, lengths: NDArray[np.int64]) -> list[Vectors]:
    """Vectors of 0, 1, 2 … sentences up to each one; a long sentence says more than a short one."""
    weighted = single * np.sqrt(lengths)[:, None].astype(np.float32)
    sums = [np.zeros_like(weighted)]
    for back in range(_LONGEST):
        shifted = np.zeros_like(weighted)
        shifted[back:] = weighted[: len(weighted) - back]
        sums.append(sums[-1] + shifted)
    return [one / np.maximum(np.linalg.norm(one, axis=1, keepdims=True), 1e-9) for one in sums]


_Step = tuple[int, int, int, int]  # Japanese and English sentences of a bead, and where they end


class _Band:
    """The cells (i, j), i Japanese and j English sentences done, that a chain may go through.

    Row i holds the j from `middle[i] - half` to `middle[i] + half`, where `middle` is the place
    at which as much of the English text is done as of the Japanese. Time and memory grow with
    the length of the texts, not with its square.
    """

    def __init__(self, texts: _Texts, prices: _Prices, half: int) -> None:
        self.texts, self.prices = texts, prices
        self.n, self.m = texts.n, texts.m
        self.half = min(half, self.m)
        done = texts.until[0] * texts.ratio
        self.middle = np.clip(np.searchsorted(texts.until[1], done - 0.5), 0, self.m)
        self.middle[0], self.middle[-1] = 0, self.m
        self.width = 2 * self.half + 1
        self.costs = {kind: self._costs(*kind) for kind in _KINDS}

    def _costs(self, a: int, b: int) -> NDArray[np.float32]:
        """What a bead of a and b sentences that ends in each cell costs."""
        costs = np.full((self.n + 1, self.width), _NEVER, np.float32)
        for start in range(a, self.n + 1, _BLOCK):
            rows = np.arange(start, min(start + _BLOCK, self.n + 1))
            js = self._js(rows)
            ends = np.clip(js, b, self.m)
            left = self.texts.size(0, rows, a)[:, None]
            right = self.texts.size(1, ends, b)
            apart = (left - right) ** 2 / (_VARIANCE * (left + right))
            cost = self.prices.length * np.minimum(apart, _MOST_LENGTH)
            cost += self.prices.more * (a + b - 2)
            if self.texts.vectors:
                cost += self._unlike(a, b, rows, ends) * (a + b) / 2
            costs[rows] = np.where((js < b) | (js > self.m), _NEVER, cost)
        return costs

    def _unlike(self, a: int, b: int, rows: NDArray[np.int64], ends: NDArray[np.int64]) -> Numbers:
        """How little the sides of a bead mean the same: 0 for the same, about 1 at random."""
        low, high = int(ends.min()) - 1, int(ends.max())
        (japanese, english), usual = self.texts.vectors, self.texts.usual
        alike = japanese[a][rows - 1] @ english[b][low:high].T
        found = np.take_along_axis(alike, ends - 1 - low, axis=1)
        random = 2 - usual[0][a][rows - 1][:, None] - usual[1][b][ends - 1]
        unlike: Numbers = 2 * (1 - found) / np.maximum(random, 0.1)
        return unlike

    def _js(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Which j the cells of some rows are."""
        found: NDArray[np.int64] = self.middle[rows][:, None] + np.arange(-self.half, self.half + 1)
        return found

    def _outside(self, i: int) -> NDArray[np.bool_]:
        """Which cells of a row are beyond the text."""
        js = self._js(np.array([i]))[0]
        beyond: NDArray[np.bool_] = (js < 0) | (js > self.m)
        return beyond

    def _moved(self, row: NDArray[np.float64], by: int, fill: float) -> Numbers:
        """A row as seen from another: entry k is what stands at k + by."""
        moved = np.full(self.width, fill)
        start, end = max(0, -by), min(self.width, self.width - by)
        if start < end:
            moved[start:end] = row[start + by : end + by]
        return moved

    def _back(self, i: int, a: int, b: int) -> int:
        """How far a predecessor stands from a cell, in the terms of its own row."""
        return int(self.middle[i] - self.middle[i - a]) - b

    def cheapest(self) -> list[_Step]:
        """The cheapest chain: for each step its sentences on both sides and where it ends."""
        skip = self.prices.skip
        slope = np.arange(self.width) * skip
        best = np.full((self.n + 1, self.width), _NEVER)
        steps = np.zeros((self.n + 1, self.width), np.int8)
        for i in range(self.n + 1):
            row = np.full(self.width, _NEVER)
            if i == 0:
                row[self.half] = 0.0
            else:
                row = self._moved(best[i - 1], self._back(i, 1, 0), _NEVER) + skip
            for number, (a, b) in enumerate(_KINDS, 2):
                if i >= a:
                    found = self._moved(best[i - a], self._back(i, a, b), _NEVER)
                    found += self.costs[a, b][i]
                    better = found < row
                    row[better] = found[better]
                    steps[i][better] = number
            row[self._outside(i)] = _NEVER
            best[i] = np.minimum.accumulate(row - slope) + slope
            steps[i][best[i] < row - 1e-9] = 1
        return self._followed(steps)

    def _followed(self, steps: NDArray[np.int8]) -> list[_Step]:
        kinds = ((1, 0), (0, 1), *_KINDS)
        chain: list[_Step] = []
        i, j = self.n, self.m
        while i or j:
            a, b = kinds[steps[i, j - self.middle[i] + self.half]]
            chain.append((a, b, i, j))
            i, j = i - a, j - b
        return chain[::-1]

    def is_narrow_for(self, chain: Sequence[_Step]) -> bool:
        """Whether a cheaper chain may lie outside: more is left out than the band is wide."""
        if self.half >= self.m:
            return False
        alone = sum(a for a, b, _, _ in chain if not b), sum(b for a, b, _, _ in chain if not a)
        edge = self.half - _LONGEST
        along = any(abs(j - self.middle[i]) >= edge for _, _, i, j in chain)
        return along or min(alone) >= edge

    def confidences(self, chain: Sequence[_Step]) -> list[float]:
        """For each bead the weight of all chains it is in; 0 for a sentence without counterpart."""
        before, after = self._before(), self._after()
        whole = before[self.n, self.m - self.middle[self.n] + self.half]
        found = []
        for a, b, i, j in chain:
            if not a or not b:
                found.append(0.0)
                continue
            k = j - self.middle[i] + self.half
            start = before[i - a, j - b - self.middle[i - a] + self.half]
            cost = self.costs[a, b][i, k] / self.prices.temperature
            found.append(round(float(np.exp(min(0.0, start - cost + after[i, k] - whole))), 3))
        return found

    def _before(self) -> Numbers:
        """The logarithm of the weight of all chains up to each cell."""
        skip, heat = self.prices.skip / self.prices.temperature, self.prices.temperature
        slope = np.arange(self.width) * skip
        weights = np.full((self.n + 1, self.width), -_NEVER)
        for i in range(self.n + 1):
            row = np.full(self.width, -_NEVER)
            if i == 0:
                row[self.half] = 0.0
            else:
                row = self._moved(weights[i - 1], self._back(i, 1, 0), -_NEVER) - skip
            for a, b in _KINDS:
                if i >= a:
                    found = self._moved(weights[i - a], self._back(i, a, b), -_NEVER)
                    row = np.logaddexp(row, found - self.costs[a, b][i] / heat)
            row[self._outside(i)] = -_NEVER
            weights[i] = np.logaddexp.accumulate(row + slope) - slope
        return weights

    def _after(self) -> Numbers:
        """The logarithm of the weight of all chains from each cell to the end."""
        skip, heat = self.prices.skip / self.prices.temperature, self.prices.temperature
        slope = np.arange(self.width) * skip
        weights = np.full((self.n + 1, self.width), -_NEVER)
        for i in range(self.n, -1, -1):
            row = np.full(self.width, -_NEVER)
            if i == self.n:
                row[self.m - self.middle[i] + self.half] = 0.0
            else:
                row = self._moved(weights[i + 1], -self._back(i + 1, 1, 0), -_NEVER) - skip
            for a, b in _KINDS:
                if i + a <= self.n:
                    found = weights[i + a] - self.costs[a, b][i + a] / heat
                    moved = self._moved(found, -self._back(i + a, a, b), -_NEVER)
                    row = np.logaddexp(row, moved)
            row[self._outside(i)] = -_NEVER
            weights[i] = np.logaddexp.accumulate((row - slope)[::-1])[::-1] + slope
        return weights
