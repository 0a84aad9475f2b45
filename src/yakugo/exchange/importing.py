"""Rows that people filled in → the termbase: what is new is taken over, nothing is overwritten.

A row of a workbook for review names the concept and the revision that its writer saw. What she
changed is what differs from that revision; if somebody else has changed the concept since, and
differently, the row is a conflict: both versions are reported, and the termbase stays as it is,
unless the caller decides for her. A row without an id is about a candidate, or a new term.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from yakugo.exchange import concept_rows, new_rows
from yakugo.exchange.fields import (
    Entry,
    Field,
)
from yakugo.exchange.outcomes import Outcome
from yakugo.exchange.taking import (
    Judge,
    Progress,
    Rehearsed,
    Row,
    Taking,
    undecided,
)
from yakugo.termbase import Termbase


def take_over(
    termbase: Termbase,
    entries: Sequence[Entry],
    who: str,
    judge: Judge = undecided,
    rehearse: bool = False,
    progress: Progress = lambda rows: None,
) -> list[Outcome]:
    """Take over what was filled in, in one transaction; what became of each row, in their order.

    `judge` decides a conflict (None leaves it one); with `rehearse` nothing is kept. What is there
    already stays unchanged, so that the same file can be read twice. `progress` is told the
    number of rows done.
    """
    taking = Taking(termbase, who, judge)
    of_concept: dict[tuple[str, str], list[Row]] = {}
    without_id = []  # these come last, so that they meet what the others have made of the concepts
    for number, entry in enumerate(entries):
        id = entry.values.get(Field.ID, "").strip()
        revision = entry.values.get(Field.REVISION, "").strip()
        if id:
            place = id.partition("#")[0], revision
            of_concept.setdefault(place, []).append(Row(number, entry))
        else:
            without_id.append(Row(number, entry))
    with suppress(Rehearsed), termbase.transaction():
        known = termbase.concepts({id for id, _ in of_concept})
        taking.known = {one.id: one for one in known}
        for (id, revision), rows in of_concept.items():
            concept_rows.take(taking, id, revision, rows)
            progress(len(rows))
        for row in without_id:
            new_rows.take(taking, row)
            progress(1)
        if rehearse:
            raise Rehearsed
    return [taking.outcomes[number] for number in sorted(taking.outcomes)]
