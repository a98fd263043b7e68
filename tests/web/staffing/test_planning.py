"""Planning a time study: drawn by chance, the same for the same seed, and seen by whom it asks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.staffing.actions.planning import Planned, cancel_study, plan_study
from closeout.web.staffing.models import StudySample, TimeStudy
from closeout.web.staffing.queries.sampled import monday_of, study_of
from tests.web.casework.actions.world import HERE
from tests.web.staffing.made import make_sample

PLAN = "/staffing/studies/plan/"


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def planner(world):
    return world.person(Role.PLANNER)


@pytest.fixture
def planned(world):
    """Return a plan that asks both officers of the office in one round of one week, from this week on."""
    for _ in range(3):
        world.person(Role.OFFICER)
    return Planned("TS-9", "Autumn diary", world.today, officers=2, weeks=1, rounds=1, office_id=HERE)


def asked():
    return sorted(StudySample.objects.values_list("officer_id", flat=True))


def test_a_plan_draws_officers_and_is_told_once(world, planner, planned):
    before = Event.objects.count()
    study = plan_study(by=planner, planned=planned)
    monday = monday_of(world.today)
    assert (study.state, study.from_on, study.to_on) == ("planned", monday, monday + timedelta(days=6))
    assert (study.planned_by_id, study.seed, study.moments_a_week) == (planner.username, 1, None)
    assert len(asked()) >= 2
    assert set(StudySample.objects.values_list("office_id", "week_from", "state")) == {
        (HERE, monday, "asked")
    }
    event = Event.objects.order_by("seq").last()
    assert (Event.objects.count(), event.action) == (before + 1, "study.plan")


def test_the_same_seed_asks_the_same_officers(planner, planned):
    plan_study(by=planner, planned=planned)
    first = asked()
    StudySample.objects.all().delete()
    TimeStudy.objects.all().delete()
    plan_study(by=planner, planned=planned)
    assert asked() == first


def test_whoever_is_asked_records_for_the_study_until_it_is_cancelled(world, planner, planned):
    study = plan_study(by=planner, planned=replace(planned, officers=50))
    officer = StudySample.objects.get(officer_id=world.officer.username).officer
    assert study_of(officer, world.today) == "TS-9"
    cancel_study(by=planner, study_id=study.pk)
    assert study_of(officer, world.today) is None
    assert Event.objects.order_by("seq").last().action == "study.cancel"
    with pytest.raises(NotNowError, match="cancelled"):
        cancel_study(by=planner, study_id=study.pk)


def test_a_study_that_is_not_there_is_not_cancelled(planner):
    with pytest.raises(UnfitValueError, match="no study TS-404"):
        cancel_study(by=planner, study_id="TS-404")


def test_moments_are_drawn_within_the_week(planner, planned):
    plan_study(by=planner, planned=replace(planned, design="random_moment", moments_a_week=3))
    moments = StudySample.objects.filter(officer_id=asked()[0]).values_list("asked_at", flat=True)
    assert len(set(moments)) == 3
    assert None not in moments


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": "two words"}, "one word"),
        ({"code": ""}, "one word"),
        ({"officers": 0}, "at least 1"),
        ({"weeks": 30, "rounds": 4}, "do not fit into a year"),
        ({"role": "inspector"}, "no officer has the role inspector"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(planner, planned, fields, words):
    with pytest.raises(UnfitValueError, match=words):
        plan_study(by=planner, planned=replace(planned, **fields))
    assert not TimeStudy.objects.exists()


def test_a_code_twice_a_past_week_and_a_label_that_names_somebody_are_refused(world, planner, planned):
    plan_study(by=planner, planned=planned)
    with pytest.raises(UnfitValueError, match="already"):
        plan_study(by=planner, planned=planned)
    with pytest.raises(UnfitValueError, match="past"):
        plan_study(by=planner, planned=replace(planned, code="TS-10", from_on=world.day(-8)))
    with pytest.raises(ValidationError):
        plan_study(by=planner, planned=replace(planned, code="TS-10", label="Ask 202-555-0143"))


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.PLANNER])
def test_only_who_manages_studies_plans_or_cancels(world, planner, planned, role):
    study = plan_study(by=planner, planned=planned)
    other = world.person(role)
    with pytest.raises(PermissionDenied):
        plan_study(by=other, planned=replace(planned, code="TS-10"))
    with pytest.raises(PermissionDenied):
        cancel_study(by=other, study_id=study.pk)


def test_planning_and_cancelling_in_the_pages(world, as_, planner, planned):
    client = as_(planner)
    sent = {
        "code": "TS-9",
        "label": "Autumn diary",
        "from_on": world.today.isoformat(),
        "officers": "2",
        "weeks": "1",
        "rounds": "1",
        "design": "diary",
        "moments_a_week": "20",
        "office_id": HERE,
        "role": "",
        "seed": "1",
    }
    assert client.get(PLAN).status_code == 200
    assert client.post(PLAN, {**sent, "officers": "x"}).status_code == 422
    assert client.post(PLAN, {**sent, "weeks": "26", "rounds": "26"}).status_code == 422
    told = text(client.post(PLAN, sent, follow=True))
    assert "Planned. Officers see under My time that they are asked." in told
    assert "sample drawn with seed 1" in told
    cancel = reverse("staffing:study-cancel", args=["TS-9"])
    assert "Cancelled. What was recorded stays." in text(client.post(cancel, follow=True))
    assert "The study is cancelled." in text(client.post(cancel, follow=True))


def test_an_officer_sees_that_a_study_asks(world, as_):
    make_sample(world.officer.username, world.today)
    page = text(as_(world.officer).get("/staffing/time/"))
    assert "You are asked to record this week for Spring diary (TS-1)." in page
