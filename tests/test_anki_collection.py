"""What Anki exports is read as it is, in each of its forms: made by the real back end."""

import zipfile

import pytest

from yakugo.anki_collection import CollectionReview, read
from yakugo.errors import DocumentError
from yakugo.formats import anki as deck
from yakugo.model import ENGLISH, Concept, Snapshot, Term

CONCEPTS = [
    Concept(id, (Term(japanese, reading=reading), Term(id, ENGLISH)))
    for id, japanese, reading in (
        ("deterrence", "抑止", "よくし"),
        ("silo", "サイロ", "サイロ"),
        ("inspection", "査察", "ささつ"),
    )
]


class Studied:
    """A collection with our deck, in which some cards were answered."""

    def __init__(self, folder, concepts=CONCEPTS):
        self.anki = pytest.importorskip("anki.collection", reason="the anki package is missing")
        self.folder = folder
        self.col = self.anki.Collection(str(folder / "collection.anki2"))
        deck.write(Snapshot(concepts), folder / "deck.apkg")
        request = self.anki.ImportAnkiPackageRequest(
            package_path=str(folder / "deck.apkg"), options=self.anki.ImportAnkiPackageOptions()
        )
        self.col.import_anki_package(request)

    def answer(self, concept, position, button):
        """Answer a card; its moment in milliseconds."""
        (note,) = self.col.find_notes(f"ConceptId:{concept}")
        card = sorted(self.col.get_note(note).cards(), key=lambda card: card.ord)[position]
        card.start_timer()
        states = self.col._backend.get_scheduling_states(card.id)
        answer = self.col.sched.build_answer(card=card, states=states, rating=button - 1)
        self.col.sched.answer_card(answer)
        return self.col.db.scalar("select max(id) from revlog")

    def export(self, name, legacy=False, scheduling=True):
        path = self.folder / name
        if path.suffix == ".colpkg":
            self.col.export_collection_package(str(path), include_media=False, legacy=legacy)
            self.col.reopen()
        else:
            options = self.anki.ExportAnkiPackageOptions(with_scheduling=scheduling, legacy=legacy)
            self.col.export_anki_package(out_path=str(path), options=options, limit=None)
        return path


@pytest.fixture
def studied(tmp_path):
    made = Studied(tmp_path)
    yield made
    if made.col.db:
        made.col.close()


@pytest.mark.parametrize("legacy", [False, True])
@pytest.mark.parametrize("name", ["deck.apkg", "all.colpkg"])
def test_notes_cards_and_answers_are_read_from_every_form(studied, name, legacy):
    moments = [studied.answer("silo", 0, 3), studied.answer("silo", 1, 1)]
    collection = read(studied.export(name, legacy))
    type = collection.types[deck.MODEL_ID]
    assert (type.name, type.fields) == (deck.MODEL_NAME, deck.FIELDS)
    assert type.cards == ("Recognition", "Production", "Cloze", "Listening")
    ours = [note for note in collection.notes.values() if note.type == type.id]
    ids = {collection.value(note, "ConceptId") for note in ours}
    assert ids == {"deterrence", "silo", "inspection"}
    assert collection.value(ours[0], "no such field") == ""
    assert all("yakugo" in note.tags and note.changed > 0 for note in ours)
    assert [(one.id, one.button, one.kind) for one in collection.reviews] == [
        (moments[0], 3, 0),
        (moments[1], 1, 0),
    ]
    asked = [collection.cards[one.card] for one in collection.reviews]
    assert [card.position for card in asked] == [0, 1]
    assert isinstance(collection.reviews[0], CollectionReview)


def test_an_export_without_scheduling_has_no_answers(studied):
    studied.answer("silo", 0, 3)
    assert read(studied.export("plain.apkg", scheduling=False)).reviews == ()


def test_a_deck_that_we_made_is_read_too(studied):
    assert len(read(studied.folder / "deck.apkg").notes) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no export of Anki"),
        ("抑止".encode(), "is no export of Anki"),
        (b"PK\x03\x04 broken", "is no export of Anki"),
    ],
)
def test_what_is_no_export_is_said_to_be_none(tmp_path, content, said):
    path = tmp_path / "deck.apkg"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=said):
        read(path)


def packed(path, **members):
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name.replace("_", "."), content)
    return path


@pytest.mark.parametrize("name", ["collection_anki2", "collection_anki21", "collection_anki21b"])
def test_a_damaged_export_is_said_to_be_damaged(tmp_path, name):
    with pytest.raises(DocumentError, match=r"is damaged \(.+export it anew"):
        read(packed(tmp_path / "deck.apkg", **{name: b"no database" * 100}))


def test_a_zip_of_other_things_is_said_to_hold_none(tmp_path):
    with pytest.raises(DocumentError, match="holds no collection of Anki"):
        read(packed(tmp_path / "deck.apkg", essay_txt=b"x"))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DocumentError, match="no such file"):
        read(tmp_path / "none.apkg")


def test_an_export_that_is_cut_off(studied):
    whole = studied.export("deck2.apkg").read_bytes()
    for length in range(0, len(whole), 97):
        path = studied.folder / "cut.apkg"
        path.write_bytes(whole[:length])
        with pytest.raises(DocumentError):
            read(path)


def test_what_unpacks_to_more_than_a_collection_can_be_is_refused(studied, monkeypatch):
    monkeypatch.setattr("yakugo.anki_collection._MOST_BYTES", 10_000)
    with pytest.raises(DocumentError, match="unpacks to more than"):
        read(studied.export("deck2.apkg"))
