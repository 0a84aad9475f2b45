"""English for candidates: small providers, each with its evidence, merged and ranked here.

A provider is a module with a function `offers(words, …) -> dict[word, list[Offer]]`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from yakugo.equivalents import dictionary, glossary, glosses
from yakugo.model import Concept, Gloss, Offer


def offers(
    words: Collection[str], concepts: Sequence[Concept], found: Iterable[Gloss]
) -> dict[str, tuple[Offer, ...]]:
    """Equivalents of each word, best first, from the glossary, the texts and the dictionary.

    Offers that differ in case only are one, with the evidence of all. Words for which there is
    no evidence are left out.
    """
    by_word: dict[str, list[Offer]] = {}
    for provided in (
        glossary.offers(words, concepts),
        glosses.offers(words, found),
        dictionary.offers(words),
    ):
        for word, listed in provided.items():
            by_word.setdefault(word, []).extend(listed)
    return {word: _merged(listed) for word, listed in by_word.items()}


def _merged(listed: list[Offer]) -> tuple[Offer, ...]:
    merged: dict[str, Offer] = {}
    for offer in listed:
        same = merged.get(offer.english.casefold())
        if same is None:
            merged[offer.english.casefold()] = offer
        else:
            best = max(same, offer, key=lambda o: o.score)
            evidence = tuple(dict.fromkeys(same.evidence + offer.evidence))
            merged[offer.english.casefold()] = Offer(best.english, best.score, evidence)
    return tuple(sorted(merged.values(), key=lambda offer: -offer.score))
