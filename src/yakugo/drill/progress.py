"""What a learner's answers say: how much was done, how much is kept, what comes, what is hard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from yakugo.drill.scheduling import AGAIN, REVIEW, Scheduling, parse
from yakugo.drill.session import DAY_BEGINS, end_of_day
from yakugo.model import Answer, Card, CardKind
from yakugo.termbase.learners import Key

MATURE = 21  # days of stability, from which a card counts as known for long
_LONGEST = 60_000  # milliseconds that count for one answer: who leaves the table learns nothing
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on a day: answers by rating (1 to 4), and how long they took."""

    day: date
    ratings: Mapping[int, int]
    minutes: float

    @property
    def answers(self) -> int:
        """How many there were."""
        return sum(self.ratings.values())


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    kept: int = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return self.kept / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Recall:
    """What became of a card that was asked on another day than it was last.

    `expected` is the probability by FSRS, `stability` that of the card, in days.
    """

    day: date
    kind: CardKind
    kept: bool
    expected: float
    stability: float


@dataclass(frozen=True, slots=True)
class Progress:
    """All that is told of a learner at a moment.

    `days` are those with answers, in order; `forecast` counts the cards due on each day from today,
    what is overdue today; `known` is how many cards are likely to be known now; `hardest` are cards
    by how often they were forgotten, then by difficulty.
    """

    today: date
    days: Sequence[Day]
    recalls: Sequence[Recall]
    cards: Sequence[Card]
    forecast: Sequence[int]
    known: float
    hardest: Sequence[Card]

    @property
    def streak(self) -> int:
        """Days in a row with answers, up to today or yesterday."""
        done = {day.day for day in self.days}
        last = self.today if self.today in done else self.today - _DAY
        length = 0
        while last - length * _DAY in done:
            length += 1
        return length


def progress(
    answers: Iterable[Answer],
    scheduling: Scheduling,
    now: datetime,
    concepts: Collection[str],
    horizon: int = 30,
) -> Progress:
    """What is to be told; cards count of the `concepts` that the glossary has now.

    `now` has the timezone of the learner.
    """
    ordered = sorted(answers, key=lambda one: (one.when, one.id))
    zone = now.tzinfo
    today = day_of(now, zone)
    cards, recalls = _replayed(ordered, scheduling, zone)
    there = [card for (concept, _), card in sorted(cards.items()) if concept in concepts]
    return Progress(
        today,
        _days(ordered, zone),
        recalls,
        there,
        _forecast(there, now, horizon),
        sum(scheduling.recall(card, now) for card in there),
        sorted(
            (card for card in there if card.lapses),
            key=lambda card: (-card.lapses, -card.difficulty, card.concept, card.kind),
        ),
    )


def retention(recalls: Iterable[Recall]) -> Share:
    """The share of cards that were still known."""
    found = list(recalls)
    return Share(sum(one.kept for one in found), len(found))


def day_of(moment: datetime, zone: tzinfo | None) -> date:
    """The learner's day of a moment: it begins at four in the morning."""
    return (moment.astimezone(zone) - timedelta(hours=DAY_BEGINS.hour)).date()


def _days(answers: Iterable[Answer], zone: tzinfo | None) -> list[Day]:
    ratings: dict[date, Counter[int]] = {}
    took: Counter[date] = Counter()
    for one in answers:
        day = day_of(parse(one.when), zone)
        ratings.setdefault(day, Counter())[one.rating] += 1
        took[day] += min(one.took, _LONGEST)
    return [Day(day, dict(ratings[day]), took[day] / 60_000) for day in sorted(ratings)]


def _replayed(
    answers: Iterable[Answer], scheduling: Scheduling, zone: tzinfo | None
) -> tuple[dict[Key, Card], list[Recall]]:
    """The cards, and each first answer of a day to one that was learnt before."""
    cards: dict[Key, Card] = {}
    recalls = []
    for one in answers:
        key = one.concept, one.kind
        before = cards.get(key)
        if before is not None and before.phase == REVIEW:
            moment = parse(one.when)
            day = day_of(moment, zone)
            if day != day_of(parse(before.last_answer), zone):
                expected = scheduling.recall(before, moment)
                kept = one.rating > AGAIN
                recalls.append(Recall(day, one.kind, kept, expected, before.stability))
        cards[key] = scheduling.next(before, one)
    return cards, recalls


def _forecast(cards: Iterable[Card], now: datetime, horizon: int) -> list[int]:
    end = end_of_day(now)
    found = [0] * horizon
    for card in cards:
        late = parse(card.due) - end
        day = 0 if late <= timedelta(0) else -(-late // _DAY)
        if day < horizon:
            found[day] += 1
    return found
