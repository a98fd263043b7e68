"""What the tests of pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from closeout.web.accounts.models import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.web.accounts.models import User


@pytest.fixture
def administrator(make_user: Callable[..., User]) -> User:
    """Return an administrator."""
    return make_user(Role.ADMINISTRATOR, username="admin")


@pytest.fixture
def administrator_client(administrator: User) -> Client:
    """Return a client signed in as the administrator."""
    client = Client()
    client.force_login(administrator)
    return client
