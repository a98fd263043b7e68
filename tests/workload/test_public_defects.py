"""Every defect of public tools that the method names (section 3) has tests that would find it here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
DEFECTS = {
    "zero availability": {
        "workload/test_staffing.py": ("test_an_officer_without_hours_has_orphaned_cases_and_no_utilization",),
        "assignment/test_rebalance.py": ("test_orphaned_cases_are_flagged_not_zero",),
        "cli/test_staff.py": ("test_orphaned_work_has_no_utilization_and_is_never_zero",),
    },
    "support at or above 100 %": {
        "workload/test_hours.py": ("test_collateral_duties_above_the_contract_are_set_aside",),
        "cli/test_staff.py": ("test_shares_are_refused_in_percent_as_they_are_asked_for",),
    },
    "two cadres in one run": {
        "workload/test_staffing.py": ("test_two_roles_in_one_run_keep_their_hours_apart",),
    },
    "annual individual allowance": {
        "workload/test_staffing.py": ("test_a_standing_task_of_one_officer_counts_in_need_and_in_staff",),
        "workload/test_wisn.py": ("test_a_named_duty_counts_its_hours_once_and_not_for_every_officer",),
    },
    "untyped case": {
        "workload/test_staffing.py": ("test_a_case_without_a_status_counts_and_can_be_left_out",),
    },
    "total row is the sum of rows, under what-if too": {
        "workload/test_staffing.py": (
            "test_the_nation_is_the_sum_of_its_offices_and_parts_also_under_what_if",
        ),
    },
    "sign of what remains": {
        "workload/test_staffing.py": (
            "test_a_gap_is_above_zero_where_officers_are_short_and_below_where_they_are_not",
        ),
        "workload/test_wisn.py": ("test_staff_to_spare_is_the_other_sign",),
    },
    "held-person impact": {
        "assignment/test_reading.py": (
            "test_a_case_that_an_officer_had_already_counts_once_in_what_giving_it_would_bring",
        ),
    },
    "unreachable affinity holder": {
        "assignment/test_new_case.py": ("test_a_former_officer_who_cannot_have_it_binds_nobody",),
    },
    "counts that include undistributable cases": {
        "assignment/test_asking.py": ("test_what_nobody_may_have_is_not_counted_as_waiting",),
    },
    "rounding per office": {
        "workload/test_rounding.py": ("test_forty_and_a_bit_is_41_posts_and_not_53",),
    },
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_of_public_tools_has_its_tests(defect):
    for path, names in DEFECTS[defect].items():
        tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
        there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert set(names) <= there, path
