"""`closeout promises`: were the promised dates kept?"""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from closeout.cli import narrowing
from closeout.cli.store import AsJson, AsOf, StoreUrl, console, opened, print_json, refusal

if TYPE_CHECKING:
    from closeout.followup.tables import Cell
    from closeout.followup.tables import Table as PlainTable

VERB = "promises"
OUTCOMES = {
    "open": "Not due yet",
    "kept": "Kept",
    "missed": "Missed",
    "moved": "Moved",
    "unknown": "Not known whether kept",
}


def promises(
    words: narrowing.Words = None,
    report: narrowing.ReportOption = "",
    agency: narrowing.AgencyOption = "",
    status: narrowing.StatusOption = "",
    outcome: Annotated[str, typer.Option(help=f"Only these: {', '.join(OUTCOMES)}.")] = "",
    as_of: AsOf = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """List every date promised, by whom and when, and what became of it by the as-of day."""
    day = opened(store, as_of)
    if outcome and outcome not in OUTCOMES:
        raise refusal(VERB, f"there is no outcome {outcome!r}; there are {', '.join(OUTCOMES)}")
    from closeout.web.recommendations.export import plain_table  # noqa: PLC0415 - needs Django set up
    from closeout.web.recommendations.export.tables import promise_table  # noqa: PLC0415

    filters = narrowing.narrowed(VERB, words=words, report=report, agency=agency, status=status)
    table = promise_table(filters, as_of=day)
    rows = [row for row in table.records() if not outcome or row["outcome"] == OUTCOMES[outcome]]
    if as_json:
        names = {name for row in rows for name in row}
        plain = plain_table(table)
        print_json({**plain, "rows": rows, "columns": [c for c in plain["columns"] if c["name"] in names]})
        return
    out = console()
    out.print(_first_line(table))
    if rows:
        out.print()
        out.print(_shown(rows))


def _first_line(table: "PlainTable") -> str:
    made = len(table.rows)
    tally = [f"{table.column('outcome').count(words):,} {words.lower()}" for words in OUTCOMES.values()]
    missed = table.figures[0].numerator
    promised = f"{made:,} promised date{'' if made == 1 else 's'}"
    return f"{promised}, {missed:,} missed and not replaced ({', '.join(tally)}). As of {table.as_of}."


def _shown(rows: "list[dict[str, Cell]]") -> Table:
    table = Table(box=None, pad_edge=False)
    columns = {
        "report": "Report",
        "number": "No.",
        "due": "Promised for",
        "kind": "What",
        "said_on": "Said on",
        "outcome": "Outcome",
        "slip_days": "Slip (days)",
        "moved_to": "Moved to",
        "places": "Where",
    }
    for name, title in columns.items():
        table.add_column(title, justify="right" if name == "slip_days" else "left")
    for row in rows:
        table.add_row(*("" if row[name] is None else str(row[name]) for name in columns))
    return table
