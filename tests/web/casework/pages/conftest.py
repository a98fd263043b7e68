"""Fixtures for the pages' tests: the small world of the actions, and people signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from closeout.web.casework import models
from closeout.web.casework.duties.counts import change
from tests.web.casework.actions.world import HERE, World, make_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.web.accounts.models import User


@pytest.fixture
def world(make_user: Callable[..., object]) -> World:
    """Return two offices, one case, and its people."""
    return make_world(make_user)


@pytest.fixture
def as_(world: World) -> Callable[[User], Client]:
    """Return a function that gives a client signed in as somebody of the world."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def owe(world: World) -> Callable[..., models.Duty]:
    """Return a function that puts a duty of the world's case into the site's table."""
    made = 0

    def put(duty: str = "contact-verification", *, due: int = 0, **fields: Any) -> models.Duty:
        nonlocal made
        made += 1
        day = world.day(due)
        given: dict[str, Any] = {
            "duty": duty,
            "subject_table": "cases",
            "subject": world.case.pk,
            "sequence": made,
            "case_no": world.case.pk,
            "office_id": HERE,
            "officer_no": world.officer.username,
            "opened_on": day - timedelta(days=30),
            "opens_on": day,
            "due_on": day,
            "last_day": day,
            "overdue_from": day + timedelta(days=1),
            "state": "upcoming",
            "days_held": 0,
            "is_missed": False,
            "is_open": True,
            "computed_on": world.today,
        }
        before = list(models.Duty.objects.all())
        row = models.Duty.objects.create(**{**given, **fields})
        change(before=before, after=[*before, row])
        return row

    return put
