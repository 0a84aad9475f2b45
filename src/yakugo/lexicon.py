"""The words of the field of security, as data.

lexicon.tsv has them by subject, each row with an example. They are short units of the tokenizer: a
`term` is one by itself, as 抑止 is; a `part` makes terms with others, as 弾道 does. General words,
however often texts on security use them, are not there. expressions.txt has the established
designations that are no compounds of such units, one a line.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from yakugo import tables

_LEXICON = "lexicon.tsv"


@cache
def terms() -> frozenset[str]:
    """The words that are terms by themselves."""
    return tables.words(_LEXICON, "grade", "term")


@cache
def words() -> frozenset[str]:
    """The words that are terms or make them."""
    return tables.words(_LEXICON, "grade", "term", "part")


@cache
def expressions() -> frozenset[str]:
    """Designations that hold particles, verbs or marks: 核の傘, 駆け付け警護, A2/AD."""
    lines = (files("yakugo") / "expressions.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line)
