"""Time studies and adjustments: response with its denominator, and two people for every adjustment."""

from datetime import UTC, datetime, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework.actions.errors import NotNowError, SamePersonError, StaleError, UnfitValueError
from closeout.web.casework.models import Officer, TimeEntry
from closeout.web.staffing.actions.adjusting import (
    Proposed,
    approve_adjustment,
    propose_adjustment,
    withdraw_adjustment,
)
from closeout.web.staffing.models import StudyMoment, WeightAdjustment
from closeout.web.staffing.queries.study import response_by_office, study_lines
from tests.web.casework.actions.world import HERE, THERE
from tests.web.staffing.made import ACTIVITY, keep, make_adjustment, make_sample

LIST = "/staffing/studies/"
WANTED = Proposed(ACTIVITY, 25.0, 22.0, 30.0, "steps_left_out", "The second call is left out")


def text(answer):
    return " ".join(answer.content.decode().split())


def newest():
    return Event.objects.order_by("seq").last()


@pytest.fixture
def planner(world):
    return world.person(Role.PLANNER)


@pytest.fixture
def second(world):
    return world.person(Role.PLANNER)


def test_a_proposal_counts_for_nothing_until_another_person_approves_it(world, planner, second):
    row = propose_adjustment(by=planner, proposed=WANTED)
    assert (row.approved_on, newest().action) == (None, "adjustment.propose")
    approved = approve_adjustment(by=second, adjustment_id=row.pk, expected_version=1)
    assert (approved.approved_by_id, newest().action) == (second.username, "adjustment.approve")
    assert approved.approved_on == approved.decided_on == world.today


def test_nobody_approves_what_they_proposed_or_twice(planner, second):
    row = propose_adjustment(by=planner, proposed=WANTED)
    with pytest.raises(SamePersonError):
        approve_adjustment(by=planner, adjustment_id=row.pk)
    with pytest.raises(StaleError):
        approve_adjustment(by=second, adjustment_id=row.pk, expected_version=7)
    approve_adjustment(by=second, adjustment_id=row.pk)
    with pytest.raises(NotNowError, match="approved it on"):
        approve_adjustment(by=second, adjustment_id=row.pk)


