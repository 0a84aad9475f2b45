"""Printable cards (PDF): eight a page, to print on both sides, cut, and take along.

What is asked stands in front, without its reading: the Japanese term with its sentence, or the
English with its definition. The back has the term with furigana and all the rest. How a sheet
looks is in `pdf.typ`; Typst (https://typst.app), a typesetter in one package, breaks the lines by
禁則 and embeds of the font what is used. Both come with the extra `pdf`, so that any machine gives
the same pages.

A card that is too full is set smaller. What would make it unreadably small is shortened, and then
ends in "…": definitions, and sentences far from the term.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from importlib.resources import files
from itertools import accumulate, groupby, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from yakugo.errors import MissingPackageError
from yakugo.formats import Format, missing
from yakugo.formats.atomic import replacing
from yakugo.formats.vocabulary import Sentence, Word, vocabulary
from yakugo.furigana import Piece
from yakugo.model import CardKind, Snapshot


class Span(NamedTuple):
    """A part of a text as `pdf.typ` takes it; `strong` where it is the term of the card."""

    text: str
    reading: str = ""
    strong: bool = False


Part = dict[str, Any]  # of a face, as pdf.typ takes it: its style, its pieces, what cannot break
Face = list[Part]

_FONT = "noto_cjk_sans_jp_regular"
_A_PAGE = 8
_HOW_TO_PRINT = "print on both sides, turned over the long edge, and cut along the lines"

_MOST_OF_A_DEFINITION = 400  # characters
_MOST_BESIDE_THE_TERM = 70  # … of its sentence, on each side
_CUT_OFF = "…"

# What begins no line and ends none (禁則, JIS X 4051). Typst knows it of text, but to it a piece
# with furigana is a box, beside which a line may end.
_SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
_BEGINS_NO_LINE = re.compile(f"[、。，．：；？！・ー々〻ゝゞヽヾ’”）〕］｝〉》」』】{_SMALL_KANA}]")
_ENDS_NO_LINE = re.compile(r"[‘“（〔［｛〈《「『【]\Z")
_JOINED = "\u2060"  # word joiner: no line ends here
_CUT = "\u200b"  # zero-width space: a line may end here

# What may have to stay in one line: neither kanji, kana nor a blank, a hyphen, a slash.
_RUN = re.compile(
    f"(?:[{_SMALL_KANA}ー]"
    rf"|[^ \t\u3000/{_CUT}\u2010-\u2015\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff-])+"
)
_LONGEST_RUN = 24  # longer than English words are; may be cut anywhere
_GLUE = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")  # keeps a word at a piece that is a box
_FITS = 4  # so many characters fit at any size, beside as many others


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the cards of a snapshot, the most useful words first; MissingPackageError as in `draw`.

    First all that ask for the English, then all that ask for the Japanese, as far as wanted.
    """
    pages = draw(snapshot, snapshot.cards.paper)
    with replacing(path) as temporary:
        temporary.write_bytes(pages)


def draw(snapshot: Snapshot, paper: str = "a4") -> bytes:
    """The PDF; `paper` is a name of Typst's: `a4`, `us-letter`.

    MissingPackageError when the packages of the extra `pdf` are not installed.
    """
    if lacking := missing("pdf"):
        raise MissingPackageError(
            f"printable cards need {' and '.join(lacking)}; pip install 'yakugo[pdf]' installs it"
        )
    import typst

    as_of = datetime.fromisoformat(snapshot.as_of)
    data = {
        "title": snapshot.title,
        "paper": paper,
        "sheets": sheets(snapshot),
    }
    compiler = typst.Compiler(
        files("yakugo.formats").joinpath("pdf.typ").read_bytes(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(files(_FONT))]),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    pages = compiler.compile(format="pdf", timestamp=int(as_of.timestamp()), pdf_tags=False)
    assert isinstance(pages, bytes)  # as of any format but PNG and SVG, which are many files
    return pages


def sheets(snapshot: Snapshot) -> list[dict[str, Any]]:
    """What is on each sheet of paper: the labels of its two pages, and its cards, row by row."""
    words = vocabulary(snapshot)
    wanted = [kind for kind in _FACES if kind in snapshot.cards.kinds] or [CardKind.RECOGNITION]
    made = []
    for kind in wanted:
        question, answer, direction = _FACES[kind]
        cards = [{"front": question(word), "back": answer(word)} for word in words]
        on_sheets = [cards[i : i + _A_PAGE] for i in range(0, len(cards), _A_PAGE)]
        for number, some in enumerate(on_sheets, start=1):
            label = f"{snapshot.title} · {direction} · sheet {number} of {len(on_sheets)} · "
            labels = {"front": f"{label}front · {_HOW_TO_PRINT}", "back": f"{label}back"}
            made.append({"label": labels, "cards": some})
    return made


