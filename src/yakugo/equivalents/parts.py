"""The English of the parts that compounds are made of, from whoever knows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from yakugo.equivalents import dictionary, field, katakana, learned
from yakugo.equivalents.field import SLOT
from yakugo.model import Concept


@dataclass(frozen=True, slots=True)
class Form:
    """English, what it costs to take it, and what it is made of, part by part.

    `english` may hold a slot for the other part ("prevention of ~"). A cost is about the negative
    logarithm of how often such a step is right.
    """

    english: str
    cost: float
    made_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a part as the head of what stands before it, and as a modifier."""

    heads: tuple[Form, ...] = ()
    modifiers: tuple[Form, ...] = ()


NO_FORMS = Forms()
_KEPT = 6  # forms of one part, or of one beginning of a compound

_REVIEWED = 0.0
_LEARNT = 0.15
_FIELD = 0.1
_DICTIONARY = 0.75
_NAME = 0.9  # a place or a person in JMnedict: most spellings are read in several ways
_HEARD = 0.9  # English by its sound, besides what its probability costs
_LATER = 0.45  # each later form of the same part
_NOUN = 0.05  # a noun as modifier where no adjective is known
_NOT_ADJECTIVE = 0.6  # … where one is
_MOST_GLOSSES = 5
_LONGEST_GLOSS = 4  # words; longer ones explain

# Glosses that are no noun phrase: "to …", "on the desk", "getting closer".
_NO_NOUN = re.compile(
    r"(?:counter for|to|on|in|at|by|with|from|of|for|the|as|being|one's)\b"
    r"|\w+ing (?:a|up|out|to|into|through|off|by|in|on|together|closer|nearer|aware)\b"
)
_LATIN = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９][A-Za-z0-9Ａ-Ｚａ-ｚ０-９./&-]*")
# JMdict has に as load (荷) and ない as earthquake: such a part of a compound is neither.
_PARTICLE = re.compile("[ぁ-ゖ]{1,2}")

# 日米 is Japan-US: what stands for a country in one letter.
_COUNTRIES = {
    "日": "Japan", "米": "US", "中": "China", "韓": "South Korea", "朝": "North Korea",
    "露": "Russia", "ロ": "Russia", "ソ": "Soviet", "英": "UK", "仏": "France", "独": "Germany",
    "豪": "Australia", "印": "India", "欧": "Europe", "台": "Taiwan", "比": "Philippines",
    "越": "Vietnam", "加": "Canada", "伊": "Italy",
}  # fmt: skip


class Parts:
    """Forms by part: of the reviewed glossary, of what it teaches, of the word list, of JMdict.

    `without` names providers that are not to be asked.
    """

    def __init__(self, concepts: Sequence[Concept] = (), without: Collection[str] = ()) -> None:
        self._words = {} if field.PROVIDER in without else field.words()
        self._with_dictionary = dictionary.PROVIDER not in without
        self._with_sounds = katakana.PROVIDER not in without
        self._reviewed = learned.reviewed(concepts)
        self._learnt = learned.parts(self._reviewed, self._words)
        self._forms: dict[str, Forms] = {}

    def __getitem__(self, part: str) -> Forms:
        return self._forms[part]

    def look_up(self, parts: Collection[str]) -> None:
        """Find the forms of all parts that were not asked for before, at once."""
        new = set(parts) - self._forms.keys()
        unlisted = [
            part
            for part in new
            if part not in self._words and self._with_dictionary and not _PARTICLE.fullmatch(part)
        ]
        senses = dictionary.senses([*unlisted, *(part + "的" for part in unlisted)])
        names = dictionary.names([part for part in unlisted if part not in senses])
        for part in new:
            heads, modifiers = self._known(part)
            if not heads and not modifiers:
                heads = _listed(part, _nouns(senses.get(part, ())), _DICTIONARY, "JMdict")
                heads += _listed(part, names.get(part, [])[:2], _NAME, "JMnedict")
                adjectives = _nouns(senses.get(part + "的", ()))[:2]
                modifiers = _listed(part, adjectives, _DICTIONARY, "JMdict")
            if not heads and not modifiers and self._with_sounds:
                heads = _heard(part)
            extra = _NOT_ADJECTIVE if modifiers else _NOUN
            nouns = [replace(form, cost=form.cost + extra) for form in heads if is_whole(form)]
            self._forms[part] = Forms(cheapest(heads), cheapest([*modifiers, *nouns]))

    def attested(self, phrases: Collection[str]) -> set[str]:
        """Those phrases that the dictionary has as English of anything."""
        return dictionary.attested(phrases) if self._with_dictionary else set()

    def _known(self, part: str) -> tuple[list[Form], list[Form]]:
        if are_countries(part):
            name = "-".join(_COUNTRIES[char] for char in part)
            return _listed(part, [name], _REVIEWED, "countries"), []
        heads = _listed(part, self._reviewed.get(part, ()), _REVIEWED, "glossary")
        modifiers: list[Form] = []
        learnt = self._learnt.get(part)
        if learnt:
            heads += _listed(part, learnt.heads, _LEARNT, "learnt from the glossary")
            modifiers += _listed(part, learnt.modifiers, _LEARNT, "learnt from the glossary")
        word = self._words.get(part)
        if word:
            heads += _listed(part, word.heads, _FIELD, field.PROVIDER)
            modifiers += _listed(part, word.modifiers, _FIELD, field.PROVIDER)
        elif not heads and _LATIN.fullmatch(part):
            heads = _listed(part, [part], _FIELD, "as written")
        return heads, modifiers


def _heard(part: str) -> list[Form]:
    """The forms of a katakana part that nobody has: by its sound."""
    return [
        Form(text, _HEARD - log(likely), (f"{part} {text} ({katakana.PROVIDER})",))
        for text, likely in katakana.english(part)
    ]


def is_whole(form: Form) -> bool:
    """Whether a form says what it means without another part."""
    return SLOT not in form.english


def are_countries(part: str) -> bool:
    """Whether each letter of a part stands for a country: 日米韓."""
    return len(part) > 1 and all(char in _COUNTRIES for char in part)


def cheapest(forms: Iterable[Form]) -> tuple[Form, ...]:
    """The best forms, each English once."""
    best: dict[str, Form] = {}
    for form in forms:
        known = best.get(form.english)
        if known is None or form.cost < known.cost:
            best[form.english] = form
    return tuple(sorted(best.values(), key=lambda form: (form.cost, form.english))[:_KEPT])


def _listed(part: str, texts: Iterable[str], cost: float, source: str) -> list[Form]:
    return [
        Form(text, cost + i * _LATER, (f"{part} {text.replace(SLOT, '…')} ({source})",))
        for i, text in enumerate(texts)
    ]


def _nouns(senses: Sequence[dictionary.Sense]) -> list[str]:
    """What could be a part of an English compound among the glosses of the first senses."""
    texts = (dictionary.without_notes(gloss) for sense in senses[:3] for gloss in sense.glosses[:3])
    short = [
        text
        for text in texts
        if text and not _NO_NOUN.match(text) and text.count(" ") < _LONGEST_GLOSS
    ]
    return list(dict.fromkeys(short))[:_MOST_GLOSSES]
