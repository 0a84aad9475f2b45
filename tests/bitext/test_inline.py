import pytest
from lxml import etree

from yakugo.bitext.inline import text


def of(markup):
    return text(etree.fromstring(f"<seg>{markup}</seg>", etree.XMLParser(resolve_entities=False)))


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("核の傘", "核の傘"),
        ("", ""),
        ("R&amp;D &lt; 1%", "R&D < 1%"),
        ("&#x62E1;大<![CDATA[抑止 & co]]>", "拡大抑止 & co"),
        # TMX: the codes of the original go, the text between them stays
        ('<bpt i="1" x="1">{\\b </bpt>拡大抑止<ept i="1">}</ept>を', "拡大抑止を"),
        ('<it pos="begin">&lt;b&gt;</it>二重鍵', "二重鍵"),
        ('<hi type="term">二重鍵</hi>の<hi>方<hi>式</hi></hi>。', "二重鍵の方式。"),
        ("核<ut>{\\f1</ut>弾頭", "核弾頭"),
        # XLIFF 1.2
        ('<g id="1">核の<x id="2"/></g><bx id="3"/>傘<ex id="3"/>', "核の傘"),
        ('<mrk mtype="term">核の傘</mrk>は', "核の傘は"),
        # XLIFF 2
        ('<pc id="1">核の<mrk id="m1" type="term">傘</mrk></pc><ph id="2"/>は', "核の傘は"),
        ('<sc id="1"/>核<cp hex="001F"/>の傘<ec startRef="1"/>', "核の傘"),
    ],
)
def test_codes_go_and_text_stays(markup, found):
    assert of(markup) == found


@pytest.mark.parametrize(
    "code",
    [
        '<ph type="lb"/>',
        '<x id="1" ctype="lb"/>',
        '<ph id="1" type="fmt" subType="xlf:lb"/>',
        "<ph>&lt;br/&gt;</ph>",
        "<ph>\\line </ph>",
        "<ut>\n</ut>",
        "&lt;br1/&gt;",
    ],
)
def test_a_line_break_does_not_join_the_words_around_it(code):
    assert of(f"arms{code}control") == "arms control"


def test_text_inside_a_code_comes_after_the_sentence():
    footnote = '<ph type="fnote">{\\fn <sub>A <hi>dual</hi><ph>x</ph> key.</sub>}</ph>'
    assert of(f"Both hold a key{footnote}.") == "Both hold a key. A dual key."


def test_what_was_deleted_in_trados_is_left_out():
    assert (
        of(
            'the <mrk mtype="x-sdl-deleted" sdl-revid="1">atomic <g id="1">x</g></mrk>'
            '<mrk mtype="x-sdl-added">nuclear</mrk> <mrk mtype="x-sdl-comment">umbrella</mrk>'
        )
        == "the nuclear umbrella"
    )


def test_kana_above_a_word_is_left_out():
    assert of("<ruby>拡大抑止<rp>(</rp><rt>かくだいよくし</rt></ruby>を") == "拡大抑止を"
    assert (
        of(
            '<bpt i="1">&lt;ruby&gt;</bpt>拡大抑止<bpt i="2">&lt;rt&gt;</bpt>かくだいよくし'
            '<ept i="2">&lt;/rt&gt;</ept><ept i="1">&lt;/ruby&gt;</ept>を'
        )
        == "拡大抑止を"
    )


def test_tags_that_a_tool_wrote_as_text_go_too():
    assert of("&lt;f0&gt;拡大抑止&lt;/f0&gt;を&lt;t1/&gt;重視") == "拡大抑止を重視"
    assert of("range &lt; 500 km &gt; 300 km") == "range < 500 km > 300 km"


def test_a_character_that_only_html_names_is_that_character():
    parser = etree.XMLParser(resolve_entities=False)
    source = '<!DOCTYPE seg SYSTEM "tmx14.dtd"><seg>arms&nbsp;control&strange;</seg>'
    assert text(etree.fromstring(source, parser)) == "arms\u00a0control&strange;"


def test_a_thousand_tags_in_each_other_are_no_problem():
    root = etree.Element("seg")
    inner = root
    for _ in range(5000):
        inner = etree.SubElement(inner, "g")
    inner.text = "核"
    assert text(root) == "核"
