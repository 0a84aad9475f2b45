"""The deck as real Anki sees it: imported, studied, imported again in a later edition."""

import os
import sqlite3
import subprocess
import sys
import time
import zipfile
from dataclasses import replace

import pytest

from yakugo.errors import DocumentError, WorkspaceError
from yakugo.formats import anki as deck
from yakugo.formats import load, tbx
from yakugo.furigana import pieces
from yakugo.model import (
    Candidate,
    CardKind,
    CardOptions,
    Concept,
    Context,
    Ranked,
    Snapshot,
    Term,
    Usage,
)
from yakugo.workspace import shipped_glossary

EXTENDED = Concept(
    "extended-deterrence",
    (
        Term(
            "拡大抑止",
            reading="かくだいよくし",
            contexts=(
                Context.locating("拡大抑止", "同盟国は拡大抑止の信頼性を問い直した。", "essay.txt"),
            ),
        ),
        Term("extended deterrence", "en"),
        Term("extended nuclear deterrence", "en", usage=Usage.ADMITTED),
        Term("expanded deterrence", "en", usage=Usage.DEPRECATED),
    ),
    subject_field="nuclear strategy",
    definition="Deterrence of an attack on an ally by one's own forces.",
    changed="2026-11-01T09:00:00Z",
)
DUAL_KEY = Concept(
    "dual-key",
    (Term("二重鍵", reading="にじゅうかぎ"), Term("dual key", "en")),
    definition="An arrangement under which two states must both agree before a weapon is fired.",
    changed="2026-11-02T09:00:00Z",
)
UMBRELLA = Concept(
    "nuclear-umbrella",
    (Term("核の傘", reading="かくのかさ"), Term("nuclear umbrella", "en")),
    definition="Protection that a nuclear power promises to an ally.",
    changed="2026-11-03T09:00:00Z",
)
TRIAD = Concept(
    "nuclear-triad",
    (Term("三本柱", reading="さんぼんばしら"), Term("triad", "en")),
    changed="2026-11-20T09:00:00Z",
)
EXAMPLES = {
    "nuclear-umbrella": Context.locating(
        "核の傘", "小国はなお核の「傘」の下にいる & <待つ>。", "speech.html"
    )
}
GLOSSARY = Snapshot((EXTENDED, DUAL_KEY, UMBRELLA), examples=EXAMPLES)


class Learner:
    """Somebody with a real Anki collection."""

    def __init__(self, folder):
        collection = pytest.importorskip("anki.collection", reason="the anki package is missing")
        self.folder = folder
        self.col = collection.Collection(str(folder / "collection.anki2"))
        self._request = collection.ImportAnkiPackageRequest
        self._options = collection.ImportAnkiPackageOptions
        self._export_options = collection.ExportAnkiPackageOptions

    def imports(self, snapshot):
        path = self.folder / "edition.apkg"
        deck.write(snapshot, path)
        request = self._request(package_path=str(path), options=self._options())
        log = self.col.import_anki_package(request).log
        kinds = ("new", "updated", "duplicate", "conflicting")
        return {kind: len(found) for kind in kinds if (found := getattr(log, kind))}

    def note(self, concept):
        (found,) = self.col.find_notes(f"ConceptId:{concept.id}")
        return self.col.get_note(found)

    def cards(self, concept):
        return sorted(self.note(concept).cards(), key=lambda card: card.ord)

    def studies(self, concept):
        """Answer all cards of a concept "easy": they become review cards, days away."""
        for card in self.cards(concept):
            card.start_timer()
            states = self.col._backend.get_scheduling_states(card.id)
            answer = self.col.sched.build_answer(card=card, states=states, rating=3)
            self.col.sched.answer_card(answer)

    def kinds(self, concept):
        return [card.template()["name"] for card in self.cards(concept)]

    def decks(self):
        return [deck.name for deck in self.col.decks.all_names_and_ids()]

    def deck_of(self, concept):
        (name,) = {self.col.decks.name(card.did) for card in self.cards(concept)}
        return name

    def exports(self, name="mine.apkg", legacy=False):
        path = self.folder / name
        options = self._export_options(with_scheduling=True, legacy=legacy)
        self.col.export_anki_package(out_path=str(path), options=options, limit=None)
        return path

    def schedule(self, concept):
        return [
            (c.id, c.type, c.queue, c.due, c.ivl, c.factor, c.reps) for c in self.cards(concept)
        ]


