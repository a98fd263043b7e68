"""Pages of inspectors general whose rows other layouts come close to."""

from __future__ import annotations

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
