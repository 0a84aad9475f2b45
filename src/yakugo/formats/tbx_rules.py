"""The rules of TBX-Basic, version 3, DCA style (ISO 30042:2019): what a valid file looks like.

The rules are tables; `check` walks through a file once and says what breaks them. They follow
the core structure and the TBX-Basic dialect, and are stricter where those let a slip pass: an
empty term, a transaction type that is not in the picklist.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lxml import etree

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_TBX = f"{{{NAMESPACE}}}"

# Which elements an element holds, in which order: `a b? c+ d|e*` as in a DTD. Elements that
# are not listed hold text.
_AUXILIARY = "admin|adminGrp|descrip|descripGrp|note|ref|transacGrp|xref*"
_CONTENT = {
    "tbx": "tbxHeader text",
    "tbxHeader": "fileDesc encodingDesc? revisionDesc?",
    "fileDesc": "publicationStmt|titleStmt* sourceDesc+",
    "titleStmt": "title note*",
    "publicationStmt": "p+",
    "sourceDesc": "p+",
    "encodingDesc": "p+",
    "revisionDesc": "change+",
    "change": "p+",
    "text": "body? back?",
    "body": "conceptEntry+",
    "conceptEntry": f"{_AUXILIARY} langSec+",
    "langSec": f"{_AUXILIARY} termSec+",
    "termSec": f"term termNote|termNoteGrp* {_AUXILIARY}",
    "termNoteGrp": "termNote admin|adminGrp|note|ref|transacGrp|xref*",
    "adminGrp": "admin adminNote|note|ref|xref*",
    "descripGrp": "descrip admin|adminGrp|descripNote|note|ref|transacGrp|xref*",
    "transacGrp": "transac date|note|ref|transacNote|xref*",
    "back": "refObjectSec*",
    "refObjectSec": "refObject+",
    "refObject": "item|itemGrp|itemSet+",
    "itemSet": "item|itemGrp+",
    "itemGrp": "item note|ref|xref*",
}

# Which markup stands inside text; any other text is bare.
_INLINE = {
    **dict.fromkeys(("term", "title"), "hi"),
    **dict.fromkeys(
        ("note", "descrip", "admin", "termNote", "p", "foreign", "item"), "foreign hi ph sc ec"
    ),
}

# The attributes of an element, `!` for those it must have; any may have `id` and `xml:lang`.
_ATTRIBUTES = {
    "tbx": "type! style! xml:lang!",
    "conceptEntry": "id!",
    "langSec": "xml:lang!",
    "xref": "type! target!",
    "ref": "type! target! datatype",
    "refObjectSec": "type!",
    "hi": "type target",
    "sc": "type subType target isolated",
    "ec": "type subType target isolated startRef",
    **dict.fromkeys(("p", "ph", "item"), "type"),
    **dict.fromkeys(
        ("admin", "adminNote", "descrip", "descripNote", "termNote", "transac", "transacNote"),
        "type! target datatype",
    ),
}

# The data categories of TBX-Basic: element and type, the levels it may stand at, its picklist
# (none: free text). No other type exists, nor one for a reading: that is a note.
_CONCEPT, _LANGUAGE, _TERM = _LEVELS = ("conceptEntry", "langSec", "termSec")
_CATEGORIES = {
    ("descrip", "subjectField"): ((_CONCEPT,), ""),
    ("descrip", "definition"): ((_CONCEPT, _LANGUAGE), ""),
    ("descrip", "context"): ((_TERM,), ""),
    ("admin", "source"): (_LEVELS, ""),
    ("admin", "customerSubset"): ((_CONCEPT, _TERM), ""),
    ("admin", "projectSubset"): ((_CONCEPT, _TERM), ""),
    ("ref", "crossReference"): ((_CONCEPT, _TERM), ""),
    ("xref", "externalCrossReference"): (_LEVELS, ""),
    ("xref", "xGraphic"): ((_CONCEPT, _LANGUAGE), ""),
    ("termNote", "administrativeStatus"): (
        (_TERM,),
        "preferredTerm-admn-sts admittedTerm-admn-sts deprecatedTerm-admn-sts "
        "supersededTerm-admn-sts",
    ),
    ("termNote", "partOfSpeech"): ((_TERM,), "noun verb adjective adverb other"),
    ("termNote", "termType"): (
        (_TERM,),
        "fullForm acronym abbreviation shortForm variant phrase",
    ),
    ("termNote", "grammaticalGender"): ((_TERM,), "masculine feminine neuter other"),
    ("termNote", "geographicalUsage"): ((_TERM,), ""),
    ("termNote", "termLocation"): (
        (_TERM,),
        "checkBox comboBox comboBoxElement dialogBox groupBox informativeMessage "
        "interactiveMessage menuItem progressBar pushButton radioButton slider spinBox tab "
        "tableText textBox toolTip user-definedType",
    ),
    ("transac", "transactionType"): (_LEVELS, "origination modification"),
    ("transacNote", "responsibility"): (_LEVELS, ""),
}
_CATEGORIZED = {tag for tag, _ in _CATEGORIES}

_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NCNAME = re.compile(rf"[{_NAME_START}][{_NAME_START}\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_URI = re.compile(r"https?://\S+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule: the line (from 1; 0 if unknown), the place in the file, what to change."""

    line: int
    place: str
    message: str

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        where = ", ".join(filter(None, (line, self.place)))
        return f"{where}: {self.message}" if where else self.message


