"""Fixtures for the register's tests: both databases, and a small register to act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.recommendations.world import World, make_world

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def world(make_user: Callable[..., object]) -> World:
    """Return a register of one recommendation, and its people."""
    return make_world(make_user)
