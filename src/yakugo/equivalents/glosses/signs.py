"""The signs in a sentence that tie a term to its other form: brackets of all kinds, ＝, すなわち.

The term stands before the sign and its other forms behind it (拡大抑止（extended deterrence）), or
English before and the Japanese term behind (extended deterrence（拡大抑止）).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from yakugo.equivalents.glosses import beside
from yakugo.equivalents.glosses.abbreviations import (
    is_abbreviation,
    is_model,
    is_short_for,
    long_form,
    stands_for,
)
from yakugo.equivalents.glosses.beside import Ending, Term
from yakugo.equivalents.glosses.bounds import content_words, is_phrase, phrase, stretch_before
from yakugo.equivalents.glosses.bracketed import Form, forms, is_latin, is_no_form, is_tied, words

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def narrow(text: str) -> str:
    """A text with half-width letters, digits and marks; every character stays in its place."""
    return text if text.isascii() else text.translate(_NARROW)


class Tie(NamedTuple):
    """A term, its place in the sentence, and its other form."""

    term: str
    start: int
    end: int
    other: str


_SIGN = re.compile(r"[(\[〔【《〈=]|[、,]?(?:すなわち|即ち)[、,]?")
_INSIDE = {
    # One round bracket may stand in another: (National Security Council (NSC)).
    "(": re.compile(r"\(([^()]{2,200}(?:\([^()]*\)[^()]{0,100})?)\)"),
    "[": re.compile(r"\[([^\[\]]{2,200})\]"),
    "〔": re.compile("〔([^〔〕]{2,200})〕"),
    "【": re.compile("【([^【】]{2,200})】"),
    "《": re.compile("《([^《》]{2,200})》"),
    "〈": re.compile("〈([^〈〉]{2,200})〉"),
}
# What stands behind ＝ or すなわち is a whole word: not dual keyシステム, not 核 of 核の番人.
_ENGLISH_BEHIND = re.compile(
    r" ?([“\"「『]?[A-Za-zÀ-ž](?:[A-Za-zÀ-ž0-9 .'’&/\-]*[A-Za-zÀ-ž0-9])?+[”\"」』]?)"
    r"(?![一-鿿ァ-ヺ])"
)
_JAPANESE_BEHIND = re.compile(
    r" ?([一-鿿ァ-ヺー・]{2,}+)(?:$|[ 、。,)」』;]|(?:[はがをにでもと]|です|である)(?![ぁ-ゖ]))"
)
_OPENED_BY = dict(zip("」』”’\"'", "「『“‘\"'", strict=True))
_LONGEST_QUOTED = 90  # characters of English


def ties(sentence: str) -> Iterator[Tie]:
    """What a sentence says to be another form of a term."""
    text = narrow(sentence)
    at, chained = 0, (0, "", 0)
    while sign := _SIGN.search(text, at):
        at = sign.end()
        listed, close = _forms_behind(text, sign)
        if not listed:
            continue
        end, closing = _end_before(text, sign)
        if not end and chained[2] == sign.start() > 0:
            end, closing, _ = chained  # 国家安全保障会議（National Security Council）（NSC）
        if not end:
            continue
        found = list(_tied(sentence, text, end, closing, listed, sign[0]))
        if found:  # else there may be one inside: （…国家安全保障会議(NSC)…）
            at, chained = close, (end, closing, close)
        yield from found


def _forms_behind(text: str, sign: re.Match[str]) -> tuple[list[Form], int]:
    """The forms behind a sign, and where they end."""
    if sign[0] in _INSIDE:
        inside = _INSIDE[sign[0]].match(text, sign.start())
        if not inside:
            return [], 0
        listed = forms(inside[1], inside.start(1))
        if sign[0] != "(":  # other brackets hold headings, titles and the editor's words
            listed = [form for form in listed if form.latin or form.said]
        return listed, inside.end()
    behind = _ENGLISH_BEHIND.match(text, sign.end())
    if not behind and sign[0] == "=" and _is_latin_letter(text[sign.start() - 1 : sign.start()]):
        behind = _JAPANESE_BEHIND.match(text, sign.end())
    return (forms(behind[1], behind.start(1)), behind.end(1)) if behind else ([], 0)


def _end_before(text: str, sign: re.Match[str]) -> tuple[int, str]:
    """Where what stands before a sign ends, 0 if nothing does, and the quotation mark behind it."""
    end = sign.start() - (text[sign.start() - 1 : sign.start()] == " ")
    last = text[end - 1 : end]
    if last in _OPENED_BY and end > 1:
        return end - 1, last
    return (end, "") if last.isalnum() else (0, "")


def _tied(
    sentence: str, text: str, end: int, closing: str, listed: list[Form], sign: str
) -> Iterator[Tie]:
    """The ties of the forms to what ends at `end`, before a quotation mark or none (`closing`)."""
    if not _is_latin_letter(text[end - 1]):
        yield from _behind_japanese(sentence, text, end, listed, sign)
        return
    stretch = stretch_before(text, end)
    start = end - len(stretch)
    if closing:
        opening = text.rfind(_OPENED_BY[closing], max(0, end - _LONGEST_QUOTED), end)
        if opening >= 0 and is_latin(text[opening + 1 : end]):
            yield from _behind_english(sentence, text[opening + 1 : end], True, end, listed)
            return
    elif start and _JOINED.match(text, start - 1):
        before = beside.ending(sentence, end)
        if before and all(term.start != start for term in before.terms):  # 核ABM, but not 米NSC
            yield from _behind_japanese(sentence, text, end, listed, sign)
            return
    yield from _behind_english(sentence, stretch, False, end, listed)


_JOINED = re.compile("[一-鿿ァ-ヺー]")


def _is_latin_letter(letter: str) -> bool:
    return letter.isalnum() and letter < "\u0250"


# --- English before the sign


def _behind_english(
    sentence: str, stretch: str, exact: bool, end: int, listed: list[Form]
) -> Iterator[Tie]:
    """What is tied to the English that a stretch ends in, or is if `exact`."""
    latin = [form for form in listed if form.latin]
    japanese = [form for form in listed if not form.latin]
    if len(japanese) == 1 and japanese[0].said != "short":
        term = beside.filling(sentence, japanese[0].start, japanese[0].end)
        english = "" if term is None else stretch if exact else phrase(stretch, term.pieces)
        if term and is_latin(english) and not is_no_form(english) and not is_model(english):
            for other in (english, *(form.text for form in latin)):
                yield Tie(term.text, term.start, term.end, other)
    elif not japanese and stretch:
        last = stretch.split()[-1]
        for form in latin:
            if is_abbreviation(form.text):
                long = long_form(form.text, stretch)
                if long and not is_abbreviation(long) and is_phrase(long):
                    yield Tie(long, end - len(long), end, form.text)
            elif stands_for(last, form.text):
                yield Tie(form.text, form.start, form.end, last)


# --- a Japanese term before the sign


def _behind_japanese(
    sentence: str, text: str, end: int, listed: list[Form], sign: str
) -> Iterator[Tie]:
    """What is tied to the Japanese term that ends at a place."""
    if not any(form.latin or form.said or _is_worth_a_look(form, text, end) for form in listed):
        return
    before = beside.ending(sentence, end)
    if not before:
        return
    sure = is_tied(listed)
    for form in listed:
        if not form.latin:
            yield from _in_japanese(sentence, before, form, sign)
        elif (form.said or not form.behind or sure) and _fits(before, form.text, sign):
            for term in _named(before, form.text):
                yield Tie(term.text, term.start, term.end, form.text)


def _is_worth_a_look(form: Form, text: str, end: int) -> bool:
    """Whether a Japanese form could be tied to what stands before: most remarks are not."""
    before, last = text[max(0, end - 60) : end], text[end - 1]
    shared = form.text[0] in before or last in form.text
    return shared or _KATAKANA.search(last + form.text[-1]) is not None


_KATAKANA = re.compile("[ァ-ヺー]")


def _fits(before: Ending, english: str, sign: str) -> bool:
    """Whether English can be that of a term at all, by its size and what it is."""
    run = before.run
    if english in words("agency") and (run.classes[-1:] == "G" or sign == "="):
        return False  # 北京（AFP）, 写真＝AFP
    if is_model(english) and beside.says_what_sort(run.text):
        return False  # 戦闘機（F-35）
    if before.modified and not before.wider:
        return _needs(english) <= run.size + is_abbreviation(english)  # 軍事における革命（RMA）
    if not english[0].islower():
        return True  # ココム（Coordinating Committee for Multilateral Export Controls）
    return content_words(english) <= 2 * max(term.size for term in before.terms) + 2


def _needs(english: str) -> int:
    """How many words the Japanese of some English has, or of an abbreviation at most."""
    if is_abbreviation(english):
        return sum(map(str.isalpha, english))
    return content_words(english)


def _named(before: Ending, english: str) -> Sequence[Term]:
    """The terms that English names: 核の傘, not 傘, is as long as nuclear umbrella."""
    run = before.run
    if not before.wider or (needed := _needs(english)) <= run.size:
        return [run, before.bare] if before.bare else [run]
    if "に関する" in before.wider[-1].text:
        return [before.wider[-1]]  # 核兵器の不拡散に関する条約: what it is on is part of the name
    whole = next((term for term in before.wider if term.size >= needed), before.wider[-1])
    # An abbreviation may be that of a body that belongs to X: 学会の倫理委員会（JPEC）.
    both = is_abbreviation(english) and not whole.text.endswith(f"・{run.text}")
    return [run, whole] if both else [whole]


def _in_japanese(sentence: str, before: Ending, form: Form, sign: str) -> Iterator[Tie]:
    """A Japanese form in brackets: the short one or the full one, another name, another word."""
    run = before.run
    longer = next((term for term in before.terms if is_short_for(form.text, term.text)), None)
    if longer or form.said == "short":
        term = longer or run
        if term.text != form.text:
            yield Tie(term.text, term.start, term.end, form.text)
    elif form.said or is_short_for(run.text, form.text):
        filled = beside.filling(sentence, form.start, form.end)
        if filled and filled.text != run.text:
            if form.said:
                yield Tie(run.text, run.start, run.end, filled.text)
            else:
                yield Tie(filled.text, filled.start, filled.end, run.text)
    elif sign == "(" and beside.explains(run, form.text):
        yield Tie(run.text, run.start, run.end, form.text)
