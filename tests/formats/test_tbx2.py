from collections import Counter
from dataclasses import replace

import pytest
from lxml import etree
from translate.storage.tbx import tbxfile

from yakugo.errors import FormatError
from yakugo.formats import tbx, tbx2
from yakugo.model import Concept, Context, PartOfSpeech, Snapshot, Term, TermType, Usage

UMBRELLA = Concept(
    "nuclear-umbrella",
    (
        Term("核抑止の傘", reading="かくよくしのかさ", usage=Usage.ADMITTED),
        Term("核の傘", reading="かくのかさ", note="比喩"),
        Term("核のカサ", usage=Usage.SUPERSEDED),
        Term("atomic umbrella", "en", usage=Usage.DEPRECATED),
        Term("nuclear umbrella", "en"),
    ),
    subject_field="deterrence",
    definition="The protection that a nuclear-weapon state promises its allies.",
    definition_ja="核兵器国が同盟国に約束する保護。",
    definition_source="own wording",
    note="<general> & figurative",
)
JAPANESE_ONLY = Concept("pillars", (Term("三本柱"),), definition_ja="三つの柱。")
AVOIDED = Concept("avoided", (Term("古語", usage=Usage.DEPRECATED),))
PAIRS = [("二重鍵", "dual key"), ("拡大抑止", "extended deterrence"), ("対GPS妨害", '"A & B" <x>')]


def rendered(*concepts):
    return etree.fromstring(tbx2.render(concepts, "security"))


def test_translate_toolkit_finds_every_pair_of_preferred_terms(tmp_path):
    path = tmp_path / "security-v2.tbx"
    concepts = [Concept(f"c{i}", (Term(ja), Term(en, "en"))) for i, (ja, en) in enumerate(PAIRS)]
    tbx2.write(Snapshot([*concepts, UMBRELLA, JAPANESE_ONLY]), path)
    units = tbxfile.parsestring(path.read_bytes(), "ja", "en").units
    found = {(unit.source, unit.target) for unit in units}
    assert found == {*PAIRS, ("核の傘", "nuclear umbrella"), ("三本柱", None)}
    umbrella = next(unit for unit in units if unit.source == "核の傘")
    assert umbrella.getnotes("definition").startswith("The protection that")


def test_terms_to_avoid_are_no_terms_but_named_in_the_note():
    root = rendered(UMBRELLA)
    assert root.xpath("//term/text()") == ["核の傘", "核抑止の傘", "nuclear umbrella"]
    assert root.xpath("//termEntry/note/text()") == [
        "avoid: 核のカサ; atomic umbrella",
        "<general> & figurative",
    ]


def test_an_entry_has_one_definition_with_its_source():
    (definition,) = rendered(UMBRELLA).xpath("//descrip[@type='definition']")
    assert definition.text == UMBRELLA.definition
    assert definition.getnext().text == "own wording"
    (definition,) = rendered(JAPANESE_ONLY).xpath("//descrip[@type='definition']")
    assert definition.text == "三つの柱。"


def test_the_reading_comes_with_the_term():
    notes = rendered(UMBRELLA).xpath("//tig[term='核の傘']/note/text()")
    assert notes == ["reading: かくのかさ", "比喩"]


def test_a_concept_with_nothing_to_use_is_left_out():
    assert rendered(AVOIDED, JAPANESE_ONLY).xpath("//termEntry/@id") == ["pillars"]


def test_no_doctype_no_namespace_and_the_same_bytes_in_any_order():
    data = tbx2.render([UMBRELLA, JAPANESE_ONLY], "security")
    assert b"DOCTYPE" not in data
    assert b"xmlns" not in data
    assert data == tbx2.render([JAPANESE_ONLY, UMBRELLA], "security")


def test_a_control_character_is_refused_by_name_and_nothing_written(tmp_path):
    path = tmp_path / "security-v2.tbx"
    with pytest.raises(FormatError, match="nuclear-umbrella"):
        tbx2.write(Snapshot([replace(UMBRELLA, note="bell \x07")]), path)
    assert list(tmp_path.iterdir()) == []


