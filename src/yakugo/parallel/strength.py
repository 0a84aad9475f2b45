"""What is known of a phrase that may translate a term → the probability that it does.

Logistic regression over the evidence; the weights were fitted to judged terms in corpora of many
sizes (`python benchmarks/parallel.py --fit`), so that a strength means the same in all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple


class Finding(NamedTuple):
    """A phrase that may translate a term.

    `term` is the term's number, `units` how many units with a meaning it is made of; `key` are 64
    bits of the folded words of the phrase, of which `words` have a meaning and `inner` do not.
    Over the `sampled` pairs of the term, `fit` says how well the phrase fits what the term
    accounts for, on average; `best` the same where it fits best, `kin` that of all phrases with
    the same stems, `rival` the best that any phrase of the term with other stems has. `expected`
    says whether the phrase is expected, `hinted` the share of its words that are, `offered`
    whether anything is expected of the term. `together`, `term_pairs` and `phrase_pairs` are the
    counts of all pairs. `examples` are pairs by number.
    """

    term: int
    units: int
    key: int
    english: str
    words: int
    inner: int
    sampled: int
    fit: float
    best: float
    kin: float
    rival: float
    expected: bool
    hinted: float
    offered: bool
    examples: tuple[int, ...]
    together: int = 0
    term_pairs: int = 0
    phrase_pairs: int = 0


NAMES = (
    "bias",
    "fit",
    "best",
    "kin",
    "rival",
    "together",
    "of term",
    "of phrase",
    "longer",
    "shorter",
    "inner",
    "expected",
    "hinted",
    "unexpected",
    "verbal",
)


def evidence(one: Finding) -> tuple[float, ...]:
    """What speaks for and against a phrase, in the order of `NAMES`."""
    longer = one.words - one.units
    verbal = one.words == 1 and one.english.endswith(("ed", "ing"))
    return (
        1.0,
        log(one.fit + _LITTLE),
        log(one.best + _LITTLE),
        log((one.kin + _LITTLE) / (one.fit + _LITTLE)),
        log((one.fit + _LITTLE) / (one.rival + _LITTLE)),
        log(one.together),
        log((one.together + 0.5) / (one.term_pairs + 1)),
        log((one.together + 0.5) / (one.phrase_pairs + 1)),
        float(max(longer, 0)),
        float(max(-longer, 0)),
        float(one.inner),
        float(one.expected),
        one.hinted,
        float(one.offered and not one.expected and not one.hinted),
        float(verbal),
    )


_LITTLE = 0.01
WEIGHTS = (
    1.52, 0.61, 1.21, 0.66, 1.11, 0.27, -0.45, -0.10, -2.26, -0.68, -1.54, 2.96, -0.83, -0.38, -0.71
)  # fmt: skip


def strength(one: Finding, weights: Sequence[float] = WEIGHTS) -> float:
    """The probability that a phrase translates its term, 0 to 1."""
    logit = sum(w * x for w, x in zip(weights, evidence(one), strict=True))
    return 1 / (1 + exp(-logit))
