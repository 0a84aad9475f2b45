"""The history: what was done, by whom, when, and from what to what; entries are only ever added."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from yakugo.errors import TermbaseError
from yakugo.model import (
    Concept,
    Context,
    Decision,
    PartOfSpeech,
    Review,
    State,
    Status,
    Term,
    TermType,
    Usage,
)
from yakugo.termbase import schema as s


def now() -> str:
    """The time as it is stored: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does: all of a history entry but the concepts.

    `decision` is None for a plain edit. `status` is that of the candidate before and after. Acts of
    one `batch` (see `next_batch`; 0 for one by itself) are taken back together. What is taken back
    says what stood as `approved` then (see `Besides`); all else leaves that to the store.
    """

    who: str
    when: str = ""
    decision: Decision | None = None
    term: str = ""
    english: str = ""
    comment: str = ""
    status: tuple[Status | None, Status | None] = (None, None)
    batch: int = 0
    undoes: int | None = None
    approved: str | None = None


class Besides(NamedTuple):
    """What stood beside a concept before an entry, so that it can be brought back.

    `approved` is the concept as it was last approved, as JSON, while a change of it waited ("" when
    none did); `led` are the ids that led to it.
    """

    approved: str = ""
    led: tuple[str, ...] = ()


_NOTHING = Besides()


def next_batch(connection: Connection) -> int:
    """A number for acts that belong together; to be asked for within their transaction."""
    return 1 + (connection.scalar(select(func.max(s.history.c.id))) or 0)


def add(
    connection: Connection,
    act: Act,
    before: Concept | None = None,
    after: Concept | None = None,
    besides: Besides = _NOTHING,
) -> None:
    """Add an entry; TermbaseError when it has no name."""
    who = one_line(act.who)
    if not who:
        raise TermbaseError("a decision needs the name of who decides; give --reviewer NAME")
    changed = after or before
    connection.execute(
        s.history.insert(),
        {
            "batch": act.batch or next_batch(connection),
            "term": act.term,
            "decision": (act.decision or (Decision.EDITED if before else Decision.ADDED)).value,
            "who": who,
            "when": act.when or now(),
            "english": act.english,
            "concept": changed.id if changed else "",
            "revision": before.revision if before else 0,
            "comment": act.comment,
            "before": _dumped(act.status[0], before, besides),
            "after": _dumped(act.status[1], after),
            "undoes": act.undoes,
        },
    )


def one_line(text: str) -> str:
    """Text without white space around it and line breaks in it.

    TermbaseError for control characters and broken text, which no file could carry.
    """
    text = " ".join(text.split())
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        raise TermbaseError(f"{text!a} holds a control character or broken text; type it again")
    return text


def entries(connection: Connection, where: ColumnElement[bool] | None = None) -> Iterator[Review]:
    """The entries, oldest first."""
    query = select(s.history).order_by(s.history.c.id)
    for row in connection.execute(query if where is None else query.where(where)):
        yield entry(row)


def entry(row: Any) -> Review:
    """A row of the history as plain data."""
    return Review(
        row.term,
        Decision(row.decision),
        row.who,
        row.when,
        row.english,
        row.concept,
        row.revision,
        row.comment,
        from_json(json.loads(row.before)["concept"]),
        from_json(json.loads(row.after)["concept"]),
        row.batch,
        row.undoes,
    )


def statuses(row: Any) -> tuple[Status | None, Status | None]:
    """The candidate's status before and after an entry, from its row; None where there was none."""
    before, after = (json.loads(text)["status"] for text in (row.before, row.after))
    return Status(before) if before else None, Status(after) if after else None


def besides(row: Any) -> Besides:
    """What stood beside the concept before an entry, from its row."""
    before = json.loads(row.before)
    return Besides(before.get("approved", ""), tuple(before.get("led", ())))


def times_decided(connection: Connection, terms: Collection[str] | None = None) -> dict[str, int]:
    """How often it was decided about each of some terms, or about each that was; not comments."""
    h = s.history.c
    counted = (
        select(h.term, func.count().label("times"))
        .where((h.term != "") & (h.decision != Decision.COMMENTED.value))
        .group_by(h.term)
    )
    if terms is not None:
        counted = counted.where(h.term.in_(list(terms)))
    return {row.term: row.times for row in connection.execute(counted)}


