"""One sitting of a learner: which card comes next, and what becomes of the answer.

What is being learnt comes at its minute, then what is due (the nearest to be forgotten first),
then new cards, the most useful concepts first. Two cards of one concept do not follow each other
at once: the one would give the other away. Every answer is stored before the next question.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from yakugo.drill.confusables import confusables, partners
from yakugo.drill.exercises import DRILLED, Exercise, exercise, kinds_of
from yakugo.drill.scheduling import REVIEW, Scheduling, is_due, parse, written
from yakugo.model import Answer, Card, CardKind, Concept, Context
from yakugo.termbase import Termbase, learners
from yakugo.termbase.learners import Key

NEW_A_DAY = 20
DAY_BEGINS = time(4)  # as in Anki: who drills at midnight still drills today

_LOOK_AHEAD = timedelta(minutes=20)  # a card that is being learnt comes early when nothing else is
_APART = 4  # cards between two of one concept, if there are others

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a learner wants of a sitting; `limit` is in answers, 0 for no limit."""

    kinds: Collection[CardKind] = DRILLED
    new: int = NEW_A_DAY
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """How many cards are still to come today: being learnt, due, new."""

    learning: int
    due: int
    new: int


@dataclass(slots=True)
class _Lists:
    """The cards of today, each in the order in which they come."""

    due: list[Key] = field(default_factory=list)
    new: deque[Key] = field(default_factory=deque)


