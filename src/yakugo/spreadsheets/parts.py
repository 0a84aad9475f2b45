"""The parts of a workbook that is a ZIP archive: how much is in them, and which cells are at fault.

calamine takes memory for the whole rectangle that a sheet's cells span, and ends the program when
there is none; so what is too large is refused before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from yakugo.errors import DocumentError
from yakugo.spreadsheets.rows import ERROR, MOST_CELLS, NO_VALUE, Faults

_LARGEST = 2**30  # bytes of all parts with text, unpacked
_READ = (".xml", ".rels")
_CHUNK = 4 * 2**20
# A row or a cell with its place, unless there is nothing in it: <row r="7" …>, <c r="AB7" …>.
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["'](?:[^<>]*[^<>/])?>""")
_MARKS = (b"<f", b":f", b'"e"', b"'e'")  # of formulas and errors, and maybe of something else
_SUSPECTS = etree.XPath("*[@t='e' or *[local-name()='f']]")
_DIGITS = "0123456789"


def check_sizes(archive: ZipFile, name: str) -> None:
    """DocumentError for parts that unpack to gigabytes; BadZipFile for those that are damaged.

    All is unpacked once, so that what a part says of its size and what it holds agree.
    """
    parts = [part for part in archive.infolist() if part.filename.endswith(_READ)]
    if sum(part.file_size for part in parts) > _LARGEST:
        raise DocumentError(
            f"{name} is too large to unpack; delete what is not needed, or split it into several"
        )
    if len({part.filename for part in archive.infolist()}) < len(archive.infolist()):
        raise BadZipFile("two of its parts have the same name")
    for part in parts:
        with archive.open(part) as file:
            while file.read(_CHUNK):
                pass


def check_extent(file: IO[bytes], name: str) -> bool:
    """Whether a sheet may hold formulas or errors.

    DocumentError when its cells lie so far apart that there is no memory for what is between.
    """
    columns: set[bytes] = set()
    last_row = 0
    marked = False
    rest = b""
    while chunk := file.read(_CHUNK):
        chunk = rest + chunk
        end = chunk.rfind(b">") + 1
        chunk, rest = chunk[:end], chunk[end:]
        if places := _PLACE.findall(chunk):
            letters, numbers = zip(*places, strict=True)
            columns.update(letters)
            last_row = max(last_row, *map(int, set(numbers)))
        marked = marked or any(mark in chunk for mark in _MARKS)
    if last_row * max(map(_column, columns), default=0) > MOST_CELLS:
        raise DocumentError(
            f"{name} has cells far away from the others (row {last_row:,}); copy the table into "
            "a new workbook"
        )
    return marked


def _column(letters: bytes) -> int:
    """The number of a column from 1; 0 for a row's own place."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column


def faults(file: IO[bytes]) -> Mapping[int, Faults]:
    """The cells of a sheet that hold an error or a formula without a value, by row from 1."""
    found: dict[int, dict[int, str]] = {}
    number = 0
    for _, row in etree.iterparse(file, tag="{*}row", resolve_entities=False, no_network=True):
        number = int(row.get("r", number + 1))
        for cell in _SUSPECTS(row):
            if fault := _fault(cell):
                found.setdefault(number, {})[_place(cell) - 1] = fault
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]
    return found


def _place(cell: etree._Element) -> int:
    """The column of a cell from 1; one without a place stands behind the one before it."""
    behind = 0
    while cell is not None and not cell.get("r"):
        cell = cell.getprevious()
        behind += 1
    return behind if cell is None else behind + _column(cell.get("r").rstrip(_DIGITS).encode())


def _fault(cell: etree._Element) -> str:
    kind = cell.get("t")
    value = cell.findtext("{*}v")
    if kind == "e":
        return ERROR.format(value or "#ERROR!")
    # A text may be empty: ="" has a value.
    if kind != "str" and not value and cell.find("{*}f") is not None:
        return NO_VALUE
    return ""
