"""Concepts in the termbase: each write with its revision, and with its entry in the history."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert, select, update
from sqlalchemy import exc as sql

from yakugo.equivalents import english
from yakugo.equivalents.glossary import key
from yakugo.errors import ConflictError, TermbaseError
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    USABLE,
    Concept,
    Context,
    Decision,
    PartOfSpeech,
    State,
    Term,
    TermType,
    Usage,
)
from yakugo.termbase import history
from yakugo.termbase import schema as s
from yakugo.termbase.database import Database
from yakugo.termbase.history import Act, Besides, now, one_line
from yakugo.variants import form_of

_CHUNK = 10_000  # rows written at a time
_VARIABLES = 10_000  # values in one statement; SQLite takes 32,766
_LAST = chr(0x10FFFF)  # of all characters
_WITH_A_PLACE = (State.PROPOSED, State.APPROVED, State.DEFERRED)  # their terms are taken


def form(text: str, language: str) -> str:
    """What looser spellings of a term share than those of one `key`.

    Japanese without の, in the normalised forms of its pieces (核不拡散, 核の不拡散); English
    without case, number and hyphen, in US spelling.
    """
    return form_of(text) if language == JAPANESE else english.key(text)


class Concepts(Database):
    """The concepts of a termbase; see `Termbase`."""

    def is_empty(self) -> bool:
        """Whether there is no concept yet."""
        with self.reading() as connection:
            return connection.scalar(select(s.concept.c.id).limit(1)) is None

    def concepts(self, ids: Collection[str] | None = None) -> list[Concept]:
        """All concepts, or those with the given ids, sorted by id."""
        with self.reading() as connection:
            return _concepts(connection, ids)

    def glossary(self) -> list[Concept]:
        """The reviewed concepts, sorted by id, with relations among them only.

        A concept whose change waits for approval is here as it was last approved.
        """
        with self.reading() as connection:
            approved = {one.id: one for one in _concepts(connection) if _is_approved(one)}
            approved |= _last_approved(connection)
        return [
            replace(one, related=tuple(id for id in one.related if id in approved))
            for _, one in sorted(approved.items())
        ]

    def concept_ids(self, beginning: str = "") -> set[str]:
        """The ids that are taken and begin so; those that lead to another concept among them."""
        with self.reading() as connection:
            return {
                id
                for column in (s.concept.c.id, s.forward.c.old)
                for id in connection.scalars(
                    select(column).where((column >= beginning) & (column < beginning + _LAST))
                )
            }

    def concept(self, id: str) -> Concept | None:
        """The concept with an id, or the one that it was merged into."""
        with self.reading() as connection:
            return next(iter(_concepts(connection, [_forwarded(connection, id)])), None)

    def approved(self, id: str) -> Concept | None:
        """A concept as it was last approved, while a change of it waits for that; else None."""
        with self.reading() as connection:
            return _last_approved(connection, id).get(id)

    def concepts_with(self, term: str, language: str = JAPANESE) -> list[Concept]:
        """The concepts that have a term, whatever its width and quotation marks."""
        where = (s.term.c.key == key(term)) & (s.term.c.language == language)
        return self.concepts_where(where)

    def concepts_where(self, where: Any) -> list[Concept]:
        """The concepts that have a term for which a condition holds, sorted by id."""
        with self.reading() as connection:
            ids = connection.scalars(select(s.term.c.concept).where(where)).all()
            return _concepts(connection, set(ids)) if ids else []

    def at_revision(self, id: str, revision: int) -> Concept | None:
        """A concept as it was at a revision; None when that is not known."""
        with self.reading() as connection:
            found = next(iter(_concepts(connection, [id])), None)
            if found is not None and found.revision == revision:
                return found
            seen = history.at_revision(connection, id, revision)
            return leading(seen, forwards(connection)) if seen else None

    def as_written(self, id: str) -> Concept | None:
        """A concept with its relations as they were written, be what they name merged since."""
        with self.reading() as connection:
            return next(iter(written_concepts(connection, [id])), None)

    def load(self, concepts: Iterable[Concept]) -> None:
        """Store many new concepts at once, as they are and without history.

        TermbaseError, and none of them is stored, when an id or a term is taken.
        """
        new = list(concepts)
        with self.transaction() as connection:
            leads_to = forwards(connection)
            for concept in new:
                if concept.id in leads_to:
                    raise TermbaseError(_MERGED.format(concept.id, leads_to[concept.id]))
            _insert(connection, new)

    def save(self, concept: Concept, seen_revision: int, by: str | Act, when: str = "") -> Concept:
        """Store a concept, add to the history, and return it with its new revision.

        `seen_revision` is the revision that the writer saw, 0 for a new concept. ConflictError,
        and nothing written, when another revision is stored by now; TermbaseError when it has no
        Japanese term, two preferred ones in a language, or the term of another concept.
        What is stored already, letter by letter, is left alone.
        """
        act = Act(by, when) if isinstance(by, str) else by
        act = replace(act, who=one_line(act.who), when=act.when or now())
        with self.transaction() as connection:
            there = connection.scalar(select(s.concept.c.id).where(s.concept.c.id == concept.id))
            stored = written_concepts(connection, [concept.id])[0] if there else None
            _check_revision(concept.id, stored, seen_revision)
            related = concept.related
            if act.decision is not Decision.TAKEN_BACK:
                concept = _with_relations_as_written(connection, concept, stored)
            if stored is not None and history.content(stored) == history.content(concept):
                return replace(stored, related=related)
            _check_terms(connection, concept)
            last = stored.revision if stored else history.last_revision(connection, concept.id)
            saved = replace(
                concept,
                revision=last + 1,
                changed=act.when,
                changed_by=act.who,
                proposed_by=_proposer(stored, concept, act),
            )
            besides = _besides(connection, saved.id) if stored else Besides()
            if stored is None:
                _take_id(connection, saved.id, act)
                _insert(connection, [saved])
            else:
                _replace(connection, saved)
            approved = _approved_besides(stored, saved, act, besides)
            kept = update(s.concept).where(s.concept.c.id == saved.id).values(approved=approved)
            connection.execute(kept)
            history.add(connection, act, stored, saved, besides)
            return replace(saved, related=related)

    def remove(self, id: str, by: str | Act, merged_into: str = "") -> None:
        """Take a concept out; its history stays, and so do the ids that lead there.

        With `merged_into` its id leads to that concept from now on, and so do those that led to
        it, and relations to it. Else those lead nowhere, until there is a concept of its id again.
        ConflictError, without `merged_into`, when other ids lead to it.
        """
        act = Act(by) if isinstance(by, str) else by
        with self.transaction() as connection:
            (stored,) = written_concepts(connection, [id])
            besides = _besides(connection, id)
            if merged_into:
                self.forward(besides.led, merged_into)
            elif besides.led:
                raise ConflictError(
                    f"{besides.led[0]} has been merged into {id} since; take that back first"
                )
            connection.execute(delete(s.concept).where(s.concept.c.id == id))
            if merged_into:
                connection.execute(insert(s.forward), {"old": id, "concept": merged_into})
            history.add(connection, act, stored, None, besides)

    def forward(self, ids: Collection[str], to: str) -> None:
        """Have ids that lead to some concept lead to another one."""
        f = s.forward
        with self.transaction() as connection:
            connection.execute(update(f).where(f.c.old.in_(list(ids))).values(concept=to))


def _take_id(connection: Connection, id: str, act: Act) -> None:
    """Have an id lead to no other concept any more, because its own is brought back."""
    leads_to = forwards(connection).get(id)
    if leads_to and act.decision is not Decision.TAKEN_BACK:
        raise TermbaseError(_MERGED.format(id, leads_to))
    connection.execute(delete(s.forward).where(s.forward.c.old == id))


_MERGED = "{0} was merged into {1}, and its id leads there; change {1}, or choose another id"


def _check_revision(id: str, stored: Concept | None, seen: int) -> None:
    revision = stored.revision if stored else 0
    if revision != seen:
        raise ConflictError(
            f"{id} is at revision {revision or 'none'}"
            + (f" (changed by {stored.changed_by})" if stored and stored.changed_by else "")
            + f", but the change was made from revision {seen or 'none'}; look at it again and "
            "repeat the change"
        )


def _check_terms(connection: Connection, concept: Concept) -> None:
    """Say in words what the constraints of the database would refuse."""
    if not concept.in_language(JAPANESE):
        raise TermbaseError(f"{concept.id} has no Japanese term; a concept needs one")
    for language in (JAPANESE, ENGLISH):
        preferred = [t for t in concept.in_language(language) if t.usage is Usage.PREFERRED]
        if len(preferred) > 1:
            raise TermbaseError(
                f"{concept.id} has two preferred terms in one language "
                f"({', '.join(t.text for t in preferred)}); make one admitted"
            )
    d = s.designation.c
    wanted = designations(concept)
    taken = connection.execute(
        select(s.designation)
        .where(d.key.in_([one["key"] for one in wanted]) & (d.concept != concept.id))
        .where((d.subject_field == concept.subject_field) & (d.homograph == concept.homograph))
    ).first()
    if taken is not None:
        raise TermbaseError(_TAKEN.format(concept.id, taken.key, taken.concept))


_TAKEN = (
    "{0}: {1} is a term of {2} already, in the same subject field; attach it there, give another "
    "subject field, or mark them as homographs"
)


def _proposer(stored: Concept | None, concept: Concept, act: Act) -> str:
    """Who proposed what waits for approval, "" when nothing does."""
    if act.decision is Decision.TAKEN_BACK:
        return concept.proposed_by
    if concept.state is State.APPROVED:
        return ""
    if stored is not None and _same_but_for_state(stored, concept):
        return stored.proposed_by
    return act.who


def _is_approved(concept: Concept) -> bool:
    return concept.state is State.APPROVED


def _same_but_for_state(one: Concept, other: Concept) -> bool:
    return history.content(replace(one, state=other.state)) == history.content(other)


def _approved_besides(stored: Concept | None, saved: Concept, act: Act, besides: Besides) -> str:
    """The concept as it was last approved, while a change of it waits; "" when none does."""
    if act.approved is not None:
        return act.approved
    if saved.state in (State.APPROVED, State.REJECTED):
        return ""
    if stored is not None and stored.state is State.APPROVED:
        return history.as_json(stored)
    return besides.approved


def _besides(connection: Connection, id: str) -> Besides:
    """What stands beside a concept now: how it was last approved, and which ids lead to it."""
    c, f = s.concept.c, s.forward.c
    approved = connection.scalar(select(c.approved).where(c.id == id)) or ""
    led = connection.scalars(select(f.old).where(f.concept == id).order_by(f.old))
    return Besides(approved, tuple(led))


def _last_approved(connection: Connection, id: str = "") -> dict[str, Concept]:
    """The concepts whose change waits, or that of an id, as they were last approved."""
    c = s.concept.c
    query = select(c.id, c.approved).where(c.approved != "")
    leads_to = forwards(connection)
    return {
        row.id: leading(concept, leads_to)
        for row in connection.execute(query.where(c.id == id) if id else query)
        if (concept := history.from_json(json.loads(row.approved))) is not None
    }


# --- relations: written as they were given, and read as they lead now


def forwards(connection: Connection) -> dict[str, str]:
    """Where the ids of merged concepts lead."""
    return {row.old: row.concept for row in connection.execute(select(s.forward))}


def leading(concept: Concept, leads_to: Mapping[str, str]) -> Concept:
    """With the relations as they lead now: each once, and none to itself after a merger."""
    if not concept.related:
        return concept
    related = dict.fromkeys(leads_to.get(other, other) for other in concept.related)
    return replace(concept, related=tuple(other for other in related if other != concept.id))


def _with_relations_as_written(
    connection: Connection, concept: Concept, stored: Concept | None
) -> Concept:
    """What somebody has read and writes again names relations as they are stored.

    So they are what they were when a merger is taken back.
    """
    if not concept.related:
        return concept
    leads_to = forwards(connection)
    written: dict[str, list[str]] = defaultdict(list)
    for other in stored.related if stored else ():
        written[leads_to.get(other, other)].append(other)
    related = dict.fromkeys(
        name
        for other in concept.related
        for name in written.get(leads_to.get(other, other)) or (other,)
    )
    return replace(concept, related=tuple(related))


# --- rows


def _insert(connection: Connection, concepts: Sequence[Concept]) -> None:
    try:
        insert_many(connection, s.concept, (_row(one) for one in concepts))
        _insert_parts(connection, concepts)
    except sql.IntegrityError as error:
        raise _refused(error, concepts) from error


def _replace(connection: Connection, concept: Concept) -> None:
    id = concept.id
    connection.execute(delete(s.designation).where(s.designation.c.concept == id))
    connection.execute(update(s.concept).where(s.concept.c.id == id).values(_row(concept)))
    connection.execute(delete(s.term).where(s.term.c.concept == id))
    connection.execute(delete(s.relation).where(s.relation.c.concept == id))
    try:
        _insert_parts(connection, [concept])
    except sql.IntegrityError as error:
        raise _refused(error, [concept]) from error


def _row(concept: Concept) -> dict[str, Any]:
    head = next((i for i, t in enumerate(concept.terms) if t.language == JAPANESE), None)
    if head is None:
        raise TermbaseError(f"{concept.id} has no Japanese term; a concept needs one")
    return _columns(s.concept, concept) | {"head": head}


def _insert_parts(connection: Connection, concepts: Sequence[Concept]) -> None:
    insert_many(connection, s.designation, (row for one in concepts for row in designations(one)))
    insert_many(connection, s.term, (row for one in concepts for row in _term_rows(one)))
    insert_many(connection, s.term_context, (row for one in concepts for row in _sentences(one)))
    insert_many(
        connection,
        s.relation,
        (
            {"concept": concept.id, "position": i, "related": id}
            for concept in concepts
            for i, id in enumerate(concept.related)
        ),
    )


def designations(concept: Concept) -> list[dict[str, Any]]:
    """The rows that keep the places of a concept's terms among the meanings of each."""
    if concept.state not in _WITH_A_PLACE:
        return []
    usable = (t.text for t in concept.in_language(JAPANESE) if t.usage in USABLE)
    return [
        {
            "key": text,
            "subject_field": concept.subject_field,
            "homograph": concept.homograph,
            "concept": concept.id,
        }
        for text in dict.fromkeys(map(key, usable))
    ]


