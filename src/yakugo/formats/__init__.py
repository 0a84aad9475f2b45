"""The formats that yakugo writes (and some it reads): one module each, one registry.

A format module declares itself with one `Format` named `FORMAT` and is imported when it is
used, not before; its name here is its module's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from yakugo.errors import FormatError
from yakugo.model import Snapshot


@dataclass(frozen=True, slots=True)
class Format:
    """What a format declares: its file and its writer.

    `suffix` is what follows the title in the file name (`.xlsx`, `-v2.tbx`). `write(snapshot,
    path)` writes the file whole or not at all, the same bytes for the same snapshot.
    """

    suffix: str
    write: Callable[[Snapshot, Path], None]


NAMES = ("xlsx", "csv", "tbx", "tbx2", "anki", "quizlet", "mochi", "cards", "pdf")
# Modules that a format needs beyond what every installation has; the extra has the format's name.
_NEEDS = {"pdf": ("typst", "noto_cjk_sans_jp_regular")}


def load(name: str) -> Format:
    """The format of a name; a FormatError lists the names when there is none."""
    if name not in NAMES:
        raise FormatError(f"unknown format {name!r}; choose from {', '.join(NAMES)} or all")
    declared: Format = import_module(f"yakugo.formats.{name}").FORMAT
    return declared


def missing(name: str) -> list[str]:
    """The packages of the extra of a format's name that it needs and that are not installed."""
    needed = _NEEDS.get(name, ())
    return [module.replace("_", "-") for module in needed if find_spec(module) is None]
