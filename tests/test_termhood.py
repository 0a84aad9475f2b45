from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.termhood import scores

TEXT = "核抑止戦略を論じる。核抑止は古い。会場問題もある。航空会社の会場だ。"


def ranking(reviewed=()):
    candidates = collect(from_text(TEXT, "essay"))
    scored = zip(candidates, scores(candidates, reviewed), strict=True)
    return {candidate.term: score for candidate, score in scored}


def test_pieces_of_long_compounds_make_terms():
    score = ranking()
    assert score["核抑止戦略"] > score["核抑止"] > score["会場"]


def test_pieces_of_reviewed_terms_count_more():
    before, after = ranking(), ranking(reviewed={"核", "抑止"})
    assert after["核抑止"] > before["核抑止"]
    assert after["会場"] == before["会場"]


def test_a_general_word_adds_less():
    score = ranking()
    assert score["会場問題"] < score["核抑止"]


def test_no_candidates_no_scores():
    assert scores([]) == []
