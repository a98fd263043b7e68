"""Exceptions: attempts, notice, explanation, disposition, referral by two people (A4)."""

from __future__ import annotations

import pytest

from closeout.web.casework import actions
from tests.web.casework.actions.world import last_event


def dispose(world, row, disposition, **more):
    return actions.dispose_exception(by=world.officer, exception_id=row.pk, disposition=disposition, **more)


def test_attempts_are_counted_and_the_first_keeps_its_day(world):
    row = world.exception()
    actions.attempt_contact(by=world.officer, exception_id=row.pk, on=world.day(-4))
    actions.attempt_contact(by=world.officer, exception_id=row.pk)
    row = world.fresh(row)
    assert (row.attempts, row.first_attempt_on) == (2, world.day(-4))


def test_notice_starts_the_response_period_and_moves_the_check_in(world):
    row = world.exception()
    actions.serve_notice(by=world.officer, exception_id=row.pk, response_days=14)
    row = world.fresh(row)
    assert (row.state, row.notice_served_on, row.response_due_on) == (
        "awaiting_explanation",
        world.today,
        world.day(14),
    )
    assert world.fresh(row.check_in).state == "awaiting_explanation"


def test_a_response_period_of_no_days_is_none(world):
    with pytest.raises(actions.UnfitValueError, match="at least one day"):
        actions.serve_notice(by=world.officer, exception_id=world.exception().pk, response_days=0)


@pytest.mark.parametrize(
    ("disposition", "state", "outcome", "is_fault"),
    [
        ("rescheduled", "excused", "excused", False),
        ("service_issue", "service_issue", "service_issue", True),
        ("data_error", "data_error", "data_error", False),
        ("duplicate", "data_error", "data_error", False),
        ("closed", "dispositioned", "missed", False),
    ],
)
def test_the_check_in_says_what_its_exception_found(world, disposition, state, outcome, is_fault):
    row = dispose(world, world.exception(), disposition)
    check_in = world.fresh(row.check_in)
    assert (row.state, row.disposed_on, row.disposed_by_id) == (
        "dispositioned",
        world.today,
        world.officer.username,
    )
    assert (check_in.state, check_in.outcome, check_in.is_service_issue) == (state, outcome, is_fault)


def test_an_excuse_needs_an_explanation(world):
    row = world.exception()
    with pytest.raises(actions.NotNowError, match="an explanation received"):
        dispose(world, row, "excused")
    actions.record_explanation(by=world.officer, exception_id=row.pk)
    dispose(world, row, "excused")
    assert world.fresh(row.check_in).outcome == "excused"


def test_an_unknown_disposition_is_refused(world):
    with pytest.raises(actions.UnfitValueError, match="referred per policy"):
        dispose(world, world.exception(), "forgotten")


def test_what_is_disposed_of_is_not_disposed_of_again(world):
    row = dispose(world, world.exception(), "data_error")
    with pytest.raises(actions.NotNowError, match="possible now: review"):
        dispose(world, row, "duplicate")


def test_a_hearings_exception_moves_no_check_in(world):
    row = world.exception(kind="missed_hearing")
    row.check_in = None
    row.save()
    assert dispose(world, row, "data_error").state == "dispositioned"


def test_a_referral_takes_two_people_a_policy_and_notice(world):
    row = world.referable()
    policy = world.policy()
    dispose(world, row, "referred_per_policy", policy_version_id=policy)
    row = world.fresh(row)
    assert (row.state, row.disposed_on) == ("awaiting_explanation", None), "only proposed"
    assert world.fresh(row.check_in).outcome == "missed"
    actions.approve_referral(by=world.supervisor, exception_id=row.pk)
    row = world.fresh(row)
    assert (row.state, row.disposition, row.policy_version_id) == (
        "dispositioned",
        "referred_per_policy",
        policy,
    )
    assert (row.disposed_by_id, row.reviewed_by_id) == (world.officer.username, world.supervisor.username)
    assert world.fresh(row.check_in).outcome == "unexcused"


