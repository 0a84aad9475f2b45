"""Japanese spoken into small files, by Open JTalk, which runs offline (the extra `yakugo[audio]`).

The engine knows the accent of what is written in kanji, but reads some terms otherwise than they
were reviewed (三本柱 as みもとはしら). Those are handed to it with as little in kana as makes it
read them right: 核の三ボン柱. Of 4,000 words of JMdict it reads one in seven otherwise, and six in
seven of these keep some of their kanji so. Kana are katakana, which it takes as they are; hiragana
it takes apart: はいび (配備) is said わいび.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from hashlib import sha256
from importlib import metadata
from io import StringIO
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from yakugo.errors import MissingPackageError, WorkspaceError
from yakugo.formats.atomic import replacing
from yakugo.furigana import pieces
from yakugo.kana import hiragana, katakana, sound_key
from yakugo.model import QUOTES

Progress = Callable[[int, int], None]  # how many of how many are there

_RECIPE = "2"  # raised when sounds are made otherwise: files of the former one are made anew
# MP3 is what every player of Anki plays; mono at the voice's own 48 kHz, 6 kB a second. So coded a
# recogniser (Whisper base) got as many terms right as from the plain samples, 16 of 61; at 24 kHz
# with 48 kbit/s 13, with 32 kbit/s 8.
_KILOBITS = 48
_QUALITY = 2  # of LAME: 2 is near the best
_FRAME = 0.02  # seconds over which loudness is taken
_SILENT = 1e-4  # of the power of the loudest frame: 40 dB below it
_PAUSE = 0.08  # seconds left around the sound
# Terms equally loud: made so by their peaks they are 7 dB apart. The highest peaks are 17 dB above
# the mean power, so that with 18 dB below full scale hardly one is lowered to fit.
_LOUDNESS = 10 ** (-18 / 20)
_LOUDEST = 0.9
_FULL_SCALE = 32767
_MOST_PIECES = 8  # of a term, for trying which of them are to be in kana
_WITHOUT_QUOTES = str.maketrans("", "", QUOTES)
_KANA = re.compile("[ァ-ヺー]+")
_LONG = re.compile(
    "(?<=[オコソトノホモヨロゴゾドボポョウクスツヌフムユルグズブプュ])ウ|(?<=[エケセテネヘメレゲゼデベペ])イ"
)

# Whoever gives the sound away names the voice (CC BY 3.0).
CREDIT = "Voice: HTS Voice Mei, Nagoya Institute of Technology (MMDAgent), CC BY 3.0."


class Said(NamedTuple):
    """A text to speak; `term` in it has the reviewed `reading`."""

    text: str
    term: str = ""
    reading: str = ""


def spoken(
    texts: Iterable[Said], folder: Path, progress: Progress = lambda done, of: None
) -> dict[Said, Path]:
    """A file (.mp3) for each text, but for those of which nothing can be said, as of 「…」.

    A file is named by the sounds that were asked of the voice: what is in the folder already is
    used again, and another edition of the engine says anew only what it says otherwise. Each is
    written whole, so that an interrupted run loses nothing. MissingPackageError without the extra,
    WorkspaceError when the folder cannot be written.
    """
    wanted = list(dict.fromkeys(texts))
    voice = _voice()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"cannot write to {folder}: {error.strerror or error}; "
            "choose a workspace that you may write to with -w"
        ) from error
    found = {}
    for place, one in enumerate(wanted):
        labels = _labels(as_spoken(one))
        if labels:
            path = folder / _name(voice, labels)
            if not path.exists():
                sound = _mp3(*_synthesized(labels))
                with replacing(path) as temporary:
                    temporary.write_bytes(sound)
            found[one] = path
        progress(place + 1, len(wanted))
    return found


def _name(voice: str, labels: Sequence[str]) -> str:
    """A name that no other file of a learner's collection has."""
    digest = sha256("\n".join((_RECIPE, voice, *labels)).encode()).hexdigest()
    return f"yakugo-{digest[:24]}.mp3"


