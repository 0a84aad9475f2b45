"""Files → documents.

A document's text has LF line ends and no invisible characters, whatever the file had; all
offsets, here and later, are characters of that text. UTF-8 text stays in its file until it is
wanted, part by part, so that memory does not grow with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from yakugo.decoding import decode, utf8_blocks
from yakugo.errors import DocumentError
from yakugo.markup import (
    ARCHIVES,
    DAMAGED,
    Readings,
    archive_text,
    between,
    declared_encoding,
    html_text,
    markdown_text,
)

PLAIN = frozenset({".txt", ".text", ""})
MARKDOWN = frozenset({".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
OLD_OFFICE = {".doc": ".docx", ".ppt": ".pptx", ".xls": ".xlsx"}  # no reader gets Japanese right
PART = 1_000_000  # characters of a text that are worked on at once


class Part(NamedTuple):
    """Whole lines of a document, and where in it they begin."""

    text: str
    offset: int = 0


@dataclass(frozen=True)
class Document:
    """A text with the name it is known by; `readings` are the kana its ruby gave to words.

    `digest` is the SHA-256 of the text, in hexadecimal; `blocks` reads the text, a few lines or
    all of it at a time. `place` tells it from others of the same name: the whole path of a file
    outside the workspace, else "".
    """

    name: str
    digest: str
    characters: int
    blocks: Callable[[], Iterator[str]] = field(compare=False, repr=False)
    readings: Readings = ()
    place: str = ""

    @property
    def identity(self) -> str:
        """What the same document has when it is collected again, and no other has."""
        return self.place or self.name

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.blocks())

    def parts(self) -> Iterator[Part]:
        """The text in parts of whole lines, for work that need not hold all of it.

        DocumentError when its file was changed since it was first read, or cannot be read.
        """
        offset = 0
        for block in self.blocks():
            yield Part(block, offset)
            offset += len(block)


_LINE_END = re.compile(r"\r\n?|\f|\v|\x85|\u2028|\u2029")
# Soft hyphens, zero-width spaces, and control characters, which no XML may hold.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which nothing can write
# What some PDF writers put for ordinary characters: radicals (⽕ for 火), か with a loose ゛.
_DISGUISED = re.compile("[\u2e80-\u2fdf]|.[\u3099\u309a]")
# All of these: most texts hold none, and looking once for all takes a tenth of the time.
_UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\x85\u00ad\u200b\u2028\u2029\u2060\u2e80-\u2fdf\u3099\u309a"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)


def from_text(text: str, name: str = "text", readings: Readings = ()) -> Document:
    """A document of a text at hand; DocumentError when there is nothing in it."""
    return _document(partial(_in_blocks, _cleaned(text)), name, readings)


def _cleaned(text: str) -> str:
    if not _UNCLEAN.search(text):
        return text
    text = _INVISIBLE.sub("", _LINE_END.sub("\n", text))
    text = _SURROGATE.sub("\ufffd", text)
    return _DISGUISED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def _in_blocks(text: str, size: int = PART) -> Iterator[str]:
    """Cut a text behind line ends into blocks of `size` characters or a little more."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + size - 1) + 1 or len(text)
        yield text[start:end]
        start = end


def _document(blocks: Callable[[], Iterator[str]], name: str, readings: Readings = ()) -> Document:
    """Read a text once, for its digest and length."""
    digest = sha256()
    characters = 0
    empty = True
    for block in blocks():
        digest.update(block.encode("utf-8"))
        characters += len(block)
        empty = empty and not block.strip()
    if empty:
        raise DocumentError(_EMPTY.format(name))
    return Document(name, digest.hexdigest(), characters, blocks, readings)


def _text_file(path: Path, name: str) -> Document | None:
    """A document that stays in its file; None when the file is not plainly UTF-8 text."""

    def blocks() -> Iterator[str]:
        return map(_cleaned, utf8_blocks(path, PART))

    def unchanged() -> Iterator[str]:
        now = sha256()
        try:
            for block in blocks():
                now.update(block.encode("utf-8"))
                yield block
        except (OSError, ValueError):
            now = sha256()
        if now.hexdigest() != document.digest:
            raise DocumentError(_CHANGED.format(name))

    try:
        document = _document(blocks, name)
    except ValueError:
        return None
    return replace(document, blocks=unchanged)


_CHANGED = "{} was changed or taken away while it was read; collect it again"
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
        name_in_base, place = known_as(path.resolve(), (base or Path()).resolve())
        document = _text_file(path, name) if path.suffix.lower() in PLAIN else None
        if document is None:
            text, readings = _content(path.read_bytes(), path, name)
            document = from_text(text, name, readings)
    except FileNotFoundError:
        raise DocumentError(f"{name}: no such file; check the name") from None
    except IsADirectoryError:
        raise DocumentError(f"{name} is a folder; name the files in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(f"{name} cannot be read: {reason}") from error
    return replace(document, name=name_in_base, place=place)


def _content(data: bytes, path: Path, name: str) -> tuple[str, Readings]:
    if not data.strip():
        raise DocumentError(_EMPTY.format(name))
    suffix = path.suffix.lower()
    if suffix in PLAIN:
        return decode(data, name), ()
    if suffix in HTML:
        return html_text(decode(data, name, declared_encoding(data)))
    if suffix in MARKDOWN:
        return markdown_text(decode(data, name))
    if suffix in ARCHIVES:
        return archive_text(data, suffix, name)
    mime_type = _mime_type(path, suffix, name)
    if mime_type.startswith("text/"):
        return decode(data, name), ()
    text = _extract(data, mime_type, name)
    return _joined_lines(text) if suffix == ".pdf" else text, ()


def known_as(path: Path, base: Path) -> tuple[str, str]:
    """The name and the place of a file; a workspace may be moved with the files in it."""
    if path.is_relative_to(base):
        return _as_text(path.relative_to(base).as_posix()), ""
    return _as_text("/".join(path.parts[-2:])), _as_text(path.as_posix())


def _as_text(name: str) -> str:
    return name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text


def read_stream(stream: BinaryIO) -> Document:
    """Read plain text from a stream; each text is a document of its own, named by its digest."""
    document = from_text(decode(stream.read(), "standard input"), "standard input")
    return replace(document, name=f"stdin-{document.digest[:8]}")


_REMEDY_FOR_KIND = "convert it to .txt, .html, .docx or .pdf"


def _mime_type(path: Path, suffix: str, name: str) -> str:
    import kreuzberg

    if suffix in OLD_OFFICE:
        raise DocumentError(
            f"{name}: files ending in {suffix} cannot be read; save it as {OLD_OFFICE[suffix]}"
        )
    try:
        found: str = kreuzberg.detect_mime_type_from_path(str(path))
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
        raise DocumentError(DAMAGED.format(name, reason)) from error
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
            joined[-1] += [between(joined[-1][-1][-1:], line[:1]), line]
        else:
            joined.append([line])
        goes_on = len(line) >= usual * _FULL and not line.endswith(_ENDS)
    paragraphs = map("".join, joined)
    return "\n".join(_GAP.sub("", p) if "。" in p else p for p in paragraphs)
