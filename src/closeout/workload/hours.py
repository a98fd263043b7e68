"""The hours ledger: every paid hour of an officer is exactly one of five.

absent, then detailed, then collateral, then support, then case; each takes what the ones before it left. A
public holiday is an absence. Days to come are counted by what is known of them: leave, details, departures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from closeout.workload.hour_days import Days, Stretches, stretches, working_days
from closeout.workload.hour_rows import Fault, HourRows, LedgerError, hour_rows
from closeout.workload.shapes import LEDGER
from closeout.workload.tables import tables_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir
    import polars as pl
    from numpy.typing import NDArray

    from closeout.duties.clauses import Pack
    from closeout.engines.files import Reader
    from closeout.records.snapshot import Snapshot
    from closeout.workload.parameters import Parameters

WINDOW, SICK = "window", "sick"
"""Kinds of collateral duty and of absence that are asked for by themselves."""
PARTS = ("absent", "detailed", "collateral", "support", "case")
_QUARTER_DAYS = 365.2425 / 4
_SHOWN = 5
_AT_A_TIME = 256
"""Officers whose days are worked out together."""
_KEPT = ("paid", *PARTS[:-1], WINDOW, SICK)


@dataclass(frozen=True, slots=True)
class Hours:
    """The ledger of some weeks, as arrays of officers x weeks; all in hours."""

    officers: pl.DataFrame
    """`officer_no`, `office_id`, `role`, `entered_on`, `active_from`, `active_to`, `contracted_hours`."""
    weeks: tuple[date, ...]
    """The Monday of each."""
    paid: NDArray[np.float64]
    parts: Mapping[str, NDArray[np.float64]]
    """By the names of `PARTS`; they add up to `paid`."""
    window: NDArray[np.float64]
    """Of the collateral hours, those on the rota of the window."""
    sick: NDArray[np.float64]
    """Of the absent hours, those of illness."""
    faults: tuple[Fault, ...]
    lacking: Mapping[str, str]
    """Tables that are missing or have no row, each with what is therefore not counted."""

    def table(self) -> pa.Table:
        """Return the ledger as rows of `LEDGER`: by officer and week, weeks without paid hours left out."""
        there = self.paid > 0
        place, week = np.nonzero(there)
        made = {
            name: self.officers[name].gather(place).to_arrow() for name in ("officer_no", "office_id", "role")
        }
        made["week"] = pa.array(np.array(self.weeks, dtype="datetime64[D]")[week])
        made["paid"] = pa.array(self.paid[there])
        made |= {name: pa.array(self.parts[name][there]) for name in PARTS}
        return pa.table(made).cast(LEDGER)

    def ramp(self, parameters: Parameters, on: date) -> NDArray[np.float64]:
        """Return the share of case hours that each officer brings on a day, from 0 to 1."""
        entered = self.officers["entered_on"].to_numpy().astype("datetime64[D]")
        days = (np.datetime64(on) - entered).astype(np.float64)
        shares = np.array([*parameters.ramp, 1.0])
        quarter = np.clip(np.nan_to_num(days, nan=np.inf) // _QUARTER_DAYS, 0, len(shares) - 1)
        made: NDArray[np.float64] = shares[quarter.astype(np.int64)]
        return made


def ledger(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    from_on: date,
    to_on: date,
    parameters: Parameters,
    *,
    is_strict: bool = False,
) -> pa.Table:
    """Return the hours ledger as rows of `LEDGER`.

    Args and errors are those of `keep_hours`.
    """
    return keep_hours(engine, given, pack, from_on, to_on, parameters, is_strict=is_strict).table()


def keep_hours(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    from_on: date,
    to_on: date,
    parameters: Parameters,
    *,
    is_strict: bool = False,
) -> Hours:
    """Work out the ledger of some days.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        pack: Whose public holidays.
        from_on: The first day.
        to_on: The last day; may lie ahead.
        parameters: Support shares, the working week, the longest day.
        is_strict: Raise where a row was set aside.

    Raises:
        LedgerError: With `is_strict`: hours counted twice, over 100 %, or impossible.
        ValueError: The last day is before the first.

    """
    if to_on < from_on:
        msg = f"the ledger ends on {to_on}, before it begins on {from_on}"
        raise ValueError(msg)
    rows = hour_rows(engine, tables_in(engine, given), parameters)
    if is_strict and rows.faults:
        msg = "; ".join(map(str, rows.faults[:_SHOWN]))
        if len(rows.faults) > _SHOWN:
            msg += f"; and {len(rows.faults) - _SHOWN} more"
        raise LedgerError(msg)
    return _kept(rows, pack.holidays, from_on, to_on, parameters)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the ledger is kept from, as arrays."""

    days: Days
    service: Stretches
    """A row an officer, with the hours of a day."""
    absences: Stretches
    sick: Stretches
    details: Stretches
    collateral: Stretches
    window: Stretches
    support_share: NDArray[np.float64]


