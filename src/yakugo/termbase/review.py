"""The review: decisions about candidates and concepts, each kept with who and when.

Whatever is decided here is one transaction with its entry in the history, and can be taken back
whole as long as nobody has changed the concept since. With `Termbase.two_person` what one reviewer
proposes waits until another one approves it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import jaconv
from sqlalchemy import Connection, Select, select

from yakugo.equivalents.glossary import key
from yakugo.errors import ConflictError, TermbaseError
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    USABLE,
    Candidate,
    Concept,
    Context,
    Decision,
    Ranked,
    Review,
    State,
    Status,
    Term,
    TermType,
    Usage,
)
from yakugo.termbase import schema as s
from yakugo.termbase.concepts import form
from yakugo.termbase.history import (
    Act,
    add,
    besides,
    content,
    entries,
    entry,
    next_batch,
    now,
    one_line,
    statuses,
)
from yakugo.termbase.store import Termbase
from yakugo.tokens import reading

# --- candidates


def accept(
    termbase: Termbase,
    term: str,
    english: str | Sequence[str],
    who: str,
    when: str = "",
    into: str = "",
    separate: bool = False,
    comment: str = "",
    also: Callable[[Concept], Concept] = lambda concept: concept,
    seen_revision: int | None = None,
) -> Concept:
    """Accept a term with its English, the preferred equivalent first; a text is cut at each ";".

    A concept that has the Japanese term takes up the English it lacks as admitted; else one that
    has another spelling of it, or whose preferred English is the same, takes up the Japanese term
    as admitted, a variant or a synonym; else there is a new concept. `into` names the concept that
    takes up both (then English may be left out); `separate` makes a new concept in any case, a
    homograph where the term is there already. `also` says what else the concept is to hold.
    TermbaseError when there is no English, and for what the glossary says to avoid; ConflictError
    when the candidate is not at the `seen_revision` any more.
    """
    term = _cleaned(term, "a Japanese term")
    given = english.split(";") if isinstance(english, str) else english
    equivalents = list(dict.fromkeys(filter(None, map(one_line, given))))
    if not equivalents and not into:
        raise TermbaseError(f'{term} needs an equivalent; give one with --english "…"')
    with termbase.transaction():
        found = termbase.candidate(term)
        _check_seen(termbase, term, found, seen_revision)
        candidate = found.candidate if found else None
        old = None if separate else _joined_by(termbase, term, equivalents, into)
        if old is None:
            terms = (_japanese(term, candidate), *_english(equivalents))
            id = new_id(termbase, equivalents[0], terms[0].reading)
            new = Concept(id, terms, source="review")
        else:
            new = _with_japanese(_with_english(old, equivalents), term, candidate)
        new = _ordered(also(new))
        new = replace(new, state=_settled(termbase, old, new))
        status = (found.status if found else None, Status.ACCEPTED if found else None)
        act = Act(
            who, when or now(), Decision.ACCEPTED, term, "; ".join(equivalents), comment, status
        )
        if separate:
            act, new = _as_homograph(termbase, new, act)
        return _write(termbase, old, new, act)


def reject(
    termbase: Termbase,
    about: str,
    who: str,
    when: str = "",
    comment: str = "",
    seen_revision: int | None = None,
) -> Concept | None:
    """Reject a candidate, which stays rejected in later collections, or a concept by its id.

    Of an approved concept whose change waits it is the change that is rejected. Returned is the
    concept as it is then, None for a candidate. ConflictError when it is not at the `seen_revision`
    any more.
    """
    return _set_aside(termbase, about, Decision.REJECTED, who, when, comment, seen_revision)


def defer(
    termbase: Termbase,
    about: str,
    who: str,
    when: str = "",
    comment: str = "",
    seen_revision: int | None = None,
) -> Concept | None:
    """Put a candidate off, or a concept by its id; the concept, and ConflictError, as above."""
    return _set_aside(termbase, about, Decision.DEFERRED, who, when, comment, seen_revision)


def comment(termbase: Termbase, about: str, text: str, who: str, when: str = "") -> None:
    """Keep a remark about a candidate or a concept in the history."""
    text = one_line(text)
    if not text:
        raise TermbaseError("a comment needs a text")
    with termbase.transaction() as connection:
        found, concept = _meant(termbase, about)
        status = found.status if found else None
        act = Act(who, when or now(), Decision.COMMENTED, "", "", text, (status, status))
        if found:
            act = replace(act, term=found.candidate.term)
        written = termbase.as_written(concept.id) if concept else None
        add(connection, act, written, written)


# --- concepts


def approve(
    termbase: Termbase,
    id: str,
    who: str,
    when: str = "",
    comment: str = "",
    seen_revision: int | None = None,
) -> Concept:
    """Approve a concept: it is in the glossary from now on.

    TermbaseError when it takes two (`Termbase.two_person`) and `who` proposed it; ConflictError
    when it is not at the `seen_revision` any more.
    """
    with termbase.transaction():
        old = _concept(termbase, id)
        _check_seen(termbase, id, old, seen_revision)
        _check_second_person(termbase, old, who)
        act = Act(who, when or now(), Decision.APPROVED, comment=comment)
        return _write(termbase, old, replace(old, state=State.APPROVED), act)


def edit(
    termbase: Termbase,
    concept: Concept,
    seen_revision: int,
    who: str,
    when: str = "",
    comment: str = "",
) -> Concept:
    """Store a concept that was changed by hand, or a new one (`seen_revision` 0; id "" for any).

    Its state is not the caller's: a new concept is approved, one that is there stays what it is,
    but where it takes two both wait for approval. See `Concepts.save` for what is refused.
    """
    with termbase.transaction():
        if seen_revision == 0 and not concept.id:
            japanese, equivalent = concept.preferred(JAPANESE), concept.preferred(ENGLISH)
            concept = replace(
                concept,
                id=new_id(
                    termbase,
                    equivalent.text if equivalent else "",
                    japanese.reading or reading(japanese.text) if japanese else "",
                ),
            )
        old = termbase.concept(concept.id) if seen_revision else None
        changed = replace(concept, state=old.state if old else State.APPROVED)
        if termbase.two_person and (old is None or content(old) != content(changed)):
            changed = replace(changed, state=State.PROPOSED)
        act = Act(who, when or now(), comment=comment)
        return termbase.save(_ordered(changed), seen_revision, act)


def merge(
    termbase: Termbase, id: str, into: str, who: str, when: str = "", comment: str = ""
) -> Concept:
    """Merge a concept into another one, which takes up what it lacks; the old id leads there."""
    with termbase.transaction() as connection:
        old, kept = _concept(termbase, id), _concept(termbase, into)
        if old.id == kept.id:
            raise TermbaseError(f"{id} and {into} are one concept already")
        batch = next_batch(connection)
        act = Act(who, when or now(), Decision.MERGED, comment=comment, batch=batch)
        merged = replace(
            kept,
            terms=kept.terms + lacking(kept, old),
            definition=kept.definition or old.definition,
            definition_ja=kept.definition_ja or old.definition_ja,
            definition_source=_source_of_definition(kept, old),
            note="\n".join(dict.fromkeys(filter(None, (kept.note, old.note)))),
            source="; ".join(dict.fromkeys(filter(None, (kept.source, old.source)))),
            related=tuple(
                one for one in dict.fromkeys(kept.related + old.related) if one not in (id, into)
            ),
        )
        termbase.remove(old.id, act, merged_into=kept.id)
        state = _settled(termbase, kept, merged, kept.state)
        return _write(termbase, kept, _ordered(replace(merged, state=state)), act)


def split(
    termbase: Termbase,
    id: str,
    terms: Collection[str],
    who: str,
    when: str = "",
    comment: str = "",
) -> tuple[Concept, Concept]:
    """Move terms of a concept into a new one; the concept as it is left, and the new one.

    When no Japanese term is moved, the two share the preferred one and are homographs.
    """
    wanted = {key(one_line(term)) for term in terms}
    with termbase.transaction() as connection:
        old = _concept(termbase, id)
        moved = [term for term in old.terms if key(term.text) in wanted]
        left = [term for term in old.terms if term not in moved]
        if missing := wanted - {key(term.text) for term in moved}:
            raise TermbaseError(f"{old.id} has no term {min(missing)}; name terms that it has")
        if not any(term.language == JAPANESE for term in left):
            raise TermbaseError(f"{old.id} would have no Japanese term left; leave it one")
        homographs = not any(term.language == JAPANESE for term in moved)
        if homographs:
            moved = [_head(old), *moved]
        parts = [_with_preferred(replace(old, terms=tuple(part))) for part in (left, moved)]
        act = Act(who, when or now(), Decision.SPLIT, comment=comment, batch=next_batch(connection))
        kept, new = parts
        english = new.preferred(ENGLISH)
        new = replace(
            new,
            id=new_id(termbase, english.text if english else "", _head(new).reading),
            definition="",
            definition_ja="",
            definition_source="",
            related=(),
        )
        if homographs:
            taken = {one.homograph for one in termbase.concepts_with(_head(old).text)}
            kept = replace(kept, homograph=kept.homograph or _free_number(taken))
            new = replace(new, homograph=_free_number(taken | {kept.homograph}))
        state = _settled(termbase, old, kept, old.state)
        kept = _write(termbase, old, _ordered(replace(kept, state=state)), act)
        return kept, termbase.save(_ordered(replace(new, state=state)), 0, act)


# --- the history


def undo(termbase: Termbase, who: str, when: str = "") -> Review:
    """Take back what a reviewer did last and that still holds, and return its first entry.

    TermbaseError when there is none, ConflictError when a concept that it made or changed has
    been changed since, or the candidate been decided about, and that still holds.
    """
    h = s.history.c
    who = one_line(who)
    with termbase.transaction() as connection:
        undone = select(h.undoes).where(h.undoes.is_not(None))
        last = connection.execute(
            select(h.batch)
            .where((h.who == who) & h.undoes.is_(None) & h.batch.not_in(undone))
            .order_by(h.id.desc())
            .limit(1)
        ).first()
        if last is None:
            raise TermbaseError(f"there is no decision of {who} to take back")
        rows = connection.execute(
            select(s.history).where(h.batch == last.batch).order_by(h.id.desc())
        ).all()
        batch, when = next_batch(connection), when or now()
        for row in rows:
            _check_that_nothing_came_after(connection, row, undone)
            act = Act(
                who,
                when,
                Decision.TAKEN_BACK,
                row.term,
                row.english,
                status=_restored_status(termbase, row.term, *statuses(row)),
                batch=batch,
                undoes=last.batch,
                approved=besides(row).approved,
            )
            if _changed_its_concept(row):
                _restore(termbase, entry(row), act)
                termbase.forward(besides(row).led, row.concept)
            else:
                stored = termbase.as_written(row.concept)
                add(connection, act, stored, stored)
        return entry(rows[-1])


def history(termbase: Termbase, about: str | None = None) -> list[Review]:
    """The entries, oldest first: all, or those about a term or a concept.

    The history of a concept has that of those that were merged into it.
    """
    if about is None:
        return termbase.reviews()
    h, f = s.history.c, s.forward.c
    with termbase.reading() as connection:
        id = connection.scalar(select(f.concept).where(f.old == about)) or about
        ids = [id, *connection.scalars(select(f.old).where(f.concept == id))]
        where = (h.term == key(about)) | h.concept.in_(ids)
        return list(entries(connection, where))


def _check_that_nothing_came_after(
    connection: Connection, row: Any, undone: Select[tuple[Any]]
) -> None:
    """ConflictError when a later entry that holds changed what this one has changed."""
    h = s.history.c
    id = row.concept if _changed_its_concept(row) else ""
    term = row.term if _changed_its_candidate(row) else ""
    same = ((h.concept == id) & (h.concept != "")) | ((h.term == term) & (h.term != ""))
    standing = (h.id > row.id) & (h.batch != row.batch) & h.undoes.is_(None)
    query = select(s.history).where(same & standing & h.batch.not_in(undone)).order_by(h.id)
    for since in connection.execute(query):
        said = f"since that decision ({since.decision} by {since.who}, {since.when})"
        if id and since.concept == id and _changed_its_concept(since):
            raise ConflictError(f"{id} has been changed {said}; change it by hand")
        if term and since.term == term and _changed_its_candidate(since):
            raise ConflictError(f"{term} has been decided about {said}; decide about it again")


def _changed_its_concept(row: Any) -> bool:
    return content(entry(row).before) != content(entry(row).after)


def _changed_its_candidate(row: Any) -> bool:
    was, became = statuses(row)
    return was is not became


def _restored_status(
    termbase: Termbase, term: str, was: Status | None, became: Status | None
) -> tuple[Status | None, Status | None]:
    """Give a candidate back the status that it had; its status now, and what it is then."""
    found = termbase.candidate(term) if term else None
    if found is None:
        return None, None
    if was is became:
        return found.status, found.status
    restored = was or Status.NEW
    termbase.set_status(term, restored)
    return found.status, restored


class Proposal(NamedTuple):
    """A concept that waits for approval, and what it was when it was last approved, if it was."""

    concept: Concept
    approved: Concept | None


def proposals(termbase: Termbase) -> list[Proposal]:
    """The concepts that wait, proposed or deferred, the oldest first."""
    waiting = [one for one in termbase.concepts() if one.state in (State.PROPOSED, State.DEFERRED)]
    waiting.sort(key=lambda one: (one.changed, one.id))
    return [Proposal(one, termbase.approved(one.id)) for one in waiting]


def _restore(termbase: Termbase, done: Review, act: Act) -> None:
    """Bring a concept back to what it was before an entry."""
    before, after = done.before, done.after
    id = done.concept
    stored = termbase.as_written(id)
    if content(stored) != content(after):
        raise ConflictError(f"{id} is not what that decision made of it; change it by hand")
    if before is None:
        termbase.remove(id, act)
    else:
        termbase.save(before, stored.revision if stored else 0, act)


# --- what they have in common


def _write(termbase: Termbase, old: Concept | None, new: Concept, act: Act) -> Concept:
    """Store what became of a concept, with the candidate's status; an entry in any case."""
    with termbase.transaction() as connection:
        if act.term and act.status[1] is not None:
            termbase.set_status(act.term, act.status[1])
        if old is not None and content(old) == content(new):
            written = termbase.as_written(old.id)
            add(connection, act, written, written)
            return old
        return termbase.save(new, old.revision if old else 0, act)


