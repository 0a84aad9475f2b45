"""How much a candidate looks like a term of the field.

RAKE (Rose, Engel, Cramer and Cowley, "Automatic keyword extraction from individual documents",
in Berry and Kogan, *Text Mining*, 2010) over the pieces of compounds: a piece that mostly stands
in long compounds (degree over frequency) makes terms. Each piece is weighed by what is known of
it: a general word adds less, a piece of the reviewed glossary's terms adds more. Where RAKE adds
up the pieces, the sum is divided by the square root of their number here: between sum, which
puts the longest compound first, and mean, which makes nothing of a compound being one. What is
repeated counts more, by the square root of 1 + ln frequency: a second occurrence says much, a
hundredth little. How a candidate was found is a prior: a nested term or an X の Y has less
evidence than a compound that stands by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from math import log, sqrt

from yakugo.candidates import Kind
from yakugo.model import Candidate
from yakugo.nonterms import words
from yakugo.tokens import JOINTS

PRIOR = {
    Kind.WORD: 1.0,
    Kind.COMPOUND: 1.0,
    Kind.NESTED: 0.6,
    Kind.GENITIVE: 0.6,
    Kind.PLACED: 0.4,
}
GENERAL = 0.5  # weight of a piece that is a general word by itself (nonterms.tsv, `alone`)
DOMAIN = 1.5  # weight of a piece of a reviewed term


def scores(candidates: Sequence[Candidate], reviewed: Collection[str] = ()) -> list[float]:
    """The termhood of each candidate, in their order; comparable within one call only.

    `reviewed` holds the pieces of the terms in the reviewed glossary.
    """
    weights = _weights(candidates, reviewed)
    return [round(_score(one, weights), 3) for one in candidates]


def _score(one: Candidate, weights: dict[str, float]) -> float:
    pieces = [piece for piece in one.pieces if piece not in JOINTS]
    unity = sum(weights.get(piece, 0.0) for piece in pieces) / sqrt(len(pieces) or 1)
    return PRIOR[Kind(one.kind)] * unity * sqrt(1 + log(one.frequency or 1))


def _weights(candidates: Sequence[Candidate], reviewed: Collection[str]) -> dict[str, float]:
    degree: Counter[str] = Counter()
    frequency: Counter[str] = Counter()
    for one in candidates:
        if one.kind in (Kind.WORD, Kind.COMPOUND):
            pieces = [piece for piece in one.pieces if piece not in JOINTS]
            for piece in pieces:
                degree[piece] += len(pieces) * one.frequency
                frequency[piece] += one.frequency
    general, reviewed = words("alone"), frozenset(reviewed)
    return {
        piece: degree[piece]
        / frequency[piece]
        * (GENERAL if piece in general else 1.0)
        * (DOMAIN if piece in reviewed else 1.0)
        for piece in frequency
    }
