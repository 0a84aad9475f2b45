"""No edit of a reviewer is lost or overwritten unseen; long runs: benchmarks/nothing_lost.py."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from storm.killed import kills
from storm.reviewers import Storm
from storm.world import Lost
from storm.writers import write_at_once

from yakugo.exchange import concept_rows, edits, new_rows, report
from yakugo.exchange.fields import Field
from yakugo.exchange.outcomes import Result
from yakugo.exchange.taking import Taking
from yakugo.termbase import Termbase, concepts, history, review


def storm(place, folder, seed, acts=30):
    with Termbase(place, two_person=seed % 3 == 0) as termbase:
        return Storm(termbase, folder, seed).run(acts)


def storms(folder, runs):
    for seed in range(runs):
        storm(folder / f"{seed}.sqlite", folder, seed)


RUNS = {"sqlite": 50, "postgresql": 10}


def test_no_edit_of_three_reviewers_is_lost(request, new_database, tmp_path):
    """A run that fails says its seed."""
    database = request.node.callspec.params["new_database"]
    for seed in range(RUNS[database]):
        counts = storm(new_database(), tmp_path, seed, acts=20)
        assert counts["applied"] > 0


def nothing(*arguments):
    return None


def without_notes(concept, of_terms, of_concept):
    kept = {field: value for field, value in of_concept.items() if field is not Field.NOTE}
    return edits.edited(concept, of_terms, kept)


def without_edits(connection, act, *arguments):
    if act.decision is not None:
        added(connection, act, *arguments)


added = history.add
MUTANTS = {
    "revisions are not compared": (concepts, "_check_revision", nothing),
    "decisions do not say what was seen": (review, "_check_seen", nothing),
    "stale rows are written": (concept_rows, "_may_overwrite", lambda *arguments: True),
    "decided candidates are decided again": (new_rows, "_check_undecided", nothing),
    "a changed field is dropped": (concept_rows, "edited", without_notes),
    "comments count as said": (Taking, "is_said", lambda *arguments: True),
    "edits are not in the history": (history, "add", without_edits),
    "mergers lose terms": (review, "lacking", lambda kept, other: ()),
    "conflicts are not reported": (report, "_REMEDIES", {Result.INVALID: "correct it"}),
    "undo does not look": (review, "_check_that_nothing_came_after", nothing),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_loss_is_seen(mutant, tmp_path, monkeypatch):
    monkeypatch.setattr(*MUTANTS[mutant])
    with pytest.raises(Lost, match="seed"):
        storms(tmp_path, 40)


def test_what_was_confirmed_survives_a_kill(database, tmp_path):
    counts = kills(database, tmp_path, 6)
    assert counts["kills"] == 6
    assert counts["confirmed"] > 0


def test_two_processes_that_write_at_once_lose_nothing(database):
    counts = write_at_once(database, 3)
    assert all(counts[what] > 0 for what in ("accepted", "counted", "imported"))
