"""Who leads a case, and where officers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import FOREVER, Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir

FEW = 20
"""Juvenile cases below which one officer may well hold them all."""


def leads_today(r: Records) -> ir.Table:
    """Return the lead assignments that hold on the as-of date."""
    rows = r["assignments"]
    return rows.filter(
        rows.role == "lead", rows.from_on <= r.as_of, rows.to_on.isnull() | (rows.to_on > r.as_of)
    )


@rule(
    "A1",
    "cases assignments",
    why="What is due on the case falls to nobody.",
    action="Give the case a lead.",
)
def open_case_without_lead(r: Records) -> ir.Table:
    """An open case that nobody leads."""
    cases = r.open_cases().anti_join(leads_today(r), "case_no")
    ended = r["assignments"].filter(r["assignments"].role == "lead", r["assignments"].to_on <= r.as_of)
    last = ended.group_by("case_no").agg(last_to=ended.to_on.max())
    rows = cases.left_join(last, "case_no")
    since = ibis.coalesce(rows.last_to, rows.reopened_on, rows.opened_on)
    return found(rows, table="cases", key="case_no", case="case_no", since=since)


@rule(
    "A1",
    "cases assignments officers",
    why="The case looks assigned, and nobody works on it.",
    action="Give the case to an officer who serves.",
)
def lead_not_serving(r: Records) -> ir.Table:
    """An open case whose lead has left, has not begun, or has no hours."""
    officers = r["officers"]
    away = officers.filter(
        (officers.active_to < r.as_of) | (officers.active_from > r.as_of) | (officers.contracted_hours <= 0)
    ).select("officer_no", "active_to")
    leads = leads_today(r).select("case_no", "officer_no", "from_on").join(away, "officer_no")
    rows = r.open_cases().drop("officer_no").join(leads, "case_no")
    since = ibis.coalesce(rows.active_to + ibis.interval(days=1), rows.from_on)
    return found(rows, table="cases", key="case_no", case="case_no", since=since)


@rule(
    "A1",
    "cases assignments",
    why="Two people each think the other does it.",
    action="End one of the two assignments.",
)
def two_leads(r: Records) -> ir.Table:
    """A case led by two officers on the same day."""
    leads = r["assignments"].filter(r["assignments"].role == "lead")
    before = ibis.window(
        group_by=leads.case_no, order_by=[leads.from_on, leads.assignment_id], preceding=(None, 1)
    )
    rows = leads.mutate(held_to=leads.to_on.fill_null(FOREVER).max().over(before))
    rows = rows.filter(rows.from_on < rows.held_to, (rows.to_on > rows.from_on) | rows.to_on.isnull())
    rows = r.holding_office(rows)
    return found(rows, table="assignments", key="assignment_id", case="case_no", since=rows.from_on)


@rule(
    "A1",
    "cases assignments",
    why="The worklist and the case page name different people.",
    action="Set the case's officer to whoever leads it.",
)
def lead_disagrees(r: Records) -> ir.Table:
    """A case that names another officer than the one who leads it."""
    leads = leads_today(r).select("case_no", "from_on", lead="officer_no")
    rows = r.open_cases().join(leads, "case_no")
    rows = rows.filter(rows.officer_no.isnull() | (rows.officer_no != rows.lead))
    return found(rows, table="cases", key="case_no", case="case_no", since=rows.from_on)


@rule(
    "A16",
    "cases assignments",
    why="One absence stops every duty owed to the children of the office.",
    action="Give a second officer part of the docket.",
)
def juvenile_docket_on_one_officer(r: Records) -> ir.Table:
    """An office whose whole juvenile docket is led by one officer."""
    cases = r.open_cases().filter(ibis._.docket == "juvenile")
    rows = cases.select("case_no", "office_id").join(
        leads_today(r).select("case_no", "from_on", lead="officer_no"), "case_no"
    )
    offices = rows.group_by("office_id").agg(
        cases=rows.count(), leads=rows.lead.nunique(), first_on=rows.from_on.min()
    )
    offices = offices.filter(offices.leads == 1, offices.cases >= FEW)
    return found(offices, table="offices", key="office_id", since=offices.first_on)


@rule(
    "E",
    "positions",
    why="The officer is counted in both offices, and the hours are not there.",
    action="Say which of the two posts the officer holds.",
)
def officer_in_two_offices(r: Records) -> ir.Table:
    """A post held by an officer who holds one in another office too."""
    posts = r["positions"].filter(ibis._.officer_no.notnull())
    posts = posts.filter(posts.abolished_on.isnull() | (posts.abolished_on > r.as_of))
    span = posts.group_by("officer_no").agg(low=posts.office_id.min(), high=posts.office_id.max())
    rows = posts.join(span.filter(span.low != span.high), "officer_no")
    return found(rows, table="positions", key="position_no", since=rows.authorized_on)


@rule(
    "E",
    "positions officers",
    why="A vacancy is hidden, and the office looks better staffed than it is.",
    action="Mark the post vacant from the day after the officer left.",
)
def post_held_by_leaver(r: Records) -> ir.Table:
    """A post that still names an officer who has left."""
    left = r["officers"].filter(r["officers"].active_to < r.as_of).select("officer_no", "active_to")
    posts = r["positions"]
    rows = posts.filter(posts.abolished_on.isnull() | (posts.abolished_on > r.as_of)).join(left, "officer_no")
    return found(rows, table="positions", key="position_no", since=rows.active_to + ibis.interval(days=1))


@rule(
    "E",
    "details",
    why="The officer cannot be in both places, and one office plans with hours it does not get.",
    action="End the first detail before the second begins.",
)
def details_overlap(r: Records) -> ir.Table:
    """A detail that begins before the officer's earlier one ends."""
    rows = r["details"]
    before = ibis.window(
        group_by=rows.officer_no, order_by=[rows.from_on, rows.detail_id], preceding=(None, 1)
    )
    rows = rows.mutate(held_to=rows.to_on.max().over(before))
    rows = rows.filter(rows.from_on <= rows.held_to)
    return found(rows, table="details", key="detail_id", office="from_office_id", since=rows.from_on)
