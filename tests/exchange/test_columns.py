from pathlib import Path

import pytest

from yakugo.errors import FormatError
from yakugo.exchange.columns import corrected, described, guess, letter
from yakugo.exchange.fields import Field
from yakugo.spreadsheets import Row


def table(text):
    lines = (line.split("\t") for line in text.splitlines())
    return [
        Row(number, tuple(cell.replace("↵", "\n").strip() for cell in cells))
        for number, cells in enumerate(lines, 1)
    ]


def said(columns):
    """The columns as the tables state them: header=1 japanese=A english=B."""
    fields = {one: "+".join(map(letter, of)) for one, of in columns.fields.items()}
    return {"header": str(columns.header_row or 0)} | fields


BLOCKS = Path(__file__).parents[1].joinpath("data/tables.txt").read_text("utf-8").split("\n\n")[1:]
CASES = [block.strip("\n").split("\n", 2) for block in BLOCKS]
PLAIN = table("日本語\t英語\t備考\n拡大抑止\textended deterrence\t同盟\n二重鍵\tdual key\t")


@pytest.mark.parametrize(("name", "expected", "text"), CASES, ids=[case[0] for case in CASES])
def test_the_columns_of_tables_as_people_have_them(name, expected, text):
    columns = guess(table(text))
    assert columns.usable is (expected != "none")
    if columns.usable:
        assert said(columns) == dict(item.split("=") for item in expected.split())


def test_a_person_sees_what_was_taken_for_what_and_why():
    rows = table("用語\t英語\t頁\n\nABM条約\tABM Treaty\t3\n二重鍵\tdual key\t4")
    rows = [row for row in rows if any(row.cells)]
    assert described(guess(rows), rows) == [
        ("japanese", "A", "用語", 'header "用語", 100% of its cells are Japanese', "ABM条約"),
        ("english", "B", "英語", 'header "英語"', "ABM Treaty"),
        ("", "C", "頁", "not read", "3"),
    ]
    assert guess(table("二重鍵\tdual key\nICBM\tICBM\n核\tnuclear")).why == {
        Field.JAPANESE: "content: 67% of its cells are Japanese",
        Field.ENGLISH: "content: 100% of its cells are English",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("note=-", {"japanese": "A", "english": "B"}),
        ("note=", {"japanese": "A", "english": "B"}),
        ("definition=3", {"japanese": "A", "english": "B", "definition": "C"}),
        ("Definition=c", {"japanese": "A", "english": "B", "definition": "C"}),
        ("definition=備考", {"japanese": "A", "english": "B", "definition": "C"}),
        ("ｅｎｇｌｉｓｈ＝１，japanese＝２", {"english": "A", "japanese": "B", "note": "C"}),
        ("english=2,other-english=3", {"japanese": "A", "english": "B", "other_english": "C"}),
        ("note=2,note=3", {"japanese": "A", "note": "B+C"}),
    ],
)
def test_a_person_corrects_by_number_letter_or_name(given, expected):
    columns = corrected(guess(PLAIN), PLAIN, given)
    assert said(columns) == {"header": "1"} | expected


def test_what_was_corrected_says_so():
    columns = corrected(guess(PLAIN), PLAIN, "definition=3")
    assert columns.why[Field.DEFINITION] == "--map"
    assert columns.why[Field.JAPANESE] == 'header "日本語"'


def test_the_row_of_the_names_can_be_said_by_its_number_or_by_a_name_in_it():
    rows = table("Zeichen\tWort, englisch\n二重鍵\tdual key\n核\tnuclear")
    assert said(guess(rows))["header"] == "0"
    by_name = corrected(guess(rows), rows, "japanese=Zeichen,english=Wort, englisch")
    assert said(by_name) == {"header": "1", "japanese": "A", "english": "B"}
    assert said(corrected(guess(rows), rows, "header=1"))["header"] == "1"
    words = table("用語\tterm\n抑止\tdeterrence")
    assert said(guess(words))["header"] == "1"
    assert said(corrected(guess(words), words, "header=-"))["header"] == "0"


def test_of_two_columns_with_one_name_each_is_taken_once():
    rows = table("日本語\tEnglish\tEnglish\n二重鍵\tdouble key\tdual key")
    columns = corrected(guess(rows), rows, "avoid=English,english=English")
    assert said(columns) == {"header": "1", "japanese": "A", "avoid": "B", "english": "C"}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("japanisch=2", "japanisch=2: give FIELD=COLUMN.* fields are decision, japanese"),
        ("english", "english: give FIELD=COLUMN"),
        ("english=9", "no column '9'; the columns are A 日本語, B 英語, C 備考"),
        ("english=0", "no column '0'"),
        ("english=訳", "no column '訳'"),
        ("header=7", "header=7: there is no such row"),
    ],
)
def test_what_cannot_be_said_is_refused_with_what_can(given, reason):
    with pytest.raises(FormatError, match=reason) as refused:
        corrected(guess(PLAIN), PLAIN, given)
    assert "\n" not in str(refused.value)


def test_a_refusal_is_one_line_whatever_the_names_are():
    rows = table("日本語↵（案）\t英語\n二重鍵\tdual key")
    with pytest.raises(FormatError, match="columns are A 日本語 （案）, B 英語"):
        corrected(guess(rows), rows, "note=9")


def test_a_column_that_is_known_and_not_read_is_not_taken_for_a_reading():
    rows = table("英語\t日本語\t関連語\ndual key\t二重鍵\tかぎ\nally\t同盟国\tどうめい")
    assert said(guess(rows)) == {"header": "1", "english": "A", "japanese": "B"}


def test_letters_are_those_of_spreadsheets():
    assert [letter(number) for number in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_tables_of_any_shape_are_taken():
    assert not guess([]).usable
    assert said(guess(table("二重鍵\tdual key\n\n核"))) == {
        "header": "0", "japanese": "A", "english": "B",
    }  # fmt: skip
