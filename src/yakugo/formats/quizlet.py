"""Quizlet: a text to paste into its import box, one card a line, term TAB definition.

Those are the box's own defaults ("Tab" between term and definition, "New line" between cards).
It knows no escapes: a tab or a line break within a text becomes a space. No byte order mark, which
would become a part of the first term.

Quizlet asks in both directions of itself, so a concept is one card. Its definition is short, as
matching and typing want it: the English, what else is accepted, and the reading in brackets.
"""

from __future__ import annotations

from pathlib import Path

from yakugo.formats import Format
from yakugo.formats.atomic import replacing
from yakugo.formats.vocabulary import Word, japanese_first, vocabulary
from yakugo.model import Snapshot

_OR = " / "


def write(snapshot: Snapshot, path: Path) -> None:
    """Write a line for each word to learn, the most useful first."""
    text = render(snapshot)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def render(snapshot: Snapshot) -> str:
    """The text to paste."""
    side = _japanese_first if japanese_first(snapshot) else _english_first
    return "".join("\t".join(map(_one_cell, side(word))) + "\n" for word in vocabulary(snapshot))


def _japanese_first(word: Word) -> tuple[str, str]:
    return word.japanese, _OR.join((word.english, *word.other_english)) + _in_brackets(word)


def _english_first(word: Word) -> tuple[str, str]:
    japanese = _OR.join((word.japanese, *word.other_japanese))
    return _OR.join((word.english, *word.other_english)), japanese + _in_brackets(word)


def _in_brackets(word: Word) -> str:
    return f" ({word.reading})" if word.reading and word.reading != word.japanese else ""


def _one_cell(text: str) -> str:
    return " ".join(text.split())


FORMAT = Format("-quizlet.txt", write)
