import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.xliff import xlifffile

from yakugo.bitext import pairs
from yakugo.bitext.xliff import read
from yakugo.errors import DocumentError
from yakugo.model import SentencePair

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

SDLXLIFF = f"""<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="{NAMESPACE}" version="1.2" \
sdl:version="1.0">
<file original="essay.docx" datatype="x-sdlfilterframework2" source-language="ja-JP" \
target-language="en-US">
<header><reference><internal-file form="base64">UEsDBBQABgAIAAAAIQ</internal-file></reference>
<rev-defs xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><rev-def id="r1" type="Delete"/></rev-defs>
</header><body>
<trans-unit id="a1" translate="no"><source>essay.docx</source></trans-unit>
<group><sdl:cxts><sdl:cxt id="1"/></sdl:cxts>
<trans-unit id="b2">
<source><g id="3">政府は拡大抑止を重視する。二重鍵も検討した。</g>査察は続く。</source>
<seg-source><g id="3"><mrk mtype="seg" mid="1">政府は拡大抑止を重視する。</mrk>\
<mrk mtype="seg" mid="2">二重鍵も検討した。</mrk></g><mrk mtype="seg" mid="3">査察は続く。</mrk>\
</seg-source>
<target><g id="3"><mrk mtype="seg" mid="1">The government values <mrk mtype="x-sdl-deleted" \
sdl:revid="r1">expanded</mrk><mrk mtype="x-sdl-added" sdl:revid="r2">extended</mrk> deterrence.\
</mrk> <mrk mtype="seg" mid="2">It also studied a dual key.</mrk></g> \
<mrk mtype="seg" mid="3"></mrk></target>
<sdl:seg-defs><sdl:seg id="1" conf="Translated"/><sdl:seg id="2" conf="Draft"/></sdl:seg-defs>
</trans-unit></group></body></file></xliff>"""

