"""Sentence pairs → the English phrases that each Japanese term is translated by.

The English of a sentence is shared out: a term gets the words that the other words around it do
not account for (see alignment.py), and of those the ones that go with it in all its sentences
(competitive linking: Melamed, "A word-to-word model of translational equivalence", ACL 1997, made
soft). A phrase is good where it holds what the term accounts for, and little else.

Terms are what the rules for candidates find, single nouns, and what is known from outside. A
common term is judged by a sample of its pairs; the counts are those of all pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from yakugo import candidates
from yakugo.candidates import NOTHING_KNOWN, Background
from yakugo.documents import Document
from yakugo.model import Mined, SentencePair
from yakugo.parallel import phrases
from yakugo.parallel.alignment import words_of
from yakugo.parallel.corpus import Array, Corpus, plain
from yakugo.parallel.occurrences import Occurrences
from yakugo.parallel.sharing import Expected, Sharing
from yakugo.parallel.strength import Finding, strength, with_parts

PHRASES = 5  # given for each term
WEAKEST = 0.05  # strength; weaker phrases are given only where there is no better one
SAMPLE = 100  # pairs of a term that are looked at; about as many of a commoner one
TERMS = 200_000  # over it those that stand in one pair only are left out, unless they are known
_BLOCK = 20_000  # sampled pairs that are judged at a time

# How much alike the meanings of terms and phrases are: a cosine for each (term, phrase).
Alike = Callable[[Sequence[tuple[str, str]]], Sequence[float]]
Progress = Callable[[str, int], None]


def _nothing(terms: Collection[str]) -> Mapping[str, Collection[str]]:
    return {}


def mine(
    pairs: Iterable[SentencePair],
    background: Background = NOTHING_KNOWN,
    known: Collection[str] = (),
    expected: Expected = _nothing,
    alike: Alike | None = None,
    progress: Progress = lambda stage, pairs: None,
) -> list[Mined]:
    """Mine sentence pairs, which are read once: of each term the best few phrases, best first.

    Terms are in the order of their letters, and NFKC. `known` are terms to look for besides those
    that are found; `expected` gives the English that something else offers for some of the terms,
    a dictionary for example, which then counts for more; `alike` compares their meanings, which
    settles what is rare. `progress` is told what is being done,
    and to how many pairs it has been done. The order of the pairs does not matter as long as the
    vocabulary stays below the limits of corpus.py.
    """
    with TemporaryDirectory(prefix="yakugo-") as folder:
        corpus = Corpus(pairs, Path(folder), lambda read: progress("reading", read))
        terms = looked_for(corpus, background, known)
        if not len(corpus) or not terms:
            return []
        kept = {plain(term) for term in known} | background.reviewed
        found = findings(corpus, terms, kept, expected, Path(folder), alike, progress)
        return [one for ranked in found for one in _mined(ranked, terms, corpus)]


def looked_for(corpus: Corpus, background: Background, known: Collection[str]) -> list[str]:
    """All that is looked for: what the Japanese sides hold, and what is known."""
    nowhere = Document("", "", 0, lambda: iter(()))
    found = candidates.expand(corpus.counts, nowhere, background)
    wanted = {plain(term) for term in (*known, *background.reviewed, *background.expressions)}
    wanted |= {one.term for one in found} | corpus.nouns.keys()
    corpus.forget_terms()
    return sorted(term for term in wanted if term.strip())


def findings(
    corpus: Corpus,
    terms: list[str],
    kept: Collection[str],
    expected: Expected,
    folder: Path,
    alike: Alike | None = None,
    progress: Progress = lambda stage, pairs: None,
) -> Iterator[list[Finding]]:
    """The findings of each term that has any; `kept` are not left out where there are many."""

    def told(stage: str) -> Callable[[int], None]:
        return lambda pairs: progress(stage, pairs)

    words = words_of(corpus.english)
    occurrences = Occurrences(corpus, terms, folder, told("finding terms"))
    sharing = Sharing(corpus, words, terms, occurrences, folder, told("sharing words"))
    wanted = occurrences.pairs > 0
    if np.count_nonzero(wanted) > TERMS:
        wanted &= (occurrences.pairs > 1) | np.array([term in kept for term in terms])
    term, pair = occurrences.sampled(corpus.hashes, wanted, SAMPLE)
    found: list[Finding] = []
    for begin, end in _blocks(term):
        shared = sharing.shared(term[begin:end], pair[begin:end], expected)
        found += phrases.find(shared, words, corpus.english, sharing.units)
        progress("judging phrases", end)
    together, at_all = phrases.counted(found, corpus, words, occurrences, told("counting phrases"))
    hosted = occurrences.hosted(terms)
    rows = zip(found, together.tolist(), at_all.tolist(), strict=True)
    for number, of_term in groupby(rows, lambda row: row[0].term):
        pairs, share = int(occurrences.pairs[number]), float(hosted[number])
        ranked = with_parts(
            [
                one._replace(together=both, phrase_pairs=phrase, term_pairs=pairs, hosted=share)
                for one, both, phrase in of_term
            ]
        )
        yield compared(ranked, terms, alike) if alike else ranked


def compared(found: list[Finding], terms: list[str], alike: Alike) -> list[Finding]:
    """The best findings of a term, with how much alike they and the term are."""
    best = sorted(found, key=strength, reverse=True)[:PHRASES]
    cosines = alike([(terms[one.term], one.english) for one in best])
    return [one._replace(alike=cosine) for one, cosine in zip(best, cosines, strict=True)]


def _mined(ranked: list[Finding], terms: list[str], corpus: Corpus) -> Iterator[Mined]:
    """The best findings of a term, with their strengths and examples."""
    scored = sorted(((strength(one), one) for one in ranked), key=lambda s: (-s[0], s[1].english))
    given = [one for one in scored[:PHRASES] if one[0] >= WEAKEST] or scored[:1]
    numbers = sorted({number for _, one in given for number in one.examples})
    examples = dict(zip(numbers, corpus.pairs(numbers), strict=True))
    for score, one in given:
        yield Mined(
            terms[one.term],
            one.english,
            round(score, 3),
            one.together,
            one.term_pairs,
            one.phrase_pairs,
            tuple(examples[number] for number in one.examples),
        )


def _blocks(term: Array) -> Iterator[tuple[int, int]]:
    """Stretches of about `_BLOCK` sampled pairs that end where a term ends."""
    begin = 0
    while begin < len(term):
        last = min(begin + _BLOCK, len(term)) - 1
        end = int(np.searchsorted(term, term[last], "right"))
        yield begin, end
        begin = end
