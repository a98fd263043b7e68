"""The reference page and the explanation say what the machines say."""

from __future__ import annotations

from pathlib import Path

import pytest

from closeout.records.machines import GUARDS, MACHINES
from closeout.records.machines.describe import diagram, reference
from closeout.records.machines.safeguards import FLAWS

DOCS = Path(__file__).parents[3] / "docs"


def test_the_reference_page_is_written_from_the_machines():
    page = (DOCS / "reference/state-machines.md").read_text()
    assert page == reference(MACHINES.values()), "run scripts/write_state_machines.py"


@pytest.mark.parametrize("name", ["case", "check-in"])
def test_the_explanation_shows_the_machines_as_they_are(name):
    assert f"```text\n{diagram(MACHINES[name])}\n```" in (DOCS / "explanation/casework.md").read_text()


def test_the_explanation_counts_the_rules_of_a_decision():
    assert len(FLAWS) == 11
    assert "eleven rules" in " ".join((DOCS / "explanation/casework.md").read_text().split())


def test_every_state_move_and_guard_stands_on_the_reference_page():
    page = reference(MACHINES.values())
    for machine in MACHINES.values():
        assert f"## {machine.title}" in page
        for move in machine.moves:
            assert f"| {move.verb.replace('_', ' ')} |" in page
    assert all(check.words in page for check in GUARDS.values())


def test_a_diagram_shows_where_each_verb_leads():
    assert diagram(MACHINES["transfer"]) == (
        "requested\n"
        "    → accepted: accept\n"
        "    → rejected: reject\n"
        "    → withdrawn: withdraw\n"
        "accepted (end)\n"
        "rejected (end)\n"
        "withdrawn (end)"
    )
