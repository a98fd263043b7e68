"""All offices and one office: who sees which, what they say, and what they are taken out as."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework.actions.errors import UnfitValueError
from closeout.web.jobs.models import Job, JobState
from closeout.web.staffing.actions.runs import ask_run
from closeout.web.staffing.models import StaffingRun
from closeout.workload.figures import Achievable, DeskHours
from closeout.workload.intervals import Interval
from closeout.workload.weights import Kind
from tests.web.casework.actions.world import HERE, THERE
from tests.web.staffing.made import ACTIVITY, keep, make_need, make_officer, make_staffing

LIST = "/staffing/"


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def planner(world, as_):
    return as_(world.person(Role.PLANNER, ""))


@pytest.fixture
def supervisor(world, as_):
    return as_(world.supervisor)


def test_without_a_run_the_page_says_what_would_fill_it(planner):
    page = text(planner.get(LIST))
    assert "No need has been worked out yet." in page
    assert "Put it in the queue" in page


def test_who_may_not_plan_is_offered_no_button(world, as_):
    page = text(as_(world.person(Role.AUDITOR, "")).get(LIST))
    assert "No need has been worked out yet." in page
    assert "Put it in the queue" not in page


def test_offices_stand_in_name_order_with_intervals_and_reasons(world, planner):
    keep(world.supervisor)
    page = text(planner.get(LIST))
    assert "The nation needs 12.5 full-time officers and has 10.0." in page
    assert '12.5 <span class="interval">(11.0–14.0)</span>' in page
    assert '2.5 <span class="interval">(−0.5 to 4.5)</span>' in page
    assert "93 %" in page
    assert "Weights expired" in page
    assert "no figure" in page
    assert page.index("BOS office") < page.index("DAL office")


def test_demand_stands_with_its_interval_in_the_list_and_its_file(planner):
    wide = {"demand_hours": Interval(85.4, 100.0, 164.2)}
    keep(offices=(make_need(HERE, demand_hours=100.0, intervals=wide),))
    assert '<td class="number">100 <span class="interval">(85–164)</span></td>' in text(planner.get(LIST))
    answer = planner.get(LIST, {"format": "csv"})
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["demand_hours"], row["demand_low"], row["demand_high"]) == ("100.0", "85.4", "164.2")
    assert (row["pressure_low"], row["pressure_high"]) == ("", "")


def test_a_long_reason_is_folded_away_so_that_a_row_stays_a_row(planner):
    keep()
    page = text(planner.get(LIST))
    assert "<summary>Why there is no figure</summary>Weights expired</details>" in page
    keep(offices=(make_need(HERE, reason="not in the demand: file-roster: expired"),))
    page = text(planner.get(LIST))
    assert "<summary>What the figures leave out</summary>Not in the demand: file-roster: expired" in page


def test_without_draws_there_are_no_intervals_and_it_is_said(planner):
    keep(draws=0)
    page = text(planner.get(LIST))
    assert "worked out without draws" in page
    assert "no draws" in page


def test_the_chart_is_svg_without_style_for_who_sees_all(planner, supervisor):
    run = keep()
    address = reverse("staffing:gap-chart", args=[run.pk])
    svg = planner.get(address)
    assert svg.headers["Content-Type"] == "image/svg+xml"
    assert "style=" not in svg.content.decode()
    assert "BOS office" in svg.content.decode()
    assert supervisor.get(address).status_code == 404
    assert planner.get(reverse("staffing:gap-chart", args=[run.pk + 1])).status_code == 404


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.DIRECTOR])
def test_who_leads_an_office_sees_that_one_only(world, as_, role):
    run = keep()
    client = as_(world.person(role))
    assert client.get(LIST).url == reverse("staffing:office-detail", args=[HERE])
    assert client.get(reverse("staffing:office-detail", args=[HERE])).status_code == 200
    for name in ("office-detail", "demand-detail", "ledger-chart"):
        rest = {"demand-detail": [THERE, ACTIVITY], "ledger-chart": [run.pk, THERE]}.get(name, [THERE])
        assert client.get(reverse(f"staffing:{name}", args=rest)).status_code == 403


def test_who_leads_no_known_office_is_told_so(world, as_):
    keep()
    page = text(as_(world.person(Role.SUPERVISOR, "")).get(LIST))
    assert "Your account names no office" in page
    assert "DAL office" not in page


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.PLANNER, True), (Role.AUDITOR, True), (Role.PROGRAM_MANAGER, False), (Role.AUDIT_LIAISON, False)],
)
def test_single_officers_are_for_who_leads_plans_or_audits(world, as_, role, sees):
    keep()
    client = as_(world.person(role, ""))
    page = text(client.get(reverse("staffing:office-detail", args=[HERE])))
    assert ("S-0001" in page) is sees
    taken = client.get(reverse("staffing:office-detail", args=[HERE]), {"format": "csv"})
    assert ("S-0001" in taken.content.decode()) is sees


def test_officers_stand_in_number_order_and_orphaned_work_is_no_zero(supervisor):
    keep()
    page = text(supervisor.get(reverse("staffing:office-detail", args=[HERE])))
    assert page.index("S-0001") < page.index("S-0002") < page.index("S-0003")
    assert "orphaned" in page
    assert '92 <span class="interval">(81–104)</span> %' in page
    assert '118 <span class="note">(at 50 % 130, 80 % 122)</span>' in page
    assert "S-0009" not in page


def test_an_officers_hours_lead_to_the_duties_behind_them_for_who_may_read_cases(supervisor, planner):
    keep()
    link = reverse("casework:duty-list") + "?officer=S-0001"
    address = reverse("staffing:office-detail", args=[HERE])
    assert link in text(supervisor.get(address))
    assert link not in text(planner.get(address))


def test_an_office_says_short_by_how_much_and_why(supervisor):
    keep()
    page = text(supervisor.get(reverse("staffing:office-detail", args=[HERE])))
    assert "short by <strong>2.5" in page
    assert "2 officers lead cases without hours" in page
    # 300 + 30 called for a month; 100 + 10 hours.
    assert '<td class="number">330.0</td>' in page
    assert '<td class="number">110.0</td>' in page


def test_an_office_without_a_figure_says_so(planner):
    keep()
    page = text(planner.get(reverse("staffing:office-detail", args=[THERE])))
    assert "No figure: weights expired" in page


def test_an_office_that_no_run_knows_says_what_would_fill_it(planner):
    page = text(planner.get(reverse("staffing:office-detail", args=[HERE])))
    assert "No need has been worked out for this office yet." in page


@pytest.mark.parametrize("office", ["NOWHERE", "BOS ", "bos", "B\x00S", "' OR 1=1 --"])
def test_an_office_that_is_none_is_not_there(planner, office):
    keep()
    assert planner.get(reverse("staffing:office-detail", args=[office])).status_code == 404


def test_the_hours_by_week_are_drawn(supervisor):
    run = keep()
    answer = supervisor.get(reverse("staffing:ledger-chart", args=[run.pk, HERE]))
    assert "<svg" in answer.content.decode()
    assert supervisor.get(reverse("staffing:ledger-chart", args=[run.pk + 1, HERE])).status_code == 404


def test_adjusted_weights_stay_apart_from_observed(planner):
    keep()
    assert "adjusted weights" not in text(planner.get(LIST))
    keep(kind=Kind.ADJUSTED, sentence="As it should be: 14.0.")
    assert "The nation needs 12.5" in text(planner.get(LIST))
    assert "As it should be: 14.0." in text(planner.get(LIST, {"weights": "adjusted"}))


def test_the_list_is_taken_out_as_shown(planner):
    keep()
    answer = planner.get(LIST, {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["office_id"] for row in rows] == [HERE, THERE]
    assert (rows[0]["gap_fte"], rows[0]["gap_low"], rows[1]["gap_fte"]) == ("2.5", "-0.5", "")
    assert planner.get(LIST, {"format": "xlsx"}).content[:2] == b"PK"
    assert planner.get(LIST, {"format": "exe"}).status_code == 400


def test_the_newest_run_is_shown(planner):
    keep(sentence="An earlier one.")
    keep(sentence="The newest one.")
    page = text(planner.get(LIST))
    assert ("The newest one." in page, "An earlier one." in page) == (True, False)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (JobState.RUNNING, "is being worked out anew"),
        (JobState.FAILED, "The last working out failed. A load was broken off."),
        (JobState.CANCELED, "was stopped"),
    ],
)
def test_what_became_of_the_last_attempt_is_said(world, as_, state, words):
    from django.utils import timezone  # noqa: PLC0415

    keep()
    asker = world.person(Role.PLANNER, "")
    Job.objects.create(
        kind="staffing.need",
        title="Work the need out",
        state=state,
        requested_by=asker,
        finished_at=None if state == JobState.RUNNING else timezone.now(),
        problem="SnapshotError: a load was broken off" if state == JobState.FAILED else "",
    )
    page = text(as_(asker).get(LIST))
    assert words in page
    assert "See the job" in page
    assert "See the job" not in text(as_(world.person(Role.PROGRAM_MANAGER, "")).get(LIST))


def test_the_pages_cost_as_many_queries_for_thirty_offices_as_for_two(planner, django_assert_max_num_queries):
    from tests.web.staffing.made import make_need  # noqa: PLC0415

    keep()
    with django_assert_max_num_queries(14):
        planner.get(LIST)
    keep(offices=tuple(make_need(f"O-{number:02}") for number in range(30)))
    with django_assert_max_num_queries(14):
        planner.get(LIST)
    with django_assert_max_num_queries(14):
        planner.get(reverse("staffing:office-detail", args=[HERE]))


def test_a_run_is_kept_with_what_it_rests_on_and_told_once(world):
    before = Event.objects.count()
    run = keep(world.supervisor)
    assert StaffingRun.objects.get() == run
    assert (run.draws, run.seed, run.parameters_version) == (200, 7, make_staffing().parameters.version)
    assert (run.offices.count(), Event.objects.count()) == (2, before + 1)
    boston = run.offices.get(office_id=HERE)
    assert (boston.label, boston.gap_fte, boston.grade) == ("BOS office", 2.5, "B")
    assert boston.observed_to.isoformat() == "2026-03-15"
    assert [one["officer_no"] for one in boston.result["officers"]] == ["S-0003", "S-0001", "S-0002"]


def ask(client, **fields):
    """Ask for the need to be worked out; inside a test's transaction the job only waits."""
    given = {"kind": "observed", "draws": "0", "seed": "7"}
    return client.post("/staffing/runs/", {**given, **fields}, follow=True)