def martif(body, tmp_path, head='<martif type="TBX" xml:lang="en">'):
    path = tmp_path / "theirs.tbx"
    path.write_text(
        f'<?xml version="1.0"?>\n{head}\n<text><body>\n{body}\n</body></text>\n'
        f"</{head.split()[0].strip('<>')}>\n",
        encoding="utf-8",
    )
    return path


DUAL_KEY = """
<termEntry id="17">
  <descrip type="subjectField">nuclear weapons</descrip>
  <note>general</note>
  <langSet xml:lang="ja-JP">
    <descripGrp>
      <descrip type="definition">使用に二国の同意が要る仕組み。</descrip>
      <admin type="source">own wording</admin>
    </descripGrp>
    <tig>
      <term>二重<hi>鍵</hi></term>
      <termNote type="partOfSpeech">proper noun</termNote>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
      <descripGrp>
        <descrip type="context">この二重鍵は古い。</descrip><admin type="source">memo</admin>
      </descripGrp>
      <note>reading: にじゅうかぎ</note>
      <note>figurative</note>
    </tig>
  </langSet>
  <langSet xml:lang="en_US">
    <ntig>
      <termGrp>
        <term>dual key</term>
        <termNote type="termType">fullForm</termNote>
      </termGrp>
      <descrip type="definition">An arrangement that needs the consent of two states.</descrip>
    </ntig>
    <tig><term>two-key system</term><termNote type="partOfSpeech">particle</termNote></tig>
    <tig><term>double key</term><termNote type="administrativeStatus">forbidden</termNote></tig>
    <tig><term>2-key</term><termNote type="administrativeStatus">obsolete</termNote></tig>
    <tig><term> </term></tig>
  </langSet>
  <langSet xml:lang="de"><tig><term>Zweischlüssel</term></tig></langSet>
</termEntry>
<termEntry><langSet xml:lang="fr"><tig><term>allié</term></tig></langSet></termEntry>
"""


def test_what_other_tools_write_is_read_wherever_it_stands(tmp_path):
    found = tbx2.read(martif(DUAL_KEY, tmp_path))
    assert found.concepts == [
        Concept(
            "17",
            (
                Term(
                    "二重鍵",
                    reading="にじゅうかぎ",
                    note="figurative",
                    contexts=(Context.locating("二重鍵", "この二重鍵は古い。", "memo"),),
                ),
                Term("dual key", "en", type=TermType.FULL_FORM),
                Term("two-key system", "en", "", PartOfSpeech.OTHER, usage=Usage.ADMITTED),
                Term("double key", "en", usage=Usage.DEPRECATED),
                Term("2-key", "en", usage=Usage.SUPERSEDED),
            ),
            subject_field="nuclear weapons",
            definition="An arrangement that needs the consent of two states.",
            definition_ja="使用に二国の同意が要る仕組み。",
            definition_source="own wording",
            note="general",
        )
    ]
    assert found.others == Counter({"de": 1, "fr": 1})


@pytest.mark.parametrize(
    ("written", "usage"),
    [
        ("preferredTerm-admn-sts", Usage.PREFERRED),
        ("Preferred Term", Usage.PREFERRED),
        ("admittedTerm", Usage.ADMITTED),
        ("deprecatedTerm-admn-sts", Usage.DEPRECATED),
        ("supersededTerm-admn-sts", Usage.SUPERSEDED),
        ("no such status", Usage.PREFERRED),
    ],
)
def test_statuses_as_they_are_written(written, usage, tmp_path):
    entry = (
        '<termEntry><langSet lang="ja"><tig><term>核</term>'
        f'<termNote type="normativeAuthorization">{written}</termNote></tig></langSet></termEntry>'
    )
    (concept,) = tbx2.read(martif(entry, tmp_path)).concepts
    assert concept == Concept("", (Term("核", usage=usage),))


