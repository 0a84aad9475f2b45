"""The Excel workbook that a translator keeps open: sheets Glossary, Candidates and Statistics.

Every text is a text cell and stays one: nothing is a formula, a link or an error value, and a
text that begins like a formula also gets Excel's own mark for text (quotePrefix), so that
editing the cell does not make it one. A text longer than Excel allows ends in "…". Beyond that
texts are as in `rows`. The numbers are plain values: they are there in every viewer.

The same snapshot gives the same bytes: all dates are its `as_of`, those in the zip are fixed.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Generator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from tempfile import gettempdir
from zipfile import ZipFile

from lxml.etree import LxmlError, SerialisationError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from yakugo.formats import Format
from yakugo.formats.archive import archive
from yakugo.formats.atomic import replacing
from yakugo.formats.rows import (
    CANDIDATES,
    GLOSSARY,
    STATISTICS,
    Column,
    Kind,
    Row,
    Value,
    candidate_rows,
    glossary_rows,
    one_line,
    statistics_rows,
)
from yakugo.model import Snapshot

# Windows, Office for Mac and macOS have Yu Gothic; elsewhere the character set and the family
# (128: Shift_JIS, 2: sans serif) lead to another Japanese font, and not to a Chinese one.
_FONT = Font(name="Yu Gothic", size=11, family=2, charset=128)
_HEADING_FONT = Font(name="Yu Gothic", size=11, family=2, charset=128, bold=True)
_HEADING_FILL = PatternFill("solid", fgColor="DCE6F1")
_HEADING_BORDER = Border(bottom=Side("medium", color="7F9DB9"))
_ROW_BORDER = Border(bottom=Side("hair", color="BFBFBF"))
_NUMBER = Alignment(vertical="top", horizontal="center")
_TEXT = Alignment(vertical="top", wrap_text=True)
_HEADING = Alignment(vertical="center", wrap_text=True)
_NUMBER_FORMATS = {Kind.COUNT: "#,##0", Kind.SCORE: "0.00"}

# Column widths in Excel's unit, a digit of its default font; Yu Gothic is a little wider.
_WIDEST = {Kind.TERM: 30, Kind.LABEL: 24, Kind.PROSE: 52, Kind.COUNT: 14, Kind.SCORE: 14}
_UNITS_PER_CHARACTER = 1.1
_PADDING = 1.5
_FILTER_BUTTON = 3

# LibreOffice does not fit the rows of a workbook to wrapped text, so they get a height.
_LINE_HEIGHT = 18.75  # points, of Yu Gothic 11
_HIGHEST_ROW = 409.5  # Excel's limit

_MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units (Excel's specifications and limits)
_LAST_ROW = 1_048_576
_FORMULA_LIKE = re.compile(r"[=+\-@＝＋－＠'\t\r\n]")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # ST_Xstring: _x000D_ is a character
_ESCAPED_UNDERSCORE = "_x005F_"
_PAPER_A4 = "9"
_MARGINS = (0.4, 0.4, 0.5, 0.6, 0.3, 0.3)  # inches: left, right, top, bottom, header, footer


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the workbook of a snapshot.

    Rows may be typed in below those that are there: drop-downs and fonts go on. The print area
    is the columns that are `printed`, as wide as one page.
    """
    with replacing(path) as temporary:
        workbook = Workbook(write_only=True)
        try:
            _fill(workbook, snapshot)
            packed = _packed(workbook)
        except SerialisationError as error:  # lxml's word for what is an OSError elsewhere
            _close_streams(workbook)
            where = f"no room for its temporary files in {gettempdir()}"
            raise OSError(errno.ENOSPC, where) from error
        temporary.write_bytes(packed)


def _fill(workbook: Workbook, snapshot: Snapshot) -> None:
    about = workbook.properties
    about.title, about.creator = one_line(snapshot.title), "yakugo"
    about.created = about.modified = _utc(snapshot.as_of)
    _add_sheet(workbook, "Glossary", GLOSSARY, glossary_rows(snapshot))
    _add_sheet(workbook, "Candidates", CANDIDATES, candidate_rows(snapshot.candidates))
    _add_sheet(workbook, "Statistics", STATISTICS, statistics_rows(snapshot))


def _close_streams(workbook: Workbook) -> None:
    """Close, as far as they are open, the streams that openpyxl would end noisily later."""
    for sheet in workbook.worksheets:
        with suppress(LxmlError, AttributeError):
            sheet._rows.close()  # type: ignore[attr-defined]  # nothing public does it
        with suppress(LxmlError, AttributeError):
            sheet._writer.xf.close()  # type: ignore[attr-defined]


