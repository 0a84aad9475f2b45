"""The drill on a terminal: a question, a line typed, the verdict, and how soon it comes again.

Lines, and no full screen: an input method for Japanese works in a line wherever there is one, and
so do pipes and screen readers. What begins with a colon is a command; no term does.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from enum import Enum

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from yakugo.drill.answers import Judge, Judgement, Verdict
from yakugo.drill.deck import Deck
from yakugo.drill.exercises import Exercise, is_asked_too
from yakugo.drill.paint import NAMES, Painter, ratings, span, when
from yakugo.drill.scheduling import AGAIN, EASY, GOOD, HARD, RATINGS
from yakugo.drill.session import Session
from yakugo.errors import TermbaseError
from yakugo.model import ENGLISH, JAPANESE, CardKind

_SUGGESTED = {Verdict.RIGHT: GOOD, Verdict.NEAR: HARD, Verdict.WRONG: AGAIN}
_LANGUAGES = {ENGLISH: "English", JAPANESE: "日本語"}
_KEYS = "Enter alone: not known · :u take back · :s another time · :q end · :? help"
_HELP = (
    "Type the answer and press Enter; an empty line says that you do not know it. Japanese may be "
    "kanji, kana or romaji. Then press Enter for the rating that is proposed, or 1 to 4 for your "
    "own. :u takes the last answer back, :s leaves a card for another time, :q ends, as Ctrl-C "
    "does; every answer that is rated is stored at once."
)
_HARDEST = 5
_MILLISECOND = timedelta(milliseconds=1)
# Who knows a new term at once and types it without a pause has known it before.
_QUICK, _QUICK_A_LETTER = 3.0, 0.3  # seconds


class _Command(Enum):
    """What is asked for instead of an answer, by its name or the first letter of it."""

    UNDO = "undo"
    SKIP = "skip"
    QUIT = "quit"
    HELP = "?"


def run(
    session: Session,
    deck: Deck,
    console: Console,
    self_graded: bool = False,
    read: Callable[[str], str] = input,
    notice: str = "",
) -> None:
    """Drill until nothing is left or the learner stops; then say how it went.

    `read` asks for a line. Ctrl-C, Ctrl-D and the end of a pipe stop it as `:q` does. `notice` is
    said at the beginning.
    """
    if read is input:
        with suppress(ImportError, AttributeError):
            import readline

            readline.set_auto_history(False)  # an answer is not to be found by the arrow keys
    drill = _Drill(session, deck, console, self_graded, read)
    try:
        drill.go(notice)
    except (KeyboardInterrupt, EOFError):
        console.print()
    drill.sum_up()


class _Drill:
    def __init__(
        self,
        session: Session,
        deck: Deck,
        console: Console,
        self_graded: bool,
        read: Callable[[str], str],
    ) -> None:
        self.session = session
        self.judge = Judge(deck.glossary)
        self.concepts = {one.id: one for one in deck.glossary}
        self.english = deck.english
        self.console = console
        self.self_graded = self_graded
        self.read = read
        self.began = session.now()
        self.notice = ""  # what is said above the next question

    def go(self, notice: str) -> None:
        self.notice = "\n".join(filter(None, (notice, _KEYS)))
        while (one := self.session.next()) is not None:
            self._head()
            if not self._ask(one):
                return

    def _head(self) -> None:
        """A new page, so that no answer stands there that is asked for again."""
        if self.console.is_terminal:
            self.console.clear()
        left = self.session.left()
        words = (
            (f"{len(self.session.answers)} answered", True),
            (f"{left.due} due", left.due),
            (f"{left.learning} being learnt", left.learning),
            (f"{left.new} new", left.new),
        )
        title = " · ".join(word for word, is_there in words if is_there)
        self.console.print(Rule(title, style="dim"))
        if self.notice:
            self._say(self.notice)
        self.notice = ""

    @property
    def painter(self) -> Painter:
        """For the terminal as wide as it is now."""
        colour = self.console.color_system is not None and not self.console.no_color
        return Painter(self.console.width, colour, self.concepts, self.english)

    def _print(self, lines: list[Text]) -> None:
        for line in lines:
            self.console.print(line, no_wrap=True, overflow="ignore", crop=False)

    # --- one card

    def _ask(self, one: Exercise) -> bool:
        """Ask until there is an answer or a command; False to end."""
        self._print(self.painter.question(one))
        begun = self.session.now()
        prompt = f"1-{len(one.choices)}" if one.choices else _LANGUAGES[one.language]
        if self.self_graded:
            prompt = "Enter shows the answer"
        while True:
            line = self._line(f"{prompt}> ")
            command = _command(line)
            if command is not None:
                if command is not _Command.HELP:
                    return self._do(command, one)
                self._say(_HELP)
                continue
            took = max(round((self.session.now() - begun) / _MILLISECOND), 0)
            if self.self_graded:
                return self._rate(one, None, "", took)
            given = _chosen(line, one)
            if one.choices and given.isdecimal():
                self._say(f"choose from 1 to {len(one.choices)}")
                continue
            judged = self._judge(given, one)
            other = self.concepts.get(judged.meant)
            if judged.verdict is Verdict.WRONG and other and is_asked_too(other, one):
                self._say(f"{given.strip()} is right too, but it is another term that is meant")
                continue
            return self._rate(one, judged, given, took)

    def _judge(self, given: str, one: Exercise) -> Judgement:
        judged = self.judge.judge(given, one.concept, one.language)
        if not one.choices:
            return judged
        chosen = {term.text: other for other in one.others for term in other.terms}.get(given)
        if chosen is not None:
            return Judgement(Verdict.WRONG, judged.term, meant=chosen.id)
        if judged.verdict is Verdict.NEAR:  # of two that are alike one is wrong
            return Judgement(Verdict.WRONG, judged.term, meant=judged.meant)
        return judged

    def _rate(self, one: Exercise, judged: Judgement | None, given: str, took: int) -> bool:
        self._print(self.painter.answer(one, judged, given))
        suggested = self._suggested(one, judged, given, took) if judged else GOOD
        self.console.print(ratings(self.session.intervals(one), suggested))
        while True:
            line = unicodedata.normalize("NFKC", self._line(f"Enter: {NAMES[suggested]}, or 1-4> "))
            line = line.strip()
            if not line or line in map(str, RATINGS):
                self.session.answer(one, int(line) if line else suggested, given, took)
                return True
            command = _command(line) or _command(f":{line}")
            if command is not None and command is not _Command.HELP:
                return self._do(command, one)
            self._say(_HELP)

    def _suggested(self, one: Exercise, judged: Judgement, given: str, took: int) -> int:
        letters = max(len(given), len(judged.term.reading))
        quick = took / 1000 <= _QUICK + _QUICK_A_LETTER * letters
        right = judged.verdict is Verdict.RIGHT
        if right and quick and self.session.is_new(one) and not one.choices:
            return EASY
        return _SUGGESTED[judged.verdict]

    def _do(self, command: _Command, one: Exercise) -> bool:
        if command is _Command.QUIT:
            return False
        if command is _Command.SKIP:
            self.session.put_off(one)
            self.notice = f"another time: {self._name(one.concept.id)}"
            return True
        try:
            undone = self.session.undo()
        except TermbaseError as error:  # by the same learner, in another window
            self.notice = str(error)
            return True
        if undone is None:
            self.notice = "there is nothing to take back in this sitting"
        else:
            # Not which: that would answer the question which comes again.
            self.notice = f"taken back: {NAMES[undone.rating]}"
        return True

    def _line(self, prompt: str) -> str:
        """A line as it was typed, without what no terminal should send."""
        while True:
            try:
                line = self.read(prompt)
            except UnicodeDecodeError:
                self._say("that is no UTF-8; set the terminal to it, and type the line again")
                continue
            line = line.encode("utf-8", "replace").decode("utf-8")
            return "".join(char for char in line if unicodedata.category(char) != "Cc")

    def _say(self, text: str) -> None:
        self.console.print(Text(text, style="dim"))

    def _name(self, id: str) -> str:
        concept = self.concepts.get(id)
        terms = [concept.preferred(language) for language in (JAPANESE, ENGLISH)] if concept else []
        return " ".join(term.text for term in terms if term) or id

    # --- the end

    def sum_up(self) -> None:
        """What was answered, what was hard, and when it goes on."""
        if self.session.answers:
            self.console.print()
            self.console.print(Rule(style="dim"))
            self.console.print(self._counts())
            self._hardest()
        for line in self._outlook():
            self._say(line)

    def _counts(self) -> Table:
        first: dict[tuple[str, CardKind], int] = {}
        for one in self.session.answers:
            first.setdefault((one.concept, one.kind), one.rating)
        asked = Counter(kind for _, kind in first)
        known = Counter(kind for (_, kind), rating in first.items() if rating > AGAIN)
        table = Table.grid(padding=(0, 2))
        count = len(self.session.answers)
        said = f"{count} answers" if count != 1 else "1 answer"
        table.add_row(Text(said, style="bold"), f"in {_time(self.session.now() - self.began)}")
        for kind, number in asked.items():
            share = known[kind] / number
            bar = Text("█" * round(20 * share), style="green")
            table.add_row(kind.value, f"{known[kind]} of {number} known at once", bar)
        return table

    def _hardest(self) -> None:
        failed = Counter(one.concept for one in self.session.answers if one.rating == AGAIN)
        for i, (id, times) in enumerate(failed.most_common(_HARDEST)):
            mark = "" if i else "hardest"
            again = f"  {times} times" if times > 1 else ""
            self.console.print(Text.assemble((f"{mark:9}", "dim"), self._name(id), (again, "dim")))

    def _outlook(self) -> list[str]:
        session = self.session
        left = session.left()
        said = []
        if left:
            parts = (f"{left.due} due", f"{left.learning} being learnt", f"{left.new} new")
            there = ", ".join(part for part in parts if not part.startswith("0 "))
            said.append(f"still to come today: {there}; everything so far is stored")
        else:
            coming = session.next_due()
            next_one = f"; the next card comes {when(coming, session.now())}" if coming else ""
            said.append(f"nothing is due now{next_one}")
        if tomorrow := session.due_tomorrow():
            said.append(f"tomorrow: {tomorrow} due")
        if not left.new and (more := session.waiting_new()):
            enough = session.more()
            said.append(f"new cards waiting: {more}; --new {enough} brings some of them today")
        if not left and (others := session.for_another_day()):
            said.append(f"for another day, as their terms are new: {others}")
        return said


def _time(passed: timedelta) -> str:
    return f"{passed.seconds} s" if passed < timedelta(minutes=1) else span(passed)


def _chosen(line: str, one: Exercise) -> str:
    """What was answered: the choice of a number, or what was typed."""
    number = line.strip()
    if one.choices and number.isdecimal() and 1 <= int(number) <= len(one.choices):
        return one.choices[int(number) - 1]
    return line.strip()


def _command(line: str) -> _Command | None:
    """The command of a line that begins with a colon, be it of full width."""
    text = unicodedata.normalize("NFKC", line).strip().lower()
    if not text.startswith(":"):
        return None
    name = text[1:].strip()
    return next((c for c in _Command if name and name in (c.value, c.value[0])), _Command.HELP)
