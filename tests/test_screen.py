"""The review's screen, driven by its keys."""

import asyncio
import multiprocessing
import os
import pty
import subprocess
import sys
from concurrent.futures import BrokenExecutor
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Input, Static

from yakugo.documents import from_text
from yakugo.errors import ConflictError, YakugoError
from yakugo.model import ENGLISH, JAPANESE, Concept, Decision, Status, Term, Usage
from yakugo.screen import ReviewApp, Walk, best_first, least_certain_first, paint, review
from yakugo.screen.ahead import Ahead
from yakugo.termbase import review as decisions
from yakugo.termbase.review import history
from yakugo.workspace import Workspace, init

ESSAY = "国連安全保障理事会は抑止戦略を論じた。対戦力能力拡充計画もある。"
REPORT = "掃海艇(mine hunter)を論じた。抑止戦略と防衛協力を比べた。"


@pytest.fixture
def workspace(tmp_path):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        opened.collect([from_text(ESSAY, "essay"), from_text(REPORT, "report")])
        yield opened


def waiting(workspace, order=best_first):
    return sorted(workspace.ranking(statuses=[Status.NEW]), key=order)


class Screen:
    """The app with a keyboard, for a test to read."""

    def __init__(self, app, pilot):
        self.app, self.pilot, self.walk = app, pilot, app.walk

    async def press(self, *keys):
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text):
        for letter in text:
            await self.pilot.press("space" if letter == " " else letter)
        await self.pilot.pause()

    async def until(self, true):
        """Wait for what the other side answers."""
        for _ in range(1000):
            if true():
                await self.pilot.pause()
                return
            await asyncio.sleep(0.01)
        raise AssertionError("it did not happen")

    async def go(self, term):
        """Show a term, and wait for its English."""
        await self.press("slash")
        self.app.query_one("#line", Input).value = term
        await self.pilot.pause()
        await self.press("enter")
        assert self.walk.current.candidate.term == term
        await self.until(lambda: term in self.app.known)

    def says(self, name):
        return str(self.app.query_one(f"#{name}", Static).content)

    @property
    def term(self):
        return self.walk.current.candidate.term


def drive(workspace, story, order=best_first, size=(80, 24), who="sato", queue=None):
    """Run a story with the screen; what it returns."""

    async def run():
        queued = waiting(workspace, order) if queue is None else queue
        with Ahead(partial(Workspace, workspace.folder), own_process=False) as ahead:
            app = ReviewApp(Walk(workspace.termbase, who, queued, order), ahead)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                return await story(Screen(app, pilot))

    return asyncio.run(run())


def test_a_candidate_is_shown_with_all_that_is_known_of_it(workspace):
    async def story(screen):
        first = screen.walk.current.candidate
        assert first.term in screen.says("term")
        assert first.reading in screen.says("term")
        assert f"{first.frequency}×" in screen.says("facts")
        assert first.contexts[0].document in screen.says("contexts")
        await screen.go("国連安全保障理事会")
        best = screen.app.known[screen.term].offers[0]
        assert f"1  {best.english}" in screen.says("offers")
        assert f"{best.evidence[0].provider}: " in screen.says("offers")
        assert "2 of 13" in screen.says("header")

    drive(workspace, story)


def test_what_is_composed_or_contested_is_said_to_be(workspace):
    async def story(screen):
        await screen.go("対戦力能力拡充計画")
        assert "(composed)" in screen.says("offers")
        await screen.go("掃海艇")
        assert "mine hunter" in screen.says("offers")
        assert "contested by word list: " in screen.says("offers")

    drive(workspace, story)


def test_one_key_is_one_decision_and_undo_goes_back_to_it(workspace):
    async def story(screen):
        first = screen.term
        await screen.press("r")
        second = screen.term
        await screen.press("d")
        assert screen.walk.left() == len(screen.walk.queue) - 2
        await screen.press("u")
        assert screen.term == second
        assert f"taken back: deferred {second}" in screen.says("notice")
        await screen.press("r")
        return first, second, screen.walk

    first, second, walk = drive(workspace, story)
    assert [(one.term, one.decision) for one in history(workspace.termbase)] == [
        (first, Decision.REJECTED),
        (second, Decision.DEFERRED),
        (second, Decision.TAKEN_BACK),
        (second, Decision.REJECTED),
    ]
    assert walk.counts() == {Decision.REJECTED: 2}
    assert walk.today == 2


