"""What the header of a column means: headers.tsv, and how people write the same in other ways.

Matching is by letters and digits alone, in any width and case. A name may stand in both languages,
be numbered, have a remark in brackets, or say its language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from yakugo import tables
from yakugo.bitext.columns import language_named
from yakugo.exchange.cells import folded
from yakugo.exchange.fields import Field
from yakugo.model import ENGLISH, JAPANESE

LANGUAGE: Mapping[Field, str] = {
    **dict.fromkeys(
        (Field.JAPANESE, Field.OTHER_JAPANESE, Field.READING, Field.DEFINITION_JA), JAPANESE
    ),
    **dict.fromkeys((Field.ENGLISH, Field.OTHER_ENGLISH, Field.AVOID, Field.DEFINITION), ENGLISH),
}
_OF_LANGUAGE = {JAPANESE: Field.JAPANESE, ENGLISH: Field.ENGLISH}
LANGUAGE_NAMES = ((Field.JAPANESE,), (Field.ENGLISH,))  # what the bare name of a language means
_LONGEST_NAME = 40  # characters: what is longer is no name
_NOT_READ = "-"
_OPENING = "([【〔<"
# A name in both languages: Term 用語, Term/用語.
_BETWEEN_NAMES = re.compile(
    r"[/|:;,・()\[\]【】〔〕\r\n]|(?<=[a-z.])[\s-]*(?=[ぁ-ヺ一-鿿])|(?<=[ぁ-ヺ一-鿿ー々])\s*(?=[a-z])"
)
_NUMBER_BEFORE = re.compile(r"^\d+[\s.)、:-]*(?=\w)")  # 1. 日本語
_NUMBER_AFTER = re.compile(r"(?<=\w)[\s_.-]*\d+\W*$")  # English 2
_LATIN = r"(?P<{}>japanese|jpn|jp|ja|english|eng|en)"
_KANJI = r"(?P<{}>日本語|和文|邦文|日|英語|英文|英)"
_REGION = r"(?:[\s_-]+(?:us|uk|gb|jp|japan|united[\s_]states|united[\s_]kingdom))?"
_WITH_LANGUAGE = tuple(
    map(
        re.compile,
        (
            rf"{_LATIN.format('language')}{_REGION}(?:[\s_.-]+(?P<thing>.+))?",  # JA_Definition
            rf"{_KANJI.format('language')}の?(?P<thing>.+)",  # 英語定義
            rf"(?P<thing>.+?)[\s_.-]+(?:in )?{_LATIN.format('language')}{_REGION}",  # Term EN
            rf"(?P<thing>.+?){_KANJI.format('language')}",
        ),
    )
)


@cache
def _names() -> Mapping[str, tuple[Field, ...]]:
    """What each name, folded, may mean; nothing for the name of a column that is not read."""
    return {
        folded(name): tuple(map(Field, row["fields"].replace(_NOT_READ, "").split()))
        for row in tables.table("exchange/headers.tsv")
        for name in row["headers"].split("; ")
    }


@lru_cache(maxsize=4096)
def named(header: str) -> tuple[Field, ...] | None:
    """What a header may mean, the likeliest first; () if it is known and not read, None if not.

    A language in or beside it decides: 定義（英語）, Term (Japanese), JA_Def, English Term 用語.
    """
    name = unicodedata.normalize("NFKC", header).casefold().strip(" *＊")
    if not name or len(name) > _LONGEST_NAME:
        return None
    known = _names()
    if (whole := known.get(folded(name))) is not None:
        return whole
    name = _NUMBER_BEFORE.sub("", name)
    remark = name[0] in _OPENING
    parts = [_part(part) for part in _BETWEEN_NAMES.split(name) if folded(part)]
    while remark and parts and parts[0] is None:  # 【必須】日本語
        del parts[0]
    if not parts or (meant := parts[0]) is None:
        language = language_named(name)
        return (_OF_LANGUAGE[language],) if language else None
    for part in parts[1:]:
        if part:
            meant = _both(meant, part)
    return meant


def _part(name: str) -> tuple[Field, ...] | None:
    known = _names()
    name = name.strip()
    for form in (name, _NUMBER_AFTER.sub("", name)):
        if (found := known.get(folded(form))) is not None:
            return found
    for pattern in _WITH_LANGUAGE:
        if match := pattern.fullmatch(name):
            language = known[folded(match["language"])]
            thing = known.get(folded(match["thing"])) if match["thing"] else language
            if thing is not None:
                return _both(language, thing)
    return None


def _both(one: tuple[Field, ...], other: tuple[Field, ...]) -> tuple[Field, ...]:
    """What two names of one column mean together."""
    if common := tuple(field for field in one if field in other):
        return common
    if one in LANGUAGE_NAMES and other in LANGUAGE_NAMES:
        return ()  # 日→英: of both in one column there is no telling
    for language, thing in ((one, other), (other, one)):
        if language in LANGUAGE_NAMES:
            spoken = LANGUAGE[language[0]]
            return tuple(field for field in thing if LANGUAGE.get(field) == spoken) or thing
    return one
