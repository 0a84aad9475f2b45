import pytest

from yakugo.exchange.cells import folded
from yakugo.exchange.headers import named
from yakugo.tables import table

ROWS = table("exchange/headers.tsv")
OPEN = "japanese english"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['fields']}: {row['reason']}")
def test_each_name_of_the_table_means_its_fields(row):
    for name in row["headers"].split("; "):
        assert named(name) == tuple(row["fields"].replace("-", "").split())


def test_no_name_stands_in_the_table_twice():
    names = [folded(name) for row in ROWS for name in row["headers"].split("; ")]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        # width, case, spaces, marks
        ("ＥＮＧＬＩＳＨ", "english"),
        ("用　語", OPEN),
        ("Subject_Field*", "subject_field"),
        ("英訳（案）", "english"),
        ("【必須】日本語", "japanese"),
        ("1. 日本語", "japanese"),
        ("英訳②", "english"),
        # both languages
        ("Term 用語", OPEN),
        ("備考／Notes", "note"),
        ("English\n英訳", "english"),
        # a thing and its language
        ("定義（英語）", "definition"),
        ("英語の定義", "definition"),
        ("JA_Definition", "definition_ja"),
        ("English_United_States_Def", "definition"),
        ("Term (EN)", "english"),
        ("term:ja", "japanese"),
        ("Source: Japanese", "japanese"),
        ("訳語（和）", "japanese"),
        ("英略語", "other_english"),
        ("日本語（よみがな）", "reading"),
        # what has no language
        ("備考（日本語）", "note"),
        ("Example (Japanese)", "example"),
        # known, and not read
        ("№", ""),
        ("日→英", ""),
    ],
)
def test_names_as_people_write_them(header, meaning):
    assert named(header) == tuple(meaning.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "二重鍵",
        "dual key",
        "Japanese policy",
        "英語圏",
        "防衛省訳",
        "English is the language of " * 2,
    ],
)
def test_data_and_other_names_mean_nothing(text):
    assert named(text) is None