def _set_aside(
    termbase: Termbase,
    about: str,
    decision: Decision,
    who: str,
    when: str,
    comment: str,
    seen_revision: int | None,
) -> Concept | None:
    with termbase.transaction() as connection:
        found, concept = _meant(termbase, about)
        _check_seen(termbase, about, found or concept, seen_revision)
        act = Act(who, when or now(), decision, comment=comment)
        if found is None:
            assert concept is not None
            return _write(termbase, concept, _put_aside(termbase, concept, decision), act)
        status = Status(decision.value)
        term = found.candidate.term
        termbase.set_status(term, status)
        add(connection, replace(act, term=term, status=(found.status, status)))
        return None


def _put_aside(termbase: Termbase, concept: Concept, decision: Decision) -> Concept:
    """A concept after it was rejected or deferred; as it was approved, when its change was."""
    if decision is Decision.DEFERRED:
        return replace(concept, state=State.DEFERRED)
    approved = termbase.approved(concept.id)
    if approved is not None and content(approved) != content(
        replace(concept, state=approved.state)
    ):
        return approved
    return replace(concept, state=State.REJECTED)


def _meant(termbase: Termbase, about: str) -> tuple[Ranked | None, Concept | None]:
    """The candidate of a term, else the concept of an id; TermbaseError when it is neither."""
    term = _cleaned(about, "a Japanese term or the id of a concept")
    found = termbase.candidate(term)
    concept = None if found else termbase.concept(about)
    if found is None and concept is None:
        raise TermbaseError(
            f"{term} is not among the candidates, and no concept has that id; "
            "collect a document that holds it first"
        )
    return found, concept