def test_it_is_not_worked_out_twice_at_once(planner):
    ask(planner)
    page = text(ask(planner))
    assert "The need is being worked out already; see its job." in page
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    "fields", [{"draws": "-1"}, {"draws": "1000000"}, {"kind": "guessed"}, {"seed": "x"}, {"seed": "-4"}]
)
def test_what_cannot_be_asked_is_refused(planner, fields):
    page = text(ask(planner, **fields))
    assert "usa-alert--error" in page
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"draws": -1}, "draws are from 0"), ({"seed": -1}, "the seed"), ({"kind": "guessed"}, "observed or")],
)
def test_the_action_refuses_it_too(world, fields, words):
    with pytest.raises(UnfitValueError, match=words):
        ask_run(by=world.person(Role.PLANNER, ""), **fields)


@pytest.mark.parametrize("role", [role for role in Role.values if role not in (Role.PLANNER, Role.DIRECTOR)])
def test_only_planners_and_directors_have_it_worked_out(world, role):
    with pytest.raises(PermissionDenied):
        ask_run(by=world.person(role))


def test_what_would_make_the_need_surer_stands_below_the_offices(client, world):
    diary = {
        "office_id": HERE,
        "officer_weeks": 4,
        "activities": ["verify-contact"],
        "deviation_before": 1.0,
        "deviation_after": 0.8,
    }
    further = {
        "low_fte": 31.1,
        "high_fte": 52.4,
        "offices": [],
        "next_diaries": {"diaries": [diary], "deviation_before": 2.0, "deviation_after": 1.5},
    }
    keep(
        further=further,
        shares={"weights": 0.55, "volumes": 0.3, "hours": 0.05, "windows": 0.08, "together": 0.02},
    )
    client.force_login(world.person(Role.PLANNER))
    text = " ".join(client.get(reverse("staffing:office-list")).content.decode().split())
    assert "needs 31.1 to 52.4 full-time officers" in text
    assert f"{HERE}, 4 officer-weeks" in text
    assert "from 2.0 to 1.5 officers" in text
    assert "weights bring 55 % by themselves, volumes 30 %, hours 5 % and the windows 8 %;" in text
    assert "acting together, and the noise of the draws, 2 %." in text


