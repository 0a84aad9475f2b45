"""TMX 1.1 to 1.4b, the exchange format of translation memories.

A `tu` holds a `tuv` a language, each with a `seg` (TMX 1.4b, section "Structural Elements").
Which language was translated into which does not matter here, nor does `srclang`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from yakugo.bitext.elements import elements
from yakugo.bitext.inline import text
from yakugo.bitext.sides import language_of, pair
from yakugo.errors import DocumentError
from yakugo.model import ENGLISH, JAPANESE, SentencePair

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMES = {JAPANESE: "Japanese", ENGLISH: "English"}
_LISTED = 6


def read(path: Path) -> Iterator[SentencePair]:
    """The pairs of a memory, by the first Japanese and the first English `tuv` of each unit.

    DocumentError for damaged XML, and at the end when a language is missing in all units.
    """
    codes: dict[str, None] = {}
    number = 0
    for number, unit in enumerate(elements(path, "tu"), 1):
        sides: dict[str, etree._Element] = {}
        for variant in unit.iterchildren("{*}tuv"):
            code = variant.get(_LANG) or variant.get("lang") or ""  # `lang` up to TMX 1.2
            codes[code] = None
            sides.setdefault(language_of(code), variant)
        if JAPANESE in sides and ENGLISH in sides:
            identifier = unit.get("tuid")
            place = f"unit {number} (id {identifier})" if identifier else f"unit {number}"
            found = pair(_segment(sides[JAPANESE]), _segment(sides[ENGLISH]), place)
            if found:
                yield found
    if not number:
        raise DocumentError(f"{path}: holds no translation unit (<tu>); export the memory again")
    _check_languages(path, list(codes))


def _segment(variant: etree._Element) -> str:
    segment = next(variant.iterchildren("{*}seg"), None)
    return "" if segment is None else text(segment)


def _check_languages(path: Path, codes: list[str]) -> None:
    present = set(map(language_of, codes))
    for language, name in _NAMES.items():
        if language not in present:
            listed = ", ".join(code or "(none)" for code in codes[:_LISTED]) or "none at all"
            raise DocumentError(
                f"{path}: no unit holds {name}, the languages in it are {listed}; export a memory "
                f'of Japanese and English, with xml:lang="{language}" for {name}'
            )
