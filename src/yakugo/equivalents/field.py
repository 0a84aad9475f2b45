"""English from yakugo's own list of words: what they are in texts on security.

field.tsv has the words and expressions of lexicon.py and the general words that make terms with
them (政策, 禁止, 配備). It is written by us and not reviewed: evidence above a general dictionary,
which has 拡散 first as scattering, and below the glossary.

`english` is what a word is by itself or as the last part of a compound, `modifier` what it is
before another noun, where that is a different word (戦略: strategy, strategic). `~` is where the
rest of the compound stands: 禁止 is "prohibition of ~", 配備型 "~-based", 対 "anti-~".
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from yakugo import tables
from yakugo.model import Candidate, Evidence, Offer

PROVIDER = "word list"

SLOT = "~"
_JOINED = ";"

# How often the first, second … equivalent of a word that stands by itself is right (measured on the
# annotated texts developed on: .96, .72, .50, .14).
_SCORES = (0.9, 0.7, 0.5, 0.2)


class Word(NamedTuple):
    """A word as the head of a compound and as a modifier, the most usual first."""

    heads: tuple[str, ...]
    modifiers: tuple[str, ...]


@cache
def words() -> dict[str, Word]:
    """The list, by Japanese word."""
    return {
        row["word"]: Word(_split(row["english"]), _split(row["modifier"]))
        for row in tables.table("equivalents/field.tsv")
    }


def _split(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, cell.split(_JOINED))))


def offers(candidates: Iterable[Candidate]) -> dict[str, list[Offer]]:
    """What the list says of words that stand by themselves."""
    result: dict[str, list[Offer]] = {}
    for candidate in candidates:
        word = words().get(candidate.term)
        alone = [head for head in word.heads if SLOT not in head] if word else []
        for i, english in enumerate(alone):
            score = _SCORES[min(i, len(_SCORES) - 1)]
            evidence = Evidence(PROVIDER, f"{candidate.term} in yakugo's own, not reviewed")
            result.setdefault(candidate.term, []).append(Offer(english, score, (evidence,)))
    return result
