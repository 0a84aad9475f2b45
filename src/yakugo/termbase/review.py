"""The review: decisions about candidates, each stored with who and when, and taken back whole.

A decision row holds what was before and after it, so that undoing restores exactly that. Rows
are only ever added: an undo is a row of its own that names the decision it takes back.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, replace
from typing import Any

import jaconv
from sqlalchemy import insert, select

from yakugo.equivalents.glossary import key
from yakugo.errors import ConflictError, TermbaseError
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    Candidate,
    Concept,
    Context,
    PartOfSpeech,
    Review,
    Status,
    Term,
    TermType,
    Usage,
)
from yakugo.termbase import schema as s
from yakugo.termbase.store import Termbase, now
from yakugo.tokens import reading


def accept(termbase: Termbase, term: str, english: str, who: str, when: str = "") -> Concept:
    """Accept a term with its English; several equivalents are joined by ";", the preferred first.

    A concept that has the Japanese term takes up the English it lacks as admitted; else one whose
    preferred English is the same takes up the Japanese term as admitted; else there is a new
    concept. TermbaseError when there is no English.
    """
    term = _cleaned(term, "a Japanese term")
    equivalents = list(dict.fromkeys(filter(None, map(_one_line, english.split(";")))))
    if not equivalents:
        raise TermbaseError(f'{term} needs an equivalent; give one with --english "…"')
    when = when or now()
    with termbase.transaction():
        found = termbase.candidate(term)
        candidate = found.candidate if found else None
        before = _state(found.status if found else None, None)
        same = termbase.concepts_with(term)
        alike = [
            c
            for c in termbase.concepts_with(equivalents[0], ENGLISH)
            if _prefers(c, equivalents[0])
        ]
        if same:
            old, new = same[0], _with_english(same[0], equivalents)
        elif alike:
            old = alike[0]
            new = replace(old, terms=(*old.terms, _japanese(term, candidate, Usage.ADMITTED)))
        else:
            old = None
            terms = (_japanese(term, candidate), *_english(equivalents))
            new = Concept(
                _new_id(termbase, equivalents[0], terms[0].reading), terms, source="review"
            )
        seen = old.revision if old else 0
        before["concept"] = _as_json(old)
        if new != old:
            new = termbase.save(_ordered(new), seen, who, when)
        after = _state(Status.ACCEPTED if found else None, new)
        _decide(
            termbase,
            Review(term, Status.ACCEPTED, who, when, "; ".join(equivalents), new.id, seen),
            before,
            after,
        )
        return new


def reject(termbase: Termbase, term: str, who: str, when: str = "") -> None:
    """Reject a candidate: it stays rejected in later collections."""
    _set_aside(termbase, term, Status.REJECTED, who, when)


def defer(termbase: Termbase, term: str, who: str, when: str = "") -> None:
    """Put a candidate off."""
    _set_aside(termbase, term, Status.DEFERRED, who, when)


def undo(termbase: Termbase, who: str, when: str = "") -> Review:
    """Take back the last decision of a reviewer that still holds, and return it.

    TermbaseError when there is none, ConflictError when the concept it made or changed has been
    changed since.
    """
    r = s.review
    with termbase.transaction() as connection:
        undone = select(r.c.undoes).where(r.c.undoes.is_not(None))
        row = connection.execute(
            select(r)
            .where((r.c.who == who) & r.c.undoes.is_(None) & r.c.id.not_in(undone))
            .order_by(r.c.id.desc())
            .limit(1)
        ).first()
        if row is None:
            raise TermbaseError(f"there is no decision of {who} to take back")
        before, after = json.loads(row.before), json.loads(row.after)
        when = when or now()
        if before["concept"] != after["concept"]:
            _restore(termbase, before["concept"], after["concept"], who, when)
        status = Status(before["status"] or Status.NEW)
        taken_back = Review(row.term, status, who, when, row.english, row.concept, row.revision)
        _decide(termbase, taken_back, after, before, row.id)
        return Review(
            row.term,
            Status(row.decision),
            row.who,
            row.when,
            row.english,
            row.concept,
            row.revision,
        )


def history(termbase: Termbase, term: str | None = None) -> list[Review]:
    """The decisions, oldest first: all, or those about one term."""
    return [one for one in termbase.reviews() if term is None or one.term == key(term)]


def _set_aside(termbase: Termbase, term: str, status: Status, who: str, when: str) -> None:
    term = _cleaned(term, "a Japanese term")
    with termbase.transaction():
        found = termbase.candidate(term)
        if found is None:
            raise TermbaseError(
                f"{term} is not among the candidates; collect a document that holds it first"
            )
        review = Review(term, status, who, when or now())
        _decide(termbase, review, _state(found.status, None), _state(status, None))


def _decide(
    termbase: Termbase,
    review: Review,
    before: dict[str, Any],
    after: dict[str, Any],
    undoes: int | None = None,
) -> None:
    who = _one_line(review.who)
    if not who:
        raise TermbaseError("a decision needs the name of who decides; give --reviewer NAME")
    with termbase.transaction() as connection:
        termbase.set_status(review.term, Status(after["status"] or Status.NEW))
        row = asdict(review) | {"decision": review.decision.value, "who": who, "undoes": undoes}
        states = {"before": json.dumps(before), "after": json.dumps(after)}
        connection.execute(insert(s.review), row | states)


def _restore(
    termbase: Termbase,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    who: str,
    when: str,
) -> None:
    stored = termbase.concept(after["id"])
    if stored is None or _content(_as_json(stored) or {}) != _content(after):
        raise ConflictError(
            f"{after['id']} has been changed since that decision "
            f"(now revision {stored.revision if stored else 'none'}); change it by hand"
        )
    if before is None:
        termbase.remove(stored.id)
    else:
        termbase.save(_from_json(before), stored.revision, who, when)


def _cleaned(text: str, what: str) -> str:
    text = key(_one_line(text))
    if not text:
        raise TermbaseError(f"{what} is needed; got an empty one")
    return text


def _one_line(text: str) -> str:
    """Text without white space around it and line breaks in it; no control characters."""
    text = " ".join(text.split())
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        raise TermbaseError(f"{text!a} holds a control character or broken text; type it again")
    return text


# --- what a decision makes of a concept


def _prefers(concept: Concept, english: str) -> bool:
    preferred = concept.preferred(ENGLISH)
    return preferred is not None and key(preferred.text) == key(english)


def _with_english(concept: Concept, equivalents: list[str]) -> Concept:
    usable = [t.text for t in concept.in_language(ENGLISH) if t.usage is not Usage.DEPRECATED]
    avoided = {t.text for t in concept.in_language(ENGLISH)} - set(usable)
    wrong = [text for text in equivalents if text in avoided]
    if wrong:
        raise TermbaseError(
            f"the glossary says to avoid {wrong[0]!r} in {concept.id}; choose another equivalent"
        )
    missing = [text for text in equivalents if text not in usable]
    added = _english(missing, Usage.ADMITTED if usable else Usage.PREFERRED)
    return replace(concept, terms=concept.terms + added)


def _english(equivalents: list[str], first: Usage = Usage.PREFERRED) -> tuple[Term, ...]:
    return tuple(
        Term(text, ENGLISH, usage=first if i == 0 else Usage.ADMITTED)
        for i, text in enumerate(equivalents)
    )


def _japanese(term: str, candidate: Candidate | None, usage: Usage = Usage.PREFERRED) -> Term:
    """The Japanese term, with the candidate's reading and the best sentence it stands in."""
    contexts: tuple[Context, ...] = ()
    if candidate and candidate.contexts:
        best = candidate.contexts[0]
        contexts = (Context.locating(term, best.sentence, best.document),)
    read = candidate.reading if candidate else reading(term)
    return Term(term, JAPANESE, read, usage=usage, contexts=contexts)


