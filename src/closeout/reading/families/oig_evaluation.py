"""Evaluations without item labels: "we recommend that …" and a numbered list, in summary and body.

The two printings are one list; the body's, which says more, gives the words. Lettered parts stay
within their number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from closeout.reading.families.ig_agency import addressee, agency, named
from closeout.reading.families.ig_dates import report_date
from closeout.reading.families.ig_demands import read_demands
from closeout.reading.families.ig_facts import is_of_inspector, issuer, report_number
from closeout.reading.families.ig_findings import cited_reports, read_findings
from closeout.reading.families.ig_items import read_items
from closeout.reading.families.ig_positions import Stance, assign, position_statements
from closeout.reading.families.ig_report_level import (
    declared_count,
    said_of_all,
    status_of,
    status_statements,
)
from closeout.reading.families.ig_rows import is_cut_off
from closeout.reading.families.ig_titles import cover_title, subject
from closeout.reading.fold import fold_key
from closeout.reading.model import (
    DocumentReading,
    Problem,
    RecommendationKind,
    Record,
    ReportMention,
    StatusBasis,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.families.ig_splits import Demand
    from closeout.reading.statements.status import StatusClaim

_LIST = re.compile(
    r"\brecommend(?:ed|s)?\b[^.]{0,400}?:\s*\n?\s*(?:1[.)]|\(1\)|•|●|1A\.)|\brecommend(?:ed|s)? that\b",
    re.IGNORECASE,
)
_SIGNS = ("table of contents", "executive summary", "appendix", "objective", "background", "results")
_FEWEST_SIGNS = 2
_APPENDIX = re.compile(r"\n[ \t]*(?:APPENDIX|Appendix)\s+[A-Z0-9]\b[^\n.]{0,90}\n")
_ALIKE = 80
_COMPARED = 220
_LISTS = ("numbered", "inline", "ordinals", "bullets")


class OigEvaluation:
    """Longer reports whose demands stand in lists without labels."""

    name = "oig-evaluation"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty for a report of an inspector general with such a list."""
        text = clean.text
        if (
            not is_of_inspector(clean.document.text)
            or any(item.text for item in read_items(text))
            or not _LIST.search(text)
        ):
            return 0.0
        lowered = text.lower()
        if sum(sign in lowered for sign in _SIGNS) < _FEWEST_SIGNS:
            return 0.0
        return 0.72 if _kept(text, _body_end(text)) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per number (or per demand of a list without numbers)."""
        text = clean.text
        kept = _kept(text, _body_end(text))
        stances, claims = said_of_all(clean, ())
        chosen = assign(stances, [demand.number for demand, _ in kept])
        by, number, date = issuer(clean.document.text), report_number(clean), report_date(clean)
        told = subject(text) or (cover_title(text))
        title = told.words if told else clean.document.title
        count, span = declared_count(clean)
        own = ReportMention(
            title,
            number=number.words if number else "",
            issuer=by,
            issued=date,
            declared_count=count,
            declared_span=span,
        )
        records = tuple(
            _record(clean, demand, again, chosen.get(index), status_of(claims, demand.number), own)
            for index, (demand, again) in enumerate(kept)
        )
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=title,
            issuer=by,
            report_number=own.number,
            report_date=date,
            declared_total=count,
            declared_span=span,
            complete=None if count is None else len(records) >= count,
            reports=(own, *cited_reports(clean, own.number)),
            findings=read_findings(clean),
            records=records,
            statements=(*position_statements(clean, stances), *status_statements(clean, claims)),
            problems=_problems(count, len(records), own),
        )


def _body_end(text: str) -> int:
    """Return where the first appendix starts: its lists are earlier reports' or the agency's."""
    found = None
    for found in _APPENDIX.finditer(text, len(text) // 4):
        return found.start()
    return len(text)


def _kept(text: str, end: int) -> list[tuple[Demand, list[Demand]]]:
    """Return each demand once, in its longest wording, with its other printings."""
    demands = read_demands(text, 0, end)
    listed = [demand for demand in demands if demand.style in _LISTS]
    kept: list[tuple[Demand, list[Demand]]] = []
    for demand in listed or demands:
        for index, (other, again) in enumerate(kept):
            if demand.number == other.number and _is_same(text, demand, other):
                longest = demand if demand.end - demand.start >= other.end - other.start else other
                kept[index] = (longest, [*again, other if longest is demand else demand])
                break
        else:
            kept.append((demand, []))
    return kept


def _is_same(text: str, one: Demand, other: Demand) -> bool:
    left, right = (
        fold_key(text[demand.start : min(demand.end, demand.start + _COMPARED)]) for demand in (one, other)
    )
    return fuzz.ratio(left[: min(len(left), len(right))], right[: min(len(left), len(right))]) >= _ALIKE


def _record(
    clean: CleanText,
    demand: Demand,
    again: Sequence[Demand],
    stance: Stance | None,
    claim: tuple[StatusClaim, int] | None,
    own: ReportMention,
) -> Record:
    lead_end = (
        demand.end
        if demand.style == "sentence"
        else max(demand.lead[1], min(demand.start, demand.lead[1] + 250))
    )
    who = addressee(clean.words(demand.lead[0], lead_end))
    status = claim[0] if claim else None
    place = (claim[1] + claim[0].start, claim[1] + claim[0].end) if claim else (0, 0)
    return Record(
        text=clean.words(demand.start, demand.end),
        text_span=clean.original(demand.start, demand.end),
        report_title=own.title,
        report_number=own.number,
        number=demand.number or None,
        kind=RecommendationKind.REITERATED if demand.is_again else RecommendationKind.RECOMMENDATION,
        agency=agency(who) or named(stance.by if stance else ""),
        addressee=who,
        status_printed=clean.words(*place) if status else None,
        status=status.status if status else None,
        status_basis=StatusBasis.PRINTED if status else None,
        status_span=clean.original(*place) if status else None,
        position_printed=stance.printed if stance else None,
        position=stance.position if stance else None,
        position_span=stance.span(clean) if stance else None,
        position_by=stance.by if stance else "",
        restated=tuple(clean.original(other.start, other.end) for other in again),
        is_truncated=is_cut_off(clean, demand.start, demand.end),
    )


def _problems(count: int | None, shown: int, own: ReportMention) -> tuple[Problem, ...]:
    if count is None or count == shown:
        return ()
    message = f"The report says that it makes {count} recommendations; {shown} were found."
    return (Problem("count-differs", message, own.declared_span),)


FAMILY = OigEvaluation()
