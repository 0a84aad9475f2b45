"""Furigana: which piece of a text carries which part of its reading.

The tokenizer cuts the text and knows likely readings; a reviewed reading, when there is one, is
laid over the pieces at the least cost. Kana hold their places in it, so that 取り除く is read
取[と]り 除[のぞ]く; where the tokenizer reads otherwise (三本|柱 as みもと|はしら), the reviewed
reading wins and the pieces are cut to fit: 三[さん] 本[ぼん] 柱[ばしら].
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from yakugo.kana import hiragana
from yakugo.tokens import dictionary, tokenize

# ヶ is read か, が or こ (一ヶ月, 霞ヶ関): it behaves as a kanji.
_KANJI = "々〆〇ヵヶ\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "ぁ-ゖァ-ヴーゝゞヽヾｦ-ﾟ"
_LATIN = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_SCRIPTS = re.compile(
    rf"(?P<kanji>[{_KANJI}]+)|(?P<kana>[{_KANA}]+)|(?P<latin>[{_LATIN}]+)"
    rf"|(?P<mark>[^{_KANJI}{_KANA}{_LATIN}]+)"
)
_SOUND = re.compile(rf"[{_KANA}]+")
_SYMBOLS = ("補助記号", "記号", "空白")  # all read キゴウ by the tokenizer
# Read digit by digit by the tokenizer: 二〇二六 as ニレイニロク, which nobody says.
_NUMERAL = re.compile(r"[〇一二三四五六七八九]{2,}")

# What it costs to read a piece otherwise than the tokenizer does.
_OTHER_READING = 1  # 傘 as サン, which the dictionary has too
_CHANGED_SOUND = 1  # 会 as がい, 発 as はっ
_SPLIT = 2  # kanji by kanji
_SILENT = 1  # letters and digits, with or without their part of the reading
_UNKNOWN = 10  # a kanji: any reading; and 1 for each kana more or less than the usual two
_USUAL_KANA = 2
_MOST_KANA = 5  # 志 こころざし
_MOST_KANA_OF_A_LETTER = 6  # W ダブリュー, 5% ごパーセント

# In Anki's notation brackets hold a reading and a space bounds what is read.
_NO_READING = str.maketrans("[]", "［］")
_READ_AS_ONE = str.maketrans("[] ", "［］\u00a0")


class Piece(NamedTuple):
    """A part of a text and its reading, which is empty when the part carries none."""

    text: str
    reading: str = ""


def furigana(text: str, reading: str = "") -> str:
    """Text in Anki's furigana notation: `核[かく]の 傘[かさ]`, a space before each later piece.

    `reading` is the reviewed reading; without one each token has the tokenizer's. Square brackets
    of the text become full-width ones. The result is not yet escaped for HTML.
    """
    return notation(pieces(text, reading))


def notation(cut: Iterable[Piece]) -> str:
    """Pieces in the notation of `furigana`."""
    written: list[str] = []
    for piece in cut:
        if piece.reading:
            space = " " if written else ""
            written.append(f"{space}{piece.text.translate(_READ_AS_ONE)}[{piece.reading}]")
        else:
            written.append(piece.text.translate(_NO_READING))
    return "".join(written)


def pieces(text: str, reading: str = "") -> list[Piece]:
    """Cut text into pieces with their readings; the pieces joined are the text.

    Kana, Latin letters, digits and marks carry no reading. A reading that does not fit the kana
    of the text stands over the whole text as one piece.
    """
    cut = [
        piece
        for token in tokenize(text)
        for piece in _of_token(token.surface, token.reading, token.pos[0])
    ]
    sound = _sound(reading)
    if not sound:
        return [Piece(p.text) if _NUMERAL.fullmatch(p.text) else p for p in cut]
    if not any(_script(p.text) == "kanji" for p in cut):
        return [Piece(text)]
    if "".join(p.reading or hiragana(p.text) for p in cut) == hiragana(sound):
        return _sounding(cut, sound)  # as the tokenizer has it, which costs nothing
    return _align(cut, sound) or [Piece(text, sound)]


def _sounding(cut: list[Piece], sound: str) -> list[Piece]:
    """Pieces with their parts of a reading, which is the same but for the script of its kana."""
    found: list[Piece] = []
    start = 0
    for piece in cut:
        end = start + len(piece.reading or piece.text)
        found.append(Piece(piece.text, sound[start:end] if piece.reading else ""))
        start = end
    return found


@lru_cache(maxsize=50_000)  # texts have few words, and say them often
def _of_token(surface: str, katakana: str, part_of_speech: str) -> tuple[Piece, ...]:
    """A token by its scripts, each kanji part with its share of the tokenizer's reading."""
    parts = [Piece(match[0]) for match in _SCRIPTS.finditer(surface)]
    kanji = [part for part in parts if _script(part.text) == "kanji"]
    sound = hiragana(katakana)
    if not kanji or not _SOUND.fullmatch(sound) or part_of_speech in _SYMBOLS:
        return tuple(parts)
    if len(parts) == 1:
        return (Piece(surface, sound),)
    return tuple(_align(parts, sound) or [Piece(surface, sound)])


