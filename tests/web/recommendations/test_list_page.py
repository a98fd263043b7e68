from datetime import date

import pytest
from django.urls import reverse

from closeout.reading.dates import FuzzyDate
from closeout.web.accounts.models import Role
from closeout.web.recommendations.models import ClosureRequest
from tests.web.factories import NOON, day, make_capture, make_recommendation

URL = reverse("recommendations:recommendation-list")
LATE, LATER = day("2020-01-01"), day("2999-01-01")


@pytest.fixture
def reader(client_for):
    return client_for(Role.READER)


def listed(client, **query):
    return client.get(URL, query).content.decode()


def test_a_plain_request_gets_the_whole_page(reader):
    make_recommendation(text="Paint every buoy.")
    html = listed(reader)
    assert "<html" in html
    assert "Paint every buoy." in html


def test_an_htmx_request_gets_the_table_alone(reader):
    make_recommendation(text="Paint every buoy.")
    html = reader.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert "Paint every buoy." in html


def test_the_first_line_counts_what_is_open_missed_and_declared(reader):
    make_recommendation(auditor_status="resolved-open", promise=LATE)
    make_recommendation(auditor_status="resolved-open", promise=LATER)
    make_recommendation(auditor_status="closed-implemented")
    make_recommendation(text="", is_declared_only=True)
    words = " ".join(listed(reader).split())
    # Of the four, one is closed and of one nobody knows.
    assert "2 open of 4; 1 promise missed;" in words
    assert "1 of them is only declared" in words


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ({"overdue": "on"}, {"late"}),
        ({"status": "closed"}, {"closed"}),
        ({"status": "open"}, {"late", "early", "silent", "priority"}),
        ({"status": "not-printed"}, {"silent", "priority"}),
        ({"status": "partially-addressed"}, {"early"}),
        ({"progress": "planned"}, {"early"}),
        ({"priority": "on"}, {"priority"}),
        ({"incomplete": "on"}, {"silent"}),
        ({"group": "missed"}, {"late"}),
        ({"group": "conflict"}, {"silent"}),
        ({"group": "review"}, {"priority"}),
        ({"words": "lantern"}, {"early"}),
        ({"words": '"no such words" AND ('}, set()),
    ],
)
def test_each_filter_keeps_what_it_says(reader, query, kept):
    make_recommendation(text="Row: late.", auditor_status="resolved-open", promise=LATE)
    make_recommendation(
        text="Row: early. Mind the lantern.",
        auditor_status="partially-addressed",
        promise=LATER,
        progress="planned",
    )
    make_recommendation(text="Row: closed.", auditor_status="closed-implemented", promise=LATE)
    make_recommendation(text="Row: silent.", has_incomplete_source=True, has_conflict=True)
    make_recommendation(text="Row: priority.", is_priority=True, in_review=True)
    html = listed(reader, **query)
    shown = {name for name in ("late", "early", "closed", "silent", "priority") if f"Row: {name}." in html}
    assert shown == kept


def test_report_and_agency_narrow_the_list(reader):
    mine = make_recommendation(text="Mine.", agency="Dredging Office")
    make_recommendation(text="Not this one.")
    assert "Not this one." not in listed(reader, report=mine.report.number)
    assert "Not this one." not in listed(reader, report=mine.report.title.upper())
    assert "Not this one." not in listed(reader, agency=mine.agencies.get().pk)


@pytest.mark.parametrize(
    "bad", ["page=0", "page=nine", "page=99999999999", "agency=x", "status=?", "order=price"]
)
def test_a_query_that_makes_no_sense_still_gives_the_list(reader, bad):
    make_recommendation(text="Paint every buoy.")
    response = reader.get(f"{URL}?{bad}")
    assert response.status_code == 200
    assert "Paint every buoy." in response.content.decode()


@pytest.mark.parametrize(
    ("order", "first"), [("promise", "Soon."), ("-promise", "Distant."), ("-report", "Undated.")]
)
def test_the_list_is_ordered_as_asked_and_the_undated_stand_last(reader, order, first):
    make_recommendation(text="Distant.", promise=LATER, sort_key="a")
    make_recommendation(text="Soon.", promise=LATE, sort_key="b")
    make_recommendation(text="Undated.", sort_key="c")
    html = listed(reader, order=order)
    places = {text: html.index(text) for text in ("Distant.", "Soon.", "Undated.")}
    assert min(places, key=places.get) == first
    if "promise" in order:
        assert max(places, key=places.get) == "Undated."


def test_days_late_are_counted_to_the_day_asked_about(reader):
    make_recommendation(promise=day("2026-01-01"))
    # January 1 to January 11 is ten days.
    assert "10 days late" in listed(reader, as_of="2026-01-11")
    assert "days late" not in listed(reader, as_of="2026-01-01")


def test_a_period_is_late_only_when_its_last_day_has_passed(reader):
    make_recommendation(promise=FuzzyDate("2025-12", date(2025, 12, 1), date(2025, 12, 31)))
    assert "late</span>" not in listed(reader, as_of="2025-12-31")
    assert "1 day late" in listed(reader, as_of="2026-01-01")


def test_requests_that_wait_thirty_days_are_counted(reader, make_user):
    rec = make_recommendation(auditor_status="resolved-open")
    ClosureRequest.objects.create(
        recommendation=rec,
        letter="Please close.",
        state="sent",
        requested_by=make_user(Role.AUDIT_LIAISON),
        requested_at=NOON,
        decided_by=make_user(Role.APPROVER),
        decided_at=NOON,
        sent_on=date(2026, 1, 1),
        answer_due_on=date(2026, 1, 31),
    )
    assert "1 closure request waiting" in " ".join(listed(reader, as_of="2026-01-31").split())
    assert "0 closure requests waiting" in " ".join(listed(reader, as_of="2026-01-30").split())


def test_an_incomplete_source_is_counted_once_by_its_newest_capture(reader):
    make_recommendation()
    make_capture(is_complete=False, declared_total=41, shown=10, is_newest=True)
    assert "1 source incomplete" in " ".join(listed(reader).split())


def test_an_empty_register_says_what_would_fill_it(client_for):
    assert "Nothing has been read yet." in listed(client_for(Role.READER))
    assert "Add a document" not in listed(client_for(Role.READER))
    assert "Add a document" in listed(client_for(Role.AUDIT_LIAISON))


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow_with_rows(reader, django_assert_max_num_queries, rows):
    for _ in range(rows):
        make_recommendation()
    with django_assert_max_num_queries(14):
        reader.get(URL)


def test_fifty_rows_make_a_page_and_the_rest_is_one_link_away(reader):
    report = make_recommendation(text="Row 1.").report
    for number in range(2, 53):
        make_recommendation(text=f"Row {number}.", report=report)
    assert "Row 51." not in listed(reader)
    assert "Row 51." in listed(reader, page=2)
    assert "52 recommendations" in listed(reader)
