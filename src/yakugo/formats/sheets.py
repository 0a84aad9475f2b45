"""The sheets of the Excel workbooks: tables that look alike, print alike and run nothing.

Every text is a text cell and stays one: nothing is a formula, a link or an error value, and a
text that begins like a formula also gets Excel's own mark for text (quotePrefix), so that
editing the cell does not make it one. A text longer than Excel allows ends in "…". The numbers
are plain values: they are there in every viewer.

The same sheets give the same bytes: all dates are the `as_of`, those in the zip are fixed.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from yakugo.formats.archive import archive
from yakugo.formats.atomic import replacing
from yakugo.formats.rows import Column, Kind, Row, Value, one_line

LAST_ROW = 1_048_576  # that a sheet can have

# Column widths in Excel's unit, a digit of its default font; Yu Gothic is a little wider.
_WIDEST = {Kind.TERM: 30, Kind.LABEL: 24, Kind.PROSE: 52, Kind.COUNT: 14, Kind.SCORE: 14}
_UNITS_PER_CHARACTER = 1.1
_PADDING = 1.5
_FILTER_BUTTON = 3

# LibreOffice does not fit the rows of a workbook to wrapped text, so they get a height.
_LINE_HEIGHT = 18.75  # points, of Yu Gothic 11
_HEADING_LINES = 1.4
_HIGHEST_ROW = 409.5  # Excel's limit

_MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units (Excel's specifications and limits)
_FORMULA_LIKE = re.compile(r"[=+\-@＝＋－＠'\t\r\n]")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # ST_Xstring: _x000D_ is a character
_ESCAPED_UNDERSCORE = "_x005F_"
_NUMBER_FORMATS = {Kind.COUNT: "#,##0", Kind.SCORE: "0.00"}
_PAPER_A4 = "9"
_MARGINS = (0.4, 0.4, 0.5, 0.6, 0.3, 0.3)  # inches: left, right, top, bottom, header, footer


def font(size: int = 11, bold: bool = False, color: str | None = None) -> Font:
    """The font of all sheets.

    Windows, Office for Mac and macOS have Yu Gothic; elsewhere the character set and the family
    (128: Shift_JIS, 2: sans serif) lead to another Japanese font, and not to a Chinese one.
    """
    return Font(name="Yu Gothic", size=size, family=2, charset=128, bold=bold, color=color)


def fill(color: str) -> PatternFill:
    """A plain background, in a cell as well as in a conditional format."""
    return PatternFill("solid", fgColor=color, bgColor=color)


@dataclass(frozen=True, slots=True)
class Tint:
    """Colours of cells: the background, of the text if not black, and whether it is struck out."""

    background: str
    text: str | None = None
    struck: bool = False


TEXT = Alignment(vertical="top", wrap_text=True)
_NUMBER = Alignment(vertical="top", horizontal="center")
_HEADING = Alignment(vertical="center", wrap_text=True)
_HEADING_BORDER = Border(bottom=Side("medium", color="7F9DB9"))
_ROW_BORDER = Border(bottom=Side("hair", color="BFBFBF"))


@dataclass(frozen=True, slots=True)
class Look:
    """How the cells of a column look, and whether they stay `locked` on a protected sheet.

    `narrowest` and `widest` are the limits of its width, in half-width characters.
    """

    font: Font
    alignment: Alignment
    number_format: str
    heading: PatternFill
    widest: int
    narrowest: int = 0
    locked: bool = True


def look_of(column: Column) -> Look:
    """The usual look of a column, by its kind: numbers in the middle, texts wrapped."""
    return Look(
        font(),
        _NUMBER if column.kind in _NUMBER_FORMATS else TEXT,
        _NUMBER_FORMATS.get(column.kind, "General"),
        fill("DCE6F1"),
        _WIDEST[column.kind],
    )


@contextmanager
def writing(path: Path, title: str, as_of: str) -> Iterator[Workbook]:
    """Give a new workbook to fill; when the block ends well, it is written to `path`."""
    with replacing(path) as temporary:
        workbook = Workbook(write_only=True)
        about = workbook.properties
        about.title, about.creator = one_line(title), "yakugo"
        about.created = about.modified = _utc(as_of)
        try:
            yield workbook
            packed = _packed(workbook)
        except SerialisationError as error:  # lxml's word for what is an OSError elsewhere
            _close_streams(workbook)
            where = f"no room for its temporary files in {gettempdir()}"
            raise OSError(errno.ENOSPC, where) from error
        temporary.write_bytes(packed)


def _close_streams(workbook: Workbook) -> None:
    """Close, as far as they are open, the streams that openpyxl would end noisily later."""
    for sheet in workbook.worksheets:
        with suppress(LxmlError, AttributeError):
            sheet._rows.close()  # type: ignore[attr-defined]  # nothing public does it
        with suppress(LxmlError, AttributeError):
            sheet._writer.xf.close()  # type: ignore[attr-defined]


def add_table(
    workbook: Workbook,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    frozen: str = "B2",
    look: Callable[[Column], Look] = look_of,
) -> Worksheet:
    """Add a sheet with a row of headings, a filter, and the rows.

    Rows may be typed in below those that are there: drop-downs and styles go on. The heading and
    the columns before the cell `frozen` stay in view. The print area is the columns that are
    `printed`, as wide as one page.
    """
    sheet: Worksheet = workbook.create_sheet(title)
    last_column, last_row = get_column_letter(len(columns)), len(rows) + 1
    sheet.freeze_panes = frozen
    sheet.auto_filter.ref = f"A1:{last_column}{last_row}"
    set_up_printing(sheet, sum(column.printed for column in columns), last_row)
    sheet.print_title_rows = "1:1"
    looks = [look(column) for column in columns]
    rooms = [
        _room(column.heading, [row[index] for row in rows], looks[index])
        for index, column in enumerate(columns)
    ]
    for index, (column, one, room) in enumerate(zip(columns, looks, rooms, strict=True), start=1):
        letter = get_column_letter(index)
        set_width(sheet, letter, room)
        dimension = sheet.column_dimensions[letter]
        dimension.font, dimension.alignment = one.font, one.alignment
        dimension.number_format = one.number_format
        dimension.protection = Protection(locked=one.locked)
        if column.choices:
            sheet.data_validations.append(_drop_down(column, letter))
    set_height(sheet, 1, _HEADING_LINES)
    sheet.append([_heading(sheet, *pair) for pair in zip(columns, looks, strict=True)])
    plain = [_body_cell(sheet, one) for one in looks]
    marked = [_body_cell(sheet, one, quote_prefix=True) for one in looks]
    for index, row in enumerate(rows, start=2):
        set_height(sheet, index, _lines_of(row, rooms))
        sheet.append(_filled(row, plain, marked))  # type: ignore[arg-type]  # stubs: not of cells
    return sheet


def set_up_printing(sheet: Worksheet, printed_columns: int, last_row: int) -> None:
    """Print the first columns on A4, as wide as one page, on as many pages as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _PAPER_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(*_MARGINS)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.print_area = f"A1:{get_column_letter(printed_columns)}{last_row}"
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = "&A", "&P / &N"  # the sheet; page and pages
    sheet.HeaderFooter.oddFooter = footer


