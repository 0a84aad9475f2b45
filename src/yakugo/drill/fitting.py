"""FSRS fitted to a learner's own answers, by the optimiser of the package `fsrs`.

It is an extra (`yakugo[fit]`): it needs PyTorch. New parameters are kept only if they foretell
answers better than the old ones which they were not fitted to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import log
from typing import NamedTuple

import fsrs

from yakugo.drill.scheduling import REVIEW, Scheduling, nights, parse
from yakugo.errors import MissingPackageError, TermbaseError
from yakugo.model import Answer, Card
from yakugo.termbase import Termbase, learners
from yakugo.termbase.learners import Key

ENOUGH = 512  # answers on another day than the one before: what the optimiser wants
_HELD_OUT = 0.2  # of the answers, the last ones
_LEAST = 1e-6  # a probability, so that its logarithm is finite


class Fitted(NamedTuple):
    """What came of it: answers on another day, and the log loss of those held out.

    `before` is that of the parameters that the learner had, `after` of new ones; `kept` says that
    the new ones are better, and the learner's now.
    """

    answers: int
    before: float
    after: float
    kept: bool


def fit(termbase: Termbase, name: str) -> Fitted:
    """Fit the parameters to the answers of a learner.

    TermbaseError when there are too few, MissingPackageError without the optimiser.
    """
    learner = learners.learner(termbase, name)
    answers = learners.answers(termbase, name)
    days = _on_another_day(answers)
    if days < ENOUGH:
        raise TermbaseError(
            f"{name} has {days} answers to cards on another day than before; "
            f"to fit the scheduler takes {ENOUGH}"
        )
    first = answers[: round(len(answers) * (1 - _HELD_OUT))]
    trial = _optimal(first)
    before = loss(answers, learner.parameters, len(first))
    after = loss(answers, trial, len(first))
    if after < before:
        learners.save(termbase, replace(learner, parameters=tuple(_optimal(answers))))
    return Fitted(days, before, after, after < before)


def loss(answers: Sequence[Answer], parameters: Sequence[float], begin: int) -> float:
    """The mean log loss of what is foretold of the answers from `begin` on; 0 of none.

    Foretold are answers to cards that were learnt, on another day.
    """
    scheduling = Scheduling(parameters)
    cards: dict[Key, Card] = {}
    losses = []
    for place, one in enumerate(answers):
        key = one.concept, one.kind
        before = cards.get(key)
        if place >= begin and before is not None and before.phase == REVIEW:
            moment = parse(one.when)
            if nights(moment - parse(before.last_answer)):
                known = min(max(scheduling.recall(before, moment), _LEAST), 1 - _LEAST)
                losses.append(-log(known if one.rating > 1 else 1 - known))
        cards[key] = scheduling.next(before, one)
    return sum(losses) / len(losses) if losses else 0.0


def _optimal(answers: Iterable[Answer]) -> list[float]:
    try:
        optimizer = fsrs.Optimizer(_logs(answers))
    except ImportError as error:
        raise MissingPackageError(
            "fitting the scheduler needs PyTorch: pip install 'yakugo[fit]'"
        ) from error
    return [float(value) for value in optimizer.compute_optimal_parameters()]


def _logs(answers: Iterable[Answer]) -> list[fsrs.ReviewLog]:
    """The answers as the package takes them; what lies a night apart is a day apart."""
    numbers: dict[Key, int] = {}
    last: dict[Key, tuple[datetime, datetime]] = {}  # the true moment, and the one that is given
    logs = []
    for one in answers:
        key = one.concept, one.kind
        number = numbers.setdefault(key, len(numbers))
        moment = told = parse(one.when)
        if key in last:
            before, told_before = last[key]
            told = told_before + _gap(moment - before)
        last[key] = moment, told
        logs.append(fsrs.ReviewLog(number, fsrs.Rating(one.rating), told, one.took))
    return logs


def _gap(gap: timedelta) -> timedelta:
    days = nights(gap)
    return timedelta(days=days) if days else min(gap, timedelta(hours=23))


def _on_another_day(answers: Iterable[Answer]) -> int:
    last: dict[Key, datetime] = {}
    found = 0
    for one in answers:
        key, moment = (one.concept, one.kind), parse(one.when)
        found += key in last and nights(moment - last[key]) > 0
        last[key] = moment
    return found
