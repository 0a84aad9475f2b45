"""From each schema version to the next: a termbase that an older yakugo wrote is brought up.

What a step does is written out in SQL, so that it stays what it was when the schema goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from yakugo.candidates import variant_key
from yakugo.tokens import classes_of, runs, tokenize


def migrate(connection: Connection, version: int) -> None:
    """Take all steps from a version to the newest, in the caller's transaction."""
    for step in _STEPS[version - 1 :]:
        step(connection)


def _spellings_and_signals(connection: Connection) -> None:
    """1 → 2: spellings share a key; what is quoted, defined or stands alone is counted.

    Whether a document collected before quotes or defines a term is not known.
    """
    run = connection.exec_driver_sql
    for column in ("classes", "key"):
        run(f"alter table candidate add column {column} text not null default ''")
    for column in ("alone", "hosts", "quoted", "defined"):
        run(f"alter table occurrence add column {column} integer not null default 0")
    nested = "candidate in (select id from candidate where kind = 'nested')"
    run(f"update occurrence set hosts = 1 where {nested}")
    run(f"update occurrence set alone = frequency where not {nested}")
    run("alter table gloss rename column english to text")
    for id, term, kind in run("select id, term, kind from candidate").fetchall():
        key = variant_key((token.normalized for token in tokenize(term)), kind)
        classes = "".join(classes_of(found.form) for found in runs(term))
        run("update candidate set key = ?, classes = ? where id = ?", (key, classes, id))


def _general_texts(connection: Connection) -> None:
    """2 → 3: the collected texts can be held against general ones."""
    run = connection.exec_driver_sql
    run(
        "create table general_text (id integer not null primary key, identity text not null unique,"
        " digest text not null, characters integer not null)"
    )
    run(
        "create table general_count (general_text integer not null references general_text (id)"
        " on delete cascade, term text not null, frequency integer not null,"
        " primary key (general_text, term))"
    )


def _parallel_text(connection: Connection) -> None:
    """3 → 4: what terms are translated by in parallel text, with the sentence pairs."""
    run = connection.exec_driver_sql
    run(
        "create table bitext (id integer not null primary key, name text not null,"
        " identity text not null unique, digest text not null, pairs integer not null,"
        " aligned text not null)"
    )
    run(
        "create table sentence_pair (id integer not null primary key, bitext integer not null"
        " references bitext (id) on delete cascade, place text not null default '',"
        " japanese text not null, english text not null)"
    )
    run("create index ix_sentence_pair_bitext on sentence_pair (bitext)")
    run(
        "create table mined (id integer not null primary key, bitext integer not null"
        " references bitext (id) on delete cascade, term text not null, english text not null,"
        " strength float not null, together integer not null, term_pairs integer not null,"
        " phrase_pairs integer not null)"
    )
    run("create index ix_mined_bitext on mined (bitext)")
    run("create index ix_mined_term on mined (term)")
    run(
        "create table mined_example (mined integer not null references mined (id)"
        " on delete cascade, position integer not null, pair integer not null"
        " references sentence_pair (id) on delete cascade, primary key (mined, position))"
    )
    run("create index ix_mined_example_pair on mined_example (pair)")


_STEPS: tuple[Callable[[Connection], None], ...] = (
    _spellings_and_signals,
    _general_texts,
    _parallel_text,
)
