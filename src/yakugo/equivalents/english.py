"""English as equivalents need it: what spellings share, plurals, titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

# UK → US. Words in -our, -re and the like are few in this field; -ise and -yse are a rule.
_AMERICAN = {
    "defence": "defense",
    "offence": "offense",
    "licence": "license",
    "pretence": "pretense",
    "centre": "center",
    "theatre": "theater",
    "metre": "meter",
    "kilometre": "kilometer",
    "programme": "program",
    "manoeuvre": "maneuver",
    "aluminium": "aluminum",
    "aeroplane": "airplane",
    "grey": "gray",
    "armour": "armor",
    "armoured": "armored",
    "behaviour": "behavior",
    "colour": "color",
    "endeavour": "endeavor",
    "favour": "favor",
    "harbour": "harbor",
    "honour": "honor",
    "labour": "labor",
    "neighbour": "neighbor",
    "neighbouring": "neighboring",
    "rumour": "rumor",
    "fulfil": "fulfill",
    "instalment": "installment",
    "cheque": "check",
    "tonne": "ton",
    "artefact": "artifact",
    "judgement": "judgment",
    "ageing": "aging",
    "signalling": "signaling",
    "travelling": "traveling",
    "fuelling": "fueling",
    "refuelling": "refueling",
}
_ISE = re.compile(r"(?<=[a-z]{3})is(e[ds]?|ing|ations?)$")
# These end in -ise by nature.
_NO_ISE = re.compile(
    r"(?:adv|rev|superv|comprom|exerc|enterpr|surpr|prom|prec|prem|expert|conc|franch|merchand"
    r"|rev|dev|r|no|pra|cru|no)is(?:e[ds]?|ing)$"
)
_LETTERS_WITH_DOTS = re.compile(r"\b(?:[a-z]\.){2,}")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_NO_ARTICLE = frozenset(("the", "a", "an"))


@cache
def key(phrase: str) -> str:
    """What an equivalent shares with those that differ in case, number, hyphen or spelling only.

    "Defence Equipment Transfers" and "defense-equipment transfer" have the same key.
    """
    folded = unicodedata.normalize("NFKD", phrase).casefold()
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    folded = _LETTERS_WITH_DOTS.sub(lambda match: match[0].replace(".", ""), folded)
    folded = folded.replace("'s", "s").replace("’s", "s")
    words = [word for word in _NOT_A_WORD.sub(" ", folded).split() if word not in _NO_ARTICLE]
    return " ".join(_singular(_american(word)) for word in words) or phrase


def _american(word: str) -> str:
    if word in _AMERICAN:
        return _AMERICAN[word]
    if word.endswith("s") and word[:-1] in _AMERICAN:
        return _AMERICAN[word[:-1]] + "s"
    return word if _NO_ISE.search(word) else _ISE.sub(r"iz\1", word)


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


@cache
def frequencies() -> Mapping[str, float]:
    """How often English words stand in English at large (the raw list of `wordfreq`)."""
    from wordfreq import get_frequency_dict

    found: Mapping[str, float] = get_frequency_dict("en", "large")
    return found


# A word whose plural is rarer than this, against its singular, is hardly counted: deterrence,
# security (.11), equipment. War (.135) and base (.135) are counted.
_COUNTED = 0.12
_BEFORE = re.compile(r" (?:of|on|for|to|in|by|against|with|from|between|under|at|and) ")


@cache
def plural(phrase: str) -> str:
    """A noun phrase in the plural, when its head is a noun that is counted; else as it is."""
    preposition = _BEFORE.search(phrase)
    end = preposition.start() if preposition else len(phrase)
    start = max(phrase.rfind(" ", 0, end), phrase.rfind("-", 0, end)) + 1
    word = phrase[start:end]
    if not word.isalpha() or word.isupper():
        return f"{phrase}s" if word.isupper() and not preposition and len(word) > 2 else phrase
    known = frequencies()
    forms = [word + "s", word + "es"]
    if word.endswith("y"):
        forms.append(word[:-1] + "ies")
    if word.endswith("man"):
        forms.append(word[:-2] + "en")
    best = max(forms, key=lambda form: known.get(form.lower(), 0.0))
    if known.get(best.lower(), 0.0) < _COUNTED * known.get(word.lower(), 1.0):
        return phrase
    return phrase[:start] + best + phrase[end:]


FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "against",
        "between",
        "under",
    ]
)


def title(phrase: str) -> str:
    """A phrase as the name of something: Treaty on the Prohibition of Nuclear Weapons."""
    words = phrase.split(" ")
    return " ".join(
        word if i and word in FUNCTION_WORDS else _capital(word) for i, word in enumerate(words)
    )


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
