from datetime import timedelta

from django.urls import reverse
from django.utils.html import strip_tags

from closeout.web.accounts.models import Role
from closeout.web.casework import models
from tests.web.casework.actions.world import HERE, THERE


def text_of(response):
    return " ".join(response.content.decode().split())


def words_of(response):
    return " ".join(strip_tags(response.content.decode()).split())


def test_my_day_says_first_how_much_is_late_due_and_coming(world, as_, owe):
    owe(due=-3)
    owe(due=-40)
    owe(due=0)
    owe(due=5)
    owe(due=30)
    answer = as_(world.officer).get(reverse("casework:my-day"))
    page = text_of(answer)
    assert "2 overdue, 1 due today, 1 in the next seven days; 0 waiting on others" in words_of(answer)
    assert page.index(">40 days late<") < page.index(">3 days late<")


def test_a_duty_on_hold_is_neither_late_nor_due(world, as_, owe):
    owe(due=-3, state="on_hold", reason="legal_stay")
    page = words_of(as_(world.officer).get(reverse("casework:my-day")))
    assert "0 overdue, 0 due today" in page
    assert "1 on hold" in page


def test_within_its_grace_a_duty_is_due_and_not_late(world, as_, owe):
    owe(due=-3, overdue_from=world.day(2), last_day=world.day(1))
    page = words_of(as_(world.officer).get(reverse("casework:my-day")))
    assert "0 overdue, 1 due today" in page


def test_another_officers_duties_are_not_on_my_day(world, as_, owe):
    owe(due=-3, officer_no=world.supervisor.username)
    assert "0 overdue" in text_of(as_(world.officer).get(reverse("casework:my-day")))


def test_what_i_asked_for_waits_on_others(world, as_):
    models.Transfer.objects.create(
        case=world.case,
        from_office_id=HERE,
        to_office_id=THERE,
        state="requested",
        reason="area_changed",
        requested_on=world.day(-6),
        requested_by_id=world.officer.username,
    )
    page = text_of(as_(world.officer).get(reverse("casework:my-day")))
    assert f"transfer waits for {THERE}" in page
    assert "(6 days)" in page


def test_a_detail_takes_its_days_from_the_week(world, as_):
    monday = world.today - timedelta(days=world.today.weekday())
    models.Detail.objects.create(
        officer_id=world.officer.username,
        from_office_id=HERE,
        kind="border_rotation",
        from_on=monday,
        to_on=monday + timedelta(days=1),
    )
    models.CollateralDuty.objects.create(
        officer_id=world.officer.username, kind="window", hours_a_week=10, from_on=monday
    )
    page = text_of(as_(world.officer).get(reverse("casework:my-day")))
    # Two of five days of 40 hours go to the detail, and three fifths of the ten hours to the window.
    assert "<strong>18.0</strong> of 40.0 hours are left for cases" in page


def test_an_account_without_an_officer_is_told_what_to_do(as_, world, make_user):
    page = text_of(as_(make_user(Role.OFFICER, username="S-NOBODY")).get(reverse("casework:my-day")))
    assert "No officer has your staff number." in page


def test_the_first_screen_of_an_officer_is_the_day_and_of_a_supervisor_the_unit(world, as_):
    assert as_(world.officer).get("/").url == reverse("casework:my-day")
    assert as_(world.supervisor).get("/").url == reverse("casework:unit")
    assert as_(world.person(Role.DIRECTOR)).get("/").url == reverse("home:first-screen")
    assert as_(world.person(Role.PLANNER, "")).get("/").url == reverse("staffing:office-list")


def test_the_unit_lists_officers_by_staff_number_with_what_they_owe(world, as_, owe):
    owe(due=-3)
    owe("file-review", due=-2)
    owe(due=0)
    page = text_of(as_(world.supervisor).get(reverse("casework:unit")))
    row = page[page.index(f">{world.officer.username}</th>") :]
    assert '<td class="number">1</td> <td class="number">1</td> <td class="number">2</td>' in row
    assert page.index(f">{world.officer.username}</th>") < page.index(f">{world.supervisor.username}</th>")


def test_the_offices_own_faults_are_shown_with_their_denominator(world, as_):
    world.check_in(
        -9, state="service_issue", outcome="service_issue", outcome_on=world.day(-9), is_service_issue=True
    )
    world.check_in(-8, state="excused", outcome="excused", outcome_on=world.day(-8))
    page = text_of(as_(world.supervisor).get(reverse("casework:unit")))
    assert "in the whole office 1 of 2" in page


def test_exceptions_and_approvals_wait_with_the_act_that_settles_them(world, as_):
    item = world.exception()
    page = text_of(as_(world.supervisor).get(reverse("casework:unit")))
    assert "1 exception open" in page
    assert reverse("casework:act", args=[world.case.pk, "exception-dispose"]) + f"?subject={item.pk}" in page


def test_a_supervisor_of_no_known_office_is_told_so(world, as_, make_user):
    user = make_user(Role.SUPERVISOR, username="S-LOST", office="NOWHERE")
    assert "names no office that the records know" in text_of(as_(user).get(reverse("casework:unit")))


def test_an_office_shows_timeliness_with_its_interval(world, as_, owe):
    for number in range(9):
        owe("file-review", due=-20 - number, state="done", is_open=False, done_on=world.day(-25))
    owe("file-review", due=-20, state="done_late", is_open=False, done_on=world.day(-5))
    page = text_of(as_(world.supervisor).get(reverse("casework:office-detail", args=[HERE])))
    # Wilson's 95 % interval of 9 in 10.
    assert "9 of 10" in page
    assert "90.0 % (59.6–98.2)" in page


