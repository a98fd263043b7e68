"""What is owed to parents before a departure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir

BY_THE_OFFICE = ("removed", "voluntary_order")
REPLACED = ("flawed", "superseded")


def flaws(decisions: ir.Table) -> dict[str, ir.BooleanValue]:
    """Return, by name, the conditions that each make a parent's recorded decision invalid.

    Args:
        decisions: Rows of `parental_decisions`, with the case's language as `case_language`.

    """
    d = decisions
    signed_by_nobody = d.signed_kind.isin(["refused", "unable"]) & d.witness_role.isnull()
    other_language = d.case_language.notnull() & (d.language != d.case_language)
    return {
        "blank": d.decision.isnull() | d.decided_on.isnull(),
        "no_information": d.information_version.isnull() | d.information_on.isnull(),
        "information_after_decision": (d.information_on > d.decided_on).fill_null(False),
        "options_not_offered": ~(d.offered_reunification & d.offered_child_remains & d.offered_consultation),
        "unsigned": d.signed_kind.isnull() | signed_by_nobody,
        "no_form": d.form_version.isnull(),
        "not_understood": d.language.isnull()
        | (other_language & ~d.interpreter_used.fill_null(False)).fill_null(False),
    }


def with_language(r: Records) -> ir.Table:
    """Return the parents' decisions with the language their case needs."""
    languages = r["cases"].select("case_no", case_language="language")
    return r["parental_decisions"].left_join(languages, "case_no").drop("case_no_right")


def valid_decisions(r: Records) -> ir.Table:
    """Return the parents' decisions that no rule of validity faults."""
    rows = with_language(r)
    rows = rows.filter(~rows.state.isin(REPLACED))
    return rows.filter([~flaw for flaw in flaws(rows).values()])


@rule(
    "F2",
    "cases parental_inquiries parental_decisions departures",
    why="A child may have been left behind without the parent having been asked.",
    action="Report the incident and record what was done for the child.",
)
def departure_without_decision(r: Records) -> ir.Table:
    """A parent's departure without a valid earlier decision or an approved exception."""
    left = r["departures"].filter(ibis._.kind.isin(BY_THE_OFFICE), ibis._.departed_on <= r.as_of)
    left = left.select("departure_id", "case_no", "departed_on")
    asked = r["parental_inquiries"].filter(ibis._.answer == "yes").select("case_no", "asked_on")
    parents = left.semi_join(asked, [left.case_no == asked.case_no, asked.asked_on <= left.departed_on])
    valid = valid_decisions(r).select("case_no", "decided_on")
    excepted = r["parental_decisions"].filter(ibis._.exception_approved_by.notnull())
    excepted = excepted.select("case_no", decided_on="exception_approved_on")
    settled = valid.union(excepted)
    rows = parents.anti_join(
        settled, [parents.case_no == settled.case_no, settled.decided_on <= parents.departed_on]
    )
    rows = r.holding_office(rows)
    return found(rows, table="departures", key="departure_id", case="case_no", since=rows.departed_on)


@rule(
    "F2",
    "cases parental_decisions",
    why="A decision that leaves out what the parent was told or offered protects nobody.",
    action="Give the information again and record the decision anew.",
)
def parental_decision_flawed(r: Records) -> ir.Table:
    """A parent's decision that stands although a rule of validity faults it."""
    rows = with_language(r)
    rows = rows.filter(rows.state != "superseded")
    rows = rows.filter(ibis.or_(*flaws(rows).values()))
    later = r["parental_decisions"].filter(ibis._.supersedes_id.notnull())
    rows = rows.anti_join(later, rows.decision_id == later.supersedes_id)
    rows = r.holding_office(rows)
    since = ibis.coalesce(rows.decided_on, rows.information_on)
    return found(rows, table="parental_decisions", key="decision_id", case="case_no", since=since)
