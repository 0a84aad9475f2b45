"""Sheets as they were read → their entries, in the fields that their columns were found to be.

Left out, each with its reason, is what is no entry: the names of the columns where they were pasted
again, headings of groups, sums.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from yakugo.bitext.sides import holds_japanese
from yakugo.errors import FormatError
from yakugo.exchange.cells import folded, usage_of
from yakugo.exchange.columns import Columns, corrected, guess
from yakugo.exchange.fields import Entry, Field, Values
from yakugo.exchange.instructions import INSTRUCTIONS
from yakugo.formats.rows import SEPARATOR
from yakugo.model import Usage
from yakugo.spreadsheets import Row, Sheet

_TERMS = (
    Field.JAPANESE,
    Field.OTHER_JAPANESE,
    Field.ENGLISH,
    Field.OTHER_ENGLISH,
    Field.AVOID,
)
_OF_REVIEW = (Field.ID, Field.REVISION, Field.STATE)  # elsewhere these are another's, or say less
_SUM = frozenset(map(folded, ("合計", "計", "総計", "小計", "件数", "total", "sum", "subtotal")))
# ■ 核抑止, 【核抑止】, 第1章 核抑止, 1. 核抑止, あ行, か, A
_HEADING = re.compile(
    r"[■□◆◇●▼▽▲★☆※#【＜〈《≪]|第[\d一二三四五六七八九十]+|\d+[.．、]|(?:[ぁ-んァ-ヴ]行?|[A-Z])$"
)
_LETTER = re.compile(r"[^\W\d_]")
_NOT_A_TERM = "nonterm"  # memoQ, in the Term_Info beside a term: it is forbidden


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no entry: where it stands, why it was left out, and what stands in it."""

    place: str
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that holds a glossary: its columns, its entries, the rows that are none."""

    sheet: Sheet
    columns: Columns
    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def is_review(self) -> bool:
        """Whether it is one of our own workbooks for review."""
        return {Field.DECISION, Field.ID, Field.REVISION} <= set(self.columns.fields)


@dataclass(frozen=True, slots=True)
class Tables:
    """What a file holds: its tables, and the names of its sheets that are no glossary."""

    tables: tuple[Table, ...]
    without: tuple[str, ...]


def entries(sheets: Sequence[Sheet], path: Path, given: str = "") -> Tables:
    """The entries of all sheets that have Japanese, and English or our ids, beside each other.

    In a workbook for review only its own sheet counts: what else is there is not for reading in.
    `given` corrects the columns (see `columns.corrected`); a sheet that it names Japanese in needs
    no more. FormatError when there is no such sheet, or when `given` fits none.
    """
    tables: list[Table] = []
    without: list[str] = []
    refused = ""
    for sheet in sheets:
        if sheet.name == INSTRUCTIONS:  # ours, in both languages beside each other
            continue
        columns = guess(sheet.rows)
        try:
            columns = corrected(columns, sheet.rows, given) if given else columns
        except FormatError as error:
            refused = refused or str(error)
        else:
            if columns.usable or columns.why.get(Field.JAPANESE) == "--map":
                tables.append(_table(sheet, columns))
                continue
        if sheet.rows:
            without.append(sheet.name)
    if not tables:
        names = ", ".join(filter(None, (sheet.name for sheet in sheets)))
        raise FormatError(
            f"{path}: {refused}"
            if refused
            else f"{path}: no Japanese and English column{f' (sheets: {names})' if names else ''}; "
            "name them so in a row above, or say which they are: --map japanese=1,english=2"
        )
    if any(table.is_review for table in tables):
        without += [table.sheet.name for table in tables if not table.is_review]
        tables = [table for table in tables if table.is_review]
    return Tables(tuple(tables), tuple(without))


def _table(sheet: Sheet, columns: Columns) -> Table:
    rows = [r for r in sheet.rows if columns.header_row is None or r.number > columns.header_row]
    kept: list[Entry] = []
    left_out: list[LeftOut] = []
    table = Table(sheet, columns, (), ())
    usual = median(len(set(filter(None, row.cells))) for row in rows) if rows else 0
    for row in rows:
        place = f"row {row.number} of {sheet.name}" if sheet.name else f"line {row.number}"
        if why := _no_entry(row, columns, 0 if table.is_review else usual):
            text = SEPARATOR.join(dict.fromkeys(filter(None, row.cells)))
            left_out.append(LeftOut(place, why, text))
        else:
            kept.append(_entry(row, columns, place, is_review=table.is_review))
    return Table(sheet, columns, tuple(kept), tuple(left_out))


def _no_entry(row: Row, columns: Columns, usual: float) -> str:
    """Why a row is no entry; "" if it is one. `usual` is how many texts a row of the table has."""
    filled = [column for column, cell in enumerate(row.cells) if cell]
    read = {column for of_field in columns.fields.values() for column in of_field}
    if not read & (set(filled) | set(row.faults)):
        return "nothing in the columns that are read"
    if not filled:
        return ""  # a fault only
    if len(filled) > 1 and all(_is_name(row.cells[c], columns, c) for c in filled):
        return "the names of the columns again"
    if folded(row.cells[filled[0]]) in _SUM and not any(
        map(_LETTER.search, row.cells[filled[0] + 1 :])
    ):
        return "a sum"
    if not row.faults and _is_heading(row, filled, columns, usual):
        return "a heading"
    return ""


def _is_name(cell: str, columns: Columns, column: int) -> bool:
    header = columns.headers[column] if column < len(columns.headers) else ""
    return cell == header or folded(cell) == folded(header)


def _is_heading(row: Row, filled: Sequence[int], columns: Columns, usual: float) -> bool:
    """Whether a row has one text, in one cell or merged over several, that is no term.

    It is none where no term stands, where it is marked as a heading, and alone in a row where the
    usual one has three texts and more. NATO in both languages is one, merged or not.
    """
    texts = {row.cells[column] for column in filled}
    if len(texts) != 1:
        return False
    (text,) = texts
    japanese = columns.fields.get(Field.JAPANESE, ())
    if not set(japanese) & set(filled) or _HEADING.match(text):
        return True
    if len(filled) > 1:
        return holds_japanese(text) or text != text.upper()
    return usual > 2


def _entry(row: Row, columns: Columns, place: str, *, is_review: bool) -> Entry:
    parts: dict[Field, list[str]] = {one: [] for one in columns.fields}
    faults: dict[Field, str] = {}
    for one, of_field in columns.fields.items():
        for column in of_field:
            text = row.cells[column] if column < len(row.cells) else ""
            is_avoided = one in (Field.ENGLISH, Field.OTHER_ENGLISH) and _not_a_term(
                row, columns, column
            )
            if text:
                parts.setdefault(Field.AVOID if is_avoided else one, []).append(text)
            if column in row.faults:
                faults[one] = row.faults[column]
    values = {
        one: (SEPARATOR if one in _TERMS else "\n").join(texts) for one, texts in parts.items()
    }
    if not is_review:
        if Field.DECISION not in values:  # else it is ours, and says it of the Japanese term
            _avoid_forbidden(values)
        for one in _OF_REVIEW:
            values.pop(one, None)
    return Entry(place, values, faults)


def _not_a_term(row: Row, columns: Columns, column: int) -> bool:
    beside = column + 1
    return (
        beside < min(len(row.cells), len(columns.headers))
        and folded(columns.headers[beside]) == "terminfo"
        and _NOT_A_TERM in folded(row.cells[beside])
    )


def _avoid_forbidden(values: Values) -> None:
    """Make the English of a forbidden pair what is to be avoided.

    The status that others note is that of the translation; the Japanese term is what it is.
    """
    english = values.get(Field.ENGLISH, "")
    try:
        usage = usage_of(values.get(Field.STATUS, ""))
    except ValueError:  # it is said of the entry, with what can be said, where that is checked
        return
    if english and usage is Usage.DEPRECATED:
        avoided = SEPARATOR.join(filter(None, (english, values.get(Field.AVOID))))
        values |= {Field.ENGLISH: "", Field.AVOID: avoided, Field.STATUS: ""}