def _script(text: str) -> str:
    match = _SCRIPTS.fullmatch(text)
    return str(match.lastgroup) if match else "kanji"  # a token that is read as a whole


def _sound(reading: str) -> str:
    """What is heard of a reading: its kana in full width, as they are spelt."""
    return "".join(_SOUND.findall(unicodedata.normalize("NFKC", reading)))


class _Part(NamedTuple):
    """A piece laid on the reading up to `end`; not `sure` when only its neighbours fix it."""

    text: str
    end: int
    silent: bool = False
    sure: bool = True


class _Way(NamedTuple):
    """One way to read a piece: how far it reaches, in which parts, at which cost."""

    end: int
    cost: int
    parts: tuple[_Part, ...]


def _align(cut: list[Piece], sound: str) -> list[Piece] | None:
    """Lay a reading over pieces at the least cost, or None when it does not fit."""
    heard = hiragana(sound)
    best = {0: _Way(0, 0, ())}
    for piece in cut:
        following: dict[int, _Way] = {}
        for before in best.values():
            for way in _ways(piece, heard, before.end):
                cost = before.cost + way.cost
                if way.end not in following or cost < following[way.end].cost:
                    following[way.end] = _Way(way.end, cost, before.parts + way.parts)
        best = following
    if len(heard) not in best:
        return None
    aligned: list[Piece] = []
    start = 0
    joins = False
    for part in best[len(heard)].parts:
        reading = "" if part.silent else sound[start : part.end]
        if joins and not part.sure:  # where one unknown reading ends and the next begins: unknown
            last = aligned.pop()
            aligned.append(Piece(last.text + part.text, last.reading + reading))
        else:
            aligned.append(Piece(part.text, reading))
        start = part.end
        joins = not part.sure
    return aligned


def _ways(piece: Piece, heard: str, start: int) -> Iterator[_Way]:
    text = piece.text
    script = _script(text)
    if script == "mark":
        yield _Way(start, 0, (_Part(text, start, silent=True),))
    elif script == "kana":
        spelt = hiragana(text)
        if heard.startswith(spelt, start):
            end = start + len(spelt)
            yield _Way(end, 0, (_Part(text, end, silent=True),))
    elif script == "latin":
        longest = min(len(heard), start + _MOST_KANA_OF_A_LETTER * len(text))
        for end in range(start, longest + 1):
            yield _Way(end, _SILENT, (_Part(text, end, silent=True),))
    else:
        known = (piece.reading, *_dictionary_readings(text))
        for end, cost in _known(known, heard, start):
            yield _Way(end, cost, (_Part(text, end),))
        if len(text) > 1:
            yield from _kanji_by_kanji(text, "", heard, start, _SPLIT)
        yield from _unknown(text, heard, start)


def _known(readings: tuple[str, ...], heard: str, start: int) -> Iterator[tuple[int, int]]:
    """Where a piece ends that is read in one of these ways, the first being the expected one."""
    for i, reading in enumerate(readings):
        end = start + len(reading)
        if reading and end <= len(heard):
            cost = _OTHER_READING if i else 0
            if heard.startswith(reading, start):
                yield end, cost
            elif _sounds_like(reading, heard[start:end]):
                yield end, cost + _CHANGED_SOUND


def _kanji_by_kanji(text: str, before: str, heard: str, start: int, cost: int) -> Iterator[_Way]:
    if not text:
        yield _Way(start, cost, ())
        return
    first = before if text[0] == "々" and before else text[0]
    for end, extra in _known(_dictionary_readings(first), heard, start):
        part = _Part(text[0], end)
        for rest in _kanji_by_kanji(text[1:], first, heard, end, cost + extra):
            yield rest._replace(parts=(part, *rest.parts))


def _unknown(text: str, heard: str, start: int) -> Iterator[_Way]:
    usual = _USUAL_KANA * len(text)
    for end in range(start + 1, min(len(heard), start + _MOST_KANA * len(text)) + 1):
        cost = _UNKNOWN * len(text) + abs(end - start - usual)
        yield _Way(end, cost, (_Part(text, end, sure=False),))


@lru_cache(maxsize=10_000)
def _dictionary_readings(text: str) -> tuple[str, ...]:
    """All readings that the dictionary has for a written form, in hiragana."""
    words = (m for m in dictionary().lookup(text) if m.part_of_speech()[0] not in _SYMBOLS)
    readings = (hiragana(word.reading_form()) for word in words)
    return tuple(dict.fromkeys(r for r in readings if _SOUND.fullmatch(r)))


def _sounds_like(reading: str, heard: str) -> bool:
    """Whether only the seams differ: a voiced first kana (傘 がさ) or っ at the end (発 はっ)."""
    if _voiceless(reading[0]) != _voiceless(heard[0]):
        return False
    same_end = reading[1:] == heard[1:]
    return same_end or (
        len(reading) > 1
        and heard == heard[:1] + reading[1:-1] + "っ"
        and reading[-1] in "つちくきう"
    )


def _voiceless(kana: str) -> str:
    return unicodedata.normalize("NFD", kana)[0]