def test_an_offer_is_accepted_by_its_number(workspace):
    async def story(screen):
        await screen.go("国連安全保障理事会")
        offers = screen.app.known[screen.term].offers
        await screen.press("9")
        assert "no offer 9" in screen.says("notice")
        await screen.press("2")
        return offers[1].english

    english = drive(workspace, story)
    (only,) = history(workspace.termbase)
    assert (only.term, only.english) == ("国連安全保障理事会", english)


def test_english_can_be_typed_beginning_with_the_best_offer(workspace):
    async def story(screen):
        await screen.go("国連安全保障理事会")
        best = screen.app.known[screen.term].offers[0].english
        await screen.press("e")
        line = screen.app.query_one("#line", Input)
        assert line.value == best
        line.value = ""
        await screen.press("enter")
        assert screen.term == "国連安全保障理事会"  # no English, no decision
        await screen.press("e")
        await screen.type(" r")  # letters are letters here
        await screen.press("escape")
        assert screen.term == "国連安全保障理事会"
        await screen.press("e")
        await screen.type("; UNSC")
        await screen.press("enter")
        return best

    best = drive(workspace, story)
    (only,) = history(workspace.termbase)
    assert only.english == f"{best}; UNSC"


def test_a_comment_is_stored_with_the_decision(workspace):
    async def story(screen):
        await screen.press("c")
        await screen.type("ask Mori")
        await screen.press("enter")
        assert "comment: ask Mori" in screen.says("facts")
        await screen.press("d")

    drive(workspace, story)
    (only,) = history(workspace.termbase)
    assert (only.decision, only.comment) == (Decision.DEFERRED, "ask Mori")


def test_a_candidate_joins_the_concept_it_belongs_to(workspace):
    concept = decisions.accept(workspace.termbase, "国連安保理", "UN Security Council", "mori")

    async def story(screen):
        await screen.go("国連安全保障理事会")
        assert "already in the glossary" in screen.says("near")
        assert "国連安保理" in screen.says("near")
        await screen.press("j")

    drive(workspace, story)
    joined = workspace.termbase.concept(concept.id)
    assert {t.text for t in joined.in_language(JAPANESE)} == {"国連安保理", "国連安全保障理事会"}
    assert [t.text for t in joined.in_language(ENGLISH)] == ["UN Security Council"]


def test_what_was_accepted_is_near_to_what_follows(workspace):
    async def story(screen):
        await screen.go("抑止戦略")
        await screen.press("e")
        screen.app.query_one("#line", Input).value = "UN Security Council"
        await screen.press("enter")
        await screen.go("国連安全保障理事会")
        await screen.until(lambda: "抑止戦略" in screen.says("near"))

    drive(workspace, story)


def test_what_cannot_be_stored_is_said_and_the_candidate_stays(workspace):
    async def story(screen):
        await screen.press("u")
        assert "u again" in screen.says("notice")
        await screen.press("u")
        assert "no decision of sato" in screen.says("notice")
        term = screen.term
        await screen.press("j")
        assert screen.term == term
        workspace.termbase.close()
        workspace.termbase.read_only = True
        await screen.press("r")
        assert "read-only" in screen.says("notice")
        assert screen.term == term
        workspace.termbase.read_only = False

    drive(workspace, story)
    assert history(workspace.termbase) == []


def test_what_the_glossary_says_to_avoid_is_refused_in_a_line(workspace):
    queue = waiting(workspace)
    avoided = Term("strategy of fear", ENGLISH, usage=Usage.DEPRECATED)
    english = Term("deterrence strategy", ENGLISH)
    concept = Concept("deterrence-strategy", (Term("抑止戦略"), english, avoided))
    workspace.termbase.load([concept])

    async def story(screen):
        await screen.go("抑止戦略")
        await screen.press("e")
        screen.app.query_one("#line", Input).value = avoided.text
        await screen.press("enter")
        assert "says to avoid 'strategy of fear'" in screen.says("notice")
        assert screen.term == "抑止戦略"

    drive(workspace, story, queue=queue)


def test_what_somebody_else_has_decided_since_is_said_before_it_can_be_decided_again(workspace):
    queue = waiting(workspace)
    walk, other = (Walk(workspace.termbase, who, queue) for who in ("sato", "mori"))
    term = walk.current.candidate.term
    other.reject()
    with pytest.raises(ConflictError, match=r"rejected at revision 1 \(by mori\)"):
        walk.accept("shield")
    assert walk.current.candidate.term == term
    walk.accept("shield")  # having read that
    assert workspace.termbase.candidate(term).status is Status.ACCEPTED
    walk.undo()
    walk.defer()
    assert workspace.termbase.candidate(term).status is Status.DEFERRED


