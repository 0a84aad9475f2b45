import pytest

from yakugo.bitext.columns import SAMPLE, Columns, Row, find, pairs_of
from yakugo.model import SentencePair

JA = ["政府は拡大抑止を重視する。", "二重鍵も検討した。", "査察は続く。"]
EN = ["The government values extended deterrence.", "It studied a dual key.", "Inspections go on."]


@pytest.mark.parametrize(
    ("japanese", "english"),
    [
        ("Japanese", "English"),
        ("JA", "EN-US"),
        ("ja-JP", "en_GB"),
        ("日本語", "英語"),
        ("日本語（原文）", "英訳"),
        ("和文", "英文"),
        ("Japanese (Japan)", "English (United States)"),
        ("Source: Japanese", "Target: English"),
        ("原文（日本語）", "訳文（英語）"),
        ("Japanese text", "English translation (draft)"),
        (" ＪＡ ", "ＥＮ"),
    ],
)
def test_the_names_of_the_columns_say_which_is_which(japanese, english):
    assert find([["No.", english, "Note", japanese], ["1", "x", "", "y"]]) == Columns(3, 1, 1)


def test_the_names_may_stand_below_a_title():
    assert find([["2024年度 訳例集"], [], ["Japanese", "English"], ["核", "n"]]) == Columns(0, 1, 3)


def test_sentences_about_the_languages_are_no_names():
    rows = [
        ["Japanese policy is clear.", "日本の方針は明らかだ。"],
        ["English was spoken.", "英語"],
        ["English (UK), as it is taught in its schools", "日本語（国語）"],
    ]
    assert find(rows) == Columns(1, 0, 0)
    assert find([["JA", "Enum"]]) is None


def test_without_names_the_script_says_which_is_which():
    assert find(list(zip(JA, EN, strict=True))) == Columns(0, 1)
    assert find(list(zip(EN, JA, strict=True))) == Columns(1, 0)


def test_identifiers_addresses_and_short_notes_are_not_taken_for_sentences():
    rows = [
        [
            "6b1c0c6e-aaaa-bbbb-cccc-deadbeefcafe",
            "安全保障 (national security and alliance policy, see the list of fields)",
            ja + ja * 9,
            "see https://example.org/some/long/path/to/a/page/of/the/report.html",
            en,
            "Draft",
        ]
        for ja, en in zip(JA, EN, strict=True)
    ]
    assert find(rows) == Columns(2, 4)


def test_empty_rows_and_rows_of_other_lengths_do_not_matter():
    rows = [[], ["", JA[0], EN[0]], [""], ["", JA[1]], ["", JA[2], EN[2], "x"]]
    assert find(rows) == Columns(1, 2)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [[ja] for ja in JA],
        [[en, en] for en in EN],
        [[ja, ja] for ja in JA],
        [[ja, "1945", "https://example.org"] for ja in JA],
        [[f"{ja} {en}"] for ja, en in zip(JA, EN, strict=True)],
    ],
)
def test_a_table_that_is_not_bilingual_has_no_such_columns(rows):
    assert find(rows) is None
    assert pairs_of(iter(Row("row", cells) for cells in rows)) is None


def test_the_rows_below_the_names_give_the_pairs():
    rows = [
        Row("row 1", ["English", "日本語"]),
        Row("row 2", [EN[0], JA[0]]),
        Row("row 3", ["", JA[1]]),
        Row("row 4", [EN[1]]),
        Row("row 5", [EN[2], JA[2], "checked"]),
    ]
    found = pairs_of(iter(rows))
    assert found is not None
    assert list(found) == [
        SentencePair(JA[0], EN[0], "row 2"),
        SentencePair(JA[2], EN[2], "row 5"),
    ]


def test_a_long_table_is_not_read_before_its_pairs_are_wanted():
    taken = []

    def rows():
        for number in range(10 * SAMPLE):
            taken.append(number)
            yield Row(f"row {number}", [JA[0], EN[0]])

    found = pairs_of(rows())
    assert found is not None
    assert len(taken) == SAMPLE
    assert sum(1 for _ in found) == 10 * SAMPLE
