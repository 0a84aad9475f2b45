from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.model import SentencePair
from yakugo.parallel import corpus, mine, mining

LINES = Path(__file__).parents[1] / "data" / "parallel.ja-en.tsv"
PAIRS = [
    SentencePair(*line.split("\t"), f"line {number}")
    for number, line in enumerate(LINES.read_text(encoding="utf-8").splitlines(), 1)
]


@pytest.fixture(scope="module")
def mined():
    return by_term(mine(PAIRS, known=["低空を飛ぶ"]))


def by_term(found):
    terms = {}
    for one in found:
        terms.setdefault(one.term, []).append(one)
    return terms


@pytest.mark.parametrize(
    ("term", "english"),
    [
        ("拡大抑止", "extended deterrence"),
        ("弾道ミサイル", "ballistic missile"),
        ("巡航ミサイル", "cruise missile"),
        ("ミサイル", "missile"),
        ("核の傘", "nuclear umbrella"),
        ("軍備管理", "arms control"),
        ("自衛隊", "Self-Defense Forces"),
        ("首相", "prime minister"),
        ("潜水艦", "submarine"),
        ("射程", "range"),
        ("検証", "verification"),
        ("制裁", "sanction"),
        ("条約", "treaty"),
        ("同盟", "alliance"),
    ],
)
def test_a_term_of_a_few_sentences_gets_its_english(mined, term, english):
    assert mined[term][0].english == english


def test_known_terms_are_found_besides(mined):
    assert "fly at low altitude" in [one.english for one in mined["低空を飛ぶ"]]
    assert "低空を飛ぶ" not in by_term(mine(PAIRS))


def test_counts_say_what_the_evidence_is(mined):
    best = mined["潜水艦"][0]
    assert (best.together, best.term_pairs, best.phrase_pairs) == (3, 3, 3)
    assert {pair.place for pair in best.examples} == {"line 34", "line 35", "line 36"}
    assert all("潜水艦" in pair.japanese for pair in best.examples)


def test_the_plural_counts_for_the_singular(mined):
    # ballistic missile, ballistic missiles
    assert mined["弾道ミサイル"][0].together == 4


def test_what_a_neighbour_explains_is_not_taken(mined):
    """巡航 always stands with ミサイル, which has the missile of other sentences too."""
    assert mined["巡航"][0].english == "cruise"
    assert mined["弾道"][0].english == "ballistic"


def test_no_phrase_begins_or_ends_with_a_function_word():
    edges = {
        word for one in mine(PAIRS) for word in (one.english.split()[0], one.english.split()[-1])
    }
    assert not {edge.lower() for edge in edges} & {"the", "a", "of", "to", "in", "and", "is"}


def test_a_hyphen_is_part_of_a_word(mined):
    assert any("Air-launched" in one.english for one in mined["空中発射巡航ミサイル"])


def test_what_is_written_alike_on_both_sides_is_the_same(mined):
    assert mined["NATO"][0].english == "NATO"


def test_what_stands_once_is_weak(mined):
    assert mined["利益"][0].strength < 0.2
    assert mined["利益"][0].strength < mined["制裁"][0].strength


def test_one_pair_gives_weak_offers():
    found = mine(
        [SentencePair("両国は軍縮を協議した。", "The two countries discussed disarmament.")]
    )
    assert {one.term_pairs for one in found} == {1}
    assert all(one.strength < 0.5 for one in found)


def test_what_a_dictionary_expects_settles_what_is_rare():
    def expected(terms):
        return {term: ["infrastructure"] for term in terms if term == "インフラ"}

    alone, helped = by_term(mine(PAIRS)), by_term(mine(PAIRS, expected=expected))
    assert alone["インフラ"][0].english != "infrastructure"
    assert helped["インフラ"][0].english == "infrastructure"
    assert helped["インフラ"][0].strength > 0.5
    assert helped["条約"][0].english == alone["条約"][0].english


