"""What there is to drill."""

import pytest

from yakugo.documents import from_text
from yakugo.drill.deck import deck
from yakugo.errors import TermbaseError, WorkspaceError
from yakugo.termbase import Termbase
from yakugo.workspace import Workspace, init

AGENDA = from_text("核の傘を論じる。核の傘は揺らぐ。二重鍵も論じる。", "agenda")
OTHER = from_text("二重鍵は古い。", "other")


@pytest.fixture
def workspace(tmp_path):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        opened.collect([AGENDA, OTHER])
        yield opened


def test_the_whole_glossary_the_most_frequent_first(workspace):
    concepts, contexts, _, glossary = deck(workspace.termbase)
    assert {one.id for one in concepts} == {one.id for one in glossary}
    assert len(concepts) == len(workspace.termbase.glossary())
    assert {one.id for one in concepts[:2]} == {"nuclear-umbrella", "dual-key"}
    assert [one.document for one in contexts["dual-key"]][:2] == ["agenda", "other"]
    assert contexts["silo"]  # the glossary's own


def test_only_what_stands_in_a_document(workspace):
    found = deck(workspace.termbase, ["other"])
    assert [one.id for one in found.concepts] == ["dual-key"]
    assert [one.document for one in found.contexts["dual-key"]][:2] == ["other", "agenda"]
    assert len(found.glossary) == len(workspace.termbase.glossary())
    with pytest.raises(TermbaseError, match="agend is no collected document; is it agenda"):
        deck(workspace.termbase, ["agend"])


def test_sentences_that_were_translated_come_with_their_translation(workspace, tmp_path):
    memory = tmp_path / "memory.tsv"
    lines = ["二重鍵は決定を遅らせる。\tThe dual key delays decisions.\n"]
    lines += ["同盟国は待つ。\tAllies wait.\n", "決定は遅い。\tDecisions are slow.\n"]
    memory.write_text("".join(lines), encoding="utf-8")
    workspace.align(memory)
    found = deck(workspace.termbase)
    assert found.english["二重鍵は決定を遅らせる。"] == "The dual key delays decisions."
    (translated,) = [c for c in found.contexts["dual-key"] if c.sentence in found.english]
    assert (translated.surface, translated.document) == ("二重鍵", "memory.tsv")


def test_nothing_to_learn_is_said_to_be_so(tmp_path):
    with (
        Termbase(tmp_path / "empty.sqlite") as termbase,
        pytest.raises(WorkspaceError, match="accept some in yakugo review"),
    ):
        deck(termbase)
