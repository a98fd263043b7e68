"""The boundary in the pages of casework: what they never ask, show or sort by (`docs/explanation`)."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import strip_tags

from closeout.records.privacy import find_identifiers
from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import Permission
from closeout.web.audit.models import Event
from closeout.web.casework import models
from closeout.web.casework import queries as queries_package
from closeout.web.casework.actions import writing
from closeout.web.casework.acts import ACTS
from closeout.web.casework.acts.desk import LeadForm
from closeout.web.casework.acts.fields import CodeField, LanguageField
from closeout.web.casework.forms.narrow import CaseFilterForm, DutyFilterForm
from closeout.web.casework.queries.unit import OfficerLine
from tests.web.casework.busy import make_busy
from tests.web.test_boundary import FORBIDDEN

APP = Path(queries_package.__file__).parents[1]
ORDER_WORDS = ("order", "sort", "ordering", "order_by", "sort_by", "o", "by", "dir", "desc", "rank")
ORDERS = ("officer", "-officer", "-due_on", "country", "docket", "-opened_on", "language", "risk", "-pk")
WORDS = re.compile(
    r"\b(names?|surname|alias|address(es)?|street|phone number|e-?mail|photo|picture|biometrics?|birth|gender"
    r"|sex|religion|nationality|ethnicity|risks?|scores?|rank(ing)?|threat|danger(ous)?|latitude|longitude|location"
    r"|passport|alien|a-number|ssn)\b",
    re.IGNORECASE,
)
PROSE = (
    "he said that he moved in with his brother",
    "12 Main Street",
    "A123456789",
    "202-555-0143",
    "someone@agency.gov",
    "code;with(signs)",
    "a" * 25,
)
NOT_FREE = (
    forms.BooleanField,
    forms.DateField,
    forms.IntegerField,
    forms.ChoiceField,
    forms.NullBooleanField,
    forms.FileField,
    CodeField,
    LanguageField,
)


class Headings(HTMLParser):
    """Collects what a page asks for and what its cells are said to be: names of inputs, labels and heads."""

    HEADS = ("th", "dt", "label", "legend", "caption", "h2", "h3")

    def __init__(self) -> None:
        super().__init__()
        self.found, self._open = [], False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._open = tag in self.HEADS and given.get("scope") != "row"
        if tag in ("input", "select", "textarea"):
            self.found.append(given.get("name", "").replace("_", " "))

    def handle_endtag(self, tag):
        if tag in self.HEADS:
            self._open = False

    def handle_data(self, data):
        if self._open and data.strip():
            self.found.append(data.strip())


@pytest.fixture(autouse=True)
def only_counted(monkeypatch):
    """Leave duties as they are: what is tried here is what pages show and take."""
    monkeypatch.setattr(writing, "refresh", lambda *_case_no, **_today: None)


@pytest.fixture
def busy(world):
    """Return the world with a row of every kind on its case, more cases, and duties of each."""
    make_busy(world)
    for number in range(4):
        case = world.make_case(docket="detained" if number % 2 else world.case.docket)
        owe(world, case, number)
    owe(world, world.case, 9)
    return world


def owe(world, case, number):
    day = world.day(-number)
    for duty in ("file-review", "contact-verification"):
        models.Duty.objects.create(
            duty=duty,
            subject_table="cases",
            subject=case.pk,
            sequence=number + 1,
            case_no=case.pk,
            office_id=case.office_id,
            officer_no=world.officer.username,
            opened_on=day,
            opens_on=day,
            due_on=day,
            last_day=day,
            overdue_from=world.day(1 - number),
            state="due",
            days_held=0,
            is_missed=False,
            is_open=True,
            computed_on=world.today,
        )


def shown_order(answer):
    """Return the case numbers of a page in the order in which they stand."""
    return re.findall(r"C-\d{6}", strip_tags(answer.content.decode()))


LISTS = ("case-list", "duty-list", "my-day", "unit")


@pytest.mark.parametrize("page", LISTS)
def test_no_parameter_sorts_a_list_of_cases_or_duties(busy, as_, page):
    client = as_(busy.supervisor if page == "unit" else busy.officer)
    address = reverse(f"casework:{page}")
    first = shown_order(client.get(address))
    assert first
    for word in ORDER_WORDS:
        for order in ORDERS:
            assert shown_order(client.get(address, {word: order})) == first, f"?{word}={order}"


@pytest.mark.parametrize(("page", "form"), [("case-list", CaseFilterForm), ("duty-list", DutyFilterForm)])
def test_a_filter_takes_rows_away_and_never_moves_them(busy, as_, page, form):
    client = as_(busy.officer)
    address = reverse(f"casework:{page}")
    whole = shown_rows(client.get(address))
    asked = form()
    for name, field in asked.fields.items():
        values = (
            [key for key, _ in field.choices] if isinstance(field, forms.ChoiceField) else ["C-0", "", "x"]
        )
        for value in values:
            rows = shown_rows(client.get(address, {name: value}))
            assert rows == [row for row in whole if row in rows], f"?{name}={value}"


def shown_rows(answer):
    rows = answer.context["rows"]
    return [row.owed.pk if hasattr(row, "owed") else row.pk for row in rows]


def test_duties_stand_by_due_date_kind_and_key_and_cases_by_number(busy, as_):
    client = as_(busy.officer)
    duties = [row.owed for row in client.get(reverse("casework:duty-list")).context["rows"]]
    assert [(one.due_on, one.duty, one.pk) for one in duties] == sorted(
        (one.due_on, one.duty, one.pk) for one in duties
    )
    cases = [one.pk for one in client.get(reverse("casework:case-list")).context["rows"]]
    assert cases == sorted(cases)


def test_filters_are_by_number_docket_state_kind_of_duty_and_who_owes_it_and_by_nothing_else():
    assert set(CaseFilterForm().fields) == {"number", "docket", "state"}
    assert set(DutyFilterForm().fields) == {"duty", "state", "office", "officer"}


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("word", ["country", "country_id", "nationality", "language", "is_child", "officer"])
def test_nothing_about_a_person_narrows_a_list(busy, as_, page, word):
    client = as_(busy.supervisor if page == "unit" else busy.officer)
    address = reverse(f"casework:{page}")
    assert shown_order(client.get(address, {word: "XXA"})) == shown_order(client.get(address))


@pytest.mark.parametrize("page", LISTS)
def test_a_country_stands_on_a_cases_own_page_only(busy, as_, page):
    client = as_(busy.supervisor if page == "unit" else busy.officer)
    case = client.get(reverse("casework:case-detail", args=[busy.case.pk])).content.decode()
    assert re.search(r"\bXXA\b", case)
    answer = client.get(reverse(f"casework:{page}")).content.decode()
    assert not re.search(r"\bXXA\b", answer)
    assert "Country A" not in answer


@pytest.mark.parametrize("folder", ["queries", "forms", "views"])
def test_no_query_filter_or_page_asks_for_a_country(folder):
    naming = {
        file.name for file in (APP / folder).glob("*.py") if re.search("countr|national", file.read_text())
    }
    # The history of a case shows the country of its own requests.
    assert naming <= {"histories.py"}


def all_pages(world):
    """Return the pages of casework, each with somebody who reads it."""
    names = ("case-list", "my-day", "desk", "duty-list", "unit", "integrity", "office-list")
    yield from ((reverse(f"casework:{name}"), world.supervisor) for name in names)
    yield reverse("casework:desk") + f"?case={world.case.pk}", world.officer
    yield reverse("casework:office-detail", args=[world.case.office_id]), world.supervisor
    yield reverse("casework:integrity-rule", args=["open-case-without-lead"]), world.supervisor
    yield reverse("casework:records"), world.person(Role.ADMINISTRATOR)
    for user in (world.officer, world.supervisor):
        yield reverse("casework:case-detail", args=[world.case.pk]), user
    for slug, act in ACTS.items():
        reader = readers(world, slug, act)
        subject = act.subjects(world.fresh(), reader).first() if act.subjects else None
        if act.subjects is None or subject is not None:
            query = f"?subject={subject.pk}" if subject else ""
            yield reverse("casework:act", args=[world.case.pk, slug]) + query, reader


def readers(world, slug, act):
    if slug in ("transfer-accept", "transfer-reject"):
        return world.receiver
    return world.supervisor if act.permission is Permission.CASE_APPROVE else world.officer


def test_no_page_asks_for_or_shows_who_where_or_how_dangerous_somebody_is(busy, as_):
    seen = 0
    for address, user in all_pages(busy):
        answer = as_(user).get(address)
        assert answer.status_code in (200, 302), address
        html = answer.content.decode()
        page = Headings()
        page.feed(html)
        main = strip_tags(html.partition("<main")[2].partition("</main>")[0])
        assert [words for words in page.found if WORDS.search(words)] == [], address
        assert find_identifiers(main) == [], address
        seen += 1
    assert seen > len(ACTS)


def test_the_words_that_are_looked_for_would_be_found():
    page = Headings()
    page.feed(
        '<table><th scope="col">Risk score</th></table><label>Home address</label><input name="first_name">'
    )
    assert [bool(WORDS.search(words)) for words in page.found] == [True, True, True]


def test_the_log_of_what_was_done_holds_no_forbidden_column_and_no_identifier(busy, as_):
    do_many_things(busy, as_)
    events = list(Event.objects.all())
    assert len(events) >= 6
    for event in events:
        written = {**(event.before or {}), **(event.after or {})}
        columns = {name.rpartition("/")[2] for name in written}
        assert columns.isdisjoint(FORBIDDEN), event.action
        told = json.dumps([event.before, event.after, event.reason], default=str)
        assert find_identifiers(told) == [], event.action


def do_many_things(world, as_):
    client = as_(world.officer)
    case = world.make_case()
    row = world.check_in(case=case)
    today = world.today
    sent = {
        "check-in-outcome": {"subject": row.pk, "outcome": "attended"},
        "verify": {"kind": "contact", "method": "phone", "result": "confirmed"},
        "desk-contact": {"channel": "walk_in", "category": "question"},
        "inquiry-receive": {"category": "status", "channel": "phone"},
        "status-change": {"status_code": "8B"},
        "closure-propose": {
            "reason": "duplicate",
            "evidence_kind": "agency_record",
            # What is sent is not kept, nor what it is called.
            "evidence": SimpleUploadedFile(
                "A123456789 someone@agency.gov.txt", b"A123456789, 12 Main Street"
            ),
        },
    }
    for slug, data in sent.items():
        answer = client.post(reverse("casework:act", args=[case.pk, slug]), {**data, "on": today})
        assert answer.status_code == 302, (slug, answer.context["form"].errors)


def form_of(world, slug):
    act = ACTS[slug]
    subject = act.subjects(world.fresh(), readers(world, slug, act)).first() if act.subjects else None
    if slug == "travel-item" and subject is None:
        subject = world.travel_request()
    return act.form(case=world.case, subject=subject)


@pytest.mark.parametrize("slug", sorted(ACTS))
def test_no_act_takes_words(world, slug):
    for name, field in form_of(world, slug).fields.items():
        assert isinstance(field, NOT_FREE), f"{slug}: {name} is a {type(field).__name__}"
        assert not WORDS.search(name.replace("_", " ")), name


@pytest.mark.parametrize("words", PROSE)
@pytest.mark.parametrize("field", [CodeField(), LanguageField()], ids=["code", "language"])
def test_a_code_is_no_place_for_words_or_numbers_of_a_person(field, words):
    with pytest.raises(forms.ValidationError):
        field.clean(words)


@pytest.mark.parametrize("code", ["8B", "PI-2.0", "PD-1.1", "INF-1", "16", "A/B:c_1"])
def test_the_codes_of_codebooks_and_forms_are_taken(code):
    assert CodeField().clean(code) == code


def test_languages_are_taken_by_their_code():
    assert [LanguageField().clean(code) for code in ("es", "quc")] == ["es", "quc"]


def test_a_sentence_for_a_status_is_refused_beside_its_field_and_nothing_is_written(world, as_):
    answer = as_(world.officer).post(
        reverse("casework:act", args=[world.case.pk, "status-change"]),
        {"status_code": PROSE[0], "on": world.today},
    )
    assert answer.status_code == 422
    assert "one word" in answer.content.decode()
    assert not models.StatusChange.objects.exists()


def test_a_policy_version_that_there_is_not_cannot_be_given(world, as_):
    item = world.referable()
    world.policy()
    answer = as_(world.officer).post(
        reverse("casework:act", args=[world.case.pk, "exception-dispose"]),
        {
            "subject": item.pk,
            "disposition": "referred_per_policy",
            "policy_version_id": "he said so",
            "on": world.today,
        },
    )
    assert answer.status_code == 422
    assert "policy_version_id" in answer.context["form"].errors


def test_officers_stand_by_staff_number_and_no_figure_of_theirs_is_a_score(busy, as_):
    for number in range(3):
        busy.person(Role.OFFICER if number % 2 else Role.SUPERVISOR)
    answer = as_(busy.supervisor).get(reverse("casework:unit"), {"order": "-overdue", "sort": "overdue"})
    numbers = [line.officer_no for line, *_ in answer.context["officers"]]
    assert numbers == sorted(numbers)
    assert {one.name for one in fields(OfficerLine)} == {
        "officer_no",
        "unit_id",
        "role",
        "open_cases",
        "due",
        "overdue",
        "overdue_by_duty",
        "service_faults",
    }
    table = answer.content.decode().partition('id="officer-table"')[2].partition("</table>")[0]
    assert "%" not in table
    offered = LeadForm(case=busy.case, subject=None).fields["officer_no"].choices
    keys = [key for key, _ in offered if key]
    assert keys == sorted(keys)


@pytest.mark.parametrize("asked", [{"format": "csv"}, {"export": "xlsx"}, {"format": "json"}, {"all": "1"}])
def test_no_page_gives_a_file_or_more_than_the_office(busy, as_, asked):
    theirs = busy.make_case(office_id="DAL")
    for page in LISTS:
        client = as_(busy.supervisor if page == "unit" else busy.officer)
        answer = client.get(reverse(f"casework:{page}"), asked)
        assert answer["Content-Type"].startswith("text/html")
        assert "Content-Disposition" not in answer
        assert theirs.pk not in answer.content.decode()


def test_the_interface_for_programs_has_no_address_about_cases(client_for):
    described = client_for(Role.AUDITOR).get(reverse("api:openapi-json"))
    assert described.status_code == 200
    assert [path for path in described.json()["paths"] if re.search(r"case|officer|dut(y|ies)", path)] == []
