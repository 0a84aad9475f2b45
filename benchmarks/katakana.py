"""How well English is found by the sound of katakana words, and the table by which it is found.

    python benchmarks/katakana.py [--fit]

The data are the katakana entries of JMdict, without native words and onomatopoeia, in five folds by
a hash of the entry's number. Fold 0 is held out: nothing is learned from it. The measures: how
often the first offer, or one of three, is among the entry's English; the same for the words of
tests/data/katakana.tsv, chosen from the field by hand; and how often offers of a score are right.
JMdict's own English is not consulted in looking for the words.

`--fit` learns the costs of letters from folds 1 to 4, writes them to katakana.tsv, and prints the
weights. The costs are those of alignments of kana with letters, many to many, by the EM algorithm
(Jiampojamarn, Kondrak and Sherif, "Applying many-to-many alignments and hidden Markov models to
letter-to-phoneme conversion", NAACL 2007). The weights maximize the likelihood of fold 1 under
costs that were learned from folds 2 to 4, so that they know what unseen words are like.
"""

from __future__ import annotations

import argparse
import csv
import re
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from jamdict_data import JAMDICT_DB_PATH

from yakugo.equivalents import katakana
from yakugo.kana import hepburn

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests" / "data" / "katakana.tsv"
FOLDS = 5
HELD_OUT, TUNED_ON = 0, 1


# -- The entries of JMdict


class Entry(NamedTuple):
    """A katakana entry: its spellings, its English, and whether it says that it is not English."""

    spellings: tuple[str, ...]
    english: tuple[str, ...]
    foreign: bool
    fold: int


_SPELLINGS = """
select idseq, text from Kana where idseq not in (select idseq from Kanji)
and idseq not in (select s.idseq from Sense s join misc m on m.sid = s.ID
                  where m.text like 'onomatop%')
order by idseq, ID
"""
_GLOSSES = """
select s.idseq, g.text from Sense s join SenseGloss g on g.sid = s.ID where g.lang = 'eng'
order by s.ID, g.rowid
"""
_FOREIGN = """
select distinct s.idseq from Sense s join SenseSource o on o.sid = s.ID
where o.lang <> 'eng' or o.wasei <> ''
"""
_NOTE = re.compile(r"\s*\([^()]*\)\s*")


