import pytest

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.reference import General
from yakugo.termhood import (
    FEATURES,
    NAMES,
    Knowledge,
    Statistics,
    evidence,
    probability,
)

TEXT = """\
核抑止戦略を論じる。核抑止は古い。会場問題もある。航空会社の会場だ。
「二重鍵」とは、二国の同意を要する方式である。米国同盟国の会場。
"""


def numbers(knowledge=None):
    candidates = collect(from_text(TEXT, "essay"))
    statistics = Statistics(candidates)
    return {
        one.term: dict(zip(NAMES, evidence(one, statistics, knowledge or Knowledge()), strict=True))
        for one in candidates
    }


def test_pieces_that_stand_in_long_compounds_are_productive():
    found = numbers()
    assert found["核抑止戦略"]["productivity"] > found["会場"]["productivity"]


def test_pieces_of_reviewed_terms_are_evidence():
    found = numbers(Knowledge({"核": 1, "抑止": 2}, terms={"核抑止"}))
    assert found["核抑止戦略"]["reviewed"] == pytest.approx(2 / 3)
    assert found["核抑止"]["reviewed"] == 1 / 2  # 抑止 stands in another reviewed term as well
    assert found["会場"]["reviewed"] == 0


def test_words_of_the_field_are_evidence():
    found = numbers()
    assert found["核抑止戦略"]["field"] == 1
    assert found["米国同盟国"]["any field"] == 1
    assert found["会場"]["any field"] == found["会場"]["field term"] == 0


def test_what_a_text_says_of_a_term_is_evidence():
    found = numbers(Knowledge(glossed={"会場"}))
    assert (found["二重鍵"]["quoted"], found["二重鍵"]["defined"]) == (1, 1)
    assert found["会場"]["glossed"] == 1
    assert found["核抑止"]["quoted"] == found["核抑止"]["defined"] == 0


def test_what_stands_as_often_in_general_texts_has_no_contrast():
    length = len(TEXT)
    found = numbers(Knowledge(general=General({"会場": 2}, length, length)))
    assert found["会場"]["contrast"] == 0 < found["二重鍵"]["contrast"]
    assert numbers()["二重鍵"]["contrast"] == 0  # nothing to hold it against


def test_how_it_was_found_is_evidence():
    found = numbers()
    assert found["米国同盟国"]["placed"] == 1
    assert found["会場"]["word"] == 1
    assert found["会場問題"]["general"] == 0.5


def test_every_kind_of_evidence_has_a_name_and_says_what_it_is():
    assert len(set(NAMES)) == len(FEATURES)
    assert all(feature.says for feature in FEATURES)


def test_a_sum_of_evidence_is_a_probability():
    assert probability(0) == 0.5
    assert 0 <= probability(-1000) < probability(-1) < probability(1) <= 1
