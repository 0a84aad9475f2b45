"""A workspace: a folder with `glossary/` and `exports/`, and the termbase of what is in work.

Everything that needs the termbase and files at once happens here: collect, publish, export.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from yakugo import (
    bitext,
    candidates,
    documents,
    encoder,
    equivalents,
    formats,
    parallel,
    ranking,
    scale,
    sentence_alignment,
    settings,
    termhood,
)
from yakugo.documents import Document, known_as
from yakugo.equivalents import Equivalents, glosses
from yakugo.equivalents.glossary import key
from yakugo.errors import ConflictError, TermbaseError, WorkspaceError
from yakugo.exchange import concepts as concepts_of_others
from yakugo.exchange import importing, workbook
from yakugo.exchange.fields import Entry, Values, candidate_values, term_values
from yakugo.exchange.outcomes import Outcome, Result
from yakugo.exchange.taking import Judge, undecided
from yakugo.exchange.taking import Progress as TakenOver
from yakugo.flashcards import notes
from yakugo.flashcards.cloze import reading_in
from yakugo.formats import tbx
from yakugo.formats.rows import in_kana_order
from yakugo.learning import Reason
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    USABLE,
    Candidate,
    CardOptions,
    Concept,
    Context,
    Mined,
    Offer,
    Ranked,
    Review,
    SentencePair,
    Snapshot,
    State,
    Status,
)
from yakugo.parallel.mining import Progress as Mining
from yakugo.ranking import Ranking
from yakugo.scale import Progress
from yakugo.termbase import Recorded, Termbase, translations

if TYPE_CHECKING:
    from yakugo import speech

GLOSSARY = "glossary"
EXPORTS = "exports"
AUDIO = "audio"
TERMBASE = "termbase.sqlite"
SHIPPED = "security.tbx"

_PUBLISHED = "published glossary"  # under this the termbase remembers the file's digest
_MEANING = "meaning"  # … and under this whether composed English is judged by its meaning


def shipped_glossary() -> Path:
    """The reviewed glossary that comes with yakugo."""
    packaged = Path(str(resources.files("yakugo"))) / GLOSSARY / SHIPPED
    checkout = Path(__file__).parents[2] / GLOSSARY / SHIPPED
    return packaged if packaged.exists() else checkout


def is_workspace(folder: Path) -> bool:
    """Whether a folder has what makes a workspace: a glossary."""
    return (folder / GLOSSARY).is_dir()


def init(folder: Path) -> None:
    """Make a workspace with the shipped glossary; what is there already stays as it is."""
    try:
        for name in (GLOSSARY, EXPORTS):
            (folder / name).mkdir(parents=True, exist_ok=True)
        if not any((folder / GLOSSARY).glob("*.tbx")):
            shutil.copyfile(shipped_glossary(), folder / GLOSSARY / SHIPPED)
    except OSError as error:
        raise WorkspaceError(
            f"cannot make a workspace in {folder}: {error.strerror or error}; "
            "choose another folder with -w, or make this one writable"
        ) from error


def termbase_of(folder: Path, database: str = "") -> Termbase:
    """The termbase of a workspace as it is: nothing is loaded into it or scored."""
    if not is_workspace(folder):
        raise WorkspaceError(
            f"{folder} is not a workspace (it has no {GLOSSARY}/); make one with "
            f"'yakugo init {folder}', or name another with -w"
        )
    chosen = settings.read(folder)
    return Termbase(database or chosen.database or folder / TERMBASE, chosen.two_person)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a candidate stands where it stands: its score, its place among all, and the reasons.

    `decisions` is the number of reviews that the weights were fitted to.
    """

    candidate: Candidate
    score: float
    rank: int
    of: int
    reasons: Sequence[Reason]
    decisions: int


