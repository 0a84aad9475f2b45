"""XLIFF 2.0 to 2.2 (ISO 21720): a `unit` holds `segment`s, each with `source` and `target`.

The languages stand in the root. What the modules add (matches, glossary, notes) stands in other
elements beside the segments and is left alone (XLIFF 2.1, section 4.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from yakugo.bitext.elements import elements, root
from yakugo.bitext.inline import text
from yakugo.bitext.sides import direction, pair
from yakugo.bitext.xliff import wrong_languages
from yakugo.errors import DocumentError
from yakugo.model import JAPANESE, SentencePair


def read(path: Path) -> Iterator[SentencePair]:
    """The pairs of a file that goes from Japanese to English or back.

    DocumentError for other languages, and for damaged XML.
    """
    attributes = root(path).attributes
    codes = attributes.get("srcLang", ""), attributes.get("trgLang", "")
    languages = direction(*codes)
    if languages is None:
        raise wrong_languages(path, " → ".join(code or "(none)" for code in codes))
    number = 0
    for number, unit in enumerate(elements(path, "unit", huge=True), 1):
        identifier = unit.get("id")
        unit_place = f"unit {number} (id {identifier})" if identifier else f"unit {number}"
        segments = list(unit.iterchildren("{*}segment"))
        for count, segment in enumerate(segments, 1):
            place = f"{unit_place}, segment {count}" if len(segments) > 1 else unit_place
            sides = [
                "".join(map(text, segment.iterchildren(f"{{*}}{side}")))
                for side in ("source", "target")
            ]
            japanese, english = sides if languages[0] == JAPANESE else reversed(sides)
            if found := pair(japanese, english, place):
                yield found
    if not number:
        raise DocumentError(f"{path}: holds no translation unit (<unit>); export it again")
