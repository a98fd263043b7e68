"""Every page that answers a GET, from the same table as the permission matrix."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS
from tests.web.matrix import a_role_for, all_pages

PAGES = [pytest.param(address, rule, id=address) for address, rule in all_pages()]


@pytest.fixture
def visit(page, live_server, sign_in):
    """Return a function that opens an address as somebody who may; the sign-in page as nobody."""

    def go(address, rule):
        visitor = None if rule.is_open else sign_in(page, a_role_for(rule))
        page.goto(live_server.url + reverse(address, kwargs=dict(rule.make(visitor))))

    return go


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_axe_finds_nothing_and_only_tables_scroll_sideways(page, visit, check_axe, address, rule, width):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.set_viewport_size({"width": width, "height": 800})

    visit(address, rule)

    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == [], "the console must be silent: the content security policy speaks there"


@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_the_page_is_named_once_and_can_be_skipped_to(page, visit, address, rule):
    visit(address, rule)

    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.title().endswith("– Closeout")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_the_page_is_whole_without_javascript(browser, live_server, sign_in, address, rule):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    visitor = None if rule.is_open else sign_in(page, a_role_for(rule))

    answer = page.goto(live_server.url + reverse(address, kwargs=dict(rule.make(visitor))))

    assert answer.status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for form in page.locator("main form").all():
        # A form that only script could send would have no address, or no button.
        assert form.get_by_role("button", include_hidden=True).count() >= 1
        assert (form.get_attribute("method") or "get") in {"get", "post"}
    context.close()
