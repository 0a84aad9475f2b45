"""Progress as a picture: four small charts in one file (PNG, SVG or PDF), by matplotlib.

The charts hold no terms: matplotlib takes the fonts of the machine, which may have no Japanese.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yakugo.drill import progress as measured
from yakugo.drill.progress import MATURE, Progress, Share
from yakugo.errors import FormatError, MissingPackageError
from yakugo.formats.atomic import replacing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ENDINGS = (".png", ".svg", ".pdf")
DAYS = 30

_SIZE = (11.0, 7.4)  # inches
_DPI = 150
# Okabe and Ito, "Color Universal Design" (2008): told apart by the colour-blind too.
_RATINGS = (
    ("again", "#D55E00"),
    ("hard", "#E69F00"),
    ("good", "#009E73"),
    ("easy", "#56B4E9"),
)
_MAIN, _PALE, _MUTED, _WANTED = "#0072B2", "#8fc1e3", "#6b7280", "#D55E00"
_STYLE: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same picture on every machine
    "font.size": 9,
    "axes.edgecolor": "#c4c9d1",
    "axes.labelcolor": _MUTED,
    "axes.titlecolor": "#1f2937",
    "axes.titlelocation": "left",
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "axes.titlepad": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": "#e8eaee",
    "xtick.color": _MUTED,
    "ytick.color": _MUTED,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "svg.hashsalt": "yakugo",
}
_DAY = timedelta(days=1)
_WEEKS = 26
_ENOUGH = 30  # reviews, for their band to be seen whole: that of a first week reaches far down
_POOLED = 4  # weeks that are taken together: a single one has too few reviews to tell
# Days where the bars of the last chart begin: about even steps of the logarithm.
_INTERVALS = (1, 2, 3, 5, 8, 14, 21, 35, 60, 100, 180, 365)


def check(path: Path) -> None:
    """Whether a picture can be made at all.

    FormatError for an ending that says no form, MissingPackageError without matplotlib.
    """
    if path.suffix.lower() not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise FormatError(f"cannot draw {path}: its ending says no form; choose one of {known}")
    if find_spec("matplotlib") is None:
        raise MissingPackageError(
            "drawing needs the package matplotlib; install it with pip install 'yakugo[plot]'"
        )


def plot(progress: Progress, path: Path, *, days: int = DAYS) -> None:
    """Draw progress to a file, the answers of the last `days`.

    Raises what `check` does, and WorkspaceError for a file that cannot be written.
    """
    check(path)
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=_SIZE, layout="constrained")
        FigureCanvasAgg(figure)  # no window, whatever the machine has
        _draw(figure, progress, days)
        form = path.suffix.lower().removeprefix(".")
        undated = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
        with replacing(path) as temporary:
            figure.savefig(temporary, format=form, dpi=_DPI, metadata=undated[form])


def _draw(figure: Figure, progress: Progress, days: int) -> None:
    (answers, retention), (due, intervals) = figure.subplots(2, 2)
    figure.get_layout_engine().set(w_pad=0.18, h_pad=0.16)  # type: ignore[call-arg, union-attr]
    figure.suptitle(_summary(progress), x=0.035, ha="left", color=_MUTED, fontsize=10)
    _answers(answers, progress, days)
    _retention(retention, progress)
    _due(due, progress)
    _intervals(intervals, progress)


def _summary(progress: Progress) -> str:
    day = progress.today
    parts = [f"{day.day} {day:%B %Y}", f"{progress.answers:,} answers"]
    if progress.phases.cards:
        parts.append(f"about {progress.known:,.0f} of {progress.phases.cards:,} cards known now")
    share = measured.retention(progress.reviews)
    if share.value is not None:
        parts.append(f"retention {share.value:.1%} in all")
    return "  ·  ".join(parts)


def _answers(axes: Axes, progress: Progress, days: int) -> None:
    axes.set_title("Answers each day")
    first = progress.today - (days - 1) * _DAY
    shown = [day for day in progress.days if first <= day.date <= progress.today]
    if not shown:
        _nothing(axes, "no answers yet")
    bottom = [0] * len(shown)
    for rating, (name, colour) in enumerate(_RATINGS):
        heights = [day.ratings[rating] for day in shown]
        places = [_number(day.date) for day in shown]
        axes.bar(places, heights, 0.86, bottom, color=colour, label=name)
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    if shown:
        _legend(axes, columns=4)
    axes.set_xlim(_number(first) - 0.6, _number(progress.today) + 0.6)
    _dates(axes)
    _whole(axes)


def _retention(axes: Axes, progress: Progress) -> None:
    from matplotlib.ticker import PercentFormatter

    axes.set_title("Retention")
    wanted = progress.desired_retention
    first = measured.week_of(progress.today) - (_WEEKS - 1) * 7 * _DAY
    shares = measured.retention_by(progress.reviews, lambda one: measured.week_of(one.day))
    weeks = sorted(week for week in shares if first <= week <= progress.today)
    places = [_number(week) for week in weeks]
    values = [shares[week].value or 0.0 for week in weeks]
    pooled = [_together(shares, week) for week in weeks]
    lowest = wanted
    if weeks:
        lows, highs = [one.band[0] for one in pooled], [one.band[1] for one in pooled]
        certain = [one.band[0] for one in pooled if one.of >= _ENOUGH]
        lowest = min(wanted, *(one.value or 0.0 for one in pooled), *certain)
        axes.fill_between(places, lows, highs, color=_MAIN, alpha=0.14, linewidth=0)
        label = f"{_POOLED} weeks, 95 % sure"
        axes.plot(
            places, [one.value or 0.0 for one in pooled], color=_MAIN, linewidth=2, label=label
        )
        axes.plot(places, values, "o", color=_MAIN, markersize=3.5, alpha=0.55, label="a week")
    else:
        _nothing(axes, "no card came again on a later day yet")
    axes.axhline(
        wanted, color=_WANTED, linewidth=1.4, linestyle=(0, (5, 3)), label=f"wanted ({wanted:.0%})"
    )
    axes.set_ylim(max(lowest - 0.03, 0.0), 1.01)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    if len(weeks) < 2:
        middle = _number(weeks[0] if weeks else progress.today)
        axes.set_xlim(middle - 7, middle + 7)
    _legend(axes, columns=3)
    _dates(axes)


def _together(shares: Mapping[date, Share], week: date) -> Share:
    """The share of a week and of those before it."""
    some = [shares.get(week - n * 7 * _DAY, Share(0, 0)) for n in range(_POOLED)]
    return Share(sum(one.right for one in some), sum(one.of for one in some))


def _due(axes: Axes, progress: Progress) -> None:
    forecast = progress.forecast
    axes.set_title("Cards due, by the dates of now")
    places = [_number(progress.today + n * _DAY) for n in range(len(forecast.days))]
    axes.bar(places, forecast.days, 0.86, color=_MAIN, label="due")
    if forecast.overdue:
        axes.bar(places[0], forecast.overdue, 0.86, color=_WANTED, label="overdue")
        _legend(axes, columns=2)
    if not progress.phases.cards:
        _nothing(axes, "no cards yet")
    elif forecast.later:
        axes.annotate(
            f"{forecast.later:,} later",
            (1, 1),
            (0, 8),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="right",
            va="bottom",
            color=_MUTED,
        )
    axes.set_xlim(places[0] - 0.6, places[-1] + 0.6)
    _dates(axes)
    _whole(axes)


def _intervals(axes: Axes, progress: Progress) -> None:
    axes.set_title("Intervals of cards in review")
    counts = [0] * len(_INTERVALS)
    for interval in progress.intervals:
        counts[max(sum(round(interval) >= start for start in _INTERVALS) - 1, 0)] += 1
    young = sum(start < MATURE for start in _INTERVALS)
    places = [n + 0.5 for n in range(len(_INTERVALS))]
    label = f"{MATURE:.0f} days and more"
    axes.bar(places[:young], counts[:young], 0.86, color=_PALE, label="shorter")
    axes.bar(places[young:], counts[young:], 0.86, color=_MAIN, label=label)
    axes.set_xticks(range(len(_INTERVALS)), [str(start) for start in _INTERVALS])
    axes.set_xlim(-0.1, len(_INTERVALS) + 0.1)
    axes.set_xlabel("days from the last answer until it is due")
    if progress.intervals:
        _legend(axes, columns=2)
    if not progress.intervals:
        _nothing(axes, "no card was learnt yet")
    _whole(axes)


def _number(day: date) -> float:
    from matplotlib.dates import date2num

    return float(date2num(day))  # type: ignore[no-untyped-call]


def _dates(axes: Axes) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=7)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    below = ["", "%Y", "%B %Y", *["%d %B %Y"] * 3]
    form = ConciseDateFormatter(locator, offset_formats=below)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(form)


def _whole(axes: Axes) -> None:
    """Counts are whole numbers from zero, with room above them."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5, min_n_ticks=1))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.set_ylim(0, max(axes.get_ylim()[1], 1) * 1.02)


def _legend(axes: Axes, columns: int) -> None:
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.01, 1.012),
        ncols=columns,
        frameon=False,
        fontsize=8,
        labelcolor=_MUTED,
        handlelength=1.0,
        columnspacing=1.1,
        borderaxespad=0.2,
    )


def _nothing(axes: Axes, why: str) -> None:
    axes.text(
        0.5,
        0.5,
        why,
        transform=axes.transAxes,
        ha="center",
        va="center",
        color=_MUTED,
        style="italic",
    )
