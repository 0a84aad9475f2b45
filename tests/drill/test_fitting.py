"""The scheduler fitted to a learner: only when there is enough, only when it is better."""

import importlib.util
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from yakugo.drill import fitting
from yakugo.drill.fitting import ENOUGH, fit, loss
from yakugo.drill.scheduling import AGAIN, GOOD, Scheduling, is_due, nights, parse, written
from yakugo.errors import MissingPackageError, TermbaseError
from yakugo.model import Answer, CardKind
from yakugo.termbase import Termbase, learners

BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
# Of somebody to whom repeating does less: memories grow by about half of what is usual.
FORGETFUL = tuple(value - 0.8 * (i == 8) for i, value in enumerate(DEFAULT_PARAMETERS))


@cache
def history(cards, days, truth=FORGETFUL):
    """What such a learner answers when the usual schedule asks."""
    chance = random.Random(7)
    memory, schedule = Scheduling(truth), Scheduling()
    real, planned, found = {}, {}, []
    for day in range(days):
        for number in range(min(cards, (day + 1) * 10)):
            key = f"concept-{number}", CardKind.RECOGNITION
            moment = BEGIN + timedelta(days=day, seconds=8 * number)
            while (card := planned.get(key)) is None or is_due(card, moment, moment):
                known = key not in real or chance.random() < memory.recall(real[key], moment)
                one = Answer(*key, GOOD if known else AGAIN, written(moment), 5000)
                found.append(one)
                real[key] = memory.next(real.get(key), one)
                planned[key] = schedule.next(planned.get(key), one)
                moment += timedelta(minutes=11)
    return sorted(found, key=lambda one: one.when)


@pytest.fixture
def termbase(tmp_path):
    with Termbase(tmp_path / "termbase.sqlite") as opened:
        yield opened


def test_too_few_answers_are_said_to_be_so(termbase):
    learners.add(termbase, "aiko", history(10, 5))
    with pytest.raises(TermbaseError, match=rf"aiko has \d+ answers .* takes {ENOUGH}"):
        fit(termbase, "aiko")


@pytest.mark.parametrize("there", [ENOUGH - 1, ENOUGH])
def test_there_is_enough_when_the_optimiser_has_enough_without_what_is_held_out(
    termbase, monkeypatch, there
):
    """With fewer than 512 it gives back the parameters of the package, and that is no fit."""
    answers = history(250, 120)
    answers = answers[: fitting._on_another_day(answers)[there - 1] + 1]
    learners.add(termbase, "aiko", answers)
    given = []
    monkeypatch.setattr(fitting, "_optimal", lambda some: given.append(list(some)) or FORGETFUL)
    if there < ENOUGH:
        with pytest.raises(TermbaseError, match=f"aiko has {there} answers"):
            fit(termbase, "aiko")
        return
    fit(termbase, "aiko")
    assert len(fitting._on_another_day(given[0])) == 512
    assert [one.when for one in given[0]] == [one.when for one in answers[: len(given[0])]]


def test_what_foretells_worse_is_not_kept(termbase, monkeypatch):
    learners.add(termbase, "aiko", history(250, 120))
    learners.save(termbase, replace(learners.learner(termbase, "aiko"), parameters=FORGETFUL))
    monkeypatch.setattr(fitting, "_optimal", lambda answers: list(DEFAULT_PARAMETERS))
    found = fit(termbase, "aiko")
    assert not found.kept
    assert found.after > found.before
    assert learners.learner(termbase, "aiko").parameters == FORGETFUL


def test_the_cards_are_made_anew_of_parameters_that_are_kept(termbase, monkeypatch):
    answers = history(250, 120)
    learners.add(termbase, "aiko", answers)
    before = learners.cards(termbase, "aiko", Scheduling().replay)
    monkeypatch.setattr(fitting, "_optimal", lambda answers: FORGETFUL)
    assert fit(termbase, "aiko").kept
    scheduling = Scheduling(learners.learner(termbase, "aiko").parameters)
    after = learners.cards(termbase, "aiko", scheduling.replay)
    assert after == scheduling.replay(answers) != before


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.timedeltas(timedelta(), timedelta(days=40))), max_size=30
    )
)
def test_the_package_is_told_of_as_many_days_as_there_were_nights(steps):
    moment, answers = BEGIN, []
    for number, gap in steps:
        moment += gap
        answers.append(Answer(f"concept-{number}", CardKind.CLOZE, GOOD, written(moment)))
    told = fitting._logs(answers)
    assert len(told) == len(answers)
    for number in {log.card_id for log in told}:
        real = [
            parse(a.when) for a, log in zip(answers, told, strict=True) if log.card_id == number
        ]
        days = [log.review_datetime for log in told if log.card_id == number]
        assert [(b - a).days for a, b in pairwise(days)] == [
            nights(b - a) for a, b in pairwise(real)
        ]


def test_what_foretells_better_has_the_smaller_loss():
    answers = history(60, 60)
    assert loss(answers, FORGETFUL, 0) < loss(answers, DEFAULT_PARAMETERS, 0)
    assert loss(answers, (), 0) == loss(answers, DEFAULT_PARAMETERS, 0)
    assert loss(answers, (), len(answers)) == 0


@pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="yakugo[fit] (PyTorch) is not installed"
)
def test_parameters_that_are_better_are_kept(termbase):
    answers = history(250, 120)
    learners.add(termbase, "aiko", answers)
    found = fit(termbase, "aiko")
    assert found.answers >= ENOUGH
    assert found.kept
    fitted = learners.learner(termbase, "aiko").parameters
    assert len(fitted) == len(DEFAULT_PARAMETERS)
    assert loss(answers, fitted, 0) < loss(answers, (), 0)
    assert fitted[8] < DEFAULT_PARAMETERS[8]
    Scheduling(fitted).replay(answers)


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="PyTorch is installed")
def test_without_the_optimiser_it_says_how_to_get_it(termbase):
    learners.add(termbase, "aiko", history(250, 120))
    with pytest.raises(MissingPackageError, match=r"pip install 'yakugo\[fit\]'"):
        fit(termbase, "aiko")
