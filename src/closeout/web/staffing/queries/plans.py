"""Hiring plans: what is listed, and one as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.followup.tables import Column, Table
from closeout.web.staffing.models.scenarios import KeptPlan
from closeout.web.staffing.policy import LEADS, sees_office
from closeout.workload.intervals import Interval

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from closeout.web.accounts.models import User

_YEAR = 12


def plans_for(user: User) -> QuerySet[KeptPlan]:
    """Return the plans somebody may see, newest first."""
    found = KeptPlan.objects.select_related("requested_by")
    return found.filter(office_id=user.office) if user.role in LEADS else found


def sees_plan(user: User, plan: KeptPlan) -> bool:
    """Say whether somebody may see a plan: who leads an office, those of that one; the others all."""
    return sees_office(user, plan.office_id)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of a plan."""

    month: str
    """As 2027-03."""
    started: int
    """Seats taken in a class that starts."""
    heads: Interval
    effective_fte: Interval
    enough: float


@dataclass(frozen=True, slots=True)
class PathRow:
    """One way to hire, beside the others."""

    name: str
    overtime: float
    hires: int
    cost: float
    bound: float | None
    """No path that meets the target costs less; None where none meets it."""
    is_cheapest: bool
    probability: float
    meets: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as its page shows it."""

    sentence: str
    chosen: PathRow
    classes: tuple[tuple[str, int], ...]
    """The month each class starts, and the seats taken."""
    months: tuple[MonthRow, ...]
    options: tuple[PathRow, ...]
    weights: tuple[PathRow, ...]
    """The same question with the weights at their 10 and 90 % quantiles."""
    unmet_fte: float
    binding: tuple[str, ...]
    without: float
    need_today: float | None
    need_interval: Interval | None
    """At 90 %; None in a plan from before it was kept."""
    short_today: float | None
    """The chance that today's staff is fewer than the need; None likewise."""
    staff_today: float
    grade: str
    flags: tuple[str, ...]
    """What is to be known of today's need: orphaned work, cases of nobody, minutes that cover part of it."""
    growth: float
    notes: tuple[str, ...]
    set_aside: tuple[str, ...]
    """Rows that the staffing run left out; they may name officers of any office."""
    cost_unit: str
    draws: int


def plan_view(kept: KeptPlan) -> PlanView:
    """Return a plan read back from what was stored."""
    plan, today = kept.result["plan"], kept.result["need_today"]
    start, within = kept.as_of, today.get("intervals", {}).get("need_fte")
    named = (
        (f"Weights at {part} %", plan[name]) for part, name in ((10, "weights_low"), (90, "weights_high"))
    )
    return PlanView(
        sentence=plan["sentence"],
        chosen=_path("Chosen", plan["chosen"]),
        classes=tuple((month_after(start, one["month"]), one["seats"]) for one in plan["chosen"]["classes"]),
        months=tuple(_month(start, one) for one in plan["months"]),
        options=tuple(_path(_overtime(one), one) for one in plan["options"]),
        weights=tuple(_path(name, one) for name, one in named),
        unmet_fte=plan["unmet_fte"],
        binding=tuple(plan["binding"]),
        without=plan["without"],
        need_today=today["need_fte"],
        need_interval=Interval(**within) if within else None,
        short_today=today.get("probability_short"),
        staff_today=today["staff_fte"],
        grade=today["grade"],
        flags=tuple(today.get("flags", ())),
        growth=kept.result["growth"],
        notes=tuple(kept.result["notes"]),
        set_aside=tuple(kept.result.get("set_aside", ())),
        cost_unit=plan["cost_unit"],
        draws=plan["draws"],
    )


def month_after(start: date, ahead: int) -> str:
    """Return the month so many after a day, as the calendar calls it: 2027-03."""
    months = start.year * _YEAR + start.month - 1 + ahead
    return f"{months // _YEAR}-{months % _YEAR + 1:02}"


def _overtime(path: Mapping[str, Any]) -> str:
    return f"Overtime {path['overtime']:.1%}".replace("%", " %") if path["overtime"] else "No overtime"


def _path(name: str, said: Mapping[str, Any]) -> PathRow:
    return PathRow(
        name=name,
        overtime=said["overtime"],
        hires=said["hires"],
        cost=said["cost"],
        bound=said["bound"] if said["meets"] else None,
        is_cheapest=said["is_cheapest"],
        probability=said["probability"],
        meets=said["meets"],
    )


def _month(start: date, said: Mapping[str, Any]) -> MonthRow:
    return MonthRow(
        month=month_after(start, said["month"]),
        started=said["started"],
        heads=Interval(**said["heads"]),
        effective_fte=Interval(**said["effective_fte"]),
        enough=said["probability_enough"],
    )


def months_table(view: PlanView, as_of: date) -> Table:
    """Return a plan's months as a table, in the order of the page."""
    columns = (
        Column("month", "Month"),
        Column("started", "Seats in a class that starts"),
        Column("heads", "Persons at the office"),
        Column("heads_low", "Persons, low"),
        Column("heads_high", "Persons, high"),
        Column("effective", "Full-time officers", "full-time equivalents"),
        Column("effective_low", "Full-time officers, low", "full-time equivalents"),
        Column("effective_high", "Full-time officers, high", "full-time equivalents"),
        Column("enough", "Enough for the need", "probability"),
    )
    rows = tuple(
        (
            row.month,
            row.started,
            row.heads.middle,
            row.heads.low,
            row.heads.high,
            row.effective_fte.middle,
            row.effective_fte.low,
            row.effective_fte.high,
            row.enough,
        )
        for row in view.months
    )
    return Table("months", "The plan by month", "Closeout, the hiring plan", as_of, columns, rows)
