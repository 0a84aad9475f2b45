from dataclasses import replace

import pytest
from lxml import etree
from translate.storage.tbx import tbxfile

from yakugo.errors import FormatError
from yakugo.formats import tbx2
from yakugo.model import Concept, Snapshot, Term, Usage

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
