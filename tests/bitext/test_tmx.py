import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tmx import tmxfile

from yakugo.bitext import pairs
from yakugo.bitext.tmx import read
from yakugo.errors import DocumentError
from yakugo.model import SentencePair

OMEGAT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" \
creationtoolversion="6.0.1_0_42ef0143" segtype="sentence" srclang="ja"/>
  <body>
<!-- Default translations -->
    <tu>
      <tuv xml:lang="ja">
        <seg>政府は&lt;f0&gt;拡大抑止&lt;/f0&gt;を重視する。</seg>
      </tuv>
      <tuv xml:lang="en" changeid="mori" changedate="20240305T012345Z" creationid="mori" \
creationdate="20240305T012300Z">
        <seg>The government attaches weight to &lt;f0&gt;extended deterrence&lt;/f0&gt;.</seg>
      </tuv>
    </tu>
<!-- Alternative translations -->
    <tu>
      <prop type="file">essay.docx</prop>
      <prop type="prev">政府は拡大抑止を重視する。</prop>
      <tuv xml:lang="ja">
        <seg>二重鍵もその一つだ。</seg>
      </tuv>
      <tuv xml:lang="en" changeid="mori" changedate="20240305T012400Z">
        <seg>A dual-key arrangement is one form of it.</seg>
      </tuv>
    </tu>
  </body>
