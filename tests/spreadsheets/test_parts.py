import io
import zipfile

import pytest

from yakugo.errors import DocumentError
from yakugo.spreadsheets import parts


def sheet(rows):
    return io.BytesIO(f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode())


def test_a_part_that_unpacks_to_gigabytes_is_refused_by_its_declared_size(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst/>")
    with zipfile.ZipFile(path) as archive:
        archive.getinfo("xl/sharedStrings.xml").file_size = 2**31
        with pytest.raises(DocumentError, match=r"bomb\.xlsx is too large to unpack"):
            parts.check_sizes(archive, "bomb.xlsx")


def test_a_part_that_is_longer_than_it_says_is_damaged(tmp_path):
    path = tmp_path / "lie.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst/>" * 10_000)
    with zipfile.ZipFile(path) as archive:
        archive.getinfo("xl/sharedStrings.xml").file_size = 6
        with pytest.raises(zipfile.BadZipFile):
            parts.check_sizes(archive, "lie.xlsx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_damage(tmp_path):
    path = tmp_path / "twice.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/workbook.xml", b"<b/>")
    with zipfile.ZipFile(path) as archive, pytest.raises(zipfile.BadZipFile, match="same name"):
        parts.check_sizes(archive, "twice.xlsx")


@pytest.mark.parametrize(
    ("cell", "marked"),
    [
        ('<c r="A1" t="s"><v>0</v></c>', False),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', True),
        ("<x:c r='A1'><x:f>1+1</x:f></x:c>", True),
        ('<c r="A1" t="e"><v>#REF!</v></c>', True),
        ("<c r='A1' t = 'e'><v>#REF!</v></c>", True),
    ],
)
def test_sheets_that_may_hold_faults_are_told(cell, marked):
    assert parts.check_extent(sheet(f'<row r="1">{cell}</row>'), "S") is marked


def test_places_are_seen_across_the_pieces_that_a_sheet_is_read_in(monkeypatch):
    rows = '<row r="1048576" spans="1:9"><c r="XFD1048576" s="1" t="s"><v>0</v></c></row>'
    for size in range(1, 60):
        monkeypatch.setattr(parts, "_CHUNK", size)
        with pytest.raises(DocumentError, match="S has cells far away"):
            parts.check_extent(sheet(rows), "S")


def test_a_long_table_and_a_wide_one_are_none_too_large():
    assert not parts.check_extent(sheet('<row r="1048576"><c r="Z1048576"><v>1</v></c></row>'), "S")
    assert not parts.check_extent(sheet('<row r="9"><c r="XFD9"><v>1</v></c></row>'), "S")
