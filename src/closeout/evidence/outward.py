"""An assessment as it may leave the agency: small counts, and what gives them away, are not shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.evidence.gaps import largest_gaps
from closeout.evidence.judging import missing
from closeout.evidence.suppression.measured import suppress_measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.evidence.assessment import Assessment
    from closeout.evidence.measures.measure import Measured


def outward(made: Assessment) -> Assessment:
    """Return an assessment with small counts suppressed everywhere, in sentences too.

    What the records say of each recommendation stays as it was judged on all figures.
    """
    return outward_as(made, suppress_measured(made.measured))


def outward_as(made: Assessment, measured: Sequence[Measured]) -> Assessment:
    """Return an assessment with its measures as they may be exported, in its sentences too."""
    by_code = {each.measure.code: each for each in measured}
    assessed = tuple(
        replace(
            each,
            missing=tuple(missing([by_code[code] for code in each.measures if code in by_code], each.needs)),
        )
        for each in made.assessed
    )
    return replace(made, measured=tuple(measured), assessed=assessed, gaps=largest_gaps(measured))
