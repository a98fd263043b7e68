"""Periodic reviews of case files, and what their checklists found."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import Columns, Picked, known_by, where, words
from closeout.records.example.planting import NO_REVIEW_POLICY

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Ints
    from closeout.records.example.assignments import Leads
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

_ITEMS = words("file_review_items", "item")
_RESULTS = words("file_review_items", "result")
_ROUTINE = words("file_reviews", "sample_basis")["all"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The file reviews of a chunk whose items are kept, and those items' findings."""

    ids: Ints
    cases: Ints
    completed: Ints
    has_second: Ints
    defects: Ints


def file_reviews(
    agency: Agency, lives: Lives, leads: Leads, planted: Planted
) -> tuple[Columns, int, Reviewed]:
    """Return the file reviews of a chunk: of not half the open cases within the months of events."""
    chance = agency.chance("file reviews", lives.chunk)
    begins = np.maximum(lives.opened + 30, agency.starts)
    room = lives.ends(agency.as_of) - begins
    asked = chance.claims(0.45, lives.rows) & (room > 20)
    asked[planted["file-not-reviewed"]] = False
    planted.plants.note("file-not-reviewed", lives.case_no.take(planted["file-not-reviewed"]).to_pylist())
    _note_without_basis(lives, planted)
    cases = np.flatnonzero(asked)
    rows = len(cases)
    started = begins[cases] + chance.below(room[cases] - 5)
    completed = known_by(started + chance.whole(0, 5, rows), agency.as_of)
    completed = where(chance.claims(0.99, rows), completed)
    basis = chance.among((0.88, 0.06, 0.03, 0.03), rows)
    second = where((basis != _ROUTINE) & chance.claims(0.5, rows), known_by(completed + 4, agency.as_of))
    second = where(completed >= 0, second)
    defects = chance.generator.binomial(len(_ITEMS), 0.08, rows)
    office = lives.office_on(cases, started)
    reviewer = leads.on(cases, started)
    ids = lives.ids(rows)
    kept = np.flatnonzero((basis != _ROUTINE) & (completed >= 0))
    columns: Columns = {
        "review_id": ids,
        "case_no": Picked(cases, lives.case_no),
        "office_id": agency.office(office),
        "reviewer": agency.officer(reviewer),
        "started_on": started,
        "completed_on": completed,
        "checklist_version": "FR-1",
        "items": len(_ITEMS),
        "defects": defects,
        "second_reviewer": agency.officer(where(second >= 0, agency.supervisors.draw(office, chance))),
        "second_reviewed_on": second,
        "second_agrees": where(second >= 0, chance.claims(0.85, rows).astype(np.int64)),
        "sample_basis": basis,
    }
    found = Reviewed(
        ids[kept], cases[kept], completed[kept], (second >= 0)[kept].astype(np.int64), defects[kept]
    )
    return columns, rows, found


def _note_without_basis(lives: Lives, planted: Planted) -> None:
    """Note some open cases of the days when no policy required a review."""
    first, last = NO_REVIEW_POLICY
    is_bare = lives.is_open() & (lives.opened >= first) & (lives.opened <= last) & (lives.reopened < 0)
    some = np.flatnonzero(is_bare)[: planted.plants.quota]
    planted.plants.note("file-review-without-basis", lives.case_no.take(some).to_pylist())


def review_items(agency: Agency, lives: Lives, reviewed: Reviewed) -> tuple[Columns, int]:
    """Return the checklists' items of the reviews drawn as a sample; routine ones keep only their counts."""
    chance = agency.chance("file review items", lives.chunk)
    per_review = len(_ITEMS)
    reviews = np.repeat(np.arange(len(reviewed.ids)), per_review)
    rows = len(reviews)
    item = np.tile(np.arange(per_review), len(reviewed.ids))
    rank = np.argsort(chance.generator.random((len(reviewed.ids), per_review)), axis=1).ravel()
    is_defect = rank < reviewed.defects[reviews]
    fine = where(chance.claims(0.1, rows), _RESULTS["not_applicable"], _RESULTS["right"])
    result = where(is_defect, _RESULTS["defect"], fine)
    other = where(is_defect, _RESULTS["right"], _RESULTS["defect"])
    differs = chance.claims(0.03, rows)
    completed = reviewed.completed[reviews]
    corrected = known_by(completed + chance.whole(1, 60, rows), agency.as_of)
    columns: Columns = {
        "item_id": lives.ids(rows),
        "review_id": reviewed.ids[reviews],
        "case_no": Picked(reviewed.cases[reviews], lives.case_no),
        "found_on": completed,
        "item": item,
        "result": result,
        "second_result": where(reviewed.has_second[reviews] > 0, where(differs, other, result)),
        "corrected_on": where(is_defect & chance.claims(0.8, rows), corrected),
    }
    return columns, rows
