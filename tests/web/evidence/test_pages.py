"""The pages of the evidence: what they answer first, to whom, and what they keep to themselves."""

import csv
import io
from collections import Counter
from dataclasses import asdict

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from closeout.evidence.statistics.survival import kaplan_meier
from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.evidence.actions.runs import KIND
from closeout.web.evidence.models import AssessmentRun
from closeout.web.evidence.queries.results import measured_of
from closeout.web.evidence.views.measures import MOST_QUERY
from closeout.web.jobs.models import Job
from tests.web.casework.actions.world import HERE, THERE
from tests.web.evidence.made import BACKLOG, CODE, keep, make_measured, nothing, number, share

ASSESSMENT = reverse("evidence:assessment")
OFFICES = reverse("evidence:office-list")
MEASURE = reverse("evidence:measure-detail", args=[CODE])
SEE_ALL_OFFICES = [
    role
    for role in Role.values
    if Permission.ASSESSMENT_READ in GRANTS[role] and role not in (Role.SUPERVISOR, Role.DIRECTOR)
]


@pytest.fixture
def run(register):
    return keep(register.liaison)


def words(response):
    return " ".join(LexborHTMLParser(response.content.decode()).css_first("main").text().split())


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_assessment_says_first_what_the_records_show(run, register, as_):
    said = words(as_(register.liaison).get(ASSESSMENT))
    assert "Of 1 recommendation, the records show 0 being done, 0 in part, 1 not being done" in said
    assert "Example agency, as of June 1, 2026" in said
    assert "85.0 % (80.0–90.0) of 1,000" in said
    assert "Target: 95.0 % or more" in said.replace("95 %", "95.0 %")
    assert "Outcome of a check-in written down in time: target" in said


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ({"standing": "not_done"}, True),
        ({"standing": "done"}, False),
        ({"standing": "unlinked"}, False),
        ({"owner": "director"}, True),
        ({"owner": "planner"}, False),
        ({"open": "on"}, True),
        ({"standing": "nonsense"}, True),
    ],
    ids=str,
)
def test_filters_live_in_the_address(run, register, as_, query, is_shown):
    said = words(as_(register.liaison).get(ASSESSMENT, query))
    assert ("ZIG-26-07" in said) is is_shown
    assert is_shown or "No recommendation fits these filters." in said


def test_an_htmx_request_gets_the_table_alone(run, register, as_):
    part = as_(register.liaison).get(ASSESSMENT, headers={"HX-Request": "true"}).content.decode()
    assert "ZIG-26-07" in part
    assert "<h1" not in part


@pytest.mark.parametrize(
    "name", ["assessment", "measure-list", "office-list", "standards", "deficiencies"], ids=str
)
def test_without_an_assessment_each_page_says_what_would_fill_it(register, as_, name):
    said = words(as_(register.liaison).get(reverse(f"evidence:{name}")))
    assert "Nothing has been" in said
    assert "ask for one" in said or "use the button below" in said


def test_a_run_under_way_is_said_and_the_old_one_stays(run, register, as_):
    Job.objects.create(kind=KIND, title="x", requested_by=register.liaison)
    said = words(as_(register.liaison).get(ASSESSMENT))
    assert "An assessment is being worked out" in said
    assert "Work it out anew" not in said
    assert "ZIG-26-07" in said


def test_a_measure_says_its_definition_its_past_and_its_offices_by_name(run, world, as_):
    said = words(as_(world.person(Role.PLANNER, "")).get(MEASURE))
    assert "outcomes written down within one business day: 850" in said
    assert "outcomes that were to be written down: 1,000" in said
    assert "made up in the pack" in said
    assert "SELECT count(*) FROM check_ins" in said
    assert said.index("BOS office") < said.index("DAL office")
    assert "2025-03-02 to 2026-03-01" in said


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.DIRECTOR])
@pytest.mark.parametrize("page", [MEASURE, OFFICES], ids=["measure", "offices"])
def test_who_leads_an_office_sees_it_beside_all_and_no_other(run, world, as_, role, page):
    said = words(as_(world.person(role, HERE)).get(page))
    assert "BOS office" in said
    assert "DAL office" not in said
    assert "85.0 %" in said


