"""Real sounds by the real engine, decoded by libsndfile, kept for the next time."""

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yakugo.errors import MissingPackageError, WorkspaceError
from yakugo.kana import sound_key
from yakugo.lexicon import terms

pytest.importorskip("pyopenjtalk", reason="yakugo[audio] is not installed")
pytest.importorskip("lameenc", reason="yakugo[audio] is not installed")

import numpy as np
import pyopenjtalk
import soundfile

from yakugo import speech
from yakugo.speech import Said, as_spoken, spoken

UMBRELLA = Said("核の傘", "核の傘", "かくのかさ")
DUAL_KEY = Said("二重鍵", "二重鍵", "にじゅうかぎ")
TRIAD = Said("三本柱", "三本柱", "さんぼんばしら")
SENTENCE = Said("核戦力の三本柱を保つ国は少ない。", "三本柱", "さんぼんばしら")
EVERY = [
    UMBRELLA,
    DUAL_KEY,
    TRIAD,
    SENTENCE,
    Said("CTBT", "CTBT", "シーティービーティー"),
    Said("極超音速滑空体", "極超音速滑空体", "ごくちょうおんそくかっくうたい"),
    Said("軍縮", "軍縮", "ぐんしゅく"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return spoken(EVERY, tmp_path_factory.mktemp("audio"))


def said(one):
    """The phonemes of what is handed to the engine."""
    return pyopenjtalk.g2p(as_spoken(one))


def test_each_text_is_a_small_mp3_about_as_long_as_it_is_said(found):
    assert [*found] == EVERY
    for one, path in found.items():
        sound = soundfile.info(path)
        assert (sound.format, sound.samplerate, sound.channels) == ("MP3", 48_000, 1)
        morae = len(sound_key(one.reading)) if one.text == one.term else 24
        assert 0.1 * morae < sound.duration < 0.2 * morae + 0.4, one
        assert path.stat().st_size < 6_000 * sound.duration + 1_000


def test_all_are_equally_loud_nothing_is_cut_off_and_no_silence_is_waited_for(found):
    for path in found.values():
        samples, rate = soundfile.read(path)
        assert np.abs(samples).max() < 0.98
        power = np.square(samples[: len(samples) // 960 * 960]).reshape(-1, 960).mean(axis=1)
        (heard,) = np.nonzero(power > power.max() / 10_000)
        assert 10 * np.log10(power[heard].mean()) == pytest.approx(-18.5, abs=1.5)
        assert heard[0] * 960 / rate < 0.25
        assert (len(power) - heard[-1]) * 960 / rate < 0.25


def test_what_the_engine_reads_as_reviewed_stays_as_it_is_written():
    assert as_spoken(UMBRELLA) == "核の傘"
    assert as_spoken(DUAL_KEY) == "二重鍵"
    assert as_spoken(Said("CTBT", "CTBT", "シーティービーティー")) == "CTBT"
    assert as_spoken(Said("三本柱")) == "三本柱"  # nobody has reviewed it


def test_the_reviewed_reading_wins_with_as_little_in_kana_as_may_be():
    assert as_spoken(TRIAD) == "三ボン柱"
    assert said(TRIAD) == "s a N b o N b a sh i r a"
    assert as_spoken(SENTENCE) == "核戦力の三ボン柱を保つ国は少ない。"
    before = Said("臨界前核実験", "臨界前核実験", "りんかいぜんかくじっけん")
    assert said(before) == "r i N k a i z e N k a k u j i cl k e N"
    stability = Said("戦略的安定性", "戦略的安定性", "せんりゃくてきあんていせい")
    assert as_spoken(stability) == "戦略的アンテー性"
    assert said(stability).endswith("t e k i a N t e e s e e")
    umbrella = Said("核の傘", "核の傘", "かくのからかさ")
    assert as_spoken(umbrella) == "核のカラカサ"


def test_quotation_marks_inside_a_term_are_no_pauses():
    quoted = Said("小国は核の「傘」の下にいる。", "核の「傘」", "かくのかさ")
    assert as_spoken(quoted) == "小国は核の傘の下にいる。"
    triad = Said("核の三「本柱」を保つ。", "三「本柱」", "さんぼんばしら")
    assert as_spoken(triad) == "核の三ボン柱を保つ。"


def test_kana_are_not_taken_for_particles():
    """In hiragana はいび is said わいび, ぶもんへ ぶもんえ."""
    assert said(Said("配備", "配備", "はいび")) == "h a i b i"
    assert said(Said("配備先", "配備先", "はいびさき")).startswith("h a i b i")
    assert said(Said("塀", "塀", "へへ")) == "h e h e"


def test_a_term_is_read_as_reviewed_in_its_sentence_too():
    market = Said("魚市場で売る。", "市場", "しじょう")
    assert "sh i j o o" in said(market)
    assert said(Said("市場", "市場", "いちば")) == "i ch i b a"


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(term for term in terms() if len(term) < 8)),
    st.text("あいかきくけこさしすせそたつてとなはへほまみらるんゃゅょっー", min_size=1, max_size=8),
)
def test_any_reading_is_heard_as_it_is(term, reading):
    handed = as_spoken(Said(term, term, reading))
    assert sound_key(speech._heard(handed)) == sound_key(reading)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=6))
