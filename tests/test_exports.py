"""The ready-made files in exports/ are those of the shipped glossary (`make exports`)."""

from pathlib import Path

import pytest

from yakugo.workspace import Workspace, init

EXPORTS = Path(__file__).parents[1] / "exports"


@pytest.mark.parametrize("name", ["csv", "tbx", "tbx2", "quizlet", "cards"])
def test_an_export_of_a_fresh_workspace_gives_the_same_bytes(tmp_path, name):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        (path,) = opened.export([name])
    assert path.read_bytes() == (EXPORTS / path.name).read_bytes()


@pytest.mark.parametrize("ending", [".xlsx", ".apkg", ".mochi", ".pdf"])
def test_what_is_compressed_is_there(ending):
    # Compression differs between versions of zlib, so that bytes are not compared here.
    assert (EXPORTS / f"security{ending}").stat().st_size > 10_000
