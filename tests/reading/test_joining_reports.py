"""Which names of reports mean one report, and what is only declared."""

from __future__ import annotations

import pytest

from closeout.reading.joining import ConflictField, DoubtKind, join
from closeout.reading.model import RecommendationKind
from tests.reading.factories import make_mention, make_reading, make_record

ASK = "The Director should count the keys of every field office each week."
OTHER = "The Director should train the clerks who keep the visitor registers."


def keys(register):
    return [report.key for report in register.reports]


def test_a_title_joins_the_numbered_report_that_bears_it():
    listing = make_reading(reports=[make_mention("Keys and Gates", number="OIG-24-901")])
    report = make_reading(make_record(ASK), title="KEYS AND GATES")
    register = join([listing, report])
    assert keys(register) == ["dhs-oig/OIG-24-901"]
    assert register.reports[0].documents == (0, 1)


def test_a_title_that_fits_two_reports_stands_alone_and_is_put_to_a_person():
    numbered = [make_mention("Annual Plan", number=number) for number in ("OIG-23-01", "OIG-24-01")]
    register = join([make_reading(reports=numbered), make_reading(make_record(ASK), title="Annual Plan")])
    assert len(register.reports) == 3
    assert [doubt.kind for doubt in register.doubts] == [DoubtKind.SAME_TITLE]


def test_reports_of_two_issuers_with_one_title_are_two():
    register = join(
        [make_reading(title="Annual Plan", issuer="GAO"), make_reading(title="Annual Plan", issuer="DHS OIG")]
    )
    assert len(register.reports) == 2


def test_a_number_without_an_issuer_joins_the_only_issuer_that_uses_it():
    register = join(
        [
            make_reading(report_number="05-19", issuer=""),
            make_reading(report_number="05-19", issuer="DOJ OIG"),
        ]
    )
    assert keys(register) == ["doj-oig/05-19"]


def test_a_number_without_an_issuer_that_fits_two_issuers_is_put_to_a_person():
    issuers = ("", "DOJ OIG", "VA OIG")
    register = join([make_reading(report_number="05-19", issuer=issuer) for issuer in issuers])
    assert keys(register) == ["doj-oig/05-19", "unknown/05-19", "va-oig/05-19"]
    assert [doubt.kind for doubt in register.doubts] == [DoubtKind.SAME_NUMBER]


def test_a_title_without_an_issuer_joins_the_only_report_of_that_title():
    register = join(
        [make_reading(title="Keys and Gates", issuer=""), make_reading(title="Keys and Gates", issuer="GAO")]
    )
    assert len(register.reports) == 1
    assert register.reports[0].issuer == "GAO"


def test_titles_that_are_only_alike_are_put_to_a_person():
    titles = ("Oversight of Keys and Gates in Field Offices", "Oversight of Keys and Gates in Field Office")
    register = join([make_reading(title=title) for title in titles])
    assert len(register.reports) == 2
    assert [doubt.kind for doubt in register.doubts] == [DoubtKind.LIKE_TITLES]


def test_a_cited_report_is_marked_as_only_cited():
    cited = make_mention("An Earlier Loss of Keys", is_cited_only=True)
    register = join([make_reading(title="Keys and Gates", report_number="OIG-24-901", reports=[cited])])
    assert {report.title: report.is_cited_only for report in register.reports} == {
        "Keys and Gates": False,
        "An Earlier Loss of Keys": True,
    }


def test_a_secondary_source_joins_by_the_texts_of_the_recommendations():
    news = make_reading(
        make_record(ASK),
        make_record(OTHER),
        issuer="The Daily Gate",
        title="Keys are not counted",
        is_secondary=True,
        reports=[make_mention(declared_count=2)],
    )
    report = make_reading(
        make_record(ASK, number="1"), make_record(OTHER, number="2"), report_number="OIG-24-901"
    )
    register = join([news, report])
    assert keys(register) == ["dhs-oig/OIG-24-901"]
    assert [entry.records for entry in register.entries] == [((0, 0), (1, 0)), ((0, 1), (1, 1))]
    assert register.reports[0].declared_count == 2


def test_a_secondary_sources_headline_never_becomes_a_report():
    news = make_reading(title="Keys are not counted", is_secondary=True, issuer="The Daily Gate")
    assert join([news]).reports == ()


def test_a_text_that_two_reports_share_stays_without_a_report():
    reports = [make_reading(make_record(ASK, number="1"), report_number=f"OIG-24-90{n}") for n in (1, 2)]
    register = join([make_reading(make_record(ASK)), *reports])
    assert [report.is_unidentified for report in register.reports] == [False, False, True]
    assert len(register.entries) == 3


def test_a_short_text_tells_no_report():
    report = make_reading(make_record("Count the keys.", number="1"), report_number="OIG-24-901")
    register = join([make_reading(make_record("Count the keys.")), report])
    assert len(register.reports) == 2


def test_recommendations_without_a_report_join_by_words_but_not_by_number():
    lists = [make_reading(make_record(text, number="1"), issuer="DOJ OIG") for text in (ASK, ASK, OTHER)]
    register = join(lists)
    assert keys(register) == ["doj-oig/unidentified"]
    assert sorted(entry.records for entry in register.entries) == [((0, 0), (1, 0)), ((2, 0),)]


def test_an_identifier_that_is_unique_of_itself_joins_without_a_report():
    rows = [make_record(text, number="24-K-01-901.01") for text in (ASK, None)]
    register = join([make_reading(row, issuer="HHS OIG") for row in rows])
    assert len(register.entries) == 1


