"""A made-up agency of two offices, small enough to check on paper, and the two duties asked about it."""

from contextlib import contextmanager

from closeout.duties.listing import Asked, Filters
from tests.duties.making import check_in_clause, contact_clause, day, days, months, opened, version

AS_OF = day("2026-03-01")
CLAUSES = (
    check_in_clause(versions=(version(grace=days(3), lead=days(14)),)),
    contact_clause(versions=(version(period=months(6), first=days(30)),)),
)
CASES = [
    {"case_no": "C-000001", "office_id": "A", "officer_no": "S-10", "opened_on": day("2026-01-01")},
    {"case_no": "C-000002", "office_id": "B", "officer_no": "S-20", "opened_on": day("2026-02-20")},
]
HELD = {"case_no": "C-000001", "outcome": "attended"}
CHECK_INS = [
    # In time, late, overdue since 6 February (23 days on 1 March), due, upcoming.
    {
        "case_no": "C-000001",
        "due_on": day("2026-01-10"),
        "outcome": "attended",
        "outcome_on": day("2026-01-12"),
    },
    {
        "case_no": "C-000001",
        "due_on": day("2026-01-20"),
        "outcome": "attended",
        "outcome_on": day("2026-02-10"),
    },
    {"case_no": "C-000002", "due_on": day("2026-02-03")},
    {"case_no": "C-000002", "due_on": day("2026-03-10")},
    {"case_no": "C-000002", "due_on": day("2026-05-10")},
]
VERIFICATIONS = [{"case_no": "C-000001", "verified_on": day("2026-01-25")}]


@contextmanager
def agency(as_of=AS_OF, **said):
    """Yield an engine and what is asked of the agency."""
    given = {"cases": CASES, "check_ins": CHECK_INS, "verifications": VERIFICATIONS}
    with opened(**given) as (engine, tables):
        yield engine, Asked(CLAUSES, tables, as_of, "US", Filters(**said))
