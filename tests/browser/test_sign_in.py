import pytest
from django.urls import reverse
from playwright.sync_api import expect

from closeout.web.accounts.models import Role
from tests.conftest import PASSWORD


@pytest.fixture
def sign_in_url(live_server):
    return live_server.url + reverse("account_login")


def test_somebody_signs_in_and_out_with_the_keyboard_alone(page, sign_in_url, make_user):
    make_user(Role.AUDITOR, username="S-204")
    page.goto(sign_in_url)

    for _ in range(2):  # past the skip link and the name of the site
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Staff number")).to_be_focused()
    page.keyboard.type("s-204")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    menu = page.locator(".site-account summary")
    expect(menu).to_contain_text("S-204")

    menu.focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sign out")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.fixture
def plain_page(browser):
    """Return a page of a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_sign_in_menu_and_sign_out_work_without_javascript(plain_page, sign_in_url, make_user):
    make_user(Role.ADMINISTRATOR, username="S-1")
    plain_page.goto(sign_in_url)
    plain_page.get_by_label("Staff number").fill("S-1")
    plain_page.get_by_label("Password").fill(PASSWORD)
    plain_page.get_by_role("button", name="Sign in").click()

    plain_page.locator(".site-account summary").click()
    plain_page.get_by_role("button", name="Sign out").click()
    expect(plain_page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(
    page, sign_in_url, make_user, check_axe
):
    make_user(Role.READER, username="S-2")
    page.goto(sign_in_url)
    page.get_by_label("Staff number").fill("S-2")
    page.get_by_label("Password").fill("not this one at all")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_contain_text("not correct")
    check_axe(page)


def test_a_first_password_leads_to_choosing_ones_own(page, sign_in_url, make_user):
    make_user(Role.AUDITOR, username="S-3", must_change_password=True)
    page.goto(sign_in_url)
    page.get_by_label("Staff number").fill("S-3")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill("a quiet river in winter")
    page.get_by_label("New password, again").fill("a quiet river in winter")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("heading", name="Change password")).to_have_count(0)
