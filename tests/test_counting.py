from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from yakugo.counting import PLACES, Counts, count
from yakugo.documents import Part
from yakugo.tokens import pieces_of

LINES = (
    "二重鍵とは、発射に二つの国の同意を求める方式を指す。",
    "同盟国は核の「傘」に頼ってきた。核の傘は抑止の約束である。",
    "先制・予防攻撃を論じる。",
    "二重鍵は古い。",
    "二重鍵を望む声が各国の議会で高まり、政府は対応に追われ、審議は夜まで続き、結論は翌週に延びた。",
    "",
)


def seen(counts, term):
    return next(seen for form, seen in counts.runs.items() if "".join(pieces_of(form)) == term)


def test_distinct_runs_are_counted_with_the_places_that_show_them_best():
    text = "\n".join(LINES)
    dual_key = seen(count([Part(text)]), "二重鍵")
    assert (dual_key.frequency, dual_key.defined, dual_key.quoted) == (3, True, False)
    _, offset, start, end, length = dual_key.places[0]
    sentence = text[offset : offset + length]
    assert sentence == LINES[0]
    assert sentence[start:end] == "二重鍵"


def test_pairs_are_counted_over_quotation_marks_which_are_evidence():
    pairs = {
        ("".join(pieces_of(pair.left)), pair.joint, "".join(pieces_of(pair.right))): seen
        for pair, seen in count([Part("\n".join(LINES))]).pairs.items()
    }
    umbrella = pairs["核", "の", "傘"]
    assert (umbrella.frequency, umbrella.quoted) == (2, True)
    assert ("先制", "・", "予防攻撃") in pairs


def test_what_is_only_spoken_of_is_not_defined():
    assert not seen(
        count([Part("この抑止戦略とは関係なく、つまり別の話である。")]), "抑止戦略"
    ).defined


def test_a_frequent_run_keeps_few_places():
    assert len(seen(count([Part("核兵器の話である。\n" * 50)]), "核兵器").places) == PLACES


def counted(counts):
    """All that was counted, in the order of the text."""
    return [*counts.runs.items(), *counts.pairs.items()]


@given(st.lists(st.sampled_from(LINES), max_size=14), st.sets(st.integers(0, 14)))
def test_parts_of_a_text_counted_apart_and_joined_are_the_whole(lines, cuts):
    lines = [line + "\n" for line in lines]
    bounds = sorted({0, *(cut for cut in cuts if cut < len(lines)), len(lines)})
    total = Counts()
    for i, j in pairwise(bounds):
        total.join(count([Part("".join(lines[i:j]), len("".join(lines[:i])))]))
    assert counted(total) == counted(count([Part("".join(lines))]))


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_a_text_said_twice_is_counted_twice_and_shown_by_its_first_places(lines):
    text = "".join(line + "\n" for line in lines)
    once, twice = count([Part(text)]), count([Part(text * 2)])
    for part_of_once, part_of_twice in ((once.runs, twice.runs), (once.pairs, twice.pairs)):
        assert part_of_once.keys() == part_of_twice.keys()
        for key, one in part_of_once.items():
            two = part_of_twice[key]
            assert two.frequency == 2 * one.frequency
            assert two.places[0] == one.places[0]
