from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.errors import FormatError
from yakugo.exchange.entries import LeftOut, entries
from yakugo.exchange.fields import Entry, Field
from yakugo.exchange.instructions import INSTRUCTIONS
from yakugo.spreadsheets import Row, Sheet

PATH = Path("terms.xlsx")


def sheet(text, name="Sheet1"):
    rows = [
        Row(number, tuple(cell.replace("↵", "\n") for cell in line.split("\t")))
        for number, line in enumerate(text.splitlines(), 1)
    ]
    return Sheet(name, [row for row in rows if any(row.cells)])


def only(text, given="", name="Sheet1"):
    (table,) = entries([sheet(text, name)], PATH, given).tables
    return table


def japanese(table):
    return [entry.values[Field.JAPANESE] for entry in table.entries]


def test_our_instructions_are_no_glossary_even_where_the_ids_were_deleted():
    found = entries(
        [
            sheet("日本語\t英語\n二重鍵\tdual key"),
            sheet("日本語\t英語\n目的\tpurpose", INSTRUCTIONS),
        ],
        PATH,
    )
    assert [table.sheet.name for table in found.tables] == ["Sheet1"]


def test_where_our_ids_were_deleted_the_status_is_still_that_of_the_japanese_term():
    table = only(
        "Decision 判断\t日本語\t英語\tStatus 用法\n\t第一撃\tfirst strike\tdeprecated 非推奨"
    )
    (entry,) = table.entries
    assert entry.values[Field.ENGLISH] == "first strike"
    assert entry.values[Field.STATUS] == "deprecated 非推奨"


def test_a_row_is_an_entry_with_its_place_and_its_values():
    table = only("No.\t英語\t日本語\t備考\n1\tdual key\t二重鍵\n\n2\t\t核の傘\t比喩")
    assert table.entries == (
        Entry(
            "row 2 of Sheet1",
            {Field.ENGLISH: "dual key", Field.JAPANESE: "二重鍵", Field.NOTE: ""},
        ),
        Entry("row 4 of Sheet1", {Field.ENGLISH: "", Field.JAPANESE: "核の傘", Field.NOTE: "比喩"}),
    )
    assert not table.is_review
    assert only("二重鍵\tdual key", name="").entries[0].place == "line 1"


def test_our_own_workbook_is_known():
    head = "Decision 判断\tJapanese 日本語\tEnglish 英訳\tId 識別子\tRevision 版\n"
    assert only(head + "採用\t二重鍵\tdual key\tdual-key\t3").is_review


def test_a_fault_of_a_cell_is_one_of_its_field():
    rows = [Row(1, ("日本語", "英語", "頁")), Row(2, ("二重鍵", "", ""), {1: "a date", 2: "odd"})]
    (table,) = entries([Sheet("", rows)], PATH).tables
    assert table.entries[0].faults == {Field.ENGLISH: "a date"}


def test_columns_of_one_field_are_joined():
    table = only(
        "日本語\t英語1\t英語2\t英語3\t備考\t注\n二重鍵\tdual key\ttwo-key\tdouble key\tx\ty"
    )
    values = table.entries[0].values
    assert values[Field.OTHER_ENGLISH] == "two-key; double key"
    assert values[Field.NOTE] == "x\ny"


def test_what_is_no_entry_is_left_out_and_said():
    table = only(
        "番号\t日本語\t英語\n"
        "\t■ 核抑止\t\n"
        "1\t核の傘\tnuclear umbrella\n"
        "2\t二重鍵\t\n"
        "通常戦力\t通常戦力\t通常戦力\n"
        "番号\t日本語\t英語\n"
        "3\tNATO\tNATO\n"
        "\tGPS\tGPS\n"
        "\t護衛艦\tescort vessel\n"
        "第三章\t\t\n"
        "合計\t4\t\n"
        "4\t\t\n"
    )
    assert japanese(table) == ["核の傘", "二重鍵", "NATO", "GPS", "護衛艦"]
    assert table.left_out == (
        LeftOut("row 2 of Sheet1", "a heading", "■ 核抑止"),
        LeftOut("row 5 of Sheet1", "a heading", "通常戦力"),
        LeftOut("row 6 of Sheet1", "the names of the columns again", "番号; 日本語; 英語"),
        LeftOut("row 10 of Sheet1", "nothing in the columns that are read", "第三章"),
        LeftOut("row 11 of Sheet1", "a sum", "合計; 4"),
        LeftOut("row 12 of Sheet1", "nothing in the columns that are read", "4"),
    )


