from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS, MEANING, Permission, may, require

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "permissions.md"
CHANGING = frozenset(Permission) - {
    Permission.RECOMMENDATION_READ,
    Permission.RECOMMENDATION_EXPORT,
    Permission.RECOMMENDATION_DIFF,
    Permission.AUDIT_READ,
    Permission.JOB_READ,
    Permission.API_USE,
    Permission.CASE_READ,
    Permission.DAY_READ,
    Permission.UNIT_READ,
    Permission.OFFICE_READ,
    Permission.STAFFING_READ,
    Permission.INTEGRITY_READ,
    Permission.ASSESSMENT_READ,
    Permission.MEASURE_ROWS,
    Permission.EVIDENCE_VERIFY,
}
STAFFING = {
    Permission.STAFFING_PLAN,
    Permission.STUDY_MANAGE,
    Permission.TIME_RECORD,
    Permission.MOVES_REQUEST,
    Permission.MOVES_ACCEPT,
}


def test_the_table_has_a_row_for_every_role_and_words_for_every_permission():
    assert set(GRANTS) == set(Role.values)
    assert set(MEANING) == set(Permission)


def test_every_permission_is_given_to_somebody():
    assert frozenset().union(*GRANTS.values()) == frozenset(Permission)


@pytest.mark.parametrize("role", Role.values)
def test_no_role_can_both_ask_for_something_and_approve_it(role):
    granted = GRANTS[role]
    assert not {Permission.CLOSURE_REQUEST, Permission.CLOSURE_APPROVE} <= granted
    assert not {Permission.EVIDENCE_ADD, Permission.EVIDENCE_APPROVE} <= granted
    assert not {Permission.EVIDENCE_FREEZE, Permission.EVIDENCE_APPROVE} <= granted


@pytest.mark.parametrize("role", Role.values)
def test_rows_behind_a_figure_are_for_who_may_read_cases_and_see_the_assessment(role):
    both = {Permission.CASE_READ, Permission.ASSESSMENT_READ}
    assert (Permission.MEASURE_ROWS in GRANTS[role]) is (both <= GRANTS[role])


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.READER])
def test_the_auditor_and_other_readers_may_change_nothing(role):
    assert GRANTS[role].isdisjoint(CHANGING)


def test_the_planner_plans_and_asks_but_moves_no_case():
    assert GRANTS[Role.PLANNER] & CHANGING == STAFFING - {Permission.TIME_RECORD, Permission.MOVES_ACCEPT}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.DIRECTOR])
def test_the_offices_change_their_cases_and_no_recommendation(role):
    assert GRANTS[role] & CHANGING <= {Permission.CASE_WORK, Permission.CASE_APPROVE} | STAFFING


def test_the_administrator_manages_accounts_and_does_not_work_on_recommendations():
    assert GRANTS[Role.ADMINISTRATOR] == {
        Permission.ACCOUNT_MANAGE,
        Permission.AUDIT_READ,
        Permission.JOB_READ,
        Permission.JOB_RUN,
        Permission.INTEGRITY_READ,
        Permission.RECORDS_MANAGE,
    }


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("permission", Permission)
def test_a_user_may_do_what_the_role_grants_and_nothing_else(make_user, role, permission):
    assert may(make_user(role), permission) is (permission in GRANTS[role])


def test_a_deactivated_user_may_do_nothing(make_user):
    user = make_user(Role.ADMINISTRATOR, is_active=False)
    assert not any(may(user, permission) for permission in Permission)


def test_nobody_signed_in_may_do_nothing():
    assert not any(may(AnonymousUser(), permission) for permission in Permission)


def test_require_names_what_was_missing(make_user):
    require(make_user(Role.ADMINISTRATOR), Permission.ACCOUNT_MANAGE)
    with pytest.raises(PermissionDenied, match=r"account\.manage"):
        require(make_user(Role.READER), Permission.ACCOUNT_MANAGE)


def table_of_the_reference():
    rows = [line for line in REFERENCE.read_text().splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    heads, _, *body = cells
    labels = {role.label: role.value for role in Role}
    return {
        (row[0].strip("`"), labels[head]): cell == "yes"
        for row in body
        for head, cell in zip(heads[2:], row[2:], strict=True)
    }


def test_the_reference_agrees_with_the_table():
    assert table_of_the_reference() == {
        (permission.value, role): permission in GRANTS[role]
        for permission in Permission
        for role in Role.values
    }
