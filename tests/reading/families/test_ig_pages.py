"""Pages of inspectors general whose rows other layouts come close to."""

from __future__ import annotations

from closeout.reading.families.ig_positions import read_stances
from closeout.reading.model import Position
from tests.reading.families.ig_cases import read_text

TABLE = """Report File
Date Issued
Submitting OIG
Department of Harbors OIG
Report Number
24-A-011
Report Description
We looked at how the quays are lit.
Report Type
Audit
Number of Recommendations
3

Open Recommendations

This report has 2 open recommendations.
Recommendation Number Significant Recommendation Recommended Questioned Costs Recommended Funds for Better Use
7214 Yes $0 $0

The Bureau of Quays should light every quay at night;

120877 No $2,500 $0

The Bureau of Quays should recover what was paid for lamps never lit.
"""


def test_a_table_may_number_its_rows_across_all_reports():
    reading = read_text(TABLE)
    assert reading.family == "oig-report-page"
    assert [record.number for record in reading.records] == ["7214", "120877"]
    assert [record.status_printed for record in reading.records] == ["open", "open"]
    assert [[money.amount for money in record.money] for record in reading.records] == [[0, 0], [2500, 0]]
    assert not any(record.is_truncated for record in reading.records)


STATE_LIST = """Recommendations

Department of State

Department recommendations include 4 recommendations of the Lighthouse Section.

AUD-LH-31-07
  1. Recommendation Number
    1
    Closed Implemented

    OIG recommends that the Bureau of Lighthouses count its lamps once a year.

  2. Recommendation Number
    2
    Open $1,204,500 Significant

    OIG recommends that the Bureau of Lighthouses recover the cost of lamps that were never hung.

ISP-31-09
  1. Recommendation Number
    1
    Closed Not Implemented

    The Bureau of Tides should print the tide tables in
"""


def test_a_list_of_rows_below_report_numbers_is_read():
    reading = read_text(STATE_LIST.rstrip())
    assert reading.family == "state-oig-list"
    assert [(record.report_number, record.number, record.status_printed) for record in reading.records] == [
        ("AUD-LH-31-07", "1", "Closed Implemented"),
        ("AUD-LH-31-07", "2", "Open"),
        ("ISP-31-09", "1", "Closed Not Implemented"),
    ]
    assert [record.is_truncated for record in reading.records] == [False, False, True]
    assert [money.amount for money in reading.records[1].money] == [1_204_500]
    assert [mention.number for mention in reading.reports] == ["AUD-LH-31-07", "ISP-31-09"]


def test_every_span_of_a_list_gives_its_words_back():
    reading = read_text(STATE_LIST)
    for record in reading.records:
        assert " ".join(record.text_span.of(STATE_LIST).split()) == record.text
        assert record.status_span.of(STATE_LIST) == record.status_printed


def test_a_row_cut_before_its_number_is_no_record():
    cut = STATE_LIST[: STATE_LIST.index("Recommendation Number\n    2") + len("Recommendation Number\n")]
    reading = read_text(cut)
    assert [record.number for record in reading.records] == ["1"]
    assert reading.records[0].text.endswith("once a year.")


def test_a_list_of_labels_without_statuses_is_not_this_list():
    assert read_text("Recommendation Number\n4\nWe met on the pier.\n").records == ()


INSPECTION = """Inspection of the Lantern Hospital in Puddle Harbor
Report Information
Summary
The inspectors looked at two domains. The OIG issued two recommendations for improvement:
1. Lanterns
• Cleaning of lanterns
2. Ropes

The OIG recommends the Director ensures that the lanterns of the entrance are cleaned weekly.
The OIG recommends hospital leaders replace ropes that are older than ten years.
"""


def test_lines_that_say_what_the_office_recommends_need_no_heading():
    reading = read_text(INSPECTION)
    assert [record.text.split()[3:5] for record in reading.records] == [
        ["the", "Director"],
        ["hospital", "leaders"],
    ]
    assert all(record.status_printed is None for record in reading.records)


def test_one_such_line_in_an_article_is_no_list():
    article = (
        "A day at the pier\n\nThe OIG recommends that everyone bring a coat when it rains at the pier.\n"
    )
    assert read_text(article).records == ()


def test_one_of_two_positions_is_said_of_no_single_recommendation():
    said = (
        "The Bureau concurred with our first recommendation. "
        "The Bureau did not concur or concurred in part with our second and third recommendations."
    )
    assert [stance.position for stance in read_stances(said, 0, len(said))] == [Position.CONCUR]


DASHBOARD = """Recommendation Dashboard

Total Open Recommendations (As of 3/4/31)

2031

Mar 2, 2031
M-417-31-002-P
Recommendation
1

Count the boats that the mission lent out.

Questioned Cost
0
Feb 11, 2031
Audit Report
5-000-31-001-P
Recommendation
1

Ask for the boats back.

Questioned Cost
0
"""


def test_a_report_on_a_dashboard_may_have_no_kind():
    reading = read_text(DASHBOARD)
    assert [record.report_number for record in reading.records] == ["M-417-31-002-P", "5-000-31-001-P"]
    assert [mention.kind for mention in reading.reports] == ["", "Audit Report"]
    assert reading.records[0].text == "Count the boats that the mission lent out."
