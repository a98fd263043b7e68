"""Read what an assignment needs from a snapshot: who has which case, with how many hours and skills."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from closeout.assignment.office import Clock, NewCase, Office, Place
from closeout.assignment.shapes import CASES, Loads, Officer
from closeout.duties.run import tables_of
from closeout.workload.hours import keep_hours
from closeout.workload.parameters import WEEKS_A_MONTH, Parameters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    import pyarrow as pa

    from closeout.assignment.rules import Rules
    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot

AHEAD_DAYS = 28
"""The days over whose known hours cases are shared: leave, details and departures in them count."""
ROLES = ("deportation_officer",)
"""Whose holders can be given cases; whoever leads one now can be given more."""
_MINUTES_AN_HOUR = 60
_MONTH_DAYS = 30.436875
_LONGEST_MONTHS = 36


def read_loads(
    engine: Engine,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    loads: pa.Table,
    as_of: date,
    *,
    parameters: Parameters | None = None,
    offices: Sequence[str] = (),
    leaving: Sequence[str] = (),
) -> Loads:
    """Return officers, cases and recusals as they stand on a day.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        pack: Whose public holidays.
        loads: The open cases with their minutes a month, as `case_loads` gives them.
        as_of: The day; officers' hours are those of the four weeks after it.
        parameters: Support share, occupancy, ramp; the defaults if None.
        offices: Only these; all if empty.
        leaving: Officers to count without hours.

    """
    parameters = parameters or Parameters()
    tables = tables_of(engine, given)
    rows = pl.DataFrame(loads)
    cases = pl.DataFrame(
        engine.to_arrow(
            tables["cases"].select("case_no", "site_id", "final_order_on", "language", "is_child")
        )
    )
    extra = [name for name in ("site_id", "language", "is_child") if name in rows.columns]
    rows = rows.drop(extra).join(cases, on="case_no", how="left", maintain_order="left")
    rows = rows.join(_attachments(engine, tables, as_of), on="case_no", how="left", maintain_order="left")
    rows = rows.with_columns(
        attachment=pl.col("attachment").fill_null(0.0) + pl.col("final_order_on").is_not_null().cast(float),
        is_child=pl.col("is_child").fill_null(value=False),
    )
    if offices:
        rows = rows.filter(pl.col("office_id").is_in(offices))
    people, faults = _officers(engine, tables, pack, as_of, parameters, set(leaving))
    leaders = set(rows["officer_no"].drop_nulls().unique())
    known = [who for who, role in people if role in ROLES or who.officer_no in leaders]
    if offices:
        known = [who for who in known if who.office_id in offices or who.officer_no in leaders]
    numbers = {who.officer_no for who in known}
    known += [_gone(number, rows) for number in sorted(leaders - numbers)]
    table = rows.select(CASES.names).sort("case_no").to_arrow().cast(CASES)
    return Loads(tuple(known), table, _recusals(engine, tables, as_of), faults)


def unknown_officers(given: Loads, numbers: Sequence[str]) -> list[str]:
    """Return which of some officer numbers are not among the officers."""
    known = {who.officer_no for who in given.officers}
    return sorted(set(numbers) - known)


def read_office(
    engine: Engine,
    given: Snapshot | Mapping[str, ir.Table],
    loads: Loads,
    office_id: str,
    as_of: date,
    rules: Rules,
) -> Office:
    """Return an office's officers with what each has on hand and has received in the levelling period."""
    tables = tables_of(engine, given)
    cases = pl.DataFrame(loads.cases).select("case_no", "officer_no", "minutes_a_month")
    led = cases.drop_nulls("officer_no").group_by("officer_no")
    severe = pl.col("minutes_a_month") >= rules.severe_minutes
    sums = led.agg(
        load=pl.col("minutes_a_month").sum(), severe=pl.col("minutes_a_month").filter(severe).sum()
    )
    since = as_of - timedelta(days=rules.levelling_days)
    lately = _leads(engine, tables).filter(pl.col("from_on").is_between(since, as_of, closed="right"))
    # Once however often it came and went; not at all while nobody has it, or who had it would have it twice.
    received = (
        lately.unique(["case_no", "officer_no"])
        .join(cases.drop_nulls("officer_no").select("case_no", "minutes_a_month"), on="case_no")
        .group_by("officer_no")
        .agg(received=pl.col("minutes_a_month").sum())
    )
    found = sums.join(received, on="officer_no", how="full", coalesce=True).fill_null(0.0)
    figures = {row["officer_no"]: row for row in found.iter_rows(named=True)}
    none = {"load": 0.0, "severe": 0.0, "received": 0.0}
    places = []
    for who in loads.officers:
        if who.office_id == office_id or rules.allow_transfer:
            had = figures.get(who.officer_no, none)
            places.append(
                Place(who, had["load"] / _MINUTES_AN_HOUR, had["severe"] / _MINUTES_AN_HOUR, had["received"])
            )
    return Office(office_id, as_of, tuple(places))


