"""The CSV files: the glossary, and the ranking of `yakugo collect --csv`."""

import csv
import io
import re
import subprocess
import sys

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.formats import load, rows
from yakugo.formats.csv import GUARDED, write_candidates
from yakugo.model import (
    Candidate,
    Concept,
    Context,
    Evidence,
    Offer,
    Ranked,
    Snapshot,
    Status,
    Term,
    Usage,
)

SENTENCE = "二つの国が一つずつ鍵を持つ「二重鍵」の下では、片方だけでは撃てない。"
DUAL_KEY = Ranked(
    Candidate(
        "二重鍵",
        "にじゅうかぎ",
        ("二", "重", "鍵"),
        "compound",
        4,
        2,
        [Context.locating("二重鍵", SENTENCE, "own.txt")],
    ),
    12.5,
    Status.NEW,
    (
        Offer("dual key", 0.8, (Evidence("gloss", "in brackets in own.txt"),)),
        Offer(
            "double key; two locks",
            0.3,
            (Evidence("dictionary", "JMdict 1"),),
            (Evidence("glossary", "has dual key"),),
        ),
    ),
)
SNAPSHOT = Snapshot(
    concepts=(
        Concept(
            id="dual-key",
            terms=(
                Term("二重鍵", reading="にじゅうかぎ"),
                Term("dual key", "en"),
                Term("double lock", "en", usage=Usage.DEPRECATED, note="of doors, not weapons"),
            ),
            definition='A rule, as of a "safe",\nthat two parties must agree to fire.',
            subject_field="nuclear sharing",
        ),
        Concept(id="ization", terms=(Term("-化", reading="か"), Term("=ization", "en"))),
    ),
)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "security.csv"
    load("csv").write(SNAPSHOT, path)
    return path


def candidate(text):
    return Ranked(Candidate(text, "", (), ""), 0.5)


def printed(ranked):
    """What `--csv -` prints."""
    stream = io.StringIO()
    write_candidates(ranked, stream)
    return stream.getvalue()


def test_the_ranking_begins_with_the_columns_that_scripts_rely_on():
    header, row = csv.reader(io.StringIO(printed([DUAL_KEY])))
    columns = ["term", "reading", "english", "score", "frequency", "documents", "status", "context"]
    assert header[:8] == columns
    assert row[:8] == [
        "二重鍵",
        "にじゅうかぎ",
        "dual key; double key, two locks",
        "12.5",
        "4",
        "2",
        "new",
        SENTENCE,
    ]
    assert dict(zip(header[8:], row[8:], strict=True)) == {
        "document": "own.txt",
        "evidence": "dual key: gloss (in brackets in own.txt); "
        "double key, two locks: dictionary (JMdict 1), but glossary (has dual key)",
        "kind": "compound",
        "pieces": "二|重|鍵",
        "variants": "",
        "short_for": "",
    }


def test_a_stream_gets_plain_lines_for_grep():
    text = printed([DUAL_KEY, candidate("核の\n傘")])
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert [line.split(",")[0] for line in text.splitlines()] == ["term", "二重鍵", "核の 傘"]


def test_a_file_opens_in_excel_with_its_japanese(tmp_path):
    path = tmp_path / "ranking.csv"
    write_candidates([DUAL_KEY], path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfterm,reading,english,")
    assert content.count(b"\r\n") == content.count(b"\n") == 2
    assert content.decode("utf-8-sig").replace("\r\n", "\n") == printed([DUAL_KEY])


def test_the_glossary_is_one_row_a_concept(path):
    table = pd.read_csv(path, keep_default_na=False)
    assert list(table.columns) == [column.name for column in rows.GLOSSARY]
    row = table[table["concept"] == "dual-key"].iloc[0]
    assert (row["japanese"], row["reading"], row["english"]) == (
        "二重鍵",
        "にじゅうかぎ",
        "dual key",
    )
    assert row["avoid"] == "double lock (of doors, not weapons)"
    assert row["definition"] == SNAPSHOT.concepts[0].definition
    assert row["revision"] == 1


def test_the_csv_and_the_workbook_agree(path, tmp_path):
    load("xlsx").write(SNAPSHOT, tmp_path / "security.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "security.xlsx")["Glossary"]
    in_workbook = [[str(v or "") for v in r] for r in sheet.iter_rows(min_row=2, values_only=True)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        in_csv = [[unguarded(cell) for cell in row] for row in csv.reader(file)]
    assert in_csv[1:] == in_workbook


def test_cells_that_would_run_as_formulas_are_guarded(path):
    table = pd.read_csv(path, keep_default_na=False)
    assert list(table["japanese"]) == ["'-化", "二重鍵"]
    assert list(table["english"]) == ["'=ization", "dual key"]
    risky = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1", "'=1"]
    terms = [row["term"] for row in csv.DictReader(io.StringIO(printed(map(candidate, risky))))]
    assert terms == ["'" + text for text in risky]


def test_a_negative_score_stays_a_number():
    (row,) = csv.DictReader(io.StringIO(printed([Ranked(DUAL_KEY.candidate, -0.25)])))
    assert row["score"] == "-0.25"


def test_the_same_termbase_gives_the_same_bytes(path, tmp_path):
    load("csv").write(SNAPSHOT, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()


def unguarded(cell):
    return cell[1:] if GUARDED.match(cell) else cell


RISKY = st.text("'=+-@\t＝ 核", min_size=1)
WRITABLE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
)


@given(terms=st.lists(WRITABLE | RISKY))
def test_any_text_comes_back_as_it_was_and_none_is_a_formula(terms):
    cells = [row["term"] for row in csv.DictReader(io.StringIO(printed(map(candidate, terms))))]
    assert [unguarded(cell) for cell in cells] == terms
    assert not any(cell.startswith(tuple("=+-@\t")) for cell in cells)


@given(terms=st.lists(st.text(st.characters(exclude_categories=()))))
def test_whatever_the_text_a_candidate_is_one_line_of_utf_8(terms):
    text = printed(map(candidate, terms))
    assert len(text.encode().decode().splitlines()) == 1 + len(terms)


@given(offers=st.lists(st.text(min_size=1).filter(lambda t: re.search(r"\S", t)), max_size=8))
def test_the_english_cell_splits_into_as_many_offers_as_there_are(offers):
    entry = Ranked(DUAL_KEY.candidate, 1.0, offers=tuple(Offer(o, 0.5, ()) for o in offers))
    (row,) = csv.DictReader(io.StringIO(printed([entry])))
    assert len(row["english"].split("; ")) == max(1, len(offers))


WRITE_WITH_LITTLE_ROOM = """
import resource, signal, sys
from pathlib import Path
from yakugo.errors import WorkspaceError
from yakugo.formats.csv import write_candidates
from yakugo.model import Candidate, Ranked

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_candidates([Ranked(Candidate("核の傘", "", (), ""), 0.5)] * 1000, Path(sys.argv[1]))
except WorkspaceError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files (POSIX)")
def test_without_room_there_is_no_half_file(tmp_path):
    path = tmp_path / "ranking.csv"
    done = subprocess.run(
        [sys.executable, "-c", WRITE_WITH_LITTLE_ROOM, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"cannot write {path}: ")
    assert list(tmp_path.iterdir()) == []
