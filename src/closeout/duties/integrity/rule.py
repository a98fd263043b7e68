"""A rule of the integrity checks: what is wrong with the records, why it matters, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from closeout.duties.joins import joined, projected, sides, where

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import ibis.expr.types as ir

FINDING = pa.schema(
    [
        pa.field("rule", pa.string(), nullable=False),
        pa.field("subject_table", pa.string(), nullable=False),
        # The key of the row that is wrong, as text.
        pa.field("subject", pa.string(), nullable=False),
        pa.field("case_no", pa.string()),
        # The office that can put it right; empty where no single office can.
        pa.field("office_id", pa.string()),
        # Since when it is wrong, as far as the records say.
        pa.field("since_on", pa.date32()),
    ]
)
FOREVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Records:
    """An agency's tables as they stand, and the day they are judged on."""

    tables: Mapping[str, ir.Table]
    as_of: date

    def __getitem__(self, name: str) -> ir.Table:
        """Return a table by name."""
        return self.tables[name]

    def ago(self, days: int) -> date:
        """Return the day so many days before the as-of date."""
        return self.as_of - timedelta(days=days)

    def open_cases(self) -> ir.Table:
        """Return the cases an office works on: taken in and not closed."""
        cases = self["cases"]
        return where(cases, cases.state.isin(["open", "transfer_pending", "closure_proposed"]))

    def holding_office(self, rows: ir.Table) -> ir.Table:
        """Return rows of a case with the office that holds the case as `office_id`."""
        one, its = sides(rows, self["cases"])
        columns = one.columns(but=["office_id"]) | {"office_id": its["office_id"]}
        return joined("left", one, its, [one["case_no"] == its["case_no"]], columns)

    def owing_office(self, rows: ir.Table, through: ir.Table, key: str) -> ir.Table:
        """Return rows with their office: their own where they name one, else that of what they belong to.

        Args:
            rows: The rows.
            through: What they belong to: a table with `key` and `office_id`.
            key: The column of both that says which.

        """
        one, its = sides(rows, through)
        office = its["office_id"]
        if "office_id" in one.names:
            office = ibis.coalesce(one["office_id"], office)
        columns = one.columns(but=["office_id"]) | {"office_id": office}
        return joined("left", one, its, [one[key] == its[key]], columns)

    def in_force(self, rows: ir.Table, starts: str, ends: str) -> ir.BooleanValue:
        """Return the condition that the as-of date lies in a range of days, both days included."""
        return (rows[starts] <= self.as_of) & (rows[ends].isnull() | (rows[ends] >= self.as_of))


def found(
    rows: ir.Table,
    *,
    table: str,
    key: str,
    since: ir.DateValue | None,
    case: str = "",
    office: str = "office_id",
) -> ir.Table:
    """Return rows as findings.

    Args:
        rows: The rows that are wrong.
        table: The table whose row is named.
        key: The column with that row's key.
        since: Since when it is wrong; None where the records do not say.
        case: The column with the case; empty where it is not about one.
        office: The column with the office; empty where no single office can put it right.

    """
    nothing = ibis.null("string")
    return rows.select(
        subject_table=ibis.literal(table),
        subject=rows[key].cast("string"),
        case_no=rows[case] if case else nothing,
        office_id=rows[office] if office else nothing,
        since_on=ibis.null("date") if since is None else since,
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must not be so."""

    name: str
    title: str
    section: str
    """The item of the systems list it guards."""
    reads: tuple[str, ...]
    """The tables it looks at."""
    why: str
    action: str
    """What to do about a finding."""
    find: Callable[[Records], ir.Table]

    def findings(self, records: Records) -> ir.Table:
        """Return the rule's findings with the columns of FINDING: one a row that is wrong, in no order."""
        rows = self.find(records)
        once = rows.group_by("subject_table", "subject").agg(
            case_no=rows.case_no.max(), office_id=rows.office_id.max(), since_on=rows.since_on.min()
        )
        columns = {name: once[name] for name in FINDING.names[1:]}
        return projected(once, {"rule": ibis.literal(self.name)} | columns)


def rule(
    section: str, reads: str, *, why: str, action: str
) -> Callable[[Callable[[Records], ir.Table]], Rule]:
    """Make a function a rule: its name is the rule's, the first line of its docstring the title."""

    def made(find: Callable[[Records], ir.Table]) -> Rule:
        title = (find.__doc__ or "").strip().partition("\n")[0].rstrip(".")
        name = find.__name__.replace("_", "-")
        return Rule(name, title, section, tuple(reads.split()), why, action, find)

    return made
