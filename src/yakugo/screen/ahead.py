"""What is looked up ahead of the reviewer, by a process of its own.

English for a candidate takes milliseconds, but what makes it takes most of a second, and so does
learning: a thread that did it would hold every key back (one thread at a time runs Python). The
process opens the workspace for itself, on the first question, and answers one after the other.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from types import TracebackType
from typing import Any, NamedTuple, Self

from yakugo.candidates import of
from yakugo.equivalents import Equivalents
from yakugo.learning import Reason
from yakugo.model import Candidate, Offer, Ranked
from yakugo.ranking import Ranking
from yakugo.scale import follow_parent
from yakugo.screen.walk import Order
from yakugo.termbase.duplicates import Near, near
from yakugo.workspace import Workspace

_NICE = 10  # the keys come first where there are few processors

Reopen = Callable[[], Workspace]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a candidate: its English, and the concepts that it may belong to."""

    offers: tuple[Offer, ...] = ()
    near: tuple[Near, ...] = ()


class Learned(NamedTuple):
    """The order and the scores that the decisions lead to, and how many there are."""

    terms: list[str]
    scores: dict[str, float]
    decisions: int


class Explained(NamedTuple):
    """Why a candidate stands where it stands."""

    score: float
    rank: int
    of: int
    reasons: list[Reason]
    decisions: int


class _Reader:
    """The other side: the workspace as this process or thread has opened it."""

    def __init__(self, reopen: Reopen) -> None:
        self._reopen = reopen
        self._opened: Workspace | None = None
        self._equivalents: Equivalents | None = None
        self._lesson = 0
        self._scoring: Ranking | None = None
        self._candidates: dict[str, Candidate] = {}

    @property
    def workspace(self) -> Workspace:
        if self._opened is None:
            self._opened = self._reopen()
        return self._opened

    def equivalents(self, lesson: int) -> Equivalents:
        """What offers English; made anew after each lesson: what was accepted teaches English."""
        if self._equivalents is None or lesson != self._lesson:
            self._equivalents, self._lesson = self.workspace.equivalents(), lesson
        return self._equivalents

    def get_ready(self) -> None:
        self.known([of("準備")], 0)

    def known(self, candidates: Sequence[Candidate], lesson: int) -> dict[str, Known]:
        offers = self.equivalents(lesson).offers(candidates)
        found = {}
        for one in candidates:
            english = offers.get(one.term, ())
            alike = near(self.workspace.termbase, one, english[0].english if english else "")
            found[one.term] = Known(english, tuple(alike))
        return found

    def english(self, terms: Sequence[str], lesson: int) -> dict[str, list[str]]:
        if not self._candidates:
            self._candidates = {one.term: one for one in self._unscored().candidates}
        wanted = [self._candidates[term] for term in terms if term in self._candidates]
        offers = self.equivalents(lesson).offers(wanted)
        return {term: [offer.english for offer in offers.get(term, ())] for term in terms}

    def learned(self, order: Order) -> Learned:
        scoring = self._taught()
        scores = scoring.scores()
        ranked = [Ranked(one, scores[one.term]) for one in scoring.candidates]
        ranked.sort(key=order)
        return Learned([one.candidate.term for one in ranked], scores, scoring.model.decisions)

    def explained(self, term: str) -> Explained:
        scoring = self._taught()
        scores = scoring.scores()
        before = sum(score > scores[term] for score in scores.values())
        reasons = scoring.reasons(term)
        return Explained(scores[term], before + 1, len(scores), reasons, scoring.model.decisions)

    def terms_of(self, document: str) -> frozenset[str]:
        found = self.workspace.termbase.candidates([document], contexts=0)
        return frozenset(one.candidate.term for one in found)

    def _unscored(self) -> Ranking:
        if self._scoring is None:
            self._scoring = self.workspace.scoring()
        return self._scoring

    def _taught(self) -> Ranking:
        scoring = self._unscored()
        scoring.learn(self.workspace.termbase.decisions())
        return scoring

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()


_here = threading.local()


def _begin(reopen: Reopen, own_process: bool) -> None:
    if own_process:
        follow_parent()
        if hasattr(os, "nice"):
            os.nice(_NICE)
    _here.reader = _Reader(reopen)


def _ask(what: str, *given: Any) -> Any:
    return getattr(_here.reader, what)(*given)


class Ahead:
    """Asks the other process; each answer is a future. Use it in a `with` block.

    Without a process of its own (`own_process`) a thread answers: enough for a short list, and
    for tests. A future may raise what the termbase raises, or BrokenExecutor when the process was
    ended from outside; the next question starts another one.
    """

    def __init__(self, reopen: Reopen, own_process: bool = True) -> None:
        self._reopen = reopen
        self._own_process = own_process
        self._executor = self._begin()
        self._submit("get_ready")

    def _begin(self) -> Executor:
        if self._own_process:
            # Spawned, not forked: a copy of a process with threads may hang.
            start = get_context("spawn")
            return ProcessPoolExecutor(1, start, _begin, (self._reopen, True))
        return ThreadPoolExecutor(1, "ahead", _begin, (self._reopen, False))

    def _submit(self, what: str, *given: Any) -> Future[Any]:
        try:
            return self._executor.submit(_ask, what, *given)
        except BrokenExecutor:
            self._executor = self._begin()
            return self._executor.submit(_ask, what, *given)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, when it has answered."""
        with suppress(BrokenExecutor):
            self._executor.submit(_ask, "close")
        self._executor.shutdown()

    def known(self, candidates: Sequence[Candidate], lesson: int) -> Future[dict[str, Known]]:
        """English and near-duplicates by term; a new `lesson` makes anew what offers English."""
        return self._submit("known", list(candidates), lesson)

    def english(self, terms: Sequence[str], lesson: int) -> Future[dict[str, list[str]]]:
        """The offered English of collected terms, best first."""
        return self._submit("english", list(terms), lesson)

    def learned(self, order: Order) -> Future[Learned]:
        """What all decisions by now teach."""
        return self._submit("learned", order)

    def explained(self, term: str) -> Future[Explained]:
        """Why a candidate stands where it stands."""
        return self._submit("explained", term)

    def terms_of(self, document: str) -> Future[frozenset[str]]:
        """The candidates that stand in a document."""
        return self._submit("terms_of", document)
