"""Fixtures for the actions' tests: the small world, and duties that are only counted, not worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from closeout.web.casework.actions import writing
from tests.web.casework.actions.world import World, make_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


@pytest.fixture
def world(make_user: Callable[..., object]) -> World:
    """Return two offices, one case, and its people."""
    return make_world(make_user)


@pytest.fixture(autouse=True)
def refreshed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the case numbers whose duties an action had worked out anew; nothing is worked out."""
    cases: list[str] = []

    def note(case_no: str, *, today: date) -> None:
        cases.append(case_no)

    monkeypatch.setattr(writing, "refresh", note)
    return cases
