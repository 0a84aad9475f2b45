import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.errors import ConflictError, TermbaseError, WorkspaceError
from yakugo.formats import Format, tbx
from yakugo.model import CardOptions, Status
from yakugo.termbase.review import accept, merge, reject, undo
from yakugo.termhood import SIGNATURE
from yakugo.workspace import Workspace, init, is_workspace

ESSAY = from_text("核の傘に頼る国がある。抑止戦略は変わる。", "essay")


@pytest.fixture
def workspace(tmp_path):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        yield opened


def test_a_new_workspace_has_the_shipped_glossary(tmp_path):
    assert not is_workspace(tmp_path)
    init(tmp_path)
    assert is_workspace(tmp_path)
    with Workspace(tmp_path) as opened:
        assert opened.termbase.concept("dual-key")


def test_making_a_workspace_again_leaves_what_is_there(tmp_path):
    init(tmp_path)
    mine = tmp_path / "glossary" / "security.tbx"
    mine.write_text("mine")
    init(tmp_path)
    assert mine.read_text() == "mine"


def test_a_folder_that_is_no_workspace_says_how_to_make_one(tmp_path):
    with pytest.raises(WorkspaceError, match="yakugo init"):
        Workspace(tmp_path)


def test_two_glossaries_are_one_too_many(tmp_path):
    init(tmp_path)
    (tmp_path / "glossary" / "other.tbx").write_text("")
    with pytest.raises(WorkspaceError, match="one glossary"):
        Workspace(tmp_path)


def test_a_glossary_changed_by_hand_is_not_overwritten(workspace):
    accept(workspace.termbase, "抑止戦略", "deterrence strategy", "sato")
    workspace.publish()
    changed = [replace(c, note="by hand") for c in tbx.read(workspace.glossary)]
    workspace.glossary.write_bytes(tbx.render(changed))
    with pytest.raises(ConflictError, match="was changed since it was loaded"):
        workspace.publish()
    assert tbx.read(workspace.glossary) == changed


def test_what_is_published_is_what_is_loaded_from_it(workspace, tmp_path):
    workspace.collect([ESSAY])
    accept(workspace.termbase, "抑止戦略", "deterrence strategy; deterrent strategy", "sato")
    published = workspace.publish().read_bytes()
    (tmp_path / "other" / "glossary").mkdir(parents=True)
    (tmp_path / "other" / "glossary" / "security.tbx").write_bytes(published)
    with Workspace(tmp_path / "other") as other:
        assert other.termbase.concepts() == workspace.termbase.concepts()
        assert other.publish().read_bytes() == published


def test_a_termbase_of_an_older_schema_is_scored_anew(tmp_path):
    init(tmp_path)
    old = Path(__file__).parent / "data" / "schema-1.sql"
    with sqlite3.connect(tmp_path / "termbase.sqlite") as connection:
        connection.executescript(old.read_text(encoding="utf-8"))
    connection.close()
    with Workspace(tmp_path) as opened:
        assert all(0 <= one.score <= 1 for one in opened.ranking(statuses=Status))
        assert opened.explain("二重鍵").decisions == 2


def test_what_was_stored_but_not_scored_before_a_kill_is_scored_when_opened(tmp_path, workspace):
    workspace.termbase.record(ESSAY, collect(ESSAY))
    assert set(scores(workspace).values()) == {0}
    with Workspace(tmp_path) as opened:
        assert scores(opened)["抑止戦略"] > 0
        assert opened.termbase.is_scored(SIGNATURE)


def test_scores_that_other_weights_made_are_made_anew_when_opened(tmp_path, workspace):
    workspace.collect([ESSAY])
    before = scores(workspace)
    workspace.termbase.set_scores(dict.fromkeys(before, 0.25), "other weights")
    with Workspace(tmp_path) as opened:
        assert scores(opened) == before


def test_rejected_candidates_are_left_out_unless_asked_for(workspace):
    workspace.collect([ESSAY])
    reject(workspace.termbase, "抑止戦略", "sato")
    assert "抑止戦略" not in {one.candidate.term for one in workspace.ranking()}
    asked = workspace.ranking(statuses=[Status.REJECTED])
    assert [one.candidate.term for one in asked] == ["抑止戦略"]


