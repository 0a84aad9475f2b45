"""What a text itself says to be another form of a term: 拡大抑止(…), 国家安全保障会議(NSC).

That is English, an abbreviation, a short form in Japanese, or another Japanese word. A gloss is
evidence, not truth: writers gloss loosely, so it ranks behind the reviewed glossary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from yakugo.documents import Document, Part
from yakugo.equivalents.glosses.abbreviations import is_abbreviation, is_short_for, stands_for
from yakugo.equivalents.glosses.bracketed import is_latin, words
from yakugo.equivalents.glosses.signs import narrow, ties
from yakugo.model import Context, Evidence, Gloss, Offer
from yakugo.sentences import sentences

PROVIDER = "gloss"

# A gloss in words may stand before the dictionary; an abbreviation is right, but says little.
_WORDS_SCORE = 0.75
_EXPANDED_SCORE = 0.74  # the words are those of another gloss
_ABBREVIATION_SCORE = 0.45
_LATIN_TERM_SCORE = 0.5


def find(document: Document) -> list[Gloss]:
    """The glosses of one document: each a term and what is said to be its other form.

    `context` is the place of the term, which may be the one in brackets: NPT（核兵器不拡散条約）.
    """
    return [gloss for part in document.parts() for gloss in find_in(part, document.name)]


def find_in(part: Part, document: str) -> list[Gloss]:
    """The glosses of one part of the document of that name."""
    return [
        Gloss(
            tie.term,
            tie.other,
            Context(
                sentence.text, document, tie.start, tie.end, part.offset + offset + sentence.offset
            ),
        )
        for offset, line in _lines_with_signs(part.text)
        for sentence in sentences(line)
        for tie in ties(sentence.text)
    ]


# A sign with something behind it that could be a form: not printf(3), not（約290発）.
_SIGN = re.compile(r"[(（\[［〔【《〈=＝](?=[ 　]?[“\"「『‘=＝]?[A-Za-zＡ-Ｚａ-ｚÀ-žぁ-ヺ一-鿿])")
_THAT_IS = ("すなわち", "即ち")


def _lines_with_signs(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold a sign of a gloss, each with its place."""
    places = [match.start() for match in _SIGN.finditer(text)]
    for sign in _THAT_IS:
        at = text.find(sign)
        while at >= 0:
            places.append(at)
            at = text.find(sign, at + 1)
    end = -1
    for place in sorted(places):
        if place > end:
            start = text.rfind("\n", 0, place) + 1
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            yield start, text[start:end]


class GlossKind(StrEnum):
    """What a gloss gives for its term."""

    ENGLISH = "English"
    ABBREVIATION = "abbreviation"
    SHORT_FORM = "short form"  # in Japanese: 核禁条約
    OTHER_WORD = "other word"  # in Japanese: 引き金 for トリップワイヤ


def kind_of(gloss: Gloss) -> GlossKind:
    """What a gloss gives for its term."""
    if is_latin(gloss.text):
        short = is_abbreviation(gloss.text)
        return GlossKind.ABBREVIATION if short else GlossKind.ENGLISH
    if is_short_for(gloss.text, gloss.term) or _is_said_to_be_short(gloss):
        return GlossKind.SHORT_FORM
    return GlossKind.OTHER_WORD


_FAR = 200  # characters of a bracket


def _is_said_to_be_short(gloss: Gloss) -> bool:
    """Whether 以下 or the like stands before it: a short form need not have the term's letters."""
    end = gloss.context.end
    behind = narrow(gloss.context.sentence[end : end + _FAR])
    listed = "|".join(words("short"))
    return (
        re.search(rf"(?:{listed})[はを、,:・\s「『“\"]*{re.escape(gloss.text)}", behind) is not None
    )


def named(glosses: Iterable[Gloss]) -> frozenset[str]:
    """All that is glossed, and the forms that are names of it; not words that explain it."""
    return frozenset(
        form
        for gloss in glosses
        for form in (
            (gloss.term,) if kind_of(gloss) is GlossKind.OTHER_WORD else (gloss.term, gloss.text)
        )
    )


def short_forms(glosses: Iterable[Gloss]) -> dict[str, str]:
    """The full form of each short one: DTRA → 国防脅威削減局; the one that is said most often.

    Of two that are said as often, the Japanese one.
    """
    short = (GlossKind.ABBREVIATION, GlossKind.SHORT_FORM)
    said = Counter((gloss.text, gloss.term) for gloss in glosses if kind_of(gloss) in short)
    best: dict[str, tuple[int, bool, str]] = {}
    for (text, full), times in sorted(said.items()):
        rank = (times, not is_latin(full), full)
        if text != full and rank[:2] > best.get(text, (0, False, ""))[:2]:
            best[text] = rank
    return {text: full for text, (_, _, full) in best.items()}


class Expansion(NamedTuple):
    """The English behind an abbreviation, and the gloss that gives it."""

    english: str
    gloss: Gloss


