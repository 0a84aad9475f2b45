"""What Anki exports is read as it is, in each of its forms: made by the real back end."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_the_newest_database_counts_and_not_the_note_that_says_to_update(studied):
    path = studied.export("deck2.apkg")
    with zipfile.ZipFile(path) as package:
        old = package.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as decoy:
        decoy.deserialize(old)
        (said,) = decoy.execute("select flds from notes").fetchone()
    assert "update" in said
    assert all(said not in note.fields for note in read(path).notes.values())


def test_an_export_without_scheduling_has_no_answers(studied):
    studied.answer("silo", 0, 3)
    assert read(studied.export("plain.apkg", scheduling=False)).reviews == ()


def test_a_deck_that_we_made_is_read_too(studied):
    assert len(read(studied.folder / "deck.apkg").notes) == 3


def test_three_buttons_of_old_anki_are_understood_as_anki_does(studied):
    """Again, good and easy were 1, 2 and 3 while a card was learnt, until the scheduler of 2018."""
    backend = pytest.importorskip("anki._backend")
    card = studied.col.db.scalar("select min(id) from cards")
    log = [(kind, button) for kind in range(4) for button in range(1, 5)]
    studied.col.db.executemany(
        "insert into revlog values (?, ?, 0, ?, 1, 1, 2500, 900, ?)",
        [(1_500_000_000_000 + n, card, button, kind) for n, (kind, button) in enumerate(log)],
    )
    assert [
        (r.kind, r.button) for r in read(studied.export("new.colpkg", legacy=True)).reviews
    ] == (log)
    old = with_first_scheduler(studied.export("all.colpkg", legacy=True))
    studied.col.close()

    backend.RustBackend().import_collection_package(
        col_path=str(studied.folder / "other.anki2"),
        backup_path=str(old),
        media_folder=str(studied.folder / "other.media"),
        media_db=str(studied.folder / "other.mdb"),
    )
    other = studied.anki.Collection(str(studied.folder / "other.anki2"))
    assert other.sched_ver() == 1
    other.upgrade_to_v2_scheduler()
    expected = other.db.all("select type, ease from revlog order by id")
    other.close()
    assert [[one.kind, one.button] for one in read(old).reviews] == expected
    assert expected != [list(one) for one in log]


def with_first_scheduler(path):
    """The same collection as Anki 2.0 would have exported it."""
    with zipfile.ZipFile(path) as package, closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(package.read("collection.anki21"))
        (conf,) = connection.execute("select conf from col").fetchone()
        kept = {key: value for key, value in json.loads(conf).items() if "sched" not in key}
        connection.execute("update col set conf = ?", [json.dumps(kept)])
        connection.commit()
        data = connection.serialize()
    return packed(path.with_name("old.colpkg"), collection_anki2=data, media=b"{}")


def test_odd_values_in_the_review_log_do_no_harm(studied):
    """Add-ons write there, and SQLite keeps whatever they write."""
    studied.answer("silo", 0, 3)
    card = studied.col.db.scalar("select min(id) from cards")
    odd = [
        (1_500_000_000_001, card, "much", 1.5, "x", 0),
        (9_000_000_000_000_000_000, card, 3, 2500, 900, 1),  # in 285 million years
        (-1, card, 3, 2500, 900, 1),
    ]
    studied.col.db.executemany(
        "insert into revlog (id, cid, ease, factor, time, type, usn, ivl, lastIvl) "
        "values (?, ?, ?, ?, ?, ?, 0, 0, 0)",
        odd,
    )
    reviews = read(studied.export("all.colpkg")).reviews
    assert [(one.button, one.factor, one.took) for one in reviews[:1]] == [(0, 1, 0)]
    assert [one.button for one in reviews[1:]] == [3]


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


def test_an_export_with_a_password_is_said_to_be_damaged(studied):
    content = bytearray((studied.folder / "deck.apkg").read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1  # "encrypted"
    path = studied.folder / "secret.apkg"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"is damaged \(.+password"):
        read(path)


def test_what_is_damaged_is_read_or_refused_in_one_line(studied):
    """Whatever became of the file, an error of ours and never another."""
    studied.answer("silo", 0, 3)
    forms = [studied.export(f"{n}.apkg", legacy=bool(n)).read_bytes() for n in range(2)]
    with zipfile.ZipFile(io.BytesIO(forms[0])) as package:
        inner = package.read("collection.anki21b")
    database = zstandard.ZstdDecompressor().decompressobj().decompress(inner)
    path = studied.folder / "damaged.apkg"

    @settings(max_examples=200, deadline=None)
    @given(st.sampled_from(["0", "1", "packed", "database"]), st.data())
    def read_or_refused(which, data):
        whole = {"0": forms[0], "1": forms[1], "packed": inner, "database": database}[which]
        places = st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255))
        content = bytearray(whole)
        for place, byte in data.draw(st.lists(places, max_size=20)):
            content[place] = byte
        content = bytes(content[: data.draw(st.integers(0, len(whole)))])
        if which == "database":
            content = zstandard.ZstdCompressor().compress(content)
        if which in ("packed", "database"):
            packed(path, collection_anki21b=content)
        else:
            path.write_bytes(content)
        said = refusal(path)
        assert said == "" or said.startswith(str(path))
        assert "\n" not in said

    read_or_refused()


def refusal(path):
    """What is said against a file, "" when it is read."""
    try:
        read(path)
    except DocumentError as error:
        return str(error)
    return ""


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
