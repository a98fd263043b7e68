"""Whole checks: what is accepted, what is kept apart and why."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.records.checking.check import Progress, check
from closeout.records.checking.order import in_order
from closeout.records.tables import TABLES
from tests.records.checking.made import (
    AS_OF,
    case,
    checked,
    membership,
    office,
    officer,
    only,
    rules,
    table_of,
    write_csv,
)


def test_rows_that_keep_every_rule_are_accepted(tmp_path):
    write_csv(tmp_path, "offices", [office()])
    write_csv(tmp_path, "officers", [officer()])
    write_csv(tmp_path, "cases", [case("C-000001"), case("C-000002", officer_no="")])
    report = checked(tmp_path)
    assert (report.read, report.accepted, report.quarantined) == (4, 4, 0)
    assert report.is_clean


@pytest.mark.parametrize(
    ("change", "rule", "column"),
    [
        ({"case_no": "17"}, "form", "case_no"),
        ({"case_no": ""}, "required", "case_no"),
        ({"docket": "closed"}, "choice", "docket"),
        ({"is_detained": "perhaps"}, "type", "is_detained"),
        ({"opened_on": "01/06/2025"}, "type", "opened_on"),
        ({"opened_on": ""}, "required", "opened_on"),
        ({"opened_on": "2026-07-01"}, "future", "opened_on"),
        ({"opened_on": "1066-10-14"}, "too_early", "opened_on"),
        ({"state": "closed", "closed_on": "2025-03-01"}, "closed_with_reason", ""),
        ({"closed_on": "2025-03-01", "closure_reason": "deceased"}, "closed_on_iff_closed", ""),
        ({"state": "closed"}, "closed_on_iff_closed", ""),
        (
            {"state": "closed", "closed_on": "2024-03-01", "closure_reason": "deceased"},
            "opened_before_closed",
            "",
        ),
        ({"status_code": "A123456789"}, "private", "status_code"),
        ({"status_code": "123 Main Street"}, "private", "status_code"),
    ],
)
def test_a_row_that_breaks_a_rule_is_kept_apart_with_it(tmp_path, change, rule, column):
    write_csv(tmp_path, "cases", [case("C-000001"), case("C-000002") | change, case("C-000003")])
    table = only(checked(tmp_path))
    assert (table.accepted, table.quarantined) == (2, 1)
    assert rules(table) == {(rule, column): 1}
    (broken,) = table.broken
    assert [(place.file, place.row) for place in broken.examples] == [("cases.csv", 2)]
    assert broken.reason


@pytest.mark.parametrize(
    ("table", "row", "change", "rule"),
    [
        ("offices", office(), {"label": "x" * 121}, "length"),
        ("offices", office(), {"label": "two\nlines"}, "control"),
        ("offices", office(), {"label": "call 312-555-0142"}, "private"),
        ("docket_counts", {}, {"opening": "-1"}, "least"),
        ("officers", officer(), {"contracted_hours": "nan"}, "type"),
        ("officers", officer(), {"contracted_hours": "inf"}, "type"),
        ("contract_standards", {}, {"aql": "1.5"}, "most"),
    ],
)
def test_other_rules_of_a_column(tmp_path, table, row, change, rule):
    write_csv(tmp_path, table, [row | change])
    (column,) = change
    assert (rule, column) in rules(only(checked(tmp_path)))


def test_a_row_may_break_several_rules_and_is_kept_apart_once(tmp_path):
    write_csv(tmp_path, "cases", [case("17", docket="closed", opened_on="soon")])
    table = only(checked(tmp_path))
    assert table.quarantined == 1
    assert set(rules(table)) == {("form", "case_no"), ("choice", "docket"), ("type", "opened_on")}


def test_a_date_that_may_lie_in_the_future_does(tmp_path):
    row = {"absence_id": 1, "officer_no": "S-0001", "kind": "annual", "hours_a_day": 8}
    write_csv(tmp_path, "absences", [row | {"from_on": "2026-08-01", "to_on": "2026-08-14"}])
    assert checked(tmp_path).is_clean


def test_the_as_of_day_itself_is_not_the_future(tmp_path):
    write_csv(tmp_path, "cases", [case(opened_on=AS_OF)])
    assert checked(tmp_path).is_clean


def test_what_can_only_mean_one_thing_is_accepted(tmp_path):
    rows = [case(" C-000001", is_detained="TRUE", opened_on="2025-01-06 00:00:00", closed_on=" ")]
    write_csv(tmp_path, "cases", rows)
    write_csv(tmp_path, "docket_counts", [{"count_id": "1.0"}])
    report = checked(tmp_path)
    assert table_of(report, "cases").accepted == 1
    assert ("type", "count_id") not in rules(table_of(report, "docket_counts"))


def test_rows_keep_their_order_when_some_are_looked_at_twice(tmp_path):
    write_csv(tmp_path, "offices", [office(f"OFF-{n:02}" if n % 3 else f" OFF-{n:02}") for n in range(9)])
    checked(tmp_path, out=tmp_path / "out")
    kept = pl.read_parquet(tmp_path / "out/offices/part-000.parquet")
    assert kept["office_id"].to_list() == [f"OFF-{n:02}" for n in range(9)]


# --- keys and references ----------------------------------------------------------------------------


def test_every_row_of_a_key_that_is_there_twice_is_kept_apart(tmp_path):
    write_csv(tmp_path, "offices", [office("A"), office("B"), office("A", label="Other")])
    table = only(checked(tmp_path))
    assert (table.accepted, rules(table)) == (1, {("primary_key", "office_id"): 2})


def test_a_key_that_a_broken_row_has_too_is_there_twice(tmp_path):
    write_csv(tmp_path, "cases", [case("C-000001"), case("C-000001", docket="closed")])
    table = only(checked(tmp_path))
    assert rules(table) == {("primary_key", "case_no"): 1, ("choice", "docket"): 1}


def test_a_key_is_the_same_in_two_files(tmp_path):
    write_csv(tmp_path / "offices", "part-0", [office("A"), office("B")])
    write_csv(tmp_path / "offices", "part-1", [office("B"), office("C")])
    table = only(checked(tmp_path))
    (broken,) = table.broken
    assert {(place.file, place.row) for place in broken.examples} == {
        ("offices/part-0.csv", 2),
        ("offices/part-1.csv", 1),
    }


def test_a_reference_to_no_row_breaks_the_row(tmp_path):
    write_csv(tmp_path, "offices", [office("OFF-01")])
    write_csv(tmp_path, "cases", [case("C-000001"), case("C-000002", office_id="OFF-99")])
    table = table_of(checked(tmp_path), "cases")
    assert rules(table) == {("reference", "office_id"): 1}
    assert table.unchecked == {"officer_no": "officers", "site_id": "sites"}


def test_a_reference_to_a_quarantined_row_breaks_the_row_and_so_on_down(tmp_path):
    write_csv(tmp_path, "offices", [office("OFF-01", time_zone="")])
    write_csv(tmp_path, "officers", [officer()])
    write_csv(tmp_path, "cases", [case()])
    write_csv(tmp_path, "docket_memberships", [membership()])
    report = checked(tmp_path)
    assert report.accepted == 0
    assert rules(table_of(report, "officers")) == {("reference_quarantined", "office_id"): 1}
    assert set(rules(table_of(report, "cases"))) == {
        ("reference_quarantined", "office_id"),
        ("reference_quarantined", "officer_no"),
    }
    assert ("reference_quarantined", "case_no") in rules(table_of(report, "docket_memberships"))


def test_a_reference_to_a_row_that_is_there_twice_is_to_a_quarantined_one(tmp_path):
    write_csv(tmp_path, "offices", [office("OFF-01"), office("OFF-01")])
    write_csv(tmp_path, "units", [{"unit_id": "U", "office_id": "OFF-01", "label": "x", "kind": "special"}])
    assert rules(table_of(checked(tmp_path), "units")) == {("reference_quarantined", "office_id"): 1}


def test_an_empty_reference_is_none(tmp_path):
    write_csv(tmp_path, "officers", [officer("S-0002")])
    write_csv(tmp_path, "cases", [case(officer_no="")])
    assert table_of(checked(tmp_path), "cases").accepted == 1


def policy(policy_id: str, parent: str = "", **other: str) -> dict[str, str]:
    return {
        "policy_id": policy_id,
        "label": "A policy",
        "kind": "local",
        "office_id": "OFF-01",
        "parent_policy_id": parent,
        "issued_on": "2020-01-01",
    } | other


def test_a_reference_within_the_table_may_point_forward(tmp_path):
    write_csv(tmp_path, "policies", [policy("P-1", "P-2"), policy("P-2")])
    assert only(checked(tmp_path)).accepted == 2


def test_a_broken_reference_within_the_table_goes_on_to_those_that_point_to_it(tmp_path):
    rows = [policy("P-3", "P-2"), policy("P-2", "P-1"), policy("P-1", "P-0"), policy("P-4")]
    write_csv(tmp_path, "policies", rows)
    table = only(checked(tmp_path))
    assert table.accepted == 1
    assert rules(table) == {
        ("reference", "parent_policy_id"): 1,
        ("reference_quarantined", "parent_policy_id"): 2,
    }


def test_a_reference_within_the_table_to_a_row_refused_earlier(tmp_path):
    write_csv(tmp_path, "policies", [policy("P-1", kind="edict"), policy("P-2", "P-1")])
    assert ("reference_quarantined", "parent_policy_id") in rules(only(checked(tmp_path)))


def test_tables_are_checked_after_those_they_point_into():
    order = in_order(TABLES)
    assert sorted(order) == sorted(TABLES)
    for place, name in enumerate(order):
        for to in set(TABLES[name].references().values()) - {name}:
            assert order.index(to) < place, f"{name} refers to {to}"


# --- columns ----------------------------------------------------------------------------------------


def test_columns_may_stand_in_any_order_and_spelled_with_blanks_or_capitals(tmp_path):
    (tmp_path / "offices.csv").write_text("Time Zone,LABEL,office-id\nUTC,North,OFF-01\n")
    assert only(checked(tmp_path)).accepted == 1


def test_a_column_that_must_be_given_and_is_not_there_breaks_every_row(tmp_path):
    write_csv(tmp_path, "offices", [{"office_id": "A", "label": "x"}, {"office_id": "B", "label": "y"}])
    table = only(checked(tmp_path))
    assert rules(table) == {("missing_column", "time_zone"): 2}
    assert "time_zone" in table.files[0].left.missing


def test_an_unknown_column_is_named_and_its_values_are_not_kept(tmp_path):
    write_csv(tmp_path, "offices", [office("A", nickname="Zebra Place"), office("", nickname="Zebra Place")])
    table = only(checked(tmp_path, out=tmp_path / "out"))
    assert table.files[0].left.unknown == ["nickname"]
    kept = [path.read_bytes() for path in (tmp_path / "out").rglob("*.parquet")]
    assert len(kept) == 2
    assert not any(b"Zebra" in data for data in kept)


def test_a_header_that_is_no_header_is_not_shown(tmp_path):
    (tmp_path / "offices.csv").write_text("OFF-01,Jane Roe,312-555-0142\nOFF-02,x,y\n")
    left = only(checked(tmp_path)).files[0].left
    assert (left.unknown, left.unnamed) == ([], 3)


def test_a_column_that_is_there_twice_breaks_every_row(tmp_path):
    (tmp_path / "offices.csv").write_text("office_id,label,label,time_zone\nA,x,y,UTC\nB,x,y,UTC\n")
    table = only(checked(tmp_path))
    assert rules(table) == {("header", "label"): 2}


def test_an_undeclared_column_may_be_there_twice(tmp_path):
    (tmp_path / "offices.csv").write_text("office_id,label,x,x,time_zone\nA,x,,,UTC\n")
    assert only(checked(tmp_path)).accepted == 1


def test_an_empty_table_is_a_table(tmp_path):
    write_csv(tmp_path, "offices", [], header=["office_id", "label", "time_zone"])
    write_csv(tmp_path, "cases", [case()])
    report = checked(tmp_path)
    assert table_of(report, "offices").read == 0
    assert rules(table_of(report, "cases")) == {("reference", "office_id"): 1}


def test_parquet_and_csv_of_the_same_rows_give_the_same(tmp_path):
    rows = [case("C-000001"), case("17"), case("C-000003", opened_on="2030-01-01")]
    write_csv(tmp_path / "one", "cases", rows)
    (tmp_path / "two").mkdir()
    pl.read_csv(tmp_path / "one/cases.csv", try_parse_dates=True).write_parquet(
        tmp_path / "two/cases.parquet"
    )
    one, two = only(checked(tmp_path / "one")), only(checked(tmp_path / "two"))
    assert (one.accepted, rules(one)) == (two.accepted, rules(two))


def test_progress_counts_the_rows_and_the_tables(tmp_path):
    write_csv(tmp_path, "offices", [office()])
    write_csv(tmp_path, "cases", [case()])
    seen: list[Progress] = []
    check(tmp_path, as_of=AS_OF, progress=seen.append)
    assert [(each.table, each.tables_done, each.tables) for each in seen if each.rows][-1] == ("cases", 1, 2)
    assert seen[-1].rows == 2


# --- whatever comes ---------------------------------------------------------------------------------

words = st.sampled_from(
    [
        "",
        " ",
        "A",
        "OFF-01",
        "3.0",
        "true",
        "2025-01-06",
        "06.01.2025",
        "2999-01-01",
        "A123456789",
        "=1+1",
        "\x00",
        "é" * 200,
    ]
)
anything = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\n"), max_size=12)


@given(rows=st.lists(st.tuples(*[words | anything] * 4), max_size=20))
def test_accepted_and_quarantined_are_what_was_read_whatever_the_cells_hold(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("t")
    names = ("office_id", "label", "time_zone", "opened_on")
    write_csv(folder, "offices", [dict(zip(names, row, strict=True)) for row in rows], header=list(names))
    report = checked(folder)
    assert report.read == len(rows)


@given(data=st.binary(max_size=300), ending=st.sampled_from(["csv", "parquet", "csv.gz"]))
def test_no_bytes_make_a_check_fail_or_lose_a_row(data, ending, tmp_path_factory):
    folder = tmp_path_factory.mktemp("t")
    (folder / f"offices.{ending}").write_bytes(data)
    checked(folder)


@given(data=st.binary(min_size=1, max_size=200), at=st.integers(0, 400))
def test_a_good_file_with_bad_bytes_in_it_loses_no_row(data, at, tmp_path_factory):
    folder = tmp_path_factory.mktemp("t")
    path = write_csv(folder, "offices", [office(f"OFF-{n:02}") for n in range(12)])
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + data + whole[at:])
    checked(folder)


@given(
    offices=st.lists(st.sampled_from(["A", "B", "C", "D"]), max_size=6),
    units=st.lists(st.sampled_from(["A", "B", "C", "D", "E"]), max_size=6),
)
def test_references_and_duplicates_are_what_counting_by_hand_gives(offices, units, tmp_path_factory):
    folder = tmp_path_factory.mktemp("t")
    write_csv(folder, "offices", [office(name) for name in offices], header=list(office()))
    rows = [
        {"unit_id": f"U{n}", "office_id": to, "label": "x", "kind": "special"} for n, to in enumerate(units)
    ]
    write_csv(folder, "units", rows, header=["unit_id", "office_id", "label", "kind"])
    report = checked(folder)
    once = {name for name in offices if offices.count(name) == 1}
    assert table_of(report, "offices").accepted == len(once)
    found = rules(table_of(report, "units"))
    assert table_of(report, "units").accepted == sum(to in once for to in units)
    assert found.get(("reference", "office_id"), 0) == sum(to not in offices for to in units)


@given(days=st.lists(st.dates(date(1890, 1, 1), date(2030, 12, 31)), min_size=1, max_size=8))
def test_dates_are_accepted_from_1900_to_the_as_of_day(days, tmp_path_factory):
    folder = tmp_path_factory.mktemp("t")
    write_csv(folder, "cases", [case(f"C-{n:06}", opened_on=day) for n, day in enumerate(days)])
    assert only(checked(folder)).accepted == sum(date(1900, 1, 1) <= day <= AS_OF for day in days)
