import pytest

from yakugo.documents import from_text
from yakugo.equivalents import glosses


@pytest.mark.parametrize(
    ("text", "term", "english"),
    [
        ("国家安全保障会議(NSC)は開かれた。", "国家安全保障会議", "NSC"),
        ("包括的核実験禁止条約（CTBT）の発効。", "包括的核実験禁止条約", "CTBT"),
        ("新戦略兵器削減条約(New START)が切れた。", "新戦略兵器削減条約", "New START"),
        ("「消極的安全保証」（negative security assurance）という。", "消極的安全保証",
         "negative security assurance"),
        ("元国防情報局（ＤＩＡ）の分析。", "国防情報局", None),
    ],
)  # fmt: skip
def test_what_stands_in_brackets_glosses_the_term_before(text, term, english):
    found = {gloss.term: gloss for gloss in glosses.find(from_text(text, "essay"))}
    if english is None:
        assert found == {}
    else:
        assert found[term].english == english
        context = found[term].context
        assert (
            text[context.offset + context.start : context.offset + context.end] == context.surface
        )


def test_a_remark_in_brackets_is_no_gloss():
    assert glosses.find(from_text("弾頭数（推定）は多い（約290発）。", "essay")) == []


def test_an_abbreviation_ranks_behind_words():
    text = "核兵器不拡散条約（NPT）。拡大抑止（extended deterrence）。"
    offers = glosses.offers(
        ["核兵器不拡散条約", "拡大抑止"], glosses.find(from_text(text, "essay"))
    )
    assert offers["核兵器不拡散条約"][0].score < offers["拡大抑止"][0].score
    assert "essay" in offers["拡大抑止"][0].evidence[0].detail


def test_latin_terms_offer_themselves():
    assert [o.english for o in glosses.offers(["New START"], [])["New START"]] == ["New START"]
