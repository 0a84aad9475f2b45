"""Which column of a table holds which field: what a person sees before anything is taken over.

The names in a header row say so (`headers`); where a name leaves the language open (用語,
Source), is repeated or missing, the content of the column does. Every choice comes with its
reason, and `corrected` changes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase
from typing import NamedTuple

from yakugo.bitext.sides import holds_japanese
from yakugo.errors import FormatError
from yakugo.exchange.cells import folded
from yakugo.exchange.content import MOST, NEARLY_ALL, Content
from yakugo.exchange.fields import Field
from yakugo.exchange.headers import LANGUAGE_NAMES, named
from yakugo.spreadsheets import Row

_SAMPLE = 1000  # rows below the header that are looked at
_HEADER_WITHIN = 10  # rows: titles and notes may stand above the names
_FEW_VALUES = 0.5  # distinct values a cell: a column below that classifies, it does not name

# Fields that several columns may fill: "English 2", "English 3", 備考 and 注.
_JOINED = frozenset((Field.OTHER_JAPANESE, Field.OTHER_ENGLISH, Field.AVOID, Field.NOTE))
# Names that have one meaning, and yet that one only where the cells bear it out.
_CHECKED = frozenset((Field.ID, Field.STATUS, Field.PART_OF_SPEECH))
# These names mean something else in a table that nobody decides in.
_OF_REVIEW = frozenset((Field.COMMENT, Field.CONTEXT, Field.DOCUMENT))


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, from 0, that fill a field, and why each was taken.

    Few fields have more than one column; their cells are joined. `header_row` is the number of
    the row with the names (None: there is none), `headers` are these by column.
    """

    fields: Mapping[Field, tuple[int, ...]]
    why: Mapping[Field, str]
    header_row: int | None = None
    headers: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether there is Japanese, and English or our own id to go with it."""
        return Field.JAPANESE in self.fields and bool({Field.ENGLISH, Field.ID} & set(self.fields))


class Described(NamedTuple):
    """A line of the table that shows what was taken for what; field "" is what is not read."""

    field: str
    letter: str
    header: str
    why: str
    example: str


def guess(rows: Sequence[Row]) -> Columns:
    """The columns of a table; see `Columns.usable` for whether it is a glossary at all."""
    return _found(rows, _header(rows))


def _found(rows: Sequence[Row], header: _Header) -> Columns:
    width = max((len(row.cells) for row in rows), default=0)
    headers = (*header.cells, *[""] * (width - len(header.cells)))
    below = rows[header.end : header.end + _SAMPLE]
    contents = [Content.of(_column(below, column)) for column in range(width)]
    first = _width_of_first(headers, contents)
    choice = _Choice(headers[:first], below, contents[:first])
    choice.by_name()
    choice.by_content()
    row = rows[header.end - 1].number if header.end else None
    return Columns(_in_order(choice.fields), choice.why, row, headers)


def _width_of_first(headers: Sequence[str], contents: Sequence[Content]) -> int:
    """How wide the first table is where the same columns stand again beside it, to save paper.

    Read as one, the terms of the second would become synonyms of those of the first.
    """
    named_ones = [column for column, header in enumerate(headers) if header]
    for width in range(2, len(named_ones) // 2 + 1):
        left, right = named_ones[:width], named_ones[width : 2 * width]
        if all(
            folded(headers[a]) == folded(headers[b])
            and (contents[a].japanese >= MOST) == (contents[b].japanese >= MOST)
            for a, b in zip(left, right, strict=True)
        ):
            return right[0]
    return len(headers)


class _Header(NamedTuple):
    """The names of the columns, and how many rows stand up to them; none, and 0 without."""

    cells: tuple[str, ...] = ()
    end: int = 0


def _header(rows: Sequence[Row]) -> _Header:
    """The row with most names in it, the first of such.

    What stands above are titles: they fill fewer cells. A single name is not enough, unless it is
    that of a language or the row is not like those below: data hold words like 定義, too.
    """
    best, most = _Header(), 0
    width = max((len(row.cells) for row in rows), default=0)
    fullest = 0  # texts in a row above
    for end, row in enumerate(rows[:_HEADER_WITHIN], 1):
        filled = [column for column, cell in enumerate(row.cells) if cell]
        below = rows[end : end + _SAMPLE]
        names = [
            meant
            for column in filled
            if (meant := named(row.cells[column])) is not None
            and 2 * _column(below, column).count(row.cells[column]) <= len(below)  # DeepL: ja en
        ]
        texts = {row.cells[column] for column in filled}  # one, of cells that are merged
        if fullest <= max(1, len(texts) // 2) and len(filled) >= min(2, width):
            enough = len(names) > 1 and any(map(_is_term, names))
            enough = enough or any(meant in LANGUAGE_NAMES for meant in names)
            if len(names) > most and enough:
                best, most = _Header(row.cells, end), len(names)
            elif not best.end and _unlike(row, below, least=1 if names else 3):
                best, most = _Header(row.cells, end), max(1, len(names))
        fullest = max(fullest, len(texts))
    return _with_second_line(best, rows)


def _is_term(meant: tuple[Field, ...]) -> bool:
    return Field.JAPANESE in meant or Field.ENGLISH in meant


def _unlike(row: Row, below: Sequence[Row], least: int) -> bool:
    """Whether a cell is Japanese above a column of nothing but English, of so many at least."""
    for column, cell in enumerate(row.cells):
        if holds_japanese(cell):
            content = Content.of(_column(below, column))
            if len(content.texts) >= least and content.english > 0.9:
                return True
    return False


def _with_second_line(header: _Header, rows: Sequence[Row]) -> _Header:
    """Names over two rows, 用語 above 日本語 and 英語; the upper ones where the lower has none."""
    if not header.end or header.end == len(rows):
        return header
    lower = rows[header.end].cells
    filled = [named(cell) for cell in lower if cell]
    if len(filled) < 2 or any(meant is None for meant in filled):
        return header
    width = max(len(header.cells), len(lower))
    upper, lower = ((*cells, *[""] * (width - len(cells))) for cells in (header.cells, lower))
    return _Header(
        tuple(below or above for above, below in zip(upper, lower, strict=True)), header.end + 1
    )


@dataclass(slots=True)
class _Choice:
    """The fields as they are being found, each with its columns and the reason."""

    headers: Sequence[str]
    rows: Sequence[Row]
    contents: Sequence[Content]
    fields: dict[Field, tuple[int, ...]] = field(default_factory=dict)
    why: dict[Field, str] = field(default_factory=dict)

    def by_name(self) -> None:
        """Take the columns with names: first those with one meaning, then what is left open."""
        meant = {c: known for c, name in enumerate(self.headers) if (known := named(name))}
        certain = {found[0] for found in meant.values() if len(found) == 1}
        review = Field.DECISION in certain or {Field.ID, Field.REVISION} <= certain
        # What is filled in tells more than what is empty.
        for column in sorted(meant, key=lambda c: (len(meant[c]), not self.contents[c].texts, c)):
            fields = [one for one in meant[column] if review or one not in _OF_REVIEW]
            if fields and (found := self._fitting(fields, self.contents[column])):
                self._take(found, column, self._naming(fields, column))

    def by_content(self) -> None:
        """Take Japanese, English and the reading from columns whose name says nothing.

        A table without any names may have definitions, examples and (OmegaT) a comment as well.
        """
        unknown = [c for c in self._left() if named(self.headers[c]) is None]
        japanese = [c for c in unknown if self.contents[c].japanese >= MOST]
        english = [c for c in unknown if self.contents[c].english >= MOST]
        for one, columns in ((Field.JAPANESE, japanese), (Field.ENGLISH, english)):
            if columns and one not in self.fields:
                column = min(columns, key=self._rank)
                self._take(one, column, f"content: {_mostly(self.contents[column])}")
        for column in self._left(japanese):
            if self.contents[column].kana >= NEARLY_ALL and Field.READING not in self.fields:
                share = f"{self.contents[column].kana:.0%} of its cells are kana only"
                self._take(Field.READING, column, f"content: {share}")
        if not any(self.headers):
            self._sentences_and_comment(self._left(japanese), self._left(english))

    def _take(self, one: Field, column: int, why: str) -> None:
        self.fields[one] = (*self.fields.get(one, ()), column)
        self.why[one] = f"{self.why[one]}, {why}" if one in self.why else why

    def _left(self, columns: Iterable[int] | None = None) -> list[int]:
        """Those of the columns (of all) that no field has."""
        taken = {column for of_field in self.fields.values() for column in of_field}
        among = range(len(self.headers)) if columns is None else columns
        return [column for column in among if column not in taken]

    def _fitting(self, fields: Sequence[Field], content: Content) -> Field | None:
        """Which of the fields that a name may mean a column is, or that of a second one."""
        free = [one for one in fields if one in _JOINED or one not in self.fields]
        is_open = len(fields) > 1 or fields[0] in _CHECKED
        if first := next((one for one in free if not is_open or content.fits(one)), None):
            return first
        if Field.DEFINITION in free:  # of no language that it could be in: as it is named
            return Field.DEFINITION
        if content.distinct < _FEW_VALUES:
            return None
        if Field.JAPANESE in fields and content.fits(Field.JAPANESE):
            if content.kana >= NEARLY_ALL and Field.READING not in self.fields:
                return Field.READING
            is_long = content.sentences >= MOST and Field.DEFINITION_JA not in self.fields
            return Field.DEFINITION_JA if is_long else Field.OTHER_JAPANESE
        if Field.ENGLISH in fields and content.fits(Field.ENGLISH):
            is_long = content.sentences >= MOST and Field.DEFINITION not in self.fields
            return Field.DEFINITION if is_long else Field.OTHER_ENGLISH
        return None

    def _naming(self, fields: Sequence[Field], column: int) -> str:
        name = f'header "{" ".join(self.headers[column].split())}"'
        content = self.contents[column]
        return f"{name}, {_mostly(content)}" if len(fields) > 1 and content.texts else name

    def _rank(self, column: int) -> tuple[bool, bool, bool, int]:
        """What is short, is no reading and names one thing a row comes first."""
        content = self.contents[column]
        is_long, is_kana = content.sentences >= MOST, content.kana >= NEARLY_ALL
        return is_long, is_kana, content.distinct < _FEW_VALUES, column

    def _sentences_and_comment(self, japanese: Sequence[int], english: Sequence[int]) -> None:
        for column in (*japanese, *english):
            content = self.contents[column]
            if content.sentences < MOST:
                continue
            one = Field.DEFINITION_JA if column in japanese else Field.DEFINITION
            if column in japanese and self._holds_terms(column):
                one = Field.EXAMPLE
            if one not in self.fields:
                share = f"{content.sentences:.0%} of its cells are sentences"
                self._take(one, column, f"content: {share}")
        if len(self.headers) == 3 and self._left() == [2] and len(self.fields) == 2:
            self._take(Field.NOTE, 2, "the third of three columns is a comment to OmegaT")

    def _holds_terms(self, column: int) -> bool:
        """Whether most cells hold the Japanese term of their row: examples, not definitions."""
        terms = _column(self.rows, self.fields.get(Field.JAPANESE, (column,))[0])
        pairs = [(t, text) for t, text in zip(terms, _column(self.rows, column), strict=True) if t]
        return sum(term in text for term, text in pairs) >= MOST * (len(pairs) or 1)


def _column(rows: Sequence[Row], column: int) -> list[str]:
    return [row.cells[column] if column < len(row.cells) else "" for row in rows]


def _mostly(content: Content) -> str:
    if content.japanese >= content.english:
        return f"{content.japanese:.0%} of its cells are Japanese"
    return f"{content.english:.0%} of its cells are English"


_HEADER = "header"
_NOTHING = ("", "-")
_NEXT = re.compile(r"[,;、]\s*(?=[\w-]+\s*=)")  # a name of a column may hold a comma


def corrected(columns: Columns, rows: Sequence[Row], given: str) -> Columns:
    """The columns with what a person says: `japanese=2,english=C,note=備考,reading=-`.

    A column is its number, from 1, its letters, or its name; none or - drops the field, and the
    same field twice takes both. `header=3` is the row with the names, `header=-` says that there
    is none. FormatError, with the fields and the columns that there are, for anything else.
    """
    said = [_said(item) for item in _NEXT.split(unicodedata.normalize("NFKC", given).strip())]
    for key, value in said:
        if key == _HEADER:
            columns = _found(rows, _header_at(rows, value))
    if (header := _row_with_names([value for _, value in said], columns, rows)) is not None:
        columns = _found(rows, header)
    chosen: dict[Field, tuple[int, ...]] = {}
    for key, value in said:
        if key != _HEADER:
            taken = {column for of_field in chosen.values() for column in of_field}
            found = () if value in _NOTHING else (_place(value, columns, taken),)
            chosen[Field(key)] = tuple(dict.fromkeys((*chosen.get(Field(key), ()), *found)))
    taken = {column for of_field in chosen.values() for column in of_field}
    guessed = {
        one: left
        for one, of_field in columns.fields.items()
        if one not in chosen and (left := tuple(c for c in of_field if c not in taken))
    }
    fields = guessed | {one: of_field for one, of_field in chosen.items() if of_field}
    why = {one: "--map" if one in chosen else columns.why[one] for one in fields}
    return replace(columns, fields=_in_order(fields), why=why)


def _said(item: str) -> tuple[str, str]:
    key, equals, value = item.partition("=")
    key = key.strip().casefold().replace("-", "_")
    if not equals or key not in (_HEADER, *Field):
        raise FormatError(
            f"--map {item.strip()}: give FIELD=COLUMN, as japanese=2,english=C; the fields are "
            f"{', '.join(Field)}"
        )
    return key, value.strip()


def _header_at(rows: Sequence[Row], value: str) -> _Header:
    if value in _NOTHING:
        return _Header()
    for end, row in enumerate(rows, 1):
        if str(row.number) == value:
            return _Header(row.cells, end)
    raise FormatError(f"--map header={value}: there is no such row; give its number, or - for none")


def _row_with_names(values: Sequence[str], columns: Columns, rows: Sequence[Row]) -> _Header | None:
    """The row that has a name that was given, where that is not the one that was found."""
    for value in values:
        if value in _NOTHING or value.isdecimal() or _named_so(value, columns.headers):
            continue
        if _lettered(value, columns) is None:
            for end, row in enumerate(rows[:_HEADER_WITHIN], 1):
                if _named_so(value, row.cells):
                    return _Header(row.cells, end)
    return None


def _place(value: str, columns: Columns, taken: Collection[int]) -> int:
    """The column that a number, a name or letters stand for; of two with one name the free one."""
    if value.isdecimal() and 0 < int(value) <= len(columns.headers):
        return int(value) - 1
    same = _named_so(value, columns.headers)
    if same:
        return next((column for column in same if column not in taken), same[0])
    if (column := _lettered(value, columns)) is not None:
        return column
    names = (" ".join(name.split()) for name in columns.headers)
    there = (f"{letter(c)} {name}".strip() for c, name in enumerate(names))
    raise FormatError(
        f"--map: there is no column {value!r}; the columns are {', '.join(there)} (by number, "
        f"letter or name), the fields {', '.join(Field)}"
    )


def _named_so(value: str, names: Sequence[str]) -> list[int]:
    return [column for column, name in enumerate(names) if name and folded(name) == folded(value)]


def _lettered(value: str, columns: Columns) -> int | None:
    letters = (letter(column) for column in range(len(columns.headers)))
    return next((c for c, letters_of in enumerate(letters) if letters_of == value.upper()), None)


def letter(column: int) -> str:
    """The letters of a column, from 0, as spreadsheets show them: A, B … Z, AA."""
    before, last = divmod(column, len(ascii_uppercase))
    return (letter(before - 1) if before else "") + ascii_uppercase[last]


def described(columns: Columns, rows: Sequence[Row]) -> list[Described]:
    """Each column that is not empty: what it was taken for and why, its name and its first cell."""
    below = [row for row in rows if columns.header_row is None or row.number > columns.header_row]
    of_column = {c: one for one, of_field in columns.fields.items() for c in of_field}
    lines = []
    for column, header in enumerate(columns.headers):
        example = next(filter(None, _column(below, column)), "")
        if header or example:
            one = of_column.get(column)
            name = " ".join(header.split())
            why = columns.why[one] if one else "not read"
            lines.append(Described(one or "", letter(column), name, why, example))
    return lines


def _in_order(fields: Mapping[Field, tuple[int, ...]]) -> dict[Field, tuple[int, ...]]:
    return dict(sorted(fields.items(), key=lambda item: item[1]))
