"""What stands in a bracket → the forms of a term in it, without remarks, references and units.

The words that decide are those of glosses.tsv, each rule with its reason and an example.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from typing import NamedTuple

from yakugo import tables
from yakugo.equivalents.glosses.abbreviations import is_abbreviation, stands_for

_TABLE = "equivalents/glosses/glosses.tsv"


@cache
def words(*rules: str) -> frozenset[str]:
    """The words of all rows of one rule of glosses.tsv, or of several."""
    return tables.words(_TABLE, "rule", *rules)


class Form(NamedTuple):
    """One form in a bracket: `text` is NFKC, `start` and `end` its place in the sentence.

    `said` is the rule of glosses.tsv that the words before it belong to: "short" (以下, 略称),
    "alias" (いわゆる) or "language" (英語名), else "". `behind` is true when Japanese words stand
    before it in the bracket.
    """

    text: str
    start: int
    end: int
    said: str = ""
    behind: bool = False

    @property
    def latin(self) -> bool:
        """Whether it is English or an abbreviation."""
        return is_latin(self.text)


_LETTER = "A-Za-zÀ-ÖØ-öø-ž"
_LATIN = re.compile(
    rf"(?=[^{_LETTER}]*[{_LETTER}][^{_LETTER}]*[{_LETTER}])"
    rf"[{_LETTER}0-9][{_LETTER}0-9 .,'&/+\-‐‑–]{{0,88}}[{_LETTER}0-9.]"
)
_PLAIN = re.compile("[A-Z]{2,10}|(?!an? |the )[a-z]+[ -][a-z]+")
_JAPANESE = re.compile(r"[\w・゠-]{2,}")
_HIRAGANA = re.compile("[ぁ-ゖ]")
_ONLY_HIRAGANA = re.compile("[ぁ-ゖー]+")
_BESIDE_THE_POINT = re.compile(r"\d|[ぁ-ゖー・ ]+$")  # a date or a reading

_QUOTES = '“”"「」『』'
_QUOTED = re.compile(rf"[{_QUOTES}‘]([^{_QUOTES}]+)[{_QUOTES}’](.*)")
_UNQUOTED = str.maketrans("’‘", "''", _QUOTES)
_SEPARATOR = re.compile(
    r"[、。,;:()\[\]=]|(?<=\s)/(?=\s)|または|又は|もしくは|あるいは|"
    # Mutual Assured Destruction/MAD, NATO/ナトー; but not A2/AD
    r"(?<=[a-z])/(?=[A-Z]+(?:\W|$))|(?<=[ぁ-ヺー一-鿿])/|/(?=[ァ-ヺ一-鿿])"
)
# Commas inside one form: Research, Development, and Acquisition.
_SERIES = re.compile(r"[A-Z][\w-]*(?: [\w-]+)*(?:, [\w-]+(?: [\w-]+)*)+,? and [\w-]+(?: [\w-]+)*")


def is_latin(text: str) -> bool:
    """Whether a form is written in Latin letters."""
    return _LATIN.fullmatch(text) is not None


def forms(inside: str, offset: int = 0) -> list[Form]:
    """The forms in a bracket; `inside` has half-width letters and marks and stands at `offset`."""
    if _PLAIN.fullmatch(inside):  # most of all
        return [] if is_no_form(inside) else [Form(inside, offset, offset + len(inside))]
    if _ADDRESS.search(inside):
        return []
    found: list[Form] = []
    said, behind, cited = "", False, False
    for start, end in _parts(inside):
        rule, at = _label(inside, start, end)
        said = rule or said
        if at == end:
            continue  # 以下、「NPT」: the label is for what follows
        written, at = _bare(inside, at, end)
        text = unicodedata.normalize("NFKC", written).translate(_UNQUOTED)
        if _is_form(text, said):
            article = _ARTICLE.match(text)
            text = text[article.end() :] if article else text
            first = offset + at + (article.end() if article else 0)
            found.append(Form(text, first, offset + at + len(written), said, behind))
        cited = cited or _is_citation(text)
        behind = behind or not (said or is_latin(text) or _BESIDE_THE_POINT.match(text))
        said = ""
    return _agreeing(found, cited)


def _parts(inside: str) -> Iterator[tuple[int, int]]:
    """Where the parts between separators begin and end, without the space around them."""
    series = _SERIES.search(inside) if ", " in inside else None
    start = 0
    for separator in [*_SEPARATOR.finditer(inside), None]:
        if separator and series and series.start() < separator.start() < series.end():
            continue
        end = separator.start() if separator else len(inside)
        part = inside[start:end]
        kept = part.strip()
        if kept:
            begin = start + part.index(kept)
            yield begin, begin + len(kept)
        start = separator.end() if separator else end


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    rule_of = {
        word: rule for rule in ("language", "foreign", "short", "alias") for word in words(rule)
    }
    listed = "|".join(re.escape(word) for word in sorted(rule_of, key=len, reverse=True))
    return re.compile(rf"({listed})(?:表記)?(?:では|は|で|・)?\s*"), rule_of


# 英 and 略 are labels only before another script: 英国 and 略奪 are words.
_OTHER_SCRIPT = re.compile(rf"[{_LETTER}{_QUOTES}‘]|$")


def _label(inside: str, start: int, end: int) -> tuple[str, int]:
    """The rule of the label that a part begins with, "" if none, and where the rest begins."""
    pattern, rule_of = _labels()
    match = pattern.match(inside, start, end)
    if not match:
        return "", start
    rule, at = rule_of[match[1]], match.end()
    joined = at == match.end(1)
    if joined and match[1][-1].isascii():
        return "", start  # English deterrence is a phrase
    any_script = rule in ("short", "alias") and len(match[1]) > 1
    if any_script or not joined or _OTHER_SCRIPT.match(inside, at, end):
        return rule, at
    return "", start


@cache
def _ending() -> re.Pattern[str]:
    """What may stand behind a form in its part: という, の略."""
    listed = "|".join(sorted(words("behind"), key=len, reverse=True))
    return re.compile(rf"(?:{listed})?。?$")


def _bare(inside: str, start: int, end: int) -> tuple[str, int]:
    """The form in a part without quotation marks and という, and where it begins."""
    part = inside[start:end]
    quoted = _QUOTED.fullmatch(part)
    if quoted and _ending().match(quoted[2]):
        part, start = quoted[1], start + 1
    elif not part.isascii() and (ending := _ending().search(part, 1)):
        part = part[: ending.start()].rstrip()
    return part, start


_ARTICLE = re.compile("(?:the|an?) (?=[A-Za-z])")
_YEAR = r"\b(?:1[5-9]|20)\d\d[a-z]?"
# Smith 2019; 1981; p. 5; 1970年発効
_CITED = re.compile(rf"{_YEAR}$|^{_YEAR}|^pp?\. ?\d|^\d+$")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:com|org|net|jp|gov|edu|int|mil)\b")
_ROMAN_NUMERAL = re.compile("[ivxIVX]+")
_SEAT = re.compile("[RDI]-[A-Z]{2}")  # the party and the state of a member of Congress
_INITIAL = re.compile(r"(?:^| )[A-Z]\. ?[A-Z][a-z]|,? (?:Jr|Sr)\.?$")
_MOST_WORDS = 12


def _is_form(text: str, said: str) -> bool:
    if is_latin(text):
        return said != "foreign" and not is_no_form(text)
    if said == "short":
        return len(text) > 1 and text[0] != "同" and not _HIRAGANA.search(text)
    return (
        said != "foreign"
        and _JAPANESE.fullmatch(text) is not None
        and not text[0].isdecimal()
        and text not in words("remark")
        and not _ONLY_HIRAGANA.fullmatch(text)
    )


def is_no_form(text: str) -> bool:
    """Whether Latin letters are no form of a term: a reference, a unit, a date, a person."""
    listed = text.split()
    return (
        text in words("furniture", "unit")
        or (listed[0].lower() in words("opening") and not is_abbreviation(text))
        or _is_citation(text)
        or ".." in text
        or _ROMAN_NUMERAL.fullmatch(text) is not None
        or _SEAT.fullmatch(text) is not None
        or all(word in words("month") or word.isdecimal() for word in listed)
        or len(listed) > _MOST_WORDS
        or (len(listed) > 3 and text[-1] == ".")
        or is_person(text)
    )


def _is_citation(text: str) -> bool:
    """Whether it has a year or a page, or names a publisher."""
    return _CITED.search(text) is not None or text.rpartition(" ")[2] in words("publisher")


def is_person(text: str) -> bool:
    """Whether English looks like a person's name: it has an initial or begins with a given name."""
    listed = text.split()
    return _INITIAL.search(text) is not None or (
        1 < len(listed) < 5 and listed[0] in words("given") and listed[1][0].isupper()
    )


def _agreeing(found: list[Form], cited: bool) -> list[Form]:
    """Without what does not fit together: citations, places of publication, enumerations.

    Several Latin forms are an abbreviation and its English, or phrases in small letters; a
    Japanese form without a label is the only one.
    """
    if len(found) < 2 and not cited:
        return found
    latin = [form for form in found if form.latin]
    plain = [form for form in found if not form.latin and not form.said]
    in_small = [form for form in latin if _IN_SMALL.match(form.text)]
    dropped: list[Form] = []
    if len(plain) > 1:
        dropped += plain
    if cited:
        dropped += [f for f in latin if f not in in_small and not is_abbreviation(f.text)]
    elif len(latin) > max(1, len(in_small)) and not is_tied(latin):
        dropped += [f for f in latin if not f.said]
    return [form for form in found if form not in dropped]


_IN_SMALL = re.compile("[a-z].* ")  # a phrase


def is_tied(found: list[Form]) -> bool:
    """Whether one of the forms is an abbreviation of another."""
    return any(stands_for(one.text, other.text) for one, other in permutations(found, 2))
