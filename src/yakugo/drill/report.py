"""`yakugo drill --stats`: a learner's progress as tables and bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from yakugo.drill.progress import MATURE, Progress, Recall, Share, retention
from yakugo.drill.scheduling import RATINGS, REVIEW
from yakugo.drill.terminal import COLOURS
from yakugo.model import ENGLISH, JAPANESE, CardKind, Concept

_WEEKS = 2
_RECENT = timedelta(days=30)
_BAR = 40
_SHOWN_AHEAD = 14
_HARDEST = 10


def show(
    found: Progress, concepts: Mapping[str, Concept], desired: float, console: Console
) -> None:
    """Print it; `desired` is the retention that the learner aims at."""
    if not found.days:
        console.print("nothing was answered yet: yakugo drill begins")
        return
    for title, part in (
        ("", _summary(found)),
        ("Answers by day", _days(found)),
        (f"Remembered, of {desired:.0%} aimed at", _retention(found, desired)),
        ("What comes", _forecast(found)),
        ("Hardest", _hardest(found, concepts)),
    ):
        if part is not None:
            if title:
                console.print(Text(f"\n{title}", style="bold"))
            console.print(part)


def _summary(found: Progress) -> Group:
    total = sum(day.answers for day in found.days)
    minutes = sum(day.minutes for day in found.days)
    today = next((day for day in found.days if day.day == found.today), None)
    phases = [card.phase == REVIEW for card in found.cards]
    mature = sum(card.stability >= MATURE for card in found.cards if card.phase == REVIEW)
    lines = (
        f"{total:,} answers on {len(found.days)} days, {minutes / 60:.1f} hours; "
        f"today {today.answers if today else 0}; {found.streak} days in a row",
        f"{len(found.cards):,} cards: {phases.count(False)} being learnt, {sum(phases) - mature} "
        f"young, {mature} known for {MATURE} days and more; about {found.known:.0f} known now",
    )
    return Group(*(Text(line) for line in lines))


def _days(found: Progress) -> Table:
    table = _table()
    by_day = {day.day: day for day in found.days}
    last = [found.today - timedelta(days=n) for n in range(7 * _WEEKS)][::-1]
    most = max((by_day[day].answers for day in last if day in by_day), default=0)
    for day in last:
        done = by_day.get(day)
        bar = Text()
        for rating in RATINGS if done and most else ():
            width = round(_BAR * done.ratings.get(rating, 0) / most) if done else 0
            bar.append("█" * width, style=COLOURS[rating])
        numbers = (str(done.answers), f"{done.minutes:.0f} min") if done else ("", "")
        table.add_row(f"{day:%a %d %b}", *numbers, bar)
    return table


def _retention(found: Progress, desired: float) -> Table | Text:
    recent = [one for one in found.recalls if one.day > found.today - _RECENT]
    if not recent:
        return Text("no card has come again on another day yet", style="dim")
    table = _table()
    _add_share(table, "30 days", recent, desired)
    for kind in CardKind:
        _add_share(table, f"  {kind.value}", [one for one in recent if one.kind is kind], desired)
    young = [one for one in recent if one.stability < MATURE]
    _add_share(table, "  young", young, desired)
    _add_share(table, "  mature", [one for one in recent if one not in young], desired)
    expected = sum(one.expected for one in recent) / len(recent)
    table.add_row("expected by FSRS", f"{expected:.0%}", "", "")
    return table


def _add_share(table: Table, name: str, recalls: Iterable[Recall], desired: float) -> None:
    share: Share = retention(recalls)
    if share.value is None:
        return
    style = "green" if share.value >= desired - 0.03 else "yellow"
    bar = Text("█" * round(_BAR * share.value), style=style)
    table.add_row(name, f"{share.value:.0%}", f"{share.kept} of {share.of}", bar)


def _forecast(found: Progress) -> Table:
    table = _table()
    ahead = found.forecast[:_SHOWN_AHEAD]
    most = max(ahead, default=0) or 1
    for n, count in enumerate(ahead):
        day = found.today + timedelta(days=n)
        name = "today" if n == 0 else f"{day:%a %d %b}"
        table.add_row(name, str(count), "", Text("█" * round(_BAR * count / most), style="cyan"))
    rest = sum(found.forecast[_SHOWN_AHEAD:])
    table.add_row(f"to day {len(found.forecast)}", str(rest), "", "")
    return table


def _hardest(found: Progress, concepts: Mapping[str, Concept]) -> Table | None:
    if not found.hardest:
        return None
    table = _table()
    for card in found.hardest[:_HARDEST]:
        concept = concepts[card.concept]
        japanese, english = concept.preferred(JAPANESE), concept.preferred(ENGLISH)
        table.add_row(
            japanese.text if japanese else card.concept,
            english.text if english else "",
            card.kind.value,
            f"forgotten {card.lapses} times, difficulty {card.difficulty:.1f}",
        )
    return table


def _table() -> Table:
    return Table.grid(padding=(0, 2, 0, 0))
