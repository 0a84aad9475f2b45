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
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

import jaconv

from yakugo.model import Evidence, Offer

# What the first equivalent of a word's first sense is worth; later ones less, see `_score`.
FIRST_SCORE = 0.7
_STEP_SENSE = 0.08
_STEP_GLOSS = 0.02
_LOWEST = 0.1
_MOST_OFFERS = 8

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
_KNOWN = "select distinct text from {table} where text in ({marks})"


class Sense(NamedTuple):
    """One sense of a dictionary entry: the entry's number, its place among the senses, English."""

    entry: int
    position: int
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


_HALF_WIDTH = re.compile("[!-~ｦ-ﾟ]")


def _spelling(word: str) -> str:
    """JMdict writes Latin letters and digits full width: ＮＡＴＯ."""
    if not _HALF_WIDTH.search(word):
        return word
    return str(jaconv.h2z(unicodedata.normalize("NFKC", word), kana=False, ascii=True, digit=True))


def _rows(statement: str, spellings: Collection[str]) -> Iterator[tuple[str, int, int, str]]:
    connection = _connection()
    if connection is None:
        return
    spellings = list(spellings)
    for start in range(0, len(spellings), _CHUNK):
        chunk = spellings[start : start + _CHUNK]
        yield from connection.execute(
            statement.replace("{marks}", ",".join("?" * len(chunk))), chunk
        )


_KANA = re.compile("[ぁ-ゖァ-ヺー・゛゜ヽヾゝゞ]+")


def known(words: Collection[str]) -> set[str]:
    """Those of the words that are headwords of the dictionary."""
    by_spelling = {_spelling(word): word for word in words}
    # What is all kana stands in one table, everything else in the other.
    kana = {spelling for spelling in by_spelling if _KANA.fullmatch(spelling)}
    found = set()
    for table, spellings in (("Kana", kana), ("Kanji", by_spelling.keys() - kana)):
        for row in _rows(_KNOWN.replace("{table}", table), spellings):
            found.add(by_spelling[row[0]])
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
    """The senses of each word that the dictionary has, in its order."""
    by_spelling = {_spelling(word): word for word in words}
    result: dict[str, list[Sense]] = {}
    for statement in (
        _SENSES.replace("{table}", "Kanji"),
        _SENSES.replace("{table}", "Kana"),
        _NAMES,
    ):
        missing = [spelling for spelling, word in by_spelling.items() if word not in result]
        glosses: dict[tuple[str, int, int], list[str]] = {}
        for spelling, entry, sense, gloss in _rows(statement, missing):
            glosses.setdefault((by_spelling[spelling], entry, sense), []).append(gloss)
        for (word, entry, _), texts in glosses.items():
            listed = result.setdefault(word, [])
            listed.append(Sense(entry, len(listed), tuple(texts)))
    return result


def offers(words: Collection[str]) -> dict[str, list[Offer]]:
    """Equivalents of each word, those of the first sense first; notes in brackets taken off."""
    result: dict[str, list[Offer]] = {}
    for word, found in senses(words).items():
        listed = result.setdefault(word, [])
        for sense in found:
            for i, gloss in enumerate(sense.glosses):
                english = _NOTE.sub(" ", gloss).strip()
                if english and len(listed) < _MOST_OFFERS:
                    evidence = Evidence("dictionary", f"JMdict {sense.entry}: {gloss}")
                    listed.append(Offer(english, _score(sense.position, i), (evidence,)))
    return result


def _score(sense: int, gloss: int) -> float:
    return round(max(FIRST_SCORE - sense * _STEP_SENSE - gloss * _STEP_GLOSS, _LOWEST), 3)
