"""Unit shows the hours of its posts once the need has been worked out, in the order of staff numbers."""

from django.urls import reverse

from closeout.workload.weights import Kind
from tests.web.staffing.made import keep, make_officer

UNIT = reverse("casework:unit")


def text(client):
    return " ".join(client.get(UNIT).content.decode().split())


def keep_for(world, **fields):
    return keep(officers=(make_officer(world.officer.username, **fields),))


def test_without_a_run_unit_says_what_would_fill_it(world, as_):
    page = text(as_(world.supervisor))
    assert "once a planner or director has worked the need out" in page
    assert "Utilization</th>" not in page


def test_utilization_stands_with_its_interval_and_leads_to_what_it_rests_on(world, as_):
    keep_for(world)
    page = text(as_(world.supervisor))
    assert '<span class="nowrap">92 (81–104) %</span>' in page
    assert "as of <time" in page
    assert reverse("staffing:office-detail", args=["BOS"]) + "#officers" in page


def test_orphaned_work_is_said_and_whoever_is_not_in_the_run_has_no_data(world, as_):
    keep_for(world, state="ORPHANED", utilization=None, interval=None, hours_available=0.0)
    page = text(as_(world.supervisor))
    assert '<span class="late">orphaned</span>' in page
    assert '<span class="note">no data</span>' in page


def test_a_post_without_a_figure_says_so(world, as_):
    keep_for(world, utilization=None, interval=None)
    assert "no figure" in text(as_(world.supervisor))


def test_adjusted_figures_do_not_take_the_place_of_observed(world, as_):
    keep(kind=Kind.ADJUSTED, officers=(make_officer(world.officer.username),))
    assert "Utilization</th>" not in text(as_(world.supervisor))


def test_unit_asks_two_queries_more_at_most(world, as_, django_assert_max_num_queries):
    client = as_(world.supervisor)
    text(client)
    with django_assert_max_num_queries(40) as without:
        text(client)
    keep_for(world)
    with django_assert_max_num_queries(len(without) + 1):
        text(client)