def test_a_term_without_english_is_no_heading_where_rows_are_short():
    assert japanese(only("日本語\t英語\n核の傘\tnuclear umbrella\n二重鍵\n")) == [
        "核の傘",
        "二重鍵",
    ]


def test_a_lone_text_among_long_rows_is_a_heading_but_not_in_a_workbook_for_review():
    long = (
        "用語\t読み\t訳語\n核\n核の傘\tかくのかさ\tnuclear umbrella\n二重鍵\tにじゅうかぎ\tdual key"
    )
    assert japanese(only(long)) == ["核の傘", "二重鍵"]
    ours = (
        "Decision\tJapanese\tEnglish\tId\tRevision\n"
        "採用\t核の傘\tnuclear umbrella\tnuclear-umbrella\t1\n\t二重鍵"
    )
    assert japanese(only(ours)) == ["核の傘", "二重鍵"]


def test_a_sum_as_a_term_stays():
    assert japanese(only("日本語\t英語\n合計\ttotal\n核\tnuclear")) == ["合計", "核"]


@pytest.mark.parametrize(
    "text",
    [
        "日本語\t英語\tForbidden\n二重鍵\tdouble key\tTRUE\n核\tnuclear\tFALSE",
        "#src\ttgt\tterm status\n二重鍵\tdouble key\tforbidden\n核\tnuclear\tapproved",
        "Japanese\tTerm_Info\tEnglish\tTerm_Info\n二重鍵\t\tdouble key\tNonTerm\n核\t\tn\t",
    ],
)
def test_a_forbidden_pair_is_english_to_avoid(text):
    values = only(text).entries[0].values
    assert (values[Field.ENGLISH], values[Field.AVOID]) == ("", "double key")
    assert Field.AVOID not in only(text).entries[1].values


def test_the_status_in_a_workbook_for_review_is_that_of_the_japanese_term():
    head = "Decision\tJapanese\tEnglish\tStatus\tId\tRevision\n"
    values = only(head + "採用\t核のカサ\tnuclear umbrella\t非推奨\t\t").entries[0].values
    assert values[Field.ENGLISH] == "nuclear umbrella"
    assert values[Field.STATUS] == "非推奨"


def test_sheets_that_are_no_glossary_are_named():
    found = entries(
        [sheet("説明\n使い方", "はじめに"), sheet("核\tnuclear"), sheet("", "空")], PATH
    )
    assert [table.sheet.name for table in found.tables] == ["Sheet1"]
    assert found.without == ("はじめに",)


def test_without_any_glossary_the_sheets_and_the_remedy_are_named():
    with pytest.raises(
        FormatError, match=r"terms.xlsx: no Japanese .*sheets: 表.*--map japanese=1"
    ):
        entries([sheet("核\n傘", "表")], PATH)
    with pytest.raises(FormatError, match=r"terms.xlsx: .*no column 'X'"):
        entries([sheet("核\tnuclear")], PATH, "english=X")


def test_a_person_may_take_a_sheet_that_has_no_english():
    assert japanese(only("核\n二重鍵", "japanese=1")) == ["核", "二重鍵"]


def test_what_is_said_of_columns_need_fit_one_sheet_only():
    sheets = [sheet("見出\t訳A\n核\tnuclear", "a"), sheet("見出\t訳B\n核\tnuclear", "b")]
    found = entries(sheets, PATH, "japanese=見出,english=訳B")
    assert [table.sheet.name for table in found.tables] == ["b"]
    assert found.without == ("a",)


CELLS = st.sampled_from(
    [
        "",
        "日本語",
        "English",
        "訳語",
        "用語",
        "Id",
        "核の傘",
        "かさ",
        "dual key",
        "NATO",
        "■",
        "合計",
        "3",
    ]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5).filter(any), max_size=8))
def test_each_row_below_the_names_is_an_entry_or_left_out(rows):
    sheets = [Sheet("", [Row(number, tuple(cells)) for number, cells in enumerate(rows, 1)])]
    try:
        (table,) = entries(sheets, PATH).tables
    except FormatError:
        return
    places = {entry.place for entry in (*table.entries, *table.left_out)}
    first = (table.columns.header_row or 0) + 1
    assert places == {f"line {number}" for number in range(first, len(rows) + 1)}
