"""Small counts are suppressed alike in this process and in the second one."""

from dataclasses import dataclass
from datetime import date

import pytest

from closeout.assess import assess_records, load_rules
from closeout.assess.second import SecondProcessError
from closeout.assess.suppressing import begin_suppression
from closeout.engines import EngineError
from closeout.evidence.figures import Outcome
from closeout.evidence.outward import outward
from closeout.records.snapshot import open_snapshot


@dataclass
class Done:
    """An assessment, and what was worked out behind it."""

    assessment: object
    worked: object


@pytest.fixture(scope="module")
def done(small, pack):
    made = assess_records(open_snapshot(small), load_rules(pack), date(2026, 9, 30), followed=(), needs={})
    return Done(*made)


class Beside:
    """A second process that works at once, in this one."""

    def __init__(self):
        self.found = None

    def ask(self, work, *given):
        self.found = work(*given)

    def answer(self):
        return self.found


class Ended:
    """One that has ended."""

    def ask(self, _work, *_given):
        msg = "it ended"
        raise SecondProcessError(msg)


def hidden(made):
    return [
        (one.measure.code, result.office_id)
        for one in made.measured
        for result in (one.total, *one.offices)
        if result.figure.outcome is Outcome.SUPPRESSED
    ]


def test_the_second_process_suppresses_what_this_one_would(done):
    here, withheld = begin_suppression(done.assessment, done.worked, None)()
    there = begin_suppression(done.assessment, done.worked, Beside())()
    assert there == (here, withheld)
    assert hidden(here)
    assert not hidden(done.assessment)


def test_what_leaves_beside_it_hides_no_less_than_the_assessment_alone(done):
    here, _ = begin_suppression(done.assessment, done.worked, None)()
    assert set(hidden(outward(done.assessment))) <= set(hidden(here))


def test_an_end_of_the_second_process_is_told(done):
    with pytest.raises(EngineError, match="it ended"):
        begin_suppression(done.assessment, done.worked, Ended())
