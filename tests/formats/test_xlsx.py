"""The workbook, opened by those who will open it: LibreOffice, openpyxl and pandas."""

import csv
import shutil
import subprocess
import sys
import time
import zipfile
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from yakugo.formats import load, rows, xlsx
from yakugo.model import (
    Candidate,
    Concept,
    Context,
    Decision,
    Evidence,
    Offer,
    Ranked,
    Review,
    Snapshot,
    Status,
    Term,
    TermType,
    Usage,
)

UMBRELLA = "同盟国は、核の「傘」が本当に開くのかを、折に触れて確かめようとする。"
LONG_DEFINITION = (
    "A promise by a state with nuclear weapons that it will deter, by threat of retaliation, "
    "an attack on an ally as if it were an attack on itself. Its weight rests less on the "
    "weapons than on the ally's belief that the promise would be kept at the price of the "
    "protector's own cities; consultation, exercises and forces stationed in the open are "
    "meant to feed that belief."
)


def term(text, language="ja", reading="", **more):
    return Term(text, language, reading, **more)


CONCEPTS = (
    Concept(
        id="extended-deterrence",
        terms=(
            term(
                "拡大抑止",
                reading="かくだいよくし",
                contexts=(Context.locating("拡大抑止", "拡大抑止は約束の上に立つ。", "own.txt"),),
            ),
            term("extended deterrence", "en", source="glossary committee"),
            term("END", "en", type=TermType.ACRONYM, usage=Usage.ADMITTED, note="in tables only"),
            term(
                "expanded deterrence",
                "en",
                usage=Usage.DEPRECATED,
                note="nothing is made larger; the promise reaches further",
            ),
        ),
        subject_field="nuclear deterrence",
        definition=LONG_DEFINITION,
        definition_ja="同盟国への攻撃を自国への攻撃と同じに扱うと約束し、それを思いとどまらせること。",
        note="Not the same as assurance.\nThat is the ally's side of it.",
        source="https://example.org/terms#12",
        related=("nuclear-umbrella",),
        revision=3,
        changed="2026-11-20T09:00:00Z",
        changed_by="hanako",
    ),
    Concept(
        id="nuclear-umbrella",
        terms=(
            term("核の傘", reading="かくのかさ"),
            term("核抑止の傘", reading="かくよくしのかさ", usage=Usage.ADMITTED),
            term("nuclear umbrella", "en"),
        ),
        subject_field="nuclear deterrence",
        definition="The protection that a nuclear power extends over its allies.",
    ),
    Concept(id="dual-key", terms=(term("二重鍵", reading="にじゅうかぎ"), term("dual key", "en"))),
    Concept(id="diplomacy", terms=(term("外交", reading="がいこう"),), subject_field="diplomacy"),
    Concept(id="nation-building", terms=(term("-化", reading="か"), term("+ization", "en"))),
)

CANDIDATES = (
    Ranked(
        Candidate(
            "対戦力能力",
            "たいせんりょくのうりょく",
            ("対戦", "力", "能力"),
            "compound",
            7,
            2,
            [
                Context.locating(
                    "対戦力能力", "対戦力能力とは、相手の核戦力を撃つ力をいう。", "a.txt"
                )
            ],
        ),
        3.14159265,
        offers=(
            Offer("counterforce capability", 0.9, (Evidence("glossary", "counterforce"),)),
            Offer("capability; against forces", 0.4, (Evidence("dictionary", "JMdict 1"),)),
        ),
    ),
    Ranked(
        Candidate(
            "核の傘",
            "かくのかさ",
            ("核", "の", "傘"),
            "phrase",
            3,
            1,
            [Context.locating("核の傘", UMBRELLA, "b.txt")],
        ),
        1.5,
        Status.ACCEPTED,
    ),
    Ranked(Candidate("=1+1", "", ("=1+1",), "latin", 1, 1), -0.25, Status.REJECTED),
    Ranked(Candidate("@同盟国", "", ("@", "同盟国"), "latin", 1, 1), 0.0, Status.DEFERRED),
    Ranked(Candidate("2010", "", ("2010",), "latin", 1, 1), 0.0),
    Ranked(Candidate("#N/A", "", ("#N/A",), "latin", 1, 1), 0.0),
    Ranked(Candidate("https://example.org/", "", ("https",), "latin", 1, 1), 0.0),
    Ranked(Candidate("mailto:who@example.org", "", ("mailto",), "latin", 1, 1), 0.0),
)

