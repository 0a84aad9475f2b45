"""The Sudachi pass: sentence → tokens → runs, the spans that terms are cut from.

Each token gets a one-letter class, so that a sentence is also a string of classes and what
belongs together is found by regular expressions over it:

    N common noun      V verbal noun (サ変)   P other proper noun   G place     H person
    Q numeral          C counter              X prefix              S noun suffix
    T 的               L Latin letters        - joint inside a name (・ or hyphen)
    A adverbial noun   J の                   W space               ( ) brackets
    B a noun that bounds a term (nonterms.tsv, rule `cut`)           . anything else
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from sudachipy import Dictionary, SplitMode, Tokenizer

from yakugo.kana import reading_of
from yakugo.nonterms import words

# Sudachi refuses longer input; a piece is cut well before, at the last mark that is not inside
# a word, so that nothing is lost.
MAX_BYTES = 45_000
_MAX_CHARS = MAX_BYTES // 4
_SAFE_CUT = re.compile(r"[、，,。．\s）」)]")

_FIELDS = {"pos", "reading_form", "normalized_form"}  # fewer fields change the segmentation

_CLASS_BY_POS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("名詞", "固有名詞", "人名"), "H"),
    (("名詞", "固有名詞", "地名"), "G"),
    (("名詞", "固有名詞"), "P"),
    (("名詞", "数詞"), "Q"),
    (("名詞", "普通名詞", "サ変可能"), "V"),
    (("名詞", "普通名詞", "サ変形状詞可能"), "V"),
    (("名詞", "普通名詞", "副詞可能"), "A"),
    (("名詞", "普通名詞", "助数詞可能"), "C"),
    (("名詞", "普通名詞"), "N"),
    (("形状詞", "一般"), "N"),
    (("接頭辞",), "X"),
    (("接尾辞", "名詞的", "助数詞"), "C"),
    (("接尾辞", "名詞的"), "S"),
    (("接尾辞", "形状詞的"), "T"),
    (("助詞", "格助詞"), "の"),
    (("補助記号", "括弧開"), "("),
    (("補助記号", "括弧閉"), ")"),
    (("空白",), "W"),
    (("補助記号", "一般"), "・"),
    (("記号", "文字"), "L"),
)

_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ0-9０-９.]*")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_KANJI_NUMERAL = re.compile(r"[一二三四五六七八九十〇両]+")
_COUNTRIES = re.compile(r"[日米英仏独伊露ロ中韓朝印豪加欧ソ台越]{2,}")
JOINTS = frozenset(" ・･-‐‑－=＝")  # what joins the parts of one name; a space in Latin ones

# A numeral is part of a term when it counts what makes the concept: 二|重|鍵, 三|本|柱,
# 二|国|間|協議, 五|大国, 第|二|撃. Written in kanji, followed by one of these, and then by
# more of the term.
_COUNTED_INSIDE = re.compile("重|次|元|国|段階|本|大国|大|極|者|正面|撃|軍|分|層")

_UNREAD = ("補助記号", "空白")  # spaces and marks: Sudachi reads them キゴウ


class Token(NamedTuple):
    """A Sudachi morpheme: `text[start:end]` is its surface; `pos` has six parts, "*" when empty."""

    surface: str
    start: int
    end: int
    pos: tuple[str, ...]
    reading: str
    normalized: str


class Run(NamedTuple):
    """A stretch of a sentence that can hold terms.

    `pieces` are its short units and `classes` one letter for each; `start` and `end` are its
    place in the sentence, in characters. `genitive` marks X の Y, with the の as a piece;
    `quoted` is true when the writer set it in quotation marks, in whole or after the の.
    """

    pieces: tuple[str, ...]
    classes: str
    start: int
    end: int
    genitive: bool = False
    quoted: bool = False


@cache
def dictionary() -> Dictionary:
    """The Sudachi dictionary, loaded once."""
    return Dictionary()


@cache
def _tokenizer() -> Tokenizer:
    return dictionary().tokenizer(SplitMode.A, fields=_FIELDS)


@cache
def _class_of_pos_id() -> tuple[str, ...]:
    """The class letter of each part of speech of the dictionary, by its id."""
    letters = []
    pos_id = 0
    while (pos := dictionary().pos_of(pos_id)) is not None:
        parts = tuple(pos)
        found = (letter for start, letter in _CLASS_BY_POS if parts[: len(start)] == start)
        letters.append(next(found, "."))
        pos_id += 1
    return tuple(letters)


def portions(text: str) -> Iterator[tuple[int, str]]:
    """Cut text that is too long for Sudachi into portions: (offset, portion), nothing lost."""
    start = 0
    while len(text) - start > _MAX_CHARS:
        window = text[start : start + _MAX_CHARS]
        cuts = [m.end() for m in _SAFE_CUT.finditer(window, _MAX_CHARS // 2)]
        end = start + (cuts[-1] if cuts else _MAX_CHARS)
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def tokenize(text: str) -> list[Token]:
    """Cut text into short units (mode A) with their katakana readings; losing no character."""
    return [
        Token(
            m.surface(),
            offset + m.begin(),
            offset + m.end(),
            tuple(m.part_of_speech()),
            m.reading_form(),
            m.normalized_form(),
        )
        for offset, portion in portions(text)
        for m in _tokenizer().tokenize(portion)
    ]


def reading(text: str) -> str:
    """The tokenizer's reading of a term, in kana; what is not read (spaces, dots) left out."""
    return "".join(
        reading_of(t.surface, t.reading) for t in tokenize(text) if t.pos[0] not in _UNREAD
    )


