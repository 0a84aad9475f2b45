"""A learner's progress as a picture: work, retention, what comes, how firmly it sits."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yakugo.drill.progress import MATURE, Progress, retention
from yakugo.drill.scheduling import RATINGS, REVIEW
from yakugo.errors import FormatError, MissingPackageError
from yakugo.formats.atomic import replacing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ENDINGS = (".png", ".svg", ".pdf")
_COLOURS = {1: "#c8553d", 2: "#e0a53c", 3: "#5b8c5a", 4: "#3d7ea6"}
_NAMES = {1: "again", 2: "hard", 3: "good", 4: "easy"}
_INK, _PALE = "#333333", "#b9b4aa"
_WEEK = 7
_SIZE = (11, 7)  # inches
_DOTS = 150


def plot(found: Progress, desired: float, path: Path, title: str) -> None:
    """Draw it to a file, .png, .svg or .pdf by its ending.

    MissingPackageError without matplotlib, FormatError for another ending.
    """
    if path.suffix.lower() not in ENDINGS:
        raise FormatError(f"{path}: a picture ends in {', '.join(ENDINGS)}")
    os.environ.setdefault("MPLBACKEND", "agg")
    try:
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            "a picture needs the package matplotlib: pip install 'yakugo[plot]'"
        ) from error
    figure = Figure(figsize=_SIZE, layout="constrained")
    figure.suptitle(title, x=0.01, ha="left", color=_INK, fontsize=14)
    panels = figure.subplots(2, 2)
    _work(panels[0][0], found)
    _kept(panels[0][1], found, desired)
    _coming(panels[1][0], found)
    _firmness(panels[1][1], found)
    for panel in panels.flat:
        _quiet(panel)
    kind = path.suffix.lower().removeprefix(".")
    undated: dict[str, Any] = {
        "png": {"Software": None},
        "svg": {"Date": None},
        "pdf": {"CreationDate": None},
    }[kind]
    with replacing(path) as temporary:
        figure.savefig(temporary, format=kind, dpi=_DOTS, metadata=undated)


def _work(panel: Axes, found: Progress) -> None:
    panel.set_title("Answers by day", loc="left")
    if not found.days:
        return
    dates: Any = [day.day for day in found.days]
    below = [0.0] * len(found.days)
    for rating in RATINGS:
        counts = [float(day.ratings.get(rating, 0)) for day in found.days]
        panel.bar(dates, counts, 1.0, bottom=below, color=_COLOURS[rating], label=_NAMES[rating])
        below = [a + b for a, b in zip(below, counts, strict=True)]
    panel.legend(frameon=False, ncols=4, fontsize=8, loc="upper left", bbox_to_anchor=(0, 1.02))
    panel.set_ylim(0, max(below) * 1.2)
    _date_axis(panel)


def _kept(panel: Axes, found: Progress, desired: float) -> None:
    """By week, with the 95 % interval of Wilson (1927)."""
    panel.set_title("Remembered, by week", loc="left")
    weeks = sorted({(found.today - one.day).days // _WEEK for one in found.recalls}, reverse=True)
    dates: list[Any] = []
    shares, low, high = [], [], []
    for week in weeks:
        share = retention(r for r in found.recalls if (found.today - r.day).days // _WEEK == week)
        lower, upper = wilson(share.kept, share.of)
        dates.append(found.today - timedelta(days=week * _WEEK))
        shares.append(share.kept / share.of)
        low.append(lower)
        high.append(upper)
    panel.axhline(desired, color=_PALE, linestyle="--", linewidth=1)
    panel.annotate(
        f"aimed at {desired:.0%}", (0.01, desired), xycoords=("axes fraction", "data"),
        va="bottom", color=_PALE, fontsize=8,
    )  # fmt: skip
    if dates:
        panel.fill_between(dates, low, high, color=_COLOURS[4], alpha=0.15, linewidth=0)
        panel.plot(dates, shares, color=_COLOURS[4], marker="o", markersize=3)
        panel.set_ylim(max(0.0, min(*low, desired) - 0.05), 1.0)
        _date_axis(panel)
    panel.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")


def wilson(kept: int, of: int) -> tuple[float, float]:
    """The interval that a share of so many lies in with 95 % confidence (Wilson, JASA 1927)."""
    z = 1.96
    share = kept / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _coming(panel: Axes, found: Progress) -> None:
    panel.set_title(f"Due in the next {len(found.forecast)} days", loc="left")
    panel.bar(range(len(found.forecast)), found.forecast, 0.85, color=_COLOURS[4])
    panel.set_xlabel("days from today")
    _whole_numbers(panel)


def _firmness(panel: Axes, found: Progress) -> None:
    panel.set_title("How long cards are remembered (stability)", loc="left")
    days = [max(card.stability, 0.5) for card in found.cards if card.phase == REVIEW]
    bounds: Sequence[float] = [0.5, 1, 2, 4, 7, 14, 30, 60, 120, 240, 480, 10_000]
    names = ["<1", "1", "2", "4", "7", "14", "30", "60", "120", "240", "480+"]
    counts = [sum(low <= one < high for one in days) for low, high in pairwise(bounds)]
    colours = [_COLOURS[3] if low >= MATURE else _PALE for low in bounds[:-1]]
    panel.bar(names, counts, 0.85, color=colours)
    panel.set_xlabel("days, from")
    _whole_numbers(panel)


def _date_axis(panel: Axes) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=7)  # type: ignore[no-untyped-call]
    panel.xaxis.set_major_locator(locator)
    panel.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def _whole_numbers(panel: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    panel.yaxis.set_major_locator(MaxNLocator(integer=True))


def _quiet(panel: Axes) -> None:
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        panel.spines[side].set_color(_PALE)
    panel.tick_params(colors=_INK, labelsize=8, length=2)
    panel.title.set_fontsize(10)