@pytest.fixture
def learner(tmp_path):
    somebody = Learner(tmp_path)
    yield somebody
    somebody.col.close()


def ruby(kanji, kana):
    """A piece as Anki's furigana filter writes it."""
    return f"<ruby><rb>{kanji}</rb><rt>{kana}</rt></ruby>"


def edited(snapshot, concept, **changes):
    """The same glossary after one concept was edited, later than everything in it."""
    new = replace(concept, changed="2026-11-22T18:30:00Z", **changes)
    return replace(
        snapshot, concepts=tuple(new if c.id == new.id else c for c in snapshot.concepts)
    )


def test_each_concept_becomes_one_note_with_a_card_of_each_kind_that_it_can_have(learner):
    assert learner.imports(GLOSSARY) == {"new": 3}
    both = ["Recognition", "Production"]
    assert learner.kinds(EXTENDED) == learner.kinds(UMBRELLA) == [*both, "Cloze"]
    assert learner.kinds(DUAL_KEY) == both  # it stands in no sentence
    assert learner.col.card_count() == 8
    note = learner.note(EXTENDED)
    assert note["OtherEnglish"] == "extended nuclear deterrence"
    assert note["ContextSource"] == "essay.txt"
    assert sorted(note.tags) == [
        "yakugo",
        "yakugo::field::nuclear_strategy",
        "yakugo::level::3",
        "yakugo::status::approved",
    ]


def test_a_deck_for_each_subject_field_or_one_for_all(learner, tmp_path):
    learner.imports(GLOSSARY)
    names = ["Default", "yakugo", "yakugo::security", "yakugo::security::nuclear strategy"]
    assert learner.decks() == names
    where = {c.id: learner.deck_of(c) for c in GLOSSARY.concepts}
    assert where == {
        "extended-deterrence": "yakugo::security::nuclear strategy",
        "dual-key": "yakugo::security",
        "nuclear-umbrella": "yakugo::security",
    }
    (tmp_path / "other").mkdir()
    other = Learner(tmp_path / "other")
    other.imports(replace(GLOSSARY, cards=CardOptions(subdecks=False)))
    assert other.decks() == names[:3]
    other.col.close()


def test_only_the_kinds_of_cards_that_are_wanted(learner):
    def only(*kinds):
        return replace(GLOSSARY, cards=CardOptions(kinds=kinds))

    learner.imports(only(CardKind.PRODUCTION))
    assert learner.kinds(EXTENDED) == ["Production"]
    learner.studies(EXTENDED)
    kept = learner.schedule(EXTENDED)
    every = edited(only(CardKind.RECOGNITION, CardKind.PRODUCTION, CardKind.CLOZE), EXTENDED)
    assert learner.imports(every)["updated"] == 1
    assert learner.kinds(EXTENDED) == ["Recognition", "Production", "Cloze"]
    assert kept[0] in learner.schedule(EXTENDED)


def test_a_note_says_in_which_documents_its_terms_stand(learner):
    learner.imports(replace(GLOSSARY, found_in={"二重鍵": ["agenda 2.docx", "essay.txt"]}))
    tags = learner.note(DUAL_KEY).tags
    assert {"yakugo::document::agenda_2.docx", "yakugo::document::essay.txt"} <= set(tags)


def test_the_cloze_hides_the_term_and_asks_for_it(learner):
    learner.imports(GLOSSARY)
    cloze = learner.cards(EXTENDED)[2]
    assert 'は<span class="gap" data-letters="4">[…]</span>の信頼性' in cloze.question()
    assert "拡大抑止" not in cloze.question()
    assert ruby("拡大", "かくだい") in cloze.answer()


