"""The page of measures in the documentation is what the pack says."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from closeout.duties.pack import load_pack
from closeout.evidence.measures import reference, reference_asked
from closeout.evidence.measures.measure import Direction, Shape, Target
from closeout.evidence.measures.read import load_measures
from tests.each import for_each
from tests.evidence.content.making import measure

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "measures.md"
PACK = load_pack()
MEASURES = load_measures(None, PACK)
WRITTEN = reference.page(PACK.name, MEASURES)


def part(code):
    return WRITTEN.split(f"\n### {code}\n")[1].split("\n##")[0]


def test_the_page_is_the_one_written_from_the_pack():
    message = "run `python -m closeout.evidence.measures.reference` and commit the page"
    assert PAGE.read_text(encoding="utf-8") == WRITTEN, message


def test_every_measure_has_its_heading_and_is_linked_to():
    headings = re.findall(r"^### (\S+)$", WRITTEN, flags=re.MULTILINE)
    assert headings == [one.code for group in reference.GROUPS for one in MEASURES if one.group == group]
    assert set(re.findall(r"\]\(#(\S+?)\)", WRITTEN)) == set(headings)


def test_what_the_list_asks_is_answered_by_measures_of_the_group_or_item():
    groups = {one.code: one.group for one in MEASURES}
    for group, _, codes in reference_asked.GROUPS:
        assert {groups[code] for code in codes.split()} == {group}
    assert {group for group, *_ in reference_asked.GROUPS} == set(range(1, 23))
    sections = {one.code: one.section for one in MEASURES}
    for item, _, codes in reference_asked.ITEMS:
        assert item[0] in {sections[code][0] for code in codes.split()}, item


def test_a_breakdown_is_said():
    assert "- Broken down by: docket of the case, duty, days overdue\n" in part("duties-overdue")
    assert "- Broken down by: `country`\n" in part("travel-decision-days")
    assert "- Broken down by: `reason`, `case_no.docket`\n" in part("closures-by-reason")
    assert "Broken down" not in part("parents-asked")


def test_links_lead_to_duties_and_tables_that_there_are():
    docs = PAGE.parent
    for page, place in set(re.findall(r"\]\((duties|tables)\.md#(\S+?)\)", WRITTEN)):
        assert f"### {place}\n" in (docs / f"{page}.md").read_text(encoding="utf-8")


@for_each("one", MEASURES)
def test_a_measure_says_what_it_counts_its_target_and_its_owner(one):
    said = part(one.code)
    assert f"\n{one.title}.\n" in said
    assert reference.target_words(one) in said or one.target is None
    assert ("*made up*" in said) is (one.target is not None and one.target.is_made_up)
    assert f"- Answered for by: {one.owner.replace('_', ' ')}\n" in said
    for link in one.links:
        assert f"{link.report}, recommendation {link.number}" in said


@pytest.mark.parametrize(
    ("shape", "unit", "direction", "value", "words"),
    [
        (Shape.SHARE, "share", Direction.UP, 0.95, "at least 95 %"),
        (Shape.SHARE, "share", Direction.UP, 1, "all"),
        (Shape.SHARE, "share", Direction.DOWN, 0.05, "at most 5 %"),
        (Shape.COUNT, "count", Direction.DOWN, 0, "none"),
        (Shape.COUNT, "count", Direction.UP, 12, "at least 12"),
        (Shape.MEDIAN, "days", Direction.DOWN, 30, "at most 30 days"),
        (Shape.RATE, "per component", Direction.DOWN, 0.2, "at most 0.2 per component"),
    ],
)
def test_a_target_is_said_in_words(shape, unit, direction, value, words):
    made = replace(measure(shape=shape), unit=unit, direction=direction, target=Target(value, "a rule"))
    assert reference.target_words(made) == words


def test_without_a_target_none_is_said():
    assert reference.target_words(measure()) == "no target"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("check-in-outcomes-recorded", "timeliness of [check-in-outcome](duties.md#check-in-outcome)"),
        ("duties-on-time", "timeliness of 99 [duties](duties.md)"),
        ("closures-alone", "the integrity checks: `closed-without-second-person`"),
        ("contact-age", "from `verified_on` to the as-of date, the middle one; of each `case_no` the last"),
        ("check-in-outcome-lag-ninety", "from `due_on` to `recorded_at`, the 0.9 quantile"),
        ("deficiency-rate", "rows of [deficiencies](tables.md#deficiencies) are counted"),
        ("firearms-untraced", "the sum of `incomplete`; over the sum of `firearms`; placed by `month_from`"),
    ],
)
def test_what_a_measure_is_over_is_said_in_words(code, words):
    (one,) = (one for one in MEASURES if one.code == code)
    assert words in reference.where_words(one)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("duties-on-time", "Wilson"),
        ("file-defect-share", "groups of `review_id`"),
        ("training-changes-work", "Newcombe"),
        ("transfer-days", "Kaplan-Meier"),
    ],
)
def test_how_the_interval_is_made_is_said(code, words):
    (one,) = (one for one in MEASURES if one.code == code)
    assert words in reference.interval_words(one)


def test_the_module_writes_the_page_to_the_file_named(tmp_path, monkeypatch):
    file = tmp_path / "measures.md"
    monkeypatch.setattr(sys, "argv", ["reference", str(file)])
    reference.main()
    assert file.read_text(encoding="utf-8") == WRITTEN
