"""Text → sentences, losing no character."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple


class Sentence(NamedTuple):
    """A sentence and where it begins in the document's text, in characters."""

    text: str
    offset: int


_BRACKETS = dict(zip("「『（(【［〔〈《“｢〝〖", "」』）)】］〕〉》”｣〟〗", strict=True))
_CLOSING = "[" + re.escape("".join(_BRACKETS.values())) + "]"
_LONGEST_QUOTE = 300  # characters; what a longer quotation holds are sentences of their own
_ABBREVIATIONS = tuple(
    "Mr Mrs Ms Dr Prof Gen Adm Col Lt Maj Capt Sen Rep Gov St Jr Sr No Nos Vol Fig Art "  # noqa: SIM905
    "vs etc cf pp Inc Ltd Co Corp".split()
)
_END = re.compile(
    r"[。！？｡!?．.](?:"  # one set first: the search skips to it fast
    r"(?<=[。！？｡])"
    # Not in Yahoo!ニュース, but in 本当か!?そうだ and OK! そうだ.
    rf"|(?<=[!?])(?![A-Za-z0-9])(?:(?<![A-Za-z].)|(?=[\s!?！？\"'”’]|$|{_CLOSING}))"
    r"|(?<=．)(?![0-9０-９])"
    r"|(?<=[ぁ-ゖ]\.)(?![0-9])"
    # After a Latin sentence, not after an initial, a list number or an abbreviation.
    r"|(?:(?<=[A-Za-z]{2}\.)|(?<=[0-9]{2}\.)|(?<=\)\.))(?=\s+[A-Zぁ-ヺ一-鿿「『])"
    + "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATIONS)
    + rf")[。！？｡!?]*{_CLOSING}*(?:[\"'’]+(?=\s|$))?"
)
_MARK = re.compile("[" + re.escape("".join(_BRACKETS) + "".join(_BRACKETS.values())) + "]")


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a text into sentences; between them there is nothing but white space.

    A sentence ends with 。！？ (and what closes after it) or with its line. What is quoted
    belongs to the sentence around it, unless the quotation is long or not closed in its line.
    """
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield from _sentences_of_line(text, start, end)
        start = end + 1


def _sentences_of_line(text: str, start: int, end: int) -> Iterator[Sentence]:
    quoted = _quotations(text, start, end)
    begins = [a for a, _ in quoted]
    at = start
    for match in _END.finditer(text, start, end):
        i = bisect_left(begins, match.start()) - 1
        if i >= 0 and quoted[i][1] > match.start():
            continue  # inside a quotation
        yield from _stripped(text, at, match.end())
        at = match.end()
    yield from _stripped(text, at, end)


def _quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The outermost pairs of brackets of a line that are closed soon: (opening, closing)."""
    pairs: list[tuple[int, int]] = []
    open_at: list[int] = []
    for match in _MARK.finditer(text, start, end):
        char = match[0]
        if char in _BRACKETS:
            open_at.append(match.start())
            continue
        while open_at and _BRACKETS[text[open_at[-1]]] != char:
            open_at.pop()  # an opening that is never closed
        if open_at:
            opening = open_at.pop()
            if match.start() - opening <= _LONGEST_QUOTE:
                while pairs and pairs[-1][0] > opening:
                    pairs.pop()
                pairs.append((opening, match.start()))
    return pairs


def _stripped(text: str, start: int, end: int) -> Iterator[Sentence]:
    whole = text[start:end]
    kept = whole.strip()
    if kept:
        yield Sentence(kept, start + len(whole) - len(whole.lstrip()))
