import io

import pytest
from rich.console import Console

from yakugo.documents import from_text
from yakugo.model import Status
from yakugo.screen import Session, best_first, least_certain_first, review
from yakugo.termbase.review import history
from yakugo.workspace import Workspace, init

TEXT = "国連安全保障理事会は抑止戦略を論じた。対戦力能力拡充計画もある。"


@pytest.fixture
def workspace(tmp_path):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        opened.collect([from_text(TEXT, "essay")])
        yield opened


def walk(workspace, keys, lines=()):
    """Press keys, type lines, and give what the screen showed."""
    shown = Console(file=io.StringIO(), width=100)
    pressed, typed = iter(keys), iter(lines)
    queue = workspace.ranking(statuses=[Status.NEW])
    session = Session(
        workspace, "sato", queue, shown, lambda: next(pressed, "q"), lambda _: next(typed)
    )
    session.run()
    return session, shown.file.getvalue()


def test_a_candidate_is_shown_with_its_offers_their_evidence_and_its_sentence(workspace):
    session, shown = walk(workspace, "q")
    first = session.queue[0].candidate
    assert first.term in shown
    assert first.reading in shown
    assert first.contexts[0].sentence in shown
    queue = workspace.offered(session.queue)
    offered = next(one for one in queue if one.offers)
    _, shown = walk(workspace, "d" * queue.index(offered) + "q")
    (best, *_) = offered.offers
    assert f"1 {best.english}" in shown
    assert f"{best.evidence[0].provider}: " in shown


def test_what_is_composed_or_contested_is_said_to_be(workspace):
    session, _ = walk(workspace, "q")
    queue = workspace.offered(session.queue)
    made = next(one for one in queue if any(offer.made for offer in one.offers))
    _, shown = walk(workspace, "d" * queue.index(made) + "q")
    assert "(composed)" in shown or "(by its sound)" in shown


def test_one_key_is_one_decision_and_undo_goes_back_to_it(workspace):
    session, _ = walk(workspace, "rdur")
    first, second = (one.candidate.term for one in session.queue[:2])
    decided = [(one.term, one.decision) for one in history(workspace.termbase)]
    assert decided == [
        (first, Status.REJECTED),
        (second, Status.DEFERRED),
        (second, Status.NEW),
        (second, Status.REJECTED),
    ]
    assert session.position == 2
    assert session.done == {Status.REJECTED: 2, Status.DEFERRED: 0}


def test_an_equivalent_can_be_typed_and_an_empty_one_decides_nothing(workspace):
    session, shown = walk(workspace, "ee", ["", "deterrence plan"])
    (only,) = history(workspace.termbase)
    assert (only.term, only.english) == (session.queue[0].candidate.term, "deterrence plan")
    assert "accepted" in shown


def test_what_cannot_be_stored_is_said_and_the_candidate_stays(workspace):
    session, shown = walk(workspace, "u")
    assert "no decision of sato" in shown
    assert session.position == 0


def test_after_ten_decisions_the_rest_stands_in_a_new_order(tmp_path):
    words = ("外交", "宣伝", "広報", "説得", "調整", "改善", "節約", "改革", "友好", "防災", "救援")
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        text = "".join(f"{word}努力を続けた。{word}体制を築いた。" for word in words)
        opened.collect([from_text(text, "essay")])
        queue = opened.ranking(statuses=[Status.NEW])
        efforts = [one for one in queue if one.candidate.term.endswith("努力")]
        others = [one for one in queue if one not in efforts]
        keys = iter("r" * 10)
        session = Session(
            opened, "sato", efforts[:10] + others + efforts[10:],
            Console(file=io.StringIO()), lambda: next(keys, "q"),
        )  # fmt: skip
        session.run()
    before = {one.candidate.term: one.score for one in queue}
    rejected = next(
        one for one in session.queue if one.candidate.term == efforts[-1].candidate.term
    )
    assert rejected.score < before[rejected.candidate.term]
    left = [one.score for one in session.queue[10:]]
    assert left == sorted(left, reverse=True)


def test_what_was_taken_back_teaches_nothing(workspace):
    queue = workspace.ranking(statuses=[Status.NEW])
    walk(workspace, "rrruuu")
    assert workspace.termbase.decisions() == {}
    workspace.learn()
    after = {one.candidate.term: one.score for one in workspace.ranking(statuses=[Status.NEW])}
    assert after == {one.candidate.term: one.score for one in queue}


def test_an_empty_queue_says_what_to_do(tmp_path, capsys):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        review(opened, "sato")
    assert "collect a document first" in capsys.readouterr().out


def test_the_least_certain_come_first_when_asked_for(workspace):
    queue = workspace.ranking(statuses=[Status.NEW])
    assert queue == sorted(queue, key=best_first)
    scores = [abs(one.score - 0.5) for one in sorted(queue, key=least_certain_first)]
    assert scores == sorted(scores)


def test_a_contested_offer_says_by_whom_and_the_sentence_follows(tmp_path):
    init(tmp_path)
    sentence = "掃海艇(mine hunter)を論じた。"
    with Workspace(tmp_path) as opened:
        opened.collect([from_text(sentence, "essay")])
        _, shown = walk(opened, "dddq")
    shown = " ".join(shown.replace("│", " ").split())  # lines are broken at the panel's width
    assert "mine hunter gloss: 掃海艇(mine hunter) in essay contested by word list: " in shown
    assert shown.rindex(f"「{sentence}」") > shown.rindex("contested by word list")
