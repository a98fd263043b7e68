"""Scenarios: built in a few fields, kept by version, shown as paired differences."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from closeout.simulation.changes import (
    KINDS,
    Absence,
    Caseload,
    Cover,
    Detail,
    Hiring,
    Interval,
    OvertimeHours,
    Some,
    Vacancies,
    WindowRota,
)
from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework.actions import NotNowError, UnfitValueError
from closeout.web.jobs.models import Job
from closeout.web.staffing.actions.answers import storable
from closeout.web.staffing.actions.scenarios import (
    as_simulated,
    ask_curve,
    ask_scenario,
    digest_of,
    make_version,
)
from closeout.web.staffing.changes import UnknownChangeError, change_of, in_words
from closeout.web.staffing.charts import curve_chart
from closeout.web.staffing.charts_plans import difference_chart
from closeout.web.staffing.forms_plans import ScenarioForm, VersionForm
from closeout.web.staffing.models import Scenario
from closeout.web.staffing.paired import paired, points, signed, span
from closeout.web.staffing.queries.scenarios import (
    curve_points,
    differences_table,
    found_of,
    last_runs,
    scenarios_for,
    sentence,
)
from tests.web.casework.actions.world import HERE, THERE
from tests.web.staffing.made import keep
from tests.web.staffing.made_answers import (
    CHECK_INS,
    DETAIL,
    comparison,
    difference,
    estimated,
    make_curve,
    make_run,
    make_scenario,
)

DAY = date(2026, 9, 1)
EACH = (
    DETAIL,
    CHECK_INS,
    Detail(officers=Some(numbers=("S-1", "S-2")), from_on=DAY, days=5, office="BOS"),
    Absence(officers=Some(share=0.05), from_on=DAY, days=10),
    Vacancies(officers=Some(count=1), from_on=DAY),
    WindowRota(officers=Some(count=3), hours_a_day=2.5, from_on=DAY, to_on=date(2026, 12, 1)),
    OvertimeHours(hours_a_week=4.0),
    OvertimeHours(hours_a_week=4.0, hours_a_year=100.0),
    Hiring(officers=2, lead_days=120.0, ramp=(0.25, 0.5), attrition=0.08),
    Caseload(cases=90.0),
    Cover(is_given=False),
)


@pytest.fixture
def planner(world):
    return world.person(Role.PLANNER)


@pytest.fixture
def director(world):
    return world.person(Role.DIRECTOR)


@pytest.fixture
def scenario(planner):
    return make_scenario(planner)


def page(client, user, name, *args, **asked):
    client.force_login(user)
    return client.get(reverse(name, args=args), asked)


def words_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("change", EACH, ids=lambda one: one.name)
def test_a_stored_change_is_read_back_as_it_was(change):
    assert change_of(change.plain()) == change


@pytest.mark.parametrize("said", [{"flood": {}}, {"detail": {"officers": 2}}], ids=["unknown", "lacks"])
def test_a_change_we_do_not_know_is_refused(said):
    with pytest.raises(UnknownChangeError, match=r"flood|lacks from"):
        change_of(said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (DETAIL, "2 officers on detail for 45 days from 2026-09-01"),
        (EACH[4], "1 officer gone and not replaced from 2026-09-01"),
        (EACH[5], "3 officers at the window for 2.5 hours a working day, 2026-09-01 to 2026-12-01"),
        (EACH[6], "Overtime of 4 hours a week for each officer, for what is due or overdue"),
        (EACH[8], "2 new officers after 120 days, learning over 2 months"),
    ],
    ids=lambda one: one if isinstance(one, str) else one.name,
)
def test_a_change_is_said_in_words(change, said):
    assert in_words(change) == said


def test_the_interval_names_the_duty_and_the_docket():
    assert in_words(CHECK_INS).endswith("every 60 days on the docket family")
    assert in_words(Interval(duty="check-in", days=60.0)).endswith("every 60 days on every docket")


def test_every_kind_of_change_can_be_said():
    assert all(in_words(change) for change in EACH)
    assert {change.name for change in EACH} <= {kind.name for kind in KINDS}


def test_the_narrower_interval_follows_from_the_wider():
    # 30 replications: t(0.95, 29) = 1.699 and t(0.90, 29) = 1.311.
    # A half width of 1.1 becomes 1.1 x 1.311 / 1.699 = 0.849.
    found = points(estimated(-0.042, 0.011))
    assert (found.mean, found.low, found.high) == pytest.approx((-4.2, -5.3, -3.1))
    assert found.low_80 == pytest.approx(-4.2 - 0.849, abs=0.001)
    assert found.high_80 == pytest.approx(-4.2 + 0.849, abs=0.001)


def test_one_replication_has_no_interval():
    found = paired(estimated(3.0, count=1))
    assert (found.low, found.high, found.low_80, found.high_80) == (None, None, None, None)
    assert not found.is_told_apart


def test_nothing_to_compare_is_no_difference():
    assert paired(None) is None


@pytest.mark.parametrize(
    ("value", "said"), [(3.21, "+3.2"), (-0.44, "−0.4"), (0.0, "0.0"), (0.01, "0.0"), (None, "no figure")]
)
def test_a_difference_has_its_sign(value, said):
    assert signed(value) == said


def test_an_interval_of_a_difference_reads_with_to():
    assert span(-5.3, -3.1) == "−5.3 to −3.1"
    assert not span(None, None)


@pytest.mark.parametrize(
    ("mean", "half", "said"),
    [
        (-0.042, 0.011, "falls by 4.2 percentage points"),
        (0.02, 0.01, "rises by 2.0 percentage points"),
        (0.01, 0.02, "cannot tell"),
        (0.0, 0.0, "the same in every replication"),
    ],
    ids=["falls", "rises", "unsure", "same"],
)
def test_the_sentence_says_no_more_than_the_interval(mean, half, said):
    assert said in sentence(points(estimated(mean, half)))


def test_without_anything_due_the_sentence_says_so():
    assert "Nothing fell due" in sentence(None)


def test_figures_that_json_cannot_hold_become_none():
    said = {"a": [float("inf"), float("nan"), 1.5], "b": (True, "x")}
    assert storable(said) == {"a": [None, None, 1.5], "b": [True, "x"]}


def test_a_scenario_is_kept_with_its_content_and_one_event(scenario, planner):
    assert (scenario.version, scenario.parent, scenario.changes) == (1, None, [DETAIL.plain()])
    assert scenario.digest == digest_of([DETAIL]) == as_simulated(scenario).digest
    event = Event.objects.get(action="staffing.make_scenario")
    assert event.actor == planner.username


def test_another_version_is_another_row(scenario, planner):
    before = Scenario.objects.values().get()
    made = make_version(by=planner, scenario_id=scenario.pk, title="Longer", changes=[CHECK_INS])
    assert (made.version, made.parent, made.code) == (2, scenario, scenario.code)
    assert Scenario.objects.values().get(pk=scenario.pk) == before
    assert Event.objects.filter(action="staffing.make_scenario").count() == 2


def test_an_older_version_cannot_be_gone_on_from(scenario, planner):
    make_version(by=planner, scenario_id=scenario.pk, title="Longer", changes=[CHECK_INS])
    with pytest.raises(NotNowError, match="newer version, 2"):
        make_version(by=planner, scenario_id=scenario.pk, title="Other", changes=[EACH[4]])


def test_a_version_without_a_difference_is_refused(scenario, planner):
    with pytest.raises(NotNowError, match="nothing differs"):
        make_version(by=planner, scenario_id=scenario.pk, title="Renamed", changes=[DETAIL])


def test_a_code_is_used_once_in_an_office(scenario, planner):
    with pytest.raises(NotNowError, match="another version"):
        make_scenario(planner)
    assert make_scenario(planner, office_id=THERE).version == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"changes": ()}, "at least one change"), ({"office_id": "NOWHERE"}, "no office NOWHERE")],
    ids=["nothing", "office"],
)
def test_a_scenario_of_nothing_or_nowhere_is_refused(planner, fields, said):
    with pytest.raises(UnfitValueError, match=said):
        make_scenario(planner, **fields)


@pytest.mark.parametrize(
    "role", [Role.SUPERVISOR, Role.AUDITOR, Role.OFFICER, Role.PROGRAM_MANAGER, Role.READER]
)
def test_who_does_not_plan_makes_none(world, role):
    with pytest.raises(PermissionDenied):
        make_scenario(world.person(role))


def test_a_director_makes_them_for_the_own_office_only(director):
    assert make_scenario(director).office_id == HERE
    with pytest.raises(PermissionDenied):
        make_scenario(director, office_id=THERE)


def test_the_database_holds_versions_to_their_parents(scenario):
    with pytest.raises(IntegrityError), transaction.atomic():
        Scenario.objects.filter(pk=scenario.pk).update(version=2)


def test_a_run_is_asked_for_in_the_background(scenario, planner):
    job = ask_scenario(by=planner, scenario_id=scenario.pk, replications=40, seed=3)
    assert job.params == {"scenario_id": scenario.pk, "replications": 40, "seed": 3}
    with pytest.raises(NotNowError, match="already"):
        ask_scenario(by=planner, scenario_id=scenario.pk)


@pytest.mark.parametrize(("replications", "seed"), [(9, 1), (501, 1), (30, -1)])
def test_replications_and_seed_have_bounds(scenario, planner, replications, seed):
    with pytest.raises(UnfitValueError, match="from"):
        ask_scenario(by=planner, scenario_id=scenario.pk, replications=replications, seed=seed)


def test_a_kept_run_names_its_records_and_writes_one_event(scenario, planner):
    run = make_run(scenario, planner)
    assert (run.replications, run.seed, run.office_id) == (30, 1, HERE)
    assert Event.objects.filter(action="staffing.run_scenario").count() == 1


def test_a_found_run_lists_what_differs(scenario):
    found = found_of(make_run(scenario))
    assert [one.title for one in found.duties] == ["Hold the check-in"]
    assert found.unchanged == 1
    assert found.all.displaced.mean == 30.0
    assert found.all.base == pytest.approx(0.95)


def test_who_absorbs_it_stands_by_staff_number(scenario):
    found = found_of(make_run(scenario))
    assert [number for number, _ in found.absorbed] == ["S-0001", "S-0003"]


def test_the_file_holds_what_is_shown(scenario):
    table = differences_table(found_of(make_run(scenario)))
    assert [row[0] for row in table.rows] == ["all", "check-in"]
    assert table.rows[0][2] == pytest.approx(-4.2)


def test_the_chart_leaves_out_what_stays_the_same(scenario):
    steady = comparison()
    steady["differences"]["duties"].append(
        difference("file-review", estimated(0.0, 0.0), displaced=estimated(5.0, 1.0))
    )
    found = found_of(make_run(scenario, **steady))
    svg = difference_chart((found.all, *found.duties))
    assert "Hold the check-in" in svg
    assert "file-review" not in svg


def test_the_newest_version_is_listed_with_its_last_run(scenario, planner):
    run = make_run(scenario)
    assert scenarios_for(planner).get().last_run == run.pk
    made = make_version(by=planner, scenario_id=scenario.pk, title="Longer", changes=[CHECK_INS])
    listed = scenarios_for(planner).get()
    assert (listed.pk, listed.last_run) == (made.pk, None)


def test_only_the_last_run_of_a_version_is_offered(scenario):
    make_run(scenario)
    second = make_run(scenario)
    assert last_runs(HERE) == [second]


def filled(**fields):
    return {
        "office_id": HERE,
        "code": "DETAIL-6",
        "title": "Six officers lent",
        "detail_officers": "6",
        "detail_days": "45",
        "detail_from": "2027-03-01",
        **fields,
    }


EVERYTHING = filled(
    interval_docket="family",
    interval_days="60",
    vacancies_officers="2",
    vacancies_from="2027-01-01",
    window_officers="3",
    window_hours="2",
    window_from="2027-01-01",
    window_to="2027-06-30",
    overtime_hours="4",
    hiring_officers="12",
    hiring_days="120",
)


def test_the_form_makes_a_change_of_each_filled_group(world):
    form = ScenarioForm(EVERYTHING)
    assert form.is_valid(), form.errors
    names = [change.name for change in form.changes()]
    assert names == ["detail", "interval", "vacancies", "window", "overtime", "hiring"]
    assert form.changes()[0] == Detail(officers=Some(count=6), from_on=date(2027, 3, 1), days=45)


def test_the_next_version_starts_from_the_one_before(planner):
    form = ScenarioForm(EVERYTHING)
    assert form.is_valid()
    row = make_scenario(planner, changes=form.changes())
    again = ScenarioForm(ScenarioForm.values_of(row))
    assert again.is_valid(), again.errors
    assert again.changes() == form.changes()
    assert set(VersionForm().fields) == set(form.fields) - {"office_id", "code"}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"detail_days": ""}, "detail_days"),
        ({"interval_docket": "family"}, "interval_days"),
        ({"window_officers": "1"}, "window_hours"),
        (
            {
                "window_officers": "1",
                "window_hours": "2",
                "window_from": "2027-02-01",
                "window_to": "2027-01-01",
            },
            "window_to",
        ),
        ({"detail_officers": "", "detail_days": "", "detail_from": ""}, "__all__"),
        ({"title": "Call 617-555-0123"}, "title"),
    ],
    ids=["half", "docket-alone", "window", "backwards", "nothing", "a-number-of-a-person"],
)
def test_a_form_that_cannot_be_meant_is_sent_back(world, fields, name):
    form = ScenarioForm(filled(**fields))
    assert not form.is_valid()
    assert name in form.errors


def test_a_scenario_is_made_on_the_page(client, planner):
    client.force_login(planner)
    answer = client.post(reverse("staffing:scenario-make"), filled())
    made = Scenario.objects.get()
    assert answer.url == reverse("staffing:scenario-detail", args=[made.pk])
    assert made.changes == [{"detail": {"officers": 6, "from": "2027-03-01", "days": 45}}]


def test_a_planner_begins_without_an_office_and_who_leads_one_with_it(client, planner, director):
    client.force_login(planner)
    address = reverse("staffing:scenario-make")
    empty = client.get(address)
    assert empty.context["form"].initial == {"office_id": ""}
    assert '<option value="" selected>Choose an office</option>' in empty.content.decode()
    # The office's own page leads here with its code.
    assert client.get(address, {"office": THERE}).context["form"].initial == {"office_id": THERE}
    client.force_login(director)
    assert client.get(address).context["form"].initial == {"office_id": HERE}


def test_a_scenario_needs_an_office(client, planner):
    client.force_login(planner)
    answer = client.post(reverse("staffing:scenario-make"), filled(office_id=""))
    assert answer.status_code == 422
    assert "office_id" in answer.context["form"].errors
    assert not Scenario.objects.exists()


def test_a_code_taken_is_said_on_the_page(client, planner, scenario):
    client.force_login(planner)
    answer = client.post(reverse("staffing:scenario-make"), filled(code=scenario.code))
    assert answer.status_code == 409
    assert "another version" in words_of(answer)


def test_a_director_cannot_make_one_for_another_office(client, director):
    client.force_login(director)
    answer = client.post(reverse("staffing:scenario-make"), filled(office_id=THERE))
    assert answer.status_code == 409
    assert not Scenario.objects.exists()


def test_a_half_filled_group_comes_back_with_what_was_typed(client, planner):
    client.force_login(planner)
    answer = client.post(reverse("staffing:scenario-make"), filled(detail_days=""))
    assert answer.status_code == 422
    assert "leave the whole group empty" in words_of(answer)
    assert 'value="DETAIL-6"' in answer.content.decode()


def test_another_version_is_made_on_the_page(client, planner, scenario):
    client.force_login(planner)
    address = reverse("staffing:scenario-version", args=[scenario.pk])
    assert 'value="45"' in client.get(address).content.decode()
    client.post(address, filled(detail_days="90"))
    assert Scenario.objects.get(version=2).changes[0]["detail"]["days"] == 90
    assert client.post(address, filled(detail_days="30")).status_code == 409


def test_the_page_says_what_changes_and_who_absorbs_it(client, director, scenario):
    make_run(scenario)
    text = words_of(page(client, director, "staffing:scenario-detail", scenario.pk))
    assert "falls by 4.2 percentage points" in text
    assert "2 officers on detail for 45 days" in text
    assert "−5.3 to −3.1" in text
    assert "80 %: −5.0 to −3.4" in text
    assert text.index("S-0001") < text.index("S-0003")


def test_a_planner_sees_no_single_officer(client, planner, scenario):
    make_run(scenario)
    text = words_of(page(client, planner, "staffing:scenario-detail", scenario.pk))
    assert "S-0001" not in text
    assert "shown to who leads the office" in text


def test_a_scenario_not_run_yet_says_so(client, planner, scenario):
    assert "It has not been run yet." in words_of(
        page(client, planner, "staffing:scenario-detail", scenario.pk)
    )


def test_a_failed_run_is_told_with_its_reason(client, planner, scenario):
    job = ask_scenario(by=planner, scenario_id=scenario.pk)
    Job.objects.filter(pk=job.pk).update(
        state="failed", problem="ModelError: 2 officers are asked for", finished_at=timezone.now()
    )
    text = words_of(page(client, planner, "staffing:scenario-detail", scenario.pk))
    assert "The last attempt failed. 2 officers are asked for." in text
    assert "ModelError" not in text


def test_another_offices_scenario_is_not_there(client, world, scenario):
    stranger = world.person(Role.DIRECTOR, THERE)
    assert page(client, stranger, "staffing:scenario-detail", scenario.pk).status_code == 404
    assert not scenarios_for(stranger).exists()
    assert page(client, stranger, "staffing:scenario-compare", HERE).status_code == 403


def test_the_run_is_started_on_the_page(client, planner, scenario):
    client.force_login(planner)
    address = reverse("staffing:scenario-run", args=[scenario.pk])
    answer = client.post(address, {"replications": "30", "seed": "1"})
    assert answer.url == reverse("jobs:job-detail", args=[Job.objects.get().pk])
    assert client.post(address, {"replications": "2", "seed": "1"}).url.endswith(f"/{scenario.pk}/")
    assert Job.objects.count() == 1


def test_the_differences_are_taken_out_as_a_file(client, planner, scenario):
    make_run(scenario)
    answer = page(client, planner, "staffing:scenario-detail", scenario.pk, format="csv")
    assert "check-in" in answer.content.decode()
    assert "S-0001" not in answer.content.decode()


def test_three_runs_stand_side_by_side_and_no_more(client, planner):
    runs = [make_run(make_scenario(planner, code)) for code in ("A-1", "B-2", "C-3", "D-4")]
    asked = [run.pk for run in runs]
    text = words_of(page(client, planner, "staffing:scenario-compare", HERE, run=asked))
    assert "More than three were asked for" in text
    table = text[text.index("compare-table") :]
    assert [code in table for code in ("A-1", "B-2", "C-3", "D-4")] == [True, True, True, False]
    assert "Not on one footing" not in text


def test_runs_of_other_records_are_not_on_one_footing(client, planner):
    first, second = (make_run(make_scenario(planner, code)) for code in ("A-1", "B-2"))
    type(second).objects.filter(pk=second.pk).update(records_digest="ef" * 32)
    text = words_of(page(client, planner, "staffing:scenario-compare", HERE, run=[first.pk, second.pk]))
    assert "Not on one footing" in text


def test_the_empty_pages_say_how_to_begin(client, planner):
    assert "No scenario has been made." in words_of(page(client, planner, "staffing:scenario-list"))
    assert "No scenario of this office has been run." in words_of(
        page(client, planner, "staffing:scenario-compare", HERE)
    )


def test_a_curve_is_asked_for_in_the_background(planner):
    job = ask_curve(by=planner, office_id=HERE, share=0.9, probability=0.7)
    assert (job.params["share"], job.params["probability"], job.params["weights"]) == (0.9, 0.7, "observed")
    with pytest.raises(NotNowError, match="already"):
        ask_curve(by=planner, office_id=HERE)


@pytest.mark.parametrize(
    "fields", [{"share": 0.0}, {"probability": 1.0}, {"kind": "guessed"}, {"replications": 1}]
)
def test_a_target_out_of_range_is_refused(planner, fields):
    with pytest.raises(UnfitValueError):
        ask_curve(by=planner, office_id=HERE, **fields)


def test_the_curve_stands_on_the_offices_page(client, planner):

    keep()
    make_curve()
    text = words_of(page(client, planner, "staffing:office-detail", HERE))
    assert "<strong>105 cases an officer</strong> (98–109) is the largest caseload" in text
    assert "95 % of the duties are on time in 80 % of years; there are 110 now" in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"largest": None, "reason": "never reached: at 1 case"}, "No caseload meets the target."),
        ({"high": None}, "the upper end lies beyond what was tried"),
        ({"low": None}, "the lower end lies below what was tried"),
    ],
    ids=["none", "beyond", "below"],
)
def test_a_curve_without_an_end_says_so(client, planner, fields, said):

    keep()
    make_curve(**fields)
    assert said in words_of(page(client, planner, "staffing:office-detail", HERE))


def test_the_curves_chart_marks_target_and_now():
    drawn = [{"caseload": 80, "low": 0.98, "middle": 0.99, "high": 1.0}]
    svg = curve_chart(drawn, target=0.95, at=110.0)
    assert svg.count(">target 95 %<") == 1
    assert svg.count(">now<") == 1


def test_a_caseload_at_which_nothing_fell_due_is_no_point(scenario):
    curve = make_curve()
    curve.result["points"][0]["on_time"] = None
    assert [point["caseload"] for point in curve_points(curve)] == [105, 130]


def test_the_curve_is_started_on_the_page(client, planner):
    client.force_login(planner)
    address = reverse("staffing:curve-start", args=[HERE])
    sent = {"share": "95", "probability": "80", "kind": "observed", "replications": "30", "seed": "1"}
    answer = client.post(address, sent)
    assert answer.url == reverse("jobs:job-detail", args=[Job.objects.get().pk])
    assert client.post(address, {**sent, "share": "400"}).url.endswith("#on-time")


def hours(available, own, cover=0.0):
    parts = {"available": available, "own": own, "cover": cover, "office": 0.0}
    return {"hours": {name: estimated(value) for name, value in parts.items()}}


def test_hours_out_of_slack_are_said_on_the_page(client, planner, scenario):
    said = comparison()
    said["base"] |= hours(1000.0, 300.0)
    said["changed"] |= hours(900.0, 280.0, cover=20.0)
    run = make_run(scenario, **said)
    answer = page(client, planner, "staffing:scenario-detail", scenario.pk)
    assert "100 hours for cases are taken away: absorbed by slack of 700 h" in words_of(answer)
    shown = page(client, planner, "staffing:scenario-compare", HERE, run=[run.pk])
    assert "absorbed by slack of 700 h" in words_of(shown)


def test_a_run_that_does_not_say_its_hours_is_told_so(client, planner, scenario):
    make_run(scenario)
    text = words_of(page(client, planner, "staffing:scenario-detail", scenario.pk))
    assert "<dt>Hours taken, and where from</dt><dd>The run does not say.</dd>" in text


@pytest.mark.parametrize(
    ("used", "said"),
    [
        (estimated(0.054, 0.004), " The work uses 5.4 percentage points more of them."),
        (estimated(-0.02, 0.01), " The work uses 2.0 percentage points fewer of them."),
        (estimated(0.01, 0.02), ""),
        (None, ""),
    ],
)
def test_a_scenario_that_takes_no_hours_says_what_it_uses(client, planner, scenario, used, said):
    # 1,000 hours stand for cases before and after.
    told = comparison()
    for side in ("base", "changed"):
        told[side] |= hours(1000.0, 300.0)
    told["differences"]["used"] = used
    run = make_run(scenario, **told)
    assert found_of(run).slack_words == f"No hours for cases are taken away.{said}"
    shown = words_of(page(client, planner, "staffing:scenario-compare", HERE, run=[run.pk]))
    assert f"No hours for cases are taken away.{said}" in shown


@pytest.mark.parametrize(
    ("share", "after", "is_said"),
    [
        (estimated(0.013, 0.007), 900.0, True),
        (estimated(0.013, 0.02), 900.0, False),
        (estimated(-0.013, 0.007), 900.0, False),
        (estimated(0.013, 0.007), 1000.0, False),
    ],
)
def test_more_on_time_with_fewer_hours_asks_for_a_word(client, planner, scenario, share, after, is_said):
    told = comparison()
    told["base"] |= hours(1000.0, 300.0)
    told["changed"] |= hours(after, 300.0)
    told["differences"]["all"] = difference("", share)
    run = make_run(scenario, **told)
    assert found_of(run).rises_with_fewer_hours is is_said
    text = words_of(page(client, planner, "staffing:scenario-detail", scenario.pk))
    assert ("It says that loads are uneven, not that officers can be spared." in text) is is_said


def test_without_a_share_nothing_rises(scenario):
    told = comparison()
    told["differences"]["all"] = difference("", None)
    assert found_of(make_run(scenario, **told)).rises_with_fewer_hours is False


def test_a_long_form_sent_back_names_each_wrong_field_with_its_group(client, planner):
    client.force_login(planner)
    sent = {"office_id": HERE, "code": "HALF", "title": "", "detail_officers": "2", "window_hours": "2"}
    text = words_of(client.post(reverse("staffing:scenario-make"), sent))
    assert 'href="#id_title">Title</a>' in text
    assert 'href="#id_detail_days">Detail, days</a>' in text
    assert 'href="#id_detail_from">Detail, from</a>' in text
    assert 'href="#id_window_to">Window rota, to</a>' in text
    assert "#id_vacancies_officers" not in text


def test_a_form_that_changes_nothing_names_no_field(world):
    form = ScenarioForm({"office_id": HERE, "code": "NONE", "title": "Nothing"})
    assert not form.is_valid()
    assert form.wrong() == []
