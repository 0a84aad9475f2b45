"""What there is to drill in a workspace: concepts, the most useful first, with their sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from yakugo.drill.exercises import sentences
from yakugo.errors import WorkspaceError
from yakugo.flashcards.usefulness import by_usefulness
from yakugo.model import ENGLISH, JAPANESE, Concept, Context
from yakugo.termbase import Termbase, translations

_SENTENCES = 5  # of a concept, so that a cloze is not known by heart


class Deck(NamedTuple):
    """Concepts in the order in which they are worth learning, and sentences by concept id.

    `english` has the translations of sentences, where somebody has translated them; `glossary`
    all concepts that could be drilled, those of other documents too.
    """

    concepts: list[Concept]
    contexts: dict[str, tuple[Context, ...]]
    english: dict[str, str]
    glossary: list[Concept]


def deck(termbase: Termbase, documents: Collection[str] = ()) -> Deck:
    """The reviewed concepts that have a Japanese and an English term.

    With `documents` only those whose terms stand in one of them, in sentences of them first.
    TermbaseError for a document that was not collected, WorkspaceError where there is nothing to
    learn.
    """
    termbase.check_documents(documents)
    candidates = termbase.candidates(documents or None, contexts=_SENTENCES)
    collected = {
        one.candidate.term: sorted(
            one.candidate.contexts, key=lambda context: context.document not in documents
        )
        for one in candidates
    }
    glossary = [
        one for one in termbase.glossary() if one.preferred(JAPANESE) and one.preferred(ENGLISH)
    ]
    concepts = [
        one
        for one in glossary
        if not documents or any(t.text in collected for t in one.in_language(JAPANESE))
    ]
    if not concepts:
        where = f" of {', '.join(documents)}" if documents else ""
        raise WorkspaceError(
            f"the glossary has no term{where} with English: accept some in yakugo review"
        )
    found, english = _translated(termbase, concepts)
    both = {term: [*collected.get(term, ()), *found.get(term, ())] for term in {*collected, *found}}
    return Deck(
        by_usefulness(concepts, candidates),
        {one.id: sentences(one, both) for one in concepts},
        english,
        glossary,
    )


def _translated(
    termbase: Termbase, concepts: Iterable[Concept]
) -> tuple[Mapping[str, Sequence[Context]], dict[str, str]]:
    """Sentences by term from a translator's finished work, and their translations."""
    terms = {term.text for one in concepts for term in one.in_language(JAPANESE)}
    contexts: dict[str, dict[str, Context]] = {}
    english: dict[str, str] = {}
    for term, mined in translations.mined(termbase, terms).items():
        for name, one in mined:
            for pair in one.examples:
                context = Context.locating(term, pair.japanese, name)
                if context.surface:
                    contexts.setdefault(term, {}).setdefault(pair.japanese, context)
                english.setdefault(pair.japanese, pair.english)
    return {term: list(found.values())[:_SENTENCES] for term, found in contexts.items()}, english
