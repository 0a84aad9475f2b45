"""Typed answers, judged kindly: what a teacher would let pass passes, and nothing else.

English may differ in case, hyphens, number, articles, and US or UK spelling; Japanese may be in
kanji, kana or any romanization, or in a mixture (see typed_english.py, typed_japanese.py). What is
nearly right is said to be, with what differs. A negation is never forgiven: proliferation is not
nonproliferation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from yakugo.drill import typed_english, typed_japanese
from yakugo.drill.forgiving import Forgiven, narrow
from yakugo.drill.typed_english import Near
from yakugo.kana import hiragana
from yakugo.model import ENGLISH, USABLE, Concept, Term


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
    typed to it, where that is nearly right. `forgiven` says in what a right answer differs.
    `avoid` says that the term given is not to be used, `term` being the one that is; `meant` is
    the id of another concept that the answer is right for.
    """

    verdict: Verdict
    term: Term
    diff: tuple[tuple[Part, str], ...] = ()
    avoid: bool = False
    meant: str = ""
    forgiven: tuple[Forgiven, ...] = ()


_SEVERAL = re.compile(r"\s*(?:[;/、,]|\bor\b)\s*")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_MOST_ANSWERS = 8
_TOO_LONG = 20  # times the longest term, and characters: a text that was pasted


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
        """Judge what was typed for a concept in a language.

        Several answers (deterrence; deterrent) are right when each of them is, and nearly so when
        some are: who is not sure has not known it. The concept has a usable term in the language.
        """
        given = given.encode("utf-8", "replace").decode("utf-8")
        terms = concept.in_language(language)
        longest = max((len(term.text) + len(term.reading) for term in terms), default=0)
        if len(given) > _TOO_LONG * (longest + 1):
            return Judgement(Verdict.WRONG, _usable(terms)[0])
        judged = [
            self._together(given, parts, concept, language) for parts in _answers(given, terms)
        ]
        return min(judged, key=_order)

    def _together(
        self, given: str, parts: Sequence[str], concept: Concept, language: str
    ) -> Judgement:
        """One verdict on all answers that were given at once."""
        judged = [self._judge(part, concept, language) for part in parts]
        right = [one for one in judged if one.verdict is Verdict.RIGHT]
        if len(right) == len(judged):
            return right[0]
        if right:
            term = right[0].term
            return Judgement(Verdict.NEAR, term, difference(given.strip(), term.text))
        return min(judged, key=_order)

    def _judge(self, given: str, concept: Concept, language: str) -> Judgement:
        terms = concept.in_language(language)
        usable = _usable(terms)
        passed = [
            (found, i) for i, t in enumerate(usable) if (found := _passes(given, t)) is not None
        ]
        if passed:
            found, i = min(passed, key=lambda one: (len(one[0]), one[1]))
            return Judgement(Verdict.RIGHT, usable[i], forgiven=found)
        if any(_passes(given, term) is not None for term in terms):
            return Judgement(Verdict.WRONG, usable[0], avoid=True)
        if meant := self._meaning(given, concept, language):
            return Judgement(Verdict.WRONG, usable[0], meant=meant)
        near = [(one, i) for i, term in enumerate(usable) if (one := _near(given, term))]
        if near:
            nearest, i = min(near)
            return Judgement(Verdict.NEAR, usable[i], difference(nearest.typed, nearest.meant))
        return Judgement(Verdict.WRONG, max(usable, key=lambda term: _likeness(given, term)))

    def _meaning(self, given: str, concept: Concept, language: str) -> str:
        of = typed_english.keys if language == ENGLISH else typed_japanese.keys_of
        found = (id for key in sorted(of(given)) for id in self._meant.get((language, key), ()))
        return next((id for id in found if id != concept.id), "")


def _order(judged: Judgement) -> tuple[int, bool]:
    """The better verdict first; of wrong ones, that which says why."""
    return list(Verdict).index(judged.verdict), not (judged.avoid or judged.meant)


def _usable(terms: Iterable[Term]) -> list[Term]:
    """The terms that may be used, the preferred one first."""
    usable = (term for term in terms if term.usage in USABLE)
    return sorted(usable, key=lambda term: USABLE.index(term.usage))


def _answers(given: str, terms: Sequence[Term]) -> list[list[str]]:
    """The ways to take what was typed: as one answer, or as several.

    Brackets hold what may be left out, so that it has to be right with it and without it
    (nuclear (non)proliferation is neither), or another answer: ICBM (intercontinental …).
    """
    text = narrow(given)
    ways = [[given]]
    if _BRACKETED.search(text) and not any(_BRACKETED.search(narrow(term.text)) for term in terms):
        whole, without = typed_english.with_and_without_brackets(text)
        ways = [[whole, without], [without, *_BRACKETED.findall(text)]]
    parts = list(dict.fromkeys(part for part in _SEVERAL.split(text) if part.strip()))
    if 1 < len(parts) <= _MOST_ANSWERS:
        ways.append(parts)
    return [[part for part in way if part.strip()] or [""] for way in ways]


def difference(given: str, term: str) -> tuple[tuple[Part, str], ...]:
    """What is typed too much and what is missing.

    SAME and EXTRA joined are what was typed, SAME and MISSING the term, but for case and the kind
    of kana, which do not count and are the term's in what is the same.
    """
    found: list[tuple[Part, str]] = []
    for step in Levenshtein.opcodes(_letters(given), _letters(term)):
        typed = given[step.src_start : step.src_end]
        meant = term[step.dest_start : step.dest_end]
        if step.tag == "equal":
            found.append((Part.SAME, meant))
            continue
        found += [(Part.EXTRA, typed)] * bool(typed) + [(Part.MISSING, meant)] * bool(meant)
    return tuple(found)


def _letters(text: str) -> list[str]:
    return [hiragana(char).casefold() for char in text]


def _keys(term: Term) -> set[str]:
    return typed_english.keys(term.text) if term.language == ENGLISH else typed_japanese.keys(term)


def _passes(given: str, term: Term) -> tuple[Forgiven, ...] | None:
    if term.language == ENGLISH:
        return typed_english.passes(given, term.text)
    return typed_japanese.passes(given, term)


def _near(given: str, term: Term) -> Near | None:
    if term.language == ENGLISH:
        return typed_english.near(given, term.text)
    return typed_japanese.near(given, term)


def _likeness(given: str, term: Term) -> float:
    if term.language == ENGLISH:
        return typed_english.likeness(given, term.text)
    return typed_japanese.likeness(given, term)
