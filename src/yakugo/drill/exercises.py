"""What a card asks: a concept and a kind of card → the question, and what is shown with the answer.

The question never gives the answer away: a sentence hides the term in it wherever that is asked
for, its reading and its English too, and a definition goes with the English only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from yakugo.flashcards.cloze import HIDDEN, cloze, without_english
from yakugo.model import ENGLISH, JAPANESE, USABLE, CardKind, Concept, Context

DRILLED = (CardKind.RECOGNITION, CardKind.PRODUCTION, CardKind.CLOZE, CardKind.CONFUSABLE)

_MOST_CHOICES = 4


@dataclass(frozen=True, slots=True)
class Exercise:
    """One question about a concept.

    `language` is that of the answer. `prompt` is the term that is asked about, or in a cloze the
    English of what is missing; `hint` is what else may be known beforehand. `before` and `after`
    surround the term, or the gap, in the sentence that is shown with the question; `context` is
    the whole of it, to be shown with the answer. `choices` are terms of which one is right, none
    for an answer to be typed, and `others` the concepts that the wrong ones belong to.
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
    others: tuple[Concept, ...] = ()


def kinds_of(
    concept: Concept, contexts: Sequence[Context], partners: Sequence[Concept]
) -> list[CardKind]:
    """Which cards a concept has: those whose question and answer are there."""
    if not concept.preferred(JAPANESE) or not concept.preferred(ENGLISH):
        return []
    found = [CardKind.RECOGNITION, CardKind.PRODUCTION]
    if any(cloze(context) for context in contexts):
        found.append(CardKind.CLOZE)
    if all(_told_apart(concept, partners, language) for language in (JAPANESE, ENGLISH)):
        found.append(CardKind.CONFUSABLE)
    return found


def exercise(
    concept: Concept,
    kind: CardKind,
    contexts: Sequence[Context] = (),
    partners: Sequence[Concept] = (),
    turn: int = 0,
    homograph: bool = False,
) -> Exercise:
    """The question of a card; with each `turn` another sentence, and another order of choices.

    A `homograph` has a Japanese term that other concepts have too: it is said which is meant.
    ValueError for a kind of card that the concept has not (see `kinds_of`).
    """
    japanese, english = concept.preferred(JAPANESE), concept.preferred(ENGLISH)
    if not japanese or not english:
        raise ValueError(f"{concept.id} has no card: it lacks a usable term")
    context = contexts[turn % len(contexts)] if contexts else None
    if kind is CardKind.RECOGNITION:
        which = (concept.subject_field, concept.definition_ja) if homograph else ()
        hint = without_english("; ".join(filter(None, which)), concept)
        before, after = (without_english(part, concept) for part in _around(context))
        return Exercise(concept, kind, ENGLISH, japanese.text, hint, before, after, context)
    if kind is CardKind.PRODUCTION:
        return Exercise(concept, kind, JAPANESE, english.text, _meaning(concept), context=context)
    if kind is CardKind.CLOZE:
        gaps = [(one, parts) for one in contexts if (parts := cloze(one))]
        if not gaps:
            raise ValueError(f"{concept.id} has no sentence with its term")
        context, (before, _, after) = gaps[turn % len(gaps)]
        before, after = (_without_japanese(part, concept) for part in (before, after))
        return Exercise(concept, kind, JAPANESE, english.text, "", before, after, context)
    if kind is CardKind.CONFUSABLE:
        return _which(concept, partners, turn)
    raise ValueError(f"{concept.id} has no card of the kind {kind}")


def is_asked_too(other: Concept, one: Exercise) -> bool:
    """Whether another concept is one that the question could mean: it has the same term."""
    if other.id == one.concept.id or one.kind not in (CardKind.RECOGNITION, CardKind.PRODUCTION):
        return False
    asked = JAPANESE if one.language == ENGLISH else ENGLISH
    usable = (term.text for term in other.in_language(asked) if term.usage in USABLE)
    return one.prompt.casefold() in map(str.casefold, usable)


def _around(context: Context | None) -> tuple[str, str]:
    """A sentence before its term, and after it; all before when it holds no term."""
    if context is None:
        return "", ""
    if context.start == context.end:
        return context.sentence, ""
    return context.sentence[: context.start], context.sentence[context.end :]


def _meaning(concept: Concept) -> str:
    """What tells concepts with the same English apart."""
    said = "; ".join(filter(None, (concept.subject_field, concept.definition)))
    return _without_japanese(said, concept)


def _without_japanese(text: str, concept: Concept) -> str:
    """A text that gives none of a concept's Japanese away, nor its reading in brackets."""
    terms = concept.in_language(JAPANESE)
    # A single character stands in many words that have nothing to do with it.
    written = sorted({re.escape(t.text) for t in terms if len(t.text) > 1}, key=len, reverse=True)
    read = {rf"(?<=[(（]){re.escape(t.reading)}(?=[)）])" for t in terms if t.reading}
    patterns = [*written, *sorted(read)]
    return re.sub("|".join(patterns), HIDDEN, text) if patterns else text


def _told_apart(concept: Concept, partners: Sequence[Concept], language: str) -> dict[str, Concept]:
    """Terms that are wrong for a concept, each with the partner whose term it is."""
    own = {term.text for term in concept.terms if term.usage in USABLE}
    found: dict[str, Concept] = {}
    for one in partners:
        term = one.preferred(language)
        theirs = {other.text for other in one.terms if other.usage in USABLE}
        if term and not own & theirs:  # a term that both have would be right for both
            found.setdefault(term.text, one)
    return dict(list(found.items())[: _MOST_CHOICES - 1])


def _which(concept: Concept, partners: Sequence[Concept], turn: int) -> Exercise:
    """By turns the English is given and the Japanese chosen, and the other way round."""
    asked, answered = (ENGLISH, JAPANESE) if turn % 2 == 0 else (JAPANESE, ENGLISH)
    shown, right = concept.preferred(asked), concept.preferred(answered)
    assert shown
    assert right
    wrong = _told_apart(concept, partners, answered)
    if not wrong:
        raise ValueError(f"{concept.id} has nothing that it is mixed up with")
    choices = [right.text, *wrong]
    Random(f"{concept.id} {turn}").shuffle(choices)
    hint = _without_japanese(concept.definition, concept) if asked == ENGLISH else ""
    return Exercise(
        concept,
        CardKind.CONFUSABLE,
        answered,
        shown.text,
        hint,
        choices=tuple(choices),
        others=tuple(wrong.values()),
    )


def sentences(concept: Concept, collected: Mapping[str, Sequence[Context]]) -> tuple[Context, ...]:
    """The sentences of a concept, those of collected documents (by Japanese term) first."""
    terms = [term for term in concept.in_language(JAPANESE) if term.usage in USABLE]
    found = [one for term in terms for one in collected.get(term.text, ())]
    found += [one for term in terms for one in term.contexts]
    return tuple({one.sentence: one for one in found}.values())
