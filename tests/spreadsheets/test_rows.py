from datetime import date, datetime, time, timedelta

import pytest

from yakugo.errors import DocumentError
from yakugo.spreadsheets.rows import DATE, ERROR, Row, cleaned, even, merged, number, row


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\u3000抑止\u00a0 ", "抑止"),
        ("一行目\r\n二行目\r三行目\u2028四行目\v五行目", "一行目\n二行目\n三行目\n四行目\n五行目"),
        ("抑\u200b止\ufeff\u00ad\x07", "抑止"),
        ("\u200b 抑止 \u200b", "抑止"),
        ("拡大　抑止", "拡大　抑止"),
        ("\x07", ""),
    ],
)
def test_white_space_at_the_ends_and_what_nobody_sees_goes(text, clean):
    assert cleaned(text) == clean
    assert row(1, ["x", text]).cells == ("x", clean)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (-7, "-7"),
        (0.5, "0.5"),
        (0.1 + 0.2, "0.3"),
        (9784000000000.0, "9784000000000"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
    ],
)
def test_numbers_are_as_they_were_typed(value, text):
    assert number(value) == text
    assert row(1, [value]).cells == (text,)


def test_truth_is_written_as_spreadsheets_do():
    assert row(1, [True, "核", False]).cells == ("TRUE", "核", "FALSE")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 4, 5), "2026-03-01T04:05:00"),
        (time(4, 5), "04:05:00"),
        (timedelta(hours=30, seconds=1), "PT30H00M01S"),
    ],
)
def test_a_date_is_a_fault(value, text):
    assert row(4, ["核", value]) == Row(4, ("核", text), {1: DATE})


def test_a_row_is_blank_when_there_is_neither_text_nor_fault():
    assert row(2, ["", "\u3000", "\u200b"]) is None
    assert row(2, [""], {0: "is wrong"}) == Row(2, ("",), {0: "is wrong"})


def test_rows_are_made_as_wide_as_the_widest():
    rows = [Row(1, ("a",)), Row(3, ("a", "b", "c"))]
    assert [row.cells for row in even(rows)] == [("a", "", ""), ("a", "b", "c")]
    assert even([]) == []


def merging(cells, *ranges):
    """Rows of one letter a cell, before and after; a blank is an empty cell."""
    rows = [Row(at, tuple(map(str.strip, row))) for at, row in enumerate(cells, 1) if row.strip()]
    merged(rows, ranges, "table")
    return [(row.number, "".join(cell or " " for cell in row.cells)) for row in rows]


def test_the_value_of_merged_cells_counts_for_each_in_both_directions():
    assert merging(["a  ", "  b", "  c"], ((0, 0), (1, 1))) == [(1, "aa "), (2, "aab"), (3, "  c")]
    assert merging(["a b", "cxd"], ((0, 0), (0, 1)), ((0, 2), (1, 2))) == [(1, "aab"), (2, "cxb")]


def test_merged_cells_fill_no_blank_row_and_no_sheet_to_its_edge():
    assert merging(["a", " ", "b"], ((0, 0), (1, 0))) == [(1, "a"), (3, "b")]
    (first, cells), _ = merging(["a", "b"], ((0, 0), (0, 16_383)))
    assert (first, set(cells)) == (1, {"a"})
    assert len(cells) < 1000


def test_merged_cells_without_a_value_take_nothing_away():
    assert merging(["ab", "cd"], ((4, 0), (9, 9)), ((0, 7), (9, 9))) == [(1, "ab"), (2, "cd")]
    assert merging(["  x", "ab "], ((0, 0), (1, 1))) == [(1, "  x"), (2, "ab ")]


def test_what_is_wrong_with_merged_cells_is_so_in_each():
    error = ERROR.format("#N/A")
    rows = [Row(1, ("", "a"), {0: error}), Row(2, ("", "b"))]
    merged(rows, [((0, 0), (1, 0))], "table")
    assert rows == [Row(1, ("", "a"), {0: error}), Row(2, ("", "b"), {0: error})]


def test_absurdly_many_merged_cells_are_refused():
    rows = [Row(at, ("a",)) for at in range(1, 10_001)]
    with pytest.raises(DocumentError, match="table: too many cells are merged"):
        merged(rows, [((0, 0), (9_999, 255))] * 100, "table")
