"""The review in the terminal: one candidate on the screen, one key a decision."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rich.console import Console, Group
from rich.markup import escape
from rich.panel import Panel
from rich.text import Text

from yakugo.equivalents import Equivalents
from yakugo.errors import TermbaseError
from yakugo.model import Ranked, Status
from yakugo.ranking import Ranking, with_offers
from yakugo.termbase import review as decisions
from yakugo.workspace import Workspace

_KEYS = (
    "[b]a[/] or [b]1-9[/] accept  [b]e[/] edit  [b]r[/] reject  [b]d[/] defer  "
    "[b]u[/] undo  [b]q[/] quit"
)
_MOST_OFFERS = 9
_LEARN_EVERY = 10  # decisions, after which what is left is put in a new order


def read_key() -> str:
    """One key from the terminal, or one character of piped input; "" at its end."""
    if not sys.stdin.isatty():
        return sys.stdin.read(1)
    import typer

    return typer.getchar()


def read_line(prompt: str) -> str:
    """A line typed by the reviewer; "" at the end of input."""
    try:
        return input(prompt)
    except EOFError:
        return ""


Order = Callable[[Ranked], tuple[float, str]]


def best_first(one: Ranked) -> tuple[float, str]:
    """The order of the lists: what is likely to be taken before what is not."""
    return -one.score, one.candidate.term


def least_certain_first(one: Ranked) -> tuple[float, str]:
    """The order that teaches most: what is as likely to be taken as not.

    Lewis and Gale, "A sequential algorithm for training text classifiers", SIGIR 1994.
    """
    return abs(one.score - 0.5), one.candidate.term


@dataclass
class Session:
    """A walk through a queue of candidates; `done` counts what was decided in it."""

    workspace: Workspace
    who: str
    queue: list[Ranked]
    console: Console
    key: Callable[[], str] = read_key
    line: Callable[[str], str] = read_line
    order: Order = best_first
    position: int = 0
    scoring: Ranking | None = None
    equivalents: Equivalents | None = None
    done: Counter[Status] = field(default_factory=Counter)

    def run(self) -> None:
        """Show candidates and take keys until the queue or the reviewer's patience ends."""
        while self.position < len(self.queue):
            one = self._with_offers(self.queue[self.position])
            self.console.print(self._panel(one))
            while True:
                pressed = self.key()
                if pressed in ("q", "", "\x04"):
                    return
                if pressed == "\x03":
                    raise KeyboardInterrupt
                if self._act(one, pressed):
                    break

    def _with_offers(self, one: Ranked) -> Ranked:
        if self.equivalents is None:
            self.equivalents = self.workspace.equivalents()
        (offered,) = with_offers([one], self.equivalents)
        return offered

    def _act(self, one: Ranked, pressed: str) -> bool:
        """Do what a key says; True when another candidate is to be shown."""
        termbase, term = self.workspace.termbase, one.candidate.term
        if pressed == "u":
            return self._undo()
        if pressed == "r":
            decisions.reject(termbase, term, self.who)
            return self._next(Status.REJECTED, term)
        if pressed == "d":
            decisions.defer(termbase, term, self.who)
            return self._next(Status.DEFERRED, term)
        english = self._english(one, pressed)
        if not english:
            return False
        try:
            concept = decisions.accept(termbase, term, english, self.who)
        except TermbaseError as error:
            self.console.print(f"[red]{escape(str(error))}[/]")
            return False
        return self._next(Status.ACCEPTED, f"{term} = {english} ({concept.id})")

    def _english(self, one: Ranked, pressed: str) -> str:
        """The equivalent that a key chooses or asks to type; "" for none."""
        if pressed == "a":
            pressed = "1" if one.offers else "e"
        if pressed == "e":
            return self.line(f"English for {one.candidate.term}: ").strip()
        if pressed.isdigit() and 0 < int(pressed) <= len(one.offers[:_MOST_OFFERS]):
            return one.offers[int(pressed) - 1].english
        return ""

    def _next(self, decision: Status, said: str) -> bool:
        self.done[decision] += 1
        self.console.print(f"[dim]{decision.value}: {escape(said)}[/]")
        self.position += 1
        if self.position % _LEARN_EVERY == 0:
            self._learn()
        return True

    def _learn(self) -> None:
        """Put what is left in a new order, by what was decided so far."""
        if self.scoring is None:
            self.scoring = self.workspace.scoring()
        self.scoring.learn(self.workspace.termbase.decisions())
        scores = self.scoring.scores()
        left = [
            replace(one, score=scores.get(one.candidate.term, one.score))
            for one in self.queue[self.position :]
        ]
        self.queue[self.position :] = sorted(left, key=self.order)
        self.equivalents = None  # what was accepted teaches English too

    def _undo(self) -> bool:
        try:
            undone = decisions.undo(self.workspace.termbase, self.who)
        except TermbaseError as error:
            self.console.print(f"[red]{escape(str(error))}[/]")
            return False
        self.console.print(f"[dim]taken back: {undone.decision.value} {escape(undone.term)}[/]")
        self.done[undone.decision] -= self.done[undone.decision] > 0
        terms = [one.candidate.term for one in self.queue]
        if undone.term in terms:
            self.position = terms.index(undone.term)
        return True

    def _panel(self, one: Ranked) -> Panel:
        candidate = one.candidate
        heading = Text(candidate.term, style="bold")
        heading.append(f"  {candidate.reading}", style="not bold")
        if candidate.short_for:
            heading.append(f"  short for {candidate.short_for}", style="not bold")
        if candidate.variants:
            heading.append(f"  also {'、'.join(candidate.variants)}", style="not bold")
        lines: list[Text | str] = [heading]
        for number, offer in enumerate(one.offers[:_MOST_OFFERS], 1):
            line = Text(f" {number} {offer.english}")
            why = "; ".join(f"{e.provider}: {e.detail}" for e in offer.evidence)
            if offer.made:
                line.append(f" ({offer.made})", style="yellow")
            line.append(f"  {why}", style="dim")
            for evidence in offer.against:
                line.append(f"  contested by {evidence.provider}: {evidence.detail}", style="red")
            lines.append(line)
        if not one.offers:
            lines.append(Text(" no equivalent is known: e to type one", style="dim"))
        for context in candidate.contexts:
            line = Text("「" + context.sentence.strip() + "」")
            line.highlight_words([context.surface], "bold yellow")
            line.append(f" {context.document}", style="dim")
            lines.append(line)
        title = f"{self.position + 1} of {len(self.queue)}"
        counts = (
            f"score {one.score:.2f} · {candidate.frequency}× in {candidate.documents} document(s)"
        )
        return Panel(Group(*lines, Text.from_markup(f"\n{_KEYS}")), title=title, subtitle=counts)


def review(
    opened: Workspace,
    who: str,
    deferred: bool = False,
    min_freq: int = 1,
    order: Order = best_first,
) -> None:
    """Walk through the candidates that wait for a decision."""
    console = Console(highlight=False)
    statuses = [Status.NEW, Status.DEFERRED] if deferred else [Status.NEW]
    ranked = opened.ranking(statuses=statuses)
    queue = sorted((one for one in ranked if one.candidate.frequency >= min_freq), key=order)
    if not queue:
        console.print("nothing to review; collect a document first: yakugo collect FILE")
        return
    session = Session(opened, who, queue, console, order=order)
    try:
        session.run()
    finally:
        if session.done:
            opened.learn()
        said = ", ".join(f"{n} {status.value}" for status, n in session.done.items() if n)
        left = len(queue) - session.position
        console.print(f"{said or 'nothing decided'}; {left} left")
