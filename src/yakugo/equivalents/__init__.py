"""English for candidates: small providers, each with its evidence, merged and ranked here.

A provider takes candidates (terms with their pieces and contexts) and gives offers by term. Scores
are on one scale: about how often an offer of that kind is right. Offers that are one equivalent
(but for case, number, hyphen or US and UK spelling) are merged; what several providers say
independently is likelier than what each says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from yakugo.equivalents import (
    composition,
    dictionary,
    english,
    field,
    glossary,
    glosses,
)
from yakugo.equivalents.meaning import judged
from yakugo.equivalents.parts import Parts
from yakugo.model import ENGLISH, Candidate, Concept, Evidence, Gloss, Offer

Provider = Callable[[Sequence[Candidate]], Mapping[str, Sequence[Offer]]]

# What says which English a term has elsewhere; a text or a translation may be loose.
_AUTHORITIES = (glossary.PROVIDER, field.PROVIDER, dictionary.PROVIDER)
_LOOSE = frozenset((glosses.PROVIDER,))
_CONTESTED = 0.6  # of the score of a loose offer that the authorities contradict
_MOST_OFFERS = 9  # one for each key of the review
_AVOIDED = 0.05  # the score of what the glossary says to avoid


class Equivalents:
    """What is known of the English of terms; ask it for offers.

    `concepts` is the reviewed glossary, `found` what the collected texts gloss. `without` names
    providers to leave out: glossary, gloss, word list, dictionary, composition. `meaning` has what
    is composed judged by the optional encoder. That is asked for, never done because the package
    happens to be there: the same glossary gives the same offers on every machine.
    """

    def __init__(
        self,
        concepts: Sequence[Concept] = (),
        found: Sequence[Gloss] = (),
        without: Collection[str] = (),
        meaning: bool = False,
    ) -> None:
        concepts = () if glossary.PROVIDER in without else concepts
        usual = _usual_words(concepts, field.PROVIDER not in without)
        parts = Parts(concepts, without)
        self._concepts = glossary.by_term(concepts)
        providers: dict[str, Provider] = {
            glossary.PROVIDER: lambda wanted: glossary.offers(wanted, self._concepts),
            glosses.PROVIDER: lambda wanted: glosses.offers([one.term for one in wanted], found),
            field.PROVIDER: field.offers,
            dictionary.PROVIDER: lambda wanted: dictionary.offers(
                [one.term for one in wanted], usual
            ),
            composition.PROVIDER: lambda wanted: composition.offers(wanted, parts),
        }
        self._with_meaning = meaning
        self._providers = {name: ask for name, ask in providers.items() if name not in without}

    def offers(self, candidates: Sequence[Candidate]) -> dict[str, tuple[Offer, ...]]:
        """The offers for each candidate, best first; candidates that have none are left out."""
        by_term: dict[str, list[Offer]] = {}
        for ask in self._providers.values():
            for term, offered in ask(candidates).items():
                by_term.setdefault(term, []).extend(offered)
        merged = {term: self._merged(term, offered) for term, offered in by_term.items()}
        return judged(merged) if self._with_meaning else merged

    def _merged(self, term: str, offered: Iterable[Offer]) -> tuple[Offer, ...]:
        same: dict[str, list[Offer]] = {}
        for offer in offered:
            same.setdefault(english.key(offer.english), []).append(offer)
        merged = [_together(group) for group in same.values()]
        said = {
            name: {
                english.key(one.english): one.english
                for one in merged
                if name in _providers_of(one)
            }
            for name in _AUTHORITIES
        }
        avoided = glossary.avoided(term, self._concepts)
        judged = [_contested(offer, said, avoided) for offer in merged]
        return tuple(sorted(judged, key=lambda offer: -offer.score)[:_MOST_OFFERS])


def _usual_words(concepts: Iterable[Concept], listed: bool) -> Counter[str]:
    """In how many English terms of the field each word stands."""
    terms = {term.text for one in concepts for term in one.in_language(ENGLISH)}
    if listed:
        for word in field.words().values():
            terms.update(text.replace(field.SLOT, "") for text in (*word.heads, *word.modifiers))
    return Counter(word for term in terms for word in set(english.key(term).split()))


def _providers_of(offer: Offer) -> set[str]:
    return {evidence.provider for evidence in offer.evidence}


def _together(same: Sequence[Offer]) -> Offer:
    """One offer of several for the same equivalent: noisy-or of the scores, all evidence."""
    wrong = 1.0
    for one in same:
        wrong *= 1 - one.score
    best = max(same, key=lambda one: one.score)
    evidence = tuple(dict.fromkeys(evidence for one in same for evidence in one.evidence))
    return Offer(best.english, round(1 - wrong, 3), evidence)


def _contested(
    offer: Offer, said: Mapping[str, Mapping[str, str]], avoided: Mapping[str, Evidence]
) -> Offer:
    """The offer with what speaks against it.

    The glossary says to avoid some; and what only a text says is contested where the glossary, or
    else the lists, have other English for the term. Abbreviations contradict nothing.
    """
    key = english.key(offer.english)
    if key in avoided:
        return Offer(offer.english, _AVOIDED, offer.evidence, (avoided[key],))
    if not _providers_of(offer) <= _LOOSE or glosses.is_abbreviation(offer.english):
        return offer
    for name in _AUTHORITIES:
        others = list(said[name].values())
        if others:
            against = Evidence(name, f"has {' or '.join(others[:2])}")
            return Offer(
                offer.english, round(offer.score * _CONTESTED, 3), offer.evidence, (against,)
            )
    return offer
