"""What stands beside a need's intervals: the robust band, and the diaries to keep next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.workload.draws import Basis
from closeout.workload.officer_sums import officer_sums
from closeout.workload.robust import Paid, RobustBand, need_band
from closeout.workload.variance import NextDiaries, fte_by_activity, next_diaries

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from closeout.workload.draws import WeightDraws
    from closeout.workload.need_draws import Posts, Work

    Floats = NDArray[np.float64]

TWENTY_DAYS = 4
"""Officer-weeks in twenty diary days."""
_ENDS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class OfficeBand:
    """The robust band of one office."""

    office_id: str
    band: RobustBand
    minutes: float
    """Case minutes recorded there, which the weights must add up to; 0 where no diary binds them."""


@dataclass(frozen=True, slots=True)
class Further:
    """The robust bands and the next diaries of a run."""

    offices: tuple[OfficeBand, ...]
    """In the order of the offices' codes."""
    low_fte: float
    """The nation's least need: the sum of the offices'."""
    high_fte: float
    diaries: NextDiaries

    def plain(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "low_fte": self.low_fte,
            "high_fte": self.high_fte,
            "offices": [
                {"office_id": each.office_id, "minutes": each.minutes} | each.band.plain()
                for each in self.offices
            ],
            "next_diaries": self.diaries.plain(),
        }


def further(
    weights: WeightDraws, work: Work, posts: Posts, diary: pa.Table, *, officer_weeks: int = TWENTY_DAYS
) -> Further:
    """Return the robust band of each office and the diaries that would shrink the uncertainty most.

    The weights of an office may lie anywhere within their 90 % intervals as long as its tasks times its
    weights add up to the minutes that its officers recorded; for an office without diaries only the
    intervals bind. Weights that no diary tells of (experts', adjusted ones) are not held to the minutes.

    Args:
        weights: Draws of the minutes.
        work: What each group is called on to do.
        posts: What turns hours into full-time equivalents.
        diary: The diaries that the weights rest on.
        officer_weeks: Of diary to give out.

    """
    fte = fte_by_activity(work, posts, weights)
    known = np.nan_to_num(weights.minutes)
    low, middle, high = np.quantile(known, (_ENDS[0], 0.5, _ENDS[1]), axis=0)
    slopes = np.divide(fte, middle, out=np.zeros_like(fte), where=middle > 0)
    sums = officer_sums(diary, weights.activities, weights.offices)
    minutes, tasks = sums.by_officer()
    made = []
    for place, office in enumerate(weights.offices):
        here = sums.office_of == place
        seen = np.array([basis[place] in {Basis.OFFICERS, Basis.POOLED} for basis in weights.basis])
        recorded = float(minutes[here][:, seen].sum())
        counted = np.where(seen, tasks[here].sum(axis=0), 0.0)
        paid = [Paid(office, tuple(counted), recorded)] if recorded > 0 else []
        named = float(posts.collateral_fte[posts.office == place].sum())
        band = need_band(slopes[:, place], low[:, place], high[:, place], paid, fixed_fte=named)
        made.append(OfficeBand(office, band, recorded))
    return Further(
        tuple(made),
        sum(each.band.low_fte for each in made),
        sum(each.band.high_fte for each in made),
        next_diaries(weights, fte, officer_weeks),
    )
