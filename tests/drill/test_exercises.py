"""What is asked, and that the question does not give the answer away."""

import pytest

from yakugo.drill.exercises import exercise, kinds_of, sentences
from yakugo.flashcards.cloze import HIDDEN
from yakugo.model import ENGLISH, JAPANESE, CardKind, Concept, Context, Term, Usage

GLOSSED = Context.locating(
    "拡大抑止", "拡大抑止（Extended Deterrence）は同盟の要であり、拡大抑止協議も開かれる。", "a.txt"
)
PLAIN = Context.locating("拡大抑止", "同盟国は拡大抑止を問い直した。", "b.txt")
DETERRENCE = Concept(
    "extended-deterrence",
    (
        Term("拡大抑止", reading="かくだいよくし", contexts=(PLAIN,)),
        Term("広域抑止", usage=Usage.DEPRECATED),
        Term("extended deterrence", ENGLISH),
    ),
    subject_field="nuclear strategy",
    definition="Deterrence of an attack on an ally.",
)
DENIAL = Concept(
    "deterrence-by-denial", (Term("拒否的抑止"), Term("deterrence by denial", ENGLISH))
)
PUNISHMENT = Concept(
    "deterrence-by-punishment", (Term("懲罰的抑止"), Term("deterrence by punishment", ENGLISH))
)
LONELY = Concept("lonely", (Term("孤立"),))


def test_a_concept_has_the_cards_whose_question_and_answer_are_there():
    assert kinds_of(LONELY, (), ()) == []
    assert kinds_of(DENIAL, (), ()) == [CardKind.RECOGNITION, CardKind.PRODUCTION]
    assert kinds_of(DETERRENCE, (PLAIN,), ("deterrence-by-denial",)) == [
        CardKind.RECOGNITION, CardKind.PRODUCTION, CardKind.CLOZE, CardKind.CONFUSABLE,
    ]  # fmt: skip


def test_recognition_shows_the_sentence_but_not_the_english_in_it():
    one = exercise(DETERRENCE, CardKind.RECOGNITION, (GLOSSED,))
    assert (one.prompt, one.language) == ("拡大抑止", ENGLISH)
    assert one.hint == f"拡大抑止（{HIDDEN}）は同盟の要であり、拡大抑止協議も開かれる。"


def test_production_says_which_of_several_is_meant():
    one = exercise(DETERRENCE, CardKind.PRODUCTION)
    assert (one.prompt, one.language) == ("extended deterrence", JAPANESE)
    assert one.hint == "nuclear strategy; Deterrence of an attack on an ally."


def test_a_cloze_hides_the_term_wherever_it_stands():
    one = exercise(DETERRENCE, CardKind.CLOZE, (GLOSSED,))
    assert one.prompt == "拡大抑止"
    assert "拡大抑止" not in one.before + one.after


def test_with_each_turn_another_sentence():
    shown = [exercise(DETERRENCE, CardKind.CLOZE, (GLOSSED, PLAIN), turn=n) for n in range(3)]
    assert [one.context for one in shown] == [GLOSSED, PLAIN, GLOSSED]


def test_which_of_those_that_are_mixed_up():
    for turn in range(4):
        one = exercise(DENIAL, CardKind.CONFUSABLE, partners=[PUNISHMENT, DETERRENCE], turn=turn)
        right = DENIAL.preferred(one.language).text
        assert right in one.choices
        assert len(one.choices) == len(set(one.choices)) == 3
        assert right not in one.prompt + one.hint


@pytest.mark.parametrize(
    ("concept", "kind"),
    [
        (LONELY, CardKind.RECOGNITION),
        (DENIAL, CardKind.CLOZE),
        (DENIAL, CardKind.CONFUSABLE),
        (DENIAL, CardKind.LISTENING),
    ],
)
def test_a_card_that_is_not_there_cannot_be_asked(concept, kind):
    with pytest.raises(ValueError, match=concept.id):
        exercise(concept, kind)


def test_collected_sentences_come_before_those_of_the_glossary_each_once():
    collected = {"拡大抑止": [GLOSSED, PLAIN], "広域抑止": [Context("広域抑止とは言わない。")]}
    assert sentences(DETERRENCE, collected) == (GLOSSED, PLAIN)
