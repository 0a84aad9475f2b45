"""What a file is, its content says and not its ending."""

import zipfile

import pytest

from yakugo.errors import DocumentError
from yakugo.spreadsheets import Row, Sheet, read

ROWS = [("日本語", "English"), ("拡大抑止", "extended deterrence")]


@pytest.mark.parametrize("name", ["table.csv", "table.xls", "table"])
def test_a_workbook_is_read_whatever_it_is_called(workbook, name):
    path = workbook({"用語": ROWS})
    assert read(path.rename(path.with_name(name))) == [
        Sheet("用語", [Row(at, row) for at, row in enumerate(ROWS, 1)])
    ]


@pytest.mark.parametrize("name", ["table.csv", "table.tsv", "table.txt", "table.xlsx"])
def test_a_text_table_is_read_whatever_it_is_called(tmp_path, name):
    path = tmp_path / name
    path.write_text("日本語,English\n拡大抑止,extended deterrence\n", encoding="utf-8")
    assert read(path) == [Sheet("", [Row(at, row) for at, row in enumerate(ROWS, 1)])]


def archive(**parts):
    def write(path):
        with zipfile.ZipFile(path, "w") as target:
            for name, data in parts.items():
                target.writestr(name.replace("__", "/").replace("_", "."), data)

    return write


def content(data):
    return lambda path: path.write_bytes(data)


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda path: None, "no such file; check the name"),
        (lambda path: path.mkdir(), "is a folder; name the files in it"),
        (content(b""), "is empty: there is no row in it"),
        (content(b"PK\x03\x04" + bytes(100)), "is damaged or cut off"),
        (content(OLD_OFFICE + "EncryptedPackage".encode("utf-16-le")), "protected with a password"),
        (content(OLD_OFFICE + "WordDocument".encode("utf-16-le")), "is an old Office document"),
        (content(OLD_OFFICE + "Workbook".encode("utf-16-le")), "is damaged or no workbook"),
        (content(b"%PDF-1.7\n"), "looks like a PDF file"),
        (archive(document_mqxliff="<xliff/>"), "is a ZIP archive and no workbook"),
        (archive(), "is a ZIP archive and no workbook"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "and no workbook"),
        (archive(xl__workbook_bin=b""), "is a binary workbook (.xlsb); save it as .xlsx"),
        (archive(xl__workbook_xml=b"<workbook/>"), "is damaged or no workbook"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line_with_a_remedy(tmp_path, write, said):
    path = tmp_path / "table.xlsx"
    write(path)
    with pytest.raises(DocumentError) as error:
        read(path)
    assert said in str(error.value)
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)
    assert ";" in str(error.value) or "is empty" in str(error.value)
