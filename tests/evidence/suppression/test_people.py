"""Which measures count people: they alone have small counts to withhold."""

import pytest

from closeout.duties.pack import load_pack
from closeout.evidence.measures.read import load_measures
from closeout.evidence.suppression.people import counts_people, tables_about_people
from closeout.records.tables import TABLES

PACK = load_pack()
MEASURES = {one.code: one for one in load_measures(None, PACK)}


@pytest.mark.parametrize(
    "code",
    [
        "policies-overdue",
        "partners-inspected",
        "standards-meeting",
        "deficiency-rate",
        "recommendations-open",
        "offices-short",
        "staffing-need-known",
    ],
)
def test_policies_partners_standards_facilities_and_recommendations_are_no_people(code):
    assert not counts_people(MEASURES[code])


@pytest.mark.parametrize(
    "code",
    # By cases, officers, partners' staff; firearms by law; complaints because people make them.
    [
        *("duties-on-time", "files-reviewed", "training-passed", "firearms-untraced", "complaints-notified"),
        *("officers-per-need", "caseloads-that-fit", "cases-without-hours", "duties-with-weight"),
    ],
)
def test_whatever_stands_for_people_is_withheld(code):
    assert counts_people(MEASURES[code])


def test_a_table_about_cases_or_officers_is_about_people_whatever_it_is_called():
    about = tables_about_people()
    for name, table in TABLES.items():
        if {"case_no", "officer_no"} & set(table.column_names()):
            assert name in about
    assert not {"policies", "agreements", "facilities", "contract_standards"} & about


def test_what_reads_nothing_that_is_known_is_withheld():
    assert counts_people(MEASURES["identifiers-found"])
