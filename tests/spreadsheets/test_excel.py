"""What Excel, Google Sheets, LibreOffice and openpyxl write, read back."""

import re
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from yakugo.errors import DocumentError
from yakugo.spreadsheets import Row, read
from yakugo.spreadsheets.rows import DATE, ERROR, NO_VALUE, cleaned

ROWS = [("日本語", "English"), ("拡大抑止", "extended deterrence"), ("核の傘", "nuclear umbrella")]


def only(path):
    (sheet,) = read(path)
    return sheet.rows


def cells(path):
    return [row.cells for row in only(path)]


def test_every_sheet_is_read_hidden_or_not(tmp_path):
    book = Workbook()
    book.active.append(["核"])
    book.create_sheet("隠し").append(["査察"])
    book["隠し"].sheet_state = "hidden"
    book["隠し"].row_dimensions[1].hidden = True
    book["隠し"].column_dimensions["A"].hidden = True
    book.create_sheet("空")
    book.create_chartsheet("図")
    book.save(tmp_path / "table.xlsm")
    assert [(sheet.name, list(sheet.rows)) for sheet in read(tmp_path / "table.xlsm")] == [
        ("Sheet", [Row(1, ("核",))]),
        ("隠し", [Row(1, ("査察",))]),
        ("空", []),
    ]


def test_rows_and_columns_stand_where_the_program_shows_them(workbook):
    path = workbook({"S": [(), (), (None, "核", None, "x"), (), (None, "\u3000"), (None, "査察")]})
    assert only(path) == [Row(3, ("", "核", "", "x")), Row(6, ("", "査察", "", ""))]


def test_numbers_truth_and_texts_of_digits(workbook):
    path = workbook({"S": [(3.0, 0.5, 2024, True, "00123", "3.0", 9784000000000)]})
    assert cells(path) == [("3", "0.5", "2024", "TRUE", "00123", "3.0", "9784000000000")]


def test_what_cannot_be_taken_as_text_is_told_by_column(workbook):
    path = workbook(
        {"S": [("核", date(2026, 3, 1), "#REF!", "=1+1"), ("査察", "x"), (None, "=A1"), ("#N/A",)]}
    )
    assert only(path) == [
        Row(
            1,
            ("核", "2026-03-01", "", ""),
            {1: DATE, 2: ERROR.format("#REF!"), 3: NO_VALUE},
        ),
        Row(2, ("査察", "x", "", "")),
        Row(3, ("", "", "", ""), {1: NO_VALUE}),
        Row(4, ("", "", "", ""), {0: ERROR.format("#N/A")}),
    ]


def test_merged_cells_have_one_value_in_both_directions(workbook):
    rows = [("核", "a", "b"), (None, "c"), (None, "d", "e"), ("査察", None, "f")]
    path = workbook({"S": rows}, merged=["A1:A3", "C1:C2", "B4:C4"])
    assert cells(path) == [("核", "a", "b"), ("核", "c", "b"), ("核", "d", "e"), ("査察", "", "")]


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_libreoffice_and_back_changes_nothing(workbook, soffice, ending):
    filters = {"xls": "MS Excel 97", "ods": ""}
    rows = [
        ("日本語", "English", "備考"),
        ("拡大抑止", "extended deterrence", "一行目\n  二行目"),
        (None, None, "x"),
        ("_x005F_x000D_", "'quoted'", 'a "b" <c> & d'),
        (),
        ("核", 3, 0.5),
        (None, date(2026, 3, 1), "=NA()"),
        ("査察", None, '=CONCATENATE("x","y")'),
        ("条約", True, "=1/0"),
        ("𠮷野家", "　全角　", "a  b c"),
    ]
    written = workbook({"一": rows, "二": [(), (None, "x")]}, merged=["A2:A3", "B9:B10"])
    converted = soffice(filters[ending], written, ending)
    again = soffice("Calc MS Excel 2007 XML", converted.rename(converted.with_stem("copy")), "xlsx")
    first, second = read(converted.with_stem("copy"))
    assert list(first.rows) == [
        Row(1, ("日本語", "English", "備考")),
        Row(2, ("拡大抑止", "extended deterrence", "一行目\n  二行目")),
        Row(3, ("拡大抑止", "", "x")),
        Row(4, ("_x000D_", "'quoted'", 'a "b" <c> & d')),
        Row(6, ("核", "3", "0.5")),
        Row(7, ("", "2026-03-01", ""), {1: DATE, 2: ERROR.format("#N/A")}),
        Row(8, ("査察", "", "xy")),
        Row(9, ("条約", "TRUE", ""), {2: ERROR.format("#DIV/0!")}),
        Row(10, ("𠮷野家", "TRUE", "a  b c")),
    ]
    assert list(second.rows) == [Row(2, ("", "x"))]
    assert [list(sheet.rows) for sheet in read(again)] == [list(first.rows), list(second.rows)]


# --- as Excel and Google Sheets write it


def test_shared_texts_come_without_furigana(excel):
    path = excel(
        '<row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" s="1" t="s"><v>1</v></c></row>',
        "<si><t>拡大抑止</t>"
        '<rPh sb="0" eb="2"><t>カクダイ</t></rPh><rPh sb="2" eb="4"><t>ヨクシ</t></rPh>'
        '<phoneticPr fontId="1"/></si>'
        "<si><r><t>核の</t></r><r><rPr><b/></rPr><t>傘</t></r>"
        '<rPh sb="0" eb="1"><t>カク</t></rPh><phoneticPr fontId="1"/></si>',
    )
    assert only(path) == [Row(3, ("", "拡大抑止", "", "核の傘"))]


