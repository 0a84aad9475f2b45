"""The doctor: goes through a whole termbase, and says what is wrong and what to do about it."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, and_, func, inspect, select
from sqlalchemy import exc as sql

from yakugo import termhood
from yakugo.counting import without_garbage_collection
from yakugo.equivalents.glossary import key
from yakugo.model import JAPANESE, USABLE, Concept, State, Status, Usage
from yakugo.termbase import duplicates, history
from yakugo.termbase import schema as s
from yakugo.termbase.concepts import designations, form, forwards, leading, written_concepts
from yakugo.termbase.store import Termbase

_KANA = re.compile(r"[ぁ-ゖァ-ヺーゝゞヽヾ・\s]+")
_BACKUP = "put a backup of the termbase back; what was done since is in no other place"
_REWRITE = "save the concept once more, say with a note: that writes it anew"
_COLLECT = "collect the document again, under another name if it is said to be unchanged"


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # the termbase contradicts itself
    WARNING = "warning"  # somebody should look


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: what sort of thing, what to do about it, and where it is so."""

    severity: Severity
    what: str
    remedy: str
    where: str = ""


def check(termbase: Termbase) -> list[Finding]:
    """Everything that is wrong with a termbase, errors first, like by like; nothing is changed.

    When the file itself is damaged, or holds what this yakugo does not know, only that is said: the
    rest could not be read.
    """
    with without_garbage_collection(), termbase.reading() as connection:
        try:
            found = [*_file(connection), *_version(connection), *_values(connection)]
            if not found:
                seen = _Seen(termbase, connection)
                found = [one for look in _LOOKS for one in look(seen)]
        except sql.DatabaseError as error:
            reason = str(error.orig).strip().splitlines()[0]
            return [_error("the database cannot be read", _BACKUP, reason)]
    sorts = list(dict.fromkeys(one.what for one in found))
    return sorted(
        found, key=lambda one: (one.severity is not Severity.ERROR, sorts.index(one.what))
    )


def _error(what: str, remedy: str, where: str = "") -> Finding:
    return Finding(Severity.ERROR, what, remedy, where)


def _warning(what: str, remedy: str, where: str = "") -> Finding:
    return Finding(Severity.WARNING, what, remedy, where)


class _Seen:
    """What several looks need, read once."""

    def __init__(self, termbase: Termbase, connection: Connection) -> None:
        self.termbase = termbase
        self.connection = connection
        self.leads_to = forwards(connection)
        self.written = written_concepts(connection)
        self.concepts = {one.id: leading(one, self.leads_to) for one in self.written}


# --- the database itself


