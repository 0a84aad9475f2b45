"""Rows come back filled in: what is new is taken over, nothing is overwritten.

A row is written as it stands in the file: the exported values with what somebody changed.
"""

from dataclasses import replace

import pytest

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.exchange.fields import Entry, Field, candidate_values, term_values
from yakugo.exchange.importing import take_over
from yakugo.exchange.outcomes import Result
from yakugo.exchange.taking import Side
from yakugo.model import ENGLISH, JAPANESE, Concept, Decision, State, Status, Term, Usage
from yakugo.termbase import Termbase, review

UMBRELLA = Concept(
    "nuclear-umbrella",
    (
        Term("核の傘", reading="かくのかさ"),
        Term("核抑止の傘", reading="かくよくしのかさ", usage=Usage.ADMITTED),
        Term("nuclear umbrella", ENGLISH),
        Term("atomic umbrella", ENGLISH, usage=Usage.DEPRECATED, note="dated"),
    ),
    subject_field="alliances",
    definition="protection that a nuclear-armed ally promises",
)
TEXT = "抑止戦略を論じる。軍備管理協議は止まった。"


@pytest.fixture
def termbase(database):
    with Termbase(database) as opened:
        opened.load([UMBRELLA])
        document = from_text(TEXT, "essay")
        opened.record(document, collect(document))
        yield opened


def exported(termbase, id="nuclear-umbrella"):
    """The rows of a concept as they were exported."""
    concept = termbase.concept(id)
    return [term_values(concept, term) for term in concept.in_language(JAPANESE)]


def candidate(termbase, term):
    return candidate_values(termbase.candidate(term))


def filled(row, **changes):
    return row | {Field(name): value for name, value in changes.items()}


def entries(*rows):
    return [Entry(f"row {number} of Review", row) for number, row in enumerate(rows, 2)]


def results(outcomes):
    return [one.result for one in outcomes]


def test_what_nobody_changed_is_unchanged(termbase):
    rows = exported(termbase)
    rows[0] = filled(rows[0], definition="  protection that a nuclear-armed\nally promises ")
    outcomes = take_over(termbase, entries(*rows), "mori")
    assert results(outcomes) == [Result.UNCHANGED, Result.UNCHANGED]
    assert termbase.reviews() == []


def test_what_somebody_changed_is_taken_over_and_in_the_history(termbase):
    first, second = exported(termbase)
    rows = entries(
        filled(first, english="nuclear umbrella; the umbrella", comment="See the white paper."),
        filled(second, status="deprecated 非推奨"),
    )
    outcomes = take_over(termbase, rows, "mori")
    assert results(outcomes) == [Result.APPLIED, Result.APPLIED]
    concept = termbase.concept("nuclear-umbrella")
    assert [(t.text, t.usage) for t in concept.terms] == [
        ("核の傘", "preferred"),
        ("核抑止の傘", "deprecated"),
        ("nuclear umbrella", "preferred"),
        ("atomic umbrella", "deprecated"),
        ("the umbrella", "admitted"),
    ]
    assert concept.terms[3].note == "dated"
    (entry,) = termbase.reviews()
    assert (entry.who, entry.decision, entry.comment) == (
        "mori",
        Decision.EDITED,
        "See the white paper.",
    )


def test_the_same_file_changes_nothing_the_second_time(termbase):
    first, second = exported(termbase)
    rows = entries(
        filled(
            first, english="atomic shield; the shield", reading="かくのかさ", comment="Why not?"
        ),
        filled(second, decision="defer 保留"),
        filled(candidate(termbase, "抑止戦略"), english="deterrence strategy", note="Of states."),
        filled(candidate(termbase, "軍備管理協議"), decision="reject 却下", comment="A phrase."),
        {Field.JAPANESE: "専守防衛", Field.ENGLISH: "exclusively defense-oriented policy"},
    )
    assert results(take_over(termbase, rows, "mori")) == [Result.APPLIED] * 5
    before = termbase.concepts(), termbase.reviews()
    assert results(take_over(termbase, rows, "mori")) == [Result.UNCHANGED] * 5
    assert (termbase.concepts(), termbase.reviews()) == before


def test_a_rehearsal_says_the_same_and_keeps_nothing(termbase):
    first, _ = exported(termbase)
    rows = entries(filled(first, english="shield"), {Field.JAPANESE: "盾", Field.ENGLISH: "shield"})
    said = take_over(termbase, rows, "mori", rehearse=True)
    assert termbase.concepts() == [UMBRELLA]
    assert termbase.reviews() == []
    assert take_over(termbase, rows, "mori") == said