MQXLIFF = f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:mq="MQXliff" \
xmlns="{NAMESPACE}" version="1.2" mq:version="1.0">
<file original="essay.docx" source-language="en" target-language="ja" datatype="x-docx">
<body>
<trans-unit id="1" mq:status="ManuallyConfirmed" mq:segmentguid="6b1c">
<source xml:space="preserve"><bpt id="1" ctype="bold">{{}}</bpt>Warheads<ept id="1">{{}}</ept> are \
counted.<ph id="2">&lt;br /&gt;</ph>All of them.</source>
<target xml:space="preserve"><bpt id="1" ctype="bold">{{}}</bpt>核弾頭<ept id="1">{{}}</ept>\
を数える。<ph id="2">&lt;br /&gt;</ph>すべてを。</target>
<mq:minorversions><mq:historical-unit mq:status="NotStarted">
<source xml:space="preserve">Warheads are counted.</source>
<target xml:space="preserve">弾頭は数えられる。</target></mq:historical-unit></mq:minorversions>
</trans-unit>
<trans-unit id="2" mq:status="NotStarted">
<source xml:space="preserve">Inspections follow.</source><target xml:space="preserve"></target>
<alt-trans><source>Inspections follow.</source><target>査察が続く。</target></alt-trans>
</trans-unit>
</body></file></xliff>"""


def xliff(tmp_path, body, source="ja", target="en"):
    languages = f'source-language="{source}"' + (f' target-language="{target}"' if target else "")
    path = tmp_path / "essay.xlf"
    path.write_text(
        f'<xliff xmlns="{NAMESPACE}" version="1.2"><file original="e" datatype="plaintext" '
        f"{languages}><body>{body}</body></file></xliff>",
        encoding="utf-8",
    )
    return path


def unit(source, target, attributes=""):
    return f"<trans-unit{attributes}><source>{source}</source>{target}</trans-unit>"


def test_a_file_of_trados_gives_its_segments(tmp_path):
    path = tmp_path / "essay.docx.sdlxliff"
    path.write_text(SDLXLIFF, encoding="utf-8-sig")
    assert list(read(path)) == [
        SentencePair(
            "政府は拡大抑止を重視する。",
            "The government values extended deterrence.",
            "unit 2 (id b2), segment 1",
        ),
        SentencePair(
            "二重鍵も検討した。", "It also studied a dual key.", "unit 2 (id b2), segment 2"
        ),
    ]


def test_a_file_of_memoq_gives_its_last_version_and_no_suggestions(tmp_path):
    path = tmp_path / "essay.mqxliff"
    path.write_text(MQXLIFF, encoding="utf-8")
    assert list(read(path)) == [
        SentencePair(
            "核弾頭を数える。 すべてを。", "Warheads are counted. All of them.", "unit 1 (id 1)"
        )
    ]


CUT = (
    "<source>甲。乙。</source><seg-source><mrk mtype='seg' mid='1'>甲。</mrk>"
    "<mrk mtype='seg' mid='2'><mrk mtype='term'>乙</mrk>。</mrk></seg-source>"
)


def test_segments_are_paired_by_their_mid_and_not_by_their_order(tmp_path):
    path = xliff(
        tmp_path,
        f"<trans-unit id='1'>{CUT}<target><mrk mtype='seg' mid='2'>B.</mrk>"
        "<mrk mtype='seg' mid='1'>A.</mrk><mrk mtype='seg' mid='9'>Z.</mrk></target></trans-unit>",
    )
    assert [(p.japanese, p.english) for p in read(path)] == [("甲。", "A."), ("乙。", "B.")]


def test_a_segment_without_a_translation_is_passed_over(tmp_path):
    target = "<target><mrk mtype='seg' mid='2'><mrk mtype='term'>B</mrk>.</mrk></target>"
    path = xliff(tmp_path, f"<trans-unit>{CUT}{target}</trans-unit>")
    assert list(read(path)) == [SentencePair("乙。", "B.", "unit 1, segment 2")]


def test_the_original_file_in_the_header_may_be_large(tmp_path):
    path = tmp_path / "slides.sdlxliff"
    large = f'<internal-file form="base64">{"UEsD" * 2_700_000}<'
    path.write_text(SDLXLIFF.replace('<internal-file form="base64">UEsDBBQABgAIAAAAIQ<', large))
    assert len(list(read(path))) == 2


def test_a_unit_whose_target_is_not_cut_is_one_pair(tmp_path):
    path = xliff(tmp_path, f"<trans-unit id='1'>{CUT}<target>A and B.</target></trans-unit>")
    assert list(read(path)) == [SentencePair("甲。乙。", "A and B.", "unit 1 (id 1)")]


def test_a_unit_without_a_target_or_an_id_is_counted(tmp_path):
    path = xliff(
        tmp_path, unit("核の傘", "") + unit("査察", "<target>inspection</target>") + unit("核", "")
    )
    assert list(read(path)) == [SentencePair("査察", "inspection", "unit 2")]


def test_a_target_language_may_stand_in_the_target_or_nowhere(tmp_path):
    targets = "<target xml:lang='en-GB'>inspection</target>", "<target>inspection</target>"
    for target in targets:
        path = xliff(tmp_path, unit("査察", target), target="")
        assert [p.english for p in read(path)] == ["inspection"]
    path = xliff(tmp_path, unit("査察", "<target xml:lang='fr'>inspection</target>"), target="")
    with pytest.raises(DocumentError, match="translates ja → fr"):
        list(read(path))


def test_of_several_files_in_one_those_of_other_languages_are_passed_over(tmp_path):
    path = tmp_path / "both.xlf"
    path.write_text(
        '<xliff version="1.2">'
        + "".join(
            f'<file source-language="{source}" target-language="{target}"><body>'
            f"<trans-unit><source>{text}</source><target>{translation}</target></trans-unit>"
            "</body></file>"
            for source, target, text, translation in (
                ("ja", "de", "核の傘", "Atomschirm"),
                ("en-US", "ja-JP", "umbrella", "傘"),
                ("JA", "EN", "査察", "inspection"),
            )
        )
        + "</xliff>",
        encoding="utf-8",
    )
    assert list(read(path)) == [
        SentencePair("傘", "umbrella", "unit 2"),
        SentencePair("査察", "inspection", "unit 3"),
    ]


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("fr", "de", "translates fr → de, not Japanese and English"),
        ("ja", "ja-JP", "translates ja → ja-JP, not"),
        ("", "en", r"translates \(none\) → en, not"),
    ],
)
def test_a_file_of_other_languages_says_which_it_has(tmp_path, source, target, said):
    path = xliff(tmp_path, unit("核の傘", "<target>umbrella</target>"), source, target)
    with pytest.raises(DocumentError, match=said) as error:
        list(read(path))
    assert str(path) in str(error.value)


def test_a_file_without_units_is_told(tmp_path):
    with pytest.raises(DocumentError, match="no translation unit"):
        list(read(xliff(tmp_path, "")))


XML_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf"), exclude_characters="<￾￿"))


@given(
    st.lists(
        st.tuples(XML_TEXT.map("核".__add__), XML_TEXT.map(lambda text: f"{text} umbrella")),
        min_size=1,
        unique_by=lambda pair: pair[0],
    ),
    st.booleans(),
)
def test_what_translate_toolkit_writes_comes_back(tmp_path_factory, written, turned):
    store = xlifffile()
    store.setsourcelanguage("en" if turned else "ja")
    store.settargetlanguage("ja" if turned else "en")
    for japanese, english in written:
        added = store.addsourceunit(english if turned else japanese)
        added.target = japanese if turned else english
    path = tmp_path_factory.mktemp("xliff") / "essay.xlf"
    path.write_bytes(bytes(store))
    assert [(p.japanese, p.english) for p in pairs(path)] == [
        (" ".join(ja.split()), " ".join(en.split())) for ja, en in written
    ]