class Session:
    """The sitting of one learner over concepts in the order of their usefulness.

    `contexts` holds the sentences by concept id; `now` is the clock, with the learner's timezone.
    """

    def __init__(
        self,
        termbase: Termbase,
        learner: str,
        concepts: Sequence[Concept],
        contexts: Mapping[str, Sequence[Context]],
        wishes: Wishes,
        now: Clock,
    ) -> None:
        settings = learners.learner(termbase, learner)
        self.termbase = termbase
        self.learner = learner
        self.scheduling = Scheduling(settings.parameters, settings.desired_retention)
        self.answers: list[Answer] = []
        self.now = now
        self._wishes = wishes
        self._concepts = {one.id: one for one in concepts}
        self._contexts = contexts
        mixed_up = CardKind.CONFUSABLE in wishes.kinds
        self._partners = partners(confusables(concepts)) if mixed_up else {}
        self._again: Key | None = None  # what was taken back
        self._put_off: set[Key] = set()
        self._cards = learners.cards(termbase, learner, self.scheduling.replay)
        self._lists = _Lists()
        self._arrange()

    # --- what there is

    def _arrange(self) -> None:
        """Put the cards of today in their order; those of other concepts and kinds rest."""
        now = self.now()
        end = end_of_day(now)
        wanted = [
            (one.id, kind)
            for one in self._concepts.values()
            for kind in kinds_of(
                one, self._contexts.get(one.id, ()), self._partners.get(one.id, ())
            )
            if kind in self._wishes.kinds
        ]
        due = [
            key
            for key in wanted
            if (card := self._cards.get(key)) and card.phase == REVIEW and is_due(card, now, end)
        ]
        due.sort(key=lambda key: (self.scheduling.recall(self._cards[key], now), key))
        self._lists = _Lists(due, deque(self._new(wanted, now)))

    def _new(self, wanted: Iterable[Key], now: datetime) -> list[Key]:
        """New cards: of each concept one a day, and the next when those before it are known."""
        begun = {concept for concept, _ in self._begun_today(now)}
        left = self._wishes.new - len(self._begun_today(now))
        found: list[Key] = []
        waiting: set[str] = set()
        for key in wanted:
            concept = key[0]
            if len(found) >= left or concept in waiting or concept in begun:
                continue
            card = self._cards.get(key)
            if card is None:
                found.append(key)
                waiting.add(concept)
            elif card.phase != REVIEW:
                waiting.add(concept)
        return found

    def _begun_today(self, now: datetime) -> set[Key]:
        """The cards that were answered for the first time since the day began."""
        begin = written(end_of_day(now) - timedelta(days=1))
        first: dict[Key, str] = {}
        for one in learners.answers(self.termbase, self.learner):
            first.setdefault((one.concept, one.kind), one.when)
        return {key for key, when in first.items() if when >= begin}

    def _learning(self, now: datetime) -> list[Key]:
        """What is being learnt, the one that comes first at the front."""
        end = now + _LOOK_AHEAD
        found = [
            (card.due, key)
            for key, card in self._cards.items()
            if card.phase != REVIEW
            and key[0] in self._concepts
            and key[1] in self._wishes.kinds
            and key not in self._put_off
            and parse(card.due) <= end
        ]
        return [key for _, key in sorted(found)]

    def left(self) -> Left:
        """What is still to come."""
        return Left(len(self._learning(self.now())), len(self._lists.due), len(self._lists.new))

    def next_due(self) -> datetime | None:
        """When the next card comes, after today; None when there is none."""
        found = [
            parse(card.due)
            for (concept, kind), card in self._cards.items()
            if concept in self._concepts and kind in self._wishes.kinds
        ]
        return min(found, default=None)

    def waiting_new(self) -> int:
        """How many concepts have no card yet."""
        begun = {concept for concept, _ in self._cards}
        return sum(id not in begun for id in self._concepts)

    # --- the next question

    def next(self) -> Exercise | None:
        """The next question, None when the sitting is done; asked again it is the same."""
        if self._wishes.limit and len(self.answers) >= self._wishes.limit:
            return None
        key = self._next()
        return self._exercise(key) if key else None

    def _next(self) -> Key | None:
        if self._again is not None:
            return self._again
        now = self.now()
        learning = self._learning(now)
        ready = [key for key in learning if parse(self._cards[key].due) <= now]
        for some in (ready, self._lists.due, self._lists.new, learning):
            apart = (key for key in some if not self._is_close(key))
            if (found := next(apart, None)) is not None:
                return found
        rest = (*ready, *self._lists.due, *self._lists.new, *learning)
        return rest[0] if rest else None

    def _is_close(self, key: Key) -> bool:
        """Whether another card of the concept was asked just now."""
        return any(one.concept == key[0] for one in self.answers[-_APART:])

    def _exercise(self, key: Key) -> Exercise:
        id, kind = key
        card = self._cards.get(key)
        alike = [self._concepts[other] for other in self._partners.get(id, ())]
        turn = card.answers if card else 0
        return exercise(self._concepts[id], kind, self._contexts.get(id, ()), alike, turn)

    # --- what was answered

    def intervals(self, one: Exercise) -> dict[int, timedelta]:
        """How long until the card comes again, by rating."""
        key = one.concept.id, one.kind
        return self.scheduling.intervals(self._cards.get(key), *key, self.now())

    def answer(self, one: Exercise, rating: int, given: str = "", took: int = 0) -> Card:
        """Store an answer; when this returns it is kept whatever happens. The card as it is then.

        TermbaseError leaves everything as it was.
        """
        key = one.concept.id, one.kind
        answer = Answer(*key, rating, self._moment(), took, given)
        stored, card = learners.record(self.termbase, self.learner, answer, self.scheduling.next)
        self._cards[key] = card
        self.answers.append(stored)
        self._take_off(key)
        return card

    def _moment(self) -> str:
        """Now, but after the last answer: a clock that was put back makes no answer twice."""
        now = self.now()
        if self.answers:
            now = max(now, parse(self.answers[-1].when) + timedelta(milliseconds=1))
        return written(now)

    def put_off(self, one: Exercise) -> None:
        """Leave a card for another sitting."""
        key = one.concept.id, one.kind
        self._put_off.add(key)
        self._take_off(key)

    def _take_off(self, key: Key) -> None:
        self._again = None
        if key in self._lists.due:
            self._lists.due.remove(key)
        if key in self._lists.new:
            self._lists.new.remove(key)

    def undo(self) -> Answer | None:
        """Take the last answer of this sitting back; its card comes next. None if there is none."""
        if not self.answers:
            return None
        last = self.answers[-1]
        key = last.concept, last.kind
        card = learners.take_back(self.termbase, self.learner, last, self.scheduling.replay)
        self.answers.pop()
        if card is None:
            del self._cards[key]
            self._lists.new.appendleft(key)
        else:
            self._cards[key] = card
            if card.phase == REVIEW:
                self._lists.due.insert(0, key)
        self._again = key
        return last


def end_of_day(now: datetime) -> datetime:
    """When the learner's day ends: at four in the morning, where he is."""
    morning = now.replace(hour=DAY_BEGINS.hour, minute=0, second=0, microsecond=0)
    return morning if now < morning else morning + timedelta(days=1)
