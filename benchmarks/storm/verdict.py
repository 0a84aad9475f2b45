"""What must be so after a workbook was taken over: told from its cells, not from the program."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from storm.filling import Filled
from storm.world import (
    ENGLISH,
    JAPANESE,
    Entry,
    World,
    bare,
    decisions_of,
    require,
    texts,
)
from yakugo.exchange.cells import decision_of, usage_of
from yakugo.exchange.fields import Field, term_values
from yakugo.exchange.outcomes import Outcome, Result
from yakugo.model import Concept, Decision, State, Status, Usage

_LISTS = (Field.ENGLISH, Field.OTHER_ENGLISH, Field.AVOID)
_STATES = {
    Decision.ACCEPTED: State.APPROVED,
    Decision.REJECTED: State.REJECTED,
    Decision.DEFERRED: State.DEFERRED,
}


@dataclass(frozen=True, slots=True)
class Import:
    """A workbook that was taken over: by whom, its rows, what was there before and after."""

    who: str
    rows: Mapping[int, Filled]
    seen: World  # when it was exported
    before: World
    after: World
    outcomes: Mapping[int, Outcome]
    overruled: Collection[str] = ()  # concepts, or terms, where the importer was for the file


def check(taken: Import, reported: Mapping[int, str], entries: Sequence[Entry]) -> None:
    """Lost when an edit is neither stored nor reported, or when one overwrote what it did not see.

    `reported` are the results in the report by row; `entries` the history from the beginning.
    """
    for number, row in taken.rows.items():
        outcome = taken.outcomes.get(number)
        where = f"row {number} {dict(row.cells)} changed {sorted(row.changed)}: {outcome}"
        if outcome is None:
            require(not row.changed, f"nothing is said of it: {where}")
            continue
        refused = outcome.result in (Result.CONFLICT, Result.INVALID)
        is_reported = reported.get(number, "").startswith(outcome.result)
        require(is_reported == refused, f"the report does not say so: {where}")
        if refused or not row.changed:
            continue
        about = outcome.concept if row.id or outcome.concept else row.text(Field.JAPANESE)
        if about in taken.overruled:  # by another row of the file too
            _check_comment(taken, row, where, entries)
            continue
        if outcome.result is Result.APPLIED and outcome.said != "comment kept":
            _check_seen(taken, row, outcome, where)
        (_check_concept if row.id else _check_term)(taken, row, outcome, where, entries)
    _check_untouched(taken)


def _check_seen(taken: Import, row: Filled, outcome: Outcome, where: str) -> None:
    """What is applied was made from what is overwritten by it."""
    if row.id:
        only_comment = row.changed == {Field.COMMENT}
        seen, before = taken.seen.concepts[row.id], taken.before.concept(row.id)
        if any(
            other.id == row.id and other.changed != {Field.COMMENT} for other in taken.rows.values()
        ):
            same = bare(seen) == bare(before)
            ours = _shows(taken.before, row, outcome)
            require(same or only_comment or ours, f"it was changed since: {where}")
    elif row.changed != {Field.COMMENT}:
        term = row.text(Field.JAPANESE)
        if term not in taken.overruled:
            now = taken.before.statuses.get(term, Status.NEW)
            seen_status = row.base.get(Field.STATE) or Status.NEW
            made_here = [e for e in taken.after.new if e.review.term == term]
            same = now in (seen_status, Status.NEW) or len(made_here) > 1
            require(same, f"it was {now} since: {where}")


def _check_concept(
    taken: Import, row: Filled, outcome: Outcome, where: str, entries: Sequence[Entry]
) -> None:
    """What was changed in the row of a concept is what is stored, and in the history."""
    _check_comment(taken, row, where, entries)
    decision = decision_of(row.text(Field.DECISION)) if Field.DECISION in row.changed else None
    stored = _shows(taken.after, row, outcome)
    if row.id in _rejected(taken) or _others(taken, row, outcome):
        # What was proposed, and edited here, was rejected; or another row of hers was joined to it.
        mine = [e.review for e in taken.after.new if e.review.who == taken.who]
        was = row.base.get(Field.JAPANESE, "")
        stored = stored or any(
            one.after is not None
            and one.concept == outcome.concept
            and _says(one.after, row, row.changed, was)
            for one in mine
        )
    require(stored, f"what it says is not there: {where}")
    concept = taken.after.concept(row.id)
    if decision and outcome.result is Result.UNCHANGED:
        waits = concept and concept.state is State.PROPOSED and concept.proposed_by == taken.who
        wanted = Decision.APPROVED if decision is Decision.ACCEPTED else decision
        ids = {row.id, outcome.concept}
        made = any(one.concept in ids for one in decisions_of(entries, taken.who, wanted))
        so = concept and concept.state is _STATES[decision]
        require(so or waits or made, f"not so decided: {where}")
    elif decision and outcome.result is Result.APPLIED:
        before = taken.before.concept(row.id)
        wanted = Decision.APPROVED if decision is Decision.ACCEPTED else decision
        decided = decisions_of(taken.after.new, taken.who, wanted)
        was_so = before and before.state is _STATES[decision]
        waits = outcome.said.endswith("waits for approval") and decision is Decision.ACCEPTED
        require(
            was_so or waits or any(one.concept == outcome.concept for one in decided),
            f"its decision is not in the history: {where}",
        )


def _others(taken: Import, row: Filled, outcome: Outcome) -> bool:
    """Whether rows without its id came to the concept of a row."""
    return any(
        other.concept == outcome.concept and taken.rows[number].id != row.id
        for number, other in taken.outcomes.items()
    )


def _shows(world: World, row: Filled, outcome: Outcome) -> bool:
    """Whether a concept shows what was changed in a row of it."""
    concept = world.concept(row.id) or world.concept(outcome.concept)
    if concept is None:
        return False
    return _says(concept, row, row.changed, row.base.get(Field.JAPANESE, ""))


def _says(concept: Concept, row: Filled, fields: Collection[Field], was: str) -> bool:
    text = row.text(Field.JAPANESE) if Field.JAPANESE in fields else was
    term = next((t for t in concept.in_language(JAPANESE) if t.text == text), None)
    if term is None:
        return not {Field.JAPANESE, Field.READING, Field.STATUS} & set(fields) and _says_of_concept(
            concept, row, fields
        )
    shown = term_values(concept, term)
    if Field.READING in fields and shown[Field.READING] != row.text(Field.READING):
        return False
    if Field.STATUS in fields:
        wanted = usage_of(row.text(Field.STATUS)) or Usage.PREFERRED
        if term.usage is not wanted:
            return False
    return _says_of_concept(concept, row, fields)


def _says_of_concept(concept: Concept, row: Filled, fields: Collection[Field]) -> bool:
    shown = term_values(concept, concept.in_language(JAPANESE)[0])
    for one in fields:
        if one in _LISTS:
            words = [word.strip() for word in row.text(one).split(";") if word.strip()]
            there = {word for part in _LISTS for word in shown[part].split("; ") if word}
            if one is Field.ENGLISH and not words:
                good = row.base.get(one, "") not in there
            elif one is Field.ENGLISH:
                good = words[:1] == [shown[one]] and set(words) <= there
            elif one is Field.AVOID:
                good = set(words) == {w for w in shown[one].split("; ") if w}
            else:  # one of them may be the preferred one by now
                good = set(words) <= texts(concept, ENGLISH)
            if not good:
                return False
        elif one in (Field.DEFINITION, Field.DEFINITION_JA, Field.NOTE, Field.SUBJECT_FIELD) and (
            " ".join(shown[one].split()) != row.text(one)
        ):
            return False
    return True


def _check_comment(taken: Import, row: Filled, where: str, entries: Sequence[Entry]) -> None:
    comment = row.text(Field.COMMENT) if Field.COMMENT in row.changed else ""
    said = [e.review for e in entries if e.review.who == taken.who and comment in e.review.comment]
    require(not comment or said, f"its comment is not in the history: {where}")


def _check_term(
    taken: Import, row: Filled, outcome: Outcome, where: str, entries: Sequence[Entry]
) -> None:
    """What the row of a candidate or of a new term says is stored, and in the history."""
    _check_comment(taken, row, where, entries)
    term = row.text(Field.JAPANESE)
    decision = decision_of(row.text(Field.DECISION))
    status = taken.after.statuses.get(term)
    said = row.changed - {Field.DECISION, Field.COMMENT, Field.JAPANESE}
    if row.text(Field.STATUS) and usage_of(row.text(Field.STATUS)) is Usage.PREFERRED:
        said -= {Field.STATUS}  # as is what has none
    if decision in (Decision.REJECTED, Decision.DEFERRED):
        require(status == decision.value, f"it is {status}: {where}")
        require(not any(map(row.text, said)), f"what it says besides is lost: {where}")
    elif decision or row.text(Field.ENGLISH) or row.text(Field.OTHER_ENGLISH):
        there = [one for one in taken.after.concepts.values() if term in texts(one, JAPANESE)]
        if row.text(Field.STATUS):  # it may be one to avoid
            there = [
                c for c in taken.after.concepts.values() if any(t.text == term for t in c.terms)
            ]
        english = {
            word.strip()
            for one in (Field.ENGLISH, Field.OTHER_ENGLISH)
            for word in row.text(one).split(";")
            if word.strip()
        }
        rest = {one for one in said if row.text(one)} - {Field.ENGLISH, Field.OTHER_ENGLISH}
        good = [
            one
            for one in there
            if english <= texts(one, ENGLISH)
            and _avoids(one, row)
            and _says(one, row, rest - {Field.AVOID}, term)
        ]
        require(good, f"what it says is not there: {where}")
        if outcome.result is Result.APPLIED:
            ids = {one.id for one in good}
            mine = [e.review for e in taken.after.new if e.review.who == taken.who]
            require(
                any(one.concept in ids or one.term == term for one in mine),
                f"it is not in the history: {where}",
            )
    else:
        require(not any(map(row.text, said)), f"what it says is lost: {where}")


def _avoids(concept: Concept, row: Filled) -> bool:
    words = {word.strip() for word in row.text(Field.AVOID).split(";") if word.strip()}
    return words <= {t.text for t in concept.in_language(ENGLISH)} - texts(concept, ENGLISH)


def _check_untouched(taken: Import) -> None:
    """What no row that was applied asks for is as it was before."""
    applied = {number for number, o in taken.outcomes.items() if o.result is Result.APPLIED}
    rows = [taken.rows[number] for number in applied]
    ids = {row.id for row in rows} | {taken.outcomes[number].concept for number in applied}
    ids |= {e.review.concept for e in taken.after.new if e.review.decision is Decision.ACCEPTED}
    prose = (Field.DEFINITION, Field.DEFINITION_JA, Field.NOTE, Field.SUBJECT_FIELD)
    rejected = _rejected(taken)
    wanted = {
        one: {row.text(one) for row in rows if one in row.changed or not row.id} for one in prose
    }
    for id, was in taken.before.concepts.items():
        now = taken.after.concepts.get(id)
        if bare(was) == bare(now):
            continue
        require(id in ids, f"{id} was changed, but no row of it was applied")
        assert now is not None
        if id in rejected or id in taken.overruled:
            continue  # what was approved may be there again, what others wrote may not
        for one in prose:
            text = getattr(now, one.value)
            same = text == getattr(was, one.value) or " ".join(text.split()) in wanted[one]
            require(same, f"{one.value} of {id} was changed, but no row asks for {text!r}")
        gone = {t.text for t in was.terms} - {t.text for t in now.terms}
        renamed = {row.base.get(Field.JAPANESE) for row in rows if Field.JAPANESE in row.changed}
        listed = {
            word
            for row in rows
            for one in _LISTS
            if one in row.changed
            for word in row.base.get(one, "").split("; ")
        }
        require(gone <= renamed | listed, f"{id} has lost {gone - renamed - listed}")


def _rejected(taken: Import) -> set[str]:
    """The concepts that a row rejects, with all that the file changes in them."""
    return {
        row.id
        for number, row in taken.rows.items()
        if number in taken.outcomes
        and taken.outcomes[number].result is not Result.INVALID
        and Field.DECISION in row.changed
        and decision_of(row.text(Field.DECISION)) is Decision.REJECTED
    }
