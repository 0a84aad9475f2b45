"""A sentence with its term left out, wherever the term stands in it."""

from hypothesis import given
from hypothesis import strategies as st

from yakugo.flashcards.cloze import GAP, cloze, occurrences, reading_in, without_english
from yakugo.model import Concept, Context, Term, locate


def test_a_sentence_is_cut_around_its_term():
    context = Context.locating("拡大抑止", "同盟国は拡大抑止の信頼性を問い直した。")
    assert cloze(context) == ("同盟国は", "拡大抑止", "の信頼性を問い直した。")


def test_the_term_is_kept_as_it_is_written():
    context = Context.locating("核の傘", "小国はなお核の「傘」の下にいる。")
    assert cloze(context) == ("小国はなお", "核の「傘」", "の下にいる。")


def test_no_other_occurrence_gives_the_term_away():
    sentence = "拡大抑止協議で、拡大抑止は「拡大」抑止とも呼ばれ、拡大抑止の"
    context = Context(sentence, start=8, end=12)
    before, term, after = cloze(context)
    assert (before, term) == ("[…]協議で、", "拡大抑止")
    assert after == "は「[…]とも呼ばれ、[…]の"


def test_a_sentence_that_does_not_hold_the_term_has_no_cloze():
    assert cloze(Context("核の話はしない。")) is None
    assert cloze(Context("")) is None


def test_a_sentence_full_of_the_term_has_as_many_gaps():
    before, _, after = cloze(Context.locating("核", "核" * 3_000))
    assert (before, after) == ("", GAP * 2_999)


@given(
    st.text("核の傘「」抑止、", min_size=1, max_size=4), st.text("核の傘「」抑止、", max_size=30)
)
def test_what_is_left_holds_no_term_and_loses_nothing_else(term, around):
    context = Context.locating(term, f"{around}{term}{around}")
    if not context.surface.strip("「」"):
        return
    before, surface, after = cloze(context)
    bare = surface.translate(str.maketrans("", "", "「」"))
    for part in (before, after):
        assert all(locate(bare, rest) == (0, 0) for rest in part.split(GAP))
    places = occurrences(context)
    assert len(places) == before.count(GAP) + after.count(GAP) + 1
    rest = "".join(
        context.sentence[end:start]
        for (_, end), (start, _) in zip([(0, 0), *places], [*places, (None, None)], strict=True)
    )
    assert (before + after).replace(GAP, "") == rest


def test_the_reading_of_the_term_as_the_sentence_writes_it():
    concept = Concept(
        "nuclear-umbrella", (Term("核の傘", reading="かくのかさ"), Term("umbrella", "en"))
    )
    quoted = Context.locating("核の傘", "小国は核の「傘」の下にいる。")
    assert reading_in(quoted, concept) == "かくのかさ"
    assert reading_in(Context.locating("核", "核を捨てた。"), concept) == ""


def test_a_question_does_not_hold_the_english():
    concept = Concept("npt", (Term("条約"), Term("Treaty", "en"), Term("NPT", "en")))
    assert without_english("NPT（treaty）とentreatyとNPTs", concept) == "…（…）とentreatyとNPTs"
    assert without_english("条約", concept) == "条約"
