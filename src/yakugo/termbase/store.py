"""The store: concepts, documents, candidates and reviews, in SQLite through SQLAlchemy Core.

Every write is one transaction: it is there whole, or nothing of it is.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Table,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    inspect,
    select,
    update,
)
from sqlalchemy import exc as sql

from yakugo.candidates import CONTEXTS
from yakugo.documents import Document
from yakugo.equivalents.glossary import key
from yakugo.errors import ConflictError, TermbaseError
from yakugo.model import (
    JAPANESE,
    Candidate,
    Concept,
    Context,
    Gloss,
    Kind,
    PartOfSpeech,
    Ranked,
    Review,
    Status,
    Term,
    TermType,
    Usage,
)
from yakugo.reference import General
from yakugo.termbase import schema as s
from yakugo.termbase.migrations import migrate

_BUSY_SECONDS = 30  # how long a write waits for another one to end
_CHUNK = 10_000  # rows written at a time
_VARIABLES = 10_000  # values in one statement; SQLite takes 32,766
_NEVER = "1980-01-01T00:00:00Z"
_SCORED_BY = "scored by"  # under this the termbase remembers what its scores were made by
_REMEDY = "make the folder writable, or choose another workspace with -w"


class Recorded(StrEnum):
    """What became of a document that was handed in."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def now() -> str:
    """The time as it is stored: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _later(time: str) -> str:
    after = datetime.fromisoformat(time) + timedelta(seconds=1)
    return after.strftime("%Y-%m-%dT%H:%M:%SZ")


class Termbase:
    """An open termbase: a path to a SQLite file, which is made when it is missing.

    Use it in a `with` block, or close it. What cannot be written to can still be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read_only = path.exists() and not (
            os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        )
        self._engine = _engine(path, self.read_only)
        self._writing: Connection | None = None
        try:
            self._check_version()
        except sql.DatabaseError as error:
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
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A write: all of it or nothing; one inside another is part of the outer one."""
        if self._writing is not None:
            yield self._writing
            return
        if self.read_only:
            raise TermbaseError(f"{self.path} is read-only; {_REMEDY}")
        try:
            with (
                self._engine.connect().execution_options(yakugo_write=True) as connection,
                connection.begin(),
            ):
                self._writing = connection
                yield connection
        except sql.DatabaseError as error:
            raise self._failure(error) from error
        finally:
            self._writing = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read by: that of the transaction that is open, else one of its own."""
        if self._writing is not None:
            yield self._writing
            return
        try:
            with self._engine.connect() as connection, connection.begin():
                yield connection
        except sql.DatabaseError as error:
            raise self._failure(error) from error

    def _failure(self, error: sql.DatabaseError) -> TermbaseError:
        reason = str(error.orig).splitlines()[0] if error.orig else str(error)
        if "not a database" in reason:
            return TermbaseError(f"{self.path} is not a termbase; move it away and start again")
        if "readonly" in reason or "unable to open" in reason:
            return TermbaseError(f"{self.path} cannot be written: {reason}; {_REMEDY}")
        if "locked" in reason:
            return TermbaseError(f"{self.path} is in use by another program; try again")
        return TermbaseError(f"{self.path}: {reason}; nothing was written")

    def _check_version(self) -> None:
        with self.reading() as connection:
            tables = inspect(connection).get_table_names()
            found = None
            if "meta" in tables:
                found = connection.scalar(select(s.meta.c.value).where(s.meta.c.key == "schema"))
        if found is None and tables:
            raise TermbaseError(f"{self.path} is another program's database; move it away")
        version = int(found or 0)
        if version > s.VERSION:
            raise TermbaseError(
                f"{self.path} was written by a newer yakugo (schema {found}); "
                "update yakugo: pip install --upgrade yakugo"
            )
        if 0 < version < s.VERSION:
            self._migrate(version)
        elif found is None:
            with self.transaction() as connection:
                s.metadata.create_all(connection)
                if connection.scalar(select(func.count()).select_from(s.meta)) == 0:
                    connection.execute(s.meta.insert(), {"key": "schema", "value": str(s.VERSION)})

    def _migrate(self, version: int) -> None:
        """Bring an older file to this schema; a copy of it as it was stays beside it."""
        if self.read_only:
            raise TermbaseError(f"{self.path} has an older schema and is read-only; {_REMEDY}")
        copy = self.path.with_name(f"{self.path.name}.schema-{version}")
        if not copy.exists():
            unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
            self._copy_to(unfinished)
            unfinished.replace(copy)
        with self.transaction() as connection:
            if self.remembered("schema") != str(version):
                return  # another program was faster
            migrate(connection, version)
            self.remember("schema", str(s.VERSION))

    def _copy_to(self, path: Path) -> None:
        source = self._engine.raw_connection()
        target = sqlite3.connect(path)
        try:
            source.driver_connection.backup(target)  # type: ignore[union-attr]
        finally:
            target.close()
            source.close()

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

    # --- concepts

    def is_empty(self) -> bool:
        """Whether there is no concept yet."""
        with self.reading() as connection:
            return connection.scalar(select(s.concept.c.id).limit(1)) is None

    def load(self, concepts: Iterable[Concept]) -> None:
        """Store many new concepts at once, as they are; a TermbaseError if an id is taken."""
        with self.transaction() as connection:
            for concept in concepts:
                self._insert(connection, concept)

    def concepts(self, ids: Collection[str] | None = None) -> list[Concept]:
        """All concepts, or those with the given ids, sorted by id."""
        with self.reading() as connection:
            return _concepts(connection, ids)

    def concept_ids(self) -> set[str]:
        """The ids that are taken."""
        with self.reading() as connection:
            return set(connection.scalars(select(s.concept.c.id)))

    def concept(self, id: str) -> Concept | None:
        """The concept with an id."""
        return next(iter(self.concepts([id])), None)

    def concepts_with(self, term: str, language: str = JAPANESE) -> list[Concept]:
        """The concepts that have a term, whatever its width and quotation marks."""
        where = (s.term.c.key == key(term)) & (s.term.c.language == language)
        with self.reading() as connection:
            ids = connection.scalars(select(s.term.c.concept).where(where)).all()
            return _concepts(connection, set(ids)) if ids else []

    def save(self, concept: Concept, seen_revision: int, who: str, when: str = "") -> Concept:
        """Store a concept and return it with its new revision.

        `seen_revision` is the revision that the writer saw, 0 for a new concept. ConflictError,
        and nothing written, when another revision is stored by now.
        """
        with self.transaction() as connection:
            stored = connection.scalar(
                select(s.concept.c.revision).where(s.concept.c.id == concept.id)
            )
            if (stored or 0) != seen_revision:
                raise ConflictError(
                    f"{concept.id} is at revision {stored or 'none'}, but the change was made from "
                    f"revision {seen_revision or 'none'}; look at it again and repeat the change"
                )
            saved = replace(
                concept, revision=seen_revision + 1, changed=when or now(), changed_by=who
            )
            connection.execute(delete(s.concept).where(s.concept.c.id == concept.id))
            self._insert(connection, saved)
            return saved

    def remove(self, id: str) -> None:
        """Take a concept out, with what relates to it."""
        with self.transaction() as connection:
            connection.execute(delete(s.concept).where(s.concept.c.id == id))
            connection.execute(delete(s.relation).where(s.relation.c.related == id))

    def _insert(self, connection: Connection, concept: Concept) -> None:
        if not concept.in_language(JAPANESE):
            raise TermbaseError(f"{concept.id} has no Japanese term; a concept needs one")
        try:
            connection.execute(s.concept.insert(), _columns(s.concept, concept))
            terms, contexts = [], []
            for i, term in enumerate(concept.terms):
                terms.append(
                    _columns(s.term, term)
                    | {"concept": concept.id, "position": i, "key": key(term.text)}
                    | {"type": term.type or ""}
                )
                contexts += [
                    _columns(s.term_context, context)
                    | {"concept": concept.id, "term": i, "position": j}
                    for j, context in enumerate(term.contexts)
                ]
            related = [
                {"concept": concept.id, "position": i, "related": id}
                for i, id in enumerate(concept.related)
            ]
            for table, rows in ((s.term, terms), (s.term_context, contexts), (s.relation, related)):
                if rows:
                    connection.execute(table.insert(), rows)
        except sql.IntegrityError as error:
            if "concept.id" in str(error.orig):
                raise TermbaseError(f"two concepts have the id {concept.id}; change one") from error
            raise TermbaseError(
                f"{concept.id} has two preferred terms in one language; make one admitted"
            ) from error

    # --- documents and candidates

    def documents(self) -> list[str]:
        """The names of the collected documents, sorted."""
        with self.reading() as connection:
            return list(connection.scalars(select(s.document.c.name).order_by(s.document.c.name)))

    def has_document(self, document: Document) -> bool:
        """Whether this document was collected with this very text."""
        d = s.document.c
        where = (d.identity == document.identity) & (d.digest == document.digest)
        with self.reading() as connection:
            return connection.scalar(select(d.id).where(where)) is not None

    def name_of(self, document: Document) -> str:
        """The name under which a document is stored, "" when it is not.

        It is the document's own, with a number when another one had that name before.
        """
        where = s.document.c.identity == document.identity
        with self.reading() as connection:
            return connection.scalar(select(s.document.c.name).where(where)) or ""

    def record(
        self,
        document: Document,
        candidates: Sequence[Candidate],
        glosses: Iterable[Gloss] = (),
        when: str = "",
    ) -> Recorded:
        """Store what was collected from one document; their counts are those in it.

        The same document with another text is replaced; one with the same text is left alone.
        Candidates that stand in no document any more go, unless somebody decided about them.
        """
        if self.has_document(document):
            return Recorded.UNCHANGED
        with self.transaction() as connection:
            name = self.name_of(document) or _free_name(connection, document.name)
            known = connection.scalar(select(s.document.c.id).where(s.document.c.name == name))
            if known is not None:
                connection.execute(delete(s.document).where(s.document.c.id == known))
            id = known or 1 + (connection.scalar(select(func.max(s.document.c.id))) or 0)
            row = {
                "id": id,
                "name": name,
                "identity": document.identity,
                "digest": document.digest,
                "characters": document.characters,
                "collected": when or now(),
            }
            connection.execute(s.document.insert(), row)
            _insert_candidates(connection, id, candidates)
            _insert_found(connection, id, candidates, list(glosses))
            _drop_orphans(connection)
            self.remember(_SCORED_BY, "")
        return Recorded.ADDED if known is None else Recorded.UPDATED

    def has_general(self, document: Document) -> bool:
        """Whether this general text was counted with this very text."""
        g = s.general_text.c
        where = (g.identity == document.identity) & (g.digest == document.digest)
        with self.reading() as connection:
            return connection.scalar(select(g.id).where(where)) is not None

    def record_general(self, document: Document, candidates: Iterable[Candidate]) -> None:
        """Store how often terms stand in a general text, in place of its former counts."""
        g = s.general_text
        row = {
            "identity": document.identity,
            "digest": document.digest,
            "characters": document.characters,
        }
        with self.transaction() as connection:
            connection.execute(delete(g).where(g.c.identity == document.identity))
            connection.execute(g.insert(), row)
            id = connection.scalar(select(g.c.id).where(g.c.identity == document.identity))
            counts = (
                {"general_text": id, "term": one.term, "frequency": one.frequency}
                for one in candidates
            )
            insert_many(connection, s.general_count, counts)
            self.remember(_SCORED_BY, "")

    def keep_general(self, documents: Iterable[Document]) -> None:
        """Forget all general texts but these."""
        g = s.general_text
        kept = [document.identity for document in documents]
        with self.transaction() as connection:
            if connection.execute(delete(g).where(g.c.identity.not_in(kept))).rowcount:
                self.remember(_SCORED_BY, "")

    def general(self) -> General | None:
        """The general texts, with the frequencies of what is a candidate here; None without any."""
        g, c = s.general_text.c, s.general_count.c
        frequencies = (
            select(c.term, func.sum(c.frequency).label("frequency"))
            .join(s.candidate, s.candidate.c.term == c.term)
            .group_by(c.term)
        )
        with self.reading() as connection:
            characters = connection.scalar(select(func.sum(g.characters)))
            if characters is None:
                return None
            collected = connection.scalar(select(func.sum(s.document.c.characters)))
            found = {row.term: row.frequency for row in connection.execute(frequencies)}
            return General(found, characters, collected or 0)

    def candidates(
        self,
        documents: Collection[str] | None = None,
        contexts: int = CONTEXTS,
        terms: Collection[str] | None = None,
    ) -> list[Ranked]:
        """The candidates with score and status, best first; offers are not stored here.

        With `documents` only those that stand in one of them, but counted over all; with
        `terms` only these. Contexts come from different documents first.
        """
        o = s.occurrence
        counts = (
            select(
                o.c.candidate,
                func.sum(o.c.frequency).label("frequency"),
                func.sum(o.c.alone).label("alone"),
                func.sum(o.c.hosts).label("hosts"),
                func.count().label("documents"),
                func.max(o.c.quoted).label("quoted"),
                func.max(o.c.defined).label("defined"),
            )
            .group_by(o.c.candidate)
            .subquery()
        )
        query = (
            select(
                s.candidate,
                counts.c.frequency,
                counts.c.alone,
                counts.c.hosts,
                counts.c.documents,
                counts.c.quoted,
                counts.c.defined,
            )
            .outerjoin(counts, counts.c.candidate == s.candidate.c.id)
            .order_by(s.candidate.c.score.desc(), s.candidate.c.term)
        )
        if documents is not None:
            named = select(o.c.candidate).join(s.document, s.document.c.id == o.c.document)
            query = query.where(
                s.candidate.c.id.in_(named.where(s.document.c.name.in_(list(documents))))
            )
        if terms is not None:
            query = query.where(s.candidate.c.term.in_(list(terms)))
        with self.reading() as connection:
            rows = connection.execute(query).all()
            some = None if documents is None and terms is None else [row.id for row in rows]
            sentences = _contexts(connection, contexts, some)
            return [
                Ranked(
                    Candidate(
                        row.term,
                        row.reading,
                        tuple(json.loads(row.pieces)),
                        row.kind,
                        row.frequency or 0,
                        row.documents or 0,
                        sentences.get(row.id, []),
                        row.alone or 0,
                        row.hosts or 0,
                        bool(row.quoted),
                        bool(row.defined),
                        row.classes,
                        row.key,
                    ),
                    row.score,
                    Status(row.status),
                )
                for row in rows
            ]

    def documents_by_key(self) -> dict[str, int]:
        """In how many documents each key stands that several candidates share."""
        c = s.candidate.c
        shared = select(c.key).where(c.key != "").group_by(c.key).having(func.count() > 1)
        query = (
            select(c.key, func.count(s.occurrence.c.document.distinct()).label("documents"))
            .join(s.occurrence, s.occurrence.c.candidate == c.id)
            .where(c.key.in_(shared))
            .group_by(c.key)
        )
        with self.reading() as connection:
            return {row.key: row.documents for row in connection.execute(query)}

    def candidate(self, term: str) -> Ranked | None:
        """The candidate of a term, with its contexts."""
        return next(iter(self.candidates(terms=[term])), None)

    def decisions(self) -> dict[str, bool]:
        """What is decided about candidates now: whether each was accepted or rejected, by term."""
        c = s.candidate.c
        decided = c.status.in_([Status.ACCEPTED.value, Status.REJECTED.value])
        with self.reading() as connection:
            return {
                row.term: row.status == Status.ACCEPTED
                for row in connection.execute(select(c.term, c.status).where(decided))
            }

    def is_scored(self, by: str) -> bool:
        """Whether the scores are those of what is stored, made by this.

        False after an interruption, and when they were made by an older yakugo.
        """
        return self.remembered(_SCORED_BY) == by

    def set_scores(self, scores: Mapping[str, float], by: str) -> None:
        """Store the termhood of candidates, by term, and what it was made by."""
        with self.transaction() as connection:
            ids = _ids(connection)
            rows = [{"row": ids[term], "score": score} for term, score in scores.items()]
            statement = update(s.candidate).where(s.candidate.c.id == bindparam("row"))
            for start in range(0, len(rows), _CHUNK):
                connection.execute(
                    statement.values(score=bindparam("score")), rows[start : start + _CHUNK]
                )
            self.remember(_SCORED_BY, by)

    def set_status(self, term: str, status: Status) -> None:
        """Store where a candidate stands; a term that is no candidate is left alone."""
        with self.transaction() as connection:
            where = s.candidate.c.term == term
            connection.execute(update(s.candidate).where(where).values(status=status.value))

    def glosses(self) -> list[Gloss]:
        """What the documents say in brackets, in the order of the documents."""
        query = (
            select(s.gloss, s.sentence.c.text.label("sentence"), s.document.c.name)
            .select_from(s.gloss)
            .join(s.sentence)
            .join(s.document, s.document.c.id == s.sentence.c.document)
            .order_by(s.document.c.name, s.gloss.c.id)
        )
        with self.reading() as connection:
            return [
                Gloss(
                    row.term,
                    row.text,
                    Context(row.sentence, row.name, row.start, row.end, row.offset),
                )
                for row in connection.execute(query)
            ]

    def first_contexts(self) -> dict[str, Context]:
        """The best sentence of each candidate that has one, by term."""
        with self.reading() as connection:
            terms = {id: term for term, id in _ids(connection).items()}
            return {terms[id]: found[0] for id, found in _contexts(connection, 1).items() if found}

    # --- for exports

    def reviews(self) -> list[Review]:
        """All decisions, oldest first; an undo is the decision that it brought back."""
        with self.reading() as connection:
            return [
                Review(
                    row.term,
                    Status(row.decision),
                    row.who,
                    row.when,
                    row.english,
                    row.concept,
                    row.revision,
                )
                for row in connection.execute(select(s.review).order_by(s.review.c.id))
            ]

    def as_of(self) -> str:
        """The time of the last write to concepts, documents or reviews."""
        columns = (s.concept.c.changed, s.document.c.collected, s.review.c.when)
        with self.reading() as connection:
            times = [str(connection.scalar(select(func.max(column))) or "") for column in columns]
        return max(*times, _NEVER)

    def last_changed(self, key: str, content: str, otherwise: str) -> str:
        """When the content kept under a key last became what it is; see `Snapshot`.

        Content that is new gets `otherwise`; content that changed gets the time of the
        termbase's last write, so that the same termbase always says the same.
        """
        digest = sha256(content.encode()).hexdigest()
        with self.reading() as connection:
            known = connection.execute(select(s.stamp).where(s.stamp.c.key == key)).first()
        if known is not None and known.digest == digest:
            return str(known.changed)
        changed: str = otherwise if known is None else max(self.as_of(), _later(known.changed))
        if not self.read_only:
            with self.transaction() as connection:
                connection.execute(delete(s.stamp).where(s.stamp.c.key == key))
                row = {"key": key, "digest": digest, "changed": changed}
                connection.execute(s.stamp.insert(), row)
        return changed