def test_a_proposal_is_taken_back_by_whoever_made_it_only(planner, second):
    row = propose_adjustment(by=planner, proposed=WANTED)
    with pytest.raises(SamePersonError):
        withdraw_adjustment(by=second, adjustment_id=row.pk)
    withdraw_adjustment(by=planner, adjustment_id=row.pk)
    assert not WeightAdjustment.objects.exists()
    assert (newest().action, newest().object_id) == ("adjustment.withdraw", str(row.pk))
    with pytest.raises(PermissionDenied, match="no such adjustment"):
        withdraw_adjustment(by=planner, adjustment_id=row.pk)


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.PLANNER])
def test_only_who_manages_studies_proposes_or_approves(world, planner, role):
    row = propose_adjustment(by=planner, proposed=WANTED)
    other = world.person(role)
    for act in (
        lambda: propose_adjustment(by=other, proposed=WANTED),
        lambda: approve_adjustment(by=other, adjustment_id=row.pk),
        lambda: withdraw_adjustment(by=other, adjustment_id=row.pk),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert WeightAdjustment.objects.get().approved_on is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"activity": "gossip"}, "no activity"),
        ({"low": 26.0}, "between the least and the most"),
        ({"high": 24.0}, "between the least and the most"),
        ({"low": -1.0}, "none is below 0"),
        ({"high": float("inf")}, "between the least and the most"),
        ({"minutes": float("nan")}, "between the least and the most"),
        ({"reason": "because"}, "the reason is one of"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused(planner, fields, words):
    given = {name: getattr(WANTED, name) for name in Proposed.__slots__}
    with pytest.raises(UnfitValueError, match=words):
        propose_adjustment(by=planner, proposed=Proposed(**{**given, **fields}))


def test_a_past_last_day_and_a_rationale_that_names_somebody_are_refused(world, planner):
    given = {name: getattr(WANTED, name) for name in Proposed.__slots__}
    with pytest.raises(UnfitValueError, match="past"):
        propose_adjustment(by=planner, proposed=Proposed(**{**given, "expires_on": world.day(-1)}))
    with pytest.raises(ValidationError):
        propose_adjustment(by=planner, proposed=Proposed(**{**given, "rationale": "as A012 345 678 said"}))
    assert not WeightAdjustment.objects.exists()


def test_the_response_counts_all_asked_who_were_there(world):
    # Two recorded as asked, one absent recorded all the same, one declined, one open, one absent: 3 of 5.
    for state in ("asked", "recorded", "absent"):
        officer = world.person(Role.OFFICER)
        sample = make_sample(officer.username, world.today, state=state)
        entry(officer.username, world.today)
        entry(officer.username, world.today, minutes=5)
    for state in ("declined", "recorded", "absent"):
        make_sample(world.person(Role.OFFICER).username, world.today, state=state)
    make_sample(world.person(Role.OFFICER, THERE).username, world.today, state="absent")
    here, there = response_by_office(sample.study)
    assert (here.response.recorded, here.response.asked) == (3, 5)
    assert (here.response.open, here.response.absent, here.response.declined) == (1, 1, 1)
    assert (here.response.share, here.response.officers) == (0.6, 6)
    assert (there.response.asked, there.response.share) == (0, None)
    assert [(line.response.recorded, line.response.asked) for line in study_lines()] == [(3, 5)]


def entry(officer_no, day, **fields):
    """Enter minutes for the study TS-1, as a load does."""
    officer = Officer.objects.get(pk=officer_no)
    given = {"worked_on": day, "activity": ACTIVITY, "minutes": 30, "study": "TS-1", "is_overtime": False}
    return TimeEntry.objects.create(officer=officer, office_id=officer.office_id, **{**given, **fields})


def test_an_answer_to_a_moment_is_an_officer_week_recorded(world):
    sample = make_sample(world.officer.username, world.today, design="random_moment")
    make_sample(world.officer.username, world.today)
    StudyMoment.objects.create(
        study=sample.study,
        officer_id=world.officer.username,
        office_id=HERE,
        observed_at=datetime.combine(world.today, time(12), UTC),
        activity=ACTIVITY,
    )
    (here,) = response_by_office(sample.study)
    assert (here.response.recorded, here.response.asked) == (1, 1)


def test_the_pages_show_response_weights_and_what_waits(world, as_, planner):
    keep()
    make_sample(world.officer.username, world.today)
    entry(world.officer.username, world.today)
    make_adjustment(world.officer.username)
    page = text(as_(planner).get(LIST))
    assert "1 adjustment waits for a second person" in page
    assert '100 % <span class="note">1 of 1</span>' in page
    # One office has a weight of grade A, the other none.
    assert "20.0" in page
    detail = text(as_(planner).get(reverse("staffing:study-detail", args=["TS-1"])))
    assert "Spring diary" in detail
    assert "1 of 1" in detail


def test_empty_pages_say_what_would_fill_them(as_, planner):
    page = text(as_(planner).get(LIST))
    assert "No time study has been planned." in page
    assert "No weights have been worked out yet." in page
    assert "None waits." in page


@pytest.mark.parametrize("study", ["NOWHERE", "x\x00", "' OR 1=1 --", "a" * 400])
def test_a_study_that_is_none_is_not_there(as_, planner, study):
    assert as_(planner).get(reverse("staffing:study-detail", args=[study])).status_code == 404


def test_proposing_and_approving_in_the_pages(world, as_, planner, second):
    page = reverse("staffing:adjustment-propose")
    sent = {
        "activity": ACTIVITY,
        "low": "22",
        "minutes": "25",
        "high": "30",
        "reason": "steps_left_out",
        "rationale": "The second call is left out",
    }
    assert as_(planner).get(page).status_code == 200
    assert as_(planner).post(page, {**sent, "low": "x"}).status_code == 422
    assert as_(planner).post(page, {**sent, "low": "40"}).status_code == 422
    assert "identif" in text(as_(planner).post(page, {**sent, "rationale": "Call 202-555-0143"}))
    assert as_(planner).post(page, sent).url == reverse("staffing:study-list")
    row = WeightAdjustment.objects.get()
    approve = reverse("staffing:adjustment-settle", args=[row.pk, "approve"])
    assert "another person does" in text(as_(planner).post(approve, follow=True))
    told = text(as_(second).post(approve, {"expected_version": "1"}, follow=True))
    assert "it counts from the next working out" in told
    assert world.fresh(row).approved_by_id == second.username
    assert as_(second).post(reverse("staffing:adjustment-settle", args=[row.pk, "shred"])).status_code == 404


def test_a_proposal_is_taken_back_in_the_pages(as_, planner):
    row = propose_adjustment(by=planner, proposed=WANTED)
    as_(planner).post(reverse("staffing:adjustment-settle", args=[row.pk, "withdraw"]))
    assert not WeightAdjustment.objects.exists()


def test_twenty_proposals_cost_as_many_queries_as_one(world, as_, planner, django_assert_max_num_queries):
    keep()
    client = as_(planner)
    for number in (1, 19):
        for _ in range(number):
            make_adjustment(world.officer.username)
        with django_assert_max_num_queries(14):
            client.get(LIST)