def set_width(sheet: Worksheet, letter: str, room: int) -> None:
    """Make a column wide enough for so many half-width characters."""
    sheet.column_dimensions[letter].width = room * _UNITS_PER_CHARACTER + _PADDING


def set_height(sheet: Worksheet, index: int, lines: float) -> None:
    """Make a row high enough for so many lines; to be said before the row is appended."""
    height = min(lines * _LINE_HEIGHT, _HIGHEST_ROW)
    sheet.row_dimensions[index] = _FittedRow(sheet, index, ht=height)


class _FittedRow(RowDimension):
    """A row with a height that a program may fit anew when its text changes."""

    @property
    def customHeight(self) -> bool:
        """False: openpyxl takes every height for one that a person set."""
        return False


def tint_where(sheet: Worksheet, area: str, formula: str, tint: Tint) -> None:
    """Colour the cells of an area where a formula is true, unless one before it was.

    The formula is that of the first cell of the area. Areas should be the same or apart: where
    they overlap, programs differ in which rule is the first.
    """
    text = Font(color=tint.text, strike=tint.struck or None) if tint.text else None
    style = DifferentialStyle(font=text, fill=fill(tint.background))
    rule = Rule(type="expression", dxf=style, formula=[formula], stopIfTrue=True)
    sheet.conditional_formatting.add(area, rule)


