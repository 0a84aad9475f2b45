"""Learners who forget as FSRS says, over 180 days: whether they remember as much as was wanted.

    python benchmarks/learners.py [--days N] [--concepts N] [--new N]

A learner drills once a day: what is due, then new cards (600 concepts in two directions, 20 cards a
day), until nothing waits. Whether a card is known is drawn with the probability that FSRS's forgetting
curve gives after so many days; the ratings and the seconds of an answer are those of FSRS's simulator.
The learner's memory is not ours: it has parameters of its own, those of the package or others, and our
scheduling sees nothing but the answers.

Prints, for each desired retention, the one observed (see drill/progress.py: first answers of a day to
cards that were learnt; "FSRS" is what the scheduling expected of the same reviews) and the daily load,
by our sessions (drill/session.py) with answers kept in memory. Then, by the same rule in short, other
memories, other habits, and what each of our additions to the package does.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import islice
from unittest.mock import patch

import fsrs
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from lookup import concepts

from yakugo.drill import scheduling
from yakugo.drill.progress import Progress, day_of, expected, measure, retention
from yakugo.drill.scheduling import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    REVIEW,
    Scheduling,
    is_due,
    parse,
    written,
)
from yakugo.drill.session import Session, Wishes, end_of_day
from yakugo.model import Answer, Card, CardKind, Concept
from yakugo.termbase import learners
from yakugo.termbase.learners import Key

RETENTIONS = (0.8, 0.85, 0.9, 0.95)
POINTS = 3.0  # that the observed retention may be off
FIRST_DAY = date(2026, 4, 1)
DAY = timedelta(days=1)

# How often a new card is rated again, hard, good, easy; a known one hard, good, easy; the seconds of
# each rating, new and known: the means of many users of Anki that FSRS's simulator takes.
FIRST_RATINGS = (0.24, 0.094, 0.495, 0.171)
RATINGS_IF_KNOWN = (0.224, 0.631, 0.145)
SECONDS_NEW = (33.79, 24.3, 13.68, 6.5)
SECONDS = (23.0, 11.68, 7.33, 5.6)

Hour = Callable[[random.Random], float]
Due = Callable[[Card, datetime, datetime], bool]


def evening(chance: random.Random) -> float:
    """About eight in the evening."""
    return chance.gauss(20, 0.7)


def any_hour(chance: random.Random) -> float:
    """From six in the morning until eleven in the evening."""
    return chance.uniform(6, 23)


def late_then_early(chance: random.Random) -> float:
    """Before going to bed or after getting up, as it comes: nights of nine hours are among them."""
    return chance.choice((7.0, 22.0))


@dataclass
class Memory:
    """What a learner knows in truth: a stability and a difficulty for each card.

    FSRS was fitted to days of Anki, so a night counts as a day whatever the hours. With `by_hours`
    what is known fades by the hour.
    """

    parameters: Sequence[float]
    chance: random.Random
    by_hours: bool = False
    cards: dict[Key, fsrs.Card] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.model = fsrs.Scheduler(tuple(self.parameters), enable_fuzzing=False)
        self.decay = -self.parameters[20]
        self.factor = 0.9 ** (1 / self.decay) - 1

    def rate(self, key: Key, moment: datetime) -> int:
        """Ask a card: the rating, after which the memory is another one."""
        card = self.cards.get(key)
        if card is None:
            card = fsrs.Card(card_id=0, due=moment)
            rating = self.chance.choices((AGAIN, HARD, GOOD, EASY), FIRST_RATINGS)[0]
        else:
            nights = (day_of(moment, UTC) - day_of(card.last_review, UTC)).days
            days = (moment - card.last_review) / DAY if self.by_hours else nights
            known = (1 + self.factor * days / card.stability) ** self.decay
            if self.chance.random() < known:
                rating = self.chance.choices((HARD, GOOD, EASY), RATINGS_IF_KNOWN)[0]
            else:
                rating = AGAIN
            card.last_review = moment - nights * DAY
        self.cards[key], _ = self.model.review_card(card, fsrs.Rating(rating), moment)
        return rating


@dataclass
class Learner:
    """Somebody who drills for some days, and all that came of it."""

    memory: Memory
    schedule: Scheduling
    new: list[Key]
    new_a_day: int = 20
    hour: Hour = evening
    away: float = 0.0  # the share of days without a drill
    due: Due = is_due
    cards: dict[Key, Card] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)

    def drill(self, days: int) -> Progress:
        """Drill, and measure at the end of the last day."""
        chance = random.Random(f"{self.hour.__name__} {self.away}")
        for n in range(days):
            hour = self.hour(chance)
            if chance.random() >= self.away:
                self.sit(midnight(FIRST_DAY + n * DAY) + timedelta(hours=hour))
        now = midnight(FIRST_DAY + days * DAY)
        return measure(self.answers, self.cards, self.schedule, now, UTC)

    def sit(self, now: datetime) -> None:
        """Ask what is due, then new cards, then what is learnt by the minute, until none is left."""
        end = end_of_day(now)
        found = [key for key, card in self.cards.items() if self.due(card, now, end)]
        found.sort(key=lambda key: self.cards[key].due, reverse=True)
        new = [self.new.pop() for _ in range(min(self.new_a_day, len(self.new)))]
        waiting = [*new[::-1], *found]
        steps = [(c.due, key) for key, c in self.cards.items() if self._step(c, end, key, found)]
        heapify(steps)
        while waiting or steps:
            if steps and (not waiting or parse(steps[0][0]) <= now):
                due, key = heappop(steps)
                now = max(now, parse(due))
            else:
                key = waiting.pop()
            now = self.ask(key, now)
            card = self.cards[key]
            if card.phase != REVIEW:
                heappush(steps, (card.due, key))

    @staticmethod
    def _step(card: Card, end: datetime, key: Key, found: Iterable[Key]) -> bool:
        return card.phase != REVIEW and parse(card.due) <= end and key not in found

    def ask(self, key: Key, now: datetime) -> datetime:
        """Ask a card; when it is answered."""
        rating, took = self.rate(key, now)
        self.record(Answer(*key, rating, written(now), int(took * 1000)))
        return now + timedelta(seconds=took)

    def rate(self, key: Key, now: datetime) -> tuple[int, float]:
        """The rating of a card, and the seconds it takes."""
        seconds = SECONDS if key in self.cards else SECONDS_NEW
        rating = self.memory.rate(key, now)
        return rating, seconds[rating - 1]

    def record(self, answer: Answer) -> Card:
        """Keep an answer and the card that it leads to."""
        key = answer.concept, answer.kind
        self.cards[key] = self.schedule.next(self.cards.get(key), answer)
        self.answers.append(answer)
        return self.cards[key]


@dataclass
class Sitting(Learner):
    """Somebody who drills by our own sessions, whose answers are kept here, not in a termbase."""

    concepts: list[Concept] = field(default_factory=list)

    def sit(self, now: datetime) -> None:
        """One session."""
        clock = [now]
        wishes = Wishes((CardKind.RECOGNITION, CardKind.PRODUCTION), self.new_a_day)
        settings = learners.Learner("", self.schedule.desired_retention)
        with patch.multiple(
            learners,
            learner=lambda *_: settings,
            cards=lambda *_: dict(self.cards),
            answers=lambda *_: self.answers,
            record=lambda _, __, answer, ___: (answer, self.record(answer)),
        ):
            session = Session(None, "", self.concepts, {}, wishes, lambda: clock[0])
            while (one := session.next()) is not None:
                rating, took = self.rate((one.concept.id, one.kind), clock[0])
                session.answer(one, rating, took=int(took * 1000))
                clock[0] += timedelta(seconds=took)


def midnight(day: date) -> datetime:
    """When the date of a day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def deck(concepts: int) -> list[Key]:
    """New cards, in the order in which they are taken from the end; a day has one of a concept."""
    made = [f"concept-{n}" for n in reversed(range(concepts))]
    return [
        (concept, kind) for kind in (CardKind.PRODUCTION, CardKind.RECOGNITION) for concept in made
    ]


