"""TBX-Basic, version 2 (`martif`): what most CAT tools read today. Written, not read.

Made for the readers that are known: `tig` and never `ntig` (Okapi, Translate Toolkit), no
DOCTYPE (SaxonC fails on a DTD that it cannot find), the preferred term first in each language
(Translate Toolkit takes one), one definition, and before all else that is described (it takes
any description for a definition). OmegaT shows every term as a right one, whatever its
status: terms to avoid are not terms of the entry, but named in its note.

Left out: contexts, sources of terms, relations, revisions. Version 3 has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from yakugo.formats import Format
from yakugo.formats.atomic import replacing
from yakugo.formats.tbx import LANGUAGES, STATUS, add, add_entries, serialized
from yakugo.formats.tbx_rules import LANG
from yakugo.model import ENGLISH, JAPANESE, Concept, Snapshot, Term, Usage

# By what a reader should take first; what is missing here is to be avoided.
_RANK = {Usage.PREFERRED: 0, Usage.ADMITTED: 1}


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the concepts of a snapshot to a file; FormatError as in `render`."""
    data = render(snapshot.concepts, snapshot.title)
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def render(concepts: Iterable[Concept], title: str) -> bytes:
    """Concepts as a v2 file, sorted by id; a concept without a usable term is left out.

    FormatError, naming the concept, for a control character, which XML cannot carry.
    """
    root = etree.Element("martif", {"type": "TBX-Basic", LANG: ENGLISH})
    header = add(root, "martifHeader")
    file = add(header, "fileDesc")
    add(add(file, "titleStmt"), "title", title)
    add(add(file, "sourceDesc"), "p", "Japanese-English glossary made with yakugo")
    add(add(header, "encodingDesc"), "p", "TBXBasicXCSV02.xcs", {"type": "XCSURI"})
    body = add(add(root, "text"), "body")
    with_terms = (concept for concept in concepts if any(map(_usable(concept).get, LANGUAGES)))
    add_entries(body, sorted(with_terms, key=lambda concept: concept.id), _add_entry)
    return serialized(root)


def _usable(concept: Concept) -> dict[str, list[Term]]:
    """The terms that may be used, by language, the preferred one first."""
    return {
        language: sorted(
            (term for term in concept.in_language(language) if term.usage in _RANK),
            key=lambda term: _RANK[term.usage],
        )
        for language in LANGUAGES
    }


def _add_entry(body: etree._Element, concept: Concept) -> None:
    entry = add(body, "termEntry", attributes={"id": concept.id})
    _add_definition(entry, concept)
    if concept.subject_field.strip():
        add(entry, "descrip", concept.subject_field, {"type": "subjectField"})
    avoided = "; ".join(term.text.strip() for term in concept.terms if term.usage not in _RANK)
    if avoided:
        add(entry, "note", f"avoid: {avoided}")
    if concept.note.strip():
        add(entry, "note", concept.note)
    for language, terms in _usable(concept).items():
        if terms:
            section = add(entry, "langSet", attributes={LANG: language})
            for term in terms:
                _add_term(section, term)


def _add_definition(entry: etree._Element, concept: Concept) -> None:
    language, text = ENGLISH, concept.definition.strip()
    if not text:
        language, text = JAPANESE, concept.definition_ja.strip()
    if not text:
        return
    source = concept.definition_source.strip()
    parent = add(entry, "descripGrp") if source else entry
    add(parent, "descrip", text, {"type": "definition", LANG: language})
    if source:
        add(parent, "admin", source, {"type": "source"})


def _add_term(section: etree._Element, term: Term) -> None:
    tig = add(section, "tig")
    add(tig, "term", term.text)
    add(tig, "termNote", term.part_of_speech, {"type": "partOfSpeech"})
    if term.type:
        add(tig, "termNote", term.type, {"type": "termType"})
    add(tig, "termNote", STATUS[term.usage], {"type": "administrativeStatus"})
    if term.reading.strip():
        add(tig, "note", f"reading: {term.reading.strip()}")
    if term.note.strip():
        add(tig, "note", term.note)


FORMAT = Format("-v2.tbx", write)
