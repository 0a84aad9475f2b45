"""Nothing is lost: random reviews by three people, 50 kills, two processes that write at once.

    python benchmarks/nothing_lost.py [--runs 1000] [--kills 50] [--seconds 30] [--database URL]

Prints what was counted; for each run in which an edit was lost, its seed and the last acts, and
ends with status 1. `--seed N --runs 1` shows such a run again. `--database` names a PostgreSQL database that may be used: each
run gets a schema of its own there, which goes at its end. Without it they are SQLite files.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import create_engine, text
from storm.killed import kills
from storm.reviewers import Storm
from storm.world import Lost
from storm.writers import write_at_once

from yakugo.termbase import Termbase


@contextmanager
def new_place(database: str, folder: Path) -> Iterator[Path | str]:
    """A place for a new termbase: a file in the folder, or a schema of the database."""
    if not database:
        yield folder / f"{secrets.token_hex(4)}.sqlite"
        return
    engine = create_engine(database)
    schema = f"yakugo_{secrets.token_hex(8)}"
    try:
        with engine.begin() as connection:
            connection.execute(text(f"create schema {schema}"))
        options = {"options": f"-csearch_path={schema}"}
        yield engine.url.update_query_dict(options).render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"drop schema {schema} cascade"))
        engine.dispose()


def storm(seed: int, database: str) -> Counter[str] | Lost:
    """One run, what was counted or lost in it; in every third it takes two to approve."""
    with (
        tempfile.TemporaryDirectory() as name,
        new_place(database, Path(name)) as place,
        Termbase(place, two_person=seed % 3 == 0) as termbase,
    ):
        try:
            return Storm(termbase, Path(name), seed).run()
        except Lost as lost:
            return lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    lost = 0
    start = time.perf_counter()
    with ProcessPoolExecutor(given.jobs) as executor:
        seeds = range(given.seed, given.seed + given.runs)
        for found in executor.map(partial(storm, database=given.database), seeds, chunksize=4):
            if isinstance(found, Lost):
                lost += 1
                print(found, flush=True)
            else:
                counts += found
    _say(f"three reviewers, {given.runs} runs", counts, start)
    print(f"  lost = {lost} of {counts['edits']:,} edits")
    with tempfile.TemporaryDirectory() as name:
        if given.kills:
            with new_place(given.database, Path(name)) as place:
                start = time.perf_counter()
                _say("kills", kills(place, Path(name), given.kills, given.seed), start)
        if given.seconds:
            with new_place(given.database, Path(name)) as place:
                start = time.perf_counter()
                counts = write_at_once(place, given.seconds)
                _say("two processes at once", counts, start)
                decided = counts.total() - counts["conflict"]
                print(f"  {decided / given.seconds:.0f} decisions a second")
    if lost:
        sys.exit(1)


def _say(what: str, counts: Counter[str], start: float) -> None:
    numbers = ", ".join(f"{n:,} {name}" for name, n in sorted(counts.items()))
    print(f"{what}: {numbers}; {time.perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
