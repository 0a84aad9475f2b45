"""The words to learn, in plain text: what Quizlet, Mochi, tables and paper put on their cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from yakugo.flashcards.cloze import reading_in, without_english
from yakugo.flashcards.notes import example
from yakugo.flashcards.usefulness import by_usefulness
from yakugo.formats.rows import one_line, prose
from yakugo.furigana import Piece, pieces
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    USABLE,
    CardKind,
    Concept,
    Context,
    Snapshot,
    Term,
)


class Sentence(NamedTuple):
    """A sentence in pieces with their readings: before the term, the term, after it.

    All is `before` where the term does not stand in it letter by letter.
    """

    before: tuple[Piece, ...] = ()
    term: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()

    @property
    def whole(self) -> tuple[Piece, ...]:
        """All its pieces."""
        return self.before + self.term + self.after


@dataclass(frozen=True, slots=True)
class Word:
    """What a concept's cards can say; each text is one line, but for the definition.

    `furigana` is the Japanese term with its reading piece by piece, `sentence` the one that shows
    it in use, from `source`; it is empty when there is none.
    """

    concept: str
    subject_field: str
    japanese: str
    reading: str
    furigana: tuple[Piece, ...]
    other_japanese: tuple[str, ...]
    english: str
    other_english: tuple[str, ...]
    definition: str
    sentence: Sentence
    asked: Sentence
    source: str

    @property
    def reads_otherwise(self) -> bool:
        """Whether the reading is worth a line: no furigana shows it, and it is not the term."""
        shown = any(piece.reading for piece in self.furigana)
        return bool(self.reading) and not shown and self.reading != self.japanese


def vocabulary(snapshot: Snapshot) -> list[Word]:
    """The concepts with a usable term in both languages, the most useful first."""
    concepts = by_usefulness(snapshot.concepts, snapshot.candidates)
    words = (_word(concept, snapshot) for concept in concepts)
    return [word for word in words if word]


def japanese_first(snapshot: Snapshot) -> bool:
    """Whether a concept's only card has the Japanese in front: unless just production is wanted."""
    kinds = snapshot.cards.kinds
    return CardKind.RECOGNITION in kinds or CardKind.PRODUCTION not in kinds


def text_of(cut: Iterable[Piece]) -> str:
    """Pieces as they are written, without readings."""
    return "".join(piece.text for piece in cut)


def _word(concept: Concept, snapshot: Snapshot) -> Word | None:
    japanese, english = concept.preferred(JAPANESE), concept.preferred(ENGLISH)
    if not japanese or not english:
        return None
    context = example(concept, snapshot) or Context("")
    text, reading = one_line(japanese.text), one_line(japanese.reading)
    return Word(
        concept.id,
        one_line(concept.subject_field),
        text,
        reading,
        tuple(pieces(text, reading)),
        _others(concept, japanese),
        one_line(english.text),
        _others(concept, english),
        prose(concept.definition),
        _sentence(context, concept),
        _sentence(context, concept, asked=True),
        one_line(context.document) if context.sentence else "",
    )


def _others(concept: Concept, preferred: Term) -> tuple[str, ...]:
    terms = concept.in_language(preferred.language)
    return tuple(one_line(t.text) for t in terms if t is not preferred and t.usage in USABLE)


def _sentence(context: Context, concept: Concept, asked: bool = False) -> Sentence:
    """The sentence with furigana; in the term they come from the reviewed reading."""

    def around(text: str) -> tuple[Piece, ...]:
        return tuple(pieces(one_line(without_english(text, concept) if asked else text)))

    sentence, term = context.sentence, one_line(context.surface)
    if not term:
        return Sentence(around(sentence))
    return Sentence(
        around(sentence[: context.start]),
        tuple(pieces(term, one_line(reading_in(context, concept)))),
        around(sentence[context.end :]),
    )
