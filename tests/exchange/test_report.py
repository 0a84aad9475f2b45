"""The report for the reviewer, opened by openpyxl and LibreOffice."""

import csv
import time

import openpyxl
import pytest

from yakugo.exchange import report
from yakugo.exchange.fields import Field
from yakugo.exchange.outcomes import Outcome, Result

AS_OF = "2026-11-23T08:30:00Z"
OUTCOMES = [
    Outcome("row 2 of Review 確認", "拡大抑止", Result.APPLIED, "English changed"),
    Outcome("row 3 of Review 確認", "核の傘", Result.UNCHANGED, "nothing to change"),
    Outcome(
        "row 4 of Review 確認",
        "二重鍵",
        Result.CONFLICT,
        "changed by taro since revision 2",
        Field.ENGLISH,
        "=dual key",
        "dual-key arrangement",
        "taro",
        "2026-11-22T18:41:10+09:00",
        "dual-key",
    ),
    Outcome("line 5", "", Result.INVALID, "no Japanese", Field.OTHER_JAPANESE, "核\n傘"),
]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "report.xlsx"
    report.write(OUTCOMES, path, "security", AS_OF)
    return path


def table(path, name):
    """The rows of a sheet, each by the English of its headings."""
    headings, *rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    english = [heading.rpartition(" ")[0] for heading in headings]
    return [dict(zip(english, row, strict=True)) for row in rows]


def test_only_what_was_not_applied_is_listed_with_both_versions(path):
    conflict, invalid = table(path, report.NOT_APPLIED)
    assert conflict["Place"] == "row 4 of Review 確認"
    assert conflict["Result"] == "conflict 競合"
    assert conflict["Column"] == "English 英訳"
    assert conflict["In your file"] == "=dual key"
    assert conflict["In the termbase"] == "dual-key arrangement"
    assert conflict["Changed by"] == "taro\n2026-11-22 09:41 UTC"
    assert conflict["Why"] == "changed by taro since revision 2"
    assert conflict["Id"] == "dual-key"
    assert invalid["Result"] == "invalid 無効"
    assert invalid["Column"] == "other_japanese"  # only in other people's tables
    assert invalid["In your file"] == "核\n傘"
    assert invalid["Changed by"] is None


def test_each_row_says_in_both_languages_what_to_do(path):
    conflict, invalid = (row["What to do"].split("\n") for row in table(path, report.NOT_APPLIED))
    for japanese, english in (conflict, invalid):
        assert not japanese.isascii()
        assert english.isascii()
    assert "do nothing" in conflict[1]
    assert "Correct the cell" in invalid[1]


def test_all_four_results_are_counted(path, tmp_path):
    counted = {row["Result"]: row["Number"] for row in table(path, report.SUMMARY)}
    assert counted == {
        "applied 反映": 1,
        "unchanged 変更なし": 1,
        "conflict 競合": 1,
        "invalid 無効": 1,
    }
    report.write(OUTCOMES[:1] * 3, tmp_path / "well.xlsx", "security", AS_OF)
    well = tmp_path / "well.xlsx"
    assert [row["Number"] for row in table(well, report.SUMMARY)] == [3, 0, 0, 0]
    assert table(well, report.NOT_APPLIED) == []


def test_the_same_outcomes_give_the_same_bytes(path, tmp_path):
    time.sleep(1.1)
    again = tmp_path / "again.xlsx"
    report.write(OUTCOMES, again, "security", AS_OF)
    assert again.read_bytes() == path.read_bytes()


def test_libreoffice_shows_the_two_versions_and_runs_nothing(path, soffice):
    shown = soffice("Text - txt - csv (StarCalc):44,34,76", path, "csv")
    with shown.open(encoding="utf-8", newline="") as file:
        _, conflict, invalid = csv.reader(file)
    assert conflict[4:6] == ["=dual key", "dual-key arrangement"]
    assert invalid[0] == "line 5"
