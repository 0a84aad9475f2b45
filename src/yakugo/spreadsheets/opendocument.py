"""OpenDocument spreadsheets (.ods), of LibreOffice, Google Sheets and Excel.

Read by ourselves: calamine has no merged cells of them, no errors and no booleans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from lxml import etree

from yakugo.errors import DocumentError
from yakugo.spreadsheets import parts
from yakugo.spreadsheets.refusals import PROTECTED, told_by_name
from yakugo.spreadsheets.rows import (
    DATE,
    ERROR,
    ERRORS,
    MOST_CELLS,
    NO_VALUE,
    Range,
    Row,
    Sheet,
    cleaned,
    even,
    merged,
    number,
)

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT = (_NAMES % name for name in ("table", "office", "text"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_LAST_ROW = 1_048_576  # of any program
_TOO_MANY = "{} has too many cells; copy the table into a new workbook"
_SPACES = re.compile(r" *[\t\r\n]\s*")  # one space; LibreOffice writes some plain ones as they are
_ERROR = re.compile(r"Err:\d+")
_CLOCK = re.compile(r"PT([01]\d|2[0-3])H(\d\d)M(\d\d)S")  # a time of the day, as a duration
_TRUTH = {"of:=TRUE()": "TRUE", "of:=FALSE()": "FALSE"}  # LibreOffice has no other booleans
_IN_TEXT = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SKIPPED = frozenset({f"{_TEXT}ruby-text", f"{_OFFICE}annotation", f"{_TEXT}note"})


def is_spreadsheet(archive: ZipFile) -> bool:
    """Whether an archive says that it is an OpenDocument spreadsheet, or the template of one."""
    names = archive.namelist()
    return "mimetype" in names and archive.read("mimetype").decode("latin-1").startswith(_KIND)


def read(path: Path, archive: ZipFile) -> list[Sheet]:
    """The sheets of a spreadsheet, hidden ones too.

    DocumentError for one that is damaged, protected, or too large to unpack.
    """
    with told_by_name(path):
        manifest = "META-INF/manifest.xml"
        if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
            raise DocumentError(PROTECTED.format(path))
        parts.check_sizes(archive, str(path))
        with archive.open("content.xml") as file:
            return list(_sheets(file, str(path)))


class _Table:
    """A sheet while its rows come."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[Row] = []
        self.ranges: list[Range] = []
        self.number = 1  # of the next row
        self.cells = 0


def _sheets(file: IO[bytes], name: str) -> Iterator[Sheet]:
    table = None
    wanted = (f"{_TABLE}table", f"{_TABLE}table-row")
    events = etree.iterparse(
        file, ("start", "end"), tag=wanted, resolve_entities=False, no_network=True
    )
    for event, element in events:
        if element.tag == wanted[0]:
            of_document = element.getparent().tag == f"{_OFFICE}spreadsheet"
            if event == "start" and of_document:
                if element.getroottree().docinfo.internalDTD is not None:
                    raise DocumentError(f"{name} holds a DTD; save it again in its program")
                table = _Table(element.get(f"{_TABLE}name", ""))
            elif event == "end" and of_document and table is not None:
                merged(table.rows, table.ranges, f"{name} ({table.name})")
                yield Sheet(table.name, even(table.rows))
                table = None
        elif event == "end":
            if table is not None:
                _add(element, table, f"{name} ({table.name})")
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _add(element: etree._Element, table: _Table, name: str) -> None:
    """Add a row, as often as it is repeated."""
    first = table.number
    times = _count(element, "number-rows-repeated")
    table.number += times
    cells: list[str] = []
    faults: dict[int, str] = {}
    column = 0
    for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = _count(cell, "number-columns-repeated")
        text, fault = ("", "") if cell.tag.endswith("covered-table-cell") else _value(cell)
        if text or fault:
            if table.cells + column + repeated > MOST_CELLS:
                raise DocumentError(_TOO_MANY.format(name))
            cells += [""] * (column - len(cells)) + [text] * repeated
            if fault:
                faults |= dict.fromkeys(range(column, column + repeated), fault)
            wide, high = (_count(cell, f"number-{of}-spanned") for of in ("columns", "rows"))
            if wide > 1 or high > 1:
                table.ranges.append(((first - 1, column), (first + high - 2, column + wide - 1)))
        column += repeated
    table.cells += len(cells)
    if cells:
        if table.number > _LAST_ROW + 1:
            raise DocumentError(_TOO_MANY.format(name))
        held, wrong = tuple(cells), faults
        table.rows += [Row(at, held, wrong) for at in range(first, first + times)]


def _count(element: etree._Element, name: str) -> int:
    return max(1, int(element.get(_TABLE + name, "1")))


def _value(cell: etree._Element) -> tuple[str, str]:
    """The text of a cell, and what is wrong with it."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{_TABLE}formula", "")
    shown = cleaned("\n".join(map(_paragraph, cell.iterchildren(f"{_TEXT}p"))))
    if cell.get(f"{_CALC}value-type") == "error" or (
        formula and (shown in ERRORS or _ERROR.fullmatch(shown))
    ):
        return "", ERROR.format(shown or "#ERROR!")
    if kind in ("date", "time"):
        value = cell.get(f"{_OFFICE}{kind}-value", shown)
        return _CLOCK.sub(r"\1:\2:\3", value), DATE
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", shown).upper(), ""
    if kind in ("float", "percentage", "currency"):
        value = cell.get(f"{_OFFICE}value")
        return _TRUTH.get(formula) or (number(float(value)) if value else shown), ""
    if not kind and not shown and formula:
        return "", NO_VALUE
    return cleaned(cell.get(f"{_OFFICE}string-value", "")) or shown, ""


def _paragraph(element: etree._Element) -> str:
    pieces = [_SPACES.sub(" ", element.text or "")]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * _spaces(child))
        elif child.tag in _IN_TEXT:
            pieces.append(_IN_TEXT[child.tag])
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            pieces.append(_paragraph(child))
        pieces.append(_SPACES.sub(" ", child.tail or ""))
    return "".join(pieces)


def _spaces(element: etree._Element) -> int:
    return min(int(element.get(f"{_TEXT}c", "1")), 1000)
