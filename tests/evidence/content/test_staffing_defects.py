"""Each planted defect, put right, moves the measures of staffing that it should, and no other does."""

import json

import pytest

from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.evidence.measures.special_staffing import FIGURES, staffing_figure
from closeout.records.example import write_example
from closeout.records.snapshot import arrow_schema
from closeout.workload.staffing import work_out
from tests.evidence.content.conftest import rows_of
from tests.evidence.content.put_right import REPAIRS
from tests.evidence.content.repairs import Records

OF_WORK = "duties-with-weight officers-per-need"
MOVES = {
    # Cases that nobody could work on, or that one officer had alone.
    "officer-left": "cases-without-hours officers-per-need",
    "officer-without-hours": "cases-without-hours officers-per-need",
    "case-unassigned": "cases-without-hours",
    "juvenile-docket-on-one-officer": "caseloads-that-fit officers-per-need",
    # What was left undone is called for again, or no longer: the work is more, or less.
    "agreement-never-inspected": OF_WORK,
    "corrective-action-overdue": OF_WORK,
    "credential-not-recovered": OF_WORK,
    "custody-review-overdue": "duties-with-weight",
    "decision-flawed": OF_WORK,
    "departed-still-open": OF_WORK,
    "departure-without-decision": OF_WORK,
    "deviation-not-approved": "duties-with-weight",
    "finding-not-corrected": OF_WORK,
    "missed-check-in-undisposed": OF_WORK,
    "missed-check-in-unnoticed": OF_WORK,
    "missed-check-in-without-exception": OF_WORK,
    "no-appearance-without-exception": OF_WORK,
    "relocated-not-referred": OF_WORK,
}
"""Read off a run and checked one by one. Of a case that nobody led, it is the cases led that are more.

The activity of the custody reviews and deviations put right has no minutes in force, so that the need stays.
"""


class Agency:
    """The small example agency in memory, whose staffing can be worked out with other rows."""

    def __init__(self, snapshot, engine):
        self.engine, self.pack, self.as_of = engine, load_pack(), snapshot.as_of
        self.rows = {name: rows_of(snapshot, name) for name in snapshot.manifest.tables}
        self.tables = {name: engine.from_arrow(name, rows) for name, rows in self.rows.items()}
        listed = json.loads((snapshot.folder / "defects.json").read_text())
        self.keys = {entry["id"]: entry["keys"] for entry in listed}
        self.base = self.figures()

    def figures(self):
        """Return the counts behind each measure, and its value to nine digits."""
        made = work_out(self.engine, self.tables, self.pack, self.as_of)
        found = {code: staffing_figure(code, made) for code in FIGURES}
        return {
            code: (one.numerator, round(one.denominator, 6), round(one.value, 9))
            for code, one in found.items()
        }

    def moved(self, defects):
        """Return the measures that move when all rows of some defects are put right."""
        records = Records(self.rows, self.as_of, {})
        for defect in defects:
            REPAIRS[defect](records, self.keys[defect])
        changed = {name: rows.to_arrow() for name, rows in records.changed.items()}
        for name, rows in changed.items():
            self.engine.refill(name, rows.select(arrow_schema(name).names).cast(arrow_schema(name)))
        try:
            now = self.figures()
        finally:
            for name in changed:
                self.engine.refill(name, self.rows[name])
        return {code for code, figure in now.items() if figure != self.base[code]}


@pytest.fixture(scope="module")
def agency(tmp_path_factory):
    engine = connect(threads=2)
    yield Agency(write_example(tmp_path_factory.mktemp("example") / "small", size="small", seed=7), engine)
    engine.close()


ALONE = [defect for defect, codes in MOVES.items() if codes != OF_WORK] + [
    *("agreement-never-inspected", "departure-without-decision", "missed-check-in-unnoticed")
]
"""Put right one by one; the others of more or less work, each of which takes as long, all together."""


@pytest.mark.parametrize("defect", ALONE)
def test_a_defect_moves_the_measures_of_staffing_that_it_should(agency, defect):
    assert agency.moved([defect]) == set(MOVES[defect].split())


def test_more_or_less_work_moves_duties_and_need_and_nothing_else(agency):
    together = sorted(MOVES.keys() - ALONE)
    assert len(together) == 9
    assert agency.moved(together) == set(OF_WORK.split())


def test_all_others_together_move_none(agency):
    others = sorted(REPAIRS.keys() - MOVES.keys())
    assert len(others) > 60
    assert agency.moved(others) == set()


def test_what_was_not_changed_moves_nothing(agency):
    assert agency.moved([]) == set()


def test_the_measures_named_are_those_of_staffing():
    assert {code for codes in MOVES.values() for code in codes.split()} < FIGURES.keys()
    assert MOVES.keys() < REPAIRS.keys()
