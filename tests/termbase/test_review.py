from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.errors import ConflictError, TermbaseError
from yakugo.model import ENGLISH, JAPANESE, Concept, Status, Term, Usage
from yakugo.termbase import Termbase
from yakugo.termbase.review import accept, defer, history, reject, undo

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
def termbase(tmp_path):
    with Termbase(tmp_path / "termbase.sqlite") as opened:
        record(opened)
        yield opened


def record(termbase, text=TEXT):
    document = from_text(text, "essay")
    termbase.record(document, collect(document))


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
    assert (undone.term, undone.decision) == ("核の傘", Status.ACCEPTED)
    assert termbase.is_empty()
    assert status(termbase, "核の傘") is Status.NEW
    assert [r.decision for r in history(termbase)] == [Status.ACCEPTED, Status.NEW]
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


def content(termbase):
    concepts = [(c.id, c.terms) for c in termbase.concepts()]
    return concepts, [(r.candidate.term, r.status) for r in termbase.candidates()]


DECISION = st.tuples(
    st.sampled_from(["accept", "reject", "defer", "undo"]),
    st.sampled_from(["抑止戦略", "核の傘", "専守防衛"]),
    st.sampled_from(["deterrence", "umbrella; shield", "defense"]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(DECISION, max_size=8))
def test_undoing_everything_brings_back_the_beginning(tmp_path_factory, decisions):
    with Termbase(tmp_path_factory.mktemp("review") / "termbase.sqlite") as termbase:
        record(termbase)
        beginning = content(termbase)
        done, rows = 0, 0
        for action, term, english in decisions:
            if action == "accept":
                accept(termbase, term, english, "sato")
            elif action == "undo" and not done:
                continue
            else:
                {"reject": reject, "defer": defer}.get(action, lambda t, _, w: undo(t, w))(
                    termbase, term, "sato"
                )
            done += -1 if action == "undo" else 1
            rows += 1
            assert len(history(termbase)) == rows
        for _ in range(done):
            undo(termbase, "sato")
        assert content(termbase) == beginning
