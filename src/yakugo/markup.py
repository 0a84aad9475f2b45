"""Mark-up → text: web pages, Markdown, Word, OpenDocument and EPUB.

Read by ourselves, because kreuzberg loses text in them: that of bare <div>s and captions, of
list items with a list inside, & and < in Word files; and it mixes ruby into the words.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from yakugo.errors import DocumentError

Readings = tuple[tuple[str, str], ...]

_BREAK = "\u2028"  # a line break that is meant; others in mark-up are white space


@dataclass(frozen=True)
class _Markup:
    """What the elements of a kind of mark-up mean, by their local names.

    `blocks` stand on lines of their own; `skipped` are no part of the text; `apart` are texts
    set inside another (notes, text boxes) and come after it; `marks` stand for characters.
    Only text in `text_in` counts; in any element when that is empty.
    """

    blocks: frozenset[str]
    skipped: frozenset[str]
    apart: frozenset[str] = frozenset()
    marks: dict[str, str] = field(default_factory=dict)
    text_in: frozenset[str] = frozenset()


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_HTML = _Markup(
    blocks=_names(
        "address article blockquote body caption center dd details dialog div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu ol "
        "p pre section summary table tbody td tfoot th thead tr ul"
    ),
    skipped=_names(
        "head script style template noscript iframe object svg math nav aside button select "
        "textarea del rp"
    ),
    marks={"br": _BREAK},
)
_WORD = _Markup(
    blocks=_names("p"),
    skipped=_names("pPr rPr del moveFrom Fallback rubyPr"),
    apart=_names("txbxContent"),
    marks={"tab": " ", "br": _BREAK, "cr": _BREAK, "noBreakHyphen": "-"},
    text_in=_names("t"),
)
_OPEN_DOCUMENT = _Markup(
    blocks=_names("p h"),
    skipped=_names("tracked-changes annotation note-citation title desc binary-data"),
    apart=_names("note-body text-box"),
    marks={"s": " ", "tab": " ", "line-break": _BREAK},
)
_ABOVE = _names("rt ruby-text")  # what is set above a word
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・\s]*")
_PARTS_OF_A_PAGE = _names("article main section")
_FURNITURE_ROLES = _names("navigation banner contentinfo complementary search")


def _text_of(root: etree._Element, markup: _Markup) -> tuple[str, Readings]:
    """The text of a tree, a block a line, and the readings that its ruby gives to words."""
    lines: list[str] = []
    line: list[str] = []
    apart: list[etree._Element] = []
    readings: list[tuple[str, str]] = []

    def end_line() -> None:
        lines.append(_collapsed("".join(line)))
        line.clear()

    def add(text: str | None, parent: etree._Element) -> None:
        tag = _local(parent)
        if text and (not markup.text_in or tag in markup.text_in):
            line.append(text.replace("\n", _BREAK) if tag == "pre" else text)

    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = _local(element)
        if event == "start":
            if tag in markup.apart and element is not root:
                apart.append(element)
                walk.skip_subtree()
            elif tag in markup.skipped or _is_furniture(element, tag):
                walk.skip_subtree()
            elif tag in _ABOVE:
                line.append(_bracketed("".join(element.itertext())))
                walk.skip_subtree()
            else:
                if tag in markup.blocks:
                    end_line()
                if tag == "ruby":
                    readings += _reading(element)
                line.append(markup.marks.get(tag, ""))
                add(element.text, element)
        else:
            if tag in markup.blocks:
                end_line()
            if element is not root:
                add(element.tail, element.getparent())
    end_line()
    for element in apart:
        text, more = _text_of(element, markup)
        lines.append(text)
        readings += more
    return "\n".join(filter(None, lines)), tuple(dict.fromkeys(readings))


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _is_furniture(element: etree._Element, tag: str) -> bool:
    """Whether it is the page's own: its navigation, or a header that is no article's."""
    if element.get("role") in _FURNITURE_ROLES:
        return True
    if tag not in ("header", "footer"):
        return False
    return not any(_local(above) in _PARTS_OF_A_PAGE for above in element.iterancestors())


_WORD_OF_RUBY = etree.XPath(
    ".//text()[not(ancestor::*[contains(' rt rp rubyPr ruby-text ',"
    " concat(' ', local-name(), ' '))])]"
)
_KANA_OF_RUBY = etree.XPath(
    ".//text()[ancestor::*[local-name() = 'rt' or local-name() = 'ruby-text']]"
)


def _reading(ruby: etree._Element) -> list[tuple[str, str]]:
    """The word of a ruby element with its kana; nothing when it is not kana that stands above."""
    word = re.sub(r"\s", "", "".join(_WORD_OF_RUBY(ruby)))
    kana = re.sub(r"\s", "", "".join(_KANA_OF_RUBY(ruby)))
    return [(word, kana)] if word and kana and _KANA.fullmatch(kana) else []


def _bracketed(above: str) -> str:
    """Kana above a word are no part of the text; English above it is a gloss, put in brackets."""
    return "" if _KANA.fullmatch(above) else f"({above.strip()})"


_SPACE = re.compile(r"[ \t\r\n]+")


def _collapsed(text: str) -> str:
    """White space of mark-up as one space; a line end inside Japanese is nothing at all."""
    return _SPACE.sub(_space, text).strip(" ")


def _space(found: re.Match[str]) -> str:
    if "\n" not in found[0]:
        return " "
    text, start, end = found.string, found.start(), found.end()
    return between(text[max(start - 1, 0) : start], text[end : end + 1])


def between(before: str, after: str) -> str:
    """What a line end stands for: a space between Latin letters, nothing next to Japanese."""
    return " " if before.isascii() and after.isascii() else ""


_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.I)
_SHIFT_JIS = ("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j")


def declared_encoding(data: bytes) -> str:
    """The encoding that a web page says it is in; "" when it says none."""
    found = _CHARSET.search(data[:2048])
    declared = found[1].decode().lower() if found else ""
    return "cp932" if declared in _SHIFT_JIS else declared


def html_text(source: str) -> tuple[str, Readings]:
    """The text of a web page without its navigation."""
    from lxml import html

    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    try:
        root = html.document_fromstring(source, parser=html.HTMLParser(huge_tree=True))
    except etree.ParserError:
        return "", ()  # no element in it
    return _text_of(root, _HTML)


_FRONT_MATTER = re.compile(r"\A\ufeff?---\n.*?\n---\n", re.S)
_FOOTNOTE = re.compile(r"(^\[\^[^\]\n]+\]:[ \t]*)|\[\^[^\]\n]+\]", re.M)


def _rendered(markdown: str) -> str:
    """Markdown as HTML; its front matter dropped, its footnotes paragraphs of their own."""
    from markdown_it import MarkdownIt

    markdown = _FRONT_MATTER.sub("", markdown.replace("\r\n", "\n"))
    markdown = _FOOTNOTE.sub(lambda found: "\n\n" if found[1] else "", markdown)
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(reader.render(markdown))


def markdown_text(source: str) -> tuple[str, Readings]:
    """The text of a Markdown file without its mark-up."""
    return html_text(_rendered(source))


_LARGEST_PART = 256 * 2**20  # bytes, unpacked: more is no text but a bomb
DAMAGED = "{} is damaged or not what its ending says ({}); open and save it again in its program"


def archive_text(data: bytes, suffix: str, name: str) -> tuple[str, Readings]:
    """The text of a document that is a ZIP of XML parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [_text_of(root, markup) for root, markup in ARCHIVES[suffix](archive)]
    except (
        *(zipfile.BadZipFile, zlib.error, etree.LxmlError),
        *(OSError, EOFError, KeyError, ValueError, RuntimeError, NotImplementedError),
    ) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0].strip("'\"")
        raise DocumentError(DAMAGED.format(name, reason)) from error
    readings = dict.fromkeys(pair for _, pairs in found for pair in pairs)
    return "\n".join(text for text, _ in found if text), tuple(readings)


