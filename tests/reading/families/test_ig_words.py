"""Small readings inspectors general's families share: names, numbers, dates, titles, positions."""

from __future__ import annotations

import pytest

from closeout.reading.families.ig_agency import addressee, agency, fuller, named
from closeout.reading.families.ig_columns import beside, cells, paragraphs, text_column
from closeout.reading.families.ig_dates import report_date
from closeout.reading.families.ig_decisions import read_decision
from closeout.reading.families.ig_facts import is_of_inspector, issuer, office, report_number
from closeout.reading.families.ig_findings import cited_reports
from closeout.reading.families.ig_headings import headings, is_title
from closeout.reading.families.ig_items import read_items
from closeout.reading.families.ig_labels import Kind, labels
from closeout.reading.families.ig_positions import assign, read_stances
from closeout.reading.families.ig_report_level import closeout_rule, declared_count, said_of_all, status_of
from closeout.reading.families.ig_sentences import paragraph_end, sentence_end, trim
from closeout.reading.families.ig_titles import cover_title, subject
from closeout.reading.model import AuditorStatus
from tests.reading.families.ig_cases import make_clean


@pytest.mark.parametrize(
    ("words", "who", "body"),
    [
        ("We recommend that the Director of HLA or a designee: test", "the Director of HLA", "HLA"),
        ("We recommend that CFA: (1) test", "CFA", "CFA"),
        (
            ("OIG recommends that the Bureau of Reading, in coordination with the Bureau of Walls, count"),
            "the Bureau of Reading",
            "Bureau of Reading",
        ),
        (
            ("We recommend the Administrator of the Coastal Ferry Administration keep a list"),
            "the Administrator of the Coastal Ferry Administration",
            "Coastal Ferry Administration",
        ),
        (
            "We recommend that the Assistant Secretary for Piers light",
            "the Assistant Secretary for Piers",
            "",
        ),
        (
            "The Commissioner, Small Mills Division, should write",
            "Small Mills Division",
            "Small Mills Division",
        ),
        ("CFA should consult the harbor master", "CFA", "CFA"),
        ("Test the lamps each night", "", ""),
        ("we recommended that Region 2 Office: count", "Region 2 Office", "Region 2 Office"),
        ("we recommended that the Northern Office: count", "the Northern Office", "Northern Office"),
    ],
)
def test_a_demand_names_its_addressee_and_that_ones_body(words, who, body):
    assert addressee(words) == who
    assert agency(who) == body


@pytest.mark.parametrize(
    ("respondent", "name"), [("CFA officials", "CFA"), ("Your office", ""), ("management", ""), ("", "")]
)
def test_words_that_name_nobody_are_no_agency(respondent, name):
    assert named(respondent) == name


def test_a_respondents_longer_name_of_the_same_body_is_taken():
    assert fuller("Region 2", "CFA Region 2 staff") == "CFA Region 2"
    assert fuller("Region 2", "Region 3 staff") == "Region 2"


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("DHS OIG HIGHLIGHTS", "DHS OIG"),
        (
            "OFFICE OF INSPECTOR GENERAL\nDepartment of Harbors and Crossings\n",
            "Department of Harbors and Crossings OIG",
        ),
        ("OFFICE OF INSPECTOR GENERAL\nDepartment of Homeland Security\n", "DHS OIG"),
        ("Canal Commission\nOffice of Inspector General\n", "Canal Commission OIG"),
        ("Department of Justice news", ""),
        ("The office of inspector general wrote.", ""),
    ],
)
def test_an_office_is_named_only_where_the_text_names_it(text, office):
    assert issuer(text) == office


def test_an_office_without_a_name_is_still_an_inspectors():
    assert is_of_inspector("A report of the Office of Inspector General")
    assert not is_of_inspector("A report of the garden club")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Report (OEI-09-21-00911)\n", "OEI-09-21-00911"),
        ('"Stamps," (A-09-01-00911)\n', "A-09-01-00911"),
        ("May 3, 2020\nOIG-20-918\n", "OIG-20-918"),
        ("Audit Report 21-917\n", "21-917"),
        ("Reference Number: 2016-40-911\n", "2016-40-911"),
        ("Report No. 19-P-0912\n", "19-P-0912"),
        ("Final Report No. DCOIG-20-901-A\n", "DCOIG-20-901-A"),
        ("AUD-LIB-23-07\n", "AUD-LIB-23-07"),
        ("Report NumberOIG-22-01Issue Date", "OIG-22-01"),
        ("Call (202) 555-0100 in fiscal year 2015-16.", None),
    ],
)
def test_a_report_number_is_found_in_its_forms(text, number):
    found = report_number(make_clean(text))
    assert (found.words if found else None) == number
    assert found is None or found.span.of(text) == number


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("May 4, 2018\n\nMEMORANDUM\n", "2018-05-04"),
        ("January 2016\n\nJanuary 21, 2016\n", "2016-01-21"),
        ("April 2005\nOffice\n", "2005-04"),
        ("DATE: May 18, 2012\n", "2012-05-18"),
        ("As of August 2012, clinics answered.\n", None),
        ("Published by the office on 2020-12-21.\n", "2020-12-21"),
        ("We visited between May 4, 2018, and June 5, 2018.\n", None),
    ],
)
def test_only_a_date_that_stands_apart_is_the_documents(text, date):
    found = report_date(make_clean(text))
    assert (found.edtf if found else None) == date


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("SUBJECT: Keys to Lock Houses\n\nOn a visit", "Keys to Lock Houses"),
        ("SUBJECT:   Final Audit Report - Notices Were Late (Audit # 9)\n\n", "Notices Were Late"),
        (
            "SUBJECT: Ramps Were Not\n         Kept in Repair\nAttached is our report.\n",
            "Ramps Were Not Kept in Repair",
        ),
        ("SUBJECT:\n\nKeys to Lock Houses\n\n", "Keys to Lock Houses"),
        ("SUBJECT: Resolution of DCOIG-18-904-M, Keys\n\n", "Keys"),
        ("No memorandum here", None),
    ],
)
def test_a_subject_line_is_a_title_without_numbers(text, title):
    found = subject(text)
    assert (found.words if found else None) == title


