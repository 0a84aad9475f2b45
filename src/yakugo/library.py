"""The pipeline as one call, without a workspace: texts in, a DataFrame out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from yakugo import candidates, documents, ranking, scale, variants
from yakugo.counting import without_garbage_collection
from yakugo.documents import Document
from yakugo.equivalents import Equivalents
from yakugo.formats import tbx
from yakugo.formats.rows import CANDIDATES, Row, candidate_rows
from yakugo.model import Concept, Gloss
from yakugo.reference import General
from yakugo.workspace import shipped_glossary

if TYPE_CHECKING:
    import pandas as pd


def collect(
    sources: Iterable[str | Path],
    glossary: Iterable[Concept] | None = None,
    jobs: int = 1,
    against: Iterable[str | Path] = (),
    meaning: bool = False,
) -> pd.DataFrame:
    """Collect term candidates from texts, best first: one row a candidate.

    A `str` is a text, a `Path` a file of any kind that `yakugo collect` reads. The columns are
    term, reading, english (offers, best first, joined by "; "), score, frequency, documents,
    status, context, document, evidence, kind, pieces (joined by "|"), variants (other spellings)
    and short_for (the full form of an abbreviation). `glossary` is what is already reviewed: the
    shipped glossary when it is None. `against` are general texts: what stands there as often ranks
    lower. `jobs` processes read long texts; a script that asks for more than one needs
    `if __name__ == "__main__":` around what it does. `meaning` has composed English judged by the
    optional encoder (pip install 'yakugo[meaning]').
    DocumentError for a file or a text that cannot be read.
    """
    import pandas as pd

    if isinstance(sources, str | Path):
        raise TypeError("collect takes a list of texts or paths, not a single one")
    if isinstance(against, str | Path):
        raise TypeError("against is a list of texts or paths, not a single one")
    concepts = list(tbx.read(shipped_glossary()) if glossary is None else glossary)
    with without_garbage_collection():
        rows = _rows(_read(sources), concepts, jobs, _read(against), meaning)
    return pd.DataFrame(rows, columns=[column.name for column in CANDIDATES])


def _read(sources: Iterable[str | Path]) -> list[Document]:
    return [
        documents.read(source)
        if isinstance(source, Path)
        else documents.from_text(source, f"text {number}")
        for number, source in enumerate(sources, 1)
    ]


def _rows(
    read: list[Document],
    concepts: list[Concept],
    jobs: int,
    against: list[Document],
    meaning: bool,
) -> list[Row]:
    background = ranking.background(concepts)
    collected, general = _length(read), _length(against)
    glossed: list[Gloss] = []
    shards = []
    frequencies = Counter[str]()
    with scale.processes(jobs, collected + general) as executor:
        for document, counts, found in scale.read(read, executor):
            shards.append(candidates.expand(counts, document, background))
            glossed += found
        for document, counts, _ in scale.read(against, executor):
            for one in candidates.expand(counts, document, background):
                frequencies[one.term] += one.frequency
    grouped = variants.grouped(candidates.merge(shards))
    texts = General(frequencies, general, collected) if against else None
    ranked = ranking.rank(grouped, concepts, glossed, texts)
    equivalents = Equivalents(concepts, glossed, meaning=meaning)
    return candidate_rows(ranking.with_offers(ranked, equivalents))


def _length(read: Iterable[Document]) -> int:
    return sum(document.characters for document in read)
