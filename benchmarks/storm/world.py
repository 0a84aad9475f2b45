"""A small termbase, what is in it at a moment, and whether its history adds up to that."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.model import ENGLISH, JAPANESE, Concept, Decision, Kind, Review, Status, Term, Usage
from yakugo.termbase import Termbase, history
from yakugo.termbase import schema as s

TEXT = (
    "抑止戦略を論じる。軍備管理協議は止まった。海上封鎖は難しい。通信妨害への備えがない。"
    "早期警戒衛星を打ち上げる。信頼醸成措置を続ける。前方展開部隊が動いた。"
)


def _concept(id: str, japanese: str, english: str, definition: str = "", **more: str) -> Concept:
    texts = [one.split("/") for one in japanese.split()]
    usages = [Usage.PREFERRED, *[Usage.ADMITTED] * len(texts)]
    words = english.split("; ")
    return Concept(
        id,
        (
            *(Term(t, reading=r, usage=u) for (t, r), u in zip(texts, usages, strict=False)),
            *(Term(t, ENGLISH, usage=u) for t, u in zip(words, usages, strict=False)),
            *(Term(t, ENGLISH, usage=Usage.DEPRECATED) for t in more.pop("avoid", "").split("; ") if t),
        ),
        definition=definition,
        **more,
    )  # fmt: skip


GLOSSARY = (
    _concept(
        "nuclear-umbrella", "核の傘/かくのかさ 核抑止の傘/かくよくしのかさ",
        "nuclear umbrella; umbrella", "protection that an ally promises", avoid="atomic umbrella",
    ),
    _concept("dual-key", "二重鍵/にじゅうかぎ", "dual key; dual-key arrangement", note="rare"),
    _concept(
        "first-strike", "第一撃/だいいちげき 先制第一撃/せんせいだいいちげき", "first strike",
        definition_ja="先に加える攻撃", subject_field="strategy",
    ),
    _concept("escort", "護衛任務/ごえいにんむ", "escort duty", "sailing along to protect"),
    _concept("port-call", "寄港/きこう 入港/にゅうこう", "port call; port visit"),
)  # fmt: skip


class Lost(AssertionError):
    """Something that must not happen did: an edit was lost, or overwritten unseen."""


def require(holds: object, what: str) -> None:
    """Lost, saying what, unless it holds."""
    if not holds:
        raise Lost(what)


def begin(termbase: Termbase) -> None:
    """Fill an empty termbase with a glossary, and with candidates of a short text."""
    termbase.load(GLOSSARY)
    document = from_text(TEXT, "essay")
    found = [one for one in collect(document) if one.kind == Kind.COMPOUND]
    termbase.record(document, found)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the history with its row, and the candidate's status before and after."""

    id: int
    review: Review
    statuses: tuple[Status | None, Status | None]
    raw: str


@dataclass(frozen=True, slots=True)
class World:
    """What is in a termbase at a moment; `new` is what the history has since the moment before."""

    concepts: Mapping[str, Concept]
    statuses: Mapping[str, Status]
    forwards: Mapping[str, str]
    new: tuple[Entry, ...] = ()
    last: int = field(default=0)

    def same_as(self, other: World) -> bool:
        """Whether nothing was written in between."""
        return (self.concepts, self.statuses, self.forwards, self.last) == (
            other.concepts,
            other.statuses,
            other.forwards,
            other.last,
        )

    def concept(self, id: str) -> Concept | None:
        """The concept with an id, or the one that it was merged into."""
        return self.concepts.get(self.forwards.get(id, id))


def look(termbase: Termbase, since: int = 0) -> World:
    """What is there now; `since` is the last entry of the history that is known already."""
    h, c, f = s.history.c, s.candidate.c, s.forward.c
    with termbase.reading() as connection:
        rows = connection.execute(select(s.history).where(h.id > since).order_by(h.id)).all()
        statuses = {r.term: Status(r.status) for r in connection.execute(select(c.term, c.status))}
        forwards = {r.old: r.concept for r in connection.execute(select(f.old, f.concept))}
    concepts = {one.id: one for one in termbase.concepts()}
    new = tuple(
        Entry(row.id, history.entry(row), history.statuses(row), json.dumps(list(map(str, row))))
        for row in rows
    )
    return World(concepts, statuses, forwards, new, rows[-1].id if rows else since)


def bare(concept: Concept | None) -> object:
    """What a concept says; the ids that it names may have been merged since."""
    return history.content(replace(concept, related=()) if concept else None)


def replay(begun: Iterable[Concept], entries: Iterable[Entry], now: World) -> None:
    """Replay the history from the beginning: it must give what is stored, without a gap."""
    concepts: dict[str, Concept] = {one.id: one for one in begun}
    last = {one.id: one.revision for one in begun}
    statuses: dict[str, Status] = {}
    number = 0
    for entry in entries:
        one = entry.review
        require(entry.id > number, f"entry {entry.id} stands after {number}")
        number = entry.id
        if one.concept:
            stored = concepts.get(one.concept)
            where = f"entry {entry.id} ({one.decision.value} {one.concept} by {one.who})"
            require(bare(stored) == bare(one.before), f"{where} begins with another concept")
            if one.before and stored:
                require(one.before.revision == stored.revision, f"{where}: another revision")
            if one.after is None:
                concepts.pop(one.concept, None)
            else:
                changed = bare(one.after) != bare(one.before)
                step = one.after.revision - last.get(one.concept, 0)
                require(step == 1 if changed else step in (0, 1), f"{where}: {step} revisions on")
                concepts[one.concept] = one.after
                last[one.concept] = one.after.revision
        if entry.statuses[1] is not None:
            was = statuses.get(one.term, Status.NEW)
            said = f"entry {entry.id}: {one.term} was {was}, it says {entry.statuses[0]}"
            require(entry.statuses[0] is was, said)
            statuses[one.term] = entry.statuses[1]
    require(set(concepts) == set(now.concepts), "the history gives other concepts than are stored")
    for id, concept in concepts.items():
        stored = now.concepts[id]
        require(bare(stored) == bare(concept), f"{id} is not what the history says")
        require(stored.revision == concept.revision, f"{id} has another revision")
    decided = {term: status for term, status in now.statuses.items() if status is not Status.NEW}
    replayed = {term: status for term, status in statuses.items() if status is not Status.NEW}
    require(decided == replayed, f"candidates are {decided}, the history says {replayed}")


def decisions_of(entries: Iterable[Entry], who: str, decision: Decision) -> list[Review]:
    """What somebody decided so."""
    return [e.review for e in entries if e.review.who == who and e.review.decision is decision]


def texts(concept: Concept, language: str) -> set[str]:
    """The terms of a concept in a language that may be used."""
    usable = (Usage.PREFERRED, Usage.ADMITTED)
    return {term.text for term in concept.in_language(language) if term.usage in usable}


__all__ = [
    "ENGLISH", "GLOSSARY", "JAPANESE", "TEXT", "Entry", "Lost", "World", "bare", "begin",
    "decisions_of", "look", "replay", "require", "texts",
]  # fmt: skip
