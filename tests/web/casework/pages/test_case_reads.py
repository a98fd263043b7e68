"""Looking at a case is an event of the audit log: once an hour for each reader and case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from closeout.web.accounts.models import Role
from closeout.web.audit.actions import verify_chain
from closeout.web.audit.models import Event
from closeout.web.casework import actions
from closeout.web.casework.actions.looking import READ, tell_read
from tests.web.casework.actions.world import THERE


def reads() -> list[tuple[str, str]]:
    """Return who looked at which case, in order."""
    found = Event.objects.filter(action=READ).order_by("seq")
    assert {event.object_type for event in found} <= {"casework.case"}
    return [(event.actor, event.object_id) for event in found]


def page(case) -> str:
    return reverse("casework:case-detail", args=[case.pk])


def desk(case) -> str:
    return reverse("casework:desk") + f"?case={case.pk}"


def form(case) -> str:
    return reverse("casework:act", args=[case.pk, "verify"])


@pytest.mark.parametrize("address", [page, desk, form])
def test_whoever_sees_a_case_is_in_the_log(store, world, as_, address):
    assert as_(world.officer).get(address(world.case)).status_code == 200
    assert reads() == [(world.officer.username, world.case.pk)]
    (event,) = Event.objects.filter(action=READ)
    assert (event.before, event.after, event.reason) == (None, None, "")
    assert verify_chain().broken_at is None


def test_within_an_hour_a_reader_is_told_of_once(store, world, as_):
    client = as_(world.officer)
    for address in (page, desk, form, page):
        client.get(address(world.case))
    assert reads() == [(world.officer.username, world.case.pk)]


def test_after_an_hour_it_is_told_again(store, world, monkeypatch):
    started = timezone.now()
    for minutes in (0, 59, 61, 90, 120, 122):
        monkeypatch.setattr(timezone, "now", lambda passed=minutes: started + timedelta(minutes=passed))
        tell_read(world.case, by=world.officer)
    # At 0, at 61 (the first is 61 minutes old), at 122 (the second is); not at 59, 90 and 120.
    told = [event.at - started for event in Event.objects.filter(action=READ).order_by("seq")]
    assert told == [timedelta(minutes=minutes) for minutes in (0, 61, 122)]


def test_each_reader_and_each_case_is_told_of(store, world, as_):
    other = world.make_case()
    auditor = world.person(Role.AUDITOR)
    for person, case in ((world.officer, world.case), (world.officer, other), (auditor, world.case)):
        as_(person).get(page(case))
    officer = world.officer.username
    assert reads() == [(officer, world.case.pk), (officer, other.pk), (auditor.username, world.case.pk)]


def test_a_case_that_is_not_shown_is_not_read(world, as_):
    stranger = as_(world.person(Role.OFFICER, THERE))
    assert stranger.get(page(world.case)).status_code == 404
    assert stranger.get(desk(world.case)).status_code == 404
    assert as_(world.person(Role.ADMINISTRATOR)).get(page(world.case)).status_code == 403
    assert reads() == []


def test_a_list_of_cases_reads_none(world, as_):
    client = as_(world.officer)
    for name in ("case-list", "duty-list", "my-day"):
        assert client.get(reverse(f"casework:{name}")).status_code == 200
    assert reads() == []


def test_whoever_looked_is_not_named_as_whoever_changed_it(world, as_):
    as_(world.supervisor).get(page(world.case))
    world.case.row_version += 1
    world.case.save()
    with pytest.raises(actions.StaleError, match="somebody changed it; look at it again"):
        actions.change_status(
            by=world.officer,
            case_no=world.case.pk,
            status_code="S1",
            effective_on=world.today,
            expected_version=1,
        )
