"""`closeout analyze`, as a person runs it."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from closeout.cli.analyze_out import as_csv
from closeout.cli.analyze_show import Shown
from closeout.cli.main import app
from closeout.followup.tables import Column, Table
from closeout.records.example.write import write_example
from closeout.records.snapshot import Manifest, Part, sha256_of, write_manifest
from tests.duties.making import day, table

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public tables are not beside this folder")
WHAT = ("standards", "deficiencies", "training", "traces", "agreements", "reviews")
ROWS = {
    "contracts": [{"contract_id": "K", "starts_on": day("2020-10-01"), "ends_on": day("2030-09-30")}],
    "contract_standards": [
        {
            "standard_id": "K-01",
            "contract_id": "K",
            "number": 1,
            "aql": 0.05,
            "direction": "most_defects",
            "method": "random",
            "frequency": "quarterly",
            "starts_on": day("2020-10-01"),
            "is_placeholder": True,
        }
    ],
    "surveillance_events": [
        {
            "standard_id": "K-01",
            "observed_on": day("2026-05-15"),
            "method": "random",
            "sampled": 50,
            "defects": 5,
            "inference_allowed": True,
        }
    ],
    "inspections": [
        {
            "facility_id": f"F-{number}",
            "kind": "odo",
            "ended_on": day("2026-03-01"),
            "components_assessed": 40,
            "state": "issued",
        }
        for number in (1, 2)
    ],
    "deficiencies": [
        {
            "inspection_id": 1,
            "facility_id": "F-1",
            "component_id": "A",
            "cited_on": day("2026-03-01"),
            "state": "cited",
        }
    ],
    "officers": [
        {"officer_no": "S-001", "office_id": "OFF-1", "role": "supervisor", "active_from": day("2020-01-01")}
    ],
    "training_requirements": [
        {
            "requirement_id": "REQ-A",
            "course_id": "A",
            "role": "supervisor",
            "recurrence": "once",
            "valid_from": day("2024-01-01"),
        }
    ],
    "trace_counts": [
        {
            "as_of_on": day("2026-09-10"),
            "month_from": day("2025-10-01"),
            "recovery_state": "SON",
            "source_state": "TX",
            "days_bucket": "over_3_years",
            "firearms": 30,
            "incomplete": 0,
            "suppression_rule": "none",
        }
    ],
    "agreements": [
        {
            "agreement_id": "A-1",
            "partner_id": "P-1",
            "model": "WSO",
            "state": "unlisted",
            "signed_on": day("2024-05-01"),
        }
    ],
    "file_reviews": [
        {
            "case_no": "C-000001",
            "office_id": "OFF-1",
            "reviewer": "S-001",
            "completed_on": day("2026-05-01"),
            "items": 8,
            "defects": 1,
            "sample_basis": basis,
        }
        for basis in ("random", "targeted")
    ],
    "file_review_items": [
        {"item": "contact", "result": one, "second_result": other, "found_on": day("2026-05-01")}
        for one, other in (("right", "right"), ("defect", "defect"), ("right", "defect"))
    ],
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("snapshot")
    parts = {}
    for name, rows in ROWS.items():
        path = folder / name / "part-000.parquet"
        path.parent.mkdir()
        pq.write_table(table(name, rows), path)
        parts[name] = (Part(f"{name}/part-000.parquet", len(rows), sha256_of(path)),)
    write_manifest(folder, Manifest(date(2026, 9, 30), "test", parts))
    return folder


@pytest.fixture
def run(snapshot):
    def ran(*words, folder=snapshot):
        what, *others = words
        return CliRunner().invoke(app, ["analyze", what, str(folder), *others])

    return ran


# What it shows.


def test_standards_show_the_matrix_and_the_newest_verdict(run):
    found = run("standards")
    assert found.exit_code == 0
    assert (
        "1 standard, periods since 2024-07-01. As of 2026-09-30. Newest periods: 1 insufficient sample."
        in found.output
    )
    assert "M meets, X does not meet, s insufficient sample, ? not assessed, - not applicable" in found.output
    assert "K-01  ???????s" in found.output
    assert "0.104" in found.output
    assert "The text of 1 of 1 standard is not public" in found.output


def test_deficiencies_show_facilities_by_code_and_what_cannot_be_said(run):
    found = run("deficiencies")
    assert "2 inspections of 2 facilities with 1 deficiency. As of 2026-09-30." in found.output
    assert found.output.index("F-1 ") < found.output.index("F-2 ")
    assert "What cannot be concluded:" in found.output
    assert "no trend can be shown or ruled out there" in found.output


def test_training_shows_counts_and_no_staff_number(run):
    found = run("training")
    assert "1 requirement, everybody counted. As of 2026-09-30." in found.output
    assert "every supervisor, once" in found.output
    assert "S-001" not in found.output


def test_traces_show_caveats(run):
    found = run("traces")
    assert "Firearms recovered since 2023-09-01: 30; untraced: 0." in found.output
    assert "over 3 years: 30; up to here 100.0% of the traced, 100.0% to 100.0% of all." in found.output
    assert "Half of the traced: over 3 years; half of all: over 3 years." in found.output
    assert "Caveats:" in found.output


def test_agreements_say_that_a_list_ends_nothing(run):
    found = run("agreements")
    assert "1 agreement with 1 partner. As of 2026-09-30." in found.output
    assert "That is no ending" in found.output


def test_reviews_show_shares_of_random_files_only(run):
    found = run("reviews")
    assert "2 file reviews. As of 2026-09-30." in found.output
    assert (
        "random: 1 review, 1 defect in 8 items (12.5%, 95 % interval not known to not known)." in found.output
    )
    assert "targeted: 1 review, 1 defect in 8 items.\n" in found.output
    assert "S-001" not in found.output


def test_the_day_can_be_given(run):
    found = run("deficiencies", "--as-of", "2026-02-01")
    assert "0 inspections of 0 facilities" in found.output
    assert "no inspection that had ended" in found.output


def test_a_day_after_the_records_is_answered_and_said(run):
    found = run("deficiencies", "--as-of", "2027-01-31")
    assert "As of 2027-01-31." in found.output
    assert "The records stand as of 2026-09-30: what happened after that day is not in them." in found.output
    assert "after that day" not in run("deficiencies", "--as-of", "2026-09-30").output


@pytest.fixture(scope="module")
def agency(tmp_path_factory):
    return write_example(tmp_path_factory.mktemp("agency") / "small").folder


def test_a_whole_agency_shows_funnel_areas_repeats_and_time_to_a_fix(run, agency):
    said = run("deficiencies", folder=agency).output
    assert "Across 110 facilities since 2024-10-01: " in said
    assert "lie outside the 95 % limits by chance." in said
    assert "Across 24 areas: outside the limits" in said
    assert "Repeated from one inspection to the next: 132 of 657 (20.1%, 95 % interval " in said
    assert "Time to a verified fix: half within 85 days; 813 verified, 183 not yet." in said
    assert "Found put right at the next inspection: " in said
    assert "... and 70 more rows (--out, --json)" in said


def test_a_whole_agency_shows_how_many_agreements_were_inspected(run, agency):
    said = run("agreements", folder=agency).output
    assert "1 public list, the newest of 2026-09-20." in said
    assert "Inspected in the last 24 months: 72 of 139 active agreements" in said


def test_small_counts_of_traces_are_not_shown(run, tmp_path):
    rows = [ROWS["trace_counts"][0] | {"firearms": 4}]
    path = tmp_path / "trace_counts" / "part-000.parquet"
    path.parent.mkdir()
    pq.write_table(table("trace_counts", rows), path)
    parts = {"trace_counts": (Part("trace_counts/part-000.parquet", 1, sha256_of(path)),)}
    write_manifest(tmp_path, Manifest(date(2026, 9, 30), "test", parts))
    said = run("traces", folder=tmp_path).output
    assert said.startswith("Firearms recovered since 2023-09-01: not shown; untraced: not shown.")
    assert "Times from purchase to recovery are not shown: a count is below 11." in said


# What it prints and writes.


@pytest.mark.parametrize("what", WHAT)
def test_json_prints_all_of_it_and_nothing_else(run, what):
    said = json.loads(run(what, "--json").output)
    assert said["as_of"] == "2026-09-30"
    assert said["cannot"]
    assert said["notes"] == []


@pytest.mark.parametrize("what", WHAT)
def test_a_csv_file_begins_with_what_must_be_known(run, what, tmp_path):
    out = tmp_path / "found.csv"
    found = run(what, "--out", str(out))
    assert f"Written to {out}." in found.output
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert "2026-09-30" in lines[0]
    read = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert read
    assert sum(line.startswith("# ") for line in lines) > 1


def test_a_json_file_holds_what_json_prints(run, tmp_path):
    out = tmp_path / "found.json"
    run("standards", "--out", str(out))
    assert json.loads(out.read_text(encoding="utf-8")) == json.loads(run("standards", "--json").output)


def test_traces_carry_their_caveats_into_the_file(run, tmp_path):
    out = tmp_path / "traces.csv"
    run("traces", "--out", str(out))
    assert "# Recovered firearms that are traced are not a random sample" in out.read_text(encoding="utf-8")


def test_a_cell_that_looks_like_a_formula_is_kept_as_text():
    rows = (("=1+1", -2.5), ("-x", None), ("plain", 3))
    made = Table("t", "T", "", date(2026, 1, 1), (Column("a", "A"), Column("b", "B", "n")), rows)
    text = as_csv(Shown("Headline.", made, {}))
    assert text == "# Headline.\na,b\n'=1+1,-2.5\n'-x,\nplain,3\n"


# What it refuses.


def test_a_folder_that_is_no_snapshot_is_refused_in_a_line(run, tmp_path):
    found = run("standards", folder=tmp_path)
    assert found.exit_code == 2
    assert found.output.startswith(f"closeout analyze: {tmp_path} is no snapshot")
    assert len(found.output.splitlines()) == 1


@pytest.mark.parametrize(
    ("what", "lacks"),
    [
        ("standards", "contract_standards"),
        ("deficiencies", "inspections"),
        ("training", "officers, training_requirements"),
        ("traces", "trace_counts"),
        ("agreements", "agreements"),
        ("reviews", "file_reviews"),
    ],
)
def test_a_snapshot_without_the_table_is_refused_in_a_line(run, tmp_path, what, lacks):
    write_manifest(tmp_path, Manifest(date(2026, 9, 30), "test", {}))
    found = run(what, folder=tmp_path)
    assert found.exit_code == 2
    assert f"the records have no table {lacks}: nothing can be said" in found.output


def test_another_kind_of_file_is_refused(run, tmp_path):
    found = run("standards", "--out", str(tmp_path / "found.pdf"))
    assert found.exit_code == 2
    assert "must end in .csv or .json" in found.output


def test_a_missing_folder_to_write_into_is_refused(run, tmp_path):
    found = run("standards", "--out", str(tmp_path / "none" / "found.csv"))
    assert found.exit_code == 2
    assert "there is no folder" in found.output


def test_an_unknown_engine_is_refused(run):
    found = run("standards", "--engine", "oracle://x")
    assert found.exit_code == 1
    assert "names no engine" in found.output


def test_a_missing_mapping_is_refused(run, tmp_path):
    found = run("standards", "--mapping", str(tmp_path / "none.yaml"))
    assert found.exit_code == 2
    assert "there is no mapping file" in found.output


def test_a_mapping_with_nothing_to_check_is_refused(run, tmp_path):
    mapping = tmp_path / "m.yaml"
    mapping.write_text("title: T\nsources: []\n", encoding="utf-8")
    found = run("deficiencies", "--mapping", str(mapping), folder=tmp_path)
    assert found.exit_code == 2
    assert len(found.output.splitlines()) == 1


# Other people's tables.

MAPPING = """
title: Visits
sources:
- file: visits.csv
  tables:
    inspections:
      columns:
        inspection_id: {number_of: [Place, Day]}
        facility_id: {code_of: [Place], prefix: F-}
        kind: {value: odo}
        state: {value: issued}
        ended_on: {from: Day, date: "%m/%d/%Y"}
        components_assessed: Looked at
      leave_out:
      - {reason: a visit that was called off, when: {Looked at: ["off"]}}
