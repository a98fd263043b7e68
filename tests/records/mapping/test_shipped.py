"""The shipped mappings on the real public tables: what comes through fits, what does not is told."""

from __future__ import annotations

from pathlib import Path

import dataframely as dy
import polars as pl
import pytest
import yaml

import closeout.records
from closeout.records.mapping import load_mapping, read_source
from closeout.records.tables import TABLES

SHARED = Path(__file__).parents[4] / "shared" / "data"
MAPPINGS = Path(closeout.records.__file__).parent / "mappings"
FILES = {
    "countries/ice_removals_by_country_fy2017_fy2018.csv": ("published_counts",),
    "countries/uncooperative_country_counts.csv": ("published_counts",),
    "countries/uncooperative_country_lists.csv": ("countries", "cooperation_assessments"),
    "courts/hawaii_family_pending_filed_terminated.csv": ("docket_counts",),
    "detention-statistics/atd_by_aor_technology.csv": ("program_counts",),
    "detention-statistics/facilities_panel.csv.gz": ("facilities", "facility_counts"),
    "detention-statistics/facility_inspections.csv": ("facilities", "standard_sets", "inspections"),
    "inspections/odo_inspections_sample.csv": ("facilities", "inspections", "deficiencies"),
    "partner-agreements/agreements_history.csv": ("partners", "agreements"),
    "partner-agreements/counts_by_snapshot_state_model.csv": ("published_counts",),
    "reference/ero_case_status_raw_counts_iceair.csv": ("published_counts",),
    "reference/ice_areas_of_responsibility_ddp.csv": ("offices",),
    "reference/ice_offices.csv": ("offices",),
    "staff/ice_employment_by_series_grade.csv": ("published_counts",),
    "staff/ice_employment_by_state.csv": ("published_counts",),
}
PLACES = ("address", "zip", "zip_4", "address_full", "office_latitude", "office_longitude")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public tables are not beside this folder")


@pytest.fixture(scope="module")
def shipped():
    """Return all shipped mappings as one, with the folder of the data beside."""
    return load_mapping(MAPPINGS, beside=SHARED if SHARED.is_dir() else None)


@pytest.fixture(scope="module")
def mapped(shipped):
    """Return a function that maps a public table: its parts by table."""
    done = {}

    def get(name):
        if name not in done:
            frame = read_source(SHARED / name, shipped.form(name))
            done[name] = {part.table: part for part in shipped.apply(name, frame)}
        return done[name]

    return get


def typed(part):
    """Return the rows that are not refused, with the declared types; a cell that has none is an error."""
    kinds = {
        name: pl.String if isinstance(made.dtype, pl.Enum) else made.dtype
        for name, made in TABLES[part.table].columns().items()
    }
    kept = part.frame.filter(pl.col("_unmapped").is_null()).drop("_unmapped", "_row")
    shown = [
        pl.when(pl.col(name) == "true").then(statement=True).otherwise(statement=False).alias(name)
        if isinstance(TABLES[part.table].columns()[name], dy.Bool)
        else pl.col(name).str.to_date()
        if kinds[name] == pl.Date
        else pl.col(name).cast(kinds[name])
        for name in kept.columns
    ]
    missing = [pl.lit(None, dtype=kinds[name]).alias(name) for name in kinds if name not in kept.columns]
    return kept.select(shown).with_columns(missing).select(list(kinds))


@pytest.mark.parametrize("file", sorted(MAPPINGS.glob("*.yaml")), ids=lambda file: file.stem)
def test_each_mapping_stands_alone_and_has_a_title(file):
    assert load_mapping(file).sources
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["title"]


def test_each_public_table_feeds_what_the_guide_says(shipped):
    assert {name: shipped.tables(name) for name in FILES} == FILES


@needs_shared
@pytest.mark.parametrize("name", FILES)
def test_every_row_is_kept_or_left_out_with_a_reason(mapped, name):
    for part in mapped(name).values():
        assert part.frame.height + sum(count for _, count in part.left_out) == part.rows
        assert all(reason and count for reason, count in part.left_out)


@needs_shared
@pytest.mark.parametrize("name", FILES)
def test_what_is_not_refused_fits_the_declared_table_but_for_empty_cells(mapped, name):
    allowed = {"nullability", "primary_key"}
    for part in mapped(name).values():
        _, failed = TABLES[part.table].filter(typed(part), cast=True)
        assert {rule.split("|")[-1] for rule in failed.counts()} <= allowed, part.table


