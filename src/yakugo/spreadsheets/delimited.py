"""Tables as text: cells between commas, semicolons or tabs, in any encoding that can be told.

Comma and semicolon mean CSV (RFC 4180). Between tabs a quotation mark is one of the text, unless
the cell begins and ends with one, as Excel writes it; such a cell may go over several lines.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import StringIO
from itertools import islice

from yakugo.decoding import decode
from yakugo.errors import DocumentError
from yakugo.spreadsheets.rows import ERROR, ERRORS, Row, Sheet, cleaned, even

# A cell that begins so could run as a formula in a spreadsheet (OWASP, CSV Injection), and gets
# an apostrophe before it when it is written; GUARDED matches a cell that has one to be taken off.
RISKY = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
GUARDED = re.compile("'" + RISKY.pattern)

Numbered = tuple[int, list[str]]  # the line that a row begins at, and its cells as they stand
Cutter = Callable[[Iterable[str]], Iterator[Numbered]]

_MOST_LINES = 50  # of one cell between tabs
_SAMPLE = 200  # rows that the separator is told by
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"?\n', re.IGNORECASE)  # Excel's own first line
_LINE_END = re.compile(r"\r\n?")
_PAGE = re.compile(r"\s*<(?:\?xml|!doctype|html|table|meta|head)\b", re.IGNORECASE)
# Kanji side by side: cp1252 read as cp932 gives single ones, EUC-JP half-width katakana.
_WORDS = re.compile(r"[ァ-ヺー一-鿿々]{2}")
_LIKELY = re.compile(r"[\n\t\x20-\x7eぁ-ヺー一-鿿々、。「」・（）／　]")
_SURE = 0.9


class BadQuotes(Exception):
    """A row that CSV cannot be cut into cells at; the message says where and why."""


REMEDY_FOR_QUOTES = (
    "quote each cell that holds a comma, a line break or a quotation mark, and double the marks "
    "in it"
)


def read(data: bytes, name: str) -> Sheet:
    """The table in the bytes of a text file; a row has the number of the line it begins at.

    Which separator it has, the content says: the one that cuts most rows into equally many cells.
    DocumentError for what is no text, in an encoding that cannot be told, and no valid CSV.
    """
    text = _LINE_END.sub("\n", _text(data, name))
    if _PAGE.match(text):
        raise DocumentError(
            f"{name} is a web page or XML and no table; open it in its program and save it as .xlsx"
        )
    if not text.strip():
        raise DocumentError(f"{name} is empty: there is no row in it")
    cut = _cutter(text)
    try:
        rows = [row for line, cells in cut(_lines(text)) if (row := _row(line, cells))]
    except BadQuotes as error:
        raise DocumentError(f"{name}, {error}; {REMEDY_FOR_QUOTES}") from None
    return Sheet("", even(rows))


def _lines(text: str) -> Iterator[str]:
    lines = StringIO(text)
    if _SEPARATOR_LINE.match(text):
        next(lines)
        yield "\n"
    yield from lines


def _text(data: bytes, name: str) -> str:
    try:
        return decode(data, name)
    except DocumentError:
        # A list of terms may have no hiragana, which tell Shift_JIS elsewhere.
        try:
            text = data.decode("cp932")
        except UnicodeDecodeError:
            text = ""
        if _WORDS.search(text) and len(_LIKELY.findall(text)) >= _SURE * len(text):
            return text
        raise


def _row(line: int, cells: list[str]) -> Row | None:
    texts = tuple(map(_unguarded, cells))
    faults = {at: ERROR.format(text) for at, text in enumerate(texts) if text in ERRORS}
    if faults:
        texts = tuple("" if text in ERRORS else text for text in texts)
    return Row(line, texts, faults) if faults or any(texts) else None


def _unguarded(cell: str) -> str:
    if cell.startswith("'") and GUARDED.match(cell):
        cell = cell[1:]
    return cleaned(cell)


def _cutter(text: str) -> Cutter:
    if stated := _SEPARATOR_LINE.match(text):
        return between_tabs if stated[1] == "\t" else partial(between, stated[1])
    cutters: tuple[Cutter, ...] = (between_tabs, partial(between, ","), partial(between, ";"))
    best = max(cutters, key=lambda cutter: _evenness(cutter, text))
    return best if _evenness(best, text) > (0, 0) else partial(between, ",")


def _evenness(cutter: Cutter, text: str) -> tuple[float, int]:
    """The share of the first rows that have the usual width, and that; 0 when it is one cell."""
    widths: Counter[int] = Counter()
    try:
        for _, cells in islice(cutter(StringIO(text)), _SAMPLE):
            if any(cells):
                widths[len(cells)] += 1
    except BadQuotes:
        widths[0] += 1
    rows = widths.total()
    del widths[0], widths[1]
    if not widths:
        return 0, 0
    width, rows_of_it = widths.most_common(1)[0]
    return rows_of_it / rows, width


def between(delimiter: str, source: Iterable[str]) -> Iterator[Numbered]:
    """The rows of CSV; BadQuotes for a quotation that is not closed, or not at a cell's end."""
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        raise BadQuotes(f"line {begin:,}: not valid CSV ({error})") from None


_IN_CELL = r'[^"\t]*(?:""[^"\t]*)*'
_QUOTED = re.compile(rf'"({_IN_CELL})"')
_OPENS = re.compile(rf'(?:^|\t)"{_IN_CELL}\Z')
_GOES_ON = re.compile(_IN_CELL)
_CLOSES = re.compile(rf'{_IN_CELL}"(?=\t|\Z)')


def between_tabs(source: Iterable[str]) -> Iterator[Numbered]:
    """The rows of a table whose cells stand between tabs."""
    for number, line in _joined(source):
        yield number, [_unquoted(cell) for cell in line.split("\t")]


def _unquoted(cell: str) -> str:
    quoted = _QUOTED.fullmatch(cell) if cell.startswith('"') else None
    return quoted[1].replace('""', '"') if quoted else cell


def _joined(source: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, from 1; those that one quoted cell goes over are one.

    A cell that is opened but not closed before the next tab is no quoted one: people speak
    over several sentences, and each has its line.
    """
    opened: list[tuple[int, str]] = []
    for number, line in enumerate(source, 1):
        line = line.removesuffix("\n")
        if opened and _CLOSES.match(line):
            number, line = opened[0][0], "\n".join([*(text for _, text in opened), line])
            opened = []
        elif opened and len(opened) < _MOST_LINES and _GOES_ON.fullmatch(line):
            opened.append((number, line))
            continue
        yield from opened
        opened = [(number, line)] if '"' in line and _OPENS.search(line) else []
        if not opened:
            yield number, line
    yield from opened
