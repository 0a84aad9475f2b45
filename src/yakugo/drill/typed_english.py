"""Typed English: what is the same term, and what comes near it.

Case, accents, punctuation, hyphens, articles, number, & and US or UK spelling do not count; all
else does. Near is a misspelt word, another word of its family (deterrent, deterrence), another
preposition or order of the words. A prefix that turns the meaning (non-, anti-, de-) is no slip,
nor is another word that happens to be spelt a little alike (offense, defense), and of an
abbreviation each letter counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import groupby
from typing import NamedTuple

from breame.spelling import get_american_spelling
from rapidfuzz.distance import OSA, Indel, Levenshtein

from yakugo.drill.forgiving import Fold, Forgiven, folded, forgiven, narrow
from yakugo.equivalents.english import FUNCTION_WORDS, american, frequencies
from yakugo.parallel.english import singular


class Near(NamedTuple):
    """A near miss: by how many edits, and the two texts to be laid side by side."""

    edits: int
    typed: str
    meant: str


_WORD = re.compile(r"[A-Za-z0-9]+")
_DASH = re.compile(r"[‐‑‒–—−]")
_LETTERS_WITH_DOTS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
_MARK = re.compile(r"[^\w\s-]|_")
_AND = re.compile(r"\s*&\s*")
_ARTICLE = re.compile(r"(?i)(?<![\w-])(?:the|an?)\s+(?=\w)|(?<=-)the-")  # but Category A, A-bomb
_GAP = re.compile(r"[\s-]+")
_BRACKETED = re.compile(r"\(([^()]*)\)")

# Words whose singular is another word, or none.
_PLURAL_ONLY = frozenset(("arms", "means", "customs", "corps"))


def passes(given: str, term: str) -> tuple[Forgiven, ...] | None:
    """What is forgiven when the answer is the term, () for nothing; None when it is not."""
    for meant, optional in _forms(term):
        # A bomb is the A-bomb too, and a weaponsgrade one of weapons grade.
        for but in (None, Forgiven.ARTICLE, Forgiven.NUMBER):
            found = forgiven(given.strip(), meant, _folds(meant, but))
            if found is not None:
                return (*found, Forgiven.OPTIONAL) if optional else found
    return None


def keys(text: str) -> set[str]:
    """What all spellings of a term share, so that terms can be found by an answer."""
    return {folded(form, _folds(form)) for form, _ in _forms(text)} - {""}


def with_and_without_brackets(text: str) -> tuple[str, str]:
    """(nuclear) deterrence → nuclear deterrence, and deterrence."""
    return _BRACKETED.sub(r"\1", text), " ".join(_BRACKETED.sub(" ", text).split())


def _forms(term: str) -> list[tuple[str, bool]]:
    """The ways to say a term, and whether something optional is left out: (nuclear) deterrence."""
    whole, without = with_and_without_brackets(term)
    return [(whole, False), (without, True)] if whole != without and without else [(term, False)]


# --- folds


@lru_cache(maxsize=20_000)
def _folds(term: str, but: Forgiven | None = None) -> Sequence[Fold]:
    """All that does not count; the letters of its abbreviations do: NNWS is no plural."""
    abbreviations = frozenset(w.casefold() for w in _WORD.findall(term) if _is_abbreviation(w))
    folds: list[Fold] = [
        (Forgiven.WIDTH, narrow),
        (Forgiven.ACCENT, _unaccented),
        (Forgiven.CASE, str.casefold),
        (Forgiven.AND, _with_and),
        (Forgiven.MARKS, _unmarked),
        (Forgiven.SPELLING, partial(_by_word, change=_american)),
        (Forgiven.ARTICLE, _without_articles),
        (Forgiven.NUMBER, partial(_by_word, change=partial(_singular, but=abbreviations))),
        (Forgiven.HYPHEN, _joined),
    ]
    return [fold for fold in folds if fold[0] is not but]


def _is_abbreviation(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(char for char in apart if not unicodedata.combining(char))


def _with_and(text: str) -> str:
    return _AND.sub(" and ", text)


def _unmarked(text: str) -> str:
    text = _LETTERS_WITH_DOTS.sub(lambda letters: letters[0].replace(".", ""), text)
    text = _APOSTROPHE.sub("", _DASH.sub("-", text))
    return " ".join(_MARK.sub(" ", text).split())


def _without_articles(text: str) -> str:
    return _ARTICLE.sub("", text)


def _joined(text: str) -> str:
    return _GAP.sub("", text)


def _by_word(text: str, change: Callable[[str], str]) -> str:
    return _WORD.sub(lambda word: change(word[0]), text)


@lru_cache(maxsize=20_000)
def _american(word: str) -> str:
    lower = word.lower()
    changed: str = get_american_spelling(american(lower))
    return word if changed == lower else changed


def _singular(word: str, but: frozenset[str]) -> str:
    lower = word.casefold()
    return word if lower in but or lower in _PLURAL_ONLY else singular(word)


# --- near misses

_NEGATIONS = frozenset(("non", "anti", "counter", "no", "not", "un", "without"))
# What a word begins with and, without it, is the contrary or another thing.
_TURNS = (
    *("non", "anti", "counter", "un", "in", "im", "ir", "il", "dis", "de", "mis", "mal", "ab"),
    *("re", "pre", "post", "pro", "sub", "super", "hyper", "ultra", "inter", "intra", "trans"),
    *("over", "under", "multi", "bi", "uni", "mono", "semi", "ex", "co"),
)
_KNOWN = 3e-7  # how often a word stands in English at large that is one: misspellings stand too
_SHORTEST = 4  # letters of a word that can be misspelt and still be known
_LETTERS_AN_EDIT = 4
_MOST_EDITS = 3
_FAMILY = 5  # first letters that words of one family share, and
_FAMILY_SHARE = 0.6  # the share of the longer word that they are
_LONG = 5  # content words of a name of which one may be missing


def near(given: str, term: str) -> Near | None:
    """The near miss that an answer is, against the way to say the term that it comes nearest."""
    found = (_near(given, form) for form, _ in _forms(term))
    return min(filter(None, found), default=None)


def likeness(given: str, term: str) -> float:
    """How much of two texts is the same, 0 to 1."""
    one, other = (folded(text, _folds(term)) for text in (given, term))
    return Indel.normalized_similarity(one, other)


def _near(given: str, term: str) -> Near | None:
    folds = _folds(term, but=Forgiven.HYPHEN)
    typed, meant = (_GAP.split(folded(text, folds)) for text in (given, term))
    exact = {word.casefold() for word in _WORD.findall(term) if _is_abbreviation(word)}
    edits = _edits(typed, meant, exact)
    return Near(edits, " ".join(given.split()), term) if edits else None


def _edits(typed: list[str], meant: list[str], exact: set[str]) -> int:
    """How many slips lead from one to the other; 0 when not all that differs is one."""
    if typed == meant:
        return 0
    contents = [word for word in meant if word not in FUNCTION_WORDS]
    if sorted(contents) == sorted(w for w in typed if w not in FUNCTION_WORDS):
        return 1 if len(contents) > 1 else 0  # in another order, or with other prepositions
    edits = left_out = 0
    for wrote, should, inside in _changed(typed, meant):
        if all(word in FUNCTION_WORDS for word in (*wrote, *should)):
            edits += 1
        elif not wrote:
            left_out += 1
            if len(should) > 1 or should[0] in _NEGATIONS or not inside:
                return 0
        elif exact & set(should):
            return 0
        else:
            slips = _slips_in(wrote, should)
            if slips is None:
                return 0
            edits += slips
    if left_out and (left_out > 1 or edits or len(contents) < _LONG):
        return 0
    return edits + left_out


def _changed(typed: list[str], meant: list[str]) -> Iterator[tuple[list[str], list[str], bool]]:
    """The words that differ, stretch by stretch, and whether the stretch lies inside the term."""
    steps = Levenshtein.opcodes(typed, meant)
    for differs, group in groupby(steps, key=lambda step: step.tag != "equal"):
        if differs:
            stretch = list(group)
            first, last = stretch[0], stretch[-1]
            inside = first.dest_start > 0 and last.dest_end < len(meant)
            yield (
                typed[first.src_start : last.src_end],
                meant[first.dest_start : last.dest_end],
                inside,
            )


def _slips_in(typed: list[str], meant: list[str]) -> int | None:
    """How many letters are wrong in words that are all slips; None when one is not.

    Words that are cut otherwise (counter proliferaton) are compared as one.
    """
    if len(typed) == len(meant):
        slips = [_slips(*pair) for pair in zip(typed, meant, strict=True)]
        return None if None in slips else sum(filter(None, slips))
    wrote, should = "".join(typed), "".join(meant)
    if _turns(wrote, should) or _digits(wrote, should):
        return None
    edits = OSA.distance(wrote, should)
    return edits if edits <= _most_edits(should) else None


def _slips(typed: str, meant: str) -> int | None:
    """How many letters are wrong when one word is a slip for the other; else None."""
    if typed == meant:
        return 0
    if singular(typed) == singular(meant):  # the arms of arms control are no arm
        return 1
    if _turns(typed, meant) or min(len(typed), len(meant)) < _SHORTEST or _digits(typed, meant):
        return None
    edits = OSA.distance(typed, meant)
    if frequencies().get(typed, 0) > _KNOWN:
        return edits if edits == 1 or _one_family(typed, meant) else None
    return edits if edits <= _most_edits(meant) else None


def _most_edits(word: str) -> int:
    return min(_MOST_EDITS, len(word) // _LETTERS_AN_EDIT)


def _turns(typed: str, meant: str) -> bool:
    """Whether they differ in how they begin only: proliferation, nonproliferation."""
    stems = [{word[len(turn) :] for turn in ("", *_TURNS) if word.startswith(turn)}
             for word in (typed, meant)]  # fmt: skip
    return any(len(stem) >= _SHORTEST for stem in stems[0] & stems[1])


def _digits(typed: str, meant: str) -> bool:
    one, other = (re.findall(r"\d", text) for text in (typed, meant))
    return one != other


def _one_family(typed: str, meant: str) -> bool:
    shared = next(
        (i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b),
        min(len(typed), len(meant)),
    )
    return shared >= _FAMILY and shared >= _FAMILY_SHARE * max(len(typed), len(meant))
