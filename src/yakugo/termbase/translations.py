"""Parallel text in the termbase: what terms were translated by in finished work.

Kept are the equivalents that were mined from each file, with the sentence pairs that show them; not
the files themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from sqlalchemy import Connection, delete, func, select

from yakugo.model import Mined, SentencePair
from yakugo.termbase import schema as s
from yakugo.termbase.concepts import insert_many
from yakugo.termbase.history import now
from yakugo.termbase.store import Recorded, Termbase

_CHUNK = 500  # databases take a limited number of values in one statement


def is_aligned(termbase: Termbase, identity: str, digest: str) -> bool:
    """Whether what is mined from this file, with this content, is stored."""
    b = s.bitext.c
    where = (b.identity == identity) & (b.digest == digest)
    with termbase.reading() as connection:
        return connection.scalar(select(b.id).where(where)) is not None


def record(
    termbase: Termbase,
    name: str,
    identity: str,
    digest: str,
    pairs: int,
    found: Iterable[Mined],
    when: str = "",
) -> Recorded:
    """Store what was mined from a file of so many pairs, in place of what was before."""
    if is_aligned(termbase, identity, digest):
        return Recorded.UNCHANGED
    with termbase.transaction() as connection:
        gone = connection.execute(delete(s.bitext).where(s.bitext.c.identity == identity))
        row = {
            "name": name,
            "identity": identity,
            "digest": digest,
            "pairs": pairs,
            "aligned": when or now(),
        }
        connection.execute(s.bitext.insert(), row)
        bitext = connection.scalar(select(s.bitext.c.id).where(s.bitext.c.identity == identity))
        ids = _Ids(connection.scalar(select(func.max(s.sentence_pair.c.id))) or 0)
        first = 1 + (connection.scalar(select(func.max(s.mined.c.id))) or 0)
        listed = list(enumerate(found, first))
        examples = [
            {"mined": id, "position": position, "pair": ids[pair]}
            for id, one in listed
            for position, pair in enumerate(one.examples)
        ]
        insert_many(
            connection,
            s.sentence_pair,
            (
                {
                    "id": id,
                    "bitext": bitext,
                    "place": pair.place,
                    "japanese": pair.japanese,
                    "english": pair.english,
                }
                for pair, id in ids.items()
            ),
        )
        insert_many(
            connection,
            s.mined,
            (
                {
                    "id": id,
                    "bitext": bitext,
                    "term": one.term,
                    "english": one.english,
                    "strength": one.strength,
                    "together": one.together,
                    "term_pairs": one.term_pairs,
                    "phrase_pairs": one.phrase_pairs,
                }
                for id, one in listed
            ),
        )
        insert_many(connection, s.mined_example, examples)
    return Recorded.UPDATED if gone.rowcount else Recorded.ADDED


class _Ids(dict[SentencePair, int]):
    """Numbers sentence pairs as they come."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self._last = last

    def __missing__(self, pair: SentencePair) -> int:
        self[pair] = self._last + len(self) + 1
        return self[pair]


def files(termbase: Termbase) -> list[tuple[str, int]]:
    """The aligned files with the number of their sentence pairs, by name."""
    b = s.bitext.c
    with termbase.reading() as connection:
        rows = connection.execute(select(b.name, b.pairs).order_by(b.name))
        return [(row.name, row.pairs) for row in rows]


def of_file(termbase: Termbase, name: str) -> list[Mined]:
    """What was mined from the file of a name, the best of each term, the strongest first.

    Of equal ones that which stands in more pairs comes first; examples are left out.
    """
    m = s.mined.c
    with termbase.reading() as connection:
        rows = connection.execute(
            select(s.mined)
            .join(s.bitext, m.bitext == s.bitext.c.id)
            .where(s.bitext.c.name == name)
            .order_by(m.strength.desc(), m.together.desc(), m.term)
        )
        best: dict[str, Mined] = {}
        for row in rows:
            counts = row.together, row.term_pairs, row.phrase_pairs
            best.setdefault(row.term, Mined(row.term, row.english, row.strength, *counts))
    return list(best.values())


def mined(termbase: Termbase, terms: Collection[str]) -> dict[str, list[tuple[str, Mined]]]:
    """What the terms are translated by, each with the name of the file, the strongest first."""
    m, b = s.mined.c, s.bitext.c
    found: dict[str, list[tuple[str, Mined]]] = {}
    with termbase.reading() as connection:
        for chunk in _chunks(list(terms)):
            rows = connection.execute(
                select(s.mined, b.name)
                .join(s.bitext, m.bitext == b.id)
                .where(m.term.in_(chunk))
                .order_by(m.term, m.strength.desc(), b.name, m.english)
            ).all()
            examples = _examples(connection, [row.id for row in rows])
            for row in rows:
                one = Mined(
                    row.term,
                    row.english,
                    row.strength,
                    row.together,
                    row.term_pairs,
                    row.phrase_pairs,
                    tuple(examples.get(row.id, ())),
                )
                found.setdefault(row.term, []).append((row.name, one))
    return found


def _examples(connection: Connection, ids: list[int]) -> dict[int, list[SentencePair]]:
    e, p = s.mined_example.c, s.sentence_pair.c
    found: dict[int, list[SentencePair]] = {}
    for chunk in _chunks(ids):
        for row in connection.execute(
            select(e.mined, p.japanese, p.english, p.place)
            .join(s.sentence_pair, e.pair == p.id)
            .where(e.mined.in_(chunk))
            .order_by(e.mined, e.position)
        ):
            pair = SentencePair(row.japanese, row.english, row.place)
            found.setdefault(row.mined, []).append(pair)
    return found


_Value = TypeVar("_Value")


def _chunks(values: list[_Value]) -> Iterator[list[_Value]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
