"""Candidates → the list a reviewer works through: scored, with status and English, best first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from yakugo import lexicon, variants
from yakugo.candidates import Background
from yakugo.equivalents import Equivalents, dictionary, glossary, glosses
from yakugo.learning import Example, Model, Reason, fit
from yakugo.model import Candidate, Concept, Gloss, Ranked, Status
from yakugo.reference import General
from yakugo.termhood import Knowledge, Statistics, evidence, parts
from yakugo.tokens import tokenize


def background(concepts: Sequence[Concept]) -> Background:
    """What the reviewed glossary and the dictionary know before a text is read."""
    reviewed = frozenset(glossary.readings(concepts))
    no_runs = {term for term in reviewed if _NO_RUN.search(term)}
    return Background(
        reviewed, dictionary.known, dictionary.genitive_heads(), lexicon.expressions() | no_runs
    )


_NO_RUN = re.compile("[ぁ-ゖ・、]")


def reviewed_pieces(terms: Iterable[str]) -> Counter[str]:
    """In how many of the terms each short unit stands."""
    return Counter(
        piece
        for term in terms
        for piece in {token.surface for token in tokenize(term) if token.pos[0] != "助詞"}
    )


class Ranking:
    """Scores candidates by what is known of their field and by what was decided about some.

    `candidates` are grouped by spelling (see `variants`); `decisions` says of some terms whether
    they were accepted; `headwords` is False to do without the dictionary; `general` are texts to
    hold the candidates against. Scores are comparable within one ranking only.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        concepts: Sequence[Concept] = (),
        found: Iterable[Gloss] = (),
        decisions: Mapping[str, bool] | None = None,
        headwords: bool = True,
        general: General | None = None,
    ) -> None:
        self.candidates = candidates
        statistics = Statistics(candidates)
        reviewed = glossary.readings(concepts)
        knowledge = Knowledge(
            reviewed_pieces(reviewed),
            reviewed,
            glosses.named(found),
            dictionary.known([one.term for one in candidates if len(one.pieces) > 1])
            if headwords
            else (),
            general,
        )
        self._evidence = {one.term: evidence(one, statistics, knowledge) for one in candidates}
        self._pieces = {one.term: parts(one) or [one.term] for one in candidates}
        self._head = {
            spelling: one.term for one in candidates for spelling in (one.term, *one.variants)
        }
        self.model = Model()
        self.learn(decisions or {})

    def learn(self, decisions: Mapping[str, bool]) -> None:
        """Fit the model anew: `decisions` are all that hold now; one spelling's is the term's."""
        self.model = fit(
            self.example(self._head[term], accepted)
            for term, accepted in sorted(decisions.items())
            if term in self._head
        )

    def example(self, term: str, accepted: bool) -> Example:
        """A decision about a candidate, as something to learn from."""
        return Example(self._evidence[term], self._pieces[term], accepted)

    def scores(self, model: Model | None = None) -> dict[str, float]:
        """The score of each candidate, 0 to 1, by term; by another model than its own if given."""
        model = model or self.model
        return {
            term: round(model.score(found, self._pieces[term]), 6)
            for term, found in self._evidence.items()
        }

    def reasons(self, term: str) -> list[Reason]:
        """What the score of a term is made of, the weightiest first; KeyError when unknown."""
        return self.model.reasons(self._evidence[term], self._pieces[term])


def grouped(ranked: Sequence[Ranked], documents: Mapping[str, int]) -> list[Ranked]:
    """One for each term, with its spellings in it (see `variants`), in the given order.

    A decision about one spelling holds for the term.
    """
    of = {one.candidate.term: one for one in ranked}
    groups = []
    for group in variants.grouped([one.candidate for one in ranked], documents):
        spellings = [of[term] for term in (group.term, *group.variants)]
        status = next((s for s in _DECIDED if any(one.status is s for one in spellings)), None)
        groups.append(replace(spellings[0], candidate=group, status=status or Status.NEW))
    return groups


_DECIDED = (Status.ACCEPTED, Status.REJECTED, Status.DEFERRED)


def rank(
    candidates: Sequence[Candidate],
    concepts: Sequence[Concept],
    found: Sequence[Gloss] = (),
    general: General | None = None,
) -> list[Ranked]:
    """Score new candidates, with what the glossary and the texts know; best first, then by term."""
    scores = Ranking(candidates, concepts, found, general=general).scores()
    ranked = [Ranked(one, scores[one.term]) for one in candidates]
    ranked.sort(key=lambda one: (-one.score, one.candidate.term))
    return known(ranked, concepts, found)


def known(
    ranked: Iterable[Ranked], concepts: Sequence[Concept], found: Sequence[Gloss]
) -> list[Ranked]:
    """Add full forms of abbreviations, and what the glossary knows.

    A new candidate that is a term of the glossary counts as accepted, and has its reading.
    """
    readings = glossary.readings(concepts)
    full_forms = glosses.short_forms(found)

    def completed(one: Ranked) -> Ranked:
        candidate, status = one.candidate, one.status
        if candidate.term in full_forms:
            candidate = replace(candidate, short_for=full_forms[candidate.term])
        reading = readings.get(glossary.key(candidate.term))
        if reading is not None:
            candidate = replace(candidate, reading=reading or candidate.reading)
            status = Status.ACCEPTED if status is Status.NEW else status
        return replace(one, candidate=candidate, status=status)

    return [completed(one) for one in ranked]


def with_offers(ranked: Sequence[Ranked], equivalents: Equivalents) -> list[Ranked]:
    """Add the English offers."""
    english = equivalents.offers([one.candidate for one in ranked])
    return [replace(one, offers=english.get(one.candidate.term, ())) for one in ranked]
