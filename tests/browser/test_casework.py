"""A day's work in the browser: each role's journey, by keyboard, on paper, and two people at once."""

import time
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from closeout.web.accounts.models import Role
from closeout.web.casework import actions, models
from closeout.web.casework.actions import refreshing, writing
from tests.browser.conftest import WIDTHS, fits
from tests.web.casework.actions.world import DIGEST, HERE, THERE, make_case
from tests.web.casework.busy import make_busy

MOST_TABS = 80


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """Let it be noon when a test begins, so that no test runs over midnight."""
    began = time.monotonic()
    noon = datetime.combine(timezone.localdate(), datetime.min.time(), timezone.get_current_timezone())
    noon += timedelta(hours=12)
    monkeypatch.setattr(timezone, "now", lambda: noon + timedelta(seconds=time.monotonic() - began))


@pytest.fixture
def only_counted(monkeypatch):
    """Leave duties as they are: the test is not about them."""
    monkeypatch.setattr(writing, "refresh", lambda *_case_no, **_today: None)


@pytest.fixture
def sound_at_each_width(page, check_axe):
    """Return what looks at the page that is open, as narrow as a phone and as wide as a desk's screen.

    Opened once: what a server sends does not depend on the width.
    """

    def look(where):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            check_axe(page)
            assert fits(page, width), (where, width)

    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    return look


def said(page, words):
    expect(page.locator(".usa-alert").filter(has_text=words)).to_be_visible()


def case_page(case):
    return reverse("casework:case-detail", args=[case.pk])


