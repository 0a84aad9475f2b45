"""Workbooks (.xlsx, .xls, .ods) with a Japanese and an English column.

The values that formulas had when the file was saved count; dates and errors are no sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from yakugo import spreadsheets
from yakugo.bitext.columns import Row, pairs_of
from yakugo.errors import DocumentError
from yakugo.model import SentencePair


def read(path: Path) -> Iterator[SentencePair]:
    """The pairs of all sheets that have both columns.

    DocumentError when no sheet has, and for what `spreadsheets.read` refuses.
    """
    sheets = spreadsheets.read(path)
    bilingual = False
    for sheet in sheets:
        found = pairs_of(_rows(sheet))
        if found is not None:
            bilingual = True
            yield from found
    if not bilingual:
        names = ", ".join(sheet.name for sheet in sheets) or "none"
        raise DocumentError(
            f"{path}: no sheet has a Japanese and an English column (sheets: {names}); name the "
            "columns Japanese and English in the first row"
        )


def _rows(sheet: spreadsheets.Sheet) -> Iterator[Row]:
    for number, cells, faults in sheet.rows:
        sound = ["" if at in faults else cell for at, cell in enumerate(cells)] if faults else cells
        yield Row(f"row {number} of {sheet.name}", sound)
