import zipfile

import pytest

from yakugo.errors import DocumentError
from yakugo.spreadsheets import Row, read
from yakugo.spreadsheets.rows import DATE, ERROR, NO_VALUE

KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "table", "text")
)


@pytest.fixture
def spreadsheet(tmp_path):
    """Write a spreadsheet of one table, by the XML of its rows; gives its path."""

    def write(rows, prolog="", manifest="<manifest/>"):
        path = tmp_path / "table.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", KIND)
            archive.writestr("META-INF/manifest.xml", manifest)
            archive.writestr(
                "content.xml",
                f"{prolog}<office:document-content {NAMES}><office:body><office:spreadsheet>"
                f'<table:table table:name="用語">{rows}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>",
            )
        return path

    return write


def cell(text="", **attributes):
    named = "".join(
        f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"'
        for name, value in attributes.items()
    )
    return f"<table:table-cell{named}>{text and f'<text:p>{text}</text:p>'}</table:table-cell>"


def row(*cells, repeated=1):
    times = f'table:number-rows-repeated="{repeated}"'
    return f"<table:table-row {times}>{''.join(cells)}</table:table-row>"


def only(path):
    (sheet,) = read(path)
    assert sheet.name == "用語"
    return list(sheet.rows)


def test_repeated_rows_and_cells_stand_for_as_many(spreadsheet):
    path = spreadsheet(
        row(cell(table_number_columns_repeated=16_384), repeated=2)
        + row(cell(table_number_columns_repeated=2), cell("核", table_number_columns_repeated=2))
        + row(cell("査察"), cell(table_number_columns_repeated=16_383), repeated=2)
        + row(cell(table_number_columns_repeated=16_384), repeated=1_048_571)
    )
    assert only(path) == [
        Row(3, ("", "", "核", "核")),
        Row(4, ("査察", "", "", "")),
        Row(5, ("査察", "", "", "")),
    ]


def test_paragraphs_breaks_and_spaces_of_a_cell(spreadsheet):
    path = spreadsheet(
        row(
            cell("一行目</text:p><text:p>二<text:line-break/>三"),
            cell('a<text:s text:c="2"/>b\n   c<text:tab/>d'),
            cell("<text:span>核<text:span>の</text:span></text:span>傘"),
        )
    )
    assert only(path) == [Row(1, ("一行目\n二\n三", "a  b c\td", "核の傘"))]


def test_furigana_and_comments_are_none_of_the_text(spreadsheet):
    path = spreadsheet(
        row(
            cell(
                "<text:ruby><text:ruby-base>抑止</text:ruby-base><text:ruby-text>よくし"
                "</text:ruby-text></text:ruby>力"
            ),
            "<table:table-cell><office:annotation><text:p>要確認</text:p></office:annotation>"
            "<text:p>核</text:p></table:table-cell>",
        )
    )
    assert only(path) == [Row(1, ("抑止力", "核"))]


def test_values_of_every_kind(spreadsheet):
    path = spreadsheet(
        row(
            cell("3.00", office_value_type="float", office_value="3"),
            cell("50%", office_value_type="percentage", office_value="0.5"),
            cell("真", office_value_type="boolean", office_boolean_value="true"),
            cell("3月1日", office_value_type="date", office_date_value="2026-03-01"),
            cell("4:05", office_value_type="time", office_time_value="PT04H05M00S"),
            cell("shown", office_value_type="string", office_string_value="核"),
            cell("", table_formula="of:=1+1"),
            cell("Err:502", table_formula="of:=X", office_value_type="string"),
            cell("", table_formula="of:=&quot;&quot;", office_value_type="string"),
        )
    )
    assert only(path) == [
        Row(
            1,
            ("3", "0.5", "TRUE", "2026-03-01", "04:05:00", "核", "", ""),
            {3: DATE, 4: DATE, 6: NO_VALUE, 7: ERROR.format("Err:502")},
        )
    ]


def test_merged_cells_count_and_what_they_cover_does_not(spreadsheet):
    covered = "<table:covered-table-cell><text:p>alt</text:p></table:covered-table-cell>"
    merged = cell("核", table_number_columns_spanned=2, table_number_rows_spanned=3)
    path = spreadsheet(
        row(merged, covered, cell("a"))
        + row(covered, covered, repeated=1)
        + row(covered, covered, cell("b"))
        + row(cell("査察"))
    )
    assert only(path) == [
        Row(1, ("核", "核", "a")),
        Row(3, ("核", "核", "b")),
        Row(4, ("査察", "", "")),
    ]


# --- what is refused


def refused(path):
    with pytest.raises(DocumentError) as error:
        read(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_protected_spreadsheet_is_refused(spreadsheet):
    assert "is protected with a password" in refused(
        spreadsheet("", manifest="<manifest><encryption-data/></manifest>")
    )


def test_entities_are_refused(spreadsheet):
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    assert "holds a DTD" in refused(spreadsheet(row(cell("&b;")), prolog=bomb))


def test_more_rows_than_any_program_has_are_refused(spreadsheet):
    assert "too many cells" in refused(spreadsheet(row(cell("核"), repeated=2_000_000_000)))


def test_more_cells_than_any_table_has_are_refused(spreadsheet, monkeypatch):
    monkeypatch.setattr("yakugo.spreadsheets.opendocument.MOST_CELLS", 100_000)
    wide = row(cell("核", table_number_columns_repeated=16_384))
    assert "too many cells" in refused(spreadsheet(wide * 10))
    assert "too many cells" in refused(
        spreadsheet(row(cell("核", table_number_columns_repeated=2_000_000_000)))
    )


def test_damaged_xml_is_refused(spreadsheet):
    assert "is damaged or no workbook" in refused(spreadsheet("<table:table-row>"))
