"""TBX-Basic, version 2 (`martif`): what most CAT tools read and write today.

Written for the readers that are known: `tig` and never `ntig` (Okapi, Translate Toolkit), no
DOCTYPE (SaxonC fails on a DTD that it cannot find), the preferred term first in each language
(Translate Toolkit takes one), one definition, and before all else that is described (it takes
any description for a definition). OmegaT shows every term as a right one, whatever its
status: terms to avoid are not terms of the entry, but named in its note.

Left out: contexts, sources of terms, relations, revisions. Version 3 has them.

Read is what other tools write, of this version or the next, DCA or DCT style: each thing at
whatever level it stands, and what is not known is passed over. What yakugo publishes `tbx.read`
reads, and strictly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from yakugo.bitext import elements
from yakugo.bitext.sides import holds_japanese, language_of
from yakugo.errors import DocumentError, FormatError
from yakugo.formats import Format
from yakugo.formats.atomic import replacing
from yakugo.formats.tbx import LANGUAGES, STATUS, add, add_entries, serialized
from yakugo.formats.tbx_rules import LANG
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

_AVOID, _READING = "avoid:", "reading:"  # notes that hold what the format has no place for
_BETWEEN = "; "
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
    avoided = _BETWEEN.join(term.text.strip() for term in concept.terms if term.usage not in _RANK)
    if avoided:
        add(entry, "note", f"{_AVOID} {avoided}")
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
        add(tig, "note", f"{_READING} {term.reading.strip()}")
    if term.note.strip():
        add(tig, "note", term.note)


class Found(NamedTuple):
    """The concepts of a file, in its order, and how many terms it has in other languages."""

    concepts: list[Concept]
    others: Counter[str]


_ENTRY = {"martif": "termEntry", "tbx": "conceptEntry"}  # by the root: version 2, version 3
_SECTIONS = frozenset(("langSet", "langSec"))
_TERMS = frozenset(("tig", "ntig", "termSec"))
_TERM_GROUPS = frozenset(("termGrp", "termNoteGrp"))  # nothing but levels: what is in them counts

# The data categories and their values, letters only: tools write them in several ways.
_STATUSES = ("administrativestatus", "normativeauthorization", "status", "usagestatus")
_PRONUNCIATIONS = ("reading", "pronunciation", "furigana", "yomi", "kana")
_OF_CONCEPT = ("definition", "subjectfield")  # said of a term, they are of its concept
_USAGES = {
    **dict.fromkeys(
        ("preferred", "standardized", "legal", "regulated", "approved"), Usage.PREFERRED
    ),
    **dict.fromkeys(("admitted", "allowed", "proposed", "provisional"), Usage.ADMITTED),
    **dict.fromkeys(
        ("deprecated", "forbidden", "prohibited", "notrecommended", "nonstandard"), Usage.DEPRECATED
    ),
    **dict.fromkeys(("superseded", "obsolete", "archaic", "outdated"), Usage.SUPERSEDED),
}
_PARTS_OF_SPEECH = {
    **{part.value: part for part in PartOfSpeech},
    **dict.fromkeys(("propernoun", "nounphrase", "nounproper", "n"), PartOfSpeech.NOUN),
    **dict.fromkeys(("transitiveverb", "intransitiveverb", "v"), PartOfSpeech.VERB),
    "adj": PartOfSpeech.ADJECTIVE,
    "adv": PartOfSpeech.ADVERB,
}
_TYPES = {
    **{kind.value.casefold(): kind for kind in TermType},
    "initialism": TermType.ACRONYM,
    "abbreviatedform": TermType.ABBREVIATION,
    **dict.fromkeys(("phraseologicalunit", "setphrase"), TermType.PHRASE),
    **dict.fromkeys(("spellingvariant", "orthographicvariant"), TermType.VARIANT),
}
_NO_LETTER = re.compile(r"[^a-z]+")


def is_version_2(path: Path) -> bool:
    """Whether a TBX file is of version 2, by its root; FormatError if it is of none."""
    return _root(path) == "martif"


def _root(path: Path) -> str:
    try:
        name = elements.root(path).name
    except DocumentError as error:
        raise FormatError(str(error)) from None
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror}; check the path") from None
    if name not in _ENTRY:
        raise FormatError(
            f"{path}, line 1: is no TBX file: its root is <{name}>, not <martif> or <tbx>; export "
            "it again as TBX"
        )
    return name


def read(path: Path) -> Found:
    """The concepts of a TBX file that have a Japanese or an English term.

    Languages go by their primary code (ja-JP, en_US); a term without a status is preferred when
    it is the first of its language, else admitted. An id is as in the file, "" without; terms that
    our own files name in the note "avoid:" are deprecated ones. FormatError, naming file and line,
    for a file that is damaged or declares entities, and for one without such terms.
    """
    others: Counter[str] = Counter()
    try:
        entries = elements.elements(path, _ENTRY[_root(path)])
        concepts = [concept for entry in entries if (concept := _concept(entry, others))]
    except DocumentError as error:
        raise FormatError(str(error)) from None
    if not concepts:
        there = ", ".join(sorted(others)) or "none"
        raise FormatError(
            f"{path}: has no Japanese or English terms (its languages: {there}); export it again "
            "with ja and en"
        )
    return Found(concepts, others)


class _Said(NamedTuple):
    """What is said at one level: the data category, the text, its source, its own xml:lang."""

    kind: str
    text: str
    source: str = ""
    code: str = ""


def _said(element: etree._Element) -> Iterator[_Said]:
    """What is said of a concept, a language or a term, and not of what stands in it."""
    for child in element:
        name = _name(child)
        if name in _TERM_GROUPS:
            yield from _said(child)
        elif name.endswith("Grp"):
            if name != "transacGrp" and (parts := [said for part in child for said in _one(part)]):
                source = _BETWEEN.join(part.text for part in parts[1:] if part.kind == "source")
                yield parts[0]._replace(source=source)
                yield from (part for part in parts[1:] if part.kind == "note")
        elif name not in _SECTIONS | _TERMS:
            yield from _one(child)


def _one(element: etree._Element) -> Iterator[_Said]:
    if text := "".join(element.itertext()).strip():
        # DCT style has the category for the element's name, not its type.
        yield _Said(_letters(element.get("type") or _name(element)), text, "", _code(element))


def _concept(entry: etree._Element, others: Counter[str]) -> Concept | None:
    said = list(_said(entry))
    terms: dict[str, list[Term]] = {JAPANESE: [], ENGLISH: []}
    for section in (child for child in entry if _name(child) in _SECTIONS):
        code = _code(section)
        within = [child for child in section if _name(child) in _TERMS]
        if not (language := language_of(code)):
            others[re.split("[-_]", code)[0].lower() or "unnamed"] += len(within)
            continue
        of_section = list(_said(section))
        for element in within:
            of_term = list(_said(element))
            if term := _term(of_term, language, first=not terms[language]):
                terms[language].append(term)
            of_section += (one for one in of_term if one.kind in _OF_CONCEPT)
        said += (one if one.code else one._replace(code=language) for one in of_section)
    notes = _texts(said, "note")
    for note in notes:
        if note.startswith(_AVOID):
            for text in note.removeprefix(_AVOID).split(_BETWEEN):
                language = _of_script(text)
                terms[language].append(Term(text.strip(), language, usage=Usage.DEPRECATED))
    if not any(terms.values()):
        return None
    definitions = [one for one in said if one.kind == "definition"]
    return Concept(
        id=entry.get("id", ""),
        terms=tuple(term for language in LANGUAGES for term in terms[language]),
        subject_field=_BETWEEN.join(_texts(said, "subjectfield")),
        definition="\n".join(_in_language(definitions, ENGLISH)),
        definition_ja="\n".join(_in_language(definitions, JAPANESE)),
        definition_source=_BETWEEN.join(dict.fromkeys(d.source for d in definitions if d.source)),
        note="\n".join(note for note in notes if not note.startswith(_AVOID)),
        source=_BETWEEN.join(_texts(said, "source")),
    )


def _term(said: Sequence[_Said], language: str, *, first: bool) -> Term | None:
    """A term, from what is said of it; None when it is empty."""
    text = " ".join("".join(_texts(said, "term")[:1]).split())
    if not text:
        return None
    notes = _texts(said, "note")
    readings = [note for note in notes if note.startswith(_READING)]
    kana = [note.removeprefix(_READING).strip() for note in readings]
    usages = [_USAGES.get(_status(value)) for value in _texts(said, *_STATUSES)]
    parts = [_PARTS_OF_SPEECH.get(_letters(value)) for value in _texts(said, "partofspeech")]
    kinds = [_TYPES.get(_letters(value)) for value in _texts(said, "termtype")]
    return Term(
        text,
        language,
        reading=next(iter(kana + _texts(said, *_PRONUNCIATIONS)), ""),
        part_of_speech=next(
            filter(None, parts), PartOfSpeech.OTHER if parts else PartOfSpeech.NOUN
        ),
        type=next(filter(None, kinds), None),
        usage=next(filter(None, usages), Usage.PREFERRED if first else Usage.ADMITTED),
        note="\n".join(note for note in notes if note not in readings),
        source=_BETWEEN.join(_texts(said, "source")),
        contexts=tuple(
            Context.locating(text, one.text, one.source) for one in said if one.kind == "context"
        ),
    )


def _in_language(definitions: Iterable[_Said], language: str) -> list[str]:
    """The definitions in a language: their own, that of their level, else that of their script."""
    found = (
        one.text
        for one in definitions
        if language == (language_of(one.code) if one.code else _of_script(one.text))
    )
    return list(dict.fromkeys(found))


def _of_script(text: str) -> str:
    return JAPANESE if holds_japanese(text) else ENGLISH


def _texts(said: Iterable[_Said], *kinds: str) -> list[str]:
    """The texts of some data categories, each once."""
    return list(dict.fromkeys(one.text for one in said if one.kind in kinds))


def _status(value: str) -> str:
    """preferredTerm-admn-sts, Preferred term, preferred: preferred."""
    return _letters(value).removesuffix("admnsts").removesuffix("term")


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text.casefold())


def _code(element: etree._Element) -> str:
    return str(element.get(LANG) or element.get("lang") or "")


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


FORMAT = Format("-v2.tbx", write)
