"""English composed from that of the parts: 核戦争遂行能力 from 核戦争 and 遂行能力.

Nobody attests what is composed, and it is offered as such. A Japanese compound grows at its end, so
its English is built from the left: what stands so far becomes the modifier of the next part
(nuclear war + capability), or its complement where the part asks for one (prevention of …,
Treaty on …, …-based). Of all ways to cut a compound into parts the cheapest are taken, by dynamic
programming over its short units.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp

from yakugo.equivalents import english
from yakugo.equivalents.field import SLOT
from yakugo.equivalents.parts import NO_FORMS, Form, Forms, Parts, are_countries, cheapest, is_whole
from yakugo.model import Candidate, Evidence, Offer

PROVIDER = "composition"

_LONGEST = 7  # short units in one part
_MOST_UNITS = 14  # in what is composed at all
_MOST_OFFERS = 4

_PART = 1.3  # each further part: long parts that are known are worth more than short ones
_OF = 1.0  # "use of weapons" for 武器使用, beside "weapons use"
_CHAINED = 0.8  # a phrase with "of" or "on" as a modifier
_PARTICIPLE_WITHIN = 0.6  # "capability enhanced act"
_REPEATED = 1.5  # the same word twice running
_AS_MODIFIER = 0.7  # X の Y as "X Y" rather than "Y of X"
_ATTESTED = 0.6  # taken off when the dictionary has the English as a whole
# About how often a composed equivalent is right, measured on the annotated texts developed on:
# the first falls with its cost, the later ones are right a third as often.
_SOFTNESS = 1.5
_CERTAIN = 0.85  # a cost that leaves next to no doubt
_NOT_FIRST = 0.35
_LEAST = 0.001

_COMPLEMENT = re.compile(r" ~$")  # prevention of ~
_PREFIX = re.compile(r"[^~]*[^~ ]~")  # anti-~, re~
_LONG_PHRASE = re.compile(r" (?:of|on|for|to|against|in|by|with|from) ")
_PARTICIPLE = re.compile(r"[a-z]+ed")
_GLUED = re.compile("([a-z]*)~([a-z]*)")
_WORD = re.compile(r"[^\s~-]+")
_DIGITS = re.compile(r"[0-9０-９]+")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_MORE_THAN_ONE = frozenset(
    ["all", "both", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
)
_VERBAL = "V"  # the class of verbal nouns, see tokens.py
_PLACE = "G"
_BEGINS_NOTHING = "STC"  # suffixes and counters
_ENDS_NOTHING = "X"  # prefixes
_UNKNOWN = "."

# What joins two parts: the English between them, and whether their order is turned round.
_CONNECTIVES = {
    "の": ("of", True),
    "による": ("by", True),
    "に関する": ("on", True),
    "に対する": ("against", True),
    "への": ("to", True),
    "からの": ("from", True),
    "における": ("in", True),
    "との": ("with", True),
    "のための": ("for", True),
    "のない": ("without", True),
    "と": ("and", False),
    "や": ("and", False),
    "及び": ("and", False),
    "および": ("and", False),
    "並びに": ("and", False),
    "又は": ("or", False),
    "または": ("or", False),
    "・": ("and", False),
}


@dataclass(frozen=True, slots=True)
class _Units:
    """The short units of a compound, each with its class ("." when not known)."""

    pieces: tuple[str, ...]
    classes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.pieces)

    def __getitem__(self, where: slice) -> _Units:
        return _Units(self.pieces[where], self.classes[where])

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def could_be_a_word(self) -> bool:
        """Whether the tokenizer's classes let this stand for itself: not 戦機 of 電子|戦|機."""
        bound = self.classes[0] in _BEGINS_NOTHING or self.classes[-1] in _ENDS_NOTHING
        return len(self) == 1 or not bound or are_countries(self.text)

    def parts(self) -> Iterable[_Units]:
        """All that could be one part."""
        for start in range(len(self)):
            for end in range(start + 1, min(start + _LONGEST, len(self)) + 1):
                yield self[start:end]


def offers(candidates: Iterable[Candidate], parts: Parts) -> dict[str, list[Offer]]:
    """What the parts of each candidate give together, the likeliest first."""
    wanted = {one.term: units for one in candidates if 1 < len(units := _units(one)) <= _MOST_UNITS}
    parts.look_up({part.text for units in wanted.values() for part in units.parts()})
    composed = {term: _whole(units, parts) for term, units in wanted.items()}
    attested = parts.attested({form.english for forms in composed.values() for form in forms})
    result = {}
    for term, forms in composed.items():
        ranked = cheapest(
            replace(form, cost=form.cost - _ATTESTED * (form.english in attested)) for form in forms
        )
        distinct = list({english.key(form.english): form for form in reversed(ranked)}.values())
        if distinct:
            distinct.sort(key=lambda form: form.cost)
            result[term] = [_offer(form, i) for i, form in enumerate(distinct[:_MOST_OFFERS])]
    return result