def test_a_sentence_with_a_gloss_does_not_give_the_answer_away(learner):
    sentence = "拡大抑止（Extended Deterrence）を問う。"
    glossed = {EXTENDED.id: Context.locating("拡大抑止", sentence, "essay.txt")}
    learner.imports(replace(GLOSSARY, examples=glossed))
    card = learner.cards(EXTENDED)[0]
    assert "eterrence" not in card.question()
    assert "Extended Deterrence" in card.answer()  # in the sentence with furigana


def test_question_shows_plain_kanji_and_answer_shows_ruby(learner):
    learner.imports(GLOSSARY)
    recognition, production, _ = learner.cards(EXTENDED)
    assert "拡大抑止</p>" in recognition.question()
    assert "同盟国は<b>拡大抑止</b>の信頼性" in recognition.question()
    assert "extended" not in recognition.question()
    assert "<ruby>" not in recognition.question()
    assert "extended deterrence" in production.question()
    assert "拡大" not in production.question()
    for card in (recognition, production):
        answer = card.answer()
        term = ruby("拡大", "かくだい") + ruby("抑止", "よくし")
        assert f'<p class="term" lang="ja">{term}</p>' in answer
        assert f"は<b>{term}</b>の" in answer
        assert "extended deterrence" in answer
        assert "expanded" not in answer  # a deprecated term is not taught


def test_sentence_keeps_its_own_spelling_and_its_signs(learner):
    learner.imports(GLOSSARY)
    answer = learner.cards(UMBRELLA)[0].answer()
    assert f"<b>{ruby('核', 'かく')}の「{ruby('傘', 'かさ')}」</b>の" in answer
    assert f"&amp; &lt;{ruby('待', 'ま')}つ&gt;。" in answer
    plain = learner.note(UMBRELLA)["Context"]
    assert plain == "小国はなお<b>核の「傘」</b>の下にいる &amp; &lt;待つ&gt;。"


def test_later_edition_updates_in_place_and_keeps_the_schedule(learner):
    learner.imports(GLOSSARY)
    learner.studies(EXTENDED)
    learner.studies(DUAL_KEY)
    before = {c.id: learner.schedule(c) for c in GLOSSARY.concepts}
    assert all(reps == 1 and ivl > 0 for *_, ivl, _, reps in before[EXTENDED.id])

    second = edited(GLOSSARY, EXTENDED, definition="Deterrence on behalf of an ally.")
    assert learner.imports(second) == {"updated": 1, "duplicate": 2}

    assert learner.note(EXTENDED)["Definition"] == "Deterrence on behalf of an ally."
    assert {c.id: learner.schedule(c) for c in GLOSSARY.concepts} == before
    assert learner.col.note_count() == 3


def test_own_edit_of_the_learner_stays_where_the_glossary_did_not_change(learner):
    learner.imports(GLOSSARY)
    note = learner.note(DUAL_KEY)
    note["Note"] = "two keys, two hands"
    note.tags.append("mine")
    learner.col.update_note(note)

    learner.imports(edited(GLOSSARY, EXTENDED, definition="Another wording."))

    assert learner.note(DUAL_KEY)["Note"] == "two keys, two hands"
    assert "mine" in learner.note(DUAL_KEY).tags


def test_new_concept_comes_in_and_a_removed_one_stays_with_the_learner(learner):
    learner.imports(GLOSSARY)
    grown = replace(GLOSSARY, concepts=(DUAL_KEY, TRIAD, UMBRELLA))
    assert learner.imports(grown) == {"new": 1, "duplicate": 2}
    assert learner.note(TRIAD)["Furigana"] == "三[さん] 本[ぼん] 柱[ばしら]"
    assert learner.note(EXTENDED)["English"] == "extended deterrence"
    assert learner.col.card_count() == 10


def test_five_editions_in_a_row_never_double_a_note(learner):
    edition = GLOSSARY
    learner.imports(edition)
    for day in range(10, 15):
        concept = replace(
            UMBRELLA, definition=f"Edition {day}.", changed=f"2026-12-{day}T00:00:00Z"
        )
        edition = replace(edition, concepts=(EXTENDED, DUAL_KEY, concept))
        assert learner.imports(edition) == {"updated": 1, "duplicate": 2}
    assert learner.note(UMBRELLA)["Definition"] == "Edition 14."
    assert learner.col.note_count() == 3


