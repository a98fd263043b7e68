"""A measure in the report: what it is, its value, its past, and every office in the order of codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.duties.periods import in_words
from closeout.evidence.letters.words import method_words
from closeout.evidence.report.charts import NO_OFFICE, funnel_chart, funnel_of, offices_chart, series_chart
from closeout.evidence.report.markup import Column, anchor, facts, link, paragraph, table, text
from closeout.evidence.trends import trend_words
from closeout.evidence.wording import interval, rests_on, said, span, target, verdict, with_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.evidence.measures.measure import Breakdown, Measured, Result
    from closeout.evidence.statistics.funnel import Funnel

_FIGURE = (
    Column("Value", is_number=True),
    Column("95 % interval", is_number=True),
    Column("Rests on", is_number=True),
    Column("Verdict"),
)


def measure_html(each: Measured, answers: Sequence[tuple[str, str]]) -> str:
    """Return the section of one measure.

    Args:
        each: The measure.
        answers: The anchors and names of the recommendations it answers.

    """
    measure = each.measure
    out_of = f" Out of: {measure.denominator}." if measure.denominator else ""
    made = funnel_of(each)
    return "".join(
        (
            f'<section><h3 id="{anchor(f"measure-{measure.code}")}">{text(measure.title)}</h3>',
            f"<p><b>{text(said(each.total.figure, measure))}</b> ({text(verdict(each.total))})</p>",
            paragraph(f"Counted: {measure.numerator}.{out_of}"),
            facts(_facts(each, answers)),
            _figure("By office, with intervals; dashed: the target", offices_chart(each)),
            _offices(each, made),
            _funnel(each, made),
            *(_breakdown(each, one) for one in each.breakdowns),
            _figure("Past periods, with intervals", series_chart(each)),
            _series(each),
            '<p class="top"><a href="#contents">Contents</a></p></section>\n',
        )
    )


def _facts(each: Measured, answers: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    measure, figure = each.measure, each.total.figure
    yield "Target", text(target(measure) + _basis(each))
    period = f"{in_words(measure.period)}: " if measure.period else ""
    yield "About", text(period + span(each.total.since, each.total.until))
    yield "Interval", text(method_words([figure]))
    yield "Weakened by", text(figure.reason) if figure.value is not None else ""
    yield "Past periods", text(trend_words(each)) if each.series else ""
    yield "Answered for by", text(measure.owner.replace("_", " "))
    yield "Closes when", text(measure.closes_when)
    yield "Answers", ", ".join(link(key, name) for key, name in answers)


def _basis(each: Measured) -> str:
    aim = each.measure.target
    if aim is None:
        return ""
    return " (set by the pack; no rule gives one)" if aim.is_made_up else f" ({aim.basis})"


def _figure(words: str, chart: str) -> str:
    return f"<figure>{chart}<figcaption>{text(words)}</figcaption></figure>" if chart else ""


def _offices(each: Measured, made: Funnel | None) -> str:
    if not each.offices:
        return ""
    places = {one.unit.name: one.position.value for one in made.placed} if made else {}
    columns = (Column("Office"), *_FIGURE, *([Column("In the funnel")] if made else []))
    rows = [
        [
            text(one.office_id or NO_OFFICE),
            *_cells(one, each),
            *([text(places.get(one.office_id or "", "–"))] if made else []),
        ]
        for one in (*each.offices, each.total)
    ]
    rows[-1][0] = "All offices"
    return table(f"offices-{each.measure.code}", f"{each.measure.title}, by office", columns, rows)


def _breakdown(each: Measured, one: Breakdown) -> str:
    """Return the parts of a breakdown as a table, in the order of their names."""
    if not one.parts:
        return ""
    rows = [[text(one.labels[part.category or ""]), *_cells(part, each)] for part in one.parts]
    rows.append(["All", *_cells(each.total, each)])
    caption = f"{each.measure.title}, by {one.title.lower()}"
    code = f"by-{one.by.replace('.', '-')}-{each.measure.code}"
    return table(code, caption, (Column(one.title), *_FIGURE), rows)


def _series(each: Measured) -> str:
    if not each.series:
        return ""
    rows = [[text(span(one.since, one.until)), *_cells(one, each)] for one in each.series]
    caption = f"{each.measure.title}, past periods"
    return table(f"series-{each.measure.code}", caption, (Column("Period"), *_FIGURE), rows)


def _cells(one: Result, each: Measured) -> list[str]:
    figure, unit = one.figure, each.measure.unit
    value = text(with_unit(figure.value, unit)) if figure.value is not None else "–"
    why = f": {figure.reason}" if figure.value is None and figure.reason else ""
    return [
        value,
        text(interval(figure, unit) or "–"),
        text(rests_on(figure, each.measure) or "–"),
        text(verdict(one) + why),
    ]


def _funnel(each: Measured, made: Funnel | None) -> str:
    if made is None:
        return ""
    words = f"Offices within 95 % (dashed) and 99.8 % limits around all of them; {made.note}"
    return _figure(words, funnel_chart(each, made))
