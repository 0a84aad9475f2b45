"""The plain data that every stage takes and gives: no I/O, nothing computed but look-ups.

The words are those of ISO 704 and ISO 30042 (TBX): a *concept* is one meaning, a *term* one
designation of it in one language, a *context* a sentence the term stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

JAPANESE = "ja"
ENGLISH = "en"

# Quotation marks that writers set around a part of a term: 核の「傘」 is still 核の傘.
QUOTES = "「」『』“”\"'"
_CLOSING = {"「": "」", "『": "』", "“": "”"}


class Usage(StrEnum):
    """Administrative status of a term (TBX-Basic administrativeStatus)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"


USABLE = (Usage.PREFERRED, Usage.ADMITTED)  # the others are to be avoided


class TermType(StrEnum):
    """What kind of designation a term is (TBX-Basic termType)."""

    FULL_FORM = "fullForm"
    ACRONYM = "acronym"
    ABBREVIATION = "abbreviation"
    SHORT_FORM = "shortForm"
    VARIANT = "variant"
    PHRASE = "phrase"


class PartOfSpeech(StrEnum):
    """Part of speech (TBX-Basic partOfSpeech, which knows no proper noun)."""

    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    OTHER = "other"


class Status(StrEnum):
    """Where a candidate stands in the review."""

    NEW = "new"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class State(StrEnum):
    """Where a concept stands in the workflow; the glossary is what is approved."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    DEFERRED = "deferred"


class Decision(StrEnum):
    """What one entry of the history did."""

    ACCEPTED = "accepted"  # a candidate became a concept, or joined one
    REJECTED = "rejected"
    DEFERRED = "deferred"
    APPROVED = "approved"
    ADDED = "added"  # a concept that no candidate stood for
    EDITED = "edited"
    MERGED = "merged"
    SPLIT = "split"
    COMMENTED = "commented"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence that a term stands in.

    `sentence[start:end]` is the term as it is written there; both are 0 when the sentence does
    not hold the term letter by letter. `offset` is where the sentence begins in the text of
    `document`, in characters, so that `text[offset + start : offset + end]` is the same
    surface; it is None for a sentence that does not come from a collected document.
    """

    sentence: str
    document: str = ""
    start: int = 0
    end: int = 0
    offset: int | None = None

    @classmethod
    def locating(cls, term: str, sentence: str, document: str = "") -> Context:
        """Make a context by finding `term` in `sentence`, over quotation marks inside it."""
        start, end = locate(term, sentence)
        return cls(sentence, document, start, end)

    @property
    def surface(self) -> str:
        """The term as it is written in the sentence."""
        return self.sentence[self.start : self.end]


def locate(term: str, sentence: str) -> tuple[int, int]:
    """Where `term` stands in `sentence`: (start, end), or (0, 0) when it does not."""
    start = sentence.find(term)
    if start >= 0:
        return start, start + len(term)
    kept = [i for i, char in enumerate(sentence) if char not in QUOTES]
    found = "".join(sentence[i] for i in kept).find(term)
    if found < 0 or not term:
        return 0, 0
    start, end = kept[found], kept[found + len(term) - 1] + 1
    opened = [char for char in sentence[start:end] if char in _CLOSING]
    if opened and sentence[end : end + 1] == _CLOSING[opened[-1]]:
        end += 1  # 核の「傘」 ends with its bracket
    return start, end


