"""Answers given in real Anki come into the learner's history, once."""

import time

import pytest
from tests.test_anki_collection import CONCEPTS, Studied

from yakugo.drill.anki_history import take_in
from yakugo.drill.scheduling import Scheduling
from yakugo.errors import DocumentError
from yakugo.model import CardKind
from yakugo.termbase import Termbase, learners, review

ANSWERS = (
    ("deterrence", 0, 3),
    ("deterrence", 1, 1),
    ("silo", 0, 4),
    ("deterrence", 1, 2),
)
KINDS = (CardKind.RECOGNITION, CardKind.PRODUCTION)


@pytest.fixture
def studied(tmp_path):
    (tmp_path / "anki").mkdir()
    made = Studied(tmp_path / "anki")
    for one in ANSWERS:
        made.answer(*one)
        time.sleep(0.002)  # an answer's moment is its id, in milliseconds
    yield made
    if made.col.db:
        made.col.close()


@pytest.fixture
def termbase(tmp_path):
    with Termbase(tmp_path / "termbase.sqlite") as opened:
        opened.load(CONCEPTS)
        yield opened


def stored(termbase):
    return [(one.concept, one.kind, one.rating) for one in learners.answers(termbase, "aiko")]


EXPECTED = [(concept, KINDS[position], button) for concept, position, button in ANSWERS]


@pytest.mark.parametrize("name", ["deck.apkg", "all.colpkg"])
@pytest.mark.parametrize("legacy", [False, True])
def test_what_was_answered_in_anki_is_there_once_however_often_it_is_imported(
    termbase, studied, name, legacy
):
    path = studied.export(name, legacy)
    found = take_in(termbase, "aiko", path)
    assert (found.new, found.known, found.strangers) == (4, 0, 0)
    assert stored(termbase) == EXPECTED
    again = take_in(termbase, "aiko", path)
    assert (again.new, again.known) == (0, 4)
    assert stored(termbase) == EXPECTED
    assert {one.origin for one in learners.answers(termbase, "aiko")} == {"anki"}


def test_the_cards_follow_from_both_histories(termbase, studied):
    take_in(termbase, "aiko", studied.export("deck.apkg"))
    cards = learners.cards(termbase, "aiko", Scheduling().replay)
    assert cards["deterrence", CardKind.PRODUCTION].answers == 2
    assert cards["silo", CardKind.RECOGNITION].stability > 5


def test_what_was_undone_in_anki_is_no_answer(termbase, studied):
    studied.col.undo()
    take_in(termbase, "aiko", studied.export("deck.apkg"))
    assert stored(termbase) == EXPECTED[:-1]


def test_a_card_that_was_only_moved_is_no_answer(termbase, studied):
    (note,) = studied.col.find_notes("ConceptId:inspection")
    card = studied.col.get_note(note).cards()[0]
    studied.col.sched.set_due_date([card.id], "5")
    assert studied.col.db.scalar("select count() from revlog") == 5
    take_in(termbase, "aiko", studied.export("deck.apkg"))
    assert stored(termbase) == EXPECTED


def test_what_was_looked_at_out_of_turn_counts_where_it_changed_the_schedule(termbase, studied):
    deck = studied.col.sched.get_or_create_filtered_deck(0)
    deck.name = "before the meeting"
    deck.config.reschedule = False
    deck.config.search_terms[0].search = "ConceptId:inspection"
    made = studied.col.sched.add_or_update_filtered_deck(deck)
    studied.answer("inspection", 0, 1)
    studied.answer("inspection", 0, 3)
    studied.col.sched.empty_filtered_deck(made.id)
    assert studied.col.db.scalar("select count() from revlog where type = 3") == 2
    take_in(termbase, "aiko", studied.export("all.colpkg"))
    assert stored(termbase) == EXPECTED
    studied.answer("inspection", 0, 3)
    take_in(termbase, "aiko", studied.export("all.colpkg"))
    assert stored(termbase) == [*EXPECTED, ("inspection", CardKind.RECOGNITION, 3)]


def test_a_note_that_was_moved_to_another_note_type_is_still_known(termbase, studied):
    models = studied.col.models
    basic = models.by_name("Basic (and reversed card)")
    own = models.by_name("yakugo term")
    change = models.change_notetype_info(old_notetype_id=own["id"], new_notetype_id=basic["id"])
    request = change.input
    request.note_ids.extend(studied.col.find_notes("ConceptId:deterrence"))
    models.change_notetype_of_notes(request)
    take_in(termbase, "aiko", studied.export("deck.apkg"))
    assert stored(termbase) == EXPECTED


def test_a_copy_of_a_note_is_known_by_its_concept(termbase, studied):
    (id,) = studied.col.find_notes("ConceptId:inspection")
    note = studied.col.get_note(id)
    copy = studied.col.new_note(note.note_type())
    copy.fields = note.fields
    studied.col.add_note(copy, note.cards()[0].did)
    studied.col.remove_notes([id])
    studied.answer("inspection", 1, 2)
    take_in(termbase, "aiko", studied.export("deck.apkg"))
    assert stored(termbase) == [*EXPECTED, ("inspection", CardKind.PRODUCTION, 2)]


def test_a_card_that_a_learner_added_to_the_note_type_is_none_of_ours(termbase, studied):
    models = studied.col.models
    own = models.by_name("yakugo term")
    mine = models.new_template("Reading")
    mine["qfmt"], mine["afmt"] = "read: {{Japanese}}", "{{Reading}}"
    models.add_template(own, mine)
    models.update_dict(own)
    (note,) = studied.col.find_notes("ConceptId:silo")
    assert max(card.ord for card in studied.col.get_note(note).cards()) == len(own["tmpls"]) - 1
    studied.answer("silo", -1, 3)
    take_in(termbase, "aiko", studied.export("deck.apkg"))
    assert stored(termbase) == EXPECTED


def test_renamed_cards_and_fields_are_still_known(termbase, studied):
    models = studied.col.models
    own = models.by_name("yakugo term")
    own["tmpls"][0]["name"] = "JP→EN"
    models.rename_field(own, own["flds"][0], "Id")
    models.add_field(own, models.new_field("Mnemonic"))
    models.update_dict(own)
    take_in(termbase, "aiko", studied.export("deck.apkg"))
    assert stored(termbase) == EXPECTED


def test_answers_of_a_concept_that_was_merged_count_for_the_other(termbase, studied):
    review.merge(termbase, "silo", "inspection", "sato")
    take_in(termbase, "aiko", studied.export("deck.apkg"))
    assert ("inspection", CardKind.RECOGNITION, 4) in stored(termbase)


def test_notes_of_concepts_that_are_gone_are_counted(tmp_path, studied):
    with Termbase(tmp_path / "other.sqlite") as other:
        other.load(CONCEPTS[:1])
        found = take_in(other, "aiko", studied.export("deck.apkg"))
    assert (found.new, found.strangers) == (4, 2)


def test_an_export_without_answers_says_how_to_get_them(termbase, studied):
    path = studied.export("plain.apkg", scheduling=False)
    with pytest.raises(DocumentError, match="tick 'Include scheduling information'"):
        take_in(termbase, "aiko", path)


def test_a_deck_of_somebody_else_is_said_to_be_one(termbase, tmp_path):
    (tmp_path / "else").mkdir()
    other = Studied(tmp_path / "else", concepts=[])
    try:
        with pytest.raises(DocumentError, match="holds no note of a deck that"):
            take_in(termbase, "aiko", other.export("else.colpkg"))
    finally:
        if other.col.db:
            other.col.close()