def _engine(path: Path, read_only: bool) -> Engine:
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
            connection.execute("pragma synchronous = normal")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A writer takes its lock at once: two that have read the same must not both write.
        writes = connection.get_execution_options().get("yakugo_write", False)
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


def _columns(table: Table, data: Any) -> dict[str, Any]:
    """The fields of a dataclass that a table has columns for."""
    names = (column.name for column in table.c)
    return {name: getattr(data, name) for name in names if hasattr(data, name)}


def _concepts(connection: Connection, ids: Collection[str] | None) -> list[Concept]:
    def rows(table: Table, column: Column[Any]) -> dict[str, list[Any]]:
        query = select(table).order_by(*table.primary_key)
        if ids is not None:
            query = query.where(column.in_(list(ids)))
        grouped = defaultdict(list)
        for row in connection.execute(query):
            grouped[row._mapping[column.name]].append(row)
        return grouped

    terms = rows(s.term, s.term.c.concept)
    related = rows(s.relation, s.relation.c.concept)
    contexts: dict[tuple[str, int], list[Context]] = defaultdict(list)
    for concept, found in rows(s.term_context, s.term_context.c.concept).items():
        for row in found:
            place = Context(row.sentence, row.document, row.start, row.end, row.offset)
            contexts[concept, row.term].append(place)
    return [
        Concept(
            id,
            tuple(_term(row, contexts.get((id, row.position), [])) for row in terms[id]),
            row.subject_field,
            row.definition,
            row.definition_ja,
            row.definition_source,
            row.note,
            row.source,
            tuple(other.related for other in related[id]),
            row.revision,
            row.changed,
            row.changed_by,
        )
        for id, (row,) in sorted(rows(s.concept, s.concept.c.id).items())
    ]


