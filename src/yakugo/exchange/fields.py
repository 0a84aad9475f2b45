"""What a row of a reviewer's table holds: one Japanese term of a concept, or one candidate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from yakugo.formats.rows import SEPARATOR, Column, Kind
from yakugo.model import ENGLISH, JAPANESE, Concept, Context, Decision, Ranked, Term, Usage


class Field(StrEnum):
    """A field of a row; its value is the name that `--map` takes."""

    DECISION = "decision"
    JAPANESE = "japanese"
    READING = "reading"
    ENGLISH = "english"
    OTHER_ENGLISH = "other_english"
    AVOID = "avoid"
    STATUS = "status"
    COMMENT = "comment"
    DEFINITION = "definition"
    DEFINITION_JA = "definition_ja"
    NOTE = "note"
    SUBJECT_FIELD = "subject_field"
    # Only in other people's glossaries; the tables for review have a row for each.
    OTHER_JAPANESE = "other_japanese"
    PART_OF_SPEECH = "part_of_speech"
    EXAMPLE = "example"
    SOURCE = "source"
    # For reading only.
    OFFERED = "offered"
    CONTEXT = "context"
    DOCUMENT = "document"
    STATE = "state"
    ID = "id"
    REVISION = "revision"


OF_TERM = (Field.JAPANESE, Field.READING, Field.STATUS)
OF_CONCEPT = (
    Field.ENGLISH,
    Field.OTHER_ENGLISH,
    Field.AVOID,
    Field.DEFINITION,
    Field.DEFINITION_JA,
    Field.NOTE,
    Field.SUBJECT_FIELD,
)
TO_FILL = (Field.DECISION, *OF_TERM, *OF_CONCEPT, Field.COMMENT)
TO_READ = (Field.OFFERED, Field.CONTEXT, Field.DOCUMENT, Field.STATE, Field.ID, Field.REVISION)

# The drop-down of decisions: what it says, in both languages, and what it does.
DECISIONS: Mapping[str, Decision] = {
    "accept 採用": Decision.ACCEPTED,
    "reject 却下": Decision.REJECTED,
    "defer 保留": Decision.DEFERRED,
}
USAGES: Mapping[str, Usage] = {
    "preferred 優先": Usage.PREFERRED,
    "admitted 許容": Usage.ADMITTED,
    "deprecated 非推奨": Usage.DEPRECATED,
    "superseded 旧称": Usage.SUPERSEDED,
}

# The columns of the tables for review, in order; those of `TO_READ` are locked.
COLUMNS: Mapping[Field, Column] = {
    Field(column.name): column
    for column in (
        Column("decision", "Decision 判断", Kind.LABEL, tuple(DECISIONS)),
        Column("japanese", "Japanese 日本語", Kind.TERM),
        Column("reading", "Reading 読み", Kind.TERM),
        Column("english", "English 英訳", Kind.TERM),
        Column("other_english", "Other English 他の英訳", Kind.TERM),
        Column("avoid", "Avoid 避ける英訳", Kind.TERM),
        Column("status", "Status 用法", Kind.LABEL, tuple(USAGES)),
        Column("comment", "Comment コメント", Kind.PROSE),
        Column("offered", "Offered 候補訳", Kind.TERM),
        Column("context", "Context 文脈", Kind.PROSE),
        Column("document", "Document 文書", Kind.LABEL, printed=False),
        Column("definition", "Definition 定義", Kind.PROSE, printed=False),
        Column("definition_ja", "Definition (Japanese) 日本語の定義", Kind.PROSE, printed=False),
        Column("note", "Note 注記", Kind.PROSE, printed=False),
        Column("subject_field", "Subject field 分野", Kind.LABEL, printed=False),
        Column("state", "State 状態", Kind.LABEL, printed=False),
        Column("id", "Id 識別子", Kind.LABEL, printed=False),
        Column("revision", "Revision 版", Kind.LABEL, printed=False),
    )
}

Values = dict[Field, str]


@dataclass(slots=True)
class Entry:
    """A row as it was read: where it stands, its values, and what is wrong with single cells.

    `place` is "row 7 of Sheet1" or "line 7". A field without a column in the table is missing from
    `values`; an empty cell is "". `faults` says of a field why its cell cannot be taken as text.
    """

    place: str
    values: Values
    faults: dict[Field, str] = field(default_factory=dict)


def term_values(concept: Concept, term: Term, collected: Context | None = None) -> Values:
    """The row of one Japanese term of a concept: what can be filled in, and what identifies it.

    The id names the concept, and the term by its number where the concept has several Japanese
    ones: `extended-deterrence`, `extended-deterrence#2`. `collected` is a sentence to show it in.
    """
    context = collected or next(iter(term.contexts), Context(""))
    english = concept.preferred(ENGLISH)
    others = [t for t in concept.in_language(ENGLISH) if t is not english]
    said = {usage: words for words, usage in USAGES.items()}
    return {
        Field.JAPANESE: term.text,
        Field.READING: term.reading,
        Field.STATUS: said[term.usage],
        Field.ENGLISH: english.text if english else "",
        Field.OTHER_ENGLISH: _joined(t.text for t in others if t.usage is Usage.ADMITTED),
        Field.AVOID: _joined(t.text for t in others if t.usage is not Usage.ADMITTED),
        Field.DEFINITION: concept.definition,
        Field.DEFINITION_JA: concept.definition_ja,
        Field.NOTE: concept.note,
        Field.SUBJECT_FIELD: concept.subject_field,
        Field.CONTEXT: context.sentence,
        Field.DOCUMENT: context.document,
        Field.STATE: concept.state.value,
        Field.ID: row_id(concept, term),
        Field.REVISION: str(concept.revision),
    }


def candidate_values(one: Ranked) -> Values:
    """The row of a candidate: nothing is filled in but the term and its reading."""
    candidate = one.candidate
    context = next(iter(candidate.contexts), None)
    return {
        Field.JAPANESE: candidate.term,
        Field.READING: candidate.reading,
        Field.OFFERED: _joined(offer.english for offer in one.offers),
        Field.CONTEXT: context.sentence if context else "",
        Field.DOCUMENT: context.document if context else "",
        Field.STATE: one.status.value,
        Field.REVISION: str(one.revision),
    }


def row_id(concept: Concept, term: Term) -> str:
    """What names a Japanese term of a concept; see `term_values`."""
    number = concept.in_language(JAPANESE).index(term) + 1
    return concept.id if number == 1 else f"{concept.id}#{number}"


def _joined(texts: Iterable[str]) -> str:
    return SEPARATOR.join(text.replace(SEPARATOR, ", ") for text in texts)
