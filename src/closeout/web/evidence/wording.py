"""How the pages colour verdicts, and the few words that only pages use; all others are `evidence.wording`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.assessment import Standing
from closeout.evidence.letters.words import method_words
from closeout.evidence.measures.measure import Direction, Shape, Verdict
from closeout.evidence.wording import with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.evidence.figures import Figure

SHARE = "share"
VERDICT_TONES: Mapping[str, str] = {
    Verdict.MET: "closed",
    Verdict.NOT_MET: "late",
    Verdict.NOT_MET_NOT_ESTABLISHED: "late",
    Verdict.MET_NOT_ESTABLISHED: "active",
}
STANDING_WORDS: Mapping[str, str] = {
    Standing.DONE: "being done",
    Standing.PARTLY: "being done in part",
    Standing.NOT_DONE: "not being done",
    Standing.UNSETTLED: "not settled by the records",
    Standing.NOT_ASSESSED: "not assessed",
}
STANDING_TONES: Mapping[str, str] = {
    Standing.DONE: "closed",
    Standing.PARTLY: "active",
    Standing.NOT_DONE: "late",
    Standing.UNSETTLED: "active",
}
SHAPE_WORDS: Mapping[str, str] = {
    Shape.SHARE: "A share: rows that do, of rows that could.",
    Shape.COUNT: "A count, as of the day.",
    Shape.RATE: "A rate: events over what could have had them.",
    Shape.MEDIAN: "A median length of time: half took no longer.",
    Shape.SURVIVAL: "The median time until an end; what has not ended counts as lasting until the day.",
}
SUPPRESSED = "suppressed"
SUPPRESSED_WHY = "a count from 1 to 10, or a figure that would give such a count away"
NO_OFFICE = "no office recorded"


def unit_heading(unit: str) -> str:
    """Return a measure's unit as a heading says it: shares are shown in percent."""
    return "%" if unit == SHARE else unit


def target_words(target: float | None, unit: str, direction: str) -> str:
    """Return a target as "95.0 % or more"; "none" without one."""
    if target is None:
        return "none"
    way = "or more" if direction == Direction.UP else "or less"
    return f"{with_unit(target, unit)} {way}"


def interval_words(figure: Figure) -> str:
    """Return how sure a figure's interval is and how it was made: "95 %, Wilson"; empty without one."""
    return f"{100 * figure.level:g} %, {method_words([figure])}" if figure.method else ""


def counted(value: float | None) -> str:
    """Return a numerator or denominator: whole, or with one decimal where it is an exposure."""
    if value is None:
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
