"""What a learner's answers and cards say, as numbers."""

import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from yakugo.drill.progress import (
    Phases,
    Share,
    Streak,
    calibration,
    day_of,
    measure,
    month_of,
    retention,
    retention_by,
    streak,
    week_of,
)
from yakugo.drill.scheduling import AGAIN, EASY, GOOD, HARD, Scheduling, written
from yakugo.model import Answer, CardKind

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from learners import Learner, Memory, deck

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=TOKYO)
TODAY = date(2026, 11, 25)
RECOGNITION, PRODUCTION = CardKind.RECOGNITION, CardKind.PRODUCTION


def answer(days_ago, rating, concept="silo", kind=RECOGNITION, hours=0.0, took=6000):
    moment = NOW - timedelta(days=days_ago) + timedelta(hours=hours)
    return Answer(concept, kind, rating, written(moment), took)


def measured(*answers, now=NOW, zone=TOKYO):
    scheduling = Scheduling()
    return measure(answers, scheduling.replay(answers), scheduling, now, zone)


def test_who_has_not_begun_has_nothing():
    found = measured()
    assert (found.days, found.reviews, found.hardest, found.intervals) == ((), (), (), ())
    assert (found.answers, found.known, found.streak) == (0, 0, Streak(0, 0))
    assert found.phases == Phases()
    assert found.forecast.days == (0,) * 30
    assert retention(found.reviews).value is None


def test_one_answer_is_work_and_no_review():
    found = measured(answer(0, GOOD))
    assert [(day.date, day.ratings, day.new) for day in found.days] == [(TODAY, (0, 0, 1, 0), 1)]
    assert found.reviews == ()
    assert found.phases == Phases(learning=1)
    assert found.forecast.days[0] == 1


def test_days_begin_at_four_where_the_learner_is():
    assert day_of(datetime(2026, 11, 25, 3, 59, tzinfo=TOKYO), TOKYO) == date(2026, 11, 24)
    assert day_of(datetime(2026, 11, 25, 4, 0, tzinfo=TOKYO), TOKYO) == TODAY
    assert day_of(datetime(2026, 11, 24, 19, 0, tzinfo=UTC), TOKYO) == TODAY
    assert day_of(datetime(2026, 11, 24, 18, 59, tzinfo=UTC), TOKYO) == date(2026, 11, 24)


def test_summer_time_of_then_counts_not_that_of_now():
    berlin = ZoneInfo("Europe/Berlin")
    assert day_of(datetime(2026, 7, 1, 2, 0, tzinfo=UTC), berlin) == date(2026, 7, 1)
    assert day_of(datetime(2026, 12, 1, 2, 59, tzinfo=UTC), berlin) == date(2026, 11, 30)


def test_minutes_are_those_of_the_answers_but_not_of_who_left_the_table():
    found = measured(answer(1, AGAIN), answer(1, GOOD, hours=1), answer(0, GOOD, took=10**8))
    assert [day.minutes for day in found.days] == pytest.approx([0.2, 1.0])
    assert [day.ratings for day in found.days] == [(1, 0, 1, 0), (0, 0, 1, 0)]


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ((0,), Streak(1, 1)),
        ((2, 1), Streak(2, 2)),  # today is not over yet
        ((2, 1, 0), Streak(3, 3)),
        ((9, 8, 7, 2), Streak(0, 3)),
        ((3, 2, 0), Streak(1, 2)),
        ((1, 0, -1), Streak(2, 2)),  # a clock that was ahead
    ],
)
def test_days_in_a_row(days_ago, expected):
    assert streak([TODAY - timedelta(days=n) for n in days_ago], TODAY) == expected


def test_a_review_is_the_first_answer_of_a_day_to_what_was_learnt():
    found = measured(
        answer(30, GOOD),
        answer(30, AGAIN, hours=0.1),  # still a learning step
        answer(30, EASY, hours=0.2),
        answer(20, AGAIN),  # a review
        answer(20, GOOD, hours=0.2),  # told a moment ago
        answer(10, HARD),  # a review: hard, but known
        answer(10, AGAIN, hours=1),  # the same day
    )
    assert [(one.day.day, one.right) for one in found.reviews] == [(5, False), (15, True)]
    assert retention(found.reviews) == Share(1, 2)


def test_answers_given_in_anki_and_here_are_one_history():
    here = [answer(30, EASY), answer(2, GOOD)]
    there = [replace(one, origin="anki") for one in here]
    assert measured(there[0], here[1]) == measured(*here)


def test_retention_by_kind_week_and_month_and_of_what_is_mature():
    found = measured(
        answer(100, EASY), answer(90, EASY), answer(40, GOOD),
        answer(60, EASY, kind=PRODUCTION), answer(40, AGAIN, kind=PRODUCTION),
    )  # fmt: skip
    assert retention_by(found.reviews, lambda one: one.kind) == {
        RECOGNITION: Share(2, 2),
        PRODUCTION: Share(0, 1),
    }
    assert retention_by(found.reviews, lambda one: month_of(one.day)) == {
        date(2026, 8, 1): Share(1, 1),
        date(2026, 10, 1): Share(1, 2),
    }
    assert set(retention_by(found.reviews, lambda one: week_of(one.day))) == {
        date(2026, 8, 24),
        date(2026, 10, 12),
    }
    assert [one.mature for one in found.reviews if one.kind is RECOGNITION] == [False, True]


def test_what_fsrs_expected_stands_beside_what_was_so():
    found = measured(
        *(answer(30, EASY, f"c{n}") for n in range(4)),
        answer(22, GOOD, "c0"), answer(22, GOOD, "c1"), answer(22, AGAIN, "c2"),
        answer(1, GOOD, "c3"),
    )  # fmt: skip
    low, high = calibration(found.reviews)
    assert low.observed == Share(1, 1)
    assert high.observed == Share(2, 3)
    assert low.expected < high.expected == pytest.approx(0.9, abs=0.01)


