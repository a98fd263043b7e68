"""How people see what `closeout simulate` found."""

from typing import Any

from rich.console import Console
from rich.table import Table

from closeout.cli.set_aside import show_set_aside
from closeout.reading.countwords import counted
from closeout.workload.slack import slack_of

_PERCENT = 100


def answer(out: Console, found: dict[str, Any]) -> None:
    """Show an outcome with its comparisons, or curves."""
    for one in found.get("curves", ()):
        _curve(out, one)
    if "outcome" in found:
        _outcome(out, found["outcome"])
    for one in found.get("comparisons", ()):
        _comparison(out, one)
    for office, why in found["not_simulated"].items():
        whose = "" if office in why else f"{office}: "
        out.print(f"Not simulated: {whose}{why}", soft_wrap=True)
    show_set_aside(out, found["set_aside"])


def _outcome(out: Console, found: dict[str, Any]) -> None:
    what = (
        f"Office {found['office_id']}"
        if found["office_id"]
        else f"The nation, {len(found['offices'])} offices"
    )
    out.print(
        f"{what}: {counted(found['cases'], 'case')}, {counted(found['days'], 'day')} from "
        f"{found['start_on']}, "
        f"{counted(found['replications'], 'replication')} of "
        f"{counted(found['tasks'] // found['replications'], 'task')}"
    )
    out.print(f"On time: {_share(found['all']['on_time'])}; hours used: {_share(found['used'])}")
    if found["is_growing"]:
        out.print("The work does not fit the hours: open tasks grow all the time, and shares fall with them.")
    table = Table("duty", box=None, pad_edge=False)
    for name in ("fell due", "on time", "days late", "overdue at end", "hours", "by colleagues"):
        table.add_column(name, justify="right")
    for duty in found["duties"]:
        if duty["fell_due"] and duty["fell_due"]["mean"]:
            table.add_row(duty["code"], *_figures(duty))
    out.print(table)
    _months(out, found)
    for office in found.get("offices", ()):
        grows = "; grows" if office["is_growing"] else ""
        used = _share(office["used"])
        out.print(f"{office['office_id']}: on time {_share(office['on_time'])}; hours used {used}{grows}")
    for note in found["notes"]:
        out.print(f"Note: {note}")


def _months(out: Console, found: dict[str, Any]) -> None:
    """Show how the year goes: the first months have today's overdue tasks to do as well."""
    out.print(f"\nOverdue on the first day, by the records: {_count(found['overdue_at_start'])}")
    table = Table("from", box=None, pad_edge=False)
    for name in ("fell due", "on time", "overdue at its end"):
        table.add_column(name, justify="right")
    for month in found["months"]:
        fell_due = f"{month['fell_due']:,.0f}"
        table.add_row(month["on"], fell_due, _share(month["on_time"]), _count(month["overdue"]))
    out.print(table)


def _figures(duty: dict[str, Any]) -> tuple[str, ...]:
    return (
        _count(duty["fell_due"]),
        _share(duty["on_time"]),
        _one(duty["mean_days_late"]),
        _count(duty["overdue"]),
        _count(duty["hours"]),
        _count(duty["covered"]),
    )


def _comparison(out: Console, found: dict[str, Any]) -> None:
    scenario, differences = found["scenario"], found["differences"]
    out.print(f"\nScenario {scenario['code']} ({scenario['version']}): {scenario['title']}")
    out.print(f"On time: {_points(differences['all']['on_time'])} percentage points, paired with the base")
    slack = slack_of(found["base"]["hours"], found["changed"]["hours"])
    if slack and slack.sentence:
        out.print(slack.sentence)
    table = Table("duty", box=None, pad_edge=False)
    for name in (
        "on time, points",
        "late or not done",
        "done by colleagues",
        "their hours",
        "overdue at end",
    ):
        table.add_column(name, justify="right")
    for one in differences["duties"]:
        names = ("not_in_time", "displaced", "displaced_hours", "overdue")
        shown = [_signed(one[name]) for name in names]
        if one["on_time"] and any(text not in {"0", "-"} for text in shown):
            table.add_row(one["duty"], _points(one["on_time"]), *shown)
    out.print(table if table.rows else "No duty is done later or by others.")
    absorbed = [f"{one['officer_no']} {_signed(one['hours'])}" for one in found["absorbed"]]
    if absorbed:
        out.print("Hours for colleagues, by officer: " + ", ".join(absorbed))


def _curve(out: Console, found: dict[str, Any]) -> None:
    target = found["target"]
    what = target["duty"] or "all duties"
    out.print(
        f"Office {found['office_id']}{_under(found['scenario'])}: {found['now']:,.0f} cases an officer now; "
        f"target {target['share']:.0%} of {what} on time in {target['probability']:.0%} of years"
    )
    if found["largest"] is None:
        out.print(f"No caseload meets the target: {found['reason']}")
    else:
        low, high = ("?" if edge is None else f"{edge:,}" for edge in (found["low"], found["high"]))
        out.print(f"Largest caseload: {counted(found['largest'], 'case')} an officer ({low} to {high})")
        if found["reason"]:
            out.print(f"Note: {found['reason']}")
    table = Table(box=None, pad_edge=False)
    for name in ("cases an officer", "on time", "years that meet it", "hours used"):
        table.add_column(name, justify="right")
    for point in found["points"]:
        table.add_row(
            f"{point['cases']:,}", _share(point["on_time"]), f"{point['meets']:.0%}", _share(point["used"])
        )
    out.print(table)


def _under(scenario: dict[str, Any] | None) -> str:
    return f" under {scenario['code']} ({scenario['version']})" if scenario else ""


def _share(found: dict[str, Any] | None) -> str:
    if found is None:
        return "no data"
    if found["low"] is None:
        return f"{found['mean'] * _PERCENT:.1f} %"
    return f"{found['mean'] * _PERCENT:.1f} % ({found['low'] * _PERCENT:.1f}-{found['high'] * _PERCENT:.1f})"


def _points(found: dict[str, Any] | None) -> str:
    if found is None:
        return "no data"
    if found["low"] is None:
        return f"{found['mean'] * _PERCENT:+.2f}"
    return (
        f"{found['mean'] * _PERCENT:+.2f} ({found['low'] * _PERCENT:+.2f} to {found['high'] * _PERCENT:+.2f})"
    )


def _count(found: dict[str, Any] | None) -> str:
    return "-" if found is None else f"{found['mean']:,.0f}"


def _one(found: dict[str, Any] | None) -> str:
    return "-" if found is None else f"{found['mean']:,.1f}"


def _signed(found: dict[str, Any] | None) -> str:
    if found is None:
        return "-"
    rounded = round(found["mean"])
    return f"{rounded:+,}" if rounded else "0"