def _term_rows(concept: Concept) -> Iterator[dict[str, Any]]:
    for i, term in enumerate(concept.terms):
        yield _columns(s.term, term) | {
            "concept": concept.id,
            "position": i,
            "key": key(term.text),
            "form": form(term.text, term.language),
            "type": term.type or "",
        }


def _sentences(concept: Concept) -> Iterator[dict[str, Any]]:
    for i, term in enumerate(concept.terms):
        for j, context in enumerate(term.contexts):
            place = {"concept": concept.id, "term": i, "position": j}
            yield _columns(s.term_context, context) | place


def _refused(error: sql.IntegrityError, concepts: Sequence[Concept]) -> TermbaseError:
    """What a constraint refused, in words; with the concept, as far as that is known."""
    reason = str(error.orig)
    ids = [one.id for one in concepts]
    if "designation" in reason:
        first: dict[tuple[str, str, int], str] = {}
        for concept in concepts:
            for one in designations(concept):
                place = one["key"], one["subject_field"], one["homograph"]
                if place in first:
                    return TermbaseError(_TAKEN.format(concept.id, place[0], first[place]))
                first[place] = concept.id
        return TermbaseError(f"a term of {ids[0]} belongs to another concept already")
    if "concept.id" in reason or "concept_pkey" in reason:
        twice = next((id for id in ids if ids.count(id) > 1), ids[0])
        return TermbaseError(f"two concepts have the id {twice}; change one")
    for concept in concepts:
        for language in (JAPANESE, ENGLISH):
            usages = [term.usage for term in concept.in_language(language)]
            if usages.count(Usage.PREFERRED) > 1:
                return TermbaseError(
                    f"{concept.id} has two preferred terms in one language; make one admitted"
                )
    return TermbaseError(f"{ids[0]} cannot be stored: {reason}")


