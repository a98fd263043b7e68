"""What the tests of the evidence share: one recommendation, two offices, and people signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.casework.actions.world import make_world as make_offices
from tests.web.casework.pages.conftest import as_
from tests.web.recommendations.world import make_world as make_register

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.web.accounts.models import User
    from tests.web.casework.actions.world import World as Offices
    from tests.web.recommendations.world import World as Register

__all__ = ["as_"]


@pytest.fixture
def world(make_user: Callable[..., User]) -> Offices:
    """Return two offices, one case, and its people."""
    return make_offices(make_user)


@pytest.fixture
def register(make_user: Callable[..., User], world: Offices) -> Register:
    """Return a register of one recommendation with a need, and its people, beside the offices."""
    return make_register(make_user)
