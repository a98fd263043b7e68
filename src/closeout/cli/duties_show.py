"""How people see the answers of `closeout duties`."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from closeout.duties.clauses import State
from closeout.duties.explain import rule_name
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from closeout.duties.explain import Explanation

_STATES = [state.value for state in State if state is not State.NO_BASIS]
_PERCENT = 100
_FEW = 10
_WHY_NOTHING = "Does the day lie before the records begin, or is a filter too narrow?"


def _table(*columns: str, right: tuple[str, ...] = ()) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", no_wrap=column != "What")
    return table


def words(state: str) -> str:
    """Return a state as people read it."""
    return state.replace("_", " ")


def _lacking(out: Console, lacking: Mapping[str, str]) -> None:
    for duty, why in lacking.items():
        out.print(f"Not computed: {duty}: {why}", soft_wrap=True)


def summary(out: Console, found: Mapping[str, Any], as_of: date) -> None:
    """Print how many instances each duty has in each state."""
    rows = [row for row in found["duties"] if row["total"]]
    without = {
        row["duty"]: row["states"]["no_basis"] for row in found["duties"] if row["states"].get("no_basis")
    }
    total = sum(row["total"] for row in rows)
    if total:
        missed = sum(row["missed"] for row in rows)
        out.print(
            f"{counted(total, 'duty', 'duties')} of {counted(len(rows), 'kind')}, {missed:,} "
            f"missed. As of {as_of}.\n"
        )
        table = _table("Duty", *(words(state) for state in _STATES), "total", "missed", right=_numbers())
        for row in rows:
            table.add_row(row["duty"], *_counts(row["states"]), f"{row['total']:,}", f"{row['missed']:,}")
        table.add_section()
        table.add_row("All", *_counts(found["states"]), f"{total:,}", f"{missed:,}")
        out.print(table)
    else:
        out.print(f"Nothing is owed here. As of {as_of}. {_WHY_NOTHING}")
    if without:
        out.print("\nNo rule in force (not counted above, neither done nor overdue):")
        for duty, number in without.items():
            out.print(f"  {duty}: {number:,}", soft_wrap=True)
    _lacking(out, found["not_computed"])


def _numbers() -> tuple[str, ...]:
    return (*(words(state) for state in _STATES), "total", "missed")


def _counts(states: Mapping[str, int]) -> list[str]:
    return [f"{states.get(state, 0):,}" if states.get(state) else "" for state in _STATES]


def listing(out: Console, found: Mapping[str, Any], as_of: date) -> None:
    """Print instances by due date and duty."""
    rows = found["instances"]
    if not rows:
        out.print(f"Nothing is owed under these filters. As of {as_of}.")
    else:
        table = _table("Due", "Duty", "Subject", "Case", "Office", "Officer", "State", "Why")
        for row in rows:
            table.add_row(*_instance(row), row["reason"])
        out.print(table)
    if found["after"]:
        out.print(f"\nThere are more: --after '{found['after']}'", soft_wrap=True)
    _lacking(out, found["not_computed"])


def _instance(row: Mapping[str, Any]) -> list[str]:
    due = row["due_at"] or row["due_on"] or "no rule"
    subject = f"{row['subject']}#{row['sequence']}"
    cells = (
        due,
        row["duty"],
        subject,
        row["case_no"],
        row["office_id"],
        row["officer_no"],
        words(row["state"]),
    )
    return ["" if cell is None else str(cell) for cell in cells]


def changes(out: Console, found: Mapping[str, Any], lacking: Mapping[str, str]) -> None:
    """Print what changed between two days."""
    rows = found["counts"]
    out.print(f"From {found['from']} to {found['to']}:")
    if not rows:
        out.print("Nothing changed.")
    else:
        table = _table("Duty", "Change", "Was", "Is", "Instances", right=("Instances",))
        for row in rows:
            was = words(row["was"]) if row["was"] else "not there yet"
            table.add_row(row["duty"], row["change"], was, words(row["state"]), f"{row['instances']:,}")
        out.print(table)
    for row in found["instances"]:
        was = words(row["was"]) if row["was"] else "not there yet"
        line = f"{row['due_on'] or 'no rule'}  {row['duty']} {row['subject']}#{row['sequence']}"
        out.print(f"{line}: {was} -> {words(row['state'])}", soft_wrap=True)
    _lacking(out, lacking)


def statistics(out: Console, found: Mapping[str, Any], as_of: date) -> None:
    """Print timeliness, currency and backlog of each duty."""
    rows = [row for row in found["duties"] if row["timeliness"]["denominator"] or row["backlog"]["open"]]
    out.print(f"Due from {found['from']} to {found['to']}; standing as of {as_of}. Intervals are 95 %.\n")
    if not rows:
        out.print("Nothing fell due in the period, and nothing is open.")
    else:
        table = _table("Duty", "Timeliness", "Currency", "Backlog")
        for row in rows:
            table.add_row(
                row["duty"], _share(row["timeliness"]), _share(row["currency"]), _backlog(row["backlog"])
            )
        out.print(table)
        out.print("\nTimeliness: done by due date and grace, of those that fell due in the period.")
        out.print("Currency: subjects with nothing overdue, of subjects that owe.")
        out.print("Backlog: overdue, of those open, with their age after the last day.")
    _lacking(out, found["not_computed"])


def _share(found: Mapping[str, Any]) -> str:
    if found["share"] is None:
        return "nothing owed"
    low, high, share = (found[name] * _PERCENT for name in ("low", "high", "share"))
    few = " (few)" if found["denominator"] < _FEW else ""
    return f"{share:.1f} % ({found['numerator']:,}/{found['denominator']:,}; {low:.1f} to {high:.1f}){few}"


def _backlog(found: Mapping[str, Any]) -> str:
    if not found["overdue"]:
        return f"0 of {found['open']:,}"
    days = f"mean {found['mean_days']:,.0f} days, oldest {found['oldest_days']:,}"
    return f"{found['overdue']:,} of {found['open']:,}; {days}"


def written(out: Console, found: Mapping[str, Any]) -> None:
    """Print where the instances went."""
    out.print(f"{counted(found['instances'], 'instance')} in {found['written']}", soft_wrap=True)
    _lacking(out, found["not_computed"])


def statements(out: Console, found: Mapping[str, str]) -> None:
    """Print the statement of each duty."""
    for duty, statement in found.items():
        out.print(f"-- {duty}\n{statement};\n", soft_wrap=True)


def explanation(out: Console, found: "Explanation") -> None:
    """Print why an instance stands as it does."""
    instance, clause = found.instance, found.clause
    out.print(f"{clause.title} ({clause.duty}, {clause.section})", soft_wrap=True)
    out.print(f"{instance['subject_table']} {instance['subject']}, number {instance['sequence']}")
    reason = f" ({words(instance['reason'])})" if instance["reason"] else ""
    out.print(f"State: {words(instance['state'])}{reason}")
    out.print(
        f"Owed by office {instance['office_id'] or 'unknown'}, officer {instance['officer_no'] or 'nobody'}"
    )
    if found.version is None:
        out.print("Rule: none in force")
    else:
        basis = found.version.basis
        said = basis.citation or "no citation"
        made_up = "; this parameter is made up, no public text gives it" if basis.is_made_up else ""
        out.print(f"Rule: {rule_name(found.version)} ({said}{made_up})", soft_wrap=True)
    out.print("\nStep by step:")
    for step in found.steps:
        out.print(f"  {step.what}{'' if step.result is None else f': {step.result}'}", soft_wrap=True)
    out.print("\nRows used:")
    for row in found.rows:
        cells = ", ".join(f"{name} {'empty' if cell is None else cell}" for name, cell in row.columns.items())
        out.print(f"  {row.table} {row.key}: {cells}", soft_wrap=True)
