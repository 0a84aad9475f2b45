"""Decks beside genanki, and what real Anki makes of five editions of one.

    python benchmarks/flashcards.py [--notes N]

Makes what stands on the cards of made-up concepts (readings, a sentence and its furigana), then
writes these notes as a deck, and the same by genanki alone, by turns, five times each; prints the
seconds of both steps and the ratio of the second. Then the
`anki` package imports the deck, a fifth of the cards are studied, and five edited editions follow:
texts change, concepts come and go. Printed is what Anki says of each, whether a note is double,
and whether each schedule is as it was.
"""

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import genanki
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from lookup import concepts as made_up

from yakugo.flashcards.notes import FIELDS, notes
from yakugo.formats import anki as deck
from yakugo.model import ENGLISH, JAPANESE, Context, Snapshot

SENTENCES = (
    "両国は{}をめぐる協議を続けたが、合意には至らなかった。",
    "白書は{}の重要性を改めて強調している。",
    "{}に関する専門家の評価は分かれている。",
)


def listed(number):
    found = []
    for one in made_up():
        term = one.preferred(JAPANESE)
        if term and one.preferred(ENGLISH):
            sentence = SENTENCES[len(found) % 3].format(term.text)
            context = Context.locating(term.text, sentence, "essay.txt")
            terms = tuple(replace(t, contexts=(context,)) if t is term else t for t in one.terms)
            found.append(replace(one, terms=terms, changed="2026-11-01T00:00:00Z"))
        if len(found) == number:
            return found
    return found


def by_genanki(made, path):
    """The same notes by the package alone."""
    model = genanki.Model(
        1,
        "peer",
        fields=[{"name": name} for name in FIELDS],
        templates=[deck._template(name, *parts) for name, parts in deck._CARDS.items()],
        css=deck._file("style", ".css"),
    )
    pile = genanki.Deck(2, "peer")
    for note in made:
        pile.add_note(genanki.Note(model, list(note.fields), tags=list(note.tags), guid=note.guid))
    genanki.Package(pile).write_to_file(path)


def timed(act):
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def speed(concepts, folder):
    snapshot = Snapshot(concepts)
    begin = time.perf_counter()
    made = notes(snapshot)
    making = time.perf_counter() - begin
    ours, theirs = [], []
    for _ in range(5):
        ours.append(timed(lambda: deck.write_notes(made, snapshot, folder / "ours.apkg")))
        theirs.append(timed(lambda: by_genanki(made, folder / "theirs.apkg")))
    a, b = statistics.median(ours), statistics.median(theirs)
    print(
        f"{len(made):,} notes: made in {making:.2f} s; written in {a:.2f} s, "
        f"by genanki alone in {b:.2f} s, ratio {a / b:.2f}"
    )


class Kept:
    """When content last changed, as a termbase keeps it."""

    def __init__(self):
        self.content = {}
        self.edition = 0

    def last_changed(self, key, content, otherwise):
        """See `Snapshot.last_changed`."""
        known, when = self.content.get(key, (content, otherwise))
        if known != content:
            when = f"2026-12-{self.edition + 1:02}T00:00:00Z"
        self.content[key] = content, when
        return when


def editions(concepts, folder):
    collection = Collection(str(folder / "collection.anki2"))
    kept = Kept()

    def imports(there, gone=()):
        snapshot = Snapshot(
            there,
            retired=gone,
            last_changed=kept.last_changed,
            was_exported=kept.content.__contains__,
        )
        path = folder / "edition.apkg"
        deck.write(snapshot, path)
        request = ImportAnkiPackageRequest(
            package_path=str(path), options=ImportAnkiPackageOptions()
        )
        log = collection.import_anki_package(request).log
        return {
            name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")
        }

    held_back = len(concepts) // 20
    there = concepts[:-held_back]
    print(f"  first edition: {imports(there)}")
    cards = collection.find_cards("is:new")[::5]
    collection.sched.set_due_date(cards, "3-9")
    schedule = "select id, type, queue, due, ivl, reps from cards where id in ({})"
    query = schedule.format(",".join(map(str, cards)))
    before = collection.db.all(query)
    gone = []
    for edition in range(1, 6):
        kept.edition = edition
        step = len(concepts) // 50
        gone += there[:step]
        there = (
            there[step:]
            + concepts[len(concepts) - held_back :][
                (edition - 1) * held_back // 5 : edition * held_back // 5
            ]
        )
        there = [
            replace(one, definition=f"Edition {edition}.") if i % 10 == edition else one
            for i, one in enumerate(there)
        ]
        log = imports(there, gone)
        doubles = collection.note_count() - len({n.id for n in (*there, *gone)})
        same = collection.db.all(query) == before
        retired = len(collection.find_notes("tag:yakugo::retired"))
        print(f"  edition {edition + 1}: {log}; double notes {doubles}; retired {retired}; "
              f"{len(before):,} schedules {'kept' if same else 'LOST'}")  # fmt: skip
    collection.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--notes", type=int, default=10_000)
    given = parser.parse_args()
    for number in dict.fromkeys((60, given.notes)):
        concepts = listed(number)
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            speed(concepts, folder)
            editions(concepts, folder)


if __name__ == "__main__":
    main()
