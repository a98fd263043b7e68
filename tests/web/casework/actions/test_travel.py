"""Travel documents: by the country's rule, followed up, held, decided, used or expired (B1, B2)."""

from __future__ import annotations

import pytest

from closeout.web.casework import actions
from closeout.web.casework.models import Hold, TravelDocumentItem, TravelDocumentRequest, TravelFollowUp
from tests.web.casework.actions.world import last_event


def start(world):
    return actions.start_travel_request(by=world.officer, case_no=world.case.pk, country="NEV")


def include(world, row, *items):
    for item in items:
        actions.include_item(by=world.officer, request_id=row.pk, item=item)


def sent(world, *items):
    world.country_rule(*items)
    row = start(world)
    include(world, row, *items)
    actions.complete_request(by=world.officer, request_id=row.pk)
    actions.send_request(by=world.officer, request_id=row.pk)
    return world.fresh(row)


def test_a_request_lists_what_the_rule_asks_for_and_what_is_missing(world):
    world.country_rule("fee", "portraits")
    row = start(world)
    assert list(TravelDocumentItem.objects.values_list("item", "is_included")) == [
        ("fee", False),
        ("portraits", False),
    ]
    assert actions.missing_items(row, world.today) == ("fee", "portraits")
    include(world, row, "fee")
    assert actions.missing_items(row, world.today) == ("portraits",)
    actions.include_item(by=world.officer, request_id=row.pk, item="fee", is_included=False)
    assert actions.missing_items(row, world.today) == ("fee", "portraits")


def test_a_package_with_something_missing_is_neither_complete_nor_sent(world):
    world.country_rule("fee", "portraits")
    row = start(world)
    include(world, row, "fee")
    with pytest.raises(actions.NotNowError, match="every item the country asks for"):
        actions.complete_request(by=world.officer, request_id=row.pk)
    with pytest.raises(actions.NotNowError, match="possible now"):
        actions.send_request(by=world.officer, request_id=row.pk)


def test_without_a_rule_in_force_a_request_can_be_begun_but_not_sent(world):
    world.country_rule(effective_to=world.day(-1))
    row = start(world)
    assert (row.rule, actions.missing_items(row, world.today)) == (None, None)
    with pytest.raises(actions.NotNowError, match="every item"):
        actions.complete_request(by=world.officer, request_id=row.pk)
    row.state = "complete"
    row.save()
    with pytest.raises(actions.NotNowError, match="a country rule in force"):
        actions.send_request(by=world.officer, request_id=row.pk)


def test_a_rule_that_changed_since_is_the_one_that_counts(world):
    world.country_rule("fee", effective_to=world.day(-1))
    world.country_rule("fee", "translation", version=2, effective_from=world.today)
    row = world.travel_request()
    include(world, row, "fee")
    assert actions.missing_items(row, world.today) == ("translation",)
    include(world, row, "translation")
    actions.complete_request(by=world.officer, request_id=row.pk)
    actions.send_request(by=world.officer, request_id=row.pk)
    row = world.fresh(row)
    assert (row.rule.version, row.missing_at_send, row.sent_on) == (2, 0, world.today)


def test_sending_puts_the_first_follow_up_on_the_calendar_and_each_one_the_next(world):
    row = sent(world, "fee")
    first = TravelFollowUp.objects.get()
    assert (first.due_on, first.done_on) == (world.day(14), None)
    done = actions.follow_up(by=world.officer, request_id=row.pk, channel="phone", result="no_answer")
    assert (done.pk, done.done_on, done.done_by_id) == (first.pk, world.today, world.officer.username)
    assert TravelFollowUp.objects.get(done_on=None).due_on == world.day(14)


def test_a_decision_ends_what_is_still_to_be_asked(world):
    row = sent(world, "fee")
    late = TravelFollowUp.objects.create(request=row, case=world.case, due_on=world.day(-2))
    actions.issue_document(
        by=world.officer, request_id=row.pk, valid_from=world.today, valid_to=world.day(60)
    )
    (kept,) = TravelFollowUp.objects.all()
    assert (kept.pk, kept.done_on, kept.result) == (late.pk, world.today, "decided")


@pytest.mark.parametrize(("valid_from", "valid_to"), [(5, 1), (-9, -1)])
def test_an_issued_document_has_valid_days(world, valid_from, valid_to):
    row = sent(world, "fee")
    with pytest.raises(actions.NotNowError, match="first and last day"):
        actions.issue_document(
            by=world.officer,
            request_id=row.pk,
            valid_from=world.day(valid_from),
            valid_to=world.day(valid_to),
        )


def test_the_way_through_the_mission(world):
    row = sent(world, "fee")
    actions.acknowledge_request(by=world.officer, request_id=row.pk)
    with pytest.raises(actions.UnfitValueError, match="today or later"):
        actions.schedule_interview(by=world.officer, request_id=row.pk, interview_on=world.day(-1))
    actions.schedule_interview(by=world.officer, request_id=row.pk, interview_on=world.day(9))
    actions.schedule_interview(by=world.officer, request_id=row.pk, interview_on=world.today)
    actions.hold_interview(by=world.officer, request_id=row.pk)
    actions.issue_document(by=world.officer, request_id=row.pk, valid_from=world.today, valid_to=world.day(9))
    actions.use_document(by=world.officer, request_id=row.pk)
    row = world.fresh(row)
    assert (row.state, row.acknowledged_on, row.interviewed_on, row.decided_on, row.used_on) == (
        "used",
        *[world.today] * 4,
    )


