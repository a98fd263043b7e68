"""The three shapes, by hand."""

from closeout.duties.compile import instances
from closeout.duties.instances import INSTANCE
from tests.duties.making import at, check_in_clause, complaint_clause, contact_clause, day, listed, opened


def test_every_clause_yields_the_columns_of_an_instance():
    for clause, given in (
        (check_in_clause(), {"check_ins": []}),
        (contact_clause(), {"verifications": []}),
        (complaint_clause(), {"complaints": []}),
    ):
        with opened(**given) as (engine, tables):
            made = instances(clause, tables, as_of=day("2026-01-01"))
            found = engine.to_arrow(made).schema
        assert [(field.name, field.type) for field in found] == [
            (field.name, field.type) for field in INSTANCE
        ]


def test_each_done_event_closes_one_instance_and_opens_the_next():
    case = {"case_no": "C-000001", "office_id": "A", "officer_no": "S-1", "opened_on": day("2025-01-01")}
    verified = [
        {"case_no": "C-000001", "verified_on": day(on)} for on in ("2025-01-20", "2025-01-20", "2025-09-01")
    ]
    first, second, third = listed(contact_clause(), day("2025-12-31"), cases=[case], verifications=verified)
    # First due 30 days after 1 January: 31 January. Done on the 20th; the next is due six months later.
    assert (first["due_on"], first["done_on"], first["state"]) == (
        day("2025-01-31"),
        day("2025-01-20"),
        "done",
    )
    assert (second["due_on"], second["done_on"], second["state"]) == (
        day("2025-07-20"),
        day("2025-09-01"),
        "done_late",
    )
    assert (third["opened_on"], third["due_on"], third["state"]) == (
        day("2025-09-01"),
        day("2026-03-01"),
        "upcoming",
    )
    assert [row["sequence"] for row in (first, second, third)] == [1, 2, 3]


def test_a_row_carries_its_own_due_date():
    rows = [
        {
            "case_no": "C-000001",
            "due_on": day("2026-01-10"),
            "outcome": "attended",
            "outcome_on": day("2026-01-10"),
        },
        {"case_no": "C-000001", "due_on": day("2026-02-10")},
        {"case_no": "C-000001", "due_on": day("2026-04-10")},
    ]
    cases = [{"case_no": "C-000001", "office_id": "A", "officer_no": "S-1"}]
    found = listed(check_in_clause(), day("2026-03-01"), check_ins=rows, cases=cases)
    assert [row["state"] for row in found] == ["done", "overdue", "upcoming"]
    assert [row["is_missed"] for row in found] == [False, True, False]
    assert {(row["office_id"], row["officer_no"]) for row in found} == {("A", "S-1")}


def test_a_clock_in_hours_ends_at_an_instant():
    received = at("2026-03-02T15:00")
    rows = [
        {"received_at": received, "notified_at": at("2026-03-04T15:00")},
        {"received_at": received, "notified_at": at("2026-03-04T15:01")},
        {"received_at": received},
    ]
    found = listed(complaint_clause(), day("2026-03-04"), complaints=rows)
    assert {row["due_at"] for row in found} == {at("2026-03-04T15:00")}
    assert [row["state"] for row in found] == ["done", "done_late", "overdue"]
