"""Following a register made of documents alone."""

from __future__ import annotations

from datetime import date

from closeout.followup.followed import follow
from closeout.reading.joining import join
from closeout.reading.model import AuditorStatus, Money, Position, Span
from tests.reading.factories import make_mention, make_promise, make_reading, make_record


def test_every_entry_of_a_register_is_followed_with_its_state_promises_and_money():
    record = make_record(
        number="1",
        status=AuditorStatus.RESOLVED_OPEN,
        position=Position.CONCUR,
        promises=(make_promise("2024-09-30"),),
        money=(Money("questioned", 900, Span(1, 2)), Money("savings", 100, Span(3, 4))),
    )
    page = make_reading(
        record,
        report_number="OIG-24-901",
        report_date="2024-01-31",
        reports=[make_mention(number="OIG-24-901", declared_count=2)],
    )
    first, declared = follow(join([page]), [page], as_of=date(2024, 12, 31))
    assert (first.issuer, first.issued.edtf, first.is_open) == ("dhs-oig", "2024-01-31", True)
    assert (first.target.edtf, first.ledger.overdue is not None) == ("2024-09-30", True)
    assert (first.amount("questioned"), first.amount("questioned", "savings"), first.amount()) == (
        900,
        1000,
        0,
    )
    assert (first.will_not_be_done, first.has_final_action) == (False, False)
    assert (declared.entry.is_declared_only, declared.status, declared.target, declared.is_open) == (
        True,
        None,
        None,
        False,
    )


def test_a_closing_by_the_auditor_is_final_action():
    page = make_reading(
        make_record(number="1", status=AuditorStatus.CLOSED_NOT_IMPLEMENTED), report_number="OIG-24-901"
    )
    (followed,) = follow(join([page]), [page], as_of=date(2024, 12, 31))
    assert (followed.has_final_action, followed.will_not_be_done, followed.is_open) == (True, True, False)
