"""The screen: the keys, the panels, what happens when. Nothing here waits for anything slow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, Future
from enum import Enum
from itertools import islice
from typing import ClassVar, TypeVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Input, Static

from yakugo.errors import TermbaseError, YakugoError
from yakugo.model import Candidate, Concept, Decision, Ranked
from yakugo.screen import paint
from yakugo.screen.ahead import Ahead, Known
from yakugo.screen.walk import Walk, folded
from yakugo.termbase.review import history

_Answer = TypeVar("_Answer")

_LEARN_EVERY = 10  # decisions, after which what is left is put in a new order
_AHEAD = 10  # candidates whose English is looked up before they are shown
_AT_ONCE = 50  # candidates whose English is looked up in one go for the search
_LOOKED_AT = 1_000  # … of so many at most, before a key that waits comes first
_MATCHES = 12
_MOST_DOCUMENTS = 200  # in the list; typing narrows it
_ROOMY = 32  # rows of the terminal from which there is space around the term
_FRAME = 3  # rows of the header, the notice and the keys
_WIDE = 110  # columns from which the sentences stand beside the English
_TRIES = 3
_REMEMBER_AFTER = 1.0  # seconds on one candidate
_LIGHT, _DARK = "textual-light", "textual-dark"

_KEYS = (
    ("a 1-9", "accept"), ("e", "edit"), ("j", "join"), ("r", "reject"), ("d", "defer"),
    ("u", "undo"), ("n p", "move"), ("/", "search"), ("f", "document"), ("x", "why"),
    ("h", "history"), ("c", "comment"), ("g", "go to"), ("v", "evidence"),
)  # fmt: skip
_LAST_KEYS = (("?", "help"), ("q", "quit"))
_TYPING = (("Enter", "takes it"), ("Esc", "leaves it"), ("Ctrl+U", "empties the line"))
_CHOOSING = (("↑ ↓", "choose"), *_TYPING)
_READING = (("↑ ↓", "scroll"), ("Esc", "closes"))

_HELP = (
    ("Decide", (
        ("a", "accept with the first English offered"),
        ("1-9", "accept with that one"),
        ("e", "edit: type the English (several joined by ;)"),
        ("j", "join the concept marked j, as another term of it"),
        ("Tab", "mark the next of the concepts"),
        ("r", "reject: it stays out of later lists"),
        ("d", "defer: yakugo review --deferred shows it again"),
        ("c", "comment: stored with the next decision about it"),
        ("u", "undo: the last decision is taken back"),
    )),
    ("Move", (
        ("n →  p ←", "the next one, the one before, undecided"),
        ("g", "go to a number"),
        ("/", "search terms, readings, offered English"),
        ("f", "only the candidates of one document; f again: all"),
    )),
    ("Look", (
        ("h i", "history of this term"),
        ("x", "why it stands where it stands"),
        ("v", "all the evidence, or a line each"),
        ("↑ ↓", "scroll"),
        ("t", "light or dark"),
        ("q", "quit; everything is stored already"),
    )),
)  # fmt: skip

_FIXED = frozenset(("header", "keys", "choices"))  # panels whose height never changes
_ALWAYS = frozenset(("quit_at_once", "theme", "scroll"))
_WHILE_READING = frozenset(("leave", "close", "help", "history", "explain"))
_ONLY_ELSEWHERE = frozenset(("close", "choose"))


class _Mode(Enum):
    """What the keys are for now."""

    WALKING = "decisions"
    TYPING = "a line"
    CHOOSING = "a line, and one of a list"
    READING = "what lies over the candidate"


class _Line(Input):
    """The line that is typed in; the list above it follows the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.close", priority=True),
        Binding("up", "app.choose(-1)"),
        Binding("down", "app.choose(1)"),
    ]


