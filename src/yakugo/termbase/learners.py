"""Learners in the termbase: what each answered, and the cards that these answers lead to.

The answers are what counts; a card is made from them and kept so that a drill begins at once.
Answers are under the concept of then; where that was merged into another one they count for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from yakugo.errors import TermbaseError
from yakugo.model import Answer, Card, CardKind
from yakugo.termbase import schema as s
from yakugo.termbase.concepts import forwards, insert_many
from yakugo.termbase.store import Termbase

DESIRED_RETENTION = 0.9
LEAST_RETENTION, MOST_RETENTION = 0.7, 0.97  # outside of it the work grows without use

Key = tuple[str, CardKind]  # a concept and what is asked of it
Step = Callable[[Card | None, Answer], Card]
Replay = Callable[[Iterable[Answer]], dict[Key, Card]]

_ANSWER = [column for column in s.answer.c if column.name not in ("learner", "taken_back")]
_CARD = [s.card.c[field.name] for field in fields(Card)]


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who drills: the share that is to be remembered, and what FSRS was fitted to.

    `parameters` are those of FSRS-6, 21 numbers; none of them stands for the package's own.
    """

    name: str
    desired_retention: float = DESIRED_RETENTION
    parameters: tuple[float, ...] = ()


def names(termbase: Termbase) -> list[str]:
    """All who have drilled here."""
    with termbase.reading() as connection:
        return list(connection.scalars(select(s.learner.c.name).order_by(s.learner.c.name)))


def learner(termbase: Termbase, name: str) -> Learner:
    """A learner by name; one who has not drilled yet has the usual settings."""
    with termbase.reading() as connection:
        row = connection.execute(select(s.learner).where(s.learner.c.name == name)).first()
    if row is None:
        return Learner(name)
    return Learner(name, row.desired_retention, tuple(json.loads(row.parameters or "[]")))


def save(termbase: Termbase, one: Learner) -> None:
    """Keep a learner's settings; TermbaseError for a retention that nobody should aim at."""
    if not LEAST_RETENTION <= one.desired_retention <= MOST_RETENTION:
        raise TermbaseError(
            f"a retention of {one.desired_retention:g} is not to be aimed at; "
            f"choose one from {LEAST_RETENTION:g} to {MOST_RETENTION:g}"
        )
    with termbase.transaction() as connection:
        _ensure(connection, one.name)
        values = {
            "desired_retention": one.desired_retention,
            "parameters": json.dumps(one.parameters) if one.parameters else "",
        }
        connection.execute(update(s.learner).where(s.learner.c.name == one.name).values(values))


def answers(termbase: Termbase, name: str) -> list[Answer]:
    """All that a learner answered and did not take back, the oldest first."""
    with termbase.reading() as connection:
        return _answers(connection, name)


def cards(termbase: Termbase, name: str, replay: Replay) -> dict[Key, Card]:
    """Where a learner stands, by concept and kind.

    They are made anew by `replay` when they are not of the answers and settings that there are:
    after an import, new parameters, or when concepts were merged or split.
    """
    with termbase.reading() as connection:
        if _current(connection, name):
            return _cards(connection, name)
        made = replay(_answers(connection, name))
    if termbase.read_only:
        return made
    with termbase.transaction() as connection:
        if _current(connection, name):
            return _cards(connection, name)
        made = replay(_answers(connection, name))  # another program may have added some
        _ensure(connection, name)
        connection.execute(delete(s.card).where(s.card.c.learner == name))
        insert_many(connection, s.card, [_row(name, card) for card in made.values()])
        _note_current(connection, name)
    return made


def record(termbase: Termbase, name: str, answer: Answer, step: Step) -> tuple[Answer, Card]:
    """Store an answer with the card that it leads to, in one transaction; both as stored.

    `step` makes the card from the one before, None for the first answer.
    """
    with termbase.transaction() as connection:
        current = _current(connection, name)
        _ensure(connection, name)
        before = connection.execute(_card_of(name, answer.concept, answer.kind)).first()
        card = step(_card(before) if before else None, answer)
        row = {**asdict(answer), "learner": name}
        del row["id"]
        added = connection.execute(insert(s.answer).returning(s.answer.c.id), row).scalar_one()
        _put(connection, name, answer.concept, answer.kind, card)
        if current:
            _note_current(connection, name)
    return replace(answer, id=added), card


