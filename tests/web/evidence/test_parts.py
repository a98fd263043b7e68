"""The parts of breakdowns: kept with a run, shown by name, taken out, and small ones withheld."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from closeout.duties.pack import load_pack
from closeout.evidence.figures import Outcome
from closeout.evidence.freezing.answers import PART_KEYS, measure_answer
from closeout.evidence.measures.measure import Breakdown
from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.evidence.models import MeasurePart
from closeout.web.evidence.queries.dossier import dossier_view
from closeout.web.evidence.queries.results import measured_of
from tests.web.casework.actions.world import HERE, THERE
from tests.web.evidence.made import AS_OF, CODE, keep, make_assessment, make_measure, make_measured, share

READERS = sorted(role for role in Role.values if Permission.ASSESSMENT_READ in GRANTS[role])
MEASURE = reverse("evidence:measure-detail", args=[CODE])


def broken_down(by, title, **parts):
    """Return a breakdown of the main measure: of each label its category, numerator and denominator."""
    made = {category: (label, share(*figures)) for label, (category, *figures) in parts.items()}
    return Breakdown(
        by,
        title,
        tuple(replace(result, category=category) for category, (_, result) in made.items()),
        {category: label for category, (label, _) in made.items()},
    )


# 850 of 1,000 by docket: the order is that of the names, whose figures go up and down.
DOCKETS = broken_down(
    "docket", "Docket", detained=("detained", 450, 500), family=("family", 100, 200), juvenile=("j", 300, 300)
)
COUNTRIES = broken_down("case_no.country", "Country", Guatemala=("GTM", 550, 600), none=("", 300, 400))


@pytest.fixture
def run(register):
    return keep(measured=make_measured(breakdowns=(DOCKETS, COUNTRIES)))


@pytest.fixture
def small(register):
    """Keep a run with 4 of 50 in one docket, which is small, which another one of 60 would give away."""
    parts = broken_down("docket", "Docket", a=("a", 30, 60), b=("b", 4, 50), c=("c", 816, 890))
    return keep(measured=make_measured(breakdowns=(parts,)))


def tables_of(response):
    """Return the tables of the parts of a page by caption: the words of each row."""
    page = LexborHTMLParser(response.content.decode())
    section = page.css_first("section[aria-labelledby=parts]")
    return {
        " ".join(table.css_first("caption").text().split()): [
            [" ".join(cell.text().split()) for cell in row.css("th, td")] for row in table.css("tr")
        ]
        for table in (section.css("table") if section else ())
    }


def sheets_of(client, address=MEASURE):
    book = load_workbook(io.BytesIO(client.get(address, {"format": "xlsx"}).content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


# Kept.


def test_parts_are_read_back_as_they_were_in_their_order(run):
    (main, other) = measured_of(run, offices=True, parts=True).values()
    assert main.breakdowns == (DOCKETS, COUNTRIES)
    assert other.breakdowns == ()
    assert measured_of(run, CODE)[CODE].breakdowns == ()  # only who asks gets them


def test_a_part_is_kept_once(run):
    part = MeasurePart.objects.filter(by="docket").first()
    for said in ({"place": 99}, {"category": "other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MeasurePart.objects.create(
                **{
                    name: getattr(part, name)
                    for name in ("measure", "place", "by", "title", "category", "label", "until")
                }
                | {"outcome": "no_data", "reason": "none", "verdict": "not_assessed"}
                | said
            )


@pytest.mark.parametrize("fields", [{"value": None}, {"verdict": "fine"}, {"low": 0.9, "high": 0.1}])
def test_the_database_refuses_a_part_that_cannot_be(run, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasurePart.objects.filter(by="docket").update(**fields)


def test_small_parts_are_marked_when_the_run_is_kept(small):
    hidden = MeasurePart.objects.filter(is_suppressed=True)
    assert list(hidden.values_list("category", flat=True)) == ["a", "b"]  # a would give b away
    (safe,) = measured_of(small, CODE, parts=True, safe=True)[CODE].breakdowns
    assert [part.figure.outcome for part in safe.parts] == [
        Outcome.SUPPRESSED,
        Outcome.SUPPRESSED,
        Outcome.COMPUTED,
    ]
    assert [(part.figure.numerator, part.figure.denominator) for part in safe.parts][:2] == [(None, None)] * 2


# Shown.


def test_each_breakdown_is_a_table_in_the_order_of_names(run, world, as_):
    found = tables_of(as_(world.person(Role.AUDITOR, "")).get(MEASURE))
    title = "Outcome of a check-in written down in time"
    assert list(found) == [f"{title}, by docket", f"{title}, by country"]
    rows = found[f"{title}, by docket"]
    assert rows[0] == ["Docket", "Value", "95 % interval", "Rests on", "Verdict"]
    assert [row[0] for row in rows[1:]] == ["detained", "family", "juvenile", "All"]
    assert rows[2] == ["family", "50.0 %", "(45.0–55.0)", "of 200", "target not met"]
    assert rows[-1][:4] == ["All", "85.0 %", "(80.0–90.0)", "of 1,000"]
    assert [row[0] for row in found[f"{title}, by country"][1:]] == ["Guatemala", "none", "All"]


def test_no_order_by_a_figure_can_be_asked_for(run, world, as_):
    client = as_(world.person(Role.AUDITOR, ""))
    plain, asked = (tables_of(client.get(MEASURE, said)) for said in ({}, {"order": "-value"}))
    assert plain == asked
    page = LexborHTMLParser(client.get(MEASURE).content.decode())
    assert page.css("section[aria-labelledby=parts] th a") == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.DIRECTOR])
def test_who_leads_an_office_sees_the_parts_of_all_as_the_total(run, world, as_, role):
    found = tables_of(as_(world.person(role)).get(MEASURE))
    assert len(found) == 2


@pytest.mark.parametrize("role", READERS)
def test_small_parts_are_shown_to_who_may_see_small_counts_alone(small, world, as_, role):
    (rows,) = tables_of(as_(world.person(role)).get(MEASURE)).values()
    sees = Permission.OFFICE_READ in GRANTS[role]
    assert [row[1] for row in rows[1:]] == (
        ["50.0 %", "8.0 %", "91.7 %", "85.0 %"] if sees else ["–", "–", "91.7 %", "85.0 %"]
    )
    assert [row[4].startswith("not shown") for row in rows[1:]] == [not sees, not sees, False, False]


def test_a_measure_without_breakdowns_has_no_such_section(register, world, as_):
    keep()
    said = as_(world.person(Role.AUDITOR, "")).get(MEASURE).content.decode()
    assert 'id="parts"' not in said
    assert "#parts" not in said


def test_declared_parts_that_there_are_none_of_are_said(register, world, as_):
    declared = make_measure(definition={"measure": CODE, "by": ["docket"]})
    keep(measured=make_measured(measure=declared))
    response = as_(world.person(Role.AUDITOR, "")).get(MEASURE)
    assert tables_of(response) == {}
    assert "This measure has no parts." in response.content.decode()


# Taken out.


def test_a_file_has_a_table_for_each_breakdown(run, world, as_):
    client = as_(world.person(Role.PLANNER, ""))
    sheets = sheets_of(client)
    assert list(sheets) == ["offices", "periods", "by-docket", "by-case-no-country"]
    rows = [row for row in sheets["by-docket"] if row[0] in {"detained", "family", "j"}]
    assert [(row[0], row[1], row[5], row[6]) for row in rows] == [
        ("detained", "detained", 450, 500),
        ("family", "family", 100, 200),
        ("j", "juvenile", 300, 300),
    ]
    text = client.get(MEASURE, {"format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert any(row[:2] == ["GTM", "Guatemala"] for row in rows)


def test_no_file_holds_a_small_part_whoever_takes_it(small, world, as_):
    client = as_(world.person(Role.AUDITOR, ""))
    cells = {cell for rows in sheets_of(client).values() for row in rows for cell in row}
    assert {4, 50, 30, 60, 0.08}.isdisjoint(cells)
    text = client.get(MEASURE, {"format": "csv"}).content.decode("utf-8-sig")
    assert ",0.08," not in text


def test_the_dossier_of_a_recommendation_names_no_small_part(small, register):
    dossier = dossier_view(register.rec, small).dossier
    (main,) = [each for each in dossier.measured if each.measure.code == CODE]
    (parts,) = main.breakdowns
    assert [part.figure.value is None for part in parts.parts] == [True, True, False]


def test_what_is_missing_is_said_without_small_counts(register):
    # 4 of 350 is small: the sentence that the run came with says it, and is not kept.
    few = make_measured(total=share(4, 350), offices=(share(4, 350, HERE),), series=())
    made = make_assessment(measured=few)
    said = "Outcome of a check-in written down in time: target 95 % or more, is 1.1 % of 350"
    first = replace(made.assessed[0], missing=(said,))
    run = keep(measured=few, assessed=(first, *made.assessed[1:]))
    row = run.assessed.order_by("place").first()
    assert row.missing[0] == "Outcome of a check-in written down in time: not shown: small numbers"
    assert "1.1 %" not in "; ".join(row.missing)


def test_parts_are_frozen_with_the_figure(run):
    shown = measured_of(run, CODE, offices=True, safe=True, parts=True)[CODE]
    answer = measure_answer(shown, load_pack(), is_withheld=True)
    assert answer.keys == PART_KEYS
    parts = [(row["by"], row["category"], row["label"]) for row in answer.rows if row["by"]]
    assert parts[0] == ("docket", "detained", "detained")
    assert parts[-1] == ("case_no.country", "", "none")
    assert {row["until"] for row in answer.rows if row["by"]} == {AS_OF}
    assert {row["office_id"] for row in answer.rows} == {None, HERE, THERE}
