"""Rows of concepts: what somebody changed since she saw them, against what they are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from yakugo.errors import TermbaseError
from yakugo.exchange.edits import FaultyField, changed, edited, same
from yakugo.exchange.fields import (
    OF_CONCEPT,
    OF_TERM,
    Field,
    Values,
    row_id,
    term_values,
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
    JAPANESE,
    Concept,
    Decision,
    State,
    Term,
)
from yakugo.termbase import review

_STATES = {
    Decision.ACCEPTED: State.APPROVED,
    Decision.REJECTED: State.REJECTED,
    Decision.DEFERRED: State.DEFERRED,
}


class Disagreement(Exception):
    """The rows of one concept contradict one another."""

    def __init__(self, field: Field, says: str) -> None:
        super().__init__(says)
        self.field = field
        self.says = says


def take(taking: Taking, id: str, revision: str, rows: list[Row]) -> None:
    """Take over the rows of a concept that name one revision of it."""
    seen = _seen(taking, id, revision)
    if isinstance(seen, str):
        for row in rows:
            taking.say(row, Result.INVALID, seen, Field.ID)
        return
    bases = {row_id(seen, term): term for term in seen.in_language(JAPANESE)}
    good = [row for row in rows if _is_read(taking, row, seen, bases)]
    good = [row for row in good if not _is_copied(taking, row, good)]
    touched = [row for row in good if row.changes or row.decision or row.comment]
    for row in good:
        if row not in touched:
            taking.say(row, Result.UNCHANGED, "as it was", concept=id)
    if not touched:
        return
    try:
        of_terms, of_concept, decision = _together(touched)
    except Disagreement as error:
        for row in touched:
            taking.say(row, Result.INVALID, error.says, error.field, concept=id)
        return
    _take(taking, touched, seen, of_terms, of_concept, decision)


def _seen(taking: Taking, id: str, revision: str) -> Concept | str:
    """The concept as the writer of a row saw it; in words, why that cannot be known."""
    current = taking.known.get(id) or taking.termbase.concept(id)
    if not revision:
        if current is None:
            return f"there is no concept {id}; clear the id to add the term as a new one"
        return replace(current, revision=0)  # which is never the stored one
    if not revision.isdecimal():
        return f"the revision {revision!r} is no number; export the file again, or clear it"
    number = int(revision)
    if current is not None and current.id == id and current.revision == number:
        return current
    seen = taking.termbase.at_revision(id, number)
    if seen is not None:
        return seen
    if current is None:
        return f"there is no concept {id}; clear the id to add the term as a new one"
    return (
        f"revision {number} of {id} is not known here (it is at {current.revision}); "
        "export the file again"
    )


def _is_read(taking: Taking, row: Row, seen: Concept, bases: Mapping[str, Term]) -> bool:
    """Read what a row changed; a row that cannot be read is said to be invalid."""
    values = row.entry.values
    term = bases.get(_number_one(values[Field.ID].strip()))
    if term is None:
        taking.say(
            row,
            Result.INVALID,
            f"{values[Field.ID]} names no term of {seen.id}; put its id back as it was",
            Field.ID,
        )
        return False
    try:
        check_faults(row.entry, (*OF_TERM, *OF_CONCEPT, Field.DECISION, Field.COMMENT))
        row.term = term.text
        row.changes = changed(values, term_values(seen, term))
        row.decision = decision_in(values)
    except FaultyField as error:
        taking.say_faulty(row, error, concept=seen.id)
        return False
    row.comment = " ".join(values.get(Field.COMMENT, "").split())
    return True


def _is_copied(taking: Taking, row: Row, rows: Sequence[Row]) -> bool:
    """Say of a row that was copied to make a new term of it that its id is another's."""
    if Field.JAPANESE not in (row.changes or {}):
        return False
    others = [one.entry.place for one in rows if one.term == row.term and one is not row]
    if others:
        taking.say(
            row,
            Result.INVALID,
            f"has the id of {others[0]}; clear the id and the revision of a term that is new",
            Field.ID,
        )
    return bool(others)


