"""Dockets, offices, holds and the counts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import FOREVER, Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir

LIMBO_DAYS = 30


def memberships_today(r: Records) -> ir.Table:
    """Return the docket memberships that hold on the as-of date."""
    rows = r["docket_memberships"]
    return rows.filter(rows.from_on <= r.as_of, rows.to_on.isnull() | (rows.to_on > r.as_of))


@rule(
    "A2",
    "cases docket_memberships",
    why="The case is in no docket's count and falls out of every docket's duties.",
    action="Enter the docket the case is on.",
)
def docket_membership_missing(r: Records) -> ir.Table:
    """An open case that is on no docket."""
    rows = r.open_cases().anti_join(memberships_today(r), "case_no")
    ended = r["docket_memberships"].filter(r["docket_memberships"].to_on <= r.as_of)
    last = ended.group_by("case_no").agg(last_to=ended.to_on.max())
    rows = rows.left_join(last, "case_no")
    since = ibis.coalesce(rows.last_to, rows.reopened_on, rows.opened_on)
    return found(rows, table="cases", key="case_no", case="case_no", since=since)


@rule(
    "A2",
    "cases docket_memberships",
    why="The case is counted twice and the dockets' sums do not reconcile.",
    action="End the earlier membership on the day the later one begins.",
)
def docket_memberships_overlap(r: Records) -> ir.Table:
    """A case on two dockets on the same day."""
    rows = r["docket_memberships"]
    before = ibis.window(
        group_by=rows.case_no, order_by=[rows.from_on, rows.membership_id], preceding=(None, 1)
    )
    rows = rows.mutate(held_to=rows.to_on.fill_null(FOREVER).max().over(before))
    rows = rows.filter(rows.from_on < rows.held_to, (rows.to_on > rows.from_on) | rows.to_on.isnull())
    rows = r.holding_office(rows)
    return found(rows, table="docket_memberships", key="membership_id", case="case_no", since=rows.from_on)


@rule(
    "A2",
    "cases docket_memberships",
    why="Duties follow the docket: the wrong ones are asked for.",
    action="Set the case's docket to the one it is on, or enter the move.",
)
def docket_disagrees(r: Records) -> ir.Table:
    """An open case whose docket or custody is not that of its membership."""
    now = memberships_today(r).select("case_no", "from_on", on="docket", held="is_detained")
    rows = r.open_cases().join(now, "case_no")
    rows = rows.filter((rows.docket != rows.on) | (rows.is_detained != rows.held))
    return found(rows, table="cases", key="case_no", case="case_no", since=rows.from_on)


@rule(
    "A2",
    "cases",
    why="Custody starts safeguards and clocks that this case then does not get, or gets for nothing.",
    action="Put right the docket or the custody.",
)
def custody_disagrees_with_docket(r: Records) -> ir.Table:
    """An open case in custody on a non-detained docket, or out of custody on the detained one."""
    rows = r.open_cases()
    outside = rows.docket.isin(["non_detained_pre_order", "non_detained_post_order"])
    rows = rows.filter((rows.is_detained & outside) | (~rows.is_detained & (rows.docket == "detained")))
    return found(rows, table="cases", key="case_no", case="case_no", since=rows.detained_on)


@rule(
    "A1",
    "cases offices",
    why="The office that owes what is due on the case no longer exists.",
    action="Transfer the case to the office that took over.",
)
def case_in_closed_office(r: Records) -> ir.Table:
    """An open case held by an office that has closed."""
    closed = r["offices"].filter(r["offices"].closed_on <= r.as_of).select("office_id", shut_on="closed_on")
    rows = r.open_cases().join(closed, "office_id")
    return found(rows, table="cases", key="case_no", case="case_no", since=rows.shut_on)


@rule(
    "A2",
    "docket_counts",
    why="Cases came or went that nobody counted.",
    action="Find the cases that make the difference.",
)
def docket_counts_do_not_balance(r: Records) -> ir.Table:
    """A month of a docket where opening, in, out and closing do not add up."""
    rows = r["docket_counts"]
    rows = rows.filter(rows.opening + rows.came_in - rows.went_out != rows.closing)
    return found(rows, table="docket_counts", key="count_id", since=rows.period_from)


@rule(
    "A6",
    "transfers",
    why="The sender thinks the case gone and the receiver does not have it.",
    action="Have the receiver accept or reject it.",
)
def transfer_in_limbo(r: Records) -> ir.Table:
    """A transfer that nobody has accepted or rejected in 30 days."""
    rows = r["transfers"]
    rows = rows.filter(rows.state == "requested", rows.requested_on < r.ago(LIMBO_DAYS))
    since = rows.requested_on + ibis.interval(days=LIMBO_DAYS)
    return found(
        rows, table="transfers", key="transfer_id", case="case_no", office="to_office_id", since=since
    )


@rule(
    "A9",
    "cases holds",
    why="A clock stands still for a reason that nobody has looked at again.",
    action="Review the hold: end it or set the next review.",
)
def hold_past_review(r: Records) -> ir.Table:
    """A hold that goes on past the day it was to be reviewed."""
    rows = r["holds"]
    rows = rows.filter(rows.review_on < r.as_of, rows.to_on.isnull() | (rows.to_on > r.as_of))
    rows = r.holding_office(rows)
    since = rows.review_on + ibis.interval(days=1)
    return found(rows, table="holds", key="hold_id", case="case_no", since=since)


@rule(
    "A9",
    "cases holds",
    why="A closed case has no clock to stop; a reopened one would start with it stopped.",
    action="End the hold on the day the case closed.",
)
def hold_on_closed_case(r: Records) -> ir.Table:
    """A hold that goes on after its case was closed."""
    closed = r["cases"].filter(ibis._.state == "closed").select("case_no", "closed_on", "office_id")
    rows = r["holds"].join(closed, "case_no")
    rows = rows.filter(rows.to_on.isnull() | (rows.to_on > rows.closed_on))
    return found(rows, table="holds", key="hold_id", case="case_no", since=rows.closed_on)