def _kept(rows: HourRows, country: str, from_on: date, to_on: date, parameters: Parameters) -> Hours:
    """Return the ledger, some officers at a time: their days stay within the processor's own memory."""
    ground = _ground(rows, working_days(from_on, to_on, country, parameters.workdays_a_week), parameters)
    number = rows.officers.height
    made = np.zeros((len(_KEPT), number, len(ground.days.weeks)))
    for first in range(0, number, _AT_A_TIME):
        last = min(first + _AT_A_TIME, number)
        _keep(ground, first, last - first, made[:, first:last])
    by_name = dict(zip(_KEPT, made, strict=True))
    parts = {name: by_name[name] for name in PARTS[:-1]}
    # What is left over is for cases; cut at 0 against the last digit of sums.
    given = sum(parts.values())
    parts["case"] = np.maximum(by_name["paid"] - given, 0.0)
    return Hours(
        rows.officers,
        ground.days.weeks,
        by_name["paid"],
        parts,
        by_name[WINDOW],
        by_name[SICK],
        tuple(rows.faults),
        rows.lacking,
    )


def _ground(rows: HourRows, days: Days, parameters: Parameters) -> _Ground:
    a_day = _hours(rows.collateral, "hours_a_week") / parameters.workdays_a_week
    absences = stretches(rows.absences, days, _hours(rows.absences, "hours_a_day"))
    collateral = stretches(rows.collateral, days, a_day)
    contracted = rows.officers["day_hours"].to_numpy() if rows.officers.height else np.zeros(0)
    return _Ground(
        days,
        stretches(rows.officers, days, contracted, "active_from", "active_to"),
        absences,
        _of_kind(rows.absences, absences, SICK),
        stretches(rows.details, days, np.ones(rows.details.height)),
        collateral,
        _of_kind(rows.collateral, collateral, WINDOW),
        np.array([parameters.support_of(role) for role in rows.officers["role"].to_list()]),
    )


def _of_kind(rows: pl.DataFrame, found: Stretches, kind: str) -> Stretches:
    if not rows.height:
        return found
    here = (rows["kind"] == kind).fill_null(value=False).to_numpy()
    return Stretches(found.place[here], found.begins[here], found.ends[here], found.hours[here])


def _hours(rows: pl.DataFrame, column: str) -> NDArray[np.float64]:
    return rows[column].to_numpy().astype(np.float64) if rows.height else np.zeros(0)


def _keep(ground: _Ground, first: int, officers: int, made: NDArray[np.float64]) -> None:
    """Put the hours of some officers by week where they belong, in the order of `_KEPT`."""
    days = ground.days
    into = dict(zip(_KEPT, made, strict=True))
    service = ground.service.of(first, officers)
    number = np.arange(days.count)
    is_there = (number >= service.begins[:, None]) & (number < service.ends[:, None])
    paid = np.where(is_there, service.hours[:, None], 0.0)
    into["paid"][:] = days.by_week(paid)
    away = ground.absences.of(first, officers).over_days(officers, days.count)
    left = paid
    absent = np.minimum(np.where(days.is_off, paid, away), paid)
    into["absent"][:] = days.by_week(absent)
    # A holiday is no day of illness.
    ill, sick = ground.sick.of(first, officers).share(away, np.where(days.is_off, 0.0, absent))
    into[SICK][ill] = days.by_week(sick)
    left -= absent
    details = ground.details.of(first, officers)
    there = np.unique(details.place)
    detailed = np.where(details.over_days(officers, days.count)[there] > 0, left[there], 0.0)
    into["detailed"][there] = days.by_week(detailed)
    left[there] -= detailed
    named = ground.collateral.of(first, officers).over_days(officers, days.count)
    collateral = np.minimum(named, left)
    into["collateral"][:] = days.by_week(collateral)
    rota, window = ground.window.of(first, officers).share(named, collateral)
    into[WINDOW][rota] = days.by_week(window)
    left -= collateral
    left *= ground.support_share[first : first + officers, None]
    into["support"][:] = days.by_week(left)
