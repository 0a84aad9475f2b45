from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.equivalents import Equivalents
from yakugo.model import Concept, Status, Term
from yakugo.ranking import background, rank, reviewed_pieces, with_offers

LAUNCH = Concept("launch-on-warning", (Term("警報即発射", reading="けいほうそくはっしゃ"),
                                       Term("launch on warning", "en")))  # fmt: skip
UMBRELLA = Concept("nuclear-umbrella", (Term("核の傘", reading="かくのかさ"),))
TEXT = "警報即発射の態勢は危うい。政府は核の盾を語った。誤警報はある。会場は広い。"


def ranking(concepts):
    found = collect(from_text(TEXT, "essay"), background(concepts))
    return {one.candidate.term: one for one in rank(found, concepts)}


def test_a_term_of_the_glossary_is_accepted_with_its_reviewed_reading_and_english():
    one = ranking([LAUNCH])["警報即発射"]
    assert one.status is Status.ACCEPTED
    assert one.candidate.reading == "けいほうそくはっしゃ"
    (offered,) = with_offers([one], Equivalents([LAUNCH]))
    assert offered.offers[0].english == "launch on warning"
    assert ranking([])["警報即発射"].status is Status.NEW


def test_the_glossary_s_genitives_are_evidence_for_others():
    assert "核の盾" not in ranking([])
    assert "核の盾" in ranking([UMBRELLA])


def test_the_glossary_s_pieces_raise_what_shares_them():
    assert reviewed_pieces(["核の傘", "核抑止"]) == {"核": 2, "傘": 1, "抑止": 1}
    assert ranking([LAUNCH])["誤警報"].score > ranking([])["誤警報"].score


def test_a_reviewed_term_is_no_evidence_for_itself():
    assert ranking([LAUNCH])["警報即発射"].score == ranking([])["警報即発射"].score


def test_the_best_comes_first():
    scores = [one.score for one in ranking([LAUNCH]).values()]
    assert scores == sorted(scores, reverse=True)
