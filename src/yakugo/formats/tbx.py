"""TBX-Basic, version 3, DCA style (ISO 30042:2019): the form in which a glossary is published.

`read(write(x)) == x` for concepts in canonical form: sorted by id, Japanese terms before English
ones, no white space at the ends of a text, contexts as `Context.locating` makes them, a
definition source only with a definition. Anything else comes out in that form, so that
publishing what was loaded gives the same bytes.

What TBX-Basic has no place for stands in notes: `reading: …` is the reading of a term,
`homograph: 2` the number of a concept among homographs, `revision: 3` in the transacGrp its
revision. A definition stands in the langSec of its language, or in the conceptEntry, with its
xml:lang, when there is no term in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TypedDict

from lxml import etree

from yakugo.errors import FormatError
from yakugo.formats import Format, tbx_rules
from yakugo.formats.atomic import replacing
from yakugo.formats.tbx_rules import LANG, NAMESPACE
from yakugo.model import (
    ENGLISH,
    JAPANESE,
    Concept,
    Context,
    PartOfSpeech,
    Snapshot,
    Term,
    TermType,
    Usage,
)

LANGUAGES = (JAPANESE, ENGLISH)  # in the order of the file
STATUS = {
    Usage.PREFERRED: "preferredTerm-admn-sts",
    Usage.ADMITTED: "admittedTerm-admn-sts",
    Usage.DEPRECATED: "deprecatedTerm-admn-sts",
    Usage.SUPERSEDED: "supersededTerm-admn-sts",
}
_USAGE = {status: usage for usage, status in STATUS.items()}
_READING = "reading:"
_HOMOGRAPH = re.compile(r"homograph: ([0-9]+)")
_REVISION = re.compile(r"revision: ([0-9]+)")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPTY = f"""
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="{NAMESPACE}">
  <tbxHeader>
    <fileDesc>
      <sourceDesc>
        <p>Japanese-English glossary made with yakugo</p>
      </sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text/>
</tbx>
"""
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the concepts of a snapshot to a file; see `render` for what is refused."""
    data = render(snapshot.concepts)
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def render(concepts: Iterable[Concept]) -> bytes:
    """Concepts as a TBX file: UTF-8, one element a line, sorted by id.

    FormatError, naming the concept, for what the file cannot be valid with: a relation to a
    concept that is not there, a concept without terms, a control character, a bad id.
    """
    root = etree.fromstring(_EMPTY)
    ordered = sorted(concepts, key=lambda concept: concept.id)
    if ordered:  # a glossary without concepts has no body: an empty one is not valid
        add_entries(add(root[-1], "body"), ordered, _add_concept)
    for fault in tbx_rules.check(root):
        raise FormatError(f"{fault.place}: {fault.message}; correct it and write again")
    return serialized(root)


def add(
    parent: etree._Element, tag: str, text: str = "", attributes: dict[str, str] | None = None
) -> etree._Element:
    """Add an element in the namespace of its parent; white space at the ends of `text` goes.

    ValueError when the text holds a character that XML 1.0 cannot carry.
    """
    text = text.strip()
    if bad := _NOT_XML.search(text):
        raise ValueError(f"{text[:40]!r} holds the control character {bad[0]!r}")
    namespace = parent.tag[: parent.tag.rfind("}") + 1]
    element = etree.SubElement(parent, namespace + tag, attributes or {})
    element.text = text or None
    return element


def add_entries(
    body: etree._Element,
    concepts: Iterable[Concept],
    add_entry: Callable[[etree._Element, Concept], None],
) -> None:
    """Add an entry for each concept; a FormatError names the one that cannot be written."""
    for concept in concepts:
        try:
            add_entry(body, concept)
        except ValueError as error:
            raise FormatError(f"concept {concept.id!r}: {error}; remove it") from error


def serialized(root: etree._Element) -> bytes:
    """An XML tree as a file: declaration, two spaces a level, LF."""
    etree.indent(root, space="  ")
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return _DECLARATION + data + b"\n"


def _add_concept(body: etree._Element, concept: Concept) -> None:
    entry = add(body, "conceptEntry", attributes={"id": concept.id})
    if strange := {term.language for term in concept.terms} - set(LANGUAGES):
        raise ValueError(f"a term in the language {min(strange)!r}, and not in ja or en")
    _add_if(entry, "descrip", concept.subject_field, "subjectField")
    definitions = {JAPANESE: concept.definition_ja, ENGLISH: concept.definition}
    for language in LANGUAGES:
        if not concept.in_language(language):
            definition = definitions[language]
            _add_described(entry, "definition", definition, concept.definition_source, language)
    # As with readings: a note that is like a number must not become one.
    if concept.homograph or _HOMOGRAPH.fullmatch(concept.note.strip().split("\n")[0]):
        add(entry, "note", f"homograph: {concept.homograph}")
    _add_if(entry, "note", concept.note)
    _add_if(entry, "admin", concept.source, "source")
    for related in concept.related:
        add(entry, "ref", attributes={"type": "crossReference", "target": related})
    _add_change(entry, concept)
    for language in LANGUAGES:
        if terms := concept.in_language(language):
            section = add(entry, "langSec", attributes={LANG: language})
            definition = definitions[language]
            _add_described(section, "definition", definition, concept.definition_source)
            for term in terms:
                _add_term(section, term)


