"""Verdicts on whole snapshots: the example agency with its planted defects, and real public tables."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import closeout.records
from closeout.duties.run import open_tables
from closeout.engines import connect
from closeout.evidence.statistics.acceptance import AqlVerdict
from closeout.evidence.verdicts.agreements import agreements
from closeout.evidence.verdicts.deficiencies import deficiencies
from closeout.evidence.verdicts.reviews import reviews
from closeout.evidence.verdicts.standards import standards
from closeout.evidence.verdicts.traces import traces
from closeout.evidence.verdicts.training import training
from closeout.records.checking.check import check
from closeout.records.example.write import write_example
from closeout.records.mapping import load_mapping
from closeout.records.snapshot import open_snapshot

SHARED = Path(__file__).parents[4] / "shared" / "data"
MAPPINGS = Path(closeout.records.__file__).parent / "mappings"
REAL_DAY = date(2026, 5, 31)
VERDICTS = (standards, deficiencies, training, traces, agreements, reviews)
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public tables are not beside this folder")


def opened(engine, snapshot):
    """Return what runs a verdict on a snapshot."""
    tables = open_tables(engine, snapshot)

    def run(what, as_of=None, **said):
        return what(engine, tables, as_of or snapshot.as_of, **said)

    return run


@pytest.fixture(scope="module")
def agency(tmp_path_factory):
    return write_example(tmp_path_factory.mktemp("verdicts") / "agency")


@pytest.fixture(scope="module")
def run(agency):
    with closing(connect(threads=1)) as engine:
        yield opened(engine, agency)


@pytest.fixture(scope="module")
def planted(agency):
    """Return the keys of the rows that a planted defect is on, by the defect's name."""
    said = json.loads((agency.folder / "defects.json").read_text(encoding="utf-8"))
    return {one["id"]: one["keys"] for one in said}


@pytest.fixture(scope="module")
def rows(agency):
    return lambda name: pl.concat([pl.read_parquet(part) for part in agency.files(name)])


# The example agency.


@pytest.mark.parametrize("what", VERDICTS, ids=lambda what: what.__name__)
def test_the_same_snapshot_gives_the_same_plain_values(run, what):
    one, other = run(what).plain(), run(what).plain()
    assert one == other
    assert json.loads(json.dumps(one))["as_of"] == "2026-09-30"


@pytest.mark.parametrize("what", VERDICTS, ids=lambda what: what.__name__)
def test_a_day_before_all_records_is_no_error(run, what):
    found = run(what, date(1990, 1, 1))
    assert found.as_of == date(1990, 1, 1)
    assert found.cannot


def test_seventeen_standards_have_no_blank(run):
    found = run(standards)
    ends, cells = found.matrix()
    assert len(found.rows) == 17
    assert {len(line) for line in cells} == {len(ends)}
    assert sum(found.counts.values()) == 17


def test_planted_standards_are_not_assessed_in_any_period(run, planted):
    found = run(standards)
    never = {row.standard_id for row in found.rows if not any(cell.events for cell in row.cells)}
    assert never == set(planted["standard-not-assessed"])
    assert all(
        cell.result.verdict is not AqlVerdict.MEETS
        for row in found.rows
        if row.standard_id in never
        for cell in row.cells
    )


def test_planted_verdicts_without_a_sample_are_all_named(run, planted, rows):
    entries = rows("standard_assessments").filter(
        pl.col("assessment_id").is_in([int(key) for key in planted["verdict-without-sample"]])
    )
    says = [one for one in run(standards).disagreements if one.startswith("ATD-1-08")]
    assert len(says) == len(entries)


def test_unverified_discrepancies_are_the_planted_ones(run, planted):
    found = [row.discrepancies for row in run(standards).rows]
    assert sum(one.reported - one.verified for one in found) == len(planted["discrepancy-not-verified"])
    assert sum(one.reported - one.with_cause for one in found) == len(planted["discrepancy-without-cause"])


