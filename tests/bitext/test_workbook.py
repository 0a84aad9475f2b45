import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from yakugo.bitext import pairs
from yakugo.bitext.workbook import read
from yakugo.errors import DocumentError
from yakugo.model import SentencePair

ROWS = [
    ("政府は拡大抑止を重視する。", "The government values extended deterrence."),
    ("二重鍵も検討した。", "It studied a dual key."),
]


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook: workbook({sheet: rows}) gives its path."""

    def write(sheets, name="memory.xlsx"):
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row, 1):
                    if value is not None:
                        sheet.cell(number, column, value)
        path = tmp_path / name
        book.save(path)
        return path

    return write


def changed(path, part, old, new):
    """Rewrite one part of a workbook."""
    whole = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        assert old in source.read(part)
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old, new) if name == part else data)


def test_a_workbook_with_named_columns_gives_its_rows(workbook):
    path = workbook({"訳例": [("No.", "英語", "日本語"), *((1, en, ja) for ja, en in ROWS)]})
    assert list(read(path)) == [
        SentencePair(*ROWS[0], "row 2 of 訳例"),
        SentencePair(*ROWS[1], "row 3 of 訳例"),
    ]


def test_without_names_the_script_tells_the_columns(workbook):
    path = workbook({"Sheet1": [(None, en, "2024", ja, "mori") for ja, en in ROWS]})
    assert [(p.japanese, p.english) for p in read(path)] == ROWS


def test_each_sheet_has_its_own_columns_and_one_without_is_passed_over(workbook):
    path = workbook(
        {
            "Read me": [("This workbook holds examples.",)],
            "Numbers": [(1, 2), (3, 4)],
            "One": [ROWS[0]],
            "Two": [("English", "Japanese"), ROWS[1][::-1]],
            "Empty": [],
        },
        "memory.xlsm",
    )
    assert list(read(path)) == [
        SentencePair(*ROWS[0], "row 1 of One"),
        SentencePair(*ROWS[1], "row 2 of Two"),
    ]


def test_empty_rows_are_counted_and_cells_that_are_no_text_left_out(workbook):
    path = workbook(
        {
            "S": [
                ("Japanese", "English"),
                (),
                ROWS[0],
                ("核の傘", '=CONCATENATE("nuclear ","umbrella")'),
                ("核の傘", "#REF!"),
                (2024, "year"),
                ("一行目。\n二行目。", " One. \n Two. "),
            ]
        }
    )
    assert list(read(path)) == [
        SentencePair(*ROWS[0], "row 3 of S"),
        SentencePair("一行目。 二行目。", "One. Two.", "row 7 of S"),
    ]


@pytest.mark.parametrize(("ending", "of_program"), [("xls", "MS Excel 97"), ("ods", "")])
def test_workbooks_of_other_programs_are_read_too(workbook, soffice, ending, of_program):
    path = soffice(of_program, workbook({"訳例": [("日本語", "英語"), *ROWS]}), ending)
    assert list(pairs(path)) == [
        SentencePair(*ROWS[0], "row 2 of 訳例"),
        SentencePair(*ROWS[1], "row 3 of 訳例"),
    ]


def test_a_formula_counts_by_the_value_it_had(workbook, soffice):
    path = workbook({"S": [ROWS[0], ("核の傘", '=CONCATENATE("nuclear ","umbrella")')]})
    saved = path.rename(path.with_name("by-openpyxl.xlsx"))
    calculated = soffice("Calc MS Excel 2007 XML", saved, "ods")
    calculated = soffice(
        "Calc MS Excel 2007 XML", calculated.rename(path.with_suffix(".ods")), "xlsx"
    )
    assert [p.english for p in read(calculated)] == [ROWS[0][1], "nuclear umbrella"]


def test_a_wrong_dimension_hides_no_row(workbook):
    path = workbook({"S": ROWS})
    changed(path, "xl/worksheets/sheet1.xml", b'<dimension ref="A1:B2"', b'<dimension ref="A1"')
    assert [(p.japanese, p.english) for p in read(path)] == ROWS


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-'
            f'officedocument.spreadsheetml.{kind}+xml"/>'
            for part, kind in (
                ("workbook", "sheet.main"),
                ("worksheets/sheet1", "worksheet"),
                ("sharedStrings", "sharedStrings"),
            )
        )
        + "</Types>"
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    ),
    "xl/sharedStrings.xml": (
        f'<sst xmlns="{MAIN}" count="2" uniqueCount="2">'
        "<si><r><t>拡大抑止</t></r><r><t>は効く。</t></r>"
        '<rPh sb="0" eb="4"><t>カクダイヨクシ</t></rPh><phoneticPr fontId="1"/></si>'
        "<si><t>Deterrence_x000D_\nworks.</t></si></sst>"
    ),
    "xl/worksheets/sheet1.xml": (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="3"><c r="B3" t="s"><v>0</v></c>'
        '<c r="D3" t="s"><v>1</v></c></row></sheetData></worksheet>'
    ),
}


@pytest.fixture
def excel(tmp_path):
    """Write a workbook as Excel does, with texts that all sheets share and furigana."""
    path = tmp_path / "excel.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, source in PARTS.items():
            archive.writestr(name, source)
    return path


def test_a_workbook_of_excel_gives_its_texts_without_furigana(excel):
    assert list(read(excel)) == [
        SentencePair("拡大抑止は効く。", "Deterrence works.", "row 3 of Sheet1")
    ]


# --- what is refused


def refused(path):
    with pytest.raises(DocumentError) as error:
        list(read(path))
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_workbook_without_a_bilingual_sheet_names_its_sheets(workbook):
    path = workbook({"日本語": [(ja,) for ja, _ in ROWS], "English": [(en,) for _, en in ROWS]})
    said = refused(path)
    assert "damaged" not in said
    assert "no sheet has a Japanese and an English column (sheets: 日本語, English)" in said
    assert "name the columns" in said


def test_a_protected_workbook_is_told_apart_from_another_old_document(tmp_path):
    path = tmp_path / "secret.xlsx"
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    path.write_bytes(container + "EncryptedPackage".encode("utf-16-le") + bytes(96))
    assert "is protected with a password; open it in its program and save" in refused(path)
    path.write_bytes(container + "WordDocument".encode("utf-16-le") + bytes(96))
    assert "is an old Office document and no workbook" in refused(path)


def test_a_damaged_workbook_is_told(workbook, tmp_path):
    path = workbook({"S": ROWS * 50})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "is damaged or cut off" in refused(path)
    path.write_bytes(whole)
    changed(path, "xl/worksheets/sheet1.xml", b"</sheetData>", b"</shetData>")
    assert "is damaged or no workbook" in refused(path)


def test_another_archive_is_told(tmp_path):
    path = tmp_path / "package.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("document.mqxliff", "<xliff/>")
    assert "is a ZIP archive and no workbook" in refused(path)


def test_a_row_with_an_absurd_number_is_refused(workbook):
    path = workbook({"S": ROWS})
    changed(path, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="2000000000"')
    assert "cells far away from the others" in refused(path)


CELL = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf"), exclude_characters="￾￿_"))


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(CELL.map("核".__add__), CELL.map(lambda text: f"umbrella {text}")), min_size=1
    )
)
def test_what_openpyxl_writes_comes_back(tmp_path_factory, written):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("S")
    for row in [("Japanese", "English"), *written]:
        sheet.append(row)
    path = tmp_path_factory.mktemp("workbook") / "memory.xlsx"
    book.save(path)
    assert [(p.japanese, p.english) for p in pairs(path)] == [
        (" ".join(ja.split()), " ".join(en.split())) for ja, en in written
    ]
