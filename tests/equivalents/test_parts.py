"""The forms of a part: the glossary's before the list's, the list's before the dictionary's."""

import pytest

from yakugo.equivalents.parts import Form, Parts, are_countries, cheapest
from yakugo.model import Concept, Term

CONCEPTS = [
    Concept("deterrence", (Term("抑止"), Term("dissuasion", "en"))),
    Concept("nuclear-weapon", (Term("核兵器"), Term("nuclear weapon", "en"))),
    Concept("nws", (Term("核兵器占有国"), Term("nuclear-weapon holder", "en"))),
]


def forms(part, concepts=(), without=()):
    parts = Parts(concepts, without)
    parts.look_up([part])
    return parts[part]


def heads(*arguments):
    return [form.english for form in forms(*arguments).heads]


def sources(found):
    return {made.rpartition("(")[2].strip(")") for form in found for made in form.made_of}


def test_the_glossary_comes_before_the_word_list():
    assert heads("抑止", CONCEPTS)[:2] == ["dissuasion", "deterrence"]
    assert heads("抑止")[:2] == ["deterrence", "deterrent"]


def test_what_the_glossary_teaches_is_said_to_be_learnt():
    found = forms("占有国", CONCEPTS).heads
    assert found[0].made_of == ("占有国 holder (learnt from the glossary)",)


def test_the_dictionary_is_asked_for_what_nobody_else_knows():
    assert sources(forms("抑止").heads) == {"word list"}
    assert sources(forms("牧場").heads) == {"JMdict"}
    assert forms("牧場", (), ["dictionary"]).heads == ()


def test_places_are_found_among_the_names():
    assert "Sasebo" in heads("佐世保")


def test_an_adjective_is_a_better_modifier_than_its_noun():
    found = forms("戦略").modifiers
    assert found[0].english == "strategic"
    strategy = next(form for form in found if form.english == "strategy")
    assert strategy.cost > found[0].cost


def test_a_noun_modifies_as_it_is_where_there_is_no_adjective():
    assert forms("弾頭").modifiers[0].english == "warhead"


@pytest.mark.parametrize(
    ("letters", "names"),
    [("日米", "Japan-US"), ("日米韓", "Japan-US-South Korea"), ("米ソ", "US-Soviet")],
)
def test_letters_stand_for_countries(letters, names):
    assert are_countries(letters)
    assert heads(letters) == [names]


def test_one_letter_is_a_word_and_not_a_country():
    assert not are_countries("日")
    assert not are_countries("日防")
    assert not are_countries("")


def test_latin_letters_stay_as_written_unless_the_list_knows_them():
    assert heads("XQZ-9") == ["XQZ-9"]
    assert "intercontinental ballistic missile" in heads("ICBM")


@pytest.mark.parametrize("particle", ["に", "と", "から", "ない"])
def test_a_particle_is_no_part(particle):
    assert forms(particle).heads == forms(particle).modifiers == ()


def test_what_a_dictionary_says_of_a_counter_or_a_verb_is_no_noun():
    assert not any("counter for" in text for text in heads("匹"))
    assert not any(text.startswith("to ") for text in heads("阻む"))


def test_a_modifier_is_whole():
    parts = Parts()
    parts.look_up(["禁止", "対", "配備型", "条約"])
    assert "prohibition of ~" in [form.english for form in parts["禁止"].heads]
    assert "prohibition of ~" not in [form.english for form in parts["禁止"].modifiers]


def test_parts_know_the_same_whatever_was_asked_before():
    several = Parts()
    several.look_up(["弾頭", "抑止"])
    several.look_up(["抑止", "牧場", "佐世保"])
    for part in ("弾頭", "抑止", "牧場", "佐世保"):
        assert several[part] == forms(part)


def test_what_was_not_looked_up_is_an_error():
    with pytest.raises(KeyError):
        Parts()["抑止"]


def test_of_the_same_english_the_cheapest_form_is_kept():
    dear, cheap, other = Form("a", 2.0, ("x",)), Form("a", 1.0, ("y",)), Form("b", 1.5, ("z",))
    assert cheapest([dear, other, cheap]) == (cheap, other)
    assert len(cheapest(Form(str(i), i, ()) for i in range(99))) < 10
