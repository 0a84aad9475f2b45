import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.xliff2 import Xliff2File

from yakugo.bitext import pairs
from yakugo.bitext.xliff2 import read
from yakugo.errors import DocumentError
from yakugo.model import SentencePair

OKAPI = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="ja" trgLang="en">
<file id="f1" original="essay.html">
<group id="g1">
<unit id="tu1">
<mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match ref="#s1">
<source>政府は拡大抑止を重視した。</source><target>An old translation.</target></mtc:match>
</mtc:matches>
<notes><note id="n1">heading</note></notes>
<originalData><data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data></originalData>
<segment id="s1" state="final">
<source>政府は<pc id="1" dataRefStart="d1" dataRefEnd="d2">拡大抑止</pc>を重視する。</source>
<target>The government values <pc id="1" dataRefStart="d1" dataRefEnd="d2">extended \
deterrence</pc>.</target>
</segment>
<ignorable><source> </source></ignorable>
<segment id="s2"><source>二重鍵<cp hex="001F"/>も<mrk id="m1" type="term">検討</mrk>した。</source>
<target>It studied<ph id="2" type="fmt" subType="xlf:lb"/>a dual key.</target></segment>
</unit>
<unit id="tu2"><segment><source>査察は続く。</source></segment></unit>
</group></file></xliff>"""


def xliff(tmp_path, languages, source="核の傘", target="umbrella"):
    path = tmp_path / "essay.xlf"
    path.write_text(
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.1" version="2.1" {languages}>'
        f"<file><unit><segment><source>{source}</source><target>{target}</target></segment></unit>"
        "</file></xliff>",
        encoding="utf-8",
    )
    return path


def test_a_file_of_okapi_gives_its_segments_and_no_matches(tmp_path):
    path = tmp_path / "essay.html.xlf"
    path.write_text(OKAPI, encoding="utf-8")
    assert list(read(path)) == [
        SentencePair(
            "政府は拡大抑止を重視する。",
            "The government values extended deterrence.",
            "unit 1 (id tu1), segment 1",
        ),
        SentencePair("二重鍵も検討した。", "It studied a dual key.", "unit 1 (id tu1), segment 2"),
    ]


def test_either_language_may_be_the_source(tmp_path):
    path = xliff(tmp_path, 'srcLang="en-GB" trgLang="ja-JP"', "umbrella", "核の傘")
    assert list(read(path)) == [SentencePair("核の傘", "umbrella", "unit 1")]
    assert next(read(xliff(tmp_path, 'srcLang="ja"'))).english == "umbrella"


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        ('srcLang="ja" trgLang="zh-CN"', "translates ja → zh-CN, not Japanese and English"),
        ("", r"translates \(none\) → \(none\), not"),
    ],
)
def test_a_file_of_other_languages_says_which_it_has(tmp_path, languages, said):
    path = xliff(tmp_path, languages)
    with pytest.raises(DocumentError, match=said) as error:
        list(read(path))
    assert str(path) in str(error.value)


def test_a_file_without_units_is_told(tmp_path):
    path = tmp_path / "empty.xlf"
    path.write_text("<xliff version='2.0' srcLang='ja' trgLang='en'><file id='f'/></xliff>")
    with pytest.raises(DocumentError, match="no translation unit"):
        list(read(path))


XML_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf"), exclude_characters="<￾￿"))


@given(
    st.lists(
        st.tuples(XML_TEXT.map("核".__add__), XML_TEXT.map(lambda text: f"{text} umbrella")),
        min_size=1,
        unique_by=lambda pair: pair[0],
    )
)
def test_what_translate_toolkit_writes_comes_back(tmp_path_factory, written):
    store = Xliff2File()
    store.setsourcelanguage("ja")
    store.settargetlanguage("en")
    for japanese, english in written:
        store.addsourceunit(japanese).target = english
    path = tmp_path_factory.mktemp("xliff") / "essay.xlf"
    path.write_bytes(bytes(store))
    assert [(p.japanese, p.english) for p in pairs(path)] == [
        (" ".join(ja.split()), " ".join(en.split())) for ja, en in written
    ]