def test_a_run_from_before_windows_were_drawn_names_three_sources(planner):
    keep(further={"low_fte": 31.1, "high_fte": 52.4}, shares={"weights": 0.55, "volumes": 0.4, "hours": 0.05})
    assert "volumes 40 % and hours 5 %." in text(planner.get(LIST))


def at_three_levels():
    """Return intervals of the gap at 80, 90 and 95 %, as a run keeps them."""
    return {
        "gap_fte_80": Interval(1.0, 2.4, 3.5, 0.8),
        "gap_fte": Interval(-0.5, 2.4, 4.5),
        "gap_fte_95": Interval(-1.5, 2.4, 5.5, 0.95),
    }


@pytest.mark.parametrize(
    ("asked", "shown", "said"),
    [
        ({}, "(−0.5 to 4.5)", "bars are 90 % intervals"),
        ({"confidence": "80"}, "(1.0–3.5)", "bars are 80 % intervals"),
        ({"confidence": "95"}, "(−1.5 to 5.5)", "bars are 95 % intervals"),
        ({"confidence": "77"}, "(−0.5 to 4.5)", "bars are 90 % intervals"),
    ],
)
def test_intervals_are_at_the_confidence_asked_for(world, planner, asked, shown, said):
    keep(offices=(make_need(HERE, intervals=at_three_levels()),))
    page = text(planner.get(LIST, asked))
    assert f'2.5 <span class="interval">{shown}</span>' in page
    assert said in page
    confidence = asked.get("confidence", "90")
    if confidence in {"80", "95"}:
        assert f"gap.svg?confidence={confidence}" in page
        assert f"<strong>{confidence} %</strong>" in page


