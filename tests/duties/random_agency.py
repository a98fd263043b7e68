"""Random agencies of a few dozen rows, and clauses of every shape over them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from closeout.duties.clauses import Clause, Cycle, DayKind, Done, Period, Shape
from tests.duties.making import check_in_clause, complaint_clause, contact_clause, days, months, text, version

FIRST = date(2023, 11, 20)
SPAN = 220
LATER = date(2024, 2, 10)
BUSINESS, WEEKDAY = DayKind.BUSINESS, DayKind.WEEKDAY

READS = {
    "due_on": lambda row: row["due_on"],
    "reminded_on": lambda row: row["reminded_on"],
    "outcome_on": lambda row: row["outcome_on"],
    "outcome = 'attended'": lambda row: row["outcome"] == "attended",
    "outcome = 'service_issue'": lambda row: row["outcome"] == "service_issue",
    "outcome = 'excused'": lambda row: row["outcome"] == "excused",
    "coalesce(reopened_on, opened_on)": lambda row: row["reopened_on"] or row["opened_on"],
    "closed_on": lambda row: row["closed_on"],
    "docket <> 'detained'": lambda row: row["docket"] != "detained",
    "kind = 'contact'": lambda row: row["kind"] == "contact",
    "result = 'could_not_verify'": lambda row: row["result"] == "could_not_verify",
    "received_at": lambda row: row["received_at"],
    "resolved_on": lambda row: row["resolved_on"],
    "office_id": lambda row: row["office_id"],
    "opened_on": lambda row: row["opened_on"],
    "ended_on": lambda row: row["ended_on"],
    "operational_on": lambda row: row["operational_on"],
    "clause = 'posters'": lambda row: row["clause"] == "posters",
    "signed_by is null": lambda row: row["signed_by"] is None,
}

OLD_AND_NEW = (
    version(date(2000, 1, 1), LATER - timedelta(days=1), period=days(60), clause="old"),
    version(LATER, period=days(20), grace=days(4), lead=days(6), takes_over_open=True, clause="new"),
)
GAP = (
    version(date(2000, 1, 1), date(2023, 12, 31), period=months(1), clause="old"),
    version(LATER, period=months(2), lead=days(10), clause="new"),
)
LATE_START = (version(LATER, period=months(1), takes_over_open=True),)
HOLDS = ("legal_stay", "appeal")
SUMMARY = {
    "duty": "summary",
    "title": "Summarize",
    "section": "C9",
    "shape": Shape.EVERY,
    "owes": "agreements",
    "starts": text("operational_on"),
    "ends": text("ended_on"),
    "done": Done("partner_summaries", "completed_on", "agreement_id", "agreement_id"),
    "office": text("office_id"),
}


OBLIGATION = Done("agreement_obligations", "done_on", "agreement_id", "agreement_id", period="due_on")


def summary_clause(cycle, **changed):
    said = {"versions": (version(period=days(20), grace=days(3), lead=days(25)),)}
    return Clause(**(SUMMARY | said | changed), cycle=cycle)


CLAUSES = {
    "on": check_in_clause(versions=(version(grace=days(3), lead=days(10)),)),
    "on-opened": check_in_clause(
        opened=text("reminded_on"),
        holds=HOLDS,
        versions=OLD_AND_NEW,
        excused=text("outcome = 'service_issue'"),
        excused_on=text("outcome_on"),
    ),
    "on-excused": check_in_clause(
        excused=text("outcome = 'excused'"),
        excused_reason="excused",
        holds=("appeal",),
        versions=(version(period=Period(days=2, counts=BUSINESS), grace=Period(days=1, counts=WEEKDAY)),),
    ),
    "on-other-table": check_in_clause(
        done=Done("verifications", "verified_on", "case_no", "case_no", where=text("kind = 'contact'")),
        versions=GAP,
        office=text("office_id"),
    ),
    "rolling": contact_clause(),
    "rolling-held": contact_clause(when=text("docket <> 'detained'"), holds=HOLDS, versions=OLD_AND_NEW),
    "rolling-excused": contact_clause(
        done=Done("verifications", "verified_on", "case_no", "case_no", where=text("kind = 'contact'")),
        excused=text("result = 'could_not_verify'"),
        versions=GAP,
        ends=None,
    ),
    "rolling-late-rule": contact_clause(versions=LATE_START, holds=("medical",)),
    "rolling-business": contact_clause(
        versions=(version(period=Period(days=10, counts=BUSINESS), lead=Period(days=3, counts=BUSINESS)),),
        holds=("appeal",),
    ),
    "within-days": complaint_clause(versions=OLD_AND_NEW, ends=text("resolved_on")),
    "within-hours": complaint_clause(
        versions=(version(period=Period(hours=48, counts=WEEKDAY), lead=days(1)),), ends=text("resolved_on")
    ),
    "within-hours-new-rule": complaint_clause(
        versions=(
            version(to=LATER - timedelta(days=1), period=Period(hours=72, counts=BUSINESS)),
            version(LATER, period=Period(hours=30), takes_over_open=True),
        )
    ),
    "within-hours-by-date": complaint_clause(
        done=Done("complaints", "inquiry_opened_on"),
        versions=(version(period=Period(hours=24, counts=BUSINESS)),),
    ),
    "within-other-table": contact_clause(
        shape=Shape.WITHIN, starts=text("opened_on"), versions=(version(period=months(1)),), holds=HOLDS
    ),
    "month": summary_clause(Cycle.MONTH),
    "quarter": summary_clause(Cycle.QUARTER, versions=OLD_AND_NEW),
    "fiscal-quarter": summary_clause(Cycle.FISCAL_QUARTER, ends=None),
    "fiscal-year": summary_clause(
        Cycle.FISCAL_YEAR,
        done=Done("partner_summaries", "completed_on", "agreement_id", "agreement_id", year="fiscal_year"),
    ),
    "calendar-year": summary_clause(Cycle.CALENDAR_YEAR),
    "month-said": summary_clause(Cycle.MONTH, done=OBLIGATION),
    "quarter-said-excused": summary_clause(
        Cycle.FISCAL_QUARTER, done=OBLIGATION, excused=text("clause = 'posters'"), versions=OLD_AND_NEW
    ),
    "fiscal-year-excused": summary_clause(
        Cycle.FISCAL_YEAR,
        done=Done("partner_summaries", "completed_on", "agreement_id", "agreement_id", year="fiscal_year"),
        excused=text("signed_by is null"),
    ),
}


def _maybe(random, found, share=0.6):
    return found if random.random() < share else None


def _day(random, since=FIRST, span=SPAN):
    return since + timedelta(days=random.randrange(span))


def _moment(random, day):
    hour = random.choice([0, 0, 8, 15, 23])
    return datetime.combine(day, time(hour, random.choice([0, 0, 30])))


def _cases(random, size):
    made = []
    for number in range(max(1, size // 3)):
        opened, other = sorted((_day(random), _day(random)))
        closed = _maybe(random, other, 0.3)
        made.append(
            {
                "case_no": f"C-{number:06}",
                "office_id": random.choice("AB"),
                "officer_no": _maybe(random, f"S-{random.randrange(3)}0", 0.8),
                "opened_on": opened,
                "reopened_on": _maybe(random, _day(random, opened, 60), 0.2),
                "closed_on": closed,
                "docket": random.choice(["detained", "family"]),
            }
        )
    return made


def records(seed, size):
    """Return an agency's tables, as lists of rows: the same for the same seed."""
    random = Random(seed)  # noqa: S311 - repeatable is what is wanted
    cases = _cases(random, size)
    case = lambda: random.choice(cases)["case_no"]  # noqa: E731 - as short as what it stands for
    tables = {"cases": cases}
    tables["check_ins"] = [
        {
            "case_no": case(),
            "office_id": "Z",
            "due_on": _day(random),
            "reminded_on": _maybe(random, _day(random)),
            "outcome": random.choice(["attended", "service_issue", "excused", "missed", None]),
            "outcome_on": _maybe(random, _day(random), 0.8),
        }
        for _ in range(size)
    ]
    tables["verifications"] = [
        {
            "case_no": case(),
            "kind": random.choice(["contact", "proceeding"]),
            "verified_on": _day(random),
            "result": random.choice(["confirmed", "could_not_verify"]),
        }
        for _ in range(size)
    ]
    tables["complaints"] = [
        {
            "office_id": random.choice("AB"),
            "received_at": (received := _moment(random, _day(random))),
            "notified_at": _maybe(
                random, received + timedelta(hours=random.choice([1, 24, 48, 49, 72, 90, 400]))
            ),
            "inquiry_opened_on": _maybe(random, received.date() + timedelta(days=random.randrange(6))),
            "resolved_on": _maybe(random, received.date() + timedelta(days=random.randrange(60)), 0.3),
        }
        for _ in range(size)
    ]
    return tables | _moves(random, size, case) | _agreements(random, size)