class Workspace:
    """An open workspace; use it in a `with` block.

    `folder` must be a workspace (see `init`). Its termbase is a SQLite file in it, unless
    `database` or its settings (see `settings`) name another place by a URL. A termbase without
    concepts loads the published glossary first.
    """

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        self.termbase = termbase_of(folder, database)
        try:
            self.glossary = _glossary_file(folder / GLOSSARY)
            self._load_glossary()
            self._score()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the termbase."""
        self.termbase.close()

    def _load_glossary(self) -> None:
        if self.termbase.read_only or not self.termbase.is_empty() or not self.glossary.exists():
            return
        concepts = tbx.read(self.glossary)
        with self.termbase.transaction():
            if self.termbase.is_empty():  # else another program was faster
                self.termbase.load(concepts)
                self.termbase.remember(_PUBLISHED, _digest(self.glossary))

    def collect(
        self,
        documents: Sequence[Document],
        progress: Progress = lambda document, characters: None,
        jobs: int = 1,
        against: Collection[Document] | None = None,
    ) -> dict[str, Recorded]:
        """Collect candidates, each document in a transaction of its own; by name, what was new.

        A document that was collected before with the same text is left alone, one with another
        text replaces its former counts; reviews stay in any case. `progress` is told the
        characters of the document read so far. `jobs` processes read long texts; a program
        that asks for more than one must guard its main module (`if __name__ == "__main__"`).

        `against` are general texts: what stands there as often ranks lower. They stay until others
        are named; none at all (an empty list) takes them away.
        """
        known = {one.identity for one in documents if self.termbase.has_document(one)}
        outcomes = dict.fromkeys(known, Recorded.UNCHANGED)
        new = list({one.identity: one for one in documents if one.identity not in known}.values())
        general = [one for one in against or () if not self.termbase.has_general(one)]
        if against is not None:
            self.termbase.keep_general(against)
        background = ranking.background(self.termbase.glossary())
        try:
            characters = sum(one.characters for one in (*general, *new))
            with scale.processes(jobs, characters) as executor:
                for document, counts, _ in scale.read(general, executor, progress):
                    expanded = candidates.expand(counts, document, background)
                    self.termbase.record_general(document, expanded)
                for document, counts, found in scale.read(new, executor, progress):
                    expanded = candidates.expand(counts, document, background)
                    outcome = self.termbase.record(document, expanded, found)
                    outcomes[document.identity] = outcome
        finally:  # what was stored before an interruption is scored too
            self._score()
        return {self.termbase.name_of(one): outcomes[one.identity] for one in documents}

    def _score(self) -> None:
        """Score the candidates if anything was stored since, or if other weights scored them."""
        if not self.termbase.is_scored(termhood.SIGNATURE) and not self.termbase.read_only:
            self.learn()

    def learn(self) -> None:
        """Score all candidates by what is known and decided by now."""
        if not self.termbase.has_candidates():
            self.termbase.set_scores({}, termhood.SIGNATURE)
            return
        made = self.scoring()
        scores = made.scores()
        self.termbase.set_scores(
            {
                spelling: scores[one.term]
                for one in made.candidates
                for spelling in (one.term, *one.variants)
            },
            termhood.SIGNATURE,
        )

    def scoring(self) -> Ranking:
        """What scores the candidates, with what was decided about them by now; stores nothing."""
        stored = self._grouped(self.termbase.candidates(contexts=0))
        return Ranking(
            [one.candidate for one in stored],
            self.termbase.glossary(),
            self.termbase.glosses(),
            self.termbase.decisions(),
            general=self.termbase.general(),
        )

    def explain(self, term: str) -> Explanation:
        """Why a candidate stands where it stands; TermbaseError when there is none of that name."""
        made = self.scoring()
        scores = made.scores()
        wanted = key(term)
        group = next((c for c in made.candidates if wanted in (c.term, *c.variants)), None)
        if group is None:
            raise TermbaseError(
                f"{term} is not among the candidates; collect a document that holds it first"
            )
        before = sum(score > scores[group.term] for score in scores.values())
        full_form = glosses.short_forms(self.termbase.glosses()).get(group.term, "")
        return Explanation(
            replace(group, short_for=full_form),
            scores[group.term],
            before + 1,
            len(scores),
            made.reasons(group.term),
            made.model.decisions,
        )

    def _grouped(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        return ranking.grouped(ranked, self.termbase.documents_by_key())

    def ranking(
        self,
        documents: Collection[str] | None = None,
        statuses: Iterable[Status] | None = None,
    ) -> list[Ranked]:
        """The candidates, best first: all, or those that stand in the named documents.

        Counts are over the whole termbase. `statuses` limits the list; without it rejected
        candidates are left out. English is for `offered` to add.
        """
        wanted = set(Status) - {Status.REJECTED} if statuses is None else set(statuses)
        grouped = self._grouped(self.termbase.candidates(documents))
        if not grouped:
            return []
        known = ranking.known(grouped, self.termbase.glossary(), self.termbase.glosses())
        return [one for one in known if one.status in wanted]

    def uses_meaning(self) -> bool:
        """Whether composed English is judged by its meaning (see `use_meaning`)."""
        return self.termbase.remembered(_MEANING) == "yes"

    def use_meaning(self, wanted: bool) -> None:
        """Have composed English judged by its meaning, from now on, or not.

        The termbase remembers it, not the machine: whoever exports the same termbase gets the
        same files, or is told that the optional package is missing (MissingPackageError).
        """
        if wanted:
            encoder.require()
        if wanted is not self.uses_meaning():
            self.termbase.remember(_MEANING, "yes" if wanted else "no")

    def equivalents(self, meaning: bool | None = None) -> Equivalents:
        """What offers English, by what is reviewed, collected and aligned by now.

        `meaning` chooses for once what `use_meaning` has chosen for good.
        """
        meaning = self.uses_meaning() if meaning is None else meaning
        return Equivalents(
            self.termbase.glossary(),
            self.termbase.glosses(),
            lambda terms: translations.mined(self.termbase, terms),
            meaning=meaning,
        )

    def align(
        self,
        path: Path,
        english: Path | None = None,
        line_by_line: bool = True,
        progress: Mining = lambda stage, pairs: None,
    ) -> tuple[str, Recorded]:
        """Mine finished work for what terms are translated by; the file's name and what was new.

        `path` is what `bitext.pairs` reads, with `english` two texts line by line, or two documents
        whose sentences are to be matched first. A file that was aligned before with the same
        content is left alone, a changed one replaces what it gave. All is stored at the end, or
        nothing. DocumentError for what cannot be read.
        """
        name, place = known_as(path.resolve(), self.folder.resolve())
        if english is None or line_by_line:
            found = bitext.pairs(path, english)
        else:
            found = _matched(path, english)
        digest = _digest(path, english) if english else _digest(path)
        if translations.is_aligned(self.termbase, place or name, digest):
            return name, Recorded.UNCHANGED
        read = 0

        def counted() -> Iterator[SentencePair]:
            nonlocal read
            for pair in found:
                read += 1
                yield pair

        background = ranking.background(self.termbase.glossary())
        known = {one.candidate.term for one in self.termbase.candidates(contexts=0)}
        alike = encoder.alike if self.uses_meaning() else None
        mined = parallel.mine(counted(), background, known, equivalents.listed, alike, progress)
        return name, translations.record(self.termbase, name, place or name, digest, read, mined)

    def translations(self, name: str) -> list[Mined]:
        """What was mined from an aligned file, the strongest first."""
        return translations.of_file(self.termbase, name)

    def offered(self, ranked: Sequence[Ranked]) -> list[Ranked]:
        """The same candidates with their English offers."""
        if not ranked:
            return []
        return ranking.with_offers(ranked, self.equivalents())

    def suggest(
        self, terms: Iterable[str], meaning: bool | None = None
    ) -> list[tuple[Candidate, Sequence[Offer]]]:
        """The English offers for terms, collected or not, best first; in the order of the terms."""
        concepts, found = self.termbase.glossary(), self.termbase.glosses()
        groups = ranking.known(self._grouped(self.termbase.candidates(contexts=0)), concepts, found)
        collected = {
            key(spelling): one.candidate
            for one in groups
            for spelling in (one.candidate.term, *one.candidate.variants)
        }
        wanted = [collected.get(key(term)) or candidates.of(key(term)) for term in terms]
        offers = self.equivalents(meaning).offers(wanted)
        return [(one, offers.get(one.term, ())) for one in wanted]

    def publish(self) -> Path:
        """Write the reviewed glossary to its TBX file; the same glossary gives the same bytes.

        ConflictError when the file was changed, by hand or by git, since it was loaded or
        published here: what stands in it is not in the termbase and would be lost.
        """
        known = self.termbase.remembered(_PUBLISHED)
        if known and self.glossary.exists() and _digest(self.glossary) != known:
            raise ConflictError(
                f"{self.glossary} was changed since it was loaded; put the former version back "
                "to publish over it, after importing what is new in it: yakugo import FILE"
            )
        tbx.write(Snapshot(self.termbase.glossary()), self.glossary)
        self.termbase.remember(_PUBLISHED, _digest(self.glossary))
        return self.glossary

    def export(
        self,
        names: Iterable[str],
        folder: Path | None = None,
        documents: Collection[str] = (),
        with_proposed: bool = False,
        cards: CardOptions | None = None,
        speaking: speech.Progress | None = None,
    ) -> list[Path]:
        """Write the glossary in the named formats; to `exports/` when no folder is given.

        `documents` and `with_proposed` select the concepts, see `snapshot`; `speaking` is told how
        many texts are spoken, should the cards be.
        """
        chosen = [formats.load(name) for name in names]
        folder = _made(folder or self.folder / EXPORTS)
        snapshot = self.snapshot(documents, with_proposed, cards)
        if snapshot.cards.audio:
            snapshot = self._spoken(snapshot, speaking)
        paths = []
        # When what was exported changed is noted all at once, or not at all where a file fails.
        with nullcontext() if self.termbase.read_only else self.termbase.transaction():
            for one in chosen:
                path = folder / (snapshot.title + one.suffix)
                one.write(snapshot, path)
                paths.append(path)
        return paths

    def _spoken(self, snapshot: Snapshot, speaking: speech.Progress | None) -> Snapshot:
        """With a sound for each term and sentence that stands on cards, kept in the workspace."""
        from yakugo import speech

        said = []
        for concept in snapshot.concepts:
            term = concept.preferred(JAPANESE)
            if term is not None and concept.preferred(ENGLISH) is not None:
                said.append(speech.Said(term.text, term.text, term.reading))
                if context := notes.example(concept, snapshot):
                    reading = reading_in(context, concept)
                    said.append(speech.Said(context.sentence, context.surface, reading))
        found = speech.spoken(said, self.folder / AUDIO, *filter(None, [speaking]))
        sounds = {one.text: path for one, path in found.items()}
        return replace(snapshot, sounds=sounds, credit=speech.CREDIT)

    def review_rows(
        self, glossary: bool = True, top: int | None = None, min_freq: int = 1
    ) -> list[Values]:
        """The rows of a workbook for review: the concepts, a row a Japanese term, then candidates.

        Concepts are in the order of their readings, rejected ones are left out; `glossary` is
        False to leave all out. Candidates that wait for a decision come best first, at most `top`.
        """
        concepts = self.termbase.concepts() if glossary else []
        waiting = [
            one
            for one in self.ranking(statuses=[Status.NEW, Status.DEFERRED])
            if one.candidate.frequency >= min_freq
        ]
        sentences = self.termbase.first_contexts()
        return [
            term_values(concept, term, sentences.get(term.text))
            for concept in sorted(concepts, key=in_kana_order)
            for term in concept.in_language(JAPANESE)
            if concept.state is not State.REJECTED
        ] + [candidate_values(one) for one in self.offered(waiting[:top])]

    def export_for_review(
        self,
        folder: Path | None = None,
        glossary: bool = True,
        top: int | None = None,
        min_freq: int = 1,
    ) -> Path:
        """Write the workbook that colleagues fill in; see `review_rows` for what is in it."""
        path = _made(folder or self.folder / EXPORTS) / f"{self.glossary.stem}-review.xlsx"
        rows = self.review_rows(glossary, top, min_freq)
        workbook.write(rows, path, self.glossary.stem, self.termbase.as_of())
        return path

    def take_over(
        self,
        found: Sequence[Entry | Concept],
        who: str,
        judge: Judge = undecided,
        rehearse: bool = False,
        progress: TakenOver = lambda rows: None,
    ) -> list[Outcome]:
        """Take over what was filled in, or concepts of another termbase; the ranking learns.

        See `importing.take_over` and `exchange.concepts.take_over`.
        """
        entries = [one for one in found if isinstance(one, Entry)]
        others = [one for one in found if isinstance(one, Concept)]
        arguments = who, judge, rehearse, progress
        outcomes = importing.take_over(self.termbase, entries, *arguments)
        outcomes += concepts_of_others.take_over(self.termbase, others, *arguments)
        if not rehearse and any(one.result is Result.APPLIED for one in outcomes):
            self.learn()
        return outcomes

    def collected_examples(self) -> dict[str, Context]:
        """For each concept a sentence: from the collected documents, else the glossary's own."""
        return examples(self.termbase.glossary(), self.termbase.first_contexts())

    def snapshot(
        self,
        documents: Collection[str] = (),
        with_proposed: bool = False,
        cards: CardOptions | None = None,
    ) -> Snapshot:
        """All that an export may need, as the termbase stands now.

        With `documents` only the concepts whose Japanese terms stand in one of them; concepts that
        wait for approval only `with_proposed`. TermbaseError for a document that is not there.
        """
        self.termbase.check_documents(documents)
        glossary, everything = self.termbase.glossary(), self.termbase.concepts()
        reviews = self.termbase.reviews()
        found_in = self.termbase.found_in()
        concepts = _with_proposed(glossary, everything) if with_proposed else glossary
        undecided = (one for one in everything if one.state is not State.REJECTED)
        retired = _retired(reviews, (*glossary, *undecided))
        if documents:
            concepts, retired = (
                [one for one in some if _stands_in(one, documents, found_in)]
                for some in (concepts, retired)
            )
        return Snapshot(
            concepts=concepts,
            candidates=self.offered(self.ranking(documents or None, Status)),
            documents=self.termbase.documents(),
            reviews=reviews,
            examples=examples(
                (*concepts, *retired), self.termbase.first_contexts(documents or None)
            ),
            as_of=self.termbase.as_of(),
            title=self.glossary.stem,
            last_changed=self.termbase.last_changed,
            retired=retired,
            was_exported=self.termbase.was_exported,
            found_in=found_in,
            cards=cards or CardOptions(),
        )


