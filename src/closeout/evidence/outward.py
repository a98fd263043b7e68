"""An assessment as it may leave the agency: small counts, and what gives them away, are not shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.evidence.gaps import largest_gaps
from closeout.evidence.judging import missing
from closeout.evidence.suppression.measured import suppress_beside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from closeout.evidence.assessment import Assessment
    from closeout.evidence.suppression.beside import ByOffice


def outward(made: Assessment) -> Assessment:
    """Return an assessment with small counts suppressed everywhere, in sentences too.

    What the records say of each recommendation stays as it was judged on all figures.
    """
    return outward_beside(made, ())[0]


def outward_beside(
    made: Assessment, tables: Sequence[ByOffice]
) -> tuple[Assessment, Mapping[str, frozenset[str | None]]]:
    """Return an assessment with small counts suppressed, and what to withhold of counts by office beside it.

    Args:
        made: The assessment.
        tables: Counts by office that leave the agency with it.

    Returns:
        The assessment as `outward` has it; and by the name of each table the offices that are not shown.

    """
    measured, withheld = suppress_beside(made.measured, tables)
    by_code = {each.measure.code: each for each in measured}
    assessed = tuple(
        replace(
            each,
            missing=tuple(missing([by_code[code] for code in each.measures if code in by_code], each.needs)),
        )
        for each in made.assessed
    )
    return replace(made, measured=measured, assessed=assessed, gaps=largest_gaps(measured)), withheld
