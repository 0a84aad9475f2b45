"""Drills killed at random moments: each answer that was confirmed is there, and none twice.

    python benchmarks/drill_kills.py [--kills N] [--hangups N] [--database URL]

Runs `yakugo drill` on a terminal of its own (a pseudo-terminal: Linux, macOS) with answers, undos and
skips typed as fast as it takes them, and ends it after some tenths of a second, again and again on one
termbase: by SIGKILL, and as a window does that is closed. What the drill had confirmed (the count that
it shows) is compared with what is stored, and the stored cards with those that the answers lead to.
"""

import argparse
import fcntl
import os
import random
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

from yakugo.drill.scheduling import Scheduling
from yakugo.termbase import learners
from yakugo.termbase.doctor import Severity, check
from yakugo.workspace import Workspace, init, termbase_of

PROGRAM = "from yakugo.cli import main; main()"
LEARNER = "aiko"
ANSWERED = re.compile(rb"(\d+) answered")
CODES = re.compile(rb"\x1b\[[0-9;?]*[ -/]*[@-~]")
# Answers keep cards in their learning steps, so that there are always some.
ANSWERS = ["x\n\n", "\n2\n", "抑止\n1\n", "deterrence\n1\n", "1\n1\n", "x\n2\n"]
TYPED = [*ANSWERS * 4, ":u\n", ":u\n", ":s\n"]
LONGEST = 1.5  # seconds from the first question on
STARTING = 120  # seconds until it stands, on a loaded machine


class Drill:
    """The command on a pseudo-terminal, with somebody who types some of `lines` in any order."""

    def __init__(self, folder, chance, lines, database="", program=PROGRAM):
        command = [sys.executable, "-c", program, "-w", str(folder)]
        command += ["--database", database] if database else []
        command += ["drill", "--learner", LEARNER, "--new", "100000"]
        self.chance = chance
        self.lines = lines
        self.file, terminal = os.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.set_blocking(self.file, False)
        self.process = subprocess.Popen(
            command, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that it is hung up
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
        )  # fmt: skip
        os.close(terminal)
        self.shown = self.waiting = b""

    def read(self, seconds):
        """Read what is drawn in some time; False when nothing will come any more."""
        ready, _, _ = select.select([self.file], [], [], seconds)
        if not ready:
            return True
        try:
            found = os.read(self.file, 1 << 16)
        except OSError:  # the other side is closed
            return False
        self.shown += found
        return bool(found)

    def confirmed(self):
        """How many answers it said were given; None before the first question."""
        found = ANSWERED.findall(CODES.sub(b"", self.shown))
        return int(found[-1]) if found else None

    def start(self):
        """Wait for the first question."""
        until = time.monotonic() + STARTING
        while self.confirmed() is None:
            assert time.monotonic() < until, self.shown.decode(errors="replace")
            assert self.read(0.1), self.shown.decode(errors="replace")

    def type(self, seconds):
        """Type on, for some time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.waiting = self.waiting or self.chance.choice(self.lines).encode()
            _, ready, _ = select.select([], [self.file], [], 0)
            if ready:
                self.waiting = self.waiting[os.write(self.file, self.waiting[:64]) :]
            self.read(0.001)

    def kill(self):
        """Kill it, and read what it had drawn."""
        self.process.kill()
        self.process.wait()
        while self.read(0.2):
            if not select.select([self.file], [], [], 0.2)[0]:
                break
        os.close(self.file)

    def hang_up(self):
        """Close the window."""
        os.close(self.file)
        self.process.wait(60)


def ended(folder, chance, lines, database="", closed=False, program=PROGRAM):
    """Drill until it is killed, or its window is closed; how many answers it had confirmed."""
    drill = Drill(folder, chance, lines, database, program)
    drill.start()
    drill.type(chance.uniform(0, LONGEST))
    (drill.hang_up if closed else drill.kill)()
    return drill.confirmed()


def checked(folder, before, confirmed, lines, database="", closed=False):
    """How many answers are stored; AssertionError when one is lost, double, or without its card.

    One answer may be stored that was not confirmed yet, and one taken back. Of a window that was
    closed more may have been drawn than was read.
    """
    undone = ":u\n" in lines
    with termbase_of(folder, database) as termbase:
        answers = learners.answers(termbase, LEARNER)
        new = len(answers) - before
        said = f"{confirmed} confirmed, {new} stored"
        assert new >= confirmed - undone, said
        assert closed or new <= confirmed + 1, said
        places = [(one.concept, one.kind, one.when) for one in answers]
        assert len(set(places)) == len(places), "an answer is stored twice"

        def never(_):
            raise AssertionError("the cards are not those of the answers")

        if answers:
            kept = learners.cards(termbase, LEARNER, never)
            assert kept == Scheduling().replay(answers), "a card is not what its answers lead to"
        wrong = [one for one in check(termbase) if one.severity is Severity.ERROR]
        assert not wrong, wrong[0]
    return len(answers)


def endings(folder, kinds, chance, database="", program=PROGRAM):
    """End one drill after the other, by each `closed` of `kinds`; answers confirmed, and stored."""
    stored = told = 0
    for i, closed in enumerate(kinds):
        lines = TYPED if i % 2 else ANSWERS  # without undos no answer at all may be missing
        confirmed = ended(folder, chance, lines, database, closed, program)
        stored = checked(folder, stored, confirmed, lines, database, closed)
        told += confirmed
    return told, stored


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--hangups", type=int, default=10)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    chance = random.Random(50)
    kinds = [False] * given.kills + [True] * given.hangups
    chance.shuffle(kinds)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "workspace"
        init(folder)
        Workspace(folder, given.database).close()  # loads the glossary
        told, stored = endings(folder, kinds, chance, given.database)
    print(
        f"{given.kills} kills, {given.hangups} closed windows: {told:,} answers confirmed, "
        f"{stored:,} stored, none lost, none twice; load of the machine {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
