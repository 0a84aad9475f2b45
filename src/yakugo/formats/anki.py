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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import genanki

from yakugo import anki_collection
from yakugo.anki_collection import Collection, CollectionNote, NoteType
from yakugo.errors import DocumentError
from yakugo.flashcards.notes import FIELDS, NOT_WANTED, TAG, UNWANTED, Note, notes, one_level
from yakugo.formats import Format
from yakugo.formats.archive import archive
from yakugo.formats.atomic import replacing
from yakugo.model import Snapshot

MODEL_ID = 1_763_900_501
MODEL_NAME = "yakugo term"
# When templates or style last changed (epoch seconds). With a later time Anki takes the new ones,
# unless the learner changed his after it.
MODEL_CHANGED = 1_795_564_800  # 2026-11-25

# Each card: the field without which it does not exist, the one that keeps it away, and the files of
# templates that make its question, the upper and the lower half of its answer.
_CARDS = {
    "Recognition": ("Japanese", "Spare1", "recognition", "japanese", "english sentence notes"),
    "Production": ("English", "Spare2", "production", "english", "japanese sentence notes"),
    "Cloze": ("Cloze", "", "cloze", "sentence", "japanese english notes"),
    "Listening": ("Audio", "Spare3", "listening", "japanese", "english sentence notes"),
}
_ABOUT = "Japanese–English terms with readings and real sentences, made with yakugo."
# Fields of ours that a learner may fill while we leave them empty.
_OPEN = ("ContextEnglish", "Audio", "ContextAudio", "Spare4")
_TEMPLATES = files("yakugo.formats") / "anki_templates"

_SOUND = re.compile(r"\[sound:(.+?)\]")
_NOTE = f"INSERT INTO notes VALUES ({', '.join('?' * 11)})"
_CARD = f"INSERT INTO cards VALUES ({', '.join('?' * 18)})"
_Row = tuple[int | str, ...]
_UNSYNCED = -1
_NEVER_ANSWERED = (0, 0, 0, 0, 0, 0, 0, 0, "")  # interval, ease, answers, lapses … of a new card
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
    """A learner's note type, his notes by GUID, and which cards he has of each, by their names."""

    type: NoteType
    notes: dict[str, CollectionNote]
    cards: dict[str, set[str]]

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
    if learner:
        made = [note for note in made if not note.retired or note.guid in learner.notes]
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
        css=_file("style", ".css"),
        sort_field_index=names.index("Japanese"),
    )
    top = f"{TAG}::{one_level(title)}"
    fields = {"", *(note.field for note in deck_notes)}
    decks = {
        field: _deck(top, field if subdecks else "", model, credit) for field in sorted(fields)
    }
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.cursor()
        package = genanki.Package([*decks.values()])
        package.write_to_db(cursor, MODEL_CHANGED, iter(()))
        ids = {field: deck.deck_id for field, deck in decks.items()}
        rows, cards = _rows(deck_notes, learner, names, int(model.model_id), ids)
        cursor.executemany(_NOTE, rows)
        cursor.executemany(_CARD, cards)
        connection.commit()
        connection.execute("VACUUM")
        data = bytearray(connection.serialize())
    finally:
        connection.close()
    data[_SQLITE_VERSION] = bytes(4)
    return bytes(data)


def _deck(top: str, field: str, model: Any, credit: str) -> Any:
    name = "::".join(filter(None, (top, one_level(field))))
    deck = genanki.Deck(
        1 + _number(f"deck {name.removeprefix(f'{TAG}::')}") % _DECK_IDS,
        name,
        f"{_ABOUT} {credit}".strip(),
    )
    deck.add_model(model)
    return deck


def _rows(
    deck_notes: Iterable[Note],
    learner: _Learner | None,
    names: Sequence[str],
    type: int,
    decks: Mapping[str, int],
) -> tuple[list[_Row], list[_Row]]:
    """The rows of notes and of their cards, in the columns of Anki's tables.

    Written by hand and all at once: genanki writes them one by one, and knows nothing of what keeps
    a card away.
    """
    rows: list[_Row] = []
    cards: list[_Row] = []
    taken: set[int] = set()
    sorted_by = names.index("Japanese")
    gates = [(names.index(f), names.index(a) if a else None) for f, a, *_ in _CARDS.values()]
    for place, note in enumerate(deck_notes):
        values, tags, changed = _merged(note, learner)
        id = _free_id(f"note {note.guid}", taken)
        texts = f" {' '.join(tags)} ", "\x1f".join(values), values[sorted_by]
        rows.append((id, note.guid, type, changed, _UNSYNCED, *texts, 0, 0, ""))
        for kind, (field, away) in enumerate(gates):
            if values[field] and not (away and values[away]) and not note.retired:
                new = (id + 1 + kind, id, decks[note.field], kind, changed, _UNSYNCED, 0, 0, place)
                cards.append((*new, *_NEVER_ANSWERED))
    return rows, cards


def _template(
    name: str, field: str, away: str, question: str, upper: str, lower: str
) -> dict[str, Any]:
    head = _file("head")
    shown = f"{head}{_file(question)}"
    if away:
        shown = f"{{{{^{away}}}}}\n{shown}{{{{/{away}}}}}\n"
    answer = (head, _file(upper), "<hr id=answer>\n", *map(_file, lower.split()))
    return {
        "name": name,
        "qfmt": f"{{{{#{field}}}}}\n{shown}{{{{/{field}}}}}\n",
        "afmt": "".join(answer),
    }


def _file(name: str, suffix: str = ".html") -> str:
    return (_TEMPLATES / f"{name}{suffix}").read_text(encoding="utf-8")


# --- onto what a learner has


def _learner(path: Path, made: Iterable[Note]) -> _Learner:
    collection = anki_collection.read(path)
    guids = {note.guid for note in made}
    found = {note.guid: note for note in collection.notes.values() if note.guid in guids}
    type = _type_of(collection, path, found.values())
    theirs = {guid: note for guid, note in found.items() if note.type == type.id}
    cards: dict[str, set[str]] = {guid: set() for guid in theirs}
    for card in collection.cards.values():
        guid = collection.notes[card.note].guid if card.note in collection.notes else ""
        if guid in cards and card.position < len(type.cards):
            cards[guid].add(type.cards[card.position])
    return _Learner(type, theirs, cards)


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
    values = ours | {name: had[name] for name in learner.own_fields if name in had}
    values |= {name: had[name] for name in _OPEN if had.get(name) and not ours[name]}
    values |= _kept_cards(ours, had, learner.cards[note.guid])
    tags = tuple(dict.fromkeys((*note.tags, *filter(_is_own, theirs.tags))))
    fields = tuple(values[name] for name in learner.type.fields)
    if fields == theirs.fields and set(tags) == set(theirs.tags):
        return fields, tags, theirs.changed
    return fields, tags, max(note.changed, theirs.changed + 1)


def _kept_cards(ours: dict[str, str], had: dict[str, str], cards: set[str]) -> dict[str, str]:
    """What keeps cards from being made, without what would blank one that the learner has.

    What he wrote there himself stays.
    """
    kept = {}
    for kind, field in UNWANTED.items():
        theirs = had.get(field, "")
        if kind.value.capitalize() in cards and ours[field]:
            kept[field] = ""
        if theirs and theirs != NOT_WANTED:
            kept[field] = theirs
    if "Cloze" in cards and not ours["Cloze"]:
        kept["Cloze"] = had.get("Cloze", "")
    return kept


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
