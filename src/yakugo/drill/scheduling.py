"""When a card is due again, by FSRS-6 as the package `fsrs` has it.

Ye, Su and Cao, "A stochastic shortest path algorithm for optimizing spaced repetition
scheduling", KDD 2022; https://github.com/open-spaced-repetition.

The same answers always lead to the same cards: the fuzz that keeps cards apart which were learnt
together comes from the card and the moment, not from chance.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import fsrs
from fsrs.scheduler import DEFAULT_PARAMETERS

from yakugo.model import Answer, Card, CardKind
from yakugo.termbase.learners import DESIRED_RETENTION, Key

AGAIN, HARD, GOOD, EASY = RATINGS = (1, 2, 3, 4)
NEW, LEARNING, REVIEW, RELEARNING = 0, 1, 2, 3

_DAY = timedelta(days=1)
# The package counts whole days of 24 hours. Who drills at nine and the next day at half past eight
# has slept over it all the same.
_OVERNIGHT = timedelta(hours=12)


class Asked(NamedTuple):
    """An answer, and how its card stood when it was asked.

    `phase` is that of the card, NEW for one that was never answered; `recall` is the probability
    of knowing it, as FSRS had it.
    """

    answer: Answer
    moment: datetime
    phase: int
    stability: float
    recall: float


class Scheduling:
    """FSRS with a learner's parameters (none: those of the package) and desired retention."""

    def __init__(
        self, parameters: Sequence[float] = (), desired_retention: float = DESIRED_RETENTION
    ) -> None:
        self._scheduler = fsrs.Scheduler(
            tuple(parameters) or DEFAULT_PARAMETERS, desired_retention=desired_retention
        )

    @property
    def desired_retention(self) -> float:
        """The share that is to be remembered."""
        return self._scheduler.desired_retention

    def next(self, card: Card | None, answer: Answer) -> Card:
        """The card after an answer; None is the card that was never answered."""
        moment = parse(answer.when)
        with _chance_of(answer):
            after, _ = self._scheduler.review_card(
                _for_package(card, moment), fsrs.Rating(answer.rating), moment
            )
        assert after.stability is not None
        assert after.difficulty is not None
        lapsed = card is not None and card.phase == REVIEW and answer.rating == AGAIN
        return Card(
            answer.concept,
            answer.kind,
            int(after.state),
            after.step,
            after.stability,
            after.difficulty,
            written(after.due),
            answer.when,
            answers=card.answers + 1 if card else 1,
            lapses=(card.lapses if card else 0) + lapsed,
        )

    def replay(self, answers: Iterable[Answer]) -> dict[Key, Card]:
        """The cards that answers lead to, which are taken in the order of their moments."""
        cards: dict[Key, Card] = {}
        for answer in sorted(answers, key=lambda one: (one.when, one.id)):
            key = answer.concept, answer.kind
            cards[key] = self.next(cards.get(key), answer)
        return cards

    def history(self, answers: Iterable[Answer]) -> Iterator[Asked]:
        """Each answer with how its card stood then, in the order of their moments.

        When a card was due is of no matter here, which makes it a third of the work of `replay`.
        """
        scheduler = fsrs.Scheduler(self._scheduler.parameters, enable_fuzzing=False)
        ratings = {int(rating): rating for rating in fsrs.Rating}
        cards: dict[Key, fsrs.Card] = {}
        for answer in sorted(answers, key=lambda one: (one.when, one.id)):
            moment = parse(answer.when)
            key = answer.concept, answer.kind
            card = cards.get(key)
            if card is None:
                card = fsrs.Card(card_id=0, due=moment)
                yield Asked(answer, moment, NEW, 0.0, 0.0)
            else:
                assert card.stability is not None
                assert card.last_review is not None
                card.last_review = _slept(card.last_review, moment)
                recall = scheduler.get_card_retrievability(card, moment)
                yield Asked(answer, moment, int(card.state), card.stability, recall)
            cards[key], _ = scheduler.review_card(card, ratings[answer.rating], moment)

    def recall(self, card: Card, moment: datetime) -> float:
        """The probability that the learner knows a card at a moment, 0 to 1."""
        return self._scheduler.get_card_retrievability(_for_package(card, moment), moment)

    def intervals(
        self, card: Card | None, concept: str, kind: CardKind, moment: datetime
    ) -> dict[int, timedelta]:
        """How long until the card comes again, for each rating that may be given now."""
        found = {}
        for rating in RATINGS:
            after = self.next(card, Answer(concept, kind, rating, written(moment)))
            found[rating] = parse(after.due) - moment
        return found


def is_due(card: Card, now: datetime, end_of_day: datetime) -> bool:
    """Whether a card is to be asked: what is being learnt by the minute, the rest by the day."""
    due = parse(card.due)
    return due <= now or (card.phase == REVIEW and due <= end_of_day)


def parse(moment: str) -> datetime:
    """A moment as it is stored (`Answer.when`), in UTC."""
    return datetime.fromisoformat(moment).astimezone(UTC)


def written(moment: datetime) -> str:
    """A moment as it is stored: `2026-11-25T07:30:00.125Z`."""
    utc = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return utc.removesuffix("+00:00") + "Z"


def nights(gap: timedelta) -> int:
    """How many days a time counts for: a night is one, and the rest is rounded."""
    return max(round(gap / _DAY), 1) if gap >= _OVERNIGHT else 0


def _for_package(card: Card | None, moment: datetime) -> fsrs.Card:
    if card is None:
        return fsrs.Card(card_id=0, due=moment)
    return fsrs.Card(
        card_id=0,
        state=fsrs.State(card.phase),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=parse(card.due),
        last_review=_slept(parse(card.last_answer), moment),
    )


def _slept(last: datetime, moment: datetime) -> datetime:
    """When the last answer was, whole days before this moment if there was a night between."""
    days = nights(moment - last)
    return moment - days * _DAY if days else last


@contextmanager
def _chance_of(answer: Answer) -> Iterator[None]:
    """What is drawn inside is the same for the same answer; outside nothing changes."""
    state = random.getstate()
    random.seed(f"{answer.concept} {answer.kind} {answer.when}")
    try:
        yield
    finally:
        random.setstate(state)
