"""Staffing in the browser: minutes by keyboard alone, from the offices down to the minutes, and on paper."""

from django.urls import reverse
from playwright.sync_api import expect

from closeout.web.accounts.models import Role
from closeout.web.casework.models import TimeEntry
from closeout.web.staffing.actions.time import record_time, start_timer
from closeout.web.staffing.models import RunningTimer
from tests.browser.conftest import fits
from tests.web.casework.actions.world import HERE
from tests.web.staffing.made import ACTIVITY, keep, make_adjustment, make_sample

TIME = "/staffing/time/"


def test_two_entries_are_recorded_by_keyboard_alone(page, world, enter, complaints):
    enter(world.officer, TIME)
    page.get_by_label("Activity").focus()
    page.keyboard.type("verify-cont")
    page.keyboard.press("Tab")
    page.keyboard.type("25")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recorded 25 min")).to_be_visible()
    # The next entry is typed where the first one ended: no mouse, no walk through the page.
    expect(page.get_by_label("Activity")).to_be_focused()
    page.keyboard.type("review-file")
    page.keyboard.press("Tab")
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_contain_text("1 h 5 min recorded")
    assert sorted(TimeEntry.objects.values_list("minutes", flat=True)) == [25, 40]
    assert complaints == []


def test_a_refused_entry_keeps_what_was_typed(page, world, enter, width, check_axe):
    record_time(by=world.officer, activity=ACTIVITY, minutes=1430)
    enter(world.officer, TIME)
    page.get_by_label("Activity").fill("review-file")
    page.get_by_label("Minutes", exact=True).fill("30")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("more than 24 hours")).to_be_visible()
    expect(page.get_by_label("Minutes", exact=True)).to_have_value("30")
    check_axe(page)
    assert fits(page, width)


def test_the_last_entry_is_repeated_and_taken_back(page, world, enter):
    record_time(by=world.officer, activity=ACTIVITY, minutes=15)
    enter(world.officer, TIME)
    page.get_by_role("button", name="Repeat the last").click()
    expect(page.locator("#time-table tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Take back").first.click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert TimeEntry.objects.count() == 1


def test_the_timer_works_without_javascript(browser, world, enter):
    context = browser.new_context(java_script_enabled=False)
    page = enter(world.officer, TIME, at=context.new_page())
    page.get_by_label("I begin with").fill(ACTIVITY)
    page.get_by_role("button", name="Start the timer").click()
    expect(page.get_by_text("0 min by")).to_be_visible()
    assert RunningTimer.objects.exists()
    page.get_by_role("button", name="Stop and record").click()
    expect(page.get_by_text("Recorded 1 min")).to_be_visible()
    page.get_by_label("Activity").fill(ACTIVITY)
    page.get_by_label("Minutes", exact=True).fill("20")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Recorded 20 min")).to_be_visible()
    context.close()


def test_the_timer_is_started_and_stopped_by_keyboard_alone(page, world, enter, width, complaints):
    enter(world.officer, TIME)
    page.get_by_label("I begin with").focus()
    page.keyboard.type(ACTIVITY)
    page.keyboard.press("Enter")
    running = page.get_by_role("region", name="The timer runs")
    expect(running).to_contain_text("0 min by")
    # It stands above what is typed, on a narrow screen too.
    assert running.bounding_box()["y"] < page.get_by_label("Activity").bounding_box()["y"]
    assert fits(page, width)
    page.locator("#timer-tasks").focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recorded 1 min")).to_be_visible()
    expect(running).to_have_count(0)
    assert TimeEntry.objects.get().tasks == 3
    assert complaints == []


def test_a_planner_opens_a_figure_down_to_the_minutes(page, world, enter, width, complaints):
    keep()
    make_sample(world.officer.username, world.today)
    record_time(by=world.officer, activity=ACTIVITY, minutes=35)
    enter(world.person(Role.PLANNER, ""), "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Offices")
    assert fits(page, width)
    page.get_by_role("link", name="BOS office").click()
    expect(page.locator(".lead")).to_contain_text("short by 2.5 (−0.5 to 4.5)")
    assert fits(page, width)
    page.get_by_role("link", name="Verify contact data").click()
    expect(page.locator(".lead")).to_contain_text("330.0 a month × 20.0 minutes = 110.0 hours a month")
    row = page.locator("#diary-table tbody tr")
    expect(row).to_contain_text(world.officer.username)
    expect(row).to_contain_text("35")
    assert fits(page, width)
    assert complaints == []


def test_charts_are_loaded_and_drawn_for_the_width(page, world, enter, width):
    keep()
    enter(world.person(Role.PLANNER, ""), "/staffing/")
    picture = page.locator("img.chart-picture")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    assert ("width=narrow" in picture.evaluate("image => image.currentSrc")) is (width == 320)
    # Letters of 13 units stay at least 12 pixels high: the picture is hardly shrunk.
    assert picture.evaluate("image => image.width / image.naturalWidth") > 0.85


def states(world):
    """Return who opens which page in a state that the table of addresses does not reach."""
    keep()
    make_sample(world.officer.username, world.today)
    record_time(by=world.officer, activity=ACTIVITY, minutes=35)
    start_timer(by=world.officer, activity=ACTIVITY)
    make_adjustment(world.officer.username, approved_on=world.today, approved_by_id=world.supervisor.username)
    return [
        (world.officer, TIME),
        (world.supervisor, reverse("staffing:office-detail", args=[HERE])),
        (world.supervisor, reverse("casework:unit")),
        (world.person(Role.PLANNER), reverse("staffing:study-list")),
        (world.person(Role.PROGRAM_MANAGER, ""), reverse("staffing:demand-detail", args=[HERE, ACTIVITY])),
        (world.person(Role.SUPERVISOR, ""), reverse("staffing:office-list")),
    ]


def test_axe_finds_nothing_on_busy_pages(page, world, enter, width, check_axe):
    for user, address in states(world):
        enter(user, address)
        check_axe(page)
        assert fits(page, width), address


def test_on_paper_stand_whole_tables_and_no_forms(page, world, enter):
    for user, address in states(world):
        enter(user, address)
        page.emulate_media(media="print")
        for form in page.locator("main form").all():
            expect(form).to_be_hidden()
        for button in page.get_by_role("button", include_hidden=True).all():
            expect(button).to_be_hidden()
        for region in page.locator(".table-scroll").all():
            assert region.evaluate("element => getComputedStyle(element).overflowX") == "visible", address
        page.emulate_media(media="screen")
