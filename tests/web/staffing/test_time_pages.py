"""My time in the pages: a few keystrokes, what was recorded, and taking it back."""

import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework.models import TimeEntry
from closeout.web.staffing.actions.time import record_time, start_timer
from tests.web.staffing.made import ACTIVITY, make_sample

PAGE = "/staffing/time/"


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def officer(world, as_):
    return as_(world.officer)


def send(client, world, **fields):
    given = {"activity": ACTIVITY, "minutes": "35", "tasks": "", "on": world.today.isoformat()}
    return client.post(PAGE, {**given, **fields})


def test_the_page_says_what_was_recorded_of_the_contracted_hours(world, officer):
    record_time(by=world.officer, activity=ACTIVITY, minutes=95, on=world.day(0))
    page = text(officer.get(PAGE))
    assert "<strong>1 h 35 min</strong> recorded" in page
    assert f'<option value="{ACTIVITY}">' in page


def test_a_code_its_beginning_or_its_title_will_do(world, officer):
    for typed in (ACTIVITY, ACTIVITY.upper(), ACTIVITY[:8], f" {ACTIVITY} "):
        assert send(officer, world, activity=typed).status_code == 302
    assert set(TimeEntry.objects.values_list("activity", flat=True)) == {ACTIVITY}


def test_what_fits_no_single_activity_is_said_and_what_was_typed_stays(world, officer):
    answer = send(officer, world, activity="zzz", minutes="35")
    assert answer.status_code == 422
    assert "No single activity begins with “zzz”" in text(answer)
    assert 'value="35"' in text(answer)


@pytest.mark.parametrize(
    ("minutes", "code"), [("-5", 422), ("0", 422), ("1800", 422), ("x", 422), ("1440", 302)]
)
def test_minutes_that_are_none_are_refused(world, officer, minutes, code):
    assert send(officer, world, minutes=minutes).status_code == code
    assert TimeEntry.objects.count() == (code == 302)


def test_over_24_hours_is_refused_in_words(world, officer):
    send(officer, world, minutes="1440")
    answer = send(officer, world, minutes="10")
    assert (answer.status_code, "more than 24 hours" in text(answer)) == (409, True)


def test_a_day_to_come_is_refused(world, officer):
    answer = send(officer, world, on=world.day(2).isoformat())
    assert (answer.status_code, TimeEntry.objects.exists()) == (409, False)


