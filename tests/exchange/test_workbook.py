"""The workbook for review, opened by those who will open it: openpyxl and LibreOffice."""

import csv
import time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from yakugo.exchange import workbook
from yakugo.exchange.fields import (
    COLUMNS,
    DECISIONS,
    TO_FILL,
    TO_READ,
    USAGES,
    Field,
    candidate_values,
    term_values,
)
from yakugo.model import Candidate, Concept, Context, Offer, Ranked, State, Term, Usage

AS_OF = "2026-11-23T17:30:00+09:00"
LETTER = {field: get_column_letter(n) for n, field in enumerate(COLUMNS, start=1)}

DETERRENCE = Concept(
    "extended-deterrence",
    (
        Term("拡大抑止", reading="かくだいよくし"),
        Term("拡張抑止", reading="かくちょうよくし", usage=Usage.ADMITTED),
        Term("extended deterrence", "en"),
        Term("expanded deterrence", "en", usage=Usage.DEPRECATED),
    ),
    definition="A promise to answer an attack on an ally.\nIt may be nuclear.",
    definition_ja="同盟国への攻撃にも応じるという約束。",
    revision=3,
)
UMBRELLA = Ranked(
    Candidate(
        "核の傘",
        "かくのかさ",
        (),
        "genitive",
        contexts=[Context.locating("核の傘", "核の「傘」が開くのかを確かめたがる。", "a.txt")],
    ),
    0.9,
    offers=(Offer("nuclear umbrella", 0.9, ()), Offer("atomic umbrella", 0.2, ())),
)
FORMULA = Ranked(Candidate("=1+1", "", (), "word"), 0.1)
ROWS = [
    *(term_values(DETERRENCE, term) for term in DETERRENCE.in_language("ja")),
    candidate_values(UMBRELLA),
    candidate_values(FORMULA),
]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "review.xlsx"
    workbook.write(ROWS, path, "security", AS_OF)
    return path


@pytest.fixture
def sheet(path):
    return openpyxl.load_workbook(path)[workbook.REVIEW]


def texts_of(rows, folder):
    """What the Japanese column of a workbook of these rows holds."""
    path = folder / "any.xlsx"
    workbook.write(rows, path, "any", AS_OF)
    sheet = openpyxl.load_workbook(path)[workbook.REVIEW]
    return [unescape(cell.value or "") for cell in sheet[LETTER[Field.JAPANESE]][1:]]


def cell_of(sheet, field, row):
    return sheet[f"{LETTER[field]}{row}"]


def test_the_columns_are_all_fields_of_the_review_in_order():
    assert set(COLUMNS) == {*TO_FILL, *TO_READ}
    english = " ".join(column.heading.split()[0] for column in COLUMNS.values())
    assert english == (
        "Decision Japanese Reading English Other Avoid Status Comment Offered Context Document "
        "Definition Definition Note Subject State Id Revision"
    )


def test_a_term_and_a_candidate_are_a_row_each(sheet):
    headings = [cell.value for cell in sheet[1]]
    assert headings == [column.heading for column in COLUMNS.values()]
    first, second, candidate, _ = (
        dict(zip(COLUMNS, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)
    )
    assert first[Field.ENGLISH] == second[Field.ENGLISH] == "extended deterrence"
    assert (first[Field.ID], second[Field.ID]) == ("extended-deterrence", "extended-deterrence#2")
    assert first[Field.REVISION] == "3"
    assert first[Field.DEFINITION] == DETERRENCE.definition
    assert second[Field.STATUS] == "admitted 許容"
    assert candidate[Field.OFFERED] == "nuclear umbrella; atomic umbrella"
    assert candidate[Field.CONTEXT] == "核の「傘」が開くのかを確かめたがる。"
    assert candidate[Field.DECISION] is candidate[Field.ID] is None
    assert candidate[Field.REVISION] == "0"


def test_only_what_is_to_be_filled_in_is_unlocked_and_new_rows_too(sheet):
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    for field in COLUMNS:
        locked = field in TO_READ
        assert cell_of(sheet, field, 1).protection.locked
        assert [cell_of(sheet, field, row).protection.locked for row in (2, 4)] == [locked] * 2
        assert sheet.column_dimensions[LETTER[field]].protection.locked == locked


def test_on_the_protected_sheet_one_may_format_insert_delete_and_filter(sheet):
    allowed = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort")
    for name in (*allowed, "autoFilter", "selectLockedCells", "selectUnlockedCells"):
        assert getattr(sheet.protection, name) is False
    assert sheet.auto_filter.ref == "A1:R5"
    assert sheet.freeze_panes == "C2"


@pytest.mark.parametrize(
    ("field", "choices"), [(Field.DECISION, DECISIONS), (Field.STATUS, USAGES)]
)
def test_a_drop_down_goes_on_below_the_table_and_says_in_both_languages_what_to_choose(
    field, choices, sheet
):
    (down,) = (d for d in sheet.data_validations.dataValidation if f"{LETTER[field]}9" in d.sqref)
    assert down.formula1 == f'"{",".join(choices)}"'
    assert f"{LETTER[field]}1048576" in down.sqref
    assert down.showErrorMessage
    assert "選ぶ" in down.error
    assert "Choose" in down.error
    assert len(down.error) <= 255  # Excel's limits
    assert len(down.errorTitle) <= 32


def test_whatever_is_typed_is_text(sheet):
    for field in COLUMNS:
        assert cell_of(sheet, field, 4).number_format == "@"
        assert sheet.column_dimensions[LETTER[field]].number_format == "@"
    formula = cell_of(sheet, Field.JAPANESE, 5)
    assert (formula.value, formula.data_type, formula.quotePrefix) == ("=1+1", "s", True)


def test_the_instructions_name_every_column_and_every_decision_in_both_languages(path):
    sheet = openpyxl.load_workbook(path)[workbook.INSTRUCTIONS]
    lines = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[1]}
    for topic in (*DECISIONS, *(column.heading for column in COLUMNS.values())):
        japanese, english = lines[topic]
        assert not japanese.isascii()
        assert english.isascii()
    said = "\n".join(map("".join, lines.values()))
    assert said.count("yakugo import FILE --reviewer NAME") == 2


