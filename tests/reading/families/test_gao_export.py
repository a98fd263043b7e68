"""GAO's export: rows with the exact place of every value, and what a changed header means."""

from __future__ import annotations

from html import unescape

import pytest

from closeout.reading.model import AuditorStatus, Medium, Position, RecommendationKind
from tests.reading.families.gao_cases import asked, case_text, codes, read_case, read_text


def undone(reading, span):
    """Return the value of a field from its raw words."""
    return " ".join(unescape(span.of(reading.document.text).replace('""', '"')).split())


def test_each_row_is_a_record_with_its_agency():
    export = read_case("export.csv")
    assert [(record.number, record.agency) for record in export.records] == [
        ("5", "Bureau of Harbor Lights"),
        ("1", "Tide Survey"),
        ("1", "Bureau of Harbor Lights"),
        ("4", "Congress"),
    ]


def test_quotes_and_entities_are_undone_in_the_words():
    assert read_case("export.csv").records[0].text == (
        'The Director of BHL should write down what "light" means, including "lit," for keepers & pilots. '
        "(Recommendations 5)"
    )


def test_spans_count_in_the_raw_text():
    export = read_case("export.csv")
    for record in export.records:
        assert undone(export, record.text_span) == record.text
        assert undone(export, record.agency_span) == record.agency
        assert undone(export, record.status_span) == record.status_printed


def test_a_title_with_a_line_break_is_one_title():
    export = read_case("export.csv")
    assert export.records[0].report_title == "Harbor Lights: Keepers Need a Staffing Plan"
    assert undone(export, export.reports[0].title_span) == export.reports[0].title


def test_each_report_is_mentioned_once_with_number_day_and_topics():
    assert [(r.number, r.issued.edtf, r.topics) for r in read_case("export.csv").reports] == [
        ("GAO-30-990001", "2030-03-10", ("Coastal Safety", "Government Operations")),
        ("GAO-29-990002", "2029-01-05", ()),
    ]


def test_the_day_of_the_export_is_its_as_of():
    assert read_case("export.csv").as_of.edtf == "2031-02-03"


def test_statuses_and_priority_are_read():
    records = read_case("export.csv").records
    assert [record.status for record in records] == [
        AuditorStatus.RESOLVED_OPEN,
        AuditorStatus.PARTIALLY_ADDRESSED,
        AuditorStatus.UNRESOLVED_OPEN,
        AuditorStatus.OPEN_UNKNOWN,
    ]
    assert [record.is_priority for record in records] == [True, False, False, False]


def test_comments_give_position_and_promise_and_their_spans():
    export = read_case("export.csv")
    record = export.records[0]
    assert (record.position, [p.due.edtf for p in record.promises]) == (Position.CONCUR, ["2031-06-30"])
    assert record.position_span.of(export.document.text) == "BHL concurred"
    assert "June 30, 2031" in record.promises[0].span.of(export.document.text)


def test_a_narrative_span_has_no_blanks_at_its_ends():
    export = read_case("export.csv")
    assert export.records[2].narrative_span.of(export.document.text) == (
        "BHL did not agree with this recommendation."
    )


def test_an_empty_comment_gives_no_narrative():
    record = read_case("export.csv").records[1]
    assert (record.narrative_span, record.statements, record.position) == (None, (), None)


def test_a_row_for_congress_is_a_matter():
    export = read_case("export.csv")
    assert export.records[3].kind is RecommendationKind.MATTER
    assert len(asked(export)) == 3


def test_an_export_declares_no_total():
    export = read_case("export.csv")
    assert (export.declared_total, export.complete, codes(export)) == (None, None, [])


def test_a_header_without_status_is_named_and_the_rest_is_read():
    export = read_case("export-without-status.csv")
    assert codes(export) == ["changed-header"]
    assert "“Status”" in export.problems[0].message
    assert not export.problems[0].fatal
    assert [(record.status, record.number) for record in export.records][:2] == [(None, "5"), (None, "1")]


def test_a_header_without_the_words_is_named_and_nothing_is_read():
    export = read_case("export-without-text.csv")
    assert (codes(export), export.records) == (["changed-header"], ())
    assert "“Recommendation”" in export.problems[0].message
    assert export.problems[0].fatal


def test_the_problem_of_a_header_points_at_the_header():
    export = read_case("export-without-status.csv")
    assert (
        export.problems[0].span.of(export.document.text).startswith('Publication Name","Publication  Number"')
    )


def test_an_export_without_a_header_is_a_fatal_problem():
    export = read_case("export-headless.csv")
    assert (export.family, export.records) == ("gao-csv-export", ())
    assert [(problem.code, problem.fatal) for problem in export.problems] == [("changed-header", True)]


def test_columns_in_another_order_change_no_record():
    rows = case_text("export.csv")
    swapped = rows.replace("Agency,Recommendation,Status,Priority", "Agency,Recommendation,Priority,Status")
    swapped = swapped.replace('5)",Open,Yes', '5)",Yes,Open')
    first = read_text(swapped, "export.csv", medium=Medium.CSV).records[0]
    assert (first.is_priority, first.status_printed) == (True, "Open")


def test_an_export_that_lost_its_line_breaks_reads_the_same():
    flat = read_case("export-flat.txt")
    assert [(r.text, r.agency, r.status, r.position) for r in flat.records] == [
        (r.text, r.agency, r.status, r.position) for r in read_case("export.csv").records
    ]
    assert all(undone(flat, record.text_span) == record.text for record in flat.records)


def test_line_ends_of_windows_change_no_record():
    windows = read_text(case_text("export.csv").replace("\n", "\r\n"), "export.csv", medium=Medium.CSV)
    assert [(r.text, r.status) for r in windows.records] == [
        (r.text, r.status) for r in read_case("export.csv").records
    ]


def test_an_export_without_its_preamble_is_recognized_by_its_columns():
    text = case_text("export.csv")
    bare = read_text(text[text.index('"Publication Name"') :], "export.csv", medium=Medium.CSV)
    assert (bare.family, bare.shown, bare.as_of) == ("gao-csv-export", 4, None)


@pytest.mark.parametrize(
    ("tag", "number"),
    [
        ("(Recommendation 3)", "3"),
        ("(Recommendations 3)", "3"),
        ("[Recommendation 3]", "3"),
        ("( Recommendation  3 )", "3"),
        ("(Rec. 12)", "12"),
        ("(Recommendation 4a)", "4a"),
        ("(Recommendation No. 7)", "7"),
        ("(see recommendation 3)", None),
        ("(3)", None),
        ("Recommendation 3", None),
    ],
)
def test_numbers_are_read_in_every_spelling_of_the_tag(tag, number):
    text = case_text("export.csv").replace("(Recommendations 5)", tag)
    assert read_text(text, "export.csv", medium=Medium.CSV).records[0].number == number


def test_other_comma_separated_files_are_not_taken_for_the_export():
    table = "name,value\nlights,3\nkeepers,4\n"
    assert read_text(table, "lights.csv", medium=Medium.CSV).family == "unknown"
