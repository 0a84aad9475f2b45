r"""Mochi decks (.mochi), by https://mochi.cards/docs/import-and-export/mochi-format-reference.

The file is a ZIP of one `data.json` in Transit (https://github.com/cognitect/transit-format): a
keyword is a string that begins with `~:`, and a text that begins with one of ~ ^ ` gets a ~ before
it. The cards of a deck are a Transit list, as in Mochi's own exports.

A card is Markdown. `---` parts its sides, `{{…}}` is left out until it is revealed (a cloze), and
`{核}(かく)` sets a reading above a piece. What is Markdown by chance (`*`, `#tag`, `[[…]]`) gets a
backslash before it, as CommonMark has it.

Ids come from the concept and the kind of card alone, so that a later edition has the same ones.
"""

from __future__ import annotations

import hashlib
import json
import re
import string
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from yakugo.formats import Format
from yakugo.formats.archive import archive
from yakugo.formats.atomic import replacing
from yakugo.formats.vocabulary import Sentence, Word, text_of, vocabulary
from yakugo.furigana import Piece
from yakugo.model import CardKind, Snapshot

_VERSION = 2
_SIDES = "\n\n---\n\n"
_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_ID_LENGTH = 12

# What means something to Markdown or Mochi at the beginning of a line, and what does anywhere.
_SPECIAL = re.compile(r"^(\s*\d*)([-+:.)])|([\\`*_{}\[\]<>#~=$^&])")
_RESERVED = ("~", "^", "`")  # in Transit
# CommonMark sees no emphasis between a letter and a punctuation mark, which Japanese writes without
# a space: 彼は**「傘」**の is plain text. What cannot be seen and is no mark stands between then.
_NOTHING = "\u200b"


def write(snapshot: Snapshot, path: Path) -> None:
    """Write a deck with a card of each wanted kind for each word, the most useful first.

    With `subdecks` there is one deck a subject field inside that of the glossary.
    """
    data = json.dumps(_document(snapshot), ensure_ascii=False, separators=(",", ":"))
    package = archive([("data.json", data.encode())])
    with replacing(path) as temporary:
        temporary.write_bytes(package)


def _document(snapshot: Snapshot) -> dict[str, Any]:
    top = _id("deck", snapshot.title)
    words = vocabulary(snapshot)
    cards = [
        (word.subject_field if snapshot.cards.subdecks else "", _id(kind, word.concept), content)
        for kind, face in _FACES.items()
        if kind in snapshot.cards.kinds
        for word in words
        if (content := face(word))
    ]
    digits = len(str(len(cards)))
    decks = {"": {"~:id": top, "~:name": _text(f"yakugo {snapshot.title}")}}
    for field in sorted({field for field, _, _ in cards} - {""}):
        deck = {"~:id": _id("deck", snapshot.title, field), "~:name": _text(field)}
        decks[field] = deck | {"~:parent-id": top}
    inside: dict[str, list[dict[str, str]]] = {field: [] for field in decks}
    for place, (field, identity, content) in enumerate(cards):
        card = {"~:id": identity, "~:deck-id": decks[field]["~:id"], "~:content": _text(content)}
        inside[field].append(card | {"~:pos": str(place).zfill(digits)})
    return {
        "~:version": _VERSION,
        "~:decks": [decks[field] | {"~:cards": {"~#list": inside[field]}} for field in decks],
    }


def _recognition(word: Word) -> str:
    question = f"# {_plain(word.japanese)}", _sentence(word.asked, _written)
    return _sides(question, (*_japanese(word), *_english(word), _sentence(word.sentence, _ruby)))


def _production(word: Word) -> str:
    return _sides(_english(word), (*_japanese(word), _sentence(word.sentence, _ruby)))


def _cloze(word: Word) -> str:
    before, term, after = map(text_of, word.sentence)
    if not term:
        return ""
    hidden = f"{{{{{_plain(term)}}}}}"  # wherever the sentence has it
    around = (hidden.join(map(_plain, part.split(term))) for part in (before, after))
    question = hidden.join(around), _plain(word.english)
    return _sides(question, (*_japanese(word), *_english(word)))


_FACES: dict[CardKind, Callable[[Word], str]] = {
    CardKind.RECOGNITION: _recognition,
    CardKind.PRODUCTION: _production,
    CardKind.CLOZE: _cloze,
}


def _sides(question: Iterable[str], answer: Iterable[str]) -> str:
    """The two sides of a card, without the paragraphs that are empty."""
    sides = ([part.strip() for part in side] for side in (question, answer))
    return _SIDES.join("\n\n".join(filter(None, side)) for side in sides)


def _japanese(word: Word) -> tuple[str, ...]:
    reading = _plain(word.reading) if word.reads_otherwise else ""
    return f"# {_ruby(word.furigana)}", reading, _plain("、".join(word.other_japanese))


def _english(word: Word) -> tuple[str, ...]:
    definition = (_plain(line) for line in word.definition.split("\n"))
    return f"## {_plain(word.english)}", _plain("; ".join(word.other_english)), *definition


def _sentence(sentence: Sentence, written: Callable[[Iterable[Piece]], str]) -> str:
    """The sentence with the term in bold."""
    before, term, after = map(written, sentence)
    return f"{before}{_bold(term)}{after}" if term else before


def _bold(markdown: str) -> str:
    first, last = (_NOTHING if _is_mark(char) else "" for char in (markdown[0], markdown[-1]))
    return f"**{first}{markdown}{last}**"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _ruby(cut: Iterable[Piece]) -> str:
    return "".join(
        f"{{{_plain(piece.text)}}}({piece.reading})" if piece.reading else _plain(piece.text)
        for piece in cut
    )


def _written(cut: Iterable[Piece]) -> str:
    return _plain(text_of(cut))


def _plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\1\\\2\3", text)


def _text(text: str) -> str:
    """A text that Transit takes for one."""
    return f"~{text}" if text.startswith(_RESERVED) else text


def _id(*what: str) -> str:
    """A keyword of letters and digits that is always the same for the same thing."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(what).encode()).digest())
    letters = []
    for _ in range(_ID_LENGTH):
        number, letter = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "~:" + "".join(letters)


FORMAT = Format(".mochi", write)
