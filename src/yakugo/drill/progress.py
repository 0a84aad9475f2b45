"""How a learner gets on, as plain numbers out of answers and cards: no I/O.

A *review* is the first answer of a day to a card that was learnt before (in its review phase).
What is asked again within minutes, a learning step, is none: who has just been told knows it. The
share of reviews that were not Again is the retention (Anki's "true retention").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from math import sqrt
from typing import NamedTuple, TypeVar

from yakugo.drill.scheduling import (
    AGAIN,
    LEARNING,
    NEW,
    RATINGS,
    RELEARNING,
    REVIEW,
    Asked,
    Scheduling,
    parse,
)
from yakugo.drill.session import DAY_BEGINS
from yakugo.model import Answer, Card, CardKind
from yakugo.termbase.learners import Key

MATURE = 21.0  # days of stability from which a card is mature, as by its interval in Anki
FORECAST = 30  # days
LONGEST = (
    60_000  # milliseconds of an answer that count; who took longer was away. Anki's limit too.
)
# Where predicted recall is cut into groups: most of it lies above 0.8.
_GROUPS = (0.5, 0.7, 0.8, 0.85, 0.9, 0.95)
_BAND = 1.96  # standard deviations on both sides: 95 % of a normal distribution
_DAY = timedelta(days=1)
_NIGHT = timedelta(hours=DAY_BEGINS.hour)  # what still belongs to the day before

Group = TypeVar("Group", bound=Hashable)


class Review(NamedTuple):
    """A review: whether it was right, and the probability of that by FSRS."""

    day: date
    key: Key
    right: bool
    recall: float
    mature: bool

    @property
    def kind(self) -> CardKind:
        """What was asked."""
        return self.key[1]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.right / self.of if self.of else None

    @property
    def band(self) -> tuple[float, float]:
        """Between what the share lies in truth, with 95 % confidence.

        Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
        the American Statistical Association 22 (1927).
        """
        if not self.of:
            return 0.0, 1.0
        share, z = self.right / self.of, _BAND**2 / self.of
        middle = share + z / 2
        reach = sqrt(z * share * (1 - share) + z * z / 4)
        return max((middle - reach) / (1 + z), 0.0), min((middle + reach) / (1 + z), 1.0)


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on a day.

    `ratings` are the numbers of answers by rating, 1 to 4; `new` is how many cards were asked for
    the first time.
    """

    date: date
    ratings: tuple[int, int, int, int]
    new: int
    minutes: float

    @property
    def answers(self) -> int:
        """All answers of the day."""
        return sum(self.ratings)


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row with answers: up to today, or to yesterday while today is still open."""

    now: int
    longest: int


@dataclass(frozen=True, slots=True)
class Predicted:
    """Reviews of about the same predicted recall: what FSRS expected, and what was so."""

    expected: float
    observed: Share


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many cards are due, by the dates that they have now.

    It is no simulation: cards that are yet to be begun are not in it, nor those that come again
    before the end because they are answered on the way. `days[0]` is today, with what was due
    before; `overdue` is how many of it were; `later` is due after the last of the days.
    """

    days: tuple[int, ...]
    overdue: int
    later: int


@dataclass(frozen=True, slots=True)
class Hard:
    """A card that was missed; `again` counts all its Again, learning steps too."""

    card: Card
    again: int
    recall: float


@dataclass(frozen=True, slots=True)
class Phases:
    """How many cards are where; `young` and `mature` are those in review."""

    learning: int = 0
    relearning: int = 0
    young: int = 0
    mature: int = 0

    @property
    def cards(self) -> int:
        """All that were ever answered."""
        return self.learning + self.relearning + self.young + self.mature


@dataclass(frozen=True, slots=True)
class Progress:
    """All of it, as of one moment.

    `days` are those with answers and `reviews` all reviews, the oldest first; `known` is how many
    of the cards the learner knows now, by FSRS; `hardest` come first; `intervals` are the days
    from the last answer to when it is due of each card in review.
    """

    today: date
    desired_retention: float
    days: tuple[Day, ...]
    streak: Streak
    reviews: tuple[Review, ...]
    forecast: Forecast
    hardest: tuple[Hard, ...]
    phases: Phases
    known: float
    intervals: tuple[float, ...]

    @property
    def answers(self) -> int:
        """All answers."""
        return sum(day.answers for day in self.days)


def measure(
    answers: Iterable[Answer],
    cards: Mapping[Key, Card],
    scheduling: Scheduling,
    now: datetime,
    zone: tzinfo | None = None,
) -> Progress:
    """How a learner gets on at a moment, in days of a time zone (None: that of the machine)."""
    asked = list(scheduling.history(answers))
    dates = [day_of(one.moment, zone) for one in asked]
    today = day_of(now, zone)
    days = by_day(asked, dates)
    return Progress(
        today,
        scheduling.desired_retention,
        days,
        streak([day.date for day in days], today),
        reviews(asked, dates),
        forecast(cards.values(), today, zone),
        hardest(asked, cards, scheduling, now),
        phases(cards.values()),
        sum(scheduling.recall(card, now) for card in cards.values()),
        tuple(_interval(card) for card in cards.values() if card.phase == REVIEW),
    )