def _with_proposed(glossary: Iterable[Concept], concepts: Iterable[Concept]) -> list[Concept]:
    """The glossary, and what was proposed for it, each concept as it would be."""
    proposed = {one.id: one for one in concepts if one.state is State.PROPOSED}
    chosen = {one.id: one for one in glossary} | proposed
    return [chosen[id] for id in sorted(chosen)]


def _stands_in(
    concept: Concept, documents: Collection[str], found_in: Mapping[str, Sequence[str]]
) -> bool:
    terms = [term.text for term in concept.in_language(JAPANESE)]
    return any(name in documents for text in terms for name in found_in.get(text, ()))


def _retired(reviews: Iterable[Review], there: Iterable[Concept]) -> list[Concept]:
    """The concepts that were taught once and are not now, as they were then.

    As they were approved last; one that never was, as it was proposed last.
    """
    former: dict[State, dict[str, Concept]] = {State.PROPOSED: {}, State.APPROVED: {}}
    for review in reviews:
        one = review.before
        if one is not None and one.state in former and _is_taught(one):
            former[one.state][one.id] = one
    last = former[State.PROPOSED] | former[State.APPROVED]
    return [last[id] for id in sorted(last.keys() - {one.id for one in there if _is_taught(one)})]


def _is_taught(concept: Concept) -> bool:
    return bool(concept.preferred(JAPANESE) and concept.preferred(ENGLISH))


