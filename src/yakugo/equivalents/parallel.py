"""English from parallel text: what a translator's finished work has for a term (`yakugo align`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from yakugo.equivalents import english
from yakugo.model import Candidate, Evidence, Mined, Offer

PROVIDER = "parallel text"

# What is known of some terms: equivalents, each with the name of the file it was mined from.
Ask = Callable[[Collection[str]], Mapping[str, Sequence[tuple[str, Mined]]]]


def nothing(terms: Collection[str]) -> dict[str, list[tuple[str, Mined]]]:
    """What is known without any parallel text."""
    return {}


def offers(candidates: Iterable[Candidate], ask: Ask) -> dict[str, list[Offer]]:
    """What each candidate, in any of its spellings, is translated by, with a pair that shows it."""
    spellings = {one.term: (one.term, *one.variants) for one in candidates}
    found = ask([spelling for all_of_it in spellings.values() for spelling in all_of_it])
    result: dict[str, list[Offer]] = {}
    for term, written in spellings.items():
        mined = [one for spelling in written for one in found.get(spelling, ())]
        if mined:
            result[term] = _pooled(mined)
    return result


def _pooled(mined: Sequence[tuple[str, Mined]]) -> list[Offer]:
    """One offer for an equivalent, whatever the number of files that have it."""
    same: dict[str, list[tuple[str, Mined]]] = {}
    for file, one in mined:
        same.setdefault(english.key(one.english), []).append((file, one))
    pooled = []
    for group in same.values():
        wrong = 1.0
        for _, one in group:
            wrong *= 1 - one.strength
        best = max((one for _, one in group), key=lambda one: one.strength)
        evidence = tuple(Evidence(PROVIDER, _said(file, one)) for file, one in group)
        pooled.append(Offer(best.english, round(1 - wrong, 3), evidence))
    return sorted(pooled, key=lambda offer: -offer.score)


def _said(file: str, one: Mined) -> str:
    said = f"in {one.together} of {one.term_pairs} sentence pairs of {file}"
    if one.term_pairs == 1:
        said = f"in one sentence pair of {file}, which is weak"
    if one.examples:
        pair = one.examples[0]
        said += f": 「{pair.japanese}」 “{pair.english}” ({pair.place})"
    return said