def act_page(case, slug, subject=None):
    address = reverse("casework:act", args=[case.pk, slug])
    return f"{address}?subject={subject.pk}" if subject else address


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def tab_to(page, wanted):
    """Press Tab until the wanted element has the focus; whatever has it on the way shows that it has."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            # Of a date's parts the last is a button within, which Chromium outlines itself.
            "(() => { const at = document.activeElement, of = getComputedStyle(at);"
            " const drawn = of.outlineStyle !== 'none' && parseFloat(of.outlineWidth) > 0;"
            " return at.type === 'date' || drawn; })()"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("Tab does not lead there")


def test_an_officer_records_a_check_in_from_the_day_and_takes_it_back(page, world, enter, width, complaints):
    row = world.check_in()
    refreshing.refresh(world.case.pk, today=world.today)
    enter(world.officer, "/")
    heading(page, "My day")
    assert fits(page, width)

    page.get_by_role("link", name="Record: Record a check-in").first.click()
    heading(page, "Record a check-in")
    assert fits(page, width)
    page.get_by_text("Attended", exact=True).click()
    page.get_by_role("button", name="Record a check-in").click()

    heading(page, "My day")
    said(page, f"Recorded the check-in. Case {world.case.pk}.")
    expect(page.locator("#done-table")).to_contain_text(world.case.pk)
    assert world.fresh(row).outcome == "attended"

    page.get_by_role("button", name=f"Take back: check in: record, {world.case.pk}").click()
    said(page, "Taken back.")
    expect(page.locator("#done-table")).to_have_count(0)
    assert world.fresh(row).outcome is None
    assert fits(page, width)
    assert complaints == []


def test_the_window_is_served_by_keyboard_alone(page, world, enter, only_counted):
    enter(world.officer, reverse("casework:desk"))
    tab_to(page, page.locator("#desk-case"))
    page.keyboard.type(world.case.pk.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name=f"Case {world.case.pk}")).to_be_visible()

    tab_to(page, page.get_by_role("link", name="Log a walk-in, call or letter"))
    page.keyboard.press("Enter")
    heading(page, "Log a walk-in, call or letter")
    tab_to(page, page.get_by_label("How"))
    page.keyboard.type("Walk")
    tab_to(page, page.get_by_label("About what"))
    page.keyboard.type("Quest")
    tab_to(page, page.get_by_role("button", name="Log a walk-in, call or letter"))
    page.keyboard.press("Enter")

    heading(page, "Window desk")
    said(page, "Logged the contact.")
    logged = models.DeskContact.objects.get()
    assert (logged.channel, logged.category) == ("walk_in", "question")


def test_a_supervisor_settles_from_the_unit_what_waits(page, world, enter, width, complaints, only_counted):
    actions.propose_closure(
        by=world.officer,
        case_no=world.case.pk,
        reason="duplicate",
        evidence_kind="agency_record",
        evidence_digest=DIGEST,
    )
    sender = world.person(Role.OFFICER, THERE)
    theirs = make_case(sender.username, world.day(-400), office_id=THERE)
    world.verified(case=theirs, office_id=THERE)
    actions.request_transfer(by=sender, case_no=theirs.pk, to_office_id=HERE, reason="workload")

    enter(world.supervisor, "/")
    heading(page, "Unit")
    assert fits(page, width)
    page.get_by_role("link", name=f"Decide: closure, {world.case.pk}").click()
    heading(page, "Confirm the closure")
    page.get_by_role("button", name="Confirm the closure").click()
    heading(page, "Unit")
    said(page, "Closed the case.")

    page.get_by_role("link", name=f"Decide: transfer, {theirs.pk}").click()
    heading(page, "Accept the case")
    page.get_by_role("button", name="Accept the case").click()
    heading(page, "Unit")
    said(page, "Accepted the case.")
    expect(page.get_by_text("Nothing waits for approval.")).to_be_visible()
    assert (world.fresh().state, world.fresh(theirs).office_id) == ("closed", HERE)
    assert complaints == []


def test_a_director_reads_what_the_office_owes(page, world, enter, width, complaints):
    world.check_in(-20)
    refreshing.refresh(world.case.pk, today=world.today)
    enter(world.person(Role.DIRECTOR), reverse("casework:office-detail", args=[HERE]))
    heading(page, f"{HERE} office")
    row = page.get_by_role("row").filter(has_text="Hold the check-in")
    expect(row).to_contain_text("0 of 1")
    expect(page.locator("main form")).to_have_count(0)
    assert fits(page, width)
    assert complaints == []


def test_whoever_comes_second_is_told_who_was_first_and_loses_nothing(
    page, browser, world, enter, only_counted
):
    row = world.check_in()
    form = act_page(world.case, "check-in-cancel", row)
    enter(world.officer, form)
    page.get_by_label("Why").select_option("duplicate")

    other = browser.new_context()
    second = enter(world.supervisor, act_page(world.case, "check-in-outcome", row), at=other.new_page())
    second.get_by_text("Attended", exact=True).click()
    second.get_by_role("button", name="Record a check-in").click()
    heading(second, f"Case {world.case.pk}")

    page.get_by_role("button", name="Cancel a check-in").click()
    said(page, world.supervisor.username)
    expect(page.get_by_label("Why")).to_have_value("duplicate")
    assert world.fresh(row).outcome == "attended"
    other.close()


def test_a_parents_case_is_not_closed_past_the_gate(page, world, enter, sound_at_each_width, only_counted):
    world.parent("yes")
    actions.propose_closure(
        by=world.officer,
        case_no=world.case.pk,
        reason="departed_removed",
        evidence_kind="agency_record",
        evidence_digest=DIGEST,
    )
    enter(world.supervisor, act_page(world.case, "closure-confirm"))
    page.get_by_role("button", name="Confirm the closure").click()

    said(page, "the person is a parent or guardian")
    said(page, "recorded as an incident")
    sound_at_each_width("the refused closure")
    assert world.fresh().state != "closed"

    page.get_by_role("link", name=f"Case {world.case.pk}").click()
    expect(page.locator("#incidents-table")).to_contain_text("closure blocked")


def test_on_paper_stand_whole_tables_and_no_acts(page, world, enter, only_counted):
    make_busy(world)
    refreshing.refresh(world.case.pk, today=world.today)
    enter(world.officer, reverse("casework:my-day"))
    for address in (reverse("casework:my-day"), case_page(world.case)):
        page.goto(page.url.partition("/cases/")[0] + address)
        page.emulate_media(media="print")
        expect(page.get_by_role("table").first).to_be_visible()
        for form in page.locator("main form").all():
            expect(form).to_be_hidden()
        for act in page.locator("main a[href*='/acts/']").all():
            expect(act).to_be_hidden()
        for button in page.get_by_role("button", include_hidden=True).all():
            expect(button).to_be_hidden()
        for region in page.locator(".table-scroll").all():
            assert region.evaluate("element => getComputedStyle(element).overflowX") == "visible"
        page.emulate_media(media="screen")


def states(world):
    """Return who opens which page in a state that the table of addresses does not reach."""
    make_busy(world)
    return [
        (world.supervisor, case_page(world.case)),
        (world.officer, reverse("casework:desk") + f"?case={world.case.pk}"),
        (world.officer, reverse("casework:desk") + "?case=C-NOWHERE"),
        (world.officer, reverse("casework:case-list") + "?number=C-NOWHERE"),
        (world.officer, reverse("casework:duty-list") + "?state=on_hold"),
        (world.supervisor, reverse("casework:unit")),
        (world.person(Role.AUDITOR, ""), case_page(world.case)),
        (world.make_user(Role.OFFICER, username="S-NOBODY"), reverse("casework:my-day")),
        (world.make_user(Role.SUPERVISOR, username="S-LOST"), reverse("casework:unit")),
    ]


def test_axe_finds_nothing_on_busy_and_on_empty_pages(page, world, enter, sound_at_each_width, only_counted):
    for user, address in states(world):
        enter(user, address)
        heading(page, page.get_by_role("heading", level=1).inner_text())
        sound_at_each_width(address)


def test_axe_finds_nothing_on_a_form_that_was_refused(page, world, enter, sound_at_each_width, only_counted):
    row = world.check_in()
    enter(world.officer, act_page(world.case, "check-in-reschedule", row))
    page.locator("main form").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Move a check-in").click()
    expect(page.get_by_text("This field is required.").first).to_be_visible()
    sound_at_each_width("an empty field")

    enter(world.officer, act_page(world.case, "check-in-outcome", row))
    page.get_by_text("Attended", exact=True).click()
    page.get_by_label("On", exact=True).fill(world.day(3).isoformat())
    page.get_by_role("button", name="Record a check-in").click()
    said(page, "in the future")
    sound_at_each_width("a day to come")
