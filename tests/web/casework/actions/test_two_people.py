"""Two people on one case at once: one wins, the other is told, nothing is written twice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections

from closeout.web.audit.actions import verify_chain
from closeout.web.audit.models import Event
from closeout.web.casework import actions
from closeout.web.casework.models import Assignment, CheckIn, DocketMembership
from tests.conftest_postgres import _use
from tests.web.casework.actions.world import DIGEST, THERE, World, make_world

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def real_world(transactional_db, make_user) -> World:
    """Return a world whose rows other connections see: in the store the tests run on."""
    return make_world(make_user)


@pytest.fixture
def postgres_world(transactional_db, request, make_user):
    """Return a world in PostgreSQL whose rows other connections see; emptied afterwards."""
    settings = request.getfixturevalue("_postgres_settings")
    original, before = connections["default"], connections.databases["default"]
    _use(settings)
    try:
        yield make_world(make_user)
    finally:
        call_command("flush", interactive=False, verbosity=0)
        connections["default"].close()
        connections["default"] = original
        connections.databases["default"] = before


def at_once(*steps: Callable[[], object]) -> list[object]:
    """Run the steps in threads that start together; return what each returned or was refused with."""
    start = threading.Barrier(len(steps))
    outcomes: list[object] = [None] * len(steps)

    def run(number: int, step: Callable[[], object]) -> None:
        try:
            start.wait(timeout=20)
            outcomes[number] = step()
        except (actions.ActionRefusedError, DatabaseError) as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def refused(outcomes):
    return [one for one in outcomes if isinstance(one, Exception)]


def check_outcome_is_recorded_once(world):
    row = world.check_in()
    world.interval(30)
    people = [world.officer, world.person("officer"), world.person("supervisor")]
    outcomes = at_once(
        *(
            lambda by=by: actions.record_check_in_outcome(
                by=by, check_in_id=row.pk, outcome="attended", expected_version=1
            )
            for by in people
        )
    )
    losers = refused(outcomes)
    assert [type(one) for one in losers] == [actions.StaleError] * 2
    winner = world.fresh(row).recorded_by_id
    assert all(f"{winner} did “check_in.record” at" in str(one) for one in losers)
    assert world.fresh(row).row_version == 2
    assert CheckIn.objects.filter(state="scheduled").count() == 1
    assert Event.objects.filter(action="check_in.record").count() == 1
    assert verify_chain().is_whole


def check_transfer_and_closure_do_not_both_go_through(world):
    world.verified()
    case_no = world.case.pk
    outcomes = at_once(
        lambda: actions.request_transfer(
            by=world.officer, case_no=case_no, to_office_id=THERE, reason="workload"
        ),
        lambda: actions.propose_closure(
            by=world.supervisor,
            case_no=case_no,
            reason="deceased",
            evidence_kind="death_certificate",
            evidence_digest=DIGEST,
        ),
    )
    assert [type(one) for one in refused(outcomes)] == [actions.NotNowError]
    assert world.fresh().state in ("transfer_pending", "closure_proposed")


def check_a_case_keeps_one_lead_and_one_docket(world):
    world.verified()
    asked = actions.request_transfer(
        by=world.officer, case_no=world.case.pk, to_office_id=THERE, reason="workload"
    )
    people = [world.receiver, world.person("director", THERE)]
    outcomes = at_once(*(lambda by=by: actions.accept_transfer(by=by, transfer_id=asked.pk) for by in people))
    assert len(refused(outcomes)) == 1
    leads = [world.person("officer", THERE).username for _ in range(2)]
    outcomes = at_once(
        *(
            lambda officer_no=officer_no: actions.assign_lead(
                by=world.receiver, case_no=world.case.pk, officer_no=officer_no, reason="transferred"
            )
            for officer_no in leads
        )
    )
    assert refused(outcomes) == []
    assert Assignment.objects.get(role="lead", to_on__isnull=True).officer_id == world.fresh().officer_id
    assert DocketMembership.objects.get(to_on__isnull=True).office_id == THERE


CHECKS = (
    check_outcome_is_recorded_once,
    check_transfer_and_closure_do_not_both_go_through,
    check_a_case_keeps_one_lead_and_one_docket,
)


@pytest.mark.parametrize("check", CHECKS)
def test_two_people_on_one_case_in_sqlite(real_world, check):
    check(real_world)


@pytest.mark.postgres
@pytest.mark.parametrize("check", CHECKS)
def test_two_people_on_one_case_in_postgresql(postgres_world, check):
    assert connection.vendor == "postgresql"
    check(postgres_world)


def test_a_stale_page_says_who_did_what(world):
    row = world.check_in()
    actions.cancel_check_in(by=world.supervisor, check_in_id=row.pk, reason="duplicate", expected_version=1)
    with pytest.raises(actions.StaleError) as refusal:
        actions.record_check_in_outcome(
            by=world.officer, check_in_id=row.pk, outcome="attended", expected_version=1
        )
    assert f"{world.supervisor.username} did “check_in.cancel” at 2" in str(refusal.value)


def test_a_change_nobody_logged_is_still_noticed(world):
    row = world.check_in(row_version=5)
    with pytest.raises(actions.StaleError, match="somebody changed it"):
        actions.cancel_check_in(by=world.officer, check_in_id=row.pk, reason="duplicate", expected_version=4)
