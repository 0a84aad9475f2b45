"""What somebody changed in the rows of a concept, and the concept that this makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from yakugo.exchange.cells import split, usage_of
from yakugo.exchange.fields import OF_CONCEPT, OF_TERM, Field, Values
from yakugo.model import ENGLISH, JAPANESE, Concept, Context, Term, Usage

_LISTS = (Field.ENGLISH, Field.OTHER_ENGLISH, Field.AVOID)
_PROSE = (Field.DEFINITION, Field.DEFINITION_JA, Field.NOTE)
_CUT_OFF = "…"  # what a cell could not hold


class FaultyField(Exception):
    """A field cannot be taken over; `reason` says why."""

    def __init__(self, field: Field, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def changed(row: Values, base: Values) -> Values:
    """The fields of a row that say something else than `base`, with what they say.

    White space and the order of other terms in a cell make no difference, nor does a missing
    column. FaultyField for a status that is none.
    """
    return {
        field: row[field]
        for field in (*OF_TERM, *OF_CONCEPT)
        if field in row and not same(field, row[field], base.get(field, ""))
    }


def same(field: Field, one: str, other: str) -> bool:
    """Whether two values of a field mean the same."""
    if one == other:
        return True
    if field in _LISTS:
        listed, others = ([_plain(part) for part in split(text, ENGLISH)] for text in (one, other))
        # The first English is the preferred one; the order of the others means nothing.
        return listed == others if field is Field.ENGLISH else sorted(listed) == sorted(others)
    if field is Field.STATUS:
        return usage(one) is usage(other)
    one, other = _plain(one), _plain(other)
    return one == other or (one.endswith(_CUT_OFF) and other.startswith(one.removesuffix(_CUT_OFF)))


def usage(text: str) -> Usage:
    """The status that a cell names; an empty one is preferred. FaultyField for another word."""
    try:
        return usage_of(text) or Usage.PREFERRED
    except ValueError as error:
        raise FaultyField(Field.STATUS, str(error)) from None


def edited(
    concept: Concept, of_terms: Mapping[str, Values], of_concept: Mapping[Field, str]
) -> Concept:
    """A concept with what was changed in its rows.

    `of_terms` holds, by the text of a Japanese term, what its row changed of `OF_TERM`;
    `of_concept` what was changed of `OF_CONCEPT`. A term that becomes the preferred one takes that
    from the one that was. FaultyField for what cannot be taken over.
    """
    japanese = _japanese(concept.in_language(JAPANESE), of_terms)
    english = concept.in_language(ENGLISH)
    if any(field in of_concept for field in _LISTS):
        english = _english(concept, of_concept)
    said = {field: of_concept[field].strip() for field in _PROSE if field in of_concept}
    return replace(
        concept,
        terms=japanese + english,
        definition=said.get(Field.DEFINITION, concept.definition),
        definition_ja=said.get(Field.DEFINITION_JA, concept.definition_ja),
        note=said.get(Field.NOTE, concept.note),
        subject_field=_line(of_concept.get(Field.SUBJECT_FIELD, concept.subject_field)),
    )


def _japanese(terms: Iterable[Term], edits: Mapping[str, Values]) -> tuple[Term, ...]:
    terms = list(terms)
    there = {term.text for term in terms}
    if gone := [text for text in edits if text not in there]:
        raise FaultyField(Field.JAPANESE, f"the concept has no term {gone[0]} any more")
    new = [_term(term, edits.get(term.text, {})) for term in terms]
    promoted = [i for i, term in enumerate(new) if _is_promoted(terms[i], term)]
    if len(promoted) > 1:
        raise FaultyField(
            Field.STATUS,
            f"{new[promoted[0]].text} and {new[promoted[1]].text} cannot both be preferred",
        )
    for i, term in enumerate(new):
        if promoted and i not in promoted and term.usage is Usage.PREFERRED:
            new[i] = replace(term, usage=Usage.ADMITTED)
    return tuple(new)


def _is_promoted(was: Term, now: Term) -> bool:
    return now.usage is Usage.PREFERRED and was.usage is not Usage.PREFERRED


def _term(term: Term, edits: Values) -> Term:
    text = _line(edits.get(Field.JAPANESE, term.text))
    if not text:
        raise FaultyField(Field.JAPANESE, "is empty; to take a term out, choose reject or a status")
    if text != term.text:
        contexts = tuple(
            replace(Context.locating(text, one.sentence, one.document), offset=one.offset)
            for one in term.contexts
        )
        term = replace(term, text=text, contexts=contexts)
    return replace(
        term,
        reading=_line(edits.get(Field.READING, term.reading)),
        usage=usage(edits[Field.STATUS]) if Field.STATUS in edits else term.usage,
    )


def _english(concept: Concept, edits: Mapping[Field, str]) -> tuple[Term, ...]:
    """The English terms by the three columns; what is kept of a term stays as it was."""
    terms = concept.in_language(ENGLISH)
    preferred = concept.preferred(ENGLISH)
    others = [t.text for t in terms if t is not preferred and t.usage is Usage.ADMITTED]
    avoided = [t.text for t in terms if t is not preferred and t.usage is not Usage.ADMITTED]
    first = [preferred.text] if preferred else []
    usable = _listed(Field.ENGLISH, edits, first) + _listed(Field.OTHER_ENGLISH, edits, others)
    avoid = _listed(Field.AVOID, edits, avoided)
    if terms and not usable:
        raise FaultyField(Field.ENGLISH, "is empty; to withdraw the concept, choose reject")
    if both := [text for text in avoid if text in usable]:
        raise FaultyField(Field.AVOID, f"{both[0]!r} is to be used and to be avoided")
    usages = dict.fromkeys(avoid, Usage.DEPRECATED) | dict.fromkeys(usable, Usage.ADMITTED)
    if usable:
        usages[usable[0]] = Usage.PREFERRED
    known = {term.text: term for term in terms}
    kept = [_used(term, usages[term.text]) for term in terms if term.text in usages]
    new = [Term(text, ENGLISH, usage=use) for text, use in usages.items() if text not in known]
    return (*kept, *sorted(new, key=lambda term: list(Usage).index(term.usage)))


def _listed(field: Field, edits: Mapping[Field, str], otherwise: list[str]) -> list[str]:
    return [_line(one) for one in split(edits[field], ENGLISH)] if field in edits else otherwise


def _used(term: Term, use: Usage) -> Term:
    """A term with its new usage; what is superseded stays so among those to avoid."""
    avoided = use is Usage.DEPRECATED and term.usage is Usage.SUPERSEDED
    return term if avoided else replace(term, usage=use)


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
