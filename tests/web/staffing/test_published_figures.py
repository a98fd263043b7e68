"""The page of published figures: all of them, each with its source, and none off."""

from django.urls import reverse

from closeout.assignment.levelling import level, target
from closeout.web.accounts.models import Role
from closeout.workload.reference import checks


def test_every_figure_stands_on_the_page_and_none_is_off(client, world):
    client.force_login(world.person(Role.PLANNER))
    text = client.get(reverse("staffing:published-figures")).content.decode()
    found = checks(level, target)
    assert f"{len(found)} of {len(found)} figures are reproduced" in text
    assert text.count("<td>reproduced</td>") == len(found)
