"""Whether deficiencies come back, and how long until a fix is verified (G6, persistence)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from closeout.evidence.statistics.intervals import Interval, cluster_bootstrap
from closeout.evidence.statistics.survival import Survival, kaplan_meier
from closeout.evidence.verdicts.inspected import by_facility
from closeout.evidence.verdicts.reading import known, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine
    from closeout.evidence.verdicts.inspected import Found, Inspected

_DAY = timedelta(days=1)
SEED = 20240926
"""Fixed, so that the same records give the same interval for ever."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many deficiencies were cited at the inspection before, too.

    Attributes:
        flagged: How many the reports themselves call repeats, of all deficiencies.
        deficiencies: All deficiencies.
        matched: How many have the same component or code at the facility's inspection just before.
        could_match: Of how many: those with a code, at inspections that had one before.
        share: matched / could_match, 0-1; None where none could match.
        interval: Over whole facilities drawn again: deficiencies of one facility depend on each other.

    """

    flagged: int
    deficiencies: int
    matched: int
    could_match: int
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class NextVisit:
    """How many deficiencies were seen to be put right at the facility's next inspection.

    Attributes:
        verified: Verified by the last day of the next inspection, which did not cite the same again.
        cited_again: The next inspection cited the same, whatever had been verified.
        followed: All with a next inspection, without those put right on the spot and those waived.
        share: verified / followed, 0-1; None where none could be followed.
        interval: Over whole facilities drawn again.

    """

    verified: int
    cited_again: int
    followed: int
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Verified:
    """How long until the fix of a deficiency was verified.

    Attributes:
        curve: Days from citation to verification. Those not verified are censored on the as-of date, waived
            ones on the day of their closing, if they have one. None where nothing can be followed.
        on_site: Put right during the inspection: left out of the curve.
        waived: Waived: censored.
        closed_unverified: Closed without a verified action: censored, since nobody saw the fix.
        next_visit: What the next inspection of the facility showed; None where nothing can be followed.

    """

    curve: Survival | None
    on_site: int
    waived: int
    closed_unverified: int
    next_visit: NextVisit | None = None


def repeats(inspections: Sequence[Inspected]) -> Repeats:
    """Return how many deficiencies repeat from one inspection of a facility to the next.

    Args:
        inspections: Of any number of facilities; follow-ups count as inspections.

    """
    clusters = []
    for each in by_facility(inspections).values():
        matched = could = 0
        for before, after in pairwise(each):
            cited = {one.what for one in before.found}
            coded = [one for one in after.found if one.what]
            could += len(coded)
            matched += sum(one.what in cited for one in coded)
        clusters.append((matched, could))
    matched, could = sum(one[0] for one in clusters), sum(one[1] for one in clusters)
    everything = [one for inspection in inspections for one in inspection.found]
    return Repeats(
        sum(one.is_repeat for one in everything),
        len(everything),
        matched,
        could,
        matched / could if could else None,
        cluster_bootstrap([one for one in clusters if one[1]], seed=SEED) if could else None,
    )


def verified(
    engine: Engine, tables: Mapping[str, ir.Table], inspections: Sequence[Inspected], as_of: date
) -> Verified:
    """Return how long until deficiencies were verified as put right.

    Args:
        engine: Where the tables are.
        tables: The tables by name; without `corrective_actions` nothing can be followed.
        inspections: With their deficiencies.
        as_of: The day to stand on.

    """
    seen = verified_on(engine, tables, as_of)
    can_be_followed = "corrective_actions" in tables
    everything = [one for inspection in inspections for one in inspection.found]
    followed = [one for one in everything if not one.is_corrected_on_site]
    open_ones = [one for one in followed if one.deficiency_id not in seen]
    ended = Counter(
        max(timedelta(), seen[one.deficiency_id] - one.cited_on).days
        for one in followed
        if one.deficiency_id in seen
    )
    censored = Counter(_last_seen(one, as_of) for one in open_ones)
    return Verified(
        kaplan_meier(ended, censored) if followed and can_be_followed else None,
        len(everything) - len(followed),
        sum(one.state == "waived" for one in open_ones),
        sum(one.closed_on is not None and one.state != "waived" for one in open_ones),
        next_visit(inspections, seen) if can_be_followed else None,
    )


def verified_on(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> dict[int, date]:
    """Return the day on which each deficiency was first verified as put right, by its key."""
    columns = ["action_id", "deficiency_id", "state", "verified_on"]
    seen: dict[int, date] = {}
    for row in rows_of(engine, tables, "corrective_actions", columns):
        day = known(row["verified_on"], as_of)
        if day is not None and row["state"] == "verified":
            seen[row["deficiency_id"]] = min(day, seen.get(row["deficiency_id"], day))
    return seen


def next_visit(
    inspections: Sequence[Inspected], seen: Mapping[int, date], *, since: date | None = None
) -> NextVisit:
    """Return what the next inspection of a facility showed of the deficiencies of the one before.

    Args:
        inspections: Of any number of facilities; follow-ups count as inspections.
        seen: The day on which each deficiency was verified, by its key.
        since: Only next inspections that ended on this day or later; all if None.

    """
    clusters, again = [], 0
    for each in by_facility(inspections).values():
        right = followed = 0
        for before, after in pairwise(each):
            if since is not None and after.ended_on < since:
                continue
            cited = {one.what for one in after.found if one.what}
            owed = [one for one in before.found if not one.is_corrected_on_site and one.state != "waived"]
            followed += len(owed)
            again += sum(one.what in cited for one in owed)
            right += sum(
                one.what not in cited and seen.get(one.deficiency_id, after.ended_on + _DAY) <= after.ended_on
                for one in owed
            )
        clusters.append((right, followed))
    right, followed = sum(one[0] for one in clusters), sum(one[1] for one in clusters)
    return NextVisit(
        right,
        again,
        followed,
        right / followed if followed else None,
        cluster_bootstrap([one for one in clusters if one[1]], seed=SEED) if followed else None,
    )


def _last_seen(one: Found, as_of: date) -> int:
    """Return for how many days a deficiency without a verified fix has been followed."""
    until = one.closed_on if one.state == "waived" and one.closed_on else as_of
    return max(0, (until - one.cited_on).days)
