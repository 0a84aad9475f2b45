import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.errors import DocumentError
from yakugo.spreadsheets.delimited import RISKY, between, between_tabs, read
from yakugo.spreadsheets.rows import ERROR, Row, cleaned

ROWS = [("Decision", "日本語", "English"), ("採用", "拡大抑止", "extended deterrence; umbrella")]


def rows_of(text, encoding="utf-8"):
    return read(text.encode(encoding), "table.csv").rows


def cells_of(text, encoding="utf-8"):
    return [row.cells for row in rows_of(text, encoding)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"])
@pytest.mark.parametrize("mark", ["\t", ",", ";"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_content_tells_the_separator_and_the_encoding(encoding, mark, line_end):
    rows = [*ROWS, ("却下", "核の傘は、", "nuclear umbrella, that is")]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=mark, lineterminator=line_end).writerows(rows)
    assert cells_of(file.getvalue(), encoding) == rows


def test_a_list_of_kanji_alone_is_told_to_be_shift_jis():
    assert cells_of("日本語,English\r\n拡大抑止,deterrence\r\n①核不拡散,NPT\r\n", "cp932") == [
        ("日本語", "English"),
        ("拡大抑止", "deterrence"),
        ("①核不拡散", "NPT"),
    ]


def test_western_letters_are_not_taken_for_kanji():
    with pytest.raises(DocumentError, match="its encoding cannot be told"):
        rows_of("term,note\ncafé société,Résumé naïf\n", "cp1252")


def test_semicolons_inside_the_cells_separate_nothing():
    text = "日本語,English\n核,a; b; c\n査察,a; b\n抑止,deterrence\n"
    assert cells_of(text)[1] == ("核", "a; b; c")
    assert cells_of(text.replace(",", "\t"))[2] == ("査察", "a; b")


def test_commas_inside_the_cells_separate_nothing_between_semicolons():
    assert cells_of("ja;en\n核;one, two\n査察;three, four, five\n抑止;six\n")[1] == (
        "核",
        "one, two",
    )


def test_excels_own_first_line_names_the_separator():
    assert rows_of("sep=;\n核;a,b\n査察;c,d\n") == [Row(2, ("核", "a,b")), Row(3, ("査察", "c,d"))]


def test_a_table_of_one_column_is_one():
    assert cells_of('核\n"a ""quoted"" word"\n') == [("核",), ('a "quoted" word',)]


def test_a_row_has_the_number_of_its_first_line_and_blank_rows_are_left_out():
    assert rows_of('ja,en\n,\n\n"二\r\n行","x"\n\u3000, \n核,y\n') == [
        Row(1, ("ja", "en")),
        Row(4, ("二\n行", "x")),
        Row(7, ("核", "y")),
    ]


def test_short_rows_are_filled_up():
    assert cells_of("a,b,c\nd,e,f\ng\n") == [("a", "b", "c"), ("d", "e", "f"), ("g", "", "")]


def test_errors_that_a_program_exported_are_faults():
    assert rows_of("核,#NAME?,x\n") == [Row(1, ("核", "", "x"), {1: ERROR.format("#NAME?")})]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'-抑止", "-抑止"),
        ("''=x", "'=x"),
        ("'90s", "'90s"),
        ("'＝", "＝"),
    ],
)
def test_the_apostrophe_before_what_looks_like_a_formula_goes(cell, text):
    assert cells_of(f"核,{cell}\n査察,x\n")[0] == ("核", text)


@given(st.text(st.sampled_from("'=＝+-@核 \t\n"), min_size=1))
def test_what_is_guarded_is_freed_again(text):
    guarded = f"'{text}" if RISKY.match(text) else text
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["x", "x"], ["x", guarded]])
    assert cells_of(file.getvalue())[1][1] == cleaned(text)


# --- what is refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \n\n", "is empty"),
        ("\ufeff", "is empty"),
        ('ja,en\n核,nuclear\n条約,"treaty\n査察,x\n', "line 3: not valid CSV (unexpected end"),
        ('ja,en\n核,"nuclear"x\n', "line 2: not valid CSV"),
        ("<!DOCTYPE html>\n<table><tr><td>核", "is a web page or XML"),
        ('<?xml version="1.0"?><Workbook/>', "is a web page or XML"),
        ("a,b\x01\n", "line 1: holds a control character"),
        ("a,\0b\n", "holds a NUL byte"),
        ("%PDF-1.7", "looks like a PDF"),
    ],
)
def test_what_is_no_table_is_refused(text, said):
    with pytest.raises(DocumentError) as error:
        rows_of(text)
    assert said in str(error.value)
    assert str(error.value).startswith("table.csv")
    assert "\n" not in str(error.value)


def test_junk_is_refused():
    with pytest.raises(DocumentError, match="table"):
        read(bytes(range(128, 256)) * 9, "table.csv")


GRID = st.lists(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc",))), min_size=2, max_size=4
    ),
    min_size=1,
)


@given(GRID, st.sampled_from(",;"))
def test_csv_is_cut_as_the_csv_module_joined_it(grid, mark):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=mark, lineterminator="\n").writerows(grid)
    file.seek(0)
    assert [cells for _, cells in between(mark, file)] == grid


@given(st.lists(st.lists(st.text("核a, '-"), min_size=1), min_size=1))
def test_cells_between_tabs_are_cut_there(grid):
    lines = ["\t".join(row) + "\n" for row in grid]
    assert list(between_tabs(lines)) == list(enumerate(grid, 1))


FILLED = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))).map("核".__add__)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(FILLED, min_size=width, max_size=width), min_size=1)
    ),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_grid_of_texts_comes_back(grid, mark, encoding):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=mark, quoting=csv.QUOTE_ALL)
    if mark == "\t":
        grid = [[cell.replace("\t", " ") for cell in row] for row in grid]
    writer.writerow(["x"] * len(grid[0]))
    writer.writerows(grid)
    found = cells_of(file.getvalue(), encoding)
    assert found[1:] == [tuple(map(cleaned, row)) for row in grid]
