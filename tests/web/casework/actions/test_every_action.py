"""Every action: who may, at which office; one event each; stale, future and nobody's hands refused."""

from __future__ import annotations

import inspect

import pytest
from django.core.exceptions import PermissionDenied

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework import actions
from closeout.web.casework.models import Record
from tests.web.casework.actions.acts import ACTS, READS, TRIED_ELSEWHERE
from tests.web.casework.actions.world import HERE, THERE

by_name = pytest.mark.parametrize("act", ACTS, ids=[act.name for act in ACTS])
versioned = [act for act in ACTS if act.is_versioned]


def rows():
    """Return every record with its version, by table, and how long the log is."""
    found = {
        (model.table, row.pk): row.row_version
        for model in Record.__subclasses__()
        for row in model.objects.all()
        if model.table != "officers"
    }
    return found, Event.objects.count()


@pytest.mark.parametrize(
    ("act", "role"),
    [pytest.param(act, role, id=f"{act.name}-{role}") for act in ACTS for role in act.roles],
)
def test_who_may_leaves_exactly_one_event_and_fresh_duties(world, refreshed, act, role):
    arguments = act.given(world)
    person = world.person(role, act.office)
    before = Event.objects.count()
    refreshed.clear()
    row = act.do(person, arguments)
    (event,) = list(Event.objects.order_by("seq"))[before:]
    assert (event.actor, event.action) == (person.username, act.logged)
    assert event.after["case"] == world.case.pk
    assert refreshed == [world.case.pk]
    assert type(row).objects.get(pk=row.pk).row_version == row.row_version


@by_name
def test_nobody_else_may_and_nothing_is_written(world, act):
    arguments = act.given(world)
    people = [world.person(role, act.office) for role in Role.values if role not in act.roles]
    before = rows()
    for person in people:
        with pytest.raises(PermissionDenied):
            act.do(person, arguments)
    assert rows() == before


@by_name
def test_another_office_may_not_and_learns_nothing(world, act):
    arguments = act.given(world)
    elsewhere = {HERE: THERE, THERE: HERE}[act.office]
    strangers = [world.person(role, office) for role in act.roles for office in (elsewhere, "")]
    before = rows()
    for person in strangers:
        with pytest.raises(PermissionDenied) as refused:
            act.do(person, arguments)
        assert str(refused.value) == "there is no such case at your office"
    assert rows() == before


@by_name
def test_someone_whose_account_is_closed_may_not(world, act):
    arguments = act.given(world)
    for role in act.roles:
        with pytest.raises(PermissionDenied):
            act.do(world.person(role, act.office, is_active=False), arguments)


@by_name
def test_what_is_not_there_is_refused_like_what_is_not_yours(world, act):
    arguments = act.given(world)
    key = next(name for name in arguments if name == "case_no" or name.endswith("_id"))
    missing = {**arguments, key: "C-NOWHERE" if key == "case_no" else 999_999}
    with pytest.raises(PermissionDenied, match="no such case at your office"):
        act.do(world.person(act.roles[0], act.office), missing)


@by_name
def test_an_account_without_an_officer_cannot_be_written_down(world, make_user, act):
    arguments = act.given(world)
    stranger = make_user(act.roles[0], username="guest-7", office=act.office)
    with pytest.raises(actions.UnknownOfficerError, match="no officer has the staff number guest-7"):
        act.do(stranger, arguments)


@by_name
def test_nothing_is_recorded_for_tomorrow(world, act):
    arguments = act.given(world)
    with pytest.raises(actions.UnfitValueError, match="future"):
        act.do(world.person(act.roles[0], act.office), {**arguments, "on": world.day(1)})


@pytest.mark.parametrize("act", versioned, ids=[act.name for act in versioned])
def test_what_somebody_else_changed_meanwhile_is_not_written_over(world, act):
    arguments = act.given(world)
    before = rows()
    with pytest.raises(actions.StaleError, match="has changed since you opened it"):
        act.do(world.person(act.roles[0], act.office), {**arguments, "expected_version": 77})
    assert rows()[1] == before[1]


def test_every_action_is_tried_here():
    public = {name for name in actions.__all__ if name.islower()} - READS
    assert {act.name for act in ACTS} | TRIED_ELSEWHERE == public


@by_name
def test_an_action_takes_keywords_only_and_who_acts_first(act):
    parameters = list(inspect.signature(getattr(actions, act.name)).parameters.values())
    assert parameters[0].name == "by"
    assert {one.kind for one in parameters} == {inspect.Parameter.KEYWORD_ONLY}
    assert "on" in {one.name for one in parameters}
