"""CSV (RFC 4180): the glossary for any program, and the ranking of `yakugo collect --csv`.

Files are UTF-8 with a byte order mark and CRLF, as Excel wants them; a stream gets neither.

A cell that begins with = + - @ (full-width too, which some locales take alike), a tab or a line
break could run as a formula in a spreadsheet (OWASP, CSV Injection): it gets an apostrophe
before it, and so does a cell that already begins with apostrophes before such a character. To
have the text back, take one apostrophe off any cell that `GUARDED` matches. Numbers stay.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from yakugo.formats import Format
from yakugo.formats.atomic import replacing
from yakugo.formats.rows import (
    CANDIDATES,
    GLOSSARY,
    Column,
    Row,
    Value,
    candidate_rows,
    glossary_rows,
)
from yakugo.model import Ranked, Snapshot
from yakugo.spreadsheets.delimited import GUARDED, RISKY

__all__ = ["FORMAT", "GUARDED", "write", "write_candidates", "write_table"]

_APOSTROPHE = "'"


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the glossary: one row a concept, in the columns of `rows.GLOSSARY`."""
    write_table(path, GLOSSARY, glossary_rows(snapshot))


def write_candidates(ranked: Iterable[Ranked], target: Path | TextIO) -> None:
    """Write a ranking, in the columns of `rows.CANDIDATES`, to a file or an open text stream.

    The columns begin term, reading, english, score, frequency, documents, status, context.
    `english` holds the offered equivalents, best first, joined by "; ".
    """
    if isinstance(target, Path):
        write_table(target, CANDIDATES, candidate_rows(ranked))
    else:
        _write_rows(target, CANDIDATES, candidate_rows(ranked), "\n")


def write_table(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """Write rows to a file, under the names of their columns."""
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        _write_rows(file, columns, rows, "\r\n")


def _write_rows(
    stream: TextIO, columns: Sequence[Column], rows: Iterable[Row], line_end: str
) -> None:
    writer = csv.writer(stream, lineterminator=line_end)
    writer.writerow(column.name for column in columns)
    writer.writerows(map(_guarded, row) for row in rows)


def _guarded(value: Value) -> Value:
    return _APOSTROPHE + value if isinstance(value, str) and RISKY.match(value) else value


FORMAT = Format(".csv", write)