</tmx>
"""


def memory(tmp_path, *units, languages=("ja", "en"), header="<header/>"):
    """A TMX file of units, each the content of its `seg`s in the order of the languages."""
    body = "".join(
        "<tu>"
        + "".join(
            f'<tuv xml:lang="{code}"><seg>{text}</seg></tuv>'
            for code, text in zip(languages, unit, strict=True)
        )
        + "</tu>"
        for unit in units
    )
    path = tmp_path / "memory.tmx"
    path.write_text(f'<tmx version="1.4">{header}<body>{body}</body></tmx>', encoding="utf-8")
    return path


def sides(path):
    return [(pair.japanese, pair.english) for pair in read(path)]


def test_a_memory_of_omegat_gives_its_pairs(tmp_path):
    path = tmp_path / "project_save.tmx"
    path.write_text(OMEGAT, encoding="utf-8")
    assert list(read(path)) == [
        SentencePair(
            "政府は拡大抑止を重視する。",
            "The government attaches weight to extended deterrence.",
            "unit 1",
        ),
        SentencePair("二重鍵もその一つだ。", "A dual-key arrangement is one form of it.", "unit 2"),
    ]


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_a_memory_of_trados_in_utf_16_says_the_language_in_capitals(tmp_path, mark):
    path = tmp_path / "export.tmx"
    path.write_bytes(
        (
            '<?xml version="1.0" ?>\r\n<!DOCTYPE tmx SYSTEM "tmx11.dtd">\r\n'
            '<tmx version="1.1"><header creationtool="TRADOS Translator\'s Workbench" '
            'srclang="EN-US" o-encoding="Shift_JIS"/><body>\r\n<tu tuid="0042">\r\n'
            '<tuv lang="EN-US"><seg>Warheads are {\\b counted}.</seg></tuv>\r\n'
            '<tuv lang="JA"><seg>弾頭を<ut>{\\b </ut>数える<ut>}</ut>。</seg></tuv>\r\n'
            "</tu>\r\n</body></tmx>"
        ).encode(mark)
    )
    assert list(read(path)) == [
        SentencePair("弾頭を数える。", "Warheads are {\\b counted}.", "unit 1 (id 0042)")
    ]


def test_of_several_variants_of_a_language_the_first_counts(tmp_path):
    path = memory(
        tmp_path,
        ("Kernwaffe", "nuclear weapon", "核兵器", "nuclear arm", "核の兵器"),
        languages=("de-DE", "en-GB", "ja-JP", "en-US", "ja"),
    )
    assert sides(path) == [("核兵器", "nuclear weapon")]


def test_a_unit_without_both_languages_is_passed_over_and_counted(tmp_path):
    path = memory(tmp_path, ("核の傘", ""), ("", "treaty"), ("査察", "inspection"))
    assert list(read(path)) == [SentencePair("査察", "inspection", "unit 3")]


def test_inline_codes_are_no_part_of_a_sentence(tmp_path):
    path = memory(
        tmp_path,
        (
            '<bpt i="1">&lt;b&gt;</bpt>検証<ept i="1">&lt;/b&gt;</ept>は\n  難しい。',
            'Verification<ph x="1" type="lb"/>is <hi>hard</hi>.',
        ),
    )
    assert sides(path) == [("検証は 難しい。", "Verification is hard.")]


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (("de", "en"), "no unit holds Japanese, the languages in it are de, en;"),
        (("JA", "fr-FR"), "no unit holds English, the languages in it are JA, fr-FR;"),
        (("", ""), r"no unit holds Japanese, the languages in it are \(none\);"),
    ],
)
def test_a_memory_of_other_languages_says_which_it_has(tmp_path, languages, said):
    path = memory(tmp_path, ("核の傘", "nuclear umbrella"), languages=languages)
    with pytest.raises(DocumentError, match=said) as error:
        list(read(path))
    assert str(path) in str(error.value)


def test_a_memory_without_units_is_told(tmp_path):
    with pytest.raises(DocumentError, match="no translation unit"):
        list(read(memory(tmp_path)))


def test_a_memory_that_is_cut_off_is_told_after_its_whole_units(tmp_path):
    path = memory(tmp_path, ("核の傘", "nuclear umbrella"), ("査察", "inspection"))
    path.write_bytes(path.read_bytes()[:-50])
    found = read(path)
    assert next(found).japanese == "核の傘"
    with pytest.raises(DocumentError, match="cut off"):
        list(found)


# --- any text that another writer puts into a memory comes back

XML_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf"), exclude_characters="<￾￿"))
PAIRS = st.lists(
    st.tuples(XML_TEXT.map("核".__add__), XML_TEXT.map(lambda text: f"{text} umbrella")), min_size=1
)


def expected(written):
    return [(" ".join(ja.split()), " ".join(en.split())) for ja, en in written]


@given(PAIRS, st.sampled_from(["ja", "en"]))
def test_what_translate_toolkit_writes_comes_back(tmp_path_factory, written, source):
    store = tmxfile(sourcelanguage=source)
    for japanese, english in written:
        if source == "ja":
            store.addtranslation(japanese, "ja", english, "en-US")
        else:
            store.addtranslation(english, "en", japanese, "ja-JP")
    path = tmp_path_factory.mktemp("memory") / "memory.tmx"
    path.write_bytes(bytes(store))
    assert [(p.japanese, p.english) for p in pairs(path)] == expected(written)


@given(PAIRS, st.sampled_from(["utf-8", "utf-16", "ascii"]), st.integers(1, 200))
def test_what_lxml_writes_comes_back_however_it_is_cut(tmp_path_factory, written, encoding, chunk):
    root = etree.Element("tmx", version="1.4")
    body = etree.SubElement(root, "body")
    for unit in written:
        tu = etree.SubElement(body, "tu")
        for code, text in zip(("ja", "en"), unit, strict=True):
            tuv = etree.SubElement(tu, "tuv", lang=code)
            etree.SubElement(tuv, "seg").text = text
    path = tmp_path_factory.mktemp("memory") / "memory.tmx"
    path.write_bytes(etree.tostring(root, encoding=encoding, xml_declaration=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("yakugo.bitext.elements._CHUNK", chunk)
        found = list(pairs(path))
    assert [(p.japanese, p.english) for p in found] == expected(written)
    assert [p.place for p in found] == [f"unit {n}" for n in range(1, len(written) + 1)]
