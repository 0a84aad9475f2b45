"""The cells of an .xls file that hold an error, which calamine gives as empty ones.

[MS-CFB] tells how streams lie in the container, [MS-XLS] the records of the one with the workbook.
A formula has always a value there.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from struct import iter_unpack, unpack_from

from yakugo.spreadsheets.rows import ERROR, Faults

_NAMES = ("Workbook", "Book")  # of Excel 97 and later, of Excel 95
_LAST_SECTOR = 0xFFFFFFFA  # numbers above it end a chain
_HEADER_FAT = 109  # sectors of the FAT that the header lists
_BOF, _EOF, _SHEET, _FORMULA, _BOOL_OR_ERROR = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def faults(data: bytes) -> list[Mapping[int, Faults]]:
    """For each sheet in its order: the cells with an error, by row from 1.

    ValueError, struct.error or IndexError when the file is damaged.
    """
    book = _stream(data)
    sheets = [unpack_from("<I", book, at)[0] for kind, at, _ in _records(book, 0) if kind == _SHEET]
    return [_errors(book, begin) for begin in sheets]


def _errors(book: bytes, begin: int) -> Mapping[int, Faults]:
    found: dict[int, dict[int, str]] = {}
    for kind, at, _ in _records(book, begin):
        if kind == _FORMULA:
            row, column, _, what, code, _, mark = unpack_from("<HHHBxBxHH", book, at)
            wrong = what == 2 and mark == 0xFFFF
        elif kind == _BOOL_OR_ERROR:
            row, column, _, code, wrong = unpack_from("<HHHBB", book, at)
        else:
            continue
        if wrong:
            text = ERROR.format(_ERRORS.get(code, "#ERROR!"))
            found.setdefault(row + 1, {})[column] = text
    return found


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records of a part from its BOF to its EOF: kind, where its content is, how long it is.

    A chart inside a sheet has a BOF and an EOF of its own; what is in it is left out.
    """
    depth = 0
    while at + 4 <= len(book):
        kind, size = unpack_from("<HH", book, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, at + 4, size
        at += 4 + size


def _stream(data: bytes) -> bytes:
    """The stream of the workbook out of its container."""
    sector = 1 << unpack_from("<H", data, 30)[0]
    directory, small, small_fat, _, more_fat = unpack_from("<I4xIIII", data, 48)

    def at(number: int) -> bytes:
        return data[(number + 1) * sector : (number + 2) * sector]

    listed = array("I", data[76 : 76 + 4 * _HEADER_FAT])
    while more_fat < _LAST_SECTOR and len(listed) <= len(data) // sector:
        *numbers, more_fat = array("I", at(more_fat))
        listed.extend(numbers)
    fat = array("I", b"".join(at(number) for number in listed if number < _LAST_SECTOR))

    def chained(first: int) -> bytes:
        return b"".join(map(at, _chain(first, fat)))

    entries = {
        name[: max(0, length - 2)].decode("utf-16-le"): (first, size)
        for name, length, first, size in iter_unpack("<64sH50xIQ", chained(directory))
    }
    first, size = next(entries[name] for name in _NAMES if name in entries)
    if size >= small:
        return chained(first)[:size]
    shared = chained(entries["Root Entry"][0])
    places = _chain(first, array("I", chained(small_fat)))
    return b"".join(shared[64 * place : 64 * place + 64] for place in places)[:size]


def _chain(first: int, table: array[int]) -> Iterator[int]:
    for _ in range(len(table)):
        if first >= _LAST_SECTOR:
            return
        yield first
        first = table[first]
    if first < _LAST_SECTOR:
        raise ValueError("its sectors go round in a circle")
