"""What there is to drill in a workspace: concepts, the most useful first, with their sentences."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from yakugo.drill.exercises import sentences
from yakugo.errors import WorkspaceError
from yakugo.flashcards.usefulness import by_usefulness
from yakugo.model import ENGLISH, JAPANESE, Concept, Context
from yakugo.termbase import Termbase

_SENTENCES = 5  # of a concept, so that a cloze is not known by heart


class Deck(NamedTuple):
    """Concepts in the order in which they are worth learning, and sentences by concept id."""

    concepts: list[Concept]
    contexts: dict[str, tuple[Context, ...]]


def deck(termbase: Termbase, documents: Collection[str] = ()) -> Deck:
    """The reviewed concepts that have a Japanese and an English term.

    With `documents` only those whose terms stand in one of them. TermbaseError for a document
    that was not collected, WorkspaceError where there is nothing to learn.
    """
    termbase.check_documents(documents)
    candidates = termbase.candidates(documents or None, contexts=_SENTENCES)
    collected = {one.candidate.term: one.candidate.contexts for one in candidates}
    concepts = [
        one
        for one in termbase.glossary()
        if one.preferred(JAPANESE)
        and one.preferred(ENGLISH)
        and (not documents or any(t.text in collected for t in one.in_language(JAPANESE)))
    ]
    if not concepts:
        where = f" of {', '.join(documents)}" if documents else ""
        raise WorkspaceError(
            f"the glossary has no term{where} with English: accept some in yakugo review"
        )
    return Deck(
        by_usefulness(concepts, candidates), {one.id: sentences(one, collected) for one in concepts}
    )
