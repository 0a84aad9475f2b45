"""Excel workbooks (.xlsx, .xlsm) with a Japanese and an English column.

Read row by row, the values that formulas had when the file was saved. Only the table of texts
that all sheets share is in memory.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

from yakugo.bitext.columns import Row, pairs_of
from yakugo.bitext.elements import root_of
from yakugo.errors import DocumentError
from yakugo.model import SentencePair

_LAST_ROW = 1_048_576  # of any sheet
_LARGEST_TEXTS = 512 * 2**20  # bytes, unpacked, of the shared texts: more is a bomb
_ERRORS = frozenset("#REF! #N/A #VALUE! #NAME? #DIV/0! #NULL! #NUM! #SPILL!".split())  # noqa: SIM905
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of what is encrypted
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = "{} is damaged or no Excel workbook ({}); open and save it again in its program as .xlsx"


def read(path: Path) -> Iterator[SentencePair]:
    """The pairs of all sheets that have both columns.

    DocumentError when no sheet has, and for a workbook that is damaged, protected with a
    password, or no workbook at all.
    """
    with path.open("rb") as file:
        _check_container(file.read(len(_OLD_OFFICE)), path)
        try:
            yield from _pairs_of_sheets(path, file)
        except DocumentError:
            raise
        except Exception as error:  # openpyxl has no one base class for what its readers raise
            reason = (str(error).splitlines() or [type(error).__name__])[0].strip("'\"")
            raise DocumentError(_DAMAGED.format(path, reason)) from error


def _check_container(head: bytes, path: Path) -> None:
    if head != _OLD_OFFICE:
        return
    if _ENCRYPTED in path.read_bytes():
        raise DocumentError(
            f"{path} is protected with a password; open it in Excel and save it without one"
        )
    raise DocumentError(f"{path} is an old Excel workbook (.xls); save it as .xlsx")


def _pairs_of_sheets(path: Path, file: IO[bytes]) -> Iterator[SentencePair]:
    from openpyxl import load_workbook

    _check_parts(path, file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what is of no use here: validations, styles …
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    bilingual = False
    for sheet in workbook.worksheets:
        found = pairs_of(_rows(sheet))
        if found is not None:
            bilingual = True
            yield from found
    if not bilingual:
        sheets = ", ".join(sheet.title for sheet in workbook.worksheets) or "none"
        raise DocumentError(
            f"{path}: no sheet has a Japanese and an English column (sheets: {sheets}); name the "
            "columns Japanese and English in the first row"
        )


def _check_parts(path: Path, file: IO[bytes]) -> None:
    """Refuse what is no workbook, what declares entities, and texts too large to unpack."""
    with ZipFile(file) as archive:
        names = archive.namelist()
        if not any(name.startswith("xl/") for name in names):
            raise DocumentError(
                f"{path} is a ZIP archive and no Excel workbook; unpack it, or save it as .xlsx"
            )
        for name in names:
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    root_of(part, f"{path} ({name})")
            if name == "xl/sharedStrings.xml" and archive.getinfo(name).file_size > _LARGEST_TEXTS:
                raise DocumentError(
                    f"{path}: its texts are too large to unpack; split it into several workbooks"
                )
    file.seek(0)


def _rows(sheet: Any) -> Iterator[Row]:
    """The rows of a sheet, its cells as text; numbers and dates are no sentences."""
    sheet.reset_dimensions()  # many programs write wrong ones
    for number, cells in enumerate(sheet.iter_rows(max_row=_LAST_ROW, values_only=True), 1):
        yield Row(f"row {number} of {sheet.title}", [_text(cell) for cell in cells])


def _text(value: object) -> str:
    if not isinstance(value, str) or value in _ERRORS:
        return ""
    return value.replace("_x000D_", " ")  # a carriage return, as Excel escapes it