def _offer(form: Form, rank: int) -> Offer:
    score = exp(-max(form.cost - _CERTAIN, 0.05) / _SOFTNESS) * (_NOT_FIRST if rank else 1)
    return Offer(
        form.english, max(round(score, 3), _LEAST), (Evidence(PROVIDER, " + ".join(form.made_of)),)
    )


def _units(candidate: Candidate) -> _Units:
    classes = tuple(candidate.classes)
    if len(classes) != len(candidate.pieces):
        classes = (_UNKNOWN,) * len(candidate.pieces)
    kept = [
        (piece, kind)
        for piece, kind in zip(candidate.pieces, classes, strict=True)
        if piece.strip() and piece not in "「」『』"
    ]
    units: list[tuple[str, str]] = []
    for piece, kind in kept:
        units.append((piece, kind))
        for length in (3, 2):  # に|おけ|る
            joined = "".join(piece for piece, _ in units[-length:])
            if len(units) > length and joined in _CONNECTIVES:
                units[-length:] = [(joined, _UNKNOWN)]
    return _Units(tuple(piece for piece, _ in units), tuple(kind for _, kind in units))


def _whole(units: _Units, parts: Parts) -> list[Form]:
    """The forms of a compound that are made of two parts or more."""
    return [form for form in _compound(units, parts, divided=True) if is_whole(form)]


def _compound(units: _Units, parts: Parts, divided: bool = False) -> tuple[Form, ...]:
    """The forms of what may hold の and the like, which bind less closely than a compound."""
    for i in range(len(units) - 2, 0, -1):
        connective = _CONNECTIVES.get(units.pieces[i])
        if connective is not None:
            word, turned = connective
            between = units.pieces[i - 1], units.pieces[i + 1]
            if units.pieces[i] == "・" and all(map(_KATAKANA.fullmatch, between)):
                word = ""  # スタンド・オフ: the dot is a space
            left, right = _compound(units[:i], parts), _compound(units[i + 1 :], parts)
            return cheapest(_joined(left, right, word, turned))
    return _phrase(units, parts, divided).heads


def _joined(left: Sequence[Form], right: Sequence[Form], word: str, turned: bool) -> Iterable[Form]:
    for a in left:
        for b in right:
            cost, made_of = a.cost + b.cost + _PART, a.made_of + b.made_of
            if turned and _COMPLEMENT.search(b.english):
                text = b.english.replace(SLOT, _several(a.english))
                yield Form(text, cost, made_of)
            elif is_whole(a) and is_whole(b):
                if turned:
                    text = f"{b.english} {word} {_several(a.english)}"
                    if word != "without":
                        yield Form(f"{a.english} {b.english}", cost + _AS_MODIFIER, made_of)
                else:
                    text = f"{a.english} {word} {b.english}".replace("  ", " ")
                yield Form(text, cost, made_of)


def _phrase(units: _Units, parts: Parts, divided: bool = False) -> Forms:
    """The forms of a compound; `divided` leaves out those of it as one part."""
    cells = [NO_FORMS]
    for end in range(1, len(units) + 1):
        heads: list[Form] = []
        modifiers: list[Form] = []
        for start in range(max(0, end - _LONGEST), end):
            part = _part(units[start:end], parts, divided and end - start == len(units))
            if start == 0:
                heads += filter(is_whole, part.heads)
                modifiers += filter(is_whole, part.modifiers)
            else:
                verbal = units.classes[end - 1] == _VERBAL
                place = units.classes[end - 1] == _PLACE
                heads += _applied(cells[start], part.heads, verbal, place)
                modifiers += _applied(cells[start], part.modifiers, False, place)
        cells.append(Forms(cheapest(heads), cheapest(modifiers)))
    return cells[-1]


def _part(units: _Units, parts: Parts, divided: bool) -> Forms:
    """The forms of one part, which may be a word behind a prefix: 対|潜水艦, 第|7, 12|式."""
    forms = parts[units.text] if not divided and units.could_be_a_word() else NO_FORMS
    if len(units) == 1:
        return forms
    made = _numbered(units) or _prefixed(units, parts)
    return Forms(
        cheapest([*forms.heads, *made.heads]), cheapest([*forms.modifiers, *made.modifiers])
    )


