"""Files → documents → sentences.

A document's text has LF line ends, whatever the file had; all offsets, here and later, are
characters of that text.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from lxml import etree

from yakugo.errors import DocumentError

PLAIN = frozenset({".txt", ".text", ""})
MARKUP = {".md": "text/markdown", ".markdown": "text/markdown"}
HTML = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True)
class Document:
    """A text with the name it is known by; `readings` are the kana its ruby gave to words."""

    name: str
    text: str
    readings: tuple[tuple[str, str], ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal: equal texts, equal digests."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


class Sentence(NamedTuple):
    """A sentence and where it begins in the document's text, in characters."""

    text: str
    offset: int


def _filled(text: str, name: str) -> str:
    if not text.strip():
        raise DocumentError(f"{name} is empty: there is no text in it to collect from")
    return text


def from_text(
    text: str, name: str = "text", readings: tuple[tuple[str, str], ...] = ()
) -> Document:
    """A document of a text at hand; DocumentError when there is nothing in it."""
    text = re.sub(r"\r\n?|\f|\v|\x85|\u2028|\u2029", "\n", text.removeprefix("\ufeff"))
    return Document(name, _filled(text, name), readings)


def read(path: Path, base: Path | None = None) -> Document:
    """Read a file: plain text, or anything that kreuzberg reads (.html, .docx, .pdf …).

    The document is known by its path within `base` (the workspace), or by its folder's and its
    own name when it is elsewhere. DocumentError for what is missing, empty, damaged, not text,
    or in an encoding that cannot be told.
    """
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
        raise DocumentError(f"{name} is empty: there is no text in it to collect from")
    suffix = path.suffix.lower()
    if suffix in PLAIN:
        return from_text(_filled(decode(data, name), name), known_as)
    if suffix in HTML:
        html, readings = _without_ruby(decode(data, name, _declared_encoding(data)), name)
        return from_text(_extract(html, "text/html", name), known_as, readings)
    if suffix in MARKUP:
        return from_text(_extract(decode(data, name).encode(), MARKUP[suffix], name), known_as)
    if suffix == ".docx":
        data = _without_docx_ruby(data, name)
    text = _extract(data, _mime_type(path), name)
    return from_text(_joined_lines(text) if suffix == ".pdf" else text, known_as)


def _known_as(path: Path, base: Path) -> str:
    if path.is_relative_to(base):
        return path.relative_to(base).as_posix()
    return "/".join(path.parts[-2:])


def read_stream(stream: BinaryIO) -> Document:
    """Read plain text from a stream; each text is a document of its own, named by its digest."""
    text = decode(stream.read(), "standard input")
    document = from_text(text, "standard input")
    return Document(f"stdin-{document.digest[:8]}", document.text)


# --- plain text -------------------------------------------------------------------------------

_SIGNATURES = (
    (b"%PDF", "a PDF file", ".pdf"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", ".docx, .xlsx …"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", ".doc"),
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
_NOT_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")  # control bytes; ESC is ISO-2022-JP's
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々、。「」・（）　！？]")
_HIRAGANA = re.compile(r"[ぁ-ゖ]")
_LEGACY = ("iso2022_jp", "cp932", "euc_jis_2004", "utf-16-le", "utf-16-be")
_SURE = 0.7  # share of characters that a right decoding of a Japanese text has at the least


