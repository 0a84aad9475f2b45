"""What a learner answered in Anki → answers of the drill, so that one history serves both."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import genanki

from yakugo import anki_collection
from yakugo.anki_collection import Collection, CollectionNote, CollectionReview
from yakugo.drill.scheduling import written
from yakugo.errors import DocumentError
from yakugo.model import Answer, CardKind
from yakugo.termbase import Termbase, learners
from yakugo.termbase.concepts import forwards

_ID_FIELD = "ConceptId"
# The cards of our note type in their order, should a learner have renamed them.
_KINDS = (CardKind.RECOGNITION, CardKind.PRODUCTION, CardKind.CLOZE, CardKind.LISTENING)
_OUT_OF_TURN = 3  # a filtered deck; it is an answer where it changed the schedule
_ANSWERED = (0, 1, 2, _OUT_OF_TURN)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TakenIn(NamedTuple):
    """What came of an import: answers that are new and that were known, notes of no concept."""

    new: int
    known: int
    strangers: int
    first: str = ""
    last: str = ""


def take_in(termbase: Termbase, learner: str, path: Path) -> TakenIn:
    """Add the answers of an export of Anki to a learner's history; the same file twice adds none.

    DocumentError when it holds no review at all, or no note of a yakugo deck.
    """
    collection = anki_collection.read(path)
    with termbase.reading() as connection:
        ids = {*termbase.concept_ids(), *forwards(connection)}
    concepts = concepts_of(collection, ids)
    if not concepts:
        raise DocumentError(
            f"{path} holds no note of a deck that yakugo export anki made; export that deck"
        )
    found = answers(collection, concepts)
    if not collection.reviews:
        raise DocumentError(
            f"{path} holds no answers; in Anki choose File → Export and tick "
            "'Include scheduling information'"
        )
    new = learners.add(termbase, learner, found)
    strangers = sum(id not in ids for id in concepts.values())
    moments = sorted(one.when for one in found) or [""]
    return TakenIn(new, len(found) - new, strangers, moments[0], moments[-1])


def concepts_of(collection: Collection, ids: Iterable[str]) -> dict[int, str]:
    """The concept of each note that yakugo made: by its GUID, else by the field of the id.

    The GUID is the concept's for good, whatever a learner does to the note type; a copy of a note
    has another GUID. Of a concept that is not among `ids` only the GUID proves that it was ours.
    """
    by_guid = {str(genanki.guid_for("yakugo", id)): id for id in ids}
    known = set(by_guid.values())
    found = {}
    for note in collection.notes.values():
        id = by_guid.get(note.guid) or collection.value(note, _ID_FIELD).strip()
        if id in known or (id and note.guid == str(genanki.guid_for("yakugo", id))):
            found[note.id] = id
    return found


def answers(collection: Collection, concepts: dict[int, str]) -> list[Answer]:
    """The answers to the cards of notes, whose concepts are given by note id; oldest first."""
    found = []
    for review in collection.reviews:
        card = collection.cards.get(review.card)
        if card is None or card.note not in concepts or not _is_answer(review):
            continue
        kind = _kind(collection, collection.notes[card.note], card.position)
        if kind is not None:
            when = written(_EPOCH + timedelta(milliseconds=review.id))
            concept = concepts[card.note]
            found.append(Answer(concept, kind, review.button, when, review.took, "", "anki"))
    return found


def _is_answer(review: CollectionReview) -> bool:
    if review.kind == _OUT_OF_TURN and review.factor == 0:
        return False  # only looked at
    return review.kind in _ANSWERED and 1 <= review.button <= 4


def _kind(collection: Collection, note: CollectionNote, position: int) -> CardKind | None:
    """What a card asks, by its name, else by its place; None for one that is not ours.

    In a note type of Anki's kind "cloze", which has one card by name, the others are further gaps.
    """
    type = collection.types.get(note.type)
    if type is None or not 0 <= position < len(type.cards):
        return None
    for kind in _KINDS:
        if kind == type.cards[position].casefold():
            return kind
    return _KINDS[position] if position < len(_KINDS) else None