def test_the_colours_of_the_instructions_are_those_of_the_rows(path):
    book = openpyxl.load_workbook(path)
    ruled = {
        rule.dxf.fill.bgColor.rgb
        for area in book[workbook.REVIEW].conditional_formatting
        for rule in area.rules
    }
    shown = {row[0].fill.bgColor.rgb for row in book[workbook.INSTRUCTIONS] if row[1].value}
    assert shown - {"00000000"} == ruled


def test_the_same_rows_give_the_same_bytes(path, tmp_path):
    time.sleep(1.1)
    again = tmp_path / "again.xlsx"
    workbook.write(ROWS, again, "security", AS_OF)
    assert again.read_bytes() == path.read_bytes()


def test_without_rows_there_is_a_table_to_fill(tmp_path):
    assert texts_of([], tmp_path) == []


TEXT = st.text(st.characters(exclude_categories=()), min_size=1) | st.sampled_from(
    ["=1+1", "@x", "'=", "#N/A", "TRUE", "9/11", "_x000D_", " x ", "核" * 40_000]
)


@settings(max_examples=30)
@given(texts=st.lists(TEXT, min_size=1, max_size=20))
def test_any_text_comes_back_as_written(texts, tmp_path_factory):
    rows = [{Field.JAPANESE: text} for text in texts]
    expected = [workbook.as_written(Field.JAPANESE, text) for text in texts]
    assert texts_of(rows, tmp_path_factory.mktemp("any")) == expected


def test_a_comment_keeps_its_lines_and_a_term_is_one_line():
    assert workbook.as_written(Field.COMMENT, "一\r\n二") == "一\n二"
    assert workbook.as_written(Field.JAPANESE, "核の\n傘") == "核の 傘"


OFFICE = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}


def attribute(element, name):
    prefix, local = name.split(":")
    return element.get(f"{{{OFFICE[prefix]}}}{local}")


def test_libreoffice_protects_the_sheet_and_lets_the_same_cells_be_filled_in(path, soffice):
    root = etree.parse(soffice("", path, "fods")).getroot()
    (sheet,) = root.xpath(f"//table:table[@table:name='{workbook.REVIEW}']", namespaces=OFFICE)
    assert attribute(sheet, "table:protected") == "true"
    assert attribute(sheet, "table:protection-key") is None
    styles = {
        attribute(style, "style:name"): style.xpath(
            "string(style:table-cell-properties/@style:cell-protect)", namespaces=OFFICE
        )
        for style in root.iter(f"{{{OFFICE['style']}}}style")
    }
    columns = sheet.findall(".//table:table-column", OFFICE)
    defaults = []  # the style of the free cells below, a column each
    for column in columns:
        times = int(attribute(column, "table:number-columns-repeated") or 1)
        defaults += [attribute(column, "table:default-cell-style-name")] * min(times, 99)
    cells = []  # of the row of the candidate
    for cell in sheet.findall(".//table:table-row", OFFICE)[3]:
        times = int(attribute(cell, "table:number-columns-repeated") or 1)
        cells += [attribute(cell, "table:style-name")] * min(times, 99)
    for index, field in enumerate(COLUMNS):
        unlocked = field not in TO_READ
        assert (styles[cells[index] or defaults[index]] == "none") == unlocked, field
        assert (styles[defaults[index]] == "none") == unlocked, field


def test_libreoffice_shows_every_text_and_runs_nothing(path, soffice):
    # comma, quote, UTF-8: the tokens of LibreOffice's CSV filter; the first sheet
    shown = soffice("Text - txt - csv (StarCalc):44,34,76", path, "csv")
    with shown.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    expected = [[row.get(field, "") for field in COLUMNS] for row in ROWS]
    assert rows[1:] == expected


def test_what_libreoffice_saves_keeps_the_headings_ids_and_drop_downs(path, soffice):
    kept = path.parent / "kept"
    kept.mkdir()
    copy = kept / "review.ods"
    soffice("", path, "ods").rename(copy)
    sheet = openpyxl.load_workbook(soffice("Calc Office Open XML", copy, "xlsx"))[workbook.REVIEW]
    assert [cell.value for cell in sheet[1]][: len(COLUMNS)] == [
        column.heading for column in COLUMNS.values()
    ]
    assert cell_of(sheet, Field.ID, 3).value == "extended-deterrence#2"
    assert cell_of(sheet, Field.REVISION, 3).value == "3"
    assert {down.formula1 for down in sheet.data_validations.dataValidation} == {
        f'"{",".join(choices)}"' for choices in (DECISIONS, USAGES)
    }


def test_every_state_of_a_concept_is_explained_with_its_colour():
    explained = {line.shown for _, lines in workbook.SECTIONS for line in lines}
    assert explained >= set(State)
