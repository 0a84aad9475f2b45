"""What is asked, and that the question does not give the answer away."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from yakugo import documents
from yakugo.drill.confusables import confusables, partners
from yakugo.drill.deck import deck
from yakugo.drill.exercises import DRILLED, exercise, is_asked_too, kinds_of, sentences
from yakugo.flashcards.cloze import HIDDEN
from yakugo.model import ENGLISH, JAPANESE, CardKind, Concept, Context, Term, Usage
from yakugo.workspace import Workspace, init

EXAMPLE = Path(__file__).parents[2] / "examples" / "nuclear-deterrence.ja.txt"
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
    assert kinds_of(DETERRENCE, (PLAIN,), (DENIAL,)) == [
        CardKind.RECOGNITION, CardKind.PRODUCTION, CardKind.CLOZE, CardKind.CONFUSABLE,
    ]  # fmt: skip


def test_recognition_shows_the_sentence_but_not_the_english_in_it():
    one = exercise(DETERRENCE, CardKind.RECOGNITION, (GLOSSED,))
    assert (one.prompt, one.language, one.hint) == ("拡大抑止", ENGLISH, "")
    assert one.before == ""
    assert one.after == f"（{HIDDEN}）は同盟の要であり、拡大抑止協議も開かれる。"


def test_a_sentence_that_does_not_hold_the_term_letter_by_letter_is_shown_whole():
    one = exercise(DETERRENCE, CardKind.RECOGNITION, (Context("抑止を拡大する。"),))
    assert (one.before, one.after) == ("抑止を拡大する。", "")


def test_of_a_homograph_it_is_said_which_is_meant():
    shield = Concept(
        "shield", (Term("盾"), Term("shield", ENGLISH)), subject_field="shield and armour",
        definition_ja="身を守る武具。",
    )  # fmt: skip
    assert exercise(shield, CardKind.RECOGNITION).hint == ""
    one = exercise(shield, CardKind.RECOGNITION, homograph=True)
    assert one.hint == f"{HIDDEN} and armour; 身を守る武具。"


def test_production_says_which_of_several_is_meant():
    one = exercise(DETERRENCE, CardKind.PRODUCTION)
    assert (one.prompt, one.language) == ("extended deterrence", JAPANESE)
    assert one.hint == "nuclear strategy; Deterrence of an attack on an ally."


def test_a_definition_does_not_give_the_japanese_away():
    defined = replace(DETERRENCE, definition="What 拡大抑止 (かくだいよくし) means; 広域抑止.")
    hint = f"What {HIDDEN} ({HIDDEN}) means; {HIDDEN}."
    assert exercise(defined, CardKind.PRODUCTION).hint.endswith(hint)
    assert exercise(defined, CardKind.CONFUSABLE, partners=[DENIAL]).hint == hint


def test_a_cloze_hides_the_term_wherever_it_stands_and_its_reading():
    sentence = "拡大抑止（かくだいよくし）は要であり、拡大抑止協議も開かれ、広域抑止ともいう。"
    context = Context.locating("拡大抑止", sentence)
    one = exercise(DETERRENCE, CardKind.CLOZE, (context,))
    assert (one.prompt, one.language) == ("extended deterrence", JAPANESE)
    assert "抑止" not in one.before + one.after
    assert "よくし" not in one.before + one.after
    assert one.context is context


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
        assert one.others == (PUNISHMENT, DETERRENCE)


def test_a_partner_whose_term_would_be_right_too_is_no_choice():
    synonym = Concept("denial", (Term("拒否抑止"), Term("deterrence by denial", ENGLISH)))
    assert CardKind.CONFUSABLE not in kinds_of(DENIAL, (), [synonym])
    one = exercise(DENIAL, CardKind.CONFUSABLE, partners=[synonym, PUNISHMENT])
    assert set(one.choices) == {"拒否的抑止", "懲罰的抑止"}


def test_a_concept_that_the_question_could_mean_too():
    synonym = Concept("denial", (Term("拒否抑止"), Term("Deterrence by denial", ENGLISH)))
    asked = exercise(DENIAL, CardKind.PRODUCTION)
    assert is_asked_too(synonym, asked)
    assert not is_asked_too(DENIAL, asked)
    assert not is_asked_too(PUNISHMENT, asked)
    assert not is_asked_too(synonym, exercise(DENIAL, CardKind.RECOGNITION))


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


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The shipped glossary, with the sample article collected."""
    folder = tmp_path_factory.mktemp("shipped")
    init(folder)
    with Workspace(folder) as opened:
        opened.collect([documents.read(EXAMPLE)])
        return deck(opened.termbase)


def test_no_question_of_the_shipped_glossary_gives_its_answer_away(shipped):
    by_id = {one.id: one for one in shipped.concepts}
    mixed_up = partners(confusables(shipped.concepts))
    asked = Counter()
    for concept in shipped.concepts:
        contexts = shipped.contexts[concept.id]
        others = [by_id[id] for id in mixed_up.get(concept.id, ())]
        for kind in kinds_of(concept, contexts, others):
            for turn in range(max(len(contexts), 2)):
                one = exercise(concept, kind, contexts, others, turn, homograph=True)
                shown = f"{one.hint}\n{one.before}\n{one.after}\n{one.prompt}".casefold()
                for term in concept.in_language(one.language):
                    word = rf"(?<![a-z]){re.escape(term.text.casefold())}(?![a-z])"
                    assert not re.search(word, shown), (concept.id, kind, term.text)
                asked[kind] += 1
    assert len(asked) == len(DRILLED)
    assert min(asked.values()) > 30
