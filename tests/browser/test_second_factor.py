import re
import time

import pytest
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from playwright.sync_api import expect

from closeout.web.accounts.models import Role
from tests.browser.conftest import WIDTHS
from tests.conftest import PASSWORD


def code_of_now(key):
    return format_hotp_value(hotp_value(key, int(time.time()) // app_settings.TOTP_PERIOD))


def enter(page, live_server):
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("Staff number").fill("S-30")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_sets_an_app_up_and_signs_in_with_a_recovery_code(
    page, live_server, make_user, check_axe, width
):
    page.set_viewport_size({"width": width, "height": 800})
    make_user(Role.READER, username="S-30")
    enter(page, live_server)

    page.goto(live_server.url + reverse("mfa_index"))
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    check_axe(page)
    key = re.search(r"Key: (\w+)", page.locator("main").inner_text())[1]
    page.get_by_label("Code the app shows now").fill(code_of_now(key))
    page.get_by_role("button", name="Finish").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    check_axe(page)
    code = page.locator(".codes li").first.inner_text()

    for path in ("mfa_index", "mfa_generate_recovery_codes", "mfa_deactivate_totp", "mfa_reauthenticate"):
        page.goto(live_server.url + reverse(path))
        check_axe(page)

    page.context.clear_cookies()
    enter(page, live_server)
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    check_axe(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".site-account summary")).to_contain_text("S-30")
