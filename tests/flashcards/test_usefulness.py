"""What the texts at hand say most often is learnt first."""

from yakugo.flashcards.usefulness import by_usefulness
from yakugo.model import Candidate, Concept, Ranked, Term


def found(term, frequency, *variants):
    return Ranked(Candidate(term, "", (term,), "word", frequency, variants=variants), 0.5)


def test_by_how_often_all_terms_of_a_concept_stand_in_the_documents():
    silo = Concept("silo", (Term("サイロ"),))
    umbrella = Concept("umbrella", (Term("核の傘"), Term("核抑止の傘"), Term("umbrella", "en")))
    ally, axis = Concept("ally", (Term("同盟国"),)), Concept("axis", (Term("枢軸"),))
    candidates = [
        found("サイロ", 3),
        found("核の傘", 2),
        found("核抑止の傘", 2),
        found("umbrella", 9),
    ]
    ordered = by_usefulness([silo, axis, ally, umbrella], candidates)
    assert [one.id for one in ordered] == ["umbrella", "silo", "ally", "axis"]


def test_spellings_of_one_term_count_together_and_once():
    server = Concept("server", (Term("サーバ"), Term("サーバー")))
    umbrella, triad = (
        Concept("umbrella", (Term("核の「傘」"),)),
        Concept("triad", (Term("三本柱"),)),
    )
    candidates = [found("サーバー", 5, "サーバ"), found("核の傘", 6), found("三本柱", 4)]
    assert by_usefulness([triad, server, umbrella], candidates) == [umbrella, server, triad]