def _take(
    taking: Taking,
    rows: list[Row],
    seen: Concept,
    of_terms: Mapping[str, Values],
    of_concept: Values,
    decision: Decision | None,
) -> None:
    current = taking.termbase.concept(seen.id)
    if current is None:
        for row in rows:
            taking.say(
                row,
                Result.CONFLICT,
                "the concept has been taken out since; clear the id to add the term anew",
                theirs=told(
                    [pair for one in (*of_terms.values(), of_concept) for pair in one.items()]
                    + ([(Field.DECISION, decision.value)] if decision else [])
                ),
                concept=seen.id,
            )
        return
    of_terms, of_concept = _still_different(current, of_terms, of_concept)
    if decision is not None and _is_decided(taking, seen, current, decision, of_terms, of_concept):
        decision = None
    comments = [row.comment for row in rows if row.comment and not taking.is_said(current.id, row)]
    edits = bool(of_terms or of_concept)
    if not edits and decision is None and not comments:
        for row in rows:
            taking.say(row, Result.UNCHANGED, "as it is here already", concept=current.id)
        return
    stale = (current.id, current.revision) != (seen.id, seen.revision)
    if stale and (edits or decision is not None):
        conflict = _conflict(rows[0], seen, current, of_terms, of_concept, decision)
        if not _may_overwrite(taking, rows, conflict):
            return
    comment = "; ".join(dict.fromkeys(comments))
    try:
        with taking.termbase.attempt():
            said = _write(taking, current, of_terms, of_concept, decision, comment)
    except FaultyField as error:
        for row in rows:
            taking.say_faulty(row, error, concept=current.id)
    except TermbaseError as error:
        for row in rows:
            taking.say(row, Result.INVALID, str(error), concept=current.id)
    else:
        for row in rows:
            taking.say(row, Result.APPLIED, said, concept=current.id)


def _is_decided(
    taking: Taking,
    seen: Concept,
    current: Concept,
    decision: Decision,
    of_terms: object,
    of_concept: object,
) -> bool:
    """Whether a decision says what is so already, was made before, or waits for somebody else."""
    if current.state is _STATES[decision]:
        return not (of_terms or of_concept) or not taking.termbase.two_person
    waits = current.state is State.PROPOSED and current.proposed_by == taking.who
    if waits and decision is Decision.ACCEPTED and taking.termbase.two_person:
        return True
    done = Decision.APPROVED if decision is Decision.ACCEPTED else decision
    past = review.history(taking.termbase, current.id)
    taken_back = {one.undoes for one in past}
    return any(
        one.decision is done and one.who == taking.who and one.revision >= seen.revision > 0
        for one in past
        if one.batch not in taken_back
    )


def _may_overwrite(taking: Taking, rows: list[Row], conflict: Outcome) -> bool:
    """Whether the judge is for the file; else the rows are said to be in conflict."""
    try:
        taking.settle(conflict)
    except InConflict as error:
        for row in rows:
            japanese = row.entry.values.get(Field.JAPANESE, row.term)
            taking.outcomes[row.number] = replace(
                error.outcome, place=row.entry.place, japanese=japanese
            )
        return False
    return True


def _write(
    taking: Taking,
    current: Concept,
    of_terms: Mapping[str, Values],
    of_concept: Values,
    decision: Decision | None,
    comment: str,
) -> str:
    done = []
    if of_terms or of_concept:
        new = edited(current, of_terms, of_concept)
        current = review.edit(taking.termbase, new, current.revision, taking.who, comment=comment)
        comment = ""
        fields = dict.fromkeys([f for v in of_terms.values() for f in v] + list(of_concept))
        done.append(f"changed: {', '.join(field.replace('_', ' ') for field in fields)}")
    if decision is Decision.ACCEPTED and (not done or current.state is not State.PROPOSED):
        review.approve(taking.termbase, current.id, taking.who, comment=comment)
        done.append("approved")
    elif decision in (Decision.REJECTED, Decision.DEFERRED):
        act = review.reject if decision is Decision.REJECTED else review.defer
        act(taking.termbase, current.id, taking.who, comment=comment)
        done.append(decision.value)
    elif comment:
        review.comment(taking.termbase, current.id, comment, taking.who)
        done.append("comment kept")
    if current.state is State.PROPOSED and done and decision is not Decision.REJECTED:
        done.append("waits for approval")
    return "; ".join(done)


