"""Flashcards as a table (CSV), for any program that imports one: RemNote, Brainscape, a script.

The Japanese and the English stand first, as programs that know only a front and a back take the
first two columns. Else as in `csv`: UTF-8 with a byte order mark, a header, CRLF, and nothing that
a spreadsheet would run.
"""

from __future__ import annotations

from pathlib import Path

from yakugo.formats import Format
from yakugo.formats.csv import write_table
from yakugo.formats.rows import Column, Kind, Row, joined
from yakugo.formats.vocabulary import Word, text_of, vocabulary
from yakugo.furigana import notation
from yakugo.model import Snapshot

COLUMNS = (
    Column("japanese", "Japanese", Kind.TERM),
    Column("english", "English", Kind.TERM),
    Column("reading", "Reading", Kind.TERM),
    Column("furigana", "Furigana", Kind.TERM),
    Column("other_japanese", "Other Japanese", Kind.TERM),
    Column("other_english", "Other English", Kind.TERM),
    Column("definition", "Definition", Kind.PROSE),
    Column("sentence", "Sentence", Kind.PROSE),
    Column("sentence_furigana", "Sentence with furigana", Kind.PROSE),
    Column("source", "Source", Kind.LABEL),
    Column("subject_field", "Subject field", Kind.LABEL),
    Column("concept", "Concept", Kind.LABEL),
)


def write(snapshot: Snapshot, path: Path) -> None:
    """Write a row for each word to learn, the most useful first."""
    write_table(path, COLUMNS, [_row(word) for word in vocabulary(snapshot)])


def _row(word: Word) -> Row:
    return (
        word.japanese,
        word.english,
        word.reading,
        notation(word.furigana),
        joined(word.other_japanese),
        joined(word.other_english),
        word.definition,
        text_of(word.sentence.whole),
        notation(word.sentence.whole),
        word.source,
        word.subject_field,
        word.concept,
    )


FORMAT = Format("-cards.csv", write)
