import pytest

from yakugo.model import ENGLISH, Concept, Context, Term, Usage, locate


@pytest.mark.parametrize(
    ("sentence", "surface"),
    [
        ("同盟国は核の傘に頼る。", "核の傘"),
        ("同盟国は核の「傘」に頼る。", "核の「傘」"),
        ("同盟国は「核の傘」に頼る。", "核の傘"),
        ("同盟国は「核の『傘』」に頼る。", "核の『傘』"),
        ("同盟国は盾に頼る。", ""),
    ],
)
def test_a_term_is_found_over_quotation_marks_and_with_its_closing_one(sentence, surface):
    assert Context.locating("核の傘", sentence).surface == surface


def test_no_term_is_nowhere():
    assert locate("", "文。") == (0, 0)


def test_the_preferred_term_is_one_that_may_be_used():
    avoided = Term("nuclear deterrence", ENGLISH, usage=Usage.DEPRECATED)
    admitted = Term("extended deterrence", ENGLISH, usage=Usage.ADMITTED)
    assert Concept("c", (Term("拡大抑止"), avoided, admitted)).preferred(ENGLISH) == admitted
    assert Concept("c", (Term("拡大抑止"), avoided)).preferred(ENGLISH) is None
