import pytest

from yakugo.documents import from_text
from yakugo.equivalents import glosses


@pytest.mark.parametrize(
    ("text", "term", "other"),
    [
        ("国家安全保障会議(NSC)は開かれた。", "国家安全保障会議", "NSC"),
        ("包括的核実験禁止条約（CTBT）の発効。", "包括的核実験禁止条約", "CTBT"),
        ("新戦略兵器削減条約(New START)が切れた。", "新戦略兵器削減条約", "New START"),
        ("「消極的安全保証」（negative security assurance）という。", "消極的安全保証",
         "negative security assurance"),
        ("元国防情報局（ＤＩＡ）の分析。", "国防情報局", "DIA"),
        ("核の傘(nuclear umbrella)を広げる。", "核の傘", "nuclear umbrella"),
        ("核兵器禁止条約(核禁条約)に署名した。", "核兵器禁止条約", "核禁条約"),
        ("核兵器不拡散条約（以下「ＮＰＴ」という。）は", "核兵器不拡散条約", "NPT"),
        ("適正評価制度(以下、新制度)を設ける。", "適正評価制度", "新制度"),
        ("NPT(核兵器不拡散条約)の会議。", "核兵器不拡散条約", "NPT"),
    ],
)  # fmt: skip
def test_what_stands_in_brackets_is_another_form_of_the_term_before(text, term, other):
    found = {gloss.term: gloss for gloss in glosses.find(from_text(text, "essay"))}
    assert found[term].text == other
    context = found[term].context
    place = slice(context.offset + context.start, context.offset + context.end)
    assert text[place] == context.surface


@pytest.mark.parametrize("remark", ["以下同じ。", "以下、同様", "以下この条において同じ。"])
def test_a_remark_on_what_follows_is_no_short_form(remark):
    assert glosses.find(from_text(f"核兵器禁止条約（{remark}）に", "essay")) == []


def test_an_abbreviation_has_the_full_form_that_is_said_most_often():
    text = "国防脅威削減局(DTRA)は動いた。国防脅威削減局(DTRA)である。脅威削減部(DTRA)ともいう。"
    text += "拡大抑止(extended deterrence)。核兵器禁止条約(核禁条約)。"
    found = glosses.find(from_text(text, "essay"))
    assert glosses.short_forms(found) == {
        "DTRA": "国防脅威削減局",
        "核禁条約": "核兵器禁止条約",
    }


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
