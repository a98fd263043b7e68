"""The intervals of check-ins against the policy that sets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir


@rule(
    "A10",
    "cases interval_deviations",
    why="Intervals are the policy's to set; an officer alone may not change one.",
    action="Approve the deviation or go back to the policy's interval.",
)
def deviation_unapproved(r: Records) -> ir.Table:
    """A check-in interval outside the policy's that no supervisor approved."""
    rows = r["interval_deviations"]
    rows = r.holding_office(rows.filter(rows.approved_on.isnull() | rows.approved_by.isnull()))
    return found(rows, table="interval_deviations", key="deviation_id", case="case_no", since=rows.set_on)


@rule(
    "A10",
    "check_ins reporting_intervals interval_deviations",
    why="The person is called in more or less often than the policy allows, and nobody decided so.",
    action="Move the check-in into the policy's range or have the deviation approved.",
)
def interval_outside_policy(r: Records) -> ir.Table:
    """A check-in sooner or later after the one before than the policy allows, without a deviation."""
    rows = r["check_ins"].filter(ibis._.interval_id.notnull())
    order = ibis.window(group_by=rows.case_no, order_by=[rows.due_on, rows.check_in_id])
    last = {name: rows[name].lag().over(order) for name in ("due_on", "interval_id", "state")}
    rows = rows.mutate(last_on=last["due_on"], last_interval=last["interval_id"], last_state=last["state"])
    rows = rows.filter(rows.last_interval == rows.interval_id, rows.last_on < rows.due_on)
    rows = rows.filter(rows.state != "cancelled", ~rows.last_state.isin(["cancelled", "rescheduled"]))
    ranges = r["reporting_intervals"].filter(ibis._.policy_version_id.notnull())
    rows = rows.join(ranges.select("interval_id", "least_days", "most_days"), "interval_id")
    gap = rows.due_on.delta(rows.last_on, unit="day")
    rows = rows.filter((gap < rows.least_days) | (gap > rows.most_days))
    agreed = r["interval_deviations"].select("case_no", "interval_id").distinct()
    rows = rows.anti_join(agreed, ["case_no", "interval_id"])
    return found(rows, table="check_ins", key="check_in_id", case="case_no", since=rows.due_on)


@rule(
    "A10",
    "check_ins reporting_intervals policy_versions",
    why="The office asks for something that no rule in force lets it ask for.",
    action="Put the interval into a policy, or follow the one in force.",
)
def check_in_without_policy(r: Records) -> ir.Table:
    """A standing check-in without an interval, or one to come whose interval no policy in force sets."""
    rows = r["check_ins"].filter(ibis._.state.isin(["scheduled", "reminded"]))
    rows = rows.filter((rows.due_on >= r.as_of) | rows.interval_id.isnull())
    versions = r["policy_versions"]
    versions = versions.filter(
        versions.state == "published", r.in_force(versions, "effective_from", "effective_to")
    )
    based = r["reporting_intervals"].filter(ibis._.policy_version_id.notnull())
    based = based.filter(r.in_force(based, "effective_from", "effective_to"))
    based = based.semi_join(versions, "policy_version_id")
    rows = rows.anti_join(based, "interval_id")
    return found(rows, table="check_ins", key="check_in_id", case="case_no", since=rows.due_on)
