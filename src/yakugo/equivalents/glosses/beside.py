"""The Japanese terms beside a bracket: those that end before it, and the one that fills it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from yakugo import nonterms
from yakugo.equivalents.glosses.bracketed import words
from yakugo.kana import hiragana
from yakugo.reference import commonness
from yakugo.spans import cut_of
from yakugo.tokens import Run, joint, phrase_runs, phrases, pieces_of, reading, tokenize


class Term(NamedTuple):
    """A term at its place in a sentence; `text` is NFKC and has no quotation marks.

    `classes` are the letters of its pieces (see `tokens`).
    """

    text: str
    start: int
    end: int
    pieces: tuple[str, ...]
    classes: str

    @property
    def size(self) -> int:
        """About how many English words it takes: its pieces, long katakana for two."""
        return sum(max(1, len(piece) // _LETTERS_A_WORD) for piece in self.pieces)


class Ending(NamedTuple):
    """What ends at a place: the run, without its country too, and what it is the end of.

    `bare` is 連邦捜査局 of 米連邦捜査局; `wider` are X の Y, X・Y and the like, the shortest first.
    `modified` says that a verb or an adjective stands before the run (軍事における|革命).
    """

    run: Term
    bare: Term | None = None
    wider: Sequence[Term] = ()
    modified: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        """All of them, the run first."""
        return (self.run, *([self.bare] if self.bare else []), *self.wider)


_LETTERS_A_WORD = 5
_FAR = 60  # characters before a bracket; no term is longer
_MARKS = "。、（("  # no term goes over them: what is analysed stays short
_LETTER = re.compile("[一-鿿ァ-ヺーA-Za-z]")
_MODIFIER = re.compile("[ぁ-ゖ](?<![はをがもとでにへやの])")
_MOST_JOINED = 2  # runs before the last one
_OPENED_BY = {"」": "「", "』": "『"}
_LONGEST_QUOTED = 24  # characters


def ending(text: str, end: int) -> Ending | None:
    """The terms that end at a place in a sentence, behind which a closing quotation mark may stand.

    None when none does, or when it is the post of a person: 岸田首相(…). What the writer quotes
    is the term, whatever it is made of: 「軍事における革命」(…).
    """
    if quote := _OPENED_BY.get(text[end : end + 1]):
        opening = text.rfind(quote, max(0, end - _FAR), end)
        if opening >= 0 and text[opening - 1 : opening] != "の":
            return _quoted(text, opening + 1, end)
    far = max(0, end - _FAR)
    begin = max([far, *[text.rfind(mark, far, end - 1) + 1 for mark in _MARKS]])
    # With the bracket, so that it is analysed as in the sentence.
    found = _runs(text[begin : end + 1], begin)
    i = next((i for i, run in enumerate(found) if run.end == end), -1)
    if i < 0 or (found[i].start == far > 0):
        return None  # none, or perhaps the end of a word
    run = _core(found[i])
    if run is None:
        return None
    before = text[run.start - 1] if run.start else ""
    if _LETTER.match(before) and _is_no_whole(run):
        return None
    placed = run.pieces[0] in nonterms.words("country") and len(run.pieces) > 2
    wider: list[Term] = []
    whole = run
    for one in found[max(0, i - _MOST_JOINED) : i][::-1]:
        by = joint(text, one.end, whole.start)
        left = _core(one) if by in _JOINTS else None
        if left is None or left.end != one.end or not left.classes.strip("G"):
            break
        whole = _joined(text, left, by, whole)
        wider.append(whole)
    modified = _MODIFIER.match(before) is not None
    return Ending(run, _without_first_piece(run) if placed else None, wider, modified)


_JOINTS = ("の", "・", "に関する")


def _quoted(text: str, start: int, end: int) -> Ending | None:
    """What stands in quotation marks, if it is a term or ends as one."""
    filled = filling(text, start, end)
    if filled:
        return Ending(filled)
    written = unicodedata.normalize("NFKC", text[start:end])
    if len(written) > _LONGEST_QUOTED or not _JAPANESE.fullmatch(written):
        return None
    found = _runs(text[start:end], start)
    if not found or found[-1].end != end:
        return None  # 「抑止は死んだ」
    pieces = tuple(piece for run in found for piece in pieces_of(run.form))
    return Ending(Term(written, start, end, pieces, ""))


_JAPANESE = re.compile(r"[\w・゠-]*[一-鿿ァ-ヺ][\w・゠-]*")


_phrase_runs = lru_cache(maxsize=10_000)(phrase_runs)  # texts say the same again and again


def _runs(text: str, at: int) -> list[Run]:
    """The runs of a part of a sentence, which stands there at this place."""
    found = []
    for phrase, behind in phrases(text):
        for form, start, end, quoted, said in _phrase_runs(phrase):
            found.append(Run(form, at + start, at + end, quoted, said))
        at += len(phrase) + len(behind)
    return found


def _core(run: Run) -> Term | None:
    """A run without what only stands before or behind a term."""
    cut = cut_of(run.form)
    i, j = cut.begin, cut.end
    if i == j:
        return None
    start = run.start + sum(map(len, cut.written[:i]))
    end = run.end - sum(map(len, cut.written[j:]))
    return Term(cut.core(), start, end, cut.pieces[i:j], cut.classes[i:j])


def _without_first_piece(term: Term) -> Term:
    at = len(term.pieces[0])
    return Term(term.text[at:], term.start + at, term.end, term.pieces[1:], term.classes[1:])


def _joined(text: str, left: Term, by: str, right: Term) -> Term:
    opened = text[left.end : right.start].strip("」』の・に関する")
    closes = bool(opened) and text[right.end : right.end + 1] in ("」", "』")
    return Term(
        f"{left.text}{by}{right.text}",
        left.start,
        right.end + closes,  # 核の「傘」 ends with its bracket
        left.pieces + right.pieces,
        left.classes + right.classes,
    )


def _is_no_whole(term: Term) -> bool:
    """Whether a term right behind a letter is the end of a word or a person's post: 岸田|首相."""
    return len(term.pieces) == 1 or term.text.endswith(_posts())