"""


def test_a_mapping_checks_other_peoples_tables_first(run, tmp_path):
    (tmp_path / "visits.csv").write_text(
        "Place,Day,Looked at\nNorth,03/01/2026,40\nSouth,03/02/2026,\nWest,soon,7\nEast,03/04/2026,off\n",
        encoding="utf-8",
    )
    mapping = tmp_path / "visits.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    found = run("deficiencies", "--mapping", str(mapping), "--as-of", "2026-09-30", folder=tmp_path)
    assert found.exit_code == 0
    assert "2 inspections of 2 facilities" in found.output
    assert "1 of 2 inspections does not say how many components were assessed" in found.output
    assert "inspections: 1 of 3 rows was quarantined by the check and takes no part." in found.output
    assert "inspections: 1 row of visits.csv takes no part: a visit that was called off." in found.output


@needs_shared
def test_public_inspections_run_end_to_end(run):
    mapping = Path(__file__).parents[2] / "src/closeout/records/mappings/inspections.yaml"
    found = run(
        "deficiencies", "--mapping", str(mapping), "--as-of", "2026-05-31", folder=SHARED / "inspections"
    )
    assert found.exit_code == 0
    assert "14 inspections of 14 facilities with 14 deficiencies. As of 2026-05-31." in found.output
    assert "8 rows of odo_inspections_sample.csv take no part" in found.output
