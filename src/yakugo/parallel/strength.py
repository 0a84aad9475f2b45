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
    accounts for, on average, and `best` where it fits best; `kin` is the fit of all phrases with
    the same stems, `rival` the best of the term's other phrases. `examples` are pairs by number.

    `expected` says whether the phrase is expected, `hinted` the share of its words that are,
    `offered` whether anything is expected of the term. `alike` is how much alike the meanings of
    term and phrase are, as a cosine, if they were compared.

    `together`, `term_pairs` and `phrase_pairs` are the counts of all pairs (see `Mined`). `hosted`
    says how much of the term stands in a longer term, `bound` how much of the phrase in a longer
    phrase of the term, `glued` how much of one of its parts in it.
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
    hosted: float = 0.0
    bound: float = 0.0
    glued: float = 0.0
    alike: float | None = None


# The evidence and its weights, fitted.
FEATURES = {
    "bias": 2.00,
    "fit": 0.66,
    "best": 0.98,
    "kin": 0.49,
    "rival": 0.98,
    "together": 0.19,  # pairs that hold both
    "of term": -0.33,  # share of the term's pairs
    "of phrase": 0.20,  # share of the phrase's pairs
    "longer": -2.92,  # words more than the term has units
    "shorter": -0.48,  # words fewer
    "inner": -1.55,  # stop words inside
    "expected": 2.72,
    "hinted": -0.75,  # words that are expected, in another phrase
    "unexpected": -0.31,  # something else is expected
    "verbal": -0.98,  # attacked, attacking: rarely what a noun is given as
    "bound": -1.82,  # Prime in Prime Minister
    "glued": 2.69,  # Prime Minister
    "hosted": -0.54,  # 傘 in 核の傘
    "longer, hosted": 0.23,
    "compared": -3.02,  # whether meanings were compared
    "alike": 5.08,
}
NAMES, WEIGHTS = tuple(FEATURES), tuple(FEATURES.values())
_LITTLE = 0.01  # so that what does not fit at all has a logarithm


def evidence(one: Finding) -> tuple[float, ...]:
    """What speaks for and against a phrase, in the order of `FEATURES`."""
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
        one.bound,
        one.glued * max(longer, 0),
        one.hosted**2,
        one.hosted**2 * max(longer, 0),
        float(one.alike is not None),
        one.alike or 0.0,
    )


def strength(one: Finding, weights: Sequence[float] = WEIGHTS) -> float:
    """The probability that a phrase translates its term, 0 to 1."""
    logit = sum(w * x for w, x in zip(weights, evidence(one), strict=True))
    return 1 / (1 + exp(-logit))


def with_parts(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one term with what they are as parts of each other: `bound` and `glued`.

    Prime is no word by itself where it never stands without Minister.
    """
    bound, glued = [0.0] * len(findings), [0.0] * len(findings)
    padded = [f" {one.english} ".casefold() for one in findings]
    for i, whole in enumerate(findings):
        for j, part in enumerate(findings):
            if part.words < whole.words and padded[j] in padded[i]:
                share = whole.phrase_pairs / (part.phrase_pairs + 1)
                bound[j] = max(bound[j], share**2)
                glued[i] = max(glued[i], share**2)
    return [
        one._replace(bound=b, glued=g) for one, b, g in zip(findings, bound, glued, strict=True)
    ]
