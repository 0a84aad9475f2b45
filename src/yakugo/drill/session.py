"""One sitting of a learner: which card comes next, and what becomes of the answer.

What is being learnt comes at its minute, then what is due (the nearest to be forgotten first),
then new cards, the most useful concepts first. Two cards of one concept do not follow each other
at once: the one would give the other away. Every answer is stored before the next question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from yakugo.drill.confusables import confusables, partners
from yakugo.drill.exercises import DRILLED, Exercise, exercise, kinds_of
from yakugo.drill.scheduling import REVIEW, Scheduling, is_due, parse, written
from yakugo.model import JAPANESE, USABLE, Answer, Card, CardKind, Concept, Context
from yakugo.termbase import Termbase, learners
from yakugo.termbase.learners import Key

NEW_A_DAY = 20
DAY_BEGINS = time(4)  # as in Anki: who drills at midnight still drills today

_LOOK_AHEAD = timedelta(minutes=20)  # a card that is being learnt comes early when nothing else is
_APART = 4  # cards between two of one concept, if there are others
_SOME = 10  # new cards
_DAY = timedelta(days=1)

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a learner wants of a sitting; `limit` is in answers, `minutes` in time, 0 for no limit.

    `new` is how many new cards there may be on a day, whatever the sittings.
    """

    kinds: Collection[CardKind] = DRILLED
    new: int = NEW_A_DAY
    limit: int = 0
    minutes: float = 0


@dataclass(frozen=True, slots=True)
class Left:
    """How many cards are still to come today: being learnt, due, new."""

    learning: int
    due: int
    new: int

    def __bool__(self) -> bool:
        return bool(self.learning or self.due or self.new)


