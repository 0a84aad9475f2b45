"""The drill: flashcards in the terminal, each asked again when it would be forgotten.

What the command line calls; heavy parts are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from yakugo.errors import TermbaseError
from yakugo.termbase import Termbase, learners

if TYPE_CHECKING:
    from rich.console import Console

    from yakugo.drill.session import Wishes


def wishes(modes: Iterable[str], new: int, limit: int, minutes: float) -> Wishes:
    """What is wanted of a sitting; FormatError for a mode that is none."""
    from yakugo.drill.exercises import DRILLED
    from yakugo.drill.session import Wishes
    from yakugo.flashcards import kinds

    return Wishes(kinds(modes, DRILLED) or DRILLED, new, limit, minutes)


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

    found = deck(termbase, documents)
    known = learners.names(termbase)
    notice = ""
    if known and learner not in known:
        notice = f"{learner} has not drilled here before; who has: {', '.join(known)}"
    session = Session(
        termbase, learner, found.concepts, found.contexts, wishes, now, found.glossary
    )
    terminal.run(session, found, console, self_graded, notice=notice)


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
    termbase: Termbase,
    learner: str,
    now: datetime,
    console: Console,
    picture: Path | None,
    days: int,
) -> None:
    """Show a learner's progress, over the last `days` and in all; with `picture` draw it too.

    Cards are those of terms that the glossary has now. TermbaseError for a learner who is not
    there while others are.
    """
    from yakugo.drill import plot, report
    from yakugo.drill.progress import measure
    from yakugo.drill.scheduling import Scheduling

    if picture is not None:
        plot.check(picture)  # before the pages of numbers, not after
    names = learners.names(termbase)
    if names and learner not in names:
        listed = ", ".join(names)
        raise TermbaseError(f"{learner} has not drilled here; --learner takes one of {listed}")
    settings = learners.learner(termbase, learner)
    scheduling = Scheduling(settings.parameters, settings.desired_retention)
    concepts = {one.id: one for one in termbase.glossary()}
    answers = learners.answers(termbase, learner)
    cards = learners.cards(termbase, learner, scheduling.replay) if answers else {}
    there = {key: card for key, card in cards.items() if card.concept in concepts}
    found = measure(answers, there, scheduling, now)
    report.show(learner, found, concepts, console, days)
    if picture is not None:
        plot.plot(found, picture, days=days)
        console.print(f"drawn: {picture}", markup=False, soft_wrap=True)


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
