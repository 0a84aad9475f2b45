"""Concepts of another termbase → ours: what is not here is added, nothing is overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace

from yakugo.equivalents.glossary import key
from yakugo.errors import TermbaseError
from yakugo.exchange.outcomes import Outcome, Result
from yakugo.exchange.taking import Judge, Progress, Rehearsed, Side, undecided
from yakugo.model import JAPANESE, USABLE, Concept, State, Term
from yakugo.termbase import Termbase, review

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_SAID = tuple(  # what a concept says besides its terms
    field.name
    for field in fields(Concept)
    if field.type == "str" and field.name not in ("id", "changed", "changed_by", "proposed_by")
)


def take_over(
    termbase: Termbase,
    concepts: Sequence[Concept],
    who: str,
    judge: Judge = undecided,
    rehearse: bool = False,
    progress: Progress = lambda rows: None,
) -> list[Outcome]:
    """Take over concepts in one transaction; what became of each, in their order.

    A concept is known by its Japanese terms; its id is kept where it is free. One that is here
    with less is a conflict: `judge` may decide that it takes up what it lacks. Relations go along.
    """
    outcomes: list[Outcome] = []
    with suppress(Rehearsed), termbase.transaction():
        here = [_here(termbase, concept) for concept in concepts]
        ids = _ids(termbase, concepts, here)
        for concept, known in zip(concepts, here, strict=True):
            renamed = _related(concept, ids)
            outcomes.append(_taken(termbase, renamed, known, ids.get(concept.id, ""), who, judge))
            progress(1)
        if rehearse:
            raise Rehearsed
    return outcomes


def _here(termbase: Termbase, concept: Concept) -> Concept | None:
    """Our concept with one of the Japanese terms, if there is one; that with the id first."""
    sharing = [
        one
        for term in _usable(concept)
        for one in termbase.concepts_with(term.text)
        if one.state is not State.REJECTED and _shares(one, term)
    ]
    same = [one for one in sharing if one.id == concept.id]
    fitting = [one for one in sharing if one.subject_field == concept.subject_field]
    return next(iter([*same, *fitting, *sharing]), None)


def _usable(concept: Concept) -> Iterator[Term]:
    return (term for term in concept.in_language(JAPANESE) if term.usage in USABLE)


def _shares(concept: Concept, wanted: Term) -> bool:
    return any(key(term.text) == key(wanted.text) for term in _usable(concept))


def _ids(
    termbase: Termbase, concepts: Sequence[Concept], here: Sequence[Concept | None]
) -> dict[str, str]:
    """What each id of the file is called here; a free one that can be kept is."""
    taken = termbase.concept_ids()
    ids: dict[str, str] = {}
    for concept, known in zip(concepts, here, strict=True):
        if known is not None:
            ids[concept.id] = known.id
        elif _ID.fullmatch(concept.id) and concept.id not in taken:
            ids[concept.id] = concept.id
    return ids


def _related(concept: Concept, ids: Mapping[str, str]) -> Concept:
    """The concept with its relations as they are called here; others are not known."""
    return replace(concept, related=tuple(ids[one] for one in concept.related if one in ids))


def _taken(
    termbase: Termbase, concept: Concept, known: Concept | None, id: str, who: str, judge: Judge
) -> Outcome:
    first = next(iter(concept.in_language(JAPANESE)), None)
    said = Outcome(
        f"concept {concept.id}" if concept.id else "a concept without an id",
        first.text if first else "",
        Result.APPLIED,
        "",
        concept=known.id if known else id,
    )
    try:
        if known is None:
            new = replace(concept, id=id, revision=1, homograph=0)
            with termbase.attempt():
                made = review.edit(termbase, new, 0, who)
            waits = "; waits for approval" if made.state is State.PROPOSED else ""
            return replace(said, said=f"added as {made.id}{waits}", concept=made.id)
        known = termbase.concept(known.id) or known  # an earlier one may have completed it
        full = _completed(known, concept)
        if full == known:
            return replace(said, result=Result.UNCHANGED, said=f"is in {known.id} already")
        conflict = replace(
            said,
            result=Result.CONFLICT,
            said=f"{known.id} has the term and says less, or something else",
            theirs=_shown(concept),
            ours=_shown(known),
            ours_by=known.changed_by,
            ours_when=known.changed,
        )
        side = judge(conflict)
        if side is not Side.THEIRS:
            return conflict if side is None else replace(conflict, said="left as it is here")
        with termbase.attempt():
            review.edit(termbase, full, known.revision, who)
        return replace(said, said=f"{known.id} took up what it lacked")
    except TermbaseError as error:
        return replace(said, result=Result.INVALID, said=str(error))


def _completed(known: Concept, other: Concept) -> Concept:
    """A concept with the terms, texts and relations of another one that it lacks."""
    texts = {name: getattr(known, name) or getattr(other, name) for name in _SAID}
    related = tuple(dict.fromkeys(known.related + other.related))
    return replace(
        known, terms=known.terms + review.lacking(known, other), related=related, **texts
    )


def _shown(concept: Concept) -> str:
    terms = "; ".join(term.text for term in concept.terms)
    return f"{terms} – {concept.definition}" if concept.definition else terms