def test_a_cover_title_is_no_office_number_or_date():
    text = (
        "UNCLASSIFIED\nOffice of Inspector General\n\nMay 3, 2020\n\nLamps in "
        "Tunnels\nWere Not Tested\n\nTable of Contents\n"
    )
    assert cover_title(text).words == "Lamps in Tunnels Were Not Tested"
    assert cover_title("Office of Inspector General\n\nMay 3, 2020\n") is None


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Terminals Waited Months for Parts", True),
        ("Management Comments and OIG Analysis", True),
        ("The terminals waited for months.", False),
        ("terminals waited", False),
        ("Background .................. 3", False),
        ("ICE and others were asked about it", False),
        ("10,156", False),
        ("www.oig.example.gov", False),
        ("", False),
    ],
)
def test_a_title_has_its_long_words_raised_and_no_stop(line, is_one):
    assert is_title(line) is is_one


def test_a_heading_starts_where_a_sentence_has_ended():
    text = "We found much.\nLamps Were Not Tested\nNobody tested lamps. The Harbor\nMaster Office\nsaid so.\n"
    assert [heading.words for heading in headings(text, 0, len(text))] == ["Lamps Were Not Tested"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("We accept management decision for this recommendation.", AuditorStatus.RESOLVED_OPEN),
        ("We are unable to accept management decision yet.", AuditorStatus.UNRESOLVED_OPEN),
        ("A management decision has been reached.", AuditorStatus.RESOLVED_OPEN),
        ("Management decisions have been reached on it.", AuditorStatus.RESOLVED_OPEN),
        ("Management decision has not yet been reached.", AuditorStatus.UNRESOLVED_OPEN),
        ("Final action has been taken.", AuditorStatus.CLOSED_IMPLEMENTED),
        ("To reach management decision, show us receipts.", None),
        ("The manager made a decision.", None),
    ],
)
def test_a_management_decision_amounts_to_a_status(text, status):
    found = read_decision(text, 0, len(text))
    assert (found[0] if found else None) is status


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Recommendation 1: Test lamps.\nCFA Response: CFA agreed.\nOIG Analysis: Good.\n", "irn"),
        ("Recommendation 2. Test lamps.\nManagement’s Response: No.\nOffice of Audit Comment: Yes.\n", "irn"),
        (
            "Recommendation No. 3: Test lamps.\nAgency Comments\nYes it will.\nOIG Reply\nNo it is not.\n",
            "irn",
        ),
        ("Recommendation 1\nTest lamps.\nFEMA Response to Recommendation #1: Yes.\n", "ir"),
        ("Recommendation 1 is resolved.\n", ""),
        ("See Recommendation 1: it is here.\n", ""),
    ],
)
def test_labels_begin_items_answers_and_analyses(text, kinds):
    short = {Kind.ITEM: "i", Kind.RESPONSE: "r", Kind.ANALYSIS: "n", Kind.HEADING: ""}
    assert "".join(short[label.kind] for label in labels(text)) == kinds


def test_an_answer_that_names_its_number_goes_to_that_item():
    text = (
        "Recommendation 1: Test the lamps.\n\nRecommendation 2: Keep the logs.\n\n"
        "CFA Response to Recommendation 1: CFA agreed at once.\n\nCFA Response to "
        "Recommendation 2: CFA refused it.\n"
    )
    first, second = read_items(text)
    assert "agreed" in text[slice(*first.response)]
    assert "refused" in text[slice(*second.response)]
    assert first.respondent == "CFA"


def test_a_restated_item_in_other_words_of_the_same_demand_is_one():
    text = (
        "Recommendation 1: Test every lamp twice a year and keep the result.\n\n"
        "Recommendation 1: We recommend that the Director test every lamp twice a year and keep the result.\n"
    )
    (item,) = read_items(text)
    assert len(item.restated) == 1


def test_positions_go_to_the_numbers_and_ordinals_they_name():
    text = (
        "CFA concurred with our first recommendation and did not concur with our second "
        "or third recommendation."
    )
    held = assign(read_stances(text, 0, len(text)), ["1", "2", "3"])
    assert [held[index].position.value for index in range(3)] == ["concur", "non-concur", "non-concur"]


