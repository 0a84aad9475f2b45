"""Text files of any encoding that can be told, line by line.

Lines end with LF, CR LF or CR and nothing else: U+2028, U+0085 and form feeds, which corpora
hold inside sentences, end none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from yakugo.decoding import decode, utf8_blocks
from yakugo.errors import DocumentError

_BLOCK = 100_000  # characters in memory at once
_LINE_END = re.compile(r"\r\n?")


def lines(path: Path) -> Iterator[str]:
    """The lines of a text, each with its LF; UTF-8 is read block by block, all else at once.

    DocumentError for what is not text or in an encoding that cannot be told.
    """
    done = 0
    ascii_so_far = True
    try:
        for block in utf8_blocks(path, _BLOCK):
            done += len(block)
            ascii_so_far = ascii_so_far and block.isascii()
            yield from StringIO(block)
    except ValueError:  # not UTF-8 after all
        text = _LINE_END.sub("\n", decode(path.read_bytes(), str(path)))
        if not ascii_so_far:
            raise DocumentError(
                f"{path} is UTF-8 in its first {done:,} characters and something else later; "
                "save it as UTF-8"
            ) from None
        yield from StringIO(text[done:])
