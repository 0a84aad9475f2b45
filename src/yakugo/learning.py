"""What reviews teach: accepted and rejected candidates move the weights of the evidence.

The model is logistic regression over the evidence of `termhood` and over the pieces of the
candidates (a piece that reviewers keep rejecting lowers what else holds it), fitted by maximum a
posteriori: the weights of `termhood` are the prior mean, so that without decisions nothing
changes, and a few or one-sided ones move it a little (Bishop, *Pattern Recognition and Machine
Learning*, 2006, sections 4.3 and 4.5). Newton's method, its steps halved until they lead down (Boyd
and Vandenberghe, *Convex Optimization*, 2004, section 9.2), and no randomness: the same decisions
give the same model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from yakugo.termhood import FEATURES, WEIGHTS, probability

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = NDArray[np.float64]

# How firmly the prior holds, in decisions: the inverse variances of the weights.
_EVIDENCE_PRECISION = 10.0
_PIECE_PRECISION = 0.3
_BIAS_PRECISION = 0.05  # a reviewer who takes nearly all of the best teaches little else
_MOST_PIECES = 400  # those that stand in most decisions; more would take longer and say little
_STEPS = 25
_SHORTEST_STEP = 1e-6
_NEAR_ENOUGH = 1e-6


class Example(NamedTuple):
    """A reviewed candidate: its evidence, its pieces, and whether it was accepted."""

    evidence: tuple[float, ...]
    pieces: Sequence[str]
    accepted: bool


class Reason(NamedTuple):
    """A part of a score: what it is, its number and weight; the part is their product."""

    says: str
    value: float
    weight: float

    @property
    def part(self) -> float:
        """What it adds to the sum."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of the evidence, in the order of `termhood.FEATURES`, and of pieces."""

    weights: tuple[float, ...] = WEIGHTS
    pieces: Mapping[str, float] = field(default_factory=dict)
    decisions: int = 0

    def score(self, evidence: Sequence[float], pieces: Sequence[str]) -> float:
        """How likely it is that a reviewer takes a candidate, 0 to 1."""
        total = sum(map(float.__mul__, evidence, self.weights))
        if self.pieces:
            total += sum(self.pieces.get(name, 0.0) for name in _names(pieces))
        return probability(total)

    def reasons(self, evidence: Sequence[float], pieces: Sequence[str]) -> list[Reason]:
        """What the score is made of, the weightiest first; what adds nothing is left out."""
        found = [
            Reason(feature.says, value, weight)
            for feature, value, weight in zip(FEATURES, evidence, self.weights, strict=True)
        ]
        found += [
            Reason(f"reviews of others with {name}", 1.0, self.pieces[name])
            for name in _names(pieces)
            if name in self.pieces
        ]
        return sorted((r for r in found if r.part), key=lambda r: (-abs(r.part), r.says))


def _names(pieces: Sequence[str]) -> list[str]:
    """What a candidate's pieces are called in the model: 核…, …弾頭 (its head)."""
    return [f"{piece}…" for piece in dict.fromkeys(pieces[:-1])] + [f"…{pieces[-1]}"]


def fit(examples: Iterable[Example]) -> Model:
    """The model that some decisions lead to; without any it is the prior."""
    examples = list(examples)
    if not examples:
        return Model()
    import numpy as np

    counted = Counter(name for one in examples for name in _names(one.pieces))
    often = sorted(counted, key=lambda name: (-counted[name], name))[:_MOST_PIECES]
    columns = {name: len(WEIGHTS) + k for k, name in enumerate(often)}
    x = np.zeros((len(examples), len(WEIGHTS) + len(columns)))
    for row, one in enumerate(examples):
        x[row, : len(WEIGHTS)] = one.evidence
        for name in _names(one.pieces):
            if name in columns:
                x[row, columns[name]] = 1.0
    y = np.array([float(one.accepted) for one in examples])
    mean = np.zeros(x.shape[1])
    mean[: len(WEIGHTS)] = WEIGHTS
    precision = np.full(x.shape[1], _PIECE_PRECISION)
    precision[: len(WEIGHTS)] = _EVIDENCE_PRECISION
    precision[0] = _BIAS_PRECISION

    def loss(w: Weights) -> float:
        """The negative logarithm of the posterior, but for a constant."""
        z = x @ w
        return float(np.logaddexp(0, z).sum() - y @ z + precision @ (w - mean) ** 2 / 2)

    w = mean.copy()
    for _ in range(_STEPS):
        p = np.exp(-np.logaddexp(0, -(x @ w)))
        gradient = x.T @ (p - y) + precision * (w - mean)
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(precision)
        step = np.linalg.solve(hessian, gradient)
        while loss(w - step) > loss(w) and np.abs(step).max() > _SHORTEST_STEP:
            step /= 2
        w = w - step
        if np.abs(step).max() < _NEAR_ENOUGH:
            break
    rounded = [round(float(value), 6) for value in w]
    return Model(
        tuple(rounded[: len(WEIGHTS)]),
        {name: rounded[k] for name, k in columns.items()},
        len(examples),
    )
