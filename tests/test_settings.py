import pytest

from yakugo.errors import WorkspaceError
from yakugo.settings import FILE, Settings, read
from yakugo.workspace import Workspace, init


def written(folder, text):
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_the_termbase_is_in_the_workspace_and_one_person_decides(tmp_path):
    assert read(tmp_path) == Settings("", two_person=False)


def test_the_file_names_the_database_and_asks_for_two_persons(tmp_path):
    text = 'database = "postgresql://sato@terms/yakugo"\n[review]\ntwo_person = true\n'
    assert read(written(tmp_path, text)) == Settings("postgresql://sato@terms/yakugo", True)
    assert read(written(tmp_path, "\ufeffreview.two_person = true")).two_person


def test_a_workspace_is_as_its_file_says(tmp_path):
    init(tmp_path)
    with Workspace(written(tmp_path, "review.two_person = true")) as opened:
        assert opened.termbase.two_person
    with Workspace(written(tmp_path, "")) as opened:
        assert not opened.termbase.two_person


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("review = \ndatabase = 1", "yakugo.toml: Invalid value .*line 1"),
        ("twoperson = true", "twoperson is no setting; known are database, review.two_person"),
        ("review.two = 1", "review.two is no setting"),
        ("review.two_person = 'yes'", "review.two_person must be true or false, not 'yes'"),
        ("database = 5", 'database must be a text in "quotes", not 5'),
        ("review = 'two'", "review is no setting"),
    ],
)
def test_a_mistake_is_named_with_the_file_and_what_is_possible(tmp_path, text, said):
    with pytest.raises(WorkspaceError, match=said) as error:
        read(written(tmp_path, text))
    assert FILE in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_text_is_said_to_be_unreadable(tmp_path):
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WorkspaceError, match="save it as UTF-8 text"):
        read(tmp_path)
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    with pytest.raises(WorkspaceError, match="cannot read"):
        read(tmp_path)
