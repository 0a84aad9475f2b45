"""Concepts as they are stored: revisions, ids, homographs, and what no writer can break."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yakugo.errors import ConflictError, TermbaseError
from yakugo.model import Concept, Context, Decision, PartOfSpeech, State, Term, TermType, Usage
from yakugo.termbase import Termbase
from yakugo.termbase.history import Act

UMBRELLA = Concept(
    "nuclear-umbrella",
    (
        Term(
            "核の傘",
            reading="かくのかさ",
            contexts=(Context.locating("核の傘", "同盟国は核の「傘」に頼る。", "essay"),),
        ),
        Term("nuclear umbrella", "en"),
        Term("atomic umbrella", "en", type=TermType.VARIANT, usage=Usage.DEPRECATED, note="dated"),
    ),
    subject_field="alliances",
    definition="protection that a nuclear-armed ally promises",
    related=("extended-deterrence",),
    changed="2026-01-02T03:04:05Z",
    changed_by="sato",
)


SHIELD = Concept("shield", (Term("盾"), Term("shield", "en")))


@pytest.fixture
def termbase(database):
    with Termbase(database) as opened:
        yield opened


def test_a_concept_comes_back_as_it_was(termbase):
    assert termbase.is_empty()
    termbase.load([UMBRELLA])
    assert termbase.concepts() == [UMBRELLA]
    assert termbase.concept("nuclear-umbrella") == UMBRELLA
    assert termbase.concept("nothing") is None
    assert termbase.concepts_with("核の「傘」") == [UMBRELLA]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
CONTEXT = st.builds(
    Context, TEXT, TEXT, st.integers(0, 9), st.integers(0, 9), st.none() | st.integers(0, 99)
)
TERM = st.builds(
    Term,
    TEXT,
    st.sampled_from(["ja", "en"]),
    TEXT,
    st.sampled_from(PartOfSpeech),
    st.none() | st.sampled_from(TermType),
    st.sampled_from([Usage.ADMITTED, Usage.DEPRECATED, Usage.SUPERSEDED]),
    TEXT,
    TEXT,
    st.lists(CONTEXT, max_size=2).map(tuple),
)
CONCEPT = st.builds(
    lambda terms, fields, related, revision, state: Concept(
        "any",
        (Term("語"), *terms),
        *fields,
        related=tuple(dict.fromkeys(related)),
        state=state,
        revision=revision,
    ),
    st.lists(TERM, max_size=3),
    st.tuples(*[TEXT] * 6),
    st.lists(TEXT, max_size=3),
    st.integers(1, 99),
    st.sampled_from(State),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CONCEPT)
def test_any_concept_comes_back_as_it_was(new_database, concept):
    with Termbase(new_database()) as termbase:
        termbase.load([concept])
        assert termbase.concepts() == [concept]


def test_a_write_from_an_old_revision_is_a_conflict(termbase):
    first = termbase.save(UMBRELLA, 0, "sato", "2026-01-01T00:00:00Z")
    assert (first.revision, first.changed_by) == (1, "sato")
    termbase.save(replace(first, note="for allies"), 1, "mori")
    with pytest.raises(
        ConflictError,
        match=r"at revision 2 \(changed by mori\), but the change was made from revision 1",
    ):
        termbase.save(first, 1, "sato")
    with pytest.raises(ConflictError):
        termbase.save(UMBRELLA, 0, "sato")
    assert termbase.concept("nuclear-umbrella").changed_by == "mori"


def test_a_concept_needs_a_japanese_term_and_one_preferred_a_language(termbase):
    with pytest.raises(TermbaseError, match="no Japanese term"):
        termbase.load([Concept("umbrella", (Term("umbrella", "en"),))])
    with pytest.raises(TermbaseError, match="two preferred"):
        termbase.load([Concept("umbrella", (Term("傘"), Term("核の傘")))])
    with pytest.raises(TermbaseError, match="two concepts have the id"):
        termbase.load([UMBRELLA, UMBRELLA])
    assert termbase.is_empty()


def test_what_is_stored_already_is_left_alone(termbase):
    first = termbase.save(SHIELD, 0, "sato")
    assert termbase.save(SHIELD, 1, "mori") == first
    assert len(termbase.reviews()) == 1


def test_names_are_kept_without_white_space_around_them(termbase):
    assert termbase.save(SHIELD, 0, " sato ").changed_by == "sato"
    with pytest.raises(TermbaseError, match="name of who decides"):
        termbase.save(replace(SHIELD, note="round"), 1, " ")
    assert termbase.concept("shield").revision == 1


def test_an_id_that_is_used_again_goes_on_counting(termbase):
    termbase.save(SHIELD, 0, "sato")
    termbase.remove("shield", "sato")
    assert termbase.concept("shield") is None
    assert termbase.save(SHIELD, 0, "mori").revision == 2


def test_concepts_are_found_by_any_width_of_their_terms(termbase):
    termbase.load([Concept("nato", (Term("NATO"), Term("NATO", "en")))])
    assert [one.id for one in termbase.concepts_with("ＮＡＴＯ")] == ["nato"]
    assert [one.id for one in termbase.concepts_with("ＮＡＴＯ", "en")] == ["nato"]


def test_the_ids_that_are_taken_can_be_asked_for_by_their_beginning(termbase):
    termbase.load([SHIELD, replace(SHIELD, id="shield-2", homograph=1), UMBRELLA])
    assert termbase.concept_ids("shield") == {"shield", "shield-2"}
    assert len(termbase.concept_ids()) == 3


# --- ids that lead to another concept


def merge(termbase, id, into):
    termbase.remove(id, Act("sato", decision=Decision.MERGED), merged_into=into)


def test_the_id_of_a_merged_concept_leads_to_the_other_also_by_way_of_a_third(termbase):
    termbase.load([replace(SHIELD, id=id, homograph=n) for n, id in enumerate("abc")])
    merge(termbase, "a", "b")
    assert termbase.concept("a").id == "b"
    merge(termbase, "b", "c")
    assert [termbase.concept(id).id for id in "abc"] == ["c", "c", "c"]
    assert [one.id for one in termbase.concepts()] == ["c"]
    assert termbase.concept_ids() == {"a", "b", "c"}


def test_relations_lead_where_the_ids_lead(termbase):
    umbrella = replace(UMBRELLA, related=("a", "b"))
    termbase.load([replace(SHIELD, id=id, homograph=n) for n, id in enumerate("ab")] + [umbrella])
    merge(termbase, "a", "b")
    assert termbase.concept("nuclear-umbrella").related == ("b",)
    saved = termbase.save(replace(umbrella, related=("b",), note="held up"), 1, "sato")
    assert saved.related == ("b",)
    assert termbase.as_written("nuclear-umbrella").related == ("a", "b")


def test_the_id_of_a_merged_concept_is_not_given_away(termbase):
    termbase.load([SHIELD, replace(SHIELD, id="buckler", homograph=1)])
    merge(termbase, "buckler", "shield")
    buckler = Concept("buckler", (Term("小盾"),))
    with pytest.raises(TermbaseError, match="buckler was merged into shield"):
        termbase.save(buckler, 0, "sato")
    with pytest.raises(TermbaseError, match="buckler was merged into shield"):
        termbase.load([buckler])
    with pytest.raises(ConflictError, match="buckler has been merged into shield since"):
        termbase.remove("shield", "sato")


# --- one meaning a term and subject field


def test_a_term_has_one_meaning_in_a_subject_field(termbase):
    termbase.load([SHIELD])
    other = Concept("sea-shield", (Term("「盾」"), Term("sea shield", "en")))
    with pytest.raises(TermbaseError, match="盾 is a term of shield already"):
        termbase.save(other, 0, "sato")
    with pytest.raises(TermbaseError, match="belongs to another concept already"):
        termbase.load([other])
    termbase.save(replace(other, subject_field="fleets"), 0, "sato")
    assert len(termbase.concepts_with("盾")) == 2


def test_homographs_share_a_term_by_their_numbers(termbase):
    termbase.load([replace(SHIELD, homograph=1), replace(SHIELD, id="sea-shield", homograph=2)])
    assert {one.id: one.homograph for one in termbase.concepts_with("盾")} == {
        "sea-shield": 2,
        "shield": 1,
    }


def test_terms_to_avoid_and_those_of_rejected_concepts_may_be_another_s(termbase):
    avoided = Concept("armour", (Term("装甲"), Term("盾", usage=Usage.DEPRECATED)))
    rejected = replace(SHIELD, id="round-shield", state=State.REJECTED)
    termbase.load([SHIELD, avoided, rejected])
    assert len(termbase.concepts_with("盾")) == 3
    with pytest.raises(TermbaseError, match="盾 is a term of shield already"):
        termbase.save(replace(rejected, state=State.APPROVED), 1, "sato")


def test_two_loaded_concepts_that_share_a_term_are_both_named(termbase):
    with pytest.raises(TermbaseError, match="sea-shield: 盾 is a term of shield already"):
        termbase.load([SHIELD, replace(SHIELD, id="sea-shield")])
    assert termbase.is_empty()


# --- what holds even for those who do not ask us


def raw(termbase, statement):
    with termbase.transaction() as connection:
        connection.exec_driver_sql(statement)


COLUMNS = 'concept, position, language, text, "key", form, usage'


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("delete from term where concept = 'shield'", "needs a Japanese term"),
        ("delete from term where language = 'ja'", "needs a Japanese term"),
        ("update term set language = 'en' where language = 'ja'", "nothing was written"),
        ("update concept set head_language = 'en'", "nothing was written"),
        ("update concept set state = 'agreed'", "nothing was written"),
        ("update term set usage = 'liked'", "nothing was written"),
        (
            f"insert into term ({COLUMNS}) values ('shield', 9, 'en', 'x', 'x', 'x', 'preferred')",
            "nothing was written",
        ),
        (
            "insert into concept (id, state, revision, head) values ('empty', 'approved', 1, 0)",
            "needs a Japanese term",
        ),
        (
            "insert into designation values ('盾', '', 0, 'nuclear-umbrella')",
            "nothing was written",
        ),
        ("update concept set subject_field = '', homograph = 0", "nothing was written"),
        ("update history set who = 'nobody'", "the history is only added to"),
        ("delete from history", "the history is only added to"),
    ],
)
def test_no_statement_breaks_what_a_termbase_promises(termbase, statement, said):
    termbase.load([UMBRELLA, replace(SHIELD, id="sea-shield", homograph=1)])
    termbase.save(SHIELD, 0, "sato")
    before = termbase.concepts(), termbase.reviews()
    with pytest.raises(TermbaseError, match=said):
        raw(termbase, statement)
    assert (termbase.concepts(), termbase.reviews()) == before


# --- the glossary is what is approved


def test_the_glossary_has_what_is_approved_with_relations_among_that(termbase):
    states = dict(zip("abcd", State, strict=True))
    loaded = [
        Concept(id, (Term(f"語{id}"),), state=state, related=tuple("abcd".replace(id, "")))
        for id, state in states.items()
    ]
    termbase.load(loaded)
    (only,) = termbase.glossary()
    assert (only.id, only.related) == ("b", ())
    assert states["b"] is State.APPROVED


def test_while_a_change_waits_the_glossary_keeps_what_was_approved(termbase):
    first = termbase.save(SHIELD, 0, "sato")
    waiting = replace(first, note="round", state=State.PROPOSED)
    second = termbase.save(waiting, 1, "mori")
    third = termbase.save(replace(second, note="long"), 2, "mori")
    assert termbase.concept("shield").note == "long"
    assert termbase.concept("shield").proposed_by == "mori"
    assert termbase.glossary() == [first]
    assert termbase.approved("shield") == first
    termbase.save(replace(third, state=State.APPROVED), 3, "sato")
    assert [one.note for one in termbase.glossary()] == ["long"]
    assert termbase.approved("shield") is None


def test_what_was_approved_leads_where_its_relations_lead_now(termbase):
    bucklers = [replace(SHIELD, id=f"buckler-{n}", homograph=n) for n in (1, 2)]
    related = replace(UMBRELLA, related=("buckler-1",))
    termbase.load([*bucklers, related])
    termbase.save(replace(related, note="wide", state=State.PROPOSED), 1, "mori")
    merge(termbase, "buckler-1", "buckler-2")
    glossary = {one.id: one for one in termbase.glossary()}
    assert glossary["nuclear-umbrella"].related == ("buckler-2",)
