"""English for candidates: small providers, each with its evidence, merged and ranked here.

A provider takes candidates (terms with their pieces and contexts) and gives offers by term. Scores
are on one scale: about how often an offer of that kind is right. Offers that are one equivalent
(but for case, number, hyphen or US and UK spelling) are merged; what several providers say
independently is likelier than what each says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import prod

from yakugo.candidates import of
from yakugo.counting import without_garbage_collection
from yakugo.equivalents import (
    composition,
    dictionary,
    english,
    field,
    glossary,
    glosses,
    katakana,
    parallel,
)
from yakugo.equivalents.glosses import GlossKind
from yakugo.equivalents.glosses.abbreviations import is_abbreviation
from yakugo.equivalents.meaning import judged
from yakugo.equivalents.parts import Parts
from yakugo.model import ENGLISH, Candidate, Concept, Evidence, Gloss, Offer

Provider = Callable[[Sequence[Candidate]], Mapping[str, Sequence[Offer]]]

# What says which English a term has elsewhere; a text or a translation may be loose.
_AUTHORITIES = (glossary.PROVIDER, field.PROVIDER, dictionary.PROVIDER)
_LOOSE = frozenset((glosses.PROVIDER, parallel.PROVIDER))
_CONTESTED = 0.6  # of the score of a loose offer that the authorities contradict
_TIED = 0.95  # texts tie an abbreviation to its full form rightly
_EXPLAINED = 0.4  # a word that explains another is a synonym at best
_ONLY_A_SOUND = 0.4  # of the score of what sounds so, where somebody has other English: マンション
_MOST_OFFERS = 9  # one for each key of the review
_AVOIDED = 0.05  # the score of what the glossary says to avoid


def listed(terms: Collection[str]) -> dict[str, list[str]]:
    """The English that the word list and the dictionary have for each term, if any."""
    found: dict[str, list[str]] = {}
    for term in terms:
        word = field.words().get(term)
        if word:
            found[term] = [text for text in word.heads if field.SLOT not in text]
    for term, senses in dictionary.senses(terms).items():
        texts = (dictionary.without_notes(gloss) for one in senses for gloss in one.glosses)
        found.setdefault(term, []).extend(filter(None, texts))
    return found


class Equivalents:
    """What is known of the English of terms; ask it for offers.

    `concepts` is the reviewed glossary, `found` what the collected texts gloss, `mined` tells what
    parallel text has for terms. `without` names providers to leave out: glossary, gloss, parallel
    text, word list, dictionary, katakana, composition. `meaning` has what is composed judged by
    the optional encoder. That is asked for, never done because the package happens to be there:
    the same glossary gives the same offers on every machine.
    """

    def __init__(
        self,
        concepts: Sequence[Concept] = (),
        found: Sequence[Gloss] = (),
        mined: parallel.Ask = parallel.nothing,
        without: Collection[str] = (),
        meaning: bool = False,
    ) -> None:
        concepts = () if glossary.PROVIDER in without else concepts
        usual = _usual_words(concepts, field.PROVIDER not in without)
        parts = Parts(concepts, without)
        self._concepts = glossary.by_term(concepts)
        self._found = () if glosses.PROVIDER in without else found
        providers: dict[str, Provider] = {
            glossary.PROVIDER: lambda wanted: glossary.offers(wanted, self._concepts),
            glosses.PROVIDER: lambda wanted: glosses.offers([one.term for one in wanted], found),
            parallel.PROVIDER: lambda wanted: parallel.offers(wanted, mined),
            field.PROVIDER: field.offers,
            dictionary.PROVIDER: lambda wanted: dictionary.offers(
                [one.term for one in wanted], usual
            ),
            katakana.PROVIDER: lambda wanted: katakana.offers([one.term for one in wanted]),
            composition.PROVIDER: lambda wanted: composition.offers(wanted, parts),
        }
        self._with_meaning = meaning
        self._providers = {name: ask for name, ask in providers.items() if name not in without}

    def offers(self, candidates: Sequence[Candidate]) -> dict[str, tuple[Offer, ...]]:
        """The offers for each candidate, best first; candidates that have none are left out."""
        with without_garbage_collection():
            return self._offers(candidates, self._of_other_forms(candidates))

    def _offers(
        self, candidates: Sequence[Candidate], more: Mapping[str, Sequence[Offer]] | None = None
    ) -> dict[str, tuple[Offer, ...]]:
        by_term: dict[str, list[Offer]] = {}
        for provided in (*(ask(candidates) for ask in self._providers.values()), more or {}):
            for term, offered in provided.items():
                by_term.setdefault(term, []).extend(offered)
        merged = {term: self._merged(term, offered) for term, offered in by_term.items()}
        return judged(merged) if self._with_meaning else merged

    def _of_other_forms(self, candidates: Sequence[Candidate]) -> dict[str, list[Offer]]:
        """What terms have from the Japanese forms that a text ties them to.

        That is an abbreviation's full form, or a word that explains it: トリップワイヤ(引き金).
        """
        terms = {one.term for one in candidates}
        ties = {(one.term, one.short_for): _TIED for one in candidates if one.short_for}
        for gloss in self._found:
            if gloss.term in terms and glosses.kind_of(gloss) is GlossKind.OTHER_WORD:
                ties[gloss.term, gloss.text] = _EXPLAINED
        if not ties:
            return {}
        offers = self._offers([of(form) for form in dict.fromkeys(form for _, form in ties)])
        result: dict[str, list[Offer]] = {}
        for (term, form), certain in ties.items():
            for one in offers.get(form, ()):
                if certain == _TIED:
                    said = Evidence(glosses.PROVIDER, f"short for {form}")
                    evidence = (said, *one.evidence)
                else:  # another word says what it means, not what it is in English
                    evidence = (Evidence(glosses.PROVIDER, f"explained as {form}"),)
                if not one.against:
                    offer = Offer(one.english, round(one.score * certain, 3), evidence)
                    result.setdefault(term, []).append(offer)
        return result

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
        weighed = [_contested(offer, said, avoided) for offer in merged]
        return tuple(sorted(weighed, key=lambda offer: -offer.score)[:_MOST_OFFERS])


def _usual_words(concepts: Iterable[Concept], with_list: bool) -> Counter[str]:
    """In how many English terms of the field each word stands."""
    terms = {term.text for one in concepts for term in one.in_language(ENGLISH)}
    if with_list:
        for word in field.words().values():
            terms.update(text.replace(field.SLOT, "") for text in (*word.heads, *word.modifiers))
    return Counter(word for term in terms for word in set(english.key(term).split()))


def _providers_of(offer: Offer) -> set[str]:
    return {evidence.provider for evidence in offer.evidence}


def _together(same: Sequence[Offer]) -> Offer:
    """One offer of several for the same equivalent: noisy-or of the scores, all evidence.

    What one provider says twice (war, War) counts once.
    """
    scores: dict[frozenset[str], float] = {}
    for one in same:
        providers = frozenset(_providers_of(one))
        scores[providers] = max(one.score, scores.get(providers, 0.0))
    wrong = prod(1 - score for score in scores.values())
    best = max(same, key=lambda one: one.score)
    evidence = tuple(dict.fromkeys(evidence for one in same for evidence in one.evidence))
    return Offer(best.english, round(1 - wrong, 3), evidence)


def _contested(
    offer: Offer, said: Mapping[str, Mapping[str, str]], avoided: Mapping[str, Evidence]
) -> Offer:
    """The offer with what speaks against it.

    The glossary says to avoid some; what only a text or a translation says is contested where the
    glossary has other English for the term, and what only a text says where the lists have it.
    Abbreviations contradict nothing. What only sounds so stands back where anybody knows better.
    """
    key = english.key(offer.english)
    if key in avoided:
        return Offer(offer.english, _AVOIDED, offer.evidence, (avoided[key],))
    if _providers_of(offer) == {katakana.PROVIDER} and any(said.values()):
        return Offer(offer.english, round(offer.score * _ONLY_A_SOUND, 3), offer.evidence)
    if not _providers_of(offer) <= _LOOSE or is_abbreviation(offer.english):
        return offer
    texts_only = parallel.PROVIDER not in _providers_of(offer)
    for name in _AUTHORITIES if texts_only else (glossary.PROVIDER,):
        others = list(said[name].values())
        if others:
            against = Evidence(name, f"has {' or '.join(others[:2])}")
            return Offer(
                offer.english, round(offer.score * _CONTESTED, 3), offer.evidence, (against,)
            )
    return offer
