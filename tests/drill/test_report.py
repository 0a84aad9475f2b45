"""Progress as it is printed."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len
from rich.console import Console

from yakugo.drill import report, show_progress
from yakugo.drill.progress import measure
from yakugo.drill.scheduling import AGAIN, EASY, GOOD, Scheduling, written
from yakugo.errors import FormatError, TermbaseError
from yakugo.model import ENGLISH, Answer, CardKind, Concept, Term
from yakugo.termbase import Termbase, learners

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
CONCEPTS = {
    one.id: one
    for one in (
        Concept("deterrence", (Term("抑止", reading="よくし"), Term("deterrence", ENGLISH))),
        Concept("silo", (Term("サイロ", reading="サイロ"), Term("[b]silo[/b]", ENGLISH))),
        Concept(
            "long",
            (
                Term("非常に長い名前を持つ戦略的安定協議枠組", reading="ひじょう"),
                Term("a framework for talks on strategic stability with a very long name", ENGLISH),
            ),
        ),
    )
}


def answer(days_ago, rating, concept="deterrence", kind=CardKind.PRODUCTION):
    moment = NOW - timedelta(days=days_ago)
    return Answer(concept, kind, rating, written(moment), 6000)


HISTORY = [
    answer(n, AGAIN if n % 6 == 0 else GOOD, concept) for n in range(90) for concept in CONCEPTS
]


def shown(answers, days=30, width=80):
    scheduling = Scheduling()
    found = measure(answers, scheduling.replay(answers), scheduling, NOW, UTC)
    console = Console(file=io.StringIO(), width=width)
    report.show("aiko", found, CONCEPTS, console, days)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("days", [1, 7, 30, 365, 3650])
def test_it_fits_a_terminal_whatever_is_looked_back(width, days):
    text = shown(HISTORY, days, width)
    assert all(cell_len(line) <= width for line in text.splitlines())


def test_it_says_what_was_done_what_is_known_what_comes_and_what_is_hard():
    text = shown(HISTORY)
    assert "90 days, at most 90" in text
    assert "90 answers on 30 days, 9 min; 0 new cards" in text
    assert "270 answers on 90 days, 27 min; 3 new cards" in text
    assert re.search(r"known now +about \d of them", text)
    assert "Retention (wanted: 90.0 %)" in text
    for name in ("last 7 days", "last 30 days", "production", "Sep 2026", "Nov 2026"):
        assert re.search(rf"{name} +[\d,]+ +\d", text), name
    assert "By the dates of now" in text
    assert "抑止" in text


def test_what_a_term_holds_is_no_markup():
    assert "[b]silo[/b]" in shown(HISTORY, width=120)


def test_more_days_than_fit_are_taken_together():
    assert "Answers each day" in shown(HISTORY, 30)
    assert "Answers in every 3 days" in shown(HISTORY, 90)


def test_the_chart_shows_even_the_smallest_day():
    answers = [answer(0, GOOD, f"c{n}") for n in range(500)] + [answer(1, GOOD)]
    lines = shown(answers, 2).split("Answers each day\n")[1].splitlines()
    assert [line[:5] for line in lines[:5]] == ["500┤ ", "   │ ", "   │ ", "   │ ", "  0┤▁"]


def test_a_beginner_is_told_how_to_begin_and_has_no_empty_tables():
    assert "Begin with: yakugo drill" in shown([])
    first = shown([answer(0, GOOD)])
    assert "No card came again on a later day yet" in first
    assert "Hardest" not in first
    assert "FSRS" not in shown([answer(9, EASY), answer(0, GOOD)]).split("FSRS said")[1]


def test_a_concept_that_is_gone_is_called_by_its_id():
    assert "gone" in shown([answer(60, EASY, "gone"), answer(2, AGAIN, "gone")])


@pytest.fixture
def termbase(tmp_path):
    with Termbase(tmp_path / "termbase.sqlite") as opened:
        opened.load(CONCEPTS.values())
        yield opened


def from_termbase(termbase, learner, picture=None):
    console = Console(file=io.StringIO(), width=80)
    show_progress(termbase, learner, NOW, console, picture, 30)
    return console.file.getvalue()


def test_of_a_learner_in_the_termbase_cards_of_the_glossary_are_shown(termbase):
    learners.add(termbase, "aiko", [*HISTORY, *(answer(n, AGAIN, "gone") for n in (50, 3))])
    text = from_termbase(termbase, "aiko")
    assert "cards         3:" in text
    assert "272 answers" in text
    assert "gone" not in text


def test_who_is_not_there_is_told_who_is(termbase):
    assert "Nothing was answered yet" in from_termbase(termbase, "aiko")
    learners.add(termbase, "ben", HISTORY)
    with pytest.raises(TermbaseError, match=r"aiko has not drilled here; .* one of ben"):
        from_termbase(termbase, "aiko")
    assert learners.names(termbase) == ["ben"]  # who only looks is no learner


def test_a_picture_that_cannot_be_made_is_said_before_anything_is_printed(termbase, tmp_path):
    learners.add(termbase, "aiko", HISTORY)
    console = Console(file=io.StringIO(), width=80)
    with pytest.raises(FormatError, match="choose one of"):
        show_progress(termbase, "aiko", NOW, console, tmp_path / "p.bmp", 30)
    assert console.file.getvalue() == ""


def test_the_picture_is_named_when_it_is_drawn(termbase, tmp_path):
    pytest.importorskip("matplotlib", reason="yakugo[plot] is not installed")
    learners.add(termbase, "aiko", HISTORY)
    path = tmp_path / "progress.png"
    assert from_termbase(termbase, "aiko", path).endswith(f"drawn: {path}\n")
    assert path.exists()
