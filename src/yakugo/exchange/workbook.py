"""The workbook that is mailed to reviewers, filled in, and read back: a sheet and how to fill it.

One row is a term or a candidate, in the columns of `fields.COLUMNS`; the caller orders them. All
cells hold text and are formatted as text, so that what somebody types (9/11, 1-2) stays what
was typed. What is for reading only is locked, without a password, against slips of the hand.
Colours are conditional formats: they follow when rows are sorted and decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from yakugo.exchange.fields import COLUMNS, DECISIONS, TO_READ, Field, Values
from yakugo.exchange.instructions import INSTRUCTIONS, MISSING, SECTIONS, Line
from yakugo.formats.rows import Column, Kind, one_line, prose
from yakugo.formats.sheets import (
    LAST_ROW,
    TEXT,
    Look,
    Tint,
    add_table,
    clipped,
    fill,
    font,
    lines_of,
    look_of,
    put,
    set_height,
    set_up_printing,
    set_width,
    tint_where,
    writing,
)
from yakugo.model import Decision, State, Status

REVIEW = "Review 確認"

_TEXT_FORMAT = "@"
_FOR_READING = fill("E7E6E6")
_READ_FONT = font(color="595959")
# Half-width characters: enough to type in, and not so many that the table is hard to survey.
_NARROWEST = {Kind.TERM: 22, Kind.LABEL: 14, Kind.PROSE: 30}
_WIDEST = {Kind.TERM: 28, Kind.LABEL: 22, Kind.PROSE: 44}
_WIDEST_ON_SCREEN = {**_WIDEST, Kind.PROSE: 64}  # of what is not printed

# Green (towards blue), yellow, grey and blue are told apart with any colour vision; what is turned
# down is also grey in its letters. What was decided in the file is stronger than what was before.
_DECIDED: Mapping[Decision, Tint] = {
    Decision.ACCEPTED: Tint("BFE6D6"),
    Decision.REJECTED: Tint("DEDEDE", "7F7F7F", struck=True),
    Decision.DEFERRED: Tint("FFF0A8"),
}
_STATES: Mapping[str, Tint] = {
    State.PROPOSED: Tint("DDEBF7"),
    State.APPROVED: Tint("EAF6F1"),
    State.REJECTED: Tint("F0F0F0", "7F7F7F"),
    State.DEFERRED: Tint("FFFADF"),
}
_MISSING = Tint("FBD9C0")
_TINTS: Mapping[str, Tint] = {
    **{said: _DECIDED[decision] for said, decision in DECISIONS.items()},
    **_STATES,
    MISSING: _MISSING,
}


def write(rows: Sequence[Values], path: Path, title: str, as_of: str) -> None:
    """Write the workbook: the same rows, title and `as_of` (ISO 8601) give the same bytes."""
    table = [
        tuple(as_written(field, row[field]) if field in row else "" for field in COLUMNS)
        for row in rows
    ]
    with writing(path, title, as_of) as workbook:
        sheet = add_table(workbook, REVIEW, tuple(COLUMNS.values()), table, "C2", _look)
        _add_tints(sheet)
        _protect(sheet)
        _add_instructions(workbook, one_line(title))


def as_written(field: Field, value: str) -> str:
    """A value as the workbook holds it: cleaned as in `rows`, and not too long for a cell."""
    if not value:
        return ""
    cleaned = prose(value) if COLUMNS[field].kind is Kind.PROSE else one_line(value)
    return clipped(cleaned)


def _look(column: Column) -> Look:
    widest = (_WIDEST if column.printed else _WIDEST_ON_SCREEN)[column.kind]
    usual = replace(look_of(column), number_format=_TEXT_FORMAT, widest=widest)
    if Field(column.name) in TO_READ:
        return replace(usual, font=_READ_FONT, heading=_FOR_READING)
    return replace(usual, narrowest=_NARROWEST[column.kind], locked=False)


def _protect(sheet: Worksheet) -> None:
    """Lock what is locked, and nothing but that; openpyxl names what is forbidden."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    protection.insertRows = protection.deleteRows = False
    protection.sort = protection.autoFilter = False


