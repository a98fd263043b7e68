"""A link is on a page only where it leads somewhere for this reader, now."""

import re

import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role

UNIT = "casework:unit"
DAY = "casework:my-day"


def links_of(response):
    """Return the addresses of a page's links that lie in the casework."""
    found = re.findall(r'href="(/cases/[^"#]*)', response.content.decode())
    return [address.replace("&amp;", "&") for address in found]


@pytest.mark.parametrize(
    ("check_in", "is_offered"),
    [({}, True), ({"state": "attended", "outcome": "attended"}, False)],
    ids=["without an outcome", "with its outcome"],
)
def test_a_check_is_recorded_only_while_its_check_in_is_open(world, as_, owe, check_in, is_offered):
    row = world.check_in(-5, **check_in)
    owe("records-check", due=-5, subject_table="check_ins", subject=str(row.pk))
    page = as_(world.officer).get(reverse(DAY))
    acts = [address for address in links_of(page) if "/acts/" in address]
    assert len(acts) == is_offered
    assert [as_(world.officer).get(address).status_code for address in acts] == [200] * is_offered


def test_an_exception_that_is_disposed_of_takes_no_attempt(world, as_, owe):
    row = world.exception(state="dispositioned", disposition="excused", disposed_on=world.day(-1))
    owe("exception-first-contact", due=-5, subject_table="exceptions", subject=str(row.pk))
    page = as_(world.officer).get(reverse("casework:case-detail", args=[world.case.pk]))
    assert not [address for address in links_of(page) if "exception-attempt" in address]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.DIRECTOR])
def test_every_link_of_the_unit_leads_somewhere_for_who_reads_it(world, as_, owe, role):
    world.exception()
    owe(due=-3)
    reader = world.person(role)
    page = as_(reader).get(reverse(UNIT))
    assert page.status_code == 200
    led = {address: as_(reader).get(address).status_code for address in links_of(page)}
    assert led
    assert {address for address, status in led.items() if status != 200} == set()


def test_acts_are_asked_for_in_one_query_for_all_cases(world, as_, owe, django_assert_max_num_queries):
    for _ in range(3):
        row = world.check_in(-5, case=world.make_case())
        owe("check-in", due=-5, subject_table="check_ins", subject=str(row.pk), case_no=row.case_id)
    reader = as_(world.officer)
    reader.get(reverse(DAY))
    with django_assert_max_num_queries(60) as few:
        reader.get(reverse(DAY))
    before = len(few)
    for _ in range(5):
        row = world.check_in(-5, case=world.make_case())
        owe("check-in", due=-5, subject_table="check_ins", subject=str(row.pk), case_no=row.case_id)
    with django_assert_max_num_queries(before):
        page = reader.get(reverse(DAY))
    assert len([address for address in links_of(page) if "/acts/" in address]) == 8
