"""Holds, status, leads, custody reviews, the desk, inquiries, intervals, verifications, file reviews."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from closeout.web.casework import actions, policy
from closeout.web.casework.actions.custody import review_due
from closeout.web.casework.models import (
    Assignment,
    CustodyReview,
    Detail,
    DocketMembership,
    FileReviewItem,
    Hold,
    Office,
    StatusChange,
)
from tests.web.casework.actions.acts import ALL_RIGHT
from tests.web.casework.actions.world import HERE, THERE, last_event


def test_a_hold_runs_until_it_is_released(world):
    row = actions.place_hold(
        by=world.officer, case_no=world.case.pk, kind="appeal", review_on=world.day(30), on=world.day(-3)
    )
    with pytest.raises(actions.NotNowError, match="is in place"):
        actions.place_hold(by=world.officer, case_no=world.case.pk, kind="appeal", review_on=world.day(9))
    with pytest.raises(actions.UnfitValueError, match="cannot be earlier"):
        actions.release_hold(by=world.officer, hold_id=row.pk, on=world.day(-4))
    actions.release_hold(by=world.officer, hold_id=row.pk)
    assert world.fresh(row).to_on == world.today
    with pytest.raises(actions.NotNowError, match="released"):
        actions.release_hold(by=world.officer, hold_id=row.pk)


def test_a_hold_is_reviewed_by_another_person(world):
    row = actions.place_hold(
        by=world.supervisor, case_no=world.case.pk, kind="medical", review_on=world.day(30)
    )
    with pytest.raises(actions.SamePersonError):
        actions.review_hold(by=world.supervisor, hold_id=row.pk, review_on=world.day(60))
    other = world.person("director")
    with pytest.raises(actions.UnfitValueError, match="looked at again"):
        actions.review_hold(by=other, hold_id=row.pk, review_on=world.today)
    actions.review_hold(by=other, hold_id=row.pk, review_on=world.day(60))
    row = Hold.objects.get()
    assert (row.review_on, row.approved_by_id, row.to_on) == (world.day(60), other.username, None)


def test_a_closed_case_is_not_held(world):
    closed = world.make_case(state="closed", closed_on=world.day(-1), closure_reason="deceased")
    with pytest.raises(actions.NotNowError, match="closed"):
        actions.place_hold(by=world.officer, case_no=closed.pk, kind="appeal", review_on=world.day(9))


def test_the_latest_status_is_the_cases_and_an_older_one_is_only_kept(world):
    actions.change_status(by=world.officer, case_no=world.case.pk, status_code="8C")
    actions.change_status(
        by=world.officer, case_no=world.case.pk, status_code="3", effective_on=world.day(-9)
    )
    assert world.fresh().status_code == "8C"
    assert StatusChange.objects.get(status_code="3").effective_on == world.day(-9)
    with pytest.raises(actions.NotNowError, match="8C already"):
        actions.change_status(by=world.officer, case_no=world.case.pk, status_code="8C")
    for more in ({"status_code": "so; what"}, {"status_code": "9", "effective_on": world.day(1)}):
        with pytest.raises(actions.UnfitValueError):
            actions.change_status(by=world.officer, case_no=world.case.pk, **more)


def test_a_new_lead_ends_the_one_before(world):
    new = world.person("officer").username
    actions.assign_lead(by=world.supervisor, case_no=world.case.pk, officer_no=new, reason="rebalanced")
    old, now = Assignment.objects.order_by("pk")
    assert (old.to_on, now.officer_id, now.to_on, world.fresh().officer_id) == (world.today, new, None, new)
    with pytest.raises(actions.NotNowError, match="leads it already"):
        actions.assign_lead(by=world.supervisor, case_no=world.case.pk, officer_no=new, reason="skill")
    actions.unassign_lead(by=world.supervisor, case_no=world.case.pk)
    assert world.fresh().officer is None
    with pytest.raises(actions.NotNowError, match="nobody leads it"):
        actions.unassign_lead(by=world.supervisor, case_no=world.case.pk)


def test_a_lead_serves_at_the_office_or_is_lent_to_it(world):
    elsewhere = world.person("officer", THERE).username

    def assign():
        return actions.assign_lead(
            by=world.supervisor, case_no=world.case.pk, officer_no=elsewhere, reason="detail_cover"
        )

    with pytest.raises(actions.UnfitValueError, match="serves at the office"):
        assign()
    Detail.objects.create(
        officer_id=elsewhere,
        from_office_id=THERE,
        to_office_id=HERE,
        kind="surge",
        from_on=world.day(-3),
        to_on=world.day(42),
    )
    assert assign().officer_id == elsewhere


def test_who_has_left_leads_nothing(world):
    gone = world.person("officer").username
    officer = policy.officer_of(world.officer)
    type(officer).objects.filter(pk=gone).update(active_to=world.day(-1))
    with pytest.raises(actions.UnfitValueError):
        actions.assign_lead(by=world.supervisor, case_no=world.case.pk, officer_no=gone, reason="new")


def test_a_lead_opens_a_case_in_intake(world):
    case = world.make_case(state="intake", officer_id=None)
    DocketMembership.objects.filter(case=case).delete()
    actions.assign_lead(by=world.supervisor, case_no=case.pk, officer_no=world.officer.username, reason="new")
    assert world.fresh(case).state == "open"
    assert DocketMembership.objects.get(case=case).to_on is None


def test_a_closed_case_has_no_lead(world):
    closed = world.make_case(state="closed", closed_on=world.day(-1), closure_reason="deceased")
    with pytest.raises(actions.NotNowError, match="nobody leads it"):
        actions.unassign_lead(by=world.supervisor, case_no=closed.pk)


def test_custody_reviews_follow_one_another_while_custody_goes_on(world):
    start = world.day(-90)
    first = actions.begin_custody_reviews(by=world.officer, case_no=world.case.pk, period_from=start)
    actions.serve_custody_notice(by=world.officer, custody_review_id=first.pk)
    for decision in ("continue", "refer_headquarters", "continue", "release"):
        open_review = CustodyReview.objects.get(decided_on=None)
        actions.record_custody_review(
            by=world.officer,
            custody_review_id=open_review.pk,
            decision=decision,
            decider_role="headquarters",
        )
    rows = CustodyReview.objects.order_by("pk").values_list("kind", "due_on")
    assert list(rows)[:3] == [
        ("day_90", start + timedelta(days=90)),
        ("day_180", start + timedelta(days=180)),
        ("annual", review_due("annual", start)),
    ]
    assert [kind for kind, _due in rows] == ["day_90", "day_180", "annual", "annual"]
    assert not CustodyReview.objects.filter(decided_on=None).exists(), "a release ends them"


def test_an_annual_review_is_a_year_after_the_one_before():
    assert review_due("day_90", date(2024, 1, 31)) == date(2024, 4, 30)
    assert review_due("annual", date(2023, 9, 2)) == date(2025, 2, 28), "180 days, 29 February, a year"


def test_a_custody_review_is_decided_and_noticed_once(world):
    row = actions.begin_custody_reviews(by=world.officer, case_no=world.case.pk, period_from=world.day(-9))
    with pytest.raises(actions.NotNowError, match="waits"):
        actions.begin_custody_reviews(by=world.officer, case_no=world.case.pk, period_from=world.day(-9))
    with pytest.raises(actions.UnfitValueError, match="future"):
        actions.begin_custody_reviews(by=world.officer, case_no=world.case.pk, period_from=world.day(9))
    given = {"custody_review_id": row.pk, "decision": "release", "decider_role": "field_director"}
    actions.record_custody_review(by=world.officer, **given)
    with pytest.raises(actions.NotNowError, match="decided"):
        actions.record_custody_review(by=world.officer, **given)
    with pytest.raises(actions.NotNowError):
        actions.serve_custody_notice(by=world.officer, custody_review_id=row.pk)


def test_a_contact_at_the_window_may_be_about_no_case(world, refreshed):
    row = actions.log_desk_contact(by=world.officer, channel="walk_in", category="new_case", minutes=10)
    assert (row.case, row.office_id, row.officer_id) == (None, HERE, world.officer.username)
    assert refreshed == []


@pytest.mark.parametrize("more", [{"minutes": -1}, {"minutes": 2000}, {"channel": "drum"}, {"category": "x"}])
def test_a_contact_that_cannot_be_is_not_logged(world, more):
    with pytest.raises(actions.UnfitValueError):
        actions.log_desk_contact(**{"by": world.officer, "channel": "phone", "category": "other", **more})


def test_a_contact_is_not_logged_ahead_of_time(world):
    with pytest.raises(actions.UnfitValueError, match="future"):
        actions.log_desk_contact(
            by=world.officer,
            channel="phone",
            category="other",
            received_at=timezone.now() + timedelta(hours=1),
        )


def test_an_inquiry_is_answered_once_by_the_office_asked(world):
    row = actions.receive_inquiry(by=world.officer, category="status", channel="mail", on=world.day(-2))
    with pytest.raises(PermissionDenied):
        actions.answer_inquiry(by=world.receiver, inquiry_id=row.pk)
    with pytest.raises(actions.UnfitValueError, match="or later"):
        actions.answer_inquiry(by=world.officer, inquiry_id=row.pk, on=world.day(-3))
    actions.answer_inquiry(by=world.officer, inquiry_id=row.pk)
    assert world.fresh(row).answered_by_id == world.officer.username
    with pytest.raises(actions.NotNowError, match="answered"):
        actions.answer_inquiry(by=world.officer, inquiry_id=row.pk)


def test_somebody_at_no_office_has_no_desk(world):
    world.officer.office = "NOPE"
    with pytest.raises(PermissionDenied):
        actions.log_desk_contact(by=world.officer, channel="phone", category="other")


def test_the_offices_own_interval_comes_before_one_for_all(world):
    world.interval(30)
    own = world.interval(45, office_id=HERE)
    world.interval(60, office_id=THERE)
    row = actions.set_interval_deviation(by=world.officer, case_no=world.case.pk, days=50, reason="medical")
    assert row.interval_id == own.pk


@pytest.mark.parametrize(("days", "reason"), [(0, "medical"), (30, "medical"), (40, "hunch")])
def test_a_deviation_is_another_interval_for_a_coded_reason(world, days, reason):
    world.interval(30)
    with pytest.raises(actions.UnfitValueError):
        actions.set_interval_deviation(by=world.officer, case_no=world.case.pk, days=days, reason=reason)


def test_without_a_policy_there_is_nothing_to_deviate_from(world):
    with pytest.raises(actions.NotNowError, match="no policy sets an interval"):
        actions.set_interval_deviation(by=world.officer, case_no=world.case.pk, days=9, reason="medical")


def test_a_deviation_is_approved_by_another_person_once(world):
    world.interval()
    row = actions.set_interval_deviation(
        by=world.supervisor, case_no=world.case.pk, days=60, reason="distance"
    )
    with pytest.raises(actions.SamePersonError):
        actions.approve_interval_deviation(by=world.supervisor, deviation_id=row.pk)
    other = world.person("director")
    actions.approve_interval_deviation(by=other, deviation_id=row.pk)
    with pytest.raises(actions.NotNowError, match="approved"):
        actions.approve_interval_deviation(by=other, deviation_id=row.pk)


@pytest.mark.parametrize(
    "more",
    [
        {"result": "mismatch"},
        {"mismatch_code": "date"},
        {"result": "mismatch", "mismatch_code": "shoe"},
        {"new_office_id": THERE},
        {"kind": "status", "result": "changed", "new_office_id": THERE},
        {"result": "changed", "new_office_id": HERE},
        {"result": "changed", "new_office_id": "XXX"},
        {"kind": "mood"},
        {"hearing_id": 77},
    ],
)
def test_a_verification_that_does_not_add_up_is_refused(world, more):
    given = {"kind": "contact", "method": "phone", "result": "confirmed"}
    with pytest.raises(actions.UnfitValueError):
        actions.verify(by=world.officer, case_no=world.case.pk, **{**given, **more})


def test_a_mismatch_is_put_right_once_and_not_before_it_was_found(world):
    row = world.verified(result="mismatch", mismatch_code="court")
    with pytest.raises(actions.UnfitValueError, match="or later"):
        actions.correct_mismatch(by=world.officer, verification_id=row.pk, on=world.day(-9))
    actions.correct_mismatch(by=world.officer, verification_id=row.pk)
    with pytest.raises(actions.NotNowError):
        actions.correct_mismatch(by=world.officer, verification_id=row.pk)


def test_a_review_counts_its_items_and_defects(world):
    findings = {**ALL_RIGHT, "language": "defect", "medical": "not_applicable"}
    row = actions.review_file(
        by=world.officer, case_no=world.case.pk, findings=findings, sample_basis="random"
    )
    assert (row.items, row.defects, row.completed_on) == (7, 1, world.today)
    assert FileReviewItem.objects.filter(review=row, case=world.case).count() == 8


@pytest.mark.parametrize("findings", [{}, {**ALL_RIGHT, "shoes": "right"}, {**ALL_RIGHT, "language": "fine"}])
def test_a_review_covers_the_checklist(world, findings):
    with pytest.raises(actions.UnfitValueError):
        actions.review_file(by=world.officer, case_no=world.case.pk, findings=findings)


@pytest.mark.parametrize(("second", "agrees"), [("right", True), ("defect", False)])
def test_the_second_look_says_whether_the_two_agree(world, second, agrees):
    row = actions.review_file(by=world.officer, case_no=world.case.pk, findings=ALL_RIGHT)
    findings = {**ALL_RIGHT, "language": second}
    actions.second_review_file(by=world.supervisor, review_id=row.pk, findings=findings)
    row = world.fresh(row)
    assert (row.second_agrees, row.second_reviewer_id) == (agrees, world.supervisor.username)
    assert FileReviewItem.objects.get(item="language").second_result == second
    with pytest.raises(actions.NotNowError, match="second look"):
        actions.second_review_file(by=world.supervisor, review_id=row.pk, findings=findings)


def test_nobody_looks_twice_at_an_own_review(world):
    row = actions.review_file(by=world.supervisor, case_no=world.case.pk, findings=ALL_RIGHT)
    with pytest.raises(actions.SamePersonError):
        actions.second_review_file(by=world.supervisor, review_id=row.pk, findings=ALL_RIGHT)


def test_a_defect_is_put_right_once(world):
    actions.review_file(by=world.officer, case_no=world.case.pk, findings={**ALL_RIGHT, "language": "defect"})
    item = FileReviewItem.objects.get(result="defect")
    actions.correct_defect(by=world.officer, item_id=item.pk)
    assert last_event().action == "file_review.correct"
    with pytest.raises(actions.NotNowError):
        actions.correct_defect(by=world.officer, item_id=item.pk)


def test_an_offices_day_is_counted_where_it_is(world):
    west, odd = Office(time_zone="Pacific/Honolulu"), Office(time_zone="Nowhere/Land")
    there = timezone.localdate(timezone=policy.ZoneInfo("Pacific/Honolulu"))
    assert (policy.today_at(west), policy.today_at(odd)) == (there, timezone.localdate())


def test_the_checks_on_a_case_tell_work_from_approval(world):
    policy.check_may_work(world.officer, world.case)
    policy.check_may_approve(world.supervisor, world.case)
    with pytest.raises(PermissionDenied):
        policy.check_may_approve(world.officer, world.case)
    with pytest.raises(PermissionDenied):
        policy.check_may_work(world.receiver, world.case)
    assert policy.actors_of(world.person("auditor")) == frozenset()
