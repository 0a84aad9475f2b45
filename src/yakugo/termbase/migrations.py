"""From each schema version to the next: a termbase that an older yakugo wrote is brought up.

What a step does is written out in SQL, so that it stays what it was when the schema goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from yakugo.candidates import variant_key
from yakugo.tokens import tokenize


def migrate(connection: Connection, version: int) -> None:
    """Take all steps from a version to the newest, in the caller's transaction."""
    for step in _STEPS[version - 1 :]:
        step(connection)


def _spellings_and_signals(connection: Connection) -> None:
    """1 → 2: spellings share a key; what is quoted, defined or stands alone is counted.

    The signals of documents collected before are not known: collecting them again, changed, tells.
    """
    run = connection.exec_driver_sql
    for column in ("classes", "key"):
        run(f"alter table candidate add column {column} text not null default ''")
    for column in ("alone", "hosts", "quoted", "defined"):
        run(f"alter table occurrence add column {column} integer not null default 0")
    run("update occurrence set alone = frequency")
    run("alter table gloss rename column english to text")
    for id, term, kind in run("select id, term, kind from candidate").fetchall():
        key = variant_key((token.normalized for token in tokenize(term)), kind)
        run("update candidate set key = ? where id = ?", (key, id))


_STEPS: tuple[Callable[[Connection], None], ...] = (_spellings_and_signals,)