def test_cloze_and_listening_cards_come_when_their_fields_are_filled(learner):
    learner.imports(GLOSSARY)
    note = learner.note(UMBRELLA)
    assert learner.kinds(UMBRELLA) == [*deck._CARDS][:3]
    note["Cloze"] = "小国はなお____の下にいる。"
    note["Audio"] = "（音声）"
    learner.col.update_note(note)
    cards = learner.cards(UMBRELLA)
    assert [card.template()["name"] for card in cards] == [*deck._CARDS]
    assert "____" in cards[2].question()
    assert "音声" in cards[3].question()


def test_termbase_says_when_a_note_last_changed():
    """A new example sentence changes the note though the concept is the same."""
    asked = {}

    def last_changed(key, content, otherwise):
        asked[key] = content
        return "2026-11-23T00:00:00Z" if key in seen and seen[key] != content else otherwise

    seen = {}
    first = replace(GLOSSARY, last_changed=last_changed)
    before = {note.fields[0]: note for note in deck.notes(first)}
    assert before["dual-key"].changed == 1793610000  # 2026-11-02 09:00 UTC
    seen = dict(asked)
    example = Context.locating("二重鍵", "二重鍵の導入には反対も多い。")
    moved = replace(first, examples=EXAMPLES | {"dual-key": example})
    after = {note.fields[0]: note for note in deck.notes(moved)}
    assert after["dual-key"].changed == 1795392000  # 2026-11-23 00:00 UTC
    assert after["dual-key"].guid == before["dual-key"].guid
    assert after["nuclear-umbrella"] == before["nuclear-umbrella"]


def test_notes_stand_in_the_order_of_usefulness():
    candidates = [
        Ranked(Candidate("核の傘", "かくのかさ", ("核", "の", "傘"), "genitive", frequency=9), 0.5),
        Ranked(Candidate("二重鍵", "にじゅうかぎ", ("二", "重", "鍵"), "noun", frequency=4), 0.9),
    ]
    ordered = deck.notes(replace(GLOSSARY, candidates=candidates))
    assert [note.fields[0] for note in ordered] == [
        "nuclear-umbrella",
        "dual-key",
        "extended-deterrence",
    ]


def test_concept_without_a_term_on_both_sides_makes_no_note():
    english_only = Concept("posture", (Term("posture", "en"),))
    avoided = Concept(
        "obsolete",
        (Term("旧語", usage=Usage.DEPRECATED), Term("obsolete word", "en")),
    )
    assert deck.notes(Snapshot((english_only, avoided))) == []


def test_text_with_markup_line_breaks_and_control_characters_is_harmless(learner):
    tricky = Concept(
        "tricky",
        (
            Term("核[A]<b>", reading="かく", contexts=(Context("一行目\n核は二行目。"),)),
            Term("a < b & {{c1::x}}\x1fy", "en"),
        ),
        note="first\nsecond",
    )
    assert learner.imports(Snapshot((tricky,))) == {"new": 1}
    note = learner.note(tricky)
    assert note["Japanese"] == "核[A]&lt;b&gt;"
    assert note["Furigana"] == "核[かく]［A］&lt;b&gt;"
    assert note["English"] == "a &lt; b &amp; {{c1::x}}y"
    assert note["Note"] == "first<br>second"
    answer = learner.cards(tricky)[0].answer()
    assert f"{ruby('核', 'かく')}［A］&lt;b&gt;" in answer
    assert f"<br>{ruby('核', 'かく')}は" in answer


def test_deck_without_notes_imports(learner):
    assert learner.imports(Snapshot(())) == {}


def test_same_snapshot_gives_the_same_bytes_a_second_later_and_in_another_process(tmp_path):
    first, second = tmp_path / "first.apkg", tmp_path / "second.apkg"
    deck.write(GLOSSARY, first)
    time.sleep(1.1)
    deck.write(GLOSSARY, second)
    assert first.read_bytes() == second.read_bytes()

    third = tmp_path / "third.apkg"
    program = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]); import test_anki as t;"
        "t.deck.write(t.GLOSSARY, pathlib.Path(sys.argv[2]))"
    )
    here = os.path.dirname(__file__)  # noqa: PTH120
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", program, here, third], check=True, env=environment)
    assert first.read_bytes() == third.read_bytes()


