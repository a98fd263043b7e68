"""What the analysis of deficiencies and the memo on standards say where there is little, or a dispute."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.evidence.letters.act_tables import differences_xlsx
from closeout.evidence.letters.deficiency_analysis import deficiency_analysis
from closeout.evidence.letters.determination_memo import determination_memo
from closeout.evidence.letters.pdf import to_pdf
from closeout.evidence.letters.plain_text import plain_text
from closeout.evidence.letters.records_paper import Whose
from closeout.followup.gao_ig_tables import Listed
from closeout.reading.model import AuditorStatus
from tests.counting import miscounted
from tests.evidence.letters.making import SOURCES, text_of_pdf
from tests.evidence.letters.test_act_tables import notes, opened
from tests.evidence.verdicts import test_deficiencies as of_deficiencies
from tests.evidence.verdicts import test_standards as of_standards
from tests.evidence.verdicts.making import AS_OF, judged

WHOSE = Whose("Bureau of Keys", SOURCES)


def analysis(inspections, found=(), **others):
    return " ".join(
        plain_text(deficiency_analysis(of_deficiencies.made(inspections, found, **others), WHOSE)).split()
    )


def memo(*events, said=(), discrepancies=()):
    made = judged(
        of_standards.standards,
        AS_OF,
        contracts=[of_standards.contract()],
        contract_standards=[of_standards.standard()],
        surveillance_events=list(events),
        standard_assessments=list(said),
        discrepancies=list(discrepancies),
    )
    return " ".join(plain_text(determination_memo(made, WHOSE)).split())


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 inspection, 1 of them says"), (2, "2 inspections, 2 of them say")]
)
def test_the_analysis_counts_inspections(number, words):
    rows = [of_deficiencies.inspection(one, f"F-{one}") for one in range(number)]
    made = of_deficiencies.made(rows, of_deficiencies.cited(0, "A", facility="F-0"))
    text = text_of_pdf(to_pdf(deficiency_analysis(made, WHOSE)))
    assert words in text
    assert miscounted(text) == []


def test_the_analysis_of_nothing_says_that_nothing_can_be_compared():
    text = analysis([])
    assert "No facility has an exposure in these months: none can be compared." in text
    assert "There is no inspection on record." in text
    assert "No facility lies outside what chance and common spread explain." in text


def test_the_analysis_says_how_long_a_fix_took_or_that_nothing_tells():
    rows = [of_deficiencies.inspection(1)]
    cited = of_deficiencies.cited(1, "A", is_repeat=True)
    assert "1 of 1 is called a repeat by the reports themselves." in analysis(rows, cited)


def test_the_memo_sets_a_dispute_beside_the_surveillance():
    # 6 defects of 50 against 5 %: established as missed; the record, signed, says met.
    text = memo(of_standards.event(50, 6), said=[of_standards.record("meets")])
    assert "the record says meets; the surveillance says does not meet." in text
    assert "meets, signed" in text
    assert "No verdict on record contradicts" not in text


def test_the_memo_says_which_verdicts_rest_on_too_little():
    # 0 of 20 is within 5 %, and the interval reaches over it.
    text = memo(of_standards.event(20, 0), said=[of_standards.record("meets", signed_on=None)])
    assert "1 verdict on record rests on a sample too small to establish it." in text
    assert "meets, not signed" in text
    assert "No verdict on record contradicts what the surveillance shows." in text


def test_the_memo_counts_what_became_of_discrepancies():
    reported = {"standard_id": "K-01", "reported_on": date(2026, 5, 20), "due_on": date(2026, 6, 20)}
    text = memo(of_standards.event(50, 6), discrepancies=[reported])
    assert "Discrepancies of 1 standard" in text
    assert "No discrepancy is on record." in memo(of_standards.event(50, 6))


def test_differences_from_an_auditors_list_are_a_workbook_of_their_own():
    said = {
        "as_of": "2026-09-30",
        "sources": SOURCES,
        "recommendations": [
            {
                "key": "gao/GAO-24-1/1",
                "report": {"key": "gao/GAO-24-1", "number": "GAO-24-1", "title": "Keys"},
                "number": "1",
                "text": "Count the keys.",
                "status": "resolved-open",
            },
            {
                "key": "gao/GAO-24-1/2",
                "report": {"key": "gao/GAO-24-1", "number": "GAO-24-1", "title": "Keys"},
                "number": "2",
                "text": "Count the locks.",
                "status": None,
            },
        ],
    }
    listed = [Listed("GAO-24-1", "1", AuditorStatus.CLOSED_IMPLEMENTED)]
    book = opened(differences_xlsx(said, listed))
    rows = [row[:5] for row in book["discrepancies"].iter_rows(min_row=6, values_only=True)]
    assert rows == [
        ("GAO-24-1", "1", "status differs", "Open, resolved", "Closed, implemented"),
        ("GAO-24-1", "2", "not on the auditor's list", None, None),
    ]
    assert "As of: September 30, 2026, for both sides." in notes(book)
