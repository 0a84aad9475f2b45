"""English from the reviewed glossary: what a person has already decided."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from yakugo.model import ENGLISH, JAPANESE, QUOTES, Concept, Evidence, Offer, Usage

_SCORES = {Usage.PREFERRED: 1.0, Usage.ADMITTED: 0.9}
_WITHOUT_QUOTES = str.maketrans("", "", QUOTES)


def key(term: str) -> str:
    """What two spellings of one Japanese term share: width and quotation marks do not count."""
    return unicodedata.normalize("NFKC", term).translate(_WITHOUT_QUOTES)


def readings(concepts: Iterable[Concept]) -> dict[str, str]:
    """The reviewed reading of each Japanese term of the glossary, by key."""
    terms = (term for concept in concepts for term in concept.in_language(JAPANESE))
    return {key(term.text): term.reading for term in terms}


def offers(words: Collection[str], concepts: Iterable[Concept]) -> dict[str, list[Offer]]:
    """The usable English terms of the concepts that each word stands for, preferred first."""
    by_key: dict[str, list[Concept]] = {}
    for concept in concepts:
        for term in concept.in_language(JAPANESE):
            by_key.setdefault(key(term.text), []).append(concept)
    result: dict[str, list[Offer]] = {}
    for word in words:
        for concept in by_key.get(key(word), ()):
            for term in concept.in_language(ENGLISH):
                if term.usage in _SCORES:
                    evidence = Evidence("glossary", f"{concept.id}: {term.usage}")
                    offer = Offer(term.text, _SCORES[term.usage], (evidence,))
                    result.setdefault(word, []).append(offer)
    return result