def _number_one(id: str) -> str:
    """The id of a row, as `row_id` writes that of the first term."""
    return id.removesuffix("#1")


def _together(rows: Sequence[Row]) -> tuple[dict[str, Values], Values, Decision | None]:
    """What the rows of a concept say together; Disagreement when they contradict one another."""
    of_terms: dict[str, Values] = {}
    of_concept: Values = {}
    by: dict[Field, str] = {}
    decisions: dict[Decision, str] = {}
    for row in rows:
        place = row.entry.place
        for field, value in (row.changes or {}).items():
            of = of_concept if field in OF_CONCEPT else of_terms.setdefault(row.term, {})
            if field in of and not same(field, of[field], value):
                raise Disagreement(field, f"{by[field]} and {place} say different things")
            of[field] = value
            by.setdefault(field, place)
        if row.decision is not None:
            decisions.setdefault(row.decision, place)
    if len(decisions) > 1:
        places = " and ".join(decisions.values())
        raise Disagreement(Field.DECISION, f"{places} decide differently about one concept")
    return of_terms, of_concept, next(iter(decisions), None)


def _still_different(
    current: Concept, of_terms: Mapping[str, Values], of_concept: Values
) -> tuple[dict[str, Values], Values]:
    """What was changed and is not so in the termbase already."""
    japanese = {term.text: term for term in current.in_language(JAPANESE)}
    left: dict[str, Values] = {}
    for text, changes in of_terms.items():
        term = japanese.get(" ".join(changes.get(Field.JAPANESE, text).split()))
        here = term_values(current, term) if term else {}
        different = {f: v for f, v in changes.items() if not term or not same(f, v, here[f])}
        if different:
            left[text] = different
    here = term_values(current, next(iter(japanese.values())))
    different = {f: v for f, v in of_concept.items() if not same(f, v, here[f])}
    with suppress(FaultyField):  # "a; b" in one cell is a in one and b in the other
        if edited(current, {}, different) == current:
            different = {}
    return left, different


def _conflict(
    row: Row,
    seen: Concept,
    current: Concept,
    of_terms: Mapping[str, Values],
    of_concept: Values,
    decision: Decision | None,
) -> Outcome:
    """Both versions of what a file and the termbase have changed, at the first field of them."""
    if current.id != seen.id:
        said = f"{seen.id} was merged into {current.id} since the file was written"
    elif not seen.revision:
        said = "the file names no revision, so that nobody knows what its writer saw"
    else:
        said = (
            f"changed since the file was written (revision {seen.revision}, now {current.revision})"
        )
    japanese = current.in_language(JAPANESE)
    both = [
        (field, value, term_values(current, shown)[field])
        for text, changes in ((japanese[0].text, of_concept), *of_terms.items())
        for shown in (next((t for t in japanese if t.text == text), japanese[0]),)
        for field, value in changes.items()
    ]
    if decision is not None:
        both.append((Field.DECISION, decision.value, current.state.value))
    if row.comment:
        both.append((Field.COMMENT, row.comment, ""))
    column = both[0][0]
    theirs, ours = (told([(one[0], one[side]) for one in both]) for side in (1, 2))
    return Outcome(
        row.entry.place,
        row.entry.values.get(Field.JAPANESE, row.term),
        Result.CONFLICT,
        said,
        column,
        theirs,
        ours,
        current.changed_by,
        current.changed,
        current.id,
    )
