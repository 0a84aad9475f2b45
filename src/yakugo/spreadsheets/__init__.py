"""Any table that somebody returns → rows of text: workbooks, OpenDocument, CSV.

One module a family of formats; what a file is, its content says and not its ending.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from yakugo.errors import DocumentError
from yakugo.spreadsheets.rows import Row, Sheet

__all__ = ["Row", "Sheet", "read"]

_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of what is encrypted
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))


def read(path: Path) -> list[Sheet]:
    """The sheets of a workbook (.xlsx, .xlsm, .xls, .ods), or the one of a text table (.csv, .tsv).

    Cells are text as the program shows it, without white space at the ends, line breaks LF; the
    value of merged cells counts for each of them, in the rows that hold something else too.
    Dates, errors and formulas without a value are faults of their row. DocumentError, in one line,
    for a file that is missing, empty, damaged, protected, too large or no table.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_OLD_OFFICE))
        if not head:
            raise DocumentError(f"{path} is empty: there is no row in it")
        if head.startswith(_ARCHIVE):
            return _archive(path)
        if head == _OLD_OFFICE:
            return _old_office(path)
        from yakugo.spreadsheets import delimited

        return [delimited.read(path.read_bytes(), str(path))]
    except FileNotFoundError:
        raise DocumentError(f"{path}: no such file; check the name") from None
    except IsADirectoryError:
        raise DocumentError(f"{path} is a folder; name the files in it") from None
    except OSError as error:
        raise DocumentError(
            f"{path} cannot be read: {error.strerror}; copy it anew or allow reading it"
        ) from error


def _archive(path: Path) -> list[Sheet]:
    from yakugo.spreadsheets import excel, opendocument

    try:
        archive = ZipFile(path)
    except BadZipFile:
        raise DocumentError(
            f"{path} is damaged or cut off; copy it again, or save it again in its program"
        ) from None
    with archive:
        names = archive.namelist()
        if "xl/workbook.xml" in names:
            return excel.read_xlsx(path, archive)
        if "xl/workbook.bin" in names:
            raise DocumentError(f"{path} is a binary workbook (.xlsb); save it as .xlsx")
        if opendocument.is_spreadsheet(archive):
            return opendocument.read(path, archive)
    raise DocumentError(
        f"{path} is a ZIP archive and no workbook; unpack it, or save the table as .xlsx"
    )


def _old_office(path: Path) -> list[Sheet]:
    data = path.read_bytes()
    from yakugo.spreadsheets import excel
    from yakugo.spreadsheets.refusals import PROTECTED

    if _ENCRYPTED in data:
        raise DocumentError(PROTECTED.format(path))
    if not any(name in data for name in _STREAMS):
        raise DocumentError(f"{path} is an old Office document and no workbook; save it as .xlsx")
    return excel.read_xls(path)
