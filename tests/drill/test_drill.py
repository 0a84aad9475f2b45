"""`yakugo drill` as a command, in a pipe; what a terminal adds is in test_terminal.py."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from yakugo.termbase import Termbase, learners
from yakugo.workspace import init

EXAMPLE = Path(__file__).parents[2] / "examples" / "nuclear-deterrence.ja.txt"
PROGRAM = "from yakugo.cli import main\nif __name__ == '__main__': main()"


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("collected")
    init(folder)
    run(folder, "collect", EXAMPLE, "--top", "0")
    return folder


@pytest.fixture
def folder(collected, tmp_path):
    return shutil.copytree(collected, tmp_path / "workspace")


def run(folder, *arguments, typed="", **variables):
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "-w", str(folder), *map(str, arguments)],
        input=typed, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **variables}, check=False,
    )  # fmt: skip


def answers(folder, learner):
    with Termbase(folder / "termbase.sqlite") as termbase:
        return learners.answers(termbase, learner)


def documents(folder):
    with Termbase(folder / "termbase.sqlite") as termbase:
        return termbase.documents()


def test_answers_are_stored_and_summed_up(folder):
    done = run(folder, "drill", "--learner", "aiko", typed="ally\n4\nnuclear weapon\n4\n:q\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "2 of 2 known at once" in done.stdout
    assert "still to come today: 18 new" in done.stdout
    assert [one.concept for one in answers(folder, "aiko")] == ["ally", "nuclear-weapon"]
    again = run(folder, "drill", "--learner", "aiko")
    assert "0 answered · 18 new" in again.stdout
    other = run(folder, "drill", LC_ALL="C.UTF-8", YAKUGO_LEARNER="ben")
    assert "ben has not drilled here before; who has: aiko" in other.stdout
    assert "0 answered · 20 new" in other.stdout


def test_what_is_wanted_of_a_sitting(folder):
    (name,) = documents(folder)
    done = run(
        folder, "drill", "--mode", "cloze,production", "--mode", "confusables", "--new", 3,
        "--limit", 1, "--minutes", 5, "--document", name, "--self-graded", typed="\n1\n",
    )  # fmt: skip
    assert done.returncode == 0
    assert "0 answered · 3 new" in done.stdout
    assert "production: in Japanese?" in done.stdout
    assert "Enter shows the answer" in done.stdout
    assert "still to come today: 1 being learnt, 2 new" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--mode", "listening"], "'listening' is no kind of card; choose from recognition"),
        (["--document", "agenda"], "agenda is no collected document"),
        (["--retention", "0.2"], "choose one from 0.7 to 0.97"),
    ],
)
def test_what_cannot_be_is_one_line_and_code_2(folder, arguments, said):
    done = run(folder, "drill", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_empty_glossary_is_one_line(tmp_path):
    (tmp_path / "glossary").mkdir()
    done = run(tmp_path, "drill")
    assert done.returncode == 2
    assert done.stderr == (
        "yakugo: the glossary has no term with English: accept some in yakugo review\n"
    )


def test_the_retention_that_is_wanted_stays(folder):
    run(folder, "drill", "--learner", "aiko", "--retention", "0.8")
    with Termbase(folder / "termbase.sqlite") as termbase:
        assert learners.learner(termbase, "aiko").desired_retention == 0.8


def test_when_nothing_is_left_it_says_so(folder):
    done = run(folder, "drill", "--new", "0", "--mode", "recognition")
    assert done.returncode == 0
    assert (
        done.stdout
        == "nothing is due now\nnew cards waiting: 87; --new 10 brings some of them today\n"
    )


def test_a_reader_that_goes_away_loses_nothing(folder):
    command = [sys.executable, "-c", PROGRAM, "-w", str(folder), "drill", "--learner", "aiko"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    process.stdin.write("ally\n4\n")
    process.stdin.flush()
    until = time.monotonic() + 60
    while not answers(folder, "aiko") and time.monotonic() < until:
        time.sleep(0.1)
    process.stdout.close()
    process.stdin.write("x\n1\n" * 3)
    process.stdin.close()
    process.wait(60)
    assert answers(folder, "aiko")