def test_moving_decides_nothing_and_search_finds_by_reading_and_english(workspace):
    async def story(screen):
        terms = [one.candidate.term for one in screen.walk.queue]
        await screen.press("n", "right")
        assert screen.term == terms[2]
        await screen.press("p", "left", "left")
        assert screen.term == terms[0]
        assert "first one" in screen.says("notice")
        await screen.press("g")
        await screen.type("3")
        await screen.press("enter")
        assert screen.term == terms[2]
        await screen.until(lambda: len(screen.app.english) == len(terms))
        for query in ("こくれんあ", "コクレンアン", "un security c"):
            await screen.press("g")
            await screen.type("1")
            await screen.press("enter", "slash")
            screen.app.query_one("#line", Input).value = query
            await screen.pilot.pause()
            await screen.press("enter")
            assert screen.term == "国連安全保障理事会"

    drive(workspace, story)
    assert history(workspace.termbase) == []


def test_only_the_candidates_of_one_document_are_shown_when_asked_for(workspace):
    async def story(screen):
        everything = len(screen.walk.shown)
        await screen.press("f")
        assert "essay" in screen.says("choices")
        await screen.type("rep")
        assert "essay" not in screen.says("choices")
        await screen.press("enter")
        await screen.until(lambda: screen.walk.document)
        assert "only report" in screen.says("header")
        assert {one.candidate.term for one in screen.walk.shown} >= {"掃海艇", "抑止戦略"}
        assert "国連安全保障理事会" not in {one.candidate.term for one in screen.walk.shown}
        await screen.press("f")
        assert len(screen.walk.shown) == everything

    drive(workspace, story)


def test_nothing_is_decided_while_something_is_read(workspace):
    async def story(screen):
        term = screen.term
        await screen.press("question_mark")
        assert "accept with the first English" in screen.says("page")
        await screen.press("r", "a", "d", "n")
        assert screen.term == term
        await screen.press("q")
        await screen.press("x")
        await screen.until(lambda: "score" in screen.says("page"))
        await screen.press("escape", "d", "u", "h")
        assert "taken back" in screen.says("page")
        await screen.press("escape", "n")
        assert screen.term != term

    drive(workspace, story)
    assert [one.decision for one in history(workspace.termbase)] == [
        Decision.DEFERRED,
        Decision.TAKEN_BACK,
    ]


def test_the_next_review_goes_on_where_this_one_stopped(workspace):
    async def stop(screen):
        await screen.press("n", "n", "r")
        return screen.term

    async def go_on(screen):
        return screen.term, screen.walk.position, screen.walk.today

    stopped = drive(workspace, stop)
    assert drive(workspace, go_on) == (stopped, 2, 1)
    assert drive(workspace, go_on, who="mori")[1:] == (0, 0)


def test_a_decision_from_before_is_taken_back_only_when_asked_twice(workspace):
    rejected = waiting(workspace)[0].candidate.term
    decisions.reject(workspace.termbase, rejected, "sato")

    async def story(screen):
        await screen.press("u")
        assert screen.term != rejected
        await screen.press("u")
        assert screen.term == rejected

    drive(workspace, story)
    assert workspace.termbase.candidate(rejected).status is Status.NEW


def test_after_the_last_one_those_passed_over_come_and_then_it_is_said(workspace):
    async def story(screen):
        first = screen.term
        await screen.press("n")
        while screen.walk.left() > 1:
            await screen.press("r")
        assert screen.term == first
        await screen.press("r")
        assert "all are decided" in screen.says("term")
        await screen.press("a", "e", "j", "r", "n", "x", "h", "tab")
        await screen.press("u")
        assert screen.term == first

    drive(workspace, story)


