"""A small staffing run made by hand, and offices and officers it is of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from closeout.web.casework.models import Officer
from closeout.web.staffing.actions.moves import Origin, keep_proposal
from closeout.web.staffing.actions.runs import Basis, keep_run
from closeout.web.staffing.models import ProposalKind, StudySample, TimeStudy, WeightAdjustment
from closeout.web.staffing.queries.sampled import monday_of
from closeout.workload.figures import Achievable, DutyHours, Need, OfficerHours, Staffing, Week
from closeout.workload.intervals import Interval
from closeout.workload.parameters import Parameters
from closeout.workload.weights import Grade, Kind, Unit, Weight
from tests.web.casework.actions.world import HERE, THERE

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.staffing.models import MoveProposal, StaffingRun

AS_OF = date(2026, 6, 1)
STARTED = datetime(2026, 6, 1, 12, tzinfo=UTC)
ACTIVITY = "verify-contact"
"""An activity that a clause of the pack names."""


def make_need(office_id: str | None = HERE, **fields: Any) -> Need:
    """Return an office that needs 12.5 officers and has 10."""
    given: dict[str, Any] = {
        "cases": 900,
        "owed": 1200.0,
        "done": 1100.0,
        "coverage": 0.98,
        "demand_hours": 1500.25,
        "paid_hours": 1740.0,
        "hours_available": 1200.0,
        "utilization": 1.25,
        "band": "over",
        "need_fte": 12.5,
        "staff_fte": 10.0,
        "gap_fte": 2.5,
        "pressure": 1.25,
        "posts": 13,
        "grade": Grade.B,
        "flags": ("ORPHANED: 2 officers lead cases without hours",),
        "intervals": {
            "need_fte": Interval(11.0, 12.4, 14.0),
            "gap_fte": Interval(-0.5, 2.4, 4.5),
            "pressure": Interval(0.95, 1.24, 1.45),
        },
        "probability_short": 0.93,
    }
    return Need(office_id, **{**given, **fields})


def without_figure(office_id: str) -> Need:
    """Return an office whose weights give no figure."""
    return make_need(
        office_id,
        demand_hours=None,
        utilization=None,
        need_fte=None,
        gap_fte=None,
        pressure=None,
        posts=None,
        grade=Grade.NONE,
        flags=(),
        reason="weights expired",
        intervals={},
        probability_short=None,
    )


def make_duty(office_id: str = HERE, **fields: Any) -> DutyHours:
    """Return 300 calls a month of 20 minutes: 100 hours."""
    given: dict[str, Any] = {
        "activity": ACTIVITY,
        "title": "Verify contact",
        "docket": "non_detained_pre_order",
        "owed": 300.0,
        "done": 270.0,
        "minutes": 20.0,
        "hours": 100.0,
        "grade": Grade.A,
        "weight_of": office_id,
        "studies": ("TS-1",),
        "entries": 40,
    }
    return DutyHours(office_id, **{**given, **fields})


def make_weight(office_id: str | None = HERE, **fields: Any) -> Weight:
    """Return a weight of 20 minutes by four officers' diaries."""
    given: dict[str, Any] = {
        "minutes": 20.0,
        "low": 17.5,
        "high": 23.0,
        "grade": Grade.A,
        "studies": ("TS-1",),
        "officers": 4,
        "entries": 40,
        "tasks": 120.0,
        "response": 0.85,
        "observed_from": date(2026, 3, 2),
        "observed_to": date(2026, 3, 15),
        "expires_on": date(2029, 3, 15),
    }
    return Weight(ACTIVITY, Unit.DUTY, office_id=office_id, **{**given, **fields})


def make_officer(number: str, office_id: str = HERE, **fields: Any) -> OfficerHours:
    """Return an officer at 92 %, between 81 and 104."""
    given: dict[str, Any] = {
        "role": "deportation_officer",
        "cases": 120,
        "demand_hours": 110.4,
        "hours_available": 120.0,
        "utilization": 0.92,
        "state": "",
        "band": "watch",
        "weeks_excessive": 0,
        "at_mix": 130,
        "at_risk": (Achievable(0.5, 130), Achievable(0.8, 122), Achievable(0.9, 118)),
        "interval": Interval(0.81, 0.92, 1.04),
    }
    return OfficerHours(number, office_id, **{**given, **fields})


def make_week(week: date, office_id: str = HERE, **fields: Any) -> Week:
    """Return a week of 400 paid hours, 300 of them for cases."""
    given = {
        "paid": 400.0,
        "absent": 40.0,
        "detailed": 20.0,
        "collateral": 20.0,
        "support": 20.0,
        "case": 300.0,
    }
    return Week(office_id, week, **{**given, **fields})


