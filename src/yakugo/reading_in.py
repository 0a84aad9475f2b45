"""`yakugo import` in the terminal: what is found, what would be done, and then what was done."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from yakugo import spreadsheets
from yakugo.errors import FormatError, YakugoError
from yakugo.exchange import report
from yakugo.exchange.columns import described
from yakugo.exchange.entries import Table as Found
from yakugo.exchange.entries import Tables, entries
from yakugo.exchange.fields import Entry
from yakugo.exchange.outcomes import Outcome, Result
from yakugo.exchange.taking import Judge, Progress, Side
from yakugo.formats import tbx, tbx2
from yakugo.model import Concept
from yakugo.workspace import Workspace

_SHOWN = 20  # rows of a preview
_EXAMPLE = 40  # characters of a cell
_HEAD = 64  # bytes that tell what a file is
_MARKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # of encodings, and white space
_PROGRESS_FROM = 500  # rows; fewer are done before a bar could be read
_STYLES = {
    Result.APPLIED: "green",
    Result.UNCHANGED: "dim",
    Result.CONFLICT: "yellow",
    Result.INVALID: "red",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for."""

    dry_run: bool = False
    yes: bool = False
    columns: str = ""
    theirs: bool = False
    ours: bool = False
    ask: bool = False
    report: Path | None = None


def run(
    opened: Workspace, path: Path, who: str, wishes: Wishes, out: Console, err: Console
) -> bool:
    """Read a file in; whether all of it was taken over, or would be."""
    if sum((wishes.theirs, wishes.ours, wishes.ask)) > 1:
        raise YakugoError("choose one of --theirs, --ours and --ask")
    target = wishes.report or path.with_name(f"{path.stem}-report.xlsx")
    found = _concepts(path, err) if _is_xml(path) else _entries(path, wishes.columns, err)
    judge = _judge(wishes)
    outcomes: Sequence[Outcome] = ()
    if wishes.dry_run or wishes.ask or (sys.stdin.isatty() and not wishes.yes):
        with _progress(len(found), "looking", err) as progress:
            outcomes = opened.take_over(found, who, judge, True, progress)
        _show(outcomes, " (would be)", out)
        if wishes.dry_run:
            return _is_whole(outcomes)
        confirmed = _confirmed(outcomes, wishes, out)
        if confirmed is None:
            return False
        judge = confirmed
    with _progress(len(found), "taking over", err) as progress:
        done = opened.take_over(found, who, judge, progress=progress)
    (_count if outcomes else _show)(done, "", out)
    if not _is_whole(done):
        report.write(done, target, path.name, opened.termbase.as_of())
        out.print(f"what was not taken over stands in {escape(str(target))}", soft_wrap=True)
    return _is_whole(done)


def _is_whole(outcomes: Sequence[Outcome]) -> bool:
    return all(one.result in (Result.APPLIED, Result.UNCHANGED) for one in outcomes)


# --- what the file holds


