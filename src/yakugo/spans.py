"""A distinct run → the spans of it that can be terms, on evidence.

A run gives the term that it is itself, without what only stands before or behind it, and what is
nested in it: what stands by itself elsewhere or is known, what an action or a body at its end is
about, the parts of an organisation's name, models, and what a word of the field bounds. The words
are those of nonterms.tsv and lexicon.tsv.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, groupby
from typing import NamedTuple

from yakugo import lexicon
from yakugo.model import Kind
from yakugo.nonterms import words
from yakugo.reference import commonness
from yakugo.tokens import Form, classes_of, pieces_of


class Span(NamedTuple):
    """Pieces i to j of a form that make a candidate."""

    i: int
    j: int
    kind: Kind


class Cut(NamedTuple):
    """A run ready to be cut: its pieces NFKC, and where each begins in `text`.

    Pieces `begin` to `end` are its core, without what only stands before or behind a term;
    `written` are all pieces as the document has them.
    """

    pieces: tuple[str, ...]
    classes: str
    text: str
    bounds: tuple[int, ...]
    written: tuple[str, ...]
    begin: int
    end: int

    def span(self, i: int, j: int) -> str:
        """The text of pieces i to j."""
        return self.text[self.bounds[i] : self.bounds[j]]

    def core(self) -> str:
        """The term that the run as a whole could be."""
        return self.text[self.bounds[self.begin] : self.bounds[self.end]]


def cut_of(form: Form) -> Cut:
    """A distinct run, ready to be cut."""
    pieces = written = pieces_of(form)
    classes = classes_of(form)
    text = "".join(pieces)
    if not unicodedata.is_normalized("NFKC", text):
        pieces = tuple(unicodedata.normalize("NFKC", piece) for piece in pieces)
        text = "".join(pieces)
    begin, end = _core(pieces, classes, 0, len(pieces))
    bounds = (0, *accumulate(map(len, pieces)))
    return Cut(pieces, classes, text, bounds, written, begin, end)


_LONGEST = 12  # pieces; longer spans inside a run are not tried
_NOT_FIRST = frozenset("STW-")
_NOT_LAST = frozenset("XTW-")


def _core(pieces: Sequence[str], classes: str, i: int, j: int) -> tuple[int, int]:
    """The part of pieces i to j that can be a term: what only stands at its ends cut off."""
    front, back = words("front"), words("back")
    while i < j and (classes[i] in _NOT_FIRST or pieces[i] in front) and pieces[i] != "第":
        i += 1
    while i < j and (classes[j - 1] in _NOT_LAST or pieces[j - 1] in back):
        j -= 1
    return i, j


def is_term(cut: Cut, i: int, j: int) -> bool:
    """Whether pieces i to j could be a term: not empty, general, a place, a person or a letter."""
    if i >= j:
        return False
    classes = cut.classes
    first, last = classes[i], classes[j - 1]
    if first in _NOT_FIRST or last in _NOT_LAST:
        return False
    if last == "G" or classes[i:j] in ("Q", "QC"):
        return False
    text = cut.text[cut.bounds[i] : cut.bounds[j]]
    if len(text) < 2 and not _ONE_KANJI.fullmatch(text):
        return False
    if text in words("alone") or _ONLY_KANA_OR_MARKS.fullmatch(text) or not _WORTH.search(text):
        return False
    if first in "LWQ" and set(classes[i:j]) <= _LATIN_ONLY and not _LATIN_NAME.fullmatch(text):
        return False
    furniture = words("furniture")
    if cut.pieces[i] in furniture and all(piece in furniture for piece in cut.pieces[i:j]):
        return False
    return _tail(cut, i, j, "person") == j


_ONE_KANJI = re.compile(r"[一-鿿]")
_ONLY_KANA_OR_MARKS = re.compile(r"[ぁ-ゖ゛-ゟー・\W\d_]+|[ァ-ヺ]")
_LATIN_ONLY = frozenset("LWQ-")
# New START, not nuclear war
_LATIN_NAME = re.compile(r"[A-Z0-9][\w./-]*(?: [A-Z0-9][\w./-]*){0,2}")
_WORTH = re.compile(r"[一-鿿ァ-ヺA-Za-z]")


def _tail(cut: Cut, i: int, j: int, *rules: str) -> int:
    """Where the longest ending of pieces i to j that is a word of these rules begins, else j."""
    tails, text, bounds, end = words(*rules), cut.text, cut.bounds, cut.bounds[j]
    if text[end - 1] not in _last_letters(*rules):
        return j
    for k in range(i, j):
        if text[bounds[k] : end] in tails:
            return k
    return j


@cache
def _last_letters(*rules: str) -> frozenset[str]:
    return frozenset(word[-1] for word in words(*rules))


def spans(cut: Cut, standing: Collection[str], recognised: Collection[str]) -> Iterator[Span]:
    """The spans of a run that can be terms: its core, that without its place, what is nested.

    `standing` are the cores of all runs that are terms, `recognised` what is known from outside.
    """
    tried = set()
    begin, j = cut.begin, cut.end
    i = _behind_a_speaker(cut, begin, j, standing)
    behind = _behind_a_place(cut, i, j)
    if cut.core() in standing if i == begin else is_term(cut, i, j):
        kind = Kind.PLACED if behind > i else Kind.COMPOUND if j - i > 1 else Kind.WORD
        tried.add((i, j))
        yield Span(i, j, kind)
    if behind > i:
        i = behind
        if is_term(cut, i, j):
            tried.add((i, j))
            yield Span(i, j, Kind.COMPOUND if j - i > 1 else Kind.WORD)
    if j - i < 2:
        return
    parts = [*_behind_a_qualifier(cut, i, j), *_around_a_number(cut, i, j)]
    units: list[tuple[int, int]] = []
    if j - i > 2:  # what follows needs three pieces
        units = _units(cut, i, j, standing, recognised)
        for k, m in units:
            if (k, m) not in tried and is_term(cut, k, m):
                tried.add((k, m))
                yield Span(k, m, Kind.NESTED)
        parts += _around_a_holder(cut, i, j)
        parts += _around_a_purpose(cut, i, j)
        parts += _behind_a_unit(i, j, units)
        parts += [span for part in ((i, j), *parts) for span in _before_an_action(cut, *part)]
        parts += _at_an_end(cut, i, j)
    parts += _rare_words(cut, i, j)
    for k, m in parts:
        if (k, m) not in tried and is_term(cut, k, m) and not _crosses((k, m), units):
            tried.add((k, m))
            yield Span(k, m, Kind.NESTED)


def _behind_a_speaker(cut: Cut, i: int, j: int, standing: Collection[str]) -> int:
    """Where a run begins behind the post of who speaks, which minutes set before the speech.

    Only when what follows is a compound that stands by itself elsewhere: 国務大臣|専守防衛.
    """
    for k in range(j - 2, i, -1):
        if _tail(cut, i, k, "post", "speaker") < k and cut.span(k, j) in standing:
            return k
    return i


def _behind_a_place(cut: Cut, i: int, j: int) -> int:
    """Where what belongs to a place begins: 米国|同盟国, 米|連邦捜査局; but 米|軍 is one word."""
    k = i
    while k < j and cut.classes[k] == "G":
        k += 1
    if k == i and j - i > 2 and cut.pieces[i] in words("country"):
        k += 1
    return k


def _behind_a_qualifier(cut: Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
    """主力戦車 and 戦車 in 次期主力戦車."""
    while i < j - 1 and cut.pieces[i] in words("qualifier"):
        i += 1
        yield i, j


def _around_a_holder(cut: Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
    """防衛省 and 防衛政策局 in 防衛省防衛政策局."""
    for k in range(i, j - 2):
        if cut.pieces[k] in words("holder"):
            yield i, k + 1
            yield k + 1, j


def _units(
    cut: Cut, i: int, j: int, standing: Collection[str], recognised: Collection[str]
) -> list[tuple[int, int]]:
    """The spans inside a run that are units of their own, on evidence.

    What stands by itself elsewhere or was reviewed goes before what is known from outside, and the
    longer before the shorter; what would cut through a better one is none. Knowledge alone does
    not take a word from its prefix or suffix: 核保有|国 is not 核保有.
    """
    spans = []
    for k, m in inside(i, j):
        text = cut.span(k, m)
        if text in standing:
            spans.append((0, k - m, k, m))
        elif text in recognised and not _is_broken(cut, k, m):
            spans.append((1, k - m, k, m))
    units: list[tuple[int, int]] = []
    if not spans:
        return units
    for _, alike in groupby(sorted(spans), key=lambda span: span[:2]):
        units += [(k, m) for _, _, k, m in alike if not _crosses((k, m), units)]
    return units


def _is_broken(cut: Cut, k: int, m: int) -> bool:
    """Whether a span leaves its prefix or suffix behind, or a numeral what it counts: 二重|鍵."""
    before = cut.classes[k - 1] if k else ""
    return cut.classes[m : m + 1] == "S" or before == "X" or cut.classes[k] == "Q"


def _crosses(span: tuple[int, int], units: Iterable[tuple[int, int]]) -> bool:
    """Whether a span begins or ends inside a unit that it does not hold."""
    k, m = span
    return any(k < a < m < b or a < k < b < m for a, b in units)


def _before_an_action(cut: Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
    """What an action, a general word, a post, a law or an organisation at a run's end is about."""
    end = j
    while end - i > 2:
        begin = _tail(cut, i + 2, end, "body")
        if begin < end:
            end = begin
            yield i, end
            continue
        begin = _tail(cut, i + 1, end, "alone", "general", "post")
        if begin == end and cut.classes[end - 1] == "V":
            begin = end - 1
        if begin == end or begin - i < 2 or cut.classes[begin] == "S":
            break
        end = begin
        yield i, end
    begin = _tail(cut, i + 1, j, "person")
    if begin < j and begin - i > 1 and "-" not in cut.classes[i:begin]:
        yield _core(cut.pieces, cut.classes, i, begin)


