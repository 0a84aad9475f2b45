import signal
import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.equivalents import glosses
from yakugo.model import (
    Candidate,
    Kind,
    Status,
)
from yakugo.termbase import Recorded, Termbase


@pytest.fixture
def termbase(database):
    with Termbase(database) as opened:
        yield opened


def record(termbase, text, name="essay"):
    document = from_text(text, name)
    return termbase.record(document, collect(document), glosses.find(document))


def counts(termbase):
    found = (one.candidate for one in termbase.candidates())
    return {one.term: (one.frequency, one.documents) for one in found}


# --- documents and candidates


def test_collecting_the_same_text_twice_changes_nothing(termbase):
    text = "抑止戦略を論じる。国家安全保障会議(NSC)も抑止戦略を論じた。"
    assert record(termbase, text) is Recorded.ADDED
    before = (termbase.candidates(), termbase.glosses(), termbase.as_of())
    assert record(termbase, text) is Recorded.UNCHANGED
    assert (termbase.candidates(), termbase.glosses(), termbase.as_of()) == before
    assert [(g.term, g.text) for g in termbase.glosses()] == [("国家安全保障会議", "NSC")]


def test_a_changed_document_updates_the_counts_and_keeps_what_was_decided(termbase):
    record(termbase, "抑止戦略と軍縮会議。軍備管理協議。")
    termbase.set_status("抑止戦略", Status.REJECTED)
    assert record(termbase, "抑止戦略、抑止戦略。軍縮会議。") is Recorded.UPDATED
    assert counts(termbase)["抑止戦略"] == (2, 1)
    assert "軍備管理協議" not in counts(termbase)
    assert termbase.candidate("抑止戦略").status is Status.REJECTED


def test_counts_are_over_all_documents_and_contexts_from_different_ones(termbase):
    record(termbase, "抑止戦略を論じる。抑止戦略は古い。", "a")
    record(termbase, "新しい抑止戦略が要る。", "b")
    (one,) = [r.candidate for r in termbase.candidates(["b"]) if r.candidate.term == "抑止戦略"]
    assert (one.frequency, one.documents) == (3, 2)
    assert [context.document for context in one.contexts] == ["a", "b", "a"]
    assert all(context.surface == "抑止戦略" for context in one.contexts)
    assert termbase.documents() == ["a", "b"]


def test_two_documents_of_one_name_are_two(termbase):
    one = replace(from_text("抑止戦略。", "texts/essay.txt"), place="/home/a/texts/essay.txt")
    two = replace(from_text("軍縮会議。", "texts/essay.txt"), place="/home/b/texts/essay.txt")
    for document in (one, two):
        assert termbase.record(document, collect(document)) is Recorded.ADDED
    assert termbase.documents() == ["texts/essay.txt", "texts/essay.txt (2)"]
    assert termbase.name_of(two) == "texts/essay.txt (2)"
    assert set(counts(termbase)) >= {"抑止戦略", "軍縮会議"}
    changed = replace(from_text("専守防衛。", two.name), place=two.place)
    assert termbase.record(changed, collect(changed)) is Recorded.UPDATED
    assert termbase.documents() == ["texts/essay.txt", "texts/essay.txt (2)"]
    assert "軍縮会議" not in counts(termbase)


def test_a_term_found_inside_another_first_and_by_itself_later_is_a_compound(termbase):
    record(termbase, "弾道ミサイル発射実験。", "a")
    assert termbase.candidate("弾道ミサイル").candidate.kind == Kind.NESTED
    record(termbase, "弾道ミサイルだ。", "b")
    assert termbase.candidate("弾道ミサイル").candidate.kind == Kind.COMPOUND


def test_the_best_score_comes_first(termbase):
    record(termbase, "抑止戦略と軍縮会議。")
    termbase.set_scores({"軍縮会議": 2.0, "抑止戦略": 1.0}, "weights")
    assert [one.candidate.term for one in termbase.candidates()][:2] == ["軍縮会議", "抑止戦略"]


def test_a_large_document_is_recorded(termbase):
    many = [Candidate(f"語{i}", "ご", ("語",), "word", 1, 1) for i in range(30_000)]
    termbase.record(from_text("語"), many)
    assert len(termbase.candidates()) == 30_000


# --- times


def test_content_keeps_its_time_until_it_changes(termbase):
    old = "2020-01-01T00:00:00Z"
    assert termbase.last_changed("note", "a", old) == old
    assert termbase.last_changed("note", "a", "2021-01-01T00:00:00Z") == old
    changed = termbase.last_changed("note", "b", old)
    assert changed > old
    assert termbase.last_changed("note", "b", old) == changed


# --- what goes wrong


def run(code, *arguments):
    program = textwrap.dedent(code)
    return subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)])


def test_a_killed_write_leaves_the_old_state(tmp_path):
    path = tmp_path / "termbase.sqlite"
    with Termbase(path) as termbase:
        record(termbase, "抑止戦略。")
    code = """
        import os, signal, sys
        from pathlib import Path
        from yakugo.termbase import Termbase
        from yakugo.documents import from_text
        from yakugo.model import Candidate
        def candidates():
            return [Candidate(f"語{i}", "ご", ("語",), "word", 1, 1) for i in range(20_000)]
        with Termbase(Path(sys.argv[1])) as termbase, termbase.transaction():
            termbase.record(from_text("別の文。", "essay"), candidates())
            os.kill(os.getpid(), signal.SIGKILL)
    """
    assert run(code, path).wait(60) == -signal.SIGKILL
    with Termbase(path) as termbase:
        assert counts(termbase) == {"抑止戦略": (1, 1), **counts(termbase)}
        assert "語1" not in counts(termbase)
