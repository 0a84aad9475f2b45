"""English from JMdict: the general dictionary, read from the SQLite file of `jamdict-data`.

JMdict and JMnedict are the property of the Electronic Dictionary Research and Development Group,
used under its licence (CC BY-SA 4.0). Without the package everything else works; nothing is
offered from the dictionary.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from math import log1p
from typing import Any, NamedTuple

import jaconv

from yakugo import tables
from yakugo.equivalents import english
from yakugo.model import Evidence, Offer

PROVIDER = "dictionary"

# How often the first, second … equivalent is right (the annotated texts developed on: .77, .5, .2).
_SCORES = (0.75, 0.5, 0.25, 0.15, 0.1)
_MOST_OFFERS = 8

# How far down an equivalent goes, in units in which each further sense counts `_SENSE`; measured on
# the words of the list of field.py, each held against the others.
_SENSE = 0.2
_GLOSS = 0.3  # times the logarithm of its place in the sense
_USUAL = 0.3  # taken off when its words are usual in the field
_OFTEN = 20  # a word in so many terms is as usual as can be

_CHUNK = 500  # SQLite takes a limited number of variables in one statement
_NOTE = re.compile(r"\s*\([^()]*\)\s*")

# Kanji spellings first, then words usually written in kana, then names of organizations:
# JMnedict's other types (persons, places) are not terms. The + keeps SQLite from starting with
# the index on a language or a type, which is all of the dictionary.
_SENSES = """
select w.text, s.idseq, s.ID, g.text
from {table} w join Sense s on s.idseq = w.idseq join SenseGloss g on g.sid = s.ID
where w.text in ({marks}) and +g.lang = 'eng'
order by w.text, w.idseq, s.ID, g.rowid
"""
_NAMES = """
select w.text, t.idseq, t.ID, g.text
from NEKanji w join NETranslation t on t.idseq = w.idseq
join NETransGloss g on g.tid = t.ID join NETransType y on y.tid = t.ID
where w.text in ({marks}) and +y.text in ('organization', 'work', 'product')
order by w.text, w.idseq, t.ID, g.rowid
"""
_PLACES = """
select w.text, t.idseq, t.ID, g.text
from NEKanji w join NETranslation t on t.idseq = w.idseq
join NETransGloss g on g.tid = t.ID join NETransType y on y.tid = t.ID
where w.text in ({marks}) and +y.text = 'place'
order by w.text, w.idseq, t.ID, g.rowid
"""
_TAGS = "select sid, text from {table} where sid in ({marks})"
_ATTESTED = "select distinct text from {table} where text in ({marks})"
_KNOWN = "select distinct text from {table} where text in ({marks})"


class Sense(NamedTuple):
    """One sense of a dictionary entry: the entry's number, its place among the senses, English.

    The place is where it should stand in texts on security: senses that are archaic, colloquial or
    of another field (tags.tsv) are further down than in the dictionary.
    """

    entry: int
    place: float
    glosses: tuple[str, ...]


_local = threading.local()


def _connection() -> sqlite3.Connection | None:
    """A read-only connection of this thread, or None when jamdict-data is not installed."""
    if not hasattr(_local, "connection"):
        try:
            from jamdict_data import JAMDICT_DB_PATH
        except ImportError:
            _local.connection = None
        else:
            uri = f"file:{JAMDICT_DB_PATH}?mode=ro&immutable=1"
            _local.connection = sqlite3.connect(uri, uri=True)
    connection: sqlite3.Connection | None = _local.connection
    return connection


MISSING = (
    "JMdict is not installed, so that no English comes from it; pip install jamdict-data brings it"
)


def is_installed() -> bool:
    """Whether the dictionary is there; without it nothing is found, see `MISSING`."""
    return _connection() is not None


_HALF_WIDTH = re.compile("[!-~ｦ-ﾟ]")


def _spelling(word: str) -> str:
    """JMdict writes Latin letters and digits full width: ＮＡＴＯ."""
    if not _HALF_WIDTH.search(word):
        return word
    return str(jaconv.h2z(unicodedata.normalize("NFKC", word), kana=False, ascii=True, digit=True))


def _by_spelling(words: Iterable[str]) -> dict[str, list[str]]:
    """The words by how JMdict writes them: NATO and ＮＡＴＯ are one there."""
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        found.setdefault(_spelling(word), []).append(word)
    return found


def _rows(statement: str, values: Collection[str] | Collection[int]) -> Iterator[Any]:
    connection = _connection()
    if connection is None:
        return
    listed: list[Any] = list(values)
    for start in range(0, len(listed), _CHUNK):
        chunk = listed[start : start + _CHUNK]
        yield from connection.execute(
            statement.replace("{marks}", ",".join("?" * len(chunk))), chunk
        )


_KANA = re.compile("[ぁ-ゖァ-ヺー・゛゜ヽヾゝゞ]+")


def known(words: Collection[str]) -> set[str]:
    """Those of the words that are headwords of the dictionary."""
    by_spelling = _by_spelling(words)
    # What is all kana stands in one table, everything else in the other.
    kana = {spelling for spelling in by_spelling if _KANA.fullmatch(spelling)}
    found = set()
    for table, spellings in (("Kana", kana), ("Kanji", by_spelling.keys() - kana)):
        for row in _rows(_KNOWN.replace("{table}", table), spellings):
            found.update(by_spelling[row[0]])
    return found


_GENITIVE_HEAD = re.compile(r"[一-鿿ァ-ヺー]+の([一-鿿ァ-ヺー]{2,})")
_SEVERAL = 3


@cache
def genitive_heads() -> frozenset[str]:
    """The right sides of several headwords with の: 自由 because of 学問の自由 and others."""
    connection = _connection()
    if connection is None:
        return frozenset()
    rows = connection.execute("select distinct text from Kanji where text like '%の%'")
    matches = filter(None, (_GENITIVE_HEAD.fullmatch(row[0]) for row in rows))
    counted = Counter(match[1] for match in matches)
    return frozenset(head for head, times in counted.items() if times >= _SEVERAL)


def senses(words: Collection[str]) -> dict[str, list[Sense]]:
    """The senses of each word that the dictionary has, the likeliest in this field first."""
    by_spelling = _by_spelling(words)
    result: dict[str, list[Sense]] = {}
    for statement in (
        _SENSES.replace("{table}", "Kanji"),
        _SENSES.replace("{table}", "Kana"),
        _NAMES,
    ):
        missing = [spelling for spelling in by_spelling if by_spelling[spelling][0] not in result]
        glosses: dict[tuple[str, int, int], list[str]] = {}
        for spelling, entry, sense, gloss in _rows(statement, missing):
            for word in by_spelling[spelling]:
                glosses.setdefault((word, entry, sense), []).append(gloss)
        down = _down({sense for _, _, sense in glosses}) if statement is not _NAMES else {}
        for (word, entry, sense), texts in glosses.items():
            listed = result.setdefault(word, [])
            listed.append(Sense(entry, len(listed) + down.get(sense, 0), tuple(texts)))
    for listed in result.values():
        listed.sort(key=lambda sense: sense.place)
    return result


def _down(senses: Collection[int]) -> dict[int, int]:
    """By how many places the tags of each sense move it down (up, when negative)."""
    places = {(row["table"], row["tag"]): int(row["places"]) for row in tables.table(_TAG_TABLE)}
    moved: dict[int, int] = {}
    for table in dict.fromkeys(table for table, _ in places):
        for sense, tag in _rows(_TAGS.replace("{table}", table), senses):
            moved[sense] = moved.get(sense, 0) + places.get((table, tag), 0)
    return moved


_TAG_TABLE = "equivalents/tags.tsv"


def names(words: Collection[str]) -> dict[str, list[str]]:
    """The places of JMnedict that are written so."""
    result: dict[str, list[str]] = {}
    for word, _, _, gloss in _rows(_PLACES, words):
        result.setdefault(word, []).append(without_notes(gloss))
    return result


def without_notes(gloss: str) -> str:
    """A gloss without its notes in brackets."""
    return _NOTE.sub(" ", gloss).strip()


def attested(phrases: Collection[str]) -> set[str]:
    """Those English phrases that the dictionary has, of whatever Japanese."""
    return {
        row[0]
        for table in ("SenseGloss", "NETransGloss")
        for row in _rows(_ATTESTED.replace("{table}", table), phrases)
    }


def offers(words: Collection[str], usual: Mapping[str, int]) -> dict[str, list[Offer]]:
    """Equivalents of each word, the likeliest first; notes in brackets taken off.

    `usual` says in how many terms of the field an English word stands (see `english.key`).
    """
    result: dict[str, list[Offer]] = {}
    for word, found in senses(words).items():
        ranked = sorted(
            (
                (_cost(sense.place, i, text, usual), sense.entry, gloss, text)
                for sense in found
                for i, gloss in enumerate(sense.glosses)
                if (text := without_notes(gloss))
            ),
            key=lambda row: row[0],
        )
        result[word] = [
            Offer(
                text,
                _SCORES[min(rank, len(_SCORES) - 1)],
                (Evidence(PROVIDER, f"JMdict {entry}: {gloss}"),),
            )
            for rank, (_, entry, gloss, text) in enumerate(ranked[:_MOST_OFFERS])
        ]
    return result


def _cost(place: float, gloss: int, text: str, usual: Mapping[str, int]) -> float:
    words = [word for word in english.key(text).split() if word not in english.FUNCTION_WORDS]
    known = sum(min(1.0, log1p(usual.get(word, 0)) / log1p(_OFTEN)) for word in words)
    return _SENSE * place + _GLOSS * log1p(gloss) - _USUAL * known / max(len(words), 1)
