import errno

import pytest

from yakugo.errors import WorkspaceError
from yakugo.formats.atomic import replacing


def write_half(path, failure):
    with replacing(path) as temporary:
        temporary.write_text("half", encoding="utf-8")
        raise failure


def test_a_file_is_replaced_when_the_block_ends_well(tmp_path):
    path = tmp_path / "glossary.tbx"
    path.write_text("old", encoding="utf-8")
    with replacing(path) as temporary:
        temporary.write_text("拡大抑止", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
        assert temporary.parent == path.parent
        assert temporary.suffix == ".tbx"
    assert path.read_text(encoding="utf-8") == "拡大抑止"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("failure", [ValueError("a bug"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, failure):
    path = tmp_path / "glossary.tbx"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(type(failure)):
        write_half(path, failure)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_one_line_with_a_remedy_and_leaves_no_half_file(tmp_path):
    path = tmp_path / "glossary.tbx"
    with pytest.raises(WorkspaceError) as caught:
        write_half(path, OSError(errno.ENOSPC, "No space left on device"))
    assert str(caught.value) == (
        f"cannot write {path}: No space left on device; free some space and write again"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path):
    path = tmp_path / "nowhere" / "glossary.tbx"
    with pytest.raises(WorkspaceError, match=r"nowhere.*create the folder"), replacing(path) as new:
        new.write_text("text", encoding="utf-8")


def test_a_folder_of_that_name_stays(tmp_path):
    path = tmp_path / "glossary.tbx"
    path.mkdir()
    with pytest.raises(WorkspaceError, match="another name"), replacing(path) as temporary:
        temporary.write_text("text", encoding="utf-8")
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_keeps_pointing_at_its_file(tmp_path):
    target = tmp_path / "shared.tbx"
    target.write_text("old", encoding="utf-8")
    link = tmp_path / "glossary.tbx"
    link.symlink_to(target)
    with replacing(link) as temporary:
        temporary.write_text("new", encoding="utf-8")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