def test_a_collected_sentence_comes_before_the_glossary_s_example(workspace):
    own = workspace.snapshot().examples["nuclear-umbrella"]
    assert own.document == "yakugo"
    workspace.collect([ESSAY])
    assert workspace.snapshot().examples["nuclear-umbrella"].document == "essay"
    assert workspace.snapshot().examples["dual-key"].document == "yakugo"


DEBATES = from_text("核の傘がある。その核の傘は古い。" * 20, "debates")
SPEECHES = from_text("抑止戦略である。" * 20, "speeches")


def scores(workspace):
    return {one.candidate.term: one.score for one in workspace.ranking()}


def test_general_texts_stay_until_others_are_named(workspace):
    workspace.collect([ESSAY])
    alone = scores(workspace)
    workspace.collect([ESSAY], against=[DEBATES])
    against_debates = scores(workspace)
    assert against_debates["核の傘"] < alone["核の傘"]
    assert against_debates["抑止戦略"] > alone["抑止戦略"]
    workspace.collect([ESSAY])
    assert scores(workspace) == against_debates
    workspace.collect([ESSAY], against=[SPEECHES])
    assert scores(workspace)["抑止戦略"] < alone["抑止戦略"]
    workspace.collect([ESSAY], against=[])
    assert scores(workspace) == alone


def test_several_general_texts_are_one_reference(workspace):
    workspace.collect([ESSAY], against=[DEBATES, SPEECHES])
    general = workspace.termbase.general()
    assert (general.frequencies["核の傘"], general.frequencies["抑止戦略"]) == (40, 20)
    assert general.characters == DEBATES.characters + SPEECHES.characters
    assert general.collected == ESSAY.characters


def test_a_general_text_that_changed_replaces_its_former_counts(workspace):
    workspace.collect([ESSAY], against=[DEBATES])
    workspace.collect([ESSAY], against=[replace(SPEECHES, name="debates")])
    assert "核の傘" not in workspace.termbase.general().frequencies


def test_a_general_text_is_no_document_and_its_words_are_no_candidates(workspace):
    workspace.collect([ESSAY], against=[SPEECHES, from_text("牧場を営む。", "farm")])
    assert workspace.termbase.documents() == ["essay"]
    assert "牧場" not in scores(workspace)


def test_the_contrast_is_among_the_reasons(workspace):
    workspace.collect([ESSAY], against=[DEBATES])
    said = {reason.says: reason.part for reason in workspace.explain("核の傘").reasons}
    assert said["it stands more often here than in the general texts"] < 0


# --- English


def english(offers):
    return [one.english for one in offers]


def test_candidates_are_offered_english_by_what_was_reviewed_since(workspace):
    workspace.collect([ESSAY])

    def best(term):
        ranked = workspace.offered(workspace.ranking())
        return next(one.offers[0] for one in ranked if one.candidate.term == term)

    assert best("抑止戦略").evidence[0].provider != "glossary"
    accept(workspace.termbase, "抑止戦略", "strategy of dissuasion", "sato")
    assert best("抑止戦略").english == "strategy of dissuasion"
    assert best("抑止戦略").evidence[0].provider == "glossary"


def test_offering_changes_nothing_else_and_keeps_the_order(workspace):
    workspace.collect([ESSAY])
    ranked = workspace.ranking()
    offered = workspace.offered(ranked)
    assert [replace(one, offers=()) for one in offered] == ranked
    assert any(one.offers for one in offered)
    assert workspace.offered([]) == []


def test_suggestions_come_in_the_order_of_the_terms_collected_or_not(workspace):
    workspace.collect([ESSAY])
    terms = ["対戦力能力", "抑止戦略", "ヌヘホ", "核の傘"]
    found = workspace.suggest(terms)
    assert [candidate.term for candidate, _ in found] == terms
    assert [candidate.frequency for candidate, _ in found] == [0, 1, 0, 1]
    by_term = {candidate.term: english(offers) for candidate, offers in found}
    assert by_term["核の傘"][0] == "nuclear umbrella"
    assert by_term["対戦力能力"][0] == "counterforce capability"
    assert by_term["ヌヘホ"] == []


