"""How people see the answers of `closeout staff`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl
from rich.console import Console
from rich.table import Table

from closeout.reading.countwords import counted
from closeout.workload.figures import plain
from closeout.workload.intervals import name_at

if TYPE_CHECKING:
    from closeout.duties.clauses import Pack
    from closeout.workload.figures import Need, Staffing
    from closeout.workload.intervals import Interval
    from closeout.workload.study.weights import WeightSet

_PERCENT = 100
_WIDEST = 70
_NAMED = 3
USUAL = 90
"""Percent: the confidence where no other is asked for."""
_FITS = (50, 80, 90, 95)


def _table(*columns: str, left: tuple[str, ...] = ("Office",)) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in left else "right", no_wrap=True)
    return table


def _number(value: float | None, digits: int = 1) -> str:
    return "—" if value is None else f"{value:,.{digits}f}"


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value * _PERCENT:,.0f} %"


def _within(found: "Interval | None", digits: int = 1) -> str:
    return "" if found is None else f"{found.low:,.{digits}f} to {found.high:,.{digits}f}"


def _load(row: "Need") -> str:
    if row.cases and row.hours_available <= 0:
        return "ORPHANED"
    return _percent(row.utilization)


def print_nation(out: Console, made: "Staffing", docket: str, confidence: int | None = None) -> None:
    """Print every office, and the nation in one sentence; intervals at a confidence in percent."""
    out.print(f"{made.sentence}\n", soft_wrap=True)
    rows = _of_docket(made, docket) if docket else made.offices
    out.print(_offices(made, rows, confidence or USUAL, is_whole=not docket))
    out.print(
        f"\nHours a month, the mean of {made.first_month:%B %Y} to {made.last_month:%B %Y}. Need, staff and "
        "gap in full-time officers; a gap above 0 is a shortage. Use: work in percent of hours for cases.",
        soft_wrap=True,
    )
    _notes(out, made, confidence or USUAL)


def _offices(made: "Staffing", rows: "tuple[Need, ...]", confidence: int, *, is_whole: bool) -> Table:
    drawn = (f"{confidence} % interval of gap", "P(short)") if made.draws else ()
    columns = ["Office", "Cases", "Demand h", "Hours h", "Use", "Need", "Posts", "Staff", "Gap", "Pressure"]
    table = _table(*columns, *drawn, "Grade")
    for row in (*rows, made.nation) if is_whole else rows:
        if row.office_id is None:
            table.add_section()
        cells = [
            row.office_id or "All",
            f"{row.cases:,}",
            _number(row.demand_hours, 0),
            _number(row.hours_available, 0),
            _load(row),
            _number(row.need_fte),
            "—" if row.posts is None else f"{row.posts:,}",
            _number(row.staff_fte),
            _number(row.gap_fte),
            _number(row.pressure, 2),
        ]
        if made.draws:
            gap = row.intervals.get(name_at("gap_fte", confidence / _PERCENT))
            cells += [_within(gap), _percent(row.probability_short)]
        table.add_row(*cells, str(row.grade))
    return table


def _notes(out: Console, made: "Staffing", confidence: int) -> None:
    for said in (*_at_window(made.nation, confidence), *_further(made), *_flagged(made), *_left_out(made)):
        out.print(said, soft_wrap=True)


def _at_window(row: "Need", confidence: int) -> Iterator[str]:
    """Yield what the window takes: by its queue, on its rota, and in the need, at a confidence in percent."""
    desk = row.desk
    if desk is None:
        return
    if desk.sized_hours is not None:
        said = (
            f"Window: {desk.contacts:,.0f} people who wait a month take {desk.sized_hours:,.0f} officer hours"
        )
        if desk.check_in_hours >= 0.5:  # noqa: PLR2004 - less is shown as none
            said += f", {desk.check_in_hours:,.0f} of them for check-ins, which are in the demand"
        said += f"; {desk.need_hours:,.0f} stand in the need"
        within = desk.intervals.get(name_at("need_hours", confidence / _PERCENT))
        if within is not None:
            said += f" ({_within(within, 0)} at {confidence} %)"
        yield f"{said}, and the rota has {desk.rota_hours:,.0f}."
    if desk.reason:
        yield f"Window: {desk.reason}."


def _further(made: "Staffing") -> Iterator[str]:
    """Yield what the need is unsure about: the robust band, the shares, and the diaries to keep next."""
    if made.shares:
        said = ", ".join(
            f"{name} {_percent(made.shares.get(name))}" for name in ("weights", "volumes", "hours", "windows")
        )
        yield f"Share of the need's variance each brings by itself: {said}."
    if made.draws:
        sick = made.sick_share
        said = (
            "none is recorded: the usual 4 % is drawn"
            if sick is None
            else f"{sick * _PERCENT:.1f} % of the paid days, as recorded"
        )
        yield f"Sick: {said}."
    if made.further:
        low, high = made.further["low_fte"], made.further["high_fte"]
        band = f"{low:,.1f} to {high:,.1f}"
        yield f"Robust band: weights anywhere within their intervals make a need of {band} officers."
        for diary in made.further["next_diaries"]["diaries"]:
            weeks, office = diary["officer_weeks"], diary["office_id"]
            named = ", ".join(diary["activities"][:_NAMED])
            many = "week" if weeks == 1 else "weeks"
            yield f"Keep next: {weeks} officer-{many} of diary at {office}, above all of {named}."


def _flagged(made: "Staffing") -> Iterator[str]:
    """Yield what is to be known of the figures: flags, refusals, orphaned work."""
    for row in (made.nation, *made.offices):
        name, is_nation = row.office_id or "All offices", row.office_id is None
        yield from (f"{name}: {flag}" for flag in row.flags if is_nation or not flag.startswith("COVERAGE"))
        if row.reason and (is_nation or row.demand_hours is None):
            yield f"{name}: {row.reason}"
    orphaned = [row.officer_no for row in made.officers if row.state]
    if orphaned:
        have = "1 officer has" if len(orphaned) == 1 else f"{len(orphaned)} officers have"
        yield f"ORPHANED: {have} cases and no hours: {', '.join(orphaned)}"


def grouped(faults: Sequence[str]) -> list[str]:
    """Return the rows set aside, those of one table and one reason in one line where there are many.

    Args:
        faults: "table key: why (what it holds)" each.

    """
    alike: dict[tuple[str, str], list[str]] = {}
    for fault in faults:
        row, _, why = fault.partition(": ")
        table = row.partition(" ")[0]
        alike.setdefault((table, why.rpartition(" (")[0] or why), []).append(fault)
    made = []
    for (table, why), rows in alike.items():
        if len(rows) <= _NAMED:
            made += rows
        else:
            keys = [row.partition(": ")[0].partition(" ")[2] for row in rows]
            made.append(f"{table} {', '.join(keys[:_NAMED])} and {len(rows) - _NAMED:,} more: {why}")
    return made


def _set_aside(made: "Staffing") -> Iterator[str]:
    """Yield the rows set aside, of all offices: an officer of another may be detailed here."""
    yield from (f"Set aside: {fault}" for fault in grouped(made.faults))


def _left_out(made: "Staffing") -> Iterator[str]:
    """Yield the rows set aside, the duties not counted, and what status rules would hide."""
    yield from _set_aside(made)
    yield from (f"Not counted: {duty}: {why}" for duty, why in made.not_counted.items())
    for one in made.hidden:
        if one.cases:
            hours = "" if one.hours is None else f", {counted(round(one.hours), 'hour')} a month"
            said = "in the load" if one.is_counted else "left out of the load"
            yield f"{one.rule}: {counted(one.cases, 'case')}{hours}, {said} ({one.says})"


def _of_docket(made: "Staffing", docket: str) -> "tuple[Need, ...]":
    known = sorted({row.docket for row in made.parts if row.docket})
    if docket not in known:
        msg = f"{docket} is no docket of these records: {', '.join(known) or 'there is none'}"
        raise LookupError(msg)
    return tuple(row for row in made.parts if row.docket == docket)


def one_docket(made: "Staffing", docket: str) -> dict[str, Any]:
    """Return the parts of one docket as plain values; LookupError where there is no such docket."""
    return {"as_of": made.as_of.isoformat(), "docket": docket, "parts": plain(list(_of_docket(made, docket)))}


def one_office(made: "Staffing", office: str, docket: str) -> dict[str, Any]:
    """Return one office with its parts, officers, duties and weeks; LookupError where there is none."""
    found = next((row for row in made.offices if row.office_id == office), None)
    if found is None:
        known = ", ".join(row.office_id or "" for row in made.offices)
        msg = f"{office} is no office of these records: {known}"
        raise LookupError(msg)
    if docket:
        _of_docket(made, docket)
    return {
        "as_of": made.as_of.isoformat(),
        "office": plain(found),
        "parts": [plain(row) for row in made.parts if row.office_id == office and docket in {"", row.docket}],
        "officers": [plain(row) for row in made.officers if row.office_id == office],
        "duties": [
            plain(row) for row in made.duties if row.office_id == office and docket in {"", row.docket}
        ],
        "weeks": [plain(row) for row in made.curve if row.office_id == office],
        "faults": list(made.faults),
    }


def print_office(
    out: Console, made: "Staffing", found: Mapping[str, Any], confidence: int | None = None
) -> None:
    """Print one office: its figures, its officers in the order of staff numbers, its duties.

    Args:
        out: Where to.
        made: The run.
        found: As `one_office`.
        confidence: In percent, of intervals and of the caseload that fits; caseloads at each if None.

    """
    name = found["office"]["office_id"]
    rows = tuple(row for row in made.offices if row.office_id == name)
    out.print(_offices(made, rows, confidence or USUAL, is_whole=False))
    out.print()
    out.print(_officers(found["officers"], confidence, has_draws=bool(made.draws)))
    out.print()
    out.print(_duties(found["duties"]))
    for row in found["officers"]:
        for flag in row["flags"]:
            out.print(f"{row['officer_no']}: {flag}", soft_wrap=True)
    for row in rows:
        for said in (*_at_window(row, confidence or USUAL), *row.flags, row.reason, *_set_aside(made)):
            if said:
                out.print(said, soft_wrap=True)


def _officers(rows: list[dict[str, Any]], confidence: int | None, *, has_draws: bool) -> Table:
    chances = (_FITS if confidence is None else (confidence,)) if has_draws else ()
    drawn = [f"Use, {confidence} %"] if confidence and has_draws else []
    drawn += [f"Fit at {chance} %" for chance in chances]
    table = _table(
        "Officer", "Role", "Cases", "Demand h", "Hours h", "Use", "Band", "Fit at mix", *drawn,
        left=("Officer", "Role", "Band"),
    )  # fmt: skip
    for row in rows:
        cells = [row["officer_no"], row["role"].replace("_", " "), f"{row['cases']:,}"]
        cells += [_number(row["demand_hours"]), _number(row["hours_available"])]
        cells += [row["state"] or _percent(row["utilization"]), row["band"]]
        cells += ["—" if row["at_mix"] is None else f"{row['at_mix']:,}"]
        if has_draws:
            cells += [_use(row, confidence)] if confidence else []
            at = {round(one["probability"] * _PERCENT): f"{one['cases']:,}" for one in row["at_risk"]}
            cells += [at.get(chance, "—") for chance in chances]
        table.add_row(*cells)
    return table


def _use(row: Mapping[str, Any], confidence: int) -> str:
    """Return the interval of an officer's utilization at a confidence, in percent."""
    found = row["interval"] if confidence == USUAL else row["intervals"].get(str(confidence))
    if found is None:
        return "—"
    return f"{found['low'] * _PERCENT:,.0f} to {found['high'] * _PERCENT:,.0f} %"