def read_waiting(
    engine: Engine, given: Snapshot | Mapping[str, ir.Table], loads: Loads, as_of: date, rules: Rules
) -> tuple[NewCase, ...]:
    """Return the cases that nobody leads, with the clock each waits under.

    The clock is statutory in custody and priority for children. A case waits since its last leader left, or
    since it was opened.
    """
    tables = tables_of(engine, given)
    waiting = pl.DataFrame(loads.cases).filter(pl.col("officer_no").is_null())
    facts = tables["cases"].select("case_no", "is_detained", "opened_on", "reopened_on")
    facts = (
        facts.filter(facts.case_no.isin(waiting["case_no"].to_list())) if waiting.height else facts.limit(0)
    )
    rows = waiting.join(pl.DataFrame(engine.to_arrow(facts)), on="case_no", how="left")
    ended = (
        _leads(engine, tables).filter(pl.col("to_on").is_not_null()).sort("to_on").group_by("case_no").last()
    )
    rows = rows.join(ended.select("case_no", former="officer_no", left="to_on"), on="case_no", how="left")
    recused: dict[str, list[str]] = {}
    for officer_no, case_no in sorted(loads.recusals):
        recused.setdefault(case_no, []).append(officer_no)
    return tuple(
        NewCase(
            case_no=row["case_no"],
            office_id=row["office_id"],
            minutes_a_month=row["minutes_a_month"],
            received_on=min(as_of, row["left"] or row["reopened_on"] or row["opened_on"] or as_of),
            language=row["language"],
            is_child=row["is_child"],
            is_severe=row["minutes_a_month"] >= rules.severe_minutes,
            site_id=row["site_id"],
            clock=_clock(is_detained=bool(row["is_detained"]), is_child=row["is_child"]),
            former_officer=row["former"],
            left_former_on=row["left"],
            recused=tuple(recused.get(row["case_no"], ())),
        )
        for row in rows.sort("case_no").iter_rows(named=True)
    )


def _clock(*, is_detained: bool, is_child: bool) -> Clock:
    if is_detained:
        return Clock.STATUTORY
    return Clock.PRIORITY if is_child else Clock.ORDINARY


def _officers(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    pack: Pack,
    as_of: date,
    parameters: Parameters,
    leaving: set[str],
) -> tuple[list[tuple[Officer, str]], tuple[str, ...]]:
    """Return the officers with their roles, in the order of numbers, and the rows set aside."""
    first = as_of + timedelta(days=1)
    hours = keep_hours(engine, tables, pack, first, as_of + timedelta(days=AHEAD_DAYS), parameters)
    weeks = AHEAD_DAYS / 7
    ramp = hours.ramp(parameters, as_of)
    case_hours = hours.parts["case"].sum(axis=1) / weeks * WEEKS_A_MONTH * ramp * parameters.occupancy
    skills = _skills(engine, tables, as_of)
    home = tables["officers"].select("officer_no", "office_id", "site_id", "active_from", "active_to")
    rows = hours.officers.select("officer_no", "office_id", "role").with_columns(
        hours=pl.Series(case_hours), is_new=pl.Series(ramp < 1)
    )
    # The ledger keeps one row an officer, and sets the others aside.
    homes = pl.DataFrame(engine.to_arrow(home)).unique(["officer_no", "office_id"], keep="first")
    rows = rows.join(homes, on=["officer_no", "office_id"], how="left").sort("officer_no")
    people = [
        (
            Officer(
                officer_no=row["officer_no"],
                office_id=row["office_id"],
                hours=0.0 if row["officer_no"] in leaving else row["hours"],
                skills=skills.get(row["officer_no"], frozenset()),
                sites=frozenset({row["site_id"]}) if row["site_id"] else None,
                is_new=row["is_new"],
                is_active=_serves(row["active_from"], row["active_to"], as_of),
            ),
            row["role"],
        )
        for row in rows.iter_rows(named=True)
    ]
    return people, tuple(map(str, hours.faults))


def _serves(first: date | None, last: date | None, as_of: date) -> bool:
    return (first is None or first <= as_of) and (last is None or last > as_of)


def _skills(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> dict[str, frozenset[str]]:
    if "officer_skills" not in tables:
        return {}
    rows = tables["officer_skills"].filter(
        lambda t: (t.valid_from <= as_of) & (t.valid_to.isnull() | (t.valid_to >= as_of))
    )
    found = (
        pl.DataFrame(engine.to_arrow(rows.select("officer_no", "skill"))).group_by("officer_no").agg("skill")
    )
    return {row["officer_no"]: frozenset(row["skill"]) for row in found.iter_rows(named=True)}


def _recusals(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> frozenset[tuple[str, str]]:
    if "recusals" not in tables:
        return frozenset()
    rows = tables["recusals"].filter(lambda t: (t.from_on <= as_of) & (t.to_on.isnull() | (t.to_on >= as_of)))
    found = engine.to_arrow(rows.select("officer_no", "case_no"))
    return frozenset(zip(found["officer_no"].to_pylist(), found["case_no"].to_pylist(), strict=True))


def _leads(engine: Engine, tables: Mapping[str, ir.Table]) -> pl.DataFrame:
    """Return who led which case from when to when."""
    if "assignments" not in tables:
        text, day = pl.String(), pl.Date()
        return pl.DataFrame(schema={"case_no": text, "officer_no": text, "from_on": day, "to_on": day})
    rows = tables["assignments"].filter(lambda t: t.role == "lead")
    return pl.DataFrame(engine.to_arrow(rows.select("case_no", "officer_no", "from_on", "to_on")))


def _attachments(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> pl.DataFrame:
    """Return what parting costs: changes of officer before, and years with this one (3 at most)."""
    leads = _leads(engine, tables).filter(pl.col("from_on") <= as_of)
    months = (as_of - pl.col("from_on").max()).dt.total_days() / _MONTH_DAYS
    return leads.group_by("case_no").agg(
        attachment=(pl.len() - 1).cast(float) + months.clip(0, _LONGEST_MONTHS) / 12
    )


def _gone(number: str, rows: pl.DataFrame) -> Officer:
    """Return a leader who is not among the officers: without hours, in the office of the first case."""
    office = rows.filter(pl.col("officer_no") == number)["office_id"].min()
    return Officer(number, str(office), 0.0, is_active=False)
