"""What kind of file it is, by its content before its ending: .xml and .txt can be anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from yakugo.errors import DocumentError
from yakugo.model import SentencePair

Reader = Callable[[Path], Iterator[SentencePair]]

_HEAD = 4096  # bytes that tell
_XML_ENDINGS = frozenset({".tmx", ".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".xml"})
_WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods"})
_BLANK = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"  # white space and the marks of the encodings
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BEGINS_XML = re.compile(r"<(?:\?xml|!DOCTYPE|!--|(?:\w+:)?(?:tmx|xliff)[\s>])")


def reader_for(path: Path) -> Reader:
    """The reader for a file; DocumentError for a file that is none of the known kinds."""
    head = _head(path)
    suffix = path.suffix.lower()
    if head.startswith(_WORKBOOK_MARKS):
        return _workbook()
    if is_xml(head) or (suffix in _XML_ENDINGS and _beginning(head).startswith("<")):
        return _reader_of_xml(path)
    if suffix in _XML_ENDINGS:
        raise DocumentError(
            f"{path}: ends in {suffix} but is no XML; export it again, or give it its own ending"
        )
    if suffix in _WORKBOOK_ENDINGS:
        return _workbook()  # which says what is wrong with it
    from yakugo.bitext import table

    return table.read


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head.strip(_BLANK) and not file.read(1):
            raise DocumentError(f"{path} is empty: there is no sentence in it")
    return head


def is_xml(head: bytes) -> bool:
    """Whether a file that begins so is XML, by its declaration or by a root that is known."""
    return bool(_BEGINS_XML.match(_beginning(head)))


def _beginning(head: bytes) -> str:
    """The first characters as far as they are ASCII, which is all that is looked for."""
    wide = head.startswith(_UTF16_MARKS) or b"\0" in head[:4]
    text = head.replace(b"\0", b"") if wide else head
    return text.lstrip(_BLANK).decode("latin-1")


def check_plain(path: Path) -> None:
    """DocumentError for a file that holds both languages already, and needs no second one."""
    head = _head(path)
    if head.startswith(_WORKBOOK_MARKS) or is_xml(head):
        raise DocumentError(
            f"{path} is no plain text; give two plain texts, or a file of both languages alone"
        )


def _workbook() -> Reader:
    from yakugo.bitext import workbook

    return workbook.read


def _reader_of_xml(path: Path) -> Reader:
    from yakugo.bitext import tmx, xliff, xliff2
    from yakugo.bitext.elements import root

    name, attributes = root(path)
    if name == "tmx":
        return tmx.read
    if name == "xliff":
        return xliff2.read if attributes.get("version", "").startswith("2") else xliff.read
    raise DocumentError(
        f"{path}: is XML, but neither TMX nor XLIFF (its root is <{name}>); export it as TMX"
    )
