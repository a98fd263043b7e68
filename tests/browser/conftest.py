"""Chromium, people signed in, and axe."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from tests.web.casework.actions.world import make_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import ConsoleMessage, Page
    from pytest_django.live_server_helper import LiveServer

    from closeout.web.accounts.models import User
    from tests.web.casework.actions.world import World

# Playwright's sync API runs an event loop, in which Django would refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1280)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here, and skip them where there is no Chromium (never in CI)."""
    here = [item for item in items if item.path.is_relative_to(Path(__file__).parent)]
    for item in here:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db(transaction=True))
        if not CHROMIUM.exists() and os.environ.get("CI") != "true":
            item.add_marker(pytest.mark.skip(reason=f"no Chromium at {CHROMIUM}; set CHROMIUM to its path"))


@pytest.fixture(scope="session")
def base_url() -> None:
    """Stand in for pytest-base-url's fixture, which warns under pytest 9.2; tests name whole addresses."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the system's Chromium: no browser is downloaded."""
    return {
        "executable_path": str(CHROMIUM),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture
def sign_in(live_server: LiveServer, make_user: Callable[..., User]) -> Callable[[Page, str], User]:
    """Return a function that signs a browser in as somebody in a role, without the form."""

    def act(page: Page, role: str) -> User:
        user, client = make_user(role), Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        return user

    return act


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """Return a function that fails with axe's report when the page breaks a rule up to WCAG 2.2 AA."""

    def check(page: Page) -> None:
        # All rules run; of those that are kept nothing is told, which takes longer than to run them.
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        is_there = page.evaluate("typeof window.axe === 'object'")
        axe = Axe("0") if is_there else Axe()
        results = axe.run(page, options=options)
        assert results.violations_count == 0, results.generate_report()

    return check


@pytest.fixture
def world(make_user: Callable[..., User]) -> World:
    """Return an agency of two offices with an officer, a supervisor and a case."""
    return make_world(make_user)


@pytest.fixture
def enter(live_server: LiveServer, page: Page) -> Callable[..., Page]:
    """Return a function that opens a page as somebody, in the test's browser or another."""

    def go(user: User, address: str, *, at: Page = page) -> Page:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        at.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        at.goto(live_server.url + address)
        return at

    return go


@pytest.fixture(params=WIDTHS, ids=str)
def width(request: pytest.FixtureRequest, page: Page) -> int:
    """Make the window as wide as a phone, or a desk's screen."""
    page.set_viewport_size({"width": request.param, "height": 800})
    wide: int = request.param
    return wide


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """Yield what the console was told; the content security policy speaks there."""
    told: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            told.append(message.text)

    page.on("console", hear)
    yield told
    page.remove_listener("console", hear)


def fits(page: Page, width: int) -> bool:
    """Say whether nothing of a page reaches over its right edge."""
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return wide <= width