def check(source: Path | etree._Element) -> list[Fault]:
    """Every rule that a file (or its tree) breaks, line by line; dangling targets come last."""
    if isinstance(source, Path):
        root, faults = parse(source)
        return faults if root is None else check(root)
    if source.tag != f"{_TBX}tbx":
        return [fault(source, f"the root must be <tbx> in the namespace {NAMESPACE}")]
    ids: dict[str, etree._Element] = {}
    faults = []
    for element in source.iter(etree.Element):
        faults += _faults_of_element(element, ids)
    return faults + [
        fault(e, f'target="{target}" is no id in this file')
        for e in source.iter(etree.Element)
        if (target := e.get("target")) is not None and _name(e) != "xref" and target not in ids
    ]


def parse(path: Path) -> tuple[etree._Element | None, list[Fault]]:
    """Read the XML of a file, without DTDs, entities or network: its root, or why there is none."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        return None, [Fault(0, "", f"cannot be read: {error.strerror}; check the path")]
    except etree.XMLSyntaxError as error:
        return None, [Fault(error.lineno or 1, "", f"not well-formed XML: {error.msg}; repair it")]
    if root.getroottree().docinfo.doctype:
        return None, [Fault(1, "", "has a DOCTYPE, and none is loaded; remove it")]
    return root, []


def fault(element: etree._Element, message: str) -> Fault:
    """A fault at an element; its place is the concept that holds it, else the path to it."""
    path = [element, *element.iterancestors()]
    concepts = (e.get("id") for e in path if _name(e) == "conceptEntry")
    concept = next(filter(None, concepts), None)
    place = f"concept {concept}" if concept else "/".join(map(_name, reversed(path)))
    return Fault(element.sourceline or 0, place, message)


def _faults_of_element(element: etree._Element, ids: dict[str, etree._Element]) -> Iterator[Fault]:
    name = _name(element)
    if not element.tag.startswith(_TBX):
        yield fault(element, f"<{element.tag}> is not in the namespace {NAMESPACE}")
        return
    yield from _faults_of_attributes(element, name, ids)
    if name in _CONTENT:
        yield from _faults_of_content(element, name)
    else:
        yield from _faults_of_text(element, name)
    if name in _CATEGORIZED and "type" in element.attrib:
        yield from _faults_of_category(element, name)


def _faults_of_attributes(
    element: etree._Element, name: str, ids: dict[str, etree._Element]
) -> Iterator[Fault]:
    declared = _ATTRIBUTES.get(name, "").split()
    present = [str(a).replace(_XML, "xml:") for a in element.attrib]
    for missing in (a[:-1] for a in declared if a[-1] == "!" and a[:-1] not in present):
        yield fault(element, f"<{name}> must have the attribute {missing}")
    known = {"id", "xml:lang", *(a.rstrip("!") for a in declared)}
    for unknown in (a for a in present if a not in known):
        yield fault(element, f"<{name}> has no attribute {unknown}")
    for attribute, value in (("type", "TBX-Basic"), ("style", "dca")):
        if name == "tbx" and element.get(attribute, value) != value:
            yield fault(element, f'{attribute} must be "{value}"')
    language = element.get(LANG)
    if language is not None and not _LANGUAGE_TAG.fullmatch(language):
        yield fault(element, f'xml:lang="{language}" is no language code')
    if name == "xref" and not _URI.fullmatch(element.get("target", "https://missing")):
        yield fault(element, "the target of <xref> must be an http or https address")
    identifier = element.get("id")
    if identifier is None:
        return
    if not _NCNAME.fullmatch(identifier):
        yield fault(element, f'id="{identifier}" must begin with a letter and hold no spaces')
    if (first := ids.setdefault(identifier, element)) is not element:
        yield fault(element, f'id="{identifier}" is already used in line {first.sourceline}')


def _faults_of_content(element: etree._Element, name: str) -> Iterator[Fault]:
    stray = next((t for t in (element.text, *(c.tail for c in element)) if t and t.strip()), None)
    if stray is not None:
        yield fault(element, f"<{name}> holds elements, not text: {stray.strip()[:20]}")
    children = deque(element.iterchildren(etree.Element))
    for slot in _CONTENT[name].split():
        allowed = slot.rstrip("?*+").split("|")
        most = len(children) if slot[-1] in "*+" else 1
        count = 0
        while count < most and children and _name(children[0]) in allowed:
            children.popleft()
            count += 1
        if count == 0 and slot[-1] not in "?*":
            yield fault(element, f"<{name}> lacks {_tags(allowed)} here: {_spelt(name)}")
            return
    if children:
        wrong = f"<{_name(children[0])}> may not stand here"
        yield fault(children[0], f"{wrong}: {_spelt(name)}")


def _faults_of_text(element: etree._Element, name: str) -> Iterator[Fault]:
    for child in element.iterchildren(etree.Element):
        if _name(child) not in _INLINE.get(name, "").split():
            yield fault(child, f"<{_name(child)}> may not stand in the text of <{name}>")
    text = "".join(element.itertext())
    if name == "term" and not text.strip():
        yield fault(element, "<term> is empty")
    if name == "date" and not _is_date(text.strip()):
        yield fault(element, f"<date> must be as 2026-11-23 or 2026-11-23T08:30:00Z: {text}")


def _faults_of_category(element: etree._Element, name: str) -> Iterator[Fault]:
    kind = element.get("type", "")
    if (name, kind) not in _CATEGORIES:
        known = ", ".join(k for tag, k in _CATEGORIES if tag == name)
        yield fault(
            element, f'type="{kind}" is no category of TBX-Basic; for <{name}> there are {known}'
        )
        return
    levels, picklist = _CATEGORIES[name, kind]
    level = next((_name(e) for e in element.iterancestors() if _name(e) in _LEVELS), "")
    if level and level not in levels:
        right = _tags(levels)
        yield fault(element, f'<{name} type="{kind}"> belongs in {right}, not in <{level}>')
    value = "".join(element.itertext()).strip()
    if picklist and value not in picklist.split():
        yield fault(element, f"{kind} must be one of {', '.join(picklist.split())}: {value}")


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:  # a day that the calendar does not have
        return False


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _tags(names: tuple[str, ...] | list[str]) -> str:
    return " or ".join(f"<{name}>" for name in names)


def _spelt(name: str) -> str:
    return f"<{name}> holds {_CONTENT[name].replace('|', ' | ')}"