def decode(data: bytes, name: str, declared: str = "") -> str:
    """Bytes of a text file as text: UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP.

    An encoding is taken when the bytes have its mark, or when the text is plainly Japanese in
    it and in no other; else DocumentError.
    """
    for signature, what, suffix in _SIGNATURES:
        if data.startswith(signature):
            remedy = f"give it its own ending ({suffix})" if suffix else "collect from a text file"
            raise DocumentError(f"{name} is not text but looks like {what}; {remedy}")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, name)
    if declared:
        return _strictly(data, declared, name)
    if b"\0" in data:
        return _utf16_without_mark(data, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _japanese(data, name)
    if _NOT_TEXT.search(data):
        raise DocumentError(f"{name} is not text: it holds control bytes; {_REMEDY}")
    return text if "\x1b" not in text else _japanese(data, name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise DocumentError(f"{name} is not valid {encoding} text; {_REMEDY}") from None
    if "\0" in text:
        raise DocumentError(f"{name} holds NUL characters and is not text; {_REMEDY}")
    return text


def _plausible(data: bytes, encoding: str) -> float:
    """The share of Japanese characters and ASCII when read so; 0 when it cannot be or is not."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    if not _HIRAGANA.search(text) or "\0" in text:
        return 0.0
    japanese = len(_JAPANESE.findall(text))
    return (japanese + sum(c.isascii() for c in text)) / len(text) if japanese else 0.0


def _utf16_without_mark(data: bytes, name: str) -> str:
    for encoding in _LEGACY[-2:]:
        if _plausible(data, encoding) >= _SURE:
            return data.decode(encoding)
    place = data.index(b"\0")
    raise DocumentError(f"{name} holds a NUL byte (byte {place:,}) and is not text; {_REMEDY}")


def _japanese(data: bytes, name: str) -> str:
    shares = {encoding: _plausible(data, encoding) for encoding in _LEGACY}
    best = max(shares, key=lambda encoding: shares[encoding])
    others = [share for encoding, share in shares.items() if encoding != best]
    if shares[best] < _SURE or max(others) >= shares[best]:
        raise DocumentError(f"{name}: its encoding cannot be told; {_REMEDY}")
    return data.decode(best)


# --- documents with structure -----------------------------------------------------------------

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.I)
_ABOVE = ("rt", "rp", "rtc")
_INLINE = ("ruby", "rb", "b", "strong", "i", "em", "u", "a", "span", "code", "mark", "small", "s")


def _declared_encoding(data: bytes) -> str:
    found = _CHARSET.search(data[:2048])
    declared = found[1].decode().lower() if found else ""
    return "cp932" if declared in ("shift_jis", "shift-jis", "sjis", "x-sjis") else declared


def _without_ruby(source: str, name: str) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    """HTML without the kana above words, which are no part of the text but its readings.

    Inline mark-up goes too: kreuzberg would leave it as Markdown in the middle of sentences.
    """
    from lxml import html

    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))
    except etree.ParserError:
        raise DocumentError(f"{name} is empty: there is no text in it to collect from") from None
    readings = [
        (word, kana)
        for ruby in root.iter("ruby")
        if (word := _inner(ruby, above=False)) and (kana := _inner(ruby, above=True))
    ]
    etree.strip_elements(root, *_ABOVE, with_tail=False)
    etree.strip_tags(root, *_INLINE)
    return etree.tostring(root, encoding="utf-8", method="html"), tuple(dict.fromkeys(readings))


def _inner(ruby: etree._Element, above: bool) -> str:
    """The text of a ruby element: the kana above it, or the word that carries them."""
    inside = "ancestor-or-self::rt" if above else "not(ancestor-or-self::rt | ancestor-or-self::rp)"
    found = etree.XPath(f".//text()[parent::*[{inside}]]")(ruby)
    return "".join(map(str, found)).strip()


_DOCX_RUBY = re.compile(rb"<w:rt>.*?</w:rt>", re.S)
_DOCX_BODY = "word/document.xml"


def _without_docx_ruby(data: bytes, name: str) -> bytes:
    """A .docx without the kana that Word sets above words (w:rt), if it has any."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = archive.read(_DOCX_BODY)
            if not _DOCX_RUBY.search(body):
                return data
            kept = io.BytesIO()
            with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as copy:
                for info in archive.infolist():
                    part = archive.read(info)
                    copy.writestr(
                        info, _DOCX_RUBY.sub(b"", part) if info.filename == _DOCX_BODY else part
                    )
            return kept.getvalue()
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, zlib.error) as error:
        raise DocumentError(
            f"{name} is damaged or not a .docx file ({error}); open and save it again in Word"
        ) from error


def _mime_type(path: Path) -> str:
    import kreuzberg

    try:
        found: str = kreuzberg.detect_mime_type_from_path(str(path))
    except Exception as error:
        raise DocumentError(
            f"{path.as_posix()}: files ending in {path.suffix} cannot be read; "
            "convert it to .txt, .html, .docx or .pdf"
        ) from error
    return found


def _extract(data: bytes, mime_type: str, name: str) -> str:
    import kreuzberg

    config = kreuzberg.ExtractionConfig(use_cache=False, disable_ocr=True)  # type: ignore[call-arg]
    try:
        text: str = kreuzberg.extract_bytes_sync(data, mime_type, config=config).content
    except Exception as error:  # kreuzberg has no one base class for what its parsers raise
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DocumentError(
            f"{name} is damaged or not what its ending says ({reason}); "
            "open and save it again in its program, or save it as text"
        ) from error
    if not text.strip():
        raise DocumentError(
            f"{name} holds no text (a scanned page?); recognise its text (OCR) and save it as text"
        )
    return text


_ITEM = re.compile(r"\s*(?:[•◦▪・●○■□◆◇※\-–]|\(?\d+[.)]|[①-⑳])")
_ENDS = tuple("。．！？!?」』")
_FULL = 0.8  # of the usual width: a shorter line is a heading or ends its paragraph


def _joined_lines(text: str) -> str:
    """Put the lines of a PDF's paragraphs together again, but not headings and list items."""
    lines = text.replace("\r\n", "\n").split("\n")
    lengths = sorted(len(line) for line in lines if line.strip())
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
    joined: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line.strip() and not _ITEM.match(line):
            words = joined[-1][-1:].isascii() and line[:1].isascii()
            joined[-1] += (" " if words else "") + line.lstrip()
        else:
            joined.append(line)
        open_line = len(line) >= usual * _FULL and not line.rstrip().endswith(_ENDS)
    return "\n".join(joined)


# --- sentences --------------------------------------------------------------------------------

_BRACKETS = dict(zip("「『（(【［〔〈《“", "」』）)】］〕〉》”", strict=True))
_LONGEST_QUOTE = 300  # characters; what a longer quotation holds are sentences of their own
_END = re.compile(
    r"(?:[。！？]|[!?](?![A-Za-z0-9])|(?<=[a-z0-9)])\.(?=\s+[A-Z])|．(?![0-9０-９]))"
    r"[。！？!?]*[」』）)】］〕〉》”]*"
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