SNAPSHOT = Snapshot(
    concepts=CONCEPTS,
    candidates=CANDIDATES,
    documents=("a.txt", "b.txt"),
    reviews=(
        Review("核の傘", Decision.ACCEPTED, "hanako", "2026-11-20T09:00:00Z", "nuclear umbrella"),
        Review("=1+1", Decision.REJECTED, "taro", "2026-11-20T09:01:00Z"),
        Review("@同盟国", Decision.DEFERRED, "hanako", "2026-11-20T09:02:00Z"),
    ),
    examples={"nuclear-umbrella": Context.locating("核の傘", UMBRELLA, "b.txt")},
    as_of="2026-11-23T17:30:00+09:00",
    title="security",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("xlsx") / "security.xlsx"
    load("xlsx").write(SNAPSHOT, path)
    return path


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def column(sheet, heading):
    """The values below a heading, empty cells as ''."""
    index = [cell.value for cell in sheet[1]].index(heading)
    return [row[index].value or "" for row in sheet.iter_rows(min_row=2)]


def row_of(sheet, first):
    """The row that begins with a value, by heading."""
    headings = [cell.value for cell in sheet[1]]
    found = [row for row in sheet.iter_rows(min_row=2) if row[0].value == first]
    assert len(found) == 1
    return {h: cell.value or "" for h, cell in zip(headings, found[0], strict=True)}


def workbook_of(terms, tmp_path):
    """The Candidates sheet of a workbook with these terms, read back."""
    path = tmp_path / "terms.xlsx"
    candidates = [Ranked(Candidate(text, "", (), ""), 0.5) for text in terms]
    xlsx.write(Snapshot(concepts=(), candidates=candidates), path)
    sheet = openpyxl.load_workbook(path)["Candidates"]
    return [unescape(value) for value in column(sheet, "Term")]


def libreoffice(path, folder):
    """Every sheet as LibreOffice shows it, by name: rows of texts."""
    if not (soffice := shutil.which("soffice")):
        pytest.skip("LibreOffice (soffice) is not installed")
    # comma, quote, UTF-8, …, every sheet (-1): the tokens of LibreOffice's CSV filter
    export = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            export,
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    sheets = {}
    for name in ("Glossary", "Candidates", "Statistics"):
        with (folder / f"{path.stem}-{name}.csv").open(encoding="utf-8", newline="") as file:
            sheets[name] = list(csv.reader(file))
    return sheets


def test_libreoffice_shows_every_term_of_every_sheet(path, tmp_path):
    sheets = libreoffice(path, tmp_path)
    glossary = "\n".join(cell for row in sheets["Glossary"] for cell in row)
    for concept in CONCEPTS:
        for one in concept.terms:
            assert one.text in glossary
    assert [row[0] for row in sheets["Candidates"][1:]] == [c.candidate.term for c in CANDIDATES]
    assert UMBRELLA in [row[7] for row in sheets["Candidates"]]
    assert ["Candidates by status", "new", "5"] in sheets["Statistics"]


def test_libreoffice_runs_no_formula_and_undoes_no_escape(tmp_path):
    terms = ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("https://example.org")', "_x0041_", "'=2"]
    path = tmp_path / "odd.xlsx"
    xlsx.write(Snapshot((), [Ranked(Candidate(t, "", (), ""), 0.5) for t in terms]), path)
    assert [row[0] for row in libreoffice(path, tmp_path)["Candidates"][1:]] == terms


def test_text_that_looks_like_something_else_stays_text(book):
    sheet = book["Candidates"]
    cells = {cell.value: cell for cell in sheet["A"][1:]}
    assert {cell.data_type for cell in cells.values()} == {"s"}
    assert cells["=1+1"].quotePrefix
    assert cells["@同盟国"].quotePrefix
    assert not cells["核の傘"].quotePrefix
    assert book["Glossary"]["A2"].value == "-化"
    assert book["Glossary"]["A2"].quotePrefix
    assert not any(cell.hyperlink for s in book for row in s.iter_rows() for cell in row)


def test_a_concept_is_one_row_with_all_a_translator_needs(book):
    row = row_of(book["Glossary"], "拡大抑止")
    assert row["Reading"] == "かくだいよくし"
    assert row["English"] == "extended deterrence"
    assert row["Other English"] == "END"
    assert row["Avoid (why)"].startswith("expanded deterrence (nothing is made larger")
    assert row["Definition"] == LONG_DEFINITION
    assert row["Note"].splitlines() == [
        "Not the same as assurance.",
        "That is the ally's side of it.",
        "END: in tables only",
    ]
    assert row["Example"] == "拡大抑止は約束の上に立つ。"
    assert row["Source"] == "https://example.org/terms#12; glossary committee"
    assert (row["Revision"], row["Changed by"]) == (3, "hanako")
    assert row["Concept"] == "extended-deterrence"


def test_the_example_chosen_for_a_concept_goes_before_its_own_contexts(book):
    row = row_of(book["Glossary"], "核の傘")
    assert row["Example"] == UMBRELLA
    assert row["Example from"] == "b.txt"
    assert row["Other Japanese"] == "核抑止の傘"


def test_the_glossary_is_in_the_order_of_a_japanese_dictionary():
    readings = ["がいこう", "かくのかさ", "ガス", "かつあい", "かっこく", "かつて"]
    concepts = [Concept(f"c{i}", (term("語", reading=r),)) for i, r in enumerate(readings[::-1])]
    assert [row[1] for row in rows.glossary_rows(Snapshot(concepts))] == readings


def test_an_offer_with_a_semicolon_counts_as_one(book):
    row = row_of(book["Candidates"], "対戦力能力")
    offers = ["counterforce capability", "capability, against forces"]
    assert row["Offered English"].split("; ") == offers
    assert row["Evidence"].split("; ")[0] == "counterforce capability: glossary (counterforce)"
    assert (row["Score"], row["Frequency"], row["Documents"]) == (3.1416, 7, 2)


def test_statistics_count_what_is_there(book):
    counted = {row[:2]: row[2] for row in book["Statistics"].iter_rows(min_row=2, values_only=True)}
    assert counted["Glossary", "concepts"] == 5
    assert counted["Glossary", "English terms"] == 6
    assert counted["Candidates by status", "accepted"] == 1
    assert counted["Concepts by subject field", "nuclear deterrence"] == 2
    assert counted["Reviews by reviewer", "hanako"] == 2
    assert ("As of", "2026-11-23T17:30:00+09:00") in counted
    assert ("Document", "b.txt") in counted


def test_the_sheets_are_ready_to_work_in(book):
    for name in ("Glossary", "Candidates", "Statistics"):
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    for name, choices in (("Glossary", Usage), ("Candidates", Status)):
        (drop_down,) = book[name].data_validations.dataValidation
        status = [cell.value for cell in book[name][1]].index("Status") + 1
        assert book[name].cell(2, status).coordinate in drop_down.sqref
        assert drop_down.formula1 == f'"{",".join(choices)}"'


def test_columns_fit_japanese_and_long_texts_wrap(book):
    glossary = book["Glossary"]
    widths = {c.value: glossary.column_dimensions[c.column_letter].width for c in glossary[1]}
    assert book["Candidates"].column_dimensions["B"].width > 2 * len("たいせんりょくのうりょく")
    assert widths["Definition"] < 70
    definition = next(c for row in glossary.iter_rows() for c in row if c.value == LONG_DEFINITION)
    assert definition.alignment.wrap_text
    assert definition.alignment.vertical == "top"
    lines = len(LONG_DEFINITION) / widths["Definition"]
    assert glossary.row_dimensions[definition.row].height > lines * definition.font.size


def test_the_document_says_what_it_is_and_when(book):
    assert (book.properties.title, book.properties.creator) == ("security", "yakugo")
    assert book.properties.created == book.properties.modified == datetime(2026, 11, 23, 8, 30)


def test_pandas_reads_the_sheets(path):
    tables = pd.read_excel(path, sheet_name=None, keep_default_na=False)
    assert list(tables["Candidates"]["Term"]) == [c.candidate.term for c in CANDIDATES]
    assert list(tables["Glossary"]["English"]) == [
        "+ization",
        "",
        "extended deterrence",
        "nuclear umbrella",
        "dual key",
    ]
    assert tables["Candidates"]["Frequency"].sum() == 7 + 3 + 6


def test_the_same_termbase_gives_the_same_bytes(path, tmp_path):
    time.sleep(1.1)
    again = tmp_path / "again.xlsx"
    xlsx.write(SNAPSHOT, again)
    assert again.read_bytes() == path.read_bytes()
    with zipfile.ZipFile(again) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_an_empty_termbase_gives_a_workbook_with_headings(tmp_path):
    path = tmp_path / "empty.xlsx"
    xlsx.write(Snapshot(concepts=()), path)
    book = openpyxl.load_workbook(path)
    assert [c.value for c in book["Glossary"][1]] == [c.heading for c in rows.GLOSSARY]
    assert [c.value for c in book["Candidates"][1]] == [c.heading for c in rows.CANDIDATES]


def test_a_text_that_is_too_long_for_excel_ends_in_an_ellipsis(tmp_path):
    kanji, emoji = workbook_of(["核" * 40_000, "核" + "😀" * 20_000], tmp_path)
    assert kanji == "核" * 32_766 + "…"
    assert emoji == "核" + "😀" * 16_382 + "…"  # no half a surrogate pair


def test_characters_that_a_file_cannot_hold_become_visible(tmp_path):
    terms = ["核\x00の\x1b傘", "二重\ud800鍵", "拡大\r\n抑止", "拡大\u2028抑止", "核\ufffe"]
    assert workbook_of(terms, tmp_path) == [
        "核\ufffdの\ufffd傘",
        "二重\ufffd鍵",
        "拡大 抑止",
        "拡大 抑止",
        "核\ufffd",
    ]


WRITABLE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"),
    min_size=1,
)
AWKWARD = st.sampled_from(
    ["=1+1", "+", "-化", "@x", "'=", "#N/A", "TRUE", "1e5", "_x000D_", " x ", "&#10;", "<b>"]
)


