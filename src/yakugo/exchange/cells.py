"""What a cell says: a word of a drop-down, or several terms.

The drop-downs are those of `fields`; a cell may have either half of their words, the full-width
forms, or what people write instead (words.tsv). What is not known is an error, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from yakugo import tables
from yakugo.exchange.fields import DECISIONS, USAGES
from yakugo.model import JAPANESE, Decision, PartOfSpeech, Usage

_NO_WORD = re.compile(r"[\W_]+")
# Two terms in one cell: "拡大抑止; 核の傘". A comma is none of these: names hold it.
_SEPARATOR = re.compile(r"[;；|｜\r\n]")
_OPENING, _CLOSING = "([{（［｛「『【〈《〔", ")]}）］｝」』】〉》〕"
_LONGEST_PART = 15  # characters: a list of terms has no longer ones, a sentence has
# One designation that holds a comma: 武器、弾薬及び火薬; 武器、弾薬等.
_ENUMERATION = re.compile(
    "及び|および|並びに|ならびに|又は|または|若しくは|もしくは|その他|[等他]$"
)
_ENDS_IN_HIRAGANA = re.compile("[ぁ-ゖ]$")


def folded(text: str) -> str:
    """What the ways of writing a word share: no case, no width, no marks around or in it.

    A text of marks only (○, ?) is these.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _NO_WORD.sub("", plain) or "".join(plain.split())


def decision_of(text: str) -> Decision | None:
    """The decision that a cell says, None for an empty one.

    ValueError, listing what is possible, for what is none.
    """
    value = _value("decision", text, DECISIONS)
    return Decision(value) if value else None


def usage_of(text: str) -> Usage | None:
    """The status of a term that a cell says, None for an empty one; ValueError as above."""
    value = _value("usage", text, USAGES)
    return Usage(value) if value else None


def part_of_speech_of(text: str) -> PartOfSpeech | None:
    """The part of speech that a cell says, None for an empty one; ValueError as above."""
    value = _value("part_of_speech", text, {part.value: part for part in PartOfSpeech})
    return PartOfSpeech(value) if value else None


def _value(what: str, text: str, choices: Mapping[str, StrEnum]) -> str:
    if not (word := folded(text)):
        return ""
    known = _words(what)
    if word not in known:
        raise ValueError(f"{text.strip()[:40]!r} is not known here; use {', '.join(choices)}")
    return known[word]


@cache
def _words(what: str) -> Mapping[str, str]:
    """Each word for a thing, folded, with the value that it stands for."""
    known = {
        folded(word): row["value"]
        for row in tables.table("exchange/words.tsv")
        if row["what"] == what
        for word in row["words"].split("; ")
    }
    for choice, value in {"decision": DECISIONS, "usage": USAGES}.get(what, {}).items():
        for word in (choice, *choice.split(), value.value):
            known[folded(word)] = value.value
    return known


def split(text: str, language: str) -> list[str]:
    """The terms in a cell, each once; what stands in brackets is not split.

    Between them is a semicolon, a bar or a line break, in Japanese also 、 where nothing else
    is and all that it parts are short and nominal: 核の傘、核抑止の傘, but neither
    武器、弾薬及び火薬 nor 持たず、作らず、持ち込ませず.
    """
    parts = _parts(text, _SEPARATOR)
    if len(parts) == 1 and language == JAPANESE:
        listed = _parts(text, re.compile("、"))
        if all(map(_is_short_and_nominal, listed)):
            parts = listed
    return list(dict.fromkeys(parts))


def _parts(text: str, separator: re.Pattern[str]) -> list[str]:
    """A text, cut at separators that stand in no brackets; blank parts are left out."""
    depth, begin = 0, 0
    parts = []
    for place, char in enumerate(text):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif not depth and separator.match(char):
            parts.append(text[begin:place])
            begin = place + 1
    rest = text[begin:]
    parts += separator.split(rest) if depth else [rest]  # never closed, a bracket holds nothing
    return [part.strip() for part in parts if part.strip()]


def _is_short_and_nominal(part: str) -> bool:
    return (
        len(part) <= _LONGEST_PART
        and not _ENUMERATION.search(part)
        and not _ENDS_IN_HIRAGANA.search(part)
    )
