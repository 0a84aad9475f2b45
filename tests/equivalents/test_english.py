import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.equivalents import english, field


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Extended Deterrence", "extended deterrence"),
        ("nuclear weapons", "nuclear weapon"),
        ("policies", "policy"),
        ("allies", "ally"),
        ("sorties", "sortie"),
        ("torpedoes", "torpedo"),
        ("weapons caches", "weapon cache"),
        ("crises", "crisis"),
        ("servicemen", "serviceman"),
        ("nerve gases", "nerve gas"),
        ("viruses", "virus"),
        ("Houthis", "Houthi"),
        ("defense-equipment transfer", "Defence Equipment Transfers"),
        ("non-proliferation", "nonproliferation"),
        ("anti-satellite weapon", "antisatellite weapon"),
        ("the Theatre Missile Defence Programme", "theater missile defense program"),
        ("militarised zone", "militarized zone"),
        ("authorisation", "authorization"),
        ("to analyse", "to analyze"),
        ("stabilisers", "stabilizer"),
        ("détente", "detente"),
        ("coup d’état", "coup d'etat"),
        ("U.S. forces", "US force"),
        ("the U.S.-Japan alliance", "US–Japan alliance"),
        ("defense ministers' meeting", "defense minister's meeting"),
        ("Japan’s security", "Japan's security"),
        ("women's organisations", "women organization"),
    ],
)
def test_spellings_of_one_equivalent_share_a_key(one, other):
    assert english.key(one) == english.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defense", "offense"),
        ("arms control", "arms race"),
        ("first use", "no first use"),
        ("use of force", "US force"),
        ("news conference", "new conference"),
        ("mass", "mas"),
        ("bus", "bu"),
        ("base", "basis"),
        ("state", "statement"),
        ("deterrent", "deterrence"),
        ("nuclear", "non-nuclear"),
        ("核", "核兵器"),
    ],
)
def test_different_equivalents_have_different_keys(one, other):
    assert english.key(one) != english.key(other)


@pytest.mark.parametrize(
    "word",
    ["arise", "advise", "compromise", "cruise", "disguise", "enterprise", "exercise", "expertise",
     "franchise", "improvise", "noise", "otherwise", "precise", "premise", "promise", "raise",
     "revise", "rise", "supervise", "surprise", "uprising"],
)  # fmt: skip
def test_what_ends_in_ise_by_nature_keeps_it(word):
    assert english.key(word) == word


FORMS = sorted({form for word in field.words().values() for form in (*word.heads, *word.modifiers)})


@given(st.sampled_from(FORMS))
def test_a_key_is_its_own_key_whatever_the_case_and_the_spaces(form):
    key = english.key(form)
    assert english.key(key) == key
    assert english.key(form.upper()) == key
    assert english.key(f" {form} ".replace(" ", "  ")) == key


@given(st.text())
def test_nothing_is_lost_altogether(text):
    assert bool(english.key(text)) == bool(text)


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("nuclear weapon", "nuclear weapons"),
        ("security policy", "security policies"),
        ("air-to-air missile", "air-to-air missiles"),
        ("base", "bases"),
        ("speech", "speeches"),
        ("dud", "duds"),
        ("serviceman", "servicemen"),
        ("ICBM", "ICBMs"),
        ("weapon of mass destruction", "weapons of mass destruction"),
        ("Treaty on Mutual Defense", "Treaties on Mutual Defense"),
        ("search and rescue operation", "search and rescue operations"),
        ("command and control system", "command and control systems"),
    ],
)
def test_the_head_of_a_phrase_takes_the_plural(one, several):
    assert english.plural(one) == several


@pytest.mark.parametrize(
    "phrase",
    ["nuclear deterrence", "national security", "military equipment", "disarmament", "sanctions",
     "command and control", "law and order", "NATO", "IAEA", "US", "South Korea", "Type 12",
     "Marine Corps", "new"],
)  # fmt: skip
def test_what_is_not_counted_stays_as_it_is(phrase):
    assert english.plural(phrase) == phrase


@given(st.sampled_from(FORMS))
def test_a_plural_is_the_same_equivalent_and_has_no_plural(form):
    several = english.plural(form)
    assert english.key(several) == english.key(form)
    assert english.plural(several) == several


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("treaty on the prohibition of nuclear weapons",
         "Treaty on the Prohibition of Nuclear Weapons"),
        ("nuclear non-proliferation treaty", "Nuclear Non-Proliferation Treaty"),
        ("the hague", "The Hague"),
        ("NATO summit", "NATO Summit"),
    ],
)  # fmt: skip
def test_a_name_has_capitals_but_for_its_small_words(phrase, name):
    assert english.title(phrase) == name
