"""How fast collecting is beside the raw tokenizer, on the same lines and in the same process.

    python benchmarks/speed.py FILE...

FILE is Japanese text, UTF-8, one statement a line; .gz is read too. For each file, and for all of
them together, the raw pass tokenizes every line in the mode and with the fields that we use and
does nothing with the tokens; ours counts, cuts out the candidates, finds glosses, groups
spellings, and scores. Times are of the processor; the raw pass runs before and after ours, and
the ratio is to the mean of both. Peak memory is that of the process so far.
"""

from __future__ import annotations

import gzip
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from yakugo import candidates, documents, ranking, variants
from yakugo.counting import without_garbage_collection
from yakugo.equivalents import glosses
from yakugo.formats import tbx
from yakugo.ranking import Ranking
from yakugo.tokens import tokenizer
from yakugo.workspace import shipped_glossary

CONCEPTS = tbx.read(shipped_glossary())
BACKGROUND = ranking.background(CONCEPTS)


def seconds(work: Callable[[], object]) -> float:
    """The processor time that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def raw(text: str) -> None:
    """Tokenize line by line."""
    tokenize = tokenizer().tokenize
    for line in text.split("\n"):
        tokenize(line)


def ours(text: str) -> None:
    """Collect and rank: everything but English and storing."""
    with without_garbage_collection():
        document = documents.from_text(text)
        found = variants.grouped(candidates.collect(document, BACKGROUND))
        Ranking(found, CONCEPTS, glosses.find(document)).scores()


def measure(name: str, text: str) -> None:
    """Print one line: size, both speeds, ratio, peak memory."""
    size = len(text.encode()) / 1e6
    before = seconds(lambda: raw(text))
    mine = seconds(lambda: ours(text))
    after = seconds(lambda: raw(text))
    limit = (before + after) / 2
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:24} {size:6.1f} MB  raw {size / limit:5.2f} MB/s  ours {size / mine:5.2f} MB/s  "
        f"ratio {limit / mine:4.2f}  peak {peak} MB"
    )


def read(path: Path) -> str:
    """The text of a file, unpacked when it is .gz."""
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def main() -> None:
    """Measure each file, then all of them as one text."""
    paths = [Path(name) for name in sys.argv[1:]]
    if not paths:
        print("name files of Japanese text, one statement a line: speed.py FILE...")
        return
    texts = [read(path) for path in paths]
    raw("核")  # load the dictionary before the clock runs
    for path, text in zip(paths, texts, strict=True):
        measure(path.name, text)
    if len(texts) > 1:
        measure("together", "\n".join(texts))


if __name__ == "__main__":
    main()
