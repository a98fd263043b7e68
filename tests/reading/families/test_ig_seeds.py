"""The inspector general's seeds (report, news article, library page) against what was read by hand."""

from __future__ import annotations

from functools import cache

import pytest

from closeout.reading.model import PromiseKind, StatementKind, StatusBasis
from closeout.reading.read import read_document
from tests.reading.families.ig_cases import folded, place, value
from tests.reading.seeds import needs_seeds, seed, truth_of

pytestmark = needs_seeds
REPORT, NEWS, LIBRARY = "002", "003", "004"


@cache
def reading(name):
    return read_document(seed(name))


def pairs(name):
    return list(zip(reading(name).records, truth_of(name)["recommendations"], strict=True))


def promises(record, kind):
    return [promise for promise in record.promises if promise.kind is kind]


def statements(name, kind):
    return [statement for statement in reading(name).statements if statement.kind is kind]


@pytest.mark.parametrize(
    ("name", "family"), [(REPORT, "dhs-oig-report"), (NEWS, "news"), (LIBRARY, "dhs-oig-library")]
)
def test_each_seed_is_known_for_what_it_is(name, family):
    assert reading(name).family == family


@pytest.mark.parametrize("name", [REPORT, NEWS])
def test_every_recommendation_has_its_exact_words_and_place(name):
    for record, truth in pairs(name):
        assert (record.text, place(record.text_span)) == (truth["text"], truth["text_span"])


def test_the_report_says_what_it_is():
    read, truth = reading(REPORT), truth_of(REPORT)
    assert read.title == truth["title"]
    assert read.report_number == truth["report_number"]
    assert read.report_date.edtf == truth["issue_date"]
    assert read.issuer == truth["issuer"]


def test_a_recommendation_printed_twice_is_one_record_with_its_second_place():
    for record, truth in pairs(REPORT):
        assert record.number == str(truth["number"])
        assert [place(span) for span in record.restated] == [truth["restated_span"]]


def test_answer_and_analysis_stand_in_their_places_over_page_breaks():
    for record, truth in pairs(REPORT):
        assert place(record.response_span) == truth["response_span"]
        assert place(record.analysis_span) == truth["analysis_span"]


def test_each_position_has_its_words_and_place():
    for record, truth in pairs(REPORT):
        basis = truth["agency_position_basis"]
        assert value(record.position) == truth["agency_position"]
        assert place(record.position_span) == basis["span"]
        assert (record.position_by, record.agency) == ("ICE", "ICE")


def test_each_status_is_the_auditors_printed_word():
    for record, truth in pairs(REPORT):
        assert value(record.status) == truth["status_normalised"]
        assert record.status_printed == truth["status_stated"]
        assert place(record.status_span) == truth["status_span"]
        assert record.status_basis is StatusBasis.PRINTED


def test_each_completion_date_is_a_promise_and_the_missing_one_is_none():
    for record, truth in pairs(REPORT):
        found = [
            (promise.due.edtf, place(promise.span)) for promise in promises(record, PromiseKind.COMPLETION)
        ]
        promised = truth["estimated_completion"]
        assert found == ([(promised["date"], promised["span"])] if promised else [])


def test_milestones_on_the_way_have_dates_and_places():
    for record, truth in pairs(REPORT):
        found = [
            (promise.due.edtf, place(promise.span)) for promise in promises(record, PromiseKind.MILESTONE)
        ]
        assert found == [(milestone["date"], milestone["span"]) for milestone in truth.get("milestones", [])]


def test_the_request_to_close_is_kept_with_its_refusal():
    asked = [
        (record.number, place(statement.span), statement.value)
        for record in reading(REPORT).records
        for statement in record.statements
        if statement.kind is StatementKind.CLOSURE_REQUEST
    ]
    (truth,) = [item for item in truth_of(REPORT)["recommendations"] if "closure_requested" in item]
    assert asked == [(str(truth["number"]), truth["closure_requested"]["span"], "refused")]


def test_every_recommendation_says_what_the_auditor_still_needs():
    for record in reading(REPORT).records:
        assert any(statement.kind is StatementKind.NEED for statement in record.statements)


