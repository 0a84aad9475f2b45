"""The command line: parses, calls one function of the library, prints."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from yakugo import __version__
from yakugo.errors import YakugoError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from yakugo.consult.lookup import Match
    from yakugo.documents import Document
    from yakugo.model import Candidate, Concept, Context, Mined, Offer, Ranked, Status
    from yakugo.parallel.mining import Progress as Mining
    from yakugo.scale import Progress
    from yakugo.workspace import Workspace

ERROR = 2
INTERRUPTED = 130
WORKSPACE_VARIABLE = "YAKUGO_WORKSPACE"
DATABASE_VARIABLE = "YAKUGO_DATABASE"
REVIEWER_VARIABLE = "YAKUGO_REVIEWER"
LEARNER_VARIABLE = "YAKUGO_LEARNER"
_PROGRESS_FROM = 200_000  # characters; shorter texts are done before a bar could be read

_PIPED_WIDTH = 140  # columns; a file or a pipe has no width of its own

app = typer.Typer(
    name="yakugo",
    help="Japanese texts on security in, a reviewed Japanese-English glossary out.",
    epilog="Start with: yakugo collect article.txt, then yakugo review, then yakugo export all",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_out = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
_err = Console(stderr=True, highlight=False)
_folder = Path()
_database = ""


def main() -> None:
    """Run the command line; an error is one line on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except YakugoError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _interrupted()
    except SystemExit as end:  # typer turns Ctrl-C in a command into an exit of its own
        if end.code == INTERRUPTED:
            _interrupted()
        raise
    except BrokenPipeError:
        # The reader (head, less) has gone; nothing is wrong, and nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _interrupted() -> None:
    print("\nyakugo: interrupted; what was stored stays stored", file=sys.stderr)
    sys.exit(INTERRUPTED)


def _fail(message: str) -> None:
    line = " ".join(message.split())
    print(f"yakugo: {line}", file=sys.stderr)
    sys.exit(ERROR)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"yakugo {__version__}")
        raise typer.Exit


def _use(folder: Path | None) -> None:
    global _folder
    if folder is not None:
        _folder = folder


def _use_database(url: str | None) -> None:
    global _database
    if url is not None:
        _database = url


def _workspace_option(envvar: str | None = None) -> Any:
    """Set by its callback, so that it may stand before the command or behind it."""
    return typer.Option(
        "-w",
        "--workspace",
        callback=_use,
        envvar=envvar,
        metavar="DIR",
        help="The workspace; else the current folder.",
    )


def _database_option(envvar: str | None = None) -> Any:
    return typer.Option(
        "--database",
        callback=_use_database,
        envvar=envvar,
        metavar="URL",
        help="The termbase on PostgreSQL (postgresql+psycopg://user@host/name); else what "
        "yakugo.toml names, else a file in the workspace.",
    )


# Without the variables, which would else override what stands before the command.
InWorkspace = Annotated[Path | None, _workspace_option()]
InDatabase = Annotated[str | None, _database_option()]


@app.callback()
def _global(
    workspace: Annotated[Path | None, _workspace_option(WORKSPACE_VARIABLE)] = None,
    database: Annotated[str | None, _database_option(DATABASE_VARIABLE)] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


Reviewer = Annotated[
    str,
    typer.Option(
        "--reviewer", envvar=REVIEWER_VARIABLE, help="Who decides.", show_default="your login name"
    ),
]
Top = Annotated[int, typer.Option(min=0, help="How many candidates to print.")]
MinFrequency = Annotated[
    int, typer.Option(min=1, help="Leave out what stands less often in the termbase.")
]
Jobs = Annotated[
    int,
    typer.Option(min=0, help="How many processes read long texts; 0 is one for each processor."),
]
Against = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help="A general text: what stands there as often ranks lower. May be given several times; "
        'it stays until others are named, and "" takes it away.',
    ),
]
Meaning = Annotated[
    bool | None,
    typer.Option(
        "--meaning/--no-meaning",
        help="Have composed English judged by its meaning (pip install 'yakugo\\[meaning]'). "
        "It stays so until changed.",
        show_default=False,
    ),
]
MeaningForOnce = Annotated[
    bool | None,
    typer.Option(
        "--meaning/--no-meaning",
        help="Have composed English judged by its meaning, or not; else as the workspace has it.",
        show_default=False,
    ),
]
CsvFile = Annotated[
    str, typer.Option(metavar="FILE|-", help="Write the whole ranking as CSV; - is stdout.")
]
Rejected = Annotated[bool, typer.Option("--rejected", help="Show rejected candidates too.")]
TermArgument = Annotated[str, typer.Argument(help="The Japanese term.", metavar="TERM")]
About = Annotated[
    list[str],
    typer.Argument(metavar="TERM|CONCEPT...", help="Candidates, or concepts by their ids."),
]
OnlyDocuments = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Only terms that stand in this collected document. May be given several times.",
    ),
]
Comment = Annotated[str, typer.Option(help="Why; it is kept in the history.")]


class Paper(StrEnum):
    """What printable cards are for."""

    A4 = "a4"
    US_LETTER = "us-letter"


