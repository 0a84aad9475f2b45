"""The drill as a learner sees and types it."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

from yakugo.drill import terminal
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


@pytest.fixture
def types(termbase, monkeypatch):
    """Drill with some lines typed; what was shown."""

    def drill(*lines, self_graded=False, **wishes):
        typed = iter(lines)

        def line(_):
            try:
                found = next(typed)
            except StopIteration:
                raise EOFError from None
            if found == "^C":
                raise KeyboardInterrupt
            return found

        wishes.setdefault("kinds", {CardKind.RECOGNITION})
        session = Session(termbase, "aiko", CONCEPTS, {}, Wishes(**wishes), lambda: NOW)
        console = Console(file=io.StringIO(), width=80)
        monkeypatch.setattr(console, "input", line)
        terminal.run(session, CONCEPTS, console, self_graded)
        return console.file.getvalue()

    return drill


def ratings(termbase):
    return [(one.concept, one.rating, one.given) for one in learners.answers(termbase, "aiko")]


def test_a_right_answer_is_good_unless_the_learner_says_otherwise(types, termbase):
    shown = types("Deterrence", "", "restraint", "4")
    assert "✓ right" in shown
    assert ratings(termbase) == [("deterrence", 3, "Deterrence"), ("restraint", 4, "restraint")]


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


@pytest.mark.parametrize("command", [":u", "：u", "u"])
def test_the_last_answer_is_taken_back_while_typing_or_rating(types, termbase, command):
    lines = ("restraint", "4", command) if command != "u" else ("restraint", "4", "x", "u")
    assert "taken back: easy for 抑止" in types(*lines)
    assert ratings(termbase) == []


def test_commands(types, termbase):
    shown = types(":?", ":s", "restraint", "5", "", ":q")
    assert shown.count(":u takes the last answer back") >= 3
    assert "another time" in shown
    assert ratings(termbase) == [("restraint", 3, "restraint")]


@pytest.mark.parametrize("end", [(), (":q",), ("^C",), ("x", "^C"), ("x", "q")])
def test_however_it_ends_what_was_answered_is_summed_up(types, termbase, end):
    shown = types("deterrence", "", *end)
    assert "1 answer" in shown
    assert "1 of 1 known at once" in shown
    assert len(ratings(termbase)) == 1


def test_which_of_two_by_its_number(types, termbase):
    types("1", "", "2", "", kinds={CardKind.CONFUSABLE})
    assert len(ratings(termbase)) == 2
    assert {given for _, _, given in ratings(termbase)} <= {"抑止", "抑制"}


def test_the_other_of_two_is_wrong_however_near_it_is(types):
    assert "✗ wrong  that is" in types("抑制", "", kinds={CardKind.CONFUSABLE})


def test_when_nothing_is_left_it_says_when_it_goes_on(types):
    shown = types("deterrence", "4", "restraint", "4")
    assert "nothing is due now; the next card comes in" in shown
    assert "0 of" not in shown


def test_ruby_stands_above_its_piece():
    above, below = terminal.ruby("核の傘", "かくのかさ").plain.split("\n")
    assert above.split() == ["かく", "かさ"]
    assert below.replace(" ", "") == "核の傘"
    assert "\n" not in terminal.ruby("ミサイル", "ミサイル").plain


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (timedelta(minutes=8), "in 8 min"),
        (timedelta(hours=5), "later today"),
        (timedelta(hours=20), "tomorrow"),
        (timedelta(days=5), "in 5 days"),
    ],
)
def test_when_a_card_comes(later, said):
    assert terminal.when(NOW + later, NOW) == said


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(seconds=30), "1 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=12), "12 d"),
        (timedelta(days=152), "5.0 mo"),
    ],
)
def test_a_time_in_short(time, said):
    assert terminal.span(time) == said
