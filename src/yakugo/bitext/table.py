"""Tables as text: .tsv, .csv and the like, in any encoding that can be told.

Comma and semicolon mean CSV (RFC 4180). Between tabs a quotation mark is one of the text, unless
the cell begins and ends with one, as Excel writes it; such a cell may go over several lines.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from math import inf
from pathlib import Path

from yakugo.bitext.columns import SAMPLE, Row, find, pairs_of
from yakugo.bitext.lines import lines
from yakugo.bitext.sides import letters
from yakugo.errors import DocumentError
from yakugo.model import SentencePair

TABBED = frozenset({".txt", ".text", ".tsv", ".tab", ".utf8", ""})  # a comma is one of the text
_MOST_LINES = 50  # of one cell between tabs


def read(path: Path) -> Iterator[SentencePair]:
    """The pairs of a table, by its Japanese and its English column.

    DocumentError when there are no such columns, and for a quotation that is never closed.
    """
    source = lines(path)
    sample = list(islice(source, SAMPLE))
    rows = _best_reader(sample, path.suffix.lower() in TABBED)
    try:
        found = pairs_of(rows(chain(sample, source)))
        if found is None:
            raise DocumentError(
                f"{path}: no Japanese and no English column in its first {SAMPLE} lines; put a "
                "tab between the two, name them Japanese and English in the first line, or give "
                "the English text as a second file"
            )
        yield from found
    except _BadQuotes as error:
        raise DocumentError(
            f"{path}, {error}; quote each cell that holds a comma, a line break or a quotation "
            "mark, and double the marks in it"
        ) from None


class _BadQuotes(Exception):
    """A row that CSV cannot be cut into cells at; the message says where and why."""


_Reader = Callable[[Iterable[str]], Iterator[Row]]


def _best_reader(sample: list[str], tabs_only: bool) -> _Reader:
    """The way of cutting lines into cells that best tells the two languages apart."""
    readers = (_tabbed,) if tabs_only else (_tabbed, _with_commas, _with_semicolons)
    return max(readers, key=lambda reader: _told_apart(reader, sample))


def _told_apart(reader: _Reader, sample: list[str]) -> float:
    """How many letters stand in the column of their language.

    A cut at a comma inside the English text leaves the beginning of that with the Japanese.
    """
    rows: list[Sequence[str]] = []
    with suppress(_BadQuotes):  # cut in the middle of a cell, or the wrong reader
        for row in reader(sample):
            rows.append(row.cells)
    columns = find(rows)
    if columns is None:
        return -inf
    told = 0
    for cells in rows[columns.first_row :]:
        if len(cells) > max(columns.japanese, columns.english):
            told += letters(cells[columns.japanese])[0] + letters(cells[columns.english])[1]
    return told


def _with_commas(source: Iterable[str]) -> Iterator[Row]:
    return _csv(source, ",")


def _with_semicolons(source: Iterable[str]) -> Iterator[Row]:
    return _csv(source, ";")


def _csv(source: Iterable[str], delimiter: str) -> Iterator[Row]:
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            yield Row(f"line {begin}", cells)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise _BadQuotes(f"line {begin:,}: not valid CSV ({error})") from None


_IN_CELL = r'[^"\t]*(?:""[^"\t]*)*'
_QUOTED = re.compile(rf'"({_IN_CELL})"')
_OPENS = re.compile(rf'(?:^|\t)"{_IN_CELL}\Z')
_GOES_ON = re.compile(_IN_CELL)
_CLOSES = re.compile(rf'{_IN_CELL}"(?=\t|\Z)')


def _tabbed(source: Iterable[str]) -> Iterator[Row]:
    for number, line in _joined(source):
        yield Row(f"line {number}", [_unquoted(cell) for cell in line.split("\t")])


def _unquoted(cell: str) -> str:
    quoted = _QUOTED.fullmatch(cell) if cell.startswith('"') else None
    return quoted[1].replace('""', '"') if quoted else cell


def _joined(source: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, from 1; those that one quoted cell goes over are one.

    A cell that is opened but not closed before the next tab is no quoted one: people speak
    over several sentences, and each has its line.
    """
    opened: list[tuple[int, str]] = []
    for number, line in enumerate(source, 1):
        line = line.removesuffix("\n")
        if opened and _CLOSES.match(line):
            number, line = opened[0][0], "\n".join([*(text for _, text in opened), line])
            opened = []
        elif opened and len(opened) < _MOST_LINES and _GOES_ON.fullmatch(line):
            opened.append((number, line))
            continue
        yield from opened
        opened = [(number, line)] if '"' in line and _OPENS.search(line) else []
        if not opened:
            yield number, line
    yield from opened
