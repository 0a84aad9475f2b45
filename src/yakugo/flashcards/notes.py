"""What stands on a flashcard of Anki: the glossary's concepts as notes, plain fields of HTML.

A learner imports the next edition over the last one, and Anki matches notes by GUID: it comes
from the concept's id alone, so the schedule stays. Anki updates a note only if its time stamp is
later than the one it has; that stamp is when the content of the note last changed, so what did
not change leaves the learner's own edits alone. What the glossary has no more stays as it was,
with the tag `yakugo::retired`, and gets no cards from whoever has none of it.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from yakugo.flashcards.cloze import GAP, occurrences, reading_in, without_english
from yakugo.flashcards.usefulness import by_usefulness
from yakugo.furigana import furigana
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    QUOTES,
    USABLE,
    CardKind,
    Concept,
    Context,
    Snapshot,
    Term,
)
from yakugo.reference import commonness
from yakugo.tokens import tokenize

FIELDS = (
    "ConceptId",
    "Japanese",
    "Furigana",
    "Reading",
    "English",
    "OtherEnglish",
    "OtherJapanese",
    "Definition",
    "DefinitionJapanese",
    "Note",
    "SubjectField",
    "Context",
    "ContextFurigana",
    "ContextEnglish",
    "ContextSource",
    "Cloze",
    "Audio",
    "ContextAudio",
    "Related",
    "Spare1",
    "Spare2",
    "Spare3",
    "Spare4",
)
# A card that is not wanted: what stands in its field keeps it away. The names were final before
# these were needed.
UNWANTED = {
    CardKind.RECOGNITION: "Spare1",
    CardKind.PRODUCTION: "Spare2",
    CardKind.LISTENING: "Spare3",
}
NOT_WANTED = "-"

TAG = "yakugo"
RETIRED = "yakugo::retired"
# How common the rarest word of a term is in Japanese at large, on the scale of
# `reference.commonness`; the levels are 1 for everyday words to 4 for what only experts say.
_LEVELS = (3.3, 2.6, 1.8)
_JAPANESE = re.compile(r"[ぁ-ヺー々一-鿿]")

_UNDATED = "1980-01-01T00:00:00Z"
# A control character would end a field (1F) or the text (00).
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SEPARATOR = re.compile("::+")  # Anki's, between a deck or a tag and what is below it


@dataclass(frozen=True, slots=True)
class Note:
    """One note of the deck.

    `fields` are HTML in the order of `FIELDS`; `field` is the subject field, by which decks are
    parted; `changed` is when fields or tags last became what they are, in seconds since 1970. The
    concept of one that is `retired` is in the glossary no more.
    """

    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    changed: int
    field: str = ""
    retired: bool = False


def notes(snapshot: Snapshot) -> list[Note]:
    """A note for each concept that has a usable Japanese and English term.

    In the order in which they are worth learning; then those that are retired.
    """
    concepts = by_usefulness(snapshot.concepts, snapshot.candidates)
    made = [_note(concept, snapshot) for concept in concepts]
    made += [
        _note(concept, snapshot, retired=True)
        for concept in snapshot.retired
        if snapshot.was_exported(_key(guid_of(concept.id)))
    ]
    return [note for note in made if note]


def guid_of(concept: str) -> str:
    """The GUID of a concept's note, for good."""
    import genanki

    return str(genanki.guid_for("yakugo", concept))


def _key(guid: str) -> str:
    return f"anki:{guid}"


def _note(concept: Concept, snapshot: Snapshot, retired: bool = False) -> Note | None:
    japanese, english = concept.preferred(JAPANESE), concept.preferred(ENGLISH)
    if not japanese or not english:
        return None
    context = example(concept, snapshot)
    kinds = snapshot.cards.kinds
    values = {
        "ConceptId": _html(concept.id),
        "Japanese": _html(japanese.text),
        "Furigana": _html(furigana(japanese.text, japanese.reading)),
        "Reading": _html(japanese.reading),
        "English": _html(english.text),
        "OtherEnglish": _html("; ".join(_others(concept, english))),
        "OtherJapanese": _html("、".join(_others(concept, japanese))),
        "Definition": _html(concept.definition),
        "DefinitionJapanese": _html(concept.definition_ja),
        "Note": _html(concept.note),
        "SubjectField": _html(concept.subject_field),
        "Audio": _sound(japanese.text, snapshot),
    }
    for kind, field in UNWANTED.items():
        if kind not in kinds and (kind is not CardKind.LISTENING or values["Audio"]):
            values[field] = NOT_WANTED
    if context:
        values["Context"] = _emphasized(context, concept)
        values["ContextFurigana"] = _emphasized_furigana(context, concept)
        values["ContextSource"] = _html(context.document)
        values["ContextAudio"] = _sound(context.sentence, snapshot)
        if CardKind.CLOZE in kinds:
            values["Cloze"] = _cloze(context)
    fields = tuple(values.get(name, "") for name in FIELDS)
    tags = tuple(_tags(concept, japanese, snapshot, retired))
    guid = guid_of(concept.id)
    content = hashlib.sha256("\x1f".join((*fields, *tags)).encode()).hexdigest()
    changed = snapshot.last_changed(_key(guid), content, concept.changed or _UNDATED)
    return Note(guid, fields, tags, _seconds(changed), concept.subject_field, retired)