def test_declared_recommendations_that_none_shows_become_entries():
    listing = make_reading(reports=[make_mention("Keys and Gates", number="OIG-24-901", declared_count=2)])
    register = join([listing])
    assert [(entry.key, entry.number, entry.text) for entry in register.entries] == [
        ("dhs-oig/OIG-24-901/declared-1", None, None),
        ("dhs-oig/OIG-24-901/declared-2", None, None),
    ]
    assert all(entry.is_declared_only for entry in register.entries)


def test_the_numbers_of_the_missing_follow_by_elimination():
    report = make_reading(
        make_record(ASK, number="2"),
        report_number="OIG-24-901",
        reports=[make_mention(number="OIG-24-901", declared_count=3)],
    )
    declared = [entry.number for entry in join([report]).entries if entry.is_declared_only]
    assert declared == ["1", "3"]


def test_no_number_is_claimed_when_a_known_one_has_none():
    report = make_reading(
        make_record(ASK),
        report_number="OIG-24-901",
        reports=[make_mention(number="OIG-24-901", declared_count=2)],
    )
    assert [entry.number for entry in join([report]).entries] == [None, None]


def test_a_matter_for_congress_does_not_count_as_a_declared_recommendation():
    report = make_reading(
        make_record("Congress should consider fees.", kind=RecommendationKind.MATTER),
        report_number="GAO-24-99001",
        issuer="GAO",
        reports=[make_mention(number="GAO-24-99001", declared_count=1)],
    )
    assert sum(entry.is_declared_only for entry in join([report]).entries) == 1


@pytest.mark.parametrize("total", [1, 41])
def test_a_total_of_a_page_declares_nothing(total):
    block = make_mention("Keys and Gates", declared_open=total)
    page = make_reading(
        make_record(ASK, number="1", report_title="Keys and Gates"),
        issuer="GAO",
        declared_total=total,
        complete=total == 1,
        reports=[block],
    )
    assert not any(entry.is_declared_only for entry in join([page]).entries)


def test_two_counts_of_one_report_are_a_conflict_and_most_documents_win():
    mentions = [make_mention(number="OIG-24-901", declared_count=count) for count in (2, 2, 3)]
    register = join([make_reading(reports=[mention]) for mention in mentions])
    assert register.reports[0].declared_count == 2
    conflict = register.reports[0].conflicts[0]
    assert conflict.field is ConflictField.DECLARED
    assert [(value.value, len(value.sources)) for value in conflict.values] == [("2", 2), ("3", 1)]


def test_two_titles_of_one_number_are_a_conflict_unless_one_holds_the_other():
    def titled(*titles):
        return join([make_reading(title=title, report_number="OIG-24-901") for title in titles]).reports[0]

    longer = titled("Keys and Gates", "Keys and Gates, 2024", "Keys and Gates")
    assert (longer.title, longer.aliases, longer.conflicts) == (
        "Keys and Gates",
        ("Keys and Gates, 2024",),
        (),
    )
    assert [conflict.field for conflict in titled("Keys and Gates", "Visitors").conflicts] == [
        ConflictField.TITLE
    ]


def test_the_most_precise_date_of_issue_is_kept_and_another_day_is_a_conflict():
    def dated(*dates):
        return join([make_reading(report_number="OIG-24-901", report_date=day) for day in dates]).reports[0]

    assert dated("2024-04", "2024-04-13").issued.edtf == "2024-04-13"
    assert dated("2024-04", "2024-04-13").conflicts == ()
    assert [conflict.field for conflict in dated("2024-04-13", "2024-05-01").conflicts] == [
        ConflictField.ISSUED
    ]


def test_other_spellings_of_the_number_are_kept_as_aliases():
    spellings = ("GAO 07-9283", "gao-07-9283", "GAO-07-9283")
    report = join([make_reading(report_number=spelling, issuer="GAO") for spelling in spellings]).reports[0]
    assert (report.key, report.aliases) == ("gao/GAO-07-9283", ("GAO 07-9283", "gao-07-9283"))


def test_the_heading_of_a_list_is_no_report():
    library = make_reading(title="Gates", reports=[make_mention("Keys and Gates", number="OIG-24-901")])
    tracker = make_reading(make_record(ASK), title="Recommendations", reports=[])
    assert keys(join([library, tracker])) == ["dhs-oig/OIG-24-901", "dhs-oig/unidentified"]


def test_a_title_with_a_date_of_issue_is_a_report():
    assert join([make_reading(title="Keys and Gates", reports=[], report_date="2024-04")]).reports[
        0
    ].title == ("Keys and Gates")


def test_a_recommendation_of_two_reports_is_kept_under_the_first():
    record = make_record(ASK, report_number="502-2005 and 503-2005")
    mentions = [make_mention(number=number) for number in ("502-2005", "503-2005")]
    register = join([make_reading(record, issuer="Amtrak OIG", reports=mentions)])
    assert keys(register) == ["amtrak-oig/502-2005", "amtrak-oig/503-2005"]
    assert register.entries[0].report_key == "amtrak-oig/502-2005"
    assert register.reports[0].aliases == ("502-2005 and 503-2005",)


def test_a_place_for_recommendations_without_a_report_declares_nothing():
    page = make_reading(make_record(ASK), issuer="HHS OIG", reports=[make_mention(declared_count=5)])
    register = join([page])
    assert (register.reports[0].declared_count, len(register.entries)) == (None, 1)


def test_titles_of_two_numbers_are_not_doubted_however_alike():
    titles = ("Oversight of Keys and Gates in Field Offices", "Oversight of Keys and Gates in Field Office")
    pages = [make_reading(title=t, report_number=f"OIG-24-90{n}") for n, t in enumerate(titles)]
    assert join(pages).doubts == ()
