"""What a colleague does to a workbook for review: cells, rows and columns, in openpyxl."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from openpyxl import load_workbook

from yakugo.exchange.fields import COLUMNS, TO_FILL, Field, Values
from yakugo.exchange.workbook import REVIEW

Typed = Callable[[str], str]  # makes a text that nobody else has typed

_DECISIONS = (
    "accept 採用", "reject 却下", "defer 保留", "accept", "採用", "却下", "×", "pending", "perhaps",
)  # fmt: skip
_STATUSES = ("preferred 優先", "admitted 許容", "deprecated 非推奨", "旧称", "admitted", "nice")
_MAY_BE_EMPTY = (Field.OTHER_ENGLISH, Field.AVOID, Field.DEFINITION, Field.NOTE, Field.READING)
_REMOVABLE = (
    Field.COMMENT, Field.NOTE, Field.READING, Field.STATUS, Field.OFFERED, Field.DOCUMENT,
    Field.CONTEXT, Field.STATE, Field.AVOID, Field.DEFINITION_JA, Field.REVISION, Field.ID,
)  # fmt: skip


@dataclass(slots=True)
class Filled:
    """A row as it was returned: how it was exported, what it holds, what was changed in it."""

    base: Values
    cells: dict[Field, object]
    changed: set[Field] = field(default_factory=set)

    def text(self, one: Field) -> str:
        """What a cell says."""
        return " ".join(str(self.cells.get(one) or "").split())

    @property
    def id(self) -> str:
        """The id that the row has now, without the number of its term."""
        return self.text(Field.ID).partition("#")[0]

    def put(self, one: Field, value: object) -> None:
        """Type something into a cell."""
        self.cells[one] = value
        was = " ".join(self.base.get(one, "").split())
        said = self.text(one)
        if said != was and not (one is Field.STATUS and said in was.split()):
            self.changed.add(one)


def fill(exported: Path, target: Path, pick: Random, typed: Typed) -> dict[int, Filled]:
    """Fill in a copy of a workbook; its rows by their numbers in the file."""
    book = load_workbook(exported)
    sheet = book[REVIEW]
    fields = list(COLUMNS)
    rows = [
        Filled(values, dict(values))
        for cells in sheet.iter_rows(min_row=2, values_only=True)
        for values in [{f: str(v or "") for f, v in zip(fields, cells, strict=True)}]
    ]
    for row in rows:
        if pick.random() < 0.35:
            (_edit if row.id else _decide)(row, pick, typed)
    rows += [_new(pick, typed) for _ in range(pick.choice((0, 0, 1, 2)))]
    if pick.random() < 0.3:
        rows += [_doubled(pick.choice(rows), pick, typed)]
    if pick.random() < 0.4:
        pick.shuffle(rows)
    if pick.random() < 0.3:
        del rows[pick.randrange(len(rows))]
    gone = pick.sample(_REMOVABLE, pick.randint(1, 2)) if pick.random() < 0.3 else []
    sheet.delete_rows(2, sheet.max_row)
    for number, row in enumerate(rows, 2):
        for column, one in enumerate(fields, 1):
            sheet.cell(number, column).value = row.cells.get(one) or None
    for one in sorted(gone, key=fields.index, reverse=True):
        sheet.delete_cols(fields.index(one) + 1)
        for row in rows:
            row.cells.pop(one, None)
            row.changed.discard(one)
    if {Field.ID, Field.REVISION} & set(gone):  # it is a table like any other now
        for row in rows:
            row.cells = {f: v for f, v in row.cells.items() if f not in _OWN}
            row.base = {f: v for f, v in row.base.items() if f not in _OWN}
    book.save(target)
    return dict(enumerate(rows, 2))


_OWN = (Field.ID, Field.REVISION, Field.STATE)


def _edit(row: Filled, pick: Random, typed: Typed) -> None:
    """Change one to three cells of a row of a concept."""
    for one in pick.sample(TO_FILL, pick.choice((1, 1, 2, 3))):
        match one:
            case Field.DECISION:
                row.put(one, pick.choice(_DECISIONS))
            case Field.STATUS:
                row.put(one, pick.choice(_STATUSES))
            case Field.JAPANESE:
                row.put(one, typed("改") + row.text(one))
            case Field.READING:
                row.put(one, row.text(one) + pick.choice("あいうえお"))
            case Field.OTHER_ENGLISH | Field.AVOID if pick.random() < 0.6:
                said = [row.text(one), typed(one.value)]
                row.put(one, "; ".join(filter(None, pick.sample(said, 2))))
            case Field.ENGLISH if pick.random() < 0.15:
                row.put(one, pick.choice((date(2026, 9, 11), "", f"{typed('a')}; {typed('b')}")))
            case _ if one in _MAY_BE_EMPTY and pick.random() < 0.3:
                row.put(one, "")
            case _:
                row.put(one, f" {typed(one.value)} ")
    if pick.random() < 0.1:
        row.cells[Field.REVISION] = pick.choice(("", "99", "two"))


def _decide(row: Filled, pick: Random, typed: Typed) -> None:
    """Decide about a candidate, or say something else of it."""
    if pick.random() < 0.6:
        row.put(Field.DECISION, pick.choice(_DECISIONS))
    if pick.random() < 0.6:
        row.put(Field.ENGLISH, pick.choice((typed("english"), "umbrella", "dual key", "port call")))
    for one in (Field.COMMENT, Field.NOTE, Field.DEFINITION, Field.AVOID, Field.OTHER_ENGLISH):
        if pick.random() < 0.2:
            row.put(one, typed(one.value))
    if pick.random() < 0.1:
        row.put(Field.READING, row.text(Field.READING) + "い")
    if pick.random() < 0.1:
        row.put(Field.STATUS, pick.choice(_STATUSES))


def _new(pick: Random, typed: Typed) -> Filled:
    """A row that is typed below the others; sometimes of a term that is there already."""
    row = Filled({}, {})
    row.put(
        Field.JAPANESE, pick.choice((typed("新語"), typed("新語"), "二重鍵", "入港", "海上封鎖"))
    )
    row.put(
        Field.ENGLISH, pick.choice((typed("new term"), typed("new term"), "dual key", "port call"))
    )
    for one in (Field.COMMENT, Field.NOTE, Field.DEFINITION, Field.READING, Field.SUBJECT_FIELD):
        if pick.random() < 0.3:
            row.put(one, "しんご" if one is Field.READING else typed(one.value))
    return row  # fmt: skip


def _doubled(row: Filled, pick: Random, typed: Typed) -> Filled:
    """A copy of a row: as it is, or made a new term."""
    copy = Filled(dict(row.base), dict(row.cells), set(row.changed))
    if pick.random() < 0.5:
        for one in (*_OWN, Field.OFFERED):
            copy.cells.pop(one, None)
        copy.base = {}
        copy.changed = {one for one in TO_FILL if copy.text(one)}
        copy.put(Field.JAPANESE, typed("複"))
        copy.put(Field.ENGLISH, typed("double"))
    return copy
