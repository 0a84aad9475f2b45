"""Counts → candidates: the terms that are cut out of the distinct runs of a text.

A run gives the candidate that it is itself, without what only stands before or behind it; what
is nested in it, on evidence; and with its neighbour what の joins (核の傘) and what ・ shares
(先制・予防攻撃: 先制攻撃), on evidence again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import accumulate, groupby
from typing import NamedTuple

from yakugo import expressions, lexicon
from yakugo.counting import (
    PLACES,
    Counts,
    Pair,
    Place,
    Seen,
    count,
    without_garbage_collection,
)
from yakugo.documents import Document
from yakugo.model import Candidate, Context
from yakugo.nonterms import words
from yakugo.reference import commonness
from yakugo.tokens import Form, Run, Said, classes_of, pieces_of, reading, said_of, tokenize

CONTEXTS = PLACES


class Kind(StrEnum):
    """How a candidate was found."""

    WORD = "word"  # one piece
    COMPOUND = "compound"  # several pieces standing together
    NESTED = "nested"  # inside a longer run, on evidence
    PLACED = "placed"  # a compound that begins with a place: 米国同盟国
    GENITIVE = "genitive"  # X の Y or X に関する Y, on evidence
    EXPRESSION = "expression"  # known, and no run: 力による一方的な現状変更
    LINKED = "linked"  # A・B as a whole
    COORDINATED = "coordinated"  # spelled out: 先制攻撃 of 先制・予防攻撃


def _nothing(spans: Collection[str]) -> set[str]:
    return set()


@dataclass(frozen=True, slots=True)
class Background:
    """What is known before a text is read; evidence for terms inside and across runs.

    `reviewed` are the terms of the glossary, `recognise` gives those of some spans that are words
    of a dictionary, and `genitive_heads` are the right sides of several of its words with の;
    `expressions` are designations that are no runs (see expressions.py).
    """

    reviewed: frozenset[str] = frozenset()
    recognise: Callable[[Collection[str]], set[str]] = _nothing
    genitive_heads: frozenset[str] = frozenset()
    expressions: frozenset[str] = frozenset()

    @property
    def genitive_lefts(self) -> frozenset[str]:
        """The left sides of reviewed terms with の: 核 because of 核の傘."""
        return frozenset(term.split("の")[0] for term in self.reviewed if "の" in term.strip("の"))


class _Span(NamedTuple):
    """Pieces i to j of a form that make a candidate."""

    i: int
    j: int
    kind: Kind


NOTHING_KNOWN = Background()


def collect(document: Document, background: Background = NOTHING_KNOWN) -> list[Candidate]:
    """Count a document and expand its counts."""
    return expand(count(document.parts()), document, background)


def expand(
    counts: Counts, document: Document, background: Background = NOTHING_KNOWN
) -> list[Candidate]:
    """The candidates that the counts of a document hold, in the order of their first places.

    Frequencies and contexts are those of this document.
    """
    with without_garbage_collection():
        return _Expansion(counts, document, background).candidates()


def merge(shards: Iterable[Iterable[Candidate]], contexts: int = CONTEXTS) -> list[Candidate]:
    """Add up the candidates of several documents; contexts come from different documents first."""
    shards = list(shards)
    if len(shards) == 1:
        return list(shards[0])
    merged: dict[str, Candidate] = {}
    waiting: dict[str, list[list[Context]]] = {}
    for shard in shards:
        for one in shard:
            total = merged.get(one.term)
            if total is None:
                total = replace(
                    one, frequency=0, documents=0, contexts=[], alone=0, hosts=0, variants=()
                )
                merged[one.term] = total
            elif one.kind != Kind.NESTED and total.kind == Kind.NESTED:
                total.kind = one.kind
            total.frequency += one.frequency
            total.alone += one.alone
            total.hosts += one.hosts
            total.documents += one.documents
            total.quoted = total.quoted or one.quoted
            total.defined = total.defined or one.defined
            lists = waiting.setdefault(one.term, [])
            if len(lists) < contexts:
                lists.append(one.contexts[:contexts])
    for term, lists in waiting.items():
        merged[term].contexts = interleaved(lists, contexts)
    return list(merged.values())


def interleaved(lists: list[list[Context]], most: int) -> list[Context]:
    """The first of each list, then the second of each, and so on."""
    longest = max(map(len, lists), default=0)
    turns = (one[i] for i in range(longest) for one in lists if i < len(one))
    return [context for context, _ in zip(turns, range(most), strict=False)]


@dataclass(slots=True)
class _Found:
    """A candidate in the making."""

    candidate: Candidate
    places: list[Place] = field(default_factory=list)


class _Expansion:
    """Cuts the candidates of one document out of its counts."""

    def __init__(self, counts: Counts, document: Document, background: Background) -> None:
        self._counts = counts
        self._document = document
        self._readings = dict(document.readings)  # the writer's own, before the tokenizer's
        self._found: dict[str, _Found] = {}
        self._cuts = {form: _cut(form) for form in counts.runs}
        self._cores = {form: _core(cut, 0, len(cut.pieces)) for form, cut in self._cuts.items()}
        self._terms = {
            form for form, cut in self._cuts.items() if _is_term(cut, *self._cores[form])
        }
        self._standing = {self._cuts[form].span(*self._cores[form]) for form in self._terms}
        unsure = self._unsure()
        self._recognised = background.recognise(unsure) | (unsure & background.reviewed)
        self._standing |= self._recognised & background.reviewed
        self._genitive_lefts = background.genitive_lefts
        self._reviewed = background.reviewed
        self._genitive_heads = background.genitive_heads
        self._expressions = background.expressions

    def candidates(self) -> list[Candidate]:
        for form, seen in self._counts.runs.items():
            cut, core, known = self._cuts[form], self._cores[form], form in self._terms
            for span in _spans(cut, core, known, self._standing, self._recognised):
                self._add(cut, span, seen)
        for pair, seen in self._counts.pairs.items():
            if pair.joint == "・":
                self._add_coordinated(pair, seen)
            else:
                self._add_genitive(pair, seen)
        for term, seen in expressions.find(self._document, self._expressions).items():
            if term not in self._found:
                self._add_expression(term, seen)
        for found in self._found.values():
            found.places.sort()
            del found.places[CONTEXTS:]
        text_at = self._sentences()
        name = self._document.name
        for found in self._found.values():
            found.candidate.contexts = [
                Context(text_at[offset], name, start, end, offset)
                for _, offset, start, end, _ in found.places
            ]
        return [found.candidate for found in self._found.values()]

    def _sentences(self) -> dict[int, str]:
        """The sentences that candidates are shown in, by where they begin in the text."""
        lengths = {
            offset: length
            for found in self._found.values()
            for _, offset, _, _, length in found.places
        }
        texts = {}
        wanted = iter(sorted(lengths))
        offset = next(wanted, None)
        for part in self._document.parts():
            end = part.offset + len(part.text)
            while offset is not None and offset < end:
                begin = offset - part.offset
                texts[offset] = part.text[begin : begin + lengths[offset]]
                offset = next(wanted, None)
        return texts

    def _unsure(self) -> set[str]:
        """The spans for which knowledge from outside the text would be evidence."""
        unsure = {
            self._cuts[form].span(k, m)
            for form, (i, j) in self._cores.items()
            if j - i > 2
            for k, m in _inside(i, j)
        }
        for pair in self._counts.pairs:
            left, right = self._cuts[pair.left], self._cuts[pair.right]
            if pair.joint != "・":
                unsure.add(left.text + pair.joint + right.text)
                unsure.add(left.text + right.text)
            else:
                unsure |= {_spelled_out(left, right, k) for k in range(1, len(right.pieces))}
        return unsure

    def _add(self, cut: _Cut, span: _Span, seen: Seen) -> None:
        i, j, kind = span
        term = cut.span(i, j)
        found = self._found.get(term)
        if found is None:
            readings, normals = said_of(seen.said)
            found = self._new(
                term, cut.pieces[i:j], cut.classes[i:j], kind, readings[i:j], normals[i:j]
            )
        elif found.candidate.kind is Kind.NESTED:
            found.candidate.kind = kind
        candidate = found.candidate
        candidate.frequency += seen.frequency
        if kind is Kind.NESTED:
            candidate.hosts += 1
        else:
            candidate.alone += seen.frequency
            candidate.quoted = candidate.quoted or seen.quoted
            candidate.defined = candidate.defined or seen.defined
        if j - i == len(cut.pieces):
            found.places += seen.places
        else:
            before = sum(map(len, cut.written[:i]))
            within = sum(map(len, cut.written[i:j]))
            for showing, offset, start, _, length in seen.places:
                begin = start + before
                found.places.append((showing, offset, begin, begin + within, length))

    def _new(
        self,
        term: str,
        pieces: tuple[str, ...],
        classes: str,
        kind: Kind,
        readings: tuple[str, ...],
        normals: tuple[str, ...],
    ) -> _Found:
        read = self._readings.get(term) or "".join(readings)
        key = variant_key(normals, kind)
        candidate = Candidate(term, read, pieces, kind, documents=1, classes=classes, key=key)
        found = self._found[term] = _Found(candidate)
        return found

    def _candidate(
        self,
        term: str,
        pieces: tuple[str, ...],
        classes: str,
        kind: Kind,
        readings: tuple[str, ...],
        normals: tuple[str, ...],
    ) -> _Found:
        found = self._found.get(term)
        if found is None:
            return self._new(term, pieces, classes, kind, readings, normals)
        if found.candidate.kind is Kind.NESTED:
            found.candidate.kind = kind
        return found

    # --- pairs

    def _add_expression(self, term: str, seen: Seen) -> None:
        tokens = tokenize(term)
        found = self._candidate(
            term,
            tuple(token.surface for token in tokens),
            "." * len(tokens),
            Kind.EXPRESSION,
            (reading(term),),
            tuple(token.normalized for token in tokens),
        )
        self._add_pair(found, seen)

    def _add_genitive(self, pair: Pair, seen: Seen) -> None:
        if not self._is_genitive_term(pair, seen):
            return
        left, right = self._cuts[pair.left], self._cuts[pair.right]
        left_said, right_said = self._said(pair)
        term = left.text + pair.joint + right.text
        found = self._candidate(
            term,
            (*left.pieces, pair.joint, *right.pieces),
            f"{left.classes}.{right.classes}",
            Kind.EXPRESSION if term in self._expressions else Kind.GENITIVE,
            (*left_said.readings, _JOINT_READINGS[pair.joint], *right_said.readings),
            (*left_said.normals, pair.joint, *right_said.normals),
        )
        self._add_pair(found, seen)

    def _is_genitive_term(self, pair: Pair, seen: Seen) -> bool:
        """X の Y is a term only on evidence: quoted, repeated, known, or of a known pattern.

        X に関する Y and X 及び Y are names when Y is a treaty or the like.
        """
        left, right = self._cuts[pair.left].text, self._cuts[pair.right].text
        if left + pair.joint + right in self._expressions:
            return True
        if left in words("person"):
            return False
        if pair.joint != "の":
            named = self._cuts[pair.right].pieces[-1] in words("instrument", "body")
            if pair.joint in _IN_NAMES and named:
                return True
            return pair.joint != "に関する" and (seen.quoted or seen.frequency >= _REPEATED)
        if right in self._genitive_heads:
            return True
        if right in words("alone", "person", "back"):
            return False
        if seen.quoted or f"{left}の{right}" in self._recognised:
            return True
        compound = left + right  # 武力の行使 because of 武力行使
        if compound in self._recognised or compound in self._standing:
            return True
        if left in self._genitive_lefts:
            return True
        general = words("alone", "person", "general")
        if pair.chained or left in general or right in general:
            return False
        if left in self._reviewed:
            return True
        if seen.frequency < _REPEATED:
            return False
        sides = self._counts.runs[pair.left].frequency * self._counts.runs[pair.right].frequency
        return seen.frequency**2 >= _ASSOCIATED * sides

    def _add_coordinated(self, pair: Pair, seen: Seen) -> None:
        left, right = self._cuts[pair.left], self._cuts[pair.right]
        left_said, right_said = self._said(pair)
        if _is_term(left, 0, len(left.pieces)) and _is_term(right, 0, len(right.pieces)):
            found = self._candidate(
                f"{left.text}・{right.text}",
                (*left.pieces, "・", *right.pieces),
                f"{left.classes}-{right.classes}",
                Kind.LINKED,
                (*left_said.readings, "", *right_said.readings),
                (*left_said.normals, "・", *right_said.normals),
            )
            self._add_pair(found, seen)
        for k in range(1, len(right.pieces)):  # for A・BC, what it spells out: AC
            text = _spelled_out(left, right, k)
            if text not in self._standing and text not in self._recognised:
                continue
            left_said, right_said = self._said(pair)
            found = self._candidate(
                text,
                left.pieces + right.pieces[k:],
                left.classes + right.classes[k:],
                Kind.COORDINATED,
                left_said.readings + right_said.readings[k:],
                left_said.normals + right_said.normals[k:],
            )
            self._add_pair(found, seen)

    def _said(self, pair: Pair) -> tuple[Said, Said]:
        runs = self._counts.runs
        return said_of(runs[pair.left].said), said_of(runs[pair.right].said)

    def _add_pair(self, found: _Found, seen: Seen) -> None:
        candidate = found.candidate
        candidate.frequency += seen.frequency
        candidate.alone += seen.frequency
        candidate.quoted = candidate.quoted or seen.quoted
        candidate.defined = candidate.defined or seen.defined
        found.places += seen.places


def variant_key(normals: Iterable[str], kind: str) -> str:
    """What the spellings of one term share: サーバ and サーバー, 核不拡散 and 核の不拡散."""
    if kind in (Kind.GENITIVE, Kind.EXPRESSION):
        normals = [normal for normal in normals if normal != "の"]
    return unicodedata.normalize("NFKC", "".join(normals)).casefold()


# --- pairs of runs

_REPEATED = 2
_ASSOCIATED = 0.02  # share of the occurrences of both sides (its square) that X の Y has
_IN_NAMES = ("に関する", "及び")
_JOINT_READINGS = {
    "の": "の",
    "に関する": "にかんする",
    "による": "による",
    "のない": "のない",
    "及び": "および",
}


def _spelled_out(left: _Cut, right: _Cut, k: int) -> str:
    """What A・BC can stand for besides BC: AC, C being what BC ends with from piece k."""
    return left.text + right.span(k, len(right.pieces))


# --- spans of a run


class _Cut(NamedTuple):
    """A run ready to be cut: its pieces NFKC, and where each begins in `text`."""

    pieces: tuple[str, ...]
    classes: str
    text: str
    bounds: tuple[int, ...]
    written: tuple[str, ...]  # the pieces as the text has them

    def span(self, i: int, j: int) -> str:
        return self.text[self.bounds[i] : self.bounds[j]]


def _cut(form: Form) -> _Cut:
    pieces = written = pieces_of(form)
    text = "".join(pieces)
    if not unicodedata.is_normalized("NFKC", text):
        pieces = tuple(unicodedata.normalize("NFKC", piece) for piece in pieces)
        text = "".join(pieces)
    return _Cut(pieces, classes_of(form), text, (0, *accumulate(map(len, pieces))), written)


def core(run: Run) -> str:
    """The term that a run as a whole could be, without what only stands before or behind it."""
    cut = _cut(run.form)
    return cut.span(*_core(cut, 0, len(cut.pieces)))


_LONGEST = 12  # pieces; longer spans inside a run are not tried
_NOT_FIRST = frozenset("STW-")
_NOT_LAST = frozenset("XTW-")


def _core(cut: _Cut, i: int, j: int) -> tuple[int, int]:
    """The part of a run that can be a term: what only stands before or behind it cut off."""
    pieces, classes = cut.pieces, cut.classes
    front, back = words("front"), words("back")
    while i < j and (classes[i] in _NOT_FIRST or pieces[i] in front) and pieces[i] != "第":
        i += 1
    while i < j and (classes[j - 1] in _NOT_LAST or pieces[j - 1] in back):
        j -= 1
    return i, j


def _is_term(cut: _Cut, i: int, j: int) -> bool:
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
_LATIN_NAME = re.compile(
    r"[A-Z0-9][\w./-]*(?: [A-Z0-9][\w./-]*){0,2}"
)  # New START, not nuclear war
_WORTH = re.compile(r"[一-鿿ァ-ヺA-Za-z]")


def _tail(cut: _Cut, i: int, j: int, *rules: str) -> int:
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


def _spans(
    cut: _Cut,
    core: tuple[int, int],
    is_term: bool,
    standing: Collection[str],
    recognised: Collection[str],
) -> Iterator[_Span]:
    """The candidates in one run: its core if it is a term, without its place, what is nested."""
    tried = set()
    i, j = core
    i = _behind_a_speaker(cut, i, j, standing)
    behind = _behind_a_place(cut, i, j)
    if is_term if i == core[0] else _is_term(cut, i, j):
        kind = Kind.PLACED if behind > i else Kind.COMPOUND if j - i > 1 else Kind.WORD
        tried.add((i, j))
        yield _Span(i, j, kind)
    if behind > i:
        i = behind
        if _is_term(cut, i, j):
            tried.add((i, j))
            yield _Span(i, j, Kind.COMPOUND if j - i > 1 else Kind.WORD)
    if j - i < 2:
        return
    parts = [*_behind_a_qualifier(cut, i, j), *_around_a_number(cut, i, j)]
    units: list[tuple[int, int]] = []
    if j - i > 2:  # what follows needs three pieces
        units = _units(cut, i, j, standing, recognised)
        for k, m in units:
            if (k, m) not in tried and _is_term(cut, k, m):
                tried.add((k, m))
                yield _Span(k, m, Kind.NESTED)
        parts += _around_a_holder(cut, i, j)
        parts += _around_a_purpose(cut, i, j)
        parts += _behind_a_unit(i, j, units)
        parts += [span for part in ((i, j), *parts) for span in _before_an_action(cut, *part)]
        parts += _at_an_end(cut, i, j)
    parts += _rare_words(cut, i, j)
    for k, m in parts:
        if (k, m) not in tried and _is_term(cut, k, m) and not _crosses((k, m), units):
            tried.add((k, m))
            yield _Span(k, m, Kind.NESTED)


def _behind_a_speaker(cut: _Cut, i: int, j: int, standing: Collection[str]) -> int:
    """Where a run begins behind the post of who speaks, which minutes set before the speech.

    Only when what follows is a compound that stands by itself elsewhere: 国務大臣|専守防衛.
    """
    for k in range(j - 2, i, -1):
        if _tail(cut, i, k, "post", "speaker") < k and cut.span(k, j) in standing:
            return k
    return i


def _behind_a_place(cut: _Cut, i: int, j: int) -> int:
    """Where what belongs to a place begins: 米国|同盟国, 米|連邦捜査局; but 米|軍 is one word."""
    k = i
    while k < j and cut.classes[k] == "G":
        k += 1
    if k == i and j - i > 2 and cut.pieces[i] in words("country"):
        k += 1
    return k


def _behind_a_qualifier(cut: _Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
    """主力戦車 and 戦車 in 次期主力戦車."""
    while i < j - 1 and cut.pieces[i] in words("qualifier"):
        i += 1
        yield i, j


def _around_a_holder(cut: _Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
    """防衛省 and 防衛政策局 in 防衛省防衛政策局."""
    for k in range(i, j - 2):
        if cut.pieces[k] in words("holder"):
            yield i, k + 1
            yield k + 1, j


def _units(
    cut: _Cut, i: int, j: int, standing: Collection[str], recognised: Collection[str]
) -> list[tuple[int, int]]:
    """The spans inside a run that are units of their own, on evidence.

    What stands by itself elsewhere or was reviewed goes before what is known from outside, and the
    longer before the shorter; what would cut through a better one is none. Knowledge alone does
    not take a word from its prefix or suffix: 核保有|国 is not 核保有.
    """
    spans = []
    for k, m in _inside(i, j):
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


def _is_broken(cut: _Cut, k: int, m: int) -> bool:
    """Whether a span leaves its prefix or suffix behind, or a numeral what it counts: 二重|鍵."""
    before = cut.classes[k - 1] if k else ""
    return cut.classes[m : m + 1] == "S" or before == "X" or cut.classes[k] == "Q"


def _crosses(span: tuple[int, int], units: Iterable[tuple[int, int]]) -> bool:
    """Whether a span begins or ends inside a unit that it does not hold."""
    k, m = span
    return any(k < a < m < b or a < k < b < m for a, b in units)


def _before_an_action(cut: _Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
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
        yield _core(cut, i, begin)


_MODEL = re.compile("L+(?:-?[LQ])*|Q(?=[NSAC])[NC]?")
_ABBREVIATION = re.compile("[A-Z]{3,}")


def _around_a_number(cut: _Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
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


def _around_a_purpose(cut: _Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
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


def _rare_words(cut: _Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
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


def _at_an_end(cut: _Cut, i: int, j: int) -> Iterator[tuple[int, int]]:
    """What a run begins or ends with, and a word of the field bounds: 弾道|ミサイル|市場."""
    of_field = [piece in lexicon.words() for piece in cut.pieces]
    ends = [*((k, j) for k in range(i + 1, j - 1)), *((i, m) for m in range(i + 2, j))]
    for k, m in ends:
        if (of_field[k] or of_field[m - 1]) and not _is_broken(cut, k, m):
            yield k, m


def _inside(i: int, j: int) -> Iterator[tuple[int, int]]:
    """All proper spans of two pieces or more."""
    for k in range(i, j - 1):
        for m in range(k + 2, min(j, k + _LONGEST) + 1):
            if (k, m) != (i, j):
                yield k, m