def test_a_definition_of_no_language_is_in_that_of_its_script(tmp_path):
    entry = (
        '<termEntry id="c"><descrip type="definition">二国の鍵。</descrip>'
        '<descrip type="definition">Two keys.</descrip>'
        '<descrip type="definition" xml:lang="de">Zwei Schlüssel.</descrip>'
        '<langSet xml:lang="ja"><tig><term>核</term></tig></langSet></termEntry>'
    )
    (concept,) = tbx2.read(martif(entry, tmp_path)).concepts
    assert (concept.definition_ja, concept.definition) == ("二国の鍵。", "Two keys.")


def test_what_we_wrote_comes_back_as_far_as_the_format_carries(tmp_path):
    path = tmp_path / "security-v2.tbx"
    tbx2.write(Snapshot([UMBRELLA, JAPANESE_ONLY, AVOIDED]), path)
    umbrella, pillars = tbx2.read(path).concepts
    by_use = [UMBRELLA.terms[i] for i in (1, 0, 2, 4, 3)]
    avoided = replace(by_use[2], usage=Usage.DEPRECATED)  # of what is to be avoided the names only
    assert umbrella == replace(
        UMBRELLA, terms=(*by_use[:2], avoided, *by_use[3:]), definition_ja=""
    )
    assert pillars == JAPANESE_ONLY


def test_version_3_is_read_too_and_told_by_its_root(tmp_path):
    older = martif(DUAL_KEY, tmp_path)
    newer = tmp_path / "newer.tbx"
    tbx.write(Snapshot([UMBRELLA]), newer)
    assert tbx2.is_version_2(older)
    assert not tbx2.is_version_2(newer)
    (concept,) = tbx2.read(newer).concepts
    assert concept == replace(UMBRELLA, terms=concept.terms)
    assert set(concept.terms) == set(UMBRELLA.terms)


def test_dct_style_has_the_categories_as_names(tmp_path):
    head = (
        '<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" '
        'xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">'
    )
    entry = (
        '<conceptEntry id="c"><min:subjectField>arms</min:subjectField><langSec xml:lang="ja">'
        "<descripGrp><basic:definition>二国の鍵。</basic:definition></descripGrp><termSec>"
        "<term>核</term><min:partOfSpeech>verb</min:partOfSpeech></termSec></langSec></conceptEntry>"
    )
    (concept,) = tbx2.read(martif(entry, tmp_path, head)).concepts
    term = Term("核", part_of_speech=PartOfSpeech.VERB)
    assert concept == Concept("c", (term,), subject_field="arms", definition_ja="二国の鍵。")


def test_a_doctype_is_passed_over_but_nothing_is_loaded_or_expanded(tmp_path):
    head = '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n<martif type="TBX">'
    path = tmp_path / "doctype.tbx"
    whole = f"{head}<text><body>{DUAL_KEY}</body></text></martif>"
    path.write_text(whole, encoding="utf-8")
    assert len(tbx2.read(path).concepts) == 1
    bomb = whole.replace('"TBXcoreStructV02.dtd"', '"x.dtd" [<!ENTITY a "aaaa">]')
    path.write_text(bomb, encoding="utf-8")
    with pytest.raises(FormatError, match=r"doctype.tbx, line 1: declares entities"):
        tbx2.read(path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html/>", "line 1: is no TBX file: its root is <html>"),
        ("<martif>\n<text>\n<termEntry>", "line 3: the XML is cut off"),
        ("<martif>\n<a></b></martif>", "line 2: damaged XML"),
        ("<martif/>", r"no Japanese or English terms \(its languages: none\)"),
        ("", "cut off"),
    ],
)
def test_what_is_no_glossary_is_refused_with_file_and_line(text, reason, tmp_path):
    path = tmp_path / "broken.tbx"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=f"broken.tbx.*{reason}") as refused:
        tbx2.read(path)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FormatError, match=r"none.tbx cannot be read: .*; check the path"):
        tbx2.read(tmp_path / "none.tbx")
