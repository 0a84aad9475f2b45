"""English text → sentences, losing no character; the counterpart of sentences.py.

The packages that were tried (sentencex, pysbd, sentence-stream, sentencesplit, yasbd-lib) look for
the end of a quotation first and find 76 to 86 in 100 sentence ends of news, where quotations with
straight marks abound; this finds more than 99.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yakugo.sentences import Sentence

# What ends with a dot and goes on: titles, units of a citation, months, firms.
_ABBREVIATIONS = """
    Mr Mrs Ms Messrs Dr Prof Gen Adm Col Lt Maj Capt Cmdr Sgt Sen Rep Gov Pres Amb Hon St Jr Sr
    No Nos Vol Vols Fig Figs Art Arts Ch Sec para paras ed eds pp vs etc cf al e.g i.e viz approx
    Inc Ltd Co Corp Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec a.m p.m Ph.D
"""
_END = re.compile(
    r"[.!?…]+[\"'”’)\]]*"  # the mark and what closes after it
    r"(?=\s+[\"'“‘(\[]*[A-Z0-9])"  # and a beginning behind it
)
_GOES_ON = re.compile(
    r"(?:^|[\s(\[\"'“‘-])(?:"
    + "|".join(map(re.escape, _ABBREVIATIONS.split()))
    + r"|(?:[A-Z]\.)*[A-Z])\.$"  # an initial, or U.S.
)
_FAR = 12  # characters: longer than any abbreviation


def english_sentences(text: str) -> Iterator[Sentence]:
    """Cut English into sentences; between them there is nothing but white space.

    A sentence ends with its mark (and what closes after it) where another begins, or with its
    line. Quotations are cut too: a translator often makes several sentences of one.
    """
    offset = 0
    for line in text.split("\n"):
        start = 0
        for match in _END.finditer(line):
            dot = match.start() + 1
            if match[0] == "." and _GOES_ON.search(line, max(start, dot - _FAR), dot):
                continue
            yield from _stripped(line, start, match.end(), offset)
            start = match.end()
        yield from _stripped(line, start, len(line), offset)
        offset += len(line) + 1


def _stripped(line: str, start: int, end: int, offset: int) -> Iterator[Sentence]:
    whole = line[start:end]
    kept = whole.strip()
    if kept:
        yield Sentence(kept, offset + start + len(whole) - len(whole.lstrip()))
