"""A process that is killed (SIGKILL) while it decides, or while it imports a workbook.

What it printed as confirmed must be in the termbase afterwards; an import must be there whole, or
not at all; and the termbase must be sound.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from storm.children import place_of, say, start
from storm.world import GLOSSARY, begin, look, replay, require
from yakugo import spreadsheets
from yakugo.exchange import workbook
from yakugo.exchange.entries import entries
from yakugo.exchange.fields import Field, Values
from yakugo.exchange.importing import take_over
from yakugo.termbase import Termbase, doctor, review

_ROWS = 60  # of a workbook that is imported
_IMPORT = 0.3  # seconds that it may take
_LONGEST = 1.0  # seconds from the first decision to the kill


def kills(place: Path | str, folder: Path, number: int, seed: int = 0) -> Counter[str]:
    """Kill so many processes that write to a new termbase, one after the other, and count."""
    counts: Counter[str] = Counter()
    pick = Random(seed)
    with Termbase(place) as termbase:
        begin(termbase)
    for i in range(number):
        path = folder / f"{i}.xlsx"
        workbook.write(_new_rows(i), path, "new terms", "2026-01-01T00:00:00Z")
        child = start("killed", place, path, i)
        assert child.stdout is not None
        require(child.stdout.readline() == "ready\n", "the process did not begin")
        said = []
        if i % 2:  # in the middle of the import
            while not said or said[-1] not in ("importing\n", ""):
                said.append(child.stdout.readline())
        time.sleep(pick.uniform(0, _IMPORT if i % 2 else _LONGEST))
        child.kill()
        said += child.stdout.read().splitlines(keepends=True)
        confirmed = [line.strip() for line in said if line.endswith("\n")]
        child.wait()
        counts["kills"] += 1
        counts += _checked(place, i, confirmed)
    return counts


def _checked(place: Path | str, number: int, confirmed: list[str]) -> Counter[str]:
    """Look at what a killed process has left; Lost when that is not as it must be."""
    if isinstance(place, Path):
        connection = sqlite3.connect(place)
        said = connection.execute("pragma integrity_check").fetchall()
        connection.close()
        require(said == [("ok",)], f"kill {number}: {said}")
    with Termbase(place) as termbase:
        wrong = [one for one in doctor.check(termbase) if one.severity is doctor.Severity.ERROR]
        require(not wrong, f"kill {number}: {wrong[:1]}")
        now = look(termbase)
        replay(GLOSSARY, now.new, now)
        kept = {entry.review.comment for entry in now.new}
        decided = [line for line in confirmed if line.startswith("decided")]
        missing = [line for line in decided if line not in kept]
        require(not missing, f"kill {number}: {missing} is not in the history")
        here = sum(bool(termbase.concepts_with(row[Field.JAPANESE])) for row in _new_rows(number))
        whole = here == _ROWS
        require(here in (0, _ROWS), f"kill {number}: {here} of {_ROWS} rows were imported")
        require(whole or "imported" not in confirmed, f"kill {number}: the import is gone")
        interrupted = "importing" in confirmed and "imported" not in confirmed
    return Counter(
        confirmed=len(decided), imported=int(whole),
        **{"imports interrupted, nothing left": int(interrupted and not whole)},
    )  # fmt: skip


def _new_rows(number: int) -> list[Values]:
    """The rows of a workbook with new terms, which no other workbook has."""
    kanji = str.maketrans("0123456789", "〇一二三四五六七八九")
    rows = []
    for i in range(_ROWS):
        japanese = f"第{number}回第{i}号".translate(kanji)
        rows.append({Field.JAPANESE: japanese, Field.ENGLISH: f"item {number} of {i}"})
    return rows


def _child(place: Path | str, path: Path, number: int) -> None:
    """Decide, and say each time that it is stored; somewhere in between import the workbook."""
    pick = Random(number)
    with Termbase(place) as termbase:
        terms = [one.candidate.term for one in termbase.candidates(contexts=0)]
        say("ready")
        import_at = pick.randrange(15)
        for i in range(100_000):
            if i == import_at:
                found = entries(spreadsheets.read(path), path).tables[0].entries
                say("importing")
                take_over(termbase, found, "sato")
                say("imported")
            text = f"decided {number}.{i}"
            match pick.randrange(4):
                case 0:
                    concept = pick.choice(termbase.concepts([one.id for one in GLOSSARY]))
                    changed = replace(concept, note=text)
                    review.edit(termbase, changed, concept.revision, "sato", comment=text)
                case 1:
                    review.accept(termbase, pick.choice(terms), "escort duty", "sato", comment=text)
                case 2:
                    review.reject(termbase, pick.choice(terms), "sato", comment=text)
                case _:
                    review.defer(termbase, pick.choice(terms), "sato", comment=text)
            say(text)


if __name__ == "__main__":
    _child(place_of(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
