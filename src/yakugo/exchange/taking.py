"""What the rows of a file share while they are taken over: who does it, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from yakugo.exchange.cells import decision_of
from yakugo.exchange.edits import FaultyField
from yakugo.exchange.fields import (
    Entry,
    Field,
    Values,
)
from yakugo.exchange.outcomes import Outcome, Result
from yakugo.model import (
    Concept,
    Decision,
)
from yakugo.termbase import Termbase, review


class Side(StrEnum):
    """Who is right where the file and the termbase have both changed something."""

    OURS = "ours"  # the termbase
    THEIRS = "theirs"  # the file


Judge = Callable[[Outcome], Side | None]
Progress = Callable[[int], None]


def undecided(outcome: Outcome) -> Side | None:
    """Leaves every conflict a conflict."""
    return None


class Rehearsed(Exception):
    """Ends a transaction that is not to be kept."""


class InConflict(Exception):
    """A row is in conflict, and nobody has decided for it."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.said)
        self.outcome = outcome


@dataclass(slots=True)
class Row:
    """An entry with its number in the file, and what it changed of its term and concept."""

    number: int
    entry: Entry
    decision: Decision | None = None
    comment: str = ""
    term: str = ""  # the Japanese term it is about, as it was
    changes: Values | None = None
    concept: str = ""  # that a candidate or a new term has become a part of


@dataclass(slots=True)
class Taking:
    """One run over the rows of a file.

    `known` are concepts that were read ahead, by id; `made` are the ids of those that rows have
    added. `outcomes` says what became of each row, by its number.
    """

    termbase: Termbase
    who: str
    judge: Judge
    known: dict[str, Concept] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    def settle(self, conflict: Outcome) -> None:
        """Go on if the judge is for the file; raise InConflict if not."""
        side = self.judge(conflict)
        if side is not Side.THEIRS:
            said = conflict.said if side is None else "left as it is here"
            raise InConflict(replace(conflict, said=said))

    def is_said(self, about: str, row: Row) -> bool:
        """Whether the history has the row's comment on a concept or term, by the same person."""
        return any(
            row.comment in one.comment and one.who == self.who
            for one in review.history(self.termbase, about)
        )

    def say(
        self,
        row: Row,
        result: Result,
        said: str,
        column: Field | None = None,
        theirs: str = "",
        concept: str = "",
    ) -> None:
        """Say what became of a row."""
        japanese = row.entry.values.get(Field.JAPANESE, "") or row.term
        self.outcomes[row.number] = Outcome(
            row.entry.place, japanese, result, said, column, theirs, concept=concept
        )

    def say_faulty(self, row: Row, error: FaultyField, concept: str = "") -> None:
        """Say that a row is invalid, in which field and why."""
        theirs = row.entry.values.get(error.field, "")
        self.say(row, Result.INVALID, error.reason, error.field, theirs, concept)


def decision_in(values: Values) -> Decision | None:
    """What a row decides, None for nothing; FaultyField for a word that is no decision."""
    try:
        return decision_of(values.get(Field.DECISION, ""))
    except ValueError as error:
        raise FaultyField(Field.DECISION, str(error)) from None


def check_faults(entry: Entry, fields: Iterable[Field]) -> None:
    """FaultyField for the first of the fields whose cell is no text."""
    for one in fields:
        if one in entry.faults:
            raise FaultyField(one, entry.faults[one])


def told(said: Sequence[tuple[Field, str]]) -> str:
    """All that is said of a concept, in one line; the name of the field only where it is needed."""
    if len(said) == 1:
        return said[0][1]
    return "; ".join(f"{field.replace('_', ' ')}: {value}" for field, value in said if value)
