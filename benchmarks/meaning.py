"""What the judgement of composed English by its meaning is worth, on the texts developed on.

    python benchmarks/meaning.py

For each kind of knowledge: how often the right English comes first and is among the first five,
over all core terms; and for composed English that comes first, how well its score tells right from
wrong: area under the ROC curve (.5 is chance) and log loss (lower is better), without and with the
judgement. Last, what it takes for 10,000 candidates.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from math import log

import numpy as np
from quality import CONCEPTS, DEVELOPED_ON, TEXTS, same

from equivalents import Text, same_english
from yakugo.equivalents import Equivalents
from yakugo.model import MADE, Offer

KNOWLEDGE = {
    "all": (CONCEPTS, ()),
    "without glossary": ((), ()),
    "without word list": (CONCEPTS, ("word list",)),
    "without both": ((), ("word list",)),
}
CANDIDATES = 10_000


def area(right: Sequence[bool], scores: Sequence[float]) -> float:
    """How often a right one has the higher score than a wrong one."""
    good = np.array([s for r, s in zip(right, scores, strict=True) if r])[:, None]
    bad = np.array([s for r, s in zip(right, scores, strict=True) if not r])[None, :]
    return float(((good > bad) + 0.5 * (good == bad)).mean())


def composed(offer: Offer) -> bool:
    return all(evidence.provider in MADE for evidence in offer.evidence)


def measured(texts: Sequence[Text], knowledge: str) -> str:
    concepts, without = KNOWLEDGE[knowledge]
    counts = {meaning: [0, 0] for meaning in (False, True)}
    scores: dict[bool, list[float]] = {False: [], True: []}
    right: list[bool] = []
    total = 0
    for text in texts:
        total += len(text.core)
        plain, judged = (
            Equivalents(concepts, text.glosses, without=without, meaning=meaning).offers(text.found)
            for meaning in (False, True)
        )
        by_spelling = {same(s): one.term for one in text.found for s in (one.term, *one.variants)}
        for term, accepted in text.core.items():
            before = plain.get(by_spelling.get(term, ""), ())
            after = judged.get(by_spelling.get(term, ""), ())
            for meaning, offers in ((False, before), (True, after)):
                ok = [same_english(offer.english) in accepted for offer in offers[:5]]
                counts[meaning][0] += ok[:1] == [True]
                counts[meaning][1] += any(ok)
            if len(before) > 1 and composed(before[0]):
                right.append(same_english(before[0].english) in accepted)
                scores[False].append(before[0].score)
                same_one = next(o for o in after if o.english == before[0].english)
                scores[True].append(same_one.score)
    said = [f"{knowledge:18}"]
    for meaning in (False, True):
        first, five = counts[meaning]
        loss = -sum(
            log(min(max(s if r else 1 - s, 1e-3), 1))
            for r, s in zip(right, scores[meaning], strict=True)
        ) / len(right)
        said.append(
            f"{'with' if meaning else 'without'}: top-1 {first / total:.3f} "
            f"top-5 {five / total:.3f} area {area(right, scores[meaning]):.3f} loss {loss:.3f}"
        )
    return "  ".join(said) + f"  ({len(right)} composed come first)"


def main() -> None:
    paths = [TEXTS / f"{name}.ja.txt" for name in DEVELOPED_ON]
    texts = [
        Text.read(path, path.with_name(path.name.replace(".ja.txt", ".gold.tsv")))
        for path in paths
        if path.exists()
    ]
    for knowledge in KNOWLEDGE:
        print(measured(texts, knowledge))
    several = {one.term: one for text in texts for one in text.found}
    wanted = list(several.values())
    for meaning in (False, True):
        equivalents = Equivalents(CONCEPTS, meaning=meaning)
        equivalents.offers(wanted[:1])
        start = time.process_time()
        equivalents.offers(wanted)
        taken = (time.process_time() - start) * CANDIDATES / len(wanted)
        print(f"{CANDIDATES:,} candidates {'with' if meaning else 'without'}: {taken:.1f} s")


if __name__ == "__main__":
    main()