@pytest.mark.parametrize("role", SEE_ALL_OFFICES)
def test_others_see_every_office_by_name_whatever_order_is_asked(run, world, as_, role):
    client = as_(world.person(role, ""))
    for query in ({}, {"order": "value"}, {"order": "-value"}):
        said = words(client.get(OFFICES, query))
        assert said.index("BOS office") < said.index("DAL office")


def test_an_office_that_no_account_names_has_no_figures(run, world, as_):
    said = words(as_(world.person(Role.DIRECTOR, "")).get(MEASURE))
    assert "BOS office" not in said
    assert "has none" in said


@pytest.fixture
def small(register):
    """Keep a run with 4 of 100 in one office, which is small."""
    offices = (share(246, 250, HERE), share(4, 100, THERE))
    return keep(measured=make_measured(total=share(250, 350), offices=offices, series=()))


@pytest.mark.parametrize("role", SEE_ALL_OFFICES)
def test_small_counts_are_shown_to_who_may_see_offices_and_to_nobody_else(small, world, as_, role):
    said = words(as_(world.person(role, "")).get(MEASURE))
    sees = Permission.OFFICE_READ in GRANTS[role]
    assert ("4.0 %" in said) is sees
    assert ("98.4 %" in said) is sees, "it would give the small one away"
    assert ("not shown: small numbers" in said) is not sees


@pytest.mark.parametrize("role", SEE_ALL_OFFICES)
def test_what_is_missing_says_the_figure_beside_it_or_neither_is_shown(register, world, as_, role):
    keep(measured=make_measured(total=share(4, 100), offices=(share(4, 100, HERE),), series=()))
    said = words(as_(world.person(role, "")).get(ASSESSMENT))
    sees = Permission.OFFICE_READ in GRANTS[role]
    assert ("written down in time: target 95 % or more, is 4.0 %" in said) is sees
    assert ("written down in time: not shown: small numbers" in said) is not sees


