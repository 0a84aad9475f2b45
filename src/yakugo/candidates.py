"""Counts → candidates: the terms that are cut out of the distinct runs of a text.

A run gives the spans of it that can be terms (see spans.py); with its neighbour what の joins
(核の傘) and what ・ shares (先制・予防攻撃: 先制攻撃), on evidence; a text the expressions that it
holds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from yakugo import expressions, spans
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
from yakugo.model import Candidate, Context, Kind
from yakugo.nonterms import words
from yakugo.tokens import Said, classes_of, joint, pieces_of, reading, runs, said_of, tokenize

CONTEXTS = PLACES


def _nothing(texts: Collection[str]) -> set[str]:
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


def of(term: str) -> Candidate:
    """A term that stands in no document, cut as it would be in one."""
    pieces, classes, joints = _joined_runs(term)
    if not pieces:
        pieces = tuple(token.surface for token in tokenize(term))
        kind, classes = Kind.EXPRESSION, "." * len(pieces)
    elif joints:
        kind = Kind.LINKED if joints == {"・"} else Kind.GENITIVE
    else:
        kind = Kind.COMPOUND if len(pieces) > 1 else Kind.WORD
    return Candidate(term, reading(term), pieces, kind, classes=classes)


def _joined_runs(term: str) -> tuple[tuple[str, ...], str, set[str]]:
    """Pieces, classes and joints of a term that is a run or several; else nothing."""
    pieces: tuple[str, ...] = ()
    classes, joints, at = "", set(), 0
    for run in runs(term):
        if run.start:
            by = joint(term, at, run.start)
            if not by or not pieces:
                return (), "", set()
            joints.add(by)
            pieces, classes = (*pieces, by), classes + _JOINT_CLASSES.get(by, ".")
        pieces, classes = pieces + pieces_of(run.form), classes + classes_of(run.form)
        at = run.end
    return (pieces, classes, joints) if at == len(term) else ((), "", set())


_JOINT_CLASSES = {"・": "-"}


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


class _Made(NamedTuple):
    """What a candidate is made of; `readings` and `normals` by piece, as in `Said`."""

    term: str
    pieces: tuple[str, ...]
    classes: str
    kind: Kind
    readings: tuple[str, ...]
    normals: tuple[str, ...]


class _Expansion:
    """Cuts the candidates of one document out of its counts."""

    def __init__(self, counts: Counts, document: Document, background: Background) -> None:
        self._counts = counts
        self._document = document
        self._readings = dict(document.readings)  # the writer's own, before the tokenizer's
        self._found: dict[str, _Found] = {}
        self._cuts = {form: spans.cut_of(form) for form in counts.runs}
        self._standing = {
            cut.core() for cut in self._cuts.values() if spans.is_term(cut, cut.begin, cut.end)
        }
        unsure = self._unsure()
        self._recognised = background.recognise(unsure) | (unsure & background.reviewed)
        self._standing |= self._recognised & background.reviewed
        self._genitive_lefts = background.genitive_lefts
        self._reviewed = background.reviewed
        self._genitive_heads = background.genitive_heads
        self._expressions = background.expressions

    def candidates(self) -> list[Candidate]:
        for form, seen in self._counts.runs.items():
            cut = self._cuts[form]
            for span in spans.spans(cut, self._standing, self._recognised):
                self._add(cut, span, seen)
        for pair, seen in self._counts.pairs.items():
            if pair.joint == "・":
                self._add_coordinated(pair, seen)
            else:
                self._add_joined(pair, seen)
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
            cut.span(k, m)
            for cut in self._cuts.values()
            if cut.end - cut.begin > 2
            for k, m in spans.inside(cut.begin, cut.end)
        }
        for pair in self._counts.pairs:
            left, right = self._cuts[pair.left], self._cuts[pair.right]
            if pair.joint != "・":
                unsure.add(left.text + pair.joint + right.text)
                unsure.add(left.text + right.text)
            else:
                unsure |= {_spelled_out(left, right, k) for k in range(1, len(right.pieces))}
        return unsure

    def _add(self, cut: spans.Cut, span: spans.Span, seen: Seen) -> None:
        i, j, kind = span
        term = cut.span(i, j)
        found = self._found.get(term)
        if found is None:
            readings, normals = said_of(seen.said)
            found = self._new(
                _Made(term, cut.pieces[i:j], cut.classes[i:j], kind, readings[i:j], normals[i:j])
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

    def _new(self, made: _Made) -> _Found:
        term, pieces, classes, kind, readings, normals = made
        read = self._readings.get(term) or "".join(readings)
        key = variant_key(normals, kind)
        candidate = Candidate(term, read, pieces, kind, documents=1, classes=classes, key=key)
        found = self._found[term] = _Found(candidate)
        return found

    # --- what is no span of one run

    def _add_whole(self, made: _Made, seen: Seen) -> None:
        found = self._found.get(made.term) or self._new(made)
        candidate = found.candidate
        if candidate.kind is Kind.NESTED:
            candidate.kind = made.kind
        candidate.frequency += seen.frequency
        candidate.alone += seen.frequency
        candidate.quoted = candidate.quoted or seen.quoted
        candidate.defined = candidate.defined or seen.defined
        found.places += seen.places

    def _add_expression(self, term: str, seen: Seen) -> None:
        tokens = tokenize(term)
        made = _Made(
            term,
            tuple(token.surface for token in tokens),
            "." * len(tokens),
            Kind.EXPRESSION,
            (reading(term),),
            tuple(token.normalized for token in tokens),
        )
        self._add_whole(made, seen)

    def _add_joined(self, pair: Pair, seen: Seen) -> None:
        if not self._is_joined_term(pair, seen):
            return
        left, right = self._cuts[pair.left], self._cuts[pair.right]
        left_said, right_said = self._said(pair)
        term = left.text + pair.joint + right.text
        made = _Made(
            term,
            (*left.pieces, pair.joint, *right.pieces),
            f"{left.classes}.{right.classes}",
            Kind.EXPRESSION if term in self._expressions else Kind.GENITIVE,
            (*left_said.readings, _JOINT_READINGS[pair.joint], *right_said.readings),
            (*left_said.normals, pair.joint, *right_said.normals),
        )
        self._add_whole(made, seen)

    def _is_joined_term(self, pair: Pair, seen: Seen) -> bool:
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
        """Of A・BC the whole, when both sides are terms, and AC, when it is known or stands."""
        left, right = self._cuts[pair.left], self._cuts[pair.right]
        left_said, right_said = self._said(pair)
        if spans.is_term(left, 0, len(left.pieces)) and spans.is_term(right, 0, len(right.pieces)):
            made = _Made(
                f"{left.text}・{right.text}",
                (*left.pieces, "・", *right.pieces),
                f"{left.classes}-{right.classes}",
                Kind.LINKED,
                (*left_said.readings, "", *right_said.readings),
                (*left_said.normals, "・", *right_said.normals),
            )
            self._add_whole(made, seen)
        for k in range(1, len(right.pieces)):
            text = _spelled_out(left, right, k)
            if text in self._standing or text in self._recognised:
                made = _Made(
                    text,
                    left.pieces + right.pieces[k:],
                    left.classes + right.classes[k:],
                    Kind.COORDINATED,
                    left_said.readings + right_said.readings[k:],
                    left_said.normals + right_said.normals[k:],
                )
                self._add_whole(made, seen)

    def _said(self, pair: Pair) -> tuple[Said, Said]:
        runs = self._counts.runs
        return said_of(runs[pair.left].said), said_of(runs[pair.right].said)


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


def _spelled_out(left: spans.Cut, right: spans.Cut, k: int) -> str:
    """What A・BC can stand for besides BC: AC, C being what BC ends with from piece k."""
    return left.text + right.span(k, len(right.pieces))
