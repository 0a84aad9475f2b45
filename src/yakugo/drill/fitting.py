"""FSRS fitted to a learner's own answers, by the optimiser of the package `fsrs`.

It is an extra (`yakugo[fit]`): it needs PyTorch. New parameters are kept only if they foretell
answers better than the old ones which they were not fitted to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import log
from typing import NamedTuple

import fsrs

from yakugo.drill.scheduling import AGAIN, Scheduling, nights, parse
from yakugo.errors import MissingPackageError, TermbaseError
from yakugo.model import Answer, Card
from yakugo.termbase import Termbase, learners
from yakugo.termbase.learners import Key

# Answers to a card on another day than the one before, from which is learnt: with fewer than 512
# the optimiser gives back what it began with; of a card it takes the first 64. One in five, the
# last ones, are held out.
_ENOUGH_TO_LEARN, _OF_A_CARD = 512, 64
ENOUGH = _ENOUGH_TO_LEARN * 5 // 4
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
    places = _on_another_day(answers)
    if len(places) < ENOUGH:
        raise TermbaseError(
            f"{name} has {len(places)} answers to cards on another day than before; "
            f"to fit the scheduler takes {ENOUGH}"
        )
    held_out = places[len(places) * _ENOUGH_TO_LEARN // ENOUGH]
    trial = _optimal(answers[:held_out])
    before = loss(answers, learner.parameters, held_out)
    after = loss(answers, trial, held_out)
    if after < before:
        learners.save(termbase, replace(learner, parameters=tuple(_optimal(answers))))
    return Fitted(len(places), before, after, after < before)


def loss(answers: Sequence[Answer], parameters: Sequence[float], begin: int) -> float:
    """The mean log loss of what is foretold of the answers from `begin` on; 0 of none.

    Foretold are answers on another day: within a day FSRS says that everything is known.
    """
    scheduling = Scheduling(parameters)
    cards: dict[Key, Card] = {}
    losses = []
    for place, one in enumerate(answers):
        key = one.concept, one.kind
        before = cards.get(key)
        moment = parse(one.when)
        if place >= begin and before and nights(moment - parse(before.last_answer)):
            known = min(max(scheduling.recall(before, moment), _LEAST), 1 - _LEAST)
            losses.append(-log(1 - known if one.rating == AGAIN else known))
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
            gap = moment - before
            told = told_before + (timedelta(days=nights(gap)) or gap)
        last[key] = moment, told
        logs.append(fsrs.ReviewLog(number, fsrs.Rating(one.rating), told, one.took))
    return logs


def _on_another_day(answers: Iterable[Answer]) -> list[int]:
    """The places of the answers that are learnt from: on another day than the one before."""
    last: dict[Key, datetime] = {}
    times: Counter[Key] = Counter()
    found = []
    for place, one in enumerate(answers):
        key, moment = (one.concept, one.kind), parse(one.when)
        if key in last and nights(moment - last[key]) and times[key] < _OF_A_CARD:
            found.append(place)
        last[key] = moment
        times[key] += 1
    return found
