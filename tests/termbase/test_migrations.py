"""A termbase that an older yakugo wrote is opened, with all that was decided in it.

tests/data/schema-N.sql is what the yakugo of schema N stored from two lines of text.
"""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from yakugo.errors import TermbaseError
from yakugo.model import Decision, Status
from yakugo.termbase import Termbase
from yakugo.termbase.doctor import Severity, check
from yakugo.termbase.history import content
from yakugo.termbase.review import undo
from yakugo.termbase.schema import VERSION, metadata

DATA = Path(__file__).parents[1] / "data"
OLD = sorted(DATA.glob("schema-?.sql"))
OLD_ON_SERVERS = sorted(DATA.glob("schema-?.postgresql.sql"))
FIRST_ON_SERVERS = 5


@pytest.fixture(params=OLD, ids=lambda path: path.stem)
def path(request, tmp_path):
    path = tmp_path / "termbase.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    connection.close()
    return path


def columns(path):
    with sqlite3.connect(path) as connection:
        return {
            table: {row[1] for row in connection.execute(f"pragma table_info({table})")}
            for table in metadata.tables
        }


def test_there_is_a_file_of_every_earlier_version():
    assert [path.stem for path in OLD] == [f"schema-{n}" for n in range(1, VERSION)]
    on_servers = [f"schema-{n}.postgresql" for n in range(FIRST_ON_SERVERS, VERSION)]
    assert [path.stem for path in OLD_ON_SERVERS] == on_servers


def test_an_older_termbase_is_brought_up_and_keeps_what_was_decided(path):
    with Termbase(path) as termbase:
        assert termbase.candidate("覚書").status is Status.ACCEPTED
        assert termbase.candidate("外交努力").status is Status.REJECTED
        assert termbase.candidate("覚書").candidate.key == "覚え書き"
        assert termbase.candidate("核の傘").candidate.frequency == 2
        assert termbase.candidate("安全保障").candidate.alone == 0  # it was only nested
        assert termbase.candidate("二重鍵").candidate.alone == 1
        assert termbase.candidate("二重鍵").candidate.classes == "QCN"
        assert [gloss.text for gloss in termbase.glosses()] == ["NSC"]
        decided = [one for one in termbase.reviews() if one.who == "sato"]
        assert [one.decision for one in decided] == [Decision.ACCEPTED, Decision.REJECTED]
        assert content(decided[0].after) == content(termbase.concept("memorandum"))
        assert termbase.glossary() == termbase.concepts()
        assert termbase.remembered("schema") == str(VERSION)


def test_what_shared_a_term_are_homographs_now(path):
    with Termbase(path) as termbase:
        numbers = {one.id: one.homograph for one in termbase.concepts_with("盾")}
        undone = [one for one in termbase.reviews() if one.who == "mori"]
    if numbers:  # the older samples have no such concepts
        assert numbers == {"sea-shield": 1, "shield": 2}
        assert [one.decision for one in undone] == [Decision.DEFERRED, Decision.TAKEN_BACK]


def test_what_was_brought_up_is_sound(path):
    with Termbase(path) as termbase:
        assert [one for one in check(termbase) if one.severity is Severity.ERROR] == []


def test_a_decision_of_an_older_yakugo_can_be_taken_back(path):
    with Termbase(path) as termbase:
        assert undo(termbase, "sato").term == "外交努力"
        assert undo(termbase, "sato").term == "覚書"
        assert termbase.concept("memorandum") is None


def test_it_has_the_tables_of_a_new_one(path, tmp_path):
    new = tmp_path / "new.sqlite"
    Termbase(new).close()
    Termbase(path).close()
    assert columns(path) == columns(new)


def test_a_copy_of_the_file_as_it_was_stays(path):
    version = sqlite3.connect(path).execute("select value from meta").fetchone()[0]
    Termbase(path).close()
    Termbase(path).close()
    (copy,) = path.parent.glob("termbase.sqlite.schema-*")
    assert sqlite3.connect(copy).execute("select value from meta").fetchone()[0] == version


def test_an_older_termbase_that_cannot_be_written_says_so(path, monkeypatch):
    monkeypatch.setattr("yakugo.termbase.database.os.access", lambda *_: False)
    with pytest.raises(TermbaseError, match="older schema"):
        Termbase(path)


class TestOnPostgreSQL:
    """tests/data/schema-N.postgresql.sql is what pg_dump wrote of the same termbase there."""

    @pytest.fixture(params=OLD_ON_SERVERS, ids=lambda path: path.stem)
    def place(self, request, new_database):
        place = new_database()
        if not isinstance(place, str):
            pytest.skip("this is about PostgreSQL")
        engine = create_engine(place)
        with engine.begin() as connection:
            schema = connection.exec_driver_sql("select current_schema()").scalar_one()
            script = request.param.read_text(encoding="utf-8")
            connection.exec_driver_sql(script.replace("public.", f"{schema}."))
        yield place
        with engine.begin() as connection:
            connection.exec_driver_sql(f"drop schema if exists {schema}_schema_5 cascade")
        engine.dispose()

    def test_it_is_brought_up_and_keeps_what_was_decided(self, place):
        with Termbase(place) as termbase:
            assert termbase.candidate("覚書").status is Status.ACCEPTED
            assert termbase.remembered("schema") == str(VERSION)
            assert [one for one in check(termbase) if one.severity is Severity.ERROR] == []
            assert undo(termbase, "sato").term == "外交努力"

    def test_it_has_the_tables_of_a_new_one(self, place, new_database):
        new = new_database()
        for each in (place, new):
            Termbase(each).close()
        assert self.columns(place) == self.columns(new)

    def test_a_copy_of_the_tables_as_they_were_stays(self, place):
        Termbase(place).close()
        Termbase(place).close()
        engine = create_engine(place)
        with engine.connect() as connection:
            schema = connection.exec_driver_sql("select current_schema()").scalar_one()
            copy = f"{schema}_schema_5"
            assert "learner" not in inspect(connection).get_table_names(schema=copy)
            query = f"select value from {copy}.meta where key = 'schema'"
            assert connection.exec_driver_sql(query).scalar_one() == "5"
            query = f"select count(*) from {copy}.history"
            assert connection.exec_driver_sql(query).scalar_one() == 4
        engine.dispose()

    @staticmethod
    def columns(place):
        engine = create_engine(place)
        found = inspect(engine)
        columns = {
            table: {
                (column["name"], str(column["type"]), column["nullable"])
                for column in found.get_columns(table)
            }
            for table in found.get_table_names()
        }
        engine.dispose()
        return columns
