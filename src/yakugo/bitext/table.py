"""Tables as text: .tsv, .csv and the like, in any encoding that can be told, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from math import inf
from pathlib import Path

from yakugo.bitext.columns import SAMPLE, Row, find, pairs_of
from yakugo.bitext.lines import lines
from yakugo.bitext.sides import letters
from yakugo.errors import DocumentError
from yakugo.model import SentencePair
from yakugo.spreadsheets.delimited import (
    REMEDY_FOR_QUOTES,
    BadQuotes,
    Cutter,
    between,
    between_tabs,
)

TABBED = frozenset({".txt", ".text", ".tsv", ".tab", ".utf8", ""})  # a comma is one of the text
_COMMAS, _SEMICOLONS = partial(between, ","), partial(between, ";")


def read(path: Path) -> Iterator[SentencePair]:
    """The pairs of a table, by its Japanese and its English column.

    DocumentError when there are no such columns, and for a quotation that is never closed.
    """
    source = lines(path)
    sample = list(islice(source, SAMPLE))
    cut = _best_cutter(sample, path.suffix.lower() in TABBED)
    try:
        found = pairs_of(Row(f"line {line}", cells) for line, cells in cut(chain(sample, source)))
        if found is None:
            raise DocumentError(
                f"{path}: no Japanese and no English column in its first {SAMPLE} lines; put a "
                "tab between the two, name them Japanese and English in the first line, or give "
                "the English text as a second file"
            )
        yield from found
    except BadQuotes as error:
        raise DocumentError(f"{path}, {error}; {REMEDY_FOR_QUOTES}") from None


def _best_cutter(sample: list[str], tabs_only: bool) -> Cutter:
    """The way of cutting lines into cells that best tells the two languages apart."""
    cutters: tuple[Cutter, ...] = (
        (between_tabs,) if tabs_only else (between_tabs, _COMMAS, _SEMICOLONS)
    )
    return max(cutters, key=lambda cut: _told_apart(cut, sample))


def _told_apart(cut: Cutter, sample: list[str]) -> float:
    """How many letters stand in the column of their language.

    A cut at a comma inside the English text leaves the beginning of that with the Japanese.
    """
    rows: list[Sequence[str]] = []
    with suppress(BadQuotes):  # cut in the middle of a cell, or in the wrong way
        for _, row in cut(sample):
            rows.append(row)
    columns = find(rows)
    if columns is None:
        return -inf
    told = 0
    for cells in rows[columns.first_row :]:
        if len(cells) > max(columns.japanese, columns.english):
            told += letters(cells[columns.japanese])[0] + letters(cells[columns.english])[1]
    return told
