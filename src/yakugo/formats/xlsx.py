"""The Excel workbook that a translator keeps open: sheets Glossary, Candidates and Statistics.

Its texts are as in `rows`, its cells as in `sheets`: nothing in it runs, and the same snapshot
gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from yakugo.formats import Format
from yakugo.formats.rows import (
    CANDIDATES,
    GLOSSARY,
    STATISTICS,
    candidate_rows,
    glossary_rows,
    statistics_rows,
)
from yakugo.formats.sheets import add_table, writing
from yakugo.model import Snapshot


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the workbook of a snapshot. Rows may be typed in below those that are there."""
    with writing(path, snapshot.title, snapshot.as_of) as workbook:
        add_table(workbook, "Glossary", GLOSSARY, glossary_rows(snapshot))
        add_table(workbook, "Candidates", CANDIDATES, candidate_rows(snapshot.candidates))
        add_table(workbook, "Statistics", STATISTICS, statistics_rows(snapshot))


FORMAT = Format(".xlsx", write)
