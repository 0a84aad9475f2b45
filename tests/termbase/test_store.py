import signal
import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.equivalents import glosses
from yakugo.errors import ConflictError, TermbaseError
from yakugo.model import (
    Candidate,
    Concept,
    Context,
    Kind,
    PartOfSpeech,
    Status,
    Term,
    TermType,
    Usage,
)
from yakugo.termbase import Recorded, Termbase

UMBRELLA = Concept(
    "nuclear-umbrella",
    (
        Term(
            "核の傘",
            reading="かくのかさ",
            contexts=(Context.locating("核の傘", "同盟国は核の「傘」に頼る。", "essay"),),
        ),
        Term("nuclear umbrella", "en"),
        Term("atomic umbrella", "en", type=TermType.VARIANT, usage=Usage.DEPRECATED, note="dated"),
    ),
    subject_field="alliances",
    definition="protection that a nuclear-armed ally promises",
    related=("extended-deterrence",),
    changed="2026-01-02T03:04:05Z",
    changed_by="sato",
)


@pytest.fixture
def termbase(tmp_path):
    with Termbase(tmp_path / "termbase.sqlite") as opened:
        yield opened


def record(termbase, text, name="essay"):
    document = from_text(text, name)
    return termbase.record(document, collect(document), glosses.find(document))


def counts(termbase):
    found = (one.candidate for one in termbase.candidates())
    return {one.term: (one.frequency, one.documents) for one in found}


# --- concepts


def test_a_concept_comes_back_as_it_was(termbase):
    assert termbase.is_empty()
    termbase.load([UMBRELLA])
    assert termbase.concepts() == [UMBRELLA]
    assert termbase.concept("nuclear-umbrella") == UMBRELLA
    assert termbase.concept("nothing") is None
    assert termbase.concepts_with("核の「傘」") == [UMBRELLA]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CONTEXT = st.builds(
    Context, TEXT, TEXT, st.integers(0, 9), st.integers(0, 9), st.none() | st.integers(0, 99)
)
TERM = st.builds(
    Term,
    TEXT,
    st.sampled_from(["ja", "en"]),
    TEXT,
    st.sampled_from(PartOfSpeech),
    st.none() | st.sampled_from(TermType),
    st.sampled_from([Usage.ADMITTED, Usage.DEPRECATED, Usage.SUPERSEDED]),
    TEXT,
    TEXT,
    st.lists(CONTEXT, max_size=2).map(tuple),
)
CONCEPT = st.builds(
    lambda terms, fields, related, revision: Concept(
        "any", (Term("語"), *terms), *fields, tuple(related), revision, *fields[:2]
    ),
    st.lists(TERM, max_size=3),
    st.tuples(*[TEXT] * 6),
    st.lists(TEXT, max_size=3),
    st.integers(1, 99),
)


@settings(max_examples=40, deadline=None)
@given(CONCEPT)
def test_any_concept_comes_back_as_it_was(tmp_path_factory, concept):
    with Termbase(tmp_path_factory.mktemp("termbase") / "termbase.sqlite") as termbase:
        termbase.load([concept])
        assert termbase.concepts() == [concept]


def test_a_write_from_an_old_revision_is_a_conflict(termbase):
    first = termbase.save(UMBRELLA, 0, "sato", "2026-01-01T00:00:00Z")
    assert (first.revision, first.changed_by) == (1, "sato")
    termbase.save(first, 1, "mori")
    with pytest.raises(
        ConflictError, match="at revision 2, but the change was made from revision 1"
    ):
        termbase.save(first, 1, "sato")
    with pytest.raises(ConflictError):
        termbase.save(UMBRELLA, 0, "sato")
    assert termbase.concept("nuclear-umbrella").changed_by == "mori"


def test_a_concept_needs_a_japanese_term_and_one_preferred_a_language(termbase):
    with pytest.raises(TermbaseError, match="no Japanese term"):
        termbase.load([Concept("umbrella", (Term("umbrella", "en"),))])
    with pytest.raises(TermbaseError, match="two preferred"):
        termbase.load([Concept("umbrella", (Term("傘"), Term("核の傘")))])
    with pytest.raises(TermbaseError, match="two concepts have the id"):
        termbase.load([UMBRELLA, UMBRELLA])
    assert termbase.is_empty()


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


def test_another_file_is_no_termbase(tmp_path):
    path = tmp_path / "termbase.sqlite"
    path.write_bytes(b"This is a letter to a friend. " * 99)
    with pytest.raises(TermbaseError, match="not a termbase"):
        Termbase(path)


def test_a_termbase_of_a_newer_yakugo_is_left_alone(tmp_path):
    path = tmp_path / "termbase.sqlite"
    with Termbase(path) as termbase, termbase.transaction() as connection:
        connection.exec_driver_sql("update meta set value = '99' where key = 'schema'")
    with pytest.raises(TermbaseError, match="newer yakugo"):
        Termbase(path)


def test_a_failed_write_leaves_nothing(termbase):
    with pytest.raises(TermbaseError), termbase.transaction():
        termbase.load([UMBRELLA, Concept("umbrella", (Term("umbrella", "en"),))])
    assert termbase.is_empty()


def run(code, *arguments):
    program = textwrap.dedent(code)
    return subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)])


def test_two_processes_that_write_at_once_lose_nothing(tmp_path):
    path = tmp_path / "termbase.sqlite"
    Termbase(path).close()
    code = """
        import sys
        from pathlib import Path
        from yakugo.model import Concept, Term
        from yakugo.termbase import Termbase
        with Termbase(Path(sys.argv[1])) as termbase:
            for i in range(40):
                termbase.save(Concept(f"{sys.argv[2]}-{i}", (Term("語"),)), 0, sys.argv[2])
    """
    writers = [run(code, path, name) for name in ("sato", "mori")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with Termbase(path) as termbase:
        assert len(termbase.concepts()) == 80


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


@pytest.mark.skipif(sys.platform != "linux", reason="takes a right from root as Linux does")
def test_a_read_only_termbase_can_be_read_but_not_written(tmp_path):
    path = tmp_path / "termbase.sqlite"
    with Termbase(path) as termbase:
        termbase.load([UMBRELLA])
    code = """
        import ctypes, os, sys
        # Root may write anywhere (CAP_DAC_OVERRIDE), until it runs a program without that right.
        if sys.argv[2] == "first":
            ctypes.CDLL(None).prctl(24, 1)
            os.execv(sys.executable, [*sys.orig_argv[:-1], "then"])
        from pathlib import Path
        from yakugo.errors import TermbaseError
        from yakugo.termbase import Termbase
        with Termbase(Path(sys.argv[1])) as termbase:
            assert len(termbase.concepts()) == 1
            try:
                termbase.set_scores({}, "weights")
            except TermbaseError as error:
                assert "read-only" in str(error)
            else:
                sys.exit("it was written")
    """
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert run(code, path, "first").wait(60) == 0
    finally:
        tmp_path.chmod(0o755)