def make_staffing(**fields: Any) -> Staffing:
    """Return a run of two offices: one short, one without a figure."""
    orphan = make_officer(
        "S-0002",
        utilization=None,
        demand_hours=12.0,
        hours_available=0.0,
        state="ORPHANED",
        at_mix=None,
        at_risk=(),
        interval=None,
    )
    given: dict[str, Any] = {
        "as_of": AS_OF,
        "first_month": date(2025, 6, 1),
        "last_month": date(2026, 5, 1),
        "pack": "ero",
        "parameters": Parameters(),
        "nation": make_need(None),
        "offices": (make_need(HERE), without_figure(THERE)),
        "parts": (make_need(HERE, docket="juvenile", role="juvenile_coordinator", intervals={}),),
        "officers": (make_officer("S-0003"), make_officer("S-0001"), orphan, make_officer("S-0009", THERE)),
        "duties": (
            make_duty(),
            make_duty(docket="juvenile", owed=30.0, done=30.0, hours=10.0),
            make_duty(THERE, minutes=None, hours=None, grade=Grade.NONE, weight_of=THERE, reason="expired"),
        ),
        "curve": (make_week(date(2026, 5, 25)), make_week(date(2026, 6, 1)), make_week(AS_OF, THERE)),
        "weights": (
            make_weight(),
            make_weight(THERE, minutes=None, low=None, high=None, grade=Grade.NONE, reason="expired"),
        ),
        "hidden": (),
        "yardsticks": (),
        "faults": (),
        "sentence": "The nation needs 12.5 full-time officers and has 10.0.",
        "draws": 200,
        "seed": 7,
    }
    return Staffing(**{**given, **fields})


def keep(by: User | None = None, *, kind: Kind = Kind.OBSERVED, **fields: Any) -> StaffingRun:
    """Keep a run made by hand."""
    found = make_staffing(parameters=Parameters(kind=kind), **fields)
    return keep_run(found, basis=Basis("ab" * 32, "cd" * 32, STARTED, by))


def make_sample(officer_no: str, day: date, *, state: str = "asked", **fields: Any) -> StudySample:
    """Ask an officer to record the week of a day for the study TS-1."""
    given = {
        "label": "Spring diary",
        "design": "diary",
        "state": "running",
        "from_on": day - timedelta(days=90),
        "to_on": day + timedelta(days=90),
        "weeks": 1,
    }
    study, _ = TimeStudy.objects.get_or_create(study_id="TS-1", defaults={**given, **fields})
    officer = Officer.objects.get(pk=officer_no.upper())
    return StudySample.objects.create(
        study=study, officer=officer, office_id=officer.office_id, week_from=monday_of(day), state=state
    )


def make_adjustment(officer_no: str, **fields: Any) -> WeightAdjustment:
    """Return a proposal of 25 minutes where 20 were observed."""
    given = {
        "activity": ACTIVITY,
        "observed_minutes": 20.0,
        "adjusted_minutes": 25.0,
        "low_minutes": 22.0,
        "high_minutes": 30.0,
        "reason": "steps_left_out",
        "rationale": "The second call is left out when time is short",
        "decided_on": AS_OF,
        "decided_by_id": officer_no.upper(),
    }
    return WeightAdjustment.objects.create(**{**given, **fields})


def make_proposal(
    by: User | None, moves: list[tuple[str, str, str]], *, office_id: str = HERE
) -> MoveProposal:
    """Keep a proposal of moves (case, from, to), asked for by somebody."""
    rows = [
        {
            "case_no": case_no,
            "from_officer": giver,
            "to_officer": taker,
            "minutes_a_month": 61.5,
            "reason": "over_load",
            "sentence": f"{giver} is at 163 %, {taker} at 80 %.",
        }
        for case_no, giver, taker in moves
    ]
    standing = {"cases_before": 9, "cases_after": 8, "load_before": 9.0, "load_after": 8.0, "hours": 6.0}
    answer = {
        "moves": rows,
        "sentence": "Moving 1 of 9 cases brings the busiest officer from 163 % to 104 %.",
        "busiest_before": 1.63,
        "busiest_after": 1.04,
        "busiest_bound": 1.03,
        "moves_bound": 1,
        "is_optimal": True,
        "unmet": [{"sentence": "Nobody here is certified in Portuguese."}],
        "standings": [{"officer_no": "S-1", "before": 1.63, "after": None, **standing}],
        "certificate": {
            "seed": 0,
            "cases": 9,
            "officers": 2,
            "inputs_sha256": "a" * 64,
            "moves_sha256": "b" * 64,
        },
    }
    origin = Origin(AS_OF, "c" * 64, by)
    return keep_proposal(answer, kind=ProposalKind.REBALANCE, office_id=office_id, origin=origin)
