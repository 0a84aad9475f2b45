"""The deck as Mochi reads it: a ZIP of Transit, whose cards are Markdown."""

import io
import re
import zipfile
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from yakugo.formats import load
from yakugo.formats.mochi import _bold, _plain, _sides
from yakugo.formats.rows import one_line
from yakugo.model import CardKind, CardOptions, Concept, Context, Snapshot, Term, Usage

transit = pytest.importorskip("transit.reader", reason="transit-python2 is missing")

UMBRELLA = Concept(
    "nuclear-umbrella",
    (
        Term("核の傘", reading="かくのかさ"),
        Term("nuclear umbrella", "en"),
        Term("umbrella", "en", usage=Usage.ADMITTED),
    ),
    definition="Protection that a nuclear power promises.",
    subject_field="alliances",
)
TREATY = Concept(
    "treaty", (Term("条約", reading="じょうやく"), Term("treaty", "en")), subject_field="~law"
)
EXAMPLES = {"nuclear-umbrella": Context.locating("核の傘", "彼は核の「傘」の*下*にいる。")}
SNAPSHOT = Snapshot((UMBRELLA, TREATY), examples=EXAMPLES)


def decks(path):
    """The decks of a file, keywords read as plain names."""
    with zipfile.ZipFile(path) as package:
        (name,) = package.namelist()
        data = package.read(name).decode()
    assert name == "data.json"
    read = transit.Reader("json").read(io.StringIO(data))

    def plain(value):
        if isinstance(value, str | int):
            return value
        if hasattr(value, "items"):
            return {plain(key): plain(one) for key, one in value.items()}
        if hasattr(value, "str"):  # a keyword
            return value.str
        return [plain(one) for one in value]

    document = plain(read)
    assert document["version"] == 2
    return document["decks"]


def cards(path):
    return {card["id"]: card for deck in decks(path) for card in deck["cards"]}


@pytest.fixture
def write(tmp_path):
    def written(snapshot, name="security.mochi"):
        load("mochi").write(snapshot, tmp_path / name)
        return tmp_path / name

    return written


def test_each_kind_of_card(write):
    contents = [card["content"] for card in decks(write(SNAPSHOT))[1]["cards"]]
    assert contents == [
        # recognition
        "# 核の傘\n\n彼は**核の「傘」\u200b**の\\*下\\*にいる。"
        "\n\n---\n\n"
        "# {核}(かく)の{傘}(かさ)\n\n## nuclear umbrella\n\numbrella\n\n"
        "Protection that a nuclear power promises.\n\n"
        "{彼}(かれ)は**\u200b{核}(かく)の「{傘}(かさ)」\u200b**の\\*{下}(した)\\*にいる。",
        # production
        "## nuclear umbrella\n\numbrella\n\nProtection that a nuclear power promises."
        "\n\n---\n\n"
        "# {核}(かく)の{傘}(かさ)\n\n"
        "{彼}(かれ)は**\u200b{核}(かく)の「{傘}(かさ)」\u200b**の\\*{下}(した)\\*にいる。",
        # cloze
        "彼は{{核の「傘」}}の\\*下\\*にいる。\n\nnuclear umbrella"
        "\n\n---\n\n"
        "# {核}(かく)の{傘}(かさ)\n\n## nuclear umbrella\n\numbrella\n\n"
        "Protection that a nuclear power promises.",
    ]


def test_a_deck_for_each_subject_field_inside_that_of_the_glossary(write):
    top, *fields = decks(write(SNAPSHOT))
    assert (top["name"], top["cards"]) == ("yakugo security", [])
    assert [deck["name"] for deck in fields] == ["alliances", "~law"]
    assert {deck["parent-id"] for deck in fields} == {top["id"]}
    assert {card["deck-id"] for card in fields[0]["cards"]} == {fields[0]["id"]}


def test_one_deck_of_the_kinds_that_are_wanted(write):
    options = CardOptions(kinds=(CardKind.PRODUCTION,), subdecks=False)
    (deck,) = decks(write(Snapshot(SNAPSHOT.concepts, cards=options)))
    assert [card["content"].split("\n")[0] for card in deck["cards"]] == [
        "## nuclear umbrella",
        "## treaty",
    ]
    assert [card["pos"] for card in deck["cards"]] == ["0", "1"]


def test_a_concept_without_its_sentence_has_no_cloze(write):
    (deck,) = decks(write(Snapshot((TREATY,), cards=CardOptions(subdecks=False))))
    assert len(deck["cards"]) == 2


def test_a_term_that_stands_twice_is_hidden_twice(write):
    example = Context.locating("条約", "条約は条約である。")
    options = CardOptions(kinds=(CardKind.CLOZE,), subdecks=False)
    (deck,) = decks(write(Snapshot((TREATY,), examples={"treaty": example}, cards=options)))
    assert deck["cards"][0]["content"].startswith("{{条約}}は{{条約}}である。\n\ntreaty\n\n---")


def test_a_later_edition_has_the_same_ids(write):
    first = cards(write(SNAPSHOT))
    other = Concept("other", (Term("他"), Term("other", "en")))
    later = cards(write(Snapshot((other, TREATY, UMBRELLA), examples=EXAMPLES, title="security")))
    assert first.keys() < later.keys()
    assert len(later) == len(first) + 2
    assert all(re.fullmatch("[0-9A-Za-z]{8,}", identity) for identity in later)


def test_the_same_snapshot_gives_the_same_bytes(write):
    assert write(SNAPSHOT).read_bytes() == write(SNAPSHOT, "again.mochi").read_bytes()


@pytest.mark.parametrize("start", ["~", "^", "`", "~:", "~#list", "^ "])
def test_a_name_that_means_something_to_transit_stays_a_text(write, start):
    field = f"{start}field"
    concept = Concept("x", (Term("核"), Term("x", "en")), subject_field=field)
    assert decks(write(Snapshot((concept,))))[1]["name"] == field


SPECIAL = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~=$^&:;1 ab核、「」"), max_size=20)
ANY = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20)
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("strikethrough").enable("table")


def paragraph(markdown):
    """The only paragraph of a rendered text, without tags."""
    rendered = MARKDOWN.render(markdown)
    found = re.fullmatch(r"(?s)<p>(.*)</p>\n", rendered)
    assert found, rendered
    assert not re.search("<(?!/?strong>)", found[1])
    return unescape(re.sub("</?strong>", "", found[1]))


@given(text=SPECIAL | ANY)
@example("- a")
@example("+ a")
@example("1. a")
@example("12) a")
@example("---")
@example("# a #")
@example("> a")
def test_markdown_shows_any_text_as_it_is(text):
    text = one_line(text).strip()
    if text:
        assert paragraph(_plain(text)) == text


@given(before=SPECIAL, term=SPECIAL.filter(str.strip), after=SPECIAL)
def test_the_term_is_bold_whatever_stands_beside_it(before, term, after):
    term = term.strip()
    (markdown, _) = _sides([f"{_plain(before)}{_bold(_plain(term))}{_plain(after)}"], ["x"]).split(
        "\n\n---\n\n"
    )
    (bold,) = re.findall("<strong>(.*)</strong>", MARKDOWN.render(markdown))
    assert unescape(bold).strip("\u200b") == term
    assert paragraph(markdown).replace("\u200b", "") == f"{before}{term}{after}".strip()


@given(texts=st.lists(SPECIAL | ANY, min_size=3, max_size=3))
def test_no_text_makes_a_card_of_three_sides(texts):
    content = _sides(map(_plain, map(one_line, texts)), ["answer"])
    assert len(re.split("(?m)^---$", content)) == 2
