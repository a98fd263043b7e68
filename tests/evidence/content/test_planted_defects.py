"""Each planted defect of the example agency, put right, moves the measures it should and no other."""

import polars as pl
import pytest

from closeout.duties.pack import load_pack
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.read import load_measures
from closeout.records.example.catalog import defects
from tests.evidence.content.moves import MOVES
from tests.evidence.content.put_right import REPAIRS
from tests.evidence.content.repairs import Records

WHOLES = {
    "duties-on-time",
    "case-duties-on-time",
    "duties-current",
    "duties-overdue",
    "cases-current",
    "integrity-findings-open",
    "integrity-finding-age",
}
"""Over all duties, or all checks: almost every defect moves one of them."""
NOT_MEASURED = {
    "program-total-misses-parts": "a printed total: `closeout check` compares it with its parts",
    "file-review-without-basis": "no rule was in force, so that nothing was owed and nothing counts",
    "complaint-notified-after-weekend": "no defect: in time, because weekends do not count",
}
MEASURES = load_measures(None, load_pack())


def put_right(agency, defect):
    """Return the measures that move when the rows of a defect are put right."""
    made, keys = agency
    records = Records(made.rows, made.as_of, {})
    REPAIRS[defect](records, keys[defect])
    return made.moved({name: frame.to_arrow() for name, frame in records.changed.items()})


@pytest.mark.parametrize("defect", sorted(REPAIRS))
def test_a_defect_moves_the_measures_it_should_and_no_other(agency, defect):
    moved = put_right(agency, defect)
    assert moved - WHOLES == set(MOVES[defect].split())
    checks = {one.code for one in MEASURES if is_a_check(one)} - WHOLES
    assert bool(moved & checks) is ("integrity-findings-open" in moved) or defect in ONLY_AMONG_ALL_CHECKS


ONLY_AMONG_ALL_CHECKS = {
    one.id
    for one in defects()
    if one.found_by == "integrity"
    and one.name not in {r for m in MEASURES for r in getattr(m.over, "rules", ())}
}
"""Found by a rule that no measure names: only the count of all findings tells of it."""


def is_a_check(measure):
    return isinstance(measure.over, OverSource) and measure.over.source is Source.INTEGRITY


def test_what_was_not_changed_moves_nothing(agency):
    made, _ = agency
    assert made.moved({}) == set()
    assert made.moved({"cases": made.rows["cases"], "check_ins": made.rows["check_ins"]}) == set()


def test_every_defect_is_put_right_or_said_not_to_be_measured():
    of_studies = {one.id for one in defects() if one.found_by == "study"}
    measured = {one.id for one in defects()} - of_studies - NOT_MEASURED.keys()
    assert set(MOVES) == set(REPAIRS) == measured | {"program-total-misses-parts"}
    assert all(MOVES[defect] for defect in measured)
    assert MOVES["program-total-misses-parts"] == ""


def test_what_a_defect_moves_are_measures_of_the_pack():
    named = {code for codes in MOVES.values() for code in codes.split()}
    assert named | WHOLES <= {measure.code for measure in MEASURES}


def test_a_complaint_of_a_friday_notified_on_monday_was_in_time(agency):
    """Notified within the hour instead, it is the hours that change and not the share in time."""
    made, keys = agency
    records = Records(made.rows, made.as_of, {})
    soon = pl.col("received_at").dt.offset_by("30m")
    records.put("complaints", keys["complaint-notified-after-weekend"], notified_at=soon)
    moved = made.moved({name: frame.to_arrow() for name, frame in records.changed.items()})
    assert moved == {"complaint-notice-hours"}
