"""Fixtures for the pages' tests: the small world of the actions, and people signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.web.casework.actions.world import World, make_world

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
