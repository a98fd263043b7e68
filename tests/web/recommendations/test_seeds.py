"""The five real documents in the register, against what was read from them by hand."""

import json
from functools import cache
from pathlib import Path

import pytest

import closeout
from closeout.reading.folder import read_paths
from closeout.web.audit.actions import SYSTEM
from closeout.web.recommendations.ingest import Arrival, ingest, known
from closeout.web.recommendations.models import (
    Capture,
    CaptureEvent,
    Conflict,
    Mention,
    PromiseObservation,
    Recommendation,
    Report,
    Statement,
    StatusObservation,
)
from tests.web.recommendations.arrivals import row_counts

SHARED = Path(closeout.__file__).parents[3] / "shared"
SEEDS = SHARED / "reports" / "seeds"
TRUTH = SHARED / "truth" / "seed_truth.json"
pytestmark = pytest.mark.skipif(
    not (SEEDS.is_dir() and TRUTH.is_file()), reason="the seed documents lie in ../shared, which is not here"
)


@cache
def seed_readings():
    """Return what is read from the seeds, read once for all tests."""
    return tuple(read_paths([SEEDS], workers=0))


def take_in(readings):
    return ingest((Arrival(each, Path(each.document.path).read_bytes()) for each in readings), by=SYSTEM)


@pytest.fixture
def seeds(store):
    take_in(seed_readings())


@pytest.mark.usefixtures("seeds")
def test_eight_reports_and_seventeen_recommendations_with_text_and_two_declared():
    listed = Recommendation.objects.listed()
    assert Report.objects.filter(is_cited_only=False, is_retired=False).count() == 8
    assert listed.filter(is_declared_only=False).count() == 17
    assert sorted(listed.filter(is_declared_only=True).values_list("report__number", flat=True)) == [
        "OIG-21-36",
        "OIG-21-36",
    ]
    assert Mention.objects.filter(is_current=True).count() == 23


@pytest.mark.usefixtures("seeds")
def test_every_recommendation_of_the_listing_stands_with_its_text_and_printed_status():
    truth = json.loads(TRUTH.read_text())["documents"]["000"]["recommendations"]
    for told in truth:
        mention = Mention.objects.get(
            capture__document__origin__contains="000_",
            text_start=told["text_span"][0],
            text_end=told["text_span"][1],
        )
        assert mention.record["text"] == told["text"]
        assert mention.record["status_printed"] == told["status_stated"]
        assert mention.capture.text[mention.text_start : mention.text_end].split() == told["text"].split()


@pytest.mark.usefixtures("seeds")
def test_every_span_kept_reads_again_as_the_words_it_stands_for():
    texts = dict(Capture.objects.values_list("pk", "text"))
    rows = [
        *Statement.objects.all(),
        *StatusObservation.objects.exclude(start=None),
        *PromiseObservation.objects.all(),
    ]
    assert len(rows) > 100
    for row in rows:
        assert 0 <= row.start < row.end <= len(texts[row.capture_id])
    for promise in PromiseObservation.objects.all():
        words = " ".join(texts[promise.capture_id][promise.start : promise.end].split())
        assert promise.printed.split()[0] in words


@pytest.mark.usefixtures("seeds")
def test_the_listing_that_declares_41_and_shows_10_is_incomplete_and_closes_nothing():
    capture = Capture.objects.get(is_complete=False)
    assert (capture.declared_total, capture.shown) == (41, 10)
    assert Recommendation.objects.listed().filter(has_incomplete_source=True).count() == 10
    assert not Recommendation.objects.filter(is_open=False).exists()
    assert not CaptureEvent.objects.exists()


@pytest.mark.usefixtures("seeds")
def test_the_articles_single_date_is_a_conflict_with_the_report():
    conflicts = Conflict.objects.filter(field="completion-date", is_current=True).select_related(
        "recommendation"
    )
    assert sorted(conflict.recommendation.key for conflict in conflicts) == [
        "dhs-oig/OIG-17-51/4",
        "dhs-oig/OIG-17-51/5",
    ]
    four = next(conflict for conflict in conflicts if conflict.recommendation.number == "4")
    assert {value["value"] for value in four.values} == {"2018-01-31", "2018-03-30"}


@pytest.mark.usefixtures("seeds")
def test_the_news_creates_no_status():
    assert not StatusObservation.objects.filter(capture__is_secondary=True).exists()
    assert Capture.objects.filter(is_secondary=True).count() == 1


@pytest.mark.usefixtures("seeds")
def test_positions_promises_and_statuses_are_those_read_by_hand():
    listed = Recommendation.objects.listed().filter(is_declared_only=False)
    positions = list(listed.values_list("position", flat=True))
    assert sum(each in {"concur", "agree"} for each in positions) == 12
    assert positions.count("non-concur") == 1
    assert positions.count("") == 4
    printed = listed.exclude(auditor_status="")
    assert printed.filter(auditor_status_printed="Open").count() == 10
    assert printed.filter(report__number="OIG-17-51", auditor_status="resolved-open").count() == 5
    promised = sorted(listed.exclude(promise_edtf="").values_list("promise_edtf", flat=True))
    assert promised == ["2018-01-31"] * 3 + ["2018-03-30"] + ["2023-05-31"] * 2 + ["2023-08-31"]


@pytest.mark.usefixtures("seeds")
def test_a_second_read_reads_no_file_and_changes_no_row():
    before = row_counts()
    outcomes = []
    readings = read_paths(
        [SEEDS], workers=0, known=known, progress=lambda step: outcomes.append(step.outcome)
    )
    done = take_in(readings)
    assert (done.new, done.unchanged, done.changed) == (0, 5, 0)
    assert set(outcomes) == {"known"}
    assert row_counts() == before


def test_a_second_read_of_a_grown_folder_reads_only_the_new_file(store, tmp_path):
    paths = sorted(SEEDS.iterdir())
    for path in paths[:-1]:
        (tmp_path / path.name).write_bytes(path.read_bytes())

    def read():
        steps = []
        readings = read_paths(
            [tmp_path], workers=0, known=known, progress=lambda step: steps.append(step.outcome)
        )
        take_in(readings)
        return steps

    read()
    (tmp_path / paths[-1].name).write_bytes(paths[-1].read_bytes())
    assert sorted(read()) == ["known"] * 4 + ["read"]
    assert Recommendation.objects.listed().count() == 19
