"""The evidence in the browser: to an approved dossier by keyboard, down to a measure, narrow, and on paper.

Every page of the evidence is visited by `test_every_page` as well: axe, two widths, without script.
"""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from closeout.evidence.measures.run_rows import Row
from closeout.web.accounts.models import Role
from closeout.web.evidence import listing
from closeout.web.evidence.listing import Listed
from closeout.web.evidence.queries.submissions import KIND
from closeout.web.jobs import actions as jobs
from closeout.web.jobs.models import Job
from closeout.web.jobs.tasks import run_job
from closeout.web.recommendations.models import ClosureRequest
from tests.browser.conftest import fits
from tests.web.casework.actions.world import HERE, THERE
from tests.web.evidence.made import CODE, keep, make_measured, share
from tests.web.evidence.test_dossiers import freeze_by_hand, ready
from tests.web.recommendations.world import make_world as make_register

__all__ = ["ready"]
NARROW = 390


@pytest.fixture
def register(make_user, world):
    """Return a register of one recommendation, beside the offices."""
    return make_register(make_user)


def test_a_dossier_is_submitted_and_approved_by_keyboard(
    page, register, ready, enter, complaints, monkeypatch, check_axe
):
    # No worker takes the job before the test has seen it wait, and none hurries while the letter is written.
    monkeypatch.setattr(jobs, "run_job", SimpleNamespace(enqueue=lambda _pk: None))
    dossier = reverse("evidence:dossier", args=[register.rec.pk])
    enter(register.liaison, dossier)
    expect(page.locator(".lead")).to_contain_text("Nothing is known to be missing")
    page.get_by_text("Submit for approval…").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Submit", exact=True).focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Submit and approve")
    expect(panel.get_by_text("It is being submitted")).to_be_visible()
    expect(panel.get_by_label("Waiting for a worker")).to_be_visible()
    expect(page.get_by_text("Submit for approval…")).to_have_count(0)
    check_axe(page)
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert fits(page, NARROW)
    run_job.call(Job.objects.get(kind=KIND).pk)
    # The page asks on its own; however long that takes, nobody presses anything.
    expect(panel.get_by_text("submitted by")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Decide…")).to_have_count(0)
    check_axe(page)

    enter(register.approver, "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Approvals")
    page.get_by_role("link", name="ZIG-26-07, Recommendation 1").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Decide…").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Approve").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save the decision").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved the decision.")).to_be_visible()
    assert ClosureRequest.objects.get().state == "approved"
    assert complaints == []


def test_from_the_assessment_down_to_a_measure_without_script(browser, live_server, register, enter):
    keep()
    context = browser.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 800})
    page = context.new_page()
    enter(register.liaison, reverse("evidence:assessment"), at=page)
    page.get_by_label("The records show it").select_option(label="Not being done")
    page.get_by_role("button", name="Show").click()
    assert "standing=not_done" in page.url
    page.get_by_role("link", name="Outcome of a check-in written down in time").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Outcome of a check-in written down in time")
    context.close()


def test_rows_are_asked_for_and_shown_without_script(
    browser, live_server, register, world, enter, monkeypatch
):
    keep()
    # Tests do a job as soon as it is asked for.
    found = Row("check-in-outcome", "K-1", 1, None, HERE, date(2026, 1, 2), None, None, "done", 1)
    monkeypatch.setattr(listing, "look_up", lambda *_given, **_named: Listed((found,)))
    context = browser.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 800})
    page = context.new_page()
    enter(world.person(Role.AUDITOR, ""), reverse("evidence:measure-rows", args=[CODE]), at=page)
    page.get_by_role("button", name="Look the rows up").click()
    expect(page.get_by_role("rowheader", name="K-1")).to_be_visible()
    assert fits(page, NARROW)
    context.close()


def test_a_file_is_verified_by_keyboard(page, register, enter, check_axe):
    enter(register.approver, reverse("evidence:verify"))
    page.get_by_label("Frozen figure").set_input_files(
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"words"}
    )
    page.get_by_role("button", name="Verify", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("not one of ours")).to_be_visible()
    page.wait_for_load_state("networkidle")  # the page of the job has given way to what came of it
    check_axe(page)


def test_axe_finds_nothing_on_busy_pages_of_a_phone(page, register, world, ready, enter, check_axe):
    offices = (share(300, 350, HERE), share(300, 350, THERE), share(100, 300, "NYC"))
    page.set_viewport_size({"width": NARROW, "height": 800})
    visits = [
        (register.liaison, reverse("evidence:dossier", args=[register.rec.pk])),
        (register.liaison, reverse("home:first-screen")),
        (register.approver, reverse("evidence:verify")),
    ]
    for user, address in visits:
        enter(user, address)
        check_axe(page)
        assert fits(page, NARROW), address
    keep(measured=make_measured(total=share(700, 1000), offices=offices))
    enter(world.person(Role.AUDITOR, ""), reverse("evidence:measure-detail", args=[CODE]))
    check_axe(page)
    assert fits(page, NARROW)
    for picture in page.locator("img.chart-picture").all():
        assert "width=narrow" in picture.evaluate("image => image.currentSrc")
        assert picture.evaluate("image => image.complete && image.naturalWidth > 0")


def test_on_paper_stand_the_letter_and_whole_tables(page, register, enter):
    keep()
    freeze_by_hand(register)
    for name, args in (
        ("dossier", [register.rec.pk]),
        ("measure-detail", [CODE]),
        ("assessment", []),
        ("paper-list", []),
    ):
        enter(register.liaison, reverse(f"evidence:{name}", args=args))
        page.emulate_media(media="print")
        for form in page.locator("main form").all():
            expect(form).to_be_hidden()
        for region in page.locator(".table-scroll").all():
            assert region.evaluate("element => getComputedStyle(element).overflowX") == "visible", name
        page.emulate_media(media="screen")
