"""A recommendation in the report: asked, answered, promised, measured, missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.figures import Outcome
from closeout.evidence.letters.words import fuzzy_words
from closeout.evidence.report.markup import Column, anchor, bullets, facts, link, paragraph, table, text
from closeout.evidence.trends import trend_words
from closeout.evidence.wording import interval, rests_on, target, verdict, with_unit
from closeout.followup.promises import Outcome as Came
from closeout.followup.statuses import POSITION_LABELS, STATUS_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from closeout.evidence.assessment import Assessed
    from closeout.evidence.measures.measure import Measured
    from closeout.followup.followed import Followed
    from closeout.followup.promises import LedgerLine

_COLUMNS = (
    Column("Measure"),
    Column("Target"),
    Column("Latest", is_number=True, wraps=True),
    Column("95 % interval", is_number=True),
    Column("Rests on", is_number=True),
    Column("Verdict"),
    Column("Past periods"),
)
_PROMISES = (Column("Promised for"), Column("What"), Column("Said"), Column("Outcome"))
_SHORT = 100


def name_of(followed: Followed) -> str:
    """Return how people call a recommendation: `OIG-17-51, recommendation 2`."""
    report, entry = followed.report, followed.entry
    named = report.number or report.title or "A report without number or title"
    if entry.number is None and entry.is_declared_only:
        return f"{named}, recommendation {entry.key.rpartition('-')[2]} (declared, not shown)"
    return f"{named}, recommendation {entry.number or 'without a number'}"


def short(said: str, most: int = _SHORT) -> str:
    """Return the beginning of a text, cut between words."""
    if len(said) <= most:
        return said
    return said[: said.rfind(" ", 0, most)] + " …"


def recommendation_html(each: Assessed, measured: Mapping[str, Measured], papers: str = "") -> str:
    """Return the section of one recommendation; `papers` are the links to its papers, in HTML."""
    followed = each.followed
    found = [measured[code] for code in each.measures if code in measured]
    return "".join(
        (
            f'<section><h3 id="{anchor(each.key)}">{text(name_of(followed))}</h3>',
            f'<p class="verdict {each.standing.value}">{text(_capital(each.verdict))}.</p>',
            f'<blockquote class="quote"><p>{text(followed.entry.text or _NO_TEXT)}</p></blockquote>',
            facts(_facts(followed)),
            _promises(each),
            _needs(each, measured),
            _measures(each, found),
            _missing(each),
            papers,
            "</section>\n",
        )
    )


_NO_TEXT = "Its words stand in no document that was read."


def _facts(followed: Followed) -> Iterator[tuple[str, str]]:
    state = followed.state
    yield "Report", text(followed.report.title) if followed.report.number else ""
    yield "Issued", text(fuzzy_words(followed.issued)) if followed.issued else ""
    yield "Auditor says", text(_auditor(followed))
    if state.reads_as:
        yield "Reads as", text(f"{STATUS_LABELS[state.reads_as]}, which no document prints")
    position = state.agency_position
    yield "Agency says", text(POSITION_LABELS[position]) if position else "nothing that was read"


def _auditor(followed: Followed) -> str:
    standing = followed.state.auditor
    if standing is None or followed.status is None:
        return "no status printed"
    printed = f", printed “{standing.event.printed}”" if standing.event.printed else ""
    on = f", as of {fuzzy_words(standing.event.on)}" if standing.event.on else ""
    return f"{STATUS_LABELS[followed.status]}{printed}{on}"


def _promises(each: Assessed) -> str:
    lines = each.followed.ledger.lines
    if not lines:
        return paragraph("No date was promised in the documents read.")
    rows = [
        [
            text(fuzzy_words(line.due)),
            text(f"{line.kind.value}{f': {line.what}' if line.what else ''}"),
            text(fuzzy_words(line.said_on) if line.said_on else "not dated"),
            _outcome(line),
        ]
        for line in lines
    ]
    return table(f"promises-{each.key}", "Dates promised", _PROMISES, rows)


def _outcome(line: LedgerLine) -> str:
    if line.superseded_by is not None:
        return "replaced by a later date"
    if line.outcome is not Came.MISSED:
        return text(line.outcome.value)
    days = f", {line.slip_days:,} days past" if line.slip_days is not None else ""
    return f'<span class="late">missed{days}</span>'


def _needs(each: Assessed, measured: Mapping[str, Measured]) -> str:
    if not each.needs:
        return ""
    items = []
    for need in each.needs:
        covers = "; ".join(
            link(f"measure-{code}", measured[code].measure.title) if code in measured else text(code)
            for code in need.measures
        )
        said = f"covered by {covers}" if covers else '<span class="late">not covered by any measure</span>'
        items.append(f"“{text(need.text)}” ({text(need.place)}): {said}")
    return "<h4>What the auditor needs to close it</h4>" + bullets(items)


def _measures(each: Assessed, found: list[Measured]) -> str:
    if not found:
        return ""
    return table(f"measures-{each.key}", "What the records show", _COLUMNS, map(_measure_row, found))


def _measure_row(each: Measured) -> list[str]:
    measure, figure = each.measure, each.total.figure
    value = with_unit(figure.value, measure.unit) if figure.value is not None else "–"
    is_why = figure.reason and figure.value is None and figure.outcome is not Outcome.SUPPRESSED
    words = verdict(each.total) + (f": {figure.reason}" if is_why else "")
    return [
        link(f"measure-{measure.code}", measure.title),
        text(target(measure)),
        text(value),
        text(interval(figure, measure.unit) or "–"),
        text(rests_on(figure, measure) or "–"),
        text(words),
        text(trend_words(each)),
    ]


def _missing(each: Assessed) -> str:
    if not each.missing:
        return paragraph("Nothing is missing as far as the measures go.")
    return "<h4>What is missing to close it</h4>" + bullets(map(text, each.missing))


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
