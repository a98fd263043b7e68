"""`closeout letters`, as a person runs it."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import openpyxl
import pyarrow.parquet as pq
import pytest
from docx import Document
from typer.testing import CliRunner

from closeout.cli.main import app
from closeout.evidence.letters.dossier import dossiers_of
from closeout.evidence.letters.press import Press
from closeout.evidence.letters.write import Wanted, late
from closeout.records.snapshot import Manifest, Part, sha256_of, write_manifest
from tests.duties.making import table
from tests.evidence.letters.making import SOURCES, frozen, make_assessment, text_of_docx, text_of_pdf
from tests.evidence.letters.test_closeout_word import ENOUGH
from tests.evidence.letters.test_reports import (
    AGREEMENT,
    DEFICIENCIES,
    INSPECTIONS,
    LOOKED,
    PARTNER,
    STANDARD,
)

FOLDER = "dhs-oig-OIG-24-901-2"
RECORDS = {
    "partners": [PARTNER],
    "agreements": [AGREEMENT],
    "contract_standards": [STANDARD],
    "surveillance_events": [LOOKED],
    "inspections": INSPECTIONS,
    "deficiencies": DEFICIENCIES,
}


@pytest.fixture(scope="module")
def assessed(tmp_path_factory):
    """Return an assessment's folder with its letters and the snapshot that it made."""
    folder = tmp_path_factory.mktemp("assessed")
    assessment = make_assessment()
    with Press(folder) as press:
        press.take(late(assessment, dossiers_of(assessment, [frozen()]), Wanted()))
        press.finished(assessment, ())
    report = {"key": "dhs-oig/OIG-24-901", "number": "OIG-24-901", "title": "Keys"}
    one = {"key": "dhs-oig/OIG-24-901/2", "report": report, "number": "2", "text": "Count the keys."}
    said = {
        "agency": "Bureau of Keys",
        "as_of": "2026-09-30",
        "sources": SOURCES,
        "recommendations": [one | {"status": "resolved-open"}],
    }
    (folder / "assessment.json").write_text(json.dumps(said), encoding="utf-8")
    parts = {}
    for name, rows in RECORDS.items():
        path = folder / "snapshot" / name / "part-000.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(table(name, rows), path)
        parts[name] = (Part(f"{name}/part-000.parquet", len(rows), sha256_of(path)),)
    write_manifest(folder / "snapshot", Manifest(date(2026, 9, 30), "test", parts))
    return folder


@pytest.fixture
def run(assessed, tmp_path):
    def ran(*words, folder=assessed):
        return CliRunner().invoke(app, ["letters", str(folder), "--out", str(tmp_path / "out"), *words])

    return ran


def test_the_letter_is_written_anew_as_it_was(run, assessed, tmp_path):
    found = run()
    assert found.exit_code == 0, found.output
    for name in ("closeout-letter.pdf", "closeout-letter.docx"):
        again = tmp_path / "out" / FOLDER / name
        assert again.read_bytes() == (assessed / "papers" / "recommendations" / FOLDER / name).read_bytes()
        assert str(again) in found.stdout


@pytest.mark.parametrize("key", ["dhs-oig/OIG-24-901/2", "OIG-24-901/2", "oig-24-901 2"])
def test_a_recommendation_is_named_by_its_key_or_the_end_of_it(run, key):
    assert run("--recommendation", key).exit_code == 0


def test_a_key_that_fits_none_is_refused_with_those_there_are(run):
    found = run("--recommendation", "OIG-24-901/9")
    assert found.exit_code == 2
    assert "there is no recommendation 'OIG-24-901/9'; there are dhs-oig/OIG-24-901/2" in found.stderr


def test_an_agencys_template_is_used(run, tmp_path):
    word = Document()
    for line in ("Letterhead of the Bureau", *ENOUGH):
        word.add_paragraph(line)
    word.save(tmp_path / "own.docx")
    assert run("--template", str(tmp_path / "own.docx")).exit_code == 0
    text = text_of_docx((tmp_path / "out" / FOLDER / "closeout-letter.docx").read_bytes())
    assert text.startswith("Letterhead of the Bureau Request to close recommendation 2")


