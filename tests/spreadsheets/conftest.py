"""Workbooks as several tests need them: by openpyxl, and part by part as Excel writes them."""

import zipfile

import pytest
from openpyxl import Workbook

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {"workbook": "sheet.main", "sheet": "worksheet", "sharedStrings": "sharedStrings"}
PARTS["styles"] = "styles"


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook with openpyxl: workbook({sheet: rows}) gives its path."""

    def write(sheets, name="table.xlsx", merged=()):
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row, 1):
                    if value is not None:
                        sheet.cell(number, column, value)
            for cells in merged:
                sheet.merge_cells(cells)
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def excel(tmp_path):
    """Write a workbook of one sheet, as XML: excel(rows, shared=…) gives its path.

    Cells with s="1" are dates.
    """

    def write(rows, shared="", behind="", properties="", name="excel.xlsx", prolog=""):
        types = "".join(
            f'<Override PartName="/xl/{part}.xml" ContentType="{TYPE}.{kind}+xml"/>'
            for part, kind in PARTS.items()
        )
        relations = "".join(
            f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}.xml"/>'
            for number, (kind, target) in enumerate(
                [("worksheet", "sheet"), ("sharedStrings", "sharedStrings"), ("styles", "styles")]
            )
        )
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension='
            f'"xml" ContentType="application/xml"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>'
            '<sheet name="用語" sheetId="1" r:id="rId0"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f"{relations}</Relationships>",
            "xl/sharedStrings.xml": f'{prolog}<sst xmlns="{MAIN}">{shared}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
            '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
            "xl/sheet.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}'
            "</worksheet>",
        }
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, source in parts.items():
                archive.writestr(part, source)
        return path

    return write
