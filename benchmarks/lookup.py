"""Look-up in 10,000 concepts: the index beside a plain scan of all terms with rapidfuzz.

    python benchmarks/lookup.py

Prints the median, the 95th percentile and the longest time of a query, in milliseconds, for
both, and the ratio of the medians.
"""

import random
import statistics
import time

from rapidfuzz import fuzz, process

from yakugo.consult.lookup import Lookup, english_key, japanese_key
from yakugo.model import Concept, Term

SIZE = 10_000
PIECES = [
    ("核", "かく", "nuclear"), ("弾道", "だんどう", "ballistic"), ("抑止", "よくし", "deterrence"),
    ("拡大", "かくだい", "extended"), ("軍備", "ぐんび", "arms"), ("管理", "かんり", "control"),
    ("防衛", "ぼうえい", "defense"), ("協議", "きょうぎ", "talks"),
    ("戦略", "せんりゃく", "strategic"),
    ("兵器", "へいき", "weapon"), ("削減", "さくげん", "reduction"), ("条約", "じょうやく", "treaty"),
    ("潜水", "せんすい", "submarine"), ("発射", "はっしゃ", "launch"), ("実験", "じっけん", "test"),
    ("検証", "けんしょう", "verification"), ("査察", "ささつ", "inspection"),
    ("同盟", "どうめい", "alliance"),
    ("宇宙", "うちゅう", "space"), ("警戒", "けいかい", "warning"), ("輸出", "ゆしゅつ", "export"),
]  # fmt: skip


def concepts():
    pick = random.Random(7)
    made = {}
    while len(made) < SIZE:
        pieces = tuple(pick.choice(PIECES) for _ in range(pick.randint(2, 5)))
        made["-".join(piece[2] for piece in pieces)] = pieces
    for id, pieces in made.items():
        japanese, kana, english = ("".join(p[0] for p in pieces), "".join(p[1] for p in pieces),
                                   " ".join(p[2] for p in pieces))  # fmt: skip
        yield Concept(id, (Term(japanese, reading=kana), Term(english, "en")))


def queries(all_concepts):
    """Every way to ask, hits and misses, with typing errors."""
    pick = random.Random(11)
    for one in pick.sample(all_concepts, 40):
        japanese, english = one.terms
        yield from (japanese.text, japanese.text[:3], japanese.text[1:], japanese.reading[:5])
        yield from (english.text, english.text[:6], english.text[2:-2], english.text[5:])
        yield from (japanese.text[:-1] + "核", english.text[:4] + "x" + english.text[5:])
    yield from ("核", "n", "a", "no such term anywhere", "まったくないことば", "kakuheiki", "zz")


def milliseconds(function, asked):
    times = []
    for query in asked:
        start = time.perf_counter()
        function(query)
        times.append((time.perf_counter() - start) * 1000)
    return times


def main():
    everything = list(concepts())
    start = time.perf_counter()
    lookup = Lookup(everything)
    print(f"index of {SIZE:,} concepts: {(time.perf_counter() - start) * 1000:.0f} ms")
    keys = [japanese_key(c.terms[0].text) for c in everything]
    keys += [english_key(c.terms[1].text) for c in everything]

    def scan(query):
        key = japanese_key(query) + english_key(query)
        return process.extract(key, keys, scorer=fuzz.WRatio, limit=10)

    asked = list(queries(everything))
    medians = []
    for name, function in (("yakugo", lookup.find), ("rapidfuzz scan", scan)):
        times = sorted(milliseconds(function, asked))
        medians.append(statistics.median(times))
        p95 = times[int(len(times) * 0.95)]
        print(f"{name:15} median {medians[-1]:7.3f} ms   p95 {p95:7.3f}   longest {times[-1]:7.3f}")
    print(f"ratio of medians: {medians[1] / medians[0]:.0f}")


if __name__ == "__main__":
    main()