def test_somebody_elses_change_is_not_overwritten(termbase):
    first, second = exported(termbase)
    concept = review.edit(termbase, UMBRELLA, 1, "sato")
    review.accept(termbase, "核の傘", "umbrella of deterrence", "sato")
    (conflict, untouched) = take_over(
        termbase, entries(filled(first, english="shield"), second), "mori"
    )
    assert (conflict.result, untouched.result) == (Result.CONFLICT, Result.UNCHANGED)
    assert (conflict.column, conflict.theirs, conflict.ours) == (
        Field.ENGLISH,
        "shield",
        "nuclear umbrella",
    )
    assert conflict.ours_by == "sato"
    assert "revision 1, now 2" in conflict.said
    assert termbase.concept(concept.id).revision == 2


@pytest.mark.parametrize(("side", "english"), [(Side.THEIRS, "shield"), (Side.OURS, None)])
def test_a_conflict_can_be_decided(termbase, side, english):
    first, _ = exported(termbase)
    review.accept(termbase, "核の傘", "umbrella of deterrence", "sato")
    (outcome,) = take_over(
        termbase, entries(filled(first, english="shield")), "mori", lambda conflict: side
    )
    concept = termbase.concept("nuclear-umbrella")
    if side is Side.THEIRS:
        assert outcome.result is Result.APPLIED
        assert concept.preferred(ENGLISH).text == "shield"
        assert "umbrella of deterrence" in [t.text for t in concept.terms]  # not in his columns
    else:
        assert outcome.result is Result.CONFLICT
        assert concept.changed_by == "sato"


def test_the_same_change_by_two_people_is_no_conflict(termbase):
    first, _ = exported(termbase)
    row = entries(filled(first, definition="a promise"))
    take_over(termbase, row, "sato")
    assert results(take_over(termbase, row, "mori")) == [Result.UNCHANGED]
    assert [one.who for one in termbase.reviews()] == ["sato"]


def test_filling_in_english_accepts_a_candidate(termbase):
    row = filled(candidate(termbase, "抑止戦略"), english="deterrence strategy")
    (outcome,) = take_over(termbase, entries(row), "mori")
    assert outcome.result is Result.APPLIED
    assert termbase.candidate("抑止戦略").status is Status.ACCEPTED
    assert termbase.concept("deterrence-strategy").changed_by == "mori"


def test_accepting_without_english_takes_the_first_offer(termbase):
    row = filled(
        candidate(termbase, "抑止戦略"), decision="accept 採用", offered="deterrence strategy; plan"
    )
    take_over(termbase, entries(row), "mori")
    concept = termbase.concept("deterrence-strategy")
    assert [t.text for t in concept.in_language(ENGLISH)] == ["deterrence strategy"]


def test_a_candidate_that_somebody_else_decided_about_is_a_conflict(termbase):
    row = filled(candidate(termbase, "抑止戦略"), english="deterrence strategy")
    review.reject(termbase, "抑止戦略", "sato")
    (outcome,) = take_over(termbase, entries(row), "mori")
    assert (outcome.result, outcome.ours, outcome.ours_by) == (
        Result.CONFLICT,
        "rejected",
        "sato",
    )


def test_a_new_term_brings_all_its_columns(termbase):
    row = {
        Field.JAPANESE: "専守防衛",
        Field.READING: "せんしゅぼうえい",
        Field.ENGLISH: "exclusively defense-oriented policy",
        Field.AVOID: "defensive defense",
        Field.DEFINITION: "policy of using force only when attacked",
        Field.SUBJECT_FIELD: "Japan",
        Field.OTHER_JAPANESE: "専守防衛政策",
        Field.PART_OF_SPEECH: "名詞",
        Field.EXAMPLE: "日本は専守防衛を掲げる。",
        Field.SOURCE: "general usage",
    }
    (outcome,) = take_over(termbase, entries(row), "mori")
    assert outcome.result is Result.APPLIED
    concept = termbase.concept("exclusively-defense-oriented-policy")
    assert [(t.text, t.usage.value) for t in concept.terms] == [
        ("専守防衛", "preferred"),
        ("専守防衛政策", "admitted"),
        ("exclusively defense-oriented policy", "preferred"),
        ("defensive defense", "deprecated"),
    ]
    assert concept.terms[0].contexts[0].surface == "専守防衛"
    assert (concept.subject_field, concept.source) == ("Japan", "general usage")