def scaled(factor: float) -> tuple[float, ...]:
    """The package's parameters for who forgets a new card after `factor` times as many days."""
    first = (stability * factor for stability in DEFAULT_PARAMETERS[:4])
    return bounded([*first, *DEFAULT_PARAMETERS[4:]])


def drawn(seed: int, spread: float = 0.3) -> tuple[float, ...]:
    """Parameters around those of the package, each times e to a normal of this spread."""
    chance = random.Random(seed)
    made = [p * 2.718281828 ** chance.gauss(0, spread) for p in DEFAULT_PARAMETERS]
    made[:4] = sorted(made[:4])  # who says easy remembers longer
    return bounded(made)


def bounded(parameters: Iterable[float]) -> tuple[float, ...]:
    """Parameters within what the package takes."""
    triples = zip(LOWER_BOUNDS_PARAMETERS, parameters, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(min(max(low, one), high) for low, one, high in triples)


@dataclass(frozen=True)
class Setting:
    """One experiment."""

    name: str
    truth: Sequence[float] = DEFAULT_PARAMETERS
    ours: Sequence[float] = DEFAULT_PARAMETERS
    hour: Hour = evening
    away: float = 0.0
    by_hours: bool = False
    due: Due = is_due
    fuzz: bool = True
    nights: bool = True
    sessions: bool = False


def run(setting: Setting, wanted: float, arguments: argparse.Namespace) -> Progress:
    """Let one learner drill."""
    memory = Memory(setting.truth, random.Random(f"memory {wanted}"), setting.by_hours)
    schedule = Scheduling(setting.ours, wanted)
    how = arguments.new, setting.hour, setting.away, setting.due
    if setting.sessions:
        some = list(islice(concepts(), arguments.concepts))
        return Sitting(memory, schedule, [], *how, concepts=some).drill(arguments.days)
    with ExitStack() as without:
        if not setting.fuzz:
            without.enter_context(patch.object(schedule._scheduler, "enable_fuzzing", False))
        if not setting.nights:
            without.enter_context(patch.object(scheduling, "_slept", lambda last, _: last))
        return Learner(memory, schedule, deck(arguments.concepts), *how).drill(arguments.days)


def line(name: str, wanted: float, progress: Progress, days: int) -> float:
    """Print what came of it; by how many points the retention is off."""
    share = retention(progress.reviews)
    last = retention(r for r in progress.reviews if (progress.today - r.day).days < 60)
    cards = [day.answers for day in progress.days]
    minutes = [day.minutes for day in progress.days]
    week = [d for d in progress.days if (progress.today - d.date).days < 7]
    off = 100 * (share.value - wanted)
    low, high = share.band
    print(
        f"{name:30} {wanted:5.0%} {share.value:7.1%} {off:+5.1f} ±{50 * (high - low):.1f} {last.value:7.1%} "
        f" {expected(progress.reviews):7.1%} {share.of:7,}"
        f" {sum(cards) / days:6.0f} {max(cards):5} {sum(d.answers for d in week) / 7:5.0f}"
        f" {sum(minutes) / days:6.0f} {max(minutes):5.0f} {sum(d.minutes for d in week) / 7:5.0f}"
        f" {progress.known:7,.0f}"
    )
    return off


def exactly(card: Card, now: datetime, _: datetime) -> bool:
    """Due to the second, as the package has it."""
    return parse(card.due) <= now


def main() -> None:
    """Run all experiments."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--concepts", type=int, default=600)
    parser.add_argument("--new", type=int, default=20)
    arguments = parser.parse_args()
    start = time.perf_counter()
    usual = Setting("as FSRS's default")
    others = [
        Setting("forgets twice as fast", scaled(0.5)),
        Setting("forgets half as fast", scaled(2)),
        *(Setting(f"drawn around it, {n}", drawn(n)) for n in (1, 2, 3)),
        *(Setting(f"drawn, {n}, parameters known", drawn(n), drawn(n)) for n in (1, 2, 3)),
    ]
    habits = [
        replace(usual, name="at any hour", hour=any_hour),
        replace(usual, name="at any hour, forgets by hours", hour=any_hour, by_hours=True),
        replace(usual, name="at seven or at twenty-two", hour=late_then_early),
        replace(usual, name="away every fourth day", away=0.25),
    ]
    bare = Setting("package alone", due=exactly, fuzz=False, nights=False)
    ours = [
        step
        for hour in (evening, any_hour)
        for step in (
            replace(bare, name=f"package alone, {hour.__name__}", hour=hour),
            replace(bare, name=" + fuzz", hour=hour, fuzz=True),
            replace(bare, name=" + due until the day's end", hour=hour, fuzz=True, due=is_due),
            replace(usual, name=" + a night is a day (ours)", hour=hour),
        )
    ]
    print(f"{'':70}answers a day     minutes a day       known")
    print(
        f"{'memory':30} want   found   off   95%  last 60   FSRS reviews"
        "   mean   max  week   mean   max  week     end"
    )
    worst = 0.0
    for wanted in RETENTIONS:
        by_sessions = replace(usual, sessions=True)
        off = line(usual.name, wanted, run(by_sessions, wanted, arguments), arguments.days)
        worst = max(worst, abs(off))
    print(f"within {POINTS:g} points: {'yes' if worst <= POINTS else 'NO'} ({worst:.1f})\n")
    for title, settings, retentions in (
        ("other memories", others, (0.9,)),
        ("habits", habits, (0.8, 0.9, 0.95)),
        ("what we add to the package", ours, (0.8, 0.9, 0.95)),
    ):
        print(title)
        for setting in settings:
            for wanted in retentions:
                line(setting.name, wanted, run(setting, wanted, arguments), arguments.days)
        print()
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
