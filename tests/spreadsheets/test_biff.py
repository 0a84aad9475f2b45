import pytest

from yakugo.spreadsheets import biff
from yakugo.spreadsheets.rows import ERROR


@pytest.mark.parametrize("filler", [0, 3, 4000], ids=["small", "one sector", "large"])
def test_errors_are_found_on_each_sheet_however_the_stream_lies(workbook, soffice, filler):
    rows = [(f"用語{number}", f"term {number}") for number in range(filler)]
    path = workbook(
        {"一": [*rows, ("=1/0", "x", "=NA()")], "二": [("x",)], "三": [(None, "#REF!")]}
    )
    assert biff.faults(soffice("MS Excel 97", path, "xls").read_bytes()) == [
        {filler + 1: {0: ERROR.format("#DIV/0!"), 2: ERROR.format("#N/A")}},
        {},
        {1: {1: ERROR.format("#REF!")}},
    ]


def test_a_container_whose_sectors_go_round_is_no_endless_one(workbook, soffice):
    data = bytearray(soffice("MS Excel 97", workbook({"S": [("核",)] * 500}), "xls").read_bytes())
    fat = 512 * (1 + int.from_bytes(data[76:80], "little"))
    data[fat : fat + 512] = (0).to_bytes(4, "little") * 128
    with pytest.raises((ValueError, StopIteration, KeyError)):
        biff.faults(bytes(data))