def test_any_text_is_spoken_or_left_out(tmp_path, text):
    for path in spoken([Said(text)], tmp_path).values():
        assert soundfile.info(path).duration > 0.1


def test_what_makes_no_sound_is_left_out(tmp_path, capfd):
    assert spoken([Said("。"), Said("「…」"), Said("")], tmp_path) == {}
    assert capfd.readouterr() == ("", "")


def test_what_is_there_is_not_said_again(tmp_path, monkeypatch):
    first = spoken([UMBRELLA, SENTENCE], tmp_path)

    def never(labels):
        raise AssertionError("said again")

    monkeypatch.setattr(speech, "_synthesized", never)
    assert spoken([UMBRELLA, SENTENCE, UMBRELLA], tmp_path) == first


def test_the_same_is_said_with_the_same_bytes(found, tmp_path):
    again = spoken([TRIAD, SENTENCE], tmp_path)
    assert again[TRIAD].name == found[TRIAD].name
    assert again[TRIAD].read_bytes() == found[TRIAD].read_bytes()
    assert again[SENTENCE].read_bytes() == found[SENTENCE].read_bytes()


def test_files_are_named_by_what_is_said(tmp_path):
    other = UMBRELLA._replace(reading="かくのからかさ")
    unreviewed = Said("核の傘")
    found = spoken([UMBRELLA, other, unreviewed], tmp_path)
    assert found[UMBRELLA] == found[unreviewed] != found[other]
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in found.values()}


def test_an_interrupted_run_keeps_what_is_done_and_leaves_no_half_file(tmp_path, monkeypatch):
    def interrupt(sound, rate):
        raise KeyboardInterrupt

    spoken([UMBRELLA], tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(speech, "_mp3", interrupt)
        with pytest.raises(KeyboardInterrupt):
            spoken([UMBRELLA, TRIAD], tmp_path)
    assert len([*tmp_path.iterdir()]) == 1
    assert len(spoken([UMBRELLA, TRIAD], tmp_path)) == 2


def test_how_far_it_is_is_told(tmp_path):
    told = []
    spoken([UMBRELLA, Said("。"), UMBRELLA, TRIAD], tmp_path, lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_folder_that_cannot_be_made_is_said_to_be_one(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError, match=r"cannot write to .*audio.*; choose"):
        spoken([UMBRELLA], tmp_path / "file" / "audio")


@pytest.mark.parametrize("package", ["lameenc", "pyopenjtalk"])
def test_without_the_extra_its_name_is_said(package, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    speech._engine.cache_clear()
    speech._voice.cache_clear()
    with pytest.raises(MissingPackageError, match=r"pip install 'yakugo\[audio\]'"):
        spoken([UMBRELLA], tmp_path / "audio")
    assert not (tmp_path / "audio").exists()
