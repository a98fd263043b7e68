"""The tables that can be taken out: what stands in them, as of a day, under the filters."""

from datetime import date

import pytest

from closeout.followup.plans import Plan, PlannedStep
from closeout.followup.statuses import Progress
from closeout.reading.model import AuditorStatus, Money, Position, Span
from closeout.web.accounts.models import Role
from closeout.web.recommendations.actions import Step, add_progress, set_plan
from closeout.web.recommendations.export import TABLES, write_register, write_table
from closeout.web.recommendations.export.tables import promise_table, register_table
from closeout.web.recommendations.following import follow
from closeout.web.recommendations.models import Recommendation
from closeout.web.recommendations.queries.listing import Filters, Order
from tests.reading.factories import make_promise, make_record
from tests.web.recommendations.arrivals import reading_of, take_in

LAMPS = "The Director should trim the lamps of every lighthouse each evening."
KEYS = "The Director should count the keys of the harbor office each week."
DAY = date(2026, 4, 1)
EVERYTHING = Filters()


@pytest.fixture
def register(store):
    take_in(
        reading_of(
            make_record(
                LAMPS,
                number="1",
                agency="Harbor Office",
                status=AuditorStatus.RESOLVED_OPEN,
                status_printed="resolved and open",
                position=Position.CONCUR,
                position_printed="concurred",
                position_by="Harbor Office",
                promises=(make_promise("2026-02-28", said_on="2026-01-01"),),
                money=(Money("questioned", 1200, Span(1, 2)), Money("better-use", 30, Span(3, 4))),
            ),
            make_record(KEYS, number="2", position=Position.NON_CONCUR, position_printed="did not concur"),
            title="Lamps Go Out",
            report_number="ZIG-24-07",
            report_date="2024-12-15",
        )
    )


def cells(table, number):
    row = next(row for row in table.records() if row["number"] == number)
    return lambda *names: tuple(row[name] for name in names)


@pytest.mark.usefixtures("register")
def test_the_register_holds_all_axes_apart_and_the_documents():
    table = register_table(EVERYTHING, as_of=DAY)
    first = cells(table, "1")
    assert first("auditor_status", "auditor_printed") == ("Open, resolved", "resolved and open")
    assert first("position", "position_by", "progress", "reads_as") == (
        "Concurs",
        "Harbor Office",
        None,
        None,
    )
    assert first("promise", "promise_latest", "days_late") == ("2026-02-28", date(2026, 2, 28), 32)
    assert first("agencies", "documents", "text") == ("Harbor Office", "ZIG-24-07", LAMPS)
    assert cells(table, "2")("auditor_status", "promise", "days_late") == (None, None, None)
    assert (table.figures[0].numerator, table.figures[0].denominator) == (2, 2)


@pytest.mark.usefixtures("register")
def test_on_a_past_day_the_register_shows_what_was_known_then():
    first = cells(register_table(EVERYTHING, as_of=date(2024, 12, 1)), "1")
    assert first("auditor_status", "position", "days_late") == (None, None, None)


@pytest.mark.usefixtures("register")
def test_filters_and_order_are_those_of_the_list():
    table = register_table(Filters(words="keys"), as_of=DAY)
    assert table.column("number") == ("2",)
    turned = register_table(EVERYTHING, as_of=DAY, order=Order.REPORT, is_descending=True)
    assert turned.column("number") == ("2", "1")
    assert register_table(Filters(is_overdue=True), as_of=DAY).column("number") == ("1",)


@pytest.mark.usefixtures("register")
def test_promises_say_what_became_of_each():
    (row,) = promise_table(EVERYTHING, as_of=DAY).records()
    assert (row["due"], row["outcome"], row["slip_days"], row["promised_by"]) == (
        "2026-02-28",
        "Missed",
        32,
        "Agency",
    )
    assert row["places"] == "ZIG-24-07"


