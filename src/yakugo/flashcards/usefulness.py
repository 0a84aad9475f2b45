"""The order in which concepts are worth learning."""

from __future__ import annotations

from collections.abc import Iterable

from yakugo.equivalents.glossary import key
from yakugo.model import JAPANESE, Concept, Ranked


def by_usefulness(concepts: Iterable[Concept], candidates: Iterable[Ranked]) -> list[Concept]:
    """Concepts by how often the collected documents hold their Japanese terms, then by id.

    Spellings that are one candidate count together, and once.
    """
    ranked = list(candidates)
    numbers = {
        key(spelling): number
        for number, one in enumerate(ranked)
        for spelling in (one.candidate.term, *one.candidate.variants)
    }

    def usefulness(concept: Concept) -> tuple[int, str]:
        keys = (key(term.text) for term in concept.in_language(JAPANESE))
        found = {numbers[one] for one in keys if one in numbers}
        return -sum(ranked[number].candidate.frequency for number in found), concept.id

    return sorted(concepts, key=usefulness)
