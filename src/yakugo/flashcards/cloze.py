"""Clozes: a real sentence with its term left out."""

from __future__ import annotations

import re

from yakugo.model import ENGLISH, JAPANESE, QUOTES, Concept, Context, locate

GAP = "[…]"
HIDDEN = "…"
_WITHOUT_QUOTES = str.maketrans("", "", QUOTES)


def cloze(context: Context) -> tuple[str, str, str] | None:
    """A sentence before its term, the term as it is written there, and the sentence after it.

    Where the sentence holds the term once more there is a gap (`GAP`). None when the sentence does
    not hold the term letter by letter.
    """
    places = occurrences(context)
    if not places:
        return None
    sentence = context.sentence
    before, after = "", ""
    end = 0
    for start, following in places:
        if start < context.start:
            before += sentence[end:start] + GAP
        elif start == context.start:
            before += sentence[end:start]
        else:
            after += sentence[end:start] + GAP
        end = following
    return before, context.surface, after + sentence[end:]


def without_english(text: str, concept: Concept) -> str:
    """A text that does not give a concept's English away, as a gloss in brackets does."""
    folded = text.casefold()
    found = [t.text for t in concept.in_language(ENGLISH) if t.text.casefold() in folded]
    if not found:
        return text
    terms = sorted(found, key=len, reverse=True)
    pattern = "|".join(rf"(?<![A-Za-z]){re.escape(term)}(?![A-Za-z])" for term in terms)
    return re.sub(pattern, HIDDEN, text, flags=re.IGNORECASE)


def reading_in(context: Context, concept: Concept) -> str:
    """The reviewed reading of the term that a sentence shows, quotation marks in it or not."""
    term = context.surface
    readings = {one.text: one.reading for one in concept.in_language(JAPANESE)}
    return readings.get(term) or readings.get(term.translate(_WITHOUT_QUOTES), "")


def occurrences(context: Context) -> list[tuple[int, int]]:
    """Where the term of a context stands in its sentence, each time: (start, end), in order.

    Inside a longer word too, which would give it away (拡大抑止 in 拡大抑止協議), and whatever
    quotation marks stand inside it.
    """
    if context.start >= context.end:
        return []
    term = context.surface.translate(_WITHOUT_QUOTES)
    places = [(context.start, context.end)]
    waiting = [(0, context.start), (context.end, len(context.sentence))]
    while waiting:
        start, end = waiting.pop()
        first, last = locate(term, context.sentence[start:end]) if term else (0, 0)
        if first < last:
            place = start + first, start + last
            places.append(place)
            waiting += [(start, place[0]), (place[1], end)]
    return sorted(places)
