"""The drill: flashcards in the terminal, each asked again when it would be forgotten.

What the command line calls; heavy parts are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from yakugo.termbase import Termbase, learners

if TYPE_CHECKING:
    from rich.console import Console

    from yakugo.drill.session import Wishes


def wishes(modes: Iterable[str], new: int, limit: int) -> Wishes:
    """What is wanted of a sitting; FormatError for a mode that is none."""
    from yakugo.drill.exercises import DRILLED
    from yakugo.drill.session import Wishes
    from yakugo.flashcards import kinds

    return Wishes(kinds(modes, DRILLED) or DRILLED, new, limit)


def drill(
    termbase: Termbase,
    learner: str,
    documents: Sequence[str],
    wishes: Wishes,
    now: Callable[[], datetime],
    console: Console,
    self_graded: bool,
) -> None:
    """One sitting on the terminal."""
    from yakugo.drill import terminal
    from yakugo.drill.deck import deck
    from yakugo.drill.session import Session

    concepts, contexts = deck(termbase, documents)
    session = Session(termbase, learner, concepts, contexts, wishes, now)
    terminal.run(session, concepts, console, self_graded)


def aim(termbase: Termbase, learner: str, retention: float) -> None:
    """Set the share that a learner wants to remember."""
    settings = learners.learner(termbase, learner)
    learners.save(termbase, replace(settings, desired_retention=retention))


def import_anki(termbase: Termbase, learner: str, path: Path, console: Console) -> None:
    """Add the answers of an export of Anki, and say how many."""
    from yakugo.drill.anki_history import take_in

    found = take_in(termbase, learner, path)
    console.print(f"{found.new:,} answers are new, {found.known:,} were known", highlight=False)
    if found.first:
        console.print(f"from {found.first[:10]} to {found.last[:10]}", highlight=False)
    if found.strangers:
        console.print(f"{found.strangers} notes are of concepts that are no longer in the glossary")


def show_progress(
    termbase: Termbase, learner: str, now: datetime, console: Console, picture: Path | None
) -> None:
    """Show a learner's progress; with `picture` draw it too."""
    from yakugo.drill import report
    from yakugo.drill.progress import progress
    from yakugo.drill.scheduling import Scheduling

    settings = learners.learner(termbase, learner)
    scheduling = Scheduling(settings.parameters, settings.desired_retention)
    concepts = {one.id: one for one in termbase.glossary()}
    found = progress(learners.answers(termbase, learner), scheduling, now, concepts)
    report.show(found, concepts, settings.desired_retention, console)
    if picture is not None:
        from yakugo.drill.plot import plot

        plot(found, settings.desired_retention, picture, f"yakugo drill: {learner}")
        console.print(f"drawn: {picture}")


def fit(termbase: Termbase, learner: str, console: Console) -> None:
    """Fit the scheduler to a learner's answers, and say what came of it."""
    from yakugo.drill import fitting

    with console.status("fitting"):
        found = fitting.fit(termbase, learner)
    said = "better, and kept" if found.kept else "no better: the parameters stay as they were"
    console.print(
        f"fitted to {found.answers:,} answers; log loss of the last ones "
        f"{found.before:.4f} before, {found.after:.4f} after: {said}"
    )
