"""Workbooks of Excel, new (.xlsx, .xlsm) and old (.xls), with the values they were saved with.

calamine reads them: it leaves out phonetic guides and resolves _x000D_ and its like. What it does
not tell, errors and formulas without a value, the sheets' own parts do.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from lxml import etree
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum

from yakugo.spreadsheets import biff, parts
from yakugo.spreadsheets.refusals import told_by_name
from yakugo.spreadsheets.rows import Faults, Row, Sheet, even, merged, row


def read_xlsx(path: Path, archive: ZipFile) -> list[Sheet]:
    """The sheets of an .xlsx or .xlsm file, hidden ones too.

    DocumentError for one that is damaged, or so large that it cannot be unpacked.
    """
    with told_by_name(path):
        parts.check_sizes(archive, str(path))
        return _sheets(
            path,
            (".xlsx", ".xlsm"),
            [_faults(path, archive, *sheet) for sheet in _sheet_parts(archive)],
        )


def read_xls(path: Path) -> list[Sheet]:
    """The sheets of an .xls file; DocumentError for one that is damaged or protected."""
    with told_by_name(path):
        return _sheets(path, (".xls",), biff.faults(path.read_bytes()))


def _sheets(
    path: Path, endings: tuple[str, ...], faults: Sequence[Mapping[int, Faults]]
) -> list[Sheet]:
    sheets = []
    with path.open("rb") as file, _opened(path, file, endings) as workbook:
        for about, of_sheet in zip(workbook.sheets_metadata, faults, strict=True):
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(about.name)
                rows = _rows(sheet, of_sheet)
                merged(rows, sheet.merged_cell_ranges or (), f"{path} ({about.name})")
                sheets.append(Sheet(about.name, even(rows)))
    return sheets


def _opened(path: Path, file: IO[bytes], endings: tuple[str, ...]) -> CalamineWorkbook:
    # Of a path calamine believes the ending; of a stream it sees the kind, but not what is wrong.
    if path.suffix.lower() in endings:
        return CalamineWorkbook.from_path(path)
    return CalamineWorkbook.from_filelike(file)


def _rows(sheet: CalamineSheet, faults: Mapping[int, Faults]) -> list[Row]:
    # calamine begins with the first row of the sheet, but with the first column that is used.
    before: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
    nothing: Faults = {}
    rows = []
    for number, values in enumerate(sheet.iter_rows(), 1):
        found = row(number, [*before, *values], faults.get(number, nothing))
        if found:
            rows.append(found)
    behind = faults.keys() - {found.number for found in rows} if faults else ()
    rows += [Row(number, (), faults[number]) for number in behind]
    rows = [_up_to_faults(found) if found.faults else found for found in rows]
    return sorted(rows) if behind else rows


def _up_to_faults(found: Row) -> Row:
    missing = max(found.faults) + 1 - len(found.cells)
    return found._replace(cells=found.cells + ("",) * missing) if missing > 0 else found


def _sheet_parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The names of the sheets, and the part that each is in."""
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _xml(archive, "xl/_rels/workbook.xml.rels").iterfind("{*}Relationship")
    }
    for sheet in _xml(archive, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
        target = next(relations[id_] for key, id_ in sheet.items() if key.endswith("}id"))
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        yield sheet.get("name", ""), part


def _faults(path: Path, archive: ZipFile, name: str, part: str) -> Mapping[int, Faults]:
    with archive.open(part) as file:
        marked = parts.check_extent(file, f"{path} ({name})")
    if not marked:
        return {}
    with archive.open(part) as file:
        return parts.faults(file)


def _xml(archive: ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    return etree.fromstring(archive.read(part), parser)
