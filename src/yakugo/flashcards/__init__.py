"""Flashcards: what stands on them, and which are worth learning first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yakugo.errors import FormatError
from yakugo.model import CardKind


def kinds(given: Iterable[str], known: Sequence[CardKind]) -> tuple[CardKind, ...]:
    """Kinds of cards by their names, several joined by commas; () when none is named.

    FormatError for a name that is none.
    """
    names = [name.strip() for one in given for name in one.split(",") if name.strip()]
    for name in names:
        if name not in known:
            choices = ", ".join(kind.value for kind in known)
            raise FormatError(f"{name!r} is no kind of card; choose from {choices}")
    return tuple(kind for kind in known if kind in names)
