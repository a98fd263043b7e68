"""`closeout list`: which recommendations are open, and which need somebody now."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from closeout.cli import narrowing
from closeout.cli.store import AsJson, AsOf, StoreUrl, console, opened, print_json, refusal
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from closeout.web.recommendations.queries.listing import Counts, Listing, Row

VERB = "list"
_LONGEST_NAME = 56
ORDERS = ("report", "promise", "status", "progress", "owner")


def list_(  # noqa: PLR0913, PLR0917 - the options of a command
    words: narrowing.Words = None,
    report: narrowing.ReportOption = "",
    agency: narrowing.AgencyOption = "",
    status: narrowing.StatusOption = "",
    progress: narrowing.ProgressOption = "",
    group: narrowing.GroupOption = "",
    overdue: narrowing.Overdue = False,
    incomplete: narrowing.Incomplete = False,
    priority: narrowing.Priority = False,
    order: Annotated[str, typer.Option(help=f"Order: {', '.join(ORDERS)}.")] = "report",
    descending: Annotated[bool, typer.Option("--desc", help="Turn the order round.")] = False,
    page: Annotated[int, typer.Option(min=1, help="Page.")] = 1,
    size: Annotated[int, typer.Option(min=1, max=200, help="Rows a page.")] = 50,
    as_of: AsOf = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """List the recommendations under the filters, with the register's counts above them."""
    day = opened(store, as_of)
    if order not in ORDERS:
        raise refusal(VERB, f"there is no order {order!r}; there are {', '.join(ORDERS)}")
    from closeout.web.recommendations.queries.listing import Order, counts, listing  # noqa: PLC0415

    filters = narrowing.narrowed(
        VERB,
        words=words,
        report=report,
        agency=agency,
        status=status,
        progress=progress,
        group=group,
        overdue=overdue,
        incomplete=incomplete,
        priority=priority,
    )
    found = listing(filters, as_of=day, order=Order(order), is_descending=descending, page=page, size=size)
    counted = counts(as_of=day)
    if as_json:
        print_json(_as_json(counted, found))
        return
    out = console()
    out.print(first_line(counted))
    out.print()
    out.print(_table(found) if found.rows else _why_empty(counted))
    if found.pages > 1:
        out.print(f"\nPage {found.page} of {found.pages}; --page shows the others.")


def _as_json(counted: "Counts", found: "Listing") -> object:
    from closeout.api.schemas import CountsOut, ListingOut  # noqa: PLC0415 - needs Django set up

    counts_out = CountsOut.model_validate(counted, from_attributes=True)
    return {
        "counts": counts_out.model_dump(mode="json"),
        **ListingOut.model_validate(found, from_attributes=True).model_dump(mode="json"),
    }


def first_line(counted: "Counts") -> str:
    """Return the register's state in one sentence: how many are open, and what needs somebody."""
    parts = [
        f"{counted.open:,} open of {counted.total:,}",
        _counted(counted.missed, "promise missed", "promises missed"),
        _counted(counted.clocks, "answer owed soon under a rule", "answers owed soon under a rule"),
        _counted(
            counted.waiting,
            "closure request waiting 30 days or more",
            "closure requests waiting 30 days or more",
        ),
        _counted(counted.conflicts, "in conflict", "in conflict"),
        _counted(counted.in_review, "in review", "in review"),
        _counted(counted.incomplete_sources, "source incomplete", "sources incomplete"),
    ]
    return f"{'; '.join(part for part in parts if part)}. As of {counted.as_of}."


def _counted(count: int, one: str, many: str) -> str:
    return counted(count, one, many) if count else ""


def _why_empty(counted: "Counts") -> str:
    if counted.total == 0:
        return "The register is empty. `closeout read PATH…` fills it."
    return "Nothing is under these filters."


def _table(found: "Listing") -> Table:
    table = Table(box=None, pad_edge=False, caption=f"{len(found.rows):,} of {found.total:,}")
    table.add_column("Report, key", min_width=16, max_width=28)
    table.add_column("What is asked", min_width=24, ratio=1)
    table.add_column("Auditor says", min_width=10, max_width=24)
    table.add_column("We say", min_width=8, max_width=16)
    table.add_column("Completion promised", min_width=10, max_width=20)
    table.add_column("Owner", max_width=16)
    for row in found.rows:
        table.add_row(
            f"{_short(row.report)}\n{row.key}",
            row.asked or "(declared, text not shown)",
            _auditor(row),
            row.axes.agency,
            _promise(row),
            row.owner or "none",
        )
    return table


def _auditor(row: "Row") -> str:
    if row.axes.auditor_value or not row.axes.reads_as:
        return row.axes.auditor
    return f"{row.axes.auditor}; reads as {row.axes.reads_as.lower()}"


def _promise(row: "Row") -> str:
    if row.promise is None:
        return "no date"
    late = f", {counted(row.days_late, 'day')} late" if row.days_late else ""
    return f"{row.promise.edtf}{late}"


def _short(report: str) -> str:
    return report if len(report) <= _LONGEST_NAME else f"{report[:_LONGEST_NAME]}…"