def _add_sheet(
    workbook: Workbook, title: str, columns: Sequence[Column], rows: Sequence[Row]
) -> None:
    sheet: Worksheet = workbook.create_sheet(title)
    last_column = get_column_letter(len(columns))
    last_row = len(rows) + 1
    sheet.freeze_panes = "B2"  # the term stays in view as well as the header
    sheet.auto_filter.ref = f"A1:{last_column}{last_row}"
    _set_up_printing(sheet, sum(column.printed for column in columns), last_row)
    rooms = [_room(column, [row[index] for row in rows]) for index, column in enumerate(columns)]
    for index, (column, room) in enumerate(zip(columns, rooms, strict=True), start=1):
        letter = get_column_letter(index)
        dimension = sheet.column_dimensions[letter]
        dimension.width = room * _UNITS_PER_CHARACTER + _PADDING
        dimension.font, dimension.alignment = _FONT, _alignment(column)
        if column.choices:
            sheet.data_validations.append(_drop_down(column, letter))
    sheet.append([_heading(sheet, column) for column in columns])
    plain = [_body_cell(sheet, column) for column in columns]
    marked = [_body_cell(sheet, column, quote_prefix=True) for column in columns]
    for index, row in enumerate(rows, start=2):
        sheet.row_dimensions[index] = _FittedRow(sheet, index, ht=_height(row, rooms))
        sheet.append(_filled(row, plain, marked))  # type: ignore[arg-type]  # stubs: not of cells


def _set_up_printing(sheet: Worksheet, printed_columns: int, last_row: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _PAPER_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(*_MARGINS)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(printed_columns)}{last_row}"
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = "&A", "&P / &N"  # the sheet; page and pages
    sheet.HeaderFooter.oddFooter = footer


def _drop_down(column: Column, letter: str) -> DataValidation:
    return DataValidation(
        type="list",
        sqref=f"{letter}2:{letter}{_LAST_ROW}",
        formula1=f'"{",".join(column.choices)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=column.heading,
        error=f"Choose one of: {', '.join(column.choices)}.",
    )


def _heading(sheet: Worksheet, column: Column) -> Cell:
    cell = WriteOnlyCell(sheet, column.heading)
    cell.font, cell.fill, cell.border = _HEADING_FONT, _HEADING_FILL, _HEADING_BORDER
    cell.alignment = _HEADING
    return cell


def _body_cell(sheet: Worksheet, column: Column, quote_prefix: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet)
    cell.font, cell.border, cell.alignment = _FONT, _ROW_BORDER, _alignment(column)
    cell.number_format = _NUMBER_FORMATS.get(column.kind, "General")
    cell.quotePrefix = quote_prefix
    return cell


def _filled(row: Row, plain: Sequence[Cell], marked: Sequence[Cell]) -> Generator[Cell]:
    """The cells of a row; the sheet writes each one before it asks for the next.

    So one cell a column serves all rows: to style each anew takes twice the time.
    """
    for value, plain_cell, marked_cell in zip(row, plain, marked, strict=True):
        if not isinstance(value, str):
            plain_cell.value = value
            yield plain_cell
            continue
        cell = marked_cell if _FORMULA_LIKE.match(value) else plain_cell
        cell.value = _cell_text(value) or None
        if value:
            cell.data_type = "s"  # whatever openpyxl took it for: a formula, an error
        yield cell


def _cell_text(text: str) -> str:
    """A text as a cell can hold it: not too long, and no underscore that starts an escape."""
    utf16 = text.encode("utf-16-le")
    if len(utf16) > 2 * _MOST_CHARACTERS:
        text = utf16[: 2 * (_MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
    return _LIKE_AN_ESCAPE.sub(_ESCAPED_UNDERSCORE, text)


def _alignment(column: Column) -> Alignment:
    return _NUMBER if column.kind in _NUMBER_FORMATS else _TEXT


class _FittedRow(RowDimension):
    """A row with a height that a program may fit anew when its text changes."""

    @property
    def customHeight(self) -> bool:
        """False: openpyxl takes every height for one that a person set."""
        return False


def _room(column: Column, values: Sequence[Value]) -> int:
    """Half-width characters to a line: the heading's, the widest line's, or the kind's limit."""
    widest = _WIDEST[column.kind]
    needed = _text_width(column.heading) + _FILTER_BUTTON
    for value in values:
        if needed >= widest:
            break
        needed = max(needed, *(_text_width(line[:widest]) for line in str(value).split("\n")))
    return min(needed, widest)


def _height(row: Row, rooms: Sequence[int]) -> float:
    """Height in points of a row, for the longest text in it."""
    lines = max(_lines(str(value), room) for value, room in zip(row, rooms, strict=True))
    return min(lines * _LINE_HEIGHT, _HIGHEST_ROW)


def _lines(text: str, room: int) -> int:
    """Lines that a text takes; what broken words leave empty, narrow Latin letters make good."""
    return sum(max(1, ceil(_text_width(line) / room)) for line in text.split("\n"))


def _text_width(text: str) -> int:
    """Width in half-width characters; those that Japanese fonts draw wide count two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _utc(timestamp: str) -> datetime:
    """An ISO 8601 time as the UTC time without a zone that openpyxl wants."""
    return datetime.fromisoformat(timestamp).astimezone(UTC).replace(tzinfo=None)


def _packed(workbook: Workbook) -> bytes:
    """The bytes of the file, with fixed dates in the zip: `Workbook.save` writes today's."""
    dated = BytesIO()
    ExcelWriter(workbook, ZipFile(dated, "w")).save()
    with ZipFile(dated) as source:
        return archive((name, source.read(name)) for name in source.namelist())


FORMAT = Format(".xlsx", write)
