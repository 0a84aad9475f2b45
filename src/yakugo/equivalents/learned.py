"""What the compounds of the reviewed glossary teach about their parts.

Where 核兵器 is "nuclear weapon" and 核兵器保有国 "nuclear-weapon state", 保有国 is "state" as the
last part; where 核兵器の廃絶 is "elimination of nuclear weapons", 廃絶 takes its complement with
"of". What one compound says is little; several make a pattern.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from yakugo.equivalents import english
from yakugo.equivalents.field import SLOT, Word
from yakugo.equivalents.glossary import key
from yakugo.model import ENGLISH, JAPANESE, USABLE, Concept
from yakugo.tokens import tokenize

_MOST = 4  # forms of one part
_COMPLEMENT = re.compile(r" (?:of|on|for|to|against|in|by) ")


def reviewed(concepts: Iterable[Concept]) -> dict[str, list[str]]:
    """The usable English of each usable Japanese term, preferred first."""
    found: dict[str, list[str]] = {}
    for concept in concepts:
        terms = concept.in_language(ENGLISH)
        texts = [term.text for usage in USABLE for term in terms if term.usage is usage]
        for term in concept.in_language(JAPANESE):
            if term.usage in USABLE:
                found.setdefault(key(term.text), []).extend(texts)
    return found


def parts(
    known: Mapping[str, Sequence[str]], words: Mapping[str, Word] | None = None
) -> dict[str, Word]:
    """The English of parts, learnt from terms of which the other part is known.

    `known` is the English of terms, `words` what is known besides. A part that is a term itself
    has nothing to learn.
    """
    listed = words or {}

    def english_of(part: str) -> set[str]:
        word = listed.get(part, Word((), ()))
        forms = (*known.get(part, ()), *word.heads, *word.modifiers)
        return {english.key(form) for form in forms if SLOT not in form}

    heads: dict[str, Counter[str]] = {}
    modifiers: dict[str, Counter[str]] = {}
    for term, texts in known.items():
        for left, right in _divided(term):
            for text in texts:
                if right not in known:
                    found = _beside(text, english_of(left))
                    heads.setdefault(right, Counter()).update(_no_longer_than(right, found))
                if left not in known:
                    found = _before(text, english_of(right))
                    modifiers.setdefault(left, Counter()).update(_no_longer_than(left, found))
    learnt = {
        part: Word(_usual(heads.get(part)), _usual(modifiers.get(part)))
        for part in (*heads, *modifiers)
    }
    return {part: word for part, word in learnt.items() if any(word)}


def _divided(term: str) -> Iterator[tuple[str, str]]:
    """A term in two, at each boundary of short units; the の between them left out."""
    pieces = [token.surface for token in tokenize(term)]
    for i in range(1, len(pieces)):
        left, right = "".join(pieces[:i]), "".join(pieces[i:])
        if not left.endswith("の"):
            yield left, right.removeprefix("の")


def _beside(text: str, first: set[str]) -> list[str]:
    """What stands behind a modifier, or before a complement: "state", "elimination of ~"."""
    found = [rest for before, rest in _in_two(text) if english.key(before) in first]
    found += [
        f"{text[: match.start()]}{match[0]}{SLOT}"
        for match in _COMPLEMENT.finditer(text)
        if english.key(text[match.end() :]) in first
    ]
    return found


def _before(text: str, last: set[str]) -> list[str]:
    """What stands before a head."""
    return [before for before, rest in _in_two(text) if english.key(rest) in last]


def _in_two(text: str) -> Iterator[tuple[str, str]]:
    for boundary in re.finditer("[ -]", text):
        yield text[: boundary.start()], text[boundary.end() :]


def _no_longer_than(part: str, texts: Iterable[str]) -> Iterator[str]:
    """Without what says more than the part: 拡大 is not the "extended nuclear" of an admitted term.

    A word of English has about two characters of Japanese.
    """
    for text in texts:
        words = [w for w in english.key(text).split() if w not in english.FUNCTION_WORDS]
        if words and 2 * len(words) <= max(len(part), 2):
            yield text


def _usual(counted: Counter[str] | None) -> tuple[str, ...]:
    return tuple(text for text, _ in (counted or Counter()).most_common(_MOST))