def test_failed_write_leaves_the_former_deck(tmp_path):
    path = tmp_path / "deck.apkg"
    deck.write(GLOSSARY, path)
    former = path.read_bytes()
    undated = replace(GLOSSARY, last_changed=lambda *_: "yesterday")
    with pytest.raises(ValueError, match="yesterday"):
        deck.write(undated, path)
    assert path.read_bytes() == former
    with pytest.raises(WorkspaceError, match="nowhere"):
        deck.write(GLOSSARY, tmp_path / "nowhere" / "deck.apkg")
    assert [*tmp_path.iterdir()] == [path]


def test_rows_of_a_note_do_not_depend_on_other_concepts(tmp_path):
    def rows(snapshot):
        path = tmp_path / "deck.apkg"
        deck.write(snapshot, path)
        with zipfile.ZipFile(path) as package:
            database = tmp_path / "collection.anki2"
            database.write_bytes(package.read("collection.anki2"))
        connection = sqlite3.connect(database)
        found = connection.execute(
            "SELECT n.id, c.id FROM cards c JOIN notes n ON n.id = c.nid WHERE n.flds LIKE 'dual%'"
        ).fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
        return sorted(found)

    assert len(rows(GLOSSARY)) == 2
    assert rows(GLOSSARY) == rows(Snapshot((TRIAD, DUAL_KEY)))


def test_names_of_fields_and_cards_are_final():
    """Real Anki refuses to update the notes of a type whose names changed: never edit this."""
    assert load("anki") is deck.FORMAT
    assert [*deck._CARDS] == ["Recognition", "Production", "Cloze", "Listening"]
    assert deck.FIELDS[:6] == (
        "ConceptId",
        "Japanese",
        "Furigana",
        "Reading",
        "English",
        "OtherEnglish",
    )
    assert len(deck.FIELDS) == 23
    assert deck.MODEL_ID == 1_763_900_501


def test_ids_in_a_deck_never_collide():
    used = set()
    ids = [deck._free_id(f"note {number % 10_000}", used) for number in range(20_000)]
    assert len(set(ids)) == len(used) == 20_000


class Editions:
    """A glossary that is edited; what was exported is remembered, as a termbase does."""

    def __init__(self):
        self.kept = {}
        self.day = 1

    def last_changed(self, key, content, otherwise):
        known, changed = self.kept.get(key, (content, f"2026-12-01T00:00:{len(self.kept):02}Z"))
        if known != content:
            changed = f"2026-12-{self.day:02}T12:00:00Z"
        self.kept[key] = content, changed
        return changed

    def edition(self, concepts, retired=(), **more):
        self.day += 1
        return Snapshot(
            tuple(concepts),
            retired=retired,
            last_changed=self.last_changed,
            was_exported=self.kept.__contains__,
            **more,
        )


def test_what_the_glossary_has_no_more_is_retired_and_comes_back_without_the_tag(learner):
    editions = Editions()
    learner.imports(editions.edition([EXTENDED, DUAL_KEY]))
    learner.studies(DUAL_KEY)
    before = learner.schedule(DUAL_KEY)

    gone = editions.edition([EXTENDED], retired=[DUAL_KEY, TRIAD])  # 三本柱 was never exported
    assert learner.imports(gone) == {"updated": 1, "duplicate": 1}
    assert "yakugo::retired" in learner.note(DUAL_KEY).tags
    assert learner.note(DUAL_KEY)["English"] == "dual key"
    assert learner.schedule(DUAL_KEY) == before
    assert learner.col.note_count() == 2

    assert learner.imports(editions.edition([EXTENDED, DUAL_KEY])) == {"updated": 1, "duplicate": 1}
    assert "yakugo::retired" not in learner.note(DUAL_KEY).tags
    assert learner.schedule(DUAL_KEY) == before


