"""`yakugo import`: workbooks for review as colleagues return them, glossaries that people have."""

import io
import sys

import pytest
from openpyxl import load_workbook
from rich.console import Console

from yakugo.documents import from_text
from yakugo.errors import YakugoError
from yakugo.formats import tbx, tbx2
from yakugo.model import ENGLISH, JAPANESE, Concept, Snapshot, Status, Term, Usage
from yakugo.reading_in import Wishes, run
from yakugo.termbase import review
from yakugo.workspace import Workspace, init

TEXT = "国連安全保障理事会は抑止戦略を論じた。対戦力能力拡充計画もある。"
COLUMN = {"decision": 1, "japanese": 2, "reading": 3, "english": 4, "comment": 8}


@pytest.fixture
def workspace(tmp_path):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        opened.collect([from_text(TEXT, "essay")])
        yield opened


@pytest.fixture
def returned(workspace, tmp_path):
    """The workbook for review, filled in by the cells that are given: by term, by column."""
    exported = workspace.export_for_review()

    def fill(**cells):
        workbook = load_workbook(exported)
        sheet = workbook.worksheets[0]
        rows = {row[1].value: row[0].row for row in sheet.iter_rows(min_row=2)}
        for term, changes in cells.items():
            if term not in rows:
                sheet.append([None, term])
            for column, text in changes.items():
                sheet.cell(rows.get(term, sheet.max_row), COLUMN[column]).value = text
        workbook.save(tmp_path / "returned.xlsx")
        return tmp_path / "returned.xlsx"

    return fill


def read_in(workspace, path, who="mori", **wishes):
    out = Console(file=io.StringIO(), width=150)
    whole = run(workspace, path, who, Wishes(**wishes), out, out)
    return whole, out.file.getvalue()


def state(workspace):
    return workspace.termbase.concepts(), workspace.termbase.reviews()


def test_a_workbook_that_nobody_filled_in_changes_nothing(workspace, returned):
    before = state(workspace)
    whole, said = read_in(workspace, returned())
    assert whole
    assert "0 applied" in said
    assert "0 conflict, 0 invalid" in said
    assert state(workspace) == before


def test_what_was_filled_in_is_shown_and_then_taken_over(workspace, returned):
    path = returned(
        抑止戦略={"english": "deterrence strategy", "comment": "as in the white paper"},
        核の傘={"english": "nuclear umbrella; umbrella"},
        専守防衛論={"english": "theory of exclusive defense"},
    )
    _, said = read_in(workspace, path, dry_run=True)
    assert "added as deterrence-strategy" in said
    assert "3 applied" in said
    assert "(would be)" in said
    assert workspace.termbase.reviews() == []
    read_in(workspace, path)
    assert workspace.termbase.candidate("抑止戦略").status is Status.ACCEPTED
    umbrella = workspace.termbase.concepts_with("核の傘")[0]
    assert [t.text for t in umbrella.in_language(ENGLISH) if t.usage is Usage.ADMITTED] == [
        "umbrella"
    ]
    after = state(workspace)
    assert read_in(workspace, path)[0]
    assert state(workspace) == after


def test_a_round_trip_through_libreoffice_changes_nothing(workspace, returned, soffice):
    before = state(workspace)
    opened = soffice("", returned(), "ods")
    again = soffice("Calc MS Excel 2007 XML", opened, "xlsx")
    for path in (opened, again, soffice("MS Excel 97", opened, "xls")):
        whole, said = read_in(workspace, path)
        assert whole
        assert "0 applied" in said
    assert state(workspace) == before