def test_a_suggestion_takes_what_the_collected_texts_say_in_brackets(workspace):
    assert "contact denial" not in english(workspace.suggest(["接敵遮断戦"])[0][1])
    workspace.collect([from_text("接敵遮断戦(contact denial)を語る。", "talk")])
    ((candidate, offers),) = workspace.suggest(["接敵遮断戦"])
    assert offers[0].english == "contact denial"
    assert offers[0].evidence[0].detail == "接敵遮断戦(contact denial) in talk"
    assert candidate.frequency == 1


def test_an_abbreviation_is_suggested_with_its_full_form(workspace):
    workspace.collect([from_text("接敵遮断戦司令部(ZQX)は動いた。ZQXの長。", "talk")])
    ((candidate, _),) = workspace.suggest(["ZQX"])
    assert candidate.short_for == "接敵遮断戦司令部"


def test_width_quotation_marks_and_other_spellings_find_the_same_term(workspace):
    workspace.collect([from_text("ＮＡＴＯと核の「傘」とサーバーとサーバとサーバー。", "talk")])
    plain = workspace.suggest(["NATO", "核の傘", "サーバー"])
    assert workspace.suggest(["ＮＡＴＯ", "核の「傘」", "サーバ"]) == plain
    assert [candidate.frequency for candidate, _ in plain] == [1, 1, 3]


def test_a_treaty_collected_with_full_width_brackets_is_found_by_either_width(workspace):
    treaty = "国際的に保護される者（外交官を含む。）に対する犯罪の防止及び処罰に関する条約"
    workspace.collect([from_text(f"{treaty}に入る。", "talk")])
    narrow = treaty.replace("（", "(").replace("）", ")")
    for term in (treaty, narrow):
        ((candidate, offers),) = workspace.suggest([term])
        assert candidate.frequency == 1
        assert offers[0].english.startswith("Convention on the Prevention and Punishment")


def test_nothing_asked_is_nothing_suggested(workspace):
    assert workspace.suggest([]) == []


def modified(path):
    """When each note of a deck last changed, by its concept."""
    with zipfile.ZipFile(path) as package:
        package.extract("collection.anki2", path.parent)
    collection = sqlite3.connect(path.parent / "collection.anki2")
    notes = collection.execute("select flds, mod from notes").fetchall()
    collection.close()
    return {fields.split("\x1f")[0]: mod for fields, mod in notes}


def test_only_a_note_that_changed_gets_a_new_time(workspace):
    (deck,) = workspace.export(["anki"])
    before = modified(deck)
    accept(workspace.termbase, "核の傘", "atomic umbrella", "sato")
    (deck,) = workspace.export(["anki"])
    after = modified(deck)
    changed = {concept for concept in before if after[concept] != before[concept]}
    assert changed == {"nuclear-umbrella"}
    assert after["nuclear-umbrella"] > before["nuclear-umbrella"]


def concepts_in(deck):
    return set(modified(deck))


def test_only_the_terms_of_tomorrows_meeting(workspace):
    workspace.collect([ESSAY])
    (deck,) = workspace.export(["anki"], documents=["essay"])
    there = concepts_in(deck)
    assert "nuclear-umbrella" in there
    assert "silo" not in there
    assert len(there) < len(workspace.termbase.concepts())


def test_a_document_that_is_not_there_is_named_with_its_neighbours(workspace):
    workspace.collect([ESSAY])
    with pytest.raises(TermbaseError, match="esay is no collected document; is it essay"):
        workspace.export(["anki"], documents=["esay"])


def test_what_waits_for_approval_only_if_it_is_wanted(workspace):
    workspace.collect([ESSAY])
    workspace.termbase.two_person = True
    accept(workspace.termbase, "抑止戦略", "deterrence strategy", "sato")
    ids = {one.id for one in workspace.snapshot().concepts}
    more = {one.id for one in workspace.snapshot(with_proposed=True).concepts}
    assert more - ids == {"deterrence-strategy"}
    assert ids < more


def test_what_left_the_glossary_is_retired_if_it_was_in_a_deck(workspace):
    workspace.collect([ESSAY])
    accept(workspace.termbase, "抑止戦略", "deterrence strategy", "sato")
    workspace.export(["anki"])
    undo(workspace.termbase, "sato")
    assert [one.id for one in workspace.snapshot().retired] == ["deterrence-strategy"]
    (deck,) = workspace.export(["anki"])
    assert "deterrence-strategy" in concepts_in(deck)
    (deck,) = workspace.export(["anki"], documents=["essay"])
    assert "silo" not in concepts_in(deck)  # left out, not retired


