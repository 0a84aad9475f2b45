from yakugo.documents import from_text
from yakugo.equivalents import glossary, glosses, offers
from yakugo.model import Concept, Term, Usage

EXTENDED = Concept(
    "extended-deterrence",
    (
        Term("拡大抑止", reading="かくだいよくし"),
        Term("extended deterrence", "en"),
        Term("extended nuclear deterrence", "en", usage=Usage.ADMITTED),
        Term("nuclear deterrence", "en", usage=Usage.DEPRECATED),
    ),
)


def test_the_reviewed_glossary_comes_before_a_loose_gloss():
    found = glosses.find(from_text("拡大抑止(nuclear deterrence)を語る。", "essay"))
    offered = offers(["拡大抑止"], [EXTENDED], found)["拡大抑止"]
    assert [o.english for o in offered] == [
        "extended deterrence",
        "extended nuclear deterrence",
        "nuclear deterrence",
    ]
    assert [o.evidence[0].provider for o in offered] == ["glossary", "glossary", "gloss"]


def test_the_same_equivalent_from_two_sides_is_one_offer_with_both_as_evidence():
    umbrella = Concept("nuclear-umbrella", (Term("核の傘"), Term("nuclear umbrella", "en")))
    (offer,) = offers(["核の傘"], [umbrella], [])["核の傘"]
    assert {e.provider for e in offer.evidence} == {"glossary", "dictionary"}


def test_what_nobody_knows_has_no_offer():
    assert "対戦力能力" not in offers(["対戦力能力"], [], [])


def test_quotation_marks_and_width_do_not_hide_a_glossary_term():
    assert glossary.offers(["拡大「抑止」"], [EXTENDED])
