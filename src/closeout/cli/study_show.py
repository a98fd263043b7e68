"""How people see the answers of `closeout study`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from closeout.reading.countwords import counted
from closeout.workload.study.faults import WHY, Fault
from closeout.workload.weights import Unit

if TYPE_CHECKING:
    from closeout.cli.study_asked import Planned
    from closeout.workload.study.backtest import Backtest
    from closeout.workload.study.check import Checked
    from closeout.workload.weights import Weight

_PERCENT = 100
_SMALL = 10
_REASONS = 3
"""Of a survey's reasons the most frequent are shown; --json has them all."""


def _table(*columns: str, left: tuple[str, ...] = ()) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in left else "right", no_wrap=column != "Why")
    return table


def _minutes(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:,.1f}" if value >= _SMALL else f"{value:,.2f}"


def _words(code: str) -> str:
    return code.replace("_", " ")


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value * _PERCENT:.0f} %"


def print_plan(out: Console, found: "Planned", files: Sequence[str]) -> None:
    """Print whom a study asks, and how sure it will be."""
    out.print(
        f"{found.asked.code}: {counted(found.officers, 'officer')}, {found.weeks} officer-weeks from "
        f"{found.from_on}, seed {found.asked.seed}.\n"
    )
    offices = _table("Office", "Officers", left=("Office",))
    for office, count in found.by_office().items():
        offices.add_row(office, str(count))
    out.print(offices)
    if found.precision:
        out.print(
            f"\nOfficers to ask for ± {_percent(found.aim)} (90 % interval), by the diaries there are:\n"
        )
        sure = _table("Activity", "So far", "Now ±", "To record", "To ask", left=("Activity",))
        for one in found.precision:
            needed = "—" if one.needed is None else f"{one.needed:,}"
            ask = "—" if one.to_ask is None else f"{one.to_ask:,}"
            sure.add_row(one.activity, f"{one.officers:,}", _percent(one.half_width), needed, ask)
        out.print(sure)
    if files:
        out.print(f"\nWritten: {', '.join(files)}.", soft_wrap=True)


def print_check(out: Console, found: "Checked") -> None:
    """Print what can be used, what cannot and why, and the response."""
    total = found.good.height + found.refused.height
    out.print(f"{found.good.height:,} of {total:,} entries can be used.\n")
    for title, rows, what in (("Refused", found.refused, "entries"), ("To look at", found.flags, "weeks")):
        if rows.height:
            table = _table(title, what.capitalize(), "Why", left=(title, "Why"))
            for fault, count in rows.group_by("fault").len().sort("fault").iter_rows():
                table.add_row(fault, f"{count:,}", WHY[Fault(fault)])
            out.print(table)
            out.print()
    if not found.responses.height:
        out.print("The response is not known: the snapshot has no study_samples.")
        return
    table = _table("Study", "Office", "Asked", "Recorded", "Absent", "Response", left=("Study", "Office"))
    for study, office, asked, recorded, absent, response in found.responses.iter_rows():
        table.add_row(study, office, str(asked), str(recorded), str(absent), _percent(response))
    out.print(table)
    out.print("\nIn officer-weeks; whoever was absent all week was not asked.")


def print_weights(out: Console, rows: "Sequence[Weight]", use: Mapping[str, Any] | None) -> None:
    """Print each activity's minutes, how sure they are, and what they rest on."""
    table = _table(
        "Activity", "Minutes", "90 %", "Per", "Grade", "Officers", "Response", "Until", "Why",
        left=("Activity", "Per", "Grade", "Until", "Why"),
    )  # fmt: skip
    for one in rows:
        between = "" if one.low is None else f"{_minutes(one.low)}–{_minutes(one.high)}"
        per = "case-month" if one.unit is Unit.CASE_MONTH else "duty"
        until = one.observed_to.isoformat() if one.observed_to else ""
        table.add_row(
            one.activity, _minutes(one.minutes), between, per, one.grade.value, str(one.officers or ""),
            "" if one.response is None else _percent(one.response), until, one.reason,
        )  # fmt: skip
    out.print(table)
    if use is not None:
        out.print(
            f"\nRecorded time of {use['officers']:,} officers: {_percent(use['case'])} cases, "
            f"{_percent(use['collateral'])} collateral duties, {_percent(use['support'])} support.",
            soft_wrap=True,
        )


def print_adjusting(out: Console, found: Mapping[str, Any]) -> None:
    """Print answers, panels and decisions."""
    table = _table("Activity", "Answers", "Too short", "Suggested", "Why", left=("Activity", "Why"))
    for one in found["sufficiency"]:
        table.add_row(
            one["activity"], str(one["answers"]), _percent(one["too_short"]), _minutes(one["suggested"]),
            ", ".join(f"{_words(why)} {times}" for why, times in [*one["reasons"].items()][:_REASONS]),
        )  # fmt: skip
    out.print(table)
    out.print()
    table = _table(
        "Panel", "Activity", "Round", "Panelists", "Likely", "Quartiles", left=("Panel", "Activity", "Round")
    )
    for panel in found["panels"]:
        for one in filter(None, (panel["first"], panel["last"])):
            quartiles = "–".join(_minutes(each) for each in one["quartiles"])
            is_narrower = one is panel["last"] and panel["is_narrower"]
            table.add_row(
                one["panel"], one["activity"], one["round"], str(one["panelists"]), _minutes(one["likely"]),
                quartiles + (" (narrower)" if is_narrower else ""),
            )  # fmt: skip
    out.print(table)
    out.print()
    table = _table(
        "Activity", "Observed", "Adjusted", "Decided", "State", "Why",
        left=("Activity", "Decided", "State", "Why"),
    )  # fmt: skip
    for row in found["adjustments"]:
        table.add_row(
            row["activity"], _minutes(row["observed_minutes"]), _minutes(row["adjusted_minutes"]),
            row["decided_on"].isoformat(), row["state"], f"{_words(row['reason'])}: {row['rationale']}",
        )  # fmt: skip
    out.print(table)


def print_tests(out: Console, found: "Sequence[Backtest]") -> None:
    """Print each month, and the activities that drifted in it."""
    if not found:
        out.print("There are no diaries to test.")
        return
    table = _table(
        "Month", "Activity", "Recorded h", "Predicted h", "Ratio", "", left=("Month", "Activity", "")
    )
    for one in found:
        if one.activity is None or one.has_drifted:
            predicted = "not assessed" if one.predicted is None else f"{one.predicted / 60:,.1f}"
            ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
            drift = "drift" if one.has_drifted else ""
            table.add_row(
                f"{one.month:%Y-%m}",
                one.activity or "all",
                f"{one.recorded / 60:,.1f}",
                predicted,
                ratio,
                drift,
            )
    out.print(table)