def _concept(termbase: Termbase, id: str) -> Concept:
    found = termbase.concept(id)
    if found is None:
        raise TermbaseError(f"there is no concept {id!r}; yakugo lookup shows the ids in grey")
    return found


def _check_seen(
    termbase: Termbase, about: str, found: Ranked | Concept | None, seen: int | None
) -> None:
    """See that nobody has decided since about what is decided about; None is not to be seen to."""
    merged = isinstance(found, Concept) and found.id != about
    if seen is None or found is None or (found.revision == seen and not merged):
        return
    last = next((one.who for one in reversed(history(termbase, about)) if one.who), "")
    now_is = found.state if isinstance(found, Concept) else found.status
    raise ConflictError(
        f"{about} is {now_is} at revision {found.revision}{f' (by {last})' if last else ''}, but "
        f"the decision was made from revision {seen}; look at it again and decide again"
    )


def _check_second_person(termbase: Termbase, concept: Concept, who: str) -> None:
    if (
        termbase.two_person
        and concept.state is not State.APPROVED
        and concept.proposed_by == one_line(who)
    ):
        raise TermbaseError(
            f"{concept.id} was proposed by {who}; somebody else must approve it (review.two_person)"
        )


def _settled(
    termbase: Termbase, old: Concept | None, new: Concept, otherwise: State = State.APPROVED
) -> State:
    """The state of a concept after a decision that may have changed it."""
    if not termbase.two_person:
        return otherwise
    if old is not None and content(old) == content(replace(new, state=old.state)):
        return old.state
    return State.PROPOSED


