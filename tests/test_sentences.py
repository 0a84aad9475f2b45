from hypothesis import given
from hypothesis import strategies as st

from yakugo.sentences import sentences


def texts(text):
    return [sentence.text for sentence in sentences(text)]


def test_a_sentence_ends_at_its_full_stop_or_with_its_line():
    assert texts("核の傘は広い。抑止は続くか？続く！\n見出し\n\n次の文。") == [
        "核の傘は広い。", "抑止は続くか？", "続く！", "見出し", "次の文。",
    ]  # fmt: skip


def test_a_quotation_belongs_to_its_sentence():
    assert texts("「拡散は続く。止まらない」と述べた。次の文。") == [
        "「拡散は続く。止まらない」と述べた。",
        "次の文。",
    ]
    assert texts("信頼は揺らぐ(とくに欧州で。)。次の文。") == [
        "信頼は揺らぐ(とくに欧州で。)。",
        "次の文。",
    ]


def test_a_bracket_that_is_never_closed_swallows_nothing():
    assert texts("閉じない「括弧。次の文。") == ["閉じない「括弧。", "次の文。"]


def test_points_inside_numbers_and_names_end_nothing():
    assert texts("U.S. Navyは3.5%増えた。") == ["U.S. Navyは3.5%増えた。"]
    assert texts("It was signed. Then it lapsed.") == ["It was signed.", "Then it lapsed."]


@given(st.text(alphabet="核の傘。！？!?.「」『』()（） 　\n\tA3b", max_size=80))
def test_no_character_is_lost(text):
    at = 0
    for sentence in sentences(text):
        assert text[at : sentence.offset].strip() == ""
        assert text[sentence.offset : sentence.offset + len(sentence.text)] == sentence.text
        at = sentence.offset + len(sentence.text)
    assert text[at:].strip() == ""


def test_a_line_of_60_kb_without_a_full_stop_is_one_sentence():
    line = "核兵器の管理と検証、" * 2_000
    assert len(line.encode()) >= 60_000
    assert texts(line) == [line]
