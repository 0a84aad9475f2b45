"""How much a candidate looks like a term of the field: evidence, weighed and added up.

Each kind of evidence is a number (`FEATURES`), and the score is their weighted sum as a
probability (logistic regression), so that every candidate can say why it stands where it stands.
The evidence is of three sorts:

- unithood: how productive the pieces are in compounds (RAKE: degree over frequency, Rose, Engel,
  Cramer and Cowley, "Automatic keyword extraction from individual documents", in Berry and Kogan,
  *Text Mining*, 2010; and the left-right counts of FLR, Nakagawa and Mori, "Automatic term
  recognition based on statistics of compound nouns and their components", *Terminology* 9, 2003),
  how often and in how many longer runs a candidate stands, how it was found;
- the field: how many of its pieces belong to reviewed terms, against how common they are in
  Japanese at large (the raw counts of `wordfreq`, never its estimates for compounds); how much
  more often it stands here than in general texts, where there are some to hold it against;
- the context: whether a text quotes, defines or glosses it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import exp, log, log2, sqrt
from typing import NamedTuple

from yakugo import lexicon
from yakugo.model import Candidate, Kind
from yakugo.nonterms import words
from yakugo.reference import General, commonness
from yakugo.tokens import JOINTS


class Feature(NamedTuple):
    """One kind of evidence: its weight before anybody has reviewed, and what it says."""

    name: str
    weight: float
    says: str


FEATURES = (
    Feature("bias", -0.8, "where every candidate begins"),
    Feature("productivity", 0.2, "its pieces make compounds"),
    Feature("neighbours", 0.3, "its pieces stand beside many different pieces"),
    Feature("repetition", 0.7, "it is repeated"),
    Feature("length", 0.4, "it has several pieces"),
    Feature("general", -0.5, "its pieces are general words by themselves"),
    Feature("reviewed", 0.4, "its pieces belong to other reviewed terms"),
    Feature("field", 1.1, "its pieces are words of the field"),
    Feature("any field", 0.6, "it has a word of the field"),
    Feature("field term", 2.0, "it is a single word that is a term of the field"),
    Feature("common", -0.8, "its pieces are common in Japanese at large"),
    Feature("common whole", -0.4, "as a whole it is common in Japanese at large"),
    Feature("contrast", 0.5, "it stands more often here than in the general texts"),
    Feature("word", -1.2, "it is a single word"),
    Feature("common word", -0.5, "it is a single word, and a common one"),
    Feature("nested", -2.4, "it only stands inside longer terms"),
    Feature("inside", -1.6, "how much of it stands inside longer terms"),
    Feature("placed", -1.5, "it begins with a place"),
    Feature("genitive", -3.2, "it is X の Y, or the like"),
    Feature("expression", 3.0, "it is an established expression"),
    Feature("linked", -1.3, "it is A・B"),
    Feature("coordinated", -5.7, "it was spelled out of A・B"),
    Feature("quoted", 0.6, "a text quotes it"),
    Feature("defined", 3.5, "a text says what it is"),
    Feature("glossed", 1.3, "a text gives its other form in brackets"),
    Feature("glossed word", 2.5, "it is a single word whose other form a text gives"),
    Feature("headword", 1.5, "a dictionary has it, with a word of the field"),
    Feature("verbal", 0.6, "it ends in a verbal noun"),
    Feature("single kanji", -0.9, "it is one kanji"),
    Feature("latin", 1.6, "it is written in Latin letters"),
    Feature("katakana", 1.5, "it is written in katakana"),
)
NAMES = tuple(feature.name for feature in FEATURES)
WEIGHTS = tuple(feature.weight for feature in FEATURES)
# What tells scores made with these weights from those that other ones made.
SIGNATURE = sha256(repr(tuple(zip(NAMES, WEIGHTS, strict=True))).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known beside the candidates.

    `reviewed` says in how many reviewed terms a piece stands, `terms` are these terms; `glossed`
    are the terms that a text gives another form of, `headwords` those that a dictionary has;
    `general` are texts to hold the collected against.
    """

    reviewed: Mapping[str, int] = field(default_factory=dict)
    terms: Collection[str] = ()
    glossed: Collection[str] = ()
    headwords: Collection[str] = ()
    general: General | None = None


NOTHING = Knowledge()


