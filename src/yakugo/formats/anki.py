"""Anki decks (.apkg): one note a concept, its cards, a deck for each subject field.

Anki counts as another note type what has other names of fields or cards, and then updates no
note at all. So the names of `notes.FIELDS` and below are final: what comes later fills a field
that is there already. A card whose field is empty (cloze, listening) does not exist until the
field is filled.

A learner may have fields of his own in the note type, and Anki wipes tags and fields of a note
that it updates. A deck that is made onto his own export (`CardOptions.onto`) has his fields, with
what he wrote there, and his tags beside ours: importing it changes none of them.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import genanki

from yakugo import anki_collection
from yakugo.anki_collection import Collection, CollectionNote, NoteType
from yakugo.errors import DocumentError
from yakugo.flashcards.notes import FIELDS, TAG, Note, notes
from yakugo.formats import Format
from yakugo.formats.archive import archive
from yakugo.formats.atomic import replacing
from yakugo.model import Snapshot

MODEL_ID = 1_763_900_501
MODEL_NAME = "yakugo term"
# When templates or style last changed (epoch seconds). With a later time Anki takes the new ones,
# unless the learner changed his after it.
MODEL_CHANGED = 1_795_392_000  # 2026-11-23

# Each card: the field without which it does not exist and the one that keeps it away, its question,
# the two parts of its answer (files of templates).
_CARDS = {
    "Recognition": ("Japanese", "Spare1", "recognition", "japanese", "english"),
    "Production": ("English", "Spare2", "production", "english", "japanese"),
    "Cloze": ("Cloze", "", "cloze", "japanese", "english"),
    "Listening": ("Audio", "Spare3", "listening", "japanese", "english"),
}
_ABOUT = "Japanese–English terms with readings and real sentences, made with yakugo."
_SPARE = ("Spare4",)  # what a learner may fill
_TEMPLATES = files("yakugo.formats") / "anki_templates"

_SOUND = re.compile(r"\[sound:(.+?)\]")
_FAST = 1  # compression: a deck is as small by a tenth at most, and takes twice as long, at 6
# Ids of notes and cards are times in milliseconds to Anki; these lie between 2001 and 2023.
_FIRST_ID = 1_000_000_000_000
_IDS = 700_000_000_000
_APART = 8  # ids for a note and its cards
_DECK_IDS = 1 << 30
# Bytes 96 to 99 of an SQLite file: the version of the library that wrote it last.
_SQLITE_VERSION = slice(96, 100)


@dataclass(frozen=True, slots=True)
class _Learner:
    """A learner's note type, and his notes by GUID."""

    type: NoteType
    notes: dict[str, CollectionNote]

    @property
    def own_fields(self) -> tuple[str, ...]:
        return tuple(name for name in self.type.fields if name not in FIELDS)


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the notes of a snapshot as a deck that Anki imports (File → Import).

    DocumentError when the learner's export that it is made onto cannot be used.
    """
    write_notes(notes(snapshot), snapshot, path)


def write_notes(made: Sequence[Note], snapshot: Snapshot, path: Path) -> None:
    """Write notes that are made already."""
    learner = _learner(snapshot.cards.onto, made) if snapshot.cards.onto else None
    credit = snapshot.credit if snapshot.sounds else ""
    collection = _collection(made, snapshot.title, snapshot.cards.subdecks, learner, credit)
    package = archive([("collection.anki2", collection), *_media(snapshot, made)], _FAST)
    with replacing(path) as temporary:
        temporary.write_bytes(package)


def _media(snapshot: Snapshot, made: Iterable[Note]) -> list[tuple[str, bytes]]:
    """The sounds that the notes play, by number, and the list of their names."""
    played = {name for note in made for field in note.fields for name in _SOUND.findall(field)}
    paths = sorted({path for path in snapshot.sounds.values() if path.name in played})
    names = {str(number): path.name for number, path in enumerate(paths)}
    files = [(str(number), path.read_bytes()) for number, path in enumerate(paths)]
    return [("media", json.dumps(names).encode()), *files]


def _collection(
    deck_notes: Sequence[Note],
    title: str,
    subdecks: bool,
    learner: _Learner | None,
    credit: str,
) -> bytes:
    """The SQLite file of a deck; the same bytes for the same notes, now and elsewhere."""
    names = learner.type.fields if learner else FIELDS
    model = genanki.Model(
        learner.type.id if learner else MODEL_ID,
        learner.type.name if learner else MODEL_NAME,
        fields=[{"name": name} for name in names],
        templates=[_template(name, *parts) for name, parts in _CARDS.items()],
        css=_file("style.css"),
        sort_field_index=FIELDS.index("Japanese"),
    )
    top = f"yakugo::{title}"
    fields = {"", *(note.field for note in deck_notes)}
    decks = {
        field: _deck(top, field if subdecks else "", model, credit) for field in sorted(fields)
    }
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.cursor()
        package = genanki.Package([*decks.values()])
        package.write_to_db(cursor, MODEL_CHANGED, iter(()))
        taken: set[int] = set()
        for place, note in enumerate(deck_notes):
            values, tags, changed = _merged(note, learner)
            row = genanki.Note(model, list(values), tags=tags, guid=note.guid, due=place)
            row.cards = _cards(dict(zip(names, values, strict=True)))
            id = _free_id(f"note {note.guid}", taken)
            ids = iter((id, *(id + 1 + card.ord for card in row.cards)))
            row.write_to_db(cursor, changed, decks[note.field].deck_id, ids)
        connection.commit()
        connection.execute("VACUUM")
        data = bytearray(connection.serialize())
    finally:
        connection.close()
    data[_SQLITE_VERSION] = bytes(4)
    return bytes(data)


def _deck(top: str, field: str, model: Any, credit: str) -> Any:
    name = "::".join(filter(None, (top, field.replace("::", ": "))))
    deck = genanki.Deck(
        1 + _number(f"deck {name.removeprefix('yakugo::')}") % _DECK_IDS,
        name,
        f"{_ABOUT} {credit}".strip(),
    )
    deck.add_model(model)
    return deck


def _cards(values: dict[str, str]) -> list[Any]:
    """The cards that Anki makes of the templates: genanki knows nothing of what keeps one away."""
    return [
        genanki.Card(place)
        for place, (field, away, *_) in enumerate(_CARDS.values())
        if values[field] and not (away and values[away])
    ]


def _template(
    name: str, field: str, away: str, question: str, first: str, second: str
) -> dict[str, Any]:
    head = _file("head.html")
    parts = (_file(f"{first}.html"), "<hr id=answer>\n", _file(f"{second}.html"))
    shown = f"{head}{_file(f'{question}.html')}"
    if away:
        shown = f"{{{{^{away}}}}}\n{shown}{{{{/{away}}}}}\n"
    return {
        "name": name,
        "qfmt": f"{{{{#{field}}}}}\n{shown}{{{{/{field}}}}}\n",
        "afmt": "".join((head, *parts, _file("details.html"))),
    }


def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


# --- onto what a learner has


def _learner(path: Path, made: Iterable[Note]) -> _Learner:
    collection = anki_collection.read(path)
    guids = {note.guid for note in made}
    found = {note.guid: note for note in collection.notes.values() if note.guid in guids}
    type = _type_of(collection, path, found.values())
    return _Learner(type, {guid: note for guid, note in found.items() if note.type == type.id})


def _type_of(collection: Collection, path: Path, found: Iterable[CollectionNote]) -> NoteType:
    """The note type that most of our notes have there."""
    ids = [note.type for note in found]
    if not ids:
        raise DocumentError(
            f"{path} holds no note of this glossary; in Anki export the deck that you learn"
        )
    type = collection.types[max(sorted(set(ids)), key=ids.count)]
    missing = [name for name in FIELDS if name not in type.fields]
    if missing:
        raise DocumentError(
            f"{path}: the note type {type.name} has no field {missing[0]}; name it so again in Anki"
        )
    own = [name for name in type.cards if name not in _CARDS]
    if own or len(type.cards) != len(_CARDS):
        which = own[0] if own else next(name for name in _CARDS if name not in type.cards)
        raise DocumentError(
            f"{path}: the note type {type.name} has other cards ({which}) than yakugo makes; "
            "Anki would not update its notes"
        )
    return type


def _merged(note: Note, learner: _Learner | None) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Fields, tags and time of a note, with what the learner has added to it."""
    if learner is None:
        return note.fields, note.tags, note.changed
    ours = dict(zip(FIELDS, note.fields, strict=True))
    theirs = learner.notes.get(note.guid)
    if theirs is None:
        return tuple(ours.get(name, "") for name in learner.type.fields), note.tags, note.changed
    had = dict(zip(learner.type.fields, theirs.fields, strict=False))
    own = {name: had.get(name, "") for name in (*learner.own_fields, *_SPARE)}
    values = {**ours, **{name: own[name] for name in own if not ours.get(name)}}
    tags = tuple(dict.fromkeys((*note.tags, *filter(_is_own, theirs.tags))))
    fields = tuple(values[name] for name in learner.type.fields)
    if fields == theirs.fields and set(tags) == set(theirs.tags):
        return fields, tags, theirs.changed
    return fields, tags, max(note.changed, theirs.changed + 1)


def _is_own(tag: str) -> bool:
    return tag.casefold() != TAG and not tag.casefold().startswith(f"{TAG}::")


def _free_id(key: str, taken: set[int]) -> int:
    """An id that a key always has, whatever else is in the deck (short of a hash collision).

    Those that follow it are free for its cards.
    """
    number = _FIRST_ID + _number(key) % (_IDS // _APART) * _APART
    while number in taken:
        number += _APART
    taken.add(number)
    return number


def _number(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])


FORMAT = Format(".apkg", write)
