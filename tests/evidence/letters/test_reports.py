"""The memo, the analysis, the parents report and the partner summaries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from closeout.evidence.letters.deficiency_analysis import deficiency_analysis
from closeout.evidence.letters.determination_memo import determination_memo
from closeout.evidence.letters.parents_report import parents_report, parents_report_pdf
from closeout.evidence.letters.partner_summary import partner_summaries, partner_summary, shown_counts
from closeout.evidence.letters.partner_years import _in_time, partner_years
from closeout.evidence.letters.pdf import to_pdf
from closeout.evidence.letters.records_paper import Whose
from closeout.evidence.letters.reports import look_at_reports
from closeout.evidence.letters.word import to_docx
from closeout.evidence.outward import outward
from closeout.evidence.verdicts.deficiencies import deficiencies
from closeout.evidence.verdicts.reading import LacksTablesError
from closeout.evidence.verdicts.standards import standards
from tests.evidence.letters.making import (
    NO_DATA,
    SOURCES,
    make_assessment,
    make_measured,
    share,
    text_of_docx,
    text_of_pdf,
)
from tests.evidence.verdicts.making import AS_OF, judged

WHOSE = Whose("Bureau of Keys", SOURCES)
STANDARD = {
    "standard_id": "S-1",
    "contract_id": "C-1",
    "number": 1,
    "indicator": "reports on time",
    "aql": 0.05,
    "direction": "max_defects",
    "method": "random",
    "frequency": "yearly",
    "is_placeholder": True,
}
LOOKED = {
    "event_id": 1,
    "standard_id": "S-1",
    "observed_on": date(2025, 3, 1),
    "method": "random",
    "sampled": 50,
    "defects": 6,
    "inference_allowed": True,
}


def matrix(looked=LOOKED, **given):
    events = [looked] if looked else []
    return judged(standards, contract_standards=[STANDARD | given], surveillance_events=events)


def memo(made):
    return text_of_pdf(to_pdf(determination_memo(made, WHOSE)))


def test_a_memo_says_method_counts_share_level_and_whether_it_is_established():
    # systems.md G4: 6 defects of 50 against 5 %: p = 0.0378, established
    text = memo(matrix())
    assert "random sample" in text
    assert "50 6 12.0 % (" in text
    assert "does not meet" in text
    assert "over the level, established, p = 0.0378" in text


def test_a_point_estimate_over_the_level_may_be_not_established():
    # systems.md G4: 5 defects of 50: p = 0.1036, 3.33-21.81 %
    text = memo(matrix(LOOKED | {"defects": 5}))
    assert "10.0 % (3.3–21.8)" in text
    assert "insufficient sample; over the level, not established, p = 0.1036" in text


def test_a_standard_nobody_looked_at_is_not_assessed_and_never_met():
    text = memo(matrix(looked=None))
    assert "not assessed; nothing can be established" in text
    assert "not assessed: 1." in text
    assert "nothing on record" in text


def test_a_memo_is_signed_by_two_and_by_nobody_here():
    text = memo(matrix())
    assert "[Signature of the assessor]" in text
    assert "[Signature of the reviewer, who is not the assessor]" in text
    assert "Not signed, not sent." in text


def test_a_memo_states_what_it_rests_on():
    text = memo(matrix())
    assert "Figures as of: September 30, 2026" in text
    assert "Sources: Records of an example, as of 2025-06-30" in text
    assert "report.txt" not in text
    assert "Suppression: none is needed." in text
    assert "a numbered placeholder stands for each" in text


def test_a_memo_without_standards_says_so():
    assert "The records name no standard of a contract." in memo(judged(standards, contract_standards=[]))


def test_a_memo_in_word_says_the_same():
    text = text_of_docx(to_docx(determination_memo(matrix(), WHOSE)))
    assert "over the level, established, p = 0.0378" in text


INSPECTIONS = [
    {
        "inspection_id": n,
        "facility_id": f"FAC-{1 + n % 2}",
        "kind": "contractor",
        "standard_set": "SET",
        "started_on": date(2026, n, 1),
        "ended_on": date(2026, n, 2),
        "components_assessed": 40,
    }
    for n in range(1, 7)
]
DEFICIENCIES = [
    {
        "deficiency_id": n,
        "inspection_id": 1 + n % 6,
        "component_id": f"K-{n % 3}",
        "cited_on": date(2026, 1 + n % 6, 2),
        "state": "cited",
    }
    for n in range(12)
]


def analysed(**tables):
    return judged(deficiencies, **({"inspections": INSPECTIONS, "deficiencies": DEFICIENCIES} | tables))


def analysis(**tables):
    return text_of_pdf(to_pdf(deficiency_analysis(analysed(**tables), WHOSE)))


def test_an_analysis_begins_with_what_stands_out_and_leaves_the_actions_to_people():
    text = analysis()
    assert text.index("What stands out") < text.index("Actions") < text.index("Across facilities")
    assert "[Actions decided on, each with its owner’s role and date.]" in text


def test_an_analysis_counts_over_components_and_orders_by_code():
    # 12 deficiencies in 6 inspections of 40 components; each facility has 3 of them
    text = analysis()
    assert "6 inspections, 6 of them say how many components were assessed; 12 deficiencies" in text
    assert text.index("FAC-1") < text.index("FAC-2")
    assert "120 6 6.0 1.00" in text


def test_an_analysis_states_its_method_and_what_nobody_can_say():
    text = analysis()
    assert "this is no league table" in text
    assert "Trend over the quarters:" in text
    assert "Not covered:" in text


def test_an_analysis_of_nothing_says_so():
    text = analysis(inspections=[], deficiencies=[])
    assert "No facility has an exposure in these months: none can be compared." in text
    assert "There is no inspection on record." in text
    assert "cannot be followed from these records" in text


def test_parents_are_told_of_by_office_in_the_order_of_codes():
    asked = make_measured(
        "parents-asked",
        group=18,
        section="F1",
        title="Parents asked",
        offices=[("F01", share(400, 500)), ("F02", NO_DATA)],
    )
    text = text_of_pdf(parents_report_pdf(make_assessment([make_measured(), asked], needs=())))
    assert "Measures: 1" in text
    assert "Keys counted" not in text
    assert text.index("F01 80.0 %") < text.index("F02 no data")
    assert "Of children only counts are held." in text


def test_small_offices_are_withheld():
    asked = make_measured(
        "parents-asked",
        group=18,
        figure=share(405, 505),
        offices=[("F01", share(400, 500)), ("F02", share(5, 5))],
    )
    safe = outward(make_assessment([asked], needs=()))
    text = text_of_pdf(parents_report_pdf(safe))
    assert "Not shown, for small numbers: F01, F02." in text
    # with the total shown, F01 would give F02 away
    assert "400" not in text or "505" not in text


def test_rules_without_a_measure_about_parents_are_said():
    blocks = parents_report(make_assessment()).blocks
    assert [block.text for block in blocks] == ["Not assessed: the rules declare no measure about parents."]


PARTNER = {
    "partner_id": "P-1",
    "office_id": "F01",
    "label": "Made-up county",
    "area": "ST-1",
    "kind": "county",
}
AGREEMENT = {
    "agreement_id": "A-1",
    "partner_id": "P-1",
    "model": "WSO",
    "state": "active",
    "signed_on": date(2020, 5, 1),
}


def years(year=None, **tables):
    given = {"partners": [PARTNER], "agreements": [AGREEMENT]} | tables

    def asked(engine, rows, as_of):
        return partner_years(engine, rows, as_of, year=year)

    return judged(asked, **given)


def summary(made):
    return text_of_pdf(to_pdf(partner_summary(made[0], shown_counts(made)[0], WHOSE)))


def test_the_year_is_the_last_whole_fiscal_year():
    assert years()[0].fiscal_year == 2026  # as of September 30, 2026, its last day


def test_what_no_table_tells_is_not_on_record_and_not_zero():
    made = years()
    assert set(made[0].counts.values()) == {None}
    text = summary(made)
    assert "Complaints received not on record" in text
    assert "the records hold no table of inspections" in text


def test_inspections_of_three_years_are_listed_with_their_findings():
    inspections = [
        {"inspection_id": n, "agreement_id": "A-1", "kind": "routine", "held_on": day}
        for n, day in enumerate((date(2023, 9, 30), date(2023, 10, 1), date(2026, 9, 1), date(2026, 10, 1)))
    ]
    findings = [
        {
            "finding_id": n,
            "inspection_id": 2,
            "is_repeat": n == 0,
            "found_on": date(2026, 9, 1),
            "verified_on": day,
        }
        for n, day in enumerate((None, date(2026, 9, 20), date(2026, 10, 5)))
    ]
    made = years(partner_inspections=inspections, partner_findings=findings)
    assert [one.held_on for one in made[0].inspections] == [date(2023, 10, 1), date(2026, 9, 1)]
    newest = made[0].inspections[-1]
    assert (newest.findings, newest.repeats, newest.verified) == (3, 1, 1)
    assert "2026-09-01 routine WSO 3 1 1 not closed" in summary(made)


def test_a_partner_never_inspected_says_so():
    assert "Never inspected in these years." in summary(years(partner_inspections=[]))


def test_trainings_and_credentials_are_counted_through_participations():
    held = [{"participation_id": 1, "agreement_id": "A-1", "holder_no": "H-001", "from_on": date(2024, 1, 1)}]
    trainings = [
        {"training_id": n, "participation_id": 1, "due_on": date(2026, 3, 1), "passed_on": day}
        for n, day in enumerate((date(2026, 2, 1), date(2026, 3, 2), None))
    ]
    credentials = [
        {"credential_no": "K-1", "participation_id": 1, "participation_ended_on": date(2026, 5, 1)},
        {
            "credential_no": "K-2",
            "participation_id": 1,
            "participation_ended_on": date(2026, 5, 1),
            "returned_on": date(2026, 5, 2),
        },
    ]
    made = years(participations=held, partner_trainings=trainings, credentials=credentials)
    counts = made[0].counts
    assert (counts["trainings"], counts["passed"], counts["ended"], counts["returned"]) == (3, 1, 2, 1)
    assert "Trainings due not shown" in summary(made)


def test_warrants_are_what_the_summary_on_record_says():
    said = {"summary_id": 1, "agreement_id": "A-1", "fiscal_year": 2025, "completed_on": date(2025, 11, 1)}
    made = years(year=2025, partner_summaries=[said | {"warrants_served": 40}])
    assert made[0].counts["warrants"] == 40
    assert years(partner_summaries=[said | {"warrants_served": 40}])[0].counts["warrants"] is None
    assert years(year=2025, partner_summaries=[said])[0].counts["warrants"] is None


@pytest.mark.parametrize(
    ("received", "hours", "is_in_time"),
    [
        ("2026-03-02T09:00", 48, True),  # Monday to Wednesday
        ("2026-03-02T09:00", 48.1, False),
        ("2026-03-06T09:00", 96, True),  # Friday to Tuesday, two days left out
        ("2026-03-06T09:00", 96.1, False),
        ("2026-03-02T09:00", None, False),
        ("2026-09-30T09:00", 20, False),  # not known on September 30
    ],
)
def test_a_complaint_is_notified_within_48_hours_weekends_left_out(received, hours, is_in_time):
    at = datetime.fromisoformat(received)
    notified = None if hours is None else at + timedelta(hours=hours)
    assert _in_time({"received_at": at, "notified_at": notified}, AS_OF) is is_in_time


def test_a_summary_in_word_says_the_same():
    made = years(partner_inspections=[])
    text = text_of_docx(to_docx(partner_summary(made[0], shown_counts(made)[0], WHOSE)))
    assert "Annual summary of partner P-1, fiscal year 2026" in text
    assert "[Signature of the reviewing official, who is not the drafter]" in text
    assert "Suppression: counts from 1 to 10 are not shown" in text


def test_no_partner_needs_no_counts():
    assert shown_counts(()) == ()


def test_records_without_partners_are_refused():
    with pytest.raises(LacksTablesError, match="no table partners, agreements"):
        partner_years(SimpleNamespace(), {}, AS_OF)


def test_a_memo_of_several_contracts_has_a_part_for_each():
    standards_listed = [STANDARD, STANDARD | {"standard_id": "S-2", "contract_id": "C-2"}]
    made = judged(standards, contract_standards=standards_listed, surveillance_events=[LOOKED])
    headings = [block.text for block in determination_memo(made, WHOSE).blocks if block.kind == "heading"]
    assert headings[:3] == ["Determinations, newest whole period", "Contract C-1", "Contract C-2"]
    assert "S-2: reports on time (placeholder)" in headings


def test_all_partners_stand_in_one_document_in_the_order_of_their_codes():
    other = PARTNER | {"partner_id": "P-2", "label": "Another county", "office_id": None}
    inspections = [
        {"inspection_id": n, "agreement_id": "A-1", "kind": "routine", "held_on": date(2026, n, 1)}
        for n in (2, 5)
    ]
    made = years(partners=[PARTNER, other], partner_inspections=inspections, partner_findings=[])
    paper = partner_summaries(made, shown_counts(made), WHOSE)
    overview = next(block for block in paper.blocks if block.kind == "grid")
    assert overview.rows == (
        ("P-1", "F01", "WSO, active", "2", "2026-05-01", "0", "0"),
        ("P-2", "not recorded", "none on record", "0", "never", "0", "0"),
    )
    sections = [block.text for block in paper.blocks if block.kind == "heading" and block.level == 1]
    assert sections == ["All partners", "P-1: Made-up county, ST-1", "P-2: Another county, ST-1"]
    text = text_of_pdf(to_pdf(paper))
    assert "Partners: 2" in text
    assert "Suppression: counts from 1 to 10 are not shown" in text


def test_the_overview_of_partners_does_not_call_a_missing_table_zero():
    made = years()
    overview = next(
        each for each in partner_summaries(made, shown_counts(made), WHOSE).blocks if each.kind == "grid"
    )
    assert overview.rows[0][3:] == ("not on record",) * 4


def test_what_the_reports_are_made_of_is_looked_up_at_once():
    tables = {
        "contract_standards": [STANDARD],
        "surveillance_events": [LOOKED],
        "inspections": INSPECTIONS,
        "deficiencies": DEFICIENCIES,
        "partners": [PARTNER],
        "agreements": [AGREEMENT],
    }
    found = judged(look_at_reports, **tables)
    assert found.lacking == {}
    assert [row.standard_id for row in found.standards.rows] == ["S-1"]
    assert found.deficiencies.inspections == 6
    assert [one.partner_id for one in found.partners] == ["P-1"]


def test_a_report_whose_table_is_missing_is_named_with_the_table():
    found = judged(look_at_reports, partners=[PARTNER], agreements=[AGREEMENT])
    assert (found.standards, found.deficiencies) == (None, None)
    assert list(found.lacking) == ["determination-memo", "deficiency-analysis"]
    assert "no table contract_standards" in found.lacking["determination-memo"]
    assert len(found.partners) == 1


def test_a_report_of_tables_without_a_row_is_named_too():
    empty = {name: [] for name in ("contract_standards", "inspections", "partners", "agreements")}
    found = judged(look_at_reports, **empty)
    assert found.lacking == {
        "determination-memo": "the records name no standard of a contract",
        "deficiency-analysis": "the records hold no inspection",
        "partner-summaries": "the records hold no partner",
    }
    assert (found.standards, found.deficiencies, found.partners) == (None, None, ())
