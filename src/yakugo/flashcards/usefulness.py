"""The order in which concepts are worth learning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from yakugo.model import JAPANESE, Concept, Ranked


def by_usefulness(concepts: Iterable[Concept], candidates: Iterable[Ranked]) -> list[Concept]:
    """Concepts by how often the collected documents hold their Japanese terms, then by id."""
    frequency = Counter({one.candidate.term: one.candidate.frequency for one in candidates})

    def key(concept: Concept) -> tuple[int, str]:
        terms = {term.text for term in concept.in_language(JAPANESE)}
        return -sum(frequency[term] for term in terms), concept.id

    return sorted(concepts, key=key)
