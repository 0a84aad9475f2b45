"""Three reviewers on the screen, by the API and with workbooks, in random order.

Each knows the termbase as she saw it last, which is mostly not as it is. After every act it is
checked that it did what was said, or nothing, and overwrote only what its writer had seen; at
the end, that the history replayed from the beginning gives what is stored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from storm import verdict
from storm.filling import Filled, fill
from storm.world import (
    ENGLISH,
    GLOSSARY,
    JAPANESE,
    Entry,
    Lost,
    World,
    bare,
    begin,
    look,
    replay,
    require,
    texts,
)
from yakugo import spreadsheets
from yakugo.errors import ConflictError, TermbaseError
from yakugo.exchange import report, workbook
from yakugo.exchange.entries import entries
from yakugo.exchange.fields import Values, candidate_values, term_values
from yakugo.exchange.importing import take_over
from yakugo.exchange.outcomes import Outcome, Result
from yakugo.exchange.taking import Side
from yakugo.model import Concept, Decision, Ranked, State, Status, Term, Usage
from yakugo.screen import Walk
from yakugo.termbase import Termbase, doctor, review

NAMES = ("sato", "mori", "abe")
_AS_OF = "2026-01-01T00:00:00Z"
_ROW = re.compile(rf"row (\d+) of {workbook.REVIEW}")


@dataclass(slots=True)
class Reviewer:
    """Who decides, and what she saw last."""

    name: str
    seen: World
    candidates: list[Ranked]


@dataclass(slots=True)
class Copy:
    """A workbook that lies around: exported when the termbase was as `seen`, filled in later."""

    exported: Path
    seen: World
    filled: Path | None = None
    rows: dict[int, Filled] | None = None
    by: str = ""
    applied: set[int] | None = None  # rows that were


class Storm:
    """One run; `seed` decides all that happens in it. Lost, with the acts, when an edit is."""

    def __init__(self, termbase: Termbase, folder: Path, seed: int) -> None:
        self.termbase = termbase
        self.folder = folder
        self.seed = seed
        self.pick = Random(seed)
        self.counts: Counter[str] = Counter()
        self.acts: list[str] = []
        self.entries: list[Entry] = []
        self.copies: list[Copy] = []
        self._typed = 0

    def run(self, acts: int = 30) -> Counter[str]:
        """Do so many acts, import what lies around again, and return what was counted."""
        try:
            begin(self.termbase)
            self.now = look(self.termbase)
            self.reviewers = [
                Reviewer(name, self.now, self.termbase.candidates(contexts=1)) for name in NAMES
            ]
            for _ in range(acts):
                who = self.pick.choice(self.reviewers)
                if self.pick.random() < 0.35:
                    who.seen, who.candidates = self.now, self.termbase.candidates(contexts=1)
                act, _ = self.pick.choices(*zip(*_WEIGHTS, strict=True))[0], None
                getattr(self, act)(who)
            self._return_everything()
            replay(GLOSSARY, self.entries, self.now)
            wrong = [one for one in doctor.check(self.termbase) if one.severity == "error"]
            require(not wrong, f"the doctor says {wrong}")
        except Lost as lost:
            story = "\n".join(self.acts[-8:])
            raise Lost(f"seed {self.seed}, act {len(self.acts)}: {lost}\n{story}") from lost
        return self.counts

    # --- what all acts have in common

    def _try(self, who: Reviewer, what: str, act: Callable[[], object]) -> object:
        """Do something; None when it was refused, and then nothing of it may be stored."""
        self.acts.append(f"{who.name}: {what}")
        self.counts["edits"] += 1
        before = self.now
        result: object = None
        try:
            result = act() or True
        except TermbaseError as error:
            kind = "conflicts" if isinstance(error, ConflictError) else "invalid"
            self.counts[kind] += 1
            self.acts[-1] += f" -> {error}"
        else:
            self.counts["applied"] += 1
        self._look()
        if result is None:
            require(self.now.same_as(before), "it was refused, but something was stored")
        self._check_chain(before)
        return result

    def _look(self) -> None:
        self.now = look(self.termbase, self.now.last)
        self.entries += self.now.new

    def _check_chain(self, before: World) -> None:
        """What was stored before and after is what the new entries say."""
        concepts = dict(before.concepts)
        for entry in self.now.new:
            one = entry.review
            if one.concept:
                require(bare(concepts.get(one.concept)) == bare(one.before), f"a gap at {one}")
                if one.after:
                    concepts[one.concept] = one.after
                else:
                    concepts.pop(one.concept, None)
        for id in {*concepts, *self.now.concepts}:
            same = bare(concepts.get(id)) == bare(self.now.concepts.get(id))
            require(same, f"{id} was changed, which is not in the history")

    def _entry(self, who: Reviewer, decision: Decision, about: str) -> None:
        """The history has it, by whom and about what."""
        found = [
            entry
            for entry in self.now.new
            if (entry.review.who, entry.review.decision) == (who.name, decision)
            and about in (entry.review.term, entry.review.concept)
        ]
        require(found, f"{decision.value} {about} by {who.name} is not in the history")

    def typed(self, text: str) -> str:
        """A text that nobody has typed before."""
        self._typed += 1
        digits = str.maketrans("0123456789", "〇一二三四五六七八九")
        number = str(self._typed)
        return f"{text} {number}" if text.isascii() else text + number.translate(digits)

    def _concept(self, who: Reviewer) -> Concept:
        return self.pick.choice(list(who.seen.concepts.values()))

    def _see(self, who: Reviewer, concept: Concept) -> None:
        """Whoever writes sees what she has written."""
        who.seen = replace(who.seen, concepts={**who.seen.concepts, concept.id: concept})

    # --- the API

    def edit(self, who: Reviewer) -> None:
        """Change a concept as it was seen."""
        seen, before = self._concept(who), self.now
        new = self._changed(seen)
        comment = self.typed("because") if self.pick.random() < 0.3 else ""
        stored = self._try(
            who,
            f"edit {seen.id} from {seen.revision}: {_difference(seen, new)}",
            lambda: review.edit(self.termbase, new, seen.revision, who.name, comment=comment),
        )
        if not isinstance(stored, Concept):
            return
        require(bare(before.concepts.get(seen.id)) == bare(seen), "it overwrote what was not seen")
        require(_content(self.now.concepts[seen.id]) == _content(new), "it is not what was written")
        if _content(new) != _content(seen):
            self._entry(who, Decision.EDITED, seen.id)
        self._see(who, stored)

    def _changed(self, concept: Concept) -> Concept:
        one = self.pick.randrange(8)
        terms = list(concept.terms)
        if one < 3:
            field = ("definition", "note", "definition_ja")[one]
            return replace(concept, **{field: self.pick.choice(("", self.typed(field)))})
        if one == 3:
            return replace(concept, subject_field=self.pick.choice(("", "strategy", "alliances")))
        if one == 4:
            terms.append(Term(self.typed("another"), ENGLISH, usage=Usage.ADMITTED))
        elif one == 5:
            terms.append(Term(self.typed("異称"), usage=Usage.ADMITTED))
        else:
            place = self.pick.randrange(len(terms))
            usage = Usage.ADMITTED if one == 6 else Usage.DEPRECATED
            changed = replace(terms[place], usage=usage, note=self.typed("note"))
            terms[place] = changed
        return replace(concept, terms=tuple(terms))

    def add(self, who: Reviewer) -> None:
        """Add a concept by hand."""
        japanese = self.pick.choice((self.typed("新規"), "海上封鎖", "入港"))
        new = Concept("", (Term(japanese), Term(self.typed("novelty"), ENGLISH)))
        stored = self._try(
            who, f"add {japanese}", lambda: review.edit(self.termbase, new, 0, who.name)
        )
        if isinstance(stored, Concept):
            require(_content(self.now.concepts[stored.id])[1:] == _content(new)[1:], "not as added")
            self._entry(who, Decision.ADDED, stored.id)
            self._see(who, stored)

    def settle(self, who: Reviewer) -> None:
        """Approve, reject or put off a concept, from what was seen of it."""
        seen, before = self._concept(who), self.now
        act, decision = self.pick.choice(
            (
                (review.approve, Decision.APPROVED),
                (review.reject, Decision.REJECTED),
                (review.defer, Decision.DEFERRED),
            )
        )
        comment = self.typed("because") if self.pick.random() < 0.3 else ""
        done = self._try(
            who,
            f"{decision.value} {seen.id} from {seen.revision}",
            lambda: act(
                self.termbase, seen.id, who.name, comment=comment, seen_revision=seen.revision
            ),
        )
        if done is not None:
            require(bare(before.concepts.get(seen.id)) == bare(seen), "decided about the unseen")
            self._entry(who, decision, seen.id)
            self._see(who, self.now.concepts[seen.id])

    def merge(self, who: Reviewer) -> None:
        """Merge a concept into another one."""
        one, into = self._concept(who), self._concept(who)
        before = self.now
        kept = self._try(
            who,
            f"merge {one.id} into {into.id}",
            lambda: review.merge(self.termbase, one.id, into.id, who.name),
        )
        if isinstance(kept, Concept):
            old, was = before.concept(one.id), before.concept(into.id)
            assert old is not None
            assert was is not None
            stored = self.now.concepts[kept.id]
            terms = {(t.language, t.text) for t in (*old.terms, *was.terms)}
            require({(t.language, t.text) for t in stored.terms} == terms, "a term was lost")
            for field in ("definition", "definition_ja", "note"):
                wanted = getattr(was, field) or getattr(old, field)
                require(wanted in getattr(stored, field), f"the {field} was lost")
            require(self.now.concept(old.id) == stored, f"{old.id} does not lead there")
            self._entry(who, Decision.MERGED, old.id)
            self._entry(who, Decision.MERGED, kept.id)

    def split(self, who: Reviewer) -> None:
        """Move a term of a concept to a new one."""
        seen, before = self._concept(who), self.now
        term = self.pick.choice(seen.terms)
        parts = self._try(
            who,
            f"split {term.text} off {seen.id}",
            lambda: review.split(self.termbase, seen.id, [term.text], who.name),
        )
        if isinstance(parts, tuple):
            old = before.concept(seen.id)
            assert old is not None
            there = {(t.language, t.text) for part in parts for t in part.terms}
            require(there == {(t.language, t.text) for t in old.terms}, "a term was lost")
            for part in parts:
                require(bare(self.now.concepts[part.id]) == bare(part), "not as it was split")
                self._entry(who, Decision.SPLIT, part.id)

    def remark(self, who: Reviewer) -> None:
        """Comment on a concept or a candidate."""
        about = self.pick.choice((self._concept(who).id, self._candidate(who).candidate.term))
        text = self.typed("remark")
        before = self.now
        if self._try(
            who,
            f"comment on {about}",
            lambda: review.comment(self.termbase, about, text, who.name),
        ):
            require([e.review.comment for e in self.now.new] == [text], "the comment was lost")
            require(self.now.concepts == before.concepts, "a comment changed something")

    # --- the screen

    def _candidate(self, who: Reviewer) -> Ranked:
        return self.pick.choice(who.candidates)

    def _shown(self, who: Reviewer, term: str) -> Walk:
        """The screen, with the list as it was when she opened it, and a candidate shown."""
        walk = Walk(self.termbase, who.name, who.candidates)
        require(walk.find(term), f"{term} is not shown")
        return walk

    def accept(self, who: Reviewer) -> None:
        """Accept a candidate that is shown."""
        one, before = self._candidate(who), self.now
        term = one.candidate.term
        given = [self.pick.choice((self.typed("accepted"), "escort duty", "port call"))]
        given += [self.typed("also")] * (self.pick.random() < 0.3)
        into = self._concept(who).id if self.pick.random() < 0.15 else ""
        concept = self._try(
            who,
            f"accept {term} = {given} {into}",
            lambda: self._shown(who, term).accept("; ".join(given), into),
        )
        if isinstance(concept, Concept):
            self._check_status(who, one, before, Status.ACCEPTED)
            stored = self.now.concepts[concept.id]
            require(term in {t.text for t in stored.in_language(JAPANESE)}, "not accepted")
            require(set(given) <= texts(stored, ENGLISH), "its English was lost")
            was = before.concepts.get(concept.id)
            for t in was.terms if was else ():
                require(t in stored.terms, f"accepting it took {t.text} away")
            self._entry(who, Decision.ACCEPTED, term)

    def set_aside(self, who: Reviewer) -> None:
        """Reject a candidate that is shown, or put it off."""
        one, before = self._candidate(who), self.now
        term = one.candidate.term
        decision = self.pick.choice((Decision.REJECTED, Decision.DEFERRED))

        def act() -> None:
            walk = self._shown(who, term)
            (walk.reject if decision is Decision.REJECTED else walk.defer)()

        if self._try(who, f"{decision.value} {term}", act):
            self._check_status(who, one, before, Status(decision.value))
            self._entry(who, decision, term)

    def _check_status(self, who: Reviewer, one: Ranked, before: World, wanted: Status) -> None:
        """It is decided now, and was as she saw it."""
        term = one.candidate.term
        require(self.now.statuses[term] is wanted, f"{term} is {self.now.statuses[term]}")
        was = before.statuses[term]
        require(was is one.status, f"{term} was {was}, which she had not seen")
        who.candidates = self.termbase.candidates(contexts=1)

    def undo(self, who: Reviewer) -> None:
        """Take the last decision back."""
        before = self.now
        walk = Walk(self.termbase, who.name, who.candidates)
        undone = self._try(who, "undo", walk.undo)
        if undone is None:
            return
        batch = undone.batch  # type: ignore[attr-defined]
        rows = [e for e in self.entries if e.review.batch == batch]
        require(rows and all(e.review.who == who.name for e in rows), "not her own decision")
        back = [e for e in self.now.new if e.review.undoes == batch]
        require(len(back) == len(rows), "not all of it was taken back")
        for done in rows:
            one = done.review
            if bare(one.before) != bare(one.after):
                stored, was = self.now.concepts.get(one.concept), before.concepts.get(one.concept)
                require(bare(was) == bare(one.after), "it took back what others changed since")
                require(bare(stored) == bare(one.before), "it was not taken back")
            if done.statuses[0] is not done.statuses[1]:
                require(before.statuses[one.term] is done.statuses[1], "others have decided since")
                require(self.now.statuses[one.term] is done.statuses[0], "not taken back")

    # --- workbooks

    def export(self, who: Reviewer) -> None:
        """Write a workbook for review, which somebody will fill in."""
        self.acts.append(f"{who.name}: export {len(self.copies)}")
        path = self.folder / f"{len(self.copies)}.xlsx"
        workbook.write(self._review_rows(), path, "security", _AS_OF)
        self.copies.append(Copy(path, self.now))

    def _review_rows(self) -> list[Values]:
        """As `Workspace.review_rows`, without the order, and with nothing offered."""
        return [
            term_values(concept, term)
            for concept in self.now.concepts.values()
            for term in concept.in_language(JAPANESE)
            if concept.state is not State.REJECTED
        ] + [
            candidate_values(one)
            for one in self.termbase.candidates(contexts=1)
            if one.status in (Status.NEW, Status.DEFERRED)
        ]

    def hand_in(self, who: Reviewer) -> None:
        """Fill in a workbook and have it imported, or have one imported again."""
        if not self.copies:
            self.export(who)
        copy = self.pick.choice(self.copies)
        if copy.rows is None:
            self._fill(copy, who)
        decides = self.pick.choice((Side.THEIRS, None)) if self.pick.random() < 0.15 else None
        self._import(copy, decides)

    def _fill(self, copy: Copy, who: Reviewer) -> None:
        copy.filled, copy.by = copy.exported.with_suffix(".filled.xlsx"), who.name
        copy.rows = fill(copy.exported, copy.filled, self.pick, self.typed)

    def _import(self, copy: Copy, side: Side | None = None) -> None:
        assert copy.filled is not None
        assert copy.rows is not None
        first = copy.applied is None
        again = "" if first else " again"
        self.acts.append(f"{copy.by}: import {copy.filled.stem}{again}, conflicts: {side}")
        tables = entries(spreadsheets.read(copy.filled), copy.filled).tables
        found = [entry for table in tables for entry in table.entries]
        before = self.now
        overruled: set[str] = set()

        def judge(conflict: Outcome) -> Side | None:
            if side is Side.THEIRS:
                overruled.update((conflict.concept, conflict.japanese))
            return side

        rehearsed = None
        if self.pick.random() < 0.3:
            rehearsed = take_over(self.termbase, found, copy.by, judge, rehearse=True)
            require(look(self.termbase, self.now.last).same_as(before), "a rehearsal was kept")
        said = take_over(self.termbase, found, copy.by, judge)
        told = [one for one in (rehearsed, said) if one is not None]
        told = [[replace(one, ours_when="") for one in each] for each in told]
        require(told[0] == told[-1], "the rehearsal said something else")
        self._look()
        self._check_chain(before)
        outcomes = {_number(one.place): one for one in said}
        taken = verdict.Import(copy.by, copy.rows, copy.seen, before, self.now, outcomes, overruled)
        verdict.check(taken, self._reported(said), self.entries)
        applied = {
            number
            for number, one in outcomes.items()
            if one.result is Result.APPLIED and one.said != "comment kept"
        }
        for number, row in copy.rows.items():
            if first and row.changed and number in outcomes:
                self.counts["edits"] += 1
                self.counts[_COUNTED[outcomes[number].result]] += 1
        twice = applied & (copy.applied or set()) if side is None else ()
        for number in sorted(twice):
            raise Lost(f"row {number} {copy.rows[number]} was applied again: {outcomes[number]}")
        copy.applied = (copy.applied or set()) | applied
        if self.pick.random() < 0.5:
            self._check_second(copy, found)

    def _check_second(self, copy: Copy, found: list) -> None:
        """The same file at once again changes nothing."""
        before = self.now
        said = take_over(self.termbase, found, copy.by)
        again = [one for one in said if one.result is Result.APPLIED]
        require(not again, f"the same file changed something again: {again[:1]}")
        require(look(self.termbase, before.last).same_as(before), "the same file changed something")

    def _reported(self, outcomes: list[Outcome]) -> dict[int, str]:
        """The results by row, as the report says them."""
        path = self.folder / "report.xlsx"
        report.write(outcomes, path, "security", _AS_OF)
        sheets = {sheet.name: sheet for sheet in spreadsheets.read(path)}
        rows = sheets[report.NOT_APPLIED].rows if report.NOT_APPLIED in sheets else ()
        return {_number(row.cells[0]): row.cells[2] for row in rows[1:]}

    def _return_everything(self) -> None:
        """Have all workbooks imported once, and again: the second time changes nothing."""
        for copy in self.copies:
            if copy.rows is None:
                self._fill(copy, self.pick.choice(self.reviewers))
                self._import(copy)
        for copy in self.copies:
            self._import(copy)


_WEIGHTS = (
    ("edit", 8), ("add", 1), ("settle", 3), ("merge", 1), ("split", 1), ("remark", 2),
    ("accept", 4), ("set_aside", 3), ("undo", 3), ("export", 2), ("hand_in", 4),
)  # fmt: skip
_COUNTED = {
    Result.APPLIED: "applied",
    Result.UNCHANGED: "unchanged",
    Result.CONFLICT: "conflicts",
    Result.INVALID: "invalid",
}


def _number(place: str) -> int:
    found = _ROW.match(place)
    require(found, f"{place!r} is no place")
    assert found is not None
    return int(found[1])


def _content(concept: Concept) -> tuple[object, ...]:
    """What a concept says, however its terms are sorted and wherever it stands."""
    return (
        concept.id, sorted(map(str, concept.terms)), concept.subject_field, concept.definition,
        concept.definition_ja, concept.note, concept.source, concept.homograph,
    )  # fmt: skip


def _difference(seen: Concept, new: Concept) -> str:
    from yakugo.termbase.history import changes

    return str([tuple(one) for one in changes(seen, new)])