def _learner(name: str) -> str:
    return name or getpass.getuser()


def _reviewer(name: str) -> str:
    return name or getpass.getuser()


@contextmanager
def _open(create: bool = False) -> Iterator[Workspace]:
    from yakugo import workspace

    if create and not workspace.is_workspace(_folder):
        workspace.init(_folder)
        _err.print(f"made a workspace in {escape(str(_folder.resolve()))}", soft_wrap=True)
    with workspace.Workspace(_folder, _database) as opened:
        yield opened


@app.command(epilog="Example: yakugo init my-glossary")
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make, or to complete.")],
) -> None:
    """Make a workspace: a folder with the shipped glossary and a place for exports."""
    from yakugo import workspace

    workspace.init(folder)
    print(f"workspace ready: {folder} (use it with -w {folder}, or from inside)")


@app.command(
    epilog="Examples: yakugo collect article.txt | "
    "yakugo collect *.docx --csv ranking.csv | curl … | yakugo collect - --csv - | "
    "yakugo collect defence.txt --against debates.txt"
)
def collect(
    files: Annotated[
        list[str],
        typer.Argument(
            help=".txt, .md, .html, .docx, .pdf …; - reads text from standard input.",
            metavar="FILE...",
        ),
    ],
    top: Top = 30,
    min_freq: MinFrequency = 1,
    csv: CsvFile = "",
    rejected: Rejected = False,
    against: Against = None,
    meaning: Meaning = None,
    jobs: Jobs = 0,
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Collect term candidates from documents and print them, best first.

    Each candidate comes with its reading, counts, the sentences it stands in and English
    equivalents. All is kept in the workspace (made here when there is none). A file collected
    again is counted once; a changed file replaces its former counts, and reviews stay.
    """
    from yakugo.scale import cores

    documents = [_read(name) for name in files]
    general = [_read(name) for name in against if name] if against else None
    with _open(create=True) as opened:
        if meaning is not None:
            opened.use_meaning(meaning)
        with _progress([*(general or ()), *documents]) as progress:
            recorded = opened.collect(documents, progress, jobs or cores(), general)
        for name, outcome in recorded.items():
            _err.print(f"{escape(name)}: {outcome.value}", soft_wrap=True)
        ranked = opened.ranking(recorded, _statuses(rejected))
        _show(opened, ranked, top, min_freq, csv)


@app.command(epilog="Example: yakugo candidates --top 50 --min-freq 2")
def candidates(
    top: Top = 30,
    min_freq: MinFrequency = 1,
    csv: CsvFile = "",
    rejected: Rejected = False,
    meaning: Meaning = None,
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Print the candidates of all documents collected so far, best first."""
    with _open() as opened:
        if meaning is not None:
            opened.use_meaning(meaning)
        ranked = opened.ranking(statuses=_statuses(rejected))
        _show(opened, ranked, top, min_freq, csv)


def _read(name: str) -> Document:
    from yakugo import documents

    if name == "-":
        return documents.read_stream(sys.stdin.buffer)
    return documents.read(Path(name), _folder)


def _statuses(rejected: bool) -> list[Status] | None:
    from yakugo.model import Status

    return list(Status) if rejected else None


@contextmanager
def _progress(documents: list[Document]) -> Iterator[Progress]:
    from rich import progress

    total = sum(document.characters for document in documents)
    done: dict[str, int] = {}
    with progress.Progress(
        progress.TextColumn("collecting"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("characters"),
        progress.TimeRemainingColumn(),
        console=_err,
        transient=True,
        disable=total < _PROGRESS_FROM or not _err.is_terminal,
    ) as bar:
        task = bar.add_task("", total=total)

        def update(document: Document, characters: int) -> None:
            done[document.identity] = characters
            bar.update(task, completed=sum(done.values()))

        yield update


def _show(opened: Workspace, ranked: list[Ranked], top: int, min_freq: int, csv: str) -> None:
    ranked = [one for one in ranked if one.candidate.frequency >= min_freq]
    _tell_when_the_dictionary_is_missing()
    shown = opened.offered(ranked if csv else ranked[:top])
    if csv:
        from yakugo.formats.csv import write_candidates

        write_candidates(shown, sys.stdout if csv == "-" else Path(csv))
    if csv != "-" and top:
        _table(shown[:top], len(ranked))


def _table(ranked: list[Ranked], of: int) -> None:
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("", "term", "reading", "English"):
        table.add_column(heading, overflow="fold", justify="left" if heading else "right")
    for heading in ("score", "freq", "docs"):
        table.add_column(heading, justify="right")
    table.add_column("status")
    for rank, one in enumerate(ranked, 1):
        candidate = one.candidate
        table.add_row(
            str(rank),
            escape(candidate.term),
            escape(candidate.reading),
            escape("; ".join(_best(one.offers))),
            f"{one.score:.2f}",
            str(candidate.frequency),
            str(candidate.documents),
            one.status.value,
        )
    _out.print(table)
    if of > len(ranked):
        _err.print(f"… and {of - len(ranked)} more; --top shows more, --csv writes all")


_OFFERS_IN_TABLE = 2


def _best(offers: Sequence[Offer]) -> list[str]:
    """The offers for a table: the best, and the next if somebody attests them too."""
    shown = [offer for i, offer in enumerate(offers) if offer.attested or not i]
    return [offer.english for offer in shown[:_OFFERS_IN_TABLE]]


@app.command(
    epilog="Example: yakugo review --reviewer sato. Keys: a or 1-9 accept, e edit, j join, "
    "r reject, d defer, u undo, ? all keys, q quit"
)
def review(
    reviewer: Reviewer = "",
    deferred: Annotated[bool, typer.Option(help="Go through deferred candidates too.")] = False,
    min_freq: MinFrequency = 1,
    uncertain: Annotated[
        bool,
        typer.Option(help="The least certain first: these teach most in a field that is new."),
    ] = False,
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Walk through the candidates on a full screen, best first, one key a decision.

    Every decision is stored at once, with your name and the time; stop whenever you like, the
    next review goes on where you stood. It needs a terminal; without one there are accept, reject
    and defer.
    """
    from functools import partial

    # Textual reads it when it is imported: what a key did is drawn at once, not at the next 1/60 s.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from yakugo import screen
    from yakugo.workspace import Workspace

    with _open() as opened:
        order = screen.least_certain_first if uncertain else screen.best_first
        reopen = partial(Workspace, _folder, _database)
        screen.review(opened, _reviewer(reviewer), deferred, min_freq, order, reopen)


@app.command(
    epilog='Examples: yakugo accept 拡大抑止 --english "extended deterrence" | '
    "yakugo accept 原子の傘 --into nuclear-umbrella"
)
def accept(
    term: TermArgument,
    english: Annotated[
        str, typer.Option(help="The equivalent; several joined by ;, the preferred one first.")
    ] = "",
    into: Annotated[
        str, typer.Option(metavar="CONCEPT", help="The id of the concept that takes it up.")
    ] = "",
    separate: Annotated[
        bool,
        typer.Option(
            "--separate", help="A concept of its own in any case; a homograph of what has the term."
        ),
    ] = False,
    comment: Comment = "",
    reviewer: Reviewer = "",
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Accept a term with its English: it becomes a concept of the glossary, or joins one.

    It joins the concept that has the term, another spelling of it, or the same English. What else
    it may belong to is said on stderr.
    """
    from yakugo.termbase import review

    if into and separate:
        raise YakugoError("--into joins a concept, --separate makes one; choose one of them")
    with _open() as opened:
        near = _near(opened, term, english)
        concept = review.accept(
            opened.termbase,
            term,
            english,
            _reviewer(reviewer),
            into=into,
            separate=separate,
            comment=comment,
        )
        opened.learn()
    print(f"{term}: accepted as {_stands(concept)}")
    for id, why in near:
        if id != concept.id:
            _err.print(f"see also {escape(id)}: {escape(why)}", soft_wrap=True)


def _near(opened: Workspace, term: str, english: str) -> list[tuple[str, str]]:
    """The ids of the concepts that a term may belong to, and why."""
    from yakugo import candidates
    from yakugo.equivalents.glossary import key
    from yakugo.termbase import duplicates

    found = opened.termbase.candidate(key(term))
    candidate = found.candidate if found else candidates.of(key(term))
    return [(n.concept.id, n.why) for n in duplicates.near(opened.termbase, candidate, english)]


def _stands(concept: Concept) -> str:
    """A concept by its id and revision, and where it stands unless it is approved."""
    from yakugo.model import State

    said = f"{concept.id}, revision {concept.revision}"
    return said if concept.state is State.APPROVED else f"{said}, {concept.state}"


@app.command(epilog="Example: yakugo approve extended-deterrence --comment 'as in the treaty'")
def approve(
    concepts: Annotated[list[str], typer.Argument(metavar="CONCEPT...", help="Their ids.")],
    comment: Comment = "",
    reviewer: Reviewer = "",
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Approve concepts: what was proposed is in the glossary from now on.

    Where yakugo.toml asks for two persons, somebody else than the proposer must approve.
    """
    from yakugo.termbase import review

    with _open() as opened:
        for id in concepts:
            concept = review.approve(opened.termbase, id, _reviewer(reviewer), comment=comment)
            print(f"{concept.id}: approved, revision {concept.revision}")
        opened.learn()


@app.command(epilog="Examples: yakugo reject 発言行動 開発努力 | yakugo reject nuclear-guarantee")
def reject(
    about: About,
    comment: Comment = "",
    reviewer: Reviewer = "",
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Reject candidates, which stay out of later collections, or concepts by their ids.

    Of an approved concept whose change waits for approval only the change is rejected.
    """
    from yakugo.termbase import review

    _decide(about, review.reject, _reviewer(reviewer), "rejected", comment)


@app.command(epilog="Examples: yakugo defer 兵器管理 | yakugo defer nuclear-guarantee")
def defer(
    about: About,
    comment: Comment = "",
    reviewer: Reviewer = "",
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Put off candidates, which review shows again with --deferred, or concepts by their ids."""
    from yakugo.termbase import review

    _decide(about, review.defer, _reviewer(reviewer), "deferred", comment)


def _decide(
    about: list[str], decide: Callable[..., Concept | None], who: str, done: str, comment: str
) -> None:
    from yakugo.model import State

    with _open() as opened:
        for one in about:
            concept = decide(opened.termbase, one, who, comment=comment)
            stays = concept is not None and concept.state is State.APPROVED
            print(f"{one}: {done}" + (", stays as it was approved" if stays else ""))
        opened.learn()


@app.command(epilog="Example: yakugo merge nuclear-guarantee --into nuclear-umbrella")
def merge(
    concept: Annotated[str, typer.Argument(metavar="CONCEPT", help="The id of one that goes.")],
    into: Annotated[
        str, typer.Option(metavar="CONCEPT", help="The id of the one that takes up its terms.")
    ],
    comment: Comment = "",
    reviewer: Reviewer = "",
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Make one concept of two: one takes up what it lacks, and the other's id leads there."""
    from yakugo.termbase import review

    with _open() as opened:
        merged = review.merge(opened.termbase, concept, into, _reviewer(reviewer), comment=comment)
        opened.learn()
    print(f"{concept}: merged into {_stands(merged)}")


@app.command(epilog='Example: yakugo split nuclear-umbrella 核の保証 "nuclear guarantee"')
def split(
    concept: Annotated[str, typer.Argument(metavar="CONCEPT", help="The id of the concept.")],
    terms: Annotated[list[str], typer.Argument(metavar="TERM...", help="Terms that move.")],
    comment: Comment = "",
    reviewer: Reviewer = "",
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Move terms of a concept, Japanese and English, into a concept of their own.

    Without a Japanese term among them the two share one, and are homographs.
    """
    from yakugo.termbase import review

    with _open() as opened:
        kept, new = review.split(
            opened.termbase, concept, terms, _reviewer(reviewer), comment=comment
        )
        opened.learn()
    print(f"{kept.id}: split into {_stands(kept)}, and {_stands(new)}")


@app.command(epilog='Example: yakugo comment 拡大抑止 "the white paper has it without extended"')
def comment(
    about: Annotated[
        str, typer.Argument(metavar="TERM|CONCEPT", help="A candidate, or the id of a concept.")
    ],
    text: Annotated[str, typer.Argument(help="The remark.")],
    reviewer: Reviewer = "",
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Keep a remark about a candidate or a concept in its history."""
    from yakugo.termbase import review

    with _open() as opened:
        review.comment(opened.termbase, about, text, _reviewer(reviewer))
    print(f"{about}: commented")


@app.command(epilog="Example: yakugo proposals")
def proposals(workspace: InWorkspace = None, database: InDatabase = None) -> None:
    """Print the concepts that wait for approval: by whom, since when, and what is new in them.

    What has changed is told against the concept as it was last approved.
    """
    from yakugo.model import JAPANESE
    from yakugo.termbase import review

    with _open() as opened:
        waiting = review.proposals(opened.termbase)
    for one, approved in waiting:
        head = one.preferred(JAPANESE) or one.terms[0]
        who = one.proposed_by or one.changed_by
        print("\t".join((one.id, head.text, one.state, who, one.changed)))
        _changes(approved, one)
    if not waiting:
        _err.print("nothing waits for approval")


def _changes(before: Concept | None, after: Concept | None) -> None:
    """What changed from what to what, a line each."""
    from yakugo.termbase.history import changes

    for what, was, is_now in changes(before, after):
        said = f"{was} → {is_now}" if was and is_now else f"+ {is_now}" if is_now else f"− {was}"
        print(f"    {what}: {' '.join(said.split())}")


@app.command(epilog="Example: yakugo undo")
def undo(
    reviewer: Reviewer = "", workspace: InWorkspace = None, database: InDatabase = None
) -> None:
    """Take back your last decision, whatever it was; the history keeps both.

    It is refused when somebody else has changed since what it made.
    """
    from yakugo.termbase import review

    with _open() as opened:
        undone = review.undo(opened.termbase, _reviewer(reviewer))
        opened.learn()
    print(f"{undone.term or undone.concept}: {undone.decision} taken back")


@app.command(epilog="Example: yakugo explain 拡大抑止")
def explain(term: TermArgument, workspace: InWorkspace = None, database: InDatabase = None) -> None:
    """Say why a candidate stands where it stands: its evidence, and what reviews taught.

    The score is a probability: the parts add up to the logarithm of its odds. Weights begin
    as shipped, and every accepted or rejected candidate moves them a little.
    """
    with _open() as opened:
        found = opened.explain(term)
    candidate = found.candidate
    _out.print(
        f"[bold]{escape(candidate.term)}[/] {escape(candidate.reading)}  "
        f"score {found.score:.2f}, place {found.rank} of {found.of}"
    )
    for said, what in (("also written", "、".join(candidate.variants)),
                       ("short for", candidate.short_for)):  # fmt: skip
        if what:
            _out.print(f"  {said} {escape(what)}", soft_wrap=True)
    _out.print(
        f"  {candidate.kind}, {'|'.join(map(escape, candidate.pieces))}: "
        f"{candidate.frequency}×, {candidate.alone}× by itself, "
        f"in {candidate.documents} document(s)"
    )
    for reason in found.reasons:
        _out.print(
            f"  {reason.part:+6.2f}  {escape(reason.says)}"
            + (f" ({reason.value:.2g} × {reason.weight:+.2f})" if reason.value != 1 else "")
        )
    fitted = f"{found.decisions} reviews" if found.decisions else "no review yet"
    _out.print(f"  [dim]weights: as shipped, moved by {fitted}[/]")


@app.command(
    epilog="Examples: yakugo align memory.tmx | yakugo align treaty.xlf past-work.xlsx | "
    "yakugo align paper.ja.txt --with paper.en.txt | "
    "yakugo align paper.ja.docx --with paper.en.docx --unaligned"
)
def align(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help=".tmx, .xlf (1.2, 2.x), .xlsx, .xls, .ods, .csv, .tsv; or a text, its "
            "translation by --with.",
        ),
    ],
    translation: Annotated[
        Path | None,
        typer.Option("--with", metavar="FILE", help="The translation of FILE, line by line."),
    ] = None,
    unaligned: Annotated[
        bool,
        typer.Option(
            "--unaligned",
            help="The lines of the two texts do not match: match their sentences first. Best with "
            "the package of yakugo\\[meaning]; without it by their lengths.",
        ),
    ] = False,
    top: Annotated[int, typer.Option(min=0, help="How many equivalents to print.")] = 20,
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Learn from finished translations what each term is translated by.

    For each Japanese term the English phrase is found that its translations have and that other
    words do not account for. It is offered from then on, with its counts and a sentence pair as
    evidence; one pair is weak evidence. A file aligned again counts once; a changed one replaces
    what it gave.
    """
    from yakugo import bitext, documents

    if translation and len(files) > 1:
        raise YakugoError("--with names the translation of one FILE; align others by themselves")
    if unaligned and not translation:
        raise YakugoError("--unaligned needs the translation of FILE: name it by --with")
    for path in files:  # what cannot be read is said before anything is made
        if unaligned and translation:
            documents.read(path), documents.read(translation)
        else:
            bitext.pairs(path, translation)
    with _open(create=True) as opened:
        for path in files:
            with _mining(path) as progress:
                name, outcome = opened.align(path, translation, not unaligned, progress)
            _err.print(f"{escape(name)}: {outcome.value}", soft_wrap=True)
            _mined(opened.translations(name), top)


@contextmanager
def _mining(path: Path) -> Iterator[Mining]:
    from rich import progress

    with progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.SpinnerColumn(),
        progress.TextColumn("{task.completed:,.0f} pairs"),
        progress.TimeElapsedColumn(),
        console=_err,
        transient=True,
        disable=not _err.is_terminal,
    ) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda stage, pairs: bar.update(task, description=stage, completed=pairs)


def _mined(found: list[Mined], top: int) -> None:
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("term", "English"):
        table.add_column(heading, overflow="fold")
    for heading in ("strength", "pairs", "of"):
        table.add_column(heading, justify="right")
    for one in found[:top]:
        counts = str(one.together), str(one.term_pairs)
        table.add_row(escape(one.term), escape(one.english), f"{one.strength:.2f}", *counts)
    if top:
        _out.print(table)
    if len(found) > top:
        _err.print(f"… and {len(found) - top} more terms; yakugo suggest TERM shows the evidence")


@app.command(epilog="Examples: yakugo suggest 核戦争遂行能力 | yakugo suggest 二重鍵 対戦力能力")
def suggest(
    terms: Annotated[list[str], typer.Argument(metavar="TERM...", help="Japanese terms.")],
    limit: Annotated[int, typer.Option(min=1, help="How many offers at most.")] = 5,
    meaning: MeaningForOnce = None,
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Offer English for terms, best first, each with its evidence and what speaks against it.

    The number is about how often such an offer is right. What nobody attests is composed of its
    parts, or found by its sound, and said to be. Outside a workspace the shipped glossary is
    used. Exit code 1 when nothing is offered for any of the terms.
    """
    found = _suggestions(terms, meaning)
    _tell_when_the_dictionary_is_missing()
    for i, (candidate, offers) in enumerate(found):
        if i:
            _out.print()
        _offers(candidate, offers[:limit])
    if not any(offers for _, offers in found):
        raise typer.Exit(1)


def _tell_when_the_dictionary_is_missing() -> None:
    from yakugo.equivalents import dictionary

    if not dictionary.is_installed():
        _err.print(f"[dim]{dictionary.MISSING}[/]", soft_wrap=True)


def _suggestions(terms: list[str], meaning: bool | None) -> list[tuple[Candidate, Sequence[Offer]]]:
    from yakugo import candidates, workspace
    from yakugo.equivalents import Equivalents, glossary
    from yakugo.formats import tbx

    if workspace.is_workspace(_folder):
        with _open() as opened:
            return opened.suggest(terms, meaning)
    made = [candidates.of(glossary.key(term)) for term in terms]
    concepts = tbx.read(workspace.shipped_glossary())
    offers = Equivalents(concepts, meaning=bool(meaning)).offers(made)
    return [(one, offers.get(one.term, ())) for one in made]


def _offers(candidate: Candidate, offers: Sequence[Offer]) -> None:
    said = f"  short for {candidate.short_for}" if candidate.short_for else ""
    _out.print(f"[bold]{escape(candidate.term)}[/] {escape(candidate.reading)}{escape(said)}")
    if not offers:
        _out.print("  no evidence: nobody attests it, and its parts are not known either")
    elif not any(offer.attested for offer in offers):
        _out.print(
            "  [yellow]unattested[/]: nobody gives English for it; made of its parts or sound:"
        )
    for offer in offers:
        mark = "" if offer.attested else f" [yellow]{offer.made}[/]"
        mark += " [red]contested[/]" if offer.against else ""
        _out.print(f"  {offer.score:.2f}  [bold]{escape(offer.english)}[/]{mark}", soft_wrap=True)
        for sign, reasons in (("", offer.evidence), ("but ", offer.against)):
            for reason in reasons:
                _out.print(
                    f"        [dim]{sign}{escape(reason.provider)}: {escape(reason.detail)}[/]",
                    soft_wrap=True,
                )


@app.command(
    epilog="Examples: yakugo history | yakugo history 拡大抑止 | yakugo history extended-deterrence"
)
def history(
    about: Annotated[
        str,
        typer.Argument(metavar="[TERM|CONCEPT]", help="Only what was done about it, in full."),
    ] = "",
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Print what was done, oldest first: when, who, what, the concept and its revision then.

    About one term or concept it is also said what changed from what to what, and why.
    """
    from yakugo.termbase import review

    with _open() as opened:
        entries = review.history(opened.termbase, about or None)
    for one in entries:
        revision = str(one.after.revision) if one.after else ""
        said = (one.when, one.who, one.decision, one.term, one.english, one.concept, revision)
        print("\t".join(said))
        if about:
            if one.comment:
                print(f"    “{one.comment}”")
            _changes(one.before, one.after)


@app.command(
    epilog="Examples: yakugo lookup 拡大抑止 | yakugo lookup kakunokasa | yakugo lookup first use"
)
def lookup(
    query: Annotated[list[str], typer.Argument(help="Kanji, kana, romaji or English.")],
    limit: Annotated[int, typer.Option(min=1, help="How many concepts at most.")] = 5,
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Look a term up in the reviewed glossary.

    Exact matches come first, then beginnings, parts, and near spellings. Outside a workspace
    the shipped glossary is used. Exit code 1 when nothing is found.
    """
    from yakugo.consult.lookup import Lookup

    concepts, examples = _glossary()
    matches = Lookup(concepts).find(" ".join(query), limit)
    for i, match in enumerate(matches):
        if i:
            _out.print()
        _concept(match, examples)
    if not matches:
        _err.print(f"nothing found for {escape(repr(' '.join(query)))}", soft_wrap=True)
        raise typer.Exit(1)


def _glossary() -> tuple[list[Concept], dict[str, Context]]:
    """The concepts to look up in, and a collected sentence for each where there is one."""
    from yakugo import workspace
    from yakugo.formats import tbx

    if not workspace.is_workspace(_folder):
        return tbx.read(workspace.shipped_glossary()), {}
    with _open() as opened:
        return opened.termbase.glossary(), opened.collected_examples()


def _concept(match: Match, examples: dict[str, Context]) -> None:
    from yakugo.model import ENGLISH, JAPANESE, Usage

    concept = match.concept
    marks = {Usage.ADMITTED: "also", Usage.DEPRECATED: "avoid", Usage.SUPERSEDED: "formerly"}
    heading = concept.preferred(JAPANESE) or concept.terms[0]
    english = concept.preferred(ENGLISH)
    _out.print(
        f"[bold]{escape(heading.text)}[/] {escape(heading.reading)}  "
        f"[bold]{escape(english.text if english else '')}[/]  [dim]{concept.id}[/]"
    )
    for term in concept.terms:
        if term not in (heading, english):
            mark = marks.get(term.usage, "also")
            style = "red" if mark == "avoid" else "default"
            details = "  ".join(filter(None, (term.text, term.reading, term.note)))
            _out.print(f"  [{style}]{mark}[/]: {escape(details)}", soft_wrap=True)
    for text in (concept.definition, concept.definition_ja, concept.note):
        if text:
            _out.print(f"  {escape(text)}", soft_wrap=True)
    example = examples.get(concept.id) or next((c for t in concept.terms for c in t.contexts), None)
    if example:
        before, after = example.sentence[: example.start], example.sentence[example.end :]
        source = f" ({example.document})" if example.document else ""
        _out.print(
            f"  「{escape(before)}[bold]{escape(example.surface)}[/]{escape(after)}」"
            f"{escape(source)}",
            soft_wrap=True,
        )


_SHOWN = 5  # places of one finding


@app.command(epilog="Examples: yakugo doctor | yakugo doctor --all")
def doctor(
    everything: Annotated[
        bool, typer.Option("--all", help="Every place, not only the first of each finding.")
    ] = False,
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Check the whole termbase, and say what is wrong and what to do about it.

    Errors come first: there the termbase contradicts itself. Warnings are what somebody should
    look at. Nothing is changed. Exit code 1 when there is an error.
    """
    from itertools import groupby

    from yakugo.termbase.doctor import Severity, check
    from yakugo.workspace import termbase_of

    with termbase_of(_folder, _database) as termbase:
        findings = check(termbase)
    counts = dict.fromkeys(Severity, 0)
    for (severity, what, remedy), group in groupby(
        findings, key=lambda one: (one.severity, one.what, one.remedy)
    ):
        places = [one.where for one in group]
        counts[severity] += len(places)
        style = "red" if severity is Severity.ERROR else "yellow"
        _out.print(f"[{style}]{severity}[/]: {escape(what)}", soft_wrap=True)
        shown = places if everything else places[:_SHOWN]
        for where in filter(None, shown):
            _out.print(f"    {escape(where)}", soft_wrap=True)
        if len(places) > len(shown):
            _out.print(f"    … and {len(places) - len(shown)} more; --all shows them")
        _out.print(f"  → {escape(remedy)}", soft_wrap=True)
    _err.print(", ".join(f"{count} {severity}(s)" for severity, count in counts.items()))
    if counts[Severity.ERROR]:
        raise typer.Exit(1)


@app.command(epilog="Example: yakugo publish && git diff glossary/")
def publish(workspace: InWorkspace = None, database: InDatabase = None) -> None:
    """Write the reviewed glossary to glossary/ as TBX: stable order, one concept a block."""
    with _open() as opened:
        path = opened.publish()
    print(f"published {path}")


@app.command(
    epilog="Examples: yakugo export xlsx | yakugo export anki pdf -o ~/Desktop | "
    "yakugo export all | yakugo export xlsx --for-review --top 200 | "
    "yakugo export anki --document agenda.docx --cards production | "
    "yakugo export anki --onto my-deck.apkg"
)
def export(
    format: Annotated[
        list[str],
        typer.Argument(
            help="xlsx (workbook), csv, tbx (version 3), tbx2 (version 2, for today's CAT tools), "
            "anki (deck), quizlet (text to paste), mochi (deck), cards (CSV for other programs), "
            "pdf (printable cards), or all."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Where to; exports/ of the workspace."),
    ] = None,
    for_review: Annotated[
        bool,
        typer.Option(
            "--for-review",
            help="The workbook that colleagues fill in and `yakugo import` reads back: a row for "
            "each term and each candidate, with drop-downs and instructions.",
        ),
    ] = False,
    top: Annotated[
        int | None,
        typer.Option(min=0, help="With --for-review: how many candidates; all unless given."),
    ] = None,
    min_freq: MinFrequency = 1,
    candidates_only: Annotated[
        bool, typer.Option("--candidates-only", help="With --for-review: without the glossary.")
    ] = False,
    document: OnlyDocuments = None,
    with_proposed: Annotated[
        bool, typer.Option("--with-proposed", help="Concepts that wait for approval, too.")
    ] = False,
    cards: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND,…",
            help="Which flashcards: recognition, production, cloze, and with --audio listening; "
            "else all.",
        ),
    ] = None,
    audio: Annotated[
        bool, typer.Option("--audio", help="Have the cards of Anki speak (yakugo\\[audio]).")
    ] = False,
    subdecks: Annotated[
        bool,
        typer.Option("--subdecks/--no-subdecks", help="A deck of Anki for each subject field."),
    ] = True,
    onto: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Your own export of the deck from Anki (.apkg, .colpkg): the new one keeps the "
            "fields and tags that you have added.",
        ),
    ] = None,
    paper: Annotated[Paper, typer.Option(help="What printable cards are for.")] = Paper.A4,
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Write the reviewed glossary as a workbook, flashcards, or a termbase for CAT tools.

    Each file is written whole or not at all; the same termbase gives the same bytes.
    """
    from yakugo import formats
    from yakugo.flashcards import kinds
    from yakugo.model import CardKind, CardOptions

    if for_review and format != ["xlsx"]:
        raise YakugoError("--for-review writes a workbook: yakugo export xlsx --for-review")
    names = list(dict.fromkeys(format))
    if "all" in format:
        names = [name for name in formats.NAMES if name in format or not formats.missing(name)]
        for name in sorted({*formats.NAMES} - {*names}):
            remedy = f"pip install 'yakugo[{name}]' installs what it needs"
            _err.print(f"without {name}: {remedy}", markup=False, soft_wrap=True)
    with _open() as opened:
        if for_review:
            print(opened.export_for_review(output, not candidates_only, top, min_freq))
            return
        heard = (CardKind.LISTENING,) if audio else ()
        known = (*CardOptions().kinds, *heard)
        wanted = kinds(cards or (), known) or known
        chosen = CardOptions(wanted, subdecks, audio, onto, paper.value)
        with _speaking() as speaking:
            paths = opened.export(names, output, document or (), with_proposed, chosen, speaking)
        for path in paths:
            print(path)


@contextmanager
def _speaking() -> Iterator[Callable[[int, int], None]]:
    from rich import progress

    with progress.Progress(
        progress.TextColumn("speaking"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
        console=_err,
        transient=True,
        disable=not _err.is_terminal,
    ) as bar:
        task = bar.add_task("", visible=False)
        yield lambda done, of: bar.update(task, completed=done, total=of, visible=True)


@app.command(
    "drill",
    epilog="Examples: yakugo drill | yakugo drill --mode production --new 10 | "
    "yakugo drill --document agenda.docx --minutes 10 | yakugo drill --stats --plot progress.png | "
    "yakugo drill --import-anki collection.colpkg",
)
def drill_(
    learner: Annotated[
        str,
        typer.Option(envvar=LEARNER_VARIABLE, help="Who learns.", show_default="your login name"),
    ] = "",
    mode: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MODE,…",
            help="recognition (Japanese to English), production (English to Japanese), cloze (in a "
            "real sentence), confusables (of terms that are mixed up); else all.",
        ),
    ] = None,
    document: OnlyDocuments = None,
    new: Annotated[int, typer.Option(min=0, help="New cards a day, at most.")] = 20,
    limit: Annotated[int, typer.Option(min=0, help="Answers of this sitting; 0: no limit.")] = 0,
    minutes: Annotated[
        float, typer.Option(min=0, help="Minutes of this sitting; 0: no limit.")
    ] = 0,
    self_graded: Annotated[
        bool, typer.Option("--self-graded", help="Think of the answer and judge it yourself.")
    ] = False,
    retention: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="The share you want to remember, 0.7 to 0.97 (0.9 at first); it stays so.",
        ),
    ] = None,
    stats: Annotated[
        bool, typer.Option("--stats", help="Show what you know, what comes, and what is hard.")
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE.png", help="Draw it (.png, .svg, .pdf; yakugo\\[plot])."),
    ] = None,
    days: Annotated[
        int, typer.Option(min=1, max=3650, help="How many days --stats and --plot look back.")
    ] = 30,
    import_anki: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Add your answers in Anki: an export with scheduling information."
        ),
    ] = None,
    fit: Annotated[
        bool, typer.Option("--fit", help="Fit the scheduler to your own answers (yakugo\\[fit]).")
    ] = False,
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Learn the reviewed terms: due cards first, then new ones, the most frequent first.

    Answers are typed: kanji, kana or romaji for Japanese; in English case, hyphens, number and US
    or UK spelling do not matter. Each is stored at once, and its card comes again when you would
    forget it (FSRS). :u takes the last answer back, :s puts a card off, :q ends.
    """
    from datetime import datetime

    from yakugo import drill

    who = _learner(learner)

    def now() -> datetime:
        return datetime.now().astimezone()

    with _open() as opened:
        if retention is not None:
            drill.aim(opened.termbase, who, retention)
        if import_anki is not None:
            drill.import_anki(opened.termbase, who, import_anki, _out)
        if fit:
            drill.fit(opened.termbase, who, _out)
        if stats or plot is not None:
            drill.show_progress(opened.termbase, who, now(), _out, plot, days)
        if import_anki is None and not (fit or stats or plot):
            wishes = drill.wishes(mode or (), new, limit, minutes)
            drill.drill(opened.termbase, who, document or (), wishes, now, _out, self_graded)


@app.command(
    "import",
    epilog="Examples: yakugo import review.xlsx --reviewer sato | "
    "yakugo import glossary.csv --map japanese=2,english=C | yakugo import old.tbx --dry-run",
)
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A workbook for review, or any glossary: .xlsx .xls .ods .csv .tbx"
        ),
    ],
    reviewer: Reviewer = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take over without asking.")] = False,
    columns: Annotated[
        str,
        typer.Option(
            "--map", metavar="FIELD=COLUMN,…", help="Which column is what: japanese=2,english=C."
        ),
    ] = "",
    theirs: Annotated[
        bool, typer.Option("--theirs", help="In a conflict the file is right.")
    ] = False,
    ours: Annotated[
        bool, typer.Option("--ours", help="In a conflict the termbase is right.")
    ] = False,
    ask: Annotated[bool, typer.Option("--ask", help="Ask about each conflict.")] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where the report of what was not taken over goes; beside FILE unless given.",
        ),
    ] = None,
    workspace: InWorkspace = None,
    database: InDatabase = None,
) -> None:
    """Take over what a colleague filled in, or a glossary that you have already.

    On a terminal you see first what would be done. All of it is one transaction: a row is applied,
    unchanged, in conflict (somebody else changed that concept since: nothing is overwritten) or
    invalid, and a report workbook tells the colleague what was not taken over. Reading the same
    file twice changes nothing. Exit code 1 when something was not taken over.
    """
    from yakugo import reading_in

    with _open(create=True) as opened:
        done = reading_in.run(
            opened,
            file,
            _reviewer(reviewer),
            reading_in.Wishes(dry_run, yes, columns, theirs, ours, ask, report),
            _out,
            _err,
        )
    if not done:
        raise typer.Exit(1)
