"""From a clause of a pack to one expression that lists every instance of its duty.

`instances` is the listing, `counts` the grouped totals; `rates` counts, without listing, how often all
clauses call for their duties over some `Months`. All are plain Ibis: nothing runs here.
"""

from closeout.duties.compile.instance import counts, instances
from closeout.duties.compile.needs import missing_tables, needed_tables
from closeout.duties.compile.rate_reads import Months
from closeout.duties.compile.rates import Rates, rates
from closeout.duties.compile.tallies import Cut, Standing, tallies

__all__ = [
    "Cut",
    "Months",
    "Rates",
    "Standing",
    "counts",
    "instances",
    "missing_tables",
    "needed_tables",
    "rates",
    "tallies",
]
