"""Runs → counted candidates with their contexts.

Counting is done over distinct runs, so that cutting terms out of them (trimming, nested terms,
genitives) is done once a run however often it stands in the text, and memory is bounded by the
vocabulary, not by the corpus.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from yakugo.documents import Document
from yakugo.model import Candidate, Context
from yakugo.nonterms import words
from yakugo.sentences import Sentence, sentences
from yakugo.tokens import Run, reading, runs

CONTEXTS = 3


class Kind(StrEnum):
    """How a candidate was found."""

    WORD = "word"  # one piece
    COMPOUND = "compound"  # several pieces standing together
    NESTED = "nested"  # inside a longer run, on evidence
    PLACED = "placed"  # a compound that begins with a place: 米国同盟国
    GENITIVE = "genitive"  # X の Y, on evidence


def _nothing(spans: Collection[str]) -> set[str]:
    return set()


@dataclass(frozen=True, slots=True)
class Background:
    """What is known before a text is read; evidence for terms inside and across runs.

    `recognise` gives those of some spans that are terms or dictionary words; `genitive_lefts`
    are the left sides of reviewed terms with の: 核 because of 核の傘.
    """

    recognise: Callable[[Collection[str]], set[str]] = _nothing
    genitive_lefts: frozenset[str] = frozenset()


class _Occurrence(NamedTuple):
    """A sentence a run stands in; sorts worst first, so that a heap drops the worst."""

    rank: tuple[int, ...]
    sentence: Sentence
    start: int
    end: int


@dataclass(slots=True)
class _Seen:
    frequency: int = 0
    quoted: bool = False
    occurrences: list[_Occurrence] = field(default_factory=list)


class _Form(NamedTuple):
    """A distinct run: equal pieces of equal classes are counted together."""

    pieces: tuple[str, ...]
    classes: str
    genitive: bool


class _Span(NamedTuple):
    """Pieces i to j of a form that make a candidate."""

    i: int
    j: int
    kind: Kind


NOTHING_KNOWN = Background()


def collect(
    document: Document,
    background: Background = NOTHING_KNOWN,
    contexts: int = CONTEXTS,
    progress: Callable[[int], None] = lambda characters: None,
) -> list[Candidate]:
    """Collect the candidates of one document, in the order in which they first stand in it.

    `progress` is told after each sentence how many characters have been read. Frequencies and
    contexts are those of this document.
    """
    seen = _count(document, contexts, progress)
    return _Expansion(document, background, contexts).candidates(seen)


def merge(shards: Iterable[Iterable[Candidate]], contexts: int = CONTEXTS) -> list[Candidate]:
    """Add up the candidates of several documents; contexts come from different documents first."""
    merged: dict[str, Candidate] = {}
    waiting: dict[str, list[list[Context]]] = {}
    for shard in shards:
        for one in shard:
            total = merged.get(one.term)
            if total is None:
                total = Candidate(one.term, one.reading, one.pieces, one.kind)
                merged[one.term] = total
            elif one.kind != Kind.NESTED and total.kind == Kind.NESTED:
                total.kind = one.kind
            total.frequency += one.frequency
            total.documents += one.documents
            lists = waiting.setdefault(one.term, [])
            if len(lists) < contexts:
                lists.append(one.contexts[:contexts])
    for term, lists in waiting.items():
        merged[term].contexts = _interleaved(lists, contexts)
    return list(merged.values())


def _interleaved(lists: list[list[Context]], most: int) -> list[Context]:
    """The first of each list, then the second of each, and so on."""
    longest = max(map(len, lists), default=0)
    turns = (one[i] for i in range(longest) for one in lists if i < len(one))
    return [context for context, _ in zip(turns, range(most), strict=False)]


def _count(
    document: Document, contexts: int, progress: Callable[[int], None]
) -> dict[_Form, _Seen]:
    seen: dict[_Form, _Seen] = {}
    for sentence in sentences(document.text):
        quality: tuple[int, ...] | None = None
        for run in runs(sentence.text):
            form = _Form(run.pieces, run.classes, run.genitive)
            entry = seen.get(form)
            if entry is None:
                entry = seen[form] = _Seen()
            entry.frequency += 1
            entry.quoted = entry.quoted or run.quoted
            if quality is None:
                quality = _quality(sentence)
            occurrence = _Occurrence((*quality, -run.start), sentence, run.start, run.end)
            if len(entry.occurrences) < contexts:
                heapq.heappush(entry.occurrences, occurrence)
            elif occurrence > entry.occurrences[0]:
                heapq.heapreplace(entry.occurrences, occurrence)
        progress(sentence.offset + len(sentence.text))
    return seen


_DEFINING = re.compile(r"とは|つまり|すなわち|を指す|を意味する|と呼ばれ|という意味")
_SENTENCE_END = tuple("。！？!?」』")
_SHORT, _LONG = 12, 120  # characters: what reads as a sentence and still fits a flashcard


def _quality(sentence: Sentence) -> tuple[int, ...]:
    """Sentences that define come first, then complete ones of a fair length, then the earlier."""
    text = sentence.text
    fair = _SHORT <= len(text) <= _LONG
    complete = text.endswith(_SENTENCE_END)
    return (int(bool(_DEFINING.search(text)) and fair), int(complete and fair), -sentence.offset)


class _Expansion:
    """Cuts the candidates of one document out of its distinct runs."""

    def __init__(self, document: Document, background: Background, contexts: int) -> None:
        self._document = document.name
        self._readings = dict(document.readings)  # the writer's own, before the tokenizer's
        self._background = background
        self._contexts = contexts
        self._found: dict[str, Candidate] = {}
        self._occurrences: dict[str, list[tuple[_Occurrence, Context]]] = {}

    def candidates(self, seen: dict[_Form, _Seen]) -> list[Candidate]:
        plain = {form: _core(form) for form in seen if not form.genitive}
        standing = {_text(f.pieces[i:j]) for f, (i, j) in plain.items() if _is_term(f, i, j)}
        recognised = self._background.recognise(_unsure(seen, plain))
        evident = standing | recognised
        for form, entry in seen.items():
            if form.genitive:
                spans = self._genitive(form, entry, recognised)
            else:
                spans = _spans(form, *plain[form], evident)
            for span in spans:
                self._add(form, span, entry)
        for term, candidate in self._found.items():
            best = sorted(self._occurrences[term], key=lambda pair: pair[0].rank, reverse=True)
            candidate.contexts = [context for _, context in best[: self._contexts]]
        return list(self._found.values())

    def _genitive(self, form: _Form, entry: _Seen, recognised: set[str]) -> Iterator[_Span]:
        """X の Y is a term only on evidence: quoted, repeated, known, or of a known pattern."""
        left, right = _halves(form)
        general = words("alone") | words("person")
        if right in general or right in words("back") or left in words("person"):
            return
        evident = entry.quoted or _text(form.pieces) in recognised
        repeated = entry.frequency > 1 and left not in general
        if evident or repeated or left in self._background.genitive_lefts:
            yield _Span(0, len(form.pieces), Kind.GENITIVE)

    def _add(self, form: _Form, span: _Span, entry: _Seen) -> None:
        pieces = form.pieces[span.i : span.j]
        term = _text(pieces)
        candidate = self._found.get(term)
        if candidate is None:
            kana = self._readings.get(term) or reading(term)
            candidate = Candidate(term, kana, _normal(pieces), span.kind, documents=1)
            self._found[term] = candidate
        elif candidate.kind == Kind.NESTED:
            candidate.kind = span.kind
        candidate.frequency += entry.frequency
        waiting = self._occurrences.setdefault(term, [])
        for occurrence in entry.occurrences:
            waiting.append((occurrence, self._context(form, span, occurrence)))

    def _context(self, form: _Form, span: _Span, occurrence: _Occurrence) -> Context:
        sentence = occurrence.sentence
        start, end = occurrence.start, occurrence.end
        if not form.genitive:
            start += sum(map(len, form.pieces[: span.i]))
            end = start + sum(map(len, form.pieces[span.i : span.j]))
        return Context(sentence.text, self._document, start, end, sentence.offset)


def core(run: Run) -> str:
    """The term that a run as a whole could be, without what only stands before or behind it."""
    form = _Form(run.pieces, run.classes, run.genitive)
    i, j = (0, len(run.pieces)) if run.genitive else _core(form)
    return _text(run.pieces[i:j])


_LONGEST = 12  # pieces; longer spans inside a run are not tried
_NOT_FIRST = "SCTW-"
_NOT_LAST = "XTW-"


def _core(form: _Form) -> tuple[int, int]:
    """The part of a run that can be a term: what only stands before or behind it cut off."""
    pieces, classes = form.pieces, form.classes
    i, j = 0, len(pieces)
    changed = True
    while changed and i < j:
        changed = False
        ordinal = pieces[i : i + 1] == ("第",)
        if (classes[i] in _NOT_FIRST or pieces[i] in words("front")) and not ordinal:
            i, changed = i + 1, True
        elif j > i and (classes[j - 1] in _NOT_LAST or pieces[j - 1] in words("back")):
            j, changed = j - 1, True
    return i, j


def _is_term(form: _Form, i: int, j: int) -> bool:
    """Whether pieces i to j could be a term: not empty, general, a place, a person or a letter."""
    if i >= j or form.classes[i] in _NOT_FIRST or form.classes[j - 1] in _NOT_LAST:
        return False
    classes = form.classes[i:j]
    text = _text(form.pieces[i:j])
    if classes[-1] in "GQ" and not (classes[-1] == "Q" and "L" in classes):
        return False
    if len(text) < 2 and not _ONE_KANJI.fullmatch(text):
        return False
    if text in words("alone") or _ONLY_KANA_OR_MARKS.fullmatch(text) or not _WORTH.search(text):
        return False
    if set(classes) <= set("LWQ-") and not _LATIN_NAME.fullmatch(text):
        return False
    if all(piece in words("furniture") for piece in form.pieces[i:j]):
        return False
    return _tail(form, i, j, words("person")) == j


_ONE_KANJI = re.compile(r"[一-鿿]")
_ONLY_KANA_OR_MARKS = re.compile(r"[ぁ-ゖ゛-ゟー・\W\d_]+|[ァ-ヺ]")
_LATIN_NAME = re.compile(r"[A-Z0-9][\w.-]*(?: [A-Z0-9][\w.-]*){0,2}")  # New START, not nuclear war
_WORTH = re.compile(r"[一-鿿ァ-ヺA-Za-z]")


def _tail(form: _Form, i: int, j: int, tails: frozenset[str]) -> int:
    """Where the longest ending of pieces i to j that is one of `tails` begins, else j."""
    return next((k for k in range(i, j) if _text(form.pieces[k:j]) in tails), j)


def _spans(form: _Form, i: int, j: int, evident: set[str]) -> Iterator[_Span]:
    """The candidates in one run: itself, without its place, and what is nested in it."""
    tried = set()
    placed = i < j and form.classes[i] == "G"
    if _is_term(form, i, j):
        kind = Kind.PLACED if placed else Kind.COMPOUND if j - i > 1 else Kind.WORD
        tried.add((i, j))
        yield _Span(i, j, kind)
    while i < j and form.classes[i] == "G":
        i += 1
    if placed and _is_term(form, i, j):
        tried.add((i, j))
        yield _Span(i, j, Kind.COMPOUND if j - i > 1 else Kind.WORD)
    for k, m in _shorter(form, i, j, evident):
        if (k, m) not in tried and _is_term(form, k, m):
            tried.add((k, m))
            yield _Span(k, m, Kind.NESTED)


def _shorter(form: _Form, i: int, j: int, evident: set[str]) -> Iterator[tuple[int, int]]:
    """Spans inside a run: those with evidence, and what an action or a post is about."""
    for k, m in _inside(i, j):
        if _text(form.pieces[k:m]) in evident:
            yield k, m
    general = words("alone") | words("post")
    end = j
    while end - i > 2:
        cut = _tail(form, i + 1, end, general)
        if cut == end and form.classes[end - 1] == "V":
            cut = end - 1
        if cut == end or cut - i < 2:
            break
        end = cut
        yield i, end
    cut = _tail(form, i + 1, j, words("person"))
    if cut < j and cut - i > 1 and "-" not in form.classes[i:cut]:
        yield _core(_Form(form.pieces[i:cut], form.classes[i:cut], False))


def _inside(i: int, j: int) -> Iterator[tuple[int, int]]:
    """All proper spans of two pieces or more."""
    for k in range(i, j - 1):
        for m in range(k + 2, min(j, k + _LONGEST) + 1):
            if (k, m) != (i, j):
                yield k, m


def _unsure(seen: dict[_Form, _Seen], plain: dict[_Form, tuple[int, int]]) -> set[str]:
    """The spans for which knowledge from outside the text would be evidence."""
    inside = {_text(form.pieces[k:m]) for form, (i, j) in plain.items() for k, m in _inside(i, j)}
    return inside | {_text(form.pieces) for form in seen if form.genitive}


def _halves(form: _Form) -> tuple[str, str]:
    middle = form.classes.index("J")
    return _text(form.pieces[:middle]), _text(form.pieces[middle + 1 :])


def _normal(pieces: Iterable[str]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFKC", piece) for piece in pieces)


def _text(pieces: Iterable[str]) -> str:
    return unicodedata.normalize("NFKC", "".join(pieces))
