"""A sitting: what comes next, and that every answer is kept once."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yakugo.drill.scheduling import AGAIN, EASY, GOOD, REVIEW
from yakugo.drill.session import Session, Wishes, end_of_day
from yakugo.model import ENGLISH, CardKind, Concept, Context, Term
from yakugo.termbase import Termbase, learners, review

MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
WORDS = (
    ("deterrence", "抑止", "よくし"),
    ("restraint", "抑制", "よくせい"),
    ("verification", "検証", "けんしょう"),
    ("inspection", "査察", "ささつ"),
    ("safeguards", "保障措置", "ほしょうそち"),
    ("decoupling", "切り離し", "きりはなし"),
)
CONCEPTS = [
    Concept(id, (Term(japanese, reading=reading), Term(id, ENGLISH)))
    for id, japanese, reading in WORDS
]
SENTENCES = {"deterrence": [Context.locating("抑止", "核による抑止は揺らいでいる。", "essay")]}
BOTH = {CardKind.RECOGNITION, CardKind.PRODUCTION}


class Clock:
    def __init__(self, moment=MORNING):
        self.moment = moment

    def __call__(self):
        self.moment += timedelta(seconds=7)
        return self.moment


@pytest.fixture
def termbase(tmp_path):
    with Termbase(tmp_path / "termbase.sqlite") as opened:
        opened.load(CONCEPTS)
        yield opened


def sit(termbase, clock, **wishes):
    wishes.setdefault("kinds", BOTH)
    return Session(termbase, "aiko", CONCEPTS, SENTENCES, Wishes(**wishes), clock)


def go_through(session, rating=GOOD, most=200):
    asked = []
    while (one := session.next()) is not None and len(asked) < most:
        asked.append((one.concept.id, one.kind))
        session.answer(one, rating)
    return asked


def test_new_cards_come_in_the_order_given_and_no_more_than_a_day_may_have(termbase):
    clock = Clock()
    session = sit(termbase, clock, new=3)
    asked = go_through(session, EASY)
    assert [concept for concept, _ in asked] == ["deterrence", "restraint", "verification"]
    assert sit(termbase, clock, new=3).next() is None
    clock.moment += timedelta(hours=19)  # the next day has begun at four
    assert sit(termbase, clock, new=3).next().concept.id == "deterrence"  # now in production


def test_the_second_card_of_a_concept_waits_for_another_day(termbase):
    asked = go_through(sit(termbase, Clock(), new=12), EASY)
    assert asked == [(one.id, CardKind.RECOGNITION) for one in CONCEPTS]


def test_what_was_failed_comes_again_in_the_same_sitting(termbase):
    session = sit(termbase, Clock(), new=2)
    first = session.next()
    session.answer(first, AGAIN)
    session.answer(session.next(), EASY)
    again = session.next()
    assert (again.concept, again.kind) == (first.concept, first.kind)
    assert session.left().learning == 1


def test_what_is_due_comes_before_what_is_new_the_nearest_to_be_forgotten_first(termbase):
    clock = Clock()
    go_through(sit(termbase, clock, new=2), EASY)
    clock.moment += timedelta(days=30)
    session = sit(termbase, clock)
    assert session.left().due == 2
    assert {session.next().concept.id} <= {"deterrence", "restraint"}


def test_two_cards_of_a_concept_do_not_follow_each_other(termbase):
    clock = Clock()
    for _ in range(3):
        go_through(sit(termbase, clock, new=6), EASY)
        clock.moment += timedelta(days=1)
    clock.moment += timedelta(days=60)
    asked = [concept for concept, _ in go_through(sit(termbase, clock, new=0), GOOD)]
    assert len(asked) == 12
    assert all(one != other for one, other in pairwise(asked))


def test_only_the_kinds_that_are_wanted(termbase):
    clock = Clock()
    session = sit(termbase, clock, kinds={CardKind.CLOZE})
    assert [kind for _, kind in go_through(session, EASY)] == [CardKind.CLOZE]
    clock.moment += timedelta(days=1)
    session = sit(termbase, clock, kinds={CardKind.CONFUSABLE})
    asked = {concept for concept, _ in go_through(session, EASY)}
    assert asked == {"deterrence", "restraint"}


def test_a_limit_ends_the_sitting(termbase):
    assert len(go_through(sit(termbase, Clock(), limit=4))) == 4


def test_an_answer_taken_back_is_asked_again_at_once(termbase):
    session = sit(termbase, Clock())
    first = session.next()
    session.answer(first, EASY)
    assert session.next().concept != first.concept
    assert session.undo().rating == EASY
    assert session.next() == first
    assert learners.answers(termbase, "aiko") == []
    assert session.undo() is None


def test_a_card_put_off_does_not_come_again_in_this_sitting(termbase):
    session = sit(termbase, Clock())
    first = session.next()
    session.put_off(first)
    assert (first.concept.id, first.kind) not in go_through(session, EASY)


def test_a_clock_that_is_put_back_loses_no_answer(termbase):
    clock = Clock()
    session = sit(termbase, clock)
    session.answer(session.next(), EASY)
    clock.moment -= timedelta(hours=1)
    session.answer(session.next(), EASY)
    whens = [one.when for one in learners.answers(termbase, "aiko")]
    assert whens == sorted(set(whens))


def test_a_concept_that_goes_meanwhile_is_no_error(termbase):
    session = sit(termbase, Clock())
    review.merge(termbase, "deterrence", "restraint", "sato")
    session.answer(session.next(), GOOD)
    assert [one.concept for one in learners.answers(termbase, "aiko")] == ["restraint"]
    assert go_through(session, EASY)


def test_the_day_ends_at_four():
    assert end_of_day(MORNING) == datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
    assert end_of_day(MORNING.replace(hour=1)) == datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


steps = st.lists(st.sampled_from(["again", "good", "easy", "undo", "put off", "quit", "wait"]))


@given(steps)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_stored_is_what_was_answered_and_not_taken_back(tmp_path_factory, steps):
    clock = Clock()
    ratings = {"again": AGAIN, "good": GOOD, "easy": EASY}
    expected = []
    with Termbase(tmp_path_factory.mktemp("drill") / "termbase.sqlite") as termbase:
        termbase.load(CONCEPTS)
        session = sit(termbase, clock, new=4)
        for step in steps:
            one = session.next()
            if step == "quit":
                session = sit(termbase, clock, new=4)
            elif step == "wait":
                clock.moment += timedelta(hours=9)
            elif step == "undo":
                if session.undo() is not None:
                    expected.pop()
            elif one is None:
                continue
            elif step == "put off":
                session.put_off(one)
            else:
                session.answer(one, ratings[step])
                expected.append((one.concept.id, one.kind, ratings[step]))
        stored = learners.answers(termbase, "aiko")
        assert [(one.concept, one.kind, one.rating) for one in stored] == expected
        replayed = session.scheduling.replay(stored)
        assert learners.cards(termbase, "aiko", session.scheduling.replay) == replayed
        began_on = {}
        for one in stored:
            began_on.setdefault((one.concept, one.kind), one.when[:10])
        assert all(list(began_on.values()).count(day) <= 4 for day in began_on.values())
        assert all(card.phase == REVIEW or card.due for card in replayed.values())
