"""Joining the practice documents: what belongs together does, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from closeout.reading.joining import Register, join
from closeout.reading.model import DocumentReading
from closeout.reading.read import read_document
from tests.reading.paging import make_document

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
PRACTICE = SHARED / "reports" / "practice"

pytestmark = pytest.mark.skipif(
    not PRACTICE.exists(), reason="the practice documents are not part of the project and lie in ../shared"
)


@cache
def truth():
    """Return what was read by hand, by file."""
    return json.loads((PRACTICE / "truth.json").read_text(encoding="utf-8"))


@cache
def readings() -> tuple[DocumentReading, ...]:
    """Return the readings of the practice documents, without the line that names their source."""
    found = []
    for name in sorted(truth()):
        text = (PRACTICE / name).read_bytes().decode("utf-8").partition("\n")[2]
        found.append(read_document(make_document(text, path=name)))
    return tuple(found)


@cache
def register() -> Register:
    """Return the practice documents joined."""
    return join(readings())


def of(name):
    """Return the entries that a file has a record of."""
    index = sorted(truth()).index(name)
    return [entry for entry in register().entries if any(document == index for document, _ in entry.records)]


def report(number):
    (found,) = [each for each in register().reports if each.number == number]
    return found


def declared(number):
    return sum(e.is_declared_only for e in register().entries if e.report_key == report(number).key)


def test_every_record_is_an_entry_of_its_own_since_no_two_documents_are_of_one_report():
    records = sum(len(reading.records) for reading in readings())
    assert records == sum(len(entry.records) for entry in register().entries)
    assert all(len(entry.records) == 1 for entry in register().entries if entry.records)


def test_no_two_documents_contradict_each_other_and_no_join_is_doubtful():
    assert [entry.key for entry in register().entries if entry.conflicts] == []
    assert register().doubts == ()


@pytest.mark.parametrize(
    ("number", "missing"),
    [
        ("OEI-04-11-00510", 6),
        ("05-19", 10),
        ("OIG-20-45", 1),
        ("OIG-21-14", 2),
        ("OEI-05-10-00390", 0),
        ("GAO-26-107592", 0),
        ("GAO-07-283", 0),
        ("OEI-02-10-00170", 0),
    ],
)
def test_what_a_report_declares_and_none_shows_is_entered(number, missing):
    assert declared(number) == missing


def test_the_numbers_of_the_missing_follow_by_elimination_where_the_known_are_numbered():
    missing = [
        entry.number for entry in register().entries if entry.is_declared_only and "05-19" in entry.report_key
    ]
    assert missing == [str(number) for number in range(13, 23)]


def test_withheld_texts_stay_apart():
    entries = of("p20_dojoig_recommendation_list.txt")
    assert len(entries) == len(truth()["p20_dojoig_recommendation_list.txt"]["recommendations"])
    assert len({entry.key for entry in entries}) == len(entries)


def test_a_list_that_names_no_report_makes_no_report():
    (key,) = {entry.report_key for entry in of("p20_dojoig_recommendation_list.txt")}
    assert key == "doj-oig/unidentified"


def test_prior_reports_that_a_testimony_cites_are_only_cited():
    cited = {each.number for each in register().reports if each.is_cited_only}
    assert {"GAO-20-643", "GAO-25-106678", "GAO-25-107212"} <= cited
    assert declared("GAO-26-108943") == 0


@pytest.mark.parametrize(
    "total", ["p01_gao_agency_ice_sort_name.txt", "p03_gao_agency_ice_tooltip_33total.txt"]
)
def test_the_total_of_a_page_declares_nothing(total):
    (key,) = {entry.report_key for entry in of(total)}
    assert not any(entry.is_declared_only for entry in register().entries if entry.report_key == key)


def test_numbers_of_one_tracker_are_unique_of_themselves():
    numbers = sorted(entry.key.rpartition("/")[2] for entry in of("p13_hhsoig_tracker.txt"))
    assert numbers == sorted(each["number"] for each in truth()["p13_hhsoig_tracker.txt"]["recommendations"])


def test_one_number_of_two_reports_stays_two():
    entries = of("p15_usaidoig_dashboard.txt")
    assert Counter(entry.number for entry in entries)["1"] == 2
    assert len({entry.report_key for entry in entries}) == 2


def test_the_order_of_the_documents_makes_no_difference():
    backwards = join(readings()[::-1])
    assert [each.key for each in backwards.reports] == [each.key for each in register().reports]
    assert [each.key for each in backwards.entries] == [each.key for each in register().entries]


def test_a_second_copy_of_the_folder_adds_nothing():
    twice = join([*readings(), *readings()])
    assert [each.key for each in twice.entries] == [each.key for each in register().entries]
    assert twice.doubts == ()
