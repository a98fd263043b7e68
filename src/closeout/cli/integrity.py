"""`closeout integrity`: what must not be so in an agency's records, and is."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.duties.integrity import RULES, missing_tables, run_integrity
from closeout.duties.run import open_tables
from closeout.engines import EngineError, connect
from closeout.reading.countwords import counted
from closeout.records.snapshot import SnapshotError, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from closeout.duties.integrity import Rule
    from closeout.engines import Engine

VERB = "integrity"
ORDER = ("since_on", "subject_table", "subject")


def integrity(
    folder: Annotated[Path, typer.Argument(help="A snapshot's folder.")],
    rule: Annotated[list[str] | None, typer.Option(help="Only this rule; may be given again.")] = None,
    office: Annotated[str | None, typer.Option(help="Only what this office can put right.")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            help="The day to judge on.",
            show_default="the snapshot's own day",
        ),
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Where to compute: duckdb:// or spark://host:port.")
    ] = "duckdb://",
    is_list: Annotated[
        bool, typer.Option("--list/--summary", help="Each finding, or how many there are of each rule.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="With --list: findings shown of each rule.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Look for what must not be so in a snapshot, such as open cases that nobody leads.

    Findings name rows, never people, and stand in the order of the day since which they are wrong. The
    exit code is 0 when nothing was found, 1 when something was, 2 when the command was used wrongly.
    """
    names = _known(rule)
    try:
        snapshot = open_snapshot(folder)
        with closing(connect(engine)) as opened:
            tables = open_tables(opened, snapshot)
            _check_office(opened, tables, office)
            day = as_of.date() if as_of else snapshot.as_of
            found = [
                _looked_at(opened, one, rows, limit if is_list else 0)
                for one, rows in _runs(tables, day, names, office)
            ]
    except SnapshotError as error:
        raise refusal(VERB, str(error)) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error
    lacking = {name: missing for name in names if (missing := missing_tables(RULES[name], tables))}
    if as_json:
        print_json({"as_of": day, "rules": found, "not_looked_at": lacking})
    else:
        _print(console(), found, lacking, day, is_list=is_list)
    raise typer.Exit(FAILED if any(one["found"] for one in found) else 0)


def _known(rules: list[str] | None) -> list[str]:
    unknown = sorted(set(rules or ()) - set(RULES))
    if unknown:
        raise refusal(VERB, f"there is no rule {unknown[0]}; there are {', '.join(sorted(RULES))}")
    return [name for name in RULES if not rules or name in rules]


def _check_office(engine: "Engine", tables: "Mapping[str, ir.Table]", office: str | None) -> None:
    if office is None or "offices" not in tables:
        return
    offices = engine.to_arrow(tables["offices"].select("office_id")).column(0).to_pylist()
    if office not in offices:
        raise refusal(VERB, f"there is no office {office}; there are {', '.join(sorted(offices))}")


def _runs(
    tables: "Mapping[str, ir.Table]", day: date, names: list[str], office: str | None
) -> Iterator[tuple["Rule", "ir.Table"]]:
    errors = Console(stderr=True)
    runs = run_integrity(tables, day, rules=names)
    shown = track(
        runs, "Looking", total=len(names), console=errors, transient=True, disable=not errors.is_terminal
    )
    for one, rows in shown:
        yield one, rows.filter(rows.office_id == office) if office else rows


def _looked_at(engine: "Engine", rule: "Rule", rows: "ir.Table", limit: int) -> dict[str, Any]:
    """Return what was found of one rule: how many, since when, and the first rows if any are wanted."""
    totals = engine.to_arrow(rows.agg(found=rows.count(), oldest=rows.since_on.min())).to_pylist()[0]
    said = {
        "rule": rule.name,
        "title": rule.title,
        "section": rule.section,
        "why": rule.why,
        "action": rule.action,
        **totals,
    }
    if limit:
        wanted = engine.to_arrow(rows.order_by(*ORDER).limit(limit)) if totals["found"] else None
        said["findings"] = wanted.drop_columns(["rule"]).to_pylist() if wanted else []
    return said


def _print(
    out: Console,
    found: list[dict[str, Any]],
    lacking: dict[str, tuple[str, ...]],
    day: date,
    *,
    is_list: bool,
) -> None:
    broken = [one for one in found if one["found"]]
    total = sum(one["found"] for one in broken)
    if broken:
        out.print(
            f"{counted(total, 'finding')} of {len(broken)} of {counted(len(found), 'rule')}. As of {day}."
        )
    else:
        out.print(f"Nothing found by {counted(len(found), 'rule')}. As of {day}.")
    if is_list:
        for one in broken:
            _print_rule(out, one)
    elif broken:
        out.print()
        out.print(_summary(broken))
    for name, missing in lacking.items():
        out.print(f"Not looked at: {name} ({', '.join(missing)} missing)", soft_wrap=True)


def _summary(broken: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("Rule", no_wrap=True)
    table.add_column("Found", justify="right")
    table.add_column("Oldest since", no_wrap=True)
    table.add_column("What is wrong")
    for one in broken:
        table.add_row(one["rule"], f"{one['found']:,}", str(one["oldest"] or ""), one["title"])
    return table


def _print_rule(out: Console, one: dict[str, Any]) -> None:
    out.print(f"\n{one['title']} ({one['rule']}): {one['found']:,}", soft_wrap=True)
    out.print(f"{one['why']} {one['action']}", soft_wrap=True)
    table = Table(box=None, pad_edge=False)
    for heading in ("Since", "Office", "Case", "Table", "Key"):
        table.add_column(heading, no_wrap=True)
    for row in one["findings"]:
        cells = (row[name] for name in ("since_on", "office_id", "case_no", "subject_table", "subject"))
        table.add_row(*("" if cell is None else str(cell) for cell in cells))
    out.print(table)
    if (more := one["found"] - len(one["findings"])) > 0:
        out.print(f"... and {more:,} more (--limit)")
