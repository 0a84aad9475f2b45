"""Candidates → the list a reviewer works through: scored, with status and English, best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from yakugo.candidates import Background
from yakugo.equivalents import dictionary, glossary, offers
from yakugo.model import JAPANESE, Candidate, Concept, Gloss, Ranked, Status
from yakugo.termhood import scores
from yakugo.tokens import tokenize


def background(concepts: Sequence[Concept]) -> Background:
    """What the reviewed glossary and the dictionary know before a text is read."""
    reviewed = glossary.readings(concepts).keys()

    def recognise(spans: Collection[str]) -> set[str]:
        return {span for span in spans if span in reviewed} | dictionary.known(spans)

    lefts = frozenset(term.split("の")[0] for term in reviewed if "の" in term.strip("の"))
    return Background(recognise, lefts)


def reviewed_pieces(concepts: Iterable[Concept]) -> set[str]:
    """The short units that the Japanese terms of the glossary are made of."""
    terms = "\n".join(t.text for concept in concepts for t in concept.in_language(JAPANESE))
    return {token.surface for token in tokenize(terms) if token.pos[0] != "助詞"}


def rank(
    candidates: Sequence[Candidate], concepts: Sequence[Concept], found: Iterable[Gloss] = ()
) -> list[Ranked]:
    """Score new candidates and add what `with_offers` adds; best first, then by term."""
    scored = scores(candidates, reviewed_pieces(concepts))
    ranked = [Ranked(one, score) for one, score in zip(candidates, scored, strict=True)]
    ranked.sort(key=lambda one: (-one.score, one.candidate.term))
    return with_offers(ranked, concepts, found)


def with_offers(
    ranked: Sequence[Ranked], concepts: Sequence[Concept], found: Iterable[Gloss]
) -> list[Ranked]:
    """Add the English offers, and what the glossary knows of its own terms.

    A new candidate that is a term of the glossary counts as accepted, and has its reading.
    """
    readings = glossary.readings(concepts)
    english = offers([one.candidate.term for one in ranked], concepts, found)

    def known(one: Ranked) -> Ranked:
        candidate = one.candidate
        reading = readings.get(glossary.key(candidate.term))
        if reading is None:
            return one
        status = Status.ACCEPTED if one.status is Status.NEW else one.status
        reviewed = replace(candidate, reading=reading or candidate.reading)
        return replace(one, candidate=reviewed, status=status)

    return [replace(known(one), offers=english.get(one.candidate.term, ())) for one in ranked]
