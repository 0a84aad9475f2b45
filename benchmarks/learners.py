"""Learners simulated over 180 days: how much they remember of what they asked for, at which load.

    python benchmarks/learners.py [--days N] [--concepts N] [--new N]

Each forgets by FSRS's own model: whether an answer is right is drawn from the probability that a
memory with the learner's true parameters gives it. They drill through our sessions on a termbase
of their own, once a day at about the same hour, until nothing is due. Printed are the retention
asked for and kept (cards that came again on another day), answers and minutes a day. Then the same
for learners whose memory is not the one that the scheduler believes in, and for one who skips days.
"""

import argparse
import random
import statistics
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fsrs.scheduler import DEFAULT_PARAMETERS
from lookup import concepts as made_up

from yakugo.drill.progress import progress, retention
from yakugo.drill.scheduling import AGAIN, EASY, GOOD, HARD, Scheduling, written
from yakugo.drill.session import Session, Wishes
from yakugo.model import ENGLISH, JAPANESE, Answer, CardKind
from yakugo.termbase import Termbase, learners
from yakugo.termbase.learners import Learner

BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SECONDS = {AGAIN: 14, HARD: 11, GOOD: 7, EASY: 4}
FIRST = {AGAIN: 0.35, HARD: 0.15, GOOD: 0.4, EASY: 0.1}  # answers to a card that is new
KNOWN = {HARD: 0.15, GOOD: 0.75, EASY: 0.1}  # and to one that is remembered
SETTLED = 60  # days, after which the load is that of a steady learner


@dataclass
class Clock:
    """A clock that is set by hand."""

    moment: datetime = BEGIN

    def __call__(self):
        """The moment that it shows."""
        return self.moment


class Memory:
    """What a learner really remembers."""

    def __init__(self, parameters, chance):
        self.truth = Scheduling(parameters)
        self.chance = chance
        self.cards = {}

    def answer(self, key, moment):
        """The rating that the learner comes to, by chance."""
        card = self.cards.get(key)
        if card is None:
            rating = self._draw(FIRST)
        elif self.chance.random() < self.truth.recall(card, moment):
            rating = self._draw(KNOWN)
        else:
            rating = AGAIN
        self.cards[key] = self.truth.next(card, Answer(*key, rating, written(moment)))
        return rating

    def _draw(self, odds):
        return self.chance.choices(list(odds), list(odds.values()))[0]


def simulate(listed, desired, parameters, given, skips=0.0):
    chance = random.Random(180)
    clock = Clock()
    memory = Memory(parameters, chance)
    wishes = Wishes({CardKind.RECOGNITION, CardKind.PRODUCTION}, new=given.new)
    with tempfile.TemporaryDirectory() as folder, Termbase(Path(folder) / "t.sqlite") as termbase:
        learners.save(termbase, Learner("l", desired))
        for day in range(given.days):
            if chance.random() < skips:
                continue
            late = timedelta(minutes=chance.gauss(0, 45))
            clock.moment = max(clock.moment, BEGIN + timedelta(days=day) + late)
            session = Session(termbase, "l", listed, {}, wishes, clock)
            while (one := session.next()) is not None:
                rating = memory.answer((one.concept.id, one.kind), clock.moment)
                session.answer(one, rating, took=SECONDS[rating] * 1000)
                clock.moment += timedelta(seconds=SECONDS[rating])
        answers = learners.answers(termbase, "l")
        ids = {one.id for one in listed}
        return progress(answers, Scheduling(desired_retention=desired), clock.moment, ids)


def tell(name, desired, found):
    share = retention(found.recalls)
    off = 100 * (share.value - desired)
    loads = [day.answers for day in found.days]
    minutes = [day.minutes for day in found.days]
    settled = loads[SETTLED:] or loads
    print(
        f"{name:34} {desired:5.0%} {share.value:6.1%} {off:+5.1f} {share.of:6,} recalls  "
        f"answers a day {statistics.mean(loads):5.1f}, most {max(loads)}, "
        f"from day {SETTLED} {statistics.mean(settled):5.1f}; {statistics.mean(minutes):4.1f} min"
    )
    return abs(off)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--concepts", type=int, default=300)
    parser.add_argument("--new", type=int, default=10)
    given = parser.parse_args()
    listed = []
    for one in made_up():
        if one.preferred(JAPANESE) and one.preferred(ENGLISH):
            listed.append(one)
        if len(listed) == given.concepts:
            break
    print(f"{len(listed)} concepts, 2 cards each, {given.new} new a day, {given.days} days")
    print(f"{'memory':34} asked   kept  points")
    worst = 0
    for desired in (0.8, 0.85, 0.9, 0.95):
        found = simulate(listed, desired, (), given)
        worst = max(worst, tell("as FSRS believes", desired, found))
    weak = [p * (0.7 if i < 4 else 1) for i, p in enumerate(DEFAULT_PARAMETERS)]
    strong = [p * (1.5 if i < 4 else 1) for i, p in enumerate(DEFAULT_PARAMETERS)]
    for name, parameters in (("first impressions fade sooner", weak), ("… last longer", strong)):
        tell(name, 0.9, simulate(listed, 0.9, parameters, given))
    tell("as FSRS believes, skips 1 day in 5", 0.9, simulate(listed, 0.9, (), given, 0.2))
    print(f"farthest from what was asked for, memory as FSRS believes: {worst:.1f} points")


if __name__ == "__main__":
    main()
