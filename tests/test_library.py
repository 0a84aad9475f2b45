import pytest

import yakugo

TEXT = "拡大抑止とは、同盟国を守る約束である。核の「傘」ともいう。二重鍵の方式を検討した。"


def test_texts_become_a_table_without_any_workspace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = yakugo.collect([TEXT, "拡大抑止協議を開く。"])
    assert list(table.columns)[:8] == [
        "term", "reading", "english", "score", "frequency", "documents", "status", "context",
    ]  # fmt: skip
    row = table.set_index("term").loc["拡大抑止"]
    assert row["reading"] == "かくだいよくし"
    assert row["english"].split("; ")[0] == "extended deterrence"
    assert (row["frequency"], row["documents"], row["status"]) == (2, 2, "accepted")
    assert row["context"].startswith("拡大抑止とは")
    assert table["score"].is_monotonic_decreasing
    assert list(tmp_path.iterdir()) == []


def test_files_and_texts_can_be_mixed(tmp_path):
    path = tmp_path / "essay.txt"
    path.write_text(TEXT, encoding="utf-8")
    table = yakugo.collect([path, "二重鍵。"], glossary=[]).set_index("term")
    assert table.loc["二重鍵", "frequency"] == 2
    assert table.loc["二重鍵", "status"] == "new"


def test_what_general_texts_say_too_ranks_lower(tmp_path):
    path = tmp_path / "debates.txt"
    path.write_text("同盟国は遠い。その同盟国も変わる。" * 20, encoding="utf-8")

    def score(term, **options):
        return yakugo.collect([TEXT], **options).set_index("term").loc[term, "score"]

    assert score("同盟国", against=[path]) < score("同盟国")
    assert score("二重鍵", against=[path]) > score("二重鍵")


def test_a_single_text_is_a_mistake():
    with pytest.raises(TypeError, match="a list of texts"):
        yakugo.collect(TEXT)
    with pytest.raises(TypeError, match="a list of texts"):
        yakugo.collect([TEXT], against=TEXT)


def test_every_public_name_is_there():
    for name in yakugo.__all__:
        assert getattr(yakugo, name)
    with pytest.raises(AttributeError):
        _ = yakugo.nothing
