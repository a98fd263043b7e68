"""The hours and duties of each post: cases, demand, utilization, and how many cases would fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from closeout.workload.caseload import at_mix, by_type
from closeout.workload.figures import ORPHANED, OfficerHours
from closeout.workload.need import band, weeks_in_a_row
from closeout.workload.parameters import WEEKS_A_MONTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from closeout.workload.demand import Demand
    from closeout.workload.supply import Supply

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


def officer_hours(work: Demand, officers: Supply, *, has_figures: bool) -> tuple[OfficerHours, ...]:
    """Return the officers who have cases or hours, in the order of their staff numbers.

    Args:
        work: The demand by holder.
        officers: The hours.
        has_figures: Whether the demand may be shown; else only cases and hours are.

    """
    place = {name: number for number, name in enumerate(officers.officers["officer_no"].to_list())}
    leading = work.holders["officer_no"].unique().to_list()
    names = sorted({*place, *leading} - {""})
    at = np.array([place.get(name, -1) for name in names], dtype=np.int64)
    cases, demand = _held(work, names)
    offices = _offices_led(work)
    available = _of_known(officers.available, at)
    excessive = weeks_in_a_row(demand / WEEKS_A_MONTH, _of_known(officers.case_weeks, at))
    homes, roles = (officers.officers[name].to_list() for name in ("office_id", "role"))
    posts = [
        _Post(
            officer,
            homes[known] if known >= 0 else min(offices[officer]),
            roles[known] if known >= 0 else "",
            *figures,
        )
        for officer, known, *figures in zip(
            names,
            at.tolist(),
            cases.tolist(),
            demand.tolist() if has_figures else [None] * len(names),
            available.tolist(),
            excessive.tolist(),
            strict=True,
        )
    ]
    fitting = _fitting(posts, hours_a_case(work) if has_figures else {})
    return tuple(
        _one(post, fits, _flags(post, offices.get(post.officer, set()), is_known=known))
        for post, fits, known in zip(posts, fitting, (at >= 0).tolist(), strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Post:
    """What one post has: cases, hours of work and for it a month, and most weeks over in a row."""

    officer: str
    office: str
    role: str
    cases: int
    demand: float | None
    available: float
    weeks_over: int


def _one(post: _Post, by_docket: dict[str, int], flags: tuple[str, ...]) -> OfficerHours:
    demand, available = post.demand, post.available
    is_orphaned = available <= 0 and post.cases > 0
    utilization = demand / available if demand is not None and available > 0 else None
    excessive = post.weeks_over if demand and not is_orphaned else 0
    return OfficerHours(
        officer_no=post.officer,
        office_id=post.office,
        role=post.role,
        cases=post.cases,
        demand_hours=demand,
        hours_available=available,
        utilization=utilization,
        state=ORPHANED if is_orphaned else "",
        band=band(utilization, excessive),
        weeks_excessive=excessive,
        at_mix=at_mix(post.cases, utilization),
        by_docket=by_docket,
        flags=flags,
    )


def _held(work: Demand, names: Sequence[str]) -> tuple[Ints, Floats]:
    """Return the open cases and the hours of work of each officer."""
    # One place more, for what nobody leads.
    number = {name: place for place, name in enumerate(names)} | {"": len(names)}
    whose = np.array([number[name] for name in work.holders["officer_no"].to_list()], dtype=np.int64)
    counted = work.holders["cases"].to_numpy() * work.is_counted
    size = len(names) + 1
    cases: Ints = np.bincount(whose, weights=counted, minlength=size).astype(np.int64)
    hours: Floats = np.bincount(whose, weights=work.hours, minlength=size).astype(np.float64)
    return cases[:-1], hours[:-1]


def _offices_led(work: Demand) -> dict[str, set[str]]:
    """Return by officer the offices whose cases the officer leads, or one where there is other work."""
    rows = work.holders.filter(pl.col("officer_no") != "").select(
        "officer_no", "office_id", "docket", "cases"
    )
    first = rows.unique("officer_no", keep="first", maintain_order=True)
    led = rows.filter((pl.col("docket") != "") & (pl.col("cases") > 0))
    made: dict[str, set[str]] = {}
    for officer, office in pl.concat([first, led]).select("officer_no", "office_id").unique().iter_rows():
        made.setdefault(officer, set()).add(office)
    return made


def _of_known(figures: Floats, at: Ints) -> Floats:
    """Return the figures of the officers at some places; 0 for those who have none."""
    made = np.zeros((len(at), *figures.shape[1:]))
    made[at >= 0] = figures[at[at >= 0]]
    return made


def _fitting(posts: Sequence[_Post], a_case: Mapping[str, Mapping[str, float]]) -> list[dict[str, int]]:
    """Return the cases of each docket that fit; none of anybody without hours."""
    made: list[dict[str, int]] = [{} for _ in posts]
    by_office: dict[str, list[int]] = {}
    for place, post in enumerate(posts):
        if post.available > 0:
            by_office.setdefault(post.office, []).append(place)
    for office, places in by_office.items():
        fits = by_type([posts[place].available for place in places], a_case.get(office, {}))
        for place, one in zip(places, fits, strict=True):
            made[place] = one
    return made


def _flags(post: _Post, offices: set[str], *, is_known: bool) -> tuple[str, ...]:
    if not is_known:
        has = "leads cases" if post.cases else "did work"
        what = "but is no officer of the ledger; add the row, or correct it if it was set aside"
        return (f"NOT IN THE RECORDS: {post.officer} {has} {what}",)
    away = sorted(offices - {post.office})
    return (f"OTHER OFFICE: leads cases of {', '.join(away)}",) if away else ()


def hours_a_case(work: Demand) -> dict[str, dict[str, float]]:
    """Return the hours a month that one open case takes, by office and docket."""
    dockets = sorted(set(work.holders["docket"].to_list()))
    number = {docket: place for place, docket in enumerate(dockets)}
    docket = np.array([number[name] for name in work.holders["docket"].to_list()], dtype=np.int64)
    size = (len(work.offices), len(dockets))
    both = work.office * size[1] + docket
    cases = work.holders["cases"].to_numpy() * work.is_counted
    demand, counted = (
        np.bincount(both, weights=each, minlength=size[0] * size[1]).reshape(size)
        for each in (work.hours, cases)
    )
    made: dict[str, dict[str, float]] = {}
    for office, kind in np.argwhere(counted > 0).tolist():
        if dockets[kind]:
            made.setdefault(work.offices[office], {})[dockets[kind]] = float(
                demand[office, kind] / counted[office, kind]
            )
    return made