@needs_shared
@pytest.mark.parametrize("name", FILES)
def test_every_source_column_is_used_or_dropped_with_a_reason(mapped, name):
    for part in mapped(name).values():
        assert [column for column, reason in part.dropped if reason == "the mapping does not name it"] == []


@needs_shared
@pytest.mark.parametrize("name", sorted(set(FILES) - {"reference/ero_case_status_raw_counts_iceair.csv"}))
def test_keys_are_told_apart(mapped, name):
    for part in mapped(name).values():
        assert part.frame[TABLES[part.table].key()].is_duplicated().sum() == 0


@needs_shared
def test_the_office_sum_that_misses_the_printed_total_is_carried_over_as_it_is(mapped):
    counts = typed(mapped("detention-statistics/atd_by_aor_technology.csv")["program_counts"])
    on = counts.filter(pl.col("as_of_on") == pl.date(2022, 8, 13), pl.col("category") == "ALL")
    assert on.filter(pl.col("office_id") != "ALL")["people"].sum() == 297_973
    assert on.filter(pl.col("office_id") == "ALL")["people"].to_list() == [297_994]
    assert counts.height == 11_518
    assert counts["office_id"].n_unique() == 26


@needs_shared
def test_seventeen_office_days_whose_technologies_do_not_add_up_come_through(mapped):
    counts = typed(mapped("detention-statistics/atd_by_aor_technology.csv")["program_counts"])
    offices = counts.filter(pl.col("office_id") != "ALL")
    by_day = ["as_of_on", "office_id"]
    parts = (
        offices.filter(pl.col("category") != "ALL").group_by(by_day).agg(pl.col("people").sum().alias("sum"))
    )
    joined = offices.filter(pl.col("category") == "ALL").join(parts, on=by_day)
    assert joined.height == 2_355
    assert joined.filter(pl.col("sum") != pl.col("people")).height == 17


@needs_shared
def test_seventy_court_rows_do_not_balance_and_are_taken_as_they_are(mapped):
    part = mapped("courts/hawaii_family_pending_filed_terminated.csv")["docket_counts"]
    counts = typed(part)
    made = pl.col("opening") + pl.col("came_in") - pl.col("went_out")
    assert counts.filter(made != pl.col("closing")).height == 70
    assert part.left_out == [("a heading of the printed table", 86)]
    assert counts.height == 3_066 - 86


@needs_shared
def test_a_scheduled_inspection_is_no_date_of_one(mapped):
    part = mapped("detention-statistics/facilities_panel.csv.gz")["facility_counts"]
    told = {value: count for column, value, count in part.unmapped if column == "last_inspected_on"}
    assert told == {"N/A": 242, "Scheduled FY26": 124, "New Facility": 95, "Scheduled FY27": 36, "Regular": 1}
    assert part.frame.filter(pl.col("last_inspected_on").str.contains("Scheduled")).height == 0
    assert part.frame["_unmapped"].drop_nulls().to_list().count("last_inspected_on") == 1


@needs_shared
def test_no_count_by_threat_or_conviction_is_taken(mapped):
    part = mapped("detention-statistics/facilities_panel.csv.gz")["facilities"]
    dropped = dict(part.dropped)
    for column in ("adp_threat_1", "adp_threat_none", "adp_male_crim", "adp_level_d"):
        assert dropped[column].endswith("the boundary")


@needs_shared
def test_ratings_become_choices_and_keep_their_words(mapped):
    part = mapped("detention-statistics/facility_inspections.csv")["inspections"]
    pairs = dict(part.frame.select("rating_as_printed", "rating").unique().drop_nulls().iter_rows())
    assert pairs["pending Final Report"] == "pending"
    assert pairs["Refused/Fail"] == "does_not_meet"
    assert pairs["Acceptable/Adequate"] == "acceptable"
    assert pairs["TAR Assigned"] == "none"
    (rate,) = [rate for rate in part.rates if rate.column == "rating"]
    assert rate.of - rate.resolved == part.frame["rating_as_printed"].null_count() == 261


@needs_shared
def test_slipped_columns_are_refused_and_not_read_as_something_else(mapped):
    part = mapped("detention-statistics/facility_inspections.csv")["inspections"]
    refused = part.frame.filter(pl.col("_unmapped").is_not_null())
    assert refused.height == 291
    listed = {value for column, value, _ in part.unmapped if column == "kind"}
    assert {"10/1/2020", "NDS 2019", "N/A"} <= listed


