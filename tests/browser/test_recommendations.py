"""Journeys through the recommendations, with script, without, and by keyboard alone."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from closeout.reading.read import read_document
from closeout.reading.sources import open_documents
from closeout.web.accounts.models import Role
from closeout.web.recommendations.models import AgencyProgress, ReviewItem
from tests.web.factories import day, make_capture, make_mention, make_recommendation
from tests.web.recommendations.address_rules import a_question, lively
from tests.web.recommendations.arrivals import take_in

LIST = reverse("recommendations:recommendation-list")
ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "images"
REPORTS = ROOT / "src" / "closeout" / "demo" / "reports"


@pytest.fixture
def plain_page(browser):
    """Return a page of a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def two():
    make_recommendation(text="Late one.", auditor_status="resolved-open", promise=day("2020-01-01"))
    make_recommendation(text="Later on.", auditor_status="resolved-open", promise=day("2999-01-01"))


def narrow_to_what_is_late(page, live_server):
    page.goto(live_server.url + LIST)
    page.locator("form.filters").get_by_text("Promise missed").click()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Later on.")).to_have_count(0)
    expect(page.get_by_text("Late one.")).to_be_visible()


def test_a_reader_narrows_the_list_and_the_address_keeps_it(page, live_server, sign_in):
    two()
    sign_in(page, Role.READER)
    narrow_to_what_is_late(page, live_server)
    assert "overdue=on" in page.url
    page.go_back()
    expect(page.get_by_text("Later on.")).to_be_visible()


def test_the_list_narrows_without_javascript(plain_page, live_server, sign_in):
    two()
    sign_in(plain_page, Role.READER)
    narrow_to_what_is_late(plain_page, live_server)


def test_words_lead_from_the_search_box_to_the_recommendation_and_its_source(page, live_server, sign_in):
    rec = make_recommendation(text="Mind the lantern of buoy nine.", auditor_status="resolved-open")
    text = "Before. " * 400 + "Mind the lantern of buoy nine." + " After." * 400
    make_mention(rec, make_capture(text, report_number="ZIG-9"), text_start=3200, text_end=3230)
    sign_in(page, Role.AUDITOR)
    page.goto(live_server.url + LIST)
    page.get_by_role("searchbox").fill("lantern")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=rec.label).click()
    page.get_by_role("link", name="ZIG-9").first.click()
    expect(page.locator("mark")).to_have_text("Mind the lantern of buoy nine.")
    expect(page.locator("mark")).to_be_in_viewport()


def test_a_liaison_says_where_the_agency_stands_by_keyboard_alone(page, live_server, sign_in):
    rec = make_recommendation(auditor_status="resolved-open")
    sign_in(page, Role.AUDIT_LIAISON)
    page.goto(live_server.url + reverse("recommendations:recommendation-detail", args=[rec.pk]))
    page.get_by_text("Say where we stand…").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Where we stand")).to_be_focused()
    page.keyboard.type("In corr")
    page.get_by_label("What was done").focus()
    page.keyboard.type("The first half is counted.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").or_(page.locator(".usa-alert")).first).to_contain_text(
        "Saved where we stand."
    )
    assert AgencyProgress.objects.get().state == "in-progress"


def test_acts_work_without_javascript(plain_page, live_server, sign_in):
    rec = make_recommendation(auditor_status="resolved-open")
    sign_in(plain_page, Role.AUDIT_LIAISON)
    plain_page.goto(live_server.url + reverse("recommendations:recommendation-detail", args=[rec.pk]))
    plain_page.get_by_text("Write the plan…").click()
    plain_page.get_by_label("Office that owns it").fill("Harbor Office")
    plain_page.get_by_label("What will be done").fill("Count every buoy.")
    plain_page.get_by_label("Steps").fill("2027-03-31 Buy a boat")
    plain_page.locator("form", has=plain_page.get_by_label("Steps")).get_by_role(
        "button", name="Save"
    ).click()
    expect(plain_page.get_by_text("Saved the plan.")).to_be_visible()
    expect(plain_page.get_by_role("listitem").filter(has_text="Buy a boat")).to_be_visible()


def test_a_doubtful_reading_is_settled_with_one_key(page, live_server, sign_in):
    first, second = a_question(None)["pk"], a_question(None)["pk"]
    sign_in(page, Role.AUDIT_LIAISON)
    page.goto(live_server.url + reverse("recommendations:review-item", args=[first]))
    page.keyboard.press("a")
    page.wait_for_url(f"**{reverse('recommendations:review-item', args=[second])}")
    assert ReviewItem.objects.get(pk=first).state == "accepted"


def test_keys_typed_into_a_field_settle_nothing(page, live_server, sign_in):
    item = a_question(None)["pk"]
    sign_in(page, Role.AUDIT_LIAISON)
    page.goto(live_server.url + reverse("recommendations:review-item", args=[item]))
    page.keyboard.press("c")
    number = page.get_by_label("Number (optional)", exact=True)
    number.fill("")
    number.press("a")
    expect(number).to_have_value("a")
    assert ReviewItem.objects.get(pk=item).state == "open"


def test_the_print_view_is_the_recommendation_without_its_controls(page, live_server, sign_in):
    rec = lively()
    sign_in(page, Role.AUDIT_LIAISON)
    page.goto(live_server.url + reverse("recommendations:recommendation-detail", args=[rec.pk]))
    page.emulate_media(media="print")
    expect(page.get_by_text(rec.text).first).to_be_visible()
    expect(page.get_by_text("Say where we stand…")).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_hidden()


def test_the_picture_of_the_readme_shows_the_demo_register(page, live_server, sign_in):
    take_in(*(read_document(each) for file in sorted(REPORTS.rglob("*.*")) for each in open_documents(file)))
    sign_in(page, Role.AUDIT_LIAISON)
    page.set_viewport_size({"width": 1280, "height": 900})
    # A day of its own, so that the picture stays the same.
    page.goto(f"{live_server.url}{LIST}?order=promise&as_of=2026-11-16")
    expect(page.get_by_role("row").nth(5)).to_be_visible()
    picture = page.screenshot()
    assert picture.startswith(b"\x89PNG")
    if os.environ.get("CLOSEOUT_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        (PICTURES / "recommendations.png").write_bytes(picture)
