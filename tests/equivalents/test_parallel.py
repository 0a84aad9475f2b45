import pytest

from yakugo import candidates
from yakugo.equivalents import Equivalents, parallel
from yakugo.model import Concept, Mined, SentencePair, Term

PAIR = SentencePair("前方展開は抑止を支える。", "Forward deployment supports deterrence.", "unit 7")


def mined(term, english, strength, together=9, term_pairs=12, file="memory.tmx", examples=(PAIR,)):
    return file, Mined(term, english, strength, together, term_pairs, together, examples)


def asking(*found):
    def ask(terms):
        by_term = {}
        for file, one in found:
            if one.term in terms:
                by_term.setdefault(one.term, []).append((file, one))
        return by_term

    return ask


def offers(term, *found, variants=()):
    one = candidates.of(term)
    one.variants = variants
    return parallel.offers([one], asking(*found)).get(term, [])


def test_what_a_memory_has_is_offered_with_its_counts_and_a_pair():
    (offer,) = offers("前方展開", mined("前方展開", "forward deployment", 0.8))
    assert (offer.english, offer.score) == ("forward deployment", 0.8)
    (evidence,) = offer.evidence
    assert evidence.detail == (
        "in 9 of 12 sentence pairs of memory.tmx: 「前方展開は抑止を支える。」 "
        "“Forward deployment supports deterrence.” (unit 7)"
    )


def test_one_pair_is_said_to_be_weak():
    (offer,) = offers("前方展開", mined("前方展開", "forward deployment", 0.2, 1, 1))
    assert "one sentence pair of memory.tmx, which is weak" in offer.evidence[0].detail


def test_files_that_agree_make_an_offer_likelier():
    found = [
        mined("前方展開", "forward deployment", 0.5),
        mined("前方展開", "Forward deployments", 0.6, file="treaty.xlf"),
        mined("前方展開", "forward presence", 0.3),
    ]
    best, other = offers("前方展開", *found)
    assert best.english == "Forward deployments"
    assert best.score == pytest.approx(0.8)
    assert len(best.evidence) == 2
    assert other.english == "forward presence"


def test_any_spelling_of_the_term_will_do():
    found = mined("サーバー", "server", 0.9)
    assert [one.english for one in offers("サーバ", found, variants=("サーバー",))] == ["server"]


def test_a_loose_translation_is_contested_by_the_glossary_but_not_by_the_dictionary():
    ask = asking(mined("軍備管理", "limits on arms", 0.6))
    term = candidates.of("軍備管理")
    concept = Concept("arms-control", (Term("軍備管理"), Term("arms control", "en")))

    def loose(concepts):
        found = Equivalents(concepts, mined=ask).offers([term])["軍備管理"]
        return next(one for one in found if one.english == "limits on arms")

    assert loose([concept]).against[0].provider == "glossary"
    assert not loose([]).against
