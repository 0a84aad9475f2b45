"""The tables of the termbase, and the schema version that is kept in it from the first day."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

VERSION = 4  # what each version changed is in migrations.py

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _key_of(table: str) -> ForeignKey:
    """A reference to a row of another table; it goes when that row goes."""
    return ForeignKey(f"{table}.id", ondelete="CASCADE")


meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# --- the glossary

concept = Table(
    "concept",
    metadata,
    Column("id", Text, primary_key=True),
    _text("subject_field"),
    _text("definition"),
    _text("definition_ja"),
    _text("definition_source"),
    _text("note"),
    _text("source"),
    Column("revision", Integer, nullable=False),
    _text("changed"),
    _text("changed_by"),
)

relation = Table(
    "relation",
    metadata,
    Column("concept", Text, _key_of("concept"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("related", Text, nullable=False),
)

term = Table(
    "term",
    metadata,
    Column("concept", Text, _key_of("concept"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("key", Text, nullable=False),  # what spellings share, see equivalents.glossary.key
    _text("reading"),
    _text("part_of_speech"),
    _text("type"),
    Column("usage", Text, nullable=False),
    _text("note"),
    _text("source"),
    Index("term_key", "key", "language"),
    Index(
        "one_preferred_term_a_language",
        "concept",
        "language",
        unique=True,
        sqlite_where=text("usage = 'preferred'"),
        postgresql_where=text("usage = 'preferred'"),
    ),
)

term_context = Table(
    "term_context",
    metadata,
    Column("concept", Text, primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sentence", Text, nullable=False),
    _text("document"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("offset", Integer),
    ForeignKeyConstraint(
        ["concept", "term"], ["term.concept", "term.position"], ondelete="CASCADE"
    ),
)

# --- what was collected

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("identity", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("collected", Text, nullable=False),
)

sentence = Table(
    "sentence",
    metadata,
    Column("document", Integer, _key_of("document"), primary_key=True),
    Column("offset", Integer, primary_key=True),
    Column("text", Text, nullable=False),
)

candidate = Table(
    "candidate",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("term", Text, nullable=False, unique=True),
    _text("reading"),
    _text("pieces"),  # a JSON list
    _text("classes"),
    _text("kind"),
    _text("key"),  # what the spellings of a term share, see candidates.variant_key
    Column("score", Float, nullable=False, server_default="0"),
    Column("status", Text, nullable=False),
)

_CANDIDATE = ForeignKey("candidate.id", ondelete="CASCADE")
_SENTENCE = (["document", "offset"], ["sentence.document", "sentence.offset"])

occurrence = Table(
    "occurrence",
    metadata,
    Column("candidate", Integer, _key_of("candidate"), primary_key=True),
    Column("document", Integer, _key_of("document"), primary_key=True, index=True),
    Column("frequency", Integer, nullable=False),
    _number("alone"),
    _number("hosts"),
    _number("quoted"),
    _number("defined"),
)

context = Table(
    "context",
    metadata,
    Column("candidate", Integer, _key_of("candidate"), primary_key=True),
    Column("document", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("offset", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    ForeignKeyConstraint(*_SENTENCE, ondelete="CASCADE"),
    Index("context_sentence", "document", "offset"),
)

gloss = Table(
    "gloss",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("term", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("document", Integer, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    ForeignKeyConstraint(*_SENTENCE, ondelete="CASCADE"),
    Index("gloss_sentence", "document", "offset"),
)

# --- general texts, which the collected ones are held against

general_text = Table(
    "general_text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False),
    Column("characters", Integer, nullable=False),
)

general_count = Table(
    "general_count",
    metadata,
    Column("general_text", Integer, _key_of("general_text"), primary_key=True),
    Column("term", Text, primary_key=True),
    Column("frequency", Integer, nullable=False),
)

# --- parallel text: what the terms of finished translations are translated by

bitext = Table(
    "bitext",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("identity", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False),
    Column("pairs", Integer, nullable=False),
    Column("aligned", Text, nullable=False),
)

sentence_pair = Table(
    "sentence_pair",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bitext", Integer, _key_of("bitext"), nullable=False, index=True),
    _text("place"),
    Column("japanese", Text, nullable=False),
    Column("english", Text, nullable=False),
)

mined = Table(
    "mined",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bitext", Integer, _key_of("bitext"), nullable=False, index=True),
    Column("term", Text, nullable=False, index=True),
    Column("english", Text, nullable=False),
    Column("strength", Float, nullable=False),
    Column("together", Integer, nullable=False),
    Column("term_pairs", Integer, nullable=False),
    Column("phrase_pairs", Integer, nullable=False),
)

mined_example = Table(
    "mined_example",
    metadata,
    Column("mined", Integer, _key_of("mined"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("pair", Integer, _key_of("sentence_pair"), nullable=False, index=True),
)

# --- what was decided; rows are added, never changed

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("term", Text, nullable=False, index=True),
    Column("decision", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("when", Text, nullable=False),
    _text("english"),
    _text("concept"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("before", Text, nullable=False),  # JSON: status and concept before the decision
    Column("after", Text, nullable=False),  # JSON: the same after it
    Column("undoes", Integer, ForeignKey("review.id")),
    sqlite_autoincrement=True,
)

# --- when exported content last changed, so that exports can say so reproducibly

stamp = Table(
    "stamp",
    metadata,
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("changed", Text, nullable=False),
)