def test_what_was_not_taken_over_stands_in_a_report_beside_the_file(workspace, returned):
    path = returned(核の傘={"english": "parasol"}, 抑止戦略={"decision": "nonsense"})
    review.accept(workspace.termbase, "核の傘", "umbrella of deterrence", "sato")
    whole, said = read_in(workspace, path)
    assert not whole
    assert "1 conflict, 1 invalid" in said
    report = load_workbook(path.with_name("returned-report.xlsx"))
    cells = [cell for row in report.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert {"parasol", "nuclear umbrella"} <= set(cells)
    assert any("nonsense" in str(cell) for cell in cells)


@pytest.mark.parametrize(("side", "english"), [("theirs", "parasol"), ("ours", "nuclear umbrella")])
def test_a_conflict_is_decided_by_an_option(workspace, returned, side, english):
    path = returned(核の傘={"english": "parasol"})
    review.accept(workspace.termbase, "核の傘", "umbrella of deterrence", "sato")
    read_in(workspace, path, **{side: True})
    assert workspace.termbase.concepts_with("核の傘")[0].preferred(ENGLISH).text == english


@pytest.mark.parametrize(("answers", "english"), [("?t", "parasol"), ("s", "nuclear umbrella")])
def test_a_conflict_is_decided_by_an_answer(workspace, returned, monkeypatch, answers, english):
    path = returned(核の傘={"english": "parasol"})
    review.accept(workspace.termbase, "核の傘", "umbrella of deterrence", "sato")
    typed = iter(answers)
    monkeypatch.setattr(Console, "input", lambda self, prompt: next(typed))
    _, said = read_in(workspace, path, ask=True)
    assert "parasol" in said
    assert workspace.termbase.concepts_with("核の傘")[0].preferred(ENGLISH).text == english


def test_on_a_terminal_it_asks_before_it_takes_over(workspace, returned, monkeypatch):
    path = returned(核の傘={"english": "parasol"})
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(Console, "input", lambda self, prompt: "n")
    whole, said = read_in(workspace, path)
    assert not whole
    assert "nothing was taken over" in said
    assert workspace.termbase.reviews() == []
    assert read_in(workspace, path, yes=True)[0]


def test_a_list_that_somebody_has_is_read_by_its_columns(workspace, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("訳語,用語,よみ\ndual key system,二重鍵方式,にじゅうかぎほうしき\n", "cp932")
    whole, said = read_in(workspace, path)
    assert whole
    assert "japanese" in said  # which column was taken for what
    (concept,) = workspace.termbase.concepts_with("二重鍵方式")
    assert (concept.id, concept.terms[0].reading) == ("dual-key-system", "にじゅうかぎほうしき")


def test_columns_can_be_corrected(workspace, tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_text("拡大抑止論\tXD\textended deterrence theory\n", "utf-8")
    read_in(workspace, path, columns="japanese=1,english=C")
    (concept,) = workspace.termbase.concepts_with("拡大抑止論")
    assert concept.preferred(ENGLISH).text == "extended deterrence theory"


def test_a_row_for_each_synonym_makes_one_concept(workspace, tmp_path):
    path = tmp_path / "glossary.txt"
    path.write_text("海上阻止\tmaritime interdiction\n海上阻止\tinterdiction at sea\n", "utf-8")
    whole, _ = read_in(workspace, path)
    assert whole
    (concept,) = workspace.termbase.concepts_with("海上阻止")
    assert [(t.text, t.usage) for t in concept.in_language(ENGLISH)] == [
        ("maritime interdiction", Usage.PREFERRED),
        ("interdiction at sea", Usage.ADMITTED),
    ]
    assert read_in(workspace, path)[0]
    assert len(workspace.termbase.concepts_with("海上阻止")) == 1


OTHERS = [
    Concept(
        "c1",
        (Term("海上阻止", JAPANESE, "かいじょうそし"), Term("maritime interdiction", ENGLISH)),
        definition="stopping ships at sea",
        related=("c2",),
    ),
    Concept("c2", (Term("臨検", JAPANESE), Term("visit and search", ENGLISH))),
    Concept("c3", (Term("核の傘", JAPANESE), Term("nuclear shield", ENGLISH))),
]


@pytest.mark.parametrize("version", [tbx, tbx2])
def test_a_termbase_of_another_program_is_taken_over(workspace, tmp_path, version):
    path = tmp_path / "other.tbx"
    version.write(Snapshot(OTHERS), path)
    whole, said = read_in(workspace, path)
    assert not whole
    assert "2 applied" in said
    assert "1 conflict" in said  # 核の傘 is here, with other English
    (one,) = workspace.termbase.concepts_with("海上阻止")
    assert (one.id, one.definition) == ("c1", "stopping ships at sea")
    assert one.related == (("c2",) if version is tbx else ())
    read_in(workspace, path, theirs=True)
    (umbrella,) = workspace.termbase.concepts_with("核の傘")
    assert "nuclear shield" in [t.text for t in umbrella.in_language(ENGLISH)]
    after = state(workspace)
    assert read_in(workspace, path)[0]
    assert state(workspace) == after


def test_what_was_published_here_changes_nothing(workspace):
    before = state(workspace)
    whole, said = read_in(workspace, workspace.publish())
    assert whole
    assert "0 applied" in said
    assert state(workspace) == before


def test_what_is_no_glossary_is_said_in_one_line(workspace, tmp_path):
    path = tmp_path / "prices.csv"
    path.write_text("item,price\nbook,12\n", "utf-8")
    with pytest.raises(YakugoError, match="no Japanese and English column"):
        read_in(workspace, path)
    with pytest.raises(YakugoError, match="no such file"):
        read_in(workspace, tmp_path / "nothing.xlsx")
    with pytest.raises(YakugoError, match="choose one of"):
        read_in(workspace, path, ours=True, theirs=True)
