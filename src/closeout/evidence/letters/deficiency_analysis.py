"""The quarterly analysis of inspection deficiencies: across facilities, over time, and their fixes (G6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.letters.about import about
from closeout.evidence.letters.determination_memo import NO_PERSONS
from closeout.evidence.letters.paper import Block, Grid, Heading, Paper, Points, Words
from closeout.evidence.letters.pdf import to_pdf
from closeout.evidence.letters.words import counted, day_words, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from closeout.evidence.statistics.intervals import Interval
    from closeout.evidence.verdicts.deficiencies import DeficiencyAnalysis, FacilityFigures

_COMPARED = (
    "Facilities are compared by deficiencies per component assessed, standardized indirectly: observed "
    "beside what the national rate of the same standards and kind of inspection leads one to expect. Limits "
    "are at 95 % and 99.8 %, widened for common spread. Facilities stand in the order of their codes; "
    "this is no league table."
)
_TRENDS = "Trends are tested by Mann–Kendall, corrected for autocorrelation and for the number of facilities."
SIGNATURE = ("[Signature of the program manager]  [Date]", "[Role]")


def deficiency_analysis_pdf(
    made: DeficiencyAnalysis, *, agency: str, sources: Mapping[str, Any] | None = None
) -> bytes:
    """Return the analysis as PDF/UA-1."""
    return to_pdf(deficiency_analysis(made, agency=agency, sources=sources))


def deficiency_analysis(
    made: DeficiencyAnalysis, *, agency: str, sources: Mapping[str, Any] | None = None
) -> Paper:
    """Return the analysis: what stands out first, then the figures it rests on, then what nobody can say.

    Args:
        made: The figures.
        agency: Whose inspections they are.
        sources: What was read.

    """
    blocks: list[Block] = [Heading("What stands out")]
    if made.signals:
        blocks.append(Points(tuple(sentence(each) for each in made.signals)))
    else:
        blocks.append(Words("No facility lies outside what chance and common spread explain."))
    blocks += [
        Heading("Actions"),
        Words("[Actions decided on, each with its owner’s role and date.]", "fill"),
    ]
    blocks += _across(made)
    blocks += _over_time(made)
    blocks += _persistence(made)
    return Paper(
        title="Quarterly analysis of inspection deficiencies",
        agency=agency,
        as_of=made.as_of,
        facts=(
            ("Figures as of", day_words(made.as_of)),
            ("Compared across facilities", f"inspections that ended since {day_words(made.since)}"),
            ("On record", _on_record(made)),
        ),
        blocks=tuple(blocks),
        signature=SIGNATURE,
        about=(
            *about(made.as_of, sources)[:2],
            _COMPARED,
            _TRENDS,
            NO_PERSONS,
            *(f"Not covered: {sentence(each)}" for each in made.cannot),
        ),
    )


def _on_record(made: DeficiencyAnalysis) -> str:
    found = counted(made.deficiencies, "deficiency", "deficiencies")
    exposed = f"{made.with_exposure:,} of them say how many components were assessed"
    return f"{counted(made.inspections, 'inspection')}, {exposed}; {found}"


def _across(made: DeficiencyAnalysis) -> Iterator[Block]:
    yield Heading("Across facilities")
    placed = [one for one in made.facilities if one.placed is not None and one.standardized is not None]
    if not placed:
        yield Words("No facility has an exposure in these months: none can be compared.")
        return
    yield Grid(
        f"{counted(len(placed), 'facility', 'facilities')}, observed beside expected deficiencies",
        ("Facility", "Components", "Observed", "Expected", "Ratio (95 % interval)", "Beside the limits"),
        tuple(_facility(one) for one in placed),
        widths=(6, 5, 4, 4, 5, 5),
        numeric=(1, 2, 3),
    )
    if made.funnel is not None and made.funnel.note:
        yield Words(sentence(made.funnel.note))


def _facility(one: FacilityFigures) -> tuple[str, ...]:
    if one.standardized is None or one.placed is None:
        return (one.facility_id, "none", "none", "none", "none", "not compared")
    made = one.standardized
    ratio = f"{made.ratio:.2f}{_ends(made.interval, 1, 2)}" if made.ratio is not None else "none"
    return (
        f"{one.facility_id} {one.label}".strip(),
        f"{made.exposure:,.0f}",
        f"{made.observed:,}",
        f"{made.expected:.1f}",
        ratio,
        one.placed.position.value,
    )


def _over_time(made: DeficiencyAnalysis) -> Iterator[Block]:
    yield Heading("Over time")
    if not made.quarters:
        yield Words("There is no inspection on record.")
        return
    yield Grid(
        f"{counted(len(made.quarters), 'fiscal quarter')}, all facilities",
        ("Quarter", "Inspections", "With exposure", "Components", "Deficiencies", "Per component"),
        tuple(
            (
                one.quarter,
                f"{one.inspections:,}",
                f"{one.with_exposure:,}",
                f"{one.components:,}",
                f"{one.deficiencies:,}",
                f"{one.rate:.4f}" if one.rate is not None else "nothing assessed",
            )
            for one in made.quarters
        ),
        numeric=(1, 2, 3, 4, 5),
    )
    test = made.trend.test
    p = f", Mann–Kendall S = {test.s}, p = {test.p:.4f}" if test is not None else ""
    note = f" {sentence(made.trend.note)}" if made.trend.note else ""
    yield Words(f"Trend over the quarters: {made.trend.direction.value}{p}.{note}")


def _persistence(made: DeficiencyAnalysis) -> Iterator[Block]:
    yield Heading("What came of them")
    repeats, verified = made.repeats, made.verified
    said = [f"{repeats.flagged:,} of {repeats.deficiencies:,} are called repeats by the reports themselves."]
    if repeats.share is not None:
        share = f"{repeats.share * 100:.1f} %{_ends(repeats.interval, 100, 1)}"
        said.append(
            f"Cited at the facility’s inspection just before, too: {share}, {repeats.matched:,} of "
            f"{repeats.could_match:,} that could be matched."
        )
    curve = verified.curve
    if curve is None:
        said.append("How long until a fix is verified cannot be followed from these records.")
    else:
        median = f"{curve.median:,.0f} days" if curve.median is not None else "not reached"
        said.append(
            f"Days from citation to verified fix: median {median} ({curve.level * 100:g} % interval "
            f"{_day(curve.low)} to {_day(curve.high)}); {curve.ended:,} of {curve.n:,} verified, "
            f"{curve.censored:,} still open or not seen to the end."
        )
    said.append(
        f"Put right during the inspection and left out: {verified.on_site:,}. Waived: {verified.waived:,}. "
        f"Closed without a verified action: {verified.closed_unverified:,}."
    )
    yield Points(tuple(said))


def _day(days: float | None) -> str:
    return f"{days:,.0f}" if days is not None else "not reached"


def _ends(interval: Interval | None, scale: int, digits: int) -> str:
    if interval is None or interval.low is None or interval.high is None:
        return ""
    return f" ({interval.low * scale:.{digits}f}–{interval.high * scale:.{digits}f})"