class Piece(NamedTuple):
    """What is known of one piece: yes or no as 1 or 0, and numbers.

    `productivity` is RAKE's degree over frequency, `neighbours` the logarithm of the product of
    the left and right kinds of FLR.
    """

    general: int
    field: int
    common: float
    productivity: float
    neighbours: float


class Statistics:
    """What the pieces do in all candidates together, and what is known of each."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._degree: Counter[str] = Counter()
        self._frequency: Counter[str] = Counter()
        self._left: dict[str, set[str]] = {}
        self._right: dict[str, set[str]] = {}
        self._known: dict[str, Piece] = {}
        for one in candidates:
            if one.kind in _STANDING:
                self._count(parts(one), one.alone)

    def _count(self, pieces: Sequence[str], frequency: int) -> None:
        degree = len(pieces) * frequency
        before = ""
        for piece in pieces:
            self._degree[piece] += degree
            self._frequency[piece] += frequency
            if before:
                self._left.setdefault(piece, set()).add(before)
                self._right.setdefault(before, set()).add(piece)
            before = piece

    def of(self, piece: str) -> Piece:
        """What is known of a piece."""
        found = self._known.get(piece)
        if found is None:
            frequency = self._frequency[piece]
            left, right = self._left.get(piece, ()), self._right.get(piece, ())
            found = self._known[piece] = Piece(
                piece in words("alone", "general"),
                piece in lexicon.words(),
                commonness(piece),
                self._degree[piece] / frequency if frequency else 1.0,
                log2((len(left) + 1) * (len(right) + 1)),
            )
        return found


_STANDING = (Kind.WORD, Kind.COMPOUND)


def parts(candidate: Candidate) -> list[str]:
    """The pieces of a candidate that mean something: no joints, no の."""
    return [piece for piece in candidate.pieces if piece not in JOINTS and piece != "の"]


_KATAKANA = re.compile("[ァ-ヿ]+")


_EVERYDAY = 2.75  # commonness; below it a word says little about where it is at home


def evidence(
    candidate: Candidate, statistics: Statistics, knowledge: Knowledge = NOTHING
) -> tuple[float, ...]:
    """The numbers of one candidate, in the order of `FEATURES`."""
    pieces = parts(candidate) or [candidate.term]
    n = len(pieces)
    term, kind = candidate.term, candidate.kind
    reviewed = knowledge.reviewed.get
    itself = term in knowledge.terms  # what it adds to the count is no evidence for it
    in_general = in_field = in_reviewed = 0
    common = productivity = neighbours = 0.0
    for piece in pieces:
        known = statistics.of(piece)
        in_general += known.general
        in_field += known.field
        common += known.common
        productivity += known.productivity
        neighbours += known.neighbours
        in_reviewed += reviewed(piece, 0) > itself
    word = n == 1
    glossed = term in knowledge.glossed
    general_texts = knowledge.general
    return (
        1.0,
        # RAKE's sum over the pieces, divided by the root of their number: between sum and mean.
        log2(max(productivity / sqrt(n), 0.5)),
        neighbours / n,
        log(1 + log(candidate.frequency or 1)),
        log2(n),
        in_general / n,
        in_reviewed / n,
        in_field / n,
        float(in_field > 0),
        float(word and pieces[0] in lexicon.terms()),
        max(common / n - _EVERYDAY, 0.0),
        0.0 if word else commonness(term),
        general_texts.contrast((term, *candidate.variants), candidate.frequency)
        if general_texts
        else 0.0,
        float(word),
        common if word else 0.0,
        float(candidate.alone == 0),
        1 - candidate.alone / candidate.frequency if candidate.frequency else 0.0,
        float(kind == Kind.PLACED),
        float(kind == Kind.GENITIVE),
        float(kind == Kind.EXPRESSION),
        float(kind == Kind.LINKED),
        float(kind == Kind.COORDINATED),
        float(candidate.quoted),
        float(candidate.defined),
        float(glossed),
        float(word and glossed),
        float(not word and in_field > 0 and term in knowledge.headwords),
        float(candidate.classes[-1:] == "V"),
        float(len(term) == 1),
        float(term.isascii()),
        float(_KATAKANA.fullmatch(term) is not None),
    )


def probability(value: float) -> float:
    """The logistic function: a sum of evidence as a probability, 0 to 1."""
    return 1 / (1 + exp(-value)) if value > -700 else 0.0
