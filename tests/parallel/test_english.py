import pytest

from yakugo.parallel import english


@pytest.mark.parametrize(
    ("sentence", "tokens"),
    [
        ("Air-launched missiles, too.", ["Air-launched", "missiles", ",", "too", "."]),
        ("The U.S. A2/AD debate", ["The", "U.S.", "A2/AD", "debate"]),
        ("Japan's 300,000 men", ["Japan's", "300,000", "men"]),
        ("AT&T (1945)", ["AT&T", "(", "1945", ")"]),
        ("", []),
    ],
)
def test_words_and_marks(sentence, tokens):
    assert english.tokens(sentence) == tokens


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("Missiles", "Missile"),
        ("treaties", "treaty"),
        ("forces", "force"),
        ("bases", "base"),
        ("crises", "crisis"),
        ("women's", "woman"),
        ("batches", "batch"),
        ("headquarters", "headquarters"),
        ("mass", "mass"),
        ("status", "status"),
        ("Japan's", "Japan"),
        ("allies'", "ally"),
        ("gas", "gas"),
    ],
)
def test_the_singular(word, singular):
    assert english.singular(word) == singular


def test_verbal_forms_share_a_stem():
    assert len({english.stem(w) for w in ("attack", "attacks", "attacked", "attacking")}) == 1
    assert len({english.stem(w) for w in ("deploy", "deployed", "deploying")}) == 1
    assert english.stem("planned") == english.stem("plan")
    assert english.stem("bring") != english.stem("br")


def test_numbers_are_the_same_with_and_without_commas():
    assert english.folded("300,000") == english.folded("300000")


def test_stop_words_fall_off_the_ends_only():
    assert english.trimmed(["to", "the", "balance", "of", "power", "in"]) == [
        "balance",
        "of",
        "power",
    ]
    assert english.trimmed(["of", "the"]) == []


def test_the_examples_of_the_table_hold():
    from yakugo import tables

    for row in tables.table("parallel/english.tsv"):
        before, after = row["example"].split(" → ")
        if row["rule"] == "stop" and len(before.split()) < 3:
            assert english.trimmed(before.split()) == after.split()
        else:
            assert " ".join(map(english.singular, before.split())) in (before, after)
