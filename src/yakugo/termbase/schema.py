"""The tables of the termbase, and the schema version that is kept in it from the first day."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    Connection,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy import Text as AnyText

from yakugo.model import ENGLISH, JAPANESE, CardKind, State, Status, Usage

VERSION = 6  # what each version changed is in migrations.py

metadata = MetaData()

# Both databases order texts by their code points, so that lists and files are the same.
Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A constraint: a column holds one of these values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({listed})", name=f"known_{column}")


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

# A concept has a Japanese term, its `head`: the database checks that when a transaction ends.
_HEAD = ForeignKeyConstraint(
    ["id", "head", "head_language"],
    ["term.concept", "term.position", "term.language"],
    name="a_japanese_term",
    deferrable=True,
    initially="DEFERRED",
    use_alter=True,
)
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
    _number("homograph"),
    Column("state", Text, nullable=False),
    _text("proposed_by"),
    _text("approved"),  # JSON: the concept as it was last approved, while a change waits for that
    Column("revision", Integer, nullable=False),
    _text("changed"),
    _text("changed_by"),
    Column("head", Integer, nullable=False),
    Column("head_language", Text, nullable=False, server_default=JAPANESE),
    CheckConstraint(f"head_language = '{JAPANESE}'", name="japanese_head"),
    _one_of("state", State),
    UniqueConstraint("id", "subject_field", "homograph"),
    _HEAD,
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
    Column("key", Text, nullable=False),  # see equivalents.glossary.key
    Column("form", Text, nullable=False),  # what looser spellings share, see store.form
    Column("reading", Text, nullable=False, server_default="", index=True),
    _text("part_of_speech"),
    _text("type"),
    Column("usage", Text, nullable=False),
    _text("note"),
    _text("source"),
    UniqueConstraint("concept", "position", "language"),
    _one_of("language", (JAPANESE, ENGLISH)),
    _one_of("usage", Usage),
    Index("term_key", "key", "language"),
    Index("term_form", "form", "language"),
    Index(
        "one_preferred_term_a_language",
        "concept",
        "language",
        unique=True,
        sqlite_where=text("usage = 'preferred'"),
        postgresql_where=text("usage = 'preferred'"),
    ),
)

# No two concepts have the same Japanese term and subject field, unless as numbered homographs.
# Terms to avoid, and those of rejected concepts, are not here: another concept may have them.
designation = Table(
    "designation",
    metadata,
    Column("key", Text, primary_key=True),
    Column("subject_field", Text, primary_key=True),
    Column("homograph", Integer, primary_key=True),
    Column("concept", Text, nullable=False, index=True),
    ForeignKeyConstraint(
        ["concept", "subject_field", "homograph"],
        ["concept.id", "concept.subject_field", "concept.homograph"],
        onupdate="CASCADE",
        ondelete="CASCADE",
    ),
)

# The id of a concept that was merged into another one still leads there.
forward = Table(
    "forward",
    metadata,
    Column("old", Text, primary_key=True),
    Column("concept", Text, _key_of("concept"), nullable=False, index=True),
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
    _one_of("status", Status),
)

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

# --- what was done; rows are added, never changed

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch", Integer, nullable=False, index=True),  # entries of one action share it
    Column("term", Text, nullable=False, index=True),
    Column("decision", Text, nullable=False),
    Column("who", Text, nullable=False, index=True),
    Column("when", Text, nullable=False),
    _text("english"),
    Column("concept", Text, nullable=False, server_default="", index=True),
    _number("revision"),
    _text("comment"),
    Column("before", Text, nullable=False),  # JSON: status and concept before
    Column("after", Text, nullable=False),  # JSON: the same after
    Column("undoes", Integer, index=True),  # the batch that was taken back
    sqlite_autoincrement=True,
)

_FORBID = """
create trigger history_keeps_{0} before {0} on history begin
  select raise(abort, 'the history is only added to');
end
"""
_FORBIDDEN = """
create function history_is_kept() returns trigger language plpgsql as $$
begin raise exception 'the history is only added to'; end $$;
create trigger history_is_kept before update or delete or truncate on history
  for each statement execute function history_is_kept()
"""


def _after_history(statement: str, dialect: str) -> None:
    ddl = DDL(statement)  # type: ignore[no-untyped-call]
    event.listen(history, "after_create", ddl.execute_if(dialect=dialect))


_after_history(_FORBID.format("update"), "sqlite")
_after_history(_FORBID.format("delete"), "sqlite")
_after_history(_FORBIDDEN, "postgresql")

# --- when exported content last changed, so that exports can say so reproducibly

stamp = Table(
    "stamp",
    metadata,
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("changed", Text, nullable=False),
)


# --- the drill: what learners answered, and where that leaves them

learner = Table(
    "learner",
    metadata,
    Column("name", Text, primary_key=True),
    _text("parameters"),  # a JSON list: FSRS as fitted to the learner; "" for the package's own
    Column("desired_retention", Float, nullable=False),
    _text("cards_are_of"),  # what the cards were made from; see learners.cards
    CheckConstraint("desired_retention between 0.5 and 0.99", name="known_desired_retention"),
)

# What was answered stays when its concept goes, and counts again when that comes back.
answer = Table(
    "answer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learner", Text, ForeignKey("learner.name"), nullable=False),
    Column("concept", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("rating", Integer, nullable=False),
    Column("when", Text, nullable=False),
    _number("took"),
    _text("given"),
    Column("origin", Text, nullable=False),
    _number("taken_back"),
    UniqueConstraint("learner", "concept", "kind", "when"),
    _one_of("kind", CardKind),
    CheckConstraint("rating between 1 and 4", name="known_rating"),
    sqlite_autoincrement=True,
)

card = Table(
    "card",
    metadata,
    Column("learner", Text, ForeignKey("learner.name"), primary_key=True),
    Column("concept", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("phase", Integer, nullable=False),
    Column("step", Integer),
    Column("stability", Float, nullable=False),
    Column("difficulty", Float, nullable=False),
    Column("due", Text, nullable=False),
    Column("last_answer", Text, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("lapses", Integer, nullable=False),
    _one_of("kind", CardKind),
)


def create(connection: Connection) -> None:
    """Make the tables that are missing."""
    # PostgreSQL adds this constraint by ALTER, and SQLAlchemy then leaves it out of what the same
    # process makes later: a SQLite file would do without.
    _HEAD._create_rule = None
    metadata.create_all(connection)