def _moves(random, size, case):
    held = [(_day(random), random.randrange(1, 40)) for _ in range(size)]
    given = [(_day(random), random.randrange(80)) for _ in range(size)]
    return {
        "holds": [
            {
                "case_no": case(),
                "kind": random.choice(["legal_stay", "appeal", "medical"]),
                "from_on": since,
                "to_on": _maybe(random, since + timedelta(days=length), 0.8),
            }
            for since, length in held
        ],
        "transfers": [
            {
                "transfer_id": number,
                "case_no": case(),
                "from_office_id": random.choice("CDE"),
                "accepted_on": _maybe(random, _day(random)),
            }
            for number in range(1, size // 2 + 1)
        ],
        "assignments": [
            {
                "assignment_id": number,
                "case_no": case(),
                "role": random.choice(["lead", "support"]),
                "officer_no": f"S-{number}1",
                "from_on": since,
                "to_on": _maybe(random, since + timedelta(days=length), 0.8),
            }
            for number, (since, length) in enumerate(given, 1)
        ],
    }


def _agreements(random, size):
    begin = date(2021, 6, 1)
    agreements = [
        {
            "agreement_id": f"G-{number}",
            "office_id": random.choice("AB"),
            "operational_on": (since := _maybe(random, _day(random, begin, 900), 0.9)),
            "ended_on": _maybe(random, _day(random, since or begin, 700), 0.4),
        }
        for number in range(max(1, size // 4))
    ]
    summaries = [
        {
            "agreement_id": random.choice(agreements)["agreement_id"],
            "fiscal_year": random.choice([2022, 2023, 2024]),
            "completed_on": _maybe(random, _day(random, begin, 1_100), 0.9),
            "signed_by": _maybe(random, "S-10"),
        }
        for _ in range(size)
    ]
    obligations = [
        {
            "agreement_id": random.choice(agreements)["agreement_id"],
            "clause": random.choice(["posters", "data_report"]),
            "due_on": (due := _day(random, begin, 1_100)),
            "done_on": _maybe(random, due + timedelta(days=random.randrange(-40, 90)), 0.9),
        }
        for _ in range(size)
    ]
    return {"agreements": agreements, "partner_summaries": summaries, "agreement_obligations": obligations}