def _add_change(entry: etree._Element, concept: Concept) -> None:
    group = add(entry, "transacGrp")
    add(group, "transac", "modification", {"type": "transactionType"})
    _add_if(group, "date", concept.changed)
    _add_if(group, "transacNote", concept.changed_by, "responsibility")
    add(group, "note", f"revision: {concept.revision}")


def _add_term(section: etree._Element, term: Term) -> None:
    termsec = add(section, "termSec")
    add(termsec, "term", term.text)
    add(termsec, "termNote", term.part_of_speech, {"type": "partOfSpeech"})
    _add_if(termsec, "termNote", term.type or "", "termType")
    add(termsec, "termNote", STATUS[term.usage], {"type": "administrativeStatus"})
    # A note that begins like a reading must not become one: an empty reading goes before it.
    if term.reading.strip() or term.note.strip().startswith(_READING):
        add(termsec, "note", f"{_READING} {term.reading.strip()}")
    _add_if(termsec, "note", term.note)
    _add_if(termsec, "admin", term.source, "source")
    for context in term.contexts:
        _add_described(termsec, "context", context.sentence, context.document)


def _add_described(
    parent: etree._Element, kind: str, text: str, source: str, language: str = ""
) -> None:
    if not text.strip():
        return
    group = add(parent, "descripGrp")
    add(group, "descrip", text, {"type": kind} | ({LANG: language} if language else {}))
    _add_if(group, "admin", source, "source")


def _add_if(parent: etree._Element, tag: str, text: str, kind: str = "") -> None:
    if text.strip():
        add(parent, tag, text, {"type": kind} if kind else {})


def read(path: Path) -> list[Concept]:
    """Read a TBX-Basic v3 file: its concepts, sorted by id.

    FormatError, naming file, line and concept, for a file that is not valid (`tbx_rules`) and
    for what a `Concept` cannot hold, as publishing would lose it: other languages, other data
    categories, markup inside text. The header and ids inside a concept are not kept, and of
    several transactions only the last.
    """
    root, faults = tbx_rules.parse(path)
    if root is None:
        raise FormatError(f"{path}: {faults[0]}")
    if faults := tbx_rules.check(root):
        more = f" (the first of {len(faults)} faults)" if len(faults) > 1 else ""
        raise FormatError(f"{path}: {faults[0]}; correct it{more}")
    entries = list(root.iter(f"{{{NAMESPACE}}}conceptEntry"))
    ids = {entry.get("id", "") for entry in entries}
    try:
        if (back := root.find(f".//{{{NAMESPACE}}}back")) is not None:
            raise _Unheld(back, "<back>")
        return sorted((_concept(entry, ids) for entry in entries), key=lambda c: c.id)
    except _Unheld as unheld:
        raise FormatError(
            f"{path}: {unheld.fault}, which yakugo cannot keep; remove it or put it into a note"
        ) from None


class _Unheld(Exception):
    """Something in a valid file that a `Concept` has no place for."""

    def __init__(self, element: etree._Element, what: str) -> None:
        super().__init__(what)
        self.fault = tbx_rules.fault(element, f"holds {what}")


_Parts = dict[str, list[etree._Element]]

_DEFINITION, _SOURCE = "descrip definition", "admin source"
_CONCEPT_PARTS = (
    "descrip subjectField",
    _DEFINITION,
    "note",
    _SOURCE,
    "ref crossReference",
    "transacGrp",
    "langSec",
)
_LANGUAGE_PARTS = (_DEFINITION, "termSec")
_TERM_PARTS = (
    "term",
    "termNote partOfSpeech",
    "termNote termType",
    "termNote administrativeStatus",
    "note",
    _SOURCE,
    "descrip context",
)
_CHANGE_PARTS = ("transac transactionType", "date", "transacNote responsibility", "note")


def _parts(element: etree._Element, known: Collection[str]) -> _Parts:
    """The children of an element by `tag` or `tag type`; a descripGrp counts as its descrip."""
    parts: _Parts = {key: [] for key in known}
    for child in element:
        key = _key(child)
        if key == "descripGrp":
            key = _key(child[0])
        if key not in known:
            raise _Unheld(child, f"<{key}>")
        parts[key].append(child)
    return parts