def day_of(moment: datetime, zone: tzinfo | None) -> date:
    """The learner's day of a moment: it begins at four in the morning."""
    return (moment.astimezone(zone) - _NIGHT).date()


def by_day(asked: Iterable[Asked], dates: Iterable[date]) -> tuple[Day, ...]:
    """What was done on each day that has answers; `dates` are those of the answers."""
    ratings: dict[date, list[int]] = defaultdict(lambda: [0] * len(RATINGS))
    new: Counter[date] = Counter()
    took: Counter[date] = Counter()
    for one, day in zip(asked, dates, strict=True):
        ratings[day][one.answer.rating - 1] += 1
        new[day] += one.phase == NEW
        took[day] += min(max(one.answer.took, 0), LONGEST)
    return tuple(
        Day(day, (again, hard, good, easy), new[day], took[day] / 60_000)
        for day, (again, hard, good, easy) in sorted(ratings.items())
    )


def reviews(asked: Iterable[Asked], dates: Iterable[date]) -> tuple[Review, ...]:
    """The reviews among answers, which come in the order of their moments."""
    last: dict[Key, date] = {}
    found = []
    for one, day in zip(asked, dates, strict=True):
        key = one.answer.concept, one.answer.kind
        if one.phase == REVIEW and last.get(key) != day:
            right, mature = one.answer.rating != AGAIN, one.stability >= MATURE
            found.append(Review(day, key, right, one.recall, mature))
        last[key] = day
    return tuple(found)


def retention(some: Iterable[Review]) -> Share:
    """The share of reviews that were right."""
    right = [review.right for review in some]
    return Share(sum(right), len(right))


def retention_by(some: Iterable[Review], group: Callable[[Review], Group]) -> dict[Group, Share]:
    """The retention of each group of reviews: `retention_by(reviews, lambda one: one.kind)`."""
    groups: dict[Group, list[Review]] = defaultdict(list)
    for review in some:
        groups[group(review)].append(review)
    return {name: retention(members) for name, members in groups.items()}


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - day.weekday() * _DAY


def month_of(day: date) -> date:
    """The first of its month."""
    return day.replace(day=1)


def calibration(some: Iterable[Review]) -> tuple[Predicted, ...]:
    """What FSRS expected beside what was so, from the least expected up."""
    groups: dict[int, list[Review]] = defaultdict(list)
    for review in some:
        groups[sum(review.recall >= edge for edge in _GROUPS)].append(review)
    return tuple(
        Predicted(expected(members), retention(members)) for _, members in sorted(groups.items())
    )


def expected(some: Sequence[Review]) -> float:
    """The retention that FSRS expected of reviews; 0 of none."""
    return sum(review.recall for review in some) / len(some) if some else 0.0


def streak(dates: Sequence[date], today: date) -> Streak:
    """The days in a row among days with answers, in their order.

    What lies after today, by a clock that was ahead, does not count.
    """
    longest = length = 0
    before: date | None = None
    for day in dates:
        if day > today:
            break
        length = length + 1 if before is not None and day - before == _DAY else 1
        longest = max(longest, length)
        before = day
    open_still = before is not None and today - before <= _DAY
    return Streak(length if open_still else 0, longest)


def forecast(
    cards: Iterable[Card], today: date, zone: tzinfo | None, days: int = FORECAST
) -> Forecast:
    """How many cards are due on each of the next days, by the dates that they have now."""
    counts = [0] * days
    overdue = later = 0
    for card in cards:
        ahead = (day_of(parse(card.due), zone) - today).days
        overdue += ahead < 0
        if ahead < days:
            counts[max(ahead, 0)] += 1
        else:
            later += 1
    return Forecast(tuple(counts), overdue, later)


def hardest(
    asked: Iterable[Asked], cards: Mapping[Key, Card], scheduling: Scheduling, now: datetime
) -> tuple[Hard, ...]:
    """The cards that were missed: first those lost most often once learnt, then the difficult."""
    again = Counter(
        (one.answer.concept, one.answer.kind) for one in asked if one.answer.rating == AGAIN
    )
    found = [
        Hard(card, again[key], scheduling.recall(card, now))
        for key, card in cards.items()
        if again[key]
    ]
    return tuple(sorted(found, key=_hardness))


def _hardness(one: Hard) -> tuple[float | str, ...]:
    card = one.card
    return -card.lapses, -card.difficulty, -one.again, card.concept, card.kind


def phases(cards: Iterable[Card]) -> Phases:
    """How many cards are where."""
    counts: Counter[str] = Counter()
    for card in cards:
        if card.phase == LEARNING:
            counts["learning"] += 1
        elif card.phase == RELEARNING:
            counts["relearning"] += 1
        else:
            counts["mature" if card.stability >= MATURE else "young"] += 1
    return Phases(**counts)


def _interval(card: Card) -> float:
    return (parse(card.due) - parse(card.last_answer)) / _DAY
