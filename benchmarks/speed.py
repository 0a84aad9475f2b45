"""How fast collecting is beside the raw tokenizer, on the same lines and in the same process.

    python benchmarks/speed.py [--jobs N] [--times N] FILE...

FILE is Japanese text, UTF-8, one statement a line; .gz is read too. For each file, and for all of
them together, the raw pass tokenizes every line in the mode and with the fields that we use and
does nothing with the tokens; ours counts, cuts out the candidates, finds glosses, groups
spellings, and scores. Times are of the processor; the raw pass runs before and after ours, and
the ratio is to the mean of both. Peak memory is that of the process so far.

`--jobs` compares several processes with one, by the clock, each in a program of its own; `--times`
makes a longer text of all files by repetition, which ours reads from a file as `collect` does.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from yakugo import candidates, documents, ranking, scale, variants
from yakugo.counting import without_garbage_collection
from yakugo.documents import Document
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


def ours(document: Document, jobs: int = 1) -> None:
    """Collect and rank: everything but English and storing."""
    with without_garbage_collection(), scale.processes(jobs, document.characters) as executor:
        for _, counts, glosses in scale.read([document], executor):
            found = variants.grouped(candidates.expand(counts, document, BACKGROUND))
            Ranking(found, CONCEPTS, glosses).scores()


def peak() -> int:
    """The most memory that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(name: str, text: str) -> None:
    """Print one line: size, both speeds, ratio, peak memory."""
    size = len(text.encode()) / 1e6
    before = seconds(lambda: raw(text))
    mine = seconds(lambda: ours(documents.from_text(text)))
    after = seconds(lambda: raw(text))
    limit = (before + after) / 2
    print(
        f"{name:24} {size:6.1f} MB  raw {size / limit:5.2f} MB/s  ours {size / mine:5.2f} MB/s  "
        f"ratio {limit / mine:4.2f}  peak {peak()} MB"
    )


def by_the_clock(path: Path, jobs: int) -> None:
    """Collect from a file in this program and print the seconds and the memory it took."""
    raw("核")
    start = time.perf_counter()
    ours(documents.read(path), jobs)
    taken = time.perf_counter() - start
    print(f"{path.stat().st_size / 1e6:6.1f} MB  jobs {jobs}  {taken:6.1f} s  peak {peak()} MB")


def apart(path: Path, jobs: int) -> None:
    """The same in a program of its own, so that its memory is its own."""
    process = get_context("spawn").Process(target=by_the_clock, args=(path, jobs))
    process.start()
    process.join()


def read(path: Path) -> str:
    """The text of a file, unpacked when it is .gz."""
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def main() -> None:
    """Measure each file, then all of them as one text."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--times", type=int, default=1)
    arguments = parser.parse_args()
    texts = [read(path) for path in arguments.files]
    if arguments.jobs == arguments.times == 1:
        raw("核")  # load the dictionary before the clock runs
        for path, text in zip(arguments.files, texts, strict=True):
            measure(path.name, text)
        if len(texts) > 1:
            measure("together", "\n".join(texts))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "together.txt"
        for times in sorted({1, arguments.times}):
            path.write_text(("\n".join(texts) + "\n") * times, encoding="utf-8")
            for jobs in sorted({1, arguments.jobs}):
                apart(path, jobs)


if __name__ == "__main__":
    main()