class Session:
    """The sitting of one learner over concepts in the order of their usefulness.

    `contexts` holds the sentences by concept id; `now` is the clock, with the learner's timezone.
    What a concept is mixed up with may be anything in `glossary`, which is `concepts` unless given.
    """

    def __init__(
        self,
        termbase: Termbase,
        learner: str,
        concepts: Sequence[Concept],
        contexts: Mapping[str, Sequence[Context]],
        wishes: Wishes,
        now: Clock,
        glossary: Sequence[Concept] = (),
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
        everything = {one.id: one for one in (*glossary, *concepts)}
        self._partners = _mixed_up(everything) if CardKind.CONFUSABLE in wishes.kinds else {}
        self._homographs = _homographs(everything.values())
        self._again: Key | None = None  # what was taken back
        self._put_off: set[Key] = set()
        self._cards = learners.cards(termbase, learner, self.scheduling.replay)
        self._began = now()
        self._arrange()

    # --- what there is

    def _arrange(self) -> None:
        """Put the cards of today in their order; those of other concepts and kinds rest."""
        now = self.now()
        self._day_ends = end_of_day(now)
        wanted = [
            (one.id, kind)
            for one in self._concepts.values()
            for kind in kinds_of(
                one, self._contexts.get(one.id, ()), self._partners.get(one.id, ())
            )
            if kind in self._wishes.kinds and (one.id, kind) not in self._put_off
        ]
        due = [
            key
            for key in wanted
            if (card := self._cards.get(key))
            and card.phase == REVIEW
            and is_due(card, now, self._day_ends)
        ]
        due.sort(key=lambda key: (self.scheduling.recall(self._cards[key], now), key))
        begun = self._begun_today()
        self._due = due
        self._wanted = wanted
        self._new = self._new_of(wanted, {concept for concept, _ in begun})
        self._new_left = max(self._wishes.new - len(begun), 0)

    def _new_of(self, wanted: Iterable[Key], begun: Collection[str]) -> list[Key]:
        """New cards: of each concept one a day, and the next when those before it are known."""
        found: list[Key] = []
        waiting = set(begun)
        for key in wanted:
            concept = key[0]
            if concept in waiting:
                continue
            card = self._cards.get(key)
            if card is None:
                found.append(key)
            if card is None or card.phase != REVIEW:
                waiting.add(concept)
        return found

    def _begun_today(self) -> set[Key]:
        """The cards that were answered for the first time since the day began."""
        begin = written(self._day_ends - _DAY)
        first: dict[Key, str] = {}
        for one in learners.answers(self.termbase, self.learner):
            first.setdefault((one.concept, one.kind), one.when)
        return {key for key, when in first.items() if when >= begin}

    def _rests(self, key: Key) -> bool:
        """Whether a card is not for this sitting."""
        concept, kind = key
        return concept not in self._concepts or kind not in self._wishes.kinds

    def _learning(self, now: datetime) -> list[Key]:
        """What is being learnt, the one that comes first at the front."""
        end = now + _LOOK_AHEAD
        found = [
            (card.due, key)
            for key, card in self._cards.items()
            if card.phase != REVIEW
            and key not in self._put_off
            and not self._rests(key)
            and parse(card.due) <= end
        ]
        return [key for _, key in sorted(found)]

    def _new_today(self) -> list[Key]:
        return self._new if self._new_left else []

    def left(self) -> Left:
        """What is still to come."""
        new = min(self._new_left, len(self._new))
        return Left(len(self._learning(self.now())), len(self._due), new)

    def next_due(self) -> datetime | None:
        """When the next card comes again that does not come in this sitting; None for never."""
        found = [
            parse(card.due)
            for key, card in self._cards.items()
            if not self._rests(key) and key not in self._put_off
        ]
        return min(found, default=None)

    def due_tomorrow(self) -> int:
        """How many cards that were begun come until the end of tomorrow, if all else is done."""
        end = self._day_ends + _DAY
        return sum(
            parse(card.due) <= end for key, card in self._cards.items() if not self._rests(key)
        )

    def waiting_new(self) -> int:
        """How many new cards could still be learnt today, if there were no limit."""
        return len(self._new)

    def for_another_day(self) -> int:
        """How many new cards wait until another card of their concept is known."""
        return sum(key not in self._cards for key in self._wanted) - len(self._new)

    def more(self) -> int:
        """A limit of new cards a day by which some more would come today."""
        return len(self._begun_today()) + _SOME

    # --- the next question

    def next(self) -> Exercise | None:
        """The next question, None when the sitting is done; asked again it is the same."""
        now = self.now()
        if now > self._day_ends:  # who drills on past four in the morning has a new day
            self._arrange()
        if self._is_over(now):
            return None
        key = self._next(now)
        return self._exercise(key) if key else None

    def _is_over(self, now: datetime) -> bool:
        limit, minutes = self._wishes.limit, self._wishes.minutes
        if limit and len(self.answers) >= limit:
            return True
        return bool(minutes) and now - self._began >= timedelta(minutes=minutes)

    def _next(self, now: datetime) -> Key | None:
        if self._again is not None:
            return self._again
        learning = self._learning(now)
        ready = [key for key in learning if parse(self._cards[key].due) <= now]
        groups = ready, self._due, self._new_today(), learning
        for some in groups:
            apart = (key for key in some if not self._is_close(key))
            if (found := next(apart, None)) is not None:
                return found
        return next((key for some in groups for key in some), None)

    def _is_close(self, key: Key) -> bool:
        """Whether another card of the concept was asked just now."""
        return any(one.concept == key[0] for one in self.answers[-_APART:])

    def _exercise(self, key: Key) -> Exercise:
        id, kind = key
        card = self._cards.get(key)
        return exercise(
            self._concepts[id],
            kind,
            self._contexts.get(id, ()),
            self._partners.get(id, ()),
            turn=card.answers if card else 0,
            homograph=id in self._homographs,
        )

    def is_new(self, one: Exercise) -> bool:
        """Whether a question was never answered before."""
        return (one.concept.id, one.kind) not in self._cards

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
        if key not in self._cards:
            self._new_left -= 1
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
        for cards in (self._due, self._new):
            if key in cards:
                cards.remove(key)

    def undo(self) -> Answer | None:
        """Take the last answer of this sitting back; its card comes next. None if there is none.

        TermbaseError when it was taken back elsewhere meanwhile.
        """
        if not self.answers:
            return None
        last = self.answers.pop()
        key = last.concept, last.kind
        card = learners.take_back(self.termbase, self.learner, last, self.scheduling.replay)
        self._put_off.discard(key)
        self._take_off(key)
        if card is None:
            del self._cards[key]
            self._new.insert(0, key)
            self._new_left += last.when >= written(self._day_ends - _DAY)
        else:
            self._cards[key] = card
            if card.phase == REVIEW:
                self._due.insert(0, key)
        self._again = key
        return last


def end_of_day(now: datetime) -> datetime:
    """When the learner's day ends: at four in the morning, where he is."""
    morning = now.replace(hour=DAY_BEGINS.hour, minute=0, second=0, microsecond=0)
    return morning if now < morning else morning + _DAY


def _mixed_up(glossary: Mapping[str, Concept]) -> dict[str, list[Concept]]:
    """The concepts that each one is mixed up with."""
    found = partners(confusables(glossary.values()))
    return {id: [glossary[other] for other in others] for id, others in found.items()}


def _homographs(glossary: Iterable[Concept]) -> set[str]:
    """The ids of concepts whose preferred Japanese term is one of another concept too."""
    listed = list(glossary)
    had = Counter(
        text
        for one in listed
        for text in {term.text for term in one.in_language(JAPANESE) if term.usage in USABLE}
    )
    return {one.id for one in listed if (term := one.preferred(JAPANESE)) and had[term.text] > 1}
