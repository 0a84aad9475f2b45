import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.bitext.lines import lines
from yakugo.errors import DocumentError

TEXT = "政府は拡大抑止を重視する。\n\n二重鍵の方式も検討した。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp", "iso2022_jp"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_the_same_in_any_encoding(tmp_path, encoding, end):
    path = tmp_path / "essay.txt"
    path.write_bytes(TEXT.replace("\n", end).encode(encoding))
    assert list(lines(path)) == ["政府は拡大抑止を重視する。\n", "\n", "二重鍵の方式も検討した。\n"]


def test_what_stands_for_a_line_break_inside_a_sentence_ends_no_line(tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_text("arms\u2028control\x85and\x0cpeace\ntreaty", encoding="utf-8")
    assert list(lines(path)) == ["arms\u2028control\x85and\x0cpeace\n", "treaty"]


def test_english_at_the_beginning_does_not_hide_the_encoding(tmp_path, monkeypatch):
    monkeypatch.setattr("yakugo.bitext.lines._BLOCK", 1000)
    path = tmp_path / "table.txt"
    english = [f"The article numbered {number} is on a dual key.\n" for number in range(1000)]
    text = "".join(english) + "二重鍵である。\n"
    path.write_bytes(text.replace("\n", "\r\n").encode("cp932"))
    assert list(lines(path)) == [*english, "二重鍵である。\n"]


def test_a_file_in_two_encodings_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("yakugo.bitext.lines._BLOCK", 1000)
    path = tmp_path / "mixed.txt"
    path.write_bytes(("é" + "arms control\n" * 1000).encode() + TEXT.encode("cp932") * 500)
    with pytest.raises(DocumentError, match="save it as UTF-8") as error:
        list(lines(path))
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff"))),
    st.integers(1, 50),
)
def test_no_text_is_lost(tmp_path_factory, written, block):
    path = tmp_path_factory.mktemp("lines") / "text.txt"
    path.write_text("".join(f"{line}\n" for line in written), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("yakugo.bitext.lines._BLOCK", block)
        assert list(lines(path)) == [f"{line}\n" for line in written]
