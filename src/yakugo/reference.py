"""How common words are in Japanese at large: the side against which a field stands out.

What is known of every text are single words; general texts of the user's own, debates on all sorts
of things beside debates on defence, tell whole terms of the field from turns of the house as well.

The counts of words are those of `wordfreq` (its raw dictionary, made of web text, subtitles, news,
books and Wikipedia), which covers nearly all common nouns of Sudachi's short units. Its estimates
for compounds are not used: they give 二重鍵 the frequency of an everyday word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log2, log10


@cache
def frequencies() -> Mapping[str, float]:
    """How often words stand in Japanese at large: a share of all words, 0 to 1."""
    from wordfreq import get_frequency_dict

    found: Mapping[str, float] = get_frequency_dict("ja")
    return found


_UNKNOWN = 1e-8  # below the rarest word of the list


@cache
def commonness(word: str) -> float:
    """How common a word is: 0 for what is not listed, 6 for the commonest.

    The logarithm (base 10) of its frequency in 100 million words.
    """
    return log10(frequencies().get(word.lower(), _UNKNOWN) / _UNKNOWN)


_SMOOTHING = 2  # occurrences; what is rarer in the collected texts says little either way


@dataclass(frozen=True, slots=True)
class General:
    """Texts of no field in particular, which the collected ones are held against.

    `frequencies` are those of terms in them; `characters` is their length, `collected` that of
    the collected texts.
    """

    frequencies: Mapping[str, int]
    characters: int
    collected: int

    def contrast(self, spellings: Iterable[str], frequency: int) -> float:
        """How much more often a term stands in the collected texts: 0 as often, 1 twice as often.

        `frequency` is that of all its spellings in the collected texts. The keyness score of
        Kilgarriff, "Simple maths for keywords" (Corpus Linguistics Conference, 2009), as a
        logarithm; over occurrences, not parts per million, so that a short text claims less.
        """
        general = sum(self.frequencies.get(spelling, 0) for spelling in spellings)
        expected = general * self.collected / self.characters if self.characters else 0.0
        return log2((frequency + _SMOOTHING) / (expected + _SMOOTHING))