def _sound(text: str, snapshot: Snapshot) -> str:
    """What Anki plays for a text, "" when it is not spoken."""
    path = snapshot.sounds.get(text)
    return f"[sound:{path.name}]" if path else ""


def example(concept: Concept, snapshot: Snapshot) -> Context | None:
    """The sentence that stands on a concept's cards."""
    japanese = concept.preferred(JAPANESE)
    own = _first_context(concept, japanese) if japanese else None
    return snapshot.examples.get(concept.id) or own


def _tags(concept: Concept, term: Term, snapshot: Snapshot, retired: bool) -> Iterable[str]:
    """All below `yakugo`, so that those of the learner are told from them."""
    yield TAG
    if retired:
        yield RETIRED
    if concept.subject_field:
        yield f"{TAG}::field::{_tag(concept.subject_field)}"
    terms = [one.text for one in concept.in_language(JAPANESE)]
    documents = {name for text in terms for name in snapshot.found_in.get(text, ())}
    yield from (f"{TAG}::document::{_tag(name)}" for name in sorted(documents))
    if rarity := level(term.text):
        yield f"{TAG}::level::{rarity}"
    if not retired:
        yield f"{TAG}::status::{concept.state}"


def level(term: str) -> int:
    """How rare the rarest word of a term is: 1 (everyday) to 4 (known to experts).

    0 for a term without Japanese words: NATO.
    """
    words = (token.surface for token in tokenize(term) if not token.pos[0].startswith("助"))
    rarest = min((commonness(word) for word in words if _JAPANESE.search(word)), default=None)
    return 0 if rarest is None else 1 + sum(rarest < bound for bound in _LEVELS)


def _first_context(concept: Concept, preferred: Term) -> Context | None:
    terms = (preferred, *concept.in_language(JAPANESE))
    return next((context for term in terms for context in term.contexts), None)


def _others(concept: Concept, preferred: Term) -> list[str]:
    """The other terms that may be used in the language of the preferred one."""
    return [
        term.text
        for term in concept.in_language(preferred.language)
        if term is not preferred and term.usage in USABLE
    ]


def _emphasized(context: Context, concept: Concept) -> str:
    """The sentence as it is asked about: without the English, should it hold it."""
    before, term, after = (without_english(part, concept) for part in _around(context))
    return f"{_html(before)}<b>{_html(term)}</b>{_html(after)}" if term else _html(before)


def _cloze(context: Context) -> str:
    """The sentence with gaps that say how many letters are missing; "" where it has no term."""
    written, end = "", 0
    places = occurrences(context)
    for start, following in places:
        letters = sum(char not in QUOTES for char in context.sentence[start:following])
        gap = f'<span class="gap" data-letters="{letters}">{GAP}</span>'
        written += _html(context.sentence[end:start]) + gap
        end = following
    return written + _html(context.sentence[end:]) if places else ""


def _emphasized_furigana(context: Context, concept: Concept) -> str:
    """The sentence with furigana; in the term they come from the reviewed reading."""
    before, term, after = (_CONTROL.sub("", part) for part in _around(context))
    written = _html(furigana(before))
    if term:
        # A tag bounds the reading as a space does: no space at the seams.
        reading = reading_in(context, concept)
        written += f"<b>{_html(furigana(term, reading))}</b>{_html(furigana(after))}"
    return written


def _around(context: Context) -> tuple[str, str, str]:
    """The sentence before the term, the term, the rest; all before when it holds no term."""
    if context.start == context.end:
        return context.sentence, "", ""
    sentence = context.sentence
    return sentence[: context.start], context.surface, sentence[context.end :]


def _html(text: str) -> str:
    return html.escape(_clean(text), quote=False).replace("\n", "<br>")


def _tag(text: str) -> str:
    return "_".join(one_level(text).split())


def one_level(name: str) -> str:
    """A name that Anki takes as it is, and for one level of its trees of decks and tags."""
    plain = " ".join(_clean(name).replace('"', "'").split())
    return _SEPARATOR.sub(":", plain).strip(": ")


def _clean(text: str) -> str:
    """Text as Anki would keep it: composed (NFC), without control characters."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def _seconds(time: str) -> int:
    moment = datetime.fromisoformat(time)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
