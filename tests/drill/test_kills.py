"""A drill that is killed, or whose window is closed; long runs: benchmarks/drill_kills.py."""

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from drill_kills import PROGRAM, endings

from yakugo.workspace import Workspace, init

KILLED, CLOSED = False, True
LATE = f"""
from yakugo.termbase import learners
record, waiting = learners.record, []
def late(termbase, learner, answer, step):
    waiting.append((termbase, learner, answer, step))
    if len(waiting) > 1:
        record(*waiting.pop(0))
    return answer, step(None, answer)
learners.record = late
{PROGRAM}
"""


@pytest.fixture
def folder(tmp_path):
    init(tmp_path)
    Workspace(tmp_path).close()  # loads the glossary
    return tmp_path


def test_every_answer_that_was_confirmed_is_there_and_none_twice(folder):
    confirmed, stored = endings(folder, [KILLED, KILLED, CLOSED, KILLED], random.Random(3))
    assert stored >= confirmed - 2 > 0


def test_a_drill_that_stores_late_is_found_out(folder):
    with pytest.raises(AssertionError, match=r"(\d+) confirmed, (?!\1)\d+ stored"):
        endings(folder, [KILLED] * 3, random.Random(3), program=LATE)