def _ordered(concept: Concept) -> Concept:
    """Japanese terms before English ones, as they are published."""
    terms = concept.in_language(JAPANESE) + concept.in_language(ENGLISH)
    return replace(concept, terms=terms)


def _new_id(termbase: Termbase, english: str, kana: str) -> str:
    """A readable id from the English, else from the reading; never one that is taken."""
    romaji = str(jaconv.kana2alphabet(jaconv.kata2hira(kana)))
    slug = _slug(english) or _slug(romaji) or "concept"
    slug = slug if slug[0].isalpha() else f"concept-{slug}"
    taken = termbase.concept_ids()
    numbered = (f"{slug}-{n}" for n in range(2, len(taken) + 3))
    return slug if slug not in taken else next(id for id in numbered if id not in taken)


def _slug(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")


# --- states, as they are kept in the history


def _state(status: Status | None, concept: Concept | None) -> dict[str, Any]:
    return {"status": status.value if status else None, "concept": _as_json(concept)}


def _as_json(concept: Concept | None) -> dict[str, Any] | None:
    # Through JSON and back, so that tuples and lists compare equal later.
    return json.loads(json.dumps(asdict(concept))) if concept else None


def _content(data: dict[str, Any]) -> dict[str, Any]:
    """A concept without its revision: an undo counts as a write, but brings content back."""
    return {k: v for k, v in data.items() if k not in ("revision", "changed", "changed_by")}


def _from_json(data: dict[str, Any]) -> Concept:
    terms = tuple(
        Term(
            **term
            | {
                "part_of_speech": PartOfSpeech(term["part_of_speech"]),
                "type": TermType(term["type"]) if term["type"] else None,
                "usage": Usage(term["usage"]),
                "contexts": tuple(Context(**context) for context in term["contexts"]),
            }
        )
        for term in data["terms"]
    )
    return Concept(**data | {"terms": terms, "related": tuple(data["related"])})