def _add_tints(sheet: Worksheet) -> None:
    """Colour whole rows by decision, else by state, and before that English that is missing."""
    letters = [get_column_letter(number) for number in range(1, len(COLUMNS) + 1)]
    column = dict(zip(COLUMNS, letters, strict=True))
    at = letters.index(column[Field.ENGLISH])
    english = f"{letters[at]}2:{letters[at]}{LAST_ROW}"
    before = f"{letters[0]}2:{letters[at - 1]}{LAST_ROW}"
    after = f"{letters[at + 1]}2:{letters[-1]}{LAST_ROW}"
    decision, state = f"${column[Field.DECISION]}2", f"${column[Field.STATE]}2"
    rules = [(f'{decision}="{said}"', _DECIDED[DECISIONS[said]]) for said in DECISIONS]
    rules += [(f'{state}="{name}"', tint) for name, tint in _STATES.items()]
    for formula, tint in [(_missing(column), _MISSING), *rules]:
        tint_where(sheet, english, formula, tint)
    for formula, tint in rules:
        tint_where(sheet, f"{before} {after}", formula, tint)


def _missing(column: Mapping[Field, str]) -> str:
    """The formula for a row whose English is to be filled in.

    Not where the row or the term is turned down or put off, nor where accepting it takes what
    is offered.
    """
    accept = next(said for said, what in DECISIONS.items() if what is Decision.ACCEPTED)
    japanese, english = f"${column[Field.JAPANESE]}2", f"${column[Field.ENGLISH]}2"
    decision, offered = f"${column[Field.DECISION]}2", f"${column[Field.OFFERED]}2"
    state = f"${column[Field.STATE]}2"
    return (
        f'AND({japanese}<>"",{english}="",{state}<>"{Status.REJECTED}",'
        f'OR({decision}="",AND({decision}="{accept}",{offered}="")))'
    )


_TITLE = "review of terms 用語の確認"
_ROOMS = (34, 66, 66)  # half-width characters of topic, Japanese, English
_BAR = fill("3B5F85")
_LINE = Border(bottom=Side("hair", color="BFBFBF"))
_MIDDLE = Alignment(vertical="center")


def _add_instructions(workbook: Workbook, title: str) -> None:
    sheet: Worksheet = workbook.create_sheet(INSTRUCTIONS)
    sheet.sheet_view.showGridLines = False
    set_up_printing(sheet, len(_ROOMS), 1 + sum(len(lines) + 1 for _, lines in SECTIONS))
    for letter, room in zip("ABC", _ROOMS, strict=True):
        set_width(sheet, letter, room)
    set_height(sheet, 1, 2.2)
    sheet.append([_cell(sheet, f"{title}: {_TITLE}", font(18, bold=True), _MIDDLE)])
    number = 1
    for heading, lines in SECTIONS:
        number += 1
        set_height(sheet, number, 1.5)
        bar = (heading, "", "")
        sheet.append([_cell(sheet, text, font(12, True, "FFFFFF"), _MIDDLE, _BAR) for text in bar])
        for line in lines:
            number += 1
            texts = (line.topic, line.japanese, line.english)
            most = max(lines_of(text, room) for text, room in zip(texts, _ROOMS, strict=True))
            set_height(sheet, number, most + 0.3)
            sheet.append(
                [
                    _topic(sheet, line),
                    *(_cell(sheet, text, font(), TEXT, border=_LINE) for text in texts[1:]),
                ]
            )


def _topic(sheet: Worksheet, line: Line) -> Cell:
    tint = _TINTS.get(line.shown)
    written = font(bold=True, color=tint.text if tint else None)
    written.strike = bool(tint and tint.struck)
    return _cell(sheet, line.topic, written, TEXT, fill(tint.background) if tint else None, _LINE)


def _cell(
    sheet: Worksheet,
    text: str,
    written: Font,
    alignment: Alignment,
    background: PatternFill | None = None,
    border: Border | None = None,
) -> Cell:
    cell: Cell = put(WriteOnlyCell(sheet), text)
    cell.font, cell.alignment = written, alignment
    if background:
        cell.fill = background
    if border:
        cell.border = border
    return cell
