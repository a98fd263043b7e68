"""The rows that the hours ledger is made from, checked: what cannot be is set aside with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from closeout.engines.files import Reader
    from closeout.workload.parameters import Parameters

_READ = {
    "officers": "officer_no office_id role entered_on active_from active_to contracted_hours",
    "absences": "absence_id officer_no kind from_on to_on hours_a_day",
    "details": "detail_id officer_no from_on to_on",
    "collateral_duties": "collateral_id officer_no kind from_on to_on hours_a_week",
}
_WITHOUT = {
    "officers": "no officer is counted",
    "absences": "nobody is counted as absent but on public holidays",
    "details": "nobody is counted as lent to another office",
    "collateral_duties": "nobody is counted with a duty of their own",
}
_WEEK_HOURS = 168
_SLACK = 1e-9
_FOREVER = pl.date(9999, 12, 31)


class LedgerError(ValueError):
    """Hours were counted twice, or come to more than there are; the message names the rows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that was set aside."""

    table: str
    row: str
    """Its key."""
    why: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.table} {self.row}: {self.why}"


@dataclass(slots=True)
class HourRows:
    """The checked rows; `faults` are the others. `place` is the officer's row number."""

    officers: pl.DataFrame
    absences: pl.DataFrame
    details: pl.DataFrame
    collateral: pl.DataFrame
    faults: list[Fault]
    lacking: dict[str, str]
    """Tables that are missing or have no row, each with what is therefore not counted."""


def hour_rows(engine: Reader, tables: Mapping[str, ir.Table], parameters: Parameters) -> HourRows:
    """Read and check officers, absences, details and collateral duties.

    Args:
        engine: Where the tables are.
        tables: The tables; those missing are empty.
        parameters: The longest day, the working days.

    """
    read = {name: _read(engine, tables, name) for name in _READ}
    faults: list[Fault] = []
    officers = _officers(read["officers"], parameters, faults)
    rows = {name: _known(name, read[name], officers, faults) for name in list(_READ)[1:]}
    return HourRows(
        officers,
        _absences(rows["absences"], parameters, faults),
        _details(rows["details"], faults),
        _collateral(rows["collateral_duties"], officers, faults),
        faults,
        {name: f"none on record: {said}" for name, said in _WITHOUT.items() if not read[name].height},
    )


def _read(engine: Reader, tables: Mapping[str, ir.Table], name: str) -> pl.DataFrame:
    columns = _READ[name].split()
    if name not in tables:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    return pl.DataFrame(engine.to_arrow(tables[name].select(*columns)))


def _set_aside(
    rows: pl.DataFrame, table: str, test: pl.Expr, why: str, faults: list[Fault], *, say: str = ""
) -> pl.DataFrame:
    """Return the rows that do not meet a test; those that do become faults."""
    key = rows.columns[0]
    for row in rows.filter(test).iter_rows(named=True):
        shown = f" ({say} is {row[say]})" if say else ""
        faults.append(Fault(table, str(row[key]), why + shown))
    return rows.filter(~test)


def _officers(rows: pl.DataFrame, parameters: Parameters, faults: list[Fault]) -> pl.DataFrame:
    if not rows.height:
        return rows.with_columns(place=pl.lit(0, dtype=pl.Int64), day_hours=pl.lit(0.0)).clear()
    rows = rows.sort("officer_no", "office_id")
    name = "officers"
    again = pl.col("officer_no").is_duplicated() & ~pl.col("officer_no").is_first_distinct()
    once = "stands twice; an officer has one home office: remove the other row, and enter a detail as one"
    rows = _set_aside(rows, name, again, once, faults, say="office_id")
    hours = pl.col("contracted_hours")
    longest = min(parameters.longest_day * parameters.workdays_a_week, _WEEK_HOURS)
    wrong = hours.is_null() | hours.is_nan() | (hours < 0) | (hours > longest)
    why = f"contracted hours must lie between 0 and {longest:g} a week; correct the row"
    rows = _set_aside(rows, name, wrong, why, faults, say="contracted_hours")
    return rows.with_columns(
        place=pl.int_range(rows.height, dtype=pl.Int64), day_hours=hours / parameters.workdays_a_week
    )


def _known(name: str, rows: pl.DataFrame, officers: pl.DataFrame, faults: list[Fault]) -> pl.DataFrame:
    if not rows.height:
        return rows.with_columns(place=pl.lit(0, dtype=pl.Int64), day_hours=pl.lit(0.0)).clear()
    rows = rows.join(officers.select("officer_no", "place", "day_hours"), on="officer_no", how="left")
    why = "is of an officer who is not in the records, or was set aside; add the officer"
    rows = _set_aside(rows, name, pl.col("place").is_null(), why, faults, say="officer_no")
    backwards = (pl.col("to_on") < pl.col("from_on")).fill_null(value=False)
    return _set_aside(rows, name, backwards, "ends before it begins; correct the days", faults, say="to_on")


