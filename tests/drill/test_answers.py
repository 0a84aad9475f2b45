"""What passes as an answer, what is nearly right, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.drill.answers import Judge, Part, Verdict, difference
from yakugo.drill.forgiving import Forgiven
from yakugo.formats import tbx
from yakugo.kana import hepburn, hiragana
from yakugo.model import ENGLISH, JAPANESE, USABLE, Concept, Term, Usage
from yakugo.workspace import shipped_glossary


def concept(id, japanese, reading, *english, **more):
    terms = [Term(japanese, reading=reading)]
    for i, text in enumerate(english):
        usage = Usage.ADMITTED if i else Usage.PREFERRED
        terms.append(Term(text, ENGLISH, usage=usage))
    return Concept(id, (*terms, *more.get("terms", ())))


DETERRENCE = concept(
    "extended-deterrence",
    "拡大抑止",
    "かくだいよくし",
    "extended deterrence",
    "extended nuclear deterrence",
    terms=(Term("expanded deterrence", ENGLISH, usage=Usage.DEPRECATED),),
)
NONPROLIFERATION = concept(
    "nuclear-nonproliferation", "核不拡散", "かくふかくさん", "nuclear nonproliferation"
)
PROLIFERATION = concept("nuclear-proliferation", "核拡散", "かくかくさん", "nuclear proliferation")
UMBRELLA = concept("nuclear-umbrella", "核の傘", "かくのかさ", "nuclear umbrella")
DUAL_KEY = concept("dual-key", "二重鍵", "にじゅうかぎ", "dual key")
PROGRAMME = concept("programme", "核計画", "かくけいかく", "nuclear weapons programme")
COASTGUARD = concept("coup", "政変", "せいへん", "coup d'état")
SHELTER = concept("shelter", "シェルター", "シェルター", "(fallout) shelter")
NPT = concept("npt", "NPT", "エヌピーティー", "Treaty on Non-Proliferation", "NPT")
ALLIANCE = concept("alliance", "同盟", "どうめい", "alliance")
ABM = concept("abm", "弾道弾迎撃", "だんどうだんげいげき", "anti-ballistic missile defence")
CONCEPTS = [
    DETERRENCE, NONPROLIFERATION, PROLIFERATION, UMBRELLA, DUAL_KEY, PROGRAMME, COASTGUARD,
    SHELTER, NPT, ALLIANCE, ABM,
]  # fmt: skip
JUDGE = Judge(CONCEPTS)


@pytest.mark.parametrize(
    ("one", "answer"),
    [
        (DETERRENCE, "Extended Deterrence"),
        (DETERRENCE, "  extended   deterrence."),
        (DETERRENCE, "the extended-deterrence"),
        (DETERRENCE, "ｅｘｔｅｎｄｅｄ　ｄｅｔｅｒｒｅｎｃｅ"),
        (DETERRENCE, "extended nuclear deterrence"),  # admitted
        (DETERRENCE, "extended deterrence; extended nuclear deterrence"),
        (DETERRENCE, "extended deterrence or Extended Nuclear Deterrence"),
        (NPT, "Treaty on Non-Proliferation (NPT)"),
        (NONPROLIFERATION, "nuclear non-proliferation"),
        (NONPROLIFERATION, "nuclear non proliferation"),
        (PROGRAMME, "nuclear weapon programs"),
        (COASTGUARD, "coup d'etat"),
        (COASTGUARD, "coup d’état"),
        (SHELTER, "shelter"),
        (SHELTER, "a fallout shelter"),
        (NPT, "npt"),
        (ABM, "antiballistic missile defense"),
    ],
)
def test_right_in_english(one, answer):
    assert JUDGE.judge(answer, one, ENGLISH).verdict is Verdict.RIGHT


@pytest.mark.parametrize(
    ("one", "answer"),
    [
        (DETERRENCE, "拡大抑止"),
        (DETERRENCE, "かくだいよくし"),
        (DETERRENCE, "カクダイヨクシ"),
        (DETERRENCE, "ｶｸﾀﾞｲ ﾖｸｼ"),
        (DETERRENCE, "kakudai yokushi"),
        (DETERRENCE, "kakudaiyokusi"),  # Kunrei
        (DETERRENCE, "拡大よくし"),
        (UMBRELLA, "核のかさ"),
        (UMBRELLA, "かくの傘"),
        (UMBRELLA, "核の「傘」"),
        (DUAL_KEY, "二重かぎ"),
        (DUAL_KEY, "nijūkagi"),
        (DUAL_KEY, "nijuukagi"),
        (ALLIANCE, "dōmei"),
        (ALLIANCE, "doumei"),
        (ALLIANCE, "domei"),
        (SHELTER, "しぇるたー"),
        (SHELTER, "sherutā"),
        (NPT, "ＮＰＴ"),
        (NPT, "えぬぴーてぃー"),
        (UMBRELLA, "核の傘（かくのかさ）"),
    ],
)
def test_right_in_japanese(one, answer):
    assert JUDGE.judge(answer, one, JAPANESE).verdict is Verdict.RIGHT


@pytest.mark.parametrize(
    ("one", "answer", "language"),
    [
        (DETERRENCE, "extended deterrance", ENGLISH),
        (DETERRENCE, "extended deterrent", ENGLISH),
        (DETERRENCE, "dterrence extended; extnded deterrence", ENGLISH),
        (DETERRENCE, "deterrence; extended deterrence", ENGLISH),  # who is not sure
        (NONPROLIFERATION, "nuclear (non)proliferation", ENGLISH),
        (PROLIFERATION, "nuclear (non-)proliferation", ENGLISH),
        (DETERRENCE, "extended (nuclear) deterrence; expanded deterrence", ENGLISH),
        (DETERRENCE, "拡大抑制", JAPANESE),
        (DETERRENCE, "かくたいよくし", JAPANESE),
        (DUAL_KEY, "nijukaji", JAPANESE),
    ],
)
def test_near(one, answer, language):
    judged = JUDGE.judge(answer, one, language)
    assert judged.verdict is Verdict.NEAR
    assert any(part is not Part.SAME for part, _ in judged.diff)


@pytest.mark.parametrize(
    ("one", "answer", "language"),
    [
        (DETERRENCE, "", ENGLISH),
        (DETERRENCE, "deterrence", ENGLISH),
        (DETERRENCE, "???", JAPANESE),
        (NONPROLIFERATION, "nuclear proliferation", ENGLISH),
        (PROLIFERATION, "nuclear nonproliferation", ENGLISH),
        (PROLIFERATION, "核不拡散", JAPANESE),
        (PROLIFERATION, "not nuclear proliferation", ENGLISH),
        (ABM, "ballistic missile defense", ENGLISH),
        (NPT, "NPR", ENGLISH),
        (NPT, "NTP", JAPANESE),
        (ALLIANCE, "同僚", JAPANESE),
    ],
)
def test_wrong(one, answer, language):
    assert JUDGE.judge(answer, one, language).verdict is Verdict.WRONG


def meant(judged):
    return "".join(text for part, text in judged.diff if part is not Part.EXTRA)


def test_a_near_miss_says_what_differs():
    judged = JUDGE.judge("extended deterence", DETERRENCE, ENGLISH)
    assert meant(judged) == "extended deterrence"
    assert [text for part, text in judged.diff if part is Part.MISSING] == ["r"]


def test_kana_and_romaji_are_compared_with_the_reading():
    assert meant(JUDGE.judge("かくだいよくじ", DETERRENCE, JAPANESE)) == "かくだいよくし"
    assert meant(JUDGE.judge("kakudai yokuji", DETERRENCE, JAPANESE)) == "kakudaiyokushi"


def test_a_term_to_avoid_is_not_right_and_is_said_to_be_one():
    judged = JUDGE.judge("Expanded deterrence", DETERRENCE, ENGLISH)
    assert (judged.verdict, judged.avoid) == (Verdict.WRONG, True)
    assert judged.term.text == "extended deterrence"


def test_what_is_right_for_another_concept_is_said():
    assert JUDGE.judge("核の傘", DETERRENCE, JAPANESE).meant == "nuclear-umbrella"
    judged = JUDGE.judge("nuclear proliferation", NONPROLIFERATION, ENGLISH)
    assert judged.meant == "nuclear-proliferation"


terms = [
    (one, term) for one in CONCEPTS for term in one.terms if term.usage is not Usage.DEPRECATED
]


@given(st.sampled_from(terms), st.data())
def test_case_width_and_spaces_never_make_right_wrong(which, data):
    one, term = which
    text = data.draw(st.sampled_from([term.text.upper(), term.text.lower(), term.text.title()]))
    wide = {ord(c): ord(c) + 0xFEE0 for c in data.draw(st.text("abcdeTUVn", max_size=4))}
    text = data.draw(st.sampled_from(["", " ", "\u3000"])) + text.translate(wide) + " "
    assert JUDGE.judge(text, one, term.language).verdict is Verdict.RIGHT


@given(st.sampled_from([t for t in terms if t[1].language == ENGLISH]))
def test_what_is_negated_is_never_right(which):
    one, term = which
    for negated in (f"non{term.text}", f"non-{term.text}", f"no {term.text}", f"anti{term.text}"):
        assert JUDGE.judge(negated, one, ENGLISH).verdict is not Verdict.RIGHT


@given(
    st.text(st.characters(), max_size=30),
    st.sampled_from(CONCEPTS),
    st.sampled_from([ENGLISH, JAPANESE]),
)
def test_no_answer_is_an_error(text, one, language):
    judged = JUDGE.judge(text, one, language)
    assert judged.term.usage in USABLE
    assert (judged.verdict is Verdict.NEAR) == bool(judged.diff)


@pytest.mark.parametrize(
    "text", ["\udcff", "核\ud800", "x" * 100_000, "核の傘" * 30_000, "((((" * 9]
)
def test_nor_is_what_no_keyboard_types(text):
    for language in (ENGLISH, JAPANESE):
        assert JUDGE.judge(text, UMBRELLA, language).verdict is Verdict.WRONG


def test_what_was_forgiven_is_said():
    judged = JUDGE.judge("the Nuclear weapons program", PROGRAMME, ENGLISH)
    assert judged.forgiven == (Forgiven.CASE, Forgiven.SPELLING, Forgiven.ARTICLE)


def test_the_term_that_was_meant_is_the_one_that_least_is_forgiven_for():
    one = concept("missile-defense", "防衛", "ぼうえい", "missile defense", "missile defence")
    judged = JUDGE.judge("missile defence", one, ENGLISH)
    assert (judged.term.text, judged.forgiven) == ("missile defence", ())


letters = st.text("ab AB-かカキ核の", max_size=12) | st.text(max_size=20)


@given(letters, letters)
def test_the_difference_holds_both_texts(typed, meant):
    """Letter by letter, but for case and the kind of kana."""
    parts = difference(typed, meant)
    assert "".join(text for part, text in parts if part is not Part.EXTRA) == meant
    written = "".join(text for part, text in parts if part is not Part.MISSING)
    assert hiragana(written).casefold() == hiragana(typed).casefold()


def test_case_is_no_difference():
    parts = difference("Extended Deterence", "extended deterrence")
    assert parts == ((Part.SAME, "extended deter"), (Part.MISSING, "r"), (Part.SAME, "ence"))


SHIPPED = list(tbx.read(shipped_glossary()))


class TestShippedGlossary:
    def test_every_usable_term_is_right_as_written_in_kana_and_in_romaji(self):
        judge = Judge(SHIPPED)
        for one in SHIPPED:
            for term in one.terms:
                if term.usage not in USABLE:
                    continue
                ways = {term.text, term.reading, hepburn(term.reading)} - {""}
                for way in ways:
                    judged = judge.judge(way, one, term.language)
                    assert judged.verdict is Verdict.RIGHT, (one.id, way)

    def test_no_term_is_right_for_another_concept(self):
        judge = Judge(SHIPPED)
        for one in SHIPPED:
            for other in SHIPPED:
                for language in (ENGLISH, JAPANESE):
                    term = other.preferred(language)
                    if other is not one and term:
                        judged = judge.judge(term.text, one, language)
                        assert judged.verdict is Verdict.WRONG, (one.id, term.text)
