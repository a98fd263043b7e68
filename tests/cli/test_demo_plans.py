"""What the demonstration asks of the simulation: queued, for the site's worker to run."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from closeout.cli import demo_plans
from closeout.web.staffing.actions.answers import LEAST_REPLICATIONS


def test_a_detail_and_a_curve_are_asked_for(monkeypatch):
    asked = {}

    def made(**given):
        asked["make"] = given
        return SimpleNamespace(pk=4)

    monkeypatch.setattr(demo_plans, "make_scenario", made)
    monkeypatch.setattr(demo_plans, "ask_scenario", lambda **given: asked.update(scenario=given))
    monkeypatch.setattr(demo_plans, "ask_curve", lambda **given: asked.update(curve=given))
    demo_plans.ask_plans("director", "F09", today=date(2026, 11, 22))
    (change,) = asked["make"]["changes"]
    # Sixty days ahead: within the year that is simulated.
    assert change.plain() == {"detail": {"officers": 2, "from": "2027-01-21", "days": 45}}
    assert asked["make"]["office_id"] == asked["curve"]["office_id"] == "F09"
    assert asked["scenario"]["scenario_id"] == 4
    assert asked["scenario"]["replications"] == asked["curve"]["replications"] >= LEAST_REPLICATIONS
