"""How long a key of `yakugo review` takes until the screen is drawn, end to end.

    python benchmarks/review.py [--rounds N] [--size COLUMNSxROWS]

Runs the command on a terminal of its own (a pseudo-terminal: Linux, macOS), sends keys as a
keyboard does, and reads what is drawn: from the key to the end of the frame that shows what it did.
It is the time of a wall clock: run it on a machine with nothing else to do.
On (a) the sample article, (b) made-up compounds: about 20,000 candidates in 20 documents, and a
glossary of 5,000 concepts. Prints the median, the 99th percentile and the longest time of each
action in milliseconds, and when the first screen stood.
"""

import argparse
import fcntl
import os
import pty
import random
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from itertools import islice
from pathlib import Path

from lookup import PIECES, concepts

from yakugo import documents
from yakugo.workspace import Workspace, init

SAMPLE = Path(__file__).parents[1] / "examples" / "nuclear-deterrence.ja.txt"
COMPOUNDS, CONCEPTS, DOCUMENTS = 26_000, 5_000, 20
PROGRAM = "import sys; from yakugo.cli import main\nif __name__ == '__main__': main()"
BEGIN, END = b"\x1b[?2026h", b"\x1b[?2026l"  # of a frame (synchronized output)
CODES = re.compile(rb"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b.")
PLACE = re.compile(r"(\d+) of (\d+)")
LONGEST = 10.0  # seconds to wait for a frame
HELD = 60  # repeats of a key that is held down
PAUSE = 0.15  # between keys: a very fast reviewer
LAST_FRAME = 0.12  # of what one key draws, at most, after the one before it


def sample(folder):
    init(folder)
    with Workspace(folder) as opened:
        opened.collect([documents.read(SAMPLE)])