def test_deficiencies_are_all_counted_once(run, rows):
    found = run(deficiencies)
    assert found.deficiencies == len(rows("deficiencies"))
    assert sum(one.inspections for one in found.facilities) == found.inspections == len(rows("inspections"))
    assert sum(quarter.deficiencies for quarter in found.quarters) == found.deficiencies
    assert sum(year.deficiencies for year in found.years) == found.deficiencies


def test_what_the_reports_call_repeats_is_what_was_planted(run, planted):
    assert run(deficiencies).repeats.flagged == len(planted["deficiency-repeated"])


def test_closed_without_verification_is_what_was_planted(run, planted):
    assert run(deficiencies).verified.closed_unverified == len(planted["deficiency-closed-unverified"])


def test_facilities_stand_by_code(run):
    codes = [one.facility_id for one in run(deficiencies).facilities]
    assert codes == sorted(codes)


def test_converted_officers_without_training_are_the_planted_ones(run, planted):
    found = next(one for one in run(training).requirements if one.requirement_id == "REQ-CMT")
    assert found.total.exceptions == len(planted["converted-officer-not-trained"])
    assert found.total.audience == found.total.recorded + found.total.exceptions
    assert found.recorded_share is not None
    assert found.recorded_share < 1


def test_training_names_nobody(run):
    assert "S-" not in json.dumps(run(training).plain())


def test_traces_add_up_to_the_table(run, rows):
    found = run(traces)
    counted = rows("trace_counts").filter(pl.col("month_from") >= found.since)
    assert found.firearms == counted["firearms"].sum()
    assert sum(one.firearms for one in found.months) == found.firearms
    assert found.states is not None
    assert found.states.records()[-1]["all"] == found.firearms


def test_the_register_equals_its_list(run):
    found = run(agreements)
    assert found.models[-1].difference == 0
    assert found.agreements == sum(found.models[-1].states.values())


def test_reviews_add_up_to_the_table(run, rows):
    found, table = run(reviews), rows("file_reviews").filter(pl.col("completed_on").is_not_null())
    assert found.reviews == len(table)
    assert sum(one.defects for one in found.bases) == table["defects"].sum()


# Real public tables, through the mappings that come with Closeout.


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """Return what runs a verdict on a public folder; each folder is checked once."""
    made = {}

    def run(what, folder, mapping):
        if folder not in made:
            place = tmp_path_factory.mktemp("real") / "snapshot"
            given = load_mapping(MAPPINGS / mapping, beside=SHARED / folder)
            check(SHARED / folder, as_of=REAL_DAY, mapping=given, out=place)
            made[folder] = open_snapshot(place)
        with closing(connect(threads=1)) as engine:
            return opened(engine, made[folder])(what)

    return run


@needs_shared
def test_hand_tabulated_inspections_allow_no_rate(real):
    found = real(deficiencies, "inspections", "inspections.yaml")
    assert (found.inspections, found.deficiencies, found.with_exposure, found.funnel) == (14, 14, 0, None)
    assert (found.repeats.flagged, found.repeats.could_match) == (2, 0)
    said = " ".join(found.cannot)
    assert "14 of 14 inspections do not say how many components were assessed" in said
    assert "8 of these have no deficiency on record" in said
    assert "no corrective actions" in said


@needs_shared
def test_published_inspections_have_ratings_whose_words_drift(real):
    found = real(deficiencies, "detention-statistics", "detention.yaml")
    assert (found.inspections, found.deficiencies, found.funnel, found.signals) == (2375, 0, None, ())
    assert sum(year.inspections for year in found.years) == 2375
    said = " ".join(found.cannot)
    assert "no table of deficiencies" in said
    assert "The words of ratings drift: 15 printed forms stand for 7 ratings" in said
    assert "fewer than 5 comparable inspections" in said


@needs_shared
def test_public_lists_of_agreements_end_nothing(real):
    found = real(agreements, "partner-agreements", "partners.yaml")
    assert (found.lists, found.list_on, found.first_published) == (783, date(2026, 5, 18), 150)
    assert found.models[-1].states["ended"] == 0
    assert found.models[-1].states["unlisted"] > 0
    assert found.coverage is None
    said = " ".join(found.cannot)
    assert "That is no ending" in said
    assert "oversight is not assessed" in said
    assert "the register" in said
