import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.bitext import pairs
from yakugo.bitext.table import read
from yakugo.errors import DocumentError
from yakugo.model import SentencePair


@pytest.fixture
def table(tmp_path):
    """Write a table: table(text, name, encoding) gives its path."""

    def write(text, name="table.tsv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def sides(path):
    return [(pair.japanese, pair.english) for pair in read(path)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"]
)
@pytest.mark.parametrize(("name", "mark"), [("t.tsv", "\t"), ("t.csv", ","), ("t.csv", ";")])
def test_a_table_is_read_in_any_encoding_and_with_any_usual_mark(table, encoding, name, mark):
    rows = [
        ("Japanese", "English"),
        ("核の傘は有効だ。", "It works."),
        ("査察は続く。", "They go on."),
    ]
    text = "\r\n".join(mark.join(row) for row in rows) + "\r\n"
    assert list(read(table(text, name, encoding))) == [
        SentencePair("核の傘は有効だ。", "It works.", "line 2"),
        SentencePair("査察は続く。", "They go on.", "line 3"),
    ]


def test_english_may_come_first_and_other_columns_may_stand_around(table):
    path = table(
        "7\tArms control is slow.\t軍備管理は遅い。\tmori\n\n8\tIt works.\t有効だ。\tmori\n"
    )
    assert list(read(path)) == [
        SentencePair("軍備管理は遅い。", "Arms control is slow.", "line 1"),
        SentencePair("有効だ。", "It works.", "line 3"),
    ]


@pytest.mark.parametrize(
    ("name", "mark"), [("a.tsv", "\t"), ("a.csv", "\t"), ("a.csv", ";"), ("a.txt", "\t")]
)
@pytest.mark.parametrize("japanese", ["抑止は効く。", "抑止は,効く。"])
def test_commas_inside_sentences_do_not_cut_a_table_with_other_marks(table, name, mark, japanese):
    path = table(f"{japanese}{mark}Deterrence, it seems works.\n" * 2, name)
    assert sides(path) == [(japanese, "Deterrence, it seems works.")] * 2


def test_quoted_cells_of_csv_may_hold_anything(table):
    path = table(
        'id,日本語,英語\n1,"彼は""否""と\n言った。","He said ""no"", and left."\n'
        "2,査察,inspection\n",
        "memory.csv",
    )
    assert list(read(path)) == [
        SentencePair('彼は"否"と 言った。', 'He said "no", and left.', "line 2"),
        SentencePair("査察", "inspection", "line 4"),
    ]


def test_what_excel_quotes_between_tabs_is_unquoted(table):
    path = table(
        'ja\ten\n"彼は""否""と言った。"\t"He said ""no""."\n'
        '"一行目。\n\n三行目。"\t"One.\nThree."\n'
        "査察\tinspection\n"
    )
    assert list(read(path)) == [
        SentencePair('彼は"否"と言った。', 'He said "no".', "line 2"),
        SentencePair("一行目。 三行目。", "One. Three.", "line 3"),
        SentencePair("査察", "inspection", "line 7"),
    ]


def test_quotation_marks_of_the_text_between_tabs_stay(table):
    path = table(
        '「抑止は効く。\t"Deterrence works.\n'
        '信頼が要る」と述べた。\tIt needs trust," he said.\n'
        '"核"の傘\tthe "nuclear" umbrella\n'
        '条約は続く"\tThe treaty goes on\n'
        '"終わりだ。\t"It is over.\n'
    )
    assert sides(path) == [
        ("「抑止は効く。", '"Deterrence works.'),
        ("信頼が要る」と述べた。", 'It needs trust," he said.'),
        ('"核"の傘', 'the "nuclear" umbrella'),
        ('条約は続く"', "The treaty goes on"),
        ('"終わりだ。', '"It is over.'),
    ]


def test_a_text_without_tabs_is_no_table(table):
    path = table("抑止は効く。\nDeterrence, as it seems, works.\n", "essay.txt")
    with pytest.raises(DocumentError, match="give the English text as a second file") as error:
        list(read(path))
    assert str(path) in str(error.value)


def test_a_quotation_that_is_never_closed_is_told_with_its_line(table):
    path = table("ja,en\n核,nuclear\n査察,inspection\n" + '条約,"treaty\n' * 9, "memory.csv")
    with pytest.raises(DocumentError, match="line 4: not valid CSV") as error:
        list(read(path))
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_the_pairs_before_a_bad_quotation_come_first(table):
    path = table("ja,en\n" + "査察,inspection\n" * 500 + '条約,"treaty\n', "memory.csv")
    found = read(path)
    assert [next(found).place for _ in range(500)][-1] == "line 501"
    with pytest.raises(DocumentError, match="line 502"):
        next(found)


CELL = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf")))
PAIRS = st.lists(
    st.tuples(CELL.map("核".__add__), CELL.map(lambda text: f"umbrella {text}")), min_size=1
)


def expected(written):
    return [(" ".join(ja.split()), " ".join(en.split())) for ja, en in written]


@given(PAIRS, st.sampled_from([",", ";"]))
def test_what_the_csv_module_writes_comes_back(tmp_path_factory, written, mark):
    path = tmp_path_factory.mktemp("table") / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=mark, quoting=csv.QUOTE_ALL)
        writer.writerows([("Japanese", "English"), *written])
    assert [(p.japanese, p.english) for p in pairs(path)] == expected(written)


@given(PAIRS)
def test_plain_text_between_tabs_comes_back(tmp_path_factory, written):
    path = tmp_path_factory.mktemp("table") / "table.tsv"
    lines = "".join(f"{japanese}\t{english}\n" for japanese, english in written)
    path.write_text("ja\ten\n" + lines, encoding="utf-8", newline="")
    assert [(p.japanese, p.english) for p in pairs(path)] == expected(written)
