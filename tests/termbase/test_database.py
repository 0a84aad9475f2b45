"""The database under a termbase: where it may be, and what is said when it cannot be used."""

import sqlite3
import subprocess
import sys
import textwrap

import pytest
from sqlalchemy import create_engine

from yakugo.errors import MissingPackageError, TermbaseError
from yakugo.model import Concept, Term
from yakugo.termbase import Termbase

SHIELD = Concept("shield", (Term("盾"), Term("shield", "en")))


def test_a_failed_write_leaves_nothing(database):
    with Termbase(database) as termbase:
        with pytest.raises(TermbaseError, match="no Japanese term"):
            load_a_sound_and_a_broken_concept(termbase)
        assert termbase.is_empty()


def load_a_sound_and_a_broken_concept(termbase):
    with termbase.transaction():
        termbase.load([SHIELD])
        termbase.load([Concept("umbrella", (Term("umbrella", "en"),))])


def test_a_part_that_fails_by_itself_leaves_the_rest(database):
    with Termbase(database) as termbase:
        with termbase.transaction():
            termbase.load([SHIELD])
            with pytest.raises(TermbaseError), termbase.attempt():
                termbase.load([Concept("buckler", (Term("小盾"),)), SHIELD])
        assert [one.id for one in termbase.concepts()] == ["shield"]


def test_what_is_remembered_stays(database):
    with Termbase(database) as termbase:
        assert termbase.remembered("name") == ""
        termbase.remember("name", "one")
        termbase.remember("name", "two")
    with Termbase(database) as termbase:
        assert termbase.remembered("name") == "two"


def run(code, *arguments):
    program = textwrap.dedent(code)
    return subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)])


def test_two_processes_that_write_at_once_lose_nothing(database):
    Termbase(database).close()
    code = """
        import sys
        from yakugo.model import Concept, Term
        from yakugo.termbase import Termbase
        who = sys.argv[2]
        with Termbase(sys.argv[1]) as termbase:
            for i in range(40):
                termbase.save(Concept(f"{who}-{i}", (Term(f"{who}の語{i}"),)), 0, who)
    """
    writers = [run(code, database, name) for name in ("sato", "mori")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with Termbase(database) as termbase:
        assert len(termbase.concepts()) == 80
        assert len(termbase.reviews()) == 80


# --- where it may be


def test_a_file_made_after_a_server_was_opened_has_all_constraints(database, tmp_path):
    """SQLAlchemy forgets those that PostgreSQL adds later; see schema.create."""
    Termbase(database).close()
    with Termbase(tmp_path / "later.sqlite") as termbase:
        termbase.load([SHIELD])
        with pytest.raises(TermbaseError, match="needs a Japanese term"):
            delete_terms(termbase)


def delete_terms(termbase):
    with termbase.transaction() as connection:
        connection.exec_driver_sql("delete from term")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://sato@localhost/terms", "SQLite files and in PostgreSQL, not in 'mysql'"),
        ("sqlite:///terms.sqlite", "not in 'sqlite'"),
        ("postgresql+asyncpg://localhost/terms", "not in 'postgresql\\+asyncpg'"),
        ("postgresql://host:port/terms", "a URL like postgresql\\+psycopg://USER:PASSWORD@HOST"),
        ("://", "a URL like"),
    ],
)
def test_a_url_of_another_kind_says_what_is_possible(url, said):
    with pytest.raises(TermbaseError, match=said):
        Termbase(url)


def test_a_server_that_is_not_there_is_named_without_the_password():
    with pytest.raises(TermbaseError, match="is the server running") as error:
        Termbase("postgresql://sato:secret@127.0.0.1:1/terms")
    assert "sato:***@127.0.0.1:1/terms" in str(error.value)
    assert "secret" not in str(error.value)
    assert "\n" not in str(error.value)


def test_without_psycopg_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'yakugo\[postgresql\]'"):
        Termbase("postgresql://127.0.0.1/terms")


def test_another_program_that_writes_for_long_is_waited_for_and_then_named(database, monkeypatch):
    Termbase(database).close()
    monkeypatch.setattr("yakugo.termbase.database._BUSY_SECONDS", 0.1)
    with Termbase(database) as one, Termbase(database) as other, one.transaction():
        one.remember("name", "one")
        with pytest.raises(TermbaseError, match="in use by another program; try again"):
            other.remember("name", "other")
        assert other.remembered("name") == ""


def test_another_program_s_tables_are_left_alone(database):
    place = database if isinstance(database, str) else f"sqlite:///{database}"
    engine = create_engine(place)
    with engine.begin() as connection:
        connection.exec_driver_sql("create table letters (text text)")
    engine.dispose()
    with pytest.raises(TermbaseError, match="another program's database"):
        Termbase(database)


def test_another_file_is_no_termbase(tmp_path):
    path = tmp_path / "termbase.sqlite"
    path.write_bytes(b"This is a letter to a friend. " * 99)
    with pytest.raises(TermbaseError, match="not a termbase"):
        Termbase(path)


def test_a_termbase_of_a_newer_yakugo_is_left_alone(database):
    with Termbase(database) as termbase, termbase.transaction() as connection:
        connection.exec_driver_sql("update meta set value = '99' where key = 'schema'")
    with pytest.raises(TermbaseError, match="newer yakugo"):
        Termbase(database)


def test_a_damaged_file_is_said_to_be_damaged(tmp_path):
    path = tmp_path / "termbase.sqlite"
    with Termbase(path) as termbase:
        termbase.load([Concept(f"shield-{n}", (Term(f"盾{n}"),)) for n in range(500)])
    with sqlite3.connect(path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    content = bytearray(path.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(TermbaseError, match="is damaged"), Termbase(path) as termbase:
        termbase.concepts()


def test_an_older_schema_on_a_server_is_no_yakugo_s(new_database):
    place = new_database()
    if not isinstance(place, str):
        pytest.skip("SQLite files of older schemas are brought up; see test_migrations")
    with Termbase(place) as termbase:
        termbase.remember("schema", "4")
    with pytest.raises(TermbaseError, match="which no yakugo wrote before 5 to PostgreSQL"):
        Termbase(place)


@pytest.mark.skipif(sys.platform != "linux", reason="takes a right from root as Linux does")
def test_a_read_only_termbase_can_be_read_but_not_written(tmp_path):
    path = tmp_path / "termbase.sqlite"
    with Termbase(path) as termbase:
        termbase.load([SHIELD])
    code = """
        import ctypes, os, sys
        # Root may write anywhere (CAP_DAC_OVERRIDE), until it runs a program without that right.
        if sys.argv[2] == "first":
            ctypes.CDLL(None).prctl(24, 1)
            os.execv(sys.executable, [*sys.orig_argv[:-1], "then"])
        from pathlib import Path
        from yakugo.errors import TermbaseError
        from yakugo.termbase import Termbase
        with Termbase(Path(sys.argv[1])) as termbase:
            assert len(termbase.concepts()) == 1
            try:
                termbase.set_scores({}, "weights")
            except TermbaseError as error:
                assert "read-only" in str(error)
            else:
                sys.exit("it was written")
    """
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert run(code, path, "first").wait(60) == 0
    finally:
        tmp_path.chmod(0o755)
