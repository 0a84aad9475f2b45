"""The database under the termbase: a SQLite file, or PostgreSQL by its URL.

Every write is one transaction: it is there whole, or nothing of it is. Writers come one after
the other in both databases, so that what a writer has read still holds when it writes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, delete, event, func, inspect, select
from sqlalchemy import exc as sql
from sqlalchemy.engine import make_url

from yakugo.errors import MissingPackageError, TermbaseError
from yakugo.termbase import schema as s
from yakugo.termbase.migrations import migrate

_BUSY_SECONDS = 30  # how long a write waits for another one to end
_POSTGRESQL = "postgresql+psycopg"
_FIRST_IN_POSTGRESQL = 5  # the schema; older termbases are SQLite files
_FORM = f"{_POSTGRESQL}://USER:PASSWORD@HOST/DATABASE"
_REMEDY = "make the folder writable, or choose another workspace with -w"


class Database:
    """An open database with the tables of a termbase, which are made when they are missing.

    `place` is the path of a SQLite file, or a URL (`postgresql+psycopg://user@host/name`). Use it
    in a `with` block, or close it. What cannot be written to can still be read.
    """

    def __init__(self, place: Path | str) -> None:
        self.path = None if _is_url(place) else Path(place)
        self.name = str(self.path or _url(str(place)).render_as_string(hide_password=True))
        self.read_only = (
            self.path is not None
            and self.path.exists()
            and not (os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK))
        )
        if self.path is None:
            self._engine = _postgresql(_url(str(place)))
        else:
            self._engine = _sqlite(self.path, self.read_only)
        self._writing: Connection | None = None
        try:
            self._check_version()
        except sql.DBAPIError as error:
            self.close()
            raise self._failure(error) from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A write: all of it or nothing; one inside another is part of the outer one."""
        if self._writing is not None:
            yield self._writing
            return
        if self.read_only:
            raise TermbaseError(f"{self.name} is read-only; {_REMEDY}")
        try:
            with (
                self._engine.connect().execution_options(yakugo_write=True) as connection,
                connection.begin(),
            ):
                self._writing = connection
                yield connection
        except sql.DBAPIError as error:
            raise self._failure(error) from error
        finally:
            self._writing = None

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a transaction that may fail by itself: then nothing of it is written."""
        with self.transaction() as connection, connection.begin_nested():
            yield

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read by: that of the transaction that is open, else one of its own.

        All that is read by it is of one moment.
        """
        if self._writing is not None:
            yield self._writing
            return
        try:
            with self._engine.connect() as connection:
                if connection.dialect.name != "sqlite":
                    connection.execution_options(isolation_level="REPEATABLE READ")
                with connection.begin():
                    yield connection
        except sql.DBAPIError as error:
            raise self._failure(error) from error

    def _failure(self, error: sql.DBAPIError) -> TermbaseError:
        reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else str(error)
        if "not a database" in reason:
            return TermbaseError(f"{self.name} is not a termbase; move it away and start again")
        if "malformed" in reason:
            return TermbaseError(
                f"{self.name} is damaged ({reason}); put a copy of it back, or move it away"
            )
        if "readonly" in reason or "unable to open" in reason:
            return TermbaseError(f"{self.name} cannot be written: {reason}; {_REMEDY}")
        if "locked" in reason or "lock timeout" in reason:
            return TermbaseError(f"{self.name} is in use by another program; try again")
        if "connection" in reason:
            return TermbaseError(
                f"cannot reach {self.name}: {reason}; is the server running, and the name right?"
            )
        if "a_japanese_term" in reason or "FOREIGN KEY constraint failed" in reason:
            return TermbaseError("a concept needs a Japanese term; nothing was written")
        return TermbaseError(f"{self.name}: {reason}; nothing was written")

    def _check_version(self) -> None:
        with self.reading() as connection:
            tables = inspect(connection).get_table_names()
            found = None
            if "meta" in tables:
                found = connection.scalar(select(s.meta.c.value).where(s.meta.c.key == "schema"))
        if found is None and tables:
            raise TermbaseError(f"{self.name} is another program's database; move it away")
        version = int(found or 0)
        if version > s.VERSION:
            raise TermbaseError(
                f"{self.name} was written by a newer yakugo (schema {found}); "
                "update yakugo: pip install --upgrade yakugo"
            )
        if 0 < version < s.VERSION:
            self._migrate(version)
        elif found is None:
            with self.transaction() as connection:
                s.create(connection)
                if connection.scalar(select(func.count()).select_from(s.meta)) == 0:
                    connection.execute(s.meta.insert(), {"key": "schema", "value": str(s.VERSION)})

    def _migrate(self, version: int) -> None:
        """Bring an older termbase to this schema; a copy of it as it was stays beside it."""
        if self.path is None and version < _FIRST_IN_POSTGRESQL:
            raise TermbaseError(
                f"{self.name} has schema {version}, which no yakugo wrote before "
                f"{_FIRST_IN_POSTGRESQL} to PostgreSQL; restore it from its backup"
            )
        if self.read_only:
            raise TermbaseError(f"{self.name} has an older schema and is read-only; {_REMEDY}")
        if self.path is not None:
            self._copy_file(self.path, version)
        with self._without_foreign_keys(), self.transaction() as connection:
            if self.remembered("schema") != str(version):
                return  # another program was faster
            if self.path is None:
                _copy_tables(connection, version)
            migrate(connection, version)
            if self.path is not None:
                self._check_foreign_keys(connection)
            self.remember("schema", str(s.VERSION))

    def _check_foreign_keys(self, connection: Connection) -> None:
        broken = connection.exec_driver_sql("pragma foreign_key_check").first()
        if broken is not None:
            raise TermbaseError(
                f"{self.name} refers to rows that are not there (table {broken[0]}); it stays "
                "as it was: open it with the yakugo that wrote it, or restore a copy"
            )

    @contextmanager
    def _without_foreign_keys(self) -> Iterator[None]:
        """Tables can be made anew in SQLite: no row goes because its parent's table went."""
        if self.path is None:
            yield
            return

        def off(connection: Any, record: Any, proxy: Any) -> None:
            connection.execute("pragma foreign_keys = off")

        event.listen(self._engine, "checkout", off)
        try:
            yield
        finally:
            event.remove(self._engine, "checkout", off)
            self._engine.dispose()  # new connections have them on

    def _copy_file(self, path: Path, version: int) -> None:
        copy = path.with_name(f"{path.name}.schema-{version}")
        if copy.exists():
            return
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        source = self._engine.raw_connection()
        target = sqlite3.connect(unfinished)
        try:
            source.driver_connection.backup(target)  # type: ignore[union-attr]
        finally:
            target.close()
            source.close()
        unfinished.replace(copy)

    def remembered(self, key: str) -> str:
        """What was last remembered under a key, "" for nothing."""
        with self.reading() as connection:
            found = connection.scalar(select(s.meta.c.value).where(s.meta.c.key == key))
            return found or ""

    def remember(self, key: str, value: str) -> None:
        """Keep a value under a key."""
        with self.transaction() as connection:
            connection.execute(delete(s.meta).where(s.meta.c.key == key))
            connection.execute(s.meta.insert(), {"key": key, "value": value})