def test_texts_in_the_cells_and_results_of_formulas(excel):
    path = excel(
        '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> 核\n抑止 </t></is></c>'
        '<c r="B1" t="inlineStr"><is><r><t>拡大</t></r><r><t>抑止</t></r>'
        '<rPh sb="0" eb="2"><t>カクダイ</t></rPh></is></c>'
        '<c r="C1" t="str"><f>A1&amp;"x"</f><v>核x</v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f t="shared" si="0"/><v>7</v></c>'
        '<c r="F1" t="b"><f>1=1</f><v>1</v></c></row>'
    )
    assert only(path) == [Row(1, ("核\n抑止", "拡大抑止", "核x", "", "7", "TRUE"))]


def test_escapes_are_resolved_once(excel):
    path = excel(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>a_x000D_\nb</t></is>'
        '</c><c r="C1" t="str"><f>A2</f><v>c_x000D_d</v></c></row>',
        "<si><t>_x005F_x000D_ と _x0041__x000a_B</t></si>",
    )
    assert cells(path) == [("_x000D_ と A\nB", "a\nb", "c\nd")]


def test_dates_count_from_1904_where_the_workbook_says_so(excel):
    date_cell = (
        '<row r="1"><c r="A1" s="1"><v>44620</v></c><c r="B1" t="d"><v>2026-03-01</v></c></row>'
    )
    assert only(excel(date_cell)) == [Row(1, ("2022-02-28", "2026-03-01"), {0: DATE, 1: DATE})]
    mac = excel(date_cell, properties='<workbookPr date1904="1"/>')
    assert cells(mac) == [("2026-03-01", "2026-03-01")]


def test_cells_without_a_place_stand_behind_each_other(excel):
    path = excel(
        '<row><c t="inlineStr"><is><t>核</t></is></c><c><f>1+1</f></c>'
        '<c t="e"><v>#NUM!</v></c></row>'
        "<row><c><v>1</v></c></row>"
    )
    assert only(path) == [
        Row(1, ("核", "", ""), {1: NO_VALUE, 2: ERROR.format("#NUM!")}),
        Row(2, ("1", "", "")),
    ]


def test_formulas_without_a_value_are_found_however_they_are_written(excel):
    path = excel(
        '<row r="2"><c r="B2"><f>1+1</f></c><c r="C2"><f>1+1</f><v/></c>'
        '<c r="D2" t="n"><f ca="1">1+1</f><v></v></c><c r="E2"><f/><v>1</v></c></row>'
    )
    assert only(path) == [Row(2, ("", "", "", "", "1"), dict.fromkeys((1, 2, 3), NO_VALUE))]


def test_a_sheet_with_cells_that_are_only_formatted_ends_with_the_last_text(excel):
    path = excel(
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>'
        '<row r="1048576" ht="15" customHeight="1"/>'
    )
    assert only(path) == [Row(1, ("1",))]


TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t\r_xX0DF5"
    )
)


def cell_of(sheet, text):
    """A cell that holds a text, whatever it looks like, as our own workbooks write it."""
    cell = WriteOnlyCell(sheet)
    cell.value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text) or None
    cell.data_type = "s" if text else "n"
    return cell


@settings(max_examples=50)
@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=5))
def test_any_grid_of_texts_comes_back(tmp_path_factory, grid):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("S")
    for row in grid:
        sheet.append([cell_of(sheet, text) for text in row])
    path = tmp_path_factory.mktemp("workbook") / "table.xlsx"
    book.save(path)
    width = max(map(len, grid))
    wanted = {
        at: tuple(map(cleaned, row)) + ("",) * (width - len(row)) for at, row in enumerate(grid, 1)
    }
    found = {row.number: row.cells + ("",) * (width - len(row.cells)) for row in only(path)}
    assert found == {at: row for at, row in wanted.items() if any(row)}


# --- what is refused


def refused(path):
    with pytest.raises(DocumentError) as error:
        read(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


def changed(path, part, old, new):
    """Rewrite one part of a workbook."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)


def test_a_workbook_that_is_damaged_inside_is_refused(workbook):
    for part, old, new in [
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"</shetData>"),
        ("xl/worksheets/sheet1.xml", b"</row></sheetData>", b""),
        ("xl/workbook.xml", b"</sheets>", b""),
        ("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet7.xml"),
    ]:
        path = workbook({"S": ROWS})
        changed(path, part, old, new)
        assert "is damaged or no workbook" in refused(path)


def test_entities_are_not_expanded(excel):
    bomb = '<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    path = excel(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "<si><t>&b;</t></si>", prolog=bomb
    )
    assert "unrecognized entity" in refused(path)


def test_no_entity_in_the_list_of_sheets_is_expanded(workbook):
    path = workbook({"S": ROWS})
    changed(path, "xl/workbook.xml", b"<workbook ", b'<!DOCTYPE a [<!ENTITY a "S">]><workbook ')
    changed(path, "xl/workbook.xml", b'name="S"', b'name="&a;"')
    with pytest.raises(DocumentError):
        read(path)


@pytest.mark.parametrize("row", ["1048576", "2000000000", "9" * 5000])
def test_cells_too_far_apart_are_refused(excel, row):
    path = excel(
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="XFD{row}"><v>1</v></c></row>'
    )
    assert "cells far away" in refused(path) or "is damaged" in refused(path)


def test_a_protected_old_workbook_is_refused(workbook, soffice):
    path = soffice("MS Excel 97", workbook({"S": ROWS}), "xls")
    data = path.read_bytes()
    begin = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # BOF; FILEPASS follows it
    path.write_bytes(data[: begin + 20] + b"\x2f\x00" + data[begin + 22 :])
    assert "is protected with a password" in refused(path)


def test_an_old_workbook_that_is_cut_off_is_refused(workbook, soffice):
    path = soffice("MS Excel 97", workbook({"S": ROWS * 500}), "xls")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    refused(path)