@pytest.mark.parametrize("legacy", [False, True])
def test_onto_a_learners_export_his_fields_and_tags_survive_five_editions(learner, legacy):
    editions = Editions()
    learner.imports(editions.edition([EXTENDED, DUAL_KEY, UMBRELLA]))
    models = learner.col.models
    own = models.by_name(deck.MODEL_NAME)
    models.add_field(own, models.new_field("Mnemonic"))
    models.update_dict(own)
    note = learner.note(EXTENDED)
    note["Mnemonic"], note["Spare4"] = "傘を広げる", "mine too"
    note.tags += ["exam", "yakugo-like"]
    learner.col.update_note(note)
    learner.studies(EXTENDED)
    before = learner.schedule(EXTENDED)

    for number in range(5):
        concepts = [replace(EXTENDED, definition=f"Edition {number}."), UMBRELLA]
        if number % 2:
            concepts.append(TRIAD)
        onto = CardOptions(onto=learner.exports(f"mine-{number}.apkg", legacy))
        gone = [DUAL_KEY, *([] if number % 2 else [TRIAD])]
        log = learner.imports(editions.edition(concepts, retired=gone, cards=onto))
        assert "conflicting" not in log
        note = learner.note(EXTENDED)
        assert note["Definition"] == f"Edition {number}."
        assert (note["Mnemonic"], note["Spare4"]) == ("傘を広げる", "mine too")
        assert {"exam", "yakugo-like", "yakugo"} <= set(note.tags)
        assert learner.schedule(EXTENDED) == before
        assert "yakugo::retired" in learner.note(DUAL_KEY).tags
    assert learner.col.note_count() == 4
    assert [m.name for m in models.all_names_and_ids() if "yakugo" in m.name] == [deck.MODEL_NAME]


def test_onto_the_same_edition_nothing_changes(learner):
    learner.imports(GLOSSARY)
    again = replace(GLOSSARY, cards=CardOptions(onto=learner.exports()))
    assert learner.imports(again) == {"duplicate": 3}


def test_an_export_that_cannot_be_built_on_is_refused_in_one_line(learner, tmp_path):
    def onto(path):
        return replace(GLOSSARY, cards=CardOptions(onto=path))

    empty = learner.exports("empty.apkg")
    with pytest.raises(DocumentError, match="holds no note of this glossary"):
        deck.write(onto(empty), tmp_path / "new.apkg")
    learner.imports(GLOSSARY)
    models = learner.col.models
    own = models.by_name(deck.MODEL_NAME)
    models.rename_field(own, own["flds"][4], "Englisch")
    models.update_dict(own)
    with pytest.raises(DocumentError, match="has no field English; name it so again"):
        deck.write(onto(learner.exports()), tmp_path / "new.apkg")
    assert not (tmp_path / "new.apkg").exists()


def test_who_has_none_of_a_retired_note_gets_no_card_of_it(learner):
    editions = Editions()
    deck.write(editions.edition([EXTENDED, DUAL_KEY]), learner.folder / "never-imported.apkg")
    gone = editions.edition([EXTENDED], retired=[DUAL_KEY])
    learner.imports(gone)
    assert learner.kinds(DUAL_KEY) == []
    assert learner.col.card_count() == 3
    onto = CardOptions(onto=learner.exports())
    learner.imports(editions.edition([EXTENDED, DUAL_KEY], cards=onto))
    assert learner.kinds(DUAL_KEY) == ["Recognition", "Production"]


def test_onto_an_export_no_card_that_the_learner_has_goes_blank(learner):
    editions = Editions()
    learner.imports(editions.edition([EXTENDED, UMBRELLA], examples=EXAMPLES))
    own = learner.note(UMBRELLA)
    own["Spare1"], own["Audio"] = "I know it", "[sound:mine.mp3]"
    learner.col.update_note(own)

    def edition(*concepts):
        chosen = CardOptions((CardKind.RECOGNITION,), onto=learner.exports())
        return editions.edition(concepts, cards=chosen)

    learner.imports(edition(replace(EXTENDED, note="New."), replace(UMBRELLA, note="New."), TRIAD))
    assert learner.note(EXTENDED)["Note"] == learner.note(UMBRELLA)["Note"] == "New."
    assert learner.kinds(EXTENDED) == ["Recognition", "Production", "Cloze"]
    assert learner.kinds(TRIAD) == ["Recognition"]  # it is new to him
    assert learner.note(UMBRELLA)["Spare1"] == "I know it"
    assert learner.note(UMBRELLA)["Audio"] == "[sound:mine.mp3]"
    for card in learner.cards(EXTENDED):
        assert "blank" not in card.question()


