"""However documents arrive, one by one or together, the register comes out the same."""

import itertools
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeout.reading.model import AuditorStatus, Position
from closeout.web.recommendations.models import Recommendation, Report
from tests.reading.factories import make_mention, make_promise, make_record
from tests.web.recommendations.arrivals import FIRST, contents, reading_of, take_in

LAMPS = "The Director should trim the lamps of every lighthouse each evening."
KEYS = "The Director should count the keys of the harbor office each week."
BUOYS = "The Secretary should paint every buoy before the spring tide comes in."
OPEN = {"status": AuditorStatus.RESOLVED_OPEN, "status_printed": "resolved and open"}

READINGS = (
    # A page that knows the report by its title alone, and does not show everything.
    reading_of(
        make_record(LAMPS, number="1", **OPEN),
        path="page.html",
        title="Lamps Go Out",
        as_of="2026-02-01",
        declared_total=9,
        complete=False,
    ),
    # The report itself, with number and title.
    reading_of(
        make_record(LAMPS, number="1", position=Position.CONCUR, promises=(make_promise("2026-05-31"),)),
        make_record(KEYS, number="2"),
        path="report.txt",
        title="Lamps Go Out",
        report_number="ZIG-26-07",
        report_date="2025-12-01",
    ),
    # A library page that declares more than anybody shows.
    reading_of(
        path="library.html",
        reports=(make_mention("Lamps Go Out", number="ZIG-26-07", declared_count=3),),
    ),
    # An article that gives neither number nor title.
    reading_of(
        make_record(KEYS),
        path="article.html",
        title="Harbor in the Dark",
        is_secondary=True,
        issuer="Gazette",
    ),
    # Another report, by a tracker that gives numbers and no words.
    reading_of(
        make_record(None, number="4", report_number="ZIG-26-09", **OPEN),
        path="tracker.csv",
        title="",
    ),
    reading_of(
        make_record(BUOYS, number="4", position=Position.NON_CONCUR),
        path="buoys.txt",
        title="Buoys Fade",
        report_number="ZIG-26-09",
    ),
)


def register() -> object:
    """Return the register's content without the ids, which hang on the order."""
    recs = (
        Recommendation.objects.listed().select_related("report").prefetch_related("agencies").order_by("key")
    )
    return (
        [
            (
                rec.key,
                rec.report.key,
                rec.text,
                rec.sort_key,
                rec.auditor_status,
                rec.position,
                rec.promise_edtf,
                rec.is_declared_only,
                rec.has_incomplete_source,
                rec.has_conflict,
                rec.mentions.filter(is_current=True).count(),
                rec.search_entry.names,
                rec.search_entry.asked,
            )
            for rec in recs
        ],
        sorted(
            Report.objects.filter(is_retired=False).values_list(
                "key", "title", "number", "has_incomplete_source"
            )
        ),
    )


@st.composite
def ways_to_arrive(draw):
    """Return the readings in some order, cut into runs."""
    order = draw(st.permutations(READINGS))
    cuts = draw(st.sets(st.integers(1, len(order) - 1)))
    edges = [0, *sorted(cuts), len(order)]
    return [order[start:end] for start, end in itertools.pairwise(edges)]


@pytest.fixture
def whole(db):
    with transaction.atomic():
        take_in(*READINGS)
        result = register()
        transaction.set_rollback(True)
    return result


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(runs=ways_to_arrive())
def test_the_order_in_which_documents_arrive_does_not_matter(whole, runs):
    with transaction.atomic():
        for run in runs:
            take_in(*run)
        assert register() == whole
        transaction.set_rollback(True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(runs=ways_to_arrive(), again=st.lists(st.sampled_from(READINGS), min_size=1))
def test_taking_in_anything_again_at_any_time_changes_no_row(db, runs, again):
    with transaction.atomic():
        for run in runs:
            take_in(*run)
        before = contents()
        take_in(*again, at=FIRST + timedelta(days=40))
        assert contents() == before
        transaction.set_rollback(True)


def test_the_whole_register_is_what_the_documents_say(whole):
    recommendations, reports = whole
    assert [row[0].rpartition("ZIG-26-")[2] for row in recommendations] == [
        "07/1",
        "07/2",
        "07/declared-3",
        "09/4",
    ]
    assert len(reports) == 2
