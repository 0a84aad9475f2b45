import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakugo.errors import FormatError
from yakugo.formats import tbx, tbx_rules
from yakugo.model import (
    Concept,
    Context,
    PartOfSpeech,
    Snapshot,
    Term,
    TermType,
    Usage,
)

SHARING = Concept("nuclear-sharing", (Term("nuclear sharing", "en"),))
DUAL_KEY = Concept(
    id="dual-key",
    terms=(
        Term(
            "二重鍵",
            reading="にじゅうかぎ",
            type=TermType.FULL_FORM,
            note="比喩としても使う",
            source="own list",
            contexts=(
                Context.locating("二重鍵", "二重鍵の仕組みは拒否権を両国に与える。", "memo.txt"),
                Context.locating("二重鍵", "いわゆる二重「鍵」である。"),
            ),
        ),
        Term("デュアル・キー", reading="デュアル・キー", usage=Usage.ADMITTED),
        Term("dual key", "en", part_of_speech=PartOfSpeech.OTHER),
        Term("double key", "en", usage=Usage.DEPRECATED, note="reading: this is no reading"),
        Term("two-key system", "en", usage=Usage.SUPERSEDED),
    ),
    subject_field="nuclear weapons",
    definition="An arrangement under which a weapon needs the consent of two states.",
    definition_ja="使用に二国の同意が要る仕組み。",
    definition_source="own wording",
    note="Two lines\nof a note",
    source="review of 2026",
    related=("nuclear-sharing",),
    revision=3,
    changed="2026-10-02T08:30:00Z",
    changed_by="reviewer-b",
)


def loaded(concepts, tmp_path):
    path = tmp_path / "glossary.tbx"
    tbx.write(Snapshot(concepts), path)
    assert tbx_rules.check(path) == []
    return tbx.read(path)


def edited(old, new, tmp_path):
    path = tmp_path / "edited.tbx"
    text = tbx.render([DUAL_KEY, SHARING]).decode()
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_glossary_comes_back_as_it_was_published(tmp_path):
    assert loaded([DUAL_KEY, SHARING], tmp_path) == [DUAL_KEY, SHARING]


def test_a_published_concept_reads_well_and_has_one_element_a_line():
    lines = tbx.render([DUAL_KEY, SHARING]).decode().splitlines()
    assert lines[0] == '<?xml version="1.0" encoding="UTF-8"?>'
    start = lines.index('      <conceptEntry id="nuclear-sharing">')
    assert lines[start:] == [
        '      <conceptEntry id="nuclear-sharing">',
        "        <transacGrp>",
        '          <transac type="transactionType">modification</transac>',
        "          <note>revision: 1</note>",
        "        </transacGrp>",
        '        <langSec xml:lang="en">',
        "          <termSec>",
        "            <term>nuclear sharing</term>",
        '            <termNote type="partOfSpeech">noun</termNote>',
        '            <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>',
        "          </termSec>",
        "        </langSec>",
        "      </conceptEntry>",
        "    </body>",
        "  </text>",
        "</tbx>",
    ]


def test_an_edit_of_one_concept_changes_only_its_lines():
    before = tbx.render([DUAL_KEY, SHARING]).decode().splitlines()
    after = tbx.render([SHARING, replace(DUAL_KEY, note="One line")]).decode().splitlines()
    assert set(after) - set(before) == {"        <note>One line</note>"}
    assert set(before) - set(after) == {"        <note>Two lines", "of a note</note>"}


def test_an_empty_glossary_is_valid_and_loads_empty(tmp_path):
    assert loaded([], tmp_path) == []


def test_definitions_stay_without_a_term_in_their_language(tmp_path):
    only_ja = Concept("a", (Term("鍵"),), definition="A key.", definition_source="own")
    only_en = Concept("b", (Term("key", "en"),), definition_ja="かぎ。", definition="A key.")
    assert loaded([only_ja, only_en], tmp_path) == [only_ja, only_en]


def test_order_and_white_space_are_put_right(tmp_path):
    untidy = Concept("b", (Term(" key\n", "en"), Term("鍵　", note=" a  b ")), related=("a",))
    tidy = Concept("b", (Term("鍵", note="a  b"), Term("key", "en")), related=("a",))
    first = Concept("a", (Term("錠"),))
    assert loaded([untidy, first], tmp_path) == [first, tidy]


CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"
)
MARKUP = st.sampled_from("<>&\"'];: \n\t\r\u3000\u2028拡大抑止 reading")
TEXT = st.text(MARKUP | CHARACTERS, max_size=12)
NOTES = st.one_of(
    TEXT,
    st.sampled_from(["reading:", "reading: x", "reading: reading: ]]>", "a\nreading: b\n\nc"]),
).map(str.strip)
PLAIN = TEXT.map(str.strip)
FILLED = PLAIN.filter(bool)


@st.composite
def terms(draw, language):
    text = draw(FILLED)
    sentences = draw(st.lists(st.tuples(FILLED, PLAIN), max_size=2))
    return Term(
        text,
        language,
        reading=draw(NOTES),
        part_of_speech=draw(st.sampled_from(PartOfSpeech)),
        type=draw(st.none() | st.sampled_from(TermType)),
        usage=draw(st.sampled_from(Usage)),
        note=draw(NOTES),
        source=draw(PLAIN),
        contexts=tuple(Context.locating(text, text + s, document) for s, document in sentences),
    )