@dataclass(frozen=True, slots=True)
class Term:
    """One designation of a concept in one language."""

    text: str
    language: str = JAPANESE
    reading: str = ""
    part_of_speech: PartOfSpeech = PartOfSpeech.NOUN
    type: TermType | None = None
    usage: Usage = Usage.PREFERRED
    note: str = ""
    source: str = ""
    contexts: tuple[Context, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning with its terms in both languages.

    `id` is readable and stable (`extended-deterrence`; a valid XML ID). `definition` is English,
    `definition_ja` Japanese. `homograph` is 0, or 1, 2 … for concepts that share a Japanese term
    within one subject field and mean different things. `revision` counts the writes, from 1;
    `changed` is the time of the last one (ISO 8601, UTC, seconds: `2026-11-23T08:30:00Z`),
    `changed_by` who made it, and `proposed_by` who proposed what waits for approval.
    """

    id: str
    terms: tuple[Term, ...]
    subject_field: str = ""
    definition: str = ""
    definition_ja: str = ""
    definition_source: str = ""
    note: str = ""
    source: str = ""
    related: tuple[str, ...] = ()
    homograph: int = 0
    state: State = State.APPROVED
    proposed_by: str = ""
    revision: int = 1
    changed: str = ""
    changed_by: str = ""

    def in_language(self, language: str) -> tuple[Term, ...]:
        """Its terms in one language, in the order of the glossary."""
        return tuple(term for term in self.terms if term.language == language)

    def preferred(self, language: str) -> Term | None:
        """The preferred term in a language, else the first usable one, else None."""
        terms = self.in_language(language)
        usable = [t for t in terms if t.usage in USABLE]
        return next((t for t in usable if t.usage is Usage.PREFERRED), next(iter(usable), None))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says something of an equivalent (`glossary`, `dictionary` …), and what or where."""

    provider: str
    detail: str


# Providers that make English rather than find it, or judge what was made.
MADE = frozenset(("composition", "katakana", "meaning"))


@dataclass(frozen=True, slots=True)
class Offer:
    """An English equivalent for a candidate, why it is offered, and what speaks `against` it.

    `score` is 0 to 1: about how often such an offer is right.
    """

    english: str
    score: float
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...] = ()

    @property
    def made(self) -> str:
        """How it was made, "" when it is attested: composed, or by its sound."""
        if self.attested:
            return ""
        providers = {evidence.provider for evidence in self.evidence}
        return "composed" if "composition" in providers else "by its sound"

    @property
    def attested(self) -> bool:
        """Whether somebody says so, be it loosely; else it is only made of its parts or sounds."""
        return any(evidence.provider not in MADE for evidence in self.evidence)


@dataclass(frozen=True, slots=True)
class Gloss:
    """What a text itself says to be another form of a term: 国家安全保障会議(NSC).

    `text` is English, an abbreviation, a short form in Japanese, or another Japanese word (see
    `equivalents.glosses.kind_of`); `context` is where the term stands. English itself is the term
    of its abbreviation: National Security Council (NSC).
    """

    term: str
    text: str
    context: Context


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A Japanese sentence and its English translation, from a translator's finished work.

    `place` says where in its file the pair stands: "line 3", "unit 12", "row 7 of Sheet1".
    """

    japanese: str
    english: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Mined:
    """An English phrase that a Japanese term is translated by in parallel text.

    `term_pairs` sentence pairs hold the term, `together` of them the phrase too, out of
    `phrase_pairs` that hold the phrase at all. `strength` is about the probability that it is
    right, 0 to 1, in a corpus of any size. `examples` are a few of the pairs, the best first.
    """

    term: str
    english: str
    strength: float
    together: int
    term_pairs: int
    phrase_pairs: int
    examples: tuple[SentencePair, ...] = ()


class Kind(StrEnum):
    """How a candidate was found."""

    WORD = "word"  # one piece
    COMPOUND = "compound"  # several pieces standing together
    NESTED = "nested"  # inside a longer run, on evidence
    PLACED = "placed"  # a compound that begins with a place: 米国同盟国
    GENITIVE = "genitive"  # X の Y, X による Y or the like, on evidence
    EXPRESSION = "expression"  # known, and no run: 力による一方的な現状変更
    LINKED = "linked"  # A・B as a whole
    COORDINATED = "coordinated"  # spelled out: 先制攻撃 of 先制・予防攻撃


@dataclass(slots=True)
class Candidate:
    """Something found in documents that could be a term.

    `pieces` are the short units (Sudachi mode A) that it is made of, `classes` a letter for each
    (see `tokens`), `kind` how it was found
    (see `Kind`), `reading` its kana: katakana and Latin pieces in katakana, all else
    in hiragana. `key` is what its spellings share, `variants` are the other ones that were found,
    and `short_for` is the full form of an abbreviation that a text has tied to it.
    `frequency` counts occurrences, `alone` those that are not inside a longer run, `hosts` the
    longer runs, `documents` the documents that hold it; `quoted` and `defined` say that a text
    sets it in quotation marks or says what it is.
    """

    term: str
    reading: str
    pieces: tuple[str, ...]
    kind: str
    frequency: int = 0
    documents: int = 0
    contexts: list[Context] = field(default_factory=list)
    alone: int = 0
    hosts: int = 0
    quoted: bool = False
    defined: bool = False
    classes: str = ""
    key: str = ""
    variants: tuple[str, ...] = ()
    short_for: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate as a reviewer sees it: its termhood, where it stands, what is offered.

    `revision` counts the decisions about it, those that were taken back too.
    """

    candidate: Candidate
    score: float
    status: Status = Status.NEW
    offers: tuple[Offer, ...] = ()
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """One entry of the history: who did what, when, and what it changed.

    `term` is the candidate that was decided about, `english` what it was accepted with; `concept`
    is the concept it made or changed, `revision` the one of it that the reviewer saw (0 for a new
    concept), and `before` and `after` are the concept then (None where there was none).
    Entries with the same `batch` were one action. `undoes` is the batch that was taken back.
    """

    term: str
    decision: Decision
    who: str
    when: str
    english: str = ""
    concept: str = ""
    revision: int = 0
    comment: str = ""
    before: Concept | None = None
    after: Concept | None = None
    batch: int = 0
    undoes: int | None = None


