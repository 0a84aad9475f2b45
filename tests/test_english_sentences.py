import pytest

from yakugo.english_sentences import english_sentences


def cut(text):
    return [one.text for one in english_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The treaty expired.", "Talks go on."],
        ['"We will not be first," he said.', '"Nobody will."', "The room was silent."],
        ["Is it a warning?", "Hardly!", "(It was a test.)", "2026 will tell."],
        ["Gen. Sato met Mr. Smith at 5 p.m. on Oct. 3.", "They spoke for an hour."],
        ["The U.S. Navy sailed on.", "See Art. 6 and pp. 3-5."],
        ["J. F. Dulles named it.", "It costs 3.5 billion yen."],
    ],
)
def test_a_sentence_ends_with_its_mark_where_another_begins(sentences):
    assert cut(" ".join(sentences)) == sentences


def test_a_line_ends_a_sentence():
    assert cut("The nuclear umbrella\n\nWhat it is and is not.") == [
        "The nuclear umbrella",
        "What it is and is not.",
    ]


def test_offsets_are_places_in_the_text():
    text = "  One.  Two!\n Three “quoted.” Four"
    found = list(english_sentences(text))
    assert [text[one.offset : one.offset + len(one.text)] for one in found] == [
        one.text for one in found
    ]
    assert len(found) == 4


def test_no_text_has_no_sentences():
    assert cut("") == cut(" \n ") == []