def test_meanings_compared_settle_it_too():
    def alike(pairs):
        return [0.8 if pair == ("脱退", "withdrew") else 0.1 for pair in pairs]

    tied, settled = by_term(mine(PAIRS))["脱退"], by_term(mine(PAIRS, alike=alike))["脱退"]
    assert tied[0].strength == tied[1].strength
    assert settled[0].english == "withdrew"


def test_no_pairs_give_nothing():
    assert mine([]) == []
    assert mine([], known=["核の傘"]) == []


@pytest.mark.parametrize(
    "pair",
    [
        SentencePair("", ""),
        SentencePair("核抑止", ""),
        SentencePair("", "nuclear deterrence"),
        SentencePair("。。。", "... -- !"),
        SentencePair("これは", "of the"),
        SentencePair("核抑止\x1f\n", "nuclear\x1fdeterrence\ud800"),
    ],
)
def test_pairs_that_hold_nothing_do_no_harm(pair):
    mine([pair])
    assert by_term(mine([*PAIRS, pair]))["条約"][0].english == "treaty"


def test_a_pair_that_comes_again_counts_once():
    again = [SentencePair(pair.japanese, pair.english, "again") for pair in PAIRS]
    once, twice = by_term(mine(PAIRS)), by_term(mine(PAIRS + again))
    for term, (best, *_) in once.items():
        assert (best.term_pairs, best.examples) == (twice[term][0].term_pairs, best.examples)


def test_pairs_are_read_once_and_progress_is_told():
    told = []
    stream = iter(PAIRS)
    mine(stream, progress=lambda stage, pairs: told.append((stage, pairs)))
    assert list(stream) == []
    assert told[0] == ("reading", len(PAIRS))
    assert len({stage for stage, _ in told}) > 2


@given(st.permutations(PAIRS))
def test_the_order_of_the_pairs_does_not_matter(pairs):
    assert mine(pairs) == mine(PAIRS)


@given(st.lists(st.sampled_from(PAIRS), max_size=12))
def test_strengths_and_counts_are_within_bounds(pairs):
    for one in mine(pairs):
        assert 0 <= one.strength <= 1
        assert 1 <= one.together <= min(one.term_pairs, one.phrase_pairs)
        assert max(one.term_pairs, one.phrase_pairs) <= len(set(pairs))
        assert 1 <= len(one.examples) <= one.together
        assert set(one.examples) <= set(pairs)


@given(st.lists(st.sampled_from(PAIRS), max_size=12))
def test_a_term_has_a_few_phrases_best_first(pairs):
    for found in by_term(mine(pairs)).values():
        strengths = [one.strength for one in found]
        assert strengths == sorted(strengths, reverse=True)
        assert len(found) <= mining.PHRASES
        assert len({one.english.casefold() for one in found}) == len(found)


def test_a_common_term_is_judged_by_a_sample_and_counted_in_full(monkeypatch):
    monkeypatch.setattr(mining, "SAMPLE", 4)
    found = by_term(mine(PAIRS))["ミサイル"][0]
    assert found.english == "missile"
    assert (found.together, found.term_pairs) == (9, 9)


def test_many_terms_leave_out_those_that_stand_once(monkeypatch):
    monkeypatch.setattr(mining, "TERMS", 10)
    found = by_term(mine(PAIRS, known=["領海", "利益"]))
    assert {term for term, of in found.items() if of[0].term_pairs == 1} == {"利益"}


def test_a_vocabulary_over_its_limit_loses_what_is_rare(monkeypatch):
    monkeypatch.setattr(corpus, "VOCABULARY", 60)
    monkeypatch.setattr(corpus, "RUNS", 60)
    monkeypatch.setattr(corpus, "_SHARD", 10)
    assert by_term(mine(PAIRS))["条約"][0].english == "treaty"


def test_ranges():
    found = corpus.ranges(np.array([5, 9, 2]), np.array([2, 0, 1]))
    assert found.tolist() == [5, 6, 2]
