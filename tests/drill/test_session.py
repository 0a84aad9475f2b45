"""A sitting: what comes next, and that every answer is kept once."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yakugo.drill.exercises import DRILLED
from yakugo.drill.scheduling import AGAIN, EASY, GOOD, HARD, parse
from yakugo.drill.session import Session, Wishes, end_of_day
from yakugo.errors import TermbaseError
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
    session = sit(termbase, Clock(), new=12)
    asked = go_through(session, EASY)
    assert asked == [(one.id, CardKind.RECOGNITION) for one in CONCEPTS]
    assert session.for_another_day() == len(CONCEPTS)


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


def test_minutes_end_the_sitting_too(termbase):
    clock = Clock()
    session = sit(termbase, clock, minutes=1)
    session.answer(session.next(), EASY)
    clock.moment += timedelta(seconds=50)
    assert session.next() is None
    assert sit(termbase, clock, minutes=1).next() is not None


def test_who_drills_into_the_morning_has_a_new_day(termbase):
    clock = Clock(MORNING.replace(hour=3, minute=58))
    session = sit(termbase, clock, new=2)
    assert len(go_through(session, EASY)) == 2
    clock.moment += timedelta(minutes=5)
    assert session.left().new == 0
    assert session.next() is not None
    assert session.left().new == 2


def test_how_much_comes_tomorrow_and_what_waits(termbase):
    session = sit(termbase, Clock(), new=2)
    session.answer(session.next(), GOOD)  # in ten minutes
    assert (session.due_tomorrow(), session.waiting_new()) == (1, 5)
    session.answer(session.next(), EASY)  # in a week
    assert (session.due_tomorrow(), session.waiting_new()) == (1, 4)
    assert sit(termbase, session.now, new=session.more()).left().new == 4


def test_what_is_not_in_the_document_may_still_be_mixed_up_with_what_is(termbase):
    wishes = Wishes({CardKind.CONFUSABLE})
    alone = Session(termbase, "aiko", CONCEPTS[:1], SENTENCES, wishes, Clock())
    assert alone.next() is None
    beside = Session(termbase, "aiko", CONCEPTS[:1], SENTENCES, wishes, Clock(), CONCEPTS)
    assert set(beside.next().choices) == {"抑止", "抑制"}


def test_of_homographs_it_is_said_which_is_meant(termbase):
    other = Concept("inhibition", (Term("抑止"), Term("inhibition", ENGLISH)), "medicine")
    wishes = Wishes({CardKind.RECOGNITION})
    session = Session(termbase, "aiko", [other, *CONCEPTS], {}, wishes, Clock())
    assert session.next().hint == "medicine"


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


def test_a_new_card_put_off_makes_room_for_another(termbase):
    session = sit(termbase, Clock(), new=2)
    session.put_off(session.next())
    assert len(go_through(session, EASY)) == 2


def test_what_another_window_took_back_cannot_be_taken_back_again(termbase):
    session = sit(termbase, Clock())
    session.answer(session.next(), EASY)
    (stored,) = session.answers
    learners.take_back(termbase, "aiko", stored, session.scheduling.replay)
    with pytest.raises(TermbaseError, match="taken back before"):
        session.undo()
    assert session.next() is not None
    assert session.undo() is None


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


def test_what_was_answered_for_a_concept_that_went_can_be_taken_back(termbase):
    session = sit(termbase, Clock())
    session.answer(session.next(), EASY)
    review.merge(termbase, "deterrence", "restraint", "sato")
    assert session.undo().concept == "deterrence"
    assert learners.answers(termbase, "aiko") == []
    assert go_through(session, EASY)


def test_the_day_ends_at_four():
    assert end_of_day(MORNING) == datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
    assert end_of_day(MORNING.replace(hour=1)) == datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


RATINGS = {"again": AGAIN, "hard": HARD, "good": GOOD, "easy": EASY}
WAITS = {"a minute": timedelta(minutes=1), "hours": timedelta(hours=9), "days": timedelta(days=4)}
steps = st.lists(st.sampled_from([*RATINGS, *WAITS, "undo", "put off", "quit"]), max_size=40)
some_kinds = st.sets(st.sampled_from(DRILLED))
wished = st.fixed_dictionaries(
    {"new": st.integers(0, 4), "limit": st.integers(0, 6), "kinds": some_kinds}
)


@given(steps, wished)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_stored_is_what_was_answered_and_not_taken_back(tmp_path_factory, steps, wished):
    """Whatever a learner does, and however often the drill is left and begun again."""
    clock = Clock()
    stored, here = [], []  # in all, and in this sitting
    with Termbase(tmp_path_factory.mktemp("drill") / "termbase.sqlite") as termbase:
        termbase.load(CONCEPTS)
        session = sit(termbase, clock, **wished)
        put_off = set()
        for step in steps:
            one = session.next()
            assert one is None or one == session.next()
            if step == "quit":
                session, here, put_off = sit(termbase, clock, **wished), [], set()
            elif step in WAITS:
                clock.moment += WAITS[step]
            elif step == "undo":
                undone = session.undo()
                assert (undone is None) == (not here)
                if undone is not None:
                    key = undone.concept, undone.kind
                    assert (*key, undone.rating) == here.pop() == stored.pop()
                    put_off.discard(key)
                    again = session.next()
                    assert again is None or (again.concept.id, again.kind) == key
            elif one is not None:
                key = one.concept.id, one.kind
                assert key[1] in wished["kinds"]
                assert key not in put_off
                assert not wished["limit"] or len(here) < wished["limit"]
                if step == "put off":
                    session.put_off(one)
                    put_off.add(key)
                else:
                    session.answer(one, RATINGS[step])
                    here.append((*key, RATINGS[step]))
                    stored.append(here[-1])
        answers = learners.answers(termbase, "aiko")
        assert [(one.concept, one.kind, one.rating) for one in answers] == stored
        replayed = session.scheduling.replay(answers)
        assert learners.cards(termbase, "aiko", session.scheduling.replay) == replayed
        assert {key: session._cards[key] for key in replayed} == replayed == session._cards
        began = {}
        for one in answers:
            began.setdefault((one.concept, one.kind), end_of_day(parse(one.when)))
        for day in began.values():
            concepts = [concept for (concept, _), other in began.items() if other == day]
            assert len(concepts) <= wished["new"]
            assert len(set(concepts)) == len(concepts)  # of a concept one new card a day