def take_back(termbase: Termbase, name: str, answer: Answer, replay: Replay) -> Card | None:
    """Take an answer back: it stays on record and counts no more. The card as it is then."""
    with termbase.transaction() as connection:
        current = _current(connection, name)
        a = s.answer.c
        here = (a.id == answer.id) & (a.learner == name) & (a.taken_back == 0)
        if connection.execute(update(s.answer).where(here).values(taken_back=1)).rowcount == 0:
            raise TermbaseError(f"the answer to {answer.concept} was taken back before")
        left = _answers(connection, name, (answer.concept, answer.kind))
        card = replay(left).get((answer.concept, answer.kind))
        _put(connection, name, answer.concept, answer.kind, card)
        if current:
            _note_current(connection, name)
    return card


def add(termbase: Termbase, name: str, given: Iterable[Answer]) -> int:
    """Add answers that were given elsewhere; how many of them were not here yet.

    The same moment, concept and kind are the same answer, also when it was taken back.
    """
    a = s.answer.c
    with termbase.transaction() as connection:
        _ensure(connection, name)
        known = {
            tuple(row)
            for row in connection.execute(
                select(a.concept, a.kind, a.when).where(a.learner == name)
            )
        }
        new: list[dict[str, Any]] = []
        for one in given:
            place = one.concept, one.kind, one.when
            if place not in known:
                known.add(place)
                row = {**asdict(one), "learner": name}
                del row["id"]
                new.append(row)
        insert_many(connection, s.answer, new)
    return len(new)


def _ensure(connection: Connection, name: str) -> None:
    found = select(s.learner.c.name).where(s.learner.c.name == name)
    if connection.scalar(found) is None:
        row = {"name": name, "desired_retention": DESIRED_RETENTION}
        connection.execute(s.learner.insert(), row)


def _answers(connection: Connection, name: str, of: Key | None = None) -> list[Answer]:
    a = s.answer.c
    lead = forwards(connection)
    where = (a.learner == name) & (a.taken_back == 0)
    if of is not None:
        concept, kind = of
        ids = [concept, *(old for old, new in lead.items() if new == concept)]
        where &= (a.kind == kind) & a.concept.in_(ids)
    rows = connection.execute(select(*_ANSWER).where(where).order_by(a.when, a.id))
    return [
        Answer(
            lead.get(row.concept, row.concept),
            CardKind(row.kind),
            row.rating,
            row.when,
            row.took,
            row.given,
            row.origin,
            row.id,
        )
        for row in rows
    ]


def _current(connection: Connection, name: str) -> bool:
    """Whether the cards are those of the answers, settings and concepts that there are."""
    kept = connection.scalar(select(s.learner.c.cards_are_of).where(s.learner.c.name == name))
    return bool(kept) and kept == _state(connection, name)


def _note_current(connection: Connection, name: str) -> None:
    state = _state(connection, name)
    here = s.learner.c.name == name
    connection.execute(update(s.learner).where(here).values(cards_are_of=state))


def _state(connection: Connection, name: str) -> str:
    """What the cards depend on, in short: settings, mergers, how many answers count."""
    a, c = s.answer.c, s.learner.c
    settings = connection.execute(
        select(c.parameters, c.desired_retention).where(c.name == name)
    ).first()
    counted = select(func.count(), func.sum(a.taken_back), func.max(a.id)).where(a.learner == name)
    state = (
        tuple(settings or ()),
        sorted(forwards(connection).items()),
        tuple(connection.execute(counted).one()),
    )
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def _cards(connection: Connection, name: str) -> dict[Key, Card]:
    rows = connection.execute(select(*_CARD).where(s.card.c.learner == name))
    made = (_card(row) for row in rows)
    return {(card.concept, card.kind): card for card in made}


def _card_of(name: str, concept: str, kind: CardKind) -> Any:
    c = s.card.c
    return select(*_CARD).where((c.learner == name) & (c.concept == concept) & (c.kind == kind))


def _card(row: Any) -> Card:
    concept, kind, *rest = row
    return Card(concept, CardKind(kind), *rest)


def _row(name: str, card: Card) -> dict[str, Any]:
    return {**asdict(card), "learner": name}


def _put(
    connection: Connection, name: str, concept: str, kind: CardKind, card: Card | None
) -> None:
    c = s.card.c
    where = (c.learner == name) & (c.concept == concept) & (c.kind == kind)
    connection.execute(delete(s.card).where(where))
    if card is not None:
        connection.execute(s.card.insert(), _row(name, card))
