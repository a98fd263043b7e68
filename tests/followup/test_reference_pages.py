"""The reference pages say what the code says."""

from __future__ import annotations

from pathlib import Path

from closeout.followup.clock_rules import RULES
from closeout.followup.lifecycle import AUDITORS, CLOSED_STAGES, MOVES, OPEN_STAGES, Guard, Stage
from closeout.followup.statuses import (
    CROSSWALK,
    POSITION_LABELS,
    PROGRESS_LABELS,
    STANCES,
    STATUS_LABELS,
    is_closed,
)
from closeout.followup.tables import Figure, Table

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "reference" / "statuses.md").read_text(encoding="utf-8")
GLOSSARY = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")


def table(heading):
    """Return the cells of the table under a heading, without its head."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [tuple(cell.strip().replace("`", "") for cell in line.strip("|").split("|")) for line in lines]


def test_the_normal_statuses_are_those_of_the_code():
    assert table("Normal statuses") == [
        (status.value, label, "closed" if is_closed(status) else "open")
        for status, label in STATUS_LABELS.items()
    ]


def test_the_crosswalk_is_that_of_the_code():
    assert table("Printed words") == [
        (line.vocabulary.value, line.printed, line.stance.value, line.status.value) for line in CROSSWALK
    ]


def test_positions_and_progress_are_those_of_the_code():
    assert table("Positions") == [
        (position.value, label, STANCES[position].value) for position, label in POSITION_LABELS.items()
    ]
    assert table("The agency's progress") == [
        (progress.value, label) for progress, label in PROGRESS_LABELS.items()
    ]


def test_the_moves_between_open_stages_are_those_of_the_code():
    assert table("Moves") == [
        (
            move.now.value,
            move.then.value,
            ", ".join(sorted(move.by)),
            ", ".join(sorted(move.needs)) or "nothing",
        )
        for move in MOVES
        if {move.now, move.then} <= OPEN_STAGES
    ]


def test_what_the_page_says_of_all_other_moves_is_so():
    others = {(move.now, move.then): move for move in MOVES if not {move.now, move.then} <= OPEN_STAGES}
    may_reopen_to = {Stage.UNRESOLVED_OPEN, Stage.RESOLVED_OPEN}
    expected = {(now, then) for now in Stage for then in CLOSED_STAGES if now is not then}
    assert set(others) == expected | {(now, then) for now in CLOSED_STAGES for then in may_reopen_to}
    for (_, then), move in others.items():
        reason = {Guard.REASON} if then in may_reopen_to else set()
        assert (move.by, move.needs) == (AUDITORS, {Guard.AUDITORS_WORD} | reason)


def test_the_clocks_are_those_of_the_code():
    assert table("Clocks") == [
        (
            rule.code,
            rule.title,
            rule.citation,
            rule.starts.value,
            f"{rule.amount} {rule.unit.value}",
            ", ".join(rule.issuers),
            rule.mark.value,
        )
        for rule in RULES
    ]


def test_the_glossary_says_each_word_once():
    words = [line.split("**")[1] for line in GLOSSARY.splitlines() if line.startswith("| **")]
    assert len(set(words)) == len(words) > 50


def test_the_glossary_has_the_words_the_rooms_are_made_of():
    for word in ("auditor's status", "doubt", "ledger", "missing", "promise", "register", "span", "stage"):
        assert f"**{word}**" in GLOSSARY
    # The two values every table is made of carry the day they hold on, as the glossary promises.
    assert {"as_of"} <= set(Figure.__slots__) & set(Table.__slots__)
