"""The parts of a measure in the browser: narrow and wide, axe, and a table that is scrolled by keyboard."""

import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role
from tests.browser.conftest import fits
from tests.web.evidence.made import CODE, keep, make_measured
from tests.web.evidence.test_parts import COUNTRIES, DOCKETS
from tests.web.recommendations.world import make_world as make_register

NARROW, WIDE = 390, 1280


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_each_breakdown_is_a_table_that_fits_and_passes_axe(page, make_user, world, enter, check_axe, width):
    make_register(make_user)
    keep(measured=make_measured(breakdowns=(DOCKETS, COUNTRIES)))
    page.set_viewport_size({"width": width, "height": 900})
    enter(world.person(Role.AUDITOR, ""), reverse("evidence:measure-detail", args=[CODE]))
    parts = page.locator("section[aria-labelledby=parts]")
    assert parts.locator("table").count() == 2
    assert parts.locator("caption").all_inner_texts() == [
        "Outcome of a check-in written down in time, by docket",
        "Outcome of a check-in written down in time, by country",
    ]
    page.get_by_role("link", name="parts", exact=True).click()
    assert page.url.endswith("#parts")
    assert fits(page, width)
    check_axe(page)
    for region in parts.locator(".table-scroll").all():
        region.focus()
        assert region.evaluate("element => document.activeElement === element")