def test_the_status_of_all_recommendations_is_stated_three_times():
    found = statements(REPORT, StatementKind.STATUS)
    truth = truth_of(REPORT)["document_level_status_statements"]
    assert [(item.text, place(item.span)) for item in found] == [
        (truth["text"], span) for span in truth["spans"]
    ]


def test_the_rule_for_closing_is_kept_word_for_word():
    (rule,) = statements(REPORT, StatementKind.NEED)
    truth = truth_of(REPORT)["closeout"]
    assert place(rule.span) == truth["span"]
    assert truth["email"] in rule.text


def test_findings_have_the_level_that_the_contents_give_them():
    found = [(item.level, item.heading, place(item.span)) for item in reading(REPORT).findings]
    truth = truth_of(REPORT)["findings"]
    assert sorted(found) == sorted((item["level"], item["text"], item["span"]) for item in truth)


def test_the_declared_count_is_one_of_the_places_that_state_it():
    read, truth = reading(REPORT), truth_of(REPORT)["declared_count"]
    assert read.declared_total == truth["value"]
    assert place(read.declared_span) in truth["spans"]
    assert read.complete is True


def test_the_earlier_report_is_a_mention_only():
    (cited,) = [mention for mention in reading(REPORT).reports if mention.is_cited_only]
    truth = truth_of(REPORT)["prior_report_cited"]
    assert (cited.title, cited.issued.edtf) == (truth["title"], truth["date"])


def test_every_span_of_the_report_gives_its_words_back():
    text = seed(REPORT).text
    for record in reading(REPORT).records:
        assert folded(record.text_span.of(text)) == record.text
        assert folded(record.position_span.of(text)).startswith("ICE concurred")
        for promise in record.promises:
            assert folded(promise.span.of(text)) == promise.printed


def test_the_article_is_a_secondary_source_without_status_or_number():
    read = reading(NEWS)
    assert read.is_secondary
    assert read.title == truth_of(NEWS)["title"]
    assert [(record.status, record.number, record.position) for record in read.records] == [
        (None, None, None)
    ] * 5


def test_the_articles_one_date_is_promised_on_every_record():
    truth = truth_of(NEWS)["estimated_completion"]
    for record in reading(NEWS).records:
        (promise,) = record.promises
        assert (promise.kind, promise.due.edtf) == (PromiseKind.COMPLETION, truth["date"])
        assert place(promise.span) == truth["span"]


def test_agreement_with_findings_is_said_of_the_report_only():
    (agreed,) = statements(NEWS, StatementKind.POSITION)
    truth = truth_of(NEWS)["agency_position"]
    assert (agreed.value, place(agreed.span)) == (truth["value"], truth["span"])
    assert agreed.scope == ("findings",)


def test_the_articles_count_stands_where_it_is_declared():
    truth = truth_of(NEWS)["declared_count"]
    assert (reading(NEWS).declared_total, place(reading(NEWS).declared_span)) == (
        truth["value"],
        truth["span"],
    )


def test_the_library_lists_reports_and_no_recommendation():
    assert reading(LIBRARY).records == ()
    assert len(reading(LIBRARY).reports) == truth_of(LIBRARY)["n_reports"]


def test_each_library_entry_has_its_places():
    for mention, truth in zip(reading(LIBRARY).reports, truth_of(LIBRARY)["reports"], strict=True):
        assert (mention.title, place(mention.title_span)) == (truth["title"], truth["title_span"])
        assert (mention.number, place(mention.number_span)) == (
            truth["report_number"],
            truth["report_number_span"],
        )
        assert (mention.fiscal_year, mention.issued) == (truth["fiscal_year"], truth["issue_date"])


def test_each_library_entry_declares_its_count_and_position():
    for mention, truth in zip(reading(LIBRARY).reports, truth_of(LIBRARY)["reports"], strict=True):
        count = truth["declared_count"]
        assert (mention.declared_count, place(mention.declared_span)) == (count["value"], count["span"])
        assert value(mention.position) == truth["agency_position"]
        assert place(mention.position_span) == truth["agency_position_span"]
