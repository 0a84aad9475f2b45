"""How well translations that are not aligned line by line are aligned, against pairs known.

    python benchmarks/alignment.py PAIRS.tsv [--drop 0.1] [--repeat 1] [--half 0|1]

PAIRS has a Japanese line and its English translation on each line, in the order of their texts. They
are put together to documents of 30 to 60 lines, without a line break between sentences, and some
lines are left out on one side; then each method looks for the pairs. A bead is right when both its
sides come from the same lines. `--repeat` adds the time for a document as many times as long as all.

Headings that end without a mark run into the next sentence, and the more lines run together the fewer
can be found at all: "possible" is the share of the lines that a perfect aligner would find.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from yakugo import encoder
from yakugo.english_sentences import english_sentences
from yakugo.sentence_alignment import Alignment, Method, align
from yakugo.sentences import Sentence, sentences

LINES = (30, 60)
LEAST = (0.0, 0.3, 0.5, 0.7, 0.9)
SIZES = {(1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2)}


@dataclass
class Side:
    """One side of a document, and of which lines each of its sentences is made."""

    text: str
    lines: dict[str, frozenset[int]]

    @classmethod
    def of(
        cls, lines: Sequence[tuple[int, str]], glue: str, cut: Callable[[str], Iterable[Sentence]]
    ) -> Side:
        """A side of these lines, cut into sentences."""
        text = glue.join(line for _, line in lines)
        spans, at = [], 0
        for number, line in lines:
            spans.append((at, at + len(line), number))
            at += len(line) + len(glue)
        found = {}
        for one in cut(text):
            end = one.offset + len(one.text)
            found[one.text] = frozenset(n for a, b, n in spans if a < end and b > one.offset)
        return cls(text, found)


Document = tuple[Side, Side, set[int]]


def documents(pairs: Sequence[tuple[str, str]], drop: float, seed: int = 0) -> list[Document]:
    """Documents of some lines each, with the lines that are on both sides."""
    made: list[Document] = []
    start, chance = 0, random.Random(seed)
    while start < len(pairs):
        end = start + chance.randint(*LINES)
        left, right, both = [], [], set()
        for number, (japanese, english) in enumerate(pairs[start:end]):
            fate = chance.random()
            if fate >= drop / 2:
                left.append((number, japanese))
            if fate < drop / 2 or fate >= drop:
                right.append((number, english))
            if fate >= drop:
                both.add(number)
        made.append((Side.of(left, "", sentences), Side.of(right, " ", english_sentences), both))
        start = end
    return made


def possible(document: Document) -> int:
    """How many lines a perfect aligner would find."""
    left, right, both = document
    groups: list[set[int]] = []
    for lines in (*left.lines.values(), *right.lines.values()):
        joined = set(lines).union(*(g for g in groups if g & lines))
        groups = [g for g in groups if not g & lines] + [joined]
    total = 0
    for group in groups:
        sides = [[s for s in side.lines.values() if s & group] for side in (left, right)]
        same = set().union(*sides[0]) == set().union(*sides[1])
        sizes = len(sides[0]), len(sides[1])
        if same and (sizes in SIZES or (len(group) == 1 and sizes[0] == sizes[1])):
            total += len(group & both)
    return total


def found(document: Document, alignment: Alignment, least: float) -> tuple[int, int, int]:
    """How many beads are given, how many are right, how many lines are wholly in right ones."""
    left, right, both = document
    given = good = 0
    covered: set[str] = set()
    for bead in alignment.beads:
        if bead.confidence < least:
            continue
        given += 1
        pair = bead.pair
        japanese = [s for s in left.lines if s in pair.japanese]
        english = [s for s in right.lines if s in pair.english]
        sides = [
            frozenset().union(*(side.lines[s] for s in one))
            for side, one in ((left, japanese), (right, english))
        ]
        if sides[0] == sides[1]:
            good += 1
            covered.update(japanese, english)
    whole = sum(
        all(s in covered for side in (left, right) for s, of in side.lines.items() if number in of)
        for number in both
    )
    return given, good, whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--drop", type=float, nargs="*", default=[0.0, 0.1, 0.2])
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--repeat", type=int, default=0)
    arguments = parser.parse_args()
    rows = [line.split("\t") for line in arguments.pairs.read_text(encoding="utf-8").splitlines()]
    pairs = [(row[0].strip(), row[1].strip()) for row in rows if len(row) > 1 and all(row[:2])]
    methods = [one for one in Method if one is Method.LENGTH or encoder.is_installed()]
    for drop in arguments.drop:
        made = documents(pairs, drop)
        if arguments.half is not None:
            made = made[arguments.half :: 2]
        lines = sum(len(both) for _, _, both in made)
        share = sum(map(possible, made)) / lines
        print(f"{drop:.0%} left out on one side: {lines} lines on both, possible {share:.3f}")
        for method in methods:
            aligned = [align(left.text, right.text, method) for left, right, _ in made]
            for least in LEAST:
                counts = [found(d, a, least) for d, a in zip(made, aligned, strict=True)]
                given, good, whole = map(sum, zip(*counts, strict=True))
                print(
                    f"  by {method}, confidence {least:.1f} and up: "
                    f"precision {good / max(given, 1):.3f}, recall {whole / lines:.3f}, "
                    f"{given} beads"
                )
    if arguments.repeat:
        sides = zip(*pairs, strict=True)
        texts = ["\n".join(list(side) * arguments.repeat) for side in sides]
        for method in methods:
            start = time.process_time(), time.perf_counter()
            beads = len(align(*texts, method).beads)
            print(
                f"{beads} beads by {method}: {time.process_time() - start[0]:.1f} s of processor, "
                f"{time.perf_counter() - start[1]:.1f} s"
            )


if __name__ == "__main__":
    main()
