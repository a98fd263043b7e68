"""Scenarios, runs, curves and hiring plans made by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from closeout.simulation.changes import Detail, Interval, Some
from closeout.web.staffing.actions.answers import Basis
from closeout.web.staffing.actions.plans import AskedPlan, keep_plan
from closeout.web.staffing.actions.scenarios import keep_curve, keep_scenario_run
from closeout.web.staffing.actions.scenarios import make_scenario as make
from tests.web.casework.actions.world import HERE

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.staffing.models import KeptPlan, OfficeCurve, Scenario, ScenarioRun

AS_OF = date(2026, 6, 1)
DETAIL = Detail(officers=Some(count=2), from_on=date(2026, 9, 1), days=45)
CHECK_INS = Interval(duty="check-in", days=60.0, docket="family")


def basis(by: User | None = None) -> Basis:
    """Return records of June 1, 2026."""
    return Basis(AS_OF, "ab" * 32, "cd" * 32, 1, by)


def estimated(mean: float, half: float | None = None, count: int = 30) -> dict[str, Any]:
    """Return a mean with its 90 % interval as the simulation stores it."""
    low, high = (None, None) if half is None else (mean - half, mean + half)
    return {"mean": mean, "low": low, "high": high, "level": 0.9, "replications": count}


def difference(duty: str, on_time: dict[str, Any] | None, **fields: Any) -> dict[str, Any]:
    """Return a duty's difference; nothing differs but what is given."""
    names = ("fell_due", "backlog", "overdue", "hours", "displaced", "displaced_hours", "not_in_time")
    return {"duty": duty, "on_time": on_time} | {name: estimated(0.0, 0.0) for name in names} | fields


def outcome(share: float) -> dict[str, Any]:
    """Return an outcome of two duties, one of which never falls due."""
    duties = [
        {"code": "check-in", "title": "Hold the check-in", "on_time": estimated(share, 0.01)},
        {"code": "quiet", "title": "A quiet duty", "on_time": None},
    ]
    return {
        "replications": 30,
        "duties": duties,
        "all": {"on_time": estimated(share, 0.01)},
        "is_growing": False,
        "notes": ["absences are drawn as in the year before"],
    }


def comparison(**fields: Any) -> dict[str, Any]:
    """Return a comparison: 4.2 points fewer on time, 30 tasks and 12 hours displaced."""
    fewer = estimated(-0.042, 0.011)
    moved = {"displaced": estimated(30.0, 5.0), "displaced_hours": estimated(12.0, 2.0)}
    given = {
        "base": outcome(0.95),
        "changed": outcome(0.908),
        "differences": {
            "all": difference("", fewer, **moved),
            "duties": [difference("check-in", fewer, **moved), difference("quiet", None)],
            "used": estimated(0.03, 0.01),
            "overtime_hours": estimated(0.0, 0.0),
        },
        "absorbed": [
            {"officer_no": "S-0003", "hours": estimated(9.0, 3.0)},
            {"officer_no": "S-0001", "hours": estimated(3.0, 1.0)},
            {"officer_no": "(nobody)", "hours": estimated(0.0, 0.0)},
        ],
    }
    return {**given, **fields}


def make_scenario(by: User, code: str = "DETAIL-45", *, office_id: str = HERE, **fields: Any) -> Scenario:
    """Let somebody make a scenario of a detail."""
    given = {"title": "Two officers lent for 45 days", "changes": (DETAIL,)}
    return make(by=by, office_id=office_id, code=code, **{**given, **fields})


def make_run(scenario: Scenario, by: User | None = None, **fields: Any) -> ScenarioRun:
    """Keep a run of a scenario."""
    return keep_scenario_run(comparison(**fields), scenario=scenario, basis=basis(by))


def make_curve(office_id: str = HERE, **fields: Any) -> OfficeCurve:
    """Keep a curve: 110 cases an officer now, 105 the largest that meets the target."""
    points = [
        {"cases": cases, "on_time": estimated(share, 0.01), "meets": meets, "used": estimated(used, 0.01)}
        for cases, share, meets, used in ((80, 0.99, 1.0, 0.7), (105, 0.96, 0.83, 0.9), (130, 0.8, 0.0, 1.0))
    ]
    given = {
        "office_id": office_id,
        "target": {"share": 0.95, "probability": 0.8, "duty": ""},
        "now": 110.4,
        "largest": 105,
        "low": 98,
        "high": 109,
        "level": 0.9,
        "reason": "",
        "points": points,
    }
    return keep_curve({**given, **fields}, replications=30, kind="observed", basis=basis())


def path(**fields: Any) -> dict[str, Any]:
    """Return a path of six hires that meets its target, proven the cheapest."""
    given: dict[str, Any] = {
        "classes": [{"month": 0, "seats": 4}, {"month": 3, "seats": 2}],
        "hires": 6,
        "overtime": 0.0,
        "cost": 61.5,
        "bound": 61.5,
        "is_cheapest": True,
        "probability": 0.83,
        "meets": True,
    }
    return {**given, **fields}


def planned(**fields: Any) -> dict[str, Any]:
    """Return a plan of two months; fields are those of the plan itself."""
    band = {"low": 9.0, "middle": 10.0, "high": 11.0, "level": 0.9}
    months = [
        {"month": month, "started": seats, "heads": band, "effective_fte": band, "probability_enough": enough}
        for month, seats, enough in ((0, 4, 0.1), (1, 0, 0.2))
    ]
    plan = {
        "chosen": path(),
        "months": months,
        "options": [path(), path(overtime=0.05, hires=4, cost=70.0, is_cheapest=False, bound=66.0)],
        "weights_low": path(hires=2, cost=20.0),
        "weights_high": path(hires=11, cost=130.0, meets=False, probability=0.41, is_cheapest=False),
        "unmet_fte": 0.0,
        "binding": [],
        "without": 0.07,
        "draws": 500,
        "cost_unit": "officer-months of pay",
        "sentence": "Office BOS: hire 4 in month 0, 2 in month 3.",
    }
    within = {"need_fte": {"low": 11.0, "middle": 12.4, "high": 14.75, "level": 0.9}}
    today = {
        "need_fte": 12.5, "staff_fte": 10.0, "grade": "B", "probability_short": 0.98, "intervals": within,
    }  # fmt: skip
    notes = ["too short a history of Verify contact"]
    set_aside = ["officers S-0007: the week has 200 contracted hours (200)"]
    return {
        "plan": {**plan, **fields},
        "need_today": today,
        "growth": 1.04,
        "notes": notes,
        "forecasts": [],
        "set_aside": set_aside,
    }


def make_plan(by: User | None = None, *, office_id: str = HERE, **fields: Any) -> KeptPlan:
    """Keep a plan for a day two years after its records."""
    asked = AskedPlan(office_id, AS_OF + timedelta(days=730), ceiling=20, overtime_most=0.05)
    return keep_plan(planned(**fields), asked=asked, basis=basis(by))
