"""Real sounds by the real engine, kept for the next time."""

import struct

import pytest

from yakugo.errors import WorkspaceError

pytest.importorskip("pyopenjtalk", reason="yakugo[audio] is not installed")
pytest.importorskip("lameenc", reason="yakugo[audio] is not installed")

from yakugo.speech import Said, as_spoken, spoken

UMBRELLA = Said("核の傘", "核の傘", "かくのかさ")
TRIAD = Said("三本柱", "三本柱", "さんぼんばしら")
SENTENCE = Said("核戦力の三本柱を保つ国は少ない。", "三本柱", "さんぼんばしら")


def frames(data):
    """How many frames an MP3 has; and how long one is, by their headers (ISO 13818-3)."""
    place = number = 0
    while place + 4 <= len(data):
        (head,) = struct.unpack(">I", data[place : place + 4])
        assert head >> 21 == 0x7FF, f"no frame at {place}"
        version, bits, rate, padding = (
            head >> 19 & 3,
            head >> 12 & 15,
            head >> 10 & 3,
            head >> 9 & 1,
        )
        low = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
        high = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
        kilobits = (high if version == 3 else low)[bits]
        hertz = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
        samples = 1152 if version == 3 else 576
        place += samples // 8 * kilobits * 1000 // hertz[version][rate] + padding
        number += 1
    return number, samples / hertz[version][rate]


def seconds(path):
    number, each = frames(path.read_bytes())
    return number * each


def test_a_term_is_a_small_file_about_as_long_as_it_is_said(tmp_path):
    found = spoken([UMBRELLA, SENTENCE], tmp_path)
    assert 0.5 < seconds(found[UMBRELLA]) < 2
    assert seconds(found[UMBRELLA]) < seconds(found[SENTENCE]) < 6
    assert found[UMBRELLA].stat().st_size < 10_000
    assert found[UMBRELLA].suffix == ".mp3"


def test_what_is_there_is_not_said_again(tmp_path):
    first = spoken([UMBRELLA], tmp_path)
    before = first[UMBRELLA].stat().st_mtime_ns
    assert spoken([UMBRELLA, UMBRELLA], tmp_path) == first
    assert first[UMBRELLA].stat().st_mtime_ns == before


def test_the_reviewed_reading_is_said_where_the_engine_has_another():
    assert as_spoken(UMBRELLA) == "核の傘"
    assert as_spoken(TRIAD) == "三ボン柱"
    assert "ボン" in as_spoken(SENTENCE)
    assert as_spoken(Said("三本柱")) == "三本柱"


def test_an_interrupted_run_keeps_what_is_done_and_leaves_no_half_file(tmp_path):
    def interrupt(done, of):
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spoken([UMBRELLA, TRIAD], tmp_path, interrupt)
    assert len([*tmp_path.iterdir()]) == 1
    assert len(spoken([UMBRELLA, TRIAD], tmp_path)) == 2


def test_another_reading_is_another_file(tmp_path):
    other = UMBRELLA._replace(reading="かくのからかさ")
    found = spoken([UMBRELLA, other], tmp_path)
    assert found[UMBRELLA] != found[other]


def test_what_makes_no_sound_is_no_error(tmp_path):
    assert spoken([Said("。")], tmp_path) == {}


def test_a_folder_that_cannot_be_made_is_said_to_be_one(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError, match="cannot write to"):
        spoken([UMBRELLA], tmp_path / "file" / "audio")
