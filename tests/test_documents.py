import zipfile

import pytest

from yakugo.documents import from_text, read, read_stream
from yakugo.errors import DocumentError
from yakugo.sentences import sentences

TEXT = "政府は拡大抑止を重視する。二重鍵の方式も検討した。\n"


def texts(text):
    return [sentence.text for sentence in sentences(text)]


# --- plain text


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp"],
)
def test_encodings_that_can_be_told_are_decoded(tmp_path, encoding):
    path = tmp_path / "essay.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert read(path).text == TEXT


PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (" \n　\n".encode(), "is empty"),
        (PNG, "PNG picture"),
        (b"PK\x03\x04" + bytes(64), "Office document"),
        (b"\x7fELF" + bytes(64), "program"),
        (TEXT.encode() + b"\0" + TEXT.encode(), "NUL byte"),
        (bytes(range(128, 256)) * 3, "encoding cannot be told"),
        (b"abc\x01\x02", "control character"),
    ],
)
def test_what_is_not_text_is_refused_in_one_line(tmp_path, data, said):
    path = tmp_path / "essay.txt"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=said) as error:
        read(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(DocumentError, match="no such file"):
        read(tmp_path / "nothing.txt")
    with pytest.raises(DocumentError, match="is a folder"):
        read(tmp_path)


def test_a_document_is_known_by_its_path_from_the_workspace(tmp_path):
    (tmp_path / "texts").mkdir()
    path = tmp_path / "texts" / "essay.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert read(path, tmp_path).name == "texts/essay.txt"
    assert read(path, tmp_path / "texts").name == "essay.txt"
    assert read(path, tmp_path / "workspace").name == "texts/essay.txt"


def test_standard_input_is_a_document_named_by_its_text(tmp_path):
    path = tmp_path / "essay.txt"
    path.write_text(TEXT, encoding="utf-8")
    with path.open("rb") as stream:
        piped = read_stream(stream)
    assert piped.name.startswith("stdin-")
    assert piped.digest == read(path).digest == from_text(TEXT).digest


# --- documents with structure

HTML = """<html><head><meta charset="utf-8"><title>題</title></head><body>
<nav><a href="/">ホーム</a> <a href="/list">記事一覧</a></nav><h1>抑止の未来</h1>
<p>政府は<ruby>拡大抑止<rp>(</rp><rt>かくだいよくし</rt><rp>)</rp></ruby>を<b>重視</b>する。
<a href="x">二重鍵</a>もある。</p></body></html>"""


def test_html_gives_its_text_without_navigation_and_ruby(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(HTML, encoding="utf-8")
    document = read(path)
    assert "政府は拡大抑止を重視する。" in document.text
    assert "二重鍵もある。" in document.text
    assert "記事一覧" not in document.text
    assert document.readings == (("拡大抑止", "かくだいよくし"),)


def test_no_text_of_a_page_is_lost(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        "<div>裸の文。<p>段落。</p></div><ul><li>外<ul><li>内</li></ul></li></ul>"
        "<table><caption>表の題</caption><tr><td>A&amp;B</td></tr></table>",
        encoding="utf-8",
    )
    assert texts(read(path).text) == ["裸の文。", "段落。", "外", "内", "表の題", "A&B"]


def test_html_in_shift_jis_says_so_itself(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(HTML.replace("utf-8", "Shift_JIS").encode("cp932"))
    assert "政府は拡大抑止を重視する。" in read(path).text


def test_markdown_gives_its_text_without_mark_up(tmp_path):
    path = tmp_path / "note.md"
    path.write_text(
        "# 抑止の未来\n\n**拡大抑止**と[二重鍵](http://x.y)。\n\n- 核弾頭\n", encoding="utf-8"
    )
    assert texts(read(path).text) == ["抑止の未来", "拡大抑止と二重鍵。", "核弾頭"]


BODY = """<?xml version="1.0" encoding="UTF-8"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t>政府は</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>かくだいよくし</w:t></w:r></w:rt>
<w:rubyBase><w:r><w:t>拡大抑止</w:t></w:r></w:rubyBase></w:ruby></w:r>
<w:r><w:t>を重視する。</w:t></w:r></w:p><w:p><w:r><w:t>次の段落。</w:t></w:r></w:p>
</w:body></w:document>"""
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument\
.wordprocessingml.document.main+xml"/></Types>"""


def test_a_word_file_gives_its_paragraphs_without_ruby(tmp_path):
    path = tmp_path / "essay.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", BODY)
    assert texts(read(path).text) == ["政府は拡大抑止を重視する。", "次の段落。"]


@pytest.mark.parametrize("name", ["essay.docx", "essay.pdf"])
def test_a_damaged_document_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 this is not the file it says it is" * 9)
    with pytest.raises(DocumentError, match="damaged") as error:
        read(path)
    assert "\n" not in str(error.value)


def test_an_unknown_ending_is_refused(tmp_path):
    path = tmp_path / "essay.qqq"
    path.write_bytes(b"abc")
    with pytest.raises(DocumentError, match="cannot be read"):
        read(path)


def test_lines_of_a_pdf_are_joined_but_not_headings_and_items(tmp_path, soffice):
    sentence = "政府は拡大抑止を極めて重要であると説明し、同盟国への約束を繰り返し確認してきた。"
    source = tmp_path / "essay.html"
    source.write_text(
        f"<html><meta charset='utf-8'><body><h1>題</h1><p>{sentence * 4}</p><h2>次の章</h2>"
        "<ul><li>核弾頭</li><li>軍備管理</li></ul></body></html>",
        encoding="utf-8",
    )
    soffice("writer_web_pdf_Export", source, "pdf")
    found = texts(read(tmp_path / "essay.pdf").text)
    assert found[-3:] == ["次の章", "• 核弾頭", "• 軍備管理"]
    assert found.count(sentence) == 4