def _matched(japanese: Path, english: Path) -> Iterator[SentencePair]:
    """The pairs of sentences of a document and its translation that are sure enough."""
    texts = documents.read(japanese).text, documents.read(english).text
    yield from sentence_alignment.align(*texts).pairs()


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"cannot write to {folder}: {error.strerror or error}; choose another with -o"
        ) from error
    return folder


def _digest(*paths: Path) -> str:
    digest = sha256()
    for path in paths:
        with path.open("rb") as file:
            digest.update(file_digest(file, sha256).digest())
    return digest.hexdigest()


def _glossary_file(folder: Path) -> Path:
    files = sorted(folder.glob("*.tbx"))
    if len(files) > 1:
        raise WorkspaceError(
            f"{folder} holds {len(files)} .tbx files, but a workspace has one glossary; "
            "keep one there and put the others elsewhere"
        )
    return files[0] if files else folder / SHIPPED


def examples(concepts: Iterable[Concept], collected: Mapping[str, Context]) -> dict[str, Context]:
    """For each concept a sentence: from the collected documents, else the glossary's own.

    `collected` holds the best collected sentence by Japanese term. A sentence with a term to avoid
    comes last.
    """
    found = {}
    for concept in concepts:
        terms = sorted(concept.in_language(JAPANESE), key=lambda term: term.usage not in USABLE)
        own = [context for term in terms for context in term.contexts]
        sentences = [collected[t.text] for t in terms if t.text in collected] + own
        if sentences:
            found[concept.id] = sentences[0]
    return found
