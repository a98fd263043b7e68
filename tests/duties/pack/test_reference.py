import re
import sys
from pathlib import Path

import pytest

from closeout.duties import reference
from closeout.duties.clauses import Shape
from closeout.duties.pack import load_pack
from tests.duties.pack.making import EVERY, FIXED, ON, WITHIN, load
from tests.each import for_each

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "duties.md"
ERO = load_pack()
WRITTEN = reference.page(ERO)


def test_the_page_is_the_one_written_from_the_pack():
    written = PAGE.read_text(encoding="utf-8")
    assert written == reference.page(ERO), "run `python -m closeout.duties.reference` and commit the page"


def test_every_clause_has_its_heading_and_is_linked_to():
    page = reference.page(ERO)
    headings = re.findall(r"^### (\S+)$", page, flags=re.MULTILINE)
    assert sorted(headings) == sorted(clause.duty for clause in ERO.clauses)
    assert sorted(re.findall(r"\]\(#(\S+?)\)", page)) == sorted(headings)


@for_each("duty", sorted(clause.duty for clause in ERO.clauses))
def test_every_version_has_its_line(duty):
    part = WRITTEN.split(f"\n### {duty}\n")[1].split("\n##")[0]
    lines = [line for line in part.splitlines() if re.match(r"\| \d{4}-\d\d-\d\d ", line)]
    assert len(lines) == len(ERO.clause(duty).versions)
    for line, version in zip(lines, ERO.clause(duty).versions, strict=True):
        assert line.count("|") == 7
        assert ("*made up*" in line) is version.basis.is_made_up
        assert version.basis.citation in line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ON, ["on `due_on`"]),
        (ON.replace("grace: P3D", "period: P2W"), ["on `due_on`, and 14 days"]),
        (
            EVERY,
            [
                "every 36 months from `operational_on`",
                "every 24 months from `operational_on`, first after 12 months",
            ],
        ),
        (WITHIN, ["within 48 hours of weekdays of `received_at`"]),
        (FIXED, ["for each fiscal year, 90 days after it"]),
        (FIXED.replace("P90D", "P0D"), ["for each fiscal year"]),
    ],
)
def test_when_a_duty_is_due_is_said_in_words(tmp_path, text, words):
    (clause,) = load(tmp_path, text).clauses
    assert [reference.due_words(clause, version) for version in clause.versions] == words


def test_what_a_clause_rests_on_is_on_the_page(tmp_path):
    page = reference.page(load(tmp_path, EVERY, ON))
    assert "| 2024-01-01 on, open instances too | every 24 months" in page
    assert "| RULES/inspect: GAO-21-186 |" in page
    assert "| RULES/hold: *made up* |" in page
    assert "- Owed by: `office_id`" in page
    assert "- Owed by: whoever holds the case" in page
    assert "- Excused where: `is_service_issue` (service issue)" in page
    assert "| 3 days | 14 days | 10 days |" in page


def test_the_command_writes_the_page_where_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["reference", str(tmp_path / "duties.md")])
    reference.main()
    assert (tmp_path / "duties.md").read_text(encoding="utf-8") == reference.page(ERO)


def test_every_part_of_the_pack_has_a_name():
    assert {clause.section[0] for clause in ERO.clauses} == set(reference.PARTS)
    assert {clause.shape for clause in ERO.clauses} == set(Shape)