def test_a_new_term_that_is_there_with_other_english_is_a_conflict(termbase):
    row = {Field.JAPANESE: "核の傘", Field.ENGLISH: "nuclear shield"}
    (outcome,) = take_over(termbase, entries(row), "mori")
    assert (outcome.result, outcome.theirs, outcome.ours) == (
        Result.CONFLICT,
        "nuclear shield",
        "nuclear umbrella",
    )
    same = {Field.JAPANESE: "核の傘", Field.ENGLISH: "Nuclear umbrella"}
    assert results(take_over(termbase, entries(same), "mori")) == [Result.UNCHANGED]


def test_what_a_new_term_says_besides_is_not_lost_where_the_term_is_here(termbase):
    row = {Field.JAPANESE: "核の傘", Field.ENGLISH: "nuclear umbrella"}
    (outcome,) = take_over(termbase, entries(row | {Field.DEFINITION: "a roof"}), "mori")
    assert (outcome.result, outcome.theirs) == (
        Result.CONFLICT,
        "english: nuclear umbrella; definition: a roof",
    )
    (outcome,) = take_over(termbase, entries(row | {Field.COMMENT: "Why two?"}), "mori")
    assert (outcome.result, outcome.said) == (Result.APPLIED, "comment kept")
    taken = entries(row | {Field.DEFINITION: "a roof"})
    take_over(termbase, taken, "mori", lambda conflict: Side.THEIRS)
    assert termbase.concept("nuclear-umbrella").definition == "a roof"
    assert results(take_over(termbase, taken, "mori")) == [Result.UNCHANGED]


def test_rows_of_one_file_complete_one_another(termbase):
    rows = entries(
        {Field.JAPANESE: "海上阻止", Field.ENGLISH: "maritime interdiction"},
        {Field.JAPANESE: "海上阻止", Field.ENGLISH: "interdiction at sea", Field.NOTE: "rare"},
        {Field.JAPANESE: "海上阻止", Field.AVOID: "sea blocking"},
        {Field.JAPANESE: "海上阻止", Field.ENGLISH: "maritime interdiction", Field.NOTE: "usual"},
    )
    outcomes = take_over(termbase, rows, "mori")
    assert results(outcomes) == [Result.APPLIED] * 3 + [Result.CONFLICT]
    (concept,) = termbase.concepts_with("海上阻止")
    assert [(t.text, t.usage.value) for t in concept.in_language(ENGLISH)] == [
        ("maritime interdiction", "preferred"),
        ("interdiction at sea", "admitted"),
        ("sea blocking", "deprecated"),
    ]
    assert concept.note == "rare"


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"decision": "perhaps"}, Field.DECISION, "perhaps"),
        ({"status": "nice"}, Field.STATUS, "nice"),
        ({"japanese": " "}, Field.JAPANESE, "is empty"),
        ({"english": ""}, Field.ENGLISH, "is empty"),
        ({"avoid": "nuclear umbrella"}, Field.AVOID, "to be avoided"),
        ({"id": "nuclear-umbrella#7"}, Field.ID, "names no term"),
        ({"id": "umbrella"}, Field.ID, "no concept umbrella"),
        ({"revision": "9"}, Field.ID, "revision 9"),
        ({"revision": "two"}, Field.ID, "no number"),
    ],
)
def test_what_cannot_be_taken_over_is_invalid_with_its_column_and_reason(
    termbase, changes, column, reason
):
    row = filled(exported(termbase)[0], **changes)
    (outcome,) = take_over(termbase, entries(row), "mori")
    assert outcome.result is Result.INVALID
    assert outcome.column is column
    assert reason in outcome.said
    assert termbase.concepts() == [UMBRELLA]


def test_a_cell_that_is_no_text_is_invalid(termbase):
    (entry,) = entries(filled(exported(termbase)[0], english="2026-03-01"))
    entry.faults[Field.ENGLISH] = "is a date; format the cell as text and type it again"
    (outcome,) = take_over(termbase, [entry], "mori")
    assert (outcome.result, outcome.column) == (Result.INVALID, Field.ENGLISH)


