"""What a learner exports from Anki: a deck (.apkg) or the whole collection (.colpkg) → plain data.

Both are zip files around an SQLite database: `collection.anki21b` (Zstandard, Anki 2.1.50 and
later), `collection.anki21` or `collection.anki2`. Beside a newer one stands an older one that only
says that Anki is to be updated. Note types are JSON in the older and tables in the newer.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import zstandard

from yakugo.errors import DocumentError

_NEWEST, _, _OLDEST = _DATABASES = ("collection.anki21b", "collection.anki21", "collection.anki2")
_MOST_BYTES = 4 << 30  # a million notes take less
_CHUNK = 1 << 20
_FIELD_SEPARATOR = "\x1f"
_REMEDY = "export it anew in Anki: File → Export, as .apkg or .colpkg"
# Below the bytes: a zip entry that is encrypted or of a later version (RuntimeError); JSON of
# another shape (the last three).
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, zstandard.ZstdError),
    *(sqlite3.Error, ValueError, KeyError, TypeError, AttributeError),
)


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: the names of its fields and of its cards, in their order."""

    id: int
    name: str
    fields: tuple[str, ...]
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CollectionNote:
    """A note: `fields` are HTML, in the order of its type; `changed` is in seconds since 1970."""

    id: int
    guid: str
    type: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    changed: int


@dataclass(frozen=True, slots=True)
class CollectionCard:
    """A card: `position` is that of its kind among the cards of the note type."""

    id: int
    note: int
    position: int


@dataclass(frozen=True, slots=True)
class CollectionReview:
    """One entry of the review log.

    `id` is its moment in milliseconds since 1970, `button` 1 to 4, or 0 when the card was only
    moved; `kind` is 0 for learning, 1 review, 2 relearning, 3 studied out of turn (filtered decks),
    4 rescheduled by hand, 5 rescheduled by Anki; `took` is in milliseconds. `factor` is 0 where
    an answer out of turn changed nothing.
    """

    id: int
    card: int
    button: int
    kind: int
    took: int
    factor: int


@dataclass(frozen=True, slots=True)
class Collection:
    """A learner's export, by the ids that Anki gave."""

    types: dict[int, NoteType]
    notes: dict[int, CollectionNote]
    cards: dict[int, CollectionCard]
    reviews: tuple[CollectionReview, ...]

    def value(self, note: CollectionNote, field: str) -> str:
        """What a note has in a field, "" when its type has no such field."""
        type = self.types.get(note.type)
        if type is None or field not in type.fields:
            return ""
        position = type.fields.index(field)
        return note.fields[position] if position < len(note.fields) else ""


def read(path: Path) -> Collection:
    """Read a deck or collection that Anki exported, of any version.

    DocumentError for what is no such file, or a damaged one.
    """
    try:
        with _database(path) as (connection, name):
            three = name == _OLDEST and _has_three_buttons(connection)
            return Collection(
                {one.id: one for one in _types(connection)},
                {one.id: one for one in _notes(connection)},
                {row[0]: CollectionCard(*row) for row in _rows(connection, _CARDS)},
                tuple(CollectionReview(*row) for row in _rows(connection, _REVIEWS, three)),
            )
    except FileNotFoundError:
        raise DocumentError(f"{path}: there is no such file") from None
    except OSError as error:
        raise DocumentError(f"cannot read {path}: {error.strerror or error}") from error
    except _DAMAGE as error:
        reason = " ".join(str(error).split())  # SQLite quotes what it cannot read
        raise DocumentError(f"{path} is damaged ({reason}); {_REMEDY}") from error


_CARDS = "select id, cast(nid as integer), cast(ord as integer) from cards order by id"
# Of three buttons the second is good, which is the third of four. An add-on may have written
# anything: a number is made of it, and moments that no calendar has are left out.
_REVIEWS = """
    select id, cast(cid as integer),
        cast(ifnull(ease + (? and ease in (2, 3) and type in (0, 2)), 0) as integer),
        cast(ifnull(type, 0) as integer), cast(ifnull(time, 0) as integer),
        cast(ifnull(factor, 0) as integer)
    from revlog where id between 0 and 253402300799999 order by id
"""
_NOTES = "select id, cast(guid as text), mid, cast(flds as text), tags, mod from notes order by id"


@contextmanager
def _database(path: Path) -> Iterator[tuple[sqlite3.Connection, str]]:
    """The newest database in a package, unpacked into a file that is gone afterwards; its name."""
    with path.open("rb") as opened:
        if not zipfile.is_zipfile(opened):
            raise DocumentError(f"{path} is no export of Anki, or a part of one; {_REMEDY}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "collection.sqlite"
        with zipfile.ZipFile(path) as package, file.open("wb") as target:
            there = [name for name in _DATABASES if name in package.namelist()]
            if not there:
                raise DocumentError(f"{path} holds no collection of Anki; {_REMEDY}")
            with package.open(there[0]) as packed:
                _copy(packed, target, there[0] == _NEWEST, path)
        uri = f"{file.as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.create_collation("unicase", _ignoring_case)
            yield connection, there[0]


def _has_three_buttons(connection: sqlite3.Connection) -> bool:
    """Whether cards that are learnt were answered by again, good, easy: before Anki's scheduler 2.

    It came with `collection.anki21`; a collection that does not name its scheduler has the first.
    """
    (settings,) = connection.execute("select conf from col").fetchone()
    return bool(settings) and int(json.loads(settings).get("schedVer", 1)) == 1


def _copy(packed: IO[bytes], target: IO[bytes], compressed: bool, path: Path) -> None:
    """Unpack a database, but no more of it than a collection can be."""
    source: Any = zstandard.ZstdDecompressor().stream_reader(packed) if compressed else packed
    size = 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > _MOST_BYTES:
            raise DocumentError(f"{path} unpacks to more than {_MOST_BYTES >> 30} GiB; {_REMEDY}")
        target.write(chunk)


def _types(connection: sqlite3.Connection) -> Iterator[NoteType]:
    if connection.execute("select 1 from sqlite_master where name = 'notetypes'").fetchone():
        fields = _names(connection, "fields")
        cards = _names(connection, "templates")
        for id, name in _rows(connection, "select id, name from notetypes order by id"):
            yield NoteType(id, name, fields.get(id, ()), cards.get(id, ()))
        return
    (models,) = connection.execute("select models from col").fetchone()
    for key, model in sorted(json.loads(models).items()):
        names = [
            tuple(one["name"] for one in sorted(model[part], key=lambda one: one["ord"]))
            for part in ("flds", "tmpls")
        ]
        yield NoteType(int(key), model["name"], *names)


def _names(connection: sqlite3.Connection, table: str) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for id, name in _rows(connection, f"select ntid, name from {table} order by ntid, ord"):
        found[id] = (*found.get(id, ()), name)
    return found


def _notes(connection: sqlite3.Connection) -> Iterator[CollectionNote]:
    for id, guid, type, fields, tags, changed in _rows(connection, _NOTES):
        values = tuple(fields.split(_FIELD_SEPARATOR))
        yield CollectionNote(id, guid, type, values, tuple(tags.split()), changed)


def _rows(connection: sqlite3.Connection, query: str, *values: bool) -> Iterator[Any]:
    yield from connection.execute(query, values)


def _ignoring_case(one: str, other: str) -> int:
    """How Anki sorts names, nearly: only the index needs it, and nothing is looked up by name."""
    first, second = one.casefold(), other.casefold()
    return (first > second) - (first < second)
