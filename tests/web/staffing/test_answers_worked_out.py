"""Scenarios, curves and plans worked out: from an office made by hand, and from the site's records."""

from contextlib import contextmanager

import pytest

from closeout.simulation.changes import Detail, Some
from closeout.simulation.model import ModelError
from closeout.web.accounts.models import Role, User
from closeout.web.jobs.progress import JobCanceledError
from closeout.web.staffing import work_scenarios
from closeout.web.staffing.actions.plans import AskedPlan
from closeout.web.staffing.models import OfficeCurve, ScenarioRun
from closeout.web.staffing.work_scenarios import Told, draw_and_keep, plan_and_keep, run_and_keep
from tests.simulation.offices import make_office
from tests.web.casework.actions.world import HERE, make_world
from tests.web.casework.sites import site
from tests.web.staffing.made_answers import basis, make_scenario

__all__ = ["site"]
PASSWORD = "correct horse battery staple"  # noqa: S105 - a test's
CURVE = {
    "office_id": HERE,
    "share": 0.9,
    "probability": 0.5,
    "weights": "observed",
    "replications": 10,
    "seed": 1,
}


class _Kept:
    """Records that nothing is read of."""

    def basis(self, _seed):
        return basis()


@pytest.fixture
def by_hand(monkeypatch):
    """Let the office be one made by hand; what lies before it is tried on the site's records below."""

    @contextmanager
    def kept(_today, _job, _told):
        yield _Kept()

    office = make_office(office_id=HERE)
    monkeypatch.setattr(work_scenarios, "written_down", kept)
    monkeypatch.setattr(work_scenarios, "_office", lambda *_given: office)
    return office


@pytest.fixture
def ask(world, by_hand):
    """Return a function that makes a scenario of lending so many officers, and what asks for its run."""

    def params(officers):
        lent = Detail(officers=Some(count=officers), from_on=by_hand.start_on, days=45)
        scenario = make_scenario(world.person(Role.PLANNER), changes=[lent])
        return {"scenario_id": scenario.pk, "replications": 10, "seed": 1}

    return params


def test_a_scenario_is_run_beside_the_office_as_it_is(world, ask):
    steps = []
    told = Told(advance=lambda done, total: steps.append((done, total)))
    run = run_and_keep(ask(1), today=world.today, told=told)
    assert (run.replications, run.result["base"]["office_id"]) == (10, HERE)
    assert run.result["scenario"]["digest"] == run.scenario.digest
    # Ten years as it is and ten as it would be.
    assert steps[-1] == (20, 20)


def test_the_same_seed_gives_the_same_differences(world, ask):
    params = ask(1)
    first, second = (run_and_keep(params, today=world.today).result["differences"] for _ in range(2))
    assert first == second


def test_a_canceled_run_keeps_nothing(world, ask):
    def stop(_done, _total):
        raise JobCanceledError

    params = ask(1)
    with pytest.raises(JobCanceledError):
        run_and_keep(params, today=world.today, told=Told(advance=stop))
    assert not ScenarioRun.objects.exists()


def test_more_officers_than_there_are_is_said_with_both_numbers(world, ask):
    params = ask(400)
    with pytest.raises(ModelError, match="400 officers are asked for"):
        run_and_keep(params, today=world.today)


def test_a_curve_is_worked_out_and_kept(world, by_hand):
    made = draw_and_keep(CURVE, today=world.today)
    assert made.result["target"] == {"share": 0.9, "probability": 0.5, "duty": ""}
    assert made.result["points"]
    assert OfficeCurve.objects.get() == made


@pytest.fixture
def recorded(site):
    made = make_world(lambda role, **fields: User.objects.create_user(role=role, password=PASSWORD, **fields))
    made.person(Role.OFFICER)
    return made


def test_records_without_minutes_give_no_simulation_and_say_what_to_do(recorded):
    said = []
    with pytest.raises(ModelError, match="no duties with minutes"):
        draw_and_keep(CURVE, today=recorded.today, told=Told(said.append))
    assert said[0] == "writing down the records as they are"
    assert not OfficeCurve.objects.exists()


def test_a_plan_is_worked_out_from_the_records(recorded):
    asked = AskedPlan(HERE, recorded.day(200), draws=100)
    kept = plan_and_keep(asked.plain(), today=recorded.today)
    assert (kept.office_id, kept.by_on, kept.asked) == (HERE, recorded.day(200), asked.plain())
    assert kept.result["plan"]["draws"] == 100
