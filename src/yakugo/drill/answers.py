"""Typed answers, judged kindly: what a teacher would let pass passes, and nothing else.

English may differ in case, hyphens, number, articles, and US or UK spelling; Japanese may be in
kanji, kana or any romanization, or in a mixture. What is nearly right is said to be, with what
differs. A negation is never forgiven: proliferation is not nonproliferation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, Levenshtein

from yakugo.equivalents import english
from yakugo.furigana import pieces
from yakugo.kana import hepburn, hiragana, romaji_key, sound_key
from yakugo.model import ENGLISH, JAPANESE, USABLE, Concept, Term
from yakugo.variants import form_of


class Verdict(StrEnum):
    """How right an answer is."""

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"


class Part(StrEnum):
    """A stretch of the difference between what was typed and what was meant."""

    SAME = "same"
    EXTRA = "extra"  # typed, and not in the term
    MISSING = "missing"  # in the term, and not typed


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of an answer.

    `term` is the term that was given, or the one that comes nearest; `diff` leads from what was
    typed to it, where that is nearly right. `avoid` says that the term given is not to be used;
    `meant` is the id of another concept that the answer is right for.
    """

    verdict: Verdict
    term: Term
    diff: tuple[tuple[Part, str], ...] = ()
    avoid: bool = False
    meant: str = ""


_NOT_WORDS = re.compile(r"[^\w]+")
_SEVERAL = re.compile(r"\s*[;；/／、]\s*")
_IN_BRACKETS = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*")
_LATIN = re.compile(r"[A-Za-z]")
# What turns a phrase into its contrary.
_NEGATION = re.compile(
    r"\b(?:anti|counter|de|dis|im|in|mis|non|un)[- ]?(?=[a-z]{3})|\b(?:no|not)\b"
)
_NEGATING = frozenset("不非反対無未脱")
_SHORT = 5  # letters of which each one counts: NPT is not NPR
_LETTERS_AN_EDIT = 6  # of English for each edit of a near miss
_KANA_AN_EDIT = 4
_MOST_EDITS = 3


