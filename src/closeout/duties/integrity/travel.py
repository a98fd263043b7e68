"""Requests for travel documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir


@rule(
    "B1",
    "cases travel_document_requests",
    why="The mission's work is lost, and it will be slower the next time.",
    action="Ask for a new document, and find out why this one was not used.",
)
def travel_document_expired_unused(r: Records) -> ir.Table:
    """A document of an open case that expired unused and was not asked for again."""
    rows = r["travel_document_requests"].semi_join(r.open_cases(), "case_no")
    order = ibis.window(
        group_by=rows.case_no, order_by=[rows.drafted_on, rows.request_id], preceding=None, following=None
    )
    rows = rows.mutate(newest=rows.request_id.last().over(order))
    rows = rows.filter(
        rows.state.isin(["issued", "expired"]),
        rows.used_on.isnull(),
        rows.valid_to < r.as_of,
        rows.newest == rows.request_id,
    )
    since = rows.valid_to + ibis.interval(days=1)
    return found(rows, table="travel_document_requests", key="request_id", case="case_no", since=since)


@rule(
    "B1",
    "travel_document_requests",
    why="The mission sends it back, and weeks are lost.",
    action="Complete the package and send it again.",
)
def request_sent_incomplete(r: Records) -> ir.Table:
    """A request sent with items missing."""
    rows = r["travel_document_requests"]
    rows = rows.filter(rows.sent_on.notnull(), rows.missing_at_send > 0)
    return found(rows, table="travel_document_requests", key="request_id", case="case_no", since=rows.sent_on)


@rule(
    "B1",
    "travel_document_requests country_rules",
    why="Nobody knows whether the package was what the mission asks for.",
    action="Enter the country's rule of that day and check the package against it.",
)
def request_without_rule_in_force(r: Records) -> ir.Table:
    """A request sent under no rule of its country that was in force."""
    rules = r["country_rules"].select("rule_id", "country", "effective_from", "effective_to")
    rows = r["travel_document_requests"].filter(ibis._.sent_on.notnull())
    rows = rows.anti_join(
        rules,
        [
            rows.rule_id == rules.rule_id,
            rows.country == rules.country,
            rules.effective_from <= rows.sent_on,
            rules.effective_to.isnull() | (rules.effective_to >= rows.sent_on),
        ],
    )
    return found(rows, table="travel_document_requests", key="request_id", case="case_no", since=rows.sent_on)