def test_a_bare_count_covers_none_and_the_others_cover_the_rest():
    text = "CFA concurred with two of our four recommendations."
    assert assign(read_stances(text, 0, len(text)), ["1", "2", "3", "4"]) == {}
    text = "CFA did not concur with recommendation 2. It concurred with our other recommendations."
    held = assign(read_stances(text, 0, len(text)), ["1", "2", "3"])
    assert {index: stance.by for index, stance in held.items()} == {0: "CFA", 1: "CFA", 2: "CFA"}
    assert held[1].position.value == "non-concur"


def test_unnumbered_recommendations_are_counted_in_their_order():
    text = "CFA concurred with our second recommendation."
    held = assign(read_stances(text, 0, len(text)), ["", ""])
    assert list(held) == [1]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We made five recommendations to CFA.", 5),
        ("The report contains two recommendations.", 2),
        ("This report contains no recommendations.", 0),
        ("Your office concurred with all three recommendations.", 3),
        ("We spoke of recommendations.", None),
    ],
)
def test_a_declared_count_is_read_and_silence_is_none(text, count):
    found, span = declared_count(make_clean(text))
    assert found == count
    assert (span is None) is (count is None)


def test_what_is_said_of_all_skips_the_items_own_answers():
    text = "We consider all two recommendations resolved and open. Aside: this recommendation is closed."
    cleaned = make_clean(text)
    _, everywhere = said_of_all(cleaned, ())
    _, outside = said_of_all(cleaned, ((55, len(text)),))
    assert (len(everywhere), len(outside)) == (2, 1)
    assert status_of(outside, "2")[0].status is AuditorStatus.RESOLVED_OPEN
    assert status_of((), "2") is None


def test_two_different_statuses_on_all_settle_nothing():
    text = "We consider all recommendations resolved and open. We consider all recommendations closed."
    _, claims = said_of_all(make_clean(text), ())
    assert status_of(claims, "1") is None


def test_the_closeout_rule_runs_from_the_letter_to_the_mailbox():
    text = (
        "The report is attached. Once it is done, please submit a formal closeout letter "
        "within 30 days. It should be"
        " accompanied by evidence of completion. Send it to followup@oig.example. Congress gets a copy.\n"
    )
    rule = closeout_rule(make_clean(text), "OIG")
    assert rule.text.startswith("Once it is done")
    assert rule.text.endswith("followup@oig.example.")
    assert closeout_rule(make_clean("Nothing to send."), "OIG") is None


def test_an_earlier_report_cited_twice_is_a_mention():
    text = (
        "1 Keys to the Lock Houses of the North, June 16, 2016\n\nSee Keys to the Lock "
        "Houses of the North, June 16, 2016.\n"
        "Once only: The Small Pier of the South, June 1, 2015\n"
    )
    (cited,) = cited_reports(make_clean(text), "OIG-20-918")
    assert (cited.title, cited.issued.edtf, cited.is_cited_only) == (
        "Keys to the Lock Houses of the North",
        "2016-06-16",
        True,
    )


def test_numbers_of_the_same_series_are_cited_reports_and_the_own_is_not():
    text = "OIG-20-918 follows OIG-17-902 and OIG-17-902, not GAO-21-186.\n"
    assert [mention.number for mention in cited_reports(make_clean(text), "OIG-20-918")] == ["OIG-17-902"]


def test_a_text_column_is_put_back_together_in_paragraphs():
    text = (
        "Pier A     One lamp of the pier should be lit by\n           night.\n"
        "           The keeper should count the lamps that\n           burn.\n"
    )
    found = cells(text, 0, len(text))
    column = text_column(found)
    assert column == 11 or column is None
    parts = [part.words for part in paragraphs(found, 11)]
    assert parts == [
        "One lamp of the pier should be lit by night.",
        "The keeper should count the lamps that burn.",
    ]
    assert [cell.words for cell in beside(found, 11)] == ["Pier A"]


def test_sentences_and_paragraphs_end_where_a_reader_would_say():
    text = "At No. 4 pier of the U.S. fleet it is dark. It is late.\n\nNext day."
    assert text[: sentence_end(text, 0, len(text))] == "At No. 4 pier of the U.S. fleet it is dark."
    assert paragraph_end(text, 0, len(text)) == text.index("\n\n")
    assert trim("  a b \n", 0, 7) == (2, 5)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("", "VA OIG"),
        ("All Reports | Department of Veterans Affairs OIG", "VA OIG"),
        ("Reports | Office of Inspector General | U.S. Department of Veterans Affairs", "VA OIG"),
        ("All Reports | Harbors Office of Inspector General", "Harbors OIG"),
        ("Recommendations - HLA-OIG", "HLA OIG"),
        ("A Visit by the Office of Inspector General", "VA OIG"),
    ],
)
def test_a_pages_title_may_name_another_office_than_the_layouts_own(title, name):
    assert office(make_clean("All Reports", title=title), "VA OIG") == name
