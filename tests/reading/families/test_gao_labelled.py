"""Labelled entries in the orders in which GAO has printed them."""

from __future__ import annotations

from closeout.reading.families.gao_labelled import read_entries


def values(text):
    """Return each entry's labelled values as words."""
    return [
        {kind: text[slice(*place)] for kind, place in entry.parts.items()} for entry in read_entries(text)
    ]


def test_a_label_that_comes_again_begins_the_next_entry():
    text = "Agency: A\nStatus: Open\nComments: One.\nAgency: B\nStatus: Open\nComments: Two.\n"
    assert values(text) == [
        {"agency": "A", "status": "Open", "comments": "One."},
        {"agency": "B", "status": "Open", "comments": "Two."},
    ]


def test_a_number_begins_the_next_entry():
    text = "1. Status: Open\nRecommendation: Do.\n2. Recommendation: Do more.\nStatus: Open\n"
    assert [entry.number for entry in read_entries(text)] == ["1", "2"]


def test_a_value_runs_over_lines_to_the_next_label():
    text = "Recommendation: Do\nthis and\n\nthat.\nStatus: Open\n"
    assert values(text)[0]["demand"] == "Do\nthis and\n\nthat."


def test_a_value_ends_where_the_next_report_begins():
    text = "Agency: A\nComments: One.\nGAO-30-990, May 4, 2030\nPhone: 555\nAgency: B\nStatus: Open\n"
    assert values(text)[0]["comments"] == "One."


def test_bold_labels_are_labels():
    text = "**Recommendation:** Do.\n**Agency Affected:** A\n**Status:** Open\n"
    assert values(text) == [{"demand": "Do.", "agency": "A", "status": "Open"}]


def test_a_demand_is_shared_with_further_agencies_where_demands_come_first():
    text = "Recommendation: Do.\nAgency: A\nStatus: Open\nAgency: B\nStatus: Open\n"
    entries = read_entries(text)
    assert [entry.is_demand_inherited for entry in entries] == [False, True]
    assert entries[0].parts["demand"] == entries[1].parts["demand"]


def test_no_demand_is_shared_where_there_is_none():
    text = "Agency: A\nStatus: Open\nComments: x\nAgency: B\nStatus: Open\n"
    assert all("demand" not in entry.parts for entry in read_entries(text))


def test_a_priority_line_is_taken_off_either_end_of_a_value():
    text = "Status: Open\nPriority recommendation\nComments: Priority Rec.\nWork goes on.\n"
    entry = read_entries(text)[0]
    assert entry.is_priority
    assert values(text) == [{"status": "Open", "comments": "Work goes on."}]


def test_a_matter_label_makes_a_matter():
    entry = read_entries("Matter: Congress should consider it.\nStatus: Open\n")[0]
    assert (entry.is_matter, "demand" in entry.parts) == (True, True)


def test_labels_in_the_middle_of_a_line_are_prose():
    assert read_entries("He wrote Status: Open on the wall. The Agency: no.\n") == []


def test_an_empty_value_is_an_empty_range():
    entry = read_entries("Status:\nComments: x\n")[0]
    start, end = entry.parts["status"]
    assert start == end


def test_an_agency_ends_with_its_paragraph():
    text = "Status: Open\nRecommendation: Do.\nAgency Affected: Department of\nWaterways\n\nOur office.\n"
    assert values(text)[0]["agency"] == "Department of\nWaterways"


def test_a_mark_of_priority_behind_an_agency_counts():
    (entry,) = read_entries("Status: Open\nRecommendation: Do.\nAgency Affected: Ports\n\nPriority Rec.\n")
    assert entry.is_priority


def test_comments_run_over_paragraphs():
    assert values("Status: Open\n\nComments: One.\n\nTwo.\n")[0]["comments"] == "One.\n\nTwo."
