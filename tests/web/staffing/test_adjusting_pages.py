"""What adjustments rest on, and forms that say beside a field what to do."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.staffing.forms import AdjustmentForm, StudyForm
from closeout.web.staffing.models import DelphiEstimate, SufficiencyAnswer, TimeStudy
from closeout.web.staffing.queries.adjusting import agreed_on, answered, estimated
from closeout.web.staffing.wording import sentence
from tests.web.staffing.made import ACTIVITY, make_adjustment, make_sample

LIST, BASIS = reverse("staffing:study-list"), reverse("staffing:adjustment-basis")
PROPOSE = reverse("staffing:adjustment-propose")
WORDS = {"reason": "steps_left_out", "rationale": "The second call is left out"}


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def planner(world):
    return world.person(Role.PLANNER)


def answer(world, *, short, enough):
    """Let officers answer; those short of time would take 12, 14, 16 … minutes."""
    for number in range(short + enough):
        is_enough = number >= short
        SufficiencyAnswer.objects.create(
            activity=ACTIVITY,
            officer_id=world.officer.username,
            is_enough=is_enough,
            suggested_minutes=None if is_enough else 12.0 + 2 * number,
            reason=None if is_enough else "steps_left_out",
            answered_on=date(2026, 5, 1),
        )


def estimate(world, rounds, *, panel="PANEL-1"):
    """Let five panelists estimate in each round: the minutes given, 2 less at least, 5 more at most."""
    people = [world.person(Role.OFFICER).username for _ in range(5)]
    for turn, minutes in rounds.items():
        for officer, likely in zip(people, minutes, strict=True):
            DelphiEstimate.objects.create(
                panel=panel,
                activity=ACTIVITY,
                round=turn,
                officer_id=officer,
                low_minutes=likely - 2,
                likely_minutes=likely,
                high_minutes=likely + 5,
                estimated_on=date(2026, 5, 1),
            )


BOTH = {"first": (10, 14, 20, 26, 30), "second": (16, 18, 20, 22, 24)}


def test_answers_and_rounds_are_shown_and_no_single_one(world, as_, planner):
    # 4 of 10 find the time too short; the median of 12, 14, 16, 18 is 15.
    answer(world, short=4, enough=6)
    estimate(world, BOTH)
    (one,) = answered()
    assert (one.found.too_short, one.found.suggested) == (0.4, 15.0)
    # Quartiles of the second round: 18 and 22; medians 18, 20, 25.
    first, last = estimated()
    assert (first.is_last, last.is_last, last.found.quartiles) == (False, True, (18.0, 22.0))
    assert (last.found.low, last.found.likely, last.found.high) == (18.0, 20.0, 25.0)
    page = text(as_(planner).get(BASIS))
    assert "steps left out 4" in page
    assert '20.0 <span class="interval">(18.0–22.0)</span>' in page
    assert page.count("Propose an adjustment of") == 1


def test_nine_answers_and_four_panelists_tell_nothing(world, as_, planner):
    answer(world, short=4, enough=5)
    estimate(world, {"first": BOTH["first"]})
    DelphiEstimate.objects.order_by("pk").first().delete()
    page = text(as_(planner).get(BASIS))
    assert "too few to say" in page
    assert "No panel has estimated anything." in page
    assert agreed_on(ACTIVITY) is None


def test_an_empty_page_says_what_would_fill_it(as_, planner):
    page = text(as_(planner).get(BASIS))
    assert "No officer has been asked whether the time is enough." in page
    assert "<code>delphi_estimates</code>" in page


def test_the_form_begins_with_what_the_panel_ended_with(world, as_, planner):
    estimate(world, BOTH)
    page = text(as_(planner).get(PROPOSE, {"activity": ACTIVITY}))
    for value in (ACTIVITY, "PANEL-1", "18.0", "20.0", "25.0"):
        assert f'value="{value}"' in page
    assert 'value="PANEL-1"' not in text(as_(planner).get(PROPOSE, {"activity": "gossip"}))
    assert 'value="review-file"' in text(as_(planner).get(PROPOSE, {"activity": "review-file"}))


def test_an_adjustment_past_its_last_day_says_so(world, as_, planner):
    approved = {"approved_on": world.day(-9), "approved_by_id": world.supervisor.username}
    decided = {"decided_on": world.day(-10)}
    for last in (world.day(-1), world.today):
        make_adjustment(world.officer.username, expires_on=last, **approved, **decided)
    page = text(as_(planner).get(LIST))
    assert page.count('<span class="late">expired') == 1
    assert BASIS in page


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"low": "26"}, "low", "above what it should be, 25 minutes"),
        ({"high": "24"}, "high", "below what it should be, 25 minutes"),
        ({"panel": "NO-PANEL"}, "panel", "No estimate of NO-PANEL on “Verify contact data” is on record"),
        ({"expires_on": "2020-01-01"}, "expires_on", "That day is past"),
    ],
)
def test_what_is_wrong_with_an_adjustment_stands_beside_the_field(world, fields, field, words):
    sent = {"activity": ACTIVITY, "low": "22", "minutes": "25", "high": "30", **WORDS}
    assert AdjustmentForm(sent).is_valid()
    form = AdjustmentForm({**sent, **fields})
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"code": "TS-1"}, "code", "A study is called TS-1 already; take another code."),
        ({"from_on": "2020-01-06"}, "from_on", "That week is past"),
        # A year of 364 days in 26 rounds: 14 days each.
        ({"weeks": "26", "rounds": "26"}, "weeks", "26 rounds leave room for 2 weeks each"),
    ],
)
def test_what_is_wrong_with_a_plan_stands_beside_the_field(world, fields, field, words):
    make_sample(world.officer.username, world.today)
    sent = {"code": "TS-9", "label": "Autumn", "from_on": (world.today + timedelta(7)).isoformat()}
    sent |= {
        "officers": "2",
        "weeks": "1",
        "rounds": "4",
        "design": "diary",
        "moments_a_week": "20",
        "seed": "1",
    }
    assert StudyForm(sent).is_valid()
    form = StudyForm({**sent, **fields})
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]


def test_a_long_form_says_on_top_which_fields_to_correct_and_keeps_the_input(as_, planner):
    page = text(
        as_(planner).post(PROPOSE, {"activity": "zzz", "low": "5", "minutes": "x", "high": "9", **WORDS})
    )
    assert "Nothing was changed. Correct what is marked:" in page
    assert 'href="#id_activity">Activity</a>; <a class="usa-link" href="#id_minutes"' in page
    assert 'value="zzz"' in page
    assert not TimeStudy.objects.exists()


@pytest.mark.parametrize(
    ("said", "read"),
    [("the week is past", "The week is past."), ("Done.", "Done."), ("", ""), ("S-1: why?", "S-1: why?")],
)
def test_a_refusal_is_a_sentence(said, read):
    assert sentence(said) == read