def _term(row: Any, contexts: Iterable[Context]) -> Term:
    return Term(
        row.text,
        row.language,
        row.reading,
        PartOfSpeech(row.part_of_speech),
        TermType(row.type) if row.type else None,
        Usage(row.usage),
        row.note,
        row.source,
        tuple(contexts),
    )


def _free_name(connection: Connection, name: str) -> str:
    taken = set(connection.scalars(select(s.document.c.name)))
    numbered = (f"{name} ({n})" for n in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _ids(connection: Connection) -> dict[str, int]:
    """The row of each candidate, by term."""
    query = select(s.candidate.c.term, s.candidate.c.id)
    return {row.term: row.id for row in connection.execute(query)}


def _insert_candidates(
    connection: Connection, document: int, candidates: Sequence[Candidate]
) -> None:
    """Add the candidates that are new, and count all of them in the document."""
    ids = _ids(connection)
    new = [one for one in candidates if one.term not in ids]
    insert_many(
        connection,
        s.candidate,
        (
            {
                "term": one.term,
                "reading": one.reading,
                "pieces": json.dumps(one.pieces, ensure_ascii=False),
                "classes": one.classes,
                "kind": str(one.kind),
                "key": one.key,
                "status": Status.NEW.value,
            }
            for one in new
        ),
    )
    _found_standing(connection, [one for one in candidates if one.term in ids])
    ids = _ids(connection)
    insert_many(
        connection,
        s.occurrence,
        (
            {
                "candidate": ids[one.term],
                "document": document,
                "frequency": one.frequency,
                "alone": one.alone,
                "hosts": one.hosts,
                "quoted": int(one.quoted),
                "defined": int(one.defined),
            }
            for one in candidates
        ),
    )


def _found_standing(connection: Connection, candidates: Iterable[Candidate]) -> None:
    """A term that was only nested so far, and stands by itself here, is a compound from now on."""
    standing = [one for one in candidates if one.kind != Kind.NESTED]
    statement = (
        update(s.candidate)
        .where(s.candidate.c.term == bindparam("standing"))
        .where(s.candidate.c.kind == Kind.NESTED.value)
        .values(kind=bindparam("found"))
    )
    if standing:
        rows = [{"standing": one.term, "found": str(one.kind)} for one in standing]
        connection.execute(statement, rows)


def _insert_found(
    connection: Connection, document: int, candidates: Sequence[Candidate], glosses: Sequence[Gloss]
) -> None:
    """Add the contexts and glosses of a document; each sentence is stored once."""
    ids = _ids(connection)
    contexts = [c for one in candidates for c in one.contexts] + [g.context for g in glosses]
    sentences = {context.offset or 0: context.sentence for context in contexts}
    insert_many(
        connection,
        s.sentence,
        (
            {"document": document, "offset": offset, "text": text}
            for offset, text in sentences.items()
        ),
    )
    insert_many(
        connection,
        s.context,
        (
            _place(document, context) | {"candidate": ids[one.term], "position": i}
            for one in candidates
            for i, context in enumerate(one.contexts)
        ),
    )
    insert_many(
        connection,
        s.gloss,
        (
            _place(document, gloss.context) | {"term": gloss.term, "text": gloss.text}
            for gloss in glosses
        ),
    )


def _place(document: int, context: Context) -> dict[str, Any]:
    return {
        "document": document,
        "offset": context.offset or 0,
        "start": context.start,
        "end": context.end,
    }


def insert_many(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert any number of rows."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, _CHUNK)):
        connection.execute(table.insert(), chunk)


def _drop_orphans(connection: Connection) -> None:
    """Remove candidates that stand in no document and that nobody has decided about."""
    standing = select(s.occurrence.c.candidate)
    decided = select(s.review.c.term)
    connection.execute(
        delete(s.candidate)
        .where(s.candidate.c.id.not_in(standing))
        .where(s.candidate.c.term.not_in(decided))
    )


def _contexts(
    connection: Connection, most: int, candidates: Sequence[int] | None = None
) -> dict[int, list[Context]]:
    """Up to `most` contexts of each candidate, one of each document before a second of any.

    `candidates` are the rows that are wanted; None for all. When they are very many, all are read.
    """
    query = (
        select(s.context, s.sentence.c.text, s.document.c.name)
        .select_from(s.context)
        .join(s.sentence)
        .join(s.document, s.document.c.id == s.sentence.c.document)
        .where(s.context.c.position < most)
        .order_by(s.context.c.position, s.document.c.name)
    )
    if candidates is not None and len(candidates) <= _VARIABLES:
        query = query.where(s.context.c.candidate.in_(candidates))
    found: dict[int, list[Context]] = defaultdict(list)
    for row in connection.execute(query):
        listed = found[row.candidate]
        if len(listed) < most:
            listed.append(Context(row.text, row.name, row.start, row.end, row.offset))
    return found
