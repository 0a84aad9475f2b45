"""Anki decks (.apkg): one note a concept, with a recognition and a production card.

A learner imports the next edition over the last one, and Anki matches notes by GUID: it comes
from the concept's id alone, so the schedule stays. Anki updates a note only if its time stamp is
later than the one it has; that stamp is when the content of the note last changed, so what did
not change leaves the learner's own edits alone.

Anki counts as another note type what has other names of fields or cards, and then updates no
note at all. So the names below are final: what comes later fills a field that is there already.
A card whose field is empty (cloze, listening) does not exist until the field is filled.
"""

from __future__ import annotations

import hashlib
import html
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import genanki

from yakugo.formats import Format
from yakugo.formats.archive import archive
from yakugo.formats.atomic import replacing
from yakugo.furigana import furigana
from yakugo.model import ENGLISH, JAPANESE, QUOTES, Concept, Context, Snapshot, Term, Usage

MODEL_ID = 1_763_900_501
MODEL_NAME = "yakugo term"
# When templates or style last changed (epoch seconds). With a later time Anki takes the new ones,
# unless the learner changed his after it.
MODEL_CHANGED = 1_795_392_000  # 2026-11-23

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
# Each card: the field without which it does not exist, its question, the two parts of its answer
# (files of templates).
_CARDS = {
    "Recognition": ("Japanese", "recognition", "japanese", "english"),
    "Production": ("English", "production", "english", "japanese"),
    "Cloze": ("Cloze", "cloze", "japanese", "english"),
    "Listening": ("Audio", "listening", "japanese", "english"),
}
_TEMPLATES = files("yakugo.formats") / "anki_templates"

_UNDATED = "1980-01-01T00:00:00Z"
# Ids of notes and cards are times in milliseconds to Anki; these lie between 2001 and 2023.
_FIRST_ID = 1_000_000_000_000
_IDS = 700_000_000_000
_DECK_IDS = 1 << 30
# A control character would end a field (1F) or the text (00).
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# Bytes 96 to 99 of an SQLite file: the version of the library that wrote it last.
_SQLITE_VERSION = slice(96, 100)