def _is_xml(path: Path) -> bool:
    """Whether a file is a termbase (TBX) and no table."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(_HEAD).lstrip(_MARKS).startswith(b"<")
    return False


def _concepts(path: Path, err: Console) -> list[Concept]:
    """The concepts of a TBX file: ours as they were published, others as far as they go."""
    try:
        return tbx.read(path)
    except FormatError:
        found = tbx2.read(path)
    for language, number in found.others.items():
        err.print(f"[dim]terms in {escape(language)}: {number}, left out[/]")
    return found.concepts


def _entries(path: Path, given: str, err: Console) -> list[Entry]:
    tables = entries(spreadsheets.read(path), path, given)
    for table in tables.tables:
        if given or not table.is_review:
            _show_columns(table, err)
    _show_left_out(tables, err)
    return [entry for table in tables.tables for entry in table.entries]


def _show_columns(table: Found, err: Console) -> None:
    shown = Table(box=None, header_style="bold", pad_edge=False, title=escape(table.sheet.name))
    for heading in ("field", "column", "name", "because", "example"):
        shown.add_column(heading, overflow="fold")
    for line in described(table.columns, table.sheet.rows):
        example = line.example[:_EXAMPLE] + "…" * (len(line.example) > _EXAMPLE)
        cells = (line.field or "-", line.letter, line.header, line.why, example)
        shown.add_row(*(escape(" ".join(cell.split())) for cell in cells))
    err.print(shown)
    err.print("[dim]wrong? correct it: --map japanese=1,english=2[/]")


def _show_left_out(tables: Tables, err: Console) -> None:
    for name in tables.without:
        err.print(f"[dim]sheet {escape(name)}: no glossary, left out[/]", soft_wrap=True)
    left_out = [one for table in tables.tables for one in table.left_out]
    for why, rows in Counter(one.why for one in left_out).items():
        places = [one.place for one in left_out if one.why == why]
        some = ", ".join(places[:3]) + (" …" if len(places) > 3 else "")
        err.print(f"[dim]left out, {why}: {rows} ({escape(some)})[/]", soft_wrap=True)


# --- what is done


def _show(outcomes: Sequence[Outcome], how: str, out: Console) -> None:
    said = [one for one in outcomes if one.result is not Result.UNCHANGED]
    said.sort(key=lambda one: one.result is Result.APPLIED)  # what needs a look comes first
    if said:
        table = Table(box=None, header_style="bold", pad_edge=False)
        for heading in ("where", "term", "", "what"):
            table.add_column(heading, overflow="fold")
        for one in said[:_SHOWN]:
            style = _STYLES[one.result]
            cells = escape(one.place), escape(one.japanese), f"[{style}]{one.result.value}[/]"
            table.add_row(*cells, escape(_what(one)))
        out.print(table)
        if len(said) > _SHOWN:
            out.print(f"[dim]… and {len(said) - _SHOWN} more[/]")
    _count(outcomes, how, out)


def _what(one: Outcome) -> str:
    column = f"{one.column.replace('_', ' ')}: " if one.column else ""
    if one.result is Result.CONFLICT:
        by = f" ({one.ours_by}, {one.ours_when})" if one.ours_by else ""
        return f"{column}{one.said}; file: {one.theirs}; here: {one.ours}{by}"
    return f"{column}{one.said}"


def _count(outcomes: Sequence[Outcome], how: str, out: Console) -> None:
    counts = Counter(one.result for one in outcomes)
    said = ", ".join(f"[{_STYLES[result]}]{counts[result]} {result.value}[/]" for result in Result)
    out.print(said + how)


def _confirmed(outcomes: Sequence[Outcome], wishes: Wishes, out: Console) -> Judge | None:
    """How to go on after a preview: with answers to the conflicts, or not at all (None)."""
    conflicts = [one for one in outcomes if one.result is Result.CONFLICT]
    if wishes.ask and conflicts:
        return _asked(conflicts, out)
    applied = sum(one.result is Result.APPLIED for one in outcomes)
    if applied and not wishes.yes and sys.stdin.isatty():
        answer = out.input(f"take over {applied} rows? [y/N] ")
        if answer.strip().casefold() not in ("y", "yes", "はい"):
            out.print("nothing was taken over")
            return None
    return _judge(wishes)


def _judge(wishes: Wishes) -> Judge:
    side = Side.THEIRS if wishes.theirs else Side.OURS if wishes.ours else None
    return lambda outcome: side


def _asked(conflicts: Sequence[Outcome], out: Console) -> Judge:
    """Ask about each conflict before anything is written; what is new since stays a conflict."""
    answers: dict[tuple[str, str], Side] = {}
    for number, one in enumerate(conflicts, 1):
        out.print(f"\n[bold]{number} of {len(conflicts)}[/] {escape(one.japanese)}")
        out.print(f"  {escape(one.said)}", soft_wrap=True)
        column = one.column.replace("_", " ") if one.column else ""
        out.print(f"  {escape(column)}, file: [bold]{escape(one.theirs)}[/]", soft_wrap=True)
        here = f"  {escape(column)}, here: [bold]{escape(one.ours)}[/]"
        out.print(here + f" ({escape(one.ours_by)}, {one.ours_when})", soft_wrap=True)
        answer = ""
        while answer not in ("t", "o", "s"):
            answer = out.input("[b]t[/]heirs (the file), [b]o[/]urs (here), or [b]s[/]kip? ")[:1]
        if answer != "s":
            answers[one.place, one.ours] = Side.THEIRS if answer == "t" else Side.OURS
    return lambda outcome: answers.get((outcome.place, outcome.ours))


@contextmanager
def _progress(rows: int, what: str, err: Console) -> Iterator[Progress]:
    from rich import progress

    with progress.Progress(
        progress.TextColumn(what),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("rows"),
        console=err,
        transient=True,
        disable=rows < _PROGRESS_FROM or not err.is_terminal,
    ) as bar:
        task = bar.add_task("", total=rows)
        yield lambda done: bar.advance(task, done)
