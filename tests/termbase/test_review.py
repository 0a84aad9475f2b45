"""Decisions of reviewers: what each does, who may, and how it is taken back."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.errors import ConflictError, TermbaseError
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    Concept,
    Decision,
    State,
    Status,
    Term,
    TermType,
    Usage,
)
from yakugo.termbase import Termbase, schema
from yakugo.termbase.doctor import Severity, check
from yakugo.termbase.history import content
from yakugo.termbase.review import (
    accept,
    approve,
    comment,
    defer,
    edit,
    history,
    merge,
    reject,
    split,
    undo,
)

TEXT = "抑止戦略を論じる。同盟国は「核の傘」に頼る。軍備管理協議は止まった。専守防衛を守る。"
EXTENDED = Concept(
    "extended-deterrence",
    (
        Term("拡大抑止"),
        Term("extended deterrence", ENGLISH),
        Term("nuclear deterrence", ENGLISH, usage=Usage.DEPRECATED),
    ),
)


@pytest.fixture
def termbase(database):
    with Termbase(database) as opened:
        record(opened)
        yield opened


def record(termbase, text=TEXT):
    document = from_text(text, "essay")
    termbase.record(document, collect(document))


@pytest.fixture
def two_person(database):
    with Termbase(database, two_person=True) as opened:
        record(opened)
        yield opened


def japanese(concept):
    return [(term.text, term.usage) for term in concept.in_language(JAPANESE)]


def english(concept):
    return [(term.text, term.usage) for term in concept.in_language(ENGLISH)]


def texts(concept):
    return [term.text for term in concept.terms]


def states(termbase):
    return {one.id: one.state for one in termbase.concepts()}


def glossary(termbase):
    return {one.id: texts(one) for one in termbase.glossary()}


def status(termbase, term):
    return termbase.candidate(term).status


def test_accepting_a_candidate_makes_a_concept(termbase):
    concept = accept(termbase, "抑止戦略", "deterrence strategy; deterrent strategy", "sato")
    assert (concept.id, concept.revision, concept.changed_by) == ("deterrence-strategy", 1, "sato")
    (japanese,) = concept.in_language(JAPANESE)
    assert (japanese.text, japanese.reading) == ("抑止戦略", "よくしせんりゃく")
    assert japanese.contexts[0].sentence == "抑止戦略を論じる。"
    assert [(t.text, t.usage) for t in concept.in_language(ENGLISH)] == [
        ("deterrence strategy", "preferred"),
        ("deterrent strategy", "admitted"),
    ]
    assert status(termbase, "抑止戦略") is Status.ACCEPTED
    assert termbase.concepts() == [concept]


def test_every_decision_is_kept_with_who_and_when(termbase):
    reject(termbase, "専守防衛", "mori", "2026-05-01T10:00:00Z")
    defer(termbase, "核の傘", "sato", "2026-05-01T10:01:00Z")
    accept(termbase, "核の傘", "nuclear umbrella", "sato", "2026-05-01T10:02:00Z")
    kept = [(r.when[11:16], r.who, r.decision.value, r.term) for r in history(termbase)]
    assert kept == [
        ("10:00", "mori", "rejected", "専守防衛"),
        ("10:01", "sato", "deferred", "核の傘"),
        ("10:02", "sato", "accepted", "核の傘"),
    ]
    assert [r.english for r in history(termbase, "核の傘")] == ["", "nuclear umbrella"]


def test_a_rejected_candidate_stays_rejected_in_later_collections(termbase):
    reject(termbase, "専守防衛", "sato")
    record(termbase, TEXT + "専守防衛は変わらない。")
    assert status(termbase, "専守防衛") is Status.REJECTED
    record(termbase, "別の話だ。")
    record(termbase, TEXT)
    assert status(termbase, "専守防衛") is Status.REJECTED


def test_a_new_equivalent_joins_the_concept_that_has_the_term(termbase):
    termbase.load([EXTENDED])
    concept = accept(termbase, "拡大抑止", "extended nuclear deterrence", "sato")
    assert concept.id == "extended-deterrence"
    assert concept.revision == 2
    assert concept.terms[-1] == Term("extended nuclear deterrence", ENGLISH, usage=Usage.ADMITTED)


def test_a_variant_joins_the_concept_with_the_same_english(termbase):
    accept(termbase, "核の傘", "nuclear umbrella", "sato")
    concept = accept(termbase, "原子の傘", "nuclear umbrella", "sato")
    assert [t.text for t in concept.in_language(JAPANESE)] == ["核の傘", "原子の傘"]
    assert concept.in_language(JAPANESE)[1].usage is Usage.ADMITTED
    assert len(termbase.concepts()) == 1


def test_what_the_glossary_says_to_avoid_is_not_accepted(termbase):
    termbase.load([EXTENDED])
    with pytest.raises(TermbaseError, match="says to avoid 'nuclear deterrence'"):
        accept(termbase, "拡大抑止", "nuclear deterrence", "sato")
    assert history(termbase) == []


def test_a_term_typed_by_hand_gets_its_reading_from_the_tokenizer(termbase):
    concept = accept(termbase, "二重鍵", "dual key", "sato")
    assert concept.terms[0].reading == "にじゅうかぎ"


def test_ids_are_readable_and_never_taken_twice(termbase):
    assert accept(termbase, "二重鍵", "Dual Key", "sato").id == "dual-key"
    assert accept(termbase, "鍵二つ", "dual-key!", "sato").id == "dual-key-2"
    assert accept(termbase, "九条", "9th article", "sato").id == "concept-9th-article"
    assert accept(termbase, "核の傘", "核", "sato").id == "kakunokasa"


@pytest.mark.parametrize("english", ["", "  ", ";", " ; "])
def test_accepting_needs_english(termbase, english):
    with pytest.raises(TermbaseError, match="needs an equivalent"):
        accept(termbase, "核の傘", english, "sato")


def test_what_cannot_be_published_is_not_accepted(termbase):
    with pytest.raises(TermbaseError, match="control character"):
        accept(termbase, "核の傘", "nuclear\x07umbrella", "sato")
    with pytest.raises(TermbaseError, match="broken text"):
        accept(termbase, "核\udc80", "nuclear", "sato")
    assert accept(termbase, "核の傘", " nuclear\n umbrella ", "sato").id == "nuclear-umbrella"


def test_only_candidates_can_be_rejected_and_only_by_somebody(termbase):
    with pytest.raises(TermbaseError, match="not among the candidates"):
        reject(termbase, "無い語", "sato")
    with pytest.raises(TermbaseError, match="name of who decides"):
        reject(termbase, "核の傘", " ")
    assert history(termbase) == []


def test_undo_takes_back_a_decision_and_keeps_both_in_the_history(termbase):
    accept(termbase, "核の傘", "nuclear umbrella", "sato")
    undone = undo(termbase, "sato")
    assert (undone.term, undone.decision) == ("核の傘", Decision.ACCEPTED)
    assert termbase.is_empty()
    assert status(termbase, "核の傘") is Status.NEW
    assert [r.decision for r in history(termbase)] == [
        Decision.ACCEPTED,
        Decision.TAKEN_BACK,
    ]
    with pytest.raises(TermbaseError, match="no decision of sato"):
        undo(termbase, "sato")


def test_undo_is_of_ones_own_decisions(termbase):
    reject(termbase, "核の傘", "sato")
    reject(termbase, "専守防衛", "mori")
    assert undo(termbase, "sato").term == "核の傘"
    assert status(termbase, "専守防衛") is Status.REJECTED


def test_undo_does_not_overwrite_what_somebody_else_changed_since(termbase):
    concept = accept(termbase, "核の傘", "nuclear umbrella", "sato")
    termbase.save(replace(concept, note="for allies"), 1, "mori")
    with pytest.raises(ConflictError, match="changed since"):
        undo(termbase, "sato")
    assert termbase.concept("nuclear-umbrella").changed_by == "mori"


# --- undo


def test_undo_is_refused_when_somebody_has_decided_about_the_candidate_since(termbase):
    reject(termbase, "核の傘", "sato")
    accept(termbase, "核の傘", "nuclear umbrella", "mori")
    with pytest.raises(ConflictError, match="核の傘 has been decided about since"):
        undo(termbase, "sato")
    assert status(termbase, "核の傘") is Status.ACCEPTED
    undo(termbase, "mori")
    undo(termbase, "sato")
    assert status(termbase, "核の傘") is Status.NEW


def test_a_comment_that_is_taken_back_leaves_what_others_decided(termbase):
    comment(termbase, "核の傘", "see the treaty", "sato")
    reject(termbase, "核の傘", "mori")
    assert undo(termbase, "sato").comment == "see the treaty"
    assert status(termbase, "核の傘") is Status.REJECTED


# --- which concept takes a term up


def test_another_spelling_joins_as_a_variant(termbase):
    accept(termbase, "核不拡散", "nuclear non-proliferation", "sato")
    concept = accept(termbase, "核の不拡散", "non-proliferation of nuclear weapons", "sato")
    assert japanese(concept) == [("核不拡散", "preferred"), ("核の不拡散", "admitted")]
    assert concept.in_language(JAPANESE)[1].type is TermType.VARIANT
    assert english(concept)[1] == ("non-proliferation of nuclear weapons", "admitted")


def test_the_same_english_makes_a_synonym(termbase):
    accept(termbase, "核の傘", "nuclear umbrella", "sato")
    concept = accept(termbase, "原子の傘", "nuclear umbrella", "sato")
    assert concept.in_language(JAPANESE)[1].type is None


def test_a_term_is_accepted_into_a_concept_that_is_named(termbase):
    accept(termbase, "核の傘", "nuclear umbrella", "sato")
    concept = accept(termbase, "専守防衛", "", "sato", into="nuclear-umbrella")
    assert texts(concept) == ["核の傘", "専守防衛", "nuclear umbrella"]
    assert status(termbase, "専守防衛") is Status.ACCEPTED
    with pytest.raises(TermbaseError, match="no concept 'nuclear-shield'"):
        accept(termbase, "抑止戦略", "", "sato", into="nuclear-shield")
    accept(termbase, "抑止戦略", "deterrence strategy", "sato")
    with pytest.raises(TermbaseError, match="核の傘 is a term of nuclear-umbrella already"):
        accept(termbase, "核の傘", "", "sato", into="deterrence-strategy")


def test_a_term_can_be_a_concept_of_its_own_and_both_are_homographs(termbase):
    accept(termbase, "盾", "shield", "sato")
    second = accept(termbase, "盾", "shield", "sato", separate=True)
    third = accept(termbase, "盾", "nuclear shield", "sato", separate=True)
    assert (second.id, third.id) == ("shield-2", "nuclear-shield")
    numbers = {one.id: one.homograph for one in termbase.concepts()}
    assert numbers == {"shield": 1, "shield-2": 2, "nuclear-shield": 3}
    undo(termbase, "sato")
    undo(termbase, "sato")
    assert {one.id: one.homograph for one in termbase.concepts()} == {"shield": 0}


def test_a_separate_concept_of_a_term_that_nobody_has_is_no_homograph(termbase):
    accept(termbase, "核の傘", "nuclear umbrella", "sato")
    assert accept(termbase, "盾", "nuclear umbrella", "sato", separate=True).homograph == 0


def test_of_homographs_the_one_with_the_english_takes_it_up(termbase):
    accept(termbase, "盾", "shield", "sato")
    accept(termbase, "盾", "sea shield", "sato", separate=True)
    assert accept(termbase, "盾", "Sea shield; ship shield", "sato").id == "sea-shield"
    with pytest.raises(TermbaseError, match=r"several concepts \(sea-shield, shield\)"):
        accept(termbase, "盾", "buckler", "sato")


def test_what_the_glossary_says_to_avoid_in_japanese_is_not_accepted(termbase):
    avoided = Term("拡張抑止", usage=Usage.DEPRECATED)
    termbase.load([replace(EXTENDED, terms=(*EXTENDED.terms, avoided))])
    with pytest.raises(TermbaseError, match="says to avoid 拡張抑止 in extended-deterrence"):
        accept(termbase, "拡張抑止", "extended deterrence", "sato")
    assert accept(termbase, "拡張抑止", "expanded deterrence", "sato", separate=True).homograph == 0


def test_a_rejected_concept_takes_up_nothing_by_its_english(termbase):
    accept(termbase, "核の傘", "nuclear umbrella", "sato")
    reject(termbase, "nuclear-umbrella", "sato")
    assert accept(termbase, "原子の傘", "nuclear umbrella", "sato").id == "nuclear-umbrella-2"
    assert states(termbase)["nuclear-umbrella"] is State.REJECTED


def test_a_rejected_concept_comes_back_when_its_term_is_accepted(termbase):
    accept(termbase, "盾", "shield", "sato")
    reject(termbase, "shield", "sato")
    assert accept(termbase, "盾", "shield", "sato").state is State.APPROVED


# --- concepts: reject, defer, approve, comment


def test_a_concept_is_rejected_deferred_and_approved_by_its_id(termbase):
    termbase.load([EXTENDED])
    defer(termbase, "extended-deterrence", "sato", comment="which treaty?")
    assert states(termbase) == {"extended-deterrence": State.DEFERRED}
    assert glossary(termbase)  # what was approved stays, while it is thought about
    reject(termbase, "extended-deterrence", "sato")
    assert states(termbase) == {"extended-deterrence": State.REJECTED}
    assert glossary(termbase) == {}
    approve(termbase, "extended-deterrence", "sato")
    assert glossary(termbase) == {"extended-deterrence": texts(EXTENDED)}
    done = [(one.decision, one.revision) for one in history(termbase, "extended-deterrence")]
    assert done == [(Decision.DEFERRED, 1), (Decision.REJECTED, 2), (Decision.APPROVED, 3)]
    for _ in done:
        undo(termbase, "sato")
    assert termbase.glossary() == [
        replace(EXTENDED, revision=7, changed=termbase.as_of(), changed_by="sato")
    ]


def test_a_comment_changes_nothing_but_the_history(termbase):
    termbase.load([EXTENDED])
    comment(termbase, "extended-deterrence", "as the white paper has it", "sato")
    comment(termbase, "核の傘", " often\n in quotes ", "mori")
    assert termbase.concepts() == [EXTENDED]
    assert [(one.who, one.comment, one.concept, one.term) for one in history(termbase)] == [
        ("sato", "as the white paper has it", "extended-deterrence", ""),
        ("mori", "often in quotes", "", "核の傘"),
    ]
    with pytest.raises(TermbaseError, match="needs a text"):
        comment(termbase, "核の傘", " ", "sato")
    with pytest.raises(TermbaseError, match="no concept has that id"):
        comment(termbase, "無い語", "why?", "sato")


def test_decisions_are_kept_with_their_comment(termbase):
    accept(termbase, "核の傘", "nuclear umbrella", "sato", comment="as in the treaty")
    reject(termbase, "専守防衛", "sato", comment="too general")
    assert [one.comment for one in history(termbase)] == ["as in the treaty", "too general"]


# --- where it takes two


def test_the_proposer_cannot_approve_and_another_one_can(two_person):
    concept = accept(two_person, "核の傘", "nuclear umbrella", "sato")
    assert (concept.state, concept.proposed_by) == (State.PROPOSED, "sato")
    assert two_person.glossary() == []
    for who in ("sato", " sato "):
        with pytest.raises(TermbaseError, match=r"proposed by .*sato.*; somebody else must"):
            approve(two_person, "nuclear-umbrella", who)
    approved = approve(two_person, "nuclear-umbrella", "mori")
    assert (approved.state, approved.proposed_by, approved.revision) == (State.APPROVED, "", 2)
    assert two_person.glossary() == [approved]


def test_an_edit_waits_while_the_glossary_keeps_what_was_approved(two_person):
    two_person.load([EXTENDED])
    edited = edit(two_person, replace(EXTENDED, note="of allies"), 1, "sato")
    assert (edited.state, edited.proposed_by) == (State.PROPOSED, "sato")
    assert two_person.glossary() == [EXTENDED]
    with pytest.raises(TermbaseError, match="somebody else"):
        approve(two_person, EXTENDED.id, "sato")
    approve(two_person, EXTENDED.id, "mori")
    assert [one.note for one in two_person.glossary()] == ["of allies"]
    undo(two_person, "mori")
    assert [one.note for one in two_person.glossary()] == [""]
    assert two_person.concept(EXTENDED.id).proposed_by == "sato"


def test_who_changes_a_proposal_proposes_it_and_who_defers_it_does_not(two_person):
    first = accept(two_person, "核の傘", "nuclear umbrella", "sato")
    defer(two_person, first.id, "mori")
    assert two_person.concept(first.id).proposed_by == "sato"
    edit(two_person, replace(first, note="of allies"), 2, "mori")
    assert two_person.concept(first.id).proposed_by == "mori"
    with pytest.raises(TermbaseError, match="proposed by mori"):
        approve(two_person, first.id, "mori")
    assert approve(two_person, first.id, "sato").note == "of allies"


def test_a_rejected_change_leaves_what_was_approved(two_person):
    two_person.load([EXTENDED])
    edit(two_person, replace(EXTENDED, note="of foes"), 1, "sato")
    reject(two_person, EXTENDED.id, "mori")
    assert states(two_person) == {EXTENDED.id: State.APPROVED}
    assert [one.note for one in two_person.glossary()] == [""]
    undo(two_person, "mori")
    assert two_person.concept(EXTENDED.id).note == "of foes"
    assert [one.note for one in two_person.glossary()] == [""]


def test_a_concept_whose_change_waits_keeps_what_was_approved_through_a_merger(two_person):
    two_person.load([EXTENDED, Concept("umbrella", (Term("傘"), Term("umbrella", ENGLISH)))])
    edit(two_person, replace(EXTENDED, note="of foes"), 1, "sato")
    merge(two_person, EXTENDED.id, "umbrella", "mori")
    undo(two_person, "mori")
    assert {one.id: one.note for one in two_person.glossary()} == {
        EXTENDED.id: "",
        "umbrella": "",
    }
    assert two_person.concept(EXTENDED.id).state is State.PROPOSED


# --- edit


def test_an_edit_keeps_the_state_and_orders_the_terms(termbase):
    termbase.load([replace(EXTENDED, state=State.DEFERRED)])
    terms = (*EXTENDED.terms, Term("拡張抑止", usage=Usage.ADMITTED))
    edited = edit(termbase, replace(EXTENDED, terms=terms), 1, "sato", comment="both are in use")
    assert edited.state is State.DEFERRED
    assert [term.language for term in edited.terms] == ["ja", "ja", "en", "en"]
    (entry,) = history(termbase)
    assert (entry.decision, entry.comment) == (Decision.EDITED, "both are in use")


def test_a_new_concept_gets_an_id_of_its_english_or_its_reading(termbase):
    new = Concept("", (Term("盾", reading="たて"), Term("shield", ENGLISH)))
    assert edit(termbase, new, 0, "sato").id == "shield"
    assert edit(termbase, Concept("", (Term("核"),)), 0, "sato").id == "kaku"
    with pytest.raises(TermbaseError, match="no Japanese term"):
        edit(termbase, Concept("", (Term("targe", ENGLISH),)), 0, "sato")
    with pytest.raises(ConflictError, match="at revision 1"):
        edit(termbase, replace(new, id="shield"), 0, "sato")


# --- merge and split


def test_merged_concepts_are_one_with_the_terms_of_both(termbase):
    old = Concept(
        "nuclear-guarantee",
        (Term("核の保証"), Term("nuclear guarantee", ENGLISH), Term("extended deterrence", ENGLISH,
         usage=Usage.ADMITTED)),
        definition="a promise",
        definition_source="our own",
        note="rare",
        related=("alliance",),
    )  # fmt: skip
    termbase.load([EXTENDED, old, Concept("alliance", (Term("同盟"),), related=(old.id,))])
    merged = merge(termbase, old.id, EXTENDED.id, "sato", comment="one promise")
    assert japanese(merged) == [("拡大抑止", "preferred"), ("核の保証", "admitted")]
    assert [text for text, _ in english(merged)] == [
        "extended deterrence",
        "nuclear deterrence",
        "nuclear guarantee",
    ]
    assert (merged.definition, merged.definition_source) == ("a promise", "our own")
    assert (merged.note, merged.related) == ("rare", ("alliance",))
    assert termbase.concept(old.id) == merged
    assert termbase.concept("alliance").related == (EXTENDED.id,)
    assert [one.concept for one in history(termbase, old.id)] == [old.id, EXTENDED.id]
    with pytest.raises(TermbaseError, match="are one concept already"):
        merge(termbase, old.id, EXTENDED.id, "sato")


def test_a_definition_keeps_its_own_source(termbase):
    defined = replace(EXTENDED, definition="a promise to allies")
    other = Concept("o", (Term("核の保証"),), definition="a promise", definition_source="a book")
    termbase.load([defined, other])
    assert merge(termbase, "o", EXTENDED.id, "sato").definition_source == ""


def test_a_merger_that_is_taken_back_brings_both_and_their_ids_back(termbase):
    loaded = [
        Concept("a", (Term("甲"), Term("first", ENGLISH))),
        Concept("b", (Term("乙"), Term("second", ENGLISH))),
        Concept("c", (Term("丙"), Term("third", ENGLISH)), related=("b",)),
        Concept("x", (Term("丁"),), related=("a", "b")),
    ]
    termbase.load(loaded)
    merge(termbase, "a", "b", "sato")
    merge(termbase, "b", "c", "sato")
    edit(termbase, replace(termbase.concept("x"), note="last"), 1, "mori")
    assert {id: termbase.concept(id).id for id in "abcx"} == {
        "a": "c",
        "b": "c",
        "c": "c",
        "x": "x",
    }
    assert termbase.concept("c").related == ()
    assert termbase.concept("x").related == ("c",)
    undone = undo(termbase, "sato")
    assert (undone.decision, undone.concept) == (Decision.MERGED, "b")
    assert {id: termbase.concept(id).id for id in "abc"} == {"a": "b", "b": "b", "c": "c"}
    assert termbase.concept("x").related == ("b",)
    undo(termbase, "sato")
    undo(termbase, "mori")
    assert [texts(one) for one in termbase.concepts()] == [texts(one) for one in loaded]
    assert [one.related for one in termbase.concepts()] == [(), (), ("b",), ("a", "b")]


def test_a_merger_is_not_taken_back_over_a_later_change(termbase):
    termbase.load([EXTENDED, Concept("b", (Term("乙"),))])
    merged = merge(termbase, "b", EXTENDED.id, "sato")
    edit(termbase, replace(merged, note="of allies"), merged.revision, "mori")
    with pytest.raises(ConflictError, match="extended-deterrence has been changed since"):
        undo(termbase, "sato")
    assert [one.id for one in termbase.concepts()] == [EXTENDED.id]


def test_a_split_moves_terms_into_a_concept_of_their_own(termbase):
    termbase.load([EXTENDED])
    merge_into = Concept("b", (Term("核の保証"), Term("nuclear guarantee", ENGLISH)))
    termbase.load([merge_into])
    merge(termbase, "b", EXTENDED.id, "sato")
    kept, new = split(termbase, EXTENDED.id, ["核の保証", "nuclear guarantee"], "sato")
    assert texts(kept) == texts(EXTENDED)
    assert (new.id, texts(new)) == ("nuclear-guarantee", ["核の保証", "nuclear guarantee"])
    assert [usage for _, usage in japanese(new) + english(new)] == ["preferred", "preferred"]
    assert (new.homograph, kept.homograph) == (0, 0)
    assert [one.decision for one in history(termbase)][2:] == [Decision.SPLIT, Decision.SPLIT]
    undo(termbase, "sato")
    assert [one.id for one in termbase.concepts()] == [EXTENDED.id]
    assert "核の保証" in texts(termbase.concept(EXTENDED.id))


def test_two_meanings_of_one_term_are_split_into_homographs(termbase):
    both = (Term("盾"), Term("shield", ENGLISH), Term("pretext", ENGLISH, usage=Usage.ADMITTED))
    termbase.load([Concept("shield", both, definition="a plate")])
    kept, new = split(termbase, "shield", ["pretext"], "sato")
    assert (texts(kept), kept.homograph, kept.definition) == (["盾", "shield"], 1, "a plate")
    assert (texts(new), new.homograph, new.definition) == (["盾", "pretext"], 2, "")
    assert english(new) == [("pretext", "preferred")]
    undo(termbase, "sato")
    assert [(one.id, one.homograph) for one in termbase.concepts()] == [("shield", 0)]


def test_a_split_needs_terms_that_are_there_and_leaves_one(termbase):
    termbase.load([EXTENDED])
    with pytest.raises(TermbaseError, match="has no term 核の傘"):
        split(termbase, EXTENDED.id, ["核の傘"], "sato")
    with pytest.raises(TermbaseError, match="would have no Japanese term left"):
        split(termbase, EXTENDED.id, ["拡大抑止"], "sato")
    assert termbase.concepts() == [EXTENDED]


def test_what_another_one_was_merged_into_is_not_taken_back_before_that(termbase):
    accept(termbase, "核の傘", "nuclear umbrella", "sato")
    avoided = Term("核の傘", usage=Usage.DEPRECATED)
    termbase.load([Concept("umbrella", (avoided,), state=State.REJECTED)])
    merge(termbase, "umbrella", "nuclear-umbrella", "mori")
    with pytest.raises(ConflictError, match="umbrella has been merged into nuclear-umbrella since"):
        undo(termbase, "sato")
    undo(termbase, "mori")
    undo(termbase, "sato")
    assert [one.id for one in termbase.concepts()] == ["umbrella"]


# --- what the reviewer saw


@pytest.mark.parametrize("act", [reject, defer])
def test_a_candidate_that_somebody_has_decided_about_since_is_a_conflict(termbase, act):
    seen = termbase.candidate("抑止戦略").revision
    accept(termbase, "抑止戦略", "deterrence strategy", "sato", seen_revision=seen)
    with pytest.raises(ConflictError, match=r"accepted at revision 1 \(by sato\)"):
        act(termbase, "抑止戦略", "mori", seen_revision=seen)
    assert termbase.candidate("抑止戦略").status is Status.ACCEPTED
    undo(termbase, "sato")
    with pytest.raises(ConflictError, match="new at revision 2"):
        accept(termbase, "抑止戦略", "strategy", "mori", seen_revision=seen)
    comment(termbase, "抑止戦略", "No decision.", "sato")
    act(termbase, "抑止戦略", "mori", seen_revision=2)


@pytest.mark.parametrize("act", [approve, reject, defer])
def test_a_concept_that_was_changed_since_is_not_decided_about_unseen(termbase, act):
    termbase.load([EXTENDED])
    edit(termbase, replace(EXTENDED, note="new"), 1, "sato")
    with pytest.raises(ConflictError, match="at revision 2"):
        act(termbase, EXTENDED.id, "mori", seen_revision=1)
    act(termbase, EXTENDED.id, "mori", seen_revision=2)


def test_what_somebody_changed_and_changed_back_is_his_to_take_back_first(termbase):
    termbase.load([EXTENDED])
    for revision, (who, note) in enumerate(
        [("sato", "of allies"), ("mori", "of friends"), ("mori", "of allies")], 1
    ):
        edit(termbase, replace(EXTENDED, note=note), revision, who)
    with pytest.raises(ConflictError, match=r"changed since that decision \(edited by mori, "):
        undo(termbase, "sato")
    for who in ("mori", "mori", "sato"):
        undo(termbase, who)
    assert termbase.concept(EXTENDED.id).note == ""


# --- whatever reviewers do

REVIEWERS = ("sato", "mori", "abe")
TERMS = ("抑止戦略", "核の傘", "専守防衛", "拡大抑止", "盾")
EQUIVALENTS = ("deterrence", "umbrella; shield", "extended deterrence", "shield")
LOADED = (
    replace(EXTENDED, related=("alliance", "guarantee")),
    Concept("alliance", (Term("同盟"), Term("alliance", ENGLISH)), related=("guarantee",)),
    Concept("guarantee", (Term("核の保証"), Term("nuclear guarantee", ENGLISH))),
)


def act(termbase, what, who, first, second):
    """Do something by the numbers: which term, equivalent or concept."""
    concepts = termbase.concepts()
    one, other = (concepts[n % len(concepts)] for n in (first, second))
    term, equivalent = TERMS[first % len(TERMS)], EQUIVALENTS[second % len(EQUIVALENTS)]
    added = Term(term, usage=Usage.ADMITTED)
    changes = {
        "note": replace(one, note=f"note {second}"),
        "term": replace(one, terms=(*one.terms, added)),
        "relate": replace(one, related=(*one.related, other.id)),
        "part": replace(one, related=one.related[1:]),
    }
    if what in changes:
        edit(termbase, changes[what], one.revision, who)
    elif what == "accept":
        accept(termbase, term, equivalent, who)
    elif what == "into":
        accept(termbase, term, "", who, into=other.id)
    elif what == "separate":
        accept(termbase, term, equivalent, who, separate=True)
    elif what == "merge":
        merge(termbase, one.id, other.id, who)
    elif what == "split":
        split(termbase, one.id, [one.terms[second % len(one.terms)].text], who)
    elif what == "comment":
        comment(termbase, term, "why?", who)
    elif what == "undo":
        undo(termbase, who)
    else:
        decide = {"reject": reject, "defer": defer, "approve": approve}[what]
        decide(termbase, one.id if second % 2 or what == "approve" else term, who)


ACTS = st.tuples(
    st.sampled_from(
        ["accept", "into", "separate", "reject", "defer", "approve", "note", "term", "relate",
         "part", "merge", "split", "comment", "undo", "undo"]
    ),
    st.sampled_from(REVIEWERS),
    st.integers(0, 11),
    st.integers(0, 11),
)  # fmt: skip


def everything(termbase):
    """All that is true now, but for the count of the writes."""
    with termbase.reading() as connection:
        rows = [
            connection.execute(select(table)).all() for table in (schema.relation, schema.forward)
        ]
        return (
            {one.id: (content(one), one.proposed_by) for one in termbase.concepts()},
            {one.id: content(one) for one in termbase.glossary()},
            {one.candidate.term: one.status for one in termbase.candidates(contexts=0)},
            [sorted(map(tuple, found)) for found in rows],
        )


def last_to_act(termbase):
    """Who did what holds and was done last, None when nothing is left."""
    entries = history(termbase)
    undone = {one.undoes for one in entries}
    standing = [one for one in entries if one.undoes is None and one.batch not in undone]
    return standing[-1].who if standing else None


def errors(termbase):
    return [one for one in check(termbase) if one.severity is Severity.ERROR]


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.booleans(), st.lists(ACTS, max_size=14))
def test_whatever_reviewers_do_stays_sound_and_can_be_taken_back(new_database, two_person, acts):
    with Termbase(new_database(), two_person) as termbase:
        record(termbase)
        termbase.load(LOADED)
        beginning = everything(termbase)
        for what, who, first, second in acts:
            before, entries = everything(termbase), len(history(termbase))
            try:
                act(termbase, what, who, first, second)
            except TermbaseError:
                assert (everything(termbase), len(history(termbase))) == (before, entries)
            else:
                assert errors(termbase) == []
        while who := last_to_act(termbase):
            undo(termbase, who)
            assert errors(termbase) == []
        assert everything(termbase) == beginning
