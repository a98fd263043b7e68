"""Small counts withheld from what is exported, so that nobody can work them out.

Counts from 1 to 10 are withheld (zero stays), and with them the counts and shares from which they could be
worked out by subtraction.
"""

from closeout.evidence.suppression.audit import Range, exposed, ranges
from closeout.evidence.suppression.cells import THRESHOLD, Counts, Sum, SuppressionError, Withheld
from closeout.evidence.suppression.measured import suppress_beside, suppress_measured
from closeout.evidence.suppression.search import withhold
from closeout.evidence.suppression.tables import NOT_SHOWN, Layout, suppress_table
from closeout.evidence.suppression.together import given_away, withhold_beside

__all__ = [
    "NOT_SHOWN",
    "THRESHOLD",
    "Counts",
    "Layout",
    "Range",
    "Sum",
    "SuppressionError",
    "Withheld",
    "exposed",
    "given_away",
    "ranges",
    "suppress_beside",
    "suppress_measured",
    "suppress_table",
    "withhold",
    "withhold_beside",
]
