"""What the demonstration asks of the simulation: queued, for the site's worker to run."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from closeout.cli import demo_plans
from closeout.web.staffing.actions.answers import LEAST_REPLICATIONS


def test_a_detail_and_a_curve_are_asked_for(monkeypatch):
    asked = {}

    def keep(name):
        def kept(**given):
            asked[name] = given
            return SimpleNamespace(pk=4)

        return kept

    for name in ("make_scenario", "ask_scenario", "ask_curve"):
        monkeypatch.setattr(demo_plans, name, keep(name))
    demo_plans.ask_plans("director", "F09", today=date(2026, 11, 22))
    (change,) = asked["make_scenario"]["changes"]
    # Sixty days ahead: within the year that is simulated.
    assert change.plain() == {"detail": {"officers": 2, "from": "2027-01-21", "days": 45}}
    assert asked["make_scenario"]["office_id"] == asked["ask_curve"]["office_id"] == "F09"
    assert asked["ask_scenario"]["scenario_id"] == 4
    assert asked["ask_scenario"]["replications"] == asked["ask_curve"]["replications"] >= LEAST_REPLICATIONS