def test_with_htmx_the_part_comes_back_with_the_message(world, officer):
    answer = officer.post(
        PAGE,
        {"activity": ACTIVITY, "minutes": "10", "on": world.today.isoformat()},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert "<html" not in text(answer)
    assert "Recorded 10 min" in text(answer)


def test_the_last_entry_is_repeated_with_one_button(world, officer):
    send(officer, world, minutes="17", tasks="2")
    page = text(officer.get(PAGE))
    assert "Repeat the last" in page
    assert 'name="minutes" value="17"' in page


def test_a_former_day_is_shown_and_led_to(world, officer):
    record_time(by=world.officer, activity=ACTIVITY, minutes=61, on=world.day(-1))
    page = text(officer.get(PAGE, {"on": world.day(-1).isoformat()}))
    assert "<strong>1 h 1 min</strong> recorded" in page
    assert f"?on={world.today.isoformat()}" in page


def test_a_study_that_asks_at_moments_is_named_and_takes_no_minutes(world, officer):
    make_sample(world.officer.username, world.today, design="random_moment")
    page = text(officer.get(PAGE))
    assert "Spring diary (TS-1) asks you at single moments of this week" in page
    assert "No time study asks you" not in page
    send(officer, world)
    assert TimeEntry.objects.get().study is None


@pytest.mark.parametrize("asked", ["", "nonsense", "2026-02-31", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_today(officer, asked):
    assert officer.get(PAGE, {"on": asked}).status_code == 200


def test_an_entry_is_changed_on_its_page(world, officer):
    row = record_time(by=world.officer, activity=ACTIVITY, minutes=20)
    page = reverse("staffing:time-change", args=[row.pk])
    assert 'value="20"' in text(officer.get(page))
    sent = {"activity": ACTIVITY, "minutes": "25", "on": world.today.isoformat(), "expected_version": "1"}
    assert officer.post(page, sent).status_code == 302
    assert world.fresh(row).minutes == 25
    assert officer.post(page, {**sent, "minutes": "26"}).status_code == 409
    assert officer.post(page, {**sent, "minutes": "x"}).status_code == 422


def test_another_officers_entry_is_not_there(world, as_):
    row = record_time(by=world.officer, activity=ACTIVITY, minutes=20)
    colleague = as_(world.person(Role.OFFICER))
    assert colleague.get(reverse("staffing:time-change", args=[row.pk])).status_code == 404
    undo = colleague.post(reverse("staffing:time-undo", args=[Event.objects.order_by("seq").last().seq]))
    assert (undo.status_code, TimeEntry.objects.count()) == (302, 1)


def test_an_entry_is_taken_back_from_the_page(world, officer):
    record_time(by=world.officer, activity=ACTIVITY, minutes=20)
    seq = Event.objects.order_by("seq").last().seq
    page = text(officer.get(PAGE))
    assert reverse("staffing:time-undo", args=[seq]) in page
    told = officer.post(reverse("staffing:time-undo", args=[seq]), follow=True)
    assert "Taken back" in text(told)
    assert not TimeEntry.objects.exists()


def test_the_timer_starts_stops_and_is_discarded(world, officer):
    start, stop, discard = (reverse("staffing:timer", args=[verb]) for verb in ("start", "stop", "discard"))
    assert "The timer runs" in text(officer.post(start, {"activity": ACTIVITY}, follow=True))
    assert "Recorded 1 min" in text(officer.post(stop, follow=True))
    assert "No timer runs." in text(officer.post(stop, follow=True))
    officer.post(start, {"activity": ACTIVITY})
    assert "nothing was recorded" in text(officer.post(discard, follow=True))
    assert TimeEntry.objects.count() == 1


def test_a_timer_on_nothing_is_refused_in_words(officer):
    page = text(officer.post(reverse("staffing:timer", args=["start"]), {"activity": "zzz"}, follow=True))
    assert "No single activity begins with “zzz”" in page
    assert officer.post("/staffing/time/timer/dance/").status_code == 404


def test_a_running_timer_is_shown_with_its_minutes(world, officer):
    start_timer(by=world.officer, activity=ACTIVITY)
    page = text(officer.get(PAGE))
    assert ": 0 min by " in page
    # It stands before what is typed, so that a narrow screen begins with it.
    assert page.index("Stop and record") < page.index('id="id_activity"')
    assert "The timer runs; what it counted is recorded here when you stop it." in page
    assert "or start the timer when you begin" not in page


def test_the_timer_is_stopped_with_how_many_tasks_it_was(world, officer):
    start_timer(by=world.officer, activity=ACTIVITY)
    stop = reverse("staffing:timer", args=["stop"])
    for tasks in ("-1", "x"):
        assert "The timer still runs." in text(officer.post(stop, {"tasks": tasks}, follow=True))
    assert not TimeEntry.objects.exists()
    officer.post(stop, {"tasks": "5"})
    assert TimeEntry.objects.get().tasks == 5


def test_the_timer_stopped_by_htmx_shows_the_day_again(world, officer):
    start_timer(by=world.officer, activity=ACTIVITY)
    stop = reverse("staffing:timer", args=["stop"])
    page = text(officer.post(stop, {"tasks": ""}, follow=True, headers={"HX-Request": "true"}))
    assert "Recorded 1 min" in page
    assert "<html" not in page
    assert TimeEntry.objects.get().tasks is None


def test_an_account_without_an_officer_is_told_why(make_user, as_):
    client = as_(make_user(Role.OFFICER, username="S-NOBODY"))
    assert "No officer has your staff number" in text(client.get(PAGE))


def test_thirty_entries_cost_as_many_queries_as_one(world, officer, django_assert_max_num_queries):
    record_time(by=world.officer, activity=ACTIVITY, minutes=5)
    with django_assert_max_num_queries(22):
        officer.get(PAGE)
    for _ in range(29):
        record_time(by=world.officer, activity=ACTIVITY, minutes=5)
    with django_assert_max_num_queries(22):
        officer.get(PAGE)
