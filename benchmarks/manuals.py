"""Japanese prose that is at hand on Debian: the manual pages of the package manpages-ja.

`apt-get install manpages-ja` brings them; `benchmarks/speed.py` reads them when no FILE is named.
"""

import gzip
import re
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path("/usr/share/man/ja")
ENOUGH = 1_000_000  # characters; other packages bring a few pages of their own

_COMMENT = re.compile(r'\\".*')
_FONT = re.compile(r"\.\s*(?:B|I|BR|RB|BI|IB|IR|RI|SM|SB)\s+")  # its words go on in the sentence
_ESCAPE = re.compile(
    r"\\f(?:\(..|\[[^]]*\]|.)|\\s[-+]?\d+|\\[*(]\(?..|\\\[[^]]*\]|\\[&|^,/:)%c~0 .'`\"]"
)
_JAPANESE = "[ぁ-ヿ一-鿿、。]"
_WRAPPED = re.compile(rf"(?<={_JAPANESE}) *\n *| *\n *(?={_JAPANESE})")
_PROSE = re.compile("[ぁ-ゖ]{2}")


def paragraphs(roff: str) -> Iterator[str]:
    """The paragraphs of a manual page that are Japanese prose, each in one line."""
    lines: list[str] = []
    for line in [*_COMMENT.sub("", roff).split("\n"), "."]:
        font = _FONT.match(line)
        if line and (font or line[0] not in ".'"):
            lines.append(line[font.end() :].replace('"', "") if font else line)
            continue
        text = _ESCAPE.sub("", "\n".join(lines)).replace("\\-", "-").replace("\\e", "\\")
        text = " ".join(_WRAPPED.sub("", text).split())
        if _PROSE.search(text):
            yield text
        lines = []


def read(folder: Path = FOLDER) -> str:
    """All of them, a paragraph a line and none twice; exits with what to install when there is too little."""
    pages = (
        gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        for path in sorted(folder.glob("man*/*.gz"))
    )
    text = "\n".join(dict.fromkeys(line for page in pages for line in paragraphs(page)))
    if len(text) < ENOUGH:
        sys.exit(
            f"there is little Japanese in {folder}: 'apt-get install manpages-ja', or name a FILE"
        )
    return text
