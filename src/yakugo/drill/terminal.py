"""The drill on a terminal: a question, a line typed, the verdict, and how soon it comes again.

Lines, and no full screen: an input method for Japanese works in a line wherever there is one, and
so do pipes and screen readers. What begins with a colon is a command; no term does.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum

from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from yakugo.drill.answers import Judge, Judgement, Part, Verdict
from yakugo.drill.exercises import Exercise
from yakugo.drill.scheduling import AGAIN, EASY, GOOD, HARD, RATINGS
from yakugo.drill.session import Session, end_of_day
from yakugo.furigana import pieces
from yakugo.model import ENGLISH, JAPANESE, USABLE, CardKind, Concept, Term

GAP = "＿＿＿"
NAMES = {AGAIN: "again", HARD: "hard", GOOD: "good", EASY: "easy"}
COLOURS = {AGAIN: "red", HARD: "yellow", GOOD: "green", EASY: "cyan"}
_SUGGESTED = {Verdict.RIGHT: GOOD, Verdict.NEAR: HARD, Verdict.WRONG: AGAIN}
_PARTS = {Part.SAME: "", Part.EXTRA: "red strike", Part.MISSING: "green underline"}
_TASKS = {
    CardKind.RECOGNITION: "in English?",
    CardKind.PRODUCTION: "in Japanese?",
    CardKind.CLOZE: "what is missing?",
    CardKind.CONFUSABLE: "which one?",
}
_LANGUAGES = {ENGLISH: "English", JAPANESE: "日本語"}
_HELP = (
    "an empty line: you do not know it · :u takes the last answer back · :s another time · "
    ":q ends (everything is stored already). Japanese may be kanji, kana or romaji."
)
_HARDEST = 5


class _Command(Enum):
    """What is asked for instead of an answer."""

    UNDO = "u"
    SKIP = "s"
    QUIT = "q"
    HELP = "?"


def run(
    session: Session, concepts: Sequence[Concept], console: Console, self_graded: bool = False
) -> None:
    """Drill until nothing is left or the learner stops; then say how it went.

    Ctrl-C, Ctrl-D and the end of a pipe stop it as `:q` does.
    """
    with suppress(ImportError):
        import readline  # noqa: F401  # lines can be edited where there is one
    drill = _Drill(session, Judge(concepts), concepts, console, self_graded)
    with suppress(KeyboardInterrupt, EOFError):
        drill.go()
    drill.sum_up()


class _Drill:
    def __init__(
        self,
        session: Session,
        judge: Judge,
        concepts: Sequence[Concept],
        console: Console,
        self_graded: bool,
    ) -> None:
        self.session = session
        self.judge = judge
        self.concepts = {one.id: one for one in concepts}
        self.console = console
        self.self_graded = self_graded
        self.began = time.monotonic()

    def go(self) -> None:
        if self.session.next() is not None:
            self.console.print(Text(_HELP, style="dim"))
        while (one := self.session.next()) is not None:
            self._rule()
            if not self._ask(one):
                return

    def _rule(self) -> None:
        left = self.session.left()
        words = (
            (f"{len(self.session.answers)} answered", True),
            (f"{left.due} due", left.due),
            (f"{left.learning} being learnt", left.learning),
            (f"{left.new} new", left.new),
        )
        self.console.print()
        self.console.print(
            Rule(" · ".join(word for word, is_there in words if is_there), style="dim")
        )

    # --- one card

    def _ask(self, one: Exercise) -> bool:
        """Ask until there is an answer or a command; False to end."""
        self.console.print(question(one))
        begun = time.monotonic()
        prompt = "Enter shows the answer" if self.self_graded else _LANGUAGES[one.language]
        while True:
            line = self._line(f"{prompt}> ")
            command = _command(line)
            if command is None:
                break
            if command is not _Command.HELP:
                return self._do(command, one)
            self.console.print(Text(_HELP, style="dim"))
        took = round((time.monotonic() - begun) * 1000)
        given = "" if self.self_graded else _chosen(line, one)
        judged = None if self.self_graded else self._judge(given, one)
        self.console.print(answer(one, judged, given, self.concepts))
        return self._rate(one, judged, given, took)

    def _judge(self, given: str, one: Exercise) -> Judgement:
        judged = self.judge.judge(given, one.concept, one.language)
        if one.choices and judged.verdict is Verdict.NEAR:  # of two that are alike one is wrong
            return Judgement(Verdict.WRONG, judged.term, meant=judged.meant)
        return judged

    def _rate(self, one: Exercise, judged: Judgement | None, given: str, took: int) -> bool:
        suggested = _SUGGESTED[judged.verdict] if judged else GOOD
        later = self.session.intervals(one)
        self.console.print(_ratings(later, suggested))
        while True:
            line = self._line(f"Enter {NAMES[suggested]}, or 1-4> ").strip()
            if not line or line in map(str, RATINGS):
                rating = int(line) if line else suggested
                self.session.answer(one, rating, given, took)
                return True
            command = _command(line) or _command(f":{line}")
            if command is not None and command is not _Command.HELP:
                return self._do(command, one)
            self.console.print(Text(_HELP, style="dim"))

    def _do(self, command: _Command, one: Exercise) -> bool:
        if command is _Command.QUIT:
            return False
        if command is _Command.SKIP:
            self.session.put_off(one)
            self._say("another time")
            return True
        undone = self.session.undo()
        if undone is None:
            self._say("there is nothing to take back in this sitting")
        else:
            self._say(f"taken back: {NAMES[undone.rating]} for {self._name(undone.concept)}")
        return True

    def _line(self, prompt: str) -> str:
        return self.console.input(Text(prompt, style="bold"))

    def _say(self, text: str) -> None:
        self.console.print(Text(text, style="dim"))

    def _name(self, id: str) -> str:
        concept = self.concepts.get(id)
        term = concept.preferred(JAPANESE) if concept else None
        return term.text if term else id

    # --- the end

    def sum_up(self) -> None:
        """What was answered, what was hard, and when it goes on."""
        self.console.print()
        self.console.print(Rule(style="dim"))
        answers = self.session.answers
        if answers:
            self.console.print(self._table())
        if hard := self._hardest():
            self.console.print(Text.assemble(("hardest  ", "dim"), "、".join(hard)))
        self._say(self._outlook())

    def _table(self) -> Table:
        first: dict[tuple[str, CardKind], int] = {}
        for one in self.session.answers:
            first.setdefault((one.concept, one.kind), one.rating)
        asked = Counter(kind for _, kind in first)
        known = Counter(kind for (_, kind), rating in first.items() if rating > AGAIN)
        table = Table.grid(padding=(0, 2))
        minutes = (time.monotonic() - self.began) / 60
        count = len(self.session.answers)
        total = f"{count} answers" if count != 1 else "1 answer"
        table.add_row(Text(total, style="bold"), f"in {minutes:.0f} min" if minutes >= 1 else "")
        for kind, number in asked.items():
            share = known[kind] / number
            bar = Text("█" * round(20 * share), style="green")
            table.add_row(kind.value, f"{known[kind]} of {number} known at once", bar)
        return table

    def _hardest(self) -> list[str]:
        failed = Counter(one.concept for one in self.session.answers if one.rating == AGAIN)
        return [self._name(id) for id, _ in failed.most_common(_HARDEST)]

    def _outlook(self) -> str:
        left = self.session.left()
        if left.due or left.learning or left.new:
            parts = (
                f"{left.due} due", f"{left.learning} being learnt", f"{left.new} new"
            )  # fmt: skip
            there = [part for part in parts if not part.startswith("0 ")]
            return f"still to come today: {', '.join(there)}; everything so far is stored"
        coming = self.session.next_due()
        more = self.session.waiting_new()
        said = "nothing is due now"
        if coming is not None:
            said += f"; the next card comes {when(coming, self.session.now())}"
        if more:
            said += f"; {more} concepts are still new: --new learns more of them today"
        return said


# --- what is shown


def question(one: Exercise) -> Group:
    """What is asked, with what may be known beforehand."""
    lines: list[Text | Padding] = [Text(f"{one.kind.value}: {_TASKS[one.kind]}", style="dim")]
    if one.kind is CardKind.CLOZE:
        lines.append(_indented(Text.assemble(one.before, (GAP, "bold reverse"), one.after)))
        lines.append(_indented(Text(one.hint, style="italic")))
        return Group(*lines)
    lines.append(_indented(Text(one.prompt, style="bold")))
    if one.hint:
        lines.append(_indented(Text(one.hint, style="dim")))
    for i, choice in enumerate(one.choices, 1):
        lines.append(_indented(Text.assemble((f"{i} ", "dim"), choice)))
    return Group(*lines)


def answer(
    one: Exercise, judged: Judgement | None, given: str, concepts: dict[str, Concept]
) -> Group:
    """The verdict, and all that is to be known of the concept."""
    lines: list[Text | Padding] = []
    if judged is not None:
        lines.append(_verdict(judged, given, concepts))
    japanese, english = one.concept.preferred(JAPANESE), one.concept.preferred(ENGLISH)
    if japanese:
        lines.append(_indented(ruby(japanese.text, japanese.reading)))
    if english:
        others = [*_others(one.concept, english), *_others(one.concept, japanese)]
        text = Text(english.text, style="bold")
        if others:
            text.append(f"   also {'; '.join(others)}", style="dim")
        lines.append(_indented(text))
    if one.concept.definition:
        lines.append(_indented(Text(one.concept.definition)))
    if one.context and one.kind is not CardKind.CONFUSABLE:
        sentence = Text(one.context.sentence, style="dim")
        sentence.stylize("not dim bold", one.context.start, one.context.end)
        if one.context.document:
            sentence.append(f" ({one.context.document})", style="dim")
        lines.append(_indented(sentence))
    return Group(*lines)


def _verdict(judged: Judgement, given: str, concepts: dict[str, Concept]) -> Text:
    if judged.verdict is Verdict.RIGHT:
        return Text("✓ right", style="bold green")
    if judged.verdict is Verdict.NEAR:
        text = Text.assemble(("≈ nearly  ", "bold yellow"))
        for part, letters in judged.diff:
            text.append(letters, style=_PARTS[part])
        return text
    text = Text("✗ " + ("wrong" if given.strip() else "not known"), style="bold red")
    if judged.avoid:
        text.append(f"  {given.strip()} is to be avoided", style="not bold red")
    elif judged.meant in concepts:
        meant = concepts[judged.meant]
        terms = [term.text for lang in (JAPANESE, ENGLISH) if (term := meant.preferred(lang))]
        text.append(f"  that is {' = '.join(terms)}", style="not bold red")
    return text


def ruby(text: str, reading: str) -> Text:
    """Two lines: the readings of the pieces, each above its piece; one where nothing is read."""
    cut = pieces(text, reading)
    if not any(piece.reading for piece in cut):
        return Text(text, style="bold")
    above, below = "", ""
    for piece in cut:
        width = max(cell_len(piece.reading), cell_len(piece.text))
        above += _centred(piece.reading, width)
        below += _centred(piece.text, width)
    return Text.assemble((above.rstrip(), "dim"), "\n", (below.rstrip(), "bold"))


def _centred(text: str, width: int) -> str:
    space = width - cell_len(text)
    return " " * (space // 2) + text + " " * (space - space // 2)


def _ratings(later: dict[int, timedelta], suggested: int) -> Text:
    text = Text()
    for rating in RATINGS:
        style = f"bold {COLOURS[rating]}" if rating == suggested else COLOURS[rating]
        text.append(f"{rating} {NAMES[rating]} {span(later[rating])}   ", style=style)
    return text


def span(time: timedelta) -> str:
    """A time in short: 10 min, 3 d, 2.5 mo."""
    minutes = time.total_seconds() / 60
    if minutes < 60:
        return f"{max(minutes, 1):.0f} min"
    if minutes < 24 * 60:
        return f"{minutes / 60:.0f} h"
    days = minutes / (24 * 60)
    return f"{days:.0f} d" if days < 60 else f"{days / 30.4:.1f} mo"


def when(moment: datetime, now: datetime) -> str:
    """When something comes, seen from now: in 8 min, tomorrow, in 5 days."""
    if moment <= now + timedelta(hours=1):
        return f"in {span(max(moment - now, timedelta(minutes=1)))}"
    end = end_of_day(now)
    if moment <= end:
        return "later today"
    days = (moment - end).days + 1
    return "tomorrow" if days == 1 else f"in {days} days"


def _others(concept: Concept, shown: Term | None) -> list[str]:
    if shown is None:
        return []
    terms = concept.in_language(shown.language)
    return [term.text for term in terms if term is not shown and term.usage in USABLE]


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2))


def _chosen(line: str, one: Exercise) -> str:
    """What was answered: the choice of a number, or what was typed."""
    number = line.strip()
    if one.choices and number.isdecimal() and 1 <= int(number) <= len(one.choices):
        return one.choices[int(number) - 1]
    return line


def _command(line: str) -> _Command | None:
    """The command of a line that begins with a colon, be it of full width."""
    text = line.strip().replace("：", ":").replace("？", "?")
    if not text.startswith(":"):
        return None
    letter = text[1:2].lower()
    return next((one for one in _Command if one.value == letter), _Command.HELP if letter else None)