def test_what_ended_late_counts_against_timeliness_and_an_excuse_does_not(world, as_, owe):
    owe("file-review", due=-20, state="excused", reason="subject_ended", is_open=False, is_missed=True)
    owe("file-review", due=-21, state="excused", reason="service_issue", is_open=False)
    page = text_of(as_(world.supervisor).get(reverse("casework:office-detail", args=[HERE])))
    assert "0 of 1" in page


def test_a_duty_without_a_rule_is_counted_apart(world, as_, owe):
    owe(
        "file-review",
        state="no_basis",
        is_open=False,
        due_on=None,
        last_day=None,
        overdue_from=None,
        opens_on=None,
    )
    page = text_of(as_(world.supervisor).get(reverse("casework:office-detail", args=[HERE])))
    assert "nothing fell due" in page


def test_a_supervisor_does_not_see_another_offices_totals_and_a_planner_does(world, as_):
    there = reverse("casework:office-detail", args=[THERE])
    assert as_(world.supervisor).get(there).status_code == 403
    assert as_(world.person(Role.PLANNER)).get(there).status_code == 200
    assert (
        as_(world.person(Role.PLANNER)).get(reverse("casework:office-detail", args=["NO"])).status_code == 404
    )


def test_a_case_shows_its_duties_with_rule_and_what_was_recorded(world, as_, owe):
    owe(due=-3, rule="X/y@2020-01-01")
    world.verified()
    world.check_in()
    page = text_of(as_(world.officer).get(reverse("casework:case-detail", args=[world.case.pk])))
    assert "1 duty is open on this case" in page
    assert "X/y@2020-01-01" in page
    assert "Check-ins: 1, newest first" in page
    assert "Record a check-in" in page


def test_a_case_of_another_office_is_not_shown_but_to_the_auditor(world, as_):
    theirs = world.make_case(office_id=THERE)
    path = reverse("casework:case-detail", args=[theirs.pk])
    assert as_(world.officer).get(path).status_code == 404
    page = as_(world.person(Role.AUDITOR)).get(path)
    assert page.status_code == 200
    assert "There is nothing for you to record" in text_of(page)


def test_the_list_of_cases_is_the_offices_own_by_number(world, as_):
    theirs = world.make_case(office_id=THERE)
    page = text_of(as_(world.officer).get(reverse("casework:case-list")))
    assert world.case.pk in page
    assert theirs.pk not in page


def test_a_whole_case_number_leads_to_the_case(world, as_):
    answer = as_(world.officer).get(reverse("casework:case-list"), {"number": world.case.pk.lower()})
    assert answer.url == reverse("casework:case-detail", args=[world.case.pk])


def test_the_list_of_duties_goes_by_due_date_and_kind_page_by_page(world, as_, owe, monkeypatch):
    monkeypatch.setattr("closeout.web.casework.views.lists.PAGE_SIZE", 2)
    owe("file-review", due=3)
    owe("contact-verification", due=3)
    owe("file-review", due=-3)
    client = as_(world.officer)
    first = client.get(reverse("casework:duty-list"))
    assert [row.owed.duty for row in first.context["rows"]] == ["file-review", "contact-verification"]
    second = client.get(reverse("casework:duty-list"), {"after": first.context["after"]})
    assert [row.owed.due_on for row in second.context["rows"]] == [world.day(3)]
    assert second.context["after"] == ""


def test_a_page_of_the_list_that_nobody_offered_is_not_there(world, as_):
    assert as_(world.officer).get(reverse("casework:duty-list"), {"after": "x"}).status_code == 404


def test_the_list_of_duties_is_narrowed_by_kind_and_state(world, as_, owe):
    owe("file-review", due=-3)
    owe("contact-verification", due=-3)
    wanted = {"duty": "file-review", "state": "overdue"}
    rows = as_(world.officer).get(reverse("casework:duty-list"), wanted).context["rows"]
    assert [row.owed.duty for row in rows] == ["file-review"]


def test_the_list_of_duties_is_narrowed_by_who_owes_them_within_what_one_may_see(world, as_, owe):
    owe("file-review", due=-3)
    client = as_(world.supervisor)
    for asked, found in ((world.officer.username, 1), ("S-NOBODY", 0), ("not a number", 1)):
        answer = client.get(reverse("casework:duty-list"), {"officer": asked})
        assert len(answer.context["rows"]) == found, asked


def test_the_desk_shows_what_is_due_on_a_number_and_nothing_of_other_offices(world, as_, owe):
    owe(due=0)
    client = as_(world.officer)
    assert "Open duties on this case" in text_of(
        client.get(reverse("casework:desk"), {"case": world.case.pk})
    )
    theirs = world.make_case(office_id=THERE)
    missing = client.get(reverse("casework:desk"), {"case": theirs.pk})
    assert missing.status_code == 404
    assert "No case of your office has that number." in text_of(missing)


def test_integrity_shows_each_rule_with_its_rows_and_a_supervisor_the_offices_own(world, as_):
    for office in (HERE, THERE):
        models.Finding.objects.create(
            rule="open-case-without-lead",
            subject_table="cases",
            subject=f"C-{office}",
            case_no=f"C-{office}",
            office_id=office,
            since_on=world.day(-10),
            found_on=world.today,
        )
    page = text_of(as_(world.supervisor).get(reverse("casework:integrity")))
    assert "1 of " in page
    rule = reverse("casework:integrity-rule", args=["open-case-without-lead"])
    own = text_of(as_(world.supervisor).get(rule))
    assert f"C-{HERE}" in own
    assert f"C-{THERE}" not in own
    assert as_(world.supervisor).get(reverse("casework:integrity-rule", args=["none"])).status_code == 404
