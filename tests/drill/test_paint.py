"""What a learner sees, line by line."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from yakugo.drill import paint
from yakugo.drill.answers import Judge
from yakugo.drill.exercises import exercise
from yakugo.drill.paint import GAP, Painter, breaks, ruby, span, when
from yakugo.model import ENGLISH, JAPANESE, CardKind, Concept, Context, Term, Usage

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SENTENCE = Context.locating("抑止", "核による抑止は、揺らいでいる。", "essay")
DETERRENCE = Concept(
    "deterrence",
    (
        Term("抑止", reading="よくし"),
        Term("牽制", reading="けんせい", usage=Usage.ADMITTED),
        Term("deterrence", ENGLISH),
        Term("dissuasion", ENGLISH, usage=Usage.DEPRECATED, note="that is 諫止"),
    ),
    definition="Keeping an adversary from acting.",
    note="A verb as well: 抑止する.",
)
RESTRAINT = Concept("restraint", (Term("抑制", reading="よくせい"), Term("restraint", ENGLISH)))


def plain(lines):
    return [line.plain for line in lines]


def test_the_term_is_marked_in_its_sentence():
    lines = Painter().question(exercise(DETERRENCE, CardKind.RECOGNITION, [SENTENCE]))
    assert plain(lines) == [
        "recognition: in English?", "", "  抑止", "", "  核による抑止は、揺らいでいる。", "",
    ]  # fmt: skip
    (mark,) = [span for span in lines[4].spans if "bold" in str(span.style)]
    assert lines[4].plain[mark.start : mark.end] == "抑止"


def test_a_cloze_shows_the_gap_and_the_english():
    lines = plain(Painter().question(exercise(DETERRENCE, CardKind.CLOZE, [SENTENCE])))
    assert lines[2:5] == ["  deterrence", "", f"  核による{GAP}は、揺らいでいる。"]


def test_with_the_answer_stands_all_that_is_to_be_known():
    one = exercise(DETERRENCE, CardKind.CLOZE, [SENTENCE])
    painter = Painter(english={SENTENCE.sentence: "Nuclear deterrence is shaking."})
    assert plain(painter.answer(one, None, "")) == [
        "",
        "  よくし",
        "   抑止",
        "  also  牽制（けんせい）",
        "  deterrence",
        "  avoid  dissuasion: that is 諫止",
        "  Keeping an adversary from acting.",
        "  A verb as well: 抑止する.",
        "",
        "  核による抑止は、揺らいでいる。",
        "  Nuclear deterrence is shaking.",
        "  (essay)",
        "",
    ]


def test_what_stood_in_the_question_is_not_said_again():
    asked = exercise(DETERRENCE, CardKind.RECOGNITION, [SENTENCE])
    assert f"  {SENTENCE.sentence}" not in plain(Painter().answer(asked, None, ""))
    asked = exercise(DETERRENCE, CardKind.PRODUCTION)
    assert f"  {DETERRENCE.definition}" not in plain(Painter().answer(asked, None, ""))


def test_after_a_choice_the_others_are_told_apart():
    one = exercise(DETERRENCE, CardKind.CONFUSABLE, partners=[RESTRAINT])
    assert "  not  抑制（よくせい）  restraint" in plain(Painter().answer(one, None, ""))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("deterrence", "✓ right"),
        ("Deterrence", "✓ right"),
        ("a deterrence", "✓ right  but for article"),
        ("restraint", "✗ wrong  that is 抑制 = restraint"),
        ("dissuasion", "✗ wrong  dissuasion is to be avoided"),
        ("tank", "✗ wrong"),
        ("", "✗ not known"),
    ],
)
def test_the_verdict(given, said):
    one = exercise(DETERRENCE, CardKind.RECOGNITION)
    concepts = {one.id: one for one in (DETERRENCE, RESTRAINT)}
    judged = Judge(concepts.values()).judge(given, DETERRENCE, ENGLISH)
    assert Painter(concepts=concepts).answer(one, judged, given)[0].plain == said


def test_a_near_miss_is_marked_where_there_is_no_colour():
    one = exercise(DETERRENCE, CardKind.RECOGNITION)
    judged = Judge([DETERRENCE]).judge("deterrance", DETERRENCE, ENGLISH)
    coloured = Painter().answer(one, judged, "deterrance")[0]
    assert coloured.plain == "≈ nearly  deterraence"
    marked = Painter(colour=False).answer(one, judged, "deterrance")[0]
    assert marked.plain == "≈ nearly  deterr[-a][+e]nce"


def test_the_readings_stand_above_their_pieces():
    above, below = plain(ruby(Term("核の傘", reading="かくのかさ")))
    assert above.split() == ["かく", "かさ"]
    assert below.replace(" ", "") == "核の傘"
    assert plain(ruby(Term("ミサイル", reading="ミサイル"))) == ["ミサイル"]
    assert plain(ruby(Term("deterrence", ENGLISH))) == ["deterrence"]


def test_a_term_too_long_for_two_lines_has_its_reading_behind_it():
    term = Term("大陸間弾道弾", reading="たいりくかんだんどうだん")
    concept = Concept("icbm", (term, Term("ICBM", ENGLISH)))
    lines = plain(Painter(20).answer(exercise(concept, CardKind.PRODUCTION), None, ""))
    assert lines[1:3] == ["  大陸間弾道弾（たい", "  りくかんだんどうだ"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two ", "three"]),
        ("約束し、攻撃を思う", ["約束し、攻", "撃を思う"]),
        ("攻撃を思うこと。", ["攻撃を思う", "こと。"]),
        ("攻撃を思う。とは", ["攻撃を思", "う。とは"]),  # no line begins with 。
        ("攻撃を思「う」と", ["攻撃を思", "「う」と"]),
        ("abcdefghijklmno", ["abcdefghij", "klmno"]),
        ("約 (New START)の", ["約 (New ", "START)の"]),
    ],
)
def test_where_lines_break(text, lines):
    places = [0, *breaks(text, 10), len(text)]
    assert [text[a:b] for a, b in pairwise(places)] == lines


texts = st.text(st.sampled_from("ab 攻撃、。「」ー(x)é"), max_size=60)


@given(texts, st.integers(4, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text, width):
    places = [0, *breaks(text, width), len(text)]
    assert places == sorted(set(places)) or text == ""
    lines = [text[a:b] for a, b in pairwise(places)]
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip()) <= width for line in lines)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=80))
def test_whatever_a_definition_holds_the_screen_stays_whole(text):
    concept = Concept("x", (Term("語", JAPANESE), Term("word", ENGLISH)), definition=text)
    for line in Painter(40).answer(exercise(concept, CardKind.RECOGNITION), None, ""):
        assert line.cell_len <= 40


def test_how_soon_it_comes_by_rating():
    later = {n: timedelta(days=n) for n in (1, 2, 3, 4)}
    drawn = paint.ratings(later, 3)
    assert " ".join(drawn.plain.split()) == "1 again 1 d 2 hard 2 d 3 good 3 d 4 easy 4 d"
    (marked,) = [span for span in drawn.spans if "reverse" in str(span.style)]
    assert drawn.plain[marked.start : marked.end] == " 3 good 3 d "


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (timedelta(minutes=8), "in 8 min"),
        (timedelta(hours=5), "later today"),
        (timedelta(hours=20), "tomorrow"),
        (timedelta(days=5), "in 5 days"),
    ],
)
def test_when_a_card_comes(later, said):
    assert when(NOW + later, NOW) == said


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(seconds=30), "1 min"),
        (timedelta(minutes=59, seconds=40), "1 h"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=12), "12 d"),
        (timedelta(days=152), "5.0 mo"),
    ],
)
def test_a_time_in_short(time, said):
    assert span(time) == said
