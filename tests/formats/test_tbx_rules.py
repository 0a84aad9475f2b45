from pathlib import Path

import pytest

from yakugo.formats import tbx_rules

VALID = Path(__file__).parent.parent / "data" / "minimal.tbx"


def faults_of(text, tmp_path):
    path = tmp_path / "glossary.tbx"
    path.write_text(text, encoding="utf-8")
    return tbx_rules.check(path)


def test_the_minimal_file_is_valid():
    assert tbx_rules.check(VALID) == []


CONCEPT = "concept dual-key"

# What is changed in the minimal file, into what, the place that must be named, and what is said.
MUTANTS = {
    "definition at a term": (
        '<descrip type="context">', '<descrip type="definition">', CONCEPT, "not in <termSec>"
    ),
    "context at a concept": (
        '<descrip type="subjectField">', '<descrip type="context">', CONCEPT, "in <conceptEntry>"
    ),
    "context at a language": (
        '<descrip type="definition">', '<descrip type="context">', CONCEPT, "not in <langSec>"
    ),
    "subject field at a language": (
        '<descrip type="definition">', '<descrip type="subjectField">', CONCEPT, "not in <langSec>"
    ),
    "proper noun": (">noun<", ">properNoun<", CONCEPT, "partOfSpeech must be one of noun"),
    "a status of its own": ("deprecatedTerm-admn-sts", "forbidden", CONCEPT, "be one of"),
    "a term note for the reading": (
        "<note>reading: にじゅうかぎ</note>",
        '<termNote type="reading">にじゅうかぎ</termNote>',
        CONCEPT,
        "no category of TBX-Basic",
    ),
    "note before the term notes": (
        "<term>二重鍵</term>", "<term>二重鍵</term><note>x</note>", CONCEPT, "may not stand"
    ),
    "two descriptions in a group": (
        '<admin type="source">own</admin>',
        '<descrip type="definition">x</descrip>',
        CONCEPT,
        "<descrip> may not stand here",
    ),
    "a target that is not there": (
        'target="nuclear-sharing"', 'target="nuclear-winter"', CONCEPT, "no id in this file"
    ),
    "a person who is not there": (
        'type="responsibility"', 'type="responsibility" target="p1"', CONCEPT, "no id in this file"
    ),
    "no concept id": ('<conceptEntry id="dual-key">', "<conceptEntry>", "body/conceptEntry", "id"),
    "an id that begins with a digit": ('id="dual-key"', 'id="1"', "concept 1", "with a letter"),
    "an id twice": ('id="nuclear-sharing"', 'id="dual-key"', CONCEPT, "already used in line"),
    "no header": (
        "<tbxHeader><fileDesc><sourceDesc><p>own</p></sourceDesc></fileDesc></tbxHeader>",
        "",
        "tbx",
        "lacks <tbxHeader>",
    ),
    "no source description": (
        "<sourceDesc><p>own</p></sourceDesc>", "", "tbx/tbxHeader/fileDesc", "lacks <sourceDesc>"
    ),
    "a source description without a paragraph": ("<p>own</p>", "", "sourceDesc", "lacks <p>"),
    "a date with slashes": ("2026-10-02", "2026/10/02", CONCEPT, "<date> must be as"),
    "a day that does not exist": ("2026-10-02", "2026-02-30", CONCEPT, "<date> must be as"),
    "ruby in a term": (
        "<term>二重鍵</term>",
        "<term><ruby>二重鍵<rt>にじゅうかぎ</rt></ruby></term>",
        CONCEPT,
        "<ruby> may not stand in the text of <term>",
    ),
    "a foreign word in a term": (
        "<term>dual key</term>", "<term><foreign>dual key</foreign></term>", CONCEPT, "<foreign>"
    ),
    "admin in a transaction": (
        "<date>2026-10-02</date>", '<admin type="source">x</admin>', CONCEPT, "may not stand"
    ),
    "deletion as a transaction": (">modification<", ">deletion<", CONCEPT, "one of origination"),
    "an address without http": (
        'target="https://example.org/"', 'target="example"', CONCEPT, "http or https"
    ),
    "an empty term": ("<term>dual key</term>", "<term> </term>", CONCEPT, "<term> is empty"),
    "a language section without terms": (
        '<termSec><term>nuclear <hi type="italics">sharing</hi></term></termSec>',
        "",
        "nuclear-sharing",
        "lacks <termSec>",
    ),
    "no language": ('<langSec xml:lang="en">', "<langSec>", CONCEPT, "attribute xml:lang"),
    "a language that is none": (
        '<langSec xml:lang="en">', '<langSec xml:lang="英語">', CONCEPT, "is no language code"
    ),
    "the other style": ('style="dca"', 'style="dct"', "tbx", 'style must be "dca"'),
    "another dialect": ('type="TBX-Basic"', 'type="TBX-Min"', "tbx", "TBX-Basic"),
    "an attribute of the root missing": (' xml:lang="ja" xmlns', " xmlns", "tbx", "xml:lang"),
    "an attribute that does not exist": ("<date>", '<date kind="x">', CONCEPT, "no attribute kind"),
    "a type missing": (
        '<termNote type="partOfSpeech">', "<termNote>", CONCEPT, "must have the attribute type"
    ),
    "text between elements": ("<langSec", "二重鍵<langSec", CONCEPT, "holds elements, not text"),
    "another namespace": ("ed-2", "ed-3", "tbx", "must be <tbx> in the namespace"),
    "an element of another namespace": (
        "<date>2026-10-02</date>", '<date xmlns="urn:x">2026-10-02</date>', CONCEPT, "urn:x"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_rejected_and_its_place_named(name, tmp_path):
    old, new, place, message = MUTANTS[name]
    text = VALID.read_text(encoding="utf-8")
    assert old in text
    faults = faults_of(text.replace(old, new, 1), tmp_path)
    assert any(f.place.endswith(place) and message in f.message for f in faults), faults
    assert all(fault.line > 0 for fault in faults)


def test_an_empty_body_is_rejected_but_no_body_is_an_empty_glossary(tmp_path):
    text = VALID.read_text(encoding="utf-8")
    start, end = text.index("<body>"), text.index("</body>") + len("</body>")
    assert faults_of(text[:start] + text[end:], tmp_path) == []
    (fault,) = faults_of(text[:start] + "<body></body>" + text[end:], tmp_path)
    assert "<body> lacks <conceptEntry>" in str(fault)


def test_a_fault_names_its_line(tmp_path):
    text = VALID.read_text(encoding="utf-8")
    line = next(i for i, row in enumerate(text.splitlines(), 1) if "<date>" in row)
    (fault,) = faults_of(text.replace("2026-10-02", "today"), tmp_path)
    assert str(fault).startswith(f"line {line}, concept dual-key: <date> must be as 2026-11-23")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not well-formed"),
        ("二重鍵\tdual key\n", "not well-formed"),
        ("<tbx><text></tbx>", "not well-formed"),
        ('<?xml version="1.0" encoding="no-such"?><tbx/>', "not well-formed"),
        ('<!DOCTYPE tbx SYSTEM "TBX.dtd"><tbx/>', "has a DOCTYPE"),
        ('<!DOCTYPE tbx [<!ENTITY a SYSTEM "/etc/hostname">]><tbx>&a;</tbx>', "has a DOCTYPE"),
        ('<martif type="TBX"/>', "the root must be <tbx>"),
    ],
)
def test_what_is_not_a_v3_file_has_one_fault(text, message, tmp_path):
    (fault,) = faults_of(text, tmp_path)
    assert message in str(fault)


def test_a_missing_file_is_a_fault(tmp_path):
    (fault,) = tbx_rules.check(tmp_path / "missing.tbx")
    assert str(fault) == "cannot be read: No such file or directory; check the path"
