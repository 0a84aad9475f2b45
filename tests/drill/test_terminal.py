"""The drill as a learner sees and types it."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from yakugo.drill import terminal
from yakugo.drill.deck import Deck
from yakugo.drill.session import Session, Wishes
from yakugo.model import ENGLISH, CardKind, Concept, Term, Usage
from yakugo.termbase import Termbase, learners

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DETERRENCE = Concept(
    "deterrence",
    (
        Term("抑止", reading="よくし"),
        Term("deterrence", ENGLISH),
        Term("dissuasion", ENGLISH, usage=Usage.DEPRECATED),
    ),
    definition="Keeping an adversary from acting.",
)
RESTRAINT = Concept("restraint", (Term("抑制", reading="よくせい"), Term("restraint", ENGLISH)))
CONCEPTS = [DETERRENCE, RESTRAINT]


@pytest.fixture
def termbase(tmp_path):
    with Termbase(tmp_path / "termbase.sqlite") as opened:
        opened.load(CONCEPTS)
        yield opened


NOT_UTF_8 = object()


@pytest.fixture
def types(termbase):
    """Drill with some lines typed, each after some seconds; what was shown, prompts too."""

    def drill(*lines, self_graded=False, seconds=20, width=80, notice="", **wishes):
        typed = iter(lines)
        moment = NOW
        console = Console(file=io.StringIO(), width=width)

        def read(prompt):
            nonlocal moment
            console.print(prompt, end="", markup=False)
            moment += timedelta(seconds=seconds)
            line = next(typed, None)
            if line is None:
                raise EOFError
            if line == "^C":
                raise KeyboardInterrupt
            if line is NOT_UTF_8:
                raise UnicodeDecodeError("utf-8", b"\x8a", 0, 1, "invalid start byte")
            console.print(line, markup=False)
            return line

        wishes.setdefault("kinds", {CardKind.RECOGNITION})
        concepts = termbase.glossary()
        deck = Deck(concepts, {}, {}, concepts)
        session = Session(termbase, "aiko", concepts, {}, Wishes(**wishes), lambda: moment)
        terminal.run(session, deck, console, self_graded, read, notice)
        return console.file.getvalue()

    return drill


def ratings(termbase):
    return [(one.concept, one.rating, one.given) for one in learners.answers(termbase, "aiko")]


def test_a_right_answer_is_good_unless_the_learner_says_otherwise(types, termbase):
    shown = types("Deterrence", "", "restraint", "4")
    assert "✓ right" in shown
    assert ratings(termbase) == [("deterrence", 3, "Deterrence"), ("restraint", 4, "restraint")]
    assert [one.took for one in learners.answers(termbase, "aiko")] == [20_000, 20_000]


def test_a_new_term_that_is_known_at_once_is_easy(types, termbase):
    types("deterrence", "", "x", "", "restraint", "", seconds=3)
    assert [rating for _, rating, _ in ratings(termbase)] == [4, 1, 3]  # new no more at the end


@pytest.mark.parametrize("typed", ["３", " 3 ", "3"])
def test_a_rating_may_be_of_full_width_as_input_methods_have_it(types, termbase, typed):
    types("x", typed)
    assert ratings(termbase) == [("deterrence", 3, "x")]


def test_a_near_miss_is_shown_and_hard(types, termbase):
    assert "≈ nearly" in types("deterrance", "")
    assert ratings(termbase) == [("deterrence", 2, "deterrance")]


def test_a_wrong_answer_says_what_it_would_be_right_for(types, termbase):
    assert "that is 抑制 = restraint" in types("restraint", "")
    assert ratings(termbase) == [("deterrence", 1, "restraint")]


def test_a_term_to_avoid_is_said_to_be_one(types):
    assert "dissuasion is to be avoided" in types("dissuasion", "")


def test_an_empty_line_is_not_known(types, termbase):
    shown = types("", "")
    assert "not known" in shown
    assert "Keeping an adversary from acting." in shown
    assert ratings(termbase) == [("deterrence", 1, "")]


def test_the_learner_may_judge(types, termbase):
    types("", "2", self_graded=True)
    assert ratings(termbase) == [("deterrence", 2, "")]


@pytest.mark.parametrize("command", [":u", "：u", ":undo", ":Ｕ", "u"])
def test_the_last_answer_is_taken_back_while_typing_or_rating(types, termbase, command):
    lines = ("restraint", "4", command) if command != "u" else ("restraint", "4", "x", "u")
    shown = types(*lines)
    assert "taken back: easy" in shown
    assert shown.count("recognition: in English?\n\n  抑止") == 2  # and it is asked again
    assert ratings(termbase) == []


def test_what_is_asked_again_is_not_answered_by_the_notice(types):
    after = types("restraint", "4", ":u").split("taken back")[1]
    assert "deterrence" not in after


def test_there_may_be_nothing_to_take_back(types):
    assert "nothing to take back" in types(":u")


def test_commands(types, termbase):
    shown = types(":?", ":whatever", ":", ":s", "restraint", "5", "", ":q")
    assert shown.count("Type the answer and press Enter") == 4
    assert "another time: 抑止 deterrence" in shown
    assert ratings(termbase) == [("restraint", 3, "restraint")]


def test_a_line_that_is_no_utf_8_is_asked_for_again(types, termbase):
    assert "no UTF-8" in types(NOT_UTF_8, "deterrence\x00\x1b[2J\udc8a", "1")
    assert ratings(termbase) == [("deterrence", 1, "deterrence[2J?")]


@pytest.mark.parametrize("end", [(), (":q",), ("^C",), ("x", "^C"), ("x", "q")])
def test_however_it_ends_what_was_answered_is_summed_up(types, termbase, end):
    shown = types("deterrence", "", *end)
    assert "1 answer" in shown
    assert "1 of 1 known at once" in shown
    assert len(ratings(termbase)) == 1


def test_which_of_two_by_its_number(types, termbase):
    shown = types("7", "1", "", "2", "", kinds={CardKind.CONFUSABLE})
    assert "choose from 1 to 2" in shown
    assert len(ratings(termbase)) == 2
    assert {given for _, _, given in ratings(termbase)} <= {"抑止", "抑制"}


def test_the_other_of_two_is_wrong_however_near_it_is(types, termbase):
    shown = types("抑制", "", kinds={CardKind.CONFUSABLE})
    assert "✗ wrong  that is 抑制 = restraint" in shown
    assert "not  抑制（よくせい）  restraint" in shown
    types("よくせい", "", kinds={CardKind.CONFUSABLE})
    assert ratings(termbase) == [("deterrence", 1, "抑制"), ("restraint", 3, "よくせい")]


def test_of_two_terms_for_the_same_english_the_other_is_not_wrong(types, termbase):
    dissuasion = Concept("dissuading", (Term("牽制"), Term("deterrence", ENGLISH)))
    termbase.load([dissuasion])
    shown = types("牽制", "抑止", "", kinds={CardKind.PRODUCTION})
    assert "牽制 is right too, but it is another term that is meant" in shown
    assert ratings(termbase) == [("deterrence", 3, "抑止")]


def test_when_nothing_is_left_it_says_when_it_goes_on(types):
    shown = types("deterrence", "4", "restraint", "3", "restraint", "3")
    assert "nothing is due now; the next card comes" in shown
    assert "0 due" not in shown


def test_what_is_left_and_what_comes(types):
    shown = types("x", "1", "restraint", "4", ":q", new=2)
    assert "still to come today: 1 being learnt; everything so far is stored" in shown
    assert "hardest  抑止 deterrence" in shown
    assert "tomorrow: 1 due" in shown


def test_how_to_learn_more_new_ones_today(types):
    shown = types("deterrence", "4", new=1)
    assert "new cards waiting: 1; --new 11 brings some of them today" in shown


def test_why_there_may_be_nothing_of_a_mode(types):
    types("deterrence", "4", "restraint", "4")
    shown = types(kinds={CardKind.PRODUCTION})
    assert "nothing is due now\nfor another day, as their terms are new: 2" in shown


def test_what_is_to_be_said_first(types):
    shown = types(notice="aiko has not drilled here before")
    assert shown.index("aiko has not") < shown.index("recognition")


def test_no_answer_stands_on_the_page_of_the_next_question(termbase):
    """On a terminal, that is; a file keeps all."""
    console = Console(file=io.StringIO(), width=80, force_terminal=True)
    concepts = termbase.glossary()
    wishes = Wishes({CardKind.RECOGNITION})
    session = Session(termbase, "aiko", concepts, {}, wishes, lambda: NOW)
    typed = iter(["x", "4", ":q"])
    terminal.run(session, Deck(concepts, {}, {}, concepts), console, read=lambda _: next(typed))
    page = console.file.getvalue().split("\x1b[2J")[-1]
    assert "抑制" in page
    assert "抑止" not in page


@given(st.lists(st.text(max_size=8), max_size=12))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_it_ends_in_a_summary(tmp_path_factory, lines):
    with Termbase(tmp_path_factory.mktemp("drill") / "termbase.sqlite") as termbase:
        termbase.load(CONCEPTS)
        typed = iter(lines)
        console = Console(file=io.StringIO(), width=40)
        session = Session(termbase, "aiko", CONCEPTS, {}, Wishes(), lambda: NOW)
        deck = Deck(CONCEPTS, {}, {}, CONCEPTS)

        def read(_):
            line = next(typed, None)
            if line is None:
                raise EOFError
            return line

        terminal.run(session, deck, console, read=read)
        assert len(learners.answers(termbase, "aiko")) == len(session.answers)
        assert ("still to come" in console.file.getvalue()) or not session.left()