def _cleaned(text: str, what: str) -> str:
    text = key(one_line(text))
    if not text:
        raise TermbaseError(f"{what} is needed; got an empty one")
    return text


# --- what a decision makes of a concept


def _joined_by(
    termbase: Termbase, term: str, equivalents: Sequence[str], into: str
) -> Concept | None:
    """The concept that a term goes into: the one named, that of the term or of its English.

    None when it gets one of its own. TermbaseError when the glossary says to avoid the term.
    """
    if into:
        return _concept(termbase, into)
    same = termbase.concepts_with(term)
    usable = _nearest([one for one in same if _uses(one, term)], equivalents[0])
    if len(usable) > 1:
        ids = ", ".join(one.id for one in usable)
        raise TermbaseError(
            f"{term} stands for several concepts ({ids}); choose one with --into, or make another "
            "one with --separate"
        )
    same = [one for one in same if one.state is not State.REJECTED]
    if same and not usable:
        raise TermbaseError(
            f"the glossary says to avoid {term} in {same[0].id}; accept it as a concept of its own "
            f"with --separate, or choose a concept with --into"
        )
    spelled = form(term, JAPANESE)
    t = s.term.c
    variants = [
        one
        for one in termbase.concepts_where((t.form == spelled) & (t.language == JAPANESE))
        if _spells(one, spelled) and one.state is not State.REJECTED
    ]
    alike = [
        one
        for one in termbase.concepts_with(equivalents[0], ENGLISH)
        if _prefers(one, equivalents[0]) and one.state is not State.REJECTED
    ]
    return next(iter([*usable, *variants, *alike]), None)