def _duties(rows: list[dict[str, Any]]) -> Table:
    table = _table(
        "Activity",
        "Docket",
        "Called for",
        "Done",
        "Minutes",
        "Hours",
        "Grade",
        "Weight of",
        left=("Activity", "Docket", "Weight of"),
    )
    for row in rows:
        table.add_row(
            row["activity"],
            row["docket"] or "",
            _number(row["owed"]),
            _number(row["done"]),
            _number(row["minutes"]),
            _number(row["hours"]),
            row["grade"],
            row["weight_of"] or "nation",
        )
    return table


def figure(
    made: "Staffing", weights: "WeightSet", pack: "Pack", office: str, activity: str
) -> dict[str, Any]:
    """Return what one figure is made of: duties called for, the weight, the clauses, the diaries.

    Raises:
        LookupError: The office has no such activity.

    """
    rows = [row for row in made.duties if row.office_id == office and row.activity == activity]
    if not rows:
        known = sorted({row.activity for row in made.duties if row.office_id == office})
        msg = f"{office} has no activity {activity}: {', '.join(known) or 'nothing is called for there'}"
        raise LookupError(msg)
    weight = weights.get(activity, office, made.parameters.kind)
    diary = pl.DataFrame(weights.diary).filter(pl.col("activity") == activity)
    by = diary.group_by("study", "office_id").agg(
        officers=pl.col("officer_no").n_unique(),
        weeks=pl.col("week").n_unique(),
        entries=pl.col("entries").sum(),
        minutes=pl.col("minutes").sum(),
        tasks=pl.col("tasks").sum(),
    )
    clauses = [one for one in pack.clauses if one.minutes == activity]
    return {
        "as_of": made.as_of.isoformat(),
        "office_id": office,
        "activity": activity,
        "title": rows[0].title,
        "rows": [plain(row) for row in rows],
        "weight": plain(weight),
        "diaries": by.sort("study", "office_id").to_dicts(),
        "duties": [{"duty": one.duty, "title": one.title, "shape": one.shape.value} for one in clauses],
    }


