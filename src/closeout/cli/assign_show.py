"""How people see the answers of `closeout assign`."""

import csv
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from closeout.assignment.telling import count, percent
from closeout.cli.set_aside import show_set_aside

_SHOWN = 50
_COLUMNS = ("case_no", "from_officer", "to_officer", "minutes_a_month", "reason", "sentence")


def show(out: Console, plain: dict[str, Any]) -> None:
    """Print a proposal or the answers for waiting cases."""
    if "standings" in plain:
        _proposal(out, plain)
    else:
        _waiting(out, plain)
    for note in plain["notes"]:
        out.print(f"\nNote: {note}", soft_wrap=True)
    show_set_aside(out, plain["set_aside"])


def write_csv(path: Path, plain: dict[str, Any]) -> None:
    """Write the moves, one row each; no cell can act as a formula.

    Raises:
        OSError: The file cannot be written.

    """
    rows = plain["moves"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows({name: _harmless(row[name]) for name in _COLUMNS} for row in rows)


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@"} else value


def _proposal(out: Console, plain: dict[str, Any]) -> None:
    out.print(plain["sentence"], soft_wrap=True)
    for part in plain["unmet"]:
        out.print(f"Not met: {part['sentence']}{_named(part)}", soft_wrap=True)
    if plain["moves"]:
        out.print()
        for move in plain["moves"][:_SHOWN]:
            out.print(move["sentence"], soft_wrap=True)
        if (rest := len(plain["moves"]) - _SHOWN) > 0:
            out.print(f"… and {rest:,} more; --out writes them all.")
    out.print()
    table = _table("Officer", "Office", "hours", "cases before", "after", "load before", "after", "fair")
    for row in plain["standings"]:
        table.add_row(
            row["officer_no"],
            row["office_id"],
            f"{row['hours']:.1f}",
            f"{row['cases_before']:,}",
            f"{row['cases_after']:,}",
            _share(row["before"], row["cases_before"]),
            _share(row["after"], row["cases_after"]),
            percent(row["fair"]),
        )
    out.print(table)


def _named(part: dict[str, Any]) -> str:
    """Return the first cases of what is not met, and how many more there are; empty where it is no case."""
    first = part["case_nos"]
    rest = part["cases"] - len(first)
    more = f" and {rest:,} more" if rest else ""
    return f" {'Case' if part['cases'] == 1 else 'Cases'} {', '.join(first)}{more}." if first else ""


def _waiting(out: Console, plain: dict[str, Any]) -> None:
    held = plain["held"]
    counts = plain["counts"]
    if not counts["waiting"] and not counts["undistributable"]:
        out.print("No case waits for an officer.")
    elif counts["waiting"]:
        out.print(
            f"{counts['assigned']:,} of {counts['waiting']:,} waiting cases have an officer to go to; "
            f"{counts['held']:,} are held, {counts['escalated']:,} of all to be escalated."
        )
    if stuck := counts["undistributable"]:
        why = "waiting would change nothing, so not counted as waiting and to be escalated"
        out.print(f"{count(stuck, 'case', 'cases')} that nobody may have: {why}.")
    for move in plain["moves"]:
        out.print(move["sentence"], soft_wrap=True)
    if held:
        out.print("\nUnassigned:")
    for row in held:
        mark = " To be escalated." if row["is_escalated"] else ""
        out.print(row["sentence"] + mark, soft_wrap=True)


def _share(value: float | None, cases: int) -> str:
    if value is None:
        return "no hours" if cases else "–"
    return percent(value)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in {"Officer", "Office"} else "right", no_wrap=True)
    return table