@cache
def _posts() -> tuple[str, ...]:
    return tuple(nonterms.words("post", "person", "speaker"))


def filling(text: str, start: int, end: int) -> Term | None:
    """The term that fills a place from end to end: 核の傘, 核兵器不拡散条約; None if none does.

    Places and what says whose a thing is and of what sort are none: 米シンクタンク.
    """
    found = _runs(text[start:end], start)
    terms = [_core(run) for run in found]
    whole = terms[0] if terms else None
    if whole is None or whole.start != start:
        return None
    links = 0
    for term in terms[1:]:
        by = joint(text, whole.end, term.start) if term else ""
        links += by == "・"
        if term is None or by not in _JOINTS or links > 1:
            return None  # 米・英・仏 is a list
        whole = _joined(text, whole, by, term)
    placed = whole.pieces[0] in nonterms.words("country") or (
        whole.classes[0] == "G" and len(whole.pieces) == 2
    )
    if whole.end != end or not whole.classes.strip("G"):
        return None
    return None if placed and says_what_sort(whole.text) else whole


def says_what_sort(text: str) -> bool:
    """Whether a term says of what sort a thing or a person is: 巡航ミサイル, 国連事務総長."""
    return text.endswith(_sorts())


@cache
def _sorts() -> tuple[str, ...]:
    return (*words("kind"), *nonterms.words("post", "person"))


_KATAKANA = re.compile("[ァ-ヺー・]{3,}")
_KANJI = re.compile("[一-鿿]")
_LONGEST_WORD = 12  # characters
_MOST_PIECES = 4
_EVERYBODY_S = 3.5  # commonness: ten in a million words
_WORD_CLASSES = ("名詞", "動詞", "接頭辞", "接尾辞", "形状詞")


def explains(term: Term, word: str) -> bool:
    """Whether a Japanese word in brackets says in other words what a term is.

    That is a word for katakana that not everybody knows (トリップワイヤ(引き金), not サイズ(…)), or
    katakana for an idea (強靱性(レジリエンス)).
    """
    if says_what_sort(term.text) or len(word) > _LONGEST_WORD or word in term.text:
        return False
    if _KATAKANA.fullmatch(term.text):
        rare = commonness(term.text) < _EVERYBODY_S
        return rare and set(term.classes) <= set("NV-") and _is_word(word)
    return (
        _KANJI.search(term.text) is not None
        and _KATAKANA.fullmatch(word) is not None
        and word.endswith(tuple(words("abstract")))
        and hiragana(reading(term.text)) != hiragana(word)
        and all(token.pos[1] == "普通名詞" for token in tokenize(word))
    )


def _is_word(text: str) -> bool:
    """Whether a text is a noun or a verb used as one (切り離し), and no name, number or remark."""
    if not _KANJI.search(text) or says_what_sort(text) or text.endswith(tuple(words("aside"))):
        return False
    tokens = tokenize(text)
    first, last = tokens[0], tokens[-1]
    return (
        len(tokens) <= _MOST_PIECES
        and all(token.pos[0] in _WORD_CLASSES or token.surface == "の" for token in tokens)
        and not any(token.pos[1] in ("固有名詞", "数詞") for token in tokens)
        and first.pos[0] in ("名詞", "動詞")
        and (last.pos[0] in ("名詞", "接尾辞") or last.pos[5].startswith("連用形"))
    )