def _asks_for_english(word: Word) -> Face:
    sentence = _shortened_sentence(word.asked)
    return _face(
        _part("question", _plain(word.japanese)),
        _part("sentence", _spans(sentence, read=False)),
        _part("source", _plain(word.subject_field)),
    )


def _english_and_all(word: Word) -> Face:
    return _face(*_japanese(word, "japanese"), *_english(word, "english"), *_in_use(word))


def _asks_for_japanese(word: Word) -> Face:
    return _face(*_english(word, "english-question"), _part("source", _plain(word.subject_field)))


def _japanese_and_all(word: Word) -> Face:
    return _face(*_japanese(word, "question"), *_in_use(word))


_FACES: dict[CardKind, tuple[Callable[[Word], Face], Callable[[Word], Face], str]] = {
    CardKind.RECOGNITION: (_asks_for_english, _english_and_all, "Japanese → English"),
    CardKind.PRODUCTION: (_asks_for_japanese, _japanese_and_all, "English → Japanese"),
}


def _japanese(word: Word, style: str) -> list[Part]:
    return [
        _part(style, _spans(Sentence(word.furigana))),
        _part("reading", _plain(word.reading if word.reads_otherwise else "")),
        _part("other", _plain("、".join(word.other_japanese))),
    ]


def _english(word: Word, style: str) -> list[Part]:
    definition = _shortened(" ".join(word.definition.split("\n")), _MOST_OF_A_DEFINITION)
    return [
        _part(style, _plain(word.english)),
        _part("other-english", _plain("; ".join(word.other_english))),
        _part("definition", _plain(definition)),
    ]


def _in_use(word: Word) -> list[Part]:
    sentence = _shortened_sentence(word.sentence)
    return [_part("sentence", _spans(sentence)), _part("source", _plain(word.source))]


def _face(*parts: Part) -> Face:
    return [part for part in parts if part["pieces"]]


def _part(style: str, spans: Iterable[Span]) -> Part:
    cut = [span if span.reading else _with_cuts(span) for span in _merged(spans)]
    return {
        "style": style,
        "pieces": [span._asdict() for span in _bound(cut)],
        "unbroken": [span._asdict() for span in _unbroken(cut)],
    }


def _plain(text: str) -> list[Span]:
    return [Span(text)] if text else []


def _spans(sentence: Sentence, read: bool = True) -> list[Span]:
    return [
        Span(piece.text, piece.reading if read else "", strong)
        for cut, strong in zip(sentence, (False, True, False), strict=True)
        for piece in cut
    ]


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, those without a reading put together."""
    for (strong, read), some in groupby(spans, key=lambda span: (span.strong, bool(span.reading))):
        if read:
            yield from some
        else:
            yield Span("".join(span.text for span in some), strong=strong)


def _with_cuts(span: Span) -> Span:
    def cut(run: re.Match[str]) -> str:
        return _CUT.join(run[0][i : i + _LONGEST_RUN] for i in range(0, len(run[0]), _LONGEST_RUN))

    return span._replace(text=_RUN.sub(cut, span.text.translate(_GLUE)))


def _unbroken(spans: Iterable[Span]) -> Iterator[Span]:
    """What stays in one line and may be too long for it; it may reach over the edge of the term."""
    for read, some in groupby(spans, key=lambda span: bool(span.reading)):
        if read:
            yield from (one for one in some if max(len(one.text), len(one.reading) / 2) > _FITS)
        else:
            runs = _RUN.findall("".join(span.text for span in some))
            yield from (Span(run) for run in runs if len(run) > _FITS)


def _bound(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, with what keeps them in one line where neither may begin or end one."""
    for before, after in zip_longest(spans, spans[1:], fillvalue=Span("")):
        yield before
        boxed = before.reading or after.reading
        if boxed and (_ENDS_NO_LINE.search(before.text) or _BEGINS_NO_LINE.match(after.text)):
            yield Span(_JOINED)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + _CUT_OFF


def _shortened_sentence(sentence: Sentence) -> Sentence:
    """A sentence without what stands far from the term, or else from its beginning."""
    before, term, after = sentence
    if not term:
        return Sentence(_first(before, 2 * _MOST_BESIDE_THE_TERM))
    nearest = _first(before[::-1], _MOST_BESIDE_THE_TERM)[::-1]
    return Sentence(nearest, term, _first(after, _MOST_BESIDE_THE_TERM))


def _first(cut: tuple[Piece, ...], most: int) -> tuple[Piece, ...]:
    """As many pieces as have so many characters."""
    ends = accumulate(len(piece.text) for piece in cut)
    kept = sum(end <= most for end in ends)
    return cut if kept == len(cut) else (*cut[:kept], Piece(_CUT_OFF))


FORMAT = Format(".pdf", write)