def as_spoken(one: Said) -> str:
    """What is handed to the engine: the text, in kana as far as it would misread the term."""
    wanted = sound_key(one.reading)
    if not wanted or not one.term:
        return one.text
    in_kana = _in_kana(one.reading)
    # 核の「傘」 is one term: marks inside it would be pauses.
    ways = _ways(one.term.translate(_WITHOUT_QUOTES), one.reading)
    right = next((way for way in ways if sound_key(_heard(way)) == wanted), in_kana)
    text = one.text.replace(one.term, right)
    # In a sentence it reads a term as it does alone, but for few: 市場 in 魚市場.
    heard = _heard(text)
    if wanted in sound_key(heard) or hiragana(one.reading) in hiragana(heard):
        return text
    return one.text.replace(one.term, in_kana)


def _ways(term: str, reading: str) -> Iterator[str]:
    """The term with none, one, two … of its pieces in katakana."""
    cut = pieces(term, reading)
    read = [place for place, piece in enumerate(cut) if piece.reading]
    for number in range(len(read) + 1 if len(read) <= _MOST_PIECES else 1):
        for chosen in combinations(read, number):
            yield "".join(
                _in_kana(piece.reading) if place in chosen else piece.text
                for place, piece in enumerate(cut)
            )


def _in_kana(reading: str) -> str:
    """Katakana as they sound: アンテイ would be said with an イ at its end, アンテー is not."""
    return _LONG.sub("ー", "".join(_KANA.findall(katakana(reading))))


def _heard(text: str) -> str:
    """The engine's reading of a text."""
    return "".join(word["read"] for word in _words(text))


def _labels(text: str) -> list[str]:
    """The sounds of a text, each with all that the voice needs to know of it; none of "…"."""
    words = _words(text)
    if not any(_KANA.search(word["pron"]) for word in words):
        return []  # the engine would complain
    return list(_engine().make_label(words))


def _words(text: str) -> list[dict[str, Any]]:
    # A line break would join what stands before and behind it. 何 would be read by a network where
    # one more package is installed, and by a rule elsewhere.
    joined = " ".join(text.split())
    return list(_engine().run_frontend(joined, predict_nani=False, normalize_mode="NFC"))


def _synthesized(labels: Sequence[str]) -> tuple[Any, int]:
    """Samples on the scale of 16 bits, and how many make a second."""
    samples, rate = _engine().synthesize(labels)
    return samples, int(rate)


@cache
def _engine() -> Any:
    """Open JTalk, with its dictionary and voice inside: 100 MB."""
    try:
        # pyopenjtalk has the same name in Python, and fetches its dictionary.
        metadata.version("pyopenjtalk-plus")
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):  # what else it could use
            import lameenc  # noqa: F401
            import pyopenjtalk
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            "spoken cards need Open JTalk and LAME; install them with "
            "pip install 'yakugo[audio]', or do without (no --audio)"
        ) from error
    return pyopenjtalk


@cache
def _voice() -> str:
    return sha256(Path(os.fsdecode(_engine().DEFAULT_HTS_VOICE)).read_bytes()).hexdigest()


def _mp3(samples: Any, rate: int) -> bytes:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(_KILOBITS)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(_QUALITY)
    sound = _even(samples, rate)
    return bytes(encoder.encode(sound.tobytes()) + encoder.flush())


def _even(samples: Any, rate: int) -> Any:
    """Without silence at its ends, and as loud as the others; 16 bits."""
    length = round(_FRAME * rate)
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    power = np.square(frames).mean(axis=1)
    (heard,) = np.nonzero(power > _SILENT * power.max())
    pause = round(_PAUSE * rate)
    begin, end = max(heard[0] * length - pause, 0), (heard[-1] + 1) * length + pause
    factor = min(_LOUDNESS / np.sqrt(power[heard].mean()), _LOUDEST / np.abs(samples).max())
    return np.round(samples[begin:end] * (factor * _FULL_SCALE)).astype(np.int16)
