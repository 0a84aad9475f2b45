import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo import scale
from yakugo.documents import PART, from_text
from yakugo.errors import YakugoError

LINES = (
    "拡大抑止(extended deterrence)とは、同盟国への攻撃を思いとどまらせる約束である。\n",
    "核の傘は揺らぐ。二重鍵を望む国もあり、先制・予防攻撃を論じる者もある。\n",
    "国家安全保障会議(NSC)は核の「傘」を改めて確かめた。\n",
    "第7艦隊は弾道ミサイル防衛を試した。\n",
    "三つがなかったら生きていけない。三原則は変わらない。\n",
    "四月四日に四文書を改め、三原則を確かめた。\n",
)


def document(lines, a_part, name="essay"):
    """A document in parts of so many lines."""
    blocks = ["".join(lines[i : i + a_part]) for i in range(0, len(lines), a_part)]
    return replace(from_text("".join(lines), name), blocks=lambda: iter(blocks))


def assert_alike(some, others):
    for one, other in zip(some, others, strict=True):
        assert one.document.name == other.document.name
        assert one.glosses == other.glosses
        for mine, theirs in (
            (one.counts.runs, other.counts.runs),
            (one.counts.pairs, other.counts.pairs),
        ):
            assert list(mine.items()) == list(theirs.items())


def test_two_processes_give_what_one_gives():
    documents = [document(LINES * 90, 7, "first"), document(LINES[::-1] * 30, 5, "second")]
    with scale.processes(2, 3 * PART) as executor:
        together = list(scale.read(documents, executor))
    assert_alike(together, scale.read(documents))


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=20), st.integers(1, 9))
def test_however_a_text_is_cut_into_parts_it_gives_the_same(lines, a_part):
    with ThreadPoolExecutor(1) as executor:
        cut = list(scale.read([document(lines, a_part)], executor))
    assert_alike(cut, scale.read([document(lines, len(lines))]))


def test_short_texts_are_read_in_this_process():
    with scale.processes(8, PART) as executor:
        assert executor is None


def test_progress_is_told_in_characters():
    told = []
    one = document(LINES * 4, 3)
    with ThreadPoolExecutor(1) as executor:
        for _ in scale.read([one], executor, lambda of, characters: told.append(characters)):
            pass
    assert told == sorted(told)
    assert told[-1] == one.characters


def read_while_a_process_is_killed():
    with scale.processes(2, 3 * PART) as executor:
        executor.submit(os.kill, executor.submit(os.getpid).result(), signal.SIGKILL)
        time.sleep(0.5)
        return list(scale.read([document(LINES * 200, 1)], executor))


def test_a_process_that_is_killed_is_told_in_one_line():
    with pytest.raises(YakugoError, match="--jobs 1"):
        read_while_a_process_is_killed()
