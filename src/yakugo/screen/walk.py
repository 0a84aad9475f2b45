"""A walk through the candidates that wait: where the reviewer stands, what was decided."""

from __future__ import annotations

import statistics
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from yakugo.errors import ConflictError
from yakugo.kana import hiragana
from yakugo.model import Concept, Decision, Ranked, Review
from yakugo.termbase import Termbase
from yakugo.termbase import review as decisions

Order = Callable[[Ranked], tuple[float, str]]

_RECENT = 20  # decisions that the pace is measured by
_SOME = 5  # … and without which there is none
_MADE_HERE = (Decision.ACCEPTED, Decision.REJECTED, Decision.DEFERRED)


def best_first(one: Ranked) -> tuple[float, str]:
    """The order of the lists: what is likely to be taken before what is not."""
    return -one.score, one.candidate.term


def least_certain_first(one: Ranked) -> tuple[float, str]:
    """The order that teaches most: what is as likely to be taken as not.

    Lewis and Gale, "A sequential algorithm for training text classifiers", SIGIR 1994.
    """
    return abs(one.score - 0.5), one.candidate.term


class Walk:
    """Candidates in the order in which they are shown, and the place in it.

    `shown` are all of them, or those of the chosen `document`; what was decided
    is stepped over. `made` counts the decisions of this walk that hold, `today` all of the
    reviewer's since midnight.
    """

    def __init__(
        self, termbase: Termbase, who: str, queue: Sequence[Ranked], order: Order = best_first
    ) -> None:
        self.termbase = termbase
        self.who = who
        self.order = order
        self.queue = list(queue)
        self.shown = self.queue
        self.document = ""
        self.position = 0
        self.decided: dict[str, Decision] = {}
        self.scores: Mapping[str, float] = {}
        self.made = 0
        self.today = _made_today(termbase, who)
        self._only: Collection[str] | None = None
        self._times: list[float] = []
        self._revisions: dict[str, int] = {}  # of those that were decided about since the list
        self._by_term = {one.candidate.term: one for one in self.queue}
        self._texts = {term: _text(one) for term, one in self._by_term.items()}
        self._places: dict[str, int] = {}
        self._left = 0
        self._index()
        self._resume()

    def _index(self) -> None:
        """Note where each candidate stands, so that no key has to look through a long list."""
        self._places = {one.candidate.term: i for i, one in enumerate(self.shown)}
        self._left = sum(term not in self.decided for term in self._places)

    # --- the place

    @property
    def current(self) -> Ranked | None:
        """The candidate that is shown; None when all are decided."""
        if self.position >= len(self.shown):
            return None
        one = self.shown[self.position]
        return None if one.candidate.term in self.decided else one

    def score(self, one: Ranked) -> float:
        """What it scores by what was learned by now."""
        return self.scores.get(one.candidate.term, one.score)

    def left(self) -> int:
        """How many of those shown wait for a decision."""
        return self._left

    def coming(self, most: int) -> list[Ranked]:
        """The current candidate and those that follow it."""
        found: list[Ranked] = []
        for i in range(self.position, len(self.shown)):
            if self.shown[i].candidate.term not in self.decided:
                found.append(self.shown[i])
                if len(found) == most:
                    break
        return found

    def move(self, step: int) -> bool:
        """Go to the next that waits (`step` 1) or the one before (-1); False when there is none."""
        return self._settle(self.position + step, step)

    def go(self, number: int) -> bool:
        """Go to a number of the list, from 1, or to the next one there that waits."""
        place = min(max(number, 1), len(self.shown)) - 1
        return self._settle(place, 1) or self._settle(place, -1)

    def find(self, term: str) -> bool:
        """Go to a term; False when it is not shown or was decided."""
        place = self._places.get(term)
        if place is None or term in self.decided:
            return False
        self.position = place
        return True

    def _settle(self, place: int, step: int) -> bool:
        while 0 <= place < len(self.shown):
            if self.shown[place].candidate.term not in self.decided:
                self.position = place
                return True
            place += step
        return False

    def remember(self) -> None:
        """Keep the place for the next time."""
        if self.current is not None and not self.termbase.read_only:
            self.termbase.remember(self._key(), self.current.candidate.term)

    def _resume(self) -> None:
        self.find(self.termbase.remembered(self._key()))

    def _key(self) -> str:
        return f"review position of {self.who}"

    # --- decisions, each stored at once; TermbaseError leaves the place as it is, and so does
    # ConflictError, when somebody else has decided since: whoever has read that may decide again

    def accept(self, english: str, into: str = "", comment: str = "") -> Concept:
        """Accept the current candidate; `into` names the concept that takes it up."""
        with self._seen() as seen:
            concept = decisions.accept(
                self.termbase,
                self._term(),
                english,
                self.who,
                into=into,
                comment=comment,
                seen_revision=seen,
            )
        self._done(Decision.ACCEPTED)
        return concept

    def reject(self, comment: str = "") -> None:
        """Reject the current candidate."""
        with self._seen() as seen:
            decisions.reject(
                self.termbase, self._term(), self.who, comment=comment, seen_revision=seen
            )
        self._done(Decision.REJECTED)

    def defer(self, comment: str = "") -> None:
        """Put the current candidate off."""
        with self._seen() as seen:
            decisions.defer(
                self.termbase, self._term(), self.who, comment=comment, seen_revision=seen
            )
        self._done(Decision.DEFERRED)

    @contextmanager
    def _seen(self) -> Iterator[int]:
        """The revision of the current candidate that the reviewer has seen, or was told of."""
        assert self.current is not None
        term = self._term()
        try:
            yield self._revisions.get(term, self.current.revision)
        except ConflictError:
            self._revisions[term] = self.termbase.times_decided(term)
            raise

    def undo(self) -> Review:
        """Take the reviewer's last decision back; its candidate is shown again, at its place."""
        undone = decisions.undo(self.termbase, self.who)
        self._revisions[undone.term] = self.termbase.times_decided(undone.term)
        if self.decided.pop(undone.term, None) is not None:
            self.made -= 1
            self._left += undone.term in self._places
            self._times.pop()
        elif undone.term:
            self._bring(undone.term)
        self.today -= self.today > 0 and undone.decision in _MADE_HERE and _is_today(undone.when)
        if not self.find(undone.term):
            self.limit("", None)
            self.find(undone.term)
        return undone

    def counts(self) -> Counter[Decision]:
        """What was decided in this walk, as it holds now."""
        return Counter(self.decided.values())

    def pace(self) -> int:
        """Decisions an hour, by the median time that the last ones took; 0 after too few."""
        gaps = [b - a for a, b in zip(self._times, self._times[1:], strict=False)]
        if len(gaps) < _SOME:
            return 0
        return round(3600 / max(statistics.median(gaps[-_RECENT:]), 1))

    def _term(self) -> str:
        assert self.current is not None
        return self.current.candidate.term

    def _done(self, decision: Decision) -> None:
        self.decided[self._term()] = decision
        self.made += 1
        self._left -= 1
        self.today += 1
        self._times.append(time.monotonic())
        if not self.move(1):
            self.go(1)  # what was passed over waits at the front

    def _bring(self, term: str) -> None:
        """Show a candidate that was decided before this walk began."""
        found = self.termbase.candidate(term)
        if found is not None and term not in self._by_term:
            self.queue.insert(self._place_in_queue(), found)
            self._by_term[term] = found
            self._texts[term] = _text(found)
            self.limit(self.document, self._only)

    def _place_in_queue(self) -> int:
        current = self.current
        places = (i for i, one in enumerate(self.queue) if one is current)  # == compares all of it
        return next(places, len(self.queue))

    # --- what is shown, and in which order

    def limit(self, document: str, terms: Collection[str] | None) -> None:
        """Show only the candidates of a document, whose terms are given; None for all.

        The current one stays if it is among them.
        """
        current = self.current.candidate.term if self.current else ""
        self.document, self._only = document, terms
        self.shown = (
            self.queue
            if terms is None
            else [
                one
                for one in self.queue
                if one.candidate.term in terms or any(v in terms for v in one.candidate.variants)
            ]
        )
        self._index()
        if not self.find(current):
            self.go(1)

    def reorder(self, terms: Sequence[str], scores: Mapping[str, float]) -> None:
        """Put what follows the current candidate in the order of `terms`, with new scores.

        Keys wait for this: it goes through the list as seldom as it can.
        """
        self.scores = scores
        first = self.queue[: self._place_in_queue() + 1]
        stay = {one.candidate.term for one in first}
        known = self._by_term
        ordered = [known[term] for term in terms if term in known and term not in stay]
        if len(first) + len(ordered) < len(self.queue):  # `terms` are older than some of them
            stay.update(terms)
            ordered += [one for one in self.queue if one.candidate.term not in stay]
        self.queue = [*first, *ordered]
        self.limit(self.document, self._only)

    # --- search

    def add_english(self, term: str, offered: Iterable[str]) -> None:
        """Have a search find a candidate by the English that is offered for it."""
        self._texts[term] += folded("\n".join(offered) + "\n")

    def search(self, query: str, most: int) -> list[Ranked]:
        """Those waiting whose term, reading or English holds the query.

        First what is the same, then what begins so; else in the order of the list.
        """
        wanted = folded(query).strip()
        if not wanted:
            return []
        begins, is_it = f"\n{wanted}", f"\n{wanted}\n"
        texts, decided = self._texts, self.decided
        found: tuple[list[Ranked], ...] = ([], [], [])
        for one in self.shown:
            term = one.candidate.term
            text = texts[term]
            if wanted not in text:
                continue
            place = 2 if begins not in text else 0 if is_it in text else 1
            if len(found[place]) < most and term not in decided:
                found[place].append(one)
        return [one for some in found for one in some][:most]


def folded(text: str) -> str:
    """Text as it is compared in the search: in one width, one case, one kind of kana."""
    return hiragana(unicodedata.normalize("NFKC", text)).casefold()


def _text(one: Ranked) -> str:
    """What a search looks in, each word on a line of its own."""
    candidate = one.candidate
    said = (candidate.term, candidate.reading, *candidate.variants)
    return folded("\n" + "\n".join(said) + "\n")


def _made_today(termbase: Termbase, who: str) -> int:
    """The decisions of a reviewer since midnight, here, that hold."""
    entries = [one for one in termbase.reviews() if one.who == who]
    undone = {one.undoes for one in entries}
    return sum(
        one.decision in _MADE_HERE and one.batch not in undone and bool(one.term)
        for one in entries
        if _is_today(one.when)
    )


def _is_today(when: str) -> bool:
    return datetime.fromisoformat(when).astimezone().date() == datetime.now().astimezone().date()
