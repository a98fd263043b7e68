"""The whole run over a pack of few rules: a folder with everything in it, and nothing lost in silence."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import polars as pl
import pytest

from closeout.assess import (
    Asked,
    CannotKeepError,
    Given,
    NothingToAssessError,
    assess,
    assess_records,
    load_rules,
    relinked,
    write_papers,
)
from closeout.evidence.assessment import Standing
from closeout.evidence.figures import Outcome
from closeout.evidence.freezing.folder import read_index
from closeout.evidence.letters.index import read_index as read_papers
from closeout.evidence.needs import needs_of
from closeout.records.snapshot import open_snapshot

DAY = date(2026, 9, 30)
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
EVERY = """- measure: overdue
  group: 1
  title: Duties that are overdue
  section: A1
  shape: count
  unit: count
  duties: all
  statistic: backlog
  direction: down
  owner: director
  numerator: duties that are overdue
  closes_when: nothing
"""


@pytest.fixture(scope="module")
def asked(small, pack, reports, tmp_path_factory):
    """Return what the whole run is asked for."""
    out = tmp_path_factory.mktemp("whole") / "out"
    return Asked(reports=reports, records=small, as_of=DAY, out=out, pack=pack, now=NOW)


@pytest.fixture(scope="module")
def done(asked):
    """Return the finished run."""
    return assess(asked)


def test_everything_is_in_the_folder(asked, done):
    names = {path.relative_to(asked.out).as_posix() for path in asked.out.rglob("*") if path.is_file()}
    assert {
        "assessment.json",
        "register.json",
        "report.html",
        "log.txt",
        "results/measures.parquet",
        "results/duties.parquet",
        "results/staffing.parquet",
        "papers.json",
        "papers/gao-ig-act.xlsx",
        "papers/determination-memo.pdf",
        "papers/deficiency-analysis.docx",
        "papers/partner-summaries.pdf",
        "frozen/index.json",
    } <= names
    assert any(
        name.startswith("papers/recommendations/") and name.endswith("/closeout-letter.pdf") for name in names
    )
    assert not asked.out.with_name("out.unfinished").exists()


@pytest.mark.usefixtures("done")
def test_every_file_under_papers_is_in_the_index_and_linked(asked):
    index = read_papers(asked.out)
    lying = {path.relative_to(asked.out).as_posix() for path in (asked.out / "papers").rglob("*.*")}
    assert {each.path for each in index.papers} == lying | {"report.html"}
    page = (asked.out / "report.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'href="([^"#]+)"', page))
    assert linked == {path for path in lying if not path.endswith("/letter.json")}


def test_the_summary_names_the_papers(done):
    said = done.summary["papers"]
    assert said["index"] == "papers.json"
    memo = next(each for each in said["written"] if each["title"] == "Determination of contract standards")
    assert memo["files"] == ["papers/determination-memo.pdf", "papers/determination-memo.docx"]
    assert said["not_written"] == [
        {"title": "Report on parents", "why": "the rules declare no measure about parents"}
    ]


def test_measures_are_in_the_order_of_the_pack_with_what_no_query_gives(done):
    made = done.assessment
    assert [each.measure.code for each in made.measured] == [
        "file-reviews-on-time",
        "cases-open",
        "findings-open",
        "recommendations-open",
    ]
    assert all(each.total.figure.outcome is Outcome.COMPUTED for each in made.measured)


def test_open_cases_are_those_of_the_table(small, done):
    cases = pl.read_parquet(small / "cases" / "*.parquet")
    expected = cases.filter(pl.col("closed_on").is_null()).height
    found = done.assessment.measure("cases-open")
    assert found.total.figure.numerator == expected
    assert sum(each.figure.numerator or 0 for each in found.offices) == expected


def test_a_recommendation_has_its_measure_need_and_verdict(done):
    fourth = next(each for each in done.assessment.assessed if each.followed.entry.number == "4")
    assert fourth.measures == ("file-reviews-on-time",)
    assert fourth.standing is Standing.NOT_DONE
    assert [bool(need.measures) for need in fourth.needs] == [True, False]
    others = [each.standing for each in done.assessment.assessed if each is not fourth]
    assert set(others) == {Standing.NOT_ASSESSED}


def test_json_and_summary_agree(asked, done):
    told = json.loads((asked.out / "assessment.json").read_text(encoding="utf-8"))
    assert told["summary"] == done.summary
    assert told["summary"]["recommendations"]["total"] == 5
    assert told["sources"]["documents"][0]["path"] == "OIG-24-951.txt"
    assert told["sources"]["engine"] == "duckdb"
    assert "closeout" in told["sources"]["versions"]


def test_tables_hold_every_figure(asked, done):
    measures = pl.read_parquet(asked.out / "results/measures.parquet")
    rows = sum(1 + len(each.offices) + len(each.series) for each in done.assessment.measured)
    assert measures.height == rows
    duties = pl.read_parquet(asked.out / "results/duties.parquet")
    assert set(duties["duty"]) >= {"file-review", "case-assignment"}
    assert duties["instances"].min() > 0
    assert set(duties["standing"]) >= {"in_time", "missed", "overdue", "open"}
    owed = duties.filter((pl.col("duty") == "file-review") & (pl.col("standing") == "in_time"))
    assert owed["instances"].sum() >= done.assessment.measure("file-reviews-on-time").total.figure.numerator
    staffing = pl.read_parquet(asked.out / "results/staffing.parquet")
    assert staffing["office_id"][0] == ""


@pytest.mark.usefixtures("done")
def test_only_measures_that_answer_are_frozen(asked):
    entries = read_index(asked.out / "frozen").checked()
    assert [entry.code for entry in entries] == ["file-reviews-on-time"]


@pytest.mark.usefixtures("done")
def test_the_report_names_no_machine(asked):
    html = (asked.out / "report.html").read_text(encoding="utf-8")
    assert str(asked.out.parent) not in html
    assert "OIG-24-951, recommendation 4" in html


def test_a_finished_assessment_stays(asked, done):
    with pytest.raises(CannotKeepError, match="--force"):
        assess(asked)
    assert (asked.out / "assessment.json").is_file()


def test_the_steps_are_timed(done):
    assert list(done.seconds)[:2] == ["Checking the records", "Computing the measures"]


def test_the_same_records_for_other_recommendations_give_the_same_figures(asked, done, small, pack):
    rules = load_rules(pack)
    followed = done.documents.followed
    needs = {each.entry.key: needs_of(each.entry, done.documents.readings) for each in followed}
    again, _ = assess_records(open_snapshot(small), rules, DAY, followed=followed, needs=needs)
    assert again.measured == done.assessment.measured
    assert again.assessed == done.assessment.assessed
    assert relinked(done, rules, followed=followed, needs=needs).assessed == again.assessed


@pytest.fixture(scope="module")
def spoiled(asked, small, pack, tmp_path_factory):
    """Return a run over records whose reviews were changed, by a pack with a fault, without reports."""
    folder = tmp_path_factory.mktemp("spoiled")
    records = shutil.copytree(small, folder / "records")
    file = next((records / "file_reviews").glob("*.parquet"))
    file.write_bytes(file.read_bytes() + b"x")
    wrong = shutil.copytree(pack, folder / "pack")
    for name, old, new in (
        ("case_files", "within: recorded_on", "within: then"),
        ("measures", "- measure: cases-open", f"{EVERY}- measure: cases-open"),
    ):
        text = (wrong / f"{name}.yaml").read_text(encoding="utf-8")
        assert old in text
        (wrong / f"{name}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    wanted = replace(asked, reports=folder / "none", records=records, out=folder / "out", pack=wrong)
    return assess(replace(wanted, has_letters=False))


def test_a_changed_table_is_left_out_and_the_rest_goes_on(spoiled):
    assert not spoiled.is_whole
    reviews = spoiled.assessment.measure("file-reviews-on-time").total.figure
    assert reviews.outcome is Outcome.NO_DATA
    assert "file_reviews" in reviews.reason
    assert spoiled.assessment.measure("cases-open").total.figure.outcome is Outcome.COMPUTED
    assert any("the table is left out" in note for note in spoiled.assessment.notes)


def test_a_wrong_clause_is_left_out_with_what_counts_it_and_the_rest_goes_on(spoiled):
    notes = spoiled.assessment.notes
    (fault,) = [note for note in notes if note.startswith("case_files.yaml:") and "`then`" in note]
    assert fault.endswith("; the duty is left out")
    assert "1 measure counts what is left out, and is left out too: overdue" in notes
    assert any(
        "Hours and need: not worked out, the pack leaves out departure-verif" in note for note in notes
    )
    assert spoiled.worked.beside.staffing is None
    codes = {each.measure.code for each in spoiled.assessment.measured}
    assert codes == {"file-reviews-on-time", "cases-open", "findings-open", "recommendations-open"}
    duties = {row["duty"] for row in spoiled.worked.duties}
    assert "departure-verification" not in duties
    assert "departure-closure" in duties


def test_missing_reports_are_a_note_and_the_rest_goes_on(spoiled):
    assert spoiled.assessment.assessed == ()
    assert any("there is no folder" in note for note in spoiled.assessment.notes)
    overdue = spoiled.assessment.measure("recommendations-open").total.figure
    assert overdue.outcome is Outcome.NOT_ASSESSED


@pytest.fixture(scope="module")
def nearly_nothing(asked, tmp_path_factory):
    """Return a run over tables of one office and no row besides."""
    folder = tmp_path_factory.mktemp("nothing")
    tables = folder / "tables"
    tables.mkdir()
    source = open_snapshot(asked.records)
    for name in ("offices", "cases", "file_reviews", "assignments", "transfers", "officers"):
        rows = pl.read_parquet(source.files(name))
        (rows.head(1) if name == "offices" else rows.clear()).write_parquet(tables / f"{name}.parquet")
    return assess(replace(asked, records=tables, out=folder / "out", has_letters=False))


def test_one_office_and_no_rows_are_results(nearly_nothing):
    outcomes = {each.measure.code: each.total.figure.outcome for each in nearly_nothing.assessment.measured}
    assert outcomes["file-reviews-on-time"] in {Outcome.NO_DATA, Outcome.NO_RULE}
    assert outcomes["cases-open"] is Outcome.NO_DATA
    assert len(nearly_nothing.assessment.assessed) == 5


def test_checked_tables_are_kept_in_the_folder(nearly_nothing, tmp_path):
    facts = nearly_nothing.assessment.sources["records"]
    assert facts["checked"] == {"read": 1, "accepted": 1, "quarantined": 0}


def test_a_day_before_the_data_gives_no_figures_and_says_so(asked, tmp_path):
    early = assess(replace(asked, as_of=date(2001, 1, 1), out=tmp_path / "out", has_letters=False))
    assert any("2001-01-01 lies before the records begin" in note for note in early.assessment.notes)
    assert early.assessment.measure("file-reviews-on-time").total.figure.value is None


def test_an_auditors_list_is_checked_against_the_register(asked, tmp_path):
    path = tmp_path / "oig.csv"
    path.write_text("report,recommendation,status\nOIG-24-951,4,Closed\n", encoding="utf-8")
    done = assess(replace(asked, out=tmp_path / "out", auditors_lists=(path,)))
    book = openpyxl.load_workbook(tmp_path / "out" / "papers" / "gao-ig-act.xlsx")
    rows = [row[:3] for row in book["discrepancies"].iter_rows(min_row=6, values_only=True)]
    assert ("OIG-24-951", "4", "status differs") in rows
    assert done.is_whole


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "cannot be read"),
        ("a,b\n", "lacks the column report"),
        ("report,recommendation,status\nX\n", "line 2"),
    ],
)
def test_a_list_that_is_wrong_ends_the_run_before_it_begins(asked, tmp_path, text, says):
    path = tmp_path / "oig.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(NothingToAssessError, match=says):
        assess(replace(asked, out=tmp_path / "out", auditors_lists=(path,)))
    assert [each.name for each in tmp_path.iterdir() if each != path] == []


def test_papers_are_written_of_what_is_known_already(done, tmp_path):
    index = write_papers(done.assessment, done.worked, tmp_path, Given())
    assert read_papers(tmp_path) == index
    assert index.papers[0].path == "report.html"
    assert [each.path for each in index.papers] == [each.path for each in done.papers.papers]