def test_what_is_overdue_is_due_today_and_what_is_far_off_comes_later():
    found = measured(
        answer(200, EASY, "overdue"),
        answer(0, GOOD, "by the minute"),
        answer(0, EASY, "soon"),
        *(answer(n, EASY, "far") for n in (300, 250, 100, 1)),
    )
    assert found.forecast.overdue == 1
    assert found.forecast.days[0] == 2
    assert found.forecast.later == 1
    assert sum(found.forecast.days) + found.forecast.later == 4


def test_the_hardest_were_learnt_and_lost_most_often():
    found = measured(
        answer(60, EASY, "lost"), answer(40, AGAIN, "lost"), answer(39, EASY, "lost"),
        answer(20, AGAIN, "lost"),
        answer(60, EASY, "known"), answer(20, GOOD, "known"),
        answer(60, AGAIN, "missed once"), answer(60, EASY, "missed once", hours=1),
    )  # fmt: skip
    assert [(one.card.concept, one.card.lapses, one.again) for one in found.hardest] == [
        ("lost", 2, 2),
        ("missed once", 0, 1),
    ]


def test_only_cards_that_are_given_count_but_all_work_does():
    answers = [answer(60, EASY), answer(40, AGAIN), answer(60, EASY, "gone")]
    scheduling = Scheduling()
    cards = {key: card for key, card in scheduling.replay(answers).items() if key[0] != "gone"}
    found = measure(answers, cards, scheduling, NOW, TOKYO)
    assert (found.answers, found.phases.cards) == (3, 1)


def test_a_band_narrows_as_reviews_come():
    assert Share(9, 10).band == pytest.approx((0.596, 0.982), abs=0.001)  # Wilson's, by hand
    few, many = Share(9, 10).band, Share(900, 1000).band
    assert few[0] < many[0] < 0.9 < many[1] < few[1]
    assert Share(0, 0).band == (0, 1)


@given(st.integers(1, 10**6), st.data())
def test_a_band_holds_its_share(of, data):
    share = Share(data.draw(st.integers(0, of)), of)
    low, high = share.band
    assert 0 <= low <= share.value + 1e-9
    assert share.value - 1e-9 <= high <= 1


some_answers = st.lists(
    st.builds(
        answer,
        st.integers(-2, 400),  # some are after now: a clock was ahead
        st.integers(1, 4),
        st.sampled_from(["silo", "shield", "screen"]),
        st.sampled_from([RECOGNITION, CardKind.CLOZE]),
        st.floats(-8, 8),
        st.integers(0, 10**6),
    ),
    max_size=30,
    unique_by=lambda one: (one.concept, one.kind, one.when),
)


@given(some_answers, st.randoms(use_true_random=False))
def test_numbers_add_up_whatever_the_order(listed, chance):
    found = measured(*listed)
    cards = len({(one.concept, one.kind) for one in listed})
    assert found.answers == len(listed)
    assert sum(day.new for day in found.days) == found.phases.cards == cards
    assert sum(found.forecast.days) + found.forecast.later == cards
    assert found.forecast.overdue <= found.forecast.days[0]
    assert len(found.intervals) == found.phases.young + found.phases.mature
    assert 0 <= found.known <= cards
    assert all(0 <= one.recall <= 1 for one in found.reviews)
    assert len({(one.day, one.key) for one in found.reviews}) == len(found.reviews)
    whole = retention(found.reviews)
    for group in (lambda one: one.kind, lambda one: week_of(one.day), lambda one: one.mature):
        parts = retention_by(found.reviews, group).values()
        assert sum(part.of for part in parts) == whole.of
        assert sum(part.right for part in parts) == whole.right
    assert sum(one.observed.of for one in calibration(found.reviews)) == whole.of
    shuffled = listed.copy()
    Random(chance.random()).shuffle(shuffled)
    assert measured(*shuffled) == found


@given(some_answers, st.integers(-11, 13))
def test_another_zone_moves_days_and_loses_nothing(listed, hours):
    found = measured(*listed, zone=timezone(timedelta(hours=hours)))
    assert found.answers == len(listed)
    assert [day.date for day in found.days] == sorted({day.date for day in found.days})


def test_a_learner_who_forgets_as_fsrs_says_remembers_what_was_wanted():
    """30 cards over 60 days; 600 concepts over 180 days: benchmarks/learners.py."""
    right = of = 0
    for seed in range(12):
        memory = Memory(DEFAULT_PARAMETERS, Random(seed))
        learner = Learner(memory, Scheduling(), deck(15), 5)
        found = learner.drill(60)
        share = retention(found.reviews)
        right, of = right + share.right, of + share.of
        assert found.phases.cards == 30
        assert found.answers == len(learner.answers)
    assert of > 1000
    assert right / of == pytest.approx(0.9, abs=0.03)


def test_a_history_of_years_takes_seconds():
    chance = Random(1)
    answers = []
    for n in range(2000):
        moment = NOW - timedelta(days=700) + timedelta(minutes=n)
        for _ in range(10):
            answers.append(
                Answer(f"c{n}", RECOGNITION, chance.choice((1, 3, 3, 4)), written(moment))
            )
            moment += timedelta(days=chance.choice((0, 1, 5, 20)), minutes=7)
    scheduling = Scheduling()
    cards = {("c0", RECOGNITION): scheduling.next(None, answers[0])}
    start = time.process_time()
    assert measure(answers, cards, scheduling, NOW, TOKYO).answers == 20_000
    assert time.process_time() - start < 2.0  # 0.3 s on a machine with nothing else to do
