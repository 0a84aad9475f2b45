"""English that a text gives itself, in brackets: 国家安全保障会議(NSC), 拡大抑止(…).

A gloss is evidence, not truth: writers gloss loosely, so it ranks behind the reviewed glossary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from yakugo.candidates import core
from yakugo.documents import Document
from yakugo.model import Context, Evidence, Gloss, Offer
from yakugo.sentences import sentences
from yakugo.tokens import runs

# A gloss in words may stand before the dictionary; an abbreviation is right, but says little.
_WORDS_SCORE = 0.75
_ABBREVIATION_SCORE = 0.45
_LATIN_TERM_SCORE = 0.5

_LATIN = r"[A-Za-z][A-Za-z0-9 .,'’&/\-‐‑–]{0,78}[A-Za-z0-9.]"
_BRACKETS = re.compile(rf"[「」『』“”]?[(（]\s*({_LATIN})\s*[)）]")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z0-9&/.\-]{0,9}")


def find(document: Document) -> list[Gloss]:
    """The glosses of one document: the term that ends right before the bracket, what is inside."""
    found = []
    for sentence in sentences(document.text):
        matches = {m.start(): m[1] for m in _BRACKETS.finditer(sentence.text)}
        if not matches:
            continue
        for run in runs(sentence.text):
            english = matches.get(run.end)
            term = core(run)
            if english is None or not term:
                continue
            context = Context(sentence.text, document.name, run.start, run.end, sentence.offset)
            found.append(Gloss(term, unicodedata.normalize("NFKC", english), context))
    return found


def offers(words: Collection[str], glosses: Iterable[Gloss]) -> dict[str, list[Offer]]:
    """What the texts say in brackets, with the document that says it."""
    wanted = set(words)
    result: dict[str, list[Offer]] = {}
    for gloss in glosses:
        if gloss.term in wanted and gloss.english != gloss.term:
            score = _ABBREVIATION_SCORE if _ABBREVIATION.fullmatch(gloss.english) else _WORDS_SCORE
            evidence = Evidence("gloss", f"in brackets in {gloss.context.document}")
            result.setdefault(gloss.term, []).append(Offer(gloss.english, score, (evidence,)))
    for word in wanted:
        if re.fullmatch(_LATIN, word):
            evidence = Evidence("gloss", "written in Latin letters in the text")
            result.setdefault(word, []).append(Offer(word, _LATIN_TERM_SCORE, (evidence,)))
    return result
