"""Hiring plans: asked for within limits, kept whole, shown by month with what binds."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework.actions import NotNowError, UnfitValueError
from closeout.web.jobs.models import Job
from closeout.web.staffing.actions.plans import AskedPlan, ask_plan, own_figures
from closeout.web.staffing.charts_plans import plan_chart
from closeout.web.staffing.forms_plans import PlanForm
from closeout.web.staffing.models import KeptPlan
from closeout.web.staffing.queries.plans import month_after, months_table, plan_view, plans_for
from closeout.workload.hiring_figures import USUAL_FLOW
from tests.web.casework.actions.world import HERE, THERE
from tests.web.staffing.made_answers import make_plan, path, planned

SENT = {
    "office_id": HERE,
    "probability": "80",
    "ceiling": "20",
    "seats": "6",
    "every_months": "3",
    "overtime_most": "5",
    "kind": "observed",
    "draws": "500",
    "seed": "7",
}


@pytest.fixture
def planner(world):
    return world.person(Role.PLANNER)


def ahead(days=500):
    return localdate() + timedelta(days=days)


def sent(**fields):
    return {**SENT, "by_on": ahead().isoformat(), **fields}


def words_of(answer):
    return " ".join(answer.content.decode().split())


def page(client, user, name, *args, **asked):
    client.force_login(user)
    return client.get(reverse(name, args=args), asked)


def test_what_is_asked_for_is_read_back_as_it_was():
    asked = AskedPlan(HERE, date(2028, 3, 1), 0.9, 20, 6, 4, 0.05, 300, 11, "adjusted")
    assert AskedPlan.of(asked.plain()) == asked


def test_classes_start_this_month_and_every_few_months_until_the_day():
    # From June 1, 2026 to March 1, 2027 there are nine months: classes in months 0, 3 and 6.
    limits = AskedPlan(HERE, date(2027, 3, 1), seats=6, every_months=3).limits(date(2026, 6, 1))
    assert [(one.month, one.seats) for one in limits.classes] == [(0, 6), (3, 6), (6, 6)]


@pytest.mark.parametrize(
    ("months", "said"), [(0, "2026-11"), (1, "2026-12"), (2, "2027-01"), (14, "2028-01")]
)
def test_months_are_called_as_the_calendar_calls_them(months, said):
    assert month_after(date(2026, 11, 22), months) == said


def test_a_plan_is_asked_for_in_the_background(planner):
    asked = AskedPlan(HERE, ahead(), ceiling=20)
    job = ask_plan(by=planner, asked=asked)
    assert AskedPlan.of(job.params) == asked
    with pytest.raises(NotNowError, match="already"):
        ask_plan(by=planner, asked=asked)


def test_a_planner_plans_for_all_offices_together(planner):
    assert ask_plan(by=planner, asked=AskedPlan("", ahead())).params["office_id"] == ""


def test_a_director_plans_for_the_own_office_only(world):
    director = world.person(Role.DIRECTOR)
    assert ask_plan(by=director, asked=AskedPlan(HERE, ahead()))
    for office in (THERE, ""):
        with pytest.raises(PermissionDenied):
            ask_plan(by=director, asked=AskedPlan(office, ahead()))


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR, Role.OFFICER, Role.READER])
def test_who_does_not_plan_asks_for_none(world, role):
    with pytest.raises(PermissionDenied):
        ask_plan(by=world.person(role), asked=AskedPlan(HERE, ahead()))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"by_on": date(2020, 1, 1)}, "one month to ten years"),
        ({"by_on": date(2200, 1, 1)}, "one month to ten years"),
        ({"probability": 0.0}, "probability"),
        ({"probability": 1.5}, "probability"),
        ({"ceiling": -1}, "ceiling"),
        ({"seats": -1}, "seats"),
        ({"every_months": 0}, "one month apart"),
        ({"overtime_most": 1.2}, "overtime"),
        ({"draws": 5}, "draws"),
        ({"seed": -1}, "seed"),
        ({"weights": "guessed"}, "weights"),
        ({"office_id": "NOWHERE"}, "no office NOWHERE"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_what_no_plan_can_be_made_of_is_refused(planner, fields, said):
    with pytest.raises(UnfitValueError, match=said):
        ask_plan(by=planner, asked=AskedPlan(**{"office_id": HERE, "by_on": ahead(), **fields}))


def test_a_kept_plan_writes_one_event(planner):
    kept = make_plan(planner)
    assert (kept.requested_by, kept.probability, kept.asked["ceiling"]) == (planner, 0.8, 20)
    assert Event.objects.filter(action="staffing.plan_hiring").count() == 1


def test_a_plan_that_nothing_meets_is_kept_without_a_bound(planner):
    # The search gives an infinite bound there, which JSON cannot hold.
    kept = make_plan(chosen=path(meets=False, bound=float("inf"), is_cheapest=False, probability=0.3))
    assert kept.result["plan"]["chosen"]["bound"] is None
    assert plan_view(KeptPlan.objects.get()).chosen.bound is None


def test_the_database_holds_the_day_after_the_records(planner):
    kept = make_plan()
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptPlan.objects.filter(pk=kept.pk).update(by_on=kept.as_of)


def test_a_plan_is_read_back_by_month():
    view = plan_view(KeptPlan(as_of=date(2026, 6, 1), result=planned()))
    assert [(row.month, row.started) for row in view.months] == [("2026-06", 4), ("2026-07", 0)]
    assert view.classes == (("2026-06", 4), ("2026-09", 2))
    assert [one.name for one in view.options] == ["No overtime", "Overtime 5.0 %"]
    assert [one.name for one in view.weights] == ["Weights at 10 %", "Weights at 90 %"]


def test_the_file_holds_the_months(planner):
    view = plan_view(make_plan())
    table = months_table(view, date(2026, 6, 1))
    assert [row[0] for row in table.rows] == ["2026-06", "2026-07"]
    assert table.rows[0][2:5] == (10.0, 9.0, 11.0)


@pytest.mark.parametrize("is_narrow", [False, True])
def test_the_chart_marks_the_need_once(planner, is_narrow):
    svg = plan_chart(plan_view(make_plan()).months, need=13.0, is_narrow=is_narrow)
    assert svg.count(">need at the date<") == 1


def test_the_form_gives_shares_for_percent(world):
    form = PlanForm(sent())
    assert form.is_valid(), form.errors
    asked = form.asked()
    assert (asked.probability, asked.overtime_most, asked.ceiling, asked.seats) == (0.8, 0.05, 20, 6)


def test_asking_on_the_page_leads_to_the_job(client, planner):
    client.force_login(planner)
    answer = client.post(reverse("staffing:plan-list"), sent())
    assert answer.url == reverse("jobs:job-detail", args=[Job.objects.get().pk])


@pytest.mark.parametrize(
    ("fields", "code"), [({"probability": "0"}, 422), ({"by_on": "2020-01-01"}, 409)], ids=["form", "action"]
)
def test_a_wrong_figure_is_said_on_the_page(client, planner, fields, code):
    client.force_login(planner)
    answer = client.post(reverse("staffing:plan-list"), sent(**fields))
    assert answer.status_code == code
    assert not Job.objects.exists()


def test_the_page_says_the_path_and_that_it_is_proven(client, planner):
    text = words_of(page(client, planner, "staffing:plan-detail", make_plan().pk))
    assert "4 seats in the class of 2026-06, 2 seats in the class of 2026-09" in text
    assert "the staff is enough with probability 83 %" in text
    assert "61.5 officer-months of pay; no path costs less: proven" in text
    assert "at most 20 persons on the rolls; overtime up to 5.0 %" in text
    assert "Weights at 90 %" in text


def test_the_page_says_today_s_need_with_its_interval(client, planner):
    text = words_of(page(client, planner, "staffing:plan-detail", make_plan().pk))
    assert 'Need</dt><dd>12.5 <span class="interval">(11.0–14.8)</span> full-time officers today' in text
    assert "10.0 are there, fewer than the need with probability 98 %." in text


def test_a_plan_from_before_intervals_and_rows_were_kept_is_shown_without(client, planner):
    kept = make_plan()
    del kept.result["need_today"]["intervals"], kept.result["need_today"]["probability_short"]
    del kept.result["set_aside"]
    kept.save()
    text = words_of(page(client, planner, "staffing:plan-detail", kept.pk))
    assert "Need</dt><dd>12.5 full-time officers today; 10.0 are there. The forecast" in text
    assert "Rows set aside" not in text


@pytest.mark.parametrize(
    ("role", "is_seen"), [(Role.PLANNER, True), (Role.DIRECTOR, False)], ids=["planner", "director"]
)
def test_rows_set_aside_name_officers_to_a_planner_alone(client, world, role, is_seen):
    text = words_of(page(client, world.person(role), "staffing:plan-detail", make_plan().pk))
    assert "Rows set aside" in text
    assert ("S-0007" in text) == is_seen
    assert ("a planner sees which" in text) != is_seen


@pytest.mark.parametrize(("count", "is_said"), [(50, False), (51, True)])
def test_of_many_rows_set_aside_fifty_stand_on_the_page(client, planner, count, is_said):
    kept = make_plan()
    kept.result["set_aside"] = [f"absences A-{number}: why" for number in range(count)]
    kept.save()
    text = words_of(page(client, planner, "staffing:plan-detail", kept.pk))
    assert text.count("absences A-") == 50
    assert ("The first 50 of 51" in text) == is_said


def test_a_search_that_ended_early_says_how_far_it_got(client, planner):
    kept = make_plan(chosen=path(is_cheapest=False, bound=58.0))
    text = words_of(page(client, planner, "staffing:plan-detail", kept.pk))
    assert "no path costs less than 58.0: the search ended before it could prove more" in text


@pytest.mark.parametrize(
    ("binding", "said"),
    [
        (["ceiling", "date"], "What binds, each alone: ceiling, date."),
        ([], "No single limit lifted would be enough."),
    ],
    ids=["binds", "none-alone"],
)
def test_what_cannot_be_reached_says_what_binds_and_the_closest(client, planner, binding, said):
    kept = make_plan(
        chosen=path(meets=False, probability=0.3, bound=float("inf"), is_cheapest=False),
        unmet_fte=2.25,
        binding=binding,
    )
    text = words_of(page(client, planner, "staffing:plan-detail", kept.pk))
    assert "80 % cannot be reached. Closest: 4 seats" in text
    assert "2.2 full-time officers are lacking" in text or "2.3 full-time officers are lacking" in text
    assert said in text
    assert "proven" not in text[: text.index("By month")]


def test_another_offices_plan_is_not_there(client, world, planner):
    kept = make_plan(office_id=HERE)
    stranger = world.person(Role.DIRECTOR, THERE)
    assert page(client, stranger, "staffing:plan-detail", kept.pk).status_code == 404
    assert not plans_for(stranger).exists()
    assert plans_for(planner).get() == kept


def test_the_plan_of_all_offices_is_for_who_sees_all(client, world, planner):
    kept = make_plan(office_id="")
    assert page(client, world.person(Role.DIRECTOR), "staffing:plan-detail", kept.pk).status_code == 404
    assert "Hiring at all offices" in words_of(page(client, planner, "staffing:plan-detail", kept.pk))


def test_the_months_are_taken_out_as_a_file(client, planner):
    answer = page(client, planner, "staffing:plan-detail", make_plan().pk, format="csv")
    assert "2026-06" in answer.content.decode()


def test_the_empty_list_says_how_to_begin(client, planner):
    text = words_of(page(client, planner, "staffing:plan-list"))
    assert "No plan has been made." in text
    assert "Ask for a plan" in text


def test_who_plans_for_all_begins_with_all_offices_and_a_director_with_the_own(client, world, planner):
    client.force_login(planner)
    assert client.get(reverse("staffing:plan-list")).context["form"].initial == {"office_id": ""}
    asked = client.get(reverse("staffing:plan-list"), {"office": HERE})
    assert asked.context["form"].initial == {"office_id": HERE}
    client.force_login(world.person(Role.DIRECTOR))
    assert client.get(reverse("staffing:plan-list")).context["form"].initial == {"office_id": HERE}


OWN = {
    "lead": "5:0.25, 6:0.75",
    "completion": "90",
    "ramp": "25, 50",
    "leaving": "6",
    "basis": "Our academy of 2025.",
}


def test_an_agencys_own_figures_are_taken_and_kept(planner):
    form = PlanForm(sent(**OWN))
    assert form.is_valid(), form.errors
    asked = form.asked()
    assert asked.own == {
        "lead": [[5, 0.25], [6, 0.75]],
        "completion": 0.9,
        "ramp": [0.25, 0.5],
        "leaving": 0.06,
        "basis": "Our academy of 2025.",
    }
    assert AskedPlan.of(asked.plain()) == asked
    limits = asked.limits(localdate())
    assert (limits.flow.lead, limits.flow.ramp) == (((5, 0.25), (6, 0.75)), (0.25, 0.5))
    assert limits.leaving.mean == 0.06
    whole = asked.whole(localdate())
    assert (whole.office_id, whole.basis, whole.draws) == (HERE, "Our academy of 2025.", 500)


GIVEN = {**OWN, "completion": 0.9}


def test_who_leave_may_be_as_the_records_show():
    own = own_figures(**GIVEN | {"leaving": "records"})
    asked = AskedPlan(HERE, ahead(), own=own)
    assert own["leaving"] is None
    assert asked.limits(localdate()).leaving is None


def test_without_own_figures_the_usual_ones_are_taken_and_the_plan_cannot_be_frozen():
    asked = AskedPlan(HERE, ahead())
    assert asked.limits(localdate()).flow == USUAL_FLOW
    with pytest.raises(NotNowError, match="that the agency has not stated"):
        asked.whole(localdate())


def test_own_figures_are_given_whole_or_not_at_all(planner):
    for left_out in OWN:
        form = PlanForm(sent(**OWN | {left_out: ""}))
        assert "Fill this in too" in str(form.errors[left_out])


def test_own_figures_that_cannot_be_are_refused_on_the_form(planner):
    assert "add up to 0.6, not to 1" in str(PlanForm(sent(**OWN | {"lead": "5:0.3, 6:0.3"})).errors)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"lead": "soon"}, "lead times are months with their chances"),
        ({"lead": "-5:1"}, "lead times are months with their chances"),
        ({"lead": "5:nan"}, "lead times are months with their chances"),
        ({"lead": "5:0.3, 6:0.3"}, "add up to 0.6, not to 1"),
        ({"ramp": "25, much"}, "the ramp: 'much' is no number of percent"),
        ({"ramp": "250"}, "the ramp: '250' is no number of percent"),
        ({"leaving": "-1"}, "who leave in a year: '-1' is no number of percent"),
        ({"leaving": "100"}, "less than 100 %"),
        ({"completion": 1.2}, "those who finish are from 0 to 100 %"),
        ({"basis": " "}, "say where the figures come from"),
    ],
)
def test_own_figures_that_cannot_be_are_refused(changed, said):
    with pytest.raises(UnfitValueError, match=said):
        own_figures(**GIVEN | changed)