def runs(sentence: str) -> Iterator[Run]:
    """Find the runs of one sentence, in its order; a genitive run follows its two halves."""
    for offset, portion in portions(sentence):
        yield from _runs(portion, offset)


def _runs(text: str, offset: int) -> Iterator[Run]:
    by_pos = _class_of_pos_id()
    letters: list[str] = []
    bounds: list[int] = []
    for m in _tokenizer().tokenize(text):
        letters.append(by_pos[m.part_of_speech_id()])
        bounds.append(m.begin())
    bounds.append(len(text))
    surfaces = [text[a:b] for a, b in pairwise(bounds)]
    classes = _without_names(_without_counts(_refined(letters, surfaces), surfaces))
    for match in _RUN.finditer(classes):
        i, j = match.span()
        yield Run(
            tuple(surfaces[i:j]),
            classes[i:j],
            offset + bounds[i],
            offset + bounds[j],
            quoted=classes[i - 1 : i] == "(" and surfaces[i - 1] in "「『“",
        )
    for match in _GENITIVE.finditer(classes):
        yield _genitive(match, classes, surfaces, bounds, offset)


# A run begins with a noun-like token, may hold anything noun-like, and joins Latin words over
# one space (New START) and katakana or Latin words over a joint (F-35, ニュークリア・シェアリング).
_NOUN = "[NVPGHACXSTLQ]"
_RUN = re.compile(rf"{_NOUN}+(?:(?:(?<=L)W(?=L)|-){_NOUN}+)*")

# X の Y with short sides, over the brackets of 核の「傘」; what follows must not go on.
_SIDE = "[NVPCXSL]"
_GENITIVE = re.compile(
    rf"(?<![NVPGHACXSTLQ\-J])({_SIDE}{{1,3}})J(\()?({_SIDE}{{1,3}})(?(2)\)|(?![NVPGHACXSTLQ\-J]))"
)


def _genitive(
    match: re.Match[str], classes: str, surfaces: list[str], bounds: list[int], offset: int
) -> Run:
    i, j = match.span()
    inner = [k for k in range(i, j) if classes[k] not in "()"]
    around = surfaces[i - 1] if i else ""
    return Run(
        tuple(surfaces[k] for k in inner),
        "".join(classes[k] for k in inner),
        offset + bounds[i],
        offset + bounds[j],
        genitive=True,
        quoted=match[2] is not None or (around in ("「", "『") and classes[j : j + 1] == ")"),
    )


def _refined(letters: list[str], surfaces: list[str]) -> list[str]:
    """Mend the classes that depend on the written form."""
    cut = words("cut")
    last = len(surfaces) - 1
    for i, surface in enumerate(surfaces):
        letter = letters[i]
        if letter == ".":
            continue
        if letter in "の・":
            letters[i] = _joint(letter, surface, surfaces, i, last)
        elif surface in cut and letter in "NVACS":  # not a prefix: 中|距離
            letters[i] = "B"
        elif letter == "H" and len(surface) == 1:
            letters[i] = "N"  # a kanji that is also a surname is rarely one inside a run
        elif letter in "NVP":
            if _LATIN.fullmatch(surface):
                letters[i] = "L"
            elif _COUNTRIES.fullmatch(surface):
                letters[i] = "G"
    return letters


def _joint(letter: str, surface: str, surfaces: list[str], i: int, last: int) -> str:
    """の joins two nouns; ・ and hyphen join katakana to katakana, Latin to Latin or digits."""
    if letter == "の":
        return "J" if surface == "の" else "."
    if surface not in JOINTS or not 0 < i < last:
        return "."
    before, after = surfaces[i - 1], surfaces[i + 1]
    katakana = _KATAKANA.fullmatch(before) and _KATAKANA.fullmatch(after)
    latin = _LATIN.fullmatch(before) and (_LATIN.fullmatch(after) or after.isdigit())
    return "-" if katakana or latin else "."


# Persons bound a run, with what is joined to them: エリック・ブリューワー.
_NAME = re.compile(r"(?:[NPL]-)*H+(?:-[NPLGH])*")


def _without_names(classes: str) -> str:
    return _NAME.sub(lambda name: "B" * len(name[0]), classes) if "H" in classes else classes


_COUNT = re.compile(r"X?Q+(?:[.]Q+)*[CSA]*")


def _without_counts(letters: list[str], surfaces: list[str]) -> str:
    """Bound the runs at dates, sums and counts; keep numerals that belong to a term."""
    classes = "".join(letters)
    for match in _COUNT.finditer(classes):
        i, j = match.span()
        q = i + (classes[i] == "X")
        ordinal = classes[i] == "X" and surfaces[i] == "第"
        if classes[q - 1 : q] == "-" and q - 1 >= 0:
            continue  # F-35: the digits of a name
        if _KANJI_NUMERAL.fullmatch(surfaces[q]) and _goes_on(classes, surfaces, q, ordinal):
            continue
        letters[i:j] = "B" * (j - i)
    return "".join(letters)


def _goes_on(classes: str, surfaces: list[str], q: int, ordinal: bool) -> bool:
    counter = surfaces[q + 1] if q + 1 < len(surfaces) else ""
    if not _COUNTED_INSIDE.fullmatch(counter):
        return False
    return ordinal or counter == "大国" or classes[q + 2 : q + 3] in tuple("NVPSC")
