"""The pipeline as one call, without a workspace: texts in, a DataFrame out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from yakugo import candidates, documents, ranking, variants
from yakugo.counting import without_garbage_collection
from yakugo.equivalents import glosses
from yakugo.formats import tbx
from yakugo.formats.rows import CANDIDATES, Row, candidate_rows
from yakugo.model import Concept
from yakugo.workspace import shipped_glossary

if TYPE_CHECKING:
    import pandas as pd


def collect(
    sources: Iterable[str | Path], glossary: Iterable[Concept] | None = None
) -> pd.DataFrame:
    """Collect term candidates from texts, best first: one row a candidate.

    A `str` is a text, a `Path` a file of any kind that `yakugo collect` reads. The columns are
    term, reading, english (offers, best first, joined by "; "), score, frequency, documents,
    status, context, document, evidence, kind, pieces (joined by "|"), variants (other spellings)
    and short_for (the full form of an abbreviation). `glossary` is what is
    already reviewed: the shipped glossary when it is None. DocumentError for a file or a text
    that cannot be read.
    """
    import pandas as pd

    if isinstance(sources, str | Path):
        raise TypeError("collect takes a list of texts or paths, not a single one")
    concepts = list(tbx.read(shipped_glossary()) if glossary is None else glossary)
    with without_garbage_collection():
        rows = _rows(sources, concepts)
    return pd.DataFrame(rows, columns=[column.name for column in CANDIDATES])


def _rows(sources: Iterable[str | Path], concepts: list[Concept]) -> list[Row]:
    background = ranking.background(concepts)
    read = [
        documents.read(source)
        if isinstance(source, Path)
        else documents.from_text(source, f"text {number}")
        for number, source in enumerate(sources, 1)
    ]
    found = candidates.merge(candidates.collect(document, background) for document in read)
    grouped = variants.grouped(found)
    glossed = [gloss for document in read for gloss in glosses.find(document)]
    return candidate_rows(ranking.rank(grouped, concepts, glossed))
