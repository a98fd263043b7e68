"""A hiring plan in the terminal."""

from typing import TYPE_CHECKING

from rich.table import Table

from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from closeout.workload.hiring_figures import HiringPlan, Path
    from closeout.workload.hiring_run import Planned
    from closeout.workload.intervals import Interval


def show(shown: "Console", found: "Planned") -> None:
    """Print the sentence, the options beside each other, and the months."""
    plan, need = found.plan, found.need
    shown.print(plan.sentence, soft_wrap=True)
    within = need.intervals.get("need_fte")
    sure = f", {_fte(within.low)} to {_fte(within.high)} with 90 % of the draws" if within else ""
    shown.print(
        f"Today's need is {_fte(need.need_fte or 0)} full-time officers{sure} (weights of grade "
        f"{need.grade}); the forecast multiplies it by {found.growth:.3f}. Planned from "
        f"{_fte(plan.months[0].heads.middle)} persons; without hiring they are enough with probability "
        f"{plan.without:.0%}.",
        soft_wrap=True,
    )
    shown.print()
    shown.print(_options(plan))
    shown.print()
    shown.print(_months(plan))
    for flag in need.flags:
        shown.print(f"Today: {flag}.", soft_wrap=True)
    for note in found.notes:
        shown.print(f"Note: {note}.", soft_wrap=True)
    shown.print(f"{counted(plan.draws, 'draw')}, seed {plan.seed}. Costs in {plan.cost_unit}.")


def _options(plan: "HiringPlan") -> Table:
    table = Table("what", box=None)
    for name in ("overtime", "hires", "cost", "no path under", "probability"):
        table.add_column(name, justify="right")
    rows = [(f"overtime {path.overtime:.1%}", path) for path in plan.options]
    if len(plan.options) > 1:
        rows.append(("chosen", plan.chosen))
    else:
        rows = [("chosen", plan.chosen)]
    rows += [("weights at 10 %", plan.weights_low), ("weights at 90 %", plan.weights_high)]
    for name, path in rows:
        table.add_row(name, *_path(path))
    return table


def _path(path: "Path") -> tuple[str, ...]:
    bound = f"{path.bound:,.1f}" if path.meets else "not met"
    return f"{path.overtime:.1%}", f"{path.hires:,}", f"{path.cost:,.1f}", bound, f"{path.probability:.0%}"


def _months(plan: "HiringPlan") -> Table:
    table = Table("month", box=None)
    for name in ("start", "persons at the office", "full-time officers", "enough with"):
        table.add_column(name, justify="right")
    for row in plan.months:
        table.add_row(
            _month(plan.as_of, row.month),
            str(row.started or ""),
            _interval(row.heads),
            _interval(row.effective_fte),
            f"{row.probability_enough:.0%}",
        )
    return table


def _month(as_of: "date", ahead: int) -> str:
    """Return the month so many after a day, as the calendar calls it."""
    months = as_of.year * 12 + as_of.month - 1 + ahead
    return f"{months // 12}-{months % 12 + 1:02}"


def _interval(found: "Interval") -> str:
    return f"{_fte(found.middle)} ({_fte(found.low)} to {_fte(found.high)})"


def _fte(value: float) -> str:
    return f"{value:,.1f}"