@st.composite
def glossaries(draw):
    ids = sorted(
        draw(st.sets(st.from_regex(r"[a-z拡_][a-z0-9.\-]{0,5}", fullmatch=True), max_size=3))
    )
    concepts = []
    for identifier in ids:
        japanese = draw(st.lists(terms("ja"), max_size=2))
        english = draw(st.lists(terms("en"), min_size=not japanese, max_size=2))
        definition, definition_ja = draw(PLAIN), draw(PLAIN)
        concepts.append(
            Concept(
                identifier,
                (*japanese, *english),
                subject_field=draw(PLAIN),
                definition=definition,
                definition_ja=definition_ja,
                definition_source=draw(PLAIN) if definition or definition_ja else "",
                note=draw(NOTES),
                source=draw(PLAIN),
                related=tuple(draw(st.lists(st.sampled_from(ids), max_size=2))),
                revision=draw(st.integers(1, 10**6)),
                changed=draw(st.sampled_from(["", "2026-11-23", "2026-11-23T08:30:00Z"])),
                changed_by=draw(PLAIN),
            )
        )
    return concepts


@settings(max_examples=60, deadline=None)
@given(glossaries())
def test_publish_load_publish_is_the_same_to_the_byte(tmp_path_factory, concepts):
    path = tmp_path_factory.mktemp("round") / "glossary.tbx"
    tbx.write(Snapshot(concepts), path)
    again = tbx.read(path)
    assert again == concepts
    assert tbx.render(reversed(again)) == path.read_bytes()


# XML 1.0, production 2.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters() | st.characters(max_codepoint=0x20), max_size=5))
def test_any_text_is_written_so_that_it_loads_or_is_refused_by_name(tmp_path_factory, note):
    path = tmp_path_factory.mktemp("any") / "glossary.tbx"
    concept = replace(SHARING, note=note)
    if NOT_IN_XML.search(note.strip()):
        with pytest.raises(FormatError, match="nuclear-sharing"):
            tbx.write(Snapshot([concept]), path)
        assert not path.exists()
    else:
        tbx.write(Snapshot([concept]), path)
        assert tbx.read(path) == [replace(SHARING, note=note.strip())]


@pytest.mark.parametrize(
    ("concept", "message"),
    [
        (replace(SHARING, note="bell \x07"), "concept 'nuclear-sharing': 'bell"),
        (replace(SHARING, id="bad\x00id"), "control character"),
        (replace(SHARING, id="二つ の"), "hold no spaces"),
        (replace(SHARING, related=("no-such",)), 'concept nuclear-sharing: target="no-such"'),
        (replace(SHARING, terms=()), "concept nuclear-sharing: <conceptEntry> lacks <langSec>"),
        (replace(SHARING, terms=(Term(" "),)), "concept nuclear-sharing: <term> is empty"),
        (replace(SHARING, terms=(Term("clé", "fr"),)), "concept 'nuclear-sharing': a term in"),
        (replace(SHARING, changed="yesterday"), "concept nuclear-sharing: <date> must be"),
    ],
)
def test_what_cannot_be_valid_is_refused_by_name_and_the_old_file_stays(concept, message, tmp_path):
    path = tmp_path / "glossary.tbx"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        tbx.write(Snapshot([DUAL_KEY, concept]), path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_id_used_twice_is_refused():
    with pytest.raises(FormatError, match=r"nuclear-sharing.*already used"):
        tbx.render([SHARING, SHARING])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("</tbx>", "", "not well-formed"),
        (">modification<", ">deletion<", "transactionType must be one of"),
        ("<term>dual key</term>", "<term>dual <hi>key</hi></term>", "holds markup in the text"),
        ('<langSec xml:lang="en">', '<langSec xml:lang="en-US">', "the language 'en-US'"),
        ("<note>revision: 3</note>", "<note>checked twice</note>", "revision: 3"),
        (
            "<note>Two lines",
            '<admin type="customerSubset">A</admin><note>Two lines',
            "<admin customerSubset>",
        ),
        (
            "<term>dual key</term>",
            '<term>dual key</term><termNote type="partOfSpeech">noun</termNote>',
            "a second <termNote partOfSpeech>",
        ),
        (
            "</body>",
            '</body><back><refObjectSec type="p"><refObject><item>x</item></refObject>'
            "</refObjectSec></back>",
            "<back>",
        ),
    ],
)
def test_what_cannot_be_read_or_kept_is_one_line_with_file_line_and_remedy(
    old, new, message, tmp_path
):
    path = edited(old, new, tmp_path)
    with pytest.raises(FormatError) as caught:
        tbx.read(path)
    assert str(caught.value).startswith(f"{path}: line ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FormatError, match=r"missing\.tbx: cannot be read"):
        tbx.read(tmp_path / "missing.tbx")


def test_a_reading_may_stand_after_another_note(tmp_path):
    path = edited(
        "<note>reading: にじゅうかぎ</note>", "<note>比喩</note><note>reading:かぎ</note>", tmp_path
    )
    term = tbx.read(path)[0].terms[0]
    assert term.reading == "かぎ"
    assert term.note == "比喩\n比喩としても使う"


def test_of_several_transactions_the_last_counts(tmp_path):
    path = edited(
        "<transacGrp>",
        '<transacGrp><transac type="transactionType">origination</transac>'
        "<date>2025-01-01</date></transacGrp><transacGrp>",
        tmp_path,
    )
    assert tbx.read(path) == [DUAL_KEY, SHARING]


def test_comments_are_allowed_and_entities_are_not(tmp_path):
    path = edited("<term>dual key</term>", "<term>dual <!-- sic -->key</term>", tmp_path)
    assert tbx.read(path) == [DUAL_KEY, SHARING]
    text = path.read_text(encoding="utf-8")
    bomb = '<!DOCTYPE tbx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n<tbx'
    path.write_text(text.replace("<tbx", bomb, 1), encoding="utf-8")
    with pytest.raises(FormatError, match="has a DOCTYPE"):
        tbx.read(path)