class Judge:
    """Judges answers with all terms of a glossary in mind."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._meant: dict[tuple[str, str], list[str]] = {}
        for concept in concepts:
            for term in concept.terms:
                if term.usage in USABLE:
                    for key in _keys(term):
                        self._meant.setdefault((term.language, key), []).append(concept.id)

    def judge(self, given: str, concept: Concept, language: str) -> Judgement:
        """Judge what was typed for a concept in a language; of several answers the best counts.

        The concept has a usable term in that language.
        """
        parts = [part for part in _SEVERAL.split(given) if part.strip()] or [""]
        judged = [self._judge(part, concept, language) for part in dict.fromkeys((given, *parts))]
        order = list(Verdict)
        return min(judged, key=lambda one: order.index(one.verdict))

    def _judge(self, given: str, concept: Concept, language: str) -> Judgement:
        terms = concept.in_language(language)
        usable = sorted(
            (term for term in terms if term.usage in USABLE),
            key=lambda term: USABLE.index(term.usage),
        )
        right = _is_english if language == ENGLISH else _is_japanese
        for term in usable:
            if right(given, term):
                return Judgement(Verdict.RIGHT, term)
        if any(right(given, term) for term in terms):
            return Judgement(Verdict.WRONG, usable[0], avoid=True)
        meant = self._meaning(given, language)
        near = _near_english if language == ENGLISH else _near_japanese
        if not meant:
            found = [(edits, i) for i, t in enumerate(usable) if (edits := near(given, t))]
            if found:
                term = usable[min(found)[1]]
                return Judgement(Verdict.NEAR, term, difference(given.strip(), _shown(given, term)))
        return Judgement(Verdict.WRONG, usable[0], meant=meant)

    def _meaning(self, given: str, language: str) -> str:
        keys = _english_keys(given) if language == ENGLISH else _japanese_keys(given)
        found = (id for key in keys for id in self._meant.get((language, key), ()))
        return next(found, "")


def difference(given: str, term: str) -> tuple[tuple[Part, str], ...]:
    """What is typed too much and what is missing; SAME and EXTRA joined are what was typed."""
    found: list[tuple[Part, str]] = []
    for step in Levenshtein.opcodes(given, term):
        typed = given[step.src_start : step.src_end]
        meant = term[step.dest_start : step.dest_end]
        if step.tag == "equal":
            found.append((Part.SAME, typed))
            continue
        found += [(Part.EXTRA, typed)] * bool(typed) + [(Part.MISSING, meant)] * bool(meant)
    return tuple(found)


def _keys(term: Term) -> frozenset[str]:
    if term.language == ENGLISH:
        return _english_keys(term.text)
    return _japanese_keys(term.text) | ({sound_key(term.reading)} - {""})


# --- English


@lru_cache(maxsize=20_000)
def _english_keys(text: str) -> frozenset[str]:
    """What all spellings of a phrase share; two where it has a part in brackets."""
    text = unicodedata.normalize("NFKC", text).replace("&", " and ")
    with_it = _IN_BRACKETS.sub(r" \1 ", text)
    without = _IN_BRACKETS.sub(" ", text)
    keys = {english.key(one).replace(" ", "") for one in (with_it, without) if one.strip()}
    return frozenset(keys - {""})


def _is_english(given: str, term: Term) -> bool:
    return bool(_english_keys(given) & _english_keys(term.text))


def _near_english(given: str, term: Term) -> int:
    """How many edits lead to the term when they are few; 0 when it is not near."""
    if _is_acronym(term.text) or _without_negations(given) & _without_negations(term.text):
        return 0
    return min(
        (
            edits
            for one in _english_keys(given)
            for other in _english_keys(term.text)
            if 0 < (edits := OSA.distance(one, other)) <= _allowed(other, _LETTERS_AN_EDIT)
        ),
        default=0,
    )


def _is_acronym(text: str) -> bool:
    letters = _NOT_WORDS.sub("", text)
    return len(letters) <= _SHORT or (letters.isupper() and len(letters) <= 2 * _SHORT)


def _without_negations(text: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _english_keys(_NEGATION.sub(" ", folded))


def _allowed(key: str, letters: int) -> int:
    return min(_MOST_EDITS, len(key) // letters)


# --- Japanese


def _japanese_keys(text: str) -> frozenset[str]:
    folded = _folded(text)
    keys = {folded, sound_key(text), form_of(folded)} if folded else set[str]()
    return frozenset(keys - {""})


def _folded(text: str) -> str:
    """Without width, case, marks and spaces."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _is_japanese(given: str, term: Term) -> bool:
    folded = _folded(given)
    if not folded:
        return False
    if folded == _folded(term.text) or form_of(folded) == form_of(_folded(term.text)):
        return True
    if not term.reading:
        return False
    kana = sound_key(given)
    if kana:
        return kana == sound_key(term.reading)
    if given.isascii() or not _has_japanese(given):
        return bool(_LATIN.search(given)) and romaji_key(given) == romaji_key(term.reading)
    return bool(_mixed(term.text, term.reading).fullmatch(hiragana(folded)))


def _has_japanese(text: str) -> bool:
    return any(unicodedata.name(char, "").startswith(("CJK", "HIRA", "KATA")) for char in text)


@lru_cache(maxsize=20_000)
def _mixed(text: str, reading: str) -> re.Pattern[str]:
    """The term with any of its pieces in kana: 核のかさ, かくの傘."""
    ways = []
    for piece in pieces(text, reading):
        written = re.escape(hiragana(_folded(piece.text)))
        sound = re.escape(hiragana(piece.reading))
        ways.append(f"(?:{written}|{sound})" if sound else written)
    return re.compile("".join(ways))


def _near_japanese(given: str, term: Term) -> int:
    if _is_acronym(term.text) and term.text.isascii():
        return 0
    found = []
    kana, reading = sound_key(given), sound_key(term.reading)
    if kana and reading:
        found.append((OSA.distance(kana, reading), _allowed(reading, _KANA_AN_EDIT)))
    elif reading and given.isascii() and _LATIN.search(given):
        key = romaji_key(term.reading)
        found.append((OSA.distance(romaji_key(given), key), _allowed(key, _LETTERS_AN_EDIT)))
    else:
        written, meant = _folded(given), _folded(term.text)
        if set(written) & _NEGATING == set(meant) & _NEGATING:
            found.append((OSA.distance(written, meant), _allowed(meant, _KANA_AN_EDIT)))
    return next((edits for edits, most in found if 0 < edits <= most), 0)


def _shown(given: str, term: Term) -> str:
    """The term as the answer was typed: in letters, in kana, or as it is written."""
    if term.language == JAPANESE and term.reading and sound_key(given):
        return term.reading
    if term.language == JAPANESE and term.reading and given.isascii():
        return hepburn(term.reading)
    return term.text
