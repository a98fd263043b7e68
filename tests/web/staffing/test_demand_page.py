"""One activity of one office: the figure, its weight, its duties, and the minutes it rests on."""

import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.casework.models import TimeEntry
from closeout.web.staffing.queries.diary import DiaryWeek, diary_weeks
from closeout.web.staffing.queries.sampled import monday_of
from closeout.workload.weights import Grade
from tests.web.casework.actions.world import HERE, THERE
from tests.web.staffing.made import ACTIVITY, keep, make_duty, make_weight


def text(answer):
    return " ".join(answer.content.decode().split())


def page_of(client, office=HERE, activity=ACTIVITY, **query):
    return client.get(reverse("staffing:demand-detail", args=[office, activity]), query)


def record(officer_no, day, minutes, *, tasks=None, study="TS-1", office=HERE):
    """Enter minutes of the activity, as a load does."""
    return TimeEntry.objects.create(
        officer_id=officer_no,
        office_id=office,
        worked_on=day,
        activity=ACTIVITY,
        minutes=minutes,
        tasks=tasks,
        study=study,
        is_overtime=False,
    )


@pytest.fixture
def planner(world, as_):
    return as_(world.person(Role.PLANNER, ""))


def test_the_page_multiplies_and_names_the_weight(planner):
    keep()
    page = text(page_of(planner))
    # 300 + 30 a month of 20 minutes.
    assert "330.0 a month × 20.0 minutes = 110.0 hours a month" in page
    assert "20.0 (17.5–23.0) for a duty, observed" in page
    assert "A: diary, at least 80 % response, 3 years at most" in page
    assert "4 officers, 40 entries, 120 tasks" in page
    assert "85 % of the officer-weeks asked for" in page
    assert "TS-1" in page


def test_without_a_figure_the_reason_stands_in_its_place(planner):
    keep()
    page = text(page_of(planner, THERE))
    assert "No figure: expired" in page
    assert "none: expired" in page


def test_experts_range_is_said_to_be_one(planner):
    weight = make_weight(grade=Grade.D, officers=0, entries=0, studies=(), response=None, observed_from=None)
    keep(weights=(weight,))
    page = text(page_of(planner))
    assert "no diary: the range that experts give" in page
    assert "no data" in page


def test_a_demand_without_its_weight_says_so(planner):
    keep(weights=())
    assert "No weight was found for this activity." in text(page_of(planner))


def test_work_that_no_clause_names_is_counted_by_case_and_month(planner):
    keep(duties=(make_duty(activity="case-management", title="Manage a case"),))
    page = text(page_of(planner, activity="case-management"))
    assert "No clause of the pack names it" in page


def test_duties_lead_to_their_list_for_who_may_read_cases(world, as_, planner):
    keep()
    link = reverse("casework:duty-list") + "?duty=contact-verification"
    assert link in text(page_of(as_(world.supervisor)))
    assert link not in text(page_of(planner))


def test_minutes_are_summed_by_officer_and_week(world):
    monday = monday_of(world.day(-14))
    first, second = sorted([world.officer.username, world.person(Role.OFFICER).username])
    record(second, monday, 10, tasks=1)
    record(first, monday, 20, tasks=2)
    record(first, world.day(-14), 5)
    record(first, world.day(-7), 7)
    record(first, monday, 99, study="TS-2")
    record(first, monday, 99, office=THERE)
    assert diary_weeks(ACTIVITY, office_id=HERE, studies=["TS-1"]) == [
        DiaryWeek(first, monday, 2, 25, 2),
        DiaryWeek(first, monday_of(world.day(-7)), 1, 7, None),
        DiaryWeek(second, monday, 1, 10, 1),
    ]
    assert len(diary_weeks(ACTIVITY, office_id=HERE)) == 3
    assert diary_weeks("review-file", office_id=HERE) == []


@pytest.mark.parametrize(("role", "sees"), [(Role.AUDITOR, True), (Role.PROGRAM_MANAGER, False)])
def test_rows_of_single_officers_are_not_for_everybody(world, as_, role, sees):
    keep()
    record(world.officer.username, world.today, 20)
    page = text(page_of(as_(world.person(role, ""))))
    assert (world.officer.username in page) is sees
    assert ("1 officer-week of diary" in page) is not sees


def test_many_weeks_come_in_pages(world, planner):
    keep()
    for number in range(60):
        record(world.officer.username, world.day(-7 * number), 20)
    assert "Rows 1–50 of 60" in text(page_of(planner))
    assert "Rows 51–60 of 60" in text(page_of(planner, page=2))


def test_without_minutes_the_page_says_what_would_fill_it(planner):
    keep()
    assert "Nobody recorded minutes of this activity here." in text(page_of(planner))


@pytest.mark.parametrize("activity", ["gossip", "x\x00", "' OR 1=1 --"])
def test_an_activity_or_office_that_is_none_is_not_there(planner, activity):
    assert page_of(planner).status_code == 404, "nothing has been worked out"
    keep()
    assert page_of(planner, activity=activity).status_code == 404
    assert page_of(planner, office="NOWHERE").status_code == 404


@pytest.mark.parametrize(
    ("role", "there"),
    [
        (Role.PLANNER, f"/offices/{HERE}/#duty-contact-verification"),
        (Role.AUDITOR, f"/duties/?duty=contact-verification&amp;office={HERE}"),
    ],
)
def test_the_duties_behind_a_figure_open_by_a_click(world, as_, role, there):
    """Who may list duties comes to those of the office; who may not, to its counts."""
    keep()
    page = text(page_of(as_(world.person(role, ""))))
    assert there in page, [word for word in page.split() if "#duty-" in word or "?duty=" in word]
