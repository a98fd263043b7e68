"""The hours that each officer brings in a month, from the ledger of the weeks gone by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload.parameters import WEEKS_A_MONTH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import polars as pl
    from numpy.typing import NDArray

    from closeout.workload.hours import Hours
    from closeout.workload.parameters import Parameters

    Floats = NDArray[np.float64]

_FEW_WEEKS = 4
"""An officer seen for fewer weeks is taken to be away as often as the nation's officers are."""


@dataclass(frozen=True, slots=True)
class Supply:
    """Hours a month by officer, in the order of the ledger's officers; 0 for whoever no longer serves."""

    officers: pl.DataFrame
    paid: Floats
    absent: Floats
    detailed: Floats
    collateral: Floats
    support: Floats
    case: Floats
    ramp: Floats
    standard_hours: float
    """AWT of one full-time officer, a month."""
    case_weeks: Floats
    """Hours for cases at the planned occupancy, by officer and week up to the as-of date."""
    available: Floats
    """H: hours for cases at the planned occupancy, a month."""
    fte: Floats
    """Effective full-time officers: what is neither absent beyond the standard, nor detailed, nor still
    learning."""
    collateral_fte: Floats
    """Of named duties beside the window, whose need its queue says."""
    window: Floats
    """Of the collateral hours, those on the window's rota."""
    seen_hours: Floats
    """Paid in the weeks gone by, as known: not a month's."""
    sick_hours: Floats
    """Of those, of illness."""


def supply(hours: Hours, as_of: date, parameters: Parameters) -> Supply:
    """Return what each officer brings in a month.

    The present contract is shared out as the officer's own hours were over the weeks gone by, in which
    leave, illness and details were what they were; with fewer than four weeks, as the nation's were.

    Args:
        hours: The ledger, of weeks before and after the as-of date.
        as_of: The day to stand on.
        parameters: Full-time hours, ramp, occupancy.

    """
    is_past = np.array([week <= as_of for week in hours.weeks], dtype=bool)
    paid = hours.paid[:, is_past]
    parts = {name: rows[:, is_past] for name, rows in hours.parts.items()}
    whole = paid.sum()
    usual = {name: (rows.sum() / whole if whole else 0.0) for name, rows in parts.items()}
    if not whole:
        usual["case"] = 1.0
    seen = (paid > 0).sum(axis=1) >= _FEW_WEEKS
    own = np.maximum(paid.sum(axis=1), 1e-12)
    shares = {name: np.where(seen, rows.sum(axis=1) / own, usual[name]) for name, rows in parts.items()}
    contracted = _serving(hours.officers, as_of) * WEEKS_A_MONTH
    made = {name: contracted * share for name, share in shares.items()}
    window = _rota(hours, is_past, made["collateral"])
    ramp = hours.ramp(parameters, as_of)
    standard = parameters.hours_a_week * WEEKS_A_MONTH * (1 - usual["absent"])
    standard = max(float(standard), 1e-9)
    effective = made["collateral"] + (made["support"] + made["case"]) * ramp
    return Supply(
        hours.officers,
        contracted,
        made["absent"],
        made["detailed"],
        made["collateral"],
        made["support"],
        made["case"],
        ramp,
        standard,
        parts["case"] * ramp[:, None] * parameters.occupancy,
        made["case"] * ramp * parameters.occupancy,
        effective / standard,
        (made["collateral"] - window) / standard,
        window,
        paid.sum(axis=1),
        hours.sick[:, is_past].sum(axis=1),
    )


def days_by_office(officers: Supply, offices: Sequence[str], hours_a_day: float) -> tuple[Floats, Floats]:
    """Return the sick days of each office in the weeks gone by, and its paid days.

    Args:
        officers: The hours.
        offices: The offices, each once.
        hours_a_day: Of a full-time officer, above 0.

    """
    place = {name: number for number, name in enumerate(offices)}
    office = np.array([place[name] for name in officers.officers["office_id"].to_list()], dtype=np.int64)
    sick, paid = (
        np.bincount(office, weights=hours, minlength=len(offices)) / hours_a_day
        for hours in (officers.sick_hours, officers.seen_hours)
    )
    return sick, paid


def _rota(hours: Hours, is_past: NDArray[np.bool_], collateral: Floats) -> Floats:
    """Return the window's part of each officer's collateral hours; the nation's where none were seen yet."""
    named = hours.parts["collateral"][:, is_past].sum(axis=1)
    window = hours.window[:, is_past].sum(axis=1)
    usual = window.sum() / named.sum() if named.sum() else 0.0
    own = np.divide(window, named, out=np.full(len(named), float(usual)), where=named > 0)
    made: Floats = collateral * own
    return made


def _serving(officers: pl.DataFrame, as_of: date) -> Floats:
    """Return the contracted hours a week of those who serve on a day; 0 of the others."""
    if not officers.height:
        return np.zeros(0)
    there = (officers["active_from"] <= as_of).fill_null(value=True)
    there &= (officers["active_to"] >= as_of).fill_null(value=True)
    made: Floats = officers["contracted_hours"].to_numpy() * there.to_numpy()
    return made