@cache
def entries() -> tuple[Entry, ...]:
    connection = sqlite3.connect(f"file:{JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)
    spellings, english = defaultdict(list), defaultdict(list)
    for number, text in connection.execute(_SPELLINGS):
        if katakana.is_katakana(text):
            spellings[number].append(text)
    for number, text in connection.execute(_GLOSSES):
        if number in spellings:
            english[number].append(plain(text))
    foreign = {row[0] for row in connection.execute(_FOREIGN)}
    return tuple(
        Entry(
            tuple(texts), tuple(english[number]), number in foreign, crc32(b"%d" % number) % FOLDS
        )
        for number, texts in spellings.items()
        if english[number]
    )


def plain(gloss: str) -> str:
    """English as it is compared: no notes, no `to`, no hyphens, small letters."""
    text = _NOTE.sub(" ", gloss).strip().removeprefix("to ").replace("-", " ")
    return text.casefold()


# -- Learning the costs

LONGEST_LETTERS = 5
SMOOTHING = 3.0  # occurrences that the spelling by consonants and vowels counts for
LEAST = 0.05  # the share that it has however often a unit was seen
WORST_FIT = -2.8  # log likelihood for each unit and letter below which a pair teaches nothing
WORST_PAIR = -4.0  # log likelihood for each unit below which it is a translation, not a loan
LEAST_LIKELY = 0.0005  # less likely letters are found no more often than by chance
LETTERS_SHARE = 0.7  # of how common letters are anywhere, taken off their cost; fitted
OFFSET = 5.0  # for each unit: about what that takes off

Chunk = tuple[tuple[str, ...], str]
Pair = tuple[tuple[str, ...], str]
Costs = dict[str, tuple[tuple[float, str], ...]]


def pairs(folds: Iterable[int]) -> list[Pair]:
    """Katakana words with English ones, also pieces of compounds that are divided alike."""
    found = set()
    for entry in entries():
        if entry.fold in folds and not entry.foreign:
            for spelling in entry.spellings:
                pieces = spelling.split("・")
                for gloss in entry.english:
                    words = gloss.split()
                    if len(words) == len(pieces):
                        found |= set(zip(pieces, words, strict=True))
    return sorted(
        (katakana.units(piece), word)
        for piece, word in found
        if len(piece) > 1 and re.fullmatch("[a-z]{2,}", word)
    )


class Lattice(NamedTuple):
    """All ways to align a pair: arcs from (unit, letter) to (unit, letter), in order."""

    pair: Pair
    arcs: list[tuple[int, int, int, int, Chunk]]


def lattice(pair: Pair, longest: int) -> Lattice:
    units, word = pair
    arcs = [
        (i, j, k, m, (units[i:k], word[j:m]))
        for i in range(len(units))
        for j in range(len(word))
        for k in range(i + 1, min(i + longest, len(units)) + 1)
        for m in range(j + 1, min(j + LONGEST_LETTERS, len(word)) + 1)
    ]
    return Lattice(pair, arcs)


def expected(
    lattices: list[Lattice], probability: Callable[[Chunk], float], worst: float = -np.inf
) -> Counter[Chunk]:
    """How often each chunk is expected in the alignments: the E step, forward and backward."""
    counts: Counter[Chunk] = Counter()
    for (units, word), arcs in lattices:
        width = len(word) + 1
        end = len(units) * width + len(word)
        forward, backward = [0.0] * (end + 1), [0.0] * (end + 1)
        forward[0] = backward[end] = 1.0
        weighed = [(i * width + j, k * width + m, probability(c), c) for i, j, k, m, c in arcs]
        weighed = [arc for arc in weighed if arc[2]]
        for start, stop, p, _ in weighed:
            forward[stop] += forward[start] * p
        if not forward[end] or log(forward[end]) / (len(units) + len(word)) < worst:
            continue
        for start, stop, p, _ in reversed(weighed):
            backward[start] += backward[stop] * p
        for start, stop, p, chunk in weighed:
            counts[chunk] += forward[start] * p * backward[stop] / forward[end]
    return counts


def sounds(unit: str) -> tuple[str, str]:
    """Consonants and vowels of a unit, with what is doubled and what is long: ッパー is ッp, aー."""
    kana = unit.strip("ッー")
    latin = hepburn(kana) if kana else ""
    vowels = latin.lstrip("bcdfghjklmnpqrstvwxyz")
    consonants = latin.removesuffix(vowels)
    return "ッ" * unit.startswith("ッ") + consonants, vowels + "ー" * unit.endswith("ー")


_LETTERS = re.compile(r"(y(?=[aeiou])|qu(?=[aeiou])|[^aeiouy]*)(.*)")


def by_sounds(counts: Mapping[Chunk, float]) -> Callable[[str], dict[str, float]]:
    """Letters for a unit by those of its consonants and of its vowels, in whatever unit."""
    tables: tuple[dict, dict] = (defaultdict(Counter), defaultdict(Counter))
    for (units, word), count in counts.items():
        for seen, sound, letters in zip(
            tables, sounds(units[0]), _LETTERS.fullmatch(word).groups(), strict=True
        ):
            seen[sound][letters] += count
    shares = tuple(
        {
            sound: {letters: n / seen.total() for letters, n in seen.items() if n >= 0.5}
            for sound, seen in table.items()
        }
        for table in tables
    )

    @cache
    def letters_of(unit: str) -> dict[str, float]:
        consonants, vowels = sounds(unit)
        found: Counter[str] = Counter()
        for first, p in shares[0].get(consonants, {}).items():
            for second, q in shares[1].get(vowels, {}).items():
                if 1 <= len(first + second) <= LONGEST_LETTERS:
                    found[first + second] += p * q
        return dict(found)

    return letters_of


def occurrences(found: Iterable[Pair]) -> Counter[tuple[str, ...]]:
    return Counter(
        units[i : i + length]
        for units, _ in found
        for length in (1, 2)
        for i in range(len(units) - length + 1)
    )


def smoothed(
    counts: Mapping[Chunk, float],
    seen: Mapping[tuple[str, ...], int],
    letters_of: Callable[[str], dict[str, float]],
) -> dict[Chunk, float]:
    """How likely units are spelled as one chunk with these letters."""
    likely: dict[Chunk, float] = defaultdict(float)
    for (units, letters), count in counts.items():
        if count >= 0.3:
            likely[units, letters] = count / (seen[units] + SMOOTHING)
    for units, times in seen.items():
        if len(units) == 1:
            share = max(SMOOTHING, LEAST * times) / (times + SMOOTHING)
            for letters, p in letters_of(units[0]).items():
                if share * p > 1e-6:
                    likely[units, letters] += share * p
    return dict(likely)


def uniform(chunk: Chunk) -> float:
    """Before anything is known: the same for all chunks of one size, less for longer ones."""
    return 0.1 ** (len(chunk[0]) + len(chunk[1]))


def joint(counts: Counter[Chunk]) -> dict[Chunk, float]:
    """The share of chunks among all, less for two units and for many letters.

    Without that the longest chunks, which are the fewest, would always explain the data best.
    """
    total = counts.total()
    return {
        (units, letters): count
        / total
        * 0.1 ** (len(units) - 1)
        * 0.5 ** max(0, len(letters) - len(units) - 1)
        for (units, letters), count in counts.items()
        if count > 0.01
    }


def likelihood(pair: Pair, likely: Mapping[Chunk, float]) -> float:
    """The probability of the best alignment, for each unit, as a logarithm."""
    units, word = pair
    best = {(0, 0): 0.0}
    for i, j, k, m, chunk in lattice(pair, 2).arcs:
        if (i, j) in best and (p := likely.get(chunk)):
            best[k, m] = max(best.get((k, m), -1e9), best[i, j] + log(p))
    return best.get((len(units), len(word)), -1e9) / len(units)


def costs_of(likely: Mapping[Chunk, float], seen: Mapping[tuple[str, ...], int]) -> Costs:
    """Probabilities as costs, the cheapest first.

    What counts is how much likelier letters are for their kana than anywhere: r and er stand for
    so much that they say little.
    """
    anywhere: Counter[str] = Counter()
    for (units, letters), p in likely.items():
        anywhere[letters] += p * seen[units]
    total = anywhere.total()
    found = defaultdict(list)
    for (units, letters), p in likely.items():
        if p >= LEAST_LIKELY:
            cost = LETTERS_SHARE * log(anywhere[letters] / total) - log(p) + OFFSET * len(units)
            found["".join(units)].append((round(cost, 1), letters))
    return {kana: tuple(sorted(costs)) for kana, costs in sorted(found.items())}


def learn(folds: Iterable[int]) -> Costs:
    """The costs of letters, learned from the pairs of some folds.

    First each unit is aligned alone, which says how consonants and vowels are spelled. Then two
    together as well, by their joint probabilities, which prefer long chunks; what does not fit is
    left out, and of several English words the best one stays. Last by conditional ones.
    """
    found = pairs(folds)
    seen = occurrences(found)
    likely: dict[Chunk, float] = {}

    def known(chunk: Chunk) -> float:
        return likely.get(chunk, 0.0)

    lattices = [lattice(pair, 1) for pair in found]
    counts = expected(lattices, uniform)
    for step in range(1, 7):
        letters_of = by_sounds(counts)
        likely = smoothed(counts, seen, letters_of)
        counts = expected(lattices, known, WORST_FIT if step > 2 else -np.inf)
    letters_of = by_sounds(counts)

    lattices = [lattice(pair, 2) for pair in found]
    counts = expected(lattices, uniform)
    for step in range(1, 5):
        likely = joint(counts)
        counts = expected(lattices, known, WORST_FIT if step > 2 else -np.inf)
    likely = smoothed(counts, seen, letters_of)

    best: dict[tuple[str, ...], tuple[float, str]] = {}
    for pair in found:
        score = likelihood(pair, likely)
        if score > WORST_PAIR:
            best[pair[0]] = max(best.get(pair[0], (score, pair[1])), (score, pair[1]))
    found = [(units, word) for units, (_, word) in best.items()]
    seen = occurrences(found)
    lattices = [lattice(pair, 2) for pair in found]
    for _ in range(6):
        counts = expected(lattices, known)
        likely = smoothed(counts, seen, letters_of)
    return costs_of(likely, seen)


def write(costs: Costs, path: Path) -> None:
    rows = ["kana\tletters\tcosts"]
    for kana, listed in costs.items():
        letters = " ".join(letters for _, letters in listed)
        rows.append(f"{kana}\t{letters}\t{' '.join(f'{cost:g}' for cost, _ in listed)}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


# -- Fitting the weights


def spellings(fold: int) -> list[tuple[str, frozenset[str], bool]]:
    """The words of a fold, each with its English and whether JMdict says that it is foreign."""
    return [
        (spelling, frozenset(entry.english), entry.foreign)
        for entry in entries()
        if entry.fold == fold
        for spelling in entry.spellings
        if len(katakana.units(spelling)) > 1
    ]


def fit(channel: katakana.Channel, fold: int, steps: int = 3_000) -> katakana.Weights:
    """The weights that make the English of a fold likeliest, by gradient ascent.

    A word none of whose candidates is right counts for `nothing`.
    """
    features, right, starts = [], [], []
    for word, accepted, _ in spellings(fold):
        starts.append(len(features))
        listed = channel.candidates(word)[:30]
        answers = [candidate.english in accepted for candidate in listed]
        features.append([0.0] * 4 + [1.0, float(len(katakana.units(word.replace("・", ""))))])
        right.append(not any(answers))
        features += [[*map(float, candidate[1:]), 0.0, 0.0] for candidate in listed]
        right += answers
    table, mask, first = np.array(features), np.array(right), np.array(starts)
    scale = table.std(axis=0)
    table = table / scale
    weights = np.array(katakana.WEIGHTS) * scale
    group = np.repeat(np.arange(len(first)), np.diff([*first, len(table)]))
    rate, seen = 0.05, np.zeros(len(weights))
    for step in range(1, steps + 1):
        score = table @ weights
        score = np.exp(score - np.maximum.reduceat(score, first)[group])
        among_all = score / np.add.reduceat(score, first)[group]
        correct = np.where(mask, score, 0.0)
        among_right = correct / np.add.reduceat(correct, first)[group]
        gradient = table.T @ (among_right - among_all) / len(first)
        seen = 0.99 * seen + 0.01 * gradient**2  # Adam without momentum
        weights += rate * gradient / (np.sqrt(seen / (1 - 0.99**step)) + 1e-8) / step**0.3
    return katakana.Weights(*(round(float(w), 3) for w in weights / scale))


# -- Measuring


def accuracy(found: list[tuple[list[str], frozenset[str]]]) -> str:
    """The share whose first offer is right, and that of those with a right one among three."""
    first, three = (
        sum(any(plain(text) in accepted for text in offers[:n]) for offers, accepted in found)
        for n in (1, 3)
    )
    return f"{len(found):5}  top-1 {first / len(found):.3f}  top-3 {three / len(found):.3f}"


def measure(channel: katakana.Channel) -> None:
    ranked = {word: channel.ranked(word)[:3] for word, _, _ in spellings(HELD_OUT)}
    groups = defaultdict(list)
    for word, accepted, foreign in spellings(HELD_OUT):
        offers = [candidate.english for candidate, _ in ranked[word]]
        single = {text for text in accepted if " " not in text}
        if foreign:
            groups["not English, or made in Japan"].append((offers, accepted))
        elif "・" in word:
            groups["with ・"].append((offers, accepted))
        elif single:
            groups["one word of English"].append((offers, accepted))
            if any(channel.spelling(word, text) for text in single):
                groups["  that can be spelled so"].append((offers, accepted))
        else:
            groups["several words of English"].append((offers, accepted))
    for name, found in groups.items():
        print(f"{name:30} {accuracy(found)}")

    with OWN.open(encoding="utf-8", newline="") as file:
        own = list(csv.DictReader(file, delimiter="\t"))
    found = []
    for row in own:
        offers = [candidate.english for candidate, _ in channel.ranked(row["katakana"])[:3]]
        accepted = frozenset(plain(text) for text in row["english"].split(";"))
        accepted = frozenset(text.strip() for text in accepted)
        found.append((offers, accepted))
        if plain(offers[0] if offers else "") not in accepted:
            print(f"  {row['katakana']}: {', '.join(offers) or 'nothing'}")
    print(f"{OWN.name:30} {accuracy(found)}")

    print("\nscore         offers  mean  right")
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for word, accepted, _ in spellings(HELD_OUT):
        for candidate, score in ranked[word]:
            tenths[min(int(score * 10), 9)].append((score, candidate.english in accepted))
    for tenth, listed in sorted(tenths.items()):
        mean, right = (sum(column) / len(listed) for column in zip(*listed, strict=True))
        print(
            f"{tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}  {len(listed):7}  {mean:.2f}  {right:.2f}"
        )


def speed() -> None:
    start = time.perf_counter()
    katakana.english("サイロ")
    print(f"\nloading and the first word: {time.perf_counter() - start:.2f} s")
    words = [word for word, _, _ in spellings(HELD_OUT)]
    times = []
    for word in words:
        start = time.perf_counter()
        katakana.english(word)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    print(
        f"a word: mean {sum(times) / len(times):.2f} ms, median {times[len(times) // 2]:.2f} ms, "
        f"95% within {times[int(len(times) * 0.95)]:.2f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--fit", action="store_true", help="learn the table and the weights anew")
    if parser.parse_args().fit:
        learned_from = set(range(FOLDS)) - {HELD_OUT}
        words = katakana.english_words()
        tuning = katakana.Channel(learn(learned_from - {TUNED_ON}), words)
        weights = fit(tuning, TUNED_ON)
        print(weights)
        costs = learn(learned_from)
        write(costs, ROOT / "src" / "yakugo" / katakana.TABLE)
        measure(katakana.Channel(costs, words, weights))
    else:
        speed()
        measure(katakana.Channel(katakana.shipped_costs(), katakana.english_words()))


if __name__ == "__main__":
    main()