def test_the_chart_and_the_file_hold_the_same_intervals(world, planner):
    run = keep(offices=(make_need(HERE, intervals=at_three_levels()),))
    address = reverse("staffing:gap-chart", args=[run.pk])
    wide, usual = (planner.get(address, asked).content for asked in ({"confidence": "95"}, {}))
    assert wide != usual
    rows = planner.get(LIST, {"format": "csv", "confidence": "95"}).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(rows))
    assert (row["gap_low"], row["gap_high"]) == ("-1.5", "5.5")


def test_an_office_is_shown_at_the_confidence_asked_for(world, planner):
    officer = make_officer(
        "S-0001",
        intervals={"80": Interval(0.85, 0.92, 0.99, 0.8)},
        at_risk=(Achievable(0.8, 122), Achievable(0.9, 118)),
    )
    keep(offices=(make_need(HERE, intervals=at_three_levels()),), officers=(officer,))
    page = text(planner.get(f"{LIST}offices/{HERE}/", {"confidence": "80"}))
    assert "Cases that fit at 80 %" in page
    assert '122 <span class="note">(at 90 % 118)</span>' in page
    assert '92 <span class="interval">(85–99)</span> %' in page
    assert '2.5 <span class="interval">(1.0–3.5)</span>' in page


def test_a_run_from_before_a_confidence_was_kept_shows_no_interval_at_it(world, planner):
    keep(offices=(make_need(HERE),))
    page = text(planner.get(f"{LIST}offices/{HERE}/", {"confidence": "95"}))
    assert "there are <strong>10.0</strong>: short by <strong>2.5</strong>" in page


