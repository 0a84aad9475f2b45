from yakugo import expressions, lexicon
from yakugo.candidates import Background, collect
from yakugo.documents import from_text
from yakugo.model import Kind

TEXT = """\
力による一方的な現状変更は認められない。日米は「2+2」で核の傘を確かめた。
封じ込めとは、拡張を食い止める政策である。封じ込めるだけでは足りない。
"""
KNOWN = frozenset({"力による一方的な現状変更", "封じ込め", "瀬取り", "2+2"})


def test_an_expression_is_found_as_it_is_written():
    seen = expressions.find(from_text(TEXT), KNOWN)
    assert {term: one.frequency for term, one in seen.items()} == {
        "力による一方的な現状変更": 1,
        "封じ込め": 1,  # 封じ込める is a verb
        "2+2": 1,
    }
    assert (seen["封じ込め"].defined, seen["2+2"].quoted) == (True, True)
    assert not seen["力による一方的な現状変更"].quoted
    ((_, offset, start, end, length),) = seen["封じ込め"].places
    sentence = TEXT[offset : offset + length]
    assert sentence == "封じ込めとは、拡張を食い止める政策である。"
    assert sentence[start:end] == "封じ込め"


def test_an_expression_does_not_go_over_the_end_of_a_sentence():
    assert expressions.find(from_text("核。の傘"), frozenset({"核。の傘"})) == {}


def test_established_expressions_are_candidates_with_reading_and_context():
    known = Background(expressions=lexicon.expressions())
    found = {one.term: one for one in collect(from_text(TEXT), known)}
    assert {"核の傘", "2+2"} <= set(found)
    one = found["力による一方的な現状変更"]
    assert (one.kind, one.frequency) == (Kind.EXPRESSION, 1)
    assert one.reading == "ちからによるいっぽうてきなげんじょうへんこう"
    assert one.contexts[0].surface == one.term
