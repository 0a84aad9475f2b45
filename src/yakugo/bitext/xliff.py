"""XLIFF 1.x, and what Trados (.sdlxliff) and memoQ (.mqxliff) make of it.

A `file` names its languages; a `trans-unit` in it holds `source` and `target` (XLIFF 1.2,
section 2.3). Where `seg-source` cuts a unit into segments, each is an `mrk` with a `mid`, and so
is its translation in `target` (section 2.4.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from yakugo.bitext.elements import elements
from yakugo.bitext.inline import text
from yakugo.bitext.sides import direction, pair
from yakugo.errors import DocumentError
from yakugo.model import JAPANESE, SentencePair

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(path: Path) -> Iterator[SentencePair]:
    """The pairs of all files in it that go from Japanese to English or back.

    DocumentError for damaged XML, and at the end when no file has those languages.
    """
    others: dict[str, None] = {}
    number = fitting = 0
    # Tools put the whole original file into the header, as one text in base64.
    for number, unit in enumerate(elements(path, "trans-unit", huge=True), 1):
        target = _child(unit, "target")
        codes = _languages(unit, target)
        languages = direction(*codes)
        if languages is None:
            others[" → ".join(code or "(none)" for code in codes)] = None
            continue
        fitting += 1
        if target is not None:
            identifier = unit.get("id")
            place = f"unit {number} (id {identifier})" if identifier else f"unit {number}"
            for mid, source_text, target_text in _segments(unit, target):
                sides = (source_text, target_text)
                japanese, english = sides if languages[0] == JAPANESE else reversed(sides)
                where = f"{place}, segment {mid}" if mid else place
                if found := pair(japanese, english, where):
                    yield found
    if not number:
        raise DocumentError(f"{path}: holds no translation unit (<trans-unit>); export it again")
    if not fitting:
        raise wrong_languages(path, ", ".join(others))


def wrong_languages(path: Path, found: str) -> DocumentError:
    """The error for a file of other languages, by what they are: `fr → de`."""
    return DocumentError(
        f"{path}: translates {found}, not Japanese and English; correct its language codes to "
        "ja and en, or choose another file"
    )


def _child(unit: etree._Element, name: str) -> etree._Element | None:
    return next(unit.iterchildren(f"{{*}}{name}"), None)


def _languages(unit: etree._Element, target: etree._Element | None) -> tuple[str, str]:
    """The codes of source and target; a file may leave its target's to the targets."""
    file = next(unit.iterancestors("{*}file"), unit)
    of_target = file.get("target-language") or (target is not None and target.get(_LANG)) or ""
    return file.get("source-language", ""), of_target


def _segments(unit: etree._Element, target: etree._Element) -> Iterator[tuple[str, str, str]]:
    """The segments of a unit: mid ("" for a unit that is not cut), source, target."""
    source = _child(unit, "seg-source")
    if source is None:
        source = _child(unit, "source")
    if source is None:
        return
    of_source, of_target = _marked(source), _marked(target)
    if of_source and of_target:
        for mid, segment in of_source.items():
            if mid in of_target:
                yield mid, text(segment), text(of_target[mid])
    else:
        yield "", text(source), text(target)


def _marked(whole: etree._Element) -> dict[str, etree._Element]:
    marks = whole.iterdescendants("{*}mrk")
    return {mark.get("mid", ""): mark for mark in marks if mark.get("mtype") == "seg"}