def test_the_window_is_shown_by_queue_and_rota(world, planner):
    desk = DeskHours(320.0, 210.5, 60.0, 12.0, 90.0, 198.5)
    keep(offices=(make_need(HERE, desk=desk),), nation=make_need(None, desk=desk))
    page = text(planner.get(f"{LIST}offices/{HERE}/"))
    assert "<dt>By the queue</dt><dd>210 hours a month, 60 of them serving</dd>" in page
    assert "12 of these hours, which are in the demand of the check-in" in page
    assert "<dt>On the rota</dt><dd>90 hours a month, collateral in the ledger</dd>" in page
    assert "<dt>In the need</dt><dd>198 hours a month</dd>" in page
    offices = text(planner.get(LIST))
    assert "The windows take 198 officer hours a month of the need, by their queues; 90 are on" in offices
    rows = planner.get(f"{LIST}offices/{HERE}/", {"format": "xlsx"})
    assert rows.status_code == 200


def test_a_window_without_arrivals_says_why(world, planner):
    desk = DeskHours(0.0, None, 0.0, 0.0, 90.0, 90.0, "no contact of people who wait is recorded")
    keep(offices=(make_need(HERE, desk=desk),))
    page = text(planner.get(f"{LIST}offices/{HERE}/"))
    assert '<dt>By the queue</dt><dd><span class="note">no figure</span></dd>' in page
    assert "No contact of people who wait is recorded." in page


def test_an_office_without_a_window_shows_none(world, planner):
    keep(offices=(make_need(HERE),))
    assert "At the window" not in text(planner.get(f"{LIST}offices/{HERE}/"))


@pytest.mark.parametrize(
    ("asked", "shown"), [({}, "(190–207)"), ({"confidence": "95"}, "(188–209)"), ({"confidence": "80"}, "")]
)
def test_the_windows_need_has_its_interval_at_the_confidence_asked_for(planner, asked, shown):
    found = {"need_hours": Interval(190.2, 198, 206.8), "need_hours_95": Interval(188.1, 198, 208.9, 0.95)}
    desk = DeskHours(320.0, 210.5, 60.0, 12.0, 90.0, 198.5, intervals=found)
    keep(offices=(make_need(HERE, desk=desk),), nation=make_need(None, desk=desk))
    said = f'198 <span class="interval">{shown}</span>' if shown else "198"
    confidence = asked.get("confidence", "90")
    behind = f", with the {confidence} % interval" if shown else ""
    page = text(planner.get(f"{LIST}offices/{HERE}/", asked))
    assert f"<dt>In the need</dt><dd>{said} hours a month{behind}</dd>" in page
    assert f"The windows take {said} officer hours a month of the need" in text(planner.get(LIST, asked))


def test_a_window_held_to_its_rota_says_that_it_has_no_interval(planner):
    desk = DeskHours(0.0, None, 0.0, 0.0, 90.0, 90.0, "no contact of people who wait is recorded")
    keep(offices=(make_need(HERE, desk=desk),))
    page = text(planner.get(f"{LIST}offices/{HERE}/"))
    assert "90 hours a month, those of the rota, without an interval" in page


def test_the_officers_table_says_what_its_utilization_rests_on(planner):
    idle = make_officer("S-0004", cases=0, at_mix=None, at_risk=(), interval=None)
    keep(officers=(make_officer("S-0001"), idle))
    page = text(planner.get(f"{LIST}offices/{HERE}/"))
    assert "called for in the months 2025-06 to 2026-05" in page
    assert "A proposal of moves divides otherwise" in page
    assert '<span class="note">leads no case</span>' in page
