"""The store: documents, candidates and what was decided about them, besides the concepts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from rapidfuzz import process
from sqlalchemy import Connection, bindparam, delete, func, select, true, union, update

from yakugo.candidates import CONTEXTS
from yakugo.documents import Document
from yakugo.errors import TermbaseError
from yakugo.model import JAPANESE, Candidate, Context, Gloss, Kind, Ranked, Review, Status
from yakugo.reference import General
from yakugo.termbase import history
from yakugo.termbase import schema as s
from yakugo.termbase.concepts import Concepts, insert_many
from yakugo.termbase.history import now

_CHUNK = 10_000  # rows written at a time
_VARIABLES = 10_000  # values in one statement; SQLite takes 32,766
_NEVER = "1980-01-01T00:00:00Z"
_SCORED_BY = "scored by"  # under this the termbase remembers what its scores were made by


class Recorded(StrEnum):
    """What became of a document that was handed in."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def _later(time: str) -> str:
    after = datetime.fromisoformat(time) + timedelta(seconds=1)
    return after.strftime("%Y-%m-%dT%H:%M:%SZ")


class Termbase(Concepts):
    """An open termbase: a path to a SQLite file or the URL of a database, made when missing.

    Use it in a `with` block, or close it. What cannot be written to can still be read. With
    `two_person` a concept that one reviewer proposes takes another one to approve it.
    """

    def __init__(self, place: Path | str, two_person: bool = False) -> None:
        self.two_person = two_person
        super().__init__(place)

    # --- documents and candidates

    def documents(self) -> list[str]:
        """The names of the collected documents, sorted."""
        with self.reading() as connection:
            return list(connection.scalars(select(s.document.c.name).order_by(s.document.c.name)))

    def check_documents(self, names: Iterable[str]) -> None:
        """TermbaseError for a name that no collected document has; it says which come near."""
        known = self.documents()
        for name in names:
            if name not in known:
                near = [found for found, _, _ in process.extract(name, known, limit=3)]
                said = f"; is it {' or '.join(near)}?" if near else "; nothing was collected yet"
                raise TermbaseError(f"{name} is no collected document{said}")

    def found_in(self) -> dict[str, list[str]]:
        """The documents that hold each Japanese term of a concept, in any spelling, by term."""
        c, t, d = s.candidate.c, s.term.c, s.document.c
        spelled = [
            select(t.text, d.name)
            .select_from(s.occurrence)
            .join(s.candidate, c.id == s.occurrence.c.candidate)
            .join(s.document, d.id == s.occurrence.c.document)
            .join(s.term, (t.language == JAPANESE) & alike)
            for alike in (t.text == c.term, t.form == c.key)
        ]
        query = union(*spelled).order_by("text", "name")
        found: defaultdict[str, list[str]] = defaultdict(list)
        with self.reading() as connection:
            for term, name in connection.execute(query):
                found[term].append(name)
        return dict(found)

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
        wanted = None if terms is None else s.candidate.c.term.in_(list(terms))
        some_rows = (
            true() if wanted is None else o.c.candidate.in_(select(s.candidate.c.id).where(wanted))
        )
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
            .where(some_rows)
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
        if wanted is not None:
            query = query.where(wanted)
        with self.reading() as connection:
            rows = connection.execute(query).all()
            some = None if documents is None and terms is None else [row.id for row in rows]
            sentences = _contexts(connection, contexts, some)
            decided = history.times_decided(connection, terms)
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
                    revision=decided.get(row.term, 0),
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

    def has_candidates(self) -> bool:
        """Whether there is any candidate."""
        with self.reading() as connection:
            return connection.scalar(select(s.candidate.c.id).limit(1)) is not None

    def candidate(self, term: str) -> Ranked | None:
        """The candidate of a term, with its contexts."""
        with self.reading() as connection:
            there = connection.scalar(select(s.candidate.c.id).where(s.candidate.c.term == term))
        return None if there is None else next(iter(self.candidates(terms=[term])), None)

    def times_decided(self, term: str) -> int:
        """How often somebody decided about a term, or took that back; see `Ranked`."""
        with self.reading() as connection:
            return history.times_decided(connection, [term]).get(term, 0)

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
            rows = [  # what another program has dropped since needs none
                {"row": ids[term], "score": score} for term, score in scores.items() if term in ids
            ]
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

    def first_contexts(self, documents: Collection[str] | None = None) -> dict[str, Context]:
        """The best sentence of each candidate that has one, by term; in the named documents."""
        with self.reading() as connection:
            terms = {id: term for term, id in _ids(connection).items()}
            contexts = _contexts(connection, 1, documents=documents)
            return {terms[id]: found[0] for id, found in contexts.items() if found}

    # --- for exports

    def reviews(self) -> list[Review]:
        """The history, oldest first."""
        with self.reading() as connection:
            return list(history.entries(connection))

    def as_of(self) -> str:
        """The time of the last write to concepts, documents or reviews."""
        columns = (s.concept.c.changed, s.document.c.collected, s.history.c.when)
        with self.reading() as connection:
            times = [str(connection.scalar(select(func.max(column))) or "") for column in columns]
        return max(*times, _NEVER)

    def was_exported(self, key: str) -> bool:
        """Whether content was ever kept under a key; see `last_changed`."""
        with self.reading() as connection:
            return connection.scalar(select(s.stamp.c.key).where(s.stamp.c.key == key)) is not None

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


def _drop_orphans(connection: Connection) -> None:
    """Remove candidates that stand in no document and that nobody has decided about."""
    standing = select(s.occurrence.c.candidate)
    decided = select(s.history.c.term)
    connection.execute(
        delete(s.candidate)
        .where(s.candidate.c.id.not_in(standing))
        .where(s.candidate.c.term.not_in(decided))
    )


def _contexts(
    connection: Connection,
    most: int,
    candidates: Sequence[int] | None = None,
    documents: Collection[str] | None = None,
) -> dict[int, list[Context]]:
    """Up to `most` contexts of each candidate, one of each document before a second of any.

    `candidates` are the rows that are wanted; None for all. When they are very many, all are read.
    With `documents` only contexts of the named ones.
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
    if documents is not None:
        query = query.where(s.document.c.name.in_(list(documents)))
    found: dict[int, list[Context]] = defaultdict(list)
    for row in connection.execute(query):
        listed = found[row.candidate]
        if len(listed) < most:
            listed.append(Context(row.text, row.name, row.start, row.end, row.offset))
    return found