class CardKind(StrEnum):
    """What a flashcard asks for; each concept has one card of a kind, in Anki and in the drill."""

    RECOGNITION = "recognition"  # Japanese → English
    PRODUCTION = "production"  # English → Japanese
    CLOZE = "cloze"  # the term left out of a real sentence
    LISTENING = "listening"  # what is heard → Japanese and English; only with audio
    CONFUSABLE = "confusables"  # which of two that learners mix up; only in the drill


@dataclass(frozen=True, slots=True)
class CardOptions:
    """How flashcards are made: of which kinds, in a deck for each subject field or in one.

    `kinds` are those that are wanted; a card whose content is missing is not made. `audio` says
    that terms and sentences are spoken; `onto` is the learner's own export of Anki (.apkg,
    .colpkg), whose fields and tags a deck is to keep. `paper` is what printable cards are for,
    `a4` or `us-letter`.
    """

    kinds: tuple[CardKind, ...] = (CardKind.RECOGNITION, CardKind.PRODUCTION, CardKind.CLOZE)
    subdecks: bool = True
    audio: bool = False
    onto: Path | None = None
    paper: str = "a4"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a learner, in the drill or in Anki; the history of them is only added to.

    `rating` is 1 (again), 2 (hard), 3 (good) or 4 (easy); `when` is the moment of the answer
    (ISO 8601, UTC, milliseconds: `2026-11-25T07:30:00.125Z`), `took` milliseconds. `given` is
    what was typed, "" when the learner judged; `origin` is `yakugo` or `anki`. `id` is 0 before it
    is stored.
    """

    concept: str
    kind: CardKind
    rating: int
    when: str
    took: int = 0
    given: str = ""
    origin: str = "yakugo"
    id: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """Where a learner stands with a concept in one direction, by FSRS.

    `phase` is 1 (learning), 2 (review) or 3 (relearning), `step` the learning step or None;
    `stability` is in days, `difficulty` 1 to 10; `due` and `last_answer` are moments like
    `Answer.when`.
    """

    concept: str
    kind: CardKind
    phase: int
    step: int | None
    stability: float
    difficulty: float
    due: str
    last_answer: str
    answers: int = 1
    lapses: int = 0


def _unchanged(key: str, content: str, otherwise: str) -> str:
    return otherwise


def _never(key: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that an export may need, read from a termbase at one moment.

    `as_of` is the time of the termbase's last write, so that the same termbase gives the same
    bytes. `examples` holds, by concept id, the sentence that shows the term in use.
    `last_changed(key, content, otherwise)` says when the content kept under a key last became
    what it is; `otherwise` is the answer for a key that is new. `retired` are concepts that the
    glossary had once, as they were then, and `was_exported(key)` says whether content was ever kept
    under a key. `found_in` names the documents that hold a Japanese term, `sounds` the files in
    which a Japanese text is spoken, and `credit` whose voice that is; `cards` says how flashcards
    are made of it all.
    """

    concepts: Sequence[Concept]
    candidates: Sequence[Ranked] = ()
    documents: Sequence[str] = ()
    reviews: Sequence[Review] = ()
    examples: dict[str, Context] = field(default_factory=dict)
    as_of: str = "1980-01-01T00:00:00Z"
    title: str = "security"
    last_changed: Callable[[str, str, str], str] = _unchanged
    retired: Sequence[Concept] = ()
    was_exported: Callable[[str], bool] = _never
    found_in: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sounds: Mapping[str, Path] = field(default_factory=dict)
    credit: str = ""
    cards: CardOptions = CardOptions()
