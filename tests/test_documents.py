import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from yakugo.candidates import collect
from yakugo.documents import _in_blocks, from_text, read, read_stream
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
    assert read(path, tmp_path).name == read(path, tmp_path).identity == "texts/essay.txt"
    assert read(path, tmp_path / "texts").name == "essay.txt"
    outside = read(path, tmp_path / "workspace")
    assert outside.name == "texts/essay.txt"
    assert outside.identity == path.resolve().as_posix()


def test_standard_input_is_a_document_named_by_its_text(tmp_path):
    path = tmp_path / "essay.txt"
    path.write_text(TEXT, encoding="utf-8")
    with path.open("rb") as stream:
        piped = read_stream(stream)
    assert piped.name.startswith("stdin-")
    assert piped.digest == read(path).digest == from_text(TEXT).digest


def test_a_text_cut_off_in_the_middle_of_a_letter_is_told_where(tmp_path):
    path = tmp_path / "essay.txt"
    path.write_bytes(TEXT.strip().encode()[:-1])
    with pytest.raises(DocumentError, match="no UTF-8 from byte 72"):
        read(path)


def test_a_control_character_is_told_by_its_line(tmp_path):
    path = tmp_path / "essay.txt"
    path.write_text("見出し\n政府は\x02重視する。", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"line 2: .*U\+0002"):
        read(path)


def test_what_cannot_be_seen_is_no_part_of_the_text():
    assert (
        from_text("核の\u200b傘、\u00adハ\u3099ランス、\u2f55薬\x02。").text
        == "核の傘、バランス、火薬。"
    )


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_collected_from_and_written_as_xml(text):
    try:
        document = from_text(text)
    except DocumentError:
        assert not text.strip() or not text.isprintable()
        return
    collect(document)
    etree.Element("note").text = document.text
    at = 0
    for sentence in sentences(document.text):
        assert document.text[at : sentence.offset].strip() == ""
        at = sentence.offset + len(sentence.text)
        assert document.text[sentence.offset : at] == sentence.text
    assert document.text[at:].strip() == ""


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


@pytest.mark.parametrize(
    ("markup", "given"),
    [
        ("AT&amp;T、1 &lt; 2", ["AT&T、1 < 2"]),
        ("核</w:t><w:noBreakHyphen/><w:t>二", ["核-二"]),
        ("上の行</w:t><w:br/><w:t>下の行", ["上の行", "下の行"]),
        (
            "本</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>囲み。</w:t></w:r></w:p>"
            "</w:txbxContent></w:r><w:r><w:t>文。",
            ["本文。", "囲み。"],
        ),
    ],
)
def test_no_text_of_a_word_file_is_lost(tmp_path, markup, given):
    path = tmp_path / "essay.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", BODY.replace("次の段落。", markup))
    assert texts(read(path).text)[1:] == given


def test_an_open_document_gives_its_notes_after_its_text(tmp_path):
    path = tmp_path / "essay.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "content.xml",
            "<o:document-content xmlns:o='office' xmlns:t='text'><o:body><o:text><t:p>政府は"
            "<t:ruby><t:ruby-base>拡大抑止</t:ruby-base><t:ruby-text>かくだいよくし</t:ruby-text></t:ruby>を"
            "<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>注の文。</t:p>"
            "</t:note-body></t:note>重視する。</t:p></o:text></o:body></o:document-content>",
        )
    document = read(path)
    assert texts(document.text) == ["政府は拡大抑止を重視する。", "注の文。"]
    assert document.readings == (("拡大抑止", "かくだいよくし"),)


def test_a_book_gives_its_chapters_in_the_order_of_its_spine(tmp_path):
    chapter = "<?xml version='1.0'?><html><head><title/></head><body><p>{}</p></body></html>"
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path='in/book.opf'/></rootfiles></container>",
        )
        archive.writestr(
            "in/book.opf",
            "<package><manifest><item id='nav' href='nav.xhtml' properties='nav'/>"
            "<item id='b' href='the%20end.xhtml'/><item id='a' href='1/a.xhtml'/></manifest>"
            "<spine><itemref idref='nav'/><itemref idref='a'/><itemref idref='b'/></spine>"
            "</package>",
        )
        archive.writestr("in/nav.xhtml", chapter.format("目次"))
        archive.writestr("in/the end.xhtml", chapter.format("終わりの&nbsp;章。"))
        archive.writestr(
            "in/1/a.xhtml", chapter.format("<ruby>核<rt>かく</rt>抑止<rt>よくし</rt></ruby>の章。")
        )
    document = read(path)
    assert texts(document.text) == ["核抑止の章。", "終わりの\u00a0章。"]
    assert document.readings == (("核抑止", "かくよくし"),)


def test_english_set_above_a_word_stays_as_a_gloss(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        "<p>政府は<ruby>拡大抑止<rp>(</rp><rt>extended deterrence</rt><rp>)</rp></ruby>を"
        "重視する。",
        encoding="utf-8",
    )
    document = read(path)
    assert document.text == "政府は拡大抑止(extended deterrence)を重視する。"
    assert document.readings == ()


def test_markdown_keeps_nested_items_and_footnotes(tmp_path):
    path = tmp_path / "note.md"
    path.write_text(
        "---\ntitle: 覚え\n---\n- 軍備*管理*\n  - 検証\n\n一行目は\n続く[^1]。\n\n[^1]: 注の文。\n",
        encoding="utf-8",
    )
    assert texts(read(path).text) == ["軍備管理", "検証", "一行目は続く。", "注の文。"]


def test_a_pdf_of_pictures_is_refused(tmp_path):
    objects = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj ",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj ",
    )
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4\n" + b"".join(objects) + b"trailer<</Size 4/Root 1 0 R>>\n%%EOF")
    with pytest.raises(DocumentError, match="holds no text"):
        read(path)


@pytest.mark.parametrize(("name", "better"), [("old.doc", ".docx"), ("old.xls", ".xlsx")])
def test_an_old_office_file_is_refused_rather_than_misread(tmp_path, name, better):
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    with pytest.raises(DocumentError, match=f"save it as {better}"):
        read(path)


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


def test_a_text_file_is_read_in_parts_of_whole_lines(tmp_path, monkeypatch):
    monkeypatch.setattr("yakugo.documents.PART", 20)
    path = tmp_path / "essay.txt"
    path.write_bytes(("\ufeff" + TEXT.strip() * 3 + "\r\n" + TEXT).encode() * 3)
    document = read(path)
    parts = list(document.parts())
    assert len(parts) > 3
    assert all(part.text.endswith("\n") for part in parts[:-1])
    assert [document.text[p.offset : p.offset + len(p.text)] for p in parts] == [
        part.text for part in parts
    ]
    assert document == replace(from_text(document.text, document.name), place=document.place)
    assert document.characters == len(document.text)
    assert "\r" not in document.text


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path):
    path = tmp_path / "essay.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = read(path)
    path.write_text(TEXT + "別の文。", encoding="utf-8")
    with pytest.raises(DocumentError, match="was changed or taken away"):
        list(document.parts())
    path.unlink()
    with pytest.raises(DocumentError, match="was changed or taken away"):
        list(document.parts())


@given(st.text(alphabet="核の傘。\n", min_size=1), st.integers(1, 9))
def test_blocks_of_a_text_are_whole_lines_and_lose_nothing(text, size):
    blocks = list(_in_blocks(text, size))
    assert "".join(blocks) == text
    assert all(block.endswith("\n") for block in blocks[:-1])