def _nearest(concepts: list[Concept], english: str) -> list[Concept]:
    """Of those that have a term the one with the English, if there is one; a rejected one last."""
    live = [one for one in concepts if one.state is not State.REJECTED] or concepts[:1]
    wanted = form(english, ENGLISH)
    alike = [
        one
        for one in live
        if any(form(term.text, ENGLISH) == wanted for term in one.in_language(ENGLISH))
    ]
    return alike[:1] or live


def _uses(concept: Concept, term: str) -> bool:
    return any(
        key(one.text) == term and one.usage in USABLE for one in concept.in_language(JAPANESE)
    )


def _spells(concept: Concept, spelled: str) -> bool:
    return any(
        form(one.text, JAPANESE) == spelled and one.usage in USABLE
        for one in concept.in_language(JAPANESE)
    )


def _prefers(concept: Concept, english: str) -> bool:
    preferred = concept.preferred(ENGLISH)
    return preferred is not None and key(preferred.text) == key(english)


def _with_english(concept: Concept, equivalents: list[str]) -> Concept:
    usable = [t.text for t in concept.in_language(ENGLISH) if t.usage in USABLE]
    avoided = {t.text for t in concept.in_language(ENGLISH)} - set(usable)
    wrong = [text for text in equivalents if text in avoided]
    if wrong:
        raise TermbaseError(
            f"the glossary says to avoid {wrong[0]!r} in {concept.id}; choose another equivalent"
        )
    missing = [text for text in equivalents if text not in usable]
    added = _english(missing, Usage.ADMITTED if usable else Usage.PREFERRED)
    return replace(concept, terms=concept.terms + added)