def test_rows_of_one_concept_that_contradict_one_another_are_invalid(termbase):
    first, second = exported(termbase)
    outcomes = take_over(
        termbase,
        entries(filled(first, english="shield"), filled(second, english="parasol")),
        "mori",
    )
    assert results(outcomes) == [Result.INVALID] * 2
    assert outcomes[0].said == "row 2 of Review and row 3 of Review say different things"


def test_a_decision_that_was_read_in_before_is_not_made_again(database):
    with Termbase(database, two_person=True) as termbase:
        termbase.load([UMBRELLA])
        review.edit(termbase, replace(UMBRELLA, note="Allies."), 1, "sato")
        (first, _) = exported(termbase)
        rejected = entries(filled(first, decision="reject 却下"))
        assert results(take_over(termbase, rejected, "mori")) == [Result.APPLIED]
        concept = termbase.concept("nuclear-umbrella")  # the change was rejected, and not more
        assert (concept.state, concept.note) == (State.APPROVED, "")
        assert results(take_over(termbase, rejected, "mori")) == [Result.UNCHANGED]
        review.undo(termbase, "mori")  # he has thought better of it, after he saw the file
        assert results(take_over(termbase, rejected, "mori")) == [Result.CONFLICT]


def test_a_row_that_was_copied_for_a_new_term_does_not_rename_the_old_one(termbase):
    first, _ = exported(termbase)
    copied = filled(first, japanese="原子の傘", english="atomic shield")
    same, new = take_over(termbase, entries(first, copied), "mori")
    assert (same.result, new.result, new.column) == (Result.UNCHANGED, Result.INVALID, Field.ID)
    assert new.said.startswith("has the id of row 2 of Review; clear the id")


def test_a_conflict_tells_all_that_the_file_says(termbase):
    first, _ = exported(termbase)
    review.accept(termbase, "核の傘", "umbrella of deterrence", "sato")
    row = filled(first, english="shield", note="dated", decision="reject 却下", comment="Ask.")
    (conflict,) = take_over(termbase, entries(row), "mori")
    assert conflict.theirs == "english: shield; note: dated; decision: rejected; comment: Ask."
    assert conflict.ours == "english: nuclear umbrella; decision: approved"


def test_a_term_that_becomes_preferred_takes_it_from_the_other(termbase):
    _, second = exported(termbase)
    take_over(termbase, entries(filled(second, status="preferred 優先")), "mori")
    usages = [t.usage.value for t in termbase.concept("nuclear-umbrella").in_language(JAPANESE)]
    assert usages == ["admitted", "preferred"]


def test_what_a_candidate_row_says_without_a_decision_is_not_lost(termbase):
    row = candidate(termbase, "抑止戦略")
    (outcome,) = take_over(termbase, entries(filled(row, definition="a plan")), "mori")
    assert (outcome.result, outcome.column) == (Result.INVALID, Field.DEFINITION)
    (outcome,) = take_over(termbase, entries(filled(row, comment="Ask the ministry.")), "mori")
    assert outcome.result is Result.APPLIED
    assert [one.comment for one in review.history(termbase, "抑止戦略")] == ["Ask the ministry."]


def test_a_row_of_a_concept_that_was_merged_meanwhile_is_a_conflict_or_unchanged(termbase):
    first, _ = exported(termbase)
    review.accept(termbase, "盾", "shield", "sato")
    review.merge(termbase, "nuclear-umbrella", "shield", "sato")
    (outcome,) = take_over(termbase, entries(first), "mori")
    assert outcome.result is Result.UNCHANGED
    (outcome,) = take_over(termbase, entries(filled(first, english="parasol")), "mori")
    assert outcome.result is Result.CONFLICT
    assert "merged into shield" in outcome.said


def test_without_a_revision_nothing_is_overwritten(termbase):
    first, _ = exported(termbase)
    del first[Field.REVISION]
    (outcome,) = take_over(termbase, entries(first), "mori")
    assert outcome.result is Result.UNCHANGED
    (outcome,) = take_over(termbase, entries(filled(first, english="parasol")), "mori")
    assert (outcome.result, outcome.ours) == (Result.CONFLICT, "nuclear umbrella")