@pytest.mark.usefixtures("register")
def test_the_budget_tables_list_what_is_a_year_old_and_what_is_still_to_be_written(make_user):
    lists = {table.code: table for table in TABLES["gao-ig-act"](EVERYTHING, as_of=DAY)}
    assert lists["ig-list"].column("number") == ("1", "2")
    assert lists["gao-list"].rows == ()
    wanted = dict(
        zip(lists["status-report"].column("number"), lists["status-report"].column("to_write"), strict=True)
    )
    assert wanted == {"1": "timeline", "2": "justification"}
    assert lists["status-report"].column("answer")[0] == "was due 2026-02-28, not done"
    before = {table.code: table for table in TABLES["gao-ig-act"](EVERYTHING, as_of=date(2026, 2, 28))}
    assert before["status-report"].column("to_write")[0] is None  # its day had not passed yet

    refused = Recommendation.objects.get(number="2")
    approver = make_user(Role.APPROVER)
    add_progress(
        by=approver,
        recommendation_id=refused.pk,
        state=Progress.RISK_ACCEPTED,
        note="Keys are counted by the lock maker.",
        on=date(2026, 3, 1),
    )
    report = next(
        table for table in TABLES["gao-ig-act"](EVERYTHING, as_of=DAY) if table.code == "status-report"
    )
    assert "Keys are counted by the lock maker." in report.column("answer")


@pytest.mark.usefixtures("register")
def test_the_semiannual_tables_cover_the_last_half_year_that_ended():
    tables = {table.code: table for table in TABLES["semiannual"](EVERYTHING, as_of=date(2025, 4, 10))}
    costs = tables["questioned-costs"]
    assert costs.as_of == date(2025, 3, 31)
    issued = next(row for row in costs.records() if row["line"].startswith("B."))
    assert (issued["count"], issued["amount"]) == (1, 1200)
    assert next(row for row in tables["better-use"].records() if row["line"].startswith("B."))["amount"] == 30


@pytest.mark.usefixtures("register")
def test_a_plan_is_the_timeline_and_a_decision(make_user):
    rec = Recommendation.objects.get(number="2")
    set_plan(
        by=make_user(Role.AUDIT_LIAISON),
        recommendation_id=rec.pk,
        owner_office="Keys",
        summary="Count them.",
        steps=[Step("First count", date(2027, 1, 1))],
    )
    (told,) = follow(Recommendation.objects.filter(pk=rec.pk), as_of=date.max)
    assert told.plan == Plan("Count them.", (PlannedStep("First count", date(2027, 1, 1)),))
    assert told.decided_on is not None


@pytest.mark.usefixtures("register")
def test_what_follows_is_the_same_from_the_store_as_from_the_documents():
    first, second = follow(Recommendation.objects.order_by("sort_key"), as_of=DAY)
    assert (first.status, first.is_open, first.issuer) == (AuditorStatus.RESOLVED_OPEN, True, "dhs-oig")
    assert first.amount("questioned") == 1200
    assert first.ledger.overdue is not None
    assert first.decided_on == date(2024, 12, 15)
    assert (second.status, second.will_not_be_done, second.justification) == (None, True, "")


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_can_be_written_in_every_format(name, kind):
    assert len(write_table(name, EVERYTHING, kind=kind, as_of=DAY)) > 100


@pytest.mark.usefixtures("register")
def test_the_list_page_writes_what_it_shows():
    data = write_register(Filters(words="keys"), (Order.REPORT, True), kind="csv", as_of=DAY)
    lines = data.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert KEYS in lines[1]


def test_an_empty_register_gives_tables_without_rows(store):
    for make in TABLES.values():
        assert all(table.as_of for table in make(EVERYTHING, as_of=DAY))
    assert register_table(EVERYTHING, as_of=DAY).rows == ()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow_with_rows(store, django_assert_max_num_queries, rows):
    take_in(
        reading_of(
            *(make_record(f"{LAMPS} Lamp {number}.", number=str(number)) for number in range(1, rows + 1)),
            title="Lamps Go Out",
            report_number="ZIG-24-07",
            report_date="2024-12-15",
        )
    )
    with django_assert_max_num_queries(10):
        assert len(register_table(EVERYTHING, as_of=date.max).rows) == rows
