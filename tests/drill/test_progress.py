"""What is told of a learner's answers."""

import io
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from yakugo.drill import report
from yakugo.drill.plot import plot, wilson
from yakugo.drill.progress import Share, day_of, progress, retention
from yakugo.drill.scheduling import AGAIN, EASY, GOOD, Scheduling, written
from yakugo.errors import FormatError
from yakugo.model import ENGLISH, Answer, CardKind, Concept, Term

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=timezone(timedelta(hours=9)))
CONCEPTS = {
    one.id: one
    for one in (
        Concept("deterrence", (Term("抑止", reading="よくし"), Term("deterrence", ENGLISH))),
        Concept("silo", (Term("サイロ", reading="サイロ"), Term("silo", ENGLISH))),
    )
}


def answer(days_ago, rating, concept="deterrence", kind=CardKind.RECOGNITION, hours=0.0, took=4000):
    moment = NOW - timedelta(days=days_ago) + timedelta(hours=hours)
    return Answer(concept, kind, rating, written(moment), took)


def told(*answers, horizon=30):
    return progress(answers, Scheduling(), NOW, CONCEPTS, horizon)


def test_of_no_answers_nothing_is_told():
    found = told()
    assert (found.days, found.recalls, found.cards, found.streak) == ([], [], [], 0)
    assert sum(found.forecast) == found.known == 0


def test_days_begin_at_four_where_the_learner_is():
    zone = NOW.tzinfo
    assert day_of(datetime(2026, 11, 25, 3, 59, tzinfo=zone), zone) == date(2026, 11, 24)
    assert day_of(datetime(2026, 11, 25, 4, 0, tzinfo=zone), zone) == date(2026, 11, 25)
    assert day_of(datetime(2026, 11, 24, 19, 0, tzinfo=UTC), zone) == date(2026, 11, 25)


def test_answers_and_minutes_by_day():
    found = told(answer(1, AGAIN), answer(1, GOOD, hours=1), answer(0, GOOD, took=10**9))
    assert [(day.day.day, day.answers) for day in found.days] == [(24, 2), (25, 1)]
    assert found.days[0].ratings == {AGAIN: 1, GOOD: 1}
    assert [round(day.minutes, 2) for day in found.days] == [0.13, 1.0]


@pytest.mark.parametrize(
    ("days", "streak"), [((0,), 1), ((1, 2), 2), ((0, 1, 2), 3), ((2, 3), 0), ((0, 2), 1)]
)
def test_days_in_a_row(days, streak):
    assert told(*(answer(n, GOOD) for n in days)).streak == streak


def test_what_counts_as_remembered_is_the_first_answer_of_another_day():
    found = told(
        answer(20, EASY),
        answer(20, AGAIN, hours=1),  # the same day
        answer(10, AGAIN),
        answer(10, GOOD, hours=0.5),
        answer(1, GOOD),
    )
    assert [one.kept for one in found.recalls if one.day.day == 24] == [True]
    assert retention(found.recalls).of <= 2
    assert all(0 < one.expected <= 1 for one in found.recalls)


def test_what_is_overdue_comes_today():
    found = told(answer(200, EASY), answer(200, EASY, "silo"), answer(0, EASY, "silo", hours=-1))
    assert found.forecast[0] == 1
    assert sum(found.forecast) in (1, 2)  # silo may come after the horizon


def test_the_hardest_are_those_that_were_forgotten():
    found = told(
        answer(60, EASY), answer(40, AGAIN), answer(39, EASY), answer(20, AGAIN),
        answer(60, EASY, "silo"), answer(20, GOOD, "silo"),
    )  # fmt: skip
    assert [(card.concept, card.lapses) for card in found.hardest] == [("deterrence", 2)]


def test_cards_of_concepts_that_are_gone_do_not_count_but_their_work_does():
    found = told(answer(3, GOOD, "gone"))
    assert (len(found.cards), len(found.days)) == (0, 1)


answers = st.lists(
    st.builds(
        answer,
        st.integers(0, 400),
        st.integers(1, 4),
        st.sampled_from([*CONCEPTS, "gone"]),
        st.sampled_from([CardKind.RECOGNITION, CardKind.CLOZE]),
        st.floats(-8, 0),
    ),
    max_size=25,
    unique_by=lambda one: (one.concept, one.kind, one.when),
)


@given(answers, st.randoms(use_true_random=False))
def test_numbers_add_up_whatever_the_order(listed, chance):
    found = told(*listed, horizon=40_000)
    assert sum(day.answers for day in found.days) == len(listed)
    assert sum(found.forecast) == len(found.cards)
    assert 0 <= found.known <= len(found.cards)
    shuffled = listed.copy()
    chance.shuffle(shuffled)
    assert told(*shuffled, horizon=40_000) == found


def test_a_share_of_nothing_is_none():
    assert Share().value is None
    assert Share(3, 4).value == 0.75


@given(st.integers(1, 1000), st.data())
def test_wilsons_interval_holds_the_share(of, data):
    kept = data.draw(st.integers(0, of))
    low, high = wilson(kept, of)
    assert 0 <= low <= kept / of + 1e-9 <= high + 2e-9 <= 1 + 2e-9


HISTORY = [answer(n, GOOD if n % 4 else AGAIN, concept) for n in range(60) for concept in CONCEPTS]


def shown(found, width=80):
    console = Console(file=io.StringIO(), width=width)
    report.show(found, CONCEPTS, 0.9, console)
    return console.file.getvalue()


def test_the_report_fits_a_terminal_and_says_what_is_hard():
    text = shown(told(*HISTORY))
    assert all(len(line) <= 80 for line in text.splitlines())
    for expected in ("120 answers on 60 days", "60 days in a row", "30 days", "young", "抑止"):
        assert expected in text


def test_the_report_of_a_beginner():
    assert "nothing was answered yet" in shown(told())
    assert "no card has come again" in shown(told(answer(0, GOOD)))


@pytest.mark.parametrize(
    ("ending", "begins"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")]
)
@pytest.mark.parametrize("history", [HISTORY, HISTORY[:1], []])
def test_a_picture(tmp_path, ending, begins, history):
    pytest.importorskip("matplotlib", reason="yakugo[plot] is not installed")
    path = tmp_path / f"progress{ending}"
    plot(told(*history), 0.9, path, "aiko")
    first = path.read_bytes()
    assert first.startswith(begins)
    plot(told(*history), 0.9, path, "aiko")
    assert ending == ".svg" or path.read_bytes() == first


def test_another_kind_of_picture_is_refused(tmp_path):
    with pytest.raises(FormatError, match=r"\.png, \.svg, \.pdf"):
        plot(told(), 0.9, tmp_path / "progress.bmp", "aiko")
    assert not list(tmp_path.iterdir())
