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
_ISE = re.compile(r"(?<=[a-z]{3})is(e[drs]?|ers?|ing|ations?)$")
_YSE = re.compile(r"(?<=[a-z]l)ys(e[dr]?|ers|ing)$")
# These end in -ise by nature: raise, noise, disguise, advise, otherwise, enterprise, exercise (but
# criticise), promise, franchise, rise …
_NO_ISE = re.compile(
    r"(?:[aouvw]|pr|(?<!i)c|(?:de|pre|pro|sur)m|advert|chast|desp|expert|franch|merchand|parad|treat"
    r"|^(?:a|sun|up)?r)is(?:e[drs]?|ers|ing)$"
)
_PREFIX = re.compile(r"\b(anti|co|counter|de|inter|multi|non|post|pre|re|semi|sub)-(?=[a-z])")
_LETTERS_WITH_DOTS = re.compile(r"\b(?:[a-z]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s\b")
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
    folded = _POSSESSIVE.sub("", folded)
    folded = _PREFIX.sub(r"\1", folded)
    words = [word for word in _NOT_A_WORD.sub(" ", folded).split() if word not in _NO_ARTICLE]
    return " ".join(_singular(_american(word)) for word in words) or phrase


def american(phrase: str) -> str:
    """A phrase in small letters, in US spelling: active defense."""
    return re.sub("[a-z]+", lambda word: _american(word[0]), phrase)


def _american(word: str) -> str:
    if word in _AMERICAN:
        return _AMERICAN[word]
    if word.endswith("s") and word[:-1] in _AMERICAN:
        return _AMERICAN[word[:-1]] + "s"
    if word in _IRREGULAR or _NO_ISE.search(word):
        return word
    return _YSE.sub(r"yz\1", _ISE.sub(r"iz\1", word))


_SINGULARS_IN_S = (
    "apparatus",
    "bus",
    "campus",
    "census",
    "consensus",
    "focus",
    "gas",
    "status",
    "virus",
)
_IRREGULAR = {
    **{word + "es": word for word in _SINGULARS_IN_S},
    "analyses": "analysi",
    "crises": "crisi",
    "men": "man",
    "news": "news",
    "women": "woman",
}


def _singular(word: str) -> str:
    """The singular, or what it may as well be in a key: sorty, as sorties; crisi, as Nazi."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith(("ie", "ies")):
        return word.removesuffix("s")[:-2] + "y"
    if word.endswith(("che", "sse")):
        return word[:-1]
    if len(word) > 4 and word.endswith("men"):
        return word[:-2] + "an"
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us")):
        return word
    if word.endswith(("sses", "xes", "ches", "shes")) or (len(word) > 5 and word.endswith("oes")):
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
_BEFORE = re.compile(r" (?:of|on|for|to|in|by|against|with|from|between|under|at) ")
_UNCOUNTED = frozenset(("Corps", "corps", "new"))  # but corpses and news are often read of
_HISSING = re.compile("(?:[sxz]|ch|sh)$")
_CONSONANT_Y = re.compile("[^aeiou]y$")
_TWO_NOUNS = re.compile(r"\S+ and \S+")


@cache
def plural(phrase: str) -> str:
    """A noun phrase in the plural, when its head is a noun that is counted; else as it is.

    ICBM is counted, NATO is not, and of command and control neither.
    """
    preposition = _BEFORE.search(phrase)
    end = preposition.start() if preposition else len(phrase)
    start = max(phrase.rfind(" ", 0, end), phrase.rfind("-", 0, end)) + 1
    word = phrase[start:end]
    if (
        not word.isalpha()
        or len(word) < 3
        or word in _UNCOUNTED
        or _TWO_NOUNS.fullmatch(phrase, 0, end)
    ):
        return phrase
    known = frequencies()
    forms = _plurals(word)
    best = max(forms, key=lambda form: known.get(form.lower(), 0.0))
    if known.get(best.lower(), 0.0) < _COUNTED * known.get(word.lower(), 1.0):
        return phrase
    return phrase[:start] + best + phrase[end:]


def _plurals(word: str) -> list[str]:
    """What could be the plural of a word."""
    if word[1:] != word[1:].lower():  # an abbreviation
        return [word if word.endswith("s") else word + "s"]
    if _HISSING.search(word):
        return [word + "es"]
    if _CONSONANT_Y.search(word):
        return [word[:-1] + "ies"]
    if word.endswith("man"):
        return [word + "s", word[:-2] + "en"]
    return [word + "s", word + "es"] if word.endswith("o") else [word + "s"]


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
