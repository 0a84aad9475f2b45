"""Two texts, one the translation of the other, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path

from yakugo.bitext.lines import lines
from yakugo.bitext.sides import pair, share_of_japanese
from yakugo.errors import DocumentError
from yakugo.model import SentencePair

_SAMPLE = 1000  # lines by whose script the Japanese text is told
_MOST_JAPANESE = 0.5  # of the lines of an English text: some quote Japanese words


def read(path: Path, english: Path) -> Iterator[SentencePair]:
    """The pairs of two texts; which of them is Japanese, their script says.

    DocumentError when neither or both are and, at the end, when one has more lines than the
    other; empty lines at the end do not count.
    """
    sources = lines(path), lines(english)
    samples = [list(islice(source, _SAMPLE)) for source in sources]
    shares = [share_of_japanese(sample) for sample in samples]
    if max(shares) == 0 or min(shares) > _MOST_JAPANESE:
        both = "neither is Japanese" if max(shares) == 0 else "both are Japanese"
        raise DocumentError(
            f"{path} and {english}: {both}; give a Japanese text and its English translation"
        )
    turned = shares[1] > shares[0]
    counts = [0, 0]
    for number, sides in enumerate(zip_longest(*map(chain, samples, sources)), 1):
        first, second = sides
        for side, line in enumerate(sides):
            if line is not None and (None not in sides or line.strip()):
                counts[side] = number
        if first is not None and second is not None:
            japanese, translation = (second, first) if turned else (first, second)
            if found := pair(japanese, translation, f"line {number}"):
                yield found
    if counts[0] != counts[1]:
        raise DocumentError(
            f"{path} has {counts[0]:,} lines and {english} has {counts[1]:,}; each line must "
            "stand beside its translation: find where one is cut or missing, and even them out"
        )
