"""The hiring plan of a run: from the agency's own assumptions, and from nothing else."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeout.assess.errors import NothingToAssessError
from closeout.assess.second import SecondProcessError
from closeout.engines import EngineError
from closeout.evidence.freezing.hiring import HIRING, hiring_answer, why_not
from closeout.evidence.freezing.staffing import Runs
from closeout.evidence.needs import SEVERAL_YEARS, covered_by

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from closeout.assess.second import Second
    from closeout.assess.work import Ground
    from closeout.evidence.assessment import Assessment
    from closeout.evidence.freezing.frozen import Answer
    from closeout.records.snapshot import Snapshot
    from closeout.workload.plan_asked import PlanAsked

    Made = Answer | str
    """A plan as a result to freeze, or why there is none."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of the hiring assumptions that were given."""

    answer: Answer | None
    note: str = ""
    """Why there is no plan; empty where there is one."""


def hiring_of(path: Path | None) -> PlanAsked | None:
    """Return what a file assumes of hiring; None where no file was given.

    Raises:
        PackError: With everything that is wrong with it, each with file and line.

    """
    if path is None:
        return None
    from closeout.workload.read_hiring import read_hiring  # noqa: PLC0415 - scipy, only when asked

    return read_hiring(path)


def check_hiring(asked: PlanAsked | None, snapshot: Snapshot, as_of: date) -> None:
    """Pass where a plan can be looked for.

    Raises:
        NothingToAssessError: There is no such office, or the day is not ahead; before anything is worked out.

    """
    if asked is None:
        return
    from closeout.workload.hiring_run import PlanError  # noqa: PLC0415 - as above
    from closeout.workload.plan_asked import check_asked  # noqa: PLC0415 - as above

    try:
        check_asked(asked, snapshot, as_of)
    except PlanError as error:
        message = f"the hiring plan: {error}"
        raise NothingToAssessError(message) from error


def begin_plan(ground: Ground, asked: PlanAsked | None, second: Second | None) -> Callable[[], Planned]:
    """Begin a hiring plan, in the second process where there is one, and return what waits for it.

    Args:
        ground: What to work on.
        asked: The agency's assumptions; None: no plan is made.
        second: The process beside this one, with nothing left to answer.

    """
    if asked is None:
        return lambda: Planned(None)
    if second is None or not ground.is_embedded:
        return lambda: _planned(plan_made(ground, asked))
    try:
        second.ask(plan_made, ground, asked)
    except SecondProcessError as error:
        raise EngineError(str(error)) from error

    def wait() -> Planned:
        try:
            return _planned(second.answer())
        except SecondProcessError as error:
            raise EngineError(str(error)) from error

    return wait


def plan_made(ground: Ground, asked: PlanAsked) -> Made:
    """Return a hiring plan as a result to freeze, or why there is none."""
    with closing(ground.connect()) as engine:
        try:
            return hiring_answer(Runs(engine, ground.snapshot, ground.pack, ground.as_of), asked)
        except (LookupError, ValueError) as error:
            return " ".join(str(error).split())


def with_plan(made: Assessment, planned: Planned) -> Assessment:
    """Return an assessment with the needs covered that a hiring plan covers, or with why it does not.

    Args:
        made: The assessment.
        planned: What came of the assumptions; without any the needs stay as they are.

    """
    if planned.answer is None and not planned.note:
        return made

    def why(text: str) -> str:
        if planned.answer is None:
            return f"no hiring plan could be made, {planned.note}"
        is_many = any(words in text.casefold() for words in SEVERAL_YEARS)
        said = why_not(planned.answer.rows, made.as_of, is_many_years=is_many)
        return f"the hiring plan does not cover it: {said.rstrip('.')}" if said else ""

    return replace(made, assessed=tuple(covered_by(each, HIRING, why) for each in made.assessed))


def _planned(made: Made) -> Planned:
    return Planned(None, made) if isinstance(made, str) else Planned(made)
