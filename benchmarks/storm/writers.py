"""Two processes that write at once: decisions, edits of the same concepts, small imports.

Each retries after a ConflictError, as a user would: looks again, and repeats her change. No other
error may come, and what was confirmed must be in the history, once.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from storm.children import place_of, say, start
from storm.world import GLOSSARY, begin, look, replay, require
from yakugo.errors import ConflictError, YakugoError
from yakugo.exchange.fields import Entry, Field
from yakugo.exchange.importing import take_over
from yakugo.exchange.outcomes import Result
from yakugo.termbase import Termbase, doctor, review

NAMES = ("sato", "mori")
_COUNTED = "escort"  # the concept whose note both count up


def write_at_once(place: Path | str, seconds: float) -> Counter[str]:
    """Have two processes write to a new termbase for so long, and count what they confirmed."""
    with Termbase(place) as termbase:
        begin(termbase)
        concept = termbase.concept(_COUNTED)
        assert concept is not None
        termbase.save(replace(concept, note="0"), concept.revision, "abe")
    children = [start("writers", place, name, seconds) for name in NAMES]
    said = [line for child in children for line in child.communicate()[0].splitlines()]
    codes = [child.wait() for child in children]
    errors = [line for line in said if line.startswith("error")]
    require(not errors and codes == [0, 0], f"an error reached the user: {errors[:1]}, {codes}")
    counts = Counter(line.split()[0] for line in said)
    with Termbase(place) as termbase:
        wrong = [one for one in doctor.check(termbase) if one.severity is doctor.Severity.ERROR]
        require(not wrong, f"{wrong[:1]}")
        now = look(termbase)
    replay(GLOSSARY, now.new, now)
    kept = Counter(entry.review.comment for entry in now.new if entry.review.who in NAMES)
    confirmed = [line for line in said if not line.startswith("conflict")]
    for line in confirmed:
        require(kept[line] == 1, f"{line!r} is in the history {kept[line]} times")
    require(len(confirmed) == sum(n for text, n in kept.items() if text), "more than was confirmed")
    counted = now.concepts[_COUNTED].note
    require(counted == str(counts["counted"]), f"counted up {counts['counted']} times: {counted}")
    return counts


def _write(place: Path | str, who: str, seconds: float) -> None:
    """Decide for so long; each line is a confirmed decision, a conflict, or an error."""
    pick = Random(who)
    with Termbase(place) as termbase:
        terms = [one.candidate.term for one in termbase.candidates(contexts=0)]
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end:
            number += 1
            what = pick.choice(("accepted", "rejected", "counted", "counted", "imported"))
            text = f"{what} {number} by {who}"
            try:
                if what == "accepted":
                    review.accept(termbase, pick.choice(terms), "escort duty", who, comment=text)
                elif what == "rejected":
                    review.reject(termbase, pick.choice(terms), who, comment=text)
                elif what == "counted":
                    _count_up(termbase, who, text)
                else:
                    _import(termbase, who, number, text)
            except YakugoError as error:
                say(f"error {text}: {error}")
                raise
            say(text)


def _count_up(termbase: Termbase, who: str, text: str) -> None:
    while True:
        concept = termbase.concept(_COUNTED)
        assert concept is not None
        new = replace(concept, note=str(int(concept.note) + 1))
        try:
            review.edit(termbase, new, concept.revision, who, comment=text)
        except ConflictError:
            say("conflict")
        else:
            return


def _import(termbase: Termbase, who: str, number: int, text: str) -> None:
    """Two new terms; the comment stands with the first of them."""
    rows = [
        {Field.JAPANESE: f"{who}の語{number}の{i}", Field.ENGLISH: f"word {i} of {number} by {who}"}
        for i in range(2)
    ]
    rows[0][Field.COMMENT] = text
    found = [Entry(f"row {i} of Review", row) for i, row in enumerate(rows, 2)]
    outcomes = take_over(termbase, found, who)
    require([one.result for one in outcomes] == [Result.APPLIED] * 2, f"{outcomes}")


if __name__ == "__main__":
    _write(place_of(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