def _copy_tables(connection: Connection, version: int) -> None:
    """Copy all rows into a schema of PostgreSQL beside this one, if it is not there yet."""
    here = connection.exec_driver_sql("select current_schema()").scalar_one()
    found = inspect(connection)
    copy = f"{here}_schema_{version}"
    if copy in found.get_schema_names():
        return
    quoted = connection.dialect.identifier_preparer.quote
    connection.exec_driver_sql(f"create schema {quoted(copy)}")
    for name in found.get_table_names():
        table = quoted(name)
        connection.exec_driver_sql(f"create table {quoted(copy)}.{table} as table {table}")


def _is_url(place: Path | str) -> bool:
    return isinstance(place, str) and "://" in place


def _url(given: str) -> URL:
    try:
        url = make_url(given)
    except (sql.ArgumentError, ValueError):
        raise TermbaseError(f"the database is named by a URL like {_FORM}") from None
    if url.drivername not in ("postgresql", "postgres", _POSTGRESQL):
        raise TermbaseError(
            f"yakugo keeps termbases in SQLite files and in PostgreSQL, not in {url.drivername!r}; "
            f"name a database like {_FORM}"
        )
    return url.set(drivername=_POSTGRESQL)


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            "PostgreSQL needs the package psycopg: pip install 'yakugo[postgresql]'"
        ) from error

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        if connection.get_execution_options().get("yakugo_write", False):
            connection.exec_driver_sql(f"set local lock_timeout = '{_BUSY_SECONDS}s'")
            connection.exec_driver_sql(
                "select pg_advisory_xact_lock(hashtext('yakugo'), hashtext(current_schema()))"
            )

    return engine


def _sqlite(path: Path, read_only: bool) -> Engine:
    if read_only:
        # A file in WAL mode cannot be opened where its -wal cannot be written, unless SQLite is
        # told that nobody writes to it.
        mode = "mode=ro" if path.with_name(path.name + "-wal").exists() else "mode=ro&immutable=1"
        url = f"sqlite:///file:{path.as_posix()}?{mode}&uri=true"
    else:
        url = f"sqlite:///{path}"
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # transactions are ours, see `_begun`
        connection.execute("pragma foreign_keys = on")
        if not read_only:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")  # a confirmed decision is on the disk

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A writer takes its lock at once: two that have read the same must not both write.
        writes = connection.get_execution_options().get("yakugo_write", False)
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine
