"""What a learner sees: the question, the verdict, all that is to be known of a concept.

Lines of text that fit the terminal, readings above their characters, no waiting and no input.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rich.cells import cell_len
from rich.text import Text

from yakugo.drill.answers import Judgement, Part, Verdict
from yakugo.drill.exercises import Exercise
from yakugo.drill.forgiving import Forgiven
from yakugo.drill.scheduling import AGAIN, EASY, GOOD, HARD, RATINGS
from yakugo.drill.session import end_of_day
from yakugo.furigana import pieces
from yakugo.model import ENGLISH, JAPANESE, USABLE, CardKind, Concept, Term

GAP = "＿＿＿"
NAMES = {AGAIN: "again", HARD: "hard", GOOD: "good", EASY: "easy"}
COLOURS = {AGAIN: "red", HARD: "yellow", GOOD: "green", EASY: "cyan"}
TASKS = {
    CardKind.RECOGNITION: "in English?",
    CardKind.PRODUCTION: "in Japanese?",
    CardKind.CLOZE: "what is missing?",
    CardKind.CONFUSABLE: "which one?",
}
_TERM = "bold cyan"
_PARTS = {Part.SAME: "", Part.EXTRA: "red strike", Part.MISSING: "green underline"}
_MARKS = {Part.SAME: "{}", Part.EXTRA: "[-{}]", Part.MISSING: "[+{}]"}  # where there is no colour
# What everybody does who types: the term stands below as it is written.
_NOT_TOLD = frozenset(
    (Forgiven.CASE, Forgiven.WIDTH, Forgiven.SCRIPT, Forgiven.KANA, Forgiven.ROMAJI)
)
_INDENT = 2  # columns
# Japanese lines break between any two characters but before and behind these.
_NOT_FIRST = frozenset(
    "、。，．・：；？！」』）〉》】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…,.;:?!)]"
)
_NOT_LAST = frozenset("「『（〈《【〔([")

Lines = list[Text]


@dataclass(frozen=True, slots=True)
class Painter:
    """How wide the lines are, whether in colour, and what is to be known besides the question.

    `concepts` is the whole glossary by id, `english` the translations of sentences.
    """

    width: int = 80
    colour: bool = True
    concepts: Mapping[str, Concept] = field(default_factory=dict)
    english: Mapping[str, str] = field(default_factory=dict)

    def question(self, one: Exercise) -> Lines:
        """What is asked, with what may be known beforehand."""
        lines = [Text(f"{one.kind.value}: {TASKS[one.kind]}", style="dim"), Text()]
        lines += self._block(Text(one.prompt, style=_TERM))
        if one.hint:
            lines += self._block(Text(one.hint, style="dim"))
        if one.before or one.after:
            term = (GAP, "bold reverse") if one.kind is CardKind.CLOZE else (_surface(one), "bold")
            lines += [Text(), *self._block(Text.assemble(one.before, term, one.after))]
        if one.choices:
            lines.append(Text())
        for i, choice in enumerate(one.choices, 1):
            lines += self._block(Text.assemble((f"{i}  ", "dim"), choice))
        return [*lines, Text()]

    def answer(self, one: Exercise, judged: Judgement | None, given: str) -> Lines:
        """The verdict, and all that is to be known of the concept."""
        lines: Lines = [*self._verdict(judged, given), Text()] if judged else [Text()]
        lines += self._concept(one.concept, one.hint)
        for other in one.others:
            lines += self._other(other)
        if one.kind is not CardKind.CONFUSABLE:
            lines += self._sentence(one)
        return [*lines, Text()]

    def _concept(self, concept: Concept, seen: str) -> Lines:
        """The terms of a concept and what is said of it, but what was seen in the question."""
        lines: Lines = []
        for language in (JAPANESE, ENGLISH):
            term = concept.preferred(language)
            if term is None:
                continue
            lines += self._ruby(term)
            others = [
                one for one in concept.in_language(language) if one.usage in USABLE and one != term
            ]
            if others:
                named = "; ".join(map(_read, others))
                lines += self._block(Text.assemble(("also  ", "dim"), named))
        for term in concept.terms:
            if term.usage not in USABLE:
                why = f": {term.note}" if term.note else ""
                lines += self._block(Text.assemble(("avoid  ", "red"), term.text, why))
        for text in (concept.definition, concept.definition_ja, concept.note):
            if text and text not in seen:
                lines += self._block(Text(text))
        return lines

    def _other(self, concept: Concept) -> Lines:
        """In short what the concept was not to be taken for."""
        japanese, english = concept.preferred(JAPANESE), concept.preferred(ENGLISH)
        named = [_read(term) for term in (japanese, english) if term]
        line = Text.assemble(("not  ", "dim"), ("  ".join(named), "bold"))
        return [Text(), *self._block(line), *self._block(Text(concept.definition, style="dim"))]

    def _sentence(self, one: Exercise) -> Lines:
        """The sentence, unless it stands above as it is, where it is from, and its translation."""
        context = one.context
        if context is None:
            return []
        lines: Lines = []
        sentence = Text(context.sentence)
        sentence.stylize("bold", context.start, context.end)
        if f"{one.before}{_surface(one)}{one.after}" != context.sentence:
            lines += self._block(sentence)
        if translation := self.english.get(context.sentence):
            lines += self._block(Text(translation, style="italic"))
        if context.document:
            lines += self._block(Text(f"({context.document})", style="dim"))
        return [Text(), *lines] if lines else []

    def _verdict(self, judged: Judgement, given: str) -> Lines:
        if judged.verdict is Verdict.RIGHT:
            text = Text("✓ right", style="bold green")
            if told := [one for one in judged.forgiven if one not in _NOT_TOLD]:
                text.append(f"  but for {', '.join(told)}", style="not bold dim")
            return self._wrapped(text)
        if judged.verdict is Verdict.NEAR:
            text = Text.assemble(("≈ nearly  ", "bold yellow"))
            for part, letters in judged.diff:
                mark = "{}" if self.colour else _MARKS[part]
                text.append(mark.format(letters), style=_PARTS[part])
            return self._wrapped(text)
        text = Text("✗ " + ("wrong" if given.strip() else "not known"), style="bold red")
        if judged.avoid:
            text.append(f"  {given.strip()} is to be avoided", style="not bold red")
        elif judged.meant in self.concepts:
            meant = self.concepts[judged.meant]
            terms = [term.text for lang in (JAPANESE, ENGLISH) if (term := meant.preferred(lang))]
            text.append(f"  that is {' = '.join(terms)}", style="not bold red")
        return self._wrapped(text)

    def _ruby(self, term: Term) -> Lines:
        lines = ruby(term)
        if max(line.cell_len for line in lines) > self.width - _INDENT:
            lines = [Text(_read(term), style="bold")]
        return [line for one in lines for line in self._block(one)]

    def _block(self, text: Text) -> Lines:
        lines = self._wrapped(text, _INDENT)
        return [Text(" " * _INDENT).append_text(line) for line in lines]

    def _wrapped(self, text: Text, indent: int = 0) -> Lines:
        lines = [
            line
            for one in text.split("\n", allow_blank=True)
            for line in one.divide(list(breaks(one.plain, self.width - indent)))
        ]
        for line in lines:
            line.rstrip()
        return lines


def breaks(text: str, width: int) -> Iterator[int]:
    """Where the lines of a text begin, but the first: at words, or between Japanese characters."""
    used, start, allowed = 0, 0, 0  # columns, where the line began, where it may end
    for i, char in enumerate(text):
        if i > start and _may_break(text[i - 1], char):
            allowed = i
        used += cell_len(char)
        if used > width and char != " " and i > start:
            start = allowed if allowed > start else i
            used = cell_len(text[start : i + 1])
            yield start


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return after != " "
    wide = cell_len(before) > 1 or cell_len(after) > 1
    return wide and after not in _NOT_FIRST and after != " " and before not in _NOT_LAST


def ruby(term: Term) -> Lines:
    """Two lines: the readings of the pieces, each above its piece; one where nothing is read."""
    cut = pieces(term.text, term.reading) if term.language == JAPANESE else []
    if not any(piece.reading for piece in cut):
        return [Text(term.text, style="bold")]
    above, below = "", ""
    for piece in cut:
        width = max(cell_len(piece.reading), cell_len(piece.text))
        above += _centred(piece.reading, width)
        below += _centred(piece.text, width)
    return [Text(above.rstrip(), style="dim"), Text(below.rstrip(), style="bold")]


def _centred(text: str, width: int) -> str:
    space = width - cell_len(text)
    return " " * (space // 2) + text + " " * (space - space // 2)


def ratings(later: Mapping[int, timedelta], suggested: int) -> Text:
    """The ratings that may be given, with how soon the card comes again after each."""
    parts = []
    for rating in RATINGS:
        style = f"bold reverse {COLOURS[rating]}" if rating == suggested else COLOURS[rating]
        parts.append(Text(f" {rating} {NAMES[rating]} {span(later[rating])} ", style=style))
    return Text("  ").join(parts)


def span(time: timedelta) -> str:
    """A time in short: 10 min, 3 d, 2.5 mo."""
    minutes = time.total_seconds() / 60
    if minutes < 59.5:
        return f"{max(minutes, 1):.0f} min"
    if minutes < 24 * 60:
        return f"{minutes / 60:.0f} h"
    days = minutes / (24 * 60)
    return f"{days:.0f} d" if days < 60 else f"{days / 30.4:.1f} mo"


def when(moment: datetime, now: datetime) -> str:
    """When something comes, seen from now: in 8 min, tomorrow, in 5 days."""
    if moment <= now + timedelta(hours=1):
        return f"in {span(max(moment - now, timedelta(minutes=1)))}"
    end = end_of_day(now)
    if moment <= end:
        return "later today"
    days = (moment - end).days + 1
    return "tomorrow" if days == 1 else f"in {days} days"


def _read(term: Term) -> str:
    """A term with its reading, where it has one that is not seen."""
    return f"{term.text}（{term.reading}）" if term.reading not in ("", term.text) else term.text


def _surface(one: Exercise) -> str:
    return one.context.surface if one.context and one.kind is not CardKind.CLOZE else ""