def print_figure(out: Console, found: Mapping[str, Any]) -> None:
    """Print one figure, opened down to the diaries."""
    weight = found["weight"]
    out.print(
        f"{found['title']} ({found['activity']}) in {found['office_id']}, as of {found['as_of']}\n",
        soft_wrap=True,
    )
    out.print("Called for a month x minutes = hours:")
    for row in found["rows"]:
        docket = f" on the docket {row['docket']}" if row["docket"] else ""
        said = f"{row['owed']:,.2f}{docket} x {_number(row['minutes'], 2)} min / 60"
        said += f" = {_number(row['hours'], 2)} h"
        out.print(f"  {said}; {row['done']:,.2f} were done", soft_wrap=True)
    where = weight["office_id"] or "the nation"
    between = "" if weight["low"] is None else f", 90 % from {weight['low']:,.1f} to {weight['high']:,.1f}"
    out.print(
        f"\nWeight of {where}, {weight['kind']}: {_number(weight['minutes'], 2)} min{between}; "
        f"grade {weight['grade']}",
        soft_wrap=True,
    )
    if weight["reason"]:
        out.print(f"  {weight['reason']}", soft_wrap=True)
    if weight["observed_from"]:
        out.print(
            f"  Observed {weight['observed_from']} to {weight['observed_to']}, expires {weight['expires_on']}"
        )
    out.print("\nDiaries it rests on:" if found["diaries"] else "\nNo diary tells of it.")
    for row in found["diaries"]:
        said = f"{row['study']}, {row['office_id']}: {row['minutes']:,.0f} min for {row['tasks']:,.1f} tasks"
        out.print(
            f"  {said}, {counted(row['officers'], 'officer')}, {counted(row['weeks'], 'week')}, "
            f"{counted(row['entries'], 'entry', 'entries')}",
            soft_wrap=True,
        )
    out.print("\nCalled for by:" if found["duties"] else "\nWork on open cases that no duty names.")
    for row in found["duties"]:
        out.print(f"  {row['duty']}: {row['title']} ({row['shape']})", soft_wrap=True)