def test_a_template_that_is_wrong_is_one_line(run, tmp_path):
    Document().save(tmp_path / "own.docx")
    found = run("--template", str(tmp_path / "own.docx"))
    assert found.exit_code == 1
    assert "own.docx lacks {{ title }}, {{ notice }}" in found.stderr
    missing = run("--template", str(tmp_path / "none.docx"))
    assert "none.docx cannot be read" in missing.stderr


def test_the_register_is_checked_against_an_auditors_list(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("report,recommendation,status\nOIG-24-901,2,Closed\n", encoding="utf-8")
    assert run("--kind", "differences", "--auditors-list", str(path)).exit_code == 0
    book = openpyxl.load_workbook(BytesIO((tmp_path / "out" / "differences.xlsx").read_bytes()))
    rows = list(book["discrepancies"].iter_rows(min_row=6, values_only=True))
    assert rows == [("OIG-24-901", "2", "status differs", "Open, resolved", "Closed, implemented", None)]


def test_a_list_that_is_missing_or_wrong_is_one_line(run, tmp_path):
    assert "need --auditors-list FILE" in run("--kind", "differences").stderr
    path = tmp_path / "list.csv"
    assert "cannot be read" in run("--kind", "differences", "--auditors-list", str(path)).stderr
    path.write_text("a,b\n", encoding="utf-8")
    found = run("--kind", "differences", "--auditors-list", str(path))
    assert found.exit_code == 1
    assert "list.csv lacks the column report, recommendation, status" in found.stderr


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("memo", "determination-memo.pdf", "over the level, established, p = 0.0378"),
        ("deficiencies", "deficiency-analysis.pdf", "6 inspections"),
        ("partners", "partner-P-1-2026.pdf", "Annual summary of partner P-1, fiscal year 2026"),
    ],
)
def test_reports_are_made_from_the_records_that_were_assessed(run, tmp_path, kind, name, words):
    found = run("--kind", kind, "--json")
    assert found.exit_code == 0, found.output
    text = text_of_pdf((tmp_path / "out" / name).read_bytes())
    assert words in text
    assert "Bureau of Keys" in text
    assert str(tmp_path / "out" / name) in json.loads(found.stdout)["files"]


def test_one_partner_and_another_year(run, tmp_path):
    assert run("--kind", "partners", "--partner", "P-1", "--year", "2025").exit_code == 0
    assert (tmp_path / "out" / "partner-P-1-2025.docx").is_file()
    found = run("--kind", "partners", "--partner", "P-9")
    assert found.exit_code == 1
    assert "the records have no partner P-9" in found.stderr


def test_records_that_are_not_there_are_asked_for(run, tmp_path):
    found = run("--kind", "memo", "--records", str(tmp_path))
    assert found.exit_code == 2
    assert "is no snapshot; name the snapshot that was assessed with --records DIR" in found.stderr


def test_a_folder_without_an_assessment_is_refused(run, tmp_path):
    found = run(folder=tmp_path)
    assert found.exit_code == 2
    assert "holds no assessment; `closeout assess` makes one" in found.stderr
    (tmp_path / "assessment.json").write_text("[]", encoding="utf-8")
    assert "cannot be read as an assessment" in run(folder=tmp_path).stderr


def test_an_assessment_without_letters_says_so(run, assessed, tmp_path):
    (tmp_path / "assessment.json").write_bytes((assessed / "assessment.json").read_bytes())
    assert "holds no letters; run `closeout assess` without --no-letters" in run(folder=tmp_path).stderr


def test_a_kind_that_is_none_is_refused(run):
    found = run("--kind", "poem")
    assert found.exit_code == 2
    assert "there is no kind 'poem'; there are letter, differences" in found.stderr


def test_a_folder_that_cannot_be_written_is_one_line(run, tmp_path):
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    found = run()
    assert found.exit_code == 1
    assert "cannot be written" in found.stderr
