"""Moves worked out from the site's records, which another connection reads: a database of its own."""

import pytest

from closeout.web.accounts.models import Role, User
from closeout.web.staffing.work_moves import propose_and_keep
from tests.web.casework.actions.world import HERE, make_world
from tests.web.casework.sites import site

__all__ = ["site"]
PASSWORD = "correct horse battery staple"  # noqa: S105 - a test's


@pytest.fixture
def world(site):
    made = make_world(lambda role, **fields: User.objects.create_user(role=role, password=PASSWORD, **fields))
    made.person(Role.OFFICER)
    return made


def asked(kind):
    return {"office_id": HERE, "kind": kind, "leaving": [], "max_moves": None, "seed": 0}


def test_a_proposal_is_worked_out_from_the_records(world):
    for _ in range(3):
        world.make_case()
    said = []
    proposal = propose_and_keep(asked("rebalance"), today=world.today, told=said.append)
    # Two officers with the same hours and four cases alike: two of them go to the one who has none.
    assert [one.from_officer for one in proposal.moves.all()] == [world.officer.username] * 2
    assert (proposal.result["cases"], proposal.result["certificate"]["moves"]) == (4, 2)
    assert said[0] == "writing down the records as they are"


def test_cases_that_nobody_leads_are_proposed_or_held(world):
    case = world.make_case()
    case.assignments.update(to_on=world.day(-3))
    case.officer = None
    case.save(update_fields=["officer"])
    proposal = propose_and_keep(asked("waiting"), today=world.today)
    counts = proposal.result["counts"]
    assert counts["assigned"] + counts["held"] + counts["undistributable"] == 1
    assert proposal.moves.count() == counts["assigned"]
    assert "nobody leads" in proposal.sentence
