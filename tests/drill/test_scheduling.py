"""When cards come again: the package's FSRS, made repeatable and kind to those who sleep."""

from datetime import UTC, datetime, timedelta
from random import Random

import fsrs
from hypothesis import given
from hypothesis import strategies as st

from yakugo.drill.scheduling import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    LEARNING,
    NEW,
    RELEARNING,
    REVIEW,
    Scheduling,
    is_due,
    parse,
    written,
)
from yakugo.model import Answer, CardKind

MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
KEY = "extended-deterrence", CardKind.RECOGNITION

histories = st.lists(
    st.tuples(st.integers(1, 4), st.timedeltas(timedelta(seconds=5), timedelta(days=90))),
    min_size=1,
    max_size=12,
)


def answer(rating, moment):
    return Answer(*KEY, rating, written(moment))


def answered(steps):
    moment, found = MORNING, []
    for rating, gap in steps:
        moment += gap
        found.append(answer(rating, moment))
    return found


def test_a_new_card_is_learnt_in_minutes_then_in_days():
    scheduling = Scheduling()
    first = scheduling.next(None, answer(GOOD, MORNING))
    assert first.phase == LEARNING
    assert parse(first.due) - MORNING == timedelta(minutes=10)
    second = scheduling.next(first, answer(GOOD, MORNING + timedelta(minutes=10)))
    assert second.phase == REVIEW
    assert parse(second.due) - MORNING > timedelta(days=1)
    assert second.answers == 2


def test_a_lapse_is_counted_and_learnt_anew():
    scheduling = Scheduling()
    known = scheduling.next(None, answer(EASY, MORNING))
    forgotten = scheduling.next(known, answer(AGAIN, MORNING + timedelta(days=9)))
    assert (forgotten.phase, forgotten.lapses) == (RELEARNING, 1)
    assert forgotten.stability < known.stability


def test_a_night_is_a_day_even_if_it_is_shorter_than_24_hours():
    scheduling = Scheduling()
    known = scheduling.next(None, answer(EASY, MORNING))
    early = scheduling.next(known, answer(GOOD, MORNING + timedelta(hours=23)))
    exact = scheduling.next(known, answer(GOOD, MORNING + timedelta(hours=24)))
    assert early.stability == exact.stability
    same_day = scheduling.next(known, answer(GOOD, MORNING + timedelta(hours=2)))
    assert same_day.stability != exact.stability


def test_the_better_the_rating_the_later_it_comes_again():
    scheduling = Scheduling()
    card = scheduling.next(None, answer(EASY, MORNING))
    later = scheduling.intervals(card, *KEY, MORNING + timedelta(days=8))
    assert later[AGAIN] < later[HARD] < later[GOOD] < later[EASY]


def test_what_is_known_is_forgotten_in_time():
    scheduling = Scheduling()
    card = scheduling.next(None, answer(EASY, MORNING))
    recalls = [scheduling.recall(card, MORNING + timedelta(days=n)) for n in (1, 10, 100)]
    assert recalls == sorted(recalls, reverse=True)
    assert 0 < recalls[-1] < recalls[0] <= 1


def test_a_review_is_due_on_its_day_and_a_learning_step_at_its_minute():
    scheduling = Scheduling()
    evening = MORNING + timedelta(hours=14)
    learning = scheduling.next(None, answer(GOOD, MORNING))
    assert not is_due(learning, MORNING, evening)
    assert is_due(learning, MORNING + timedelta(minutes=10), evening)
    known = scheduling.next(None, answer(EASY, MORNING))
    due = parse(known.due)
    assert is_due(known, due - timedelta(hours=3), due + timedelta(hours=1))
    assert not is_due(known, due - timedelta(days=1), due - timedelta(hours=1))


@given(histories, st.randoms(use_true_random=False))
def test_the_same_answers_lead_to_the_same_cards_in_whatever_order_they_come(steps, chance):
    answers = answered(steps)
    shuffled = answers.copy()
    Random(chance.random()).shuffle(shuffled)
    cards = Scheduling().replay(answers)
    assert Scheduling().replay(shuffled) == cards
    assert cards[KEY].answers == len(answers)


@given(histories, st.randoms(use_true_random=False))
def test_the_history_says_how_each_card_stood_when_it_was_asked(steps, chance):
    scheduling, answers = Scheduling(), answered(steps)
    shuffled = answers.copy()
    Random(chance.random()).shuffle(shuffled)
    card = None
    for expected, asked in zip(answers, scheduling.history(shuffled), strict=True):
        assert (asked.answer, asked.moment) == (expected, parse(expected.when))
        if card is None:
            assert asked.phase == NEW
        else:
            assert (asked.phase, asked.stability) == (card.phase, card.stability)
            assert asked.recall == scheduling.recall(card, asked.moment)
        card = scheduling.next(card, expected)


@given(histories)
def test_whole_days_go_as_the_package_has_them(steps):
    days = [(rating, timedelta(days=max(gap.days, 1))) for rating, gap in steps]
    package, card = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=1)
    for one in answered(days):
        card, _ = package.review_card(card, fsrs.Rating(one.rating), parse(one.when))
    ours = Scheduling().replay(answered(days))[KEY]
    assert (ours.phase, ours.step) == (card.state, card.step)
    assert (ours.stability, ours.difficulty) == (card.stability, card.difficulty)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_moments_are_kept_to_the_millisecond(moment):
    assert abs(parse(written(moment)) - moment) < timedelta(milliseconds=1)
    assert written(parse(written(moment))) == written(moment)
