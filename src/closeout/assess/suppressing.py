"""Suppression of small counts, in the second process where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.assess.second import SecondProcessError
from closeout.engines import EngineError
from closeout.evidence.freezing.staffing import counts_of_staffing
from closeout.evidence.outward import outward_as
from closeout.evidence.suppression import suppress_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from closeout.assess.second import Second
    from closeout.assess.work import Worked
    from closeout.evidence.assessment import Assessment

    Shown = tuple[Assessment, Mapping[str, frozenset[str | None]]]


def begin_suppression(made: Assessment, worked: Worked, second: Second | None) -> Callable[[], Shown]:
    """Begin to suppress small counts, and return what waits for it.

    What waits returns the assessment as it may leave the agency, and by the name of each table beside it the
    offices whose counts are not shown; it raises `EngineError` where the second process ended.

    Args:
        made: The assessment with all its figures.
        worked: What was worked out behind it: the counts of its staffing leave the agency too.
        second: The process beside this one, with nothing left to answer; None: done here, when waited for.

    """
    staffing = worked.beside.staffing
    tables = counts_of_staffing(staffing) if staffing else ()

    def wait() -> Shown:
        try:
            measured, withheld = second.answer() if second else suppress_beside(made.measured, tables)
        except SecondProcessError as error:
            raise EngineError(str(error)) from error
        return outward_as(made, measured), withheld

    if second:
        try:
            second.ask(suppress_beside, made.measured, tables)
        except SecondProcessError as error:
            raise EngineError(str(error)) from error
    return wait