def test_a_style_that_the_learner_changed_stays(learner):
    learner.imports(GLOSSARY)
    own = learner.col.models.by_name(deck.MODEL_NAME)
    own["css"] += ".card { font-size: 30px }"
    learner.col.models.update_dict(own)
    learner.imports(edited(GLOSSARY, EXTENDED, note="New."))
    assert learner.note(EXTENDED)["Note"] == "New."
    assert "font-size: 30px" in learner.col.models.by_name(deck.MODEL_NAME)["css"]


def test_names_of_decks_are_one_level_below_the_glossary(learner):
    odd = replace(EXTENDED, subject_field='arms::control "talks"')
    learner.imports(replace(GLOSSARY, concepts=(odd,), title="a::b"))
    assert learner.deck_of(odd) == "yakugo::a:b::arms:control 'talks'"


def test_every_card_of_the_shipped_deck_shows_ruby_for_each_kanji_piece(learner, tmp_path):
    concepts = list(tbx.read(shipped_glossary()))
    learner.imports(Snapshot(concepts))
    seen = 0
    for concept in concepts:
        term = concept.preferred("ja")
        if not concept.preferred("en"):
            continue
        for card in learner.cards(concept):
            question, answer = card.question(), card.answer()
            assert "{{" not in question + answer
            for piece in pieces(term.text, term.reading):
                if piece.reading:
                    assert ruby(piece.text, piece.reading) in answer, (concept.id, piece)
            seen += 1
    assert seen == learner.col.card_count() > 2 * len(concepts)


@pytest.fixture
def spoken(tmp_path):
    """The glossary with a sound for one term and its sentence."""
    sounds = {}
    for number, text in enumerate(("拡大抑止", "同盟国は拡大抑止の信頼性を問い直した。")):
        path = tmp_path / f"yakugo-{number}.mp3"
        path.write_bytes(b"\xff\xfb sound" * (number + 1))
        sounds[text] = path
    every = CardOptions(kinds=(*CardOptions().kinds, CardKind.LISTENING), audio=True)
    return replace(GLOSSARY, sounds=sounds, credit="Voice: somebody.", cards=every)


def test_sounds_come_along_and_make_a_card_to_listen_to(learner, spoken):
    learner.imports(spoken)
    assert learner.kinds(EXTENDED) == [*deck._CARDS]
    assert learner.kinds(DUAL_KEY) == ["Recognition", "Production"]
    note = learner.note(EXTENDED)
    assert note["Audio"] == "[sound:yakugo-0.mp3]"
    assert note["ContextAudio"] == "[sound:yakugo-1.mp3]"
    media = {
        path.name: path.read_bytes() for path in (learner.folder / "collection.media").iterdir()
    }
    assert media == {path.name: path.read_bytes() for path in spoken.sounds.values()}
    listening = learner.cards(EXTENDED)[3]
    assert "拡大抑止" not in listening.question()
    assert len(listening.question_av_tags()) == 1
    assert len(listening.answer_av_tags()) == 2
    assert "Voice: somebody." in learner.col.decks.by_name("yakugo::security")["desc"]


def test_without_the_card_it_is_heard_with_the_answers_only(learner, spoken):
    learner.imports(replace(spoken, cards=CardOptions(audio=True)))
    assert learner.kinds(EXTENDED) == ["Recognition", "Production", "Cloze"]
    assert learner.cards(EXTENDED)[0].question_av_tags() == []
    assert len(learner.cards(EXTENDED)[0].answer_av_tags()) == 2
