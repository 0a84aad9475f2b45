"""The tables of words beside the modules: TSV files with a header, words separated by spaces."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table by its file name, in the order of the file."""
    lines = (files("yakugo") / name).read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def words(name: str, column: str, *values: str) -> frozenset[str]:
    """The words of all rows of a table that have one of the values in a column."""
    rows = (row for row in table(name) if row[column] in values)
    return frozenset(word for row in rows for word in row["words"].split())
