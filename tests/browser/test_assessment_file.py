"""The assessment's report in Chromium: from disk, without network, within axe's rules, and as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from closeout.evidence.assessment import Assessment
from closeout.evidence.gaps import largest_gaps
from closeout.evidence.linking import link
from closeout.evidence.needs import Need
from closeout.evidence.report import report_html
from tests.evidence.made import DAY, followed
from tests.evidence.report.test_report import listing, offices_measure, paper

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.fixture
def report(tmp_path) -> Path:
    """Return the file of a small assessment."""
    of = (offices_measure(),)
    needs = {"dhs-oig/OIG-17-51/2": [Need("a list of all reviews", "a.pdf, page 3")]}
    found = link([followed("2"), followed("3", text=None)], of, needs)
    path = tmp_path / "report.html"
    made = Assessment("Agency", DAY, of, found.assessed, largest_gaps(of), {}, ("a note",))
    papers = listing(paper(), paper("papers/r/letter.pdf", "Closeout letter: it", "dhs-oig/OIG-17-51/2"))
    path.write_text(report_html(made, need="4 officers are needed.", papers=papers), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_opens_from_disk_and_breaks_no_rule(report, page: Page, check_axe, width):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(report.as_uri())
    assert asked == [report.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    check_axe(page)


def test_text_in_charts_keeps_its_size_on_a_narrow_screen(report, page: Page):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(report.as_uri())
    sizes = page.evaluate("[...document.querySelectorAll('svg text')].map(t => getComputedStyle(t).fontSize)")
    assert set(sizes) == {"13px"}


def test_a_table_that_is_too_wide_scrolls_with_the_keyboard(report, page: Page):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(report.as_uri())
    wide = page.locator(".scroll").first
    wide.focus()
    assert wide.evaluate("each => document.activeElement === each")


def test_it_prints(report, page: Page):
    page.goto(report.as_uri())
    assert page.pdf(format="Letter").startswith(b"%PDF")
    page.emulate_media(media="print")
    heads = page.evaluate(
        "[...document.querySelectorAll('thead')].map(each => getComputedStyle(each).display)"
    )
    assert set(heads) == {"table-header-group"}
    assert not page.locator(".skip").is_visible()