def test_where_it_takes_two_an_edit_waits_and_a_colleague_approves_it(database):
    with Termbase(database, two_person=True) as termbase:
        termbase.load([UMBRELLA])
        (first, _) = exported(termbase)
        (outcome,) = take_over(termbase, entries(filled(first, note="Allies.")), "mori")
        assert outcome.said.endswith("waits for approval")
        assert termbase.glossary() == [UMBRELLA]
        (first, _) = exported(termbase)
        accepted = entries(filled(first, decision="accept 採用"))
        assert results(take_over(termbase, accepted, "mori")) == [Result.UNCHANGED]
        assert results(take_over(termbase, accepted, "sato")) == [Result.APPLIED]
        assert termbase.concept("nuclear-umbrella").state is State.APPROVED
        assert results(take_over(termbase, accepted, "sato")) == [Result.UNCHANGED]


def test_a_decision_that_was_taken_back_is_not_made_again_by_the_same_file(termbase):
    row = filled(candidate(termbase, "抑止戦略"), english="deterrence strategy")
    new = {Field.JAPANESE: "専守防衛", Field.ENGLISH: "exclusively defense-oriented policy"}
    rows = entries(row, new)
    assert results(take_over(termbase, rows, "mori")) == [Result.APPLIED] * 2
    review.undo(termbase, "mori")
    review.undo(termbase, "mori")
    again = take_over(termbase, rows, "mori")
    assert [(one.result, one.ours) for one in again] == [(Result.CONFLICT, "taken back")] * 2
    anew = filled(candidate(termbase, "抑止戦略"), english="deterrence strategy")
    assert results(take_over(termbase, entries(anew), "mori")) == [Result.APPLIED]


def test_a_concept_that_was_rejected_is_not_approved_by_a_row_that_knows_of_none(termbase):
    row = entries({Field.JAPANESE: "核の傘", Field.ENGLISH: "nuclear umbrella"})
    review.reject(termbase, "nuclear-umbrella", "sato")
    (outcome,) = take_over(termbase, row, "mori")
    assert (outcome.result, outcome.ours, outcome.ours_by) == (Result.CONFLICT, "rejected", "sato")
    assert termbase.concept("nuclear-umbrella").state is State.REJECTED
    (outcome,) = take_over(termbase, row, "mori", lambda conflict: Side.THEIRS)
    assert outcome.result is Result.APPLIED
    assert termbase.concept("nuclear-umbrella").state is State.APPROVED


def test_what_the_row_of_a_rejected_candidate_says_besides_is_not_lost(termbase):
    row = filled(candidate(termbase, "抑止戦略"), decision="reject 却下", definition="a plan")
    (outcome,) = take_over(termbase, entries(row), "mori")
    assert (outcome.result, outcome.column) == (Result.INVALID, Field.DEFINITION)
    assert termbase.candidate("抑止戦略").status is Status.NEW


def test_a_new_term_that_joins_a_concept_by_its_english_does_not_overwrite_its_definition(termbase):
    row = {
        Field.JAPANESE: "核の雨傘",
        Field.ENGLISH: "nuclear umbrella",
        Field.DEFINITION: "something else",
    }
    (outcome,) = take_over(termbase, entries(row), "mori")
    assert (outcome.result, outcome.concept) == (Result.CONFLICT, "nuclear-umbrella")
    assert termbase.concepts() == [UMBRELLA]


def test_a_candidate_is_not_decided_about_unseen_because_another_row_joined_its_concept(termbase):
    row = filled(candidate(termbase, "抑止戦略"), english="nuclear plan")
    review.accept(termbase, "抑止戦略", "deterrence strategy", "sato")
    other = {Field.JAPANESE: "抑止の戦略", Field.ENGLISH: "deterrence strategy"}
    assert results(take_over(termbase, entries(other, row), "mori"))[1] is Result.CONFLICT


def test_rows_of_concepts_come_before_those_of_new_terms(termbase):
    first, _ = exported(termbase)
    new = {Field.JAPANESE: "核の傘", Field.ENGLISH: "nuclear parasol"}
    rows = entries(new, filled(first, japanese="核の大傘"))
    assert results(take_over(termbase, rows, "mori"))[1] is Result.APPLIED
    assert results(take_over(termbase, rows, "mori")) == [Result.UNCHANGED] * 2


def test_a_word_cannot_be_used_and_avoided(termbase):
    row = {Field.JAPANESE: "盾", Field.ENGLISH: "shield", Field.AVOID: "shield"}
    (outcome,) = take_over(termbase, entries(row), "mori")
    assert (outcome.result, outcome.column) == (Result.INVALID, Field.AVOID)
