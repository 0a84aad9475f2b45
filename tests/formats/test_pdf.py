"""The printable cards, read back by PDFium: what stands where, and that nothing leaves its card."""

import ctypes
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakugo import formats
from yakugo.errors import MissingPackageError
from yakugo.formats import load
from yakugo.formats.pdf import draw, sheets
from yakugo.model import CardKind, CardOptions, Concept, Context, Snapshot, Term, Usage

pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is missing")
pytest.importorskip("typst", reason="the extra pdf is missing")

MM = 72 / 25.4
WIDTH, HEIGHT = 95 * MM, 66 * MM  # of a card
A4 = (210 * MM, 297 * MM)
SLACK = 0.5  # points

RECOGNITION = CardOptions(kinds=(CardKind.RECOGNITION,))
PRODUCTION = CardOptions(kinds=(CardKind.PRODUCTION,))

UMBRELLA = Concept(
    "nuclear-umbrella",
    (
        Term("核の傘", reading="かくのかさ"),
        Term("nuclear umbrella", "en"),
        Term("umbrella", "en", usage=Usage.ADMITTED),
        Term("parasol", "en", usage=Usage.DEPRECATED),
    ),
    definition="Protection that a nuclear power promises to an ally.",
    subject_field="alliances",
)
NATO = Concept(
    "nato",
    (Term("NATO", reading="ナトー"), Term("North Atlantic Treaty Organization", "en")),
)
EXAMPLES = {"nuclear-umbrella": Context.locating("核の傘", "小国は核の「傘」を使った。", "own.txt")}


def glossary(count):
    """So many concepts, in the order of their numbers, each number a word of its own."""
    return tuple(
        Concept(f"c{i:04d}", (Term(f"項目{i:04d}番"), Term(f"item{i:04d}", "en")))
        for i in range(count)
    )


