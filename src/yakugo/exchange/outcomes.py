"""What became of each row of a file that was read in: plain data for the report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yakugo.exchange.fields import Field


class Result(StrEnum):
    """What became of a row."""

    APPLIED = "applied"
    UNCHANGED = "unchanged"  # it says what the termbase says
    CONFLICT = "conflict"  # somebody else changed the same since the file was written
    INVALID = "invalid"  # it cannot be taken over as it is


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row, or of one cell of it.

    `place` is "row 7 of Review 確認"; `said` is one line: what was done, or why not. Where a
    single cell is meant, `column` names its field, `theirs` is what the file says and `ours` what
    the termbase says now, by whom (`ours_by`) and since when (`ours_when`, ISO 8601).
    """

    place: str
    japanese: str
    result: Result
    said: str
    column: Field | None = None
    theirs: str = ""
    ours: str = ""
    ours_by: str = ""
    ours_when: str = ""
    concept: str = ""
