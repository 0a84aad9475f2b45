import csv
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yakugo.equivalents import english as spelling
from yakugo.equivalents import katakana
from yakugo.equivalents.katakana import Channel, Words

FIELD = Path(__file__).parents[1] / "data" / "katakana.tsv"
KATAKANA = [chr(code) for code in range(ord("ァ"), ord("ヺ") + 1)] + ["ー", "・"]


def first(word):
    found = katakana.english(word)
    return found[0][0] if found else None


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("エスカレーション", "escalation"),
        ("ハイブリッド", "hybrid"),
        ("ディスインフォメーション", "disinformation"),
        ("イニシアティブ", "initiative"),
        ("トマホーク", "tomahawk"),
        ("ﾐｻｲﾙ", "missile"),  # half width
    ],
)
def test_a_katakana_word_is_the_english_word_it_sounds_like(word, english):
    assert first(word) == english


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("ミサイルギャップ", "missile gap"),
        ("トリップワイヤ", "tripwire"),
        ("アクティブ・ディフェンス", "active defense"),
        ("コマンド・アンド・コントロール", "command and control"),
    ],
)
def test_what_no_word_fits_is_taken_apart(word, english):
    assert first(word) == english


def test_most_words_of_the_field_are_found():
    with FIELD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    right = [row for row in rows if first(row["katakana"]) in row["english"].split("; ")]
    assert len(right) / len(rows) >= 0.8


@pytest.mark.parametrize(
    "word", ["アルバイト", "アンケート", "ランドセル", "ズボン", "コンビナート"]
)
def test_what_is_not_from_english_gets_no_high_score(word):
    assert all(score < 0.5 for _, score in katakana.english(word))


def test_what_sounds_like_several_words_is_sure_of_none():
    found = dict(katakana.english("ライト"))
    assert {"right", "light"} <= set(found)
    assert max(found.values()) < 0.75


@pytest.mark.parametrize("word", ["", "抑止", "NATO", "核ミサイル", "・", "ーー"])
def test_what_is_not_katakana_has_no_offer(word):
    assert katakana.english(word) == []
    assert katakana.offers([word]) == {}


def test_an_offer_says_which_letters_stand_for_which_kana():
    found = katakana.offers(["サイロ", "抑止"])
    assert list(found) == ["サイロ"]
    silo = next(one for one in found["サイロ"] if one.english == "silo")
    assert (silo.evidence[0].provider, silo.evidence[0].detail) == (
        "katakana",
        "sounds like silo: サイ si, ロ lo",
    )


@given(st.text(alphabet=KATAKANA, max_size=12))
@example("メレ")  # the list has metre, which is offered as meter
def test_scores_are_shares_of_one_and_every_letter_is_accounted_for(word):
    found = katakana.offers([word]).get(word, [])
    scores = [offer.score for offer in found]
    assert len(found) <= 3
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.01  # rounded
    for offer in found:
        heard, _, how = offer.evidence[0].detail.removeprefix("sounds like ").partition(": ")
        kana, letters = zip(*(one.split() for one in how.split(", ")), strict=True)
        assert "".join(kana) == word.replace("・", "")
        assert "".join(letters) == heard.replace(" ", "")
        assert spelling.american(heard) == offer.english


def test_only_words_of_the_list_are_found():
    costs = {"サイ": [(1.0, "si")], "ロ": [(1.0, "lo"), (2.0, "ro")]}
    channel = Channel(costs, Words({"silo": 1e-6, "sir": 1e-4}))
    assert [one.english for one in channel.candidates("サイロ")] == ["silo"]


def test_rare_words_that_are_two_common_ones_are_written_apart():
    words = Words({"cold": 1e-4, "war": 1e-4, "coldwar": 1e-8, "warhead": 1e-6, "head": 1e-4})
    found = words.among({"coldwar": 0.0, "warhead": 0.0})
    assert [one.english for one in found] == ["cold war", "warhead"]


def test_the_word_list_is_not_loaded_before_it_is_needed():
    code = "import sys, yakugo.equivalents.katakana; sys.exit('wordfreq' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