@pytest.mark.parametrize(
    ("policy", "missing"),
    [
        (None, "a policy version in force"),
        ({"state": "draft"}, "a policy version in force"),
        ({"effective_to": -1}, "a policy version in force"),
        ({"effective_from": 1}, "a policy version in force"),
    ],
)
def test_a_referral_rests_on_a_policy_in_force(world, policy, missing):
    row = world.referable()
    fields = {
        name: world.day(value) if isinstance(value, int) else value for name, value in (policy or {}).items()
    }
    code = None if policy is None else world.policy(**fields)
    with pytest.raises(actions.NotNowError, match=missing):
        dispose(world, row, "referred_per_policy", policy_version_id=code)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"notice_served_on": None}, "notice served"),
        ({"response_due_on": 0}, "the response period to be over"),
        ({"response_due_on": None}, "the response period to be over"),
    ],
)
def test_a_referral_waits_for_notice_and_the_response_period(world, fields, missing):
    row = world.referable()
    for name, value in fields.items():
        setattr(row, name, world.day(value) if isinstance(value, int) else value)
    row.save()
    with pytest.raises(actions.NotNowError, match=missing):
        dispose(world, row, "referred_per_policy", policy_version_id=world.policy())


def test_a_referral_cannot_come_before_notice(world):
    with pytest.raises(actions.NotNowError, match="propose referral"):
        dispose(world, world.exception(), "referred_per_policy", policy_version_id=world.policy())


def test_nobody_approves_an_own_referral(world):
    row = world.referable()
    actions.dispose_exception(
        by=world.supervisor,
        exception_id=row.pk,
        disposition="referred_per_policy",
        policy_version_id=world.policy(),
    )
    with pytest.raises(actions.SamePersonError):
        actions.approve_referral(by=world.supervisor, exception_id=row.pk)


def test_a_policy_that_ended_since_stops_the_approval(world):
    row = world.referable()
    code = world.policy(effective_to=world.day(-1))
    row.disposition, row.disposed_by_id, row.policy_version_id = (
        "referred_per_policy",
        world.officer.username,
        code,
    )
    row.save()
    with pytest.raises(actions.NotNowError, match="a policy version in force"):
        actions.approve_referral(by=world.supervisor, exception_id=row.pk)


def test_a_returned_referral_leaves_the_exception_open_as_before(world):
    row = world.referable()
    dispose(world, row, "referred_per_policy", policy_version_id=world.policy())
    with pytest.raises(actions.NotNowError, match="proposed already"):
        dispose(world, row, "referred_per_policy", policy_version_id=world.policy())
    actions.return_referral(by=world.supervisor, exception_id=row.pk, reason="explanation_came")
    row = world.fresh(row)
    assert (row.state, row.disposition, row.disposed_by, row.policy_version_id) == (
        "awaiting_explanation",
        None,
        None,
        None,
    )
    assert last_event().reason == "explanation_came"
    with pytest.raises(actions.NotNowError, match="no referral is proposed"):
        actions.approve_referral(by=world.supervisor, exception_id=row.pk)


def test_a_review_is_another_persons_and_settles_the_check_in(world):
    row = world.exception()
    actions.dispose_exception(by=world.supervisor, exception_id=row.pk, disposition="data_error")
    with pytest.raises(actions.SamePersonError):
        actions.review_exception(by=world.supervisor, exception_id=row.pk)
    other = world.person("director")
    actions.review_exception(by=other, exception_id=row.pk)
    assert world.fresh(row).reviewed_by_id == other.username
    assert world.fresh(row.check_in).state == "dispositioned"
    with pytest.raises(actions.NotNowError, match="has been reviewed"):
        actions.review_exception(by=other, exception_id=row.pk)


def test_a_loaded_check_in_that_is_further_on_stays_as_it_is(world):
    check_in = world.check_in(-25, state="dispositioned", outcome="excused")
    row = world.exception(check_in=check_in)
    dispose(world, row, "data_error")
    assert world.fresh(check_in).outcome == "excused"
