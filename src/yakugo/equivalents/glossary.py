"""English from the reviewed glossary: what a person has already decided."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from yakugo.equivalents import english
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    QUOTES,
    Candidate,
    Concept,
    Evidence,
    Offer,
    TermType,
    Usage,
)

PROVIDER = "glossary"

_SCORES = {Usage.PREFERRED: 1.0, Usage.ADMITTED: 0.9}
_AVOID = (Usage.DEPRECATED, Usage.SUPERSEDED)
_SHORT = (TermType.ACRONYM, TermType.ABBREVIATION, TermType.SHORT_FORM)
_WITHOUT_QUOTES = str.maketrans("", "", QUOTES)


def key(term: str) -> str:
    """What two spellings of one Japanese term share: width and quotation marks do not count."""
    return unicodedata.normalize("NFKC", term).translate(_WITHOUT_QUOTES)


def readings(concepts: Iterable[Concept]) -> dict[str, str]:
    """The reviewed reading of each Japanese term of the glossary, by key."""
    terms = (term for concept in concepts for term in concept.in_language(JAPANESE))
    return {key(term.text): term.reading for term in terms}


def by_term(concepts: Iterable[Concept]) -> dict[str, list[Concept]]:
    """The concepts that each Japanese term stands for, by its key; and English short forms.

    Japanese texts write NPT and START in Latin letters.
    """
    found: dict[str, list[Concept]] = {}
    for concept in concepts:
        short = [term for term in concept.in_language(ENGLISH) if term.type in _SHORT]
        for text in dict.fromkeys(key(t.text) for t in (*concept.in_language(JAPANESE), *short)):
            found.setdefault(text, []).append(concept)
    return found


def offers(
    candidates: Iterable[Candidate], known: Mapping[str, Sequence[Concept]]
) -> dict[str, list[Offer]]:
    """The usable English terms of the concepts that each candidate stands for, preferred first.

    `known` is what `by_term` gives. A candidate is found by any of its spellings.
    """
    result: dict[str, list[Offer]] = {}
    for one in candidates:
        concepts = _concepts(one.term, known) or [
            concept for variant in one.variants for concept in _concepts(variant, known)
        ]
        found = [
            Offer(term.text, _SCORES[term.usage], (Evidence(PROVIDER, _said(concept, term.usage)),))
            for concept in concepts
            for term in concept.in_language(ENGLISH)
            if term.usage in _SCORES
        ]
        if found:
            result[one.term] = found
    return result


def avoided(term: str, known: Mapping[str, Sequence[Concept]]) -> dict[str, Evidence]:
    """The English that the glossary says to avoid for a term, by key, with what it says."""
    return {
        english.key(wrong.text): Evidence(
            PROVIDER, ": ".join(filter(None, (_said(concept, wrong.usage), wrong.note)))
        )
        for concept in _concepts(term, known)
        for wrong in concept.in_language(ENGLISH)
        if wrong.usage in _AVOID
    }


def _concepts(term: str, known: Mapping[str, Sequence[Concept]]) -> Sequence[Concept]:
    return known.get(key(term), ())


def _said(concept: Concept, usage: Usage) -> str:
    return f"{concept.id}: {usage}"