class ReviewApp(App[None]):
    """One candidate, all that is known of it, one key a decision.

    What takes longer than a key may take is asked of `ahead` and shown when it arrives. English
    and concepts that are shown once stay where they stand, so that a key means what was read.
    """

    TITLE = "yakugo review"
    AUTO_FOCUS = None
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { layers: base above; }
    #header { height: 1; padding: 0 1; background: $panel; }
    #term { height: auto; padding: 0 1; background: $primary-muted; color: $text-primary; }
    .roomy #term { padding: 1 1; }
    #facts { height: auto; padding: 0 1; color: $foreground-muted; }
    #body { height: 1fr; }
    #columns { height: auto; layout: vertical; }
    #english, #contexts { height: auto; width: 1fr; padding: 0 1; }
    .wide #columns { layout: horizontal; }
    #offers, #contexts, #near { height: auto; }
    #near, #contexts { margin-top: 1; }
    .wide #contexts, .roomy #offers { margin-top: 1; }
    #near { display: none; }
    #notice { height: 1; padding: 0 1; }
    #notice.error { color: $text-error; text-style: bold; }
    #prompt { height: 1; display: none; padding: 0 1; }
    #label { width: auto; padding: 0 1 0 0; text-style: bold; }
    #line { width: 1fr; border: none; height: 1; padding: 0; background: $surface; }
    #choices {
        display: none; layer: above; dock: bottom; margin: 0 0 2 0; height: 14;
        border: round $accent; background: $surface; padding: 0 1;
    }
    #sheet {
        display: none; layer: above; margin: 1 2; height: 1fr; padding: 0 1;
        border: round $accent; background: $surface;
    }
    #page { height: auto; }
    #keys { height: 1; padding: 0 1; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit_at_once", priority=True),
        Binding("a", "accept(0)"),
        *(Binding(str(n), f"accept({n})") for n in range(1, 10)),
        Binding("e", "edit"),
        Binding("j", "join"),
        Binding("r", "reject"),
        Binding("d", "defer"),
        Binding("u", "undo"),
        Binding("c", "comment"),
        Binding("n,right", "move(1)"),
        Binding("p,left", "move(-1)"),
        Binding("g", "go"),
        Binding("slash", "search"),
        Binding("f", "filter"),
        Binding("h,i", "history"),
        Binding("x", "explain"),
        Binding("v", "evidence"),
        Binding("tab", "mark(1)", priority=True),
        Binding("shift+tab", "mark(-1)", priority=True),
        Binding("t", "theme"),
        Binding("question_mark", "help"),
        Binding("escape,enter", "close"),
        Binding("q", "leave"),
        Binding("down", "scroll(1)"),
        Binding("up", "scroll(-1)"),
        Binding("pagedown,space", "scroll(10)"),
        Binding("pageup", "scroll(-10)"),
    ]

    def __init__(self, walk: Walk, ahead: Ahead) -> None:
        super().__init__()
        self.walk = walk
        self.ahead = ahead
        self.known: dict[str, Known] = {}
        self.english: dict[str, str] = {}  # the best offer, by term; what the search knows
        self.learning = False
        self._read_up_to = 0  # the place in the queue up to which the search has its English
        self._fresh: dict[str, tuple[int, int]] = {}  # the state of things that `known` is of
        self._lesson = 0
        self._accepted = 0
        self._since_lesson = 0
        self._comments: dict[str, str] = {}
        self._selected = 0
        self._whole: bool | None = None  # all the evidence; None: when there is room for it
        self._fits = True
        self._sure = False  # that undo may reach back behind this walk
        self._mode = _Mode.WALKING
        self._sheet = ""
        self._typed: Callable[[str], None] | None = None
        self._narrowed: Callable[[str], None] | None = None
        self._choices: list[tuple[str, Content]] = []  # what each means, what it looks like
        self._choice = 0
        self._waking = asyncio.Event()
        self._timer: Timer | None = None
        self._broken = False
        self.theme = walk.termbase.remembered(self._theme_key()) or self.theme

    def compose(self) -> ComposeResult:
        """The panels, from the top."""
        yield Static(id="header")
        yield Static(id="term")
        yield Static(id="facts")
        with VerticalScroll(id="body", can_focus=False), Horizontal(id="columns"):
            with Vertical(id="english"):
                yield Static(id="offers")
                yield Static(id="near")
            yield Static(id="contexts")
        yield Static(id="notice")
        with Horizontal(id="prompt"):
            yield Static(id="label")
            yield _Line(id="line", compact=True, select_on_focus=False)
        yield Static(id="keys")
        yield Static(id="choices")
        with VerticalScroll(id="sheet", can_focus=False):
            yield Static(id="page")

    def on_mount(self) -> None:
        """Show the first candidate at once; its English follows."""
        self.query_one("#line", _Line).cursor_blink = False
        self.run_worker(self._look_ahead())

    def on_unmount(self) -> None:
        """Keep the place."""
        try:
            self.walk.remember()
        except TermbaseError as error:
            self.log(str(error))

    def on_resize(self, event: Resize) -> None:
        """Choose the layout by the size."""
        self.screen.set_class(event.size.width >= _WIDE, "wide")
        self.screen.set_class(event.size.height >= _ROOMY, "roomy")
        self._show()

    # --- drawing

    def _show(self) -> None:
        """Draw the current candidate with what is known of it by now."""
        width = self.size.width - 2
        walk, one = self.walk, self.walk.current
        self._draw("header", paint.header(walk, width))
        if one is None:
            done = "all are decided: u takes the last decision back, q quits"
            if walk.document:
                done = f"all of {walk.document} are decided: f shows the others"
            for name in ("facts", "offers", "near", "contexts"):
                self._draw(name, Content(""))
            self._draw("term", Content(done))
            self._draw_keys()
            return
        self._draw("term", paint.term(walk, one, width))
        comment = self._comments.get(one.candidate.term, "")
        self._draw("facts", paint.facts(walk, one, comment, width))
        self._draw("contexts", paint.contexts(one.candidate.contexts, self._column(width)))
        self._draw_known(one)
        self._draw_keys()

    def _draw_known(self, one: Ranked) -> None:
        known, width = self.known.get(one.candidate.term), self._column(self.size.width - 2)
        near = paint.near(known, self._selected, width)
        offers = paint.offers(known, width, whole=True)
        self._fits = self._lines(offers, near) <= self.size.height
        if not (self._fits if self._whole is None else self._whole):
            offers = paint.offers(known, width, whole=False)
        self._draw("offers", offers)
        self._draw("near", near)

    def _lines(self, offers: Content, near: Content) -> int:
        """How many rows the screen would need."""
        above = self.screen.has_class("roomy") * 2
        drawn = {
            name: self.query_one(f"#{name}", Static).content
            for name in ("term", "facts", "contexts")
        }
        rows = {name: str(content).count("\n") + 1 for name, content in drawn.items()}
        beside = _rows(offers) + _rows(near) + 1
        if self.screen.has_class("wide"):
            body = max(beside, rows["contexts"]) + 1
        else:
            body = beside + rows["contexts"] + 2
        return above + rows["term"] + rows["facts"] + body + _FRAME

    def _column(self, width: int) -> int:
        scrollbar = 2
        return (width - scrollbar) // 2 - 1 if self.screen.has_class("wide") else width - scrollbar

    def _draw_keys(self) -> None:
        width = self.size.width - 2
        if self._mode is _Mode.CHOOSING:
            self._draw("keys", paint.keys(_CHOOSING, (), width))
        elif self._mode is _Mode.TYPING:
            self._draw("keys", paint.keys(_TYPING, (), width))
        elif self._mode is _Mode.READING:
            self._draw("keys", paint.keys(_READING, (), width))
        else:
            self._draw("keys", paint.keys(_KEYS, _LAST_KEYS, width))

    def _draw(self, name: str, content: Content) -> None:
        widget = self.query_one(f"#{name}", Static)
        if name == "near":
            widget.display = bool(content.plain)
        if widget.content != content:
            widget.update(content, layout=name not in _FIXED)

    def say(self, text: str, error: bool = False) -> None:
        """Say something in the line above the keys; it stays until the next key."""
        notice = self.query_one("#notice", Static)
        notice.set_class(error, "error")
        notice.update(Content(" ".join(text.split())), layout=False)

    # --- which keys mean something now

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Decisions are made only while nothing is typed and nothing lies over the candidate."""
        if action in _ALWAYS:
            return True
        if self._mode in (_Mode.TYPING, _Mode.CHOOSING):
            return action in ("close", "choose") or action not in _OURS
        if self._mode is _Mode.READING:
            return action in _WHILE_READING or action not in _OURS
        return action not in _ONLY_ELSEWHERE

    # --- decisions

    def action_accept(self, number: int) -> None:
        """Accept with an offer; 0 is the first, or what is typed when there is none."""
        one = self.walk.current
        if one is None:
            return
        known = self.known.get(one.candidate.term)
        if known is None:
            self.say("its English is still being looked for; e to type it")
        elif number == 0 and not known.offers:
            self.action_edit()
        elif number > len(known.offers):
            self.say(f"there is no offer {number}")
        else:
            self._accept(known.offers[max(number - 1, 0)].english)

    def action_edit(self) -> None:
        """Type the English, beginning with the best offer."""
        one = self.walk.current
        if one is not None:
            known = self.known.get(one.candidate.term, Known())
            best = known.offers[0].english if known.offers else ""
            self._type(f"English for {one.candidate.term}:", best, self._accept)

    def _accept(self, english: str) -> None:
        if english.strip():
            self._decide(lambda comment: self.walk.accept(english.strip(), "", comment), english)

    def action_join(self) -> None:
        """Make the candidate another term of the concept that is marked."""
        one = self.walk.current
        known = self.known.get(one.candidate.term, Known()) if one else Known()
        if not known.near:
            self.say("no concept is near: a or e accepts it as one of its own")
            return
        into = known.near[self._selected].concept.id
        self._decide(lambda comment: self.walk.accept("", into, comment), f"in {into}")

    def action_reject(self) -> None:
        """Reject the candidate."""
        self._decide(self.walk.reject)

    def action_defer(self) -> None:
        """Put the candidate off."""
        self._decide(self.walk.defer)

    def _decide(self, act: Callable[[str], Concept | None], english: str = "") -> None:
        """Store a decision, say what was stored, and show the next candidate."""
        one = self.walk.current
        if one is None:
            return
        term = one.candidate.term
        try:
            concept = act(self._comments.get(term, ""))
        except TermbaseError as error:
            self.say(str(error), error=True)
            return
        self._comments.pop(term, None)
        if concept is not None:
            self._accepted += 1
            self.say(f"accepted: {term} = {english} ({concept.id})")
        else:
            self.say(f"{self.walk.decided[term].value}: {term}")
        self._since_lesson += 1
        self._moved()
        self._learn_if_due()

    def action_undo(self) -> None:
        """Take the last decision back; one from before this walk only when asked twice."""
        if not self.walk.made and not self._sure:
            self._sure = True
            self.say("nothing of this review is left to undo; u again takes back what was before")
            return
        try:
            undone = self.walk.undo()
        except TermbaseError as error:
            self.say(str(error), error=True)
            return
        if undone.decision is Decision.ACCEPTED:
            self._accepted += 1  # the concepts have changed
        self._since_lesson -= self._since_lesson > 0
        self.say(f"taken back: {undone.decision.value} {undone.term or undone.concept}")
        self._moved()

    def action_comment(self) -> None:
        """Type a comment that is stored with the decision."""
        one = self.walk.current
        if one is None:
            return
        term = one.candidate.term

        def keep(text: str) -> None:
            self._comments[term] = text.strip()
            self._show()

        self._type("comment:", self._comments.get(term, ""), keep)

    # --- moving

    def action_move(self, step: int) -> None:
        """Show the next candidate, or the one before, and decide nothing."""
        if self.walk.move(step):
            self.say("")
            self._moved()
        else:
            self.say("this is the last one" if step > 0 else "this is the first one")

    def action_go(self) -> None:
        """Ask for a number of the list."""

        def go(text: str) -> None:
            if text.strip().isdecimal():
                self.walk.go(int(text))
                self._moved()

        self._type(f"go to (1 to {len(self.walk.shown)}):", "", go)

    def action_search(self) -> None:
        """Search while it is typed."""

        def narrow(text: str) -> None:
            found = self.walk.search(text, _MATCHES)
            self._offer_choices(
                (one.candidate.term, paint.match(one, self.english.get(one.candidate.term, "")))
                for one in found
            )

        def go(text: str) -> None:
            if self.walk.find(self._chosen()):
                self._moved()

        self._type("search:", "", go, narrow)

    def action_filter(self) -> None:
        """Choose a document to show only its candidates; all when one is chosen already."""
        if self.walk.document:
            self.walk.limit("", None)
            self.say("all documents")
            self._moved()
            return
        names = self.walk.termbase.documents()

        def narrow(text: str) -> None:
            found = [name for name in names if folded(text) in folded(name)][:_MOST_DOCUMENTS]
            self._offer_choices((name, Content(name)) for name in found)

        def choose(text: str) -> None:
            if self._chosen():
                self.run_worker(self._limit(self._chosen()), group="limit", exclusive=True)

        self._type("document:", "", choose, narrow)

    async def _limit(self, document: str) -> None:
        self.say(f"looking for the candidates of {document} …")
        terms = await self._answer(lambda: self.ahead.terms_of(document))
        if terms is not None:
            self.walk.limit(document, terms)
            self.say("" if self.walk.shown else f"no candidate of {document} waits: f shows all")
            self._moved()

    def _moved(self) -> None:
        """Another candidate is current."""
        self._selected = 0
        self._sure = False
        self.query_one("#body").scroll_home(animate=False)
        self._show()
        self._waking.set()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_REMEMBER_AFTER, self._remember)

    def _remember(self) -> None:
        try:
            self.walk.remember()
        except TermbaseError as error:
            self.say(str(error), error=True)

    # --- looking

    def action_mark(self, step: int) -> None:
        """Mark the next of the concepts that are near."""
        one = self.walk.current
        known = self.known.get(one.candidate.term) if one else None
        if one is not None and known and known.near:
            self._selected = (self._selected + step) % len(known.near)
            self._draw_known(one)

    def action_evidence(self) -> None:
        """Show all the evidence, or a line each."""
        self._whole = not (self._fits if self._whole is None else self._whole)
        self._show()

    def action_history(self) -> None:
        """Lay the history of the term over the candidate."""
        one = self.walk.current
        if one is not None:
            entries = history(self.walk.termbase, one.candidate.term)
            self._lay("history", paint.history(one, entries))

    def action_explain(self) -> None:
        """Lay the reasons of the score over the candidate, when they are there."""
        one = self.walk.current
        if one is not None:
            self._lay("why", paint.explanation(one, None))
            self.run_worker(self._explain(one), group="explain", exclusive=True)

    async def _explain(self, one: Ranked) -> None:
        found = await self._answer(lambda: self.ahead.explained(one.candidate.term))
        if found is not None and self._sheet == "why" and one is self.walk.current:
            self._lay("why", paint.explanation(one, found))

    def action_help(self) -> None:
        """Lay the keys over the candidate."""
        self._lay("keys", paint.help_sheet(_HELP))

    def _lay(self, name: str, content: Content) -> None:
        self._sheet = name
        sheet = self.query_one("#sheet", VerticalScroll)
        sheet.border_title = name
        sheet.scroll_home(animate=False)
        self._draw("page", content)
        self._enter(_Mode.READING)

    def action_scroll(self, lines: int) -> None:
        """Scroll what is read."""
        name = "#sheet" if self._mode is _Mode.READING else "#body"
        self.query_one(name).scroll_relative(y=lines, animate=False)

    def action_theme(self) -> None:
        """Change between light and dark; the termbase remembers it."""
        self.theme = _DARK if self.theme == _LIGHT else _LIGHT
        try:
            self.walk.termbase.remember(self._theme_key(), self.theme)
        except TermbaseError as error:
            self.say(str(error), error=True)

    def _theme_key(self) -> str:
        return f"review theme of {self.walk.who}"

    def action_leave(self) -> None:
        """Close what is laid over the candidate, else quit."""
        if self._mode is _Mode.READING:
            self.action_close()
        else:
            self.exit()

    def action_quit_at_once(self) -> None:
        """Quit, behind the keys that were pressed before; every decision is stored already."""
        self.screen.call_later(self.exit)

    # --- typing and choosing

    def _type(
        self,
        label: str,
        begin: str,
        done: Callable[[str], None],
        narrow: Callable[[str], None] | None = None,
    ) -> None:
        """Ask for a line; with `narrow` also for one of a list that follows what is typed."""
        self._typed, self._narrowed = done, narrow
        self.query_one("#label", Static).update(Content(label))
        line = self.query_one("#line", _Line)
        with line.prevent(Input.Changed):
            line.value = begin
        line.cursor_position = len(begin)
        if narrow is not None:
            narrow("")
        self._enter(_Mode.TYPING if narrow is None else _Mode.CHOOSING)
        self.set_focus(line)  # at once: the next key may be waiting already

    def _offer_choices(self, choices: Iterable[tuple[str, Content]]) -> None:
        self._choices, self._choice = list(choices), 0
        self._draw_choices()

    def _draw_choices(self) -> None:
        lines = [content for _, content in self._choices]
        self._draw("choices", paint.choices(lines, self._choice, _MATCHES, self.size.width - 4))

    def _chosen(self) -> str:
        return self._choices[self._choice][0] if self._choices else ""

    def action_choose(self, step: int) -> None:
        """Go up or down in the list."""
        if self._choices:
            self._choice = (self._choice + step) % len(self._choices)
            self._draw_choices()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what is typed."""
        if self._narrowed is not None:
            self._narrowed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed."""
        done = self._typed
        self.action_close()
        if done is not None:
            done(event.value)

    def action_close(self) -> None:
        """Leave what is typed or read, and come back to the candidate."""
        self._typed = self._narrowed = None
        self._sheet = ""
        self.set_focus(None)
        self._enter(_Mode.WALKING)

    def _enter(self, mode: _Mode) -> None:
        """Show what a mode needs; one by one, for a class on the screen would restyle it all."""
        self._mode = mode
        typing = mode in (_Mode.TYPING, _Mode.CHOOSING)
        for name, shown in (
            ("prompt", typing),
            ("notice", not typing),
            ("choices", mode is _Mode.CHOOSING),
            ("sheet", mode is _Mode.READING),
        ):
            self.query_one(f"#{name}").display = shown
        self._draw_keys()

    # --- what is asked of the other process

    async def _answer(self, ask: Callable[[], Future[_Answer]]) -> _Answer | None:
        """What it says; None, and a notice, when it cannot. One that has ended is asked again."""
        if self._broken:
            return None
        for _ in range(_TRIES):
            try:
                return await asyncio.wrap_future(ask())
            except YakugoError as error:
                self.say(str(error), error=True)
                return None
            except BrokenExecutor:
                continue
        self._broken = True
        self.say("what looks English up keeps being ended (is there too little memory?)", True)
        return None

    async def _look_ahead(self) -> None:
        """Keep what is coming known, then what a search may look for."""
        while not self._broken:
            self._waking.clear()
            if soon := self._unknown():
                answered = await self._know(soon)
            elif self._read_up_to < len(self.walk.queue):
                answered = await self._read(self._unread())
            else:
                answered = False
            if not answered:
                await self._waking.wait()

    async def _know(self, candidates: Sequence[Candidate]) -> bool:
        state = self._state()
        found = await self._answer(lambda: self.ahead.known(candidates, self._lesson))
        for term, known in (found or {}).items():
            self._keep(term, known, state)
        return found is not None

    async def _read(self, terms: Sequence[str]) -> bool:
        if not terms:
            await asyncio.sleep(0)
            return True
        found = await self._answer(lambda: self.ahead.english(terms, self._lesson))
        for term, english in (found or {}).items():
            self._add_english(term, english)
        return found is not None

    def _add_english(self, term: str, offered: Sequence[str]) -> None:
        if term not in self.english:
            self.english[term] = offered[0] if offered else ""
            self.walk.add_english(term, offered)

    def _state(self) -> tuple[int, int]:
        return self._lesson, self._accepted

    def _unknown(self) -> list[Candidate]:
        """The candidates that come next and of which the newest is not known; first the current."""
        missing = [
            one.candidate
            for one in self.walk.coming(_AHEAD)
            if self._fresh.get(one.candidate.term) != self._state()
        ]
        current = self.walk.current
        if missing and current and missing[0].term == current.candidate.term not in self.known:
            return missing[:1]
        return missing

    def _unread(self) -> list[str]:
        """Terms that a search cannot find by their English yet, of the next ones of the list."""
        found: list[str] = []
        for one in islice(self.walk.queue, self._read_up_to, self._read_up_to + _LOOKED_AT):
            self._read_up_to += 1
            if one.candidate.term not in self.english:
                found.append(one.candidate.term)
                if len(found) == _AT_ONCE:
                    break
        return found

    def _keep(self, term: str, known: Known, state: tuple[int, int]) -> None:
        self._fresh[term] = state
        self._add_english(term, [offer.english for offer in known.offers])
        current = self.walk.current
        shown = self.known.get(term)
        if current is None or current.candidate.term != term:
            self.known[term] = known
            return
        if shown is not None:  # what is read stays where it stands; new concepts come behind
            ids = {one.concept.id for one in shown.near}
            more = tuple(one for one in known.near if one.concept.id not in ids)
            known = Known(shown.offers, shown.near + more)
        self.known[term] = known
        self._draw_known(current)

    def _learn_if_due(self) -> None:
        if self._since_lesson >= _LEARN_EVERY and not self.learning:
            self.learning = True
            self._since_lesson = 0
            self.run_worker(self._learn(), group="learn")

    async def _learn(self) -> None:
        learned = await self._answer(lambda: self.ahead.learned(self.walk.order))
        self.learning = False
        if learned is not None:
            await asyncio.sleep(0)  # a key that waits comes first
            self.walk.reorder(learned.terms, learned.scores)
            await asyncio.sleep(0)
            self._read_up_to = 0
            self._lesson += 1
            self._show()
            self._waking.set()


def _rows(content: Content) -> int:
    return content.plain.count("\n") + 1


_OURS = frozenset(
    name.removeprefix("action_") for name in vars(ReviewApp) if name.startswith("action_")
)