def big(folder):
    pick = random.Random(7)
    compounds = set()
    while len(compounds) < COMPOUNDS:
        pieces = pick.sample(PIECES, pick.choice((2, 3, 3, 4, 4)))
        compounds.add("".join(piece[0] for piece in pieces))
    pick.shuffle(listed := sorted(compounds))
    share = len(listed) // DOCUMENTS
    texts = []
    for k in range(DOCUMENTS):
        some = listed[k * share : (k + 1) * share] + pick.sample(listed, share // 2)
        lines = (
            f"政府は{a}を{b}とともに論じた。\n" for a, b in zip(some[::2], some[1::2], strict=False)
        )
        texts.append(documents.from_text("".join(lines), f"essay-{k + 1}"))
    init(folder)
    with Workspace(folder) as opened:
        known = opened.termbase.concept_ids()
        new = (one for one in concepts() if one.id not in known)
        opened.termbase.load(islice(new, CONCEPTS))
        opened.collect(texts)


class Terminal:
    """The command on a pseudo-terminal."""

    def __init__(self, folder, columns, rows):
        command = [sys.executable, "-c", PROGRAM, "-w", str(folder), "review", "--reviewer", "sato"]
        self.started = time.perf_counter()
        self.process, self.file = pty.fork()
        if not self.process:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            time.sleep(0.05)  # for the size
            os.execv(sys.executable, command)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.rest = b""

    def frames(self, seconds):
        """What is drawn in some time: each frame as plain text, with its end."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            ready, _, _ = select.select([self.file], [], [], left)
            if not ready:
                return
            self.rest += os.read(self.file, 1 << 16)
            now = time.perf_counter()
            if b"\x1b[?2026$p" in self.rest:
                os.write(self.file, b"\x1b[?2026;1$y")  # frames are marked, as this terminal likes
                self.rest = self.rest.replace(b"\x1b[?2026$p", b"")
            while END in self.rest:
                frame, _, self.rest = self.rest.partition(END)
                yield CODES.sub(b"", frame).decode("utf-8", "replace"), now

    def first(self):
        """Seconds until the first screen stood."""
        for text, now in self.frames(60):
            if PLACE.search(text):
                return now - self.started
        raise SystemExit("nothing was drawn")

    def press(self, key, shows):
        """Milliseconds until a frame shows what it should; "" for the last frame that follows."""
        for _ in self.frames(0.001):
            pass
        start = time.perf_counter()
        os.write(self.file, key.encode())
        if not shows:
            drawn = start
            while (found := next(self.frames(LAST_FRAME), None)) is not None:
                drawn = found[1]
            return (drawn - start) * 1000
        for text, now in self.frames(LONGEST):
            if re.search(shows, text):
                return (now - start) * 1000
        raise SystemExit(f"{key!r} did not show {shows!r}")

    def wait(self, seconds):
        """Let some time pass, and read on."""
        for _ in self.frames(seconds):
            pass

    def close(self):
        """Leave as Ctrl-C does, and wait for the end."""
        os.write(self.file, b"\x1b\x03")
        end = time.perf_counter() + 60
        while time.perf_counter() < end:
            try:
                self.wait(0.1)
            except OSError:
                break
            if os.waitpid(self.process, os.WNOHANG) != (0, 0):
                return
        os.kill(self.process, signal.SIGKILL)


ROUND = (
    # what it is, the key, what the screen shows then
    ("next", "n", r"\d+ of \d+"),
    ("before", "p", r"\d+ of \d+"),
    ("reject", "r", "rejected: "),
    ("defer", "d", "deferred: "),
    ("undo", "u", "taken back: "),
    ("accept an offer", "1", "accepted: |no offer|avoid|being looked"),
    ("edit", "e", "English for"),
    ("type a letter", "x", "x"),
    ("accept what is typed", "\r", "accepted: |avoid"),
    ("comment", "c", "comment:"),
    ("leave the line", "\x1b[27u", "accept"),
    ("search", "/", "search:"),
    ("search: a letter", "k", ""),
    ("search: a letter", "a", ""),
    ("search: a letter", "k", ""),
    ("search: go there", "\r", r"\d+ of \d+"),
    ("search", "/", "search:"),
    ("search: an English letter", "n", ""),
    ("search: an English letter", "u", ""),
    ("leave the line", "\x1b[27u", "accept"),
    ("history", "h", "history"),
    ("close", "q", "accept"),
    ("why", "x", "why"),
    ("close", "q", "accept"),
    ("help", "?", "Decide"),
    ("close", "q", "accept"),
    ("documents", "f", "document:"),
    ("leave the line", "\x1b[27u", "accept"),
    ("evidence", "v", ""),
    ("evidence", "v", ""),
)
# Once in a while; the screen says at once that it looks, the list follows.
RARE = (
    ("choose a document", ("f", "document:"), ("\r", "looking for|only|candidates of")),
    ("all documents again", None, ("f", "all documents")),
    ("go to a number", ("g", r"go to \("), ("7\r", r"\d+ of \d+")),
)


def measure(folder, rounds, columns, rows):
    terminal = Terminal(folder, columns, rows)
    first = terminal.first()
    terminal.wait(3)
    times = {}
    for round in range(rounds):
        for name, key, shows in ROUND:
            terminal.wait(PAUSE)
            times.setdefault(name, []).append(terminal.press(key, shows))
        if round % 5 == 0:
            for name, before, (key, shows) in RARE:
                terminal.wait(PAUSE)
                if before:
                    terminal.press(*before)
                times.setdefault(name, []).append(terminal.press(key, shows))
                terminal.wait(1)
    terminal.press("g", r"go to \(")
    terminal.press("1\r", r"\d+ of \d+")
    times["next, at once after the last"] = [
        terminal.press("n", r"\d+ of \d+") for _ in range(HELD)
    ]
    terminal.close()
    return first, times


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--size", default="80x24")
    given = parser.parse_args()
    columns, rows = map(int, given.size.split("x"))
    for name, make in (("the sample article", sample), ("made-up compounds", big)):
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made) / "workspace"
            make(folder)
            with Workspace(folder) as opened:
                waiting = len(opened.ranking(statuses=["new"]))
                of = len(opened.termbase.concept_ids())
            first, times = measure(folder, given.rounds, columns, rows)
        print(f"{name}: {waiting:,} candidates wait, {of:,} concepts, {given.size}")
        print(f"  first screen after {first:.2f} s; load of the machine {os.getloadavg()[0]:.1f}")
        print(f"  {'milliseconds':34} {'median':>7} {'p99':>7} {'longest':>7}")
        everything = [one for found in times.values() for one in found]
        for action, found in (*times.items(), ("all", everything)):
            found = sorted(found)
            p99 = found[min(len(found) - 1, int(len(found) * 0.99))]
            print(f"  {action:34} {statistics.median(found):7.1f} {p99:7.1f} {found[-1]:7.1f}")


if __name__ == "__main__":
    main()
