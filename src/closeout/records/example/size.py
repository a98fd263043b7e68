"""How large an example is. The published ratios of cases to officers hold at region and national size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from closeout.records.example.arrays import Ints

OFFICES = 24
CASES_PER_OFFICER = (
    4_310, 1_722, 3_950, 6_280, 2_340, 5_120, 7_450, 3_020, 10_153, 4_870, 2_110, 3_560,
    5_660, 8_240, 2_690, 4_480, 1_930, 6_910, 3_270, 5_380, 4_040, 2_850, 9_020, 3_710,
)  # fmt: skip
"""Cases that are not detained per officer of that docket, by office: 1,720 to 10,156 were published."""
DETAINED_PER_OFFICER = (
    88, 72, 95, 104, 66, 81, 109, 77, 98, 85, 69, 92, 101, 74, 90, 83, 65, 107, 79, 96, 86, 71, 100, 76,
)  # fmt: skip
"""Detained cases per officer of that docket, by office: 65 to 110 were published."""
_NATIONAL_OFFICERS = (
    22, 30, 18, 20, 26, 16, 28, 24, 12, 20, 36, 22, 18, 14, 30, 22, 28, 16, 24, 18, 20, 26, 10, 3,
)  # fmt: skip
_NATIONAL_DETAINED = (
    24, 12, 16, 30, 10, 18, 34, 14, 36, 20, 8, 12, 22, 18, 10, 16, 8, 28, 12, 20, 16, 10, 24, 2,
)  # fmt: skip
LONE_JUVENILE_OFFICE = 8
"""Where one officer has the whole juvenile docket."""
VACANT_OFFICE = 23
"""Where 6 of 19 posts are vacant."""
POSTS_OF_VACANT_OFFICE = 19
VACANT_POSTS = 6


@dataclass(frozen=True, slots=True)
class Size:
    """The numbers an example of one size is made from."""

    name: str
    caseload_share: float
    """Of the published cases per officer."""
    officers: tuple[int, ...]
    """On the docket that is not detained, by office."""
    detained_officers: tuple[int, ...]
    juveniles: int
    """On the lone juvenile officer's docket."""
    juveniles_detained: int
    other_officers: int
    """In an office's other units."""
    desk_contacts: int
    """An office and working day."""
    study_waves: int
    """Two-week time studies."""
    planted: int
    """Rows of each planted defect of a case."""
    chunk: int = 200_000
    """Cases made at a time; bounds the memory."""
    study_share: float = 1.0
    """Of the officers, asked in each time study."""

    def not_detained(self) -> Ints:
        """Return the open cases per office that are not detained, juveniles apart."""
        ratio = np.asarray(CASES_PER_OFFICER) * self.caseload_share
        cases: Ints = np.rint(ratio * np.asarray(self.officers)).astype(np.int64)
        return cases

    def detained(self) -> Ints:
        """Return the open detained cases per office, juveniles apart."""
        ratio = np.asarray(DETAINED_PER_OFFICER) * min(1.0, self.caseload_share * 5)
        cases: Ints = np.rint(ratio * np.asarray(self.detained_officers)).astype(np.int64)
        return cases


SIZES = {
    size.name: size
    for size in (
        Size("small", 0.03, (1,) * OFFICES, (1,) * OFFICES, 120, 3, 4, 1, 1, 3),
        Size("region", 1.0, (1,) * OFFICES, (1,) * OFFICES, 6_000, 150, 8, 8, 2, 12),
        replace(
            Size("national", 1.0, _NATIONAL_OFFICERS, _NATIONAL_DETAINED, 6_000, 150, 170, 90, 3, 60),
            study_share=0.35,
        ),
    )
}
