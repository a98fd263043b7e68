"""What a check of a study's entries finds, on the study's page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from closeout.web.accounts.models import Role
from closeout.web.casework.models import TimeEntry
from closeout.web.staffing.models import TimeStudy
from closeout.web.staffing.queries import checked as checking
from closeout.web.staffing.queries.checked import checked
from closeout.web.staffing.queries.sampled import monday_of
from closeout.web.staffing.views import study as views
from tests.web.staffing.made import ACTIVITY, make_sample

PAGE = "/staffing/studies/TS-1/"


@pytest.fixture
def monday(world):
    """Return the Monday of a week that lies within the study."""
    return monday_of(world.today - timedelta(days=14))


@pytest.fixture
def study(world, monday):
    """Return a study that asked the world's officer for one week, said to be recorded."""
    make_sample(world.officer.username, monday, state="recorded")
    return TimeStudy.objects.get()


@pytest.fixture
def planner(world, as_):
    return as_(world.person(Role.PLANNER, ""))


def enter(world, day, minutes=60, **fields):
    """Keep an entry as a snapshot brings it: nothing is refused on the way in."""
    given = {"activity": ACTIVITY, "tasks": 1, "study": "TS-1", "is_overtime": False}
    return TimeEntry.objects.create(
        officer_id=world.officer.username,
        office_id=world.case.office_id,
        worked_on=day,
        minutes=minutes,
        **{**given, **fields},
    )


def whole_week(world, monday, minutes=60):
    for day in range(5):
        enter(world, monday + timedelta(days=day), minutes)


def text(answer):
    return " ".join(answer.content.decode().split())


def words_of(answer):
    return " ".join(strip_tags(answer.content.decode()).split())


def found(study):
    return {one.fault: one for one in checked(study).findings}


def test_a_whole_week_gives_nothing_to_look_at(world, study, monday, planner):
    whole_week(world, monday)
    check = checked(study)
    assert (check.entries, check.used, check.findings) == (5, 5, ())
    page = text(planner.get(PAGE))
    assert "5 of 5 entries can be used." in page
    assert "found no gap and no day over 24 hours" in page


def test_a_day_of_more_than_24_hours_is_not_used_and_opens_to_its_minutes(world, study, monday, planner):
    # 1,000 and 500 minutes are 25 hours; the other four days stand.
    whole_week(world, monday)
    TimeEntry.objects.filter(worked_on=monday).update(minutes=1000)
    enter(world, monday, 500)
    one = found(study)["day-over-24-hours"]
    assert (one.count, one.is_used, one.more) == (2, False, 0)
    (place,) = one.places
    assert (place.officer_no, place.day, place.minutes, place.entries) == (
        world.officer.username,
        monday,
        1500,
        2,
    )
    page = words_of(planner.get(PAGE))
    assert "4 of 6 entries can be used." in page
    assert "The day has more than 24 hours; correct or remove its entries." in page
    assert f"{world.officer.username}, {monday.isoformat()}: 2 entries, 1,500 minutes" in page


def test_gaps_of_a_week_are_named_and_its_entries_count(world, study, monday, planner):
    enter(world, monday)
    one = found(study)["days-missing"]
    assert (one.count, one.is_used, one.places[0].minutes) == (1, True, None)
    page = words_of(planner.get(PAGE))
    assert "1 of 1 entries can be used." in page
    assert f"{world.officer.username}, week from {monday.isoformat()}" in page


def test_a_week_said_to_be_recorded_without_an_entry_is_found(world, study, monday):
    enter(world, monday, activity="no-such-work")
    assert set(found(study)) == {"unknown-activity", "week-missing"}


def test_what_is_not_used_stands_before_what_is_looked_at(world, study, monday):
    enter(world, monday, 0)
    enter(world, monday + timedelta(days=1))
    assert [(one.fault, one.is_used) for one in checked(study).findings] == [
        ("no-minutes", False),
        ("days-missing", True),
    ]


def test_only_the_first_days_are_named_and_the_others_counted(world, study, monday, planner, monkeypatch):
    monkeypatch.setattr(checking, "NAMED", 2)
    for day in range(3):
        enter(world, monday + timedelta(days=day), 0)
    one = found(study)["no-minutes"]
    assert (one.count, len(one.places), one.more) == (3, 2, 1)
    assert "and 1 more; <code>closeout study check</code> lists all" in text(planner.get(PAGE))


def test_a_large_study_is_checked_when_asked(world, study, monday, planner, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 4)
    whole_week(world, monday)
    page = text(planner.get(PAGE))
    assert "5 entries." in page
    assert 'href="?check=yes#check"' in page
    assert "can be used" not in page
    assert "5 of 5 entries can be used." in text(planner.get(PAGE, {"check": "yes"}))


@pytest.mark.parametrize(
    ("design", "said"),
    [("diary", "Officers record minutes under My time"), ("random_moment", "It asks for moments")],
)
def test_a_study_without_entries_says_what_would_fill_it(study, planner, design, said):
    TimeStudy.objects.update(design=design)
    page = text(planner.get(PAGE))
    assert "Nothing has been recorded for this study." in page
    assert said in page


def test_entries_of_other_studies_are_left_alone(world, study, monday):
    enter(world, monday, 0, study=None)
    enter(world, monday, 0, study="TS-9")
    assert checked(study).entries == 0


def test_the_page_costs_as_many_queries_for_thirty_entries_as_for_one(
    world, study, monday, planner, django_assert_max_num_queries
):
    enter(world, monday)
    with django_assert_max_num_queries(14):
        planner.get(reverse("staffing:study-detail", args=["TS-1"]))
    for _ in range(29):
        enter(world, monday, 5)
    with django_assert_max_num_queries(14):
        planner.get(reverse("staffing:study-detail", args=["TS-1"]))