def clipped(text: str) -> str:
    """The text, with "…" at its end if it is longer than a cell can hold."""
    if 2 * len(text) <= _MOST_CHARACTERS:
        return text
    utf16 = text.encode("utf-16-le")
    if len(utf16) <= 2 * _MOST_CHARACTERS:
        return text
    return utf16[: 2 * (_MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def put(cell: Cell, text: str) -> Cell:
    """Give a cell a text, whatever it looks like; "" empties it."""
    if not text:
        cell.value = None
        return cell
    cell.value = _LIKE_AN_ESCAPE.sub(_ESCAPED_UNDERSCORE, clipped(text))
    cell.data_type = "s"  # whatever openpyxl took it for: a formula, an error
    return cell


def lines_of(text: str, room: int) -> int:
    """Lines that a text takes; what broken words leave empty, narrow Latin letters make good."""
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, ceil(_text_width(line) / room)) for line in text.split("\n"))


def _drop_down(column: Column, letter: str) -> DataValidation:
    choices = ", ".join(column.choices)
    return DataValidation(
        type="list",
        sqref=f"{letter}2:{letter}{LAST_ROW}",
        formula1=f'"{",".join(column.choices)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=column.heading,
        error=f"次から選ぶか空欄にしてください。Choose one of these, or leave it empty: {choices}",
    )


def _heading(sheet: Worksheet, column: Column, look: Look) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, column.heading)
    cell.font, cell.fill, cell.border = font(bold=True), look.heading, _HEADING_BORDER
    cell.alignment = _HEADING
    return cell


def _body_cell(sheet: Worksheet, look: Look, quote_prefix: bool = False) -> Cell:
    cell: Cell = WriteOnlyCell(sheet)
    cell.font, cell.border, cell.alignment = look.font, _ROW_BORDER, look.alignment
    cell.number_format = look.number_format
    cell.protection = Protection(locked=look.locked)
    cell.quotePrefix = quote_prefix
    return cell


def _filled(row: Row, plain: Sequence[Cell], marked: Sequence[Cell]) -> Generator[Cell]:
    """The cells of a row; the sheet writes each one before it asks for the next.

    So one cell a column serves all rows: to style each anew takes twice the time.
    """
    for value, plain_cell, marked_cell in zip(row, plain, marked, strict=True):
        if isinstance(value, str):
            yield put(marked_cell if _FORMULA_LIKE.match(value) else plain_cell, value)
        else:
            plain_cell.value = value
            yield plain_cell


def _room(heading: str, values: Sequence[Value], look: Look) -> int:
    """Half-width characters to a line: the heading's, the widest line's, or the look's limit."""
    widest = look.widest
    needed = max(_text_width(heading) + _FILTER_BUTTON, look.narrowest)
    for value in values:
        if needed >= widest:
            break
        if value != "":
            needed = max(needed, *(_text_width(line[:widest]) for line in str(value).split("\n")))
    return min(needed, widest)


def _lines_of(row: Row, rooms: Sequence[int]) -> int:
    """Lines of the longest text of a row."""
    return max(lines_of(str(value), room) for value, room in zip(row, rooms, strict=True))


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