def test_after_ten_decisions_the_rest_stands_in_a_new_order(tmp_path):
    words = ("外交", "宣伝", "広報", "説得", "調整", "改善", "節約", "改革", "友好", "防災", "救援")
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        text = "".join(f"{word}努力を続けた。{word}体制を築いた。" for word in words)
        opened.collect([from_text(text, "essay")])
        queue = waiting(opened)
        efforts = [one for one in queue if one.candidate.term.endswith("努力")]
        others = [one for one in queue if one not in efforts]

        async def story(screen):
            await screen.press(*"r" * 10)
            await screen.until(lambda: screen.walk.scores)
            return screen.walk

        walk = drive(opened, story, queue=efforts[:10] + others + efforts[10:])
    last = efforts[-1]
    assert walk.score(last) < last.score
    left = [walk.score(one) for one in walk.queue[11:]]
    assert left == sorted(left, reverse=True)
    assert walk.queue[10] is others[0]  # the one under the reviewer's eyes stays


def test_what_was_taken_back_teaches_nothing(workspace):
    before = {one.candidate.term: one.score for one in waiting(workspace)}

    async def story(screen):
        await screen.press("r", "r", "r", "u", "u", "u")

    drive(workspace, story)
    assert workspace.termbase.decisions() == {}
    workspace.learn()
    assert {one.candidate.term: one.score for one in waiting(workspace)} == before


def test_the_least_certain_come_first_when_asked_for(workspace):
    scores = [abs(one.score - 0.5) for one in waiting(workspace, least_certain_first)]
    assert scores == sorted(scores)


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (40, 12)])
def test_no_line_is_wider_than_its_panel(workspace, size):
    async def story(screen):
        for _ in range(5):
            await screen.until(lambda: screen.term in screen.app.known)
            for name in ("header", "term", "facts", "offers", "near", "contexts", "keys"):
                room = screen.app.query_one(f"#{name}").content_size.width
                assert all(cell_len(line) <= room for line in screen.says(name).split("\n"))
            await screen.press("n")

    drive(workspace, story, size=size)


def test_the_theme_is_remembered(workspace):
    async def toggle(screen):
        await screen.press("t")
        return screen.app.theme

    async def look(screen):
        return screen.app.theme

    assert drive(workspace, toggle) == drive(workspace, look) == "textual-light"


TEXT = st.text(st.sampled_from("核抑止の、。」「（）ーabc xyz1"), max_size=60)


@given(TEXT, st.integers(4, 30))
def test_lines_are_cut_as_japanese_is(text, width):
    lines = [line.plain for line in paint.folded(Content(text), width)]
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip()) <= width for line in lines)


def test_no_line_begins_with_a_closing_sign_nor_ends_within_a_word():
    lines = paint.folded(Content("「核の傘」と、extended deterrence。"), 11, 1)
    assert [line.plain for line in lines] == [
        "「核の傘」",
        " と、",
        " extended ",
        " deterrence",
        " 。",
    ]


# --- without and with a terminal


def test_without_a_terminal_it_is_said_what_to_do(workspace):
    with pytest.raises(YakugoError, match=r"needs a terminal.*accept, reject and defer.*workbook"):
        review(workspace, "sato")


def test_the_command_shows_the_first_candidate_on_a_terminal_and_leaves_it(workspace):
    term = waiting(workspace)[0].candidate.term
    program = "from yakugo.cli import main\nif __name__ == '__main__': main()"
    here, there = pty.openpty()
    command = [
        sys.executable,
        "-c",
        program,
        "-w",
        workspace.folder,
        "review",
        "--reviewer",
        "sato",
    ]
    process = subprocess.Popen(
        command, stdin=there, stdout=there, stderr=there, start_new_session=True,
        env=os.environ | {"TERM": "xterm-256color"},
    )  # fmt: skip
    os.close(there)
    shown = b""
    while term.encode() not in shown:
        shown += os.read(here, 1 << 16)
    os.write(here, b"r\x03")  # Ctrl-C behind a decision
    try:
        while more := os.read(here, 1 << 16):
            shown += more
    except OSError:
        pass  # the terminal is closed
    assert process.wait(30) == 0
    assert b"1 rejected" in shown
    assert workspace.termbase.candidate(term).status is Status.REJECTED


def test_a_process_that_was_ended_from_outside_is_started_again(workspace):
    candidate = waiting(workspace)[0].candidate
    with Ahead(partial(Workspace, workspace.folder)) as ahead:
        found = ahead.known([candidate], 0).result(60)
        (process,) = multiprocessing.active_children()
        process.kill()
        with pytest.raises(BrokenExecutor):
            ahead.known([candidate], 0).result(60)
        assert ahead.known([candidate], 0).result(60) == found


def test_help_does_not_load_the_screen():
    program = (
        "import sys; sys.argv = ['yakugo', '--help']\n"
        "from yakugo.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "assert 'textual' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
