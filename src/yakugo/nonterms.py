"""What is not a term, as data: nonterms.tsv, one rule a row with its reason and an example.

`cut` words bound a run wherever they stand, `front` and `back` words are taken off its ends,
a run headed by a `person` word is dropped, a `post` is taken off to see what it is in charge
of, an `alone` word is no term by itself, a `general` one with less weight than others, a `named`
word makes the name before it part of a term, and a run of nothing but `furniture` is page
furniture. A `body` is named after a term, an `instrument` after what stands before に関する, and
a `speaker` stands before a speech.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Rule(NamedTuple):
    """One row of nonterms.tsv."""

    rule: str
    words: tuple[str, ...]
    reason: str
    example: str


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file."""
    lines = (files("yakugo") / "nonterms.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Rule(row["rule"], tuple(row["words"].split()), row["reason"], row["example"])
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    )


@cache
def words(*names: str) -> frozenset[str]:
    """The words of all rows of one rule, or of several."""
    return frozenset(word for row in rules() if row.rule in names for word in row.words)
