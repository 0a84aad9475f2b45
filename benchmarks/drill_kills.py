"""Drills killed at random moments: each answer that was confirmed is there, and none twice.

    python benchmarks/drill_kills.py [--kills N] [--database URL]

Runs `yakugo drill` with answers that keep cards in their learning steps, typed as fast as it takes
them, and kills it (SIGKILL) after some tenths of a second, again and again on one termbase. What the
drill has confirmed (the count that it shows) is compared with what is stored, and the stored cards
with those that the answers lead to.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from yakugo.drill.scheduling import Scheduling
from yakugo.termbase import learners
from yakugo.workspace import init, termbase_of

PROGRAM = "from yakugo.cli import main; main()"
ANSWERED = re.compile(r"(\d+) answered")
LONGEST = 1.5  # seconds from the first question on


def killed(folder, chance, database=""):
    """Drill until it is killed; how many answers it had confirmed."""
    command = [sys.executable, "-c", PROGRAM, "-w", str(folder)]
    command += ["--database", database] if database else []
    command += ["drill", "--learner", "aiko", "--new", "100000"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8",
    )  # fmt: skip
    confirmed = 0
    begun = threading.Event()

    def read():
        nonlocal confirmed
        for line in process.stdout:
            if found := ANSWERED.search(line):
                confirmed = int(found[1])
                begun.set()
        begun.set()

    def write():
        with suppress(OSError, ValueError):
            while True:
                process.stdin.write(chance.choice(("x\n\n", "\n2\n", "抑止\n1\n")))
                process.stdin.flush()

    threads = [threading.Thread(target=act, daemon=True) for act in (read, write)]
    for thread in threads:
        thread.start()
    begun.wait(60)
    time.sleep(chance.uniform(0, LONGEST))
    process.kill()
    process.wait()
    for thread in threads:
        thread.join(10)
    return confirmed


def checked(folder, before, confirmed, database=""):
    """How many answers are stored; AssertionError when one is lost, double, or without its card."""
    with termbase_of(folder, database) as termbase:
        answers = learners.answers(termbase, "aiko")
        new = len(answers) - before
        assert confirmed <= new <= confirmed + 1, f"{confirmed} confirmed, {new} stored"
        places = [(one.concept, one.kind, one.when) for one in answers]
        assert len(set(places)) == len(places), "an answer is stored twice"

        def never(_):
            raise AssertionError("the cards are not those of the answers")

        if answers:
            kept = learners.cards(termbase, "aiko", never)
            assert kept == Scheduling().replay(answers), "a card is not what its answers lead to"
    return len(answers)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    chance = random.Random(50)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "workspace"
        init(folder)
        subprocess.run([sys.executable, "-c", PROGRAM, "-w", str(folder), "candidates"], check=True,
                       capture_output=True)  # fmt: skip
        stored = told = 0
        for _ in range(given.kills):
            confirmed = killed(folder, chance, given.database)
            stored = checked(folder, stored, confirmed, given.database)
            told += confirmed
    print(
        f"{given.kills} kills: {told:,} answers confirmed, {stored:,} stored, none lost, none twice"
    )


if __name__ == "__main__":
    main()
