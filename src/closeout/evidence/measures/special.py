"""The measures that no query over duties or a table gives: checks, verdicts, staffing, the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.measure import Measured, Result
from closeout.evidence.measures.run_tally import NO_OFFICE
from closeout.evidence.measures.special_current import current_figure
from closeout.evidence.measures.special_findings import findings_figure, rules_of
from closeout.evidence.measures.special_partners import coverage_figure
from closeout.evidence.measures.special_recommendations import recommendation_figure
from closeout.evidence.measures.special_site import Site, site_figure
from closeout.evidence.measures.special_staffing import staffing_figure, staffing_offices, staffing_verdict
from closeout.evidence.measures.special_training import comparison_figure
from closeout.evidence.measures.special_verdicts import funnel_figure, standards_figure, visits_figure
from closeout.evidence.measures.targets import verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from closeout.evidence.measures.measure import Measure
    from closeout.evidence.measures.special_look import Found
    from closeout.followup.followed import Followed
    from closeout.workload.figures import Staffing

__all__ = ["Site", "special"]

_NO_RECORDS = "there are no records to look at"
_NO_REPORTS = "no report was read"
_OF_AN_OFFICE = frozenset({Source.INTEGRITY, Source.COMPARISON, Source.PROJECTION, Source.TRAINING})


def special(
    measures: Iterable[Measure],
    *,
    as_of: date,
    followed: Sequence[Followed] | None = None,
    found: Found | None = None,
    site: Site | None = None,
    staffing: Staffing | None = None,
) -> tuple[Measured, ...]:
    """Return what was measured of every measure that no query gives.

    Args:
        measures: The measures of a pack; those with a query of their own are left out.
        as_of: The day to stand on.
        followed: Every recommendation as of that day; None if no report was read.
        found: What `special_look.look` found in the records; None without records.
        site: What a site tells of its own log; None where there is none, as with files.
        staffing: Demand, hours, need and gap on that day; None where they were not worked out.

    Returns:
        The measures in the order given, with all offices together and, where a figure belongs to an office,
        each office in the order of their codes. They hold on the day alone and have no past periods.

    """
    known = _Known(as_of, followed, found, site, staffing)
    return tuple(known.measured(one) for one in measures if isinstance(one.over, OverSource))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known on a day, and the figures that follow from it."""

    as_of: date
    followed: Sequence[Followed] | None
    found: Found | None
    site: Site | None
    staffing: Staffing | None

    def measured(self, measure: Measure) -> Measured:
        """Return one measure with its figures."""
        total = self.result(measure, None)
        offices = tuple(self.result(measure, office) for office in self.offices(measure))
        return Measured(measure, self.as_of, total, offices, (total,))

    def offices(self, measure: Measure) -> tuple[str, ...]:
        """Return the offices a measure is given for, in order, and last NO_OFFICE where some have none."""
        if _is_of(measure, Source.STAFFING):
            return staffing_offices(measure.code, self.staffing)
        if self.found is None or not _has_offices(measure):
            return ()
        nobodys = _is_of(measure, Source.INTEGRITY) and any(
            one.office_id is None and one.rule in rules_of(measure) for one in self.found.findings.found
        )
        return (*self.found.offices, NO_OFFICE) if nobodys else self.found.offices

    def result(self, measure: Measure, office: str | None) -> Result:
        """Return one measure's result for one office, or for all."""
        figure = self.figure(measure, office)
        judge = staffing_verdict if _is_of(measure, Source.STAFFING) else verdict
        return Result(measure.code, office, None, self.as_of, figure, judge(figure, measure))

    def figure(self, measure: Measure, office: str | None) -> Figure:
        """Return one measure's figure for one office, or for all."""
        over = measure.over
        source = over.source if isinstance(over, OverSource) else None
        if source is Source.RECOMMENDATIONS:
            if self.followed is None:
                return without(Outcome.NOT_ASSESSED, _NO_REPORTS)
            return recommendation_figure(measure.code, self.followed, self.as_of)
        if source is Source.SITE:
            return site_figure(measure.code, self.found.leaks if self.found else None, self.site)
        if source is Source.STAFFING:
            return staffing_figure(measure.code, self.staffing, office)
        if self.found is None:
            return without(Outcome.NO_DATA, _NO_RECORDS)
        return _of_records(measure, source, self.found, self.as_of, office)


def _of_records(
    measure: Measure, source: Source | None, found: Found, as_of: date, office: str | None
) -> Figure:
    if source is Source.INTEGRITY:
        return _of_checks(measure, found, as_of, office)
    if source is Source.COMPARISON:
        return comparison_figure(found.around, office)
    if source is Source.PROJECTION:
        return coverage_figure(found.inspected, office)
    if source is Source.TRAINING:
        return current_figure(found.current, office)
    return _of_verdicts(measure, found, office)


def _of_verdicts(measure: Measure, found: Found, office: str | None) -> Figure:
    if measure.code == "standards-not-assessed":
        return standards_figure(found.standards, office)
    if measure.code == "facilities-outside-funnel":
        return funnel_figure(found.facilities)
    if measure.code == "deficiencies-verified-at-next-visit":
        return visits_figure(found.visits)
    return without(Outcome.NOT_ASSESSED, f"no verdict is called {measure.code}")


def _of_checks(measure: Measure, found: Found, as_of: date, office: str | None) -> Figure:
    if found.stands_on is not None and as_of < found.stands_on:
        reason = f"the records stand as of {found.stands_on} and do not say how this stood on {as_of}"
        return without(Outcome.NO_DATA, reason)
    return findings_figure(measure, found.findings, as_of, office)


def _has_offices(measure: Measure) -> bool:
    return isinstance(measure.over, OverSource) and measure.over.source in _OF_AN_OFFICE


def _is_of(measure: Measure, source: Source) -> bool:
    return isinstance(measure.over, OverSource) and measure.over.source is source
