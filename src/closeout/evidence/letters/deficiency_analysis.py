"""The quarterly analysis of inspection deficiencies: across facilities, over time, and their fixes (G6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.letters.about import NO_PERSONS
from closeout.evidence.letters.kinds import ANALYSIS, KINDS
from closeout.evidence.letters.paper import Grid, Heading, Points, Words
from closeout.evidence.letters.records_paper import Said, Whose, ends, records_paper
from closeout.evidence.letters.words import day_words, sentence
from closeout.evidence.statistics.chance import p_words
from closeout.reading.countwords import agreeing, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.evidence.letters.paper import Block, Paper
    from closeout.evidence.verdicts.deficiencies import DeficiencyAnalysis, FacilityFigures

_COMPARED = (
    "Facilities are compared by deficiencies per component assessed, standardized indirectly: observed "
    "beside what the national rate of the same standards and kind of inspection leads one to expect. Limits "
    "are at 95 % and 99.8 %, widened for common spread. Facilities stand in the order of their codes; "
    "this is no league table."
)
_TRENDS = "Trends are tested by Mann–Kendall, corrected for autocorrelation and for the number of facilities."
SIGNATURE = ("[Signature of the program manager]  [Date]", "[Role]")


def deficiency_analysis(made: DeficiencyAnalysis, whose: Whose) -> Paper:
    """Return the analysis: what stands out first, then the figures it rests on, then what nobody can say."""
    said = Said(
        title=KINDS[ANALYSIS].title,
        facts=(
            ("Compared across facilities", f"inspections that ended since {day_words(made.since)}"),
            ("On record", _on_record(made)),
        ),
        signature=SIGNATURE,
        about=(_COMPARED, _TRENDS, NO_PERSONS),
        cannot=made.cannot,
    )
    blocks = (*_signals(made), *_across(made), *_over_time(made), *_persistence(made))
    return records_paper(said, made.as_of, blocks, whose)


def _signals(made: DeficiencyAnalysis) -> Iterator[Block]:
    yield Heading("What stands out")
    if made.signals:
        yield Points(tuple(sentence(each) for each in made.signals))
    else:
        yield Words("No facility lies outside what chance and common spread explain.")
    yield Heading("Actions")
    yield Words("[Actions decided on, each with its owner’s role and date.]", "fill")


def _on_record(made: DeficiencyAnalysis) -> str:
    found = counted(made.deficiencies, "deficiency", "deficiencies")
    say = agreeing(made.with_exposure, "says", "say")
    exposed = f"{made.with_exposure:,} of them {say} how many components were assessed"
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
        widths=(9, 4, 4, 4, 6, 4),
        numeric=(1, 2, 3),
    )
    if made.funnel is not None:
        about = f"about {made.funnel.by_chance:.1f} of {len(placed):,}"
        yield Words(f"{sentence(made.funnel.note)} By chance {about} would lie outside the 95 % limits.")


def _facility(one: FacilityFigures) -> tuple[str, ...]:
    if one.standardized is None or one.placed is None:
        return (one.facility_id, "none", "none", "none", "none", "not compared")
    made = one.standardized
    ratio = f"{made.ratio:.2f}{ends(made.interval, 1, 2)}" if made.ratio is not None else "none"
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
    p = f", Mann–Kendall S = {test.s}, {p_words(test.p)}" if test is not None else ""
    note = f" {sentence(made.trend.note)}" if made.trend.note else ""
    yield Words(f"Trend over the quarters: {made.trend.direction.value}{p}.{note}")


def _persistence(made: DeficiencyAnalysis) -> Iterator[Block]:
    yield Heading("What came of them")
    repeats, verified = made.repeats, made.verified
    are = agreeing(repeats.flagged, "is called a repeat", "are called repeats")
    said = [f"{repeats.flagged:,} of {repeats.deficiencies:,} {are} by the reports themselves."]
    if repeats.share is not None:
        share = f"{repeats.share * 100:.1f} %{ends(repeats.interval, 100, 1)}"
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
