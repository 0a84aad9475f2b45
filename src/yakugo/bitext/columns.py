"""Rows of a table → pairs: which column is Japanese and which English.

The names in a header row say so, else the script of the first rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from yakugo.bitext.sides import holds_japanese, pair
from yakugo.model import ENGLISH, JAPANESE, SentencePair

SAMPLE = 200  # rows that are looked at before the columns are chosen
_HEADER_WITHIN = 10  # rows: titles and notes may stand above the names
_LONGEST_NAME = 30  # characters: what is longer is a sentence about Japanese
# JA, ja-JP, Japanese (Japan), Source: Japanese, 日本語訳, 原文（日本語）…
_BEFORE = r"(?:(?:source|target|原文|訳文)[ :_-]*\(?)?"
_AFTER = (
    r"(?:[-_ ][a-z]{2}|[-_ :/]?(?:source|target|text|translation|原文|訳文|訳|文))?\s*(?:\(.*)?\)?"
)
_NAMES = {
    JAPANESE: re.compile(rf"{_BEFORE}(?:ja|jpn|jp|japanese|日本語|日文|和文|和訳|邦訳){_AFTER}"),
    ENGLISH: re.compile(rf"{_BEFORE}(?:en|eng|english|英語|英文|英訳){_AFTER}"),
}
WORD = re.compile(r"(?<!\S)[\"'“‘(]*[A-Za-z][A-Za-z'’-]*[\"'”’).,;:!?]*(?!\S)")


class Row(NamedTuple):
    """A row of a table: where it stands, and its cells as text ("" for none)."""

    place: str
    cells: Sequence[str]


class Columns(NamedTuple):
    """Which cell of a row is Japanese and which English, from 0, and where the data begin."""

    japanese: int
    english: int
    first_row: int = 0


def pairs_of(rows: Iterator[Row]) -> Iterator[SentencePair] | None:
    """The pairs of a table, or None when it has no Japanese and no English column."""
    sample = list(islice(rows, SAMPLE))
    columns = find([row.cells for row in sample])
    return None if columns is None else _pairs(chain(sample[columns.first_row :], rows), columns)


def _pairs(rows: Iterator[Row], columns: Columns) -> Iterator[SentencePair]:
    width = max(columns.japanese, columns.english) + 1
    for place, cells in rows:
        if len(cells) >= width and (
            found := pair(cells[columns.japanese], cells[columns.english], place)
        ):
            yield found


def find(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns by their names, else by the script that is in them; None when there are none."""
    for number, cells in enumerate(rows[:_HEADER_WITHIN]):
        japanese, english = _named(cells, JAPANESE), _named(cells, ENGLISH)
        if japanese is not None and english is not None:
            return Columns(japanese, english, number + 1)
    return _by_script(rows)


def _named(cells: Sequence[str], language: str) -> int | None:
    return next((c for c, cell in enumerate(cells) if language_named(cell) == language), None)


def language_named(header: str) -> str:
    """`ja` or `en` when the name of a column is that of a language, else ""."""
    name = unicodedata.normalize("NFKC", header[: _LONGEST_NAME + 1]).strip().lower()
    if len(name) > _LONGEST_NAME:
        return ""
    return next((code for code, names in _NAMES.items() if names.fullmatch(name)), "")


def _by_script(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The column with most Japanese in it and, without that, the one with most English words.

    Sentences outweigh the short texts of other columns. English is counted by its words, so
    that addresses and identifiers are none; beside Japanese it is a part of that.
    """
    japanese: dict[int, int] = {}
    english: dict[int, int] = {}
    for cells in rows:
        for column, cell in enumerate(cells):
            if holds_japanese(cell):
                japanese[column] = japanese.get(column, 0) + len(cell)
            elif words := WORD.findall(cell):
                english[column] = english.get(column, 0) + sum(map(len, words))
    if not japanese:
        return None
    of_japanese = max(japanese, key=japanese.__getitem__)
    english.pop(of_japanese, None)
    if not english:
        return None
    return Columns(of_japanese, max(english, key=english.__getitem__))
