"""A segment of TMX or XLIFF → the text in it, without the codes of the formatting.

The codes of all formats together, as no two mean different things by one name: TMX 1.4b,
section "Content Markup"; XLIFF 1.2, section 2.4; XLIFF 2.1, section 4.3.
"""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

# Elements that hold codes of the original file, or nothing; all others hold text.
_CODES = frozenset("bpt ept ph it ut x bx ex sc ec cp sm em".split())  # noqa: SIM905
_ABOVE = frozenset({"rt", "rp"})  # the kana above a word, if somebody puts ruby here
_BREAK_TYPES = frozenset({"lb", "pb", "cb", "xlf:lb", "xlf:pb"})
_BREAK_CODE = re.compile(r"""<br\b|\\(?:line|par|tab)\b|<mq:ch val=["']\s""")
_RUBY_CODE = re.compile(r"<(/?)r[tp]\b")
# Placeholders that OmegaT and others write into the text itself: <f0>, </f0>, <br1/>.
_TAG_IN_TEXT = re.compile(r"(<br[0-9]+/>)|</?[A-Za-z]+[0-9]+/?>")


def text(segment: etree._Element) -> str:
    """The text of a segment; a `sub`, which is text inside a code, comes after the rest.

    A code that breaks a line is a space; what Trados keeps as deleted is left out.
    """
    found = _text_of_mixed(segment) if len(segment) else segment.text or ""
    return _TAG_IN_TEXT.sub(_of_tag, found) if "<" in found else found


def _of_tag(tag: re.Match[str]) -> str:
    return " " if tag[1] else ""


def _text_of_mixed(segment: etree._Element) -> str:
    parts: list[str] = []
    apart: list[list[str]] = []
    into: list[list[str] | None] = []  # for each open element: where its text goes, if anywhere
    above = False  # between the codes of <rt> and </rt>

    def add(found: str | None) -> None:
        if found and into[-1] is not None and not above:
            into[-1].append(found)

    walk = etree.iterwalk(segment, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            into.pop()
            if into:
                add(element.tail)
            continue
        name = "" if element.tag is etree.Entity else etree.QName(element).localname
        if element is segment:
            into.append(parts)
        elif name == "sub":
            apart.append([" "])
            into.append(apart[-1])
        elif name in _CODES:
            if _breaks(element):
                add(" ")
            if ruby := _RUBY_CODE.findall(element.text or ""):
                above = not ruby[-1]
            into.append(None)
        elif name in _ABOVE or element.get("mtype") == "x-sdl-deleted":
            into.append(None)
            walk.skip_subtree()
        else:
            into.append(into[-1])
        add(element.text if name else unescape(element.text))
    return "".join(part for of_one in (parts, *apart) for part in of_one)


def _breaks(code: etree._Element) -> bool:
    """Whether a code stands for a line break: it must not join the words around it."""
    kinds = (code.get("type"), code.get("ctype"), code.get("subType"))
    if any(kind in _BREAK_TYPES for kind in kinds):
        return True
    return bool(code.text) and (code.text.isspace() or bool(_BREAK_CODE.search(code.text)))
