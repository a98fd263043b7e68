"""Summaries of product pages: positions on some recommendations by number, and on all."""

from __future__ import annotations

import pytest

from closeout.reading.model import AuditorStatus, Position
from tests.reading.families.gao_cases import asked, read_text, words

OLD = """Harbor Lights: Keepers Needed

GAO-17-990001: Published: Apr 4, 2017. Publicly Released: May 4, 2017.

What GAO Found

Keepers agreed with each other. Lights are few.

What GAO Recommends

GAO recommends that BHL count lights and boats. {said}

Recommendations for Executive Action

1. Status: Open

Comments: {first}

Recommendation: The Director of BHL should count lights.

Agency Affected: Bureau of Harbor Lights

2. Status: Closed - Implemented

Comments: In May 2018, BHL counted boats.

Recommendation: The Director of BHL should count boats.

Agency Affected: Bureau of Harbor Lights
"""
NEW = """Harbor Lights: Keepers Needed

GAO-30-990001 Published: Mar 10, 2030. Publicly Released: Mar 11, 2030.

Highlights

What GAO Found

Lights are few.

Recommendations

GAO recommends that BHL count lights and boats. {said}

Recommendations for Executive Action

Agency Affected | Recommendation | Status |
Bureau of Harbor Lights | The Director of BHL should count lights. (Recommendation 1) |
Open
{first}
|
Bureau of Harbor Lights | The Director of BHL should count boats. (Recommendation 2) |
Closed – Implemented
In May 2031, BHL counted boats.
|

Full Report
"""
SILENT = "As of June 2030, BHL had counted two lights."


def page(layout, said, first=SILENT):
    return read_text(layout.format(said=said, first=first))


@pytest.mark.parametrize("layout", [OLD, NEW])
def test_a_position_by_number_goes_to_that_recommendation(layout):
    reading = page(layout, "BHL agreed with the first recommendation and disagreed with the second.")
    assert [record.position for record in reading.records] == [Position.AGREE, Position.NON_CONCUR]
    assert [record.position_by for record in reading.records] == ["BHL", "BHL"]


@pytest.mark.parametrize("layout", [OLD, NEW])
def test_a_position_by_number_decides_what_open_means(layout):
    reading = page(layout, "BHL concurred with recommendation 1 and did not concur with recommendation 2.")
    assert [record.status for record in reading.records] == [
        AuditorStatus.RESOLVED_OPEN,
        AuditorStatus.CLOSED_IMPLEMENTED,
    ]


@pytest.mark.parametrize("layout", [OLD, NEW])
def test_a_recommendations_own_words_come_first(layout):
    reading = page(layout, "BHL concurred with the first recommendation.", "BHL disagreed. We stand by it.")
    assert reading.records[0].position is Position.NON_CONCUR
    assert reading.records[0].status is AuditorStatus.UNRESOLVED_OPEN


@pytest.mark.parametrize("layout", [OLD, NEW])
def test_a_position_on_all_stays_the_reports(layout):
    reading = page(layout, "BHL concurred with our recommendations.")
    assert [record.position for record in reading.records] == [None, None]
    assert reading.reports[0].position is Position.CONCUR
    assert words(reading, reading.reports[0].position_span).startswith("BHL concurred")
    assert [statement.value for statement in reading.statements] == ["concur"]


@pytest.mark.parametrize("layout", [OLD, NEW])
def test_a_position_by_number_stands_at_its_span(layout):
    reading = page(layout, "BHL agreed with the first recommendation.")
    assert words(reading, reading.records[0].position_span).startswith("BHL agreed")
    assert reading.records[1].position_span is None


@pytest.mark.parametrize("layout", [OLD, NEW])
def test_findings_before_the_summary_are_not_read(layout):
    assert [record.position for record in asked(page(layout, ""))] == [None, None]
