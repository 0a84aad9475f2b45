"""Files → documents → sentences.

A document's text has LF line ends and no invisible characters, whatever the file had; all
offsets, here and later, are characters of that text.
"""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote

from lxml import etree

from yakugo.errors import DocumentError

PLAIN = frozenset({".txt", ".text", ""})
MARKDOWN = frozenset({".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
OLD_OFFICE = {".doc": ".docx", ".ppt": ".pptx", ".xls": ".xlsx"}  # no reader gets Japanese right

Readings = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Document:
    """A text with the name it is known by; `readings` are the kana its ruby gave to words."""

    name: str
    text: str
    readings: Readings = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal: equal texts, equal digests."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


class Sentence(NamedTuple):
    """A sentence and where it begins in the document's text, in characters."""

    text: str
    offset: int


_LINE_END = re.compile(r"\r\n?|\f|\v|\x85|\u2028|\u2029")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, zero-width spaces
# What some PDF writers put for ordinary characters: radicals (⽕ for 火), か with a loose ゛.
_DISGUISED = re.compile("[\u2e80-\u2fdf]|.[\u3099\u309a]")


def from_text(text: str, name: str = "text", readings: Readings = ()) -> Document:
    """A document of a text at hand; DocumentError when there is nothing in it."""
    text = _INVISIBLE.sub("", _LINE_END.sub("\n", text))
    text = _DISGUISED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    if not text.strip():
        raise DocumentError(_EMPTY.format(name))
    return Document(name, text, readings)


_EMPTY = "{} is empty: there is no text in it to collect from"


def read(path: Path | str, base: Path | None = None) -> Document:
    """Read a file: plain text, .md, .html, .docx, .odt, .epub, or what kreuzberg reads (.pdf …).

    The document is known by its path within `base` (the workspace), or by its folder's and its
    own name when it is elsewhere. DocumentError for what is missing, empty, damaged, not text,
    or in an encoding that cannot be told.
    """
    path = Path(path)
    name = path.as_posix()
    try:
        data = path.read_bytes()
        known_as = _known_as(path.resolve(), (base or Path()).resolve())
    except FileNotFoundError:
        raise DocumentError(f"{name}: no such file; check the name") from None
    except IsADirectoryError:
        raise DocumentError(f"{name} is a folder; name the files in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(f"{name} cannot be read: {reason}") from error
    if not data.strip():
        raise DocumentError(_EMPTY.format(name))
    text, readings = _content(data, path.suffix.lower(), name)
    if not text.strip():
        raise DocumentError(_EMPTY.format(name))
    return from_text(text, known_as, readings)


def _content(data: bytes, suffix: str, name: str) -> tuple[str, Readings]:
    if suffix in PLAIN:
        return decode(data, name), ()
    if suffix in HTML:
        return _html(decode(data, name, _declared_encoding(data)))
    if suffix in MARKDOWN:
        return _html(_rendered(decode(data, name)))
    if suffix in _ARCHIVES:
        return _archive(data, suffix, name)
    mime_type = _mime_type(suffix, name)
    if mime_type.startswith("text/"):
        return decode(data, name), ()
    text = _extract(data, mime_type, name)
    return _joined_lines(text) if suffix == ".pdf" else text, ()


def _known_as(path: Path, base: Path) -> str:
    if path.is_relative_to(base):
        return path.relative_to(base).as_posix()
    return "/".join(path.parts[-2:])


def read_stream(stream: BinaryIO) -> Document:
    """Read plain text from a stream; each text is a document of its own, named by its digest."""
    document = from_text(decode(stream.read(), "standard input"), "standard input")
    return Document(f"stdin-{document.digest[:8]}", document.text)


# --- plain text -------------------------------------------------------------------------------

_SIGNATURES = (
    (b"%PDF", "a PDF file", ".pdf"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", ".docx, .xlsx …"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", ".doc"),
    (b"{\\rtf", "an RTF document", ".rtf"),
    (b"\x89PNG", "a PNG picture", ".png"),
    (b"\xff\xd8\xff", "a JPEG picture", ".jpg"),
    (b"GIF8", "a GIF picture", ".gif"),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90", "a program", ""),
    (b"\x1f\x8b", "a gzip archive", ".gz"),
    (b"SQLite format 3", "a database", ".sqlite"),
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_REMEDY = "save it as UTF-8 and collect it again"
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_DOS_END = b"\x1a"  # old editors end a file with it
_ISO_2022_JP = b"\x1b$"  # the switch to kanji
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々、。「」・（）　！？]")
_HIRAGANA = re.compile(r"[ぁ-ゖ]")
_UTF16 = ("utf-16-le", "utf-16-be")
_LEGACY = ("cp932", "euc_jis_2004", *_UTF16)
_SURE = 0.7  # share of characters that a right decoding of a Japanese text has at the least


def decode(data: bytes, name: str, declared: str = "") -> str:
    """Bytes of a text file as text: UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP.

    An encoding is taken when the bytes have its mark or are strictly it, when the file declares
    it, or when the text is plainly Japanese in it and in no other; else DocumentError.
    """
    for signature, what, suffix in _SIGNATURES:
        if data.startswith(signature):
            remedy = f"give it its own ending ({suffix})" if suffix else "collect from a text file"
            raise DocumentError(f"{name} is not text but looks like {what}; {remedy}")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_strictly(data, encoding, name), name)
    if b"\0" in data:
        return _checked(_utf16_without_mark(data, name), name)
    if _ISO_2022_JP in data and data.isascii():
        return _checked(_strictly(data, "iso2022_jp", name), name)
    data = data.rstrip(_DOS_END)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _legacy(data, name, declared, error.start)
    return _checked(text, name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise DocumentError(f"{name} is not valid {encoding} text; {_REMEDY}") from None


def _checked(text: str, name: str) -> str:
    if "\0" in text:
        raise DocumentError(f"{name} holds NUL characters and is not text; {_REMEDY}")
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise DocumentError(
            f"{name}, line {line:,}: holds a control character (U+{ord(found[0]):04X}), as text "
            "does not; remove it, or collect from a text file"
        )
    return text


def _plausible(data: bytes, encoding: str) -> bool:
    """Whether the bytes are strictly text in an encoding, and that text plainly Japanese."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    if not _HIRAGANA.search(text) or "\0" in text:
        return False
    likely = len(_JAPANESE.findall(text)) + sum(map(str.isascii, text))
    return likely >= _SURE * len(text)


def _utf16_without_mark(data: bytes, name: str) -> str:
    for encoding in _UTF16:
        if _plausible(data, encoding):
            return data.decode(encoding)
    place = data.index(b"\0")
    raise DocumentError(f"{name} holds a NUL byte (byte {place:,}) and is not text; {_REMEDY}")


def _legacy(data: bytes, name: str, declared: str, not_utf8_at: int) -> str:
    """Text that is not UTF-8: as declared, else in the one encoding that is plausible."""
    try:
        return data.decode(declared)
    except (UnicodeDecodeError, LookupError):
        found = [encoding for encoding in _LEGACY if _plausible(data, encoding)]
    if len(found) != 1:
        raise DocumentError(
            f"{name}: its encoding cannot be told (no UTF-8 from byte {not_utf8_at:,}); {_REMEDY}"
        )
    return data.decode(found[0])


# --- mark-up: HTML, Markdown, Word, OpenDocument, EPUB ------------------------------------------
# Read by ourselves, because kreuzberg loses text in them: that of bare <div>s and captions, of
# list items with a list inside, and & and < in Word files; and it mixes ruby into the words.

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
    text, start, end = found.string, found.start(), found.end()
    return " " if "\n" not in found[0] else _between(text[:start][-1:], text[end : end + 1])


def _between(before: str, after: str) -> str:
    """What a line end stands for: a space between Latin letters, nothing next to Japanese."""
    return " " if before.isascii() and after.isascii() else ""


_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.I)
_SHIFT_JIS = ("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j")


def _declared_encoding(data: bytes) -> str:
    found = _CHARSET.search(data[:2048])
    declared = found[1].decode().lower() if found else ""
    return "cp932" if declared in _SHIFT_JIS else declared


def _html(source: str) -> tuple[str, Readings]:
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


_LARGEST_PART = 256 * 2**20  # bytes, unpacked: more is no text but a bomb
_DAMAGED = "{} is damaged or not what its ending says ({}); open and save it again in its program"


def _archive(data: bytes, suffix: str, name: str) -> tuple[str, Readings]:
    """The text of a document that is a ZIP of XML parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [_text_of(root, markup) for root, markup in _ARCHIVES[suffix](archive)]
    except (
        *(zipfile.BadZipFile, zlib.error, etree.LxmlError),
        *(OSError, EOFError, KeyError, ValueError, RuntimeError, NotImplementedError),
    ) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0].strip("'\"")
        raise DocumentError(_DAMAGED.format(name, reason)) from error
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
    package_path = next(e.get("full-path", "") for e in container.iter("{*}rootfile"))
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


_ARCHIVES = {".docx": _word_parts, ".odt": _open_document_parts, ".epub": _epub_parts}


# --- PDF and what else kreuzberg reads ----------------------------------------------------------

_REMEDY_FOR_KIND = "convert it to .txt, .html, .docx or .pdf"


def _mime_type(suffix: str, name: str) -> str:
    import kreuzberg

    if suffix in OLD_OFFICE:
        raise DocumentError(
            f"{name}: files ending in {suffix} cannot be read; save it as {OLD_OFFICE[suffix]}"
        )
    try:
        found: str = kreuzberg.detect_mime_type_from_path(f"file{suffix}", check_exists=False)
    except Exception as error:  # kreuzberg raises several kinds for it
        raise DocumentError(
            f"{name}: files ending in {suffix} cannot be read; {_REMEDY_FOR_KIND}"
        ) from error
    return found


def _extract(data: bytes, mime_type: str, name: str) -> str:
    import kreuzberg

    config = kreuzberg.ExtractionConfig(use_cache=False, disable_ocr=True)  # type: ignore[call-arg]
    try:
        text: str = kreuzberg.extract_bytes_sync(data, mime_type, config=config).content
    except Exception as error:  # kreuzberg has no one base class for what its parsers raise
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DocumentError(_DAMAGED.format(name, reason)) from error
    if not text.strip():
        raise DocumentError(
            f"{name} holds no text (a scanned page?); recognise its text (OCR) and save it as text"
        )
    return text


_ITEM = re.compile(r"\s*(?:[•◦▪・●○■□◆◇※\-–]|\(?\d+[.)]|[①-⑳])")
_ENDS = tuple("。．！？!?」』")
_FULL = 0.8  # of the usual width: a shorter line is a heading or ends its paragraph
# The gap that typesetting leaves between Japanese and Latin letters: 2020 年の New START が.
_GAP = re.compile(r"(?<=[ぁ-ヺー一-鿿、。]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[ぁ-ヺー一-鿿])")


def _joined_lines(text: str) -> str:
    """Put the lines of a PDF's paragraphs together again, but not headings and list items.

    A paragraph goes on over the empty line that stands for the end of a page.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
    joined: list[list[str]] = []
    goes_on = False
    for line in filter(None, lines):
        if goes_on and not _ITEM.match(line):
            line = line.lstrip()
            joined[-1] += [_between(joined[-1][-1][-1:], line[:1]), line]
        else:
            joined.append([line])
        goes_on = len(line) >= usual * _FULL and not line.endswith(_ENDS)
    paragraphs = map("".join, joined)
    return "\n".join(_GAP.sub("", p) if "。" in p else p for p in paragraphs)


# --- sentences --------------------------------------------------------------------------------

_BRACKETS = dict(zip("「『（(【［〔〈《“｢〝〖", "」』）)】］〕〉》”｣〟〗", strict=True))
_CLOSING = "[" + re.escape("".join(_BRACKETS.values())) + "]"
_LONGEST_QUOTE = 300  # characters; what a longer quotation holds are sentences of their own
_ABBREVIATIONS = (
    "Mr Mrs Ms Dr Prof Gen Adm Col Lt Maj Capt Sen Rep Gov St Jr Sr No Nos Vol Fig Art "
    "vs etc cf pp Inc Ltd Co Corp"
).split()
_END = re.compile(
    r"[。！？｡!?．.](?:"  # one set first: the search skips to it fast
    r"(?<=[。！？｡])"
    # Not in Yahoo!ニュース, but in 本当か!?そうだ and OK! そうだ.
    rf"|(?<=[!?])(?![A-Za-z0-9])(?:(?<![A-Za-z].)|(?=[\s!?！？\"'”’]|$|{_CLOSING}))"
    r"|(?<=．)(?![0-9０-９])"
    r"|(?<=[ぁ-ゖ]\.)(?![0-9])"
    # After a Latin sentence, not after an initial, a list number or an abbreviation.
    r"|(?:(?<=[A-Za-z]{2}\.)|(?<=[0-9]{2}\.)|(?<=\)\.))(?=\s+[A-Zぁ-ヺ一-鿿「『])"
    + "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATIONS)
    + rf")[。！？｡!?]*{_CLOSING}*(?:[\"'’]+(?=\s|$))?"
)
_MARK = re.compile("[" + re.escape("".join(_BRACKETS) + "".join(_BRACKETS.values())) + "]")


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a text into sentences; between them there is nothing but white space.

    A sentence ends with 。！？ (and what closes after it) or with its line. What is quoted
    belongs to the sentence around it, unless the quotation is long or not closed in its line.
    """
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield from _sentences_of_line(text, start, end)
        start = end + 1


def _sentences_of_line(text: str, start: int, end: int) -> Iterator[Sentence]:
    quoted = _quotations(text, start, end)
    begins = [a for a, _ in quoted]
    at = start
    for match in _END.finditer(text, start, end):
        i = bisect_left(begins, match.start()) - 1
        if i >= 0 and quoted[i][1] > match.start():
            continue  # inside a quotation
        yield from _stripped(text, at, match.end())
        at = match.end()
    yield from _stripped(text, at, end)


def _quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The outermost pairs of brackets of a line that are closed soon: (opening, closing)."""
    pairs: list[tuple[int, int]] = []
    open_at: list[int] = []
    for match in _MARK.finditer(text, start, end):
        char = match[0]
        if char in _BRACKETS:
            open_at.append(match.start())
            continue
        while open_at and _BRACKETS[text[open_at[-1]]] != char:
            open_at.pop()  # an opening that is never closed
        if open_at:
            opening = open_at.pop()
            if match.start() - opening <= _LONGEST_QUOTE:
                while pairs and pairs[-1][0] > opening:
                    pairs.pop()
                pairs.append((opening, match.start()))
    return pairs


def _stripped(text: str, start: int, end: int) -> Iterator[Sentence]:
    whole = text[start:end]
    kept = whole.strip()
    if kept:
        yield Sentence(kept, start + len(whole) - len(whole.lstrip()))
