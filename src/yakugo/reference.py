"""How common words are in Japanese at large: the side against which a field stands out.

The counts are those of `wordfreq` (its raw dictionary, made of web text, subtitles, news, books and
Wikipedia), which covers nearly all common nouns of Sudachi's short units. Its estimates for
compounds are not used: they give 二重鍵 the frequency of an everyday word.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import log10


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
