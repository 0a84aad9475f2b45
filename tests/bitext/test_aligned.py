import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.bitext.aligned import read
from yakugo.errors import DocumentError
from yakugo.model import SentencePair

JA = "政府は拡大抑止を重視する。\n\n二重鍵も検討した。\n"
EN = "The government values extended deterrence.\n\nIt studied a dual key.\n"


@pytest.fixture
def texts(tmp_path):
    """Write two texts: texts(one, other) gives their paths."""

    def write(one, other, encodings=("utf-8", "utf-8")):
        paths = tmp_path / "one.txt", tmp_path / "other.txt"
        for path, text, encoding in zip(paths, (one, other), encodings, strict=True):
            path.write_bytes(text.encode(encoding))
        return paths

    return write


FOUND = [
    SentencePair(
        "政府は拡大抑止を重視する。", "The government values extended deterrence.", "line 1"
    ),
    SentencePair("二重鍵も検討した。", "It studied a dual key.", "line 3"),
]


def test_lines_are_paired(texts):
    assert list(read(*texts(JA, EN))) == FOUND
    assert list(read(*texts(JA, EN, ("cp932", "utf-16")))) == FOUND


def test_english_first_is_turned_round(texts):
    assert list(read(*texts(EN, JA))) == FOUND


def test_japanese_words_in_the_english_text_do_not_turn_the_two(texts):
    japanese = "二重鍵とは何か。\nNATO, START, ICBM\n"
    english = "What is 二重鍵 (nijukagi)?\nNATO, START and ICBMs\n"
    pair = SentencePair("二重鍵とは何か。", "What is 二重鍵 (nijukagi)?", "line 1")
    assert list(read(*texts(japanese, english))) == [pair]
    assert next(read(*texts(english * 3, japanese * 3))) == pair


def test_empty_lines_at_the_end_of_one_do_not_count(texts):
    assert list(read(*texts(JA + "\n \n", EN.rstrip()))) == FOUND
    assert list(read(*texts(JA, EN + "\r\n\r\n"))) == FOUND


def test_unequal_counts_are_told_with_both_when_the_shorter_text_ends(texts):
    japanese, english = texts(JA + "査察は続く。\n\n条約は残る。\n", EN)
    found = read(japanese, english)
    assert [next(found), next(found)] == FOUND
    with pytest.raises(DocumentError) as error:
        list(found)
    assert f"{japanese} has 6 lines and {english} has 3;" in str(error.value)
    assert "\n" not in str(error.value)
    with pytest.raises(DocumentError, match=r"has 3 lines and .* has 1,003"):
        list(read(*texts(JA, EN + "More.\n" * 1000)))


def test_a_line_that_was_left_untranslated_at_the_end_still_counts(texts):
    assert list(read(*texts(JA + "査察は続く。\n", EN + "\n"))) == FOUND


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (EN, EN, "neither is Japanese"),
        (JA, JA, "both are Japanese"),
        ("", EN, "neither is Japanese"),
    ],
)
def test_two_texts_of_one_language_are_refused(texts, one, other, said):
    paths = texts(one, other)
    with pytest.raises(DocumentError, match=said) as error:
        list(read(*paths))
    assert all(str(path) in str(error.value) for path in paths)


LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf")))


@given(
    st.lists(
        st.tuples(LINE.map("核の".__add__), LINE.map(lambda text: f"{text} umbrella")), min_size=1
    ),
    st.booleans(),
)
def test_any_two_texts_come_back(tmp_path_factory, written, turned):
    folder = tmp_path_factory.mktemp("aligned")
    paths = folder / "ja.txt", folder / "en.txt"
    # An English text with more kanji than Latin letters is none.
    written = [(ja, en.encode("latin-1", "ignore").decode("latin-1")) for ja, en in written]
    for path, text in zip(paths, zip(*written, strict=True), strict=True):
        path.write_text("\n".join(text), encoding="utf-8", newline="")
    found = list(read(*(reversed(paths) if turned else paths)))
    assert [(p.japanese, p.english) for p in found] == [
        (" ".join(ja.split()), " ".join(en.split())) for ja, en in written
    ]