def _numbered(units: _Units) -> Forms | None:
    """第7 is 7th, 12式 Type 12, 19型 …-19."""
    before, behind = units.pieces[0], units.pieces[-1]
    text = ""
    if len(units) == 2 and before == "第" and _DIGITS.fullmatch(behind):
        text = _ordinal(int(behind))
    elif len(units) == 2 and behind == "式" and _DIGITS.fullmatch(before):
        text = f"Type {int(before)}"
    elif len(units) == 2 and behind in ("型", "号") and _DIGITS.fullmatch(before):
        text = f"{SLOT}-{int(before)}"
    if not text:
        return None
    form = Form(text, 0.0, (f"{units.text} {text.replace(SLOT, '…')}",))
    return Forms((form,), (form,))


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def _prefixed(units: _Units, parts: Parts) -> Forms:
    first, rest = parts[units.pieces[0]], parts[units[1:].text]
    prefixes = cheapest(
        form for form in (*first.modifiers, *first.heads) if _PREFIX.fullmatch(form.english)
    )
    if not prefixes:
        return NO_FORMS

    def behind(forms: Iterable[Form]) -> tuple[Form, ...]:
        return cheapest(
            Form(
                prefix.english.replace(SLOT, form.english),
                prefix.cost + form.cost + _PART,
                prefix.made_of + form.made_of,
            )
            for prefix in prefixes
            for form in filter(is_whole, forms)
            if _makes_words(prefix.english, form.english)
        )

    return Forms(behind(rest.heads), behind(rest.modifiers))


def _applied(left: Forms, right: Iterable[Form], verbal: bool, place: bool) -> Iterable[Form]:
    """What stands so far, with the forms of the next part."""
    for form in right:
        if _COMPLEMENT.search(form.english):
            yield from _with_complement(left.heads, form, form.english, 0.0)
        elif not _PREFIX.fullmatch(form.english):
            yield from _modified(left.modifiers, form, place)
            if verbal and is_whole(form):
                yield from _with_complement(left.heads, form, f"{form.english} of {SLOT}", _OF)


def _with_complement(
    left: Iterable[Form], form: Form, pattern: str, extra: float
) -> Iterable[Form]:
    name = _makes_a_name(form.english)
    for one in left:
        text = pattern.replace(SLOT, _several(one.english))
        cost = one.cost + form.cost + _PART + extra
        yield Form(english.title(text) if name else text, cost, one.made_of + form.made_of)


def _modified(left: Iterable[Form], form: Form, place: bool) -> Iterable[Form]:
    pattern = form.english if SLOT in form.english else f"{SLOT} {form.english}"
    name = _makes_a_name(form.english) and not place
    first = _words(form.english)[:1]
    alike = form.cost + _PART
    if _PARTICIPLE.fullmatch(form.english):
        alike += _PARTICIPLE_WITHIN
    for one in left:
        if not _makes_words(pattern, one.english):
            continue
        cost = one.cost + alike
        if _LONG_PHRASE.search(one.english):
            cost += _CHAINED
        if _words(one.english)[-1:] == first:
            cost += _REPEATED
        text = pattern.replace(SLOT, one.english)
        if one.english in _MORE_THAN_ONE and pattern.startswith(f"{SLOT} "):
            text = english.plural(text)
        yield Form(english.title(text) if name else text, cost, one.made_of + form.made_of)


@cache
def _makes_a_name(form: str) -> bool:
    """Whether a form is of a name: "~ Treaty", "Ministry of ~", "Council"; not Japanese army."""
    capitals = [word.istitle() for word in form.replace(SLOT, " ").split()]
    return any(capitals if SLOT in form else capitals[-1:])


def _makes_words(pattern: str, text: str) -> bool:
    """Whether what is glued to the text makes a word: terrorism, but not unuse or triprinciple."""
    match = _GLUED.search(pattern)
    if not match:
        return True
    words = _words(text)
    if not words:
        return True
    known = english.frequencies()
    made = [match[1] + words[0]] * bool(match[1]) + [words[-1] + match[2]] * bool(match[2])
    return all(word in known for word in made)


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


@cache
def _several(text: str) -> str:
    """The plural of a complement; there is one North Atlantic Treaty Organization."""
    is_name = " " in text and english.title(text) == text
    return text if is_name else english.plural(text)