def test_a_note_tells_the_documents_of_its_terms(workspace):
    workspace.collect([ESSAY])
    assert workspace.snapshot().found_in["核の傘"] == ["essay"]


def test_a_file_that_cannot_be_written_leaves_no_trace_of_its_export(workspace, monkeypatch):
    def fails(snapshot, path):
        snapshot.last_changed("anki:x", "content", "")
        raise OSError("disk full")

    monkeypatch.setattr("yakugo.formats.load", lambda name: Format(".apkg", fails))
    with pytest.raises(OSError, match="disk full"):
        workspace.export(["anki"])
    assert not workspace.termbase.was_exported("anki:x")


def test_spoken_cards_are_kept_in_the_workspace(workspace):
    workspace.collect([ESSAY])
    pytest.importorskip("pyopenjtalk", reason="yakugo[audio] is not installed")
    pytest.importorskip("lameenc", reason="yakugo[audio] is not installed")
    told = []
    options = CardOptions(audio=True)
    workspace.export(
        ["anki"], documents=["essay"], cards=options, speaking=lambda *done: told.append(done)
    )
    made = {path.name: path.stat().st_mtime_ns for path in (workspace.folder / "audio").iterdir()}
    assert len(made) == len(told) == told[-1][1]
    workspace.export(["anki"], documents=["essay"], cards=options)
    again = {path.name: path.stat().st_mtime_ns for path in (workspace.folder / "audio").iterdir()}
    assert again == made


MEETING = from_text("核の傘が議題である。抑止戦略も論じる。", "meeting")


def test_the_vocabulary_of_tomorrow_s_meeting(workspace):
    workspace.collect([ESSAY, MEETING, from_text("二重鍵である。軍縮である。", "other")])
    selected = workspace.snapshot(documents=["meeting"])
    assert [one.id for one in selected.concepts] == ["deterrence", "nuclear-umbrella"]
    assert selected.examples["nuclear-umbrella"].document == "meeting"
    assert selected.retired == []
    both = workspace.snapshot(documents=["meeting", "other"])
    assert [one.id for one in both.concepts] == [
        "deterrence",
        "disarmament",
        "dual-key",
        "nuclear-umbrella",
    ]


def test_a_document_holds_a_term_in_any_spelling(workspace):
    accept(workspace.termbase, "サイバー防衛サーバ", "cyber defence server", "sato")
    workspace.collect([from_text("サイバー防衛サーバーを置く。", "memo")])
    assert workspace.snapshot().found_in["サイバー防衛サーバ"] == ["memo"]


def tagged(workspace, folder):
    """The tags of the deck's notes, by concept id."""
    (path,) = workspace.export(["anki"], folder)
    with zipfile.ZipFile(path) as package:
        (folder / "collection.anki2").write_bytes(package.read("collection.anki2"))
    with closing(sqlite3.connect(folder / "collection.anki2")) as connection:
        rows = connection.execute("select flds, tags from notes").fetchall()
    return {fields.split("\x1f")[0]: tags.split() for fields, tags in rows}


def retired(workspace, folder):
    found = tagged(workspace, folder)
    return sorted(id for id, tags in found.items() if "yakugo::retired" in tags)


def test_what_was_exported_and_is_rejected_merged_or_undone_is_retired(workspace, tmp_path):
    base = workspace.termbase
    made = accept(base, "抑止戦略", "deterrence strategy", "sato")
    assert retired(workspace, tmp_path) == []
    undo(base, "sato")
    reject(base, "silo", "sato")
    merge(base, "icbm", "ballistic-missile", "sato")
    assert retired(workspace, tmp_path) == sorted([made.id, "icbm", "silo"])
    assert "yakugo::status::approved" in tagged(workspace, tmp_path)["ballistic-missile"]

    undo(base, "sato")
    undo(base, "sato")
    accept(base, "抑止戦略", "deterrence strategy", "sato")
    assert retired(workspace, tmp_path) == []


def test_what_no_deck_held_is_not_retired(workspace, tmp_path):
    reject(workspace.termbase, "silo", "sato")
    assert "silo" not in tagged(workspace, tmp_path)
