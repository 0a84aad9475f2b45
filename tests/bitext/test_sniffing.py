import pytest
from openpyxl import Workbook

from yakugo.bitext import table, tmx, workbook, xliff, xliff2
from yakugo.bitext.sniffing import check_plain, reader_for
from yakugo.errors import DocumentError

TMX = '<tmx version="1.4"><body/></tmx>'
XLIFF = '<xliff version="1.2"><file/></xliff>'
XLIFF2 = '<xliff version="2.0" srcLang="ja" trgLang="en"/>'
DECLARATION = "<?xml version='1.0' encoding='{}'?>"


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.tmx", TMX, tmx.read),
        ("a.xml", TMX, tmx.read),
        ("a.txt", TMX, tmx.read),
        ("a.xlsx", TMX, tmx.read),
        ("a", "\n<!-- mine -->" + TMX, tmx.read),
        ("a.bin", "<!DOCTYPE tmx SYSTEM 'tmx14.dtd'>" + TMX, tmx.read),
        ("a.dat", DECLARATION.format("utf-8") + TMX, tmx.read),
        ("a.xlf", XLIFF, xliff.read),
        ("a.sdlxliff", "\ufeff" + XLIFF, xliff.read),
        ("a.mqxliff", XLIFF, xliff.read),
        ("a.xliff", XLIFF2, xliff2.read),
        ("a.xml", "<x:xliff xmlns:x='urn:x' version='2.1'/>", xliff2.read),
        ("a.tsv", "核\tnuclear", table.read),
        ("a.txt", "核\tnuclear", table.read),
        ("a.txt", "\n" * 9000 + "核\tnuclear", table.read),
        ("a.csv", "<b>核</b>,<b>nuclear</b>", table.read),
        ("a.xyz", "核\tnuclear", table.read),
    ],
)
def test_content_says_what_a_file_is_before_its_ending(tmp_path, name, content, reader):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert reader_for(path) is reader


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_xml_is_known_in_any_unicode(tmp_path, encoding):
    path = tmp_path / "memory.txt"
    path.write_bytes(
        (DECLARATION.format("utf-16" if "16" in encoding else "utf-8") + TMX).encode(encoding)
    )
    assert reader_for(path) is tmx.read


@pytest.mark.parametrize("name", ["memory.xlsx", "memory.txt", "memory.tmx"])
def test_a_workbook_is_one_whatever_it_is_called(tmp_path, name):
    Workbook().save(tmp_path / name)
    assert reader_for(tmp_path / name) is workbook.read


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.tmx", b"", "is empty"),
        ("a.csv", b"\xef\xbb\xbf \r\n", "is empty"),
        ("a.txt", b"\xff\xfe\n\0", "is empty"),
        ("a.tmx", "核\tnuclear".encode(), "ends in .tmx but is no XML"),
        ("a.xlf", bytes(range(256)), "ends in .xlf but is no XML"),
        ("a.xml", b"<html><p>text</p></html>", r"neither TMX nor XLIFF \(its root is <html>\)"),
        ("a.tmx", b"<tbx/>", r"its root is <tbx>"),
    ],
)
def test_what_is_none_of_the_known_kinds_is_told(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=said) as error:
        reader_for(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [TMX.encode(), b"PK\x03\x04...", b""])
def test_one_of_two_texts_must_be_plain(tmp_path, content):
    path = tmp_path / "english.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"is no plain text|is empty"):
        check_plain(path)
    path.write_text("Deterrence works.")
    check_plain(path)
