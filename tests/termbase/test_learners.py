"""What learners answered is kept, and their cards follow from it."""

import dataclasses

import pytest

from yakugo.errors import TermbaseError
from yakugo.model import Answer, Card, CardKind, Concept, Term
from yakugo.termbase import Termbase, learners, review
from yakugo.termbase.learners import Learner

SHIELD = Concept("shield", (Term("盾", reading="たて"), Term("shield", "en")))
SCREEN = Concept("screen", (Term("防壁", reading="ぼうへき"), Term("screen", "en")))
RECOGNITION, PRODUCTION = CardKind.RECOGNITION, CardKind.PRODUCTION


def answer(minute, concept="shield", kind=RECOGNITION, rating=3):
    return Answer(concept, kind, rating, f"2026-11-25T09:{minute:02}:00.000Z", took=1500)


def step(card, one):
    """A card that only counts: what FSRS does is not the matter here."""
    before = card.answers if card else 0
    return Card(one.concept, one.kind, 2, None, 1.0 + before, 5.0, one.when, one.when, before + 1)


def replay(answers):
    cards = {}
    for one in answers:
        key = one.concept, one.kind
        cards[key] = step(cards.get(key), one)
    return cards


@pytest.fixture
def termbase(database):
    with Termbase(database) as opened:
        opened.load([SHIELD, SCREEN])
        yield opened


def test_an_answer_is_there_at_once_with_its_card(termbase, database):
    stored, card = learners.record(termbase, "aiko", answer(1), step)
    assert (stored.id, card.answers) == (1, 1)
    with Termbase(database) as other:
        assert learners.answers(other, "aiko") == [stored]
        assert learners.cards(other, "aiko", replay) == {("shield", RECOGNITION): card}


def test_each_learner_has_answers_of_their_own(termbase):
    learners.record(termbase, "aiko", answer(1), step)
    learners.record(termbase, "ben", answer(1, rating=1), step)
    assert learners.names(termbase) == ["aiko", "ben"]
    assert [one.rating for one in learners.answers(termbase, "ben")] == [1]
    assert learners.answers(termbase, "carol") == []


def test_the_cards_are_not_made_anew_while_nothing_else_happened(termbase):
    learners.cards(termbase, "aiko", replay)
    for minute in range(3):
        learners.record(termbase, "aiko", answer(minute), step)

    def never(answers):
        raise AssertionError("made anew")

    assert learners.cards(termbase, "aiko", never)["shield", RECOGNITION].answers == 3


def test_an_answer_taken_back_counts_no_more(termbase):
    first, card = learners.record(termbase, "aiko", answer(1), step)
    second, _ = learners.record(termbase, "aiko", answer(2, rating=1), step)
    assert learners.take_back(termbase, "aiko", second, replay) == card
    assert learners.answers(termbase, "aiko") == [first]
    assert learners.take_back(termbase, "aiko", first, replay) is None
    assert learners.cards(termbase, "aiko", replay) == {}
    with pytest.raises(TermbaseError, match="taken back before"):
        learners.take_back(termbase, "aiko", first, replay)


def test_answers_from_elsewhere_are_added_once_and_the_cards_follow(termbase):
    learners.record(termbase, "aiko", answer(5), step)
    elsewhere = [
        dataclasses.replace(answer(minute, kind=PRODUCTION), origin="anki") for minute in (1, 2, 2)
    ]
    assert learners.add(termbase, "aiko", elsewhere) == 2
    assert learners.add(termbase, "aiko", elsewhere) == 0
    cards = learners.cards(termbase, "aiko", replay)
    assert cards["shield", PRODUCTION].answers == 2
    assert cards["shield", RECOGNITION].answers == 1


def test_an_answer_that_was_taken_back_does_not_come_again_by_an_import(termbase):
    stored, _ = learners.record(termbase, "aiko", answer(1), step)
    learners.take_back(termbase, "aiko", stored, replay)
    assert learners.add(termbase, "aiko", [answer(1)]) == 0


def test_what_was_answered_counts_for_the_concept_that_took_it_up(termbase):
    learners.record(termbase, "aiko", answer(1, "shield"), step)
    learners.record(termbase, "aiko", answer(2, "screen"), step)
    review.merge(termbase, "shield", "screen", "sato")
    assert {one.concept for one in learners.answers(termbase, "aiko")} == {"screen"}
    assert learners.cards(termbase, "aiko", replay)["screen", RECOGNITION].answers == 2
    review.undo(termbase, "sato")
    assert len(learners.cards(termbase, "aiko", replay)) == 2


def test_settings_are_kept_and_cards_follow_them(termbase):
    assert learners.learner(termbase, "aiko") == Learner("aiko")
    learners.record(termbase, "aiko", answer(1), step)
    before = learners.cards(termbase, "aiko", replay)
    learners.save(termbase, Learner("aiko", 0.85, (0.5,) * 21))
    assert learners.learner(termbase, "aiko") == Learner("aiko", 0.85, (0.5,) * 21)
    made = []
    learners.cards(termbase, "aiko", lambda answers: made.append(1) or replay(answers))
    assert made
    assert learners.cards(termbase, "aiko", replay) == before


@pytest.mark.parametrize("retention", [0, 0.5, 0.99, 1.2])
def test_a_retention_that_helps_nobody_is_refused(termbase, retention):
    with pytest.raises(TermbaseError, match="choose one from"):
        learners.save(termbase, Learner("aiko", retention))


def test_what_cannot_be_written_to_can_still_be_read(termbase, database, monkeypatch):
    learners.record(termbase, "aiko", answer(1), step)
    monkeypatch.setattr(termbase, "read_only", True)
    assert len(learners.cards(termbase, "aiko", replay)) == 1
