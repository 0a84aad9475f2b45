import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.exchange.cells import decision_of, folded, part_of_speech_of, split, usage_of
from yakugo.exchange.fields import DECISIONS, USAGES
from yakugo.model import Decision, PartOfSpeech, Usage
from yakugo.tables import table


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("accept 採用", Decision.ACCEPTED),
        ("採用", Decision.ACCEPTED),
        ("ＡＣＣＥＰＴ", Decision.ACCEPTED),
        (" Ok ", Decision.ACCEPTED),
        ("OK!", Decision.ACCEPTED),
        ("○", Decision.ACCEPTED),
        ("〇", Decision.ACCEPTED),
        ("承認済み", Decision.ACCEPTED),
        ("rejected", Decision.REJECTED),
        ("×", Decision.REJECTED),
        ("Ｘ", Decision.REJECTED),
        ("不採用", Decision.REJECTED),
        ("保留", Decision.DEFERRED),
        ("later", Decision.DEFERRED),
        ("要検討", Decision.DEFERRED),
        ("？", Decision.DEFERRED),
        ("", None),
        ("　", None),
    ],
)
def test_decisions_as_people_write_them(text, decision):
    assert decision_of(text) is decision


@pytest.mark.parametrize(
    ("text", "usage"),
    [
        ("preferred 優先", Usage.PREFERRED),
        ("推奨", Usage.PREFERRED),
        ("preferredTerm-admn-sts", Usage.PREFERRED),
        ("許容", Usage.ADMITTED),
        ("provisional", Usage.ADMITTED),
        ("Non-standard", Usage.DEPRECATED),
        ("使用不可", Usage.DEPRECATED),
        ("TRUE", Usage.DEPRECATED),
        ("FALSE", None),
        ("旧称", Usage.SUPERSEDED),
        ("obsolete", Usage.SUPERSEDED),
        ("", None),
    ],
)
def test_statuses_as_people_and_tools_write_them(text, usage):
    assert usage_of(text) is usage


@pytest.mark.parametrize(
    ("text", "part"),
    [("名詞", "noun"), ("Proper Noun", "noun"), ("vt.", "verb"), ("形容動詞", "adjective")],
)
def test_parts_of_speech(text, part):
    assert part_of_speech_of(text) is PartOfSpeech(part)


@pytest.mark.parametrize(
    ("say", "text", "choices"),
    [
        (decision_of, "たぶん", "accept 採用, reject 却下, defer 保留"),
        (usage_of, "In translation", "preferred 優先, admitted 許容"),
        (part_of_speech_of, "particle", "noun, verb, adjective"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(say, text, choices):
    with pytest.raises(ValueError, match=f"{text!r} is not known here; use {choices}"):
        say(text)


@pytest.mark.parametrize("row", table("exchange/words.tsv"), ids=lambda row: row["reason"])
def test_each_word_of_the_table_stands_for_one_value(row):
    say = {"decision": decision_of, "usage": usage_of, "part_of_speech": part_of_speech_of}
    for word in row["words"].split("; "):
        assert (say[row["what"]](word) or "") == row["value"]


def test_either_half_of_a_drop_down_is_enough():
    for words, decision in DECISIONS.items():
        assert {decision_of(half) for half in words.split()} == {decision}
    for words, usage in USAGES.items():
        assert {usage_of(half) for half in words.split()} == {usage}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("核の傘; 核抑止の傘", ["核の傘", "核抑止の傘"]),
        ("核の傘；核抑止の傘", ["核の傘", "核抑止の傘"]),
        ("核の傘 | 核抑止の傘\n核のカサ", ["核の傘", "核抑止の傘", "核のカサ"]),
        ("核の傘; 核の傘;", ["核の傘"]),
        ("核の傘、核抑止の傘", ["核の傘", "核抑止の傘"]),
        ("", []),
        # one designation with a comma in it
        ("武器、弾薬及び火薬", ["武器、弾薬及び火薬"]),
        ("武器、弾薬等", ["武器、弾薬等"]),
        ("作らず、持ち込ませず", ["作らず、持ち込ませず"]),
        ("核兵器（戦略、戦術）", ["核兵器（戦略、戦術）"]),
        (
            "国の独立と平和を守り国の安全を保つこと、自衛",
            ["国の独立と平和を守り国の安全を保つこと、自衛"],
        ),
        # where another separator is, the comma is none
        ("武器、弾薬; 火薬", ["武器、弾薬", "火薬"]),
    ],
)
def test_several_japanese_terms_in_a_cell(text, terms):
    assert split(text, "ja") == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("dual key; two-key system", ["dual key", "two-key system"]),
        ("dual key|two-key system", ["dual key", "two-key system"]),
        ("dual key\n\ntwo-key system", ["dual key", "two-key system"]),
        ("Bureau of Arms Control, Verification and Compliance",) * 2,
        ("command, control and communications",) * 2,
        ("A2/AD",) * 2,
        ("dual key (UK; obsolete)",) * 2,
        ("dual key (UK; two-key system", ["dual key (UK", "two-key system"]),
        ("dual key); (two-key; system)", ["dual key)", "(two-key; system)"]),
    ],
)
def test_several_english_terms_in_a_cell(text, terms):
    assert split(text, "en") == ([terms] if isinstance(terms, str) else terms)


@given(st.text(alphabet="ab核傘;；|\n、,()（） "), st.sampled_from(["ja", "en"]))
def test_splitting_loses_no_letter(text, language):
    terms = split(text, language)
    assert set("".join(terms)) >= set(text) - set(";；|\n、 ")
    assert all(term == term.strip() and term for term in terms)
    assert len(terms) == len(set(terms))


def test_folding_leaves_letters_and_digits_or_marks_alone():
    assert folded(" Ｓｕｂｊｅｃｔ_field（分野）* ") == "subjectfield分野"
    assert folded(" × ") == "×"
