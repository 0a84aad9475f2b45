"""XML files of any size → their elements of one name, one after the other.

Nothing outside the file is read: no DTD, no entity, no network. A file that declares entities
is refused while its prolog is read, before there is anything to expand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple
from xml.parsers import expat

from lxml import etree

from yakugo.errors import DocumentError

_CHUNK = 256 * 1024  # bytes parsed at once; their elements are in memory together
_REPAIR = "repair it there, or export it again from its program"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_SHIFT_JIS = frozenset({"shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932"})
_MULTIBYTE = frozenset({"euc-jp", "x-euc-jp", "iso-2022-jp"})


class Root(NamedTuple):
    """The root element of a file: its name without a prefix, its attributes as written."""

    name: str
    attributes: dict[str, str]


class _Declares(Exception):
    """The prolog declares something that is put in elsewhere: an entity or a default."""


class _Found(Exception):
    """The root element has begun; what comes after it is for lxml."""

    def __init__(self, root: Root) -> None:
        super().__init__(root.name)
        self.root = root


def root(path: Path) -> Root:
    """The root element of an XML file; nothing of what is in it is read.

    DocumentError for a file that is damaged up to there, or that declares entities or default
    attributes (XML 1.0, sections 3.3 and 4.2): however short, they may stand for gigabytes.
    """
    with path.open("rb") as file:
        return root_of(file, str(path))


def root_of(file: IO[bytes], name: str) -> Root:
    """The same for an open file, of which an error says the name."""
    chunk = file.read(_CHUNK)
    parser = expat.ParserCreate(_encodings(chunk)[0])
    parser.StartElementHandler = _begin
    parser.EntityDeclHandler = parser.AttlistDeclHandler = _refuse
    try:
        while chunk:
            parser.Parse(chunk)
            chunk = file.read(_CHUNK)
        parser.Parse(b"", True)
    except _Found as found:
        return found.root
    except _Declares:
        raise DocumentError(
            f"{name}, line {parser.CurrentLineNumber:,}: declares entities or default attributes, "
            "which can blow up and are not read; remove the DTD (<!DOCTYPE … [ … ]>) from it"
        ) from None
    except (ValueError, LookupError):
        raise DocumentError(
            f"{name}, line 1: names an encoding that is not known; save it as UTF-8"
        ) from None
    except expat.ExpatError as error:
        raise _damaged(
            name, error.lineno, expat.ErrorString(error.code), at_end=not chunk
        ) from None
    raise AssertionError("expat ends with a root or an error")


def _begin(name: str, attributes: dict[str, str]) -> None:
    raise _Found(Root(name.rpartition(":")[2], attributes))


def _refuse(*_: object) -> None:
    raise _Declares


def elements(path: Path, name: str, *, huge: bool = False) -> Iterator[etree._Element]:
    """The elements of a name, whatever their namespace, each when it is complete.

    An element is there until the next one is asked for; what stands before it in the file is
    gone from the tree, what it stands in is there. `huge` lifts the limit of 10 MB for one text.
    DocumentError where the XML is damaged or cut off. Call `root` first: it refuses bombs.
    """
    with path.open("rb") as file:
        chunk = file.read(_CHUNK)
        parser = etree.XMLPullParser(
            ("end",),
            tag=f"{{*}}{name}",
            encoding=_encodings(chunk)[1],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            huge_tree=huge,
        )
        try:
            while chunk:
                parser.feed(chunk)
                element = None
                for _, element in parser.read_events():
                    yield element
                if element is not None:
                    _forget_before(element)
                if fatal := _first_fatal(parser):  # not every one is raised by lxml
                    raise _damaged(str(path), fatal.line, fatal.message, at_end=False)
                chunk = file.read(_CHUNK)
            parser.close()
        except etree.XMLSyntaxError as error:
            if fatal := _first_fatal(parser):
                error_at, reason = fatal.line, fatal.message
            elif parser.feed_error_log and not chunk:
                return  # no more than a prefix without its namespace: all was read
            else:
                error_at, reason = error.lineno, error.msg
            raise _damaged(str(path), error_at, reason, at_end=not chunk) from None


def _first_fatal(parser: etree.XMLPullParser) -> etree._LogEntry | None:
    return next(iter(parser.feed_error_log.filter_from_fatals()), None)


def _encodings(head: bytes) -> tuple[str | None, str | None]:
    """What expat and libxml2 are to take for the encoding, where the file itself misleads them.

    Up to the root it is enough for expat, which reads no multi-byte encoding, to see ASCII.
    """
    if head.startswith(_UTF16_MARKS):
        return "utf-16", None  # whatever is declared
    found = _DECLARED.match(head.removeprefix(b"\xef\xbb\xbf"))
    declared = found[1].decode().lower() if found else ""
    if declared in ("utf-16", "unicode"):
        return "utf-8", "utf-8"  # the declaration was readable as ASCII: .NET writes such
    if declared in _SHIFT_JIS:
        return "iso-8859-1", "cp932"  # ① and other letters that Shift_JIS itself lacks
    if declared in _MULTIBYTE:
        return "iso-8859-1", None
    return None, None


def _forget_before(element: etree._Element) -> None:
    """Take everything before an element out of the tree: its siblings, those of its ancestors."""
    for node in (element, *element.iterancestors()):
        parent = node.getparent()
        if parent is not None:
            del parent[: parent.index(node)]


_POSITION = re.compile(r",? ?(?:line \d+|column \d+|\n)")


def _damaged(name: str, line: int, reason: str, *, at_end: bool) -> DocumentError:
    if at_end:  # all of it was taken, and more was expected
        return DocumentError(
            f"{name}, line {line:,}: the XML is cut off here; copy or export the file again"
        )
    reason = _POSITION.sub("", reason).strip()
    return DocumentError(f"{name}, line {line:,}: damaged XML ({reason}); {_REPAIR}")
