"""A termbase of 100,000 concepts: how fast it is exported for review, read back, looked up.

    python benchmarks/termbase.py [--concepts 100000] [--edits 1000] [--database URL]

pandas' own to_excel and read_excel of the same table, in its usual engine, stand beside it; the
ratio is what counts. Each step runs in a process of its own, and says its peak memory besides.
The concepts are made up: three words each, with readings, English and a definition.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from yakugo.model import ENGLISH, Candidate, Concept, Term, Usage

QUALITIES = {
    "先制": ("せんせい", "preemptive"), "限定": ("げんてい", "limited"), "共同": ("きょうどう", "joint"),
    "広域": ("こういき", "wide-area"), "基礎": ("きそ", "basic"), "次期": ("じき", "next"),
    "地域": ("ちいき", "regional"), "海上": ("かいじょう", "maritime"), "宇宙": ("うちゅう", "space"),
    "電子": ("でんし", "electronic"), "戦略": ("せんりゃく", "strategic"), "戦術": ("せんじゅつ", "tactical"),
}  # fmt: skip
THINGS = {
    "抑止": ("よくし", "deterrence"), "防衛": ("ぼうえい", "defense"), "偵察": ("ていさつ", "reconnaissance"),
    "通信": ("つうしん", "communications"), "輸送": ("ゆそう", "transport"), "警戒": ("けいかい", "warning"),
    "指揮": ("しき", "command"), "迎撃": ("げいげき", "interception"), "補給": ("ほきゅう", "supply"),
    "情報": ("じょうほう", "intelligence"), "監視": ("かんし", "surveillance"), "訓練": ("くんれん", "training"),
}  # fmt: skip
HEADS = {
    "能力": ("のうりょく", "capability"), "体制": ("たいせい", "posture"), "計画": ("けいかく", "plan"),
    "部隊": ("ぶたい", "unit"), "装置": ("そうち", "device"), "協定": ("きょうてい", "agreement"),
    "政策": ("せいさく", "policy"), "拠点": ("きょてん", "base"), "演習": ("えんしゅう", "exercise"),
    "方針": ("ほうしん", "guideline"), "技術": ("ぎじゅつ", "technology"), "組織": ("そしき", "organization"),
}  # fmt: skip


def made_up(number: int) -> Iterator[Concept]:
    """So many concepts with distinct terms; every tenth has a second Japanese term."""
    combined = product(range(1, number), QUALITIES, THINGS, HEADS)
    for i, (generation, quality, thing, head) in zip(range(number), combined, strict=False):
        words = QUALITIES[quality], THINGS[thing], HEADS[head]
        japanese = f"第{generation}次{quality}{thing}{head}"
        reading = "".join(word[0] for word in words)
        english = " ".join(word[1] for word in words) + f" {generation}"
        terms = [Term(japanese, reading=f"だい{generation}じ{reading}")]
        if i % 10 == 0:
            other = f"{quality}の{thing}{head}{generation}"
            terms.append(Term(other, reading=reading, usage=Usage.ADMITTED))
        terms += [
            Term(english, ENGLISH),
            Term(f"{english} (mark {i})", ENGLISH, usage=Usage.ADMITTED),
        ]
        definition = (
            f"{words[2][1]} for {words[1][1]} that is {words[0][1]}, of generation {generation}"
        )
        yield Concept(f"c{i}", tuple(terms), f"field {i % 14}", definition)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--edits", type=int, default=1_000)
    parser.add_argument("--database", default="", help="a PostgreSQL URL; else a SQLite file")
    parser.add_argument("--step", default="")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.step:
        STEPS[given.step](given)
        return
    with tempfile.TemporaryDirectory() as folder:
        for step in STEPS:
            options = [
                f"--concepts={given.concepts}",
                f"--edits={given.edits}",
                f"--folder={folder}",
            ]
            options += [f"--database={given.database}", f"--step={step}"]
            subprocess.run([sys.executable, __file__, *options], check=True)
        _ratios(Path(folder))


def _opened(given):
    from yakugo.workspace import Workspace, init

    folder = given.folder / "workspace"
    init(folder)
    (folder / "glossary" / "security.tbx").unlink(missing_ok=True)
    return Workspace(folder, given.database)


def _say(given, what: str, seconds: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<44}{seconds:8.1f} s{peak:8.0f} MB")
    with (given.folder / "times").open("a") as file:
        file.write(f"{what}\t{seconds}\n")


def _timed(given, what: str, act):
    start = time.perf_counter()
    result = act()
    _say(given, what, time.perf_counter() - start)
    return result


def load(given) -> None:
    concepts = list(made_up(given.concepts))
    with _opened(given) as opened:
        _timed(given, f"store {given.concepts:,} concepts", lambda: opened.termbase.load(concepts))


def export(given) -> None:
    with _opened(given) as opened:
        _timed(given, "export for review", lambda: opened.export_for_review(given.folder))


def pandas_export(given) -> None:
    import pandas as pd

    from yakugo.exchange.fields import COLUMNS

    with _opened(given) as opened:
        rows = [[row.get(field, "") for field in COLUMNS] for row in opened.review_rows()]
    table = pd.DataFrame(rows, columns=[column.heading for column in COLUMNS.values()])
    target = given.folder / "pandas.xlsx"
    _timed(given, "pandas to_excel", lambda: table.to_excel(target, index=False, engine="openpyxl"))


def edit(given) -> None:
    """Change the English, the note or the decision of some rows, as a colleague would."""
    from yakugo.exchange import workbook
    from yakugo.exchange.fields import Field

    with _opened(given) as opened:
        rows = opened.review_rows()
    chosen = random.Random(1).sample(range(len(rows)), given.edits)
    changes = ((Field.OTHER_ENGLISH, "of late"), (Field.NOTE, "seen"), (Field.DECISION, "defer"))
    for i, row in enumerate(chosen):
        field, text = changes[i % len(changes)]
        rows[row][field] = "; ".join(filter(None, (rows[row].get(field, ""), text)))
    workbook.write(rows, given.folder / "returned.xlsx", "returned", "2026-01-01T00:00:00Z")


def read_back(given) -> None:
    """What `yakugo import --yes` does: read the file, preview, take over."""
    from rich.console import Console

    from yakugo import reading_in

    path = given.folder / "returned.xlsx"
    out, err = Console(width=120), Console(file=sys.stderr, quiet=True)
    with _opened(given) as opened:
        wishes = reading_in.Wishes(yes=True)
        what = f"import with {given.edits:,} edits"
        _timed(given, what, lambda: reading_in.run(opened, path, "mori", wishes, out, err))


def pandas_import(given) -> None:
    import pandas as pd

    path = given.folder / "returned.xlsx"
    _timed(given, "pandas read_excel", lambda: pd.read_excel(path, engine="openpyxl"))


def look_up(given) -> None:
    """By term in the termbase, and what a candidate may be a duplicate of."""
    from yakugo.termbase import Termbase
    from yakugo.termbase.duplicates import near

    place = given.database or given.folder / "workspace" / "termbase.sqlite"
    terms = [c.terms[0].text for c in random.Random(2).sample(list(made_up(given.concepts)), 2_000)]
    with Termbase(place) as termbase:
        near(termbase, Candidate("核", "かく", ("核",), "word"), "nuclear")  # loads the tokenizer
        for what, act in (
            ("look-up by term", lambda term: termbase.concepts_with(term)),
            ("near-duplicates of a candidate", lambda term: near(
                termbase, Candidate(term, "", (term,), "compound"), "joint warning unit"
            )),
        ):  # fmt: skip
            times = []
            for term in terms:
                start = time.perf_counter()
                assert act(term)
                times.append((time.perf_counter() - start) * 1000)
            times.sort()
            p99 = times[int(len(times) * 0.99)]
            print(f"{what:<44}{statistics.median(times):8.2f} ms median, {p99:.2f} ms p99")


def _ratios(folder: Path) -> None:
    lines = (folder / "times").read_text().splitlines()
    times = {what.strip(): float(seconds) for what, seconds in (line.split("\t") for line in lines)}
    imported = next(seconds for what, seconds in times.items() if what.startswith("import with"))
    print(f"export / pandas {times['export for review'] / times['pandas to_excel']:.2f}")
    print(f"import / pandas {imported / times['pandas read_excel']:.2f}")


STEPS = {
    "load": load,
    "export": export,
    "pandas_export": pandas_export,
    "edit": edit,
    "import": read_back,
    "pandas_import": pandas_import,
    "look_up": look_up,
}

if __name__ == "__main__":
    main()
