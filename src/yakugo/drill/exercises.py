"""What a card asks: a concept and a kind of card → the question, and what is shown with the answer.

The question never gives the answer away: a sentence hides the term in it wherever that is asked
for, and a definition goes with the English only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from yakugo.flashcards.cloze import cloze, without_english
from yakugo.model import ENGLISH, JAPANESE, USABLE, CardKind, Concept, Context

DRILLED = (CardKind.RECOGNITION, CardKind.PRODUCTION, CardKind.CLOZE, CardKind.CONFUSABLE)

_MOST_CHOICES = 3


@dataclass(frozen=True, slots=True)
class Exercise:
    """One question about a concept.

    `language` is that of the answer. `prompt` is the term or the English asked about, or the
    sentence of a cloze, in which `before` and `after` surround the gap; `hint` is what else may be
    known beforehand. `choices` are terms of which one is right, none for an answer to be typed.
    """

    concept: Concept
    kind: CardKind
    language: str
    prompt: str
    hint: str = ""
    before: str = ""
    after: str = ""
    context: Context | None = None
    choices: tuple[str, ...] = ()


def kinds_of(
    concept: Concept, contexts: Sequence[Context], partners: Sequence[str]
) -> list[CardKind]:
    """Which cards a concept has: those whose question and answer are there."""
    if not concept.preferred(JAPANESE) or not concept.preferred(ENGLISH):
        return []
    found = [CardKind.RECOGNITION, CardKind.PRODUCTION]
    if any(cloze(context) for context in contexts):
        found.append(CardKind.CLOZE)
    if partners:
        found.append(CardKind.CONFUSABLE)
    return found


def exercise(
    concept: Concept,
    kind: CardKind,
    contexts: Sequence[Context] = (),
    partners: Sequence[Concept] = (),
    turn: int = 0,
) -> Exercise:
    """The question of a card; with each `turn` another sentence, and another order of choices.

    ValueError for a kind of card that the concept has not (see `kinds_of`).
    """
    japanese, english = concept.preferred(JAPANESE), concept.preferred(ENGLISH)
    if not japanese or not english:
        raise ValueError(f"{concept.id} has no card: it lacks a usable term")
    context = contexts[turn % len(contexts)] if contexts else None
    if kind is CardKind.RECOGNITION:
        hint = without_english(context.sentence, concept) if context else ""
        return Exercise(concept, kind, ENGLISH, japanese.text, hint, context=context)
    if kind is CardKind.PRODUCTION:
        return Exercise(concept, kind, JAPANESE, english.text, _meaning(concept), context=context)
    if kind is CardKind.CLOZE:
        gaps = [(one, parts) for one in contexts if (parts := cloze(one))]
        if not gaps:
            raise ValueError(f"{concept.id} has no sentence with its term")
        context, (before, term, after) = gaps[turn % len(gaps)]
        hint = english.text
        return Exercise(concept, kind, JAPANESE, term, hint, before, after, context)
    if kind is CardKind.CONFUSABLE and partners:
        return _which(concept, partners, turn)
    raise ValueError(f"{concept.id} has no card of the kind {kind}")


def _meaning(concept: Concept) -> str:
    """What tells concepts with the same English apart."""
    return "; ".join(filter(None, (concept.subject_field, concept.definition)))


def _which(concept: Concept, partners: Sequence[Concept], turn: int) -> Exercise:
    """By turns the English is given and the Japanese chosen, and the other way round."""
    asked, answered = (ENGLISH, JAPANESE) if turn % 2 == 0 else (JAPANESE, ENGLISH)
    shown, right = concept.preferred(asked), concept.preferred(answered)
    assert shown
    assert right
    same = {term.text for term in concept.terms}
    others = [term for one in partners if (term := one.preferred(answered))]
    wrong = list(dict.fromkeys(term.text for term in others if term.text not in same))
    choices = [right.text, *wrong[: _MOST_CHOICES - 1]]
    Random(f"{concept.id} {turn}").shuffle(choices)
    hint = concept.definition if asked == ENGLISH else ""
    kind = CardKind.CONFUSABLE
    return Exercise(concept, kind, answered, shown.text, hint, choices=tuple(choices))


def sentences(concept: Concept, collected: Mapping[str, Sequence[Context]]) -> tuple[Context, ...]:
    """The sentences of a concept, those of collected documents (by Japanese term) first."""
    terms = [term for term in concept.in_language(JAPANESE) if term.usage in USABLE]
    found = [one for term in terms for one in collected.get(term.text, ())]
    found += [one for term in terms for one in term.contexts]
    return tuple({one.sentence: one for one in found}.values())
