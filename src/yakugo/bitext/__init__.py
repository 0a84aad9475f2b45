"""Sentence pairs out of a translator's past work: memories, bilingual files, tables, two texts.

One module a format, each with a `read` that streams; `sniffing` chooses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yakugo.bitext import sniffing
from yakugo.errors import DocumentError
from yakugo.model import SentencePair

__all__ = ["pairs"]


def pairs(path: Path | str, english: Path | str | None = None) -> Iterator[SentencePair]:
    """The sentence pairs of a TMX, XLIFF, .xlsx, .xls, .ods, .csv or .tsv file, in its order.

    With `english`, of two plain texts whose lines are translations of each other. Either side
    may be the Japanese one. A pair with an empty side, without Japanese or without English is
    left out. Memory does not grow with the file, except for workbooks and for texts that are
    not UTF-8.

    DocumentError, in one line, for a file that is missing, damaged, refused or without a pair;
    by the call or, when that shows only later, after some pairs: store none before the end.
    """
    path = Path(path)
    with _told_by_name(path):
        if english is None:
            found = sniffing.reader_for(path)(path)
        else:
            english = Path(english)
            with _told_by_name(english):
                sniffing.check_plain(english)
            sniffing.check_plain(path)
            from yakugo.bitext import aligned

            found = aligned.read(path, english)
    return _at_least_one(found, path)


def _at_least_one(found: Iterator[SentencePair], path: Path) -> Iterator[SentencePair]:
    none = True
    with _told_by_name(path):
        for pair in found:
            none = False
            yield pair
    if none:
        raise DocumentError(
            f"{path}: holds no Japanese sentence with its English translation; check that both "
            "languages are filled in"
        )


@contextmanager
def _told_by_name(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise DocumentError(f"{error.filename or path}: no such file; check the name") from None
    except IsADirectoryError:
        raise DocumentError(f"{path} is a folder; name the files in it") from None
    except OSError as error:
        raise DocumentError(
            f"{error.filename or path} cannot be read: {error.strerror}; copy it anew or allow "
            "reading it"
        ) from error
