"""Japanese spoken into small files, by Open JTalk, which runs offline (the extra `yakugo[audio]`).

The engine knows the accent of what is written in kanji, but reads some terms wrongly (三本柱 as
みもとはしら). So a term is handed over as it is written where the engine reads it as it was
reviewed, and in kana where it does not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from yakugo.errors import MissingPackageError, WorkspaceError
from yakugo.formats.atomic import replacing
from yakugo.kana import sound_key

Progress = Callable[[int, int], None]  # how many of how many are there

_VOICE = "open jtalk, mei normal, 1"  # what files were made by; another one makes them anew
_KILOBITS = 32
_QUALITY = 2  # of LAME: 2 is near the best
_SILENT = 0.01  # of the loudest
_PAUSE = 0.08  # seconds left around the sound
_LOUDEST = 0.8 * 32767


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
    """A file (.mp3) for each text; those that are in the folder already are used again.

    Each is written whole, so that an interrupted run loses nothing. MissingPackageError without
    the extra, WorkspaceError when the folder cannot be written.
    """
    wanted = list(dict.fromkeys(texts))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"cannot write to {folder}: {error.strerror or error}") from error
    found = {}
    for place, one in enumerate(wanted):
        path = folder / _name(one)
        if not path.exists():
            sound = _mp3(*_spoken(one))
            with replacing(path) as temporary:
                temporary.write_bytes(sound)
        found[one] = path
        progress(place + 1, len(wanted))
    return found


def _name(one: Said) -> str:
    """A name that no other file of a learner's collection has."""
    digest = sha256("\x1f".join((_VOICE, *one)).encode()).hexdigest()
    return f"yakugo-{digest[:24]}.mp3"


@cache
def _engine() -> Any:
    """The engine, without what it says of packages that it could use as well."""
    try:
        with (
            Path(os.devnull).open("w") as nowhere,
            redirect_stdout(nowhere),
            redirect_stderr(nowhere),
        ):
            import lameenc  # noqa: F401
            import pyopenjtalk

            pyopenjtalk.g2p("何", kana=True)
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            "spoken cards need Open JTalk and LAME: pip install 'yakugo[audio]'"
        ) from error
    return pyopenjtalk


def _spoken(one: Said) -> tuple[Any, int]:
    samples, rate = _engine().tts(as_spoken(one))
    return samples, int(rate)


def as_spoken(one: Said) -> str:
    """What is handed to the engine: kana in place of a term that it would read otherwise."""
    if not one.reading or sound_key(_engine().g2p(one.term, kana=True)) == sound_key(one.reading):
        return one.text
    return one.text.replace(one.term, one.reading)


def _mp3(samples: Any, rate: int) -> bytes:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(_KILOBITS)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(_QUALITY)
    sound = _even(samples, rate)
    return bytes(encoder.encode(sound.tobytes()) + encoder.flush())


def _even(samples: Any, rate: int) -> Any:
    """Without silence at its ends, and as loud as the others; 16 bits."""
    loudest = float(np.abs(samples).max(initial=0.0))
    if not loudest:
        return samples.astype(np.int16)
    (heard,) = np.nonzero(np.abs(samples) > _SILENT * loudest)
    pause = round(_PAUSE * rate)
    begin, end = max(heard[0] - pause, 0), heard[-1] + pause
    return np.round(samples[begin:end] * (_LOUDEST / loudest)).astype(np.int16)