@pytest.mark.parametrize(
    ("address", "sheets"),
    [(MEASURE, 2), (OFFICES, 1), (reverse("evidence:measure-list"), 1), (ASSESSMENT, 2)],
)
def test_no_file_holds_a_small_count_whoever_takes_it(small, world, as_, address, sheets):
    client = as_(world.person(Role.AUDITOR, ""))
    book = load_workbook(io.BytesIO(client.get(address, {"format": "xlsx"}).content))
    assert len(book.worksheets) == sheets
    cells = {cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert {4, 0.04, 246}.isdisjoint(cells)
    text = client.get(address, {"format": "csv"}).content.decode("utf-8-sig")
    assert ",0.04," not in text


def test_a_file_holds_what_is_shown(run, world, as_):
    rows = rows_of(as_(world.person(Role.PLANNER, "")).get(OFFICES, {"format": "csv"}))
    assert [(row["office_id"], row["numerator"], row["denominator"]) for row in rows] == [
        (HERE, "450", "500"),
        (THERE, "400", "500"),
    ]


@pytest.mark.parametrize("role", Role.values)
def test_only_who_may_export_takes_a_file(run, world, as_, role):
    code = as_(world.person(role)).get(MEASURE, {"format": "csv"}).status_code
    granted = {Permission.ASSESSMENT_READ, Permission.RECOMMENDATION_EXPORT} <= GRANTS[role]
    assert code == (200 if granted else 403)


def test_an_unknown_format_or_measure_or_chart_is_said(run, world, as_):
    client = as_(world.person(Role.PLANNER, ""))
    assert client.get(MEASURE, {"format": "pdf"}).status_code == 400
    assert client.get(reverse("evidence:measure-detail", args=["none"])).status_code == 404
    assert client.get(reverse("evidence:measure-chart", args=[CODE, "cake"])).status_code == 404


@pytest.mark.parametrize("name", ["series", "offices"])
@pytest.mark.parametrize("width", ["", "narrow"])
def test_charts_are_pictures_without_style(run, world, as_, name, width):
    client = as_(world.person(Role.PLANNER, ""))
    answer = client.get(reverse("evidence:measure-chart", args=[CODE, name]), {"width": width})
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content
    assert b"style=" not in answer.content


def test_a_figure_that_could_not_be_computed_says_why_and_is_never_zero(register, world, as_):
    keep(measured=make_measured(total=nothing(), offices=(nothing(HERE), nothing(THERE)), series=()))
    said = words(as_(world.person(Role.PLANNER, "")).get(MEASURE))
    assert "no data" in said
    assert "The records lack the table check_ins." in said
    assert "0.0 %" not in said


def test_a_count_has_no_denominator_and_no_funnel(run, world, as_):
    page = as_(world.person(Role.PLANNER, "")).get(reverse("evidence:measure-detail", args=[BACKLOG]))
    assert "Out of" not in words(page)
    assert page.context["funnel"] is None


def test_a_funnel_of_three_offices_names_who_is_outside(register, world, as_):
    # 700 of 1,000 in all; NYC with 100 of 300 lies far below, BOS and DAL above.
    offices = (share(300, 350, HERE), share(300, 350, THERE), share(100, 300, "NYC"))
    keep(measured=make_measured(total=share(700, 1000), offices=offices, series=()))
    page = as_(world.person(Role.PLANNER, "")).get(MEASURE)
    assert "NYC lies below the 99.8 % limit: 33.3 % where all together have 70.0 %." in words(page)
    chart = as_(world.person(Role.PLANNER, "")).get(reverse("evidence:measure-chart", args=[CODE, "funnel"]))
    assert chart.status_code == 200


def test_a_statement_is_taken_out_whole_and_shown_in_part_where_it_is_long(register, world, as_):
    long = "SELECT 1 -- " + "x" * MOST_QUERY
    keep(measured=make_measured(query=long))
    client = as_(world.person(Role.READER, ""))
    page = client.get(MEASURE)
    assert long not in page.content.decode()
    assert "Its beginning; take the whole out" in words(page)
    answer = client.get(reverse("evidence:measure-query", args=[CODE]))
    assert answer.content.decode() == long
    assert answer["Content-Disposition"] == f'attachment; filename="{CODE}-2026-06-01.sql"'
    assert client.get(reverse("evidence:measure-query", args=[BACKLOG])).status_code == 404


def test_one_offices_figures_are_read_without_the_others(run):
    found = measured_of(run, CODE, office=HERE)[CODE]
    assert [each.office_id for each in found.offices] == [HERE]
    assert found.total == measured_of(run, CODE, offices=True)[CODE].total
    assert measured_of(run, CODE)[CODE].offices == ()


def test_counts_by_office_stand_beside_their_total(run, world, as_):
    said = words(as_(world.person(Role.AUDITOR, "")).get(reverse("evidence:measure-detail", args=[BACKLOG])))
    assert number(40).figure.numerator == 40
    assert "28" in said
    assert "12" in said


def test_the_curve_of_fixes_is_drawn_and_a_run_without_one_has_none(run, register, as_):
    client = as_(register.liaison)
    address = reverse("evidence:deficiency-chart", args=["fixes"])
    assert client.get(address).status_code == 404
    curve = asdict(kaplan_meier(Counter({40: 3}), Counter({100: 2})))
    AssessmentRun.objects.update(deficiencies={"verified": {"curve": curve}})
    drawn = client.get(address)
    assert drawn["Content-Type"] == "image/svg+xml"
    assert "% without a verified fix" in drawn.content.decode()