def last_revision(connection: Connection, id: str) -> int:
    """The highest revision that a concept of this id ever had, 0 when there was none."""
    h = s.history.c
    rows = connection.execute(select(h.before, h.after).where(h.concept == id))
    found = (json.loads(text)["concept"] for row in rows for text in row)
    return max((concept["revision"] for concept in found if concept), default=0)


def at_revision(connection: Connection, id: str, revision: int) -> Concept | None:
    """A concept as it was at a revision, when the history has seen it."""
    h = s.history.c
    query = select(h.before, h.after).where(h.concept == id).order_by(h.id.desc())
    for row in connection.execute(query):
        for text in (row.after, row.before):
            concept = json.loads(text)["concept"]
            if concept and concept["revision"] == revision:
                return from_json(concept)
    return None


# --- what changed


class Change(NamedTuple):
    """One thing that an entry changed; "" is nothing."""

    what: str
    was: str
    now: str


_NOT_CONTENT = frozenset(("id", "terms", "revision", "changed", "changed_by", "proposed_by"))


def changes(before: Concept | None, after: Concept | None) -> list[Change]:
    """What differs between two states of a concept, field by field and term by term."""
    found = []
    for one in fields(Concept):
        if one.name not in _NOT_CONTENT:
            was, is_now = (_said(getattr(c, one.name)) if c else "" for c in (before, after))
            found.append(Change(one.name.replace("_", " "), was, is_now))
    old, new = _terms(before), _terms(after)
    for key in dict.fromkeys((*old, *new)):
        language, text = key[:2]
        if key not in old or key not in new:
            found.append(Change(f"{language} term", text * (key in old), text * (key in new)))
            continue
        for one in fields(Term):
            if one.name not in ("text", "language"):
                was, is_now = _said(getattr(old[key], one.name)), _said(getattr(new[key], one.name))
                found.append(Change(f"{text}: {one.name.replace('_', ' ')}", was, is_now))
    order_was, order_now = (" · ".join(text for _, text, _ in keys) for keys in (old, new))
    if before and after and sorted(old) == sorted(new):
        found.append(Change("order", order_was, order_now))
    return [change for change in found if change.was != change.now]


def _terms(concept: Concept | None) -> dict[tuple[str, str, int], Term]:
    """The terms by language, text and, for one that is there twice, number."""
    found: dict[tuple[str, str, int], Term] = {}
    for term in concept.terms if concept else ():
        number = sum(key[:2] == (term.language, term.text) for key in found)
        found[term.language, term.text, number] = term
    return found


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(one.sentence if isinstance(one, Context) else str(one) for one in value)
    return "" if value is None or value == 0 else str(value)


# --- concepts as they are kept in the history


def content(concept: Concept | None) -> dict[str, Any] | None:
    """A concept without its revision: writing it again counts, but it is the same."""
    if concept is None:
        return None
    uncounted = ("revision", "changed", "changed_by", "proposed_by")
    return {name: value for name, value in asdict(concept).items() if name not in uncounted}


def as_json(concept: Concept | None) -> str:
    """A concept as text, "" for none."""
    return json.dumps(asdict(concept), ensure_ascii=False) if concept else ""


def _dumped(status: Status | None, concept: Concept | None, besides: Besides = _NOTHING) -> str:
    state: dict[str, Any] = {"status": status.value if status else None}
    state["concept"] = asdict(concept) if concept else None
    state |= {name: value for name, value in besides._asdict().items() if value}
    return json.dumps(state, ensure_ascii=False)


def from_json(data: dict[str, Any] | None) -> Concept | None:
    """A concept as it was kept; what older yakugo did not know of has its usual value."""
    if data is None:
        return None
    terms = tuple(
        Term(
            **term
            | {
                "part_of_speech": PartOfSpeech(term["part_of_speech"]),
                "type": TermType(term["type"]) if term["type"] else None,
                "usage": Usage(term["usage"]),
                "contexts": tuple(Context(**context) for context in term["contexts"]),
            }
        )
        for term in data["terms"]
    )
    state = State(data.get("state", State.APPROVED))
    return Concept(**data | {"terms": terms, "related": tuple(data["related"]), "state": state})