@settings(max_examples=30, deadline=None)
@given(terms=st.lists(WRITABLE | AWKWARD, min_size=1, max_size=30))
def test_any_text_comes_back_as_it_was(terms, tmp_path_factory):
    assert workbook_of(terms, tmp_path_factory.mktemp("any")) == terms


@settings(max_examples=30, deadline=None)
@given(terms=st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=30))
def test_no_text_whatever_stops_the_export(terms, tmp_path_factory):
    read = workbook_of(terms, tmp_path_factory.mktemp("any"))
    assert read == [rows.one_line(term) for term in terms]


WRITE_WITH_LITTLE_ROOM = """
import resource, signal, sys
from pathlib import Path
from yakugo.errors import WorkspaceError
from yakugo.formats import load
from yakugo.model import Candidate, Ranked, Snapshot

most_bytes_a_file, count, path = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes_a_file, most_bytes_a_file))
candidates = [Ranked(Candidate(f"核の傘{i}", "", (), ""), 0.5) for i in range(count)]
try:
    load("xlsx").write(Snapshot((), candidates), path)
except WorkspaceError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files (POSIX)")
@pytest.mark.parametrize(
    ("most_bytes_a_file", "count"),
    [(6_000, 0), (6_000, 2_000)],
    ids=["the workbook itself", "a temporary file of openpyxl"],
)
def test_without_room_the_old_workbook_stays(most_bytes_a_file, count, tmp_path):
    path = tmp_path / "security.xlsx"
    path.write_bytes(b"the workbook of yesterday")
    arguments = [str(most_bytes_a_file), str(count), str(path)]
    done = subprocess.run(
        [sys.executable, "-c", WRITE_WITH_LITTLE_ROOM, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"cannot write {path}: ")
    assert [p.name for p in tmp_path.iterdir()] == ["security.xlsx"]
    assert path.read_bytes() == b"the workbook of yesterday"
