"""Rules across rows: what the database would refuse is kept apart, all of it, and only that."""

from collections import Counter
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.records.tables import TABLES
from tests.records.checking.made import case, checked, membership, office, only, rules, table_of, write_csv

RULES = [(table, name) for table, declared in TABLES.items() for name in declared.group_rules()]


def assignment(assignment_id=1, case_no="C-000001", **other):
    return {
        "assignment_id": assignment_id,
        "case_no": case_no,
        "officer_no": "S-0001",
        "role": "lead",
        "from_on": "2025-01-06",
        "to_on": "",
        "reason": "new",
    } | other


def check_in(check_in_id=1, **other):
    return {
        "check_in_id": check_in_id,
        "case_no": "C-000001",
        "office_id": "OFF-01",
        "due_on": "2026-05-04",
        "window_days": 3,
        "channel": "in_person",
        "created_by_job": "false",
        "state": "scheduled",
        "is_service_issue": "false",
        "records_check_due": "false",
    } | other


def transfer(transfer_id=1, **other):
    return {
        "transfer_id": transfer_id,
        "case_no": "C-000001",
        "from_office_id": "OFF-01",
        "to_office_id": "OFF-02",
        "state": "requested",
        "reason": "workload",
        "requested_on": "2026-05-04",
    } | other


def proposal(proposal_id=1, **other):
    return {
        "proposal_id": proposal_id,
        "case_no": "C-000001",
        "reason": "deceased",
        "proposed_on": "2026-05-04",
        "proposed_by": "S-0001",
        "state": "proposed",
    } | other


ONE = {
    ("assignments", "one_open_lead_of_case"): (assignment, {"role": "support"}),
    ("docket_memberships", "one_open_of_case"): (membership, {"to_on": "2025-02-03"}),
    ("check_ins", "one_live_on_a_day"): (check_in, {"state": "cancelled"}),
    ("transfers", "one_open_of_case"): (transfer, {"state": "withdrawn"}),
    ("closure_proposals", "one_open_of_case"): (proposal, {"state": "withdrawn"}),
}


def test_every_declared_rule_is_tried_here():
    assert set(ONE) == set(RULES)


@pytest.mark.parametrize(("table", "rule"), RULES)
def test_all_rows_of_which_there_may_be_one_are_kept_apart(tmp_path, table, rule):
    make, _ = ONE[table, rule]
    write_csv(tmp_path, table, [make(1), make(2, case_no="C-000002"), make(3)])
    told = only(checked(tmp_path))
    assert (told.accepted, rules(told)) == (1, {(rule, ""): 2})
    (broken,) = told.broken
    assert [(place.file, place.row) for place in broken.examples] == [
        (f"{table}.csv", 1),
        (f"{table}.csv", 3),
    ]
    assert broken.reason.startswith("not the only one with its case_no")


@pytest.mark.parametrize(("table", "rule"), RULES)
def test_rows_that_do_not_count_are_accepted_beside_one_that_does(tmp_path, table, rule):
    make, apart = ONE[table, rule]
    write_csv(tmp_path, table, [make(1), make(2, **apart), make(3, **apart)])
    assert only(checked(tmp_path)).quarantined == 0


def test_all_columns_of_a_rule_must_be_alike(tmp_path):
    write_csv(tmp_path, "check_ins", [check_in(1), check_in(2, due_on="2026-05-05")])
    assert checked(tmp_path).is_clean


def test_a_file_without_the_column_counts_every_row(tmp_path):
    rows = [{name: cell for name, cell in assignment(key).items() if name != "to_on"} for key in (1, 2)]
    write_csv(tmp_path, "assignments", rows)
    assert rules(only(checked(tmp_path))) == {("one_open_lead_of_case", ""): 2}


def test_rows_are_compared_across_files(tmp_path):
    write_csv(tmp_path / "assignments", "part-0", [assignment(1), assignment(2, "C-000002")])
    write_csv(tmp_path / "assignments", "part-1", [assignment(3, "C-000003"), assignment(4)])
    (broken,) = only(checked(tmp_path)).broken
    assert {(place.file, place.row) for place in broken.examples} == {
        ("assignments/part-0.csv", 1),
        ("assignments/part-1.csv", 2),
    }


def test_a_row_that_is_kept_apart_already_does_not_count_against_another(tmp_path):
    rows = [assignment(1), assignment(2, from_on="soon"), assignment(3), assignment(3)]
    write_csv(tmp_path, "assignments", rows)
    told = only(checked(tmp_path))
    # Row 2 has no date; the two rows 3 share a key. Row 1 is then the only lead.
    assert told.accepted == 1
    assert rules(told) == {("type", "from_on"): 1, ("primary_key", "assignment_id"): 2}


def test_what_refers_to_such_a_row_is_kept_apart_too(tmp_path):
    write_csv(tmp_path, "offices", [office()])
    write_csv(tmp_path, "cases", [case()])
    write_csv(tmp_path, "check_ins", [check_in(1), check_in(2), check_in(3, due_on="2026-05-05")])
    event = {"case_no": "C-000001", "office_id": "OFF-01", "kind": "missed_check_in", "state": "open"}
    missed = [
        event | {"exception_id": number, "check_in_id": number, "arose_on": "2026-05-10", "attempts": 0}
        for number in (1, 3)
    ]
    write_csv(tmp_path, "exceptions", missed)
    told = table_of(checked(tmp_path), "exceptions")
    assert (told.accepted, rules(told)) == (1, {("reference_quarantined", "check_in_id"): 1})


def test_the_quarantine_holds_the_rows_with_the_reason(tmp_path):
    write_csv(tmp_path / "in", "assignments", [assignment(1), assignment(2), assignment(3, "C-000002")])
    checked(tmp_path / "in", out=tmp_path / "out")
    apart = pl.read_parquet(tmp_path / "out/quarantine/assignments.parquet")
    assert apart["assignment_id"].to_list() == ["1", "2"]
    assert apart["_rules"].to_list() == [["one_open_lead_of_case"]] * 2
    assert apart["_reason"].unique().to_list() == [
        "not the only one with its case_no: A case has one lead at a time"
    ]
    kept = pl.read_parquet(tmp_path / "out/assignments/part-000.parquet")
    assert kept["assignment_id"].to_list() == [3]


ROW = st.tuples(st.sampled_from("ABC"), st.sampled_from(["lead", "support"]), st.booleans())


@given(st.lists(ROW, max_size=12))
@settings(max_examples=25, deadline=None)
def test_what_is_accepted_is_what_a_count_by_hand_leaves(tmp_path_factory, drawn):
    folder = tmp_path_factory.mktemp("check")
    rows = [
        assignment(number, f"C-00000{letter}", role=role, to_on="" if is_open else date(2025, 3, 3))
        for number, (letter, role, is_open) in enumerate(drawn, start=1)
    ]
    write_csv(folder, "assignments", rows, header=list(assignment()))
    leads = Counter(letter for letter, role, is_open in drawn if role == "lead" and is_open)
    crowd = sum(count for count in leads.values() if count > 1)
    assert only(checked(folder)).quarantined == crowd
