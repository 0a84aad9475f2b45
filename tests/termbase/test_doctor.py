"""Every way that a termbase can be broken is found; a sound one is found to be sound."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.equivalents import glosses
from yakugo.model import Concept, Context, Status, Term, Usage
from yakugo.termbase import Termbase
from yakugo.termbase.doctor import Severity, check
from yakugo.termbase.review import accept, comment, edit, merge, reject, undo
from yakugo.termbase.schema import VERSION
from yakugo.termhood import SIGNATURE

TEXT = (
    "抑止戦略を論じる。国家安全保障会議(NSC)は「核の傘」に頼る。専守防衛。先制・予防攻撃を論じた。"
)
GUARANTEE = Concept(
    "nuclear-guarantee",
    (
        Term("核の保証", reading="かくのほしょう", contexts=(Context("核の保証だ。", "", 0, 4),)),
        Term("nuclear guarantee", "en"),
        Term("nuclear promise", "en", usage=Usage.ADMITTED),
    ),
    related=("alliance",),
)
ALLIANCE = Concept("alliance", (Term("同盟", reading="どうめい"), Term("alliance", "en")))


@pytest.fixture
def place(database):
    """A termbase in which everything has been done that can be done."""
    with Termbase(database) as termbase:
        record(termbase)
        termbase.load([GUARANTEE, ALLIANCE])
        accept(termbase, "核の傘", "nuclear umbrella", "sato")
        reject(termbase, "専守防衛", "sato")
        accept(termbase, "抑止戦略", "deterrence strategy", "mori")
        undo(termbase, "mori")
        comment(termbase, "抑止戦略", "which one?", "mori")
        edit(termbase, replace(ALLIANCE, note="formal"), 1, "mori")
        accept(termbase, "連合", "coalition", "sato")
        merge(termbase, "coalition", "alliance", "sato")
        merge(termbase, "alliance", "nuclear-guarantee", "sato")
        undo(termbase, "sato")
        termbase.set_scores({}, SIGNATURE)
    return database


def record(termbase):
    document = from_text(TEXT, "essay")
    termbase.record(document, collect(document), glosses.find(document))


def break_(place, *statements):
    """What no user of yakugo can do: without foreign keys, triggers and checks."""
    if isinstance(place, str):
        engine = create_engine(place)
        with engine.begin() as connection:
            connection.exec_driver_sql("set session_replication_role = replica")
            for statement in statements:
                connection.exec_driver_sql(statement.replace("%", "%%"))
        engine.dispose()
        return
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("pragma ignore_check_constraints = on")
        connection.execute("drop trigger history_keeps_update")
        connection.execute("drop trigger history_keeps_delete")
        for statement in statements:
            if not statement.startswith("alter table"):
                connection.execute(statement)
        for act in ("update", "delete"):
            connection.execute(
                f"create trigger history_keeps_{act} before {act} on history begin"
                " select raise(abort, 'the history is only added to'); end"
            )
        connection.commit()


def found(place):
    with Termbase(place) as termbase:
        return [(one.severity, one.what, one.where) for one in check(termbase)]


def test_a_sound_termbase_has_nothing_wrong(place):
    assert found(place) == []


def test_a_new_one_has_nothing_wrong_either(database):
    assert found(database) == []


ERRORS = {
    "the schema has another version": (
        ["update meta set value = '4' where key = 'schema'"],
        f"4, and this yakugo has {VERSION}",
    ),
    "a value is unknown": (
        [
            "alter table concept drop constraint known_state",
            "update concept set state = 'agreed' where id = 'alliance'",
        ],
        "state 'agreed' in 1 rows of the table concept",
    ),
    "a concept has no Japanese term": (
        [
            "update term set language = 'en', usage = 'admitted' where concept = 'alliance'"
            " and language = 'ja'"
        ],
        "alliance",
    ),
    "the first term of a concept is not Japanese": (
        ["update concept set head = 2 where id = 'nuclear-umbrella'"],
        "nuclear-umbrella",
    ),
    "a concept has several preferred terms": (
        [
            "drop index one_preferred_term_a_language",
            "update term set usage = 'preferred' where usage = 'admitted'",
            "create index one_preferred_term_a_language on term (concept, language)",
        ],
        "nuclear-guarantee: 2 in en",
    ),
    "a term is not found by its text": (
        ["update term set key = 'かさ' where text = '核の傘'"],
        "核の傘 (nuclear-umbrella)",
    ),
    "what the terms of a concept are does not agree with what it is found by": (
        ["delete from designation where concept = 'alliance' and key = '同盟'"],
        "同盟 (alliance)",
    ),
    "an entry of the history cannot be read": (
        ["update history set after = '{' where concept = 'nuclear-umbrella'"],
        "entry 1, about nuclear-umbrella",
    ),
    "the history of a concept has a gap": (
        ["delete from history where concept = 'alliance' and revision = 2"],
        "alliance: from revision 2 to 3, entry 10",
    ),
    "a concept is not what its history says": (
        ["update concept set note = 'informal' where id = 'alliance'"],
        "alliance",
    ),
    "a candidate has another status than its last decision gave it": (
        ["update candidate set status = 'new' where term = '専守防衛'"],
        "専守防衛: new, and not rejected",
    ),
    "the id of a concept leads to another one": (
        ["insert into forward values ('nuclear-umbrella', 'alliance')"],
        "nuclear-umbrella, said to be merged into alliance",
    ),
    "a candidate is counted wrongly": (
        ["update occurrence set alone = 9 where candidate ="
         " (select id from candidate where term = '核の傘')"],
        "核の傘 in essay",
    ),
    "a candidate has a sentence, but no count": (
        ["delete from occurrence where candidate ="
         " (select id from candidate where term = '核の傘')"],
        "核の傘 in essay",
    ),
    "a sentence stands outside of its document": (
        ["update document set characters = 40"],
        "essay, character 37",
    ),
    "a candidate stands outside of its sentence": (
        ['update context set "end" = 99 where candidate ='
         " (select id from candidate where term = '専守防衛')"],
        "専守防衛 in essay: 専守防衛。",
    ),
    "a sentence holds something else than its candidate": (
        ['update context set start = 1, "end" = 5 where candidate ='
         " (select id from candidate where term = '抑止戦略')"],
        "抑止戦略 in essay: 止戦略を",
    ),
    "a term stands outside of its sentence": (
        ['update term_context set "end" = 99 where concept = \'nuclear-guarantee\''],
        "核の保証 (nuclear-guarantee): 核の保証だ。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ERRORS)
def test_what_contradicts_itself_is_an_error(place, what, monkeypatch):
    statements, where = ERRORS[what]
    if "schema" in what:
        monkeypatch.setattr("yakugo.termbase.database.Database._check_version", lambda self: None)
    break_(place, *statements)
    assert (Severity.ERROR, what, where) in found(place)


WARNINGS = {
    "a term is not found by its other spellings: another dictionary cut it up": (
        ["update term set form = '?' where text = 'nuclear promise'"],
        "nuclear promise (nuclear-guarantee)",
    ),
    "a concept is related to one that is not there": (
        ["insert into relation values ('nuclear-guarantee', 9, 'treaty')"],
        "nuclear-guarantee to treaty",
    ),
    "a sentence holds something else than its term": (
        ['update term_context set start = 1, "end" = 5'],
        "核の保証 (nuclear-guarantee): 核の保証だ。",
    ),
    "a candidate stands in no document": (
        ["insert into candidate (id, term, status) values (999, '無い語', 'new')"],
        "無い語",
    ),
    "the scores of the candidates are not those of what is stored": (
        ["update meta set value = 'other weights' where key = 'scored by'"],
        "",
    ),
}


@pytest.mark.parametrize("what", WARNINGS)
def test_what_somebody_should_look_at_is_a_warning(place, what):
    statements, where = WARNINGS[what]
    break_(place, *statements)
    assert (Severity.WARNING, what, where) in found(place)


def test_readings_are_kana_and_there(database):
    terms = (Term("盾", reading="tate"), Term("楯", usage=Usage.ADMITTED), Term("Nシールド"))
    with Termbase(database) as termbase:
        termbase.load(
            [
                Concept("shield", terms[:2]),
                Concept("n", (replace(terms[2], reading="エヌシールド"),)),
            ]
        )
    assert found(database) == [
        (Severity.WARNING, "a reading is not in kana", "盾: tate (shield)"),
        (Severity.WARNING, "a term has no reading", "楯 (shield)"),
    ]


def test_an_accepted_candidate_that_is_in_no_concept_says_what_has_become_of_it(place):
    what = "an accepted candidate is in no concept"
    with Termbase(place) as termbase:
        reject(termbase, "nuclear-umbrella", "mori")
    assert found(place) == [(Severity.WARNING, what, "核の傘: nuclear-umbrella was rejected")]
    with Termbase(place) as termbase:
        undo(termbase, "mori")
        concept = termbase.concept("nuclear-umbrella")
        renamed = (replace(concept.terms[0], text="核の庇護"), *concept.terms[1:])
        edit(termbase, replace(concept, terms=renamed), concept.revision, "mori")
    assert (Severity.WARNING, what, "核の傘: nuclear-umbrella has it no more") in found(place)
    with Termbase(place) as termbase:
        merge(termbase, "nuclear-umbrella", "alliance", "mori")
    assert (Severity.WARNING, what, "核の傘: alliance has it no more") in found(place)
    with Termbase(place) as termbase:
        termbase.set_status("国家安全保障会議", Status.ACCEPTED)
    assert (Severity.WARNING, what, "国家安全保障会議: no decision says where") in found(place)


def test_what_waits_is_counted(database):
    with Termbase(database, two_person=True) as termbase:
        termbase.load([GUARANTEE, ALLIANCE])
        edit(termbase, replace(ALLIANCE, note="formal"), 1, "sato")
        edit(termbase, replace(GUARANTEE, note="rare"), 1, "sato")
        assert [(one.what, one.where, one.remedy) for one in check(termbase)] == [
            (
                "concepts are proposed, and wait",
                "2",
                "yakugo proposals shows them; then yakugo approve ID",
            )
        ]


def test_terms_that_do_not_agree_are_told_with_how_often_they_are_used(database):
    avoided = Term("専守防衛", reading="せんしゅぼうえい", usage=Usage.DEPRECATED)
    with Termbase(database) as termbase:
        record(termbase)
        termbase.set_scores({}, SIGNATURE)
        termbase.load([replace(ALLIANCE, terms=(*ALLIANCE.terms, avoided))])
    assert found(database) == [
        (
            Severity.WARNING,
            "a term to avoid is still in use",
            "専守防衛 stands 1 times in the documents; 同盟 is preferred",
        )
    ]


# --- the database itself


def test_rows_without_their_parents_are_counted(place):
    if isinstance(place, str):
        pytest.skip("PostgreSQL lets no such row be")
    break_(place, "delete from document", "update forward set concept = 'nowhere'")
    with Termbase(place) as termbase:
        findings = check(termbase)
    lost = [one for one in findings if one.what == "rows refer to rows that are not there"]
    assert any(one.where.endswith("of the table occurrence, of document") for one in lost)
    assert all("backup" in one.remedy for one in lost)


def test_an_id_that_leads_nowhere_is_found(place):
    break_(place, "update forward set concept = 'nowhere'")
    what = "the id of a merged concept leads nowhere"
    assert (Severity.ERROR, what, "coalition to nowhere") in found(place)


def test_a_damaged_file_is_said_to_be_damaged_and_no_more(place):
    if isinstance(place, str):
        pytest.skip("a server's files are its own")
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        (page,) = connection.execute(
            "select rootpage from sqlite_master where name = 'term_key'"
        ).fetchone()
        (size,) = connection.execute("pragma page_size").fetchone()
    content = bytearray(place.read_bytes())
    start = (page - 1) * size
    content[start + 8 : start + size] = bytes(size - 8)
    place.write_bytes(content)
    findings = found(place)
    assert findings
    assert {what for _, what, _ in findings} <= {
        "the file is damaged",
        "the database cannot be read",
    }


@pytest.mark.parametrize(
    ("sqlite", "postgresql", "name"),
    [
        (
            "drop trigger history_keeps_delete",
            "drop trigger history_is_kept on history",
            "history_",
        ),
        (
            "drop index one_preferred_term_a_language",
            "drop index one_preferred_term_a_language",
            "one_preferred_term_a_language",
        ),
        (None, "alter table concept drop constraint a_japanese_term", "a_japanese_term"),
    ],
)
def test_a_constraint_that_was_dropped_is_missed(place, sqlite, postgresql, name):
    statement = postgresql if isinstance(place, str) else sqlite
    if statement is None:
        pytest.skip("SQLite cannot drop it")
    with Termbase(place) as termbase, termbase.transaction() as connection:
        connection.exec_driver_sql(statement)
    ((severity, what, where),) = found(place)
    assert (severity, what) == (Severity.ERROR, "a constraint of the database is missing")
    assert where.startswith(name)
