"""Every page that answers a GET, from the same table as the permission matrix.

A page is opened once with scripts and looked at on a phone and at a desk, then once without scripts: to make
what it is about, to open it and to tidy up take longer than to look.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, fits
from tests.web.matrix import a_role_for, all_pages

PAGES = [pytest.param(address, rule, id=address) for address, rule in all_pages()]


@pytest.fixture(scope="module")
def scripted(browser):
    """Yield a window that runs scripts and keeps the site's files from page to page."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def unscripted(browser):
    """Yield a window without scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(scripted):
    """Yield a window with nobody signed in; to open one for each page would start a process for each."""
    scripted.context.clear_cookies()
    yield scripted
    scripted.goto("about:blank")


@pytest.fixture
def plain_page(unscripted):
    """Yield a window without scripts and with nobody signed in."""
    unscripted.context.clear_cookies()
    return unscripted


@pytest.mark.parametrize(("address", "rule"), PAGES)
def test_every_page(page, plain_page, complaints, live_server, sign_in, check_axe, address, rule):
    visitor = None if rule.is_open else sign_in(page, a_role_for(rule))
    plain_page.context.add_cookies(page.context.cookies())
    where = live_server.url + reverse(address, kwargs=dict(rule.make(visitor)))

    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    page.goto(where)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        check_axe(page)
        assert fits(page, width), f"at {width} pixels more than a table scrolls sideways"
    check_it_can_be_skipped_to(page)
    check_it_is_whole_without_javascript(plain_page, where)

    assert complaints == [], "the console must be silent: the content security policy speaks there"


def check_it_can_be_skipped_to(page):
    """Fail unless the page is named once, and the first press of Tab leads to its content."""
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.title().endswith("– Closeout")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def check_it_is_whole_without_javascript(page, where):
    """Fail unless the page answers, and every form could be sent, in a browser without scripts."""
    answer = page.goto(where)
    assert answer.status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for form in page.locator("main form").all():
        # A form that only script could send would have no address, or no button.
        assert form.get_by_role("button", include_hidden=True).count() >= 1
        assert (form.get_attribute("method") or "get") in {"get", "post"}