def insert_many(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert any number of rows."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, _CHUNK)):
        connection.execute(table.insert(), chunk)


def _columns(table: Table, data: Any) -> dict[str, Any]:
    """The fields of a dataclass that a table has columns for."""
    names = (column.name for column in table.c)
    return {name: getattr(data, name) for name in names if hasattr(data, name)}


def _forwarded(connection: Connection, id: str) -> str:
    leads_to = connection.scalar(select(s.forward.c.concept).where(s.forward.c.old == id))
    return leads_to or id


def _concepts(connection: Connection, ids: Collection[str] | None = None) -> list[Concept]:
    leads_to = forwards(connection)
    return [leading(one, leads_to) for one in written_concepts(connection, ids)]


def written_concepts(connection: Connection, ids: Collection[str] | None = None) -> list[Concept]:
    """All concepts, or those with the given ids, with their relations as they were written."""
    few = None if ids is None or len(ids) > _VARIABLES else list(ids)

    def rows(table: Table, column: Column[Any]) -> dict[str, list[Any]]:
        query = select(table).order_by(*table.primary_key)
        if few is not None:
            query = query.where(column.in_(few))
        grouped: dict[str, list[Any]] = defaultdict(list)
        for row in connection.execute(query):
            grouped[row[0]].append(row)  # the first column names the concept in each table
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
            tuple(_term(row, contexts.get((id, row.position), ())) for row in terms[id]),
            row.subject_field,
            row.definition,
            row.definition_ja,
            row.definition_source,
            row.note,
            row.source,
            tuple(one.related for one in related[id]),
            row.homograph,
            State(row.state),
            row.proposed_by,
            row.revision,
            row.changed,
            row.changed_by,
        )
        for id, (row,) in sorted(rows(s.concept, s.concept.c.id).items())
        if ids is None or id in ids
    ]


def _term(row: Any, contexts: Iterable[Context]) -> Term:
    _, _, language, text, _, _, reading, part_of_speech, type, usage, note, source = row
    return Term(
        text,
        language,
        reading,
        PartOfSpeech(part_of_speech),
        TermType(type) if type else None,
        Usage(usage),
        note,
        source,
        tuple(contexts),
    )