def _part(archive: zipfile.ZipFile, part: str) -> bytes:
    if archive.getinfo(part).file_size > _LARGEST_PART:
        raise ValueError(f"{part} in it is too large")
    return archive.read(part)


def _xml(data: bytes) -> etree._Element:
    safely = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(data, safely)


_Trees = Iterator[tuple[etree._Element, _Markup]]


def _word_parts(archive: zipfile.ZipFile) -> _Trees:
    yield _xml(_part(archive, "word/document.xml")), _WORD
    for notes in ("word/footnotes.xml", "word/endnotes.xml"):
        if notes in archive.namelist():
            yield _xml(_part(archive, notes)), _WORD


def _open_document_parts(archive: zipfile.ZipFile) -> _Trees:
    for body in _xml(_part(archive, "content.xml")).iterfind("{*}body"):
        yield body, _OPEN_DOCUMENT


def _epub_parts(archive: zipfile.ZipFile) -> _Trees:
    """The chapters of a book, in the order of its spine (EPUB 3.3, section 5)."""
    container = _xml(_part(archive, "META-INF/container.xml"))
    package_path = next((e.get("full-path", "") for e in container.iter("{*}rootfile")), "")
    package = _xml(_part(archive, package_path))
    items = {e.get("id"): e for e in package.iterfind("{*}manifest/{*}item")}
    for reference in package.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in item.get("properties", "").split():
            continue
        folder = posixpath.dirname(package_path)
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        yield _chapter(_part(archive, path)), _HTML


def _chapter(data: bytes) -> etree._Element:
    from lxml import html

    try:
        return _xml(data)
    except etree.XMLSyntaxError:  # &nbsp; and the like, which only HTML knows
        return html.document_fromstring(data)


ARCHIVES = {".docx": _word_parts, ".odt": _open_document_parts, ".epub": _epub_parts}