def _key(element: etree._Element) -> str:
    return " ".join(filter(None, (etree.QName(element).localname, element.get("type"))))


def _text(element: etree._Element) -> str:
    if len(element):
        raise _Unheld(element, f"markup in the text of <{_key(element)}>")
    return (element.text or "").strip()


def _texts(elements: Iterable[etree._Element], between: str = "; ") -> str:
    return between.join(filter(None, map(_text, elements)))


def _only(elements: list[etree._Element]) -> str:
    if len(elements) > 1:
        raise _Unheld(elements[1], f"a second <{_key(elements[1])}>")
    return _texts(elements)


def _described(parts: _Parts, key: str) -> list[tuple[etree._Element, str]]:
    """Each description of a kind with its source ("" for none)."""
    found = []
    for element in parts[key]:
        if _key(element) == "descripGrp":
            group = _parts(element, (key, _SOURCE))
            found.append((group[key][0], _texts(group[_SOURCE])))
        else:
            found.append((element, ""))
    return found


def _concept(entry: etree._Element, ids: Collection[str]) -> Concept:
    parts = _parts(entry, _CONCEPT_PARTS)
    definitions: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    sources: dict[str, None] = {}
    terms: dict[str, list[Term]] = {language: [] for language in LANGUAGES}
    for section in (entry, *parts["langSec"]):
        of_section = parts if section is entry else _parts(section, _LANGUAGE_PARTS)
        for descrip, source in _described(of_section, _DEFINITION):
            definitions[_language(descrip)].append(_text(descrip))
            sources[source] = None
        if section is not entry:
            terms[_language(section)] += map(_term, of_section["termSec"])
    for ref in parts["ref crossReference"]:
        if ref.get("target") not in ids:
            raise _Unheld(ref, "a <ref> to something else than a concept")
    numbers = [note for note in parts["note"] if _HOMOGRAPH.fullmatch(_text(note))][:1]
    return Concept(
        id=entry.get("id", ""),
        terms=tuple(term for language in LANGUAGES for term in terms[language]),
        subject_field=_texts(parts["descrip subjectField"]),
        definition="\n".join(filter(None, definitions[ENGLISH])),
        definition_ja="\n".join(filter(None, definitions[JAPANESE])),
        definition_source="; ".join(filter(None, sources)),
        note=_texts((note for note in parts["note"] if note not in numbers), "\n"),
        homograph=int(_text(numbers[0]).split()[1]) if numbers else 0,
        source=_texts(parts[_SOURCE]),
        related=tuple(ref.get("target", "") for ref in parts["ref crossReference"]),
        **_last_change(parts["transacGrp"]),
    )


def _language(element: etree._Element) -> str:
    """The language of an element, its own or the one it stands in."""
    inherited = (a.get(LANG) for a in (element, *element.iterancestors()))
    language = next(filter(None, inherited), ENGLISH)
    if language not in LANGUAGES:
        raise _Unheld(element, f"the language {language!r} (known are ja and en)")
    return language


class _Change(TypedDict):
    revision: int
    changed: str
    changed_by: str


def _last_change(groups: Iterable[etree._Element]) -> _Change:
    last = _Change(revision=1, changed="", changed_by="")
    for group in groups:
        parts = _parts(group, _CHANGE_PARTS)
        revision = 1
        for note in parts["note"]:
            if not (match := _REVISION.fullmatch(_text(note))):
                raise _Unheld(note, "a note on a transaction that is not like `revision: 3`")
            revision = int(match[1])
        change = _Change(
            revision=revision,
            changed=_texts(parts["date"]),
            changed_by=_texts(parts["transacNote responsibility"]),
        )
        last = max(last, change, key=lambda c: (c["changed"], c["revision"], c["changed_by"]))
    return last


def _term(termsec: etree._Element) -> Term:
    parts = _parts(termsec, _TERM_PARTS)
    text = _text(parts["term"][0])
    readings = [note for note in parts["note"] if _text(note).startswith(_READING)][:1]
    part_of_speech = _only(parts["termNote partOfSpeech"])
    kind = _only(parts["termNote termType"])
    usage = _only(parts["termNote administrativeStatus"])
    return Term(
        text=text,
        language=_language(termsec),
        reading=_texts(readings).removeprefix(_READING).strip(),
        part_of_speech=PartOfSpeech(part_of_speech) if part_of_speech else PartOfSpeech.NOUN,
        type=TermType(kind) if kind else None,
        usage=_USAGE[usage] if usage else Usage.PREFERRED,
        note=_texts((note for note in parts["note"] if note not in readings), "\n"),
        source=_texts(parts[_SOURCE]),
        contexts=tuple(
            Context.locating(text, sentence, source)
            for descrip, source in _described(parts, "descrip context")
            if (sentence := _text(descrip))
        ),
    )


FORMAT = Format(".tbx", write)
