"""What a text itself gives in brackets: English (拡大抑止(…)) and short forms (…会議(NSC)).

A gloss is evidence, not truth: writers gloss loosely, so it ranks behind the reviewed glossary.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from yakugo.documents import Document, Part
from yakugo.model import Context, Evidence, Gloss, Offer
from yakugo.sentences import Sentence, sentences
from yakugo.spans import cut_of
from yakugo.tokens import Run, joint, runs

PROVIDER = "gloss"

# A gloss in words may stand before the dictionary; an abbreviation is right, but says little.
_WORDS_SCORE = 0.75
_ABBREVIATION_SCORE = 0.45
_LATIN_TERM_SCORE = 0.5

_BRACKETS = re.compile(r"([」』”]?)[(（]\s*([^()（）]{1,80}?)\s*[)）]")
_TO_LINE_END = re.compile(r"[(（].*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 .,'’&/\-‐‑–]{0,78}[A-Za-z0-9.]")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z0-9&/.\-]{0,9}")
_JAPANESE = re.compile(r"[\w・]{2,}")
_HEREAFTER = re.compile(
    r"(?:以下|略称は?|略して)、?(?:[「『“\"](?P<quoted>.+?)[」』”\"]|(?P<plain>(?!同)[^ぁ-ゖ、。]{2,}))"
    r"(?:という|と略す|と呼ぶ|と称する|と表記(?:する)?)?。?"  # 以下同じ names nothing
)


def find(document: Document) -> list[Gloss]:
    """The glosses of one document: each a term and what is said in brackets to be its other form.

    The bracket may follow the term (国家安全保障会議(NSC)), or the short form stand first and the
    full one in brackets; 以下「…」 in brackets names a short form.
    """
    return [gloss for part in document.parts() for gloss in find_in(part, document.name)]


def find_in(part: Part, document: str) -> list[Gloss]:
    """The glosses of one part of the document of that name."""
    return [
        gloss
        for offset, line in _lines_with_brackets(part.text)
        for sentence in sentences(line)
        for gloss in _in_sentence(
            sentence._replace(offset=part.offset + offset + sentence.offset), document
        )
    ]


def _lines_with_brackets(text: str) -> Iterator[tuple[int, str]]:
    for bracket in _TO_LINE_END.finditer(text):
        start = text.rfind("\n", 0, bracket.start()) + 1
        yield start, text[start : bracket.end()]


def _in_sentence(sentence: Sentence, document: str) -> Iterator[Gloss]:
    text = sentence.text
    for match in _BRACKETS.finditer(text):
        inside = unicodedata.normalize("NFKC", match[2])
        if text[match.start() - 1 : match.start()].isspace() or not _says_something(inside):
            continue  # most brackets: nothing to analyse
        begin = max(0, match.start() - _FAR)
        found = [
            run._replace(start=begin + run.start, end=begin + run.end)
            for run in runs(text[begin : match.end()])
            if run.start or not begin  # else it may be the end of a word
        ]
        i = next((i for i, run in enumerate(found) if run.end == match.start()), None)
        if i is None:
            continue
        within = next((run for run in found if run.start == match.start(2)), None)
        for term, start in _terms_ending(found, i, text):
            full, short = _tied(term, inside, within)
            if full:
                context = Context(text, document, start, found[i].end, sentence.offset)
                yield Gloss(full, short, context)


def _says_something(inside: str) -> bool:
    """Whether what stands in brackets could be another form of some term: not printf(3)."""
    return any(form.fullmatch(inside) for form in (_LATIN, _JAPANESE, _HEREAFTER))


_FAR = 60  # characters before a bracket; no term is longer


def _terms_ending(found: list[Run], i: int, text: str) -> Iterator[tuple[str, int]]:
    """The term that a run is, and X の Y that it ends; each with its start."""
    term = cut_of(found[i].form).core()
    if not term:
        return
    yield term, found[i].start
    if i and joint(text, found[i - 1].end, found[i].start) == "の":
        left = cut_of(found[i - 1].form).core()
        if left:
            yield f"{left}の{term}", found[i - 1].start


def _tied(term: str, inside: str, within: Run | None) -> tuple[str, str]:
    """(full form or term, what is said of it), or two empty strings when nothing is."""
    hereafter = _HEREAFTER.fullmatch(inside)
    if hereafter:
        return term, hereafter["quoted"] or hereafter["plain"]
    if _LATIN.fullmatch(inside):
        return term, inside
    if not _JAPANESE.fullmatch(inside) or within is None:
        return "", ""
    if _is_short_for(inside, term):
        return term, inside
    whole = cut_of(within.form).core()
    if whole == inside and (_ABBREVIATION.fullmatch(term) or _is_short_for(term, inside)):
        return inside, term
    return "", ""


def _is_short_for(short: str, full: str) -> bool:
    """Whether a form takes its letters, in order, from a longer one: 核禁条約, 核兵器禁止条約."""
    if not 2 <= len(short) < len(full) or short in full or short[0] != full[0]:
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)


def short_forms(glosses: Iterable[Gloss]) -> dict[str, str]:
    """The full form of each short one: DTRA → 国防脅威削減局; the one that is said most often."""
    said = Counter(
        (gloss.text, gloss.term)
        for gloss in glosses
        if _ABBREVIATION.fullmatch(gloss.text) or not _LATIN.fullmatch(gloss.text)
    )
    best: dict[str, tuple[int, str]] = {}
    for (short, full), times in sorted(said.items()):
        if short != full and times > best.get(short, (0, ""))[0]:
            best[short] = (times, full)
    return {short: full for short, (_, full) in best.items()}


def is_abbreviation(english: str) -> bool:
    """Whether an equivalent is an abbreviation: NSC, New START is none."""
    return _ABBREVIATION.fullmatch(english) is not None


def offers(words: Collection[str], glosses: Iterable[Gloss]) -> dict[str, list[Offer]]:
    """What the texts say in brackets, with the document that says it."""
    wanted = set(words)
    result: dict[str, list[Offer]] = {}
    for gloss in glosses:
        if gloss.term in wanted and gloss.text != gloss.term and _LATIN.fullmatch(gloss.text):
            score = _ABBREVIATION_SCORE if _ABBREVIATION.fullmatch(gloss.text) else _WORDS_SCORE
            evidence = Evidence(PROVIDER, f"in brackets in {gloss.context.document}")
            result.setdefault(gloss.term, []).append(Offer(gloss.text, score, (evidence,)))
    for word in wanted:
        if _LATIN.fullmatch(word):
            evidence = Evidence(PROVIDER, "written in Latin letters in the text")
            result.setdefault(word, []).append(Offer(word, _LATIN_TERM_SCORE, (evidence,)))
    return result
