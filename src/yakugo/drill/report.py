"""`yakugo drill --stats` in the terminal: how a learner gets on, in tables and bars of 80 columns.

Colours are the terminal's own, so that they suit a light one and a dark one; what they say stands
there in words too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from yakugo.drill import progress as measured
from yakugo.drill.progress import Progress, Review, Share
from yakugo.model import ENGLISH, JAPANESE, Concept

DAYS = 30  # looked back

_HARDEST = 10
_ENOUGH = 30  # reviews, to set what was expected beside what was so
_MONTHS = 6
_COLUMNS = 30  # bars of a chart
_HEIGHT = 5  # lines of a chart
_BAR = 20  # characters of a bar
_SCALE = "50 %" + "100 %".rjust(_BAR - 4)
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_LEFT_EIGHTHS = " ▏▎▍▌▋▊▉█"
_DAY = timedelta(days=1)


def show(
    learner: str,
    progress: Progress,
    concepts: Mapping[str, Concept],
    console: Console,
    days: int = DAYS,
) -> None:
    """Print how a learner gets on, over the last `days` and in all; `concepts` are by their ids."""
    console.print(Text.assemble((learner, "bold"), f" on {_long(progress.today)}"))
    console.print()
    if not progress.answers:
        console.print("Nothing was answered yet. Begin with: yakugo drill")
        return
    console.print(_summary(progress, days))
    _chart(console, *_answers(progress, days))
    _section(console, f"Retention (wanted: {_percent(progress.desired_retention)})", "")
    if progress.reviews:
        console.print(_retention(progress, days))
        if len(progress.reviews) >= _ENOUGH:
            _section(console, "What FSRS expected, and what was so", "of all reviews")
            console.print(_calibration(progress))
    else:
        console.print("No card came again on a later day yet.")
    _chart(console, *_forecast(progress))
    if progress.hardest:
        _section(console, "Hardest", "what was forgotten most often after it was learnt")
        console.print(_hardest(progress, concepts))


def _summary(progress: Progress, days: int) -> Table:
    table = _table()
    table.add_column(style="bold")
    table.add_column()
    streak, phases = progress.streak, progress.phases
    table.add_row("in a row", f"{_count(streak.now, 'day')}, at most {streak.longest}")
    recent = [day for day in progress.days if _recent(day.date, progress.today, days)]
    for name, some in ((_last(days), recent), ("in all", progress.days)):
        minutes = sum(day.minutes for day in some)
        table.add_row(
            name,
            f"{_count(sum(day.answers for day in some), 'answer')} on {_count(len(some), 'day')}, "
            f"{_time(minutes)}; {_count(sum(day.new for day in some), 'new card')}",
        )
    parts = [
        f"{number} {name}"
        for name in ("learning", "relearning", "young", "mature")
        if (number := getattr(phases, name))
    ]
    table.add_row("cards", f"{phases.cards}: {', '.join(parts)}")
    table.add_row(
        "known now",
        f"about {progress.known:.0f} of them ({_percent(progress.known / phases.cards)})"
        if phases.cards
        else "",
    )
    return table


def _answers(progress: Progress, days: int) -> tuple[str, str, Sequence[int], Sequence[str]]:
    step = max(-(-days // _COLUMNS), 1)
    counts = {day.date: day.answers for day in progress.days}
    first = progress.today - (-(-days // step) * step - 1) * _DAY
    starts = [first + n * step * _DAY for n in range(-(-days // step))]
    values = [sum(counts.get(start + n * _DAY, 0) for n in range(step)) for start in starts]
    title = "Answers each day" if step == 1 else f"Answers in every {step} days"
    return title, "", values, [_short(start) for start in starts]


def _forecast(progress: Progress) -> tuple[str, str, Sequence[int], Sequence[str]]:
    forecast = progress.forecast
    labels = [_short(progress.today + n * _DAY) for n in range(len(forecast.days))]
    parts = [f"{forecast.days[0]} today"]
    if forecast.overdue:
        parts[0] += f", {forecast.overdue} of them overdue"
    if len(forecast.days) > 1:
        parts.append(f"{forecast.days[1]} tomorrow")
    parts.append(f"{forecast.later} later than shown")
    remark = "; ".join(parts) + ".\nBy the dates of now: new cards and what is missed come on top."
    return "Due", remark, forecast.days, labels


def _retention(progress: Progress, days: int) -> Table:
    table = _table(header=True)
    table.add_column("")
    table.add_column("reviews", justify="right")
    table.add_column("right", justify="right")
    table.add_column(_SCALE, width=_BAR)
    table.add_column("95 % sure", justify="right")
    table.add_column("FSRS said", justify="right")
    recent = [one for one in progress.reviews if _recent(one.day, progress.today, days)]
    groups: list[tuple[str, Sequence[Review]]] = [
        ("in all", progress.reviews),
        (_last(7), [one for one in recent if _recent(one.day, progress.today, 7)]),
        (_last(days), recent),
    ]
    if days <= 7:
        del groups[1]
    groups += [
        (f"  {kind}", [one for one in recent if one.kind is kind])
        for kind in dict.fromkeys(sorted(one.kind for one in recent))
    ]
    groups += [
        (f"  {name}", [one for one in recent if one.mature is mature])
        for name, mature in (("young", False), ("mature", True))
    ]
    months = dict.fromkeys(measured.month_of(one.day) for one in progress.reviews)
    if len(months) > 1:
        groups += [
            (f"{month:%b %Y}", [one for one in progress.reviews if _in(month, one)])
            for month in list(months)[-_MONTHS:]
        ]
    for name, some in groups:
        share = measured.retention(some)
        if share.of:
            table.add_row(name, *_of(share, progress.desired_retention), _expected(some))
    return table


def _of(share: Share, wanted: float) -> tuple[str | Text, ...]:
    """The cells of a share: red when it is surely less than what is wanted."""
    low, high = share.band
    value = share.value or 0.0
    style = "red" if high < wanted else "green"
    between = f"{100 * low:.0f} to {100 * high:.0f} %"
    return f"{share.of:,}", _percent(value), _bar(value, wanted, style), between


def _expected(some: Sequence[Review]) -> str:
    return _percent(measured.expected(some))


def _in(month: date, review: Review) -> bool:
    return measured.month_of(review.day) == month


def _calibration(progress: Progress) -> Table:
    table = _table(header=True)
    for heading in ("expected", "reviews", "right"):
        table.add_column(heading, justify="right")
    table.add_column(_SCALE, width=_BAR)
    table.add_column("95 % sure", justify="right")
    for one in measured.calibration(progress.reviews):
        table.add_row(_percent(one.expected), *_of(one.observed, one.expected))
    return table


def _hardest(progress: Progress, concepts: Mapping[str, Concept]) -> Table:
    table = _table(header=True)
    table.add_column("term", overflow="fold", max_width=20)
    table.add_column("English", overflow="fold", max_width=26)
    table.add_column("card", no_wrap=True)
    for heading in ("lapses", "difficulty", "known"):
        table.add_column(heading, justify="right", no_wrap=True)
    for hard in progress.hardest[:_HARDEST]:
        card = hard.card
        term, english = _named(card.concept, concepts)
        table.add_row(
            escape(term),
            escape(english),
            card.kind.value,
            str(card.lapses),
            f"{card.difficulty:.1f}",
            _percent(hard.recall),
        )
    return table


def _named(concept_id: str, concepts: Mapping[str, Concept]) -> tuple[str, str]:
    """The term and its English; the id of a concept that is no longer there."""
    concept = concepts.get(concept_id)
    if concept is None:
        return concept_id, ""
    japanese, english = concept.preferred(JAPANESE), concept.preferred(ENGLISH)
    return japanese.text if japanese else concept_id, english.text if english else ""


def _chart(
    console: Console, title: str, remark: str, values: Sequence[int], labels: Sequence[str]
) -> None:
    """Columns from left to right, with the most beside the highest and some labels below."""
    _section(console, title, "")
    most = max([*values, 1])
    margin = len(f"{most:,}")
    for line in reversed(range(_HEIGHT)):
        number = f"{most:,}" if line == _HEIGHT - 1 else "0" if line == 0 else ""
        parts = (_eighth(value / most * _HEIGHT - line, value, line) + " " for value in values)
        axis = "┤" if number else "│"
        console.print(
            Text.assemble((f"{number:>{margin}}{axis}", "dim"), ("".join(parts), "cyan")),
            no_wrap=True,
            crop=True,
        )
    console.print(Text(" " * (margin + 1) + _below(labels), style="dim"), no_wrap=True)
    if remark:
        console.print(Text(remark, style="dim"))


def _eighth(rest: float, value: int, line: int) -> str:
    """A line of a column; what is more than nothing is seen."""
    eighths = min(max(round(rest * 8), 0), 8)
    if value and not line:
        eighths = max(eighths, 1)
    return _EIGHTHS[eighths]


def _below(labels: Sequence[str]) -> str:
    """The first label, the last one, and those between that have room."""
    width = 2 * len(labels)
    every = max(len(labels) // 4, 1)
    text = ""
    for n in range(0, len(labels), every):
        place = 2 * n
        if place >= len(text) and place + len(labels[n]) <= width:
            text = text.ljust(place) + labels[n] + " "
    return text.rstrip()


def _bar(share: float, wanted: float, style: str) -> Text:
    """A bar on the scale from half to all, and a mark where it should end if it does not reach."""
    full, eighths = divmod(round(max(2 * share - 1, 0) * _BAR * 8), 8)
    text = "█" * full + (_LEFT_EIGHTHS[eighths] if eighths else "")
    mark = min(max(int((2 * wanted - 1) * _BAR), 0), _BAR - 1)
    if len(text) > mark:
        return Text(text, style=style)
    return Text.assemble((text.ljust(mark), style), ("┊", "dim"))


def _section(console: Console, title: str, remark: str) -> None:
    console.print()
    console.print(Text.assemble((title, "bold"), (f"  {remark}" if remark else "", "dim")))


def _table(*, header: bool = False) -> Table:
    return Table(box=None, show_header=header, header_style="dim", pad_edge=False)


def _recent(day: date, today: date, days: int) -> bool:
    return today - days * _DAY < day <= today


def _last(days: int) -> str:
    return "today" if days == 1 else f"last {days} days"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _time(minutes: float) -> str:
    return f"{minutes:.0f} min" if minutes < 100 else f"{minutes / 60:.1f} h"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _long(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
