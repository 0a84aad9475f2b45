"""How often the right English comes first, and among the first five, on every annotated text.

    python benchmarks/equivalents.py [--also TEXT GOLD] [--terms FILE] [--speed]

Texts are those of quality.py, and so is what "developed on" means. A core term of the gold list
counts as right when an accepted equivalent is offered; a term that is not collected counts as
wrong. What differs in case, hyphens, plural, articles, of, or US and UK spelling of defense is the
same. The rows: with the shipped glossary; with a glossary that lacks all terms of the gold list
(their parts stay); without any; and without any and one provider less.

`--also` adds a text that is not in the repository. `--terms` takes a TSV of Japanese and English
(columns ja and en) and offers English for each by a glossary that lacks this one term. `--speed`
times the offers for 10,000 candidates of Debian's manual pages or of FILE, beside looking each of
them up in the dictionary, which is the least that could be done.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import manuals
from quality import BACKGROUND, CONCEPTS, DEVELOPED_ON, TEXTS, same
from rich.console import Console
from rich.table import Table

from yakugo import candidates, documents, variants
from yakugo.equivalents import Equivalents, dictionary, glosses
from yakugo.model import JAPANESE, Candidate, Concept, Gloss

PROVIDERS = ("gloss", "word list", "dictionary", "katakana", "composition")
FIRST = 5
MANY = 10_000


def same_english(text: str) -> str:
    """What equivalents that count as equal share."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.replace("u.s.", "us").replace("defence", "defense")
    text = re.sub(r"[^a-z0-9 ]", " ", re.sub(r"\(.*?\)", " ", text).replace("-", " "))
    words = [word for word in text.split() if word not in {"the", "a", "an", "of"}]
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in words
    )


def accepted(cell: str) -> set[str]:
    return {same_english(text) for text in cell.split(";")}


@dataclass
class Text:
    """An annotated text: what was collected, what it glosses, and its core terms with English."""

    name: str
    found: list[Candidate]
    glosses: list[Gloss]
    core: dict[str, set[str]]

    @classmethod
    def read(cls, path: Path, gold: Path) -> Text:
        """Read a text and its gold list, and collect from it."""
        with gold.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        document = documents.read(path)
        found = variants.grouped(candidates.collect(document, BACKGROUND))
        core = {
            same(row["term"]): accepted(row["english"]) for row in rows if row["class"] == "core"
        }
        return cls(path.name.removesuffix(".ja.txt"), found, glosses.find(document), core)

    def without_its_terms(self) -> list[Concept]:
        """The shipped glossary without the concepts of the terms that are asked for."""
        return [
            one
            for one in CONCEPTS
            if not any(same(term.text) in self.core for term in one.in_language(JAPANESE))
        ]

    def score(
        self, concepts: Sequence[Concept], without: Iterable[str] = ()
    ) -> tuple[float, float]:
        """The shares of core terms of which the first offer, or one of five, is right."""
        spelled = {
            same(spelling): one for one in self.found for spelling in (one.term, *one.variants)
        }
        wanted = {key: spelled[key] for key in self.core if key in spelled}
        offers = Equivalents(concepts, self.glosses, without=tuple(without)).offers(
            list(wanted.values())
        )
        first = among = 0
        for key, right in self.core.items():
            offered = offers.get(wanted[key].term, ()) if key in wanted else ()
            hits = [same_english(one.english) in right for one in offered[:FIRST]]
            first += hits[:1] == [True]
            among += any(hits)
        return first / len(self.core), among / len(self.core)


def on_texts(texts: Sequence[Text], console: Console) -> None:
    table = Table(title="right English first / among the first five")
    table.add_column("")
    for text in texts:
        mark = " (dev)" if text.name in DEVELOPED_ON else ""
        table.add_column(f"{text.name}{mark}\n{len(text.core)} core", justify="right")
    held = [text for text in texts if text.name not in DEVELOPED_ON]
    table.add_column("mean\nheld out", justify="right")

    def row(name: str, scores: dict[str, tuple[float, float]]) -> None:
        means = [sum(scores[text.name][i] for text in held) / len(held) for i in (0, 1)]
        cells = [f"{first:.2f} {among:.2f}" for first, among in scores.values()]
        table.add_row(name, *cells, f"{means[0]:.3f} {means[1]:.3f}")

    row("with the glossary", {text.name: text.score(CONCEPTS) for text in texts})
    row(
        "without the text's own terms",
        {text.name: text.score(text.without_its_terms()) for text in texts},
    )
    row("without the glossary", {text.name: text.score(()) for text in texts})
    for provider in PROVIDERS:
        row(f"  and without {provider}", {text.name: text.score((), [provider]) for text in texts})
    console.print(table)


def on_terms(path: Path, console: Console) -> None:
    """Each attested pair, with a glossary that has all others but not this one."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    right: dict[str, set[str]] = {}
    for row in rows:
        right.setdefault(row["ja"], set()).update(accepted(row["en"]))
    first = among = 0
    for term, english in right.items():
        others = [
            one
            for one in CONCEPTS
            if same(term) not in {same(other.text) for other in one.in_language(JAPANESE)}
        ]
        one = candidates.of(term)
        offered = Equivalents(others).offers([one]).get(one.term, ())[:FIRST]
        hits = [same_english(offer.english) in english for offer in offered]
        first += hits[:1] == [True]
        among += any(hits)
    console.print(
        f"{path.name}: {len(right)} terms, each left out of the glossary: "
        f"first {first / len(right):.3f}, among five {among / len(right):.3f}"
    )


def speed(path: Path | None, console: Console) -> None:
    text = path.read_text(encoding="utf-8") if path else manuals.read()
    document = documents.from_text(text)
    found = variants.grouped(candidates.collect(document, BACKGROUND))
    several = [one for one in found if len(one.pieces) > 1]  # the dear ones
    wanted = (several * (MANY // max(len(several), 1) + 1))[:MANY]
    dictionary.offers(["核"], {})
    start = time.perf_counter()
    dictionary.offers([one.term for one in wanted], {})
    least = time.perf_counter() - start
    start = time.perf_counter()
    Equivalents(CONCEPTS).offers(wanted)
    ours = time.perf_counter() - start
    console.print(
        f"offers for {len(wanted)} candidates ({len({one.term for one in wanted})} distinct): "
        f"{ours:.2f} s, {ours / least:.1f} times the time of looking them up alone ({least:.2f} s)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--also", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--terms", type=Path, metavar="FILE")
    parser.add_argument("--speed", nargs="?", const="", metavar="FILE")
    arguments = parser.parse_args()
    console = Console(width=240)
    if arguments.speed is not None:
        speed(Path(arguments.speed) if arguments.speed else None, console)
        return
    if arguments.terms:
        on_terms(arguments.terms, console)
        return
    pairs = [
        (path, path.with_name(path.name.replace(".ja.txt", ".gold.tsv")))
        for path in sorted(TEXTS.glob("*.ja.txt"))
    ]
    on_texts([Text.read(path, gold) for path, gold in [*pairs, *arguments.also]], console)


if __name__ == "__main__":
    main()
