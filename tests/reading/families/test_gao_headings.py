"""Titles of pages, among navigation and with the title that the file states."""

from __future__ import annotations

import pytest

from closeout.reading.families.gao_headings import title_range

TITLE = "Harbor Lights: Keepers Need a Staffing Plan"


def title(text, known=""):
    start, end = title_range(text, text.index("GAO-30"), has_number=True, known=known)
    return text[start:end]


@pytest.mark.parametrize(
    "navigation",
    [
        "Skip to main content",
        "  • Reports & Testimonies\n  • Recommendations",
        "Home | Browse Reports",
        "Home > Reports & Testimonies",
        "- Topics\n- Careers",
        "Jump To:",
        "Breadcrumb\n\n1. Home\n2. Reports & Testimonies",
    ],
)
def test_navigation_is_no_title(navigation):
    assert title(f"{navigation}\n\n{TITLE}\n\nGAO-30-990001 Published") == TITLE


@pytest.mark.parametrize(
    "known",
    [
        TITLE,
        f"{TITLE} | U.S. GAO",
        f"U.S. GAO - {TITLE}",
        f"GAO – {TITLE} | Reports",
    ],
)
def test_the_files_own_title_is_looked_for(known):
    text = f"Office of Lamps and Harbors\n\n{TITLE}\n\nGAO-30-990001 Published"
    assert title(text, known) == TITLE


def test_the_files_title_is_found_over_lines():
    assert title(
        "Our Site\n\nHarbor Lights:\n\nKeepers Need\n\nGAO-30-1 Published", "Harbor Lights: Keepers Need"
    ) == ("Harbor Lights:\n\nKeepers Need")


def test_a_dash_within_the_files_title_is_its_own():
    text = "Menu\n\nLights - A Plan for Keepers\n\nGAO-30-990001"
    assert title(text, "Lights - A Plan for Keepers | GAO") == "Lights - A Plan for Keepers"


@pytest.mark.parametrize("known", ["GAO", "saved-page.txt", "Another Report About Boats | U.S. GAO"])
def test_a_title_that_the_page_does_not_show_is_not_used(known):
    assert title(f"{TITLE}\n\nGAO-30-990001", known) == TITLE
