r"""The tables that the workbook and the CSV files share: columns, and rows of plain values.

A row has one value a column: text, a whole number or a score; "" is an empty cell. Several
terms in one cell are joined by `SEPARATOR`; where a term holds the separator itself, its
semicolon becomes a comma, so that splitting the cell gives the right number of terms.

Text is cleaned as little as files need: characters that XML 1.0 forbids (most control
characters, lone surrogates) become U+FFFD, which can be seen; every kind of line break becomes
"\n" in prose and a space elsewhere, so that a candidate is one line of its CSV file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from yakugo.kana import hiragana
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    USABLE,
    Concept,
    Context,
    Decision,
    Offer,
    Ranked,
    Snapshot,
    Status,
    Term,
    Usage,
)

SEPARATOR = "; "
_SEPARATOR_WITHIN = ", "
_SCORE_DIGITS = 4

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"
_SMALL_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")

Value = str | int | float
Row = tuple[Value, ...]


class Kind(StrEnum):
    """What a column holds, which decides how wide it may be and how a number is shown."""

    TERM = "term"
    LABEL = "label"
    PROSE = "prose"
    COUNT = "count"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in a CSV file, its heading in a workbook, what it holds.

    `choices` are the only values that a reviewer should enter. `printed` is False for what is
    for machines and for the record, and not for paper.
    """

    name: str
    heading: str
    kind: Kind
    choices: tuple[str, ...] = ()
    printed: bool = True


GLOSSARY = (
    Column("japanese", "Japanese", Kind.TERM),
    Column("reading", "Reading", Kind.TERM),
    Column("english", "English", Kind.TERM),
    Column("other_japanese", "Other Japanese", Kind.TERM),
    Column("other_english", "Other English", Kind.TERM),
    Column("avoid", "Avoid (why)", Kind.TERM),
    Column("status", "Status", Kind.LABEL, tuple(Usage)),
    Column("definition", "Definition", Kind.PROSE),
    Column("example", "Example", Kind.PROSE),
    Column("note", "Note", Kind.PROSE, printed=False),
    Column("definition_ja", "Definition (Japanese)", Kind.PROSE, printed=False),
    Column("subject_field", "Subject field", Kind.LABEL, printed=False),
    Column("part_of_speech", "Part of speech", Kind.LABEL, printed=False),
    Column("source", "Source", Kind.TERM, printed=False),
    Column("example_source", "Example from", Kind.LABEL, printed=False),
    Column("related", "Related", Kind.LABEL, printed=False),
    Column("revision", "Revision", Kind.COUNT, printed=False),
    Column("changed", "Changed", Kind.LABEL, printed=False),
    Column("changed_by", "Changed by", Kind.LABEL, printed=False),
    Column("concept", "Concept", Kind.LABEL, printed=False),
)

CANDIDATES = (
    Column("term", "Term", Kind.TERM),
    Column("reading", "Reading", Kind.TERM),
    Column("english", "Offered English", Kind.TERM),
    Column("score", "Score", Kind.SCORE),
    Column("frequency", "Frequency", Kind.COUNT),
    Column("documents", "Documents", Kind.COUNT),
    Column("status", "Status", Kind.LABEL, tuple(Status)),
    Column("context", "Context", Kind.PROSE),
    Column("document", "Document", Kind.LABEL, printed=False),
    Column("evidence", "Evidence", Kind.PROSE, printed=False),
    Column("kind", "Kind", Kind.LABEL, printed=False),
    Column("pieces", "Pieces", Kind.LABEL, printed=False),
    Column("variants", "Other spellings", Kind.TERM, printed=False),
    Column("short_for", "Short for", Kind.TERM, printed=False),
)

STATISTICS = (
    Column("what", "What", Kind.LABEL),
    Column("item", "Item", Kind.TERM),
    Column("number", "Number", Kind.COUNT),
)


def glossary_rows(snapshot: Snapshot) -> list[Row]:
    """One row a concept, in the columns of `GLOSSARY`, in the order of the readings (五十音順)."""
    return [_concept_row(c, snapshot) for c in sorted(snapshot.concepts, key=in_kana_order)]


def candidate_rows(ranked: Iterable[Ranked]) -> list[Row]:
    """One row a candidate, in the columns of `CANDIDATES`, in the order given.

    The sentence is the candidate's first; `english` and `evidence` are in the order of the
    offers, so that the best comes first when they are sorted.
    """
    return [_candidate_row(entry) for entry in ranked]


