"""What the records say of a recommendation, in words, and what is missing to close it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.assessment import Assessed, Standing
from closeout.evidence.figures import OUTCOME_WORDS, Outcome
from closeout.evidence.measures.measure import Verdict
from closeout.evidence.wording import said, target
from closeout.reading.countwords import counted, some_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.evidence.assessment import NeedCovered
    from closeout.evidence.measures.measure import Measured, Result
    from closeout.followup.followed import Followed

_MOST_OFFICES = 8
_ON_TARGET = frozenset({Verdict.MET, Verdict.MET_NOT_ESTABLISHED})
_OFF_TARGET = frozenset({Verdict.NOT_MET, Verdict.NOT_MET_NOT_ESTABLISHED})


def judged(followed: Followed, measured: Sequence[Measured], needs: Sequence[NeedCovered]) -> Assessed:
    """Return a recommendation beside its measures.

    Args:
        followed: The recommendation as of the day.
        measured: The measures that answer it.
        needs: What the auditor needs, with what covers it.

    """
    standing, words = verdict_on([each.total for each in measured])
    return Assessed(
        followed=followed,
        measures=tuple(each.measure.code for each in measured),
        needs=tuple(needs),
        missing=tuple(missing(measured, needs)),
        verdict=words,
        standing=standing,
    )


def verdict_on(results: Sequence[Result]) -> tuple[Standing, str]:
    """Return what some measures say together. What cannot be assessed never counts as done.

    A measure without a target tells the reader something and judges nothing: it takes no part.

    Args:
        results: The newest figure of each, all offices.

    Returns:
        The standing, and a sentence's worth of words.

    """
    if not results:
        return Standing.NOT_ASSESSED, "not assessed: no measure is linked to it"
    aimed = [each for each in results if each.verdict is not Verdict.NO_TARGET]
    if not aimed:
        return Standing.NOT_ASSESSED, "not assessed: what is measured has no target to be judged by"
    having = [each for each in aimed if each.verdict is not Verdict.NOT_ASSESSED]
    if not having:
        return Standing.NOT_ASSESSED, f"not assessed: {aimed[0].figure.reason}"
    standing, words = _by_counts(having)
    left = len(aimed) - len(having)
    if left:
        words += f"; {some_of(left, len(aimed), 'measure')} cannot be judged"
        standing = Standing.PARTLY if standing is Standing.DONE else standing
    return standing, words


def _by_counts(having: Sequence[Result]) -> tuple[Standing, str]:
    """Return what measures that have a value and a target say."""
    count = len(having)
    off = sum(each.verdict in _OFF_TARGET for each in having)
    established = sum(each.verdict in {Verdict.MET, Verdict.NOT_MET} for each in having)
    if off == count:
        if not any(each.verdict is Verdict.NOT_MET for each in having):
            return (
                Standing.UNSETTLED,
                f"the records do not settle it: {_of(off, count)} off target, none surely",
            )
        return Standing.NOT_DONE, f"the records show it is not being done: {_of(off, count)} off target"
    if off:
        return Standing.PARTLY, f"the records show it is being done in part: {_of(off, count)} off target"
    if established < count:
        unsure = count - established
        return (
            Standing.UNSETTLED,
            f"the records do not settle it: {_of(unsure, count)} on target but not surely",
        )
    return Standing.DONE, f"the records show it is being done: {_of(count, count)} on target"


def _of(some: int, count: int) -> str:
    return some_of(some, count, "measure")


def missing(measured: Sequence[Measured], needs: Sequence[NeedCovered]) -> Iterator[str]:
    """Yield what is missing to close a recommendation, a sentence each: needs first, then measures."""
    for need in needs:
        if need.lacks:
            yield need.lacks
    if not measured:
        yield "No measure is linked to it, so that the records cannot show whether it is done"
    for each in measured:
        yield from _missing_of(each)


def _missing_of(each: Measured) -> Iterator[str]:
    """Yield what one measure lacks: its target in all, and the offices that have nothing to show."""
    measure, total = each.measure, each.total
    if total.figure.outcome is Outcome.SUPPRESSED:
        yield f"{measure.title}: {OUTCOME_WORDS[Outcome.SUPPRESSED]}"
        return
    if total.verdict is Verdict.NOT_ASSESSED:
        yield f"{measure.title}: {said(total.figure, measure)}"
        return
    if total.verdict is Verdict.NO_TARGET:
        return
    if total.verdict in _OFF_TARGET:
        unsure = "the interval reaches over the target" if total.figure.method else "there is no interval"
        sure = "" if total.verdict is Verdict.NOT_MET else f"; {unsure}"
        yield f"{measure.title}: target {target(measure)}, is {said(total.figure, measure)}{sure}"
    if total.verdict is Verdict.MET_NOT_ESTABLISHED:
        over = (
            f"the interval reaches over {target(measure)}" if total.figure.method else "there is no interval"
        )
        yield f"{measure.title}: on target at {said(total.figure, measure)}, but {over}"
    for reason, offices in _without(each).items():
        yield f"{_named(offices)}: {measure.title} has no figure, {reason}"


def _without(each: Measured) -> dict[str, list[str]]:
    """Return the offices that have no data though others have, by the reason, in order of their codes."""
    lacking: dict[str, list[str]] = {}
    for result in each.offices:
        if result.figure.outcome in {Outcome.NO_DATA, Outcome.NOT_ASSESSED} and result.office_id:
            lacking.setdefault(result.figure.reason, []).append(result.office_id)
    return lacking


def _named(offices: Sequence[str]) -> str:
    if len(offices) <= _MOST_OFFICES:
        return ", ".join(offices)
    return f"{', '.join(offices[:_MOST_OFFICES])} and {counted(len(offices) - _MOST_OFFICES, 'other office')}"
