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
class Verified:
    """How long until the fix of a deficiency was verified.

    Attributes:
        curve: Days from citation to verification. Those not verified are censored on the as-of date, waived
            ones on the day of their closing, if they have one. None where nothing can be followed.
        on_site: Put right during the inspection: left out of the curve.
        waived: Waived: censored.
        closed_unverified: Closed without a verified action: censored, since nobody saw the fix.

    """

    curve: Survival | None
    on_site: int
    waived: int
    closed_unverified: int


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
    columns = ["action_id", "deficiency_id", "state", "verified_on"]
    seen: dict[int, date] = {}
    for row in rows_of(engine, tables, "corrective_actions", columns):
        day = known(row["verified_on"], as_of)
        if day is not None and row["state"] == "verified":
            seen[row["deficiency_id"]] = min(day, seen.get(row["deficiency_id"], day))
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
        kaplan_meier(ended, censored) if followed and "corrective_actions" in tables else None,
        len(everything) - len(followed),
        sum(one.state == "waived" for one in open_ones),
        sum(one.closed_on is not None and one.state != "waived" for one in open_ones),
    )


def _last_seen(one: Found, as_of: date) -> int:
    """Return for how many days a deficiency without a verified fix has been followed."""
    until = one.closed_on if one.state == "waived" and one.closed_on else as_of
    return max(0, (until - one.cited_on).days)
