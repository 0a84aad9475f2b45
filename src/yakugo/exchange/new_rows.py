"""Rows without an id: decisions about candidates, and terms that are new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from yakugo.equivalents.glossary import key
from yakugo.errors import TermbaseError
from yakugo.exchange.cells import part_of_speech_of, split
from yakugo.exchange.edits import FaultyField, same, usage
from yakugo.exchange.fields import (
    TO_FILL,
    TO_READ,
    Field,
    Values,
    candidate_values,
)
from yakugo.exchange.outcomes import Outcome, Result
from yakugo.exchange.taking import (
    InConflict,
    Row,
    Taking,
    check_faults,
    decision_in,
    told,
)
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    USABLE,
    Concept,
    Context,
    Decision,
    Ranked,
    State,
    Status,
    Term,
    Usage,
)
from yakugo.termbase import review

_ENGLISH = (Field.ENGLISH, Field.OTHER_ENGLISH, Field.AVOID)
_NOT_FILLED = (Field.JAPANESE, Field.DECISION, Field.COMMENT, *TO_READ)


def take(taking: Taking, row: Row) -> None:
    """Take over a row about a candidate, or about a term that is new."""
    japanese = " ".join(row.entry.values.get(Field.JAPANESE, "").split())
    try:
        check_faults(row.entry, TO_FILL)
        row.decision = decision_in(row.entry.values)
        row.comment = " ".join(row.entry.values.get(Field.COMMENT, "").split())
        if not japanese:
            raise FaultyField(Field.JAPANESE, "is empty; a term needs one")
        candidate = taking.termbase.candidate(key(japanese))
        said = _decide_on(taking, row, japanese, candidate, _filled(row, candidate))
    except FaultyField as error:
        taking.say_faulty(row, error)
    except InConflict as error:
        taking.outcomes[row.number] = error.outcome
    except TermbaseError as error:
        taking.say(row, Result.INVALID, str(error))
    else:
        if said is not None:
            taking.say(row, Result.APPLIED, said, concept=row.concept)


def _filled(row: Row, candidate: Ranked | None) -> Values:
    """What was filled in besides the Japanese, the decision and the comment."""
    exported = candidate_values(candidate) if candidate else {}
    return {
        field: text.strip()
        for field, text in row.entry.values.items()
        if field not in _NOT_FILLED
        and text.strip()
        and not (field in exported and same(field, text, exported[field]))
    }


def _decide_on(
    taking: Taking, row: Row, japanese: str, candidate: Ranked | None, filled: Values
) -> str | None:
    """Do what a row says; in words what was done, None when its outcome is said already."""
    about = key(japanese)
    wanted = row.decision
    if wanted is None and any(field in filled for field in _ENGLISH):
        wanted = Decision.ACCEPTED
    if wanted is Decision.ACCEPTED:
        return _accept(taking, row, japanese, candidate, filled)
    if wanted is not None and candidate is not None:
        if filled:
            raise FaultyField(
                next(iter(filled)),
                f"is filled in, but the term is {wanted.value}; empty the cell, or accept it",
            )
        return _set_aside(taking, row, about, candidate, wanted)
    if wanted is not None:
        raise FaultyField(
            Field.DECISION, f"{japanese} is no candidate here; only a new term can be added"
        )
    if candidate is None:
        raise FaultyField(Field.ENGLISH, "is empty; a new term needs its English")
    if filled:
        raise FaultyField(
            next(iter(filled)), "is filled in, but nothing is decided; choose a decision"
        )
    return _remark(taking, row, about)


def _remark(taking: Taking, row: Row, about: str, otherwise: str = "nothing decided") -> str | None:
    """Keep the comment on a candidate or a concept, if there is a new one."""
    if not row.comment or taking.is_said(about, row):
        taking.say(row, Result.UNCHANGED, otherwise, concept=row.concept)
        return None
    review.comment(taking.termbase, about, row.comment, taking.who)
    return "comment kept"


def _set_aside(
    taking: Taking, row: Row, about: str, candidate: Ranked, wanted: Decision
) -> str | None:
    status = Status(wanted.value)
    if candidate.status is status:
        return _remark(taking, row, about, f"is {status.value} already")
    _check_undecided(taking, row, about)
    act = review.reject if wanted is Decision.REJECTED else review.defer
    with taking.termbase.attempt():
        act(taking.termbase, about, taking.who, comment=row.comment)
    return wanted.value


def _check_undecided(taking: Taking, row: Row, about: str) -> None:
    """See whether somebody has decided about a term since, or taken that back; as for conflicts."""
    seen = row.entry.values.get(Field.REVISION, "").strip() or "0"
    if not seen.isdecimal():
        raise FaultyField(Field.REVISION, "is no number; export the file again, or clear it")
    if taking.termbase.times_decided(about) in (0, int(seen)):
        return
    past = review.history(taking.termbase, about)
    last = [one for one in past if one.decision is not Decision.COMMENTED][-1]
    conflict = Outcome(
        row.entry.place,
        row.entry.values.get(Field.JAPANESE, ""),
        Result.CONFLICT,
        f"was {last.decision.value} since the file was written",
        Field.DECISION,
        _theirs(row),
        last.decision.value,
        last.who,
        last.when,
        last.concept,
    )
    taking.settle(conflict)


def _accept(
    taking: Taking, row: Row, japanese: str, candidate: Ranked | None, filled: Values
) -> str | None:
    """Accept a candidate or a new term."""
    using = [one for one in taking.termbase.concepts_with(japanese) if _uses(one, japanese)]
    there = next((one for one in using if one.state is not State.REJECTED), None)
    english = _english(filled)
    if not english and Field.AVOID not in filled:
        english = split(row.entry.values.get(Field.OFFERED, ""), ENGLISH)[:1]
    if not english and (there is None or Field.AVOID not in filled):
        raise FaultyField(Field.ENGLISH, f"is empty; {japanese} needs an equivalent")
    if there is None and using:
        taking.settle(_is_rejected(row, using[0]))
    elif there is None:
        _check_undecided(taking, row, key(japanese))
    else:
        lacking = [text for text in english if not _has(there, text)]
        completed = _completed(there, japanese, filled)
        different = _completed(there, japanese, filled, overwrite=True) != completed
        is_new = bool(lacking) or completed != there
        if not is_new and not different and _is_accepted(candidate):
            row.concept = there.id
            return _remark(taking, row, there.id, f"is in {there.id} already")
        # A glossary has a row for each synonym, so that one row may complete another one.
        if different or (is_new and there.id not in taking.made):
            taking.settle(_exists(row, there))
        elif not _is_accepted(candidate):
            _check_undecided(taking, row, key(japanese))

    def complete(concept: Concept) -> Concept:
        completed = _completed(concept, japanese, filled, overwrite=True)
        kept = _completed(concept, japanese, filled)
        if there is None and replace(kept, terms=()) != replace(completed, terms=()):
            taking.settle(_exists(row, concept))  # it joins one that says something else
        return completed

    termbase, who, comment = taking.termbase, taking.who, row.comment
    with termbase.attempt():
        if english or there is None:
            concept = review.accept(
                termbase, japanese, english, who, comment=comment, also=complete
            )
        else:
            concept = review.edit(termbase, complete(there), there.revision, who, comment=comment)
    if there is None and concept.revision == 1:
        taking.made.add(concept.id)
    row.concept = concept.id
    joined = there is not None or concept.revision > 1
    waits = "; waits for approval" if concept.state is State.PROPOSED else ""
    return f"{'joined' if joined else 'added as'} {concept.id}{waits}"


def _is_accepted(candidate: Ranked | None) -> bool:
    return candidate is None or candidate.status is Status.ACCEPTED


def _exists(row: Row, concept: Concept) -> Outcome:
    """That a term is here already, with all that the row says and the English that is here."""
    return Outcome(
        row.entry.place,
        row.entry.values.get(Field.JAPANESE, ""),
        Result.CONFLICT,
        f"belongs to {concept.id}, which says less or something else",
        Field.ENGLISH,
        _theirs(row),
        "; ".join(t.text for t in concept.in_language(ENGLISH) if t.usage in USABLE),
        concept.changed_by,
        concept.changed,
        concept.id,
    )


def _is_rejected(row: Row, concept: Concept) -> Outcome:
    """That a term is in a concept that was rejected, which a file that knows of none cannot see."""
    said = f"is in {concept.id}, which was rejected"
    ours = concept.state.value
    return replace(_exists(row, concept), said=said, column=Field.DECISION, ours=ours)


def _theirs(row: Row) -> str:
    """All that a row says besides its Japanese."""
    values = row.entry.values
    filled = [(field, values[field]) for field in TO_FILL if values.get(field, "").strip()]
    return told([pair for pair in filled if pair[0] is not Field.JAPANESE])


def _english(values: Values) -> list[str]:
    """The English words of a row, the preferred first."""
    cells = (values.get(field, "") for field in (Field.ENGLISH, Field.OTHER_ENGLISH))
    return list(dict.fromkeys(text for cell in cells for text in split(cell, ENGLISH)))


def _uses(concept: Concept, japanese: str) -> bool:
    return any(
        key(term.text) == key(japanese) and term.usage in USABLE
        for term in concept.in_language(JAPANESE)
    )


def _has(concept: Concept, english: str) -> bool:
    return any(
        term.text.casefold() == english.casefold() and term.usage in USABLE
        for term in concept.in_language(ENGLISH)
    )


def _completed(concept: Concept, japanese: str, filled: Values, overwrite: bool = False) -> Concept:
    """A concept with what the row of a term says besides its English.

    What it has already stays, unless it is to be overwritten.
    """

    def either(has: str, said: str) -> str:
        return said if said and (overwrite or not has) else has

    terms = [
        _completed_term(term, filled, either)
        if term.language == JAPANESE and key(term.text) == key(japanese)
        else term
        for term in concept.terms
    ]
    there = {(term.language, key(term.text)) for term in terms}
    for field, language, use in (
        (Field.OTHER_JAPANESE, JAPANESE, Usage.ADMITTED),
        (Field.AVOID, ENGLISH, Usage.DEPRECATED),
    ):
        for text in split(filled.get(field, ""), language):
            if use is Usage.DEPRECATED and _has(concept, text):
                raise FaultyField(field, f"{text!r} is to be used and to be avoided")
            if (language, key(text)) not in there:
                terms.append(Term(text, language, usage=use))
                there.add((language, key(text)))
    field_of = " ".join(filled.get(Field.SUBJECT_FIELD, "").split())
    source = "" if concept.source == "review" and Field.SOURCE in filled else concept.source
    return replace(
        concept,
        terms=tuple(terms),
        definition=either(concept.definition, filled.get(Field.DEFINITION, "")),
        definition_ja=either(concept.definition_ja, filled.get(Field.DEFINITION_JA, "")),
        note=either(concept.note, filled.get(Field.NOTE, "")),
        subject_field=either(concept.subject_field, field_of),
        source=either(source, filled.get(Field.SOURCE, "")),
    )


def _completed_term(term: Term, filled: Values, either: Callable[[str, str], str]) -> Term:
    if Field.STATUS in filled:
        term = replace(term, usage=Usage(either(term.usage, usage(filled[Field.STATUS]))))
    if Field.EXAMPLE in filled and not term.contexts:
        term = replace(term, contexts=(Context.locating(term.text, filled[Field.EXAMPLE]),))
    if Field.PART_OF_SPEECH in filled:
        try:
            part = part_of_speech_of(filled[Field.PART_OF_SPEECH])
        except ValueError as error:
            raise FaultyField(Field.PART_OF_SPEECH, str(error)) from None
        term = replace(term, part_of_speech=part or term.part_of_speech)
    reading = " ".join(filled.get(Field.READING, "").split())
    return replace(term, reading=either(term.reading, reading))