def expansions(glosses: Iterable[Gloss]) -> dict[str, Expansion]:
    """The English of each abbreviation that the texts give it for; the one said most often.

    It is English for the same term that has its letters (国家安全保障会議 is the National Security
    Council and the NSC), or English that the abbreviation is a gloss of (National … (NSC)).
    """
    short: dict[str, set[str]] = {}
    english: dict[tuple[str, str], list[Gloss]] = {}
    found: dict[str, dict[str, list[Gloss]]] = {}
    for gloss in glosses:
        if is_abbreviation(gloss.text):
            short.setdefault(gloss.term, set()).add(gloss.text)
            if is_latin(gloss.term):
                found.setdefault(gloss.text, {}).setdefault(gloss.term, []).append(gloss)
        elif is_latin(gloss.text):
            english.setdefault((gloss.term, gloss.text), []).append(gloss)
    for (term, words_), said in english.items():
        for abbreviation in sorted(short.get(term, ())):
            if stands_for(abbreviation, words_):
                found.setdefault(abbreviation, {}).setdefault(words_, []).extend(said)
    return {
        abbreviation: Expansion(*_most_said(candidates))
        for abbreviation, candidates in found.items()
    }


def _most_said(candidates: dict[str, list[Gloss]]) -> tuple[str, Gloss]:
    english = min(candidates, key=lambda one: (-len(candidates[one]), one))
    return english, candidates[english][0]


def offers(words: Collection[str], glosses: Iterable[Gloss]) -> dict[str, list[Offer]]:
    """The English that the texts say, with the document that says it and how it says it.

    An abbreviation whose English is known brings that with it.
    """
    listed = list(glosses)
    behind = expansions(listed)
    wanted = set(words)
    result: dict[str, list[Offer]] = {}

    def offer(word: str, english: str, score: float, *said: Gloss) -> None:
        evidence = tuple(Evidence(PROVIDER, _quoted(gloss)) for gloss in said)
        result.setdefault(word, []).append(Offer(english, score, evidence))

    once = {(gloss.term, gloss.text, gloss.context.document): gloss for gloss in reversed(listed)}
    abbreviated: dict[str, set[str]] = {}
    for gloss in once.values():
        if is_abbreviation(gloss.text) and not is_latin(gloss.term):
            abbreviated.setdefault(gloss.text, set()).add(gloss.term)
    for gloss in reversed(once.values()):
        kind = kind_of(gloss) if gloss.term in wanted and gloss.text != gloss.term else None
        if kind is GlossKind.ENGLISH:
            offer(gloss.term, gloss.text, _WORDS_SCORE, gloss)
        elif kind is GlossKind.ABBREVIATION:
            full = behind.get(gloss.text)
            if full and is_latin(full.gloss.term) and _are_one(abbreviated.get(gloss.text, ())):
                offer(gloss.term, full.english, _EXPANDED_SCORE, gloss, full.gloss)
            offer(gloss.term, gloss.text, _ABBREVIATION_SCORE, gloss)
    for word in wanted:
        if is_latin(word):
            if word in behind:
                offer(word, behind[word].english, _WORDS_SCORE, behind[word].gloss)
            evidence = Evidence(PROVIDER, "written in Latin letters in the text")
            result.setdefault(word, []).append(Offer(word, _LATIN_TERM_SCORE, (evidence,)))
    return result


def _are_one(terms: Collection[str]) -> bool:
    """Whether an abbreviation has one Japanese term, if a part of it too: 連邦捜査局, 米連邦捜査局.

    The NSC may be the National Security Council in one text and 原子力安全委員会 in another.
    """
    longest = max(terms, key=len, default="")
    return bool(terms) and all(longest.endswith(term) for term in terms)


_CLOSED_BY = dict(zip("「『“（(〔［[【《〈", "」』”）)〕］]】》〉", strict=True))
_REST = 60  # characters of a bracket that are quoted behind the form


def _quoted(gloss: Gloss) -> str:
    """A gloss as it stands in its document: 拡大抑止（extended deterrence） in essay."""
    context = gloss.context
    sentence = context.sentence
    text = narrow(sentence)
    at = text.find(gloss.text, context.end)
    at = text.rfind(gloss.text, 0, context.start) if at < 0 else at
    if at < 0:  # there are quotation marks inside it
        at = context.start
    start, end = min(at, context.start), max(at + len(gloss.text), context.end)
    opening = sentence[start - 1 : start]
    if opening in _CLOSED_BY and _CLOSED_BY[opening] in sentence[start:end]:
        start -= 1
    while waiting := _still_open(sentence[start:end]):
        close = sentence.find(waiting[-1], end, end + _REST)
        if close < 0:
            break
        end = close + 1
    return f"{sentence[start:end]} in {context.document}"


def _still_open(text: str) -> list[str]:
    """What closes the brackets that are open at the end of a text."""
    waiting: list[str] = []
    for char in text:
        if char in _CLOSED_BY:
            waiting.append(_CLOSED_BY[char])
        elif char in waiting:
            waiting.remove(char)
    return waiting
