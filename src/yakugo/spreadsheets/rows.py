"""Rows of a table as text, whatever program wrote it, and what is wrong with single cells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from yakugo.errors import DocumentError

Faults = Mapping[int, str]
Range = tuple[tuple[int, int], tuple[int, int]]  # first and last cell: row and column, from 0

DATE = "is a date; format the cell as text and type it again"
NO_VALUE = "is a formula without a value; save the file once in Excel or LibreOffice"
ERROR = "holds the error {}; type its text again"
ERRORS = frozenset(
    "#REF! #N/A #VALUE! #NAME? #DIV/0! #NULL! #NUM! #SPILL! #CALC! #ERROR!".split()  # noqa: SIM905
)
MOST_CELLS = 40_000_000  # of a sheet, empty ones too; 17 columns to Excel's last row are 18 million
_NONE: Faults = {}

_LINE_END = re.compile(r"\r\n?|[\f\v\x85\u2028\u2029]")
# Control characters, soft hyphens, zero-width spaces: nobody sees them, no term holds them.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
_WHOLE = 10**21  # larger numbers are not written out
_WIDEST_MERGE = 256  # columns; what is merged farther, to the edge of the sheet, is decoration
_MOST_MERGED = 2_000_000  # cells of all merged ranges


class Row(NamedTuple):
    """A row: its number as the program shows it, and its cells as text, "" for an empty one.

    `faults` says of a column, from 0, why its cell is no text; mostly it is empty.
    """

    number: int
    cells: tuple[str, ...]
    faults: Faults = _NONE


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet that hold something, all equally wide; a text table has no name."""

    name: str
    rows: Sequence[Row]


def cleaned(text: str) -> str:
    """A text without white space at its ends, its line breaks LF, without what nobody sees."""
    text = text.strip()
    if text.isprintable():
        return text
    return _LINE_END.sub("\n", _INVISIBLE.sub("", text)).strip()


def row(number: int, values: Sequence[object], known: Faults = _NONE) -> Row | None:
    """The row of values as a reader gives them (texts, numbers, dates …); None for a blank one."""
    faults = known
    try:
        cells = tuple(map(str.strip, values))  # type: ignore[arg-type]  # the TypeError is awaited
    except TypeError:
        cells = tuple(map(_text, values))
        if dates := {at: DATE for at, value in enumerate(values) if isinstance(value, _DATES)}:
            faults = {**dates, **known}
    if not "".join(cells).isprintable():
        cells = tuple(map(cleaned, cells))
    return Row(number, cells, faults) if faults or any(cells) else None


_DATES = (date, time, timedelta)  # a datetime is a date


def _text(value: object) -> str:
    match value:
        case str():
            return value.strip()
        case bool():
            return str(value).upper()
        case int() | float():
            return number(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"PT{minutes // 60:02}H{minutes % 60:02}M{seconds:02}S"
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def number(value: float) -> str:
    """A number as it was typed: 3.0 is 3, and what a sum leaves behind the 15th digit goes."""
    if abs(value) < _WHOLE and value == int(value):
        return str(int(value))
    return f"{value:.15g}"


def merged(rows: list[Row], ranges: Iterable[Range], name: str) -> None:
    """Give each cell of the merged ranges the value that the first one has, in those rows.

    A row that holds nothing of its own stays blank. DocumentError for absurdly many cells.
    """
    numbers = [row.number for row in rows]
    width = len(rows[0].cells) if rows else 0
    changed: dict[int, tuple[list[str], dict[int, str]]] = {}
    done = 0
    for (top, left), (bottom, right) in ranges:
        at = bisect_left(numbers, top + 1)
        if at == len(rows) or numbers[at] != top + 1 or left >= width:
            continue  # its value is empty
        text, fault = rows[at].cells[left], rows[at].faults.get(left)
        if not text and not fault:
            continue
        right = min(right, max(width - 1, left + _WIDEST_MERGE))
        end = bisect_left(numbers, bottom + 2)
        done += (end - at) * (right + 1 - left)
        if done > _MOST_MERGED:
            raise DocumentError(f"{name}: too many cells are merged; unmerge them")
        for index in range(at, end):
            if index not in changed:
                changed[index] = [*rows[index].cells], {**rows[index].faults}
            cells, faults = changed[index]
            cells += [""] * (right + 1 - len(cells))
            for column in range(left, right + 1):
                cells[column] = text
                faults.pop(column, None)
                if fault:
                    faults[column] = fault
    for index, (cells, faults) in changed.items():
        rows[index] = Row(rows[index].number, tuple(cells), faults or _NONE)


def even(rows: list[Row]) -> list[Row]:
    """The rows, all as wide as the widest."""
    width = max((len(row.cells) for row in rows), default=0)
    return [
        row if len(row.cells) == width else row._replace(cells=_padded(row.cells, width))
        for row in rows
    ]


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))
