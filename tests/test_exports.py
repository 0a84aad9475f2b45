"""The ready-made files in exports/ are those of the shipped glossary (`make exports`)."""

from pathlib import Path

import pytest

from yakugo.workspace import Workspace, init

EXPORTS = Path(__file__).parents[1] / "exports"


@pytest.mark.parametrize("name", ["csv", "tbx", "tbx2"])
def test_an_export_of_a_fresh_workspace_gives_the_same_bytes(tmp_path, name):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        (path,) = opened.export([name])
    assert path.read_bytes() == (EXPORTS / path.name).read_bytes()


def test_the_workbook_and_the_deck_are_there():
    # Their compression differs between versions of zlib, so that bytes are not compared here.
    assert (EXPORTS / "security.xlsx").stat().st_size > 10_000
    assert (EXPORTS / "security.apkg").stat().st_size > 10_000