def _file(connection: Connection) -> Iterator[Finding]:
    """What SQLite says of its file; a server looks after its files itself."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql("pragma integrity_check"):
            if said != "ok":
                yield _error("the file is damaged", _BACKUP, said)


def _version(connection: Connection) -> Iterator[Finding]:
    """The version of the schema."""
    version = connection.scalar(select(s.meta.c.value).where(s.meta.c.key == "schema"))
    if version != str(s.VERSION):
        where = f"{version}, and this yakugo has {s.VERSION}"
        yield _error("the schema has another version", "open it with the yakugo of then", where)


def _values(connection: Connection) -> Iterator[Finding]:
    """What must be one of a few values, and is not."""
    for column, known in (
        (s.concept.c.state, State),
        (s.term.c.usage, Usage),
        (s.term.c.language, ("ja", "en")),
        (s.candidate.c.status, Status),
    ):
        query = select(column, func.count()).where(column.not_in(list(known))).group_by(column)
        for value, rows in connection.execute(query):
            where = f"{column.name} {value!r} in {rows} rows of the table {column.table.name}"
            yield _error("a value is unknown", _BACKUP, where)


def _references(seen: _Seen) -> Iterator[Finding]:
    """Rows that refer to rows that are not there; no server lets such rows be."""
    if seen.connection.dialect.name != "sqlite":
        return
    broken = Counter(
        (row[0], row[2]) for row in seen.connection.exec_driver_sql("pragma foreign_key_check")
    )
    for (table, parent), rows in broken.items():
        where = f"{rows} of the table {table}, of {parent}"
        yield _error("rows refer to rows that are not there", _BACKUP, where)


def _constraints(seen: _Seen) -> Iterator[Finding]:
    """The constraints of the database that keep a termbase sound."""
    connection = seen.connection
    tables = inspect(connection)
    constraints = {one["name"] for one in tables.get_foreign_keys("concept")}
    constraints |= {one["name"] for one in tables.get_indexes("term")}
    if connection.dialect.name == "sqlite":
        triggers = "select name from sqlite_master where type = 'trigger'"
        needed = {"history_keeps_update", "history_keeps_delete"}
    else:
        triggers = "select tgname from pg_trigger where tgrelid = 'history'::regclass"
        needed = {"history_is_kept"}
    constraints |= set(connection.exec_driver_sql(triggers).scalars())
    for name in sorted({"a_japanese_term", "one_preferred_term_a_language", *needed}):
        if name not in constraints:
            yield _error(
                "a constraint of the database is missing",
                "put a backup back, or publish the glossary and load it into a new termbase",
                name,
            )


# --- concepts


def _terms(seen: _Seen) -> Iterator[Finding]:
    """Each concept has a Japanese term, its head, and one preferred term a language at most."""
    c = s.concept.c
    heads = {row.id: row.head for row in seen.connection.execute(select(c.id, c.head))}
    for concept in seen.written:
        head = heads[concept.id]
        if not concept.in_language(JAPANESE):
            yield _error("a concept has no Japanese term", _BACKUP, concept.id)
        elif head >= len(concept.terms) or concept.terms[head].language != JAPANESE:
            yield _error("the first term of a concept is not Japanese", _REWRITE, concept.id)
        preferred = Counter(
            term.language for term in concept.terms if term.usage is Usage.PREFERRED
        )
        for language, count in preferred.items():
            if count > 1:
                where = f"{concept.id}: {count} in {language}"
                yield _error("a concept has several preferred terms", _BACKUP, where)


def _spellings(seen: _Seen) -> Iterator[Finding]:
    """What terms are found by is what they would be found by if they were written now."""
    forms = lru_cache(maxsize=None)(form)
    t = s.term.c
    query = select(t.concept, t.text, t.language, t.key, t.form).order_by(t.concept, t.position)
    for concept, text, language, stored_key, stored_form in seen.connection.execute(query):
        if stored_key != key(text):
            yield _error("a term is not found by its text", _REWRITE, f"{text} ({concept})")
        elif stored_form != forms(text, language):
            yield _warning(
                "a term is not found by its other spellings: another dictionary cut it up",
                _REWRITE,
                f"{text} ({concept})",
            )


def _places(seen: _Seen) -> Iterator[Finding]:
    """Each usable Japanese term has its place among the meanings of that term, and no other has."""
    stored = {
        (row.concept, row.key, row.subject_field, row.homograph)
        for row in seen.connection.execute(select(s.designation))
    }
    wanted = {
        (one["concept"], one["key"], one["subject_field"], one["homograph"])
        for concept in seen.written
        for one in designations(concept)
    }
    for id, term, *_ in sorted(stored ^ wanted):
        yield _error(
            "what the terms of a concept are does not agree with what it is found by",
            _REWRITE,
            f"{term} ({id})",
        )


def _readings(seen: _Seen) -> Iterator[Finding]:
    """Japanese terms have readings, in kana."""
    remedy = "give the reading in kana: yakugo export xlsx --for-review, then yakugo import"
    for concept in seen.written:
        if concept.state is State.REJECTED:
            continue
        for term in concept.in_language(JAPANESE):
            if term.reading and not _KANA.fullmatch(term.reading):
                where = f"{term.text}: {term.reading} ({concept.id})"
                yield _warning("a reading is not in kana", remedy, where)
            elif not term.reading and term.usage in USABLE:
                yield _warning("a term has no reading", remedy, f"{term.text} ({concept.id})")


def _sentences(seen: _Seen) -> Iterator[Finding]:
    """The sentences of the glossary hold their terms where they say."""
    remedy = "save the concept with a sentence that holds the term, or without one"
    for concept in seen.written:
        for term in concept.terms:
            for context in term.contexts:
                where = f"{term.text} ({concept.id}): {_cut(context.sentence)}"
                if not 0 <= context.start <= context.end <= len(context.sentence):
                    yield _error("a term stands outside of its sentence", remedy, where)
                elif context.end and key(context.surface) != key(term.text):
                    yield _warning("a sentence holds something else than its term", remedy, where)


def _relations(seen: _Seen) -> Iterator[Finding]:
    """Ids lead to concepts: those of merged ones, and those of related ones."""
    for old, id in sorted(seen.leads_to.items()):
        if id not in seen.concepts:
            yield _error("the id of a merged concept leads nowhere", _BACKUP, f"{old} to {id}")
        if old in seen.concepts:
            where = f"{old}, said to be merged into {id}"
            yield _error("the id of a concept leads to another one", _BACKUP, where)
    for concept in seen.concepts.values():
        for other in concept.related:
            if other not in seen.concepts:
                yield _warning(
                    "a concept is related to one that is not there",
                    "add that concept, or take the relation out; it is not published",
                    f"{concept.id} to {other}",
                )


def _waiting(seen: _Seen) -> Iterator[Finding]:
    waiting = Counter(
        one.state for one in seen.written if one.state in (State.PROPOSED, State.DEFERRED)
    )
    for state, count in sorted(waiting.items()):
        yield _warning(
            f"concepts are {state}, and wait",
            "yakugo proposals shows them; then yakugo approve ID",
            str(count),
        )


def _agreement(seen: _Seen) -> Iterator[Finding]:
    """Where concepts contradict one another."""
    c, o = s.candidate.c, s.occurrence.c
    counts = select(c.term, func.sum(o.frequency)).join(s.occurrence, o.candidate == c.id)
    used = {row[0]: row[1] for row in seen.connection.execute(counts.group_by(c.term))}
    for one in duplicates.inconsistencies(seen.concepts.values(), used):
        yield _warning(one.kind.value, _AGREE[one.kind], one.says)


_AGREE = {
    duplicates.Kind.TWO_ENGLISH: "yakugo merge ID --into ID, or mark them as homographs",
    duplicates.Kind.TWO_JAPANESE: "yakugo merge ID --into ID, if they mean the same",
    duplicates.Kind.DEPRECATED_USED: "nothing is wrong with the termbase; the texts are to change",
}


# --- the history


def _revisions(seen: _Seen) -> Iterator[Finding]:
    """Each entry begins where the last one about its concept ended; the last is what is stored."""
    last: dict[str, int] = {}
    newest: dict[str, Mapping[str, Any] | None] = {}
    h = s.history.c
    query = select(h.id, h.concept, h.before, h.after).where(h.concept != "").order_by(h.id)
    for number, id, before_text, after_text in seen.connection.execute(query):
        try:
            before, after = (json.loads(text)["concept"] for text in (before_text, after_text))
            seen_revision = before["revision"] if before else last.get(id, 0)
            counted = after is None or after["revision"] in _next(before, after, seen_revision)
        except (ValueError, KeyError, TypeError):
            where = f"entry {number}, about {id}"
            yield _error("an entry of the history cannot be read", _BACKUP, where)
            last.pop(id, None)
            newest.pop(id, None)
            continue
        if seen_revision != last.get(id, seen_revision) or not counted:
            now = after["revision"] if after else seen_revision
            where = f"{id}: from revision {last.get(id, seen_revision)} to {now}, entry {number}"
            yield _error("the history of a concept has a gap", _BACKUP, where)
        last[id] = after["revision"] if after else seen_revision
        newest[id] = after
    for id, after in newest.items():
        stored = seen.concepts.get(id)
        if not _agrees(stored, after, seen.leads_to):
            yield _error(
                "a concept is not what its history says",
                "yakugo history ID shows what it was; save it anew as it should be",
                id,
            )


def _next(before: Mapping[str, Any] | None, after: Mapping[str, Any], last: int) -> tuple[int, ...]:
    """The revisions that an entry may have led to."""
    if before is None:
        return last + 1, 1  # before schema 5 an id that was used again counted from 1
    return (last,) if _content(before) == _content(after) else (last + 1,)


_UNCOUNTED = frozenset(("revision", "changed", "changed_by", "proposed_by"))


def _content(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if name not in _UNCOUNTED}


def _agrees(
    stored: Concept | None, kept: Mapping[str, Any] | None, leads_to: Mapping[str, str]
) -> bool:
    """Whether a concept is as an entry has it, in all that the yakugo of then knew of."""
    if stored is None or kept is None:
        return stored is None and kept is None
    then = history.from_json(dict(kept))
    if then is None or then.revision != stored.revision:
        return False
    then = leading(then, leads_to)
    if then == stored:
        return True
    known, now = history.content(then), history.content(stored)
    assert known is not None
    assert now is not None
    return all(known[name] == now[name] for name in known if name in kept)


def _statuses(seen: _Seen) -> Iterator[Finding]:
    """Each candidate has the status that its last decision gave it."""
    h, c = s.history.c, s.candidate.c
    decided: dict[str, str] = {}
    query = select(h.term, h.after).where(h.term != "").order_by(h.id)
    for term, after in seen.connection.execute(query):
        try:
            status = json.loads(after)["status"]
        except (ValueError, KeyError, TypeError):
            continue  # said by `_revisions`, if it is about a concept
        if status:
            decided[term] = status
    for term, status in seen.connection.execute(select(c.term, c.status).order_by(c.term)):
        expected = decided.get(term, Status.NEW.value)
        if status != expected:
            yield _error(
                "a candidate has another status than its last decision gave it",
                "decide about it again: yakugo accept, reject or defer",
                f"{term}: {status}, and not {expected}",
            )


def _accepted(seen: _Seen) -> Iterator[Finding]:
    """What was accepted is a term of a concept; else what has become of it."""
    there: dict[str, list[Concept]] = defaultdict(list)
    for concept in seen.concepts.values():
        for term in concept.in_language(JAPANESE):
            there[key(term.text)].append(concept)
    c, h = s.candidate.c, s.history.c
    accepted = select(c.term).where(c.status == Status.ACCEPTED.value).order_by(c.term)
    lost = []
    for term in seen.connection.scalars(accepted):
        concepts = there.get(key(term), [])
        if not concepts:
            lost.append(term)
        elif all(one.state is State.REJECTED for one in concepts):
            ids = ", ".join(one.id for one in concepts)
            yield _warning(_GONE, _DECIDE, f"{term}: {ids} was rejected")
    last: dict[str, str] = {}
    if lost:
        query = select(h.term, h.concept).where(and_(h.term != "", h.concept != ""))
        last = {row.term: row.concept for row in seen.connection.execute(query.order_by(h.id))}
    for term in lost:
        id = last.get(term, "")
        now = seen.leads_to.get(id, id)
        became = f"{now} has it no more" if now in seen.concepts else f"{id} is not there any more"
        yield _warning(_GONE, _DECIDE, f"{term}: {became if id else 'no decision says where'}")


_GONE = "an accepted candidate is in no concept"
_DECIDE = "accept it again, or reject it"


# --- what was collected


def _collected(seen: _Seen) -> Iterator[Finding]:
    """Counts, sentences and places of what was collected."""
    c, d, o = s.candidate.c, s.document.c, s.occurrence.c
    run = seen.connection.execute
    wrong = (o.frequency < 1) | (o.alone < 0) | (o.alone > o.frequency) | (o.hosts < 0)
    for term, name in run(
        select(c.term, d.name)
        .join(s.occurrence, o.candidate == c.id)
        .join(s.document, d.id == o.document)
        .where(wrong)
        .order_by(d.name, c.term)
    ):
        yield _error("a candidate is counted wrongly", _COLLECT, f"{term} in {name}")
    x = s.context.c
    counted = and_(o.candidate == x.candidate, o.document == x.document)
    for term, name in run(
        select(c.term, d.name)
        .distinct()
        .join(s.context, x.candidate == c.id)
        .join(s.document, d.id == x.document)
        .outerjoin(s.occurrence, counted)
        .where(o.candidate.is_(None))
        .order_by(d.name, c.term)
    ):
        yield _error("a candidate has a sentence, but no count", _COLLECT, f"{term} in {name}")
    n = s.sentence.c
    outside = (n.offset < 0) | (n.offset + func.length(n.text) > d.characters)
    for name, offset in run(
        select(d.name, n.offset)
        .join(s.sentence, n.document == d.id)
        .where(outside)
        .order_by(d.name, n.offset)
    ):
        where = f"{name}, character {offset}"
        yield _error("a sentence stands outside of its document", _COLLECT, where)
    orphans = (
        select(c.term)
        .outerjoin(s.occurrence, o.candidate == c.id)
        .where(o.candidate.is_(None) & c.term.not_in(select(s.history.c.term)))
        .order_by(c.term)
    )
    for term in run(orphans).scalars():
        yield _warning(
            "a candidate stands in no document", "it goes when a document is collected", term
        )


def _found(seen: _Seen) -> Iterator[Finding]:
    """Candidates and glosses stand in their sentences where they say."""
    c, d, n = s.candidate.c, s.document.c, s.sentence.c
    for table, term in ((s.context, c.term), (s.gloss, s.gloss.c.term)):
        x = table.c
        outside = (x.start < 0) | (x.end < x.start) | (x.end > func.length(n.text))
        query = select(term, d.name, n.text).join_from(
            table, s.sentence, and_(n.document == x.document, n.offset == x.offset)
        )
        query = query.join(s.document, d.id == x.document)
        if table is s.context:
            query = query.join(s.candidate, c.id == x.candidate)
        for found, name, text in seen.connection.execute(query.where(outside).order_by(term)):
            where = f"{found} in {name}: {_cut(text)}"
            yield _error("a candidate stands outside of its sentence", _COLLECT, where)
    x = s.context.c
    surface = func.substr(n.text, x.start + 1, x.end - x.start)
    for term, name, found in seen.connection.execute(
        select(c.term, d.name, surface)
        .join(s.context, x.candidate == c.id)
        .join(s.sentence, and_(n.document == x.document, n.offset == x.offset))
        .join(s.document, d.id == x.document)
        .where((surface != c.term) & (x.start >= 0) & (x.end >= x.start))
        .order_by(c.term)
    ):
        if not _holds(found, term):
            where = f"{term} in {name}: {found}"
            yield _error("a sentence holds something else than its candidate", _COLLECT, where)


def _holds(surface: str, term: str) -> bool:
    """Whether a term is written so: with quotation marks, or in parts, as in 先制・予防攻撃."""
    letters = iter(key(surface))
    return all(letter in letters for letter in key(term))


def _scores(seen: _Seen) -> Iterator[Finding]:
    scored = seen.connection.scalar(select(s.candidate.c.id).limit(1)) is None
    if not scored and not seen.termbase.is_scored(termhood.SIGNATURE):
        yield _warning(
            "the scores of the candidates are not those of what is stored",
            "yakugo candidates makes them anew",
        )


_LOOKS: Sequence[Callable[[_Seen], Iterator[Finding]]] = (
    _references,
    _constraints,
    _terms,
    _spellings,
    _places,
    _revisions,
    _statuses,
    _relations,
    _collected,
    _found,
    _accepted,
    _sentences,
    _readings,
    _scores,
    _waiting,
    _agreement,
)


_SHOWN = 40  # characters of a sentence


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
