"""Progress as a picture, read back."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from yakugo.drill import plot as plotting
from yakugo.drill.plot import plot
from yakugo.drill.progress import measure
from yakugo.drill.scheduling import AGAIN, EASY, GOOD, Scheduling, written
from yakugo.errors import FormatError, MissingPackageError, WorkspaceError
from yakugo.model import Answer, CardKind

mpl = pytest.importorskip("matplotlib", reason="yakugo[plot] is not installed")

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def answer(days_ago, rating, concept="silo"):
    moment = NOW - timedelta(days=days_ago)
    return Answer(concept, CardKind.PRODUCTION, rating, written(moment), 6000)


YEAR = [answer(n, AGAIN if n % 7 == 0 else GOOD, f"c{n % 40}") for n in range(365)]
HISTORIES = {
    "a year": YEAR,
    "nothing": [],
    "one answer": YEAR[:1],
    "one review, missed, overdue": [answer(90, EASY), answer(60, AGAIN)],
    "after now": [answer(-5, GOOD)],
}


def progress(history):
    scheduling = Scheduling()
    return measure(history, scheduling.replay(history), scheduling, NOW, UTC)


@pytest.mark.parametrize("name", HISTORIES)
@pytest.mark.parametrize("days", [1, 30, 400])
def test_a_png_of_the_size_that_is_meant_with_something_on_it(tmp_path, name, days):
    from matplotlib.image import imread

    path = tmp_path / "progress.PNG"
    plot(progress(HISTORIES[name]), path, days=days)
    pixels = imread(path, format="png")
    assert pixels.shape[:2] == (1110, 1650)
    quarters = (pixels[:555, :825], pixels[:555, 825:], pixels[555:, :825], pixels[555:, 825:])
    for quarter in quarters:
        assert (quarter[..., :3].min(axis=-1) < 0.9).mean() > 0.002  # titles and axes at least
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("ending", "begins"), [(".png", b"\x89PNG\r\n"), (".svg", b"<?xml"), (".pdf", b"%PDF-")]
)
def test_the_same_progress_is_the_same_file(tmp_path, ending, begins):
    one, other = tmp_path / f"one{ending}", tmp_path / f"other{ending}"
    plot(progress(YEAR), one)
    plot(progress(YEAR), other)
    assert one.read_bytes().startswith(begins)
    assert one.read_bytes() == other.read_bytes()


def test_no_letter_is_missing_in_the_font(tmp_path, recwarn):
    plot(progress(YEAR), tmp_path / "progress.png")
    assert [str(one.message) for one in recwarn if "missing from font" in str(one.message)] == []


@pytest.mark.parametrize("name", ["progress.bmp", "progress", "progress.png.txt"])
def test_an_ending_that_says_no_form_is_refused(tmp_path, name):
    with pytest.raises(FormatError, match=r"choose one of \.png, \.svg, \.pdf"):
        plot(progress(YEAR), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_one_line(tmp_path):
    with pytest.raises(WorkspaceError, match=r"cannot write .*create the folder first"):
        plot(progress(YEAR), tmp_path / "nowhere" / "progress.png")


def test_without_matplotlib_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(plotting, "find_spec", lambda name: None)
    with pytest.raises(MissingPackageError, match=r"pip install 'yakugo\[plot\]'"):
        plot(progress(YEAR), tmp_path / "progress.png")


def test_matplotlib_is_loaded_only_to_draw():
    code = "import sys, yakugo.drill.plot, yakugo.drill.report; print('matplotlib' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


def test_settings_of_whoever_calls_stay(tmp_path):
    before = mpl.rcParams.copy()
    plot(progress(YEAR), tmp_path / "progress.png")
    assert mpl.rcParams.copy() == before
