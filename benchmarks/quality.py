"""How good the ranking is, beside its own ablations and published formulas, on every annotated text.

    python benchmarks/quality.py [--reviews] [--fit] [--also TEXT GOLD] [--against FILE]
                                 [--peers PYTHON]

Texts are tests/data/annotated/*.ja.txt with their gold. Rules and weights were made with
DEVELOPED_ON in view; what is found and missed in the others was not looked at. `--also` adds a text
that is not in the repository. A gold list holds core terms, which count, and optional ones, which
are taken out of the ranking. `--against` holds all texts against a general one. AP is average
precision over the core terms, a missed one counting 0.

`--peers` names the Python of an environment with other extractors (see peers.py).
`--reviews` simulates 50 reviews of one text and shows what they change on the others, among the
texts that nothing was made with in view and among those of another field (disaster management,
other-field/), with the candidates in the order of the list and in that of `review --uncertain`.
`--fit` fits the weights of termhood.py anew and prints them with the AP of each text when it is
left out.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log2, prod
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from yakugo import candidates, documents, ranking, variants
from yakugo.candidates import Background
from yakugo.documents import Document
from yakugo.equivalents import glosses
from yakugo.formats import tbx
from yakugo.learning import Model, fit
from yakugo.model import Candidate, Concept, Term
from yakugo.ranking import Ranking
from yakugo.reference import General
from yakugo.termhood import FEATURES, NAMES, WEIGHTS
from yakugo.tokens import pieces_of, runs
from yakugo.workspace import shipped_glossary

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "tests" / "data" / "annotated"
OTHER_FIELD = TEXTS / "other-field"
DEVELOPED_ON = (
    "article",
    "explainer",
    "interview",
    "joint-statement",
    "magazine",
    "think-tank",
    "treaty",
    "white-paper",
)
REVIEWS = 50
RIDGE = 30.0

CONCEPTS = tbx.read(shipped_glossary())
BACKGROUND = ranking.background(CONCEPTS)
Ranker = Callable[["Text"], list[str]]


def same(term: str) -> str:
    """Fold width, case, spaces and quotation marks: 核の「傘」 is 核の傘."""
    return re.sub(r"[「」『』\"'\s]", "", unicodedata.normalize("NFKC", term).casefold())


@dataclass
class Text:
    """An annotated text: its document, core and optional terms, and our candidates."""

    name: str
    path: Path
    document: Document
    core: set[str]
    optional: set[str]
    candidates: list[Candidate]
    ranking: Ranking

    @classmethod
    def read(cls, path: Path, gold: Path, against: General | None = None) -> Text:
        """Read a text and its gold list, and collect from it."""
        with gold.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        core = {same(row["term"]) for row in rows if row["class"] == "core"}
        optional = {same(row["term"]) for row in rows} - core
        document = documents.read(path)
        found = variants.grouped(candidates.collect(document, BACKGROUND))
        general = replace(against, collected=document.characters) if against else None
        ranked = Ranking(found, CONCEPTS, glosses.find(document), general=general)
        name = path.name.removesuffix(".ja.txt")
        return cls(name, path, document, core, optional, found, ranked)

    def spellings(self, terms: Sequence[str]) -> list[str]:
        """Each term followed by its other spellings, as a list on paper would show them."""
        of = {one.term: one.variants for one in self.candidates}
        return [spelling for term in terms for spelling in (term, *of.get(term, ()))]


@dataclass
class Score:
    """Core recall, precision of the first 50, average precision."""

    recall: float
    precision: float
    ap: float


def score(terms: Sequence[str], text: Text) -> Score:
    order = [t for t in dict.fromkeys(map(same, terms)) if t and t not in text.optional]
    hits, total = 0, 0.0
    for rank, term in enumerate(order, 1):
        if term in text.core:
            hits += 1
            total += hits / rank
    first = sum(term in text.core for term in order[:50]) / 50
    return Score(hits / len(text.core), first, total / len(text.core))


# --- our ranking, whole and with parts taken away


def by_model(text: Text, model: Model | None = None) -> list[str]:
    found = text.ranking
    scores = found.scores(model)
    return sorted(scores, key=lambda term: (-scores[term], term))


def without(*names: str) -> Ranker:
    """Our ranking with some evidence left out; the other weights stay what they are."""
    weights = tuple(0.0 if f.name in names else f.weight for f in FEATURES)
    return lambda text: text.spellings(by_model(text, Model(weights)))


GLOSSARY = ("reviewed",)
FIELD = ("field", "any field", "field term")
REFERENCE = ("common", "common whole", "common word")
CONTEXT = ("quoted", "defined", "glossed", "glossed word")
UNITHOOD = ("productivity", "neighbours", "length", "repetition")
FOUND = ("nested", "placed", "genitive", "linked", "coordinated", "word", "single kanji")


def without_knowledge(text: Text) -> list[str]:
    """Neither glossary nor dictionary: only the text, the rules and the reference counts."""
    found = variants.grouped(candidates.collect(text.document, Background()))
    scores = Ranking(found, (), glosses.find(text.document), headwords=False).scores()
    return sorted(scores, key=lambda term: (-scores[term], term))


# --- published formulas over the same noun runs (bounded at persons, counts and `cut` words, as
#     ours are), without the rest of our rules


def noun_runs(text: Text) -> Counter[tuple[str, ...]]:
    lines = text.document.text.splitlines()
    return Counter(pieces_of(run.form) for line in lines for run in runs(line))


def c_value(text: Text) -> list[str]:
    """C-value (Frantzi, Ananiadou and Mima 2000), log2(length + 1) so that words count."""
    found = noun_runs(text)
    inside: dict[tuple[str, ...], list[int]] = {}
    for pieces, frequency in found.items():
        for i in range(len(pieces)):
            for j in range(i + 1, len(pieces) + 1):
                if j - i < len(pieces) and pieces[i:j] in found:
                    inside.setdefault(pieces[i:j], []).append(frequency)
    values = {
        pieces: log2(len(pieces) + 1)
        * (frequency - (sum(inside[pieces]) / len(inside[pieces]) if pieces in inside else 0))
        for pieces, frequency in found.items()
    }
    return ["".join(p) for p in sorted(values, key=lambda p: (-values[p], p))]


def flr(text: Text) -> list[str]:
    """FLR (Nakagawa and Mori 2003): frequency times the geometric mean of left and right kinds."""
    found = noun_runs(text)
    left: dict[str, set[str]] = {}
    right: dict[str, set[str]] = {}
    for pieces in found:
        for a, b in pairwise(pieces):
            right.setdefault(a, set()).add(b)
            left.setdefault(b, set()).add(a)
    values = {
        pieces: frequency
        * prod((len(left.get(p, ())) + 1) * (len(right.get(p, ())) + 1) for p in pieces)
        ** (1 / (2 * len(pieces)))
        for pieces, frequency in found.items()
    }
    return ["".join(p) for p in sorted(values, key=lambda p: (-values[p], p))]


# --- other extractors, in an environment of their own


def peers(python: Path) -> dict[str, Ranker]:
    """A ranker for each peer that peers.py knows."""

    def asked(*arguments: str | Path) -> list[str]:
        command = [python, Path(__file__).with_name("peers.py"), *arguments]
        done = subprocess.run(command, capture_output=True, check=True)
        return done.stdout.decode("utf-8").splitlines()

    return {name: lambda text, name=name: asked(name, text.path) for name in asked("--list")}


# --- what is printed


def table(texts: Sequence[Text], rankers: dict[str, Ranker], console: Console) -> None:
    shown = Table(title="core recall / precision of the first 50 / average precision")
    shown.add_column("")
    for text in texts:
        mark = " (dev)" if text.name in DEVELOPED_ON else ""
        shown.add_column(f"{text.name}{mark}\n{len(text.core)} core", justify="right")
    held = [text for text in texts if text.name not in DEVELOPED_ON]
    shown.add_column("mean AP\nheld out", justify="right")
    for name, ranker in rankers.items():
        scores = {text.name: score(ranker(text), text) for text in texts}
        cells = [f"{s.recall:.2f} {s.precision:.2f} {s.ap:.3f}" for s in scores.values()]
        mean = sum(scores[t.name].ap for t in held) / len(held) if held else float("nan")
        shown.add_row(name, *cells, f"{mean:.3f}")
    console.print(shown)


def best(text: Text) -> list[str]:
    """The candidates in the order of the list."""
    return by_model(text)


def least_certain(text: Text) -> list[str]:
    """The candidates in the order of `yakugo review --uncertain`."""
    scores = text.ranking.scores()
    return sorted(scores, key=lambda term: (abs(scores[term] - 0.5), term))


def reviewed(text: Text, order: Ranker) -> dict[str, bool]:
    """The first 50 candidates of a text as a reviewer with its gold would decide them."""
    waiting = [term for term in order(text) if same(term) not in text.optional]
    return {term: same(term) in text.core for term in waiting[:REVIEWS]}


def after(text: Text, other: Text, decisions: dict[str, bool]) -> float:
    """AP of another text when the decisions about one are in the termbase.

    As in a workspace, the model learns from them, and the accepted terms are in the glossary.
    """
    accepted = [
        Concept(f"reviewed-{n}", (Term(term),))
        for n, (term, taken) in enumerate(decisions.items())
        if taken
    ]
    known, found = (
        Ranking(one.candidates, [*CONCEPTS, *accepted], glosses.find(one.document))
        for one in (text, other)
    )
    scores = found.scores(fit(known.example(term, taken) for term, taken in decisions.items()))
    return score(sorted(scores, key=lambda term: (-scores[term], term)), other).ap


def learning(texts: Sequence[Text], title: str, console: Console) -> None:
    """How much better the other texts are ranked when one has been reviewed."""
    shown = Table(title=f"{title}: AP gained by {REVIEWS} reviews of the text on the left")
    shown.add_column("reviewed")
    for text in texts:
        shown.add_column(f"{text.name}\nnow {score(by_model(text), text).ap:.3f}", justify="right")
    shown.add_column("mean", justify="right")
    before = {text.name: score(by_model(text), text).ap for text in texts}
    for order, label in ((best, "best first"), (least_certain, "uncertain first")):
        means = []
        for text in texts:
            decisions = reviewed(text, order)
            others = [other for other in texts if other is not text]
            gained = {o.name: after(text, o, decisions) - before[o.name] for o in others}
            cells = [f"{gained[t.name]:+.3f}" if t.name in gained else "" for t in texts]
            means.append(sum(gained.values()) / len(gained))
            rejected = sum(not taken for taken in decisions.values())
            name = f"{text.name}, {label} ({rejected} rejected)"
            shown.add_row(name, *cells, f"{means[-1]:+.3f}")
        shown.add_row(f"all, {label}", *[""] * len(texts), f"{sum(means) / len(means):+.3f}")
    console.print(shown)


def fitted(texts: Sequence[Text]) -> tuple[float, ...]:
    """Ridge logistic regression over the candidates of some texts, each text weighing the same."""
    rows, labels, weights = [], [], []
    for text in texts:
        used = [one.term for one in text.candidates if same(one.term) not in text.optional]
        rows += [text.ranking.example(term, False).evidence for term in used]
        labels += [float(same(term) in text.core) for term in used]
        weights += [1 / len(used)] * len(used)
    x, y, w = np.array(rows), np.array(labels), np.array(weights)
    w *= len(y) / w.sum()
    precision = RIDGE * x.std(0) ** 2
    precision[0] = 1e-3
    b = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ b))
        hessian = (x.T * (w * p * (1 - p))) @ x + np.diag(precision + 1e-9)
        b -= np.linalg.solve(hessian, x.T @ (w * (p - y)) + precision * b)
    return tuple(float(value) for value in b)


def fitting(texts: Sequence[Text], console: Console) -> None:
    developed = [text for text in texts if text.name in DEVELOPED_ON]
    for left_out in developed:
        others = [text for text in developed if text is not left_out]
        ap = score(by_model(left_out, Model(fitted(others))), left_out).ap
        console.print(f"AP of {left_out.name}, fitted to the other {len(others)}: {ap:.3f}")
    for name, new, now in zip(NAMES, fitted(developed), WEIGHTS, strict=True):
        console.print(f"{name:16} {new:6.2f}   (now {now:.2f})")


def general_text(path: Path) -> General:
    document = documents.read(path)
    found = candidates.collect(document, BACKGROUND)
    return General({one.term: one.frequency for one in found}, document.characters, 0)


def texts_in(folder: Path, against: General | None) -> list[Text]:
    return [
        Text.read(path, path.with_name(path.name.replace(".ja.txt", ".gold.tsv")), against)
        for path in sorted(folder.glob("*.ja.txt"))
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--reviews", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--also", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--against", type=Path, metavar="FILE")
    parser.add_argument("--peers", type=Path, metavar="PYTHON")
    arguments = parser.parse_args()
    console = Console(width=280)
    against = general_text(arguments.against) if arguments.against else None
    texts = texts_in(TEXTS, against)
    texts += [Text.read(path, gold, against) for path, gold in arguments.also]
    rankers: dict[str, Ranker] = {
        "yakugo": lambda text: text.spellings(by_model(text)),
        "  without the glossary's pieces": without(*GLOSSARY),
        "  without the field's words": without(*FIELD),
        "  without the general reference": without(*REFERENCE),
        "  without the context": without(*CONTEXT),
        "  without unithood": without(*UNITHOOD),
        "  without how it was found": without(*FOUND),
        "  without glossary and dictionary": without_knowledge,
        "C-value, noun runs": c_value,
        "FLR, noun runs": flr,
    }
    if arguments.peers:
        rankers |= peers(arguments.peers)
    table(texts, rankers, console)
    if arguments.reviews:
        learning([text for text in texts if text.name not in DEVELOPED_ON], "held out", console)
        learning(texts_in(OTHER_FIELD, against), "another field", console)
    if arguments.fit:
        fitting(texts, console)


if __name__ == "__main__":
    main()