def _absences(rows: pl.DataFrame, parameters: Parameters, faults: list[Fault]) -> pl.DataFrame:
    if not rows.height:
        return rows
    hours = pl.col("hours_a_day")
    wrong = hours.is_null() | hours.is_nan() | (hours < 0) | (hours > parameters.longest_day)
    why = f"a day has from 0 to {parameters.longest_day:g} hours; correct the row"
    rows = _set_aside(rows, "absences", wrong, why, faults, say="hours_a_day").sort(
        "place", "from_on", "absence_id"
    )
    said = "overlaps another absence, and the two come to more than the contracted day: hours counted twice"
    return _without_overlaps(rows, "absences", said, faults, is_by_hours=True)


def _details(rows: pl.DataFrame, faults: list[Fault]) -> pl.DataFrame:
    if not rows.height:
        return rows
    rows = rows.sort("place", "from_on", "detail_id")
    said = "overlaps another detail of the officer: an officer is lent to one place at a time"
    return _without_overlaps(rows, "details", said, faults, is_by_hours=False)


def _without_overlaps(
    rows: pl.DataFrame, table: str, why: str, faults: list[Fault], *, is_by_hours: bool
) -> pl.DataFrame:
    """Return the rows less the later of two that overlap; with hours, only where the sum is too much."""
    reached = pl.col("to_on").cum_max().shift(1).over("place")
    overlapping = rows.filter((pl.col("from_on") <= reached).fill_null(value=False))
    if not overlapping.height:
        return rows
    few = rows.filter(pl.col("place").is_in(overlapping["place"].unique().to_list()))
    dropped = []
    kept: list[dict[str, Any]] = []
    key = rows.columns[0]
    for row in few.iter_rows(named=True):
        if _is_too_much(row, kept, is_by_hours=is_by_hours):
            dropped.append(row[key])
            faults.append(Fault(table, str(row[key]), f"{why} (officer {row['officer_no']})"))
        else:
            kept.append(row)
    return rows.filter(~pl.col(key).is_in(dropped))


def _is_too_much(row: dict[str, Any], kept: list[dict[str, Any]], *, is_by_hours: bool) -> bool:
    same = [
        one
        for one in kept
        if one["place"] == row["place"] and one["from_on"] <= row["to_on"] and one["to_on"] >= row["from_on"]
    ]
    if not same or not is_by_hours:
        return bool(same)
    # At the first day of each kept stretch within this one, and at its own first day, most run together.
    firsts = {max(one["from_on"], row["from_on"]) for one in same}
    most = max(
        sum(float(one["hours_a_day"]) for one in same if one["from_on"] <= day <= one["to_on"])
        for day in firsts
    )
    return most + float(row["hours_a_day"]) > float(row["day_hours"]) + _SLACK


def _collateral(rows: pl.DataFrame, officers: pl.DataFrame, faults: list[Fault]) -> pl.DataFrame:
    if not rows.height:
        return rows
    hours = pl.col("hours_a_week")
    wrong = hours.is_null() | hours.is_nan() | (hours < 0) | (hours > _WEEK_HOURS)
    name = "collateral_duties"
    rows = _set_aside(
        rows, name, wrong, "a week has from 0 to 168 hours; correct the row", faults, say="hours_a_week"
    )
    rows = rows.with_columns(pl.col("to_on").fill_null(_FOREVER)).sort("place", "from_on", "collateral_id")
    contracted = dict(officers.select("place", "contracted_hours").iter_rows())
    few = rows.filter(
        hours.sum().over("place")
        > pl.col("place").replace_strict(contracted, return_dtype=pl.Float64) + _SLACK
    )
    if not few.height:
        return rows
    dropped: list[object] = []
    for place, own in few.group_by("place", maintain_order=True):
        dropped += _over_contract(own, contracted[place[0]], faults)
    return rows.filter(~pl.col("collateral_id").is_in(dropped))


def _over_contract(own: pl.DataFrame, contracted: float, faults: list[Fault]) -> list[object]:
    """Return the entries with which an officer's standing tasks come to more than the contract."""
    kept: list[dict[str, Any]] = []
    dropped: list[object] = []
    for row in own.iter_rows(named=True):
        together = [one for one in kept if one["to_on"] >= row["from_on"] and one["from_on"] <= row["to_on"]]
        hours = sum(float(one["hours_a_week"]) for one in together) + float(row["hours_a_week"])
        if hours > contracted + _SLACK:
            dropped.append(row["collateral_id"])
            why = (
                f"brings the collateral duties of officer {row['officer_no']} to {hours:g} hours a week, "
                f"of {contracted:g} contracted: over 100 %; correct the hours or the days"
            )
            faults.append(Fault("collateral_duties", str(row["collateral_id"]), why))
        else:
            kept.append(row)
    return dropped


def day_numbers(days: pl.Series, first: np.datetime64, count: int) -> np.ndarray:
    """Return days as places from a first day, cut to 0 up to `count`."""
    found: np.ndarray = (days.to_numpy().astype("datetime64[D]") - first).astype(np.int64)
    cut: np.ndarray = np.clip(found, 0, count)
    return cut
