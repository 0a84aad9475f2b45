"""Duplicates, found before they are made; and inconsistent use, found in what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yakugo.equivalents.glossary import key
from yakugo.kana import hiragana
from yakugo.model import ENGLISH, JAPANESE, USABLE, Candidate, Concept, State, Term, TermType, Usage
from yakugo.termbase import schema as s
from yakugo.termbase.concepts import form
from yakugo.termbase.store import Termbase

_SHORT = (TermType.ACRONYM, TermType.ABBREVIATION, TermType.SHORT_FORM)


@dataclass(frozen=True, slots=True)
class Near:
    """A concept that a candidate may belong to, and why."""

    concept: Concept
    why: str


def near(termbase: Termbase, candidate: Candidate, english: str = "") -> list[Near]:
    """The concepts that a candidate may belong to, the likeliest first.

    One that has the term, or another spelling of it; the full form of an abbreviation; the same
    reading with the same English; the same English. `english` is what the candidate would be
    accepted with, several joined by ";".
    """
    equivalents = [form(one, ENGLISH) for one in english.split(";") if one.strip()]
    t = s.term.c
    japanese, of_english = t.language == JAPANESE, t.language == ENGLISH
    keys = {key(text) for text in (candidate.term, candidate.short_for) if text}
    forms = {form(text, JAPANESE) for text in (candidate.term, *candidate.variants)}
    found = termbase.concepts_where(
        (japanese & (t.key.in_(keys) | t.form.in_(forms)))
        | (of_english & (t.key == key(candidate.term)))
        | (of_english & t.form.in_(equivalents))
    )
    judged = [
        (place, one)
        for concept in found
        if (place := _place(concept, candidate, forms, equivalents)) is not None
        for one in (Near(concept, place[1]),)
    ]
    judged.sort(key=lambda pair: (pair[0][0], pair[1].concept.id))
    return [one for _, one in judged]


def _place(
    concept: Concept, candidate: Candidate, forms: set[str], equivalents: Sequence[str]
) -> tuple[int, str] | None:
    """How near a concept is, 0 nearest, and why; None for what only looked so."""
    japanese, in_english = concept.in_language(JAPANESE), concept.in_language(ENGLISH)
    state = f" ({concept.state})" if concept.state is not State.APPROVED else ""
    for term in japanese:
        if key(term.text) == key(candidate.term):
            return 0, (
                f"has the term{state}" if term.usage in USABLE else f"avoids the term{state}"
            )
    for term in japanese:
        if form(term.text, JAPANESE) in forms:
            return 1, f"another spelling of {term.text}{state}"
    if candidate.short_for and any(key(t.text) == key(candidate.short_for) for t in japanese):
        return 2, f"short for {candidate.short_for}{state}"
    for term in in_english:
        if term.type in _SHORT and key(term.text) == key(candidate.term):
            return 2, f"{term.text} is its English short form{state}"
    shared = [t for t in in_english if form(t.text, ENGLISH) in equivalents and t.usage in USABLE]
    if not shared:
        return None
    if candidate.reading and any(_sounds(t.reading, candidate.reading) for t in japanese):
        return 3, f"the same reading and English: {shared[0].text}{state}"
    return 4, f"the same English: {shared[0].text}{state}"


def _sounds(one: str, other: str) -> bool:
    return bool(one) and hiragana(one) == hiragana(other)


# --- in what is there


class Kind(StrEnum):
    """What is inconsistent."""

    TWO_ENGLISH = "one Japanese term with two preferred English ones"
    TWO_JAPANESE = "two Japanese terms with the same English"
    DEPRECATED_USED = "a term to avoid is still in use"


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Terms that do not agree: what kind, in words, and the ids of the concepts."""

    kind: Kind
    says: str
    concepts: tuple[str, ...]


def inconsistencies(
    concepts: Iterable[Concept], used: Mapping[str, int] | None = None
) -> list[Inconsistency]:
    """Where concepts contradict one another.

    `used` says how often Japanese terms stand in the collected documents, by term. Homographs may
    share a term, rejected concepts do not count.
    """
    live = [one for one in concepts if one.state is not State.REJECTED]
    return [
        *_two_english(live),
        *_two_japanese(live),
        *_deprecated_in_use(live, used or {}),
    ]


def _two_english(concepts: Sequence[Concept]) -> Iterator[Inconsistency]:
    for japanese, sharing in _by(concepts, JAPANESE).items():
        different: dict[str, tuple[Term, Concept]] = {}
        for _, concept in sharing:
            english = concept.preferred(ENGLISH)
            if english is not None and not concept.homograph:
                different.setdefault(form(english.text, ENGLISH), (english, concept))
        if len(different) > 1:
            said = ", ".join(f"{term.text} ({one.id})" for term, one in different.values())
            ids = tuple(one.id for _, one in different.values())
            yield Inconsistency(Kind.TWO_ENGLISH, f"{japanese}: {said}", ids)


def _two_japanese(concepts: Sequence[Concept]) -> Iterator[Inconsistency]:
    for sharing in _by(concepts, ENGLISH, preferred=True).values():
        if len(sharing) > 1:
            terms = [
                (one.preferred(JAPANESE) or one.in_language(JAPANESE)[0]) for _, one in sharing
            ]
            if len({key(term.text) for term in terms}) > 1:
                said = "、".join(
                    f"{term.text} ({one.id})" for term, (_, one) in zip(terms, sharing, strict=True)
                )
                ids = tuple(one.id for _, one in sharing)
                yield Inconsistency(Kind.TWO_JAPANESE, f"{sharing[0][0].text}: {said}", ids)


def _deprecated_in_use(
    concepts: Sequence[Concept], used: Mapping[str, int]
) -> Iterator[Inconsistency]:
    right = _by(concepts, JAPANESE)
    for concept in concepts:
        for term in concept.in_language(JAPANESE):
            times = used.get(term.text, 0) or used.get(key(term.text), 0)
            if term.usage not in USABLE and times and key(term.text) not in right:
                instead = concept.preferred(JAPANESE)
                better = f"; {instead.text} is preferred" if instead else ""
                says = f"{term.text} stands {times} times in the documents{better}"
                yield Inconsistency(Kind.DEPRECATED_USED, says, (concept.id,))


def _by(
    concepts: Iterable[Concept], language: str, preferred: bool = False
) -> dict[str, list[tuple[Term, Concept]]]:
    """The concepts by each usable term in a language; or by the preferred one only."""
    found: dict[str, list[tuple[Term, Concept]]] = defaultdict(list)
    for concept in concepts:
        terms = [t for t in concept.in_language(language) if t.usage in USABLE]
        if preferred:
            terms = [t for t in terms if t.usage is Usage.PREFERRED]
        share = key if language == JAPANESE else _english_form
        for text, term in {share(term.text): term for term in terms}.items():
            found[text].append((term, concept))
    return found


def _english_form(text: str) -> str:
    return form(text, ENGLISH)