def test_steps_with_the_mission_are_not_before_it_was_sent(world):
    row = sent(world, "fee")
    with pytest.raises(actions.UnfitValueError, match="cannot be earlier"):
        actions.acknowledge_request(by=world.officer, request_id=row.pk, on=world.day(-1))


def test_a_package_sent_back_is_drafted_again_as_the_next_version(world):
    row = sent(world, "fee")
    actions.return_incomplete(by=world.officer, request_id=row.pk)
    row = world.fresh(row)
    assert (row.state, row.package_version, row.sent_on, row.missing_at_send) == ("drafting", 2, None, None)
    assert not TravelFollowUp.objects.filter(done_on=None).exists()
    actions.complete_request(by=world.officer, request_id=row.pk)
    actions.send_request(by=world.officer, request_id=row.pk)
    assert world.fresh(row).package_version == 2


def test_after_a_refusal_it_is_asked_again_by_the_rule_in_force_now(world):
    row = sent(world, "fee")
    with pytest.raises(actions.UnfitValueError, match="no reason"):
        actions.refuse_document(by=world.officer, request_id=row.pk, reason="angry")
    actions.refuse_document(by=world.officer, request_id=row.pk, reason="identity")
    new = actions.re_request(by=world.officer, request_id=row.pk)
    assert (new.state, new.package_version, new.pk != row.pk) == ("drafting", 1, True)
    with pytest.raises(actions.NotNowError, match="another request"):
        actions.re_request(by=world.officer, request_id=row.pk)


@pytest.mark.parametrize("reason", ["legal_stay", "appeal", "medical"])
def test_a_hold_stops_the_request_and_the_cases_clocks_until_it_is_resumed(world, reason):
    row = sent(world, "fee")
    actions.acknowledge_request(by=world.officer, request_id=row.pk)
    actions.hold_request(by=world.officer, request_id=row.pk, reason=reason, review_on=world.day(30))
    hold = Hold.objects.get()
    assert (world.fresh(row).state, hold.kind, hold.review_on, hold.to_on) == (
        "on_hold",
        reason,
        world.day(30),
        None,
    )
    with pytest.raises(actions.NotNowError, match="on hold"):
        actions.follow_up(by=world.officer, request_id=row.pk, channel="phone", result="pending")
    actions.resume_request(by=world.officer, request_id=row.pk)
    assert (world.fresh(row).state, world.fresh(hold).to_on) == ("acknowledged", world.today)


def test_a_hold_has_a_reason_and_a_day_to_look_at_it_again(world):
    row = sent(world, "fee")
    with pytest.raises(actions.NotNowError, match="looked at again"):
        actions.hold_request(by=world.officer, request_id=row.pk, reason="appeal", review_on=world.today)
    with pytest.raises(actions.UnfitValueError, match="legal stay"):
        actions.hold_request(by=world.officer, request_id=row.pk, reason="waiver", review_on=world.day(3))


def test_an_unused_document_expires_after_its_last_day(world):
    row = world.sent(state="issued", valid_from=world.day(-30), valid_to=world.day(-1))
    good = world.make_case()
    still = world.sent(case=good, state="issued", valid_from=world.day(-30), valid_to=world.today)
    assert actions.expire_travel_documents(today=world.today) == 1
    assert actions.expire_travel_documents(today=world.today) == 0
    assert (world.fresh(row).state, world.fresh(still).state) == ("expired", "issued")
    assert (last_event().action, last_event().actor) == ("travel_document.expire", "system")
    with pytest.raises(actions.NotNowError):
        actions.use_document(by=world.officer, request_id=row.pk)


def test_a_document_is_not_used_before_it_is_valid(world):
    row = world.sent(state="issued", valid_from=world.day(2), valid_to=world.day(9))
    with pytest.raises(actions.UnfitValueError, match="valid from"):
        actions.use_document(by=world.officer, request_id=row.pk)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"country": "XYZ"}, actions.UnfitValueError),
        ({"mission_id": "M-1"}, actions.UnfitValueError),
        ({}, actions.NotNowError),
    ],
)
def test_a_request_that_cannot_be_is_not_begun(world, more, error):
    world.country_rule("fee")
    start(world)
    with pytest.raises(error):
        actions.start_travel_request(
            **{"by": world.officer, "case_no": world.case.pk, "country": "NEV", **more}
        )
    assert TravelDocumentRequest.objects.count() == 1


def test_a_withdrawn_request_is_over(world):
    row = sent(world, "fee")
    actions.withdraw_request(by=world.officer, request_id=row.pk, reason="relief")
    row = world.fresh(row)
    assert (row.state, row.withdrawn_on) == ("withdrawn", world.today)
    with pytest.raises(actions.NotNowError, match="nothing more can be done"):
        actions.set_delay_cause(by=world.officer, request_id=row.pk, cause="mission")
