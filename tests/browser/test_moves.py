"""Moves in the browser: a supervisor takes a proposed move, and leaves one with a reason."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from closeout.web.accounts.models import Role
from closeout.web.staffing.models import MoveState
from tests.browser.conftest import fits
from tests.web.casework.actions.world import HERE
from tests.web.staffing.made import make_proposal


@pytest.fixture
def shown(page, world, enter):
    """Return the proposal of one move, open in the browser of a supervisor who did not ask for it."""
    taker = world.person(Role.OFFICER).username
    moves = [(world.case.pk, world.officer.username, taker)]
    proposal = make_proposal(world.person(Role.PLANNER), moves, office_id=HERE)
    enter(world.supervisor, reverse("staffing:move-proposal", args=[proposal.pk]))
    page.locator("#move-table label").first.click()
    return proposal


def test_a_chosen_move_is_accepted_without_a_reason(page, shown, width):
    page.get_by_role("button", name="Accept the chosen").click()
    expect(page.get_by_text("Accepted: 1.")).to_be_visible()
    assert shown.moves.get().state == MoveState.ACCEPTED
    assert fits(page, width)


def test_a_refusal_waits_for_its_reason(page, shown):
    refuse = page.get_by_role("button", name="Refuse the chosen")
    refuse.click()
    assert shown.moves.get().state == MoveState.PROPOSED
    page.locator("[name=override_reason]").select_option(index=1)
    refuse.click()
    expect(page.get_by_text("Refused: 1.")).to_be_visible()
    assert shown.moves.get().state == MoveState.REFUSED