def _with_japanese(concept: Concept, term: str, candidate: Candidate | None) -> Concept:
    """With the term as a variant of one it is a spelling of, else as a synonym."""
    if any(key(one.text) == term for one in concept.in_language(JAPANESE)):
        return concept
    spelled = form(term, JAPANESE)
    variant = any(form(one.text, JAPANESE) == spelled for one in concept.in_language(JAPANESE))
    added = _japanese(term, candidate, Usage.ADMITTED)
    if variant:
        added = replace(added, type=TermType.VARIANT)
    return replace(concept, terms=(*concept.terms, added))


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


def lacking(kept: Concept, other: Concept) -> tuple[Term, ...]:
    """The terms of another concept that this one lacks; its own stay the preferred ones."""
    there = {(term.language, key(term.text)) for term in kept.terms}
    prefers = {term.language for term in kept.terms if term.usage is Usage.PREFERRED}
    return tuple(
        replace(term, usage=Usage.ADMITTED)
        if term.usage is Usage.PREFERRED and term.language in prefers
        else term
        for term in other.terms
        if (term.language, key(term.text)) not in there
    )


def _source_of_definition(kept: Concept, other: Concept) -> str:
    """The source of the concept whose definition is kept."""
    defined = kept.definition or kept.definition_ja
    return kept.definition_source if defined else other.definition_source


def _with_preferred(concept: Concept) -> Concept:
    """With a preferred term in each language that has a usable one."""
    for language in (JAPANESE, ENGLISH):
        first = concept.preferred(language)
        if first is not None and first.usage is not Usage.PREFERRED:
            promoted = replace(first, usage=Usage.PREFERRED)
            terms = tuple(promoted if term is first else term for term in concept.terms)
            concept = replace(concept, terms=terms)
    return concept


def _head(concept: Concept) -> Term:
    return concept.preferred(JAPANESE) or concept.in_language(JAPANESE)[0]


def _as_homograph(termbase: Termbase, new: Concept, act: Act) -> tuple[Act, Concept]:
    """Number a new concept, and those that share its term and subject field, as homographs."""
    others = [
        one
        for one in termbase.concepts_with(_head(new).text)
        if one.subject_field == new.subject_field
        and one.state is not State.REJECTED
        and _uses(one, key(_head(new).text))
    ]
    if not others:
        return act, new
    with termbase.transaction() as connection:
        act = replace(act, batch=next_batch(connection))
        taken = {one.homograph for one in others}
        for one in others:
            if one.homograph == 0:
                number = _free_number(taken)
                taken.add(number)
                marked = replace(one, homograph=number)
                unsaid = replace(act, term="", english="", decision=None, status=(None, None))
                termbase.save(marked, one.revision, unsaid)
    return act, replace(new, homograph=_free_number(taken))


def _free_number(taken: Iterable[int]) -> int:
    used = set(taken)
    return next(number for number in range(1, len(used) + 2) if number not in used)


def _ordered(concept: Concept) -> Concept:
    """Japanese terms before English ones, as they are published."""
    terms = concept.in_language(JAPANESE) + concept.in_language(ENGLISH)
    return replace(concept, terms=terms)


def new_id(termbase: Termbase, english: str, kana: str) -> str:
    """A readable id from the English, else from the reading; never one that is taken."""
    romaji = str(jaconv.kana2alphabet(jaconv.kata2hira(kana)))
    slug = _slug(english) or _slug(romaji) or "concept"
    slug = slug if slug[0].isalpha() else f"concept-{slug}"
    taken = termbase.concept_ids(slug)
    numbered = (f"{slug}-{n}" for n in range(2, len(taken) + 3))
    return slug if slug not in taken else next(id for id in numbered if id not in taken)


def _slug(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