@dataclass(frozen=True, slots=True)
class Note:
    """One note of the deck.

    `fields` are HTML in the order of `FIELDS`; `changed` is when fields or tags last became what
    they are, in seconds since 1970.
    """

    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    changed: int


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the notes of a snapshot as a deck that Anki imports (File → Import)."""
    collection = _collection(notes(snapshot), snapshot.title)
    package = archive([("collection.anki2", collection), ("media", b"{}")])
    with replacing(path) as temporary:
        temporary.write_bytes(package)


def notes(snapshot: Snapshot) -> list[Note]:
    """A note for each concept that has a usable Japanese and English term.

    In the order in which they are worth learning: by how often the documents of the snapshot
    hold the Japanese terms, then by concept id.
    """
    frequency = Counter({r.candidate.term: r.candidate.frequency for r in snapshot.candidates})

    def usefulness(concept: Concept) -> tuple[int, str]:
        terms = concept.in_language(JAPANESE)
        return -sum(frequency[term.text] for term in terms), concept.id

    made = (_note(concept, snapshot) for concept in sorted(snapshot.concepts, key=usefulness))
    return [note for note in made if note]


def _note(concept: Concept, snapshot: Snapshot) -> Note | None:
    japanese, english = concept.preferred(JAPANESE), concept.preferred(ENGLISH)
    if not japanese or not english:
        return None
    context = snapshot.examples.get(concept.id) or _first_context(concept, japanese)
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
    }
    if context:
        values["Context"] = _emphasized(context)
        values["ContextFurigana"] = _emphasized_furigana(context, concept)
        values["ContextSource"] = _html(context.document)
    fields = tuple(values.get(name, "") for name in FIELDS)
    tags = tuple(filter(None, ("yakugo", _tag(concept.subject_field))))
    guid = str(genanki.guid_for("yakugo", concept.id))
    content = hashlib.sha256("\x1f".join((*fields, *tags)).encode()).hexdigest()
    changed = snapshot.last_changed(f"anki:{guid}", content, concept.changed or _UNDATED)
    return Note(guid, fields, tags, _seconds(changed))


def _first_context(concept: Concept, preferred: Term) -> Context | None:
    terms = (preferred, *concept.in_language(JAPANESE))
    return next((context for term in terms for context in term.contexts), None)


def _others(concept: Concept, preferred: Term) -> list[str]:
    """The other terms that may be used in the language of the preferred one."""
    return [
        term.text
        for term in concept.in_language(preferred.language)
        if term is not preferred and term.usage in (Usage.PREFERRED, Usage.ADMITTED)
    ]


def _emphasized(context: Context) -> str:
    before, term, after = _around(context)
    return f"{_html(before)}<b>{_html(term)}</b>{_html(after)}" if term else _html(before)


def _emphasized_furigana(context: Context, concept: Concept) -> str:
    """The sentence with furigana; in the term they come from the reviewed reading."""
    before, term, after = (_CONTROL.sub("", part) for part in _around(context))
    bare = "".join(char for char in term if char not in QUOTES)
    readings = {t.text: t.reading for t in concept.in_language(JAPANESE)}
    written = _html(furigana(before))
    if term:
        # A tag bounds the reading as a space does: no space at the seams.
        reading = readings.get(term) or readings.get(bare, "")
        written += f"<b>{_html(furigana(term, reading))}</b>{_html(furigana(after))}"
    return written


def _around(context: Context) -> tuple[str, str, str]:
    """The sentence before the term, the term, the rest; all before when it holds no term."""
    if context.start == context.end:
        return context.sentence, "", ""
    sentence = context.sentence
    return sentence[: context.start], context.surface, sentence[context.end :]


def _html(text: str) -> str:
    return html.escape(_CONTROL.sub("", text), quote=False).replace("\n", "<br>")


def _tag(text: str) -> str:
    return "_".join(_CONTROL.sub("", text).split())


def _seconds(time: str) -> int:
    moment = datetime.fromisoformat(time)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _collection(deck_notes: Iterable[Note], title: str) -> bytes:
    """The SQLite file of a deck; the same bytes for the same notes, now and elsewhere."""
    model = genanki.Model(
        MODEL_ID,
        MODEL_NAME,
        fields=[{"name": name} for name in FIELDS],
        templates=[_template(name, *parts) for name, parts in _CARDS.items()],
        css=_file("style.css"),
        sort_field_index=FIELDS.index("Japanese"),
    )
    deck = genanki.Deck(
        1 + _number(f"deck {title}") % _DECK_IDS,
        f"yakugo::{title}",
        "Japanese–English terms with readings and real sentences, made with yakugo.",
    )
    deck.add_model(model)
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.cursor()
        genanki.Package(deck).write_to_db(cursor, MODEL_CHANGED, iter(()))
        taken: set[int] = set()
        for place, note in enumerate(deck_notes):
            row = genanki.Note(model, list(note.fields), tags=note.tags, guid=note.guid, due=place)
            keys = [f"note {note.guid}", *(f"card {note.guid} {card.ord}" for card in row.cards)]
            ids = [_free_id(key, taken) for key in keys]
            row.write_to_db(cursor, note.changed, deck.deck_id, iter(ids))
        connection.commit()
        connection.execute("VACUUM")
        data = bytearray(connection.serialize())
    finally:
        connection.close()
    data[_SQLITE_VERSION] = bytes(4)
    return bytes(data)


def _template(name: str, field: str, question: str, first: str, second: str) -> dict[str, Any]:
    head = _file("head.html")
    parts = (_file(f"{first}.html"), "<hr id=answer>\n", _file(f"{second}.html"))
    return {
        "name": name,
        "qfmt": f"{{{{#{field}}}}}\n{head}{_file(f'{question}.html')}{{{{/{field}}}}}\n",
        "afmt": "".join((head, *parts, _file("details.html"))),
    }


def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _free_id(key: str, taken: set[int]) -> int:
    """An id that a key always has, whatever else is in the deck (short of a hash collision)."""
    number = _FIRST_ID + _number(key) % _IDS
    while number in taken:
        number += 1
    taken.add(number)
    return number


def _number(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])


FORMAT = Format(".apkg", write)
