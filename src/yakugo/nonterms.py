"""What is not a term, as data: nonterms.tsv, one rule a row with its reason and an example.

`cut` words bound a run wherever they stand, `front` and `back` words are taken off its ends,
a run headed by a `person` word is dropped, a `post` is taken off to see what it is in charge
of, an `alone` word is no term by itself, a `general` one with less weight than others, a `named`
word makes the name before it part of a term, and a run of nothing but `furniture` is page
furniture. A `body` is named after a term, an `instrument` after what stands before に関する, and
a `speaker` stands before a speech. A `country` in one character is a place, a `qualifier` says
which one, and a `holder` names a part of itself right behind its own name.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from yakugo import tables

_NONTERMS = "nonterms.tsv"


class Rule(NamedTuple):
    """One row of nonterms.tsv."""

    rule: str
    words: tuple[str, ...]
    reason: str
    example: str


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file."""
    return tuple(
        Rule(row["rule"], tuple(row["words"].split()), row["reason"], row["example"])
        for row in tables.table(_NONTERMS)
    )


@cache
def words(*names: str) -> frozenset[str]:
    """The words of all rows of one rule, or of several."""
    return tables.words(_NONTERMS, "rule", *names)
