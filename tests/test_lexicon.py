"""The words of the field are short units of the tokenizer, each listed once."""

from importlib.resources import files

import pytest

from yakugo import lexicon
from yakugo.tables import table
from yakugo.tokens import tokenize

ROWS = table("lexicon.tsv")


def test_no_word_is_listed_twice():
    listed = [word for row in ROWS for word in row["words"].split()]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['subject']} {row['grade']}")
def test_each_row_lists_short_units_and_shows_one_at_work(row):
    words = row["words"].split()
    assert [word for word in words if [t.surface for t in tokenize(word)] != [word]] == []
    assert {t.surface for t in tokenize(row["example"])} & set(words)


def test_terms_are_words_of_the_field():
    assert lexicon.terms() < lexicon.words()
    assert "抑止" in lexicon.terms()
    assert "弾道" in lexicon.words() - lexicon.terms()


def test_each_expression_is_listed_once_by_itself():
    lines = (files("yakugo") / "expressions.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(lexicon.expressions())
    assert all(line == line.strip() for line in lines)
