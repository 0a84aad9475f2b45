"""Typed Japanese: what is the same term, and what comes near it.

A term may be typed as it is written, in another usual way to write it, in kana, in any
romanization, or with some of its pieces in kana; width, spaces and marks do not count. Near is
what is read alike but written otherwise (講演 for 公演), or what differs in a kana or a character
or two. A character that says no is no slip, nor is the contrary of one, nor a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

import jaconv
from rapidfuzz.distance import OSA, Indel, Levenshtein

from yakugo.drill.forgiving import Fold, Forgiven, folded, forgiven, narrow
from yakugo.drill.typed_english import Near
from yakugo.furigana import pieces
from yakugo.kana import hepburn, hiragana, romaji_key, sound_key
from yakugo.model import Term
from yakugo.tokens import reading
from yakugo.variants import form_of

_MARK = re.compile(r"[\W_]+")
_KANJI = re.compile(r"[々〆〇㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]+")
_ROMAJI = re.compile(r"(?i)[a-z'’ \-‐]+")

_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_NUMERALS = frozenset("〇一二三四五六七八九十百千万")


def passes(given: str, term: Term) -> tuple[Forgiven, ...] | None:
    """What is forgiven when the answer is the term, () for nothing; None when it is not."""
    found = forgiven(given, term.text, _FOLDS)
    if found is not None or not plain(given):
        return found
    return _as_read(given, term) or _as_written_otherwise(given, term)


def keys(term: Term) -> set[str]:
    """What all ways to type a term share, so that terms can be found by an answer."""
    return _keys(term.text, term.reading)


def keys_of(given: str) -> set[str]:
    """The keys under which the terms lie that an answer may be."""
    found = _keys(given, given)
    if not _ROMAJI.fullmatch(narrow(given)):
        found = {key for key in found if not key.startswith(_BY_ROMAJI)}
    return found


_BY_ROMAJI = "romaji "


def _keys(text: str, read: str) -> set[str]:
    written = plain(text)
    romaji = romaji_key(read)
    found = {written, heard(read), form_of(written) if written else ""}
    return found - {""} | ({_BY_ROMAJI + romaji} if romaji else set())


def plain(text: str) -> str:
    """A text without what does not count in how it is written."""
    return folded(text, _FOLDS)


def _without_marks(text: str) -> str:
    return _MARK.sub("", text)


def _with_kanji_numerals(text: str) -> str:
    return text.translate(_DIGITS)


_FOLDS: tuple[Fold, ...] = (
    (Forgiven.WIDTH, narrow),
    (Forgiven.CASE, str.casefold),
    (Forgiven.MARKS, _without_marks),
    (Forgiven.SCRIPT, jaconv.kata2hira),
    (Forgiven.NUMERAL, _with_kanji_numerals),
)


# --- by its reading


# Sounds of loan words that are spelt in two ways, as two kana: ヴァ バ, ウェ ウエ.
_SMALL = tuple(zip("ぁぃぇぉ", "あいえお", strict=True))
_LOAN_SOUNDS = (
    *((f"ゔ{small}", b) for small, b in zip("ぁぃぇぉ", "ばびべぼ", strict=True)),
    *((first + small, first + large) for first in "うく" for small, large in _SMALL),
    ("を", "お"),
)


def heard(text: str) -> str:
    """Kana as they sound, in hiragana; "" for what is not kana."""
    kana = hiragana(_without_marks(text))
    for spelt, sound in _LOAN_SOUNDS:
        kana = kana.replace(spelt, sound)
    return sound_key(kana)


@lru_cache(maxsize=20_000)
def _read(text: str, reviewed: str) -> str:
    return reviewed or reading(text)


def _as_read(given: str, term: Term) -> tuple[Forgiven, ...] | None:
    read = _read(term.text, term.reading)
    kana = heard(given)
    if kana:
        if kana != heard(read):
            return None
        exact = plain(given) == plain(read)
        return (Forgiven.KANA,) if exact else (Forgiven.KANA, Forgiven.SOUND)
    if _ROMAJI.fullmatch(latin := _ascii(given)):
        return (Forgiven.ROMAJI,) if _is_romaji_of(latin, read) else None
    written, converted = _without_latin(given, term)
    if any(written == plain("".join(way)) for way in _ways(term.text, read)):
        return (Forgiven.KANA, Forgiven.ROMAJI) if converted else (Forgiven.KANA,)
    return None


def _without_latin(given: str, term: Term) -> tuple[str, bool]:
    """An answer with its romaji in kana (核のkasa), if the term has no letters of its own."""
    text = narrow(given)
    if not _LATIN.search(text) or _LATIN.search(narrow(term.text)):
        return plain(given), False
    return plain(_LATIN.sub(lambda word: str(jaconv.alphabet2kana(word[0].lower())), text)), True


_MOST_PIECES = 8  # of which each may be in kana: 256 ways


@lru_cache(maxsize=2_000)
def _ways(text: str, read: str) -> tuple[tuple[str, ...], ...]:
    """The ways to write a term with any of its pieces in kana: 核のかさ, かくの傘."""
    cut = pieces(text, read)
    if sum(bool(piece.reading) for piece in cut) > _MOST_PIECES:
        return ((text,),)
    return tuple(product(*(dict.fromkeys((p.text, p.reading or p.text)) for p in cut)))


def _ascii(text: str) -> str:
    """Latin letters without the marks above them: dōmei → domei."""
    apart = unicodedata.normalize("NFD", narrow(text)).strip()
    return "".join(char for char in apart if not unicodedata.combining(char))


_N = re.compile(r"n(?P<more>[n'’ \-]*)(?=[aiueoy])")
_KANA_N = re.compile("(?P<moraic>ん?)(?P<row>[なにぬねの])|ん(?=[あいうえおやゆよ])")


def _is_romaji_of(latin: str, read: str) -> bool:
    return (
        bool(romaji_key(latin)) and romaji_key(latin) == romaji_key(read) and _same_n(latin, read)
    )


def _same_n(latin: str, read: str) -> bool:
    """Whether each n before a vowel is one or two as the kana has it.

    `romaji_key` takes them together, for nn is んn in こんな and ん in はんおう, typed hannou.
    """
    kana = hiragana(read)
    for typed, should in zip(_N.finditer(latin.casefold()), _KANA_N.finditer(kana), strict=False):
        two = "n" in typed["more"]
        apart = "'" in typed["more"] or "’" in typed["more"]
        if should["row"] and not should["moraic"] and (two or apart):
            return False  # な is no nna
        if should["row"] and should["moraic"] and not two:
            return False  # んな is no na
    return True


# --- in another way to write it


def _as_written_otherwise(given: str, term: Term) -> tuple[Forgiven, ...] | None:
    written, meant = _without_marks(narrow(given)), _without_marks(narrow(term.text))
    if not _KANJI.search(written) or form_of(written) != form_of(meant):
        return None
    return (Forgiven.VARIANT,)


# --- near misses

_NEGATING = frozenset("不非反対無未脱抗")
_NEGATING_SOUNDS = ("ふ", "ひ", "む", "み", "はん", "たい", "だつ")
_OPPOSITES = (
    "拡縮 増減 攻防 攻守 先後 前後 内外 有無 大小 高低 上下 開閉 加減 "
    "長短 遠近 強弱 新旧 正負 "
    "軽重 公私 官民 軍民"
)
_OPPOSITE = {frozenset(pair) for pair in _OPPOSITES.split()}
_CHARACTERS_AN_EDIT = 4
_KANA_AN_EDIT = 4
_FEWEST_KANA = 3
_LETTERS_AN_EDIT = 6
_MOST_EDITS = 3


def near(given: str, term: Term) -> Near | None:
    """The near miss that an answer is, compared as it was typed: in kana, romaji or as written."""
    if term.text.isascii():
        return None  # of an abbreviation each letter counts
    read = _read(term.text, term.reading)
    kana, meant = heard(given), heard(read)
    if kana and meant:
        return _near_in_kana(given, kana, read, meant)
    if meant and _ROMAJI.fullmatch(latin := _ascii(given)) and _LATIN.search(latin):
        return _near_in_romaji(latin, read)
    return _near_as_written(given, term.text, read)


def likeness(given: str, term: Term) -> float:
    """How much of two texts is the same, 0 to 1."""
    kana = heard(given)
    meant = heard(term.reading) if kana else plain(term.text)
    return Indel.normalized_similarity(kana or plain(given), meant)


def _near_in_kana(given: str, kana: str, read: str, meant: str) -> Near | None:
    edits = OSA.distance(kana, meant)
    most = min(_MOST_EDITS, max(len(meant) // _KANA_AN_EDIT, len(meant) >= _FEWEST_KANA))
    if not 0 < edits <= most or _negated(kana, meant, edits, _NEGATING_SOUNDS):
        return None
    if edits > 1 and edits == abs(len(kana) - len(meant)) and (kana in meant or meant in kana):
        return None  # a piece more or less: 濃縮ウラン, 高濃縮ウラン
    return Near(edits, _without_marks(narrow(given)), _without_marks(narrow(read)))


def _near_in_romaji(latin: str, read: str) -> Near | None:
    typed, meant = romaji_key(latin), romaji_key(read)
    letters = re.sub("[^a-z']", "", latin.casefold())
    edits = OSA.distance(typed, meant)
    if edits:
        sounds = [romaji_key(sound) for sound in _NEGATING_SOUNDS]
        most = min(_MOST_EDITS, len(meant) // _LETTERS_AN_EDIT)
        if edits > most or _negated(typed, meant, edits, sounds):
            return None
    ways = _romanizations(read, kunrei=bool(_IS_KUNREI.search(letters)))
    return Near(edits or 1, letters, min(ways, key=lambda way: OSA.distance(letters, way)))


def _negated(typed: str, meant: str, edits: int, sounds: Iterable[str]) -> bool:
    """Whether what differs can be a syllable that says no: かくかくさん, かくふかくさん."""
    short, long = sorted((typed, meant), key=len)
    return any(
        OSA.distance(long[:i] + long[i + len(sound) :], short) <= edits - len(sound)
        for sound in sounds
        for i in range(len(long))
        if long.startswith(sound, i)
    )


_KUNREI = (
    *(("sh([auo])", r"sy\1"), ("shi", "si"), ("ch([auo])", r"ty\1"), ("chi", "ti")),
    *(("tsu", "tu"), ("fu", "hu"), ("j([auo])", r"zy\1"), ("ji", "zi")),
)
_IS_KUNREI = re.compile("[stz][iy]|tu|hu")
_LONG = re.compile(r"(?<=o)[ou]|(?<=u)u|(?<=a)a|(?<=e)e")


def _romanizations(read: str, kunrei: bool) -> Iterator[str]:
    """A reading in Hepburn or in Kunrei, with long vowels and without."""
    letters = _MARK.sub("", hepburn(read))
    for pattern, instead in _KUNREI if kunrei else ():
        letters = re.sub(pattern, instead, letters)
    yield letters
    yield _LONG.sub("", letters)


def _near_as_written(given: str, text: str, read: str) -> Near | None:
    typed = _without_marks(narrow(given))
    found = [
        Near(edits, typed, _without_marks(narrow(way)))
        for way in map("".join, _ways(text, read))
        if _noes(way) == _noes(text) and (edits := _changed_characters(plain(given), plain(way)))
    ]
    if found:
        return min(found)
    sounds = heard(reading(typed)) if _KANJI.search(typed) else ""
    if sounds and sounds == heard(read):
        return Near(1, typed, text)
    return None


def _noes(text: str) -> list[str]:
    """The characters that say no."""
    return [char for char in text if char in _NEGATING]


def _changed_characters(typed: str, meant: str) -> int:
    """How many characters are changed, when they are few and do not turn the meaning; else 0.

    Of kanji one may be another, be missing or too much, but not before or behind the rest.
    """
    edits = OSA.distance(typed, meant)
    if not 0 < edits <= min(_MOST_EDITS, len(meant) // _CHARACTERS_AN_EDIT):
        return 0
    kanji = 0
    for step in Levenshtein.opcodes(typed, meant):
        if step.tag == "equal":
            continue
        wrote = typed[step.src_start : step.src_end]
        should = meant[step.dest_start : step.dest_end]
        if _LATIN.search(wrote + should) or set(wrote + should) & _NUMERALS:
            return 0
        if _noes(wrote) != _noes(should):
            return 0
        if any(frozenset(pair) in _OPPOSITE for pair in zip(wrote, should, strict=False)):
            return 0
        if _KANJI.search(wrote + should):
            kanji += max(len(wrote), len(should))
            at_the_end = step.dest_start == 0 or step.dest_end == len(meant)
            if kanji > 1 or (at_the_end and step.tag != "replace"):
                return 0
    return edits
