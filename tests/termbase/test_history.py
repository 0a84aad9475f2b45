"""The history: what an entry says to have changed, and what a concept was at a revision."""

from dataclasses import replace

import pytest

from yakugo.errors import TermbaseError
from yakugo.model import Concept, Context, Decision, State, Status, Term, Usage
from yakugo.termbase import Termbase
from yakugo.termbase.history import Act, Change, changes, content

SHIELD = Concept(
    "shield",
    (Term("盾", reading="たて"), Term("shield", "en"), Term("buckler", "en", usage=Usage.ADMITTED)),
    definition="a plate to hold before oneself",
)


@pytest.fixture
def termbase(database):
    with Termbase(database) as opened:
        yield opened


def test_each_write_adds_an_entry_with_both_states(termbase):
    first = termbase.save(SHIELD, 0, "sato", "2026-05-01T10:00:00Z")
    second = termbase.save(replace(first, note="round"), 1, "mori", "2026-05-02T10:00:00Z")
    termbase.remove("shield", Act("sato", "2026-05-03T10:00:00Z"))
    entries = termbase.reviews()
    assert [(one.who, one.when[8:10], one.revision) for one in entries] == [
        ("sato", "01", 0),
        ("mori", "02", 1),
        ("sato", "03", 2),
    ]
    states = [(one.before, one.after) for one in entries]
    assert states == [(None, first), (first, second), (second, None)]
    assert [one.decision for one in entries[:2]] == [Decision.ADDED, Decision.EDITED]


def test_an_act_says_more_than_who_and_when(termbase):
    act = Act(
        "sato", "", Decision.ACCEPTED, "盾", "shield", "as in the treaty", (Status.NEW, None), 7
    )
    termbase.save(SHIELD, 0, act)
    (entry,) = termbase.reviews()
    assert (entry.term, entry.english, entry.comment) == ("盾", "shield", "as in the treaty")
    assert (entry.decision, entry.concept, entry.batch) == (Decision.ACCEPTED, "shield", 7)


@pytest.mark.parametrize("who", ["", "  ", "\n"])
def test_an_entry_needs_a_name(termbase, who):
    with pytest.raises(TermbaseError, match="needs the name of who decides"):
        termbase.save(SHIELD, 0, who)
    assert termbase.is_empty()


def test_a_concept_is_known_as_it_was_at_each_revision(termbase):
    termbase.load([replace(SHIELD, revision=3)])
    second = termbase.save(replace(SHIELD, note="round"), 3, "sato")
    third = termbase.save(replace(second, note="long"), 4, "mori")
    notes = {n: termbase.at_revision("shield", n) for n in (2, 3, 4, 5, 6)}
    assert {n: one.note for n, one in notes.items() if one} == {3: "", 4: "round", 5: "long"}
    assert notes[5] == third
    assert termbase.at_revision("nothing", 1) is None


def test_a_revision_of_a_merged_concept_is_known_too(termbase):
    termbase.load([SHIELD, Concept("buckler", (Term("小盾"),), related=("shield",))])
    termbase.remove("buckler", Act("sato"), merged_into="shield")
    assert termbase.at_revision("buckler", 1).terms == (Term("小盾"),)
    assert termbase.concept("buckler").id == "shield"


# --- what changed


def changed(before, after):
    return [(change.what, change.was, change.now) for change in changes(before, after)]


def test_a_field_and_a_term_say_from_what_to_what():
    japanese, shield, _ = SHIELD.terms
    after = replace(
        SHIELD,
        terms=(replace(japanese, reading="じゅん"), shield, Term("targe", "en")),
        definition="what is held before oneself",
        state=State.DEFERRED,
        homograph=2,
    )
    assert changed(SHIELD, after) == [
        ("definition", SHIELD.definition, "what is held before oneself"),
        ("homograph", "", "2"),
        ("state", "approved", "deferred"),
        ("盾: reading", "たて", "じゅん"),
        ("en term", "buckler", ""),
        ("en term", "", "targe"),
    ]


def test_a_new_and_a_removed_concept_are_all_change():
    assert ("ja term", "", "盾") in changed(None, SHIELD)
    assert ("ja term", "盾", "") in changed(SHIELD, None)
    assert ("definition", "", SHIELD.definition) in changed(None, SHIELD)
    assert changed(None, None) == []


def test_who_wrote_it_and_how_often_is_no_change():
    assert changed(SHIELD, replace(SHIELD, revision=9, changed="2026", changed_by="mori")) == []
    assert content(SHIELD) == content(replace(SHIELD, revision=9, proposed_by="mori"))


def test_a_new_order_of_the_same_terms_is_a_change():
    a, b, c = SHIELD.terms
    assert changed(SHIELD, replace(SHIELD, terms=(a, c, b))) == [
        ("order", "盾 · shield · buckler", "盾 · buckler · shield")
    ]


def test_sentences_and_relations_are_said_as_text():
    shown = replace(
        SHIELD,
        terms=(replace(SHIELD.terms[0], contexts=(Context("盾を持つ。"),)), *SHIELD.terms[1:]),
        related=("sword", "spear"),
    )
    assert changes(SHIELD, shown) == [
        Change("related", "", "sword; spear"),
        Change("盾: contexts", "", "盾を持つ。"),
    ]
