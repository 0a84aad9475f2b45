"""What the texts at hand say most often is learnt first."""

from yakugo.flashcards.usefulness import by_usefulness
from yakugo.model import Candidate, Concept, Ranked, Term


def found(term, frequency):
    return Ranked(Candidate(term, "", (term,), "word", frequency), 0.5)


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