_MODEL = re.compile("L+(?:-?[LQ])*|Q(?=[NSAC])[NC]?")
_ABBREVIATION = re.compile("[A-Z]{3,}")


def _around_a_number(cut: Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
    """A model's name, and what is before and behind it: ペトリオット|PAC-3, 12式|地対艦誘導弾."""
    if "Q" not in cut.classes[i:j] and "L" not in cut.classes[i:j]:
        return
    for model in _MODEL.finditer(cut.classes, i, j):
        begin, end = model.span()
        name = cut.span(begin, end)
        if "L" in model[0] and ("Q" in model[0] or _ABBREVIATION.fullmatch(name)):
            yield begin, end
        if j - end > 1:
            yield end, j
        if begin > i and (begin - i > 1 or len(cut.pieces[i]) > 2):
            yield i, begin


def _around_a_purpose(cut: Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
    """島嶼防衛 and 高速滑空弾 in 島嶼防衛用高速滑空弾."""
    for k in range(i + 1, j - 1):
        if cut.pieces[k] in words("between"):
            yield i, k
            yield k + 1, j


def _behind_a_unit(i: int, j: int, units: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left behind a unit that a run begins with: 自衛隊|サイバー防衛隊."""
    for k, m in units:
        if k == i and j - m > 1:
            yield m, j


_RARE = 2.5  # commonness: less than three in a million words
_WORD = re.compile("[一-鿿]{2,}|[ァ-ヺー]{3,}")


def _rare_words(cut: Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
    """Single pieces that are hardly used outside the field: 領海 in 領海侵入."""
    pieces, classes = cut.pieces, cut.classes
    for k in range(i, j):
        if classes[k] in "NV" and _is_rare(pieces[k]) and classes[k + 1 : k + 2] not in _SUFFIXES:
            yield k, k + 1


_SUFFIXES = ("S", "C")


@cache
def _is_rare(piece: str) -> bool:
    known = piece in lexicon.terms() or 0 < commonness(piece) < _RARE
    return known and piece not in words("general") and _WORD.fullmatch(piece) is not None


def _at_an_end(cut: Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
    """What a run begins or ends with, and a word of the field bounds: 弾道|ミサイル|市場."""
    of_field = [piece in lexicon.words() for piece in cut.pieces]
    ends = [*((k, j) for k in range(i + 1, j - 1)), *((i, m) for m in range(i + 2, j))]
    for k, m in ends:
        if (of_field[k] or of_field[m - 1]) and not _is_broken(cut, k, m):
            yield k, m


def inside(i: int, j: int) -> Iterator[tuple[int, int]]:
    """All proper spans of two pieces or more."""
    for k in range(i, j - 1):
        for m in range(k + 2, min(j, k + _LONGEST) + 1):
            if (k, m) != (i, j):
                yield k, m
