"""English for katakana words by their sound: サイロ → silo, クロスドメイン → cross domain.

A katakana word is an English one written down by ear; the way back is to guess which one was heard.
This is the noisy channel of Knight and Graehl, "Machine transliteration" (Computational
Linguistics 24, 1998): each word of an English list is weighed by how likely its letters are for
the kana, and by how common it is. The costs of letters, in katakana.tsv, were learned from JMdict's
entries; the list is that of `wordfreq`, in small letters. Words that are not English, or sound like
several, get low scores: a score is the probability that an offer is right, as it was measured
(benchmarks/katakana.py learns and measures).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from math import exp, inf, log10
from typing import NamedTuple

from yakugo.equivalents import english as spelling
from yakugo.model import Evidence, Offer
from yakugo.tables import table

PROVIDER = "katakana"

TABLE = "equivalents/katakana.tsv"
_MOST_OFFERS = 3
_LOWEST_SCORE = 0.05  # what is less likely only distracts

# A unit is a kana with the small kana, the ッ before it and the ー after it that belong to it.
_UNIT = re.compile(
    r"ッ*(?:[アイウエオカ-ヂツ-ヺン][ァィゥェォャュョヮ]?|[ァィゥェォャュョヮ])ー*|[ッー]+"
)
_KATAKANA = re.compile(r"[ァ-ヺー]+(?:・[ァ-ヺー]+)*")
_JOINTS = str.maketrans("=゠", "・・")
_LONGEST_CHUNK = 2  # units that letters may stand for together: ション, tion

# How far the search looks; wider finds little more and takes longer.
_BEAM = 25  # beginnings of English words that are followed at once
_WIDTH = 10.0  # cost that they may lie behind the best of them
_PARTS_KEPT = 6  # words that are tried for one part of a compound
_SHORTEST_PART = 2  # units; words of one unit would make compounds of anything
_SURE = 0.6  # a word that is as likely whole is not taken apart

_MILLIARD = 9.0  # as a power of ten; no word of the list is rarer than one in a milliard
_MOST_COMMON = 5.0  # one in 10,000; more common words are no likelier to be lent
# The list holds hashtags: nationalbank, socialsecurity. JMdict writes words so rare apart, if both
# parts are this common, and closes up the more common ones (warhead, makeover).
_HASHTAG = 2.0
_COMMON_PART = 4.0


class Weights(NamedTuple):
    """What makes a candidate likely, in powers of e; fitted by benchmarks/katakana.py.

    `cost` counts for each unit of cost, `commonness` for each tenfold in the frequency of a word,
    `boundary` for each boundary of words that the katakana does not show, `middle_dot` for each
    that it shows. `nothing` and `nothing_per_unit` are for the case that no word of the list is
    right, by the number of kana units.
    """

    cost: float
    commonness: float
    boundary: float
    middle_dot: float
    nothing: float
    nothing_per_unit: float


WEIGHTS = Weights(
    cost=-0.666,
    commonness=1.298,
    boundary=-11.525,
    middle_dot=-10.776,
    nothing=7.311,
    nothing_per_unit=-3.102,
)


class Candidate(NamedTuple):
    """English that could be what a katakana word was made of.

    `cost` is that of its letters for the kana, `commonness` the sum over its words of the
    logarithm (base 10) of the frequency in a milliard words; `boundaries` and `middle_dots`
    count what divides its words.
    """

    english: str
    cost: float
    commonness: float
    boundaries: int = 0
    middle_dots: int = 0

    def weight(self, weights: Weights) -> float:
        """How likely it is, as a logarithm, up to what all candidates share."""
        return sum(map(float.__mul__, map(float, self[1:]), weights))

    def followed_by(self, other: Candidate, boundaries: int, middle_dots: int) -> Candidate:
        """A compound of two."""
        return Candidate(
            f"{self.english} {other.english}",
            self.cost + other.cost,
            self.commonness + other.commonness,
            self.boundaries + other.boundaries + boundaries,
            self.middle_dots + other.middle_dots + middle_dots,
        )


def is_katakana(word: str) -> bool:
    """Whether a word is all katakana; ・ may divide it."""
    return _KATAKANA.fullmatch(word) is not None


def units(word: str) -> tuple[str, ...]:
    """The units of a katakana word: ト リ ップ ワ イ ヤー."""
    return tuple(_UNIT.findall(word))


Costs = Mapping[str, Sequence[tuple[float, str]]]


def shipped_costs() -> Costs:
    """For units, alone or two together, the letters they stand for, the cheapest first."""
    return {
        row["kana"]: tuple(
            zip(map(float, row["costs"].split()), row["letters"].split(), strict=True)
        )
        for row in table(TABLE)
    }


class Words:
    """The English words, in order, so that it is known which letters begin a word."""

    def __init__(self, frequencies: Mapping[str, float]) -> None:
        self._commonness = {
            word: min(log10(frequency) + _MILLIARD, _MOST_COMMON)
            for word, frequency in frequencies.items()
            if len(word) > 1 and word.isascii() and word.isalpha()
        }
        self._sorted = sorted(self._commonness)
        self._begun: dict[str, bool] = {"": True}

    def begun_by(self, letters: str) -> bool:
        """Whether any word begins with these letters."""
        known = self._begun.get(letters)
        if known is None:
            i = bisect_left(self._sorted, letters)
            known = i < len(self._sorted) and self._sorted[i].startswith(letters)
            self._begun[letters] = known
        return known

    def among(self, costs: Mapping[str, float]) -> list[Candidate]:
        """Those of the letters that are whole words, as candidates."""
        known = self._commonness
        return [
            Candidate(self._written(word), cost, known[word])
            for word, cost in costs.items()
            if word in known
        ]

    def _written(self, word: str) -> str:
        """A word as it is written, apart if it is none but two: nationalbank → national bank."""
        known = self._commonness
        if known[word] >= _HASHTAG:
            return word
        common, i = max(
            (min(known.get(word[:i], 0.0), known.get(word[i:], 0.0)), i) for i in range(len(word))
        )
        return f"{word[:i]} {word[i:]}" if common >= _COMMON_PART else word


@cache
def english_words() -> Words:
    """The list of `wordfreq`: 290,000 words of web text, subtitles, news, books and Wikipedia."""
    from wordfreq import get_frequency_dict

    return Words(get_frequency_dict("en", wordlist="large"))


class Channel:
    """From katakana to English words, with the costs of letters and the weights of evidence."""

    def __init__(self, costs: Costs, words: Words, weights: Weights = WEIGHTS) -> None:
        self._costs = costs
        self._words = words
        self._weights = weights

    def ranked(self, word: str) -> list[tuple[Candidate, float]]:
        """The candidates for a word with their probabilities, the likeliest first."""
        found = self.candidates(word)
        return list(zip(found, self._probabilities(found, word), strict=True))

    def candidates(self, word: str) -> list[Candidate]:
        """What a word could be made of: whole words, and compounds where no word is sure."""
        if not is_katakana(word):
            return []
        sound = units(word.replace("・", ""))
        found = self._whole(sound)
        if "・" in word:
            found = found + self._divided(word.split("・"))
        elif not found or self._probabilities(found[:1], word)[0] < _SURE:
            found = found + self._taken_apart(sound)
        best = {c.english: c for c in sorted(found, key=self._weight)}  # the better one stays
        return sorted(best.values(), key=lambda c: (-self._weight(c), c.english))

    def _weight(self, candidate: Candidate) -> float:
        return candidate.weight(self._weights)

    def _probabilities(self, found: Sequence[Candidate], word: str) -> list[float]:
        nothing = self._weights.nothing
        nothing += self._weights.nothing_per_unit * len(units(word.replace("・", "")))
        likely = [self._weight(candidate) for candidate in found]
        highest = max([nothing, *likely])
        total = exp(nothing - highest) + sum(exp(one - highest) for one in likely)
        return [exp(one - highest) / total for one in likely]

    def _whole(self, sound: tuple[str, ...]) -> list[Candidate]:
        return self._words_of(self._hear(sound)[-1])

    def _words_of(self, spelled: Mapping[str, float]) -> list[Candidate]:
        return sorted(self._words.among(spelled), key=self._weight, reverse=True)

    def _divided(self, pieces: Sequence[str]) -> list[Candidate]:
        """Compounds whose boundaries ・ shows: スタンド・オフ."""
        found = self._whole(units(pieces[0]))[:_PARTS_KEPT]
        for piece in pieces[1:]:
            following = self._whole(units(piece))[:_PARTS_KEPT]
            pairs = [left.followed_by(right, 0, 1) for left, right in product(found, following)]
            found = sorted(pairs, key=self._weight, reverse=True)[:_PARTS_KEPT]
        return found

    def _taken_apart(self, sound: tuple[str, ...]) -> list[Candidate]:
        """Compounds of two words whose boundary nothing shows: クロスドメイン."""
        found = []
        spelled = self._hear(sound)
        for i in range(_SHORTEST_PART, len(sound) - _SHORTEST_PART + 1):
            lefts = self._words_of(spelled[i])[:_PARTS_KEPT]
            if lefts:
                rights = self._whole(sound[i:])[:_PARTS_KEPT]
                found += [left.followed_by(right, 1, 0) for left, right in product(lefts, rights)]
        return found

    def _hear(self, sound: tuple[str, ...]) -> list[dict[str, float]]:
        """What each beginning of the units can spell (none, the first, two, …), with its cost.

        A beam search along the units, through the beginnings of English words.
        """
        begun_by = self._words.begun_by
        spelled: list[dict[str, float]] = [{} for _ in range(len(sound) + 1)]
        spelled[0][""] = 0.0
        for i in range(len(sound)):
            beam = sorted(spelled[i].items(), key=lambda item: item[1])[:_BEAM]
            highest = beam[0][1] + _WIDTH if beam else 0.0
            for end in range(i + 1, min(i + _LONGEST_CHUNK, len(sound)) + 1):
                letters_of = self._costs.get("".join(sound[i:end]), ())
                reached = spelled[end]
                for beginning, cost in beam:
                    room = highest - cost
                    for more, letters in letters_of:
                        if more > room:
                            break
                        longer = beginning + letters
                        if begun_by(longer) and cost + more < reached.get(longer, inf):
                            reached[longer] = cost + more
        return spelled

    def spelling(self, word: str, english: str) -> list[tuple[str, str]]:
        """Which letters stand for which kana, at the lowest cost: ト t, リ ri, ップ p …."""
        sound, letters = units(word.replace("・", "")), english.replace(" ", "")
        best: dict[tuple[int, int], tuple[float, list[tuple[str, str]]]] = {(0, 0): (0.0, [])}
        for i in range(len(sound)):
            for j in range(len(letters)):
                if (i, j) not in best:
                    continue
                cost, path = best[i, j]
                for end in range(i + 1, min(i + _LONGEST_CHUNK, len(sound)) + 1):
                    kana = "".join(sound[i:end])
                    for more, chunk in self._costs.get(kana, ()):
                        place = end, j + len(chunk)
                        if letters.startswith(chunk, j) and (
                            place not in best or cost + more < best[place][0]
                        ):
                            best[place] = cost + more, [*path, (kana, chunk)]
        return best.get((len(sound), len(letters)), (0.0, []))[1]


@cache
def _channel() -> Channel:
    return Channel(shipped_costs(), english_words())


@lru_cache(maxsize=50_000)  # a corpus has few katakana words, and compounds share them
def _heard(word: str) -> tuple[tuple[str, float], ...]:
    """The English heard in a word, as the list writes it, the likeliest first."""
    heard: dict[str, str] = {}
    scores: dict[str, float] = {}
    for candidate, score in _channel().ranked(_spelled(word)):
        key = spelling.key(candidate.english)  # defence and defense are one word
        heard.setdefault(key, candidate.english)
        scores[key] = scores.get(key, 0.0) + score
    likely = sorted(scores.items(), key=lambda one: -one[1])[:_MOST_OFFERS]
    return tuple((heard[key], round(score, 3)) for key, score in likely if score >= _LOWEST_SCORE)


def _spelled(word: str) -> str:
    return unicodedata.normalize("NFKC", word).translate(_JOINTS)


def english(word: str) -> list[tuple[str, float]]:
    """The English of a katakana word with the probability that it is right, the likeliest first.

    At most three, none for what is not katakana or sounds like no English word.
    """
    return [(spelling.american(heard), score) for heard, score in _heard(word)]


def offers(words: Collection[str]) -> dict[str, list[Offer]]:
    """English by its sound for those of the words that are katakana, with how it was spelled."""
    result = {}
    for word in words:
        listed = [
            Offer(spelling.american(heard), score, (_evidence(word, heard),))
            for heard, score in _heard(word)
        ]
        if listed:
            result[word] = listed
    return result


def _evidence(word: str, heard: str) -> Evidence:
    spelled = _channel().spelling(_spelled(word), heard)
    how = ", ".join(f"{kana} {letters}" for kana, letters in spelled)
    return Evidence(PROVIDER, f"sounds like {heard}: {how}")