def statistics_rows(snapshot: Snapshot) -> list[Row]:
    """What there is, counted, in the columns of `STATISTICS`; the documents come last, by name."""
    concepts, reviews = snapshot.concepts, snapshot.reviews
    terms = [term for concept in concepts for term in concept.terms]
    examples = sum(bool(_example(c, snapshot).sentence) for c in concepts)
    rows: list[Row] = [
        ("As of", one_line(snapshot.as_of), ""),
        ("Glossary", "concepts", len(concepts)),
        ("Glossary", "Japanese terms", sum(t.language == JAPANESE for t in terms)),
        ("Glossary", "English terms", sum(t.language == ENGLISH for t in terms)),
        ("Glossary", "concepts with a definition", sum(bool(c.definition) for c in concepts)),
        ("Glossary", "concepts with an example", examples),
        ("Candidates", "all", len(snapshot.candidates)),
        ("Reviews", "all", len(reviews)),
        ("Documents", "all", len(snapshot.documents)),
    ]
    rows += _counts("Candidates by status", (c.status for c in snapshot.candidates), Status)
    rows += _counts("Terms by status", (t.usage for t in terms), Usage)
    rows += _counts("Concepts by subject field", (c.subject_field for c in concepts))
    rows += _counts("Reviews by decision", (r.decision for r in reviews), Decision)
    rows += _counts("Reviews by reviewer", (r.who for r in reviews))
    rows += [("Document", one_line(name), "") for name in snapshot.documents]
    return rows


def _counts(what: str, items: Iterable[str], all_of: Iterable[str] = ()) -> list[Row]:
    """A row for each item of `all_of`, in that order, then for the others, most frequent first."""
    counted = Counter({str(item): 0 for item in all_of})
    counted.update(one_line(item) or "(none)" for item in items)
    known = [str(item) for item in all_of]
    others = sorted(counted.keys() - set(known), key=lambda item: (-counted[item], item))
    return [(what, item, counted[item]) for item in known + others]


def _concept_row(concept: Concept, snapshot: Snapshot) -> Row:
    japanese, english = concept.preferred(JAPANESE), concept.preferred(ENGLISH)
    shown = english or japanese  # the status is that of the term a translator would take over
    example = _example(concept, snapshot)
    avoided = (t for t in concept.terms if t.usage not in USABLE)
    sources = (concept.source, concept.definition_source, *(t.source for t in concept.terms))
    return (
        _text(japanese),
        one_line(japanese.reading) if japanese else "",
        _text(english),
        _others(concept, japanese, JAPANESE),
        _others(concept, english, ENGLISH),
        joined(f"{t.text} ({t.note})" if t.note else t.text for t in avoided),
        str(shown.usage) if shown else "",
        prose(concept.definition),
        prose(example.sentence),
        prose("\n".join(filter(None, (concept.note, *_term_notes(concept))))),
        prose(concept.definition_ja),
        one_line(concept.subject_field),
        str(shown.part_of_speech) if shown else "",
        joined(dict.fromkeys(sources)),
        one_line(example.document),
        joined(concept.related),
        concept.revision,
        one_line(concept.changed),
        one_line(concept.changed_by),
        one_line(concept.id),
    )


def _candidate_row(entry: Ranked) -> Row:
    candidate = entry.candidate
    context = next(iter(candidate.contexts), Context(""))
    return (
        one_line(candidate.term),
        one_line(candidate.reading),
        joined(offer.english for offer in entry.offers),
        round(entry.score, _SCORE_DIGITS),
        candidate.frequency,
        candidate.documents,
        str(entry.status),
        one_line(context.sentence),
        one_line(context.document),
        joined(map(_evidence, entry.offers)),
        one_line(candidate.kind),
        one_line("|".join(candidate.pieces)),
        joined(candidate.variants),
        one_line(candidate.short_for),
    )


def _evidence(offer: Offer) -> str:
    why = ", ".join(f"{evidence.provider} ({evidence.detail})" for evidence in offer.evidence)
    but = ", ".join(f"{evidence.provider} ({evidence.detail})" for evidence in offer.against)
    said = f"{offer.english}: {why}" if why else offer.english
    return f"{said}, but {but}" if but else said


def _example(concept: Concept, snapshot: Snapshot) -> Context:
    own = (c for t in concept.terms if t.language == JAPANESE for c in t.contexts)
    return snapshot.examples.get(concept.id) or next(own, Context(""))


def _term_notes(concept: Concept) -> list[str]:
    return [f"{t.text}: {t.note}" for t in concept.terms if t.note and t.usage in USABLE]


def _others(concept: Concept, shown: Term | None, language: str) -> str:
    terms = (t for t in concept.in_language(language) if t.usage in USABLE and t is not shown)
    return joined(t.text for t in terms)


def in_kana_order(concept: Concept) -> tuple[str, str, str]:
    """Sort key as in a Japanese dictionary: か and が, つ and っ are one letter at first sight."""
    term = concept.preferred(JAPANESE)
    reading = hiragana((term.reading or term.text) if term else "")
    letters = [c for c in unicodedata.normalize("NFD", reading) if not unicodedata.combining(c)]
    return "".join(letters).translate(_SMALL_KANA), reading, concept.id


def _text(term: Term | None) -> str:
    return one_line(term.text) if term else ""


def joined(texts: Iterable[str]) -> str:
    """Texts in one cell, which splits into as many at `SEPARATOR`."""
    lines = (one_line(text).replace(SEPARATOR, _SEPARATOR_WITHIN) for text in texts)
    return SEPARATOR.join(filter(None, lines))


def one_line(text: str) -> str:
    """The text, cleaned, with a space for each line break."""
    return " ".join(prose(text).split("\n"))


def prose(text: str) -> str:
    r"""The text, cleaned, with "\n" for each kind of line break."""
    return _FORBIDDEN.sub(_REPLACEMENT, "\n".join(text.splitlines()))