class Letter(NamedTuple):
    """A drawn character and its box, from the left and the top of the page."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    """A page: its size, and what is drawn on its cards, row by row as one sees them."""

    size: tuple[float, float]
    cards: list[list[Letter]]
    label: str

    def texts(self):
        return ["".join(letter.char for letter in card) for card in self.cards]


def pages(data):
    with closing(pdfium.PdfDocument(data)) as document:
        return [read(page) for page in document]


def read(page):
    width, height = page.get_size()
    left, top = (width - 2 * WIDTH) / 2, (height - 4 * HEIGHT) / 2
    cards, label = [[] for _ in range(8)], ""
    text = page.get_textpage()
    units = [pdfium.raw.FPDFText_GetUnicode(text, i) for i in range(text.count_chars())]
    for i, unit in enumerate(units):
        if 0xDC00 <= unit < 0xE000:  # the second half of a character beyond U+FFFF
            continue
        pair = units[i : i + 2] if 0xD800 <= unit < 0xDC00 else [unit]
        char = b"".join(half.to_bytes(2, "little") for half in pair).decode("utf-16-le")
        if not char.strip():
            continue
        x0, y0, x1, y1 = text.get_charbox(i)
        letter = Letter(char, x0, height - y1, x1, height - y0)
        column = int(((letter.left + letter.right) / 2 - left) // WIDTH)
        row = int(((letter.top + letter.bottom) / 2 - top) // HEIGHT)
        if row < 0:
            label += char
            continue
        assert column in (0, 1), letter
        assert row in range(4), letter
        x, y = left + column * WIDTH, top + row * HEIGHT
        assert x - SLACK <= letter.left <= letter.right <= x + WIDTH + SLACK, letter
        assert y - SLACK <= letter.top <= letter.bottom <= y + HEIGHT + SLACK, letter
        cards[2 * row + column].append(letter)
    return Page((width, height), cards, label)


def middle(card):
    """Where the middle of what is drawn on a card stands, from the left of the page."""
    return (min(x.left for x in card) + max(x.right for x in card)) / 2


def test_the_question_does_not_give_the_reading_away():
    snapshot = Snapshot((UMBRELLA,), examples=EXAMPLES, cards=RECOGNITION)
    front, back = pages(draw(snapshot))
    assert front.texts()[0] == "核の傘小国は核の「傘」を使った。alliances"
    answer = back.texts()[1]
    for part in ("かく", "かさ", "nuclearumbrella", "しょうこく", "own.txt", "promisestoanally."):
        assert part in answer
    assert "parasol" not in answer


def test_the_english_first_when_production_is_wanted():
    snapshot = Snapshot((UMBRELLA,), examples=EXAMPLES, cards=PRODUCTION)
    front, back = pages(draw(snapshot))
    assert front.texts()[0].startswith("nuclearumbrellaumbrellaProtection")
    assert "核" not in front.texts()[0]
    assert "nuclear" not in back.texts()[1]
    assert "かさ" in back.texts()[1]


def test_both_directions_are_sheets_of_their_own():
    front, _, other, _ = pages(draw(Snapshot((UMBRELLA,))))
    assert front.label.startswith("security·Japanese→English·sheet1of1·front")
    assert other.label.startswith("security·English→Japanese·sheet1of1·front")


def test_a_reading_that_no_furigana_shows_has_a_line():
    _, back = pages(draw(Snapshot((NATO,), cards=RECOGNITION)))
    assert back.texts()[1].startswith("NATOナトーNorthAtlantic")


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_each_back_falls_behind_its_front(paper):
    snapshot = Snapshot(glossary(19), cards=RECOGNITION)
    drawn = pages(draw(snapshot, paper))
    assert len(drawn) == 6
    numbers = iter(range(19))
    for front, back in zip(drawn[::2], drawn[1::2], strict=True):
        assert front.size == back.size
        width = front.size[0]
        for place in range(8):
            behind = place + 1 if place % 2 == 0 else place - 1
            question, answer = front.cards[place], back.cards[behind]
            number = next(numbers, None)
            if number is None:
                assert not question
                assert not answer
                continue
            assert f"項目{number:04d}番" in front.texts()[place]
            assert f"item{number:04d}" in back.texts()[behind]
            # Turned over the long edge, what is x from the left is x from the right.
            assert middle(question) == pytest.approx(width - middle(answer), abs=1)
            assert question[0].top // HEIGHT == answer[0].top // HEIGHT


def test_a_sheet_of_a4_also_fits_on_us_letter():
    (front, *_) = pages(draw(Snapshot(glossary(8), cards=RECOGNITION)))
    assert front.size == pytest.approx(A4, abs=0.1)
    assert 2 * WIDTH < 8.5 * 72 - 2 * 6 * MM  # margins that any printer has
    assert 4 * HEIGHT < 11 * 72 - 2 * 6 * MM


def embedded(data):
    """The fonts of a document: whether each is embedded, and its name."""
    raw = pdfium.raw
    found = set()
    with closing(pdfium.PdfDocument(data)) as document:
        for page in document:
            for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=5):
                font = raw.FPDFTextObj_GetFont(shape)
                name = ctypes.create_string_buffer(200)
                raw.FPDFFont_GetBaseFontName(font, name, 200)
                found.add((bool(raw.FPDFFont_GetIsEmbedded(font)), name.value.decode()))
    return found


def test_the_fonts_are_embedded_and_no_character_is_missing():
    rare = Concept(
        "rare",
        (Term("𠮟責𩸽鄧髙﨑習近平习", reading="しっせき"), Term("Kōfū, Ōsaka, détente", "en")),
    )
    data = draw(Snapshot((rare,), cards=RECOGNITION))
    fonts = embedded(data)
    assert fonts
    assert all(inside for inside, _ in fonts)
    assert any("NotoSansCJKjp" in name for _, name in fonts)
    front, back = pages(data)
    assert front.texts()[0] == "𠮟責𩸽鄧髙﨑習近平习"
    assert "Kōfū,Ōsaka,détente" in back.texts()[1]
    assert len(data) < 100_000  # of a font of 16 MB


def lines(card):
    """The lines of a card of one size of text, from above; a line is what has one bottom."""
    found = []
    for letter in card:
        if found and letter.left > found[-1][-1].left:
            found[-1].append(letter)
        else:
            found.append([letter])
    return ["".join(letter.char for letter in line) for line in found]


@pytest.mark.parametrize("shift", range(12))
def test_no_line_begins_with_what_ends_a_word_or_ends_with_what_begins_one(shift):
    """禁則, in text and beside furigana: 使って keeps its っ, 「核」 its brackets."""
    sentence = "あ" * shift + "使って、「核」を「傘」と使った。" * 4
    concept = Concept("x", (Term("条約"), Term("treaty", "en")))
    snapshot = Snapshot((concept,), examples={"x": Context(sentence)}, cards=RECOGNITION)
    front, back = pages(draw(snapshot))
    for card in (front.cards[0], [c for c in back.cards[1] if c.bottom - c.top > 5.5]):
        found = lines(card)
        assert len(found) > 3
        assert not [line for line in found if line[0] in "、。」っ"]
        assert not [line for line in found if line[-1] == "「"]


def test_what_is_too_long_for_a_card_is_shortened_around_the_term():
    sentence = "前の文節である。" * 40 + "核の傘" + "は後ろの文節である。" * 40
    long = replace(UMBRELLA, definition="word " * 300)
    examples = {"nuclear-umbrella": Context.locating("核の傘", sentence)}
    front, back = pages(draw(Snapshot((long,), examples=examples, cards=RECOGNITION)))
    asked = front.texts()[0].removeprefix("核の傘").removesuffix("alliances")
    assert asked.startswith("…")
    assert asked.endswith("…")
    assert "である。核の傘は後ろの" in asked
    assert "word…" in back.texts()[1]
    assert back.texts()[1].count("word") == 80


def test_a_text_is_never_markup():
    trick = Concept(
        "trick",
        (Term('#page-of("x")$核$', reading="かく"), Term("*a* _b_ <c> \\ // @d #1", "en")),
        definition="= not a heading\n- nor a list",
    )
    front, back = pages(draw(Snapshot((trick,), cards=RECOGNITION)))
    assert front.texts()[0] == '#page-of("x")$核$'
    assert "*a*_b_<c>\\//@d#1=notaheading-noralist" in back.texts()[1]


ODD = (
    st.text(st.sampled_from("核傘、。「」っー…・aW-/ \u00a0"), min_size=1, max_size=120)
    | st.integers(1, 60).map(lambda n: "W" * n)
    | st.integers(1, 400).map(lambda n: "核" * n)
    | st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=40)
)


@settings(max_examples=60)
@given(
    texts=st.lists(ODD, min_size=6, max_size=6), kinds=st.sampled_from([RECOGNITION, PRODUCTION])
)
def test_nothing_leaves_its_card(texts, kinds):
    term, reading, english, other, definition, sentence = texts
    concept = Concept(
        "x",
        (
            Term(term, reading=reading),
            Term(english, "en"),
            Term(other, "en", usage=Usage.ADMITTED),
            Term(other, usage=Usage.ADMITTED),
        ),
        definition=definition,
        subject_field=other,
    )
    example = Context.locating(term, f"{sentence}{term}{sentence}", "own.txt")
    snapshot = Snapshot((concept,), examples={"x": example}, cards=kinds)
    for number, page in enumerate(pages(draw(snapshot))):  # `read` looks at each letter
        assert not any(card for place, card in enumerate(page.cards) if place != number % 2)


def test_the_same_snapshot_gives_the_same_bytes_in_another_process(tmp_path):
    path = tmp_path / "security.pdf"
    snapshot = Snapshot(glossary(3), as_of="2026-11-23T08:30:00Z")
    load("pdf").write(snapshot, path)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_pdf as t;"
        "s = t.Snapshot(t.glossary(3), as_of='2026-11-23T08:30:00Z');"
        "sys.stdout.buffer.write(t.draw(s))"
    )
    here = str(__file__).rpartition("test_pdf")[0]
    done = subprocess.run([sys.executable, "-c", program, here], check=True, capture_output=True)
    assert done.stdout == path.read_bytes()
    with closing(pdfium.PdfDocument(path)) as document:
        about = document.get_metadata_dict()
    assert (about["Title"], about["CreationDate"][:16]) == ("security", "D:20261123083000")


def test_a_glossary_without_cards_is_an_empty_page():
    assert sheets(Snapshot(())) == []
    (page,) = pages(draw(Snapshot(())))
    assert not any(page.cards)


def test_without_the_extra_one_line_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(formats._NEEDS, "pdf", ("typst", "no_such_font"))
    with pytest.raises(MissingPackageError) as told:
        load("pdf").write(Snapshot(()), tmp_path / "x.pdf")
    expected = "printable cards need no-such-font; pip install 'yakugo[pdf]' installs it"
    assert str(told.value) == expected
    assert list(tmp_path.iterdir()) == []