@needs_shared
def test_applications_are_no_agreements_and_a_respelled_state_is_one_state(mapped):
    parts = mapped("partner-agreements/agreements_history.csv")
    assert ("an application, not an agreement", 1_472) in parts["agreements"].left_out
    assert ("the same agreement under another spelling of its state", 72) in parts["agreements"].left_out
    assert set(parts["partners"].frame["area"].drop_nulls().str.len_chars()) == {2}
    states = parts["agreements"].frame.group_by("state").len().rows()
    assert {state for state, _ in states} == {"active", "unlisted"}


@needs_shared
def test_the_first_list_has_150_agreements(mapped):
    counts = typed(mapped("partner-agreements/counts_by_snapshot_state_model.csv")["published_counts"])
    first = counts.filter(pl.col("as_of_on") == pl.date(2021, 1, 13), pl.col("kind") == "agreements")
    assert first["amount"].sum() == 150


@needs_shared
def test_the_office_of_an_agreement_is_the_one_whose_area_it_lies_in(mapped):
    parts = mapped("partner-agreements/agreements_history.csv")
    listed = [value for column, value, _ in parts["agreements"].unmapped if column == "office"]
    assert all(value.startswith(("Texas", "New York")) for value in listed)
    known = set(mapped("reference/ice_offices.csv")["offices"].frame["office_id"])
    kept = parts["agreements"].frame.filter(pl.col("_unmapped").is_null())
    assert set(kept["office_id"]) <= known
    assert kept.height == 2_039 - 18


def test_without_the_table_of_counties_only_states_of_one_area_have_an_office():
    codes = load_mapping(MAPPINGS / "partners.yaml").sources[0].derived[-1]
    assert codes.rule(("Florida", None)).text == "MIA"
    assert not codes.rule(("Texas", "Harris County")).is_resolved


@needs_shared
def test_addresses_and_coordinates_are_dropped_and_the_drop_is_told(mapped):
    part = mapped("reference/ice_offices.csv")["offices"]
    dropped = dict(part.dropped)
    assert all(dropped[column].endswith("the boundary") for column in PLACES)
    source = read_source(
        SHARED / "reference/ice_offices.csv", load_mapping(MAPPINGS / "offices.yaml").form("ice_offices.csv")
    )
    kept = set(part.frame.drop("_row").unpivot()["value"].drop_nulls())
    for column in ("address", "address_full", "office_latitude"):
        assert not kept & set(source[column].drop_nulls())
    assert part.left_out[0] == ("another part of the agency", 129)
    assert part.frame["time_zone"].null_count() == 0


@needs_shared
def test_findings_texts_are_dropped_and_no_code_is_no_clean_result(mapped):
    parts = mapped("inspections/odo_inspections_sample.csv")
    assert dict(parts["deficiencies"].dropped)["finding"] == "free text: the boundary"
    assert parts["deficiencies"].frame.height == 14
    assert dict(parts["deficiencies"].left_out) == {
        "no code and no text of findings; not a clean result": 8,
        "an area of concern, not a deficiency": 1,
    }
    days = parts["inspections"].frame.select("started_on", "ended_on").rows()
    assert ("2025-04-29", "2025-05-01") in days
    assert ("2025-05-08", "2025-05-08") in days


@needs_shared
def test_a_country_with_two_meanings_is_not_guessed(mapped):
    part = mapped("countries/ice_removals_by_country_fy2017_fy2018.csv")["published_counts"]
    assert part.unmapped == [("area", "KOREA", 2), ("area", "KOSOVO", 2)]
    mexico = part.frame.filter(pl.col("area") == "MEX").select("as_of_on", "amount").rows()
    assert sorted(mexico) == [("2017-09-30", "128765"), ("2018-09-30", "141045")]


@needs_shared
def test_lists_of_countries_are_dated_sets(mapped):
    part = mapped("countries/uncooperative_country_lists.csv")["cooperation_assessments"]
    by_day = dict(part.frame.group_by("cycle_on").len().iter_rows())
    assert by_day == {"2017-05-16": 12, "2024-12-01": 7}


@needs_shared
def test_employees_are_counted_and_make_no_posts(mapped):
    part = mapped("staff/ice_employment_by_series_grade.csv")["published_counts"]
    assert "1801 GS 12" in part.frame["category"].to_list()
    assert set(part.frame["as_of_on"]) == {"2024-09-30", "2025-03-31"}
    assert set(part.frame["kind"]) == {"employees"}
