"""How fast collecting is beside the raw tokenizer, on the same lines and in the same process.

    python benchmarks/speed.py [--jobs N] [--times N] [--peers PYTHON [--characters N]] [FILE...]

FILE is Japanese text, UTF-8, one statement a line; .gz is read too; without any it is Debian's
manual pages (see manuals.py). For each file, and for all of them together, the raw pass tokenizes
every line in the mode and with the fields that we use and does nothing with the tokens; ours counts,
cuts out the candidates, finds glosses, groups spellings, and scores. Times are of the processor; the
raw pass runs before and after ours, and the ratio is to the mean of both. Each text is measured in
a program of its own: ours remembers phrases from one text to the next, and the peak of memory is
that of one text.

`--jobs` compares several processes with one, by the clock; `--times` makes a longer text of all
files by repetition, which ours reads from a file as `collect` does.

`--peers` names the Python of an environment with other extractors (see peers.py) and sets them
beside ours and raw on the first `--characters` of the text, each without what it loads once. They
take no more than SudachiPy takes at once, 49 kB.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import manuals

from yakugo import candidates, documents, ranking, scale, variants
from yakugo.candidates import Background
from yakugo.counting import without_garbage_collection
from yakugo.documents import Document
from yakugo.formats import tbx
from yakugo.model import Concept
from yakugo.ranking import Ranking
from yakugo.tokens import tokenizer
from yakugo.workspace import shipped_glossary


@cache
def concepts() -> list[Concept]:
    """The shipped glossary; read when asked for, since each process imports this module."""
    return tbx.read(shipped_glossary())


@cache
def background() -> Background:
    """What the shipped glossary and the dictionary know."""
    return ranking.background(concepts())


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


def load() -> None:
    """Load the dictionaries and the glossary before the clock runs."""
    raw("核")
    background()


def ours(document: Document, jobs: int = 1) -> None:
    """Collect and rank: everything but English and storing."""
    with without_garbage_collection(), scale.processes(jobs, document.characters) as executor:
        for _, counts, glosses in scale.read([document], executor):
            found = variants.grouped(candidates.expand(counts, document, background()))
            Ranking(found, concepts(), glosses).scores()


def peak() -> int:
    """The most memory that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(name: str, text: str) -> None:
    """Print one line: size, both speeds, ratio, peak memory."""
    load()
    size = len(text.encode()) / 1e6
    before = seconds(lambda: raw(text))
    mine = seconds(lambda: ours(documents.from_text(text)))
    after = seconds(lambda: raw(text))
    limit = (before + after) / 2
    print(
        f"{name:24} {size:6.1f} MB  raw {size / limit:5.2f} MB/s  ours {size / mine:5.2f} MB/s  "
        f"ratio {limit / mine:4.2f}  peak {peak()} MB"
    )


def beside_peers(python: Path, text: str) -> None:
    """Print how fast raw, ours and each peer are on one text, and how ours compares."""
    size = len(text.encode()) / 1e3
    ours(documents.from_text(_LITTLE))
    taken = {
        "ours": seconds(lambda: ours(documents.from_text(text))),
        "raw": min(seconds(lambda: raw(text)) for _ in range(_RUNS)),
    }
    script = Path(__file__).with_name("peers.py")
    names = subprocess.run([python, script, "--list"], capture_output=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        little, much = Path(folder) / "little.txt", Path(folder) / "much.txt"
        little.write_text(_LITTLE, encoding="utf-8")
        much.write_text(text, encoding="utf-8")
        for name in names.decode("utf-8").split():
            loading, all_of_it = (
                min(seconds_of_a_program([python, script, name, path]) for _ in range(_RUNS))
                for path in (little, much)
            )
            taken[name] = all_of_it - loading
    for name, its_seconds in taken.items():
        print(
            f"{name:24} {size:6.0f} kB  {size / its_seconds:8.1f} kB/s  "
            f"ours is {its_seconds / taken['ours']:6.2f} times as fast"
        )


_RUNS = 3  # the fastest counts
_LITTLE = "核兵器の管理と検証を論じる。核の傘は抑止の約束である。\n"


def seconds_of_a_program(command: Sequence[str | Path]) -> float:
    """The processor time that a program takes in all; what it prints is not shown."""

    def so_far() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    start = so_far()
    subprocess.run(command, capture_output=True, check=True)
    return so_far() - start


def by_the_clock(path: Path, jobs: int) -> None:
    """Collect from a file in this program and print the seconds and the memory it took."""
    load()
    start = time.perf_counter()
    ours(documents.read(path), jobs)
    taken = time.perf_counter() - start
    print(f"{path.stat().st_size / 1e6:6.1f} MB  jobs {jobs}  {taken:6.1f} s  peak {peak()} MB")


def apart(work: Callable[..., None], *arguments: object) -> None:
    """Do some work in a program of its own."""
    process = get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()


def read(path: Path) -> str:
    """The text of a file, unpacked when it is .gz."""
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def main() -> None:
    """Measure each file, then all of them as one text."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--peers", type=Path, metavar="PYTHON")
    parser.add_argument("--characters", type=int, default=16_000)
    arguments = parser.parse_args()
    names = [path.name for path in arguments.files] or ["manual pages"]
    texts = [read(path) for path in arguments.files] or [manuals.read()]
    if arguments.peers:
        beside_peers(arguments.peers, "\n".join(texts)[: arguments.characters])
        return
    if arguments.jobs == arguments.times == 1:
        if len(texts) > 1:
            names, texts = [*names, "together"], [*texts, "\n".join(texts)]
        for name, text in zip(names, texts, strict=True):
            apart(measure, name, text)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "together.txt"
        for times in sorted({1, arguments.times}):
            path.write_text(("\n".join(texts) + "\n") * times, encoding="utf-8")
            for jobs in sorted({1, arguments.jobs}):
                apart(by_the_clock, path, jobs)


if __name__ == "__main__":
    main()
