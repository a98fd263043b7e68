"""Results kept as evidence: frozen with all that is needed to work them out again, and verified anywhere."""

from closeout.evidence.freezing.differences import Difference
from closeout.evidence.freezing.freeze import FreezeError, freeze, write_frozen
from closeout.evidence.freezing.frozen import Answer, Frozen, FrozenError, Kind
from closeout.evidence.freezing.hashing import Hashes
from closeout.evidence.freezing.recompute import Wanted, answers, recomputer
from closeout.evidence.freezing.staffing import StaffingAsked
from closeout.evidence.freezing.verdicts import VERDICTS
from closeout.evidence.freezing.verify import Finding, Verification, Verified, verify

__all__ = [
    "VERDICTS",
    "Answer",
    "Difference",
    "Finding",
    "FreezeError",
    "Frozen",
    "FrozenError",
    "Hashes",
    "Kind",
    "StaffingAsked",
    "Verification",
    "Verified",
    "Wanted",
    "answers",
    "freeze",
    "recomputer",
    "verify",
    "write_frozen",
]
