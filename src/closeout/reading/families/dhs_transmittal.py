"""Transmittal memoranda: how many recommendations, who concurs, and the status of some by number.

The demands themselves are not in the memorandum, so a record has a number and a status, no words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.families.ig_dates import report_date
from closeout.reading.families.ig_facts import is_of_inspector, issuer, report_number
from closeout.reading.families.ig_items import read_items
from closeout.reading.families.ig_positions import Stance, position_statements
from closeout.reading.families.ig_report_level import (
    closeout_rule,
    declared_count,
    said_of_all,
    status_statements,
)
from closeout.reading.families.ig_titles import subject
from closeout.reading.model import DocumentReading, Record, ReportMention, StatusBasis

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.statements.status import StatusClaim

_MEMO = re.compile(r"\bMEMORANDUM\b|\bSUBJECT:")
_FINAL = re.compile(
    r"\b(?:(?:attached|enclosed|transmits|for your (?:action"
    r"|information))\b[^.]{0,120}\bfinal (?:\w+ )?report|the report contains)\b",
    re.IGNORECASE,
)
_CUE = re.compile(r"\bwe\s+(?:now\s+)?(?:consider|regard)\b|\brecommendations?\s+\d", re.IGNORECASE)


class DhsTransmittal:
    """A memorandum that speaks of a report's recommendations by number."""

    name = "dhs-oig-transmittal"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty when a final report is passed on and no demand is worded."""
        head = clean.text[:8_000]
        if any(item.text for item in read_items(clean.text)) or not is_of_inspector(clean.document.text):
            return 0.0
        return 0.84 if _MEMO.search(head) and _CUE.search(head) and _FINAL.search(head) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return a record for each recommendation whose number gets a status."""
        by = issuer(clean.document.text)
        number, date, told = report_number(clean), report_date(clean), subject(clean.text)
        stances, claims = said_of_all(clean, ())
        count, span = declared_count(clean)
        rule = closeout_rule(clean, by)
        records = tuple(
            _record(clean, name, claim, offset, _stance(stances, name))
            for claim, offset in claims
            for name in claim.scope.numbers
        )
        mention = ReportMention(
            told.words if told else "",
            number=number.words if number else "",
            number_span=number.span if number else None,
            issuer=by,
            issued=date,
            declared_count=count,
            declared_span=span,
        )
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=mention.title,
            issuer=by,
            report_number=mention.number,
            report_date=date,
            declared_total=count,
            declared_span=span,
            complete=None if count is None else len(records) >= count,
            reports=(mention,),
            records=records,
            statements=(
                *position_statements(clean, stances),
                *status_statements(clean, claims),
                *((rule,) if rule else ()),
            ),
        )


def _record(clean: CleanText, number: str, claim: StatusClaim, offset: int, stance: Stance | None) -> Record:
    return Record(
        text=None,
        text_span=None,
        report_number=found.words if (found := report_number(clean)) else "",
        number=number,
        status_printed=clean.words(offset + claim.start, offset + claim.end),
        status=claim.status,
        status_basis=StatusBasis.PRINTED,
        status_span=clean.original(offset + claim.start, offset + claim.end),
        position_printed=stance.printed if stance else None,
        position=stance.position if stance else None,
        position_span=stance.span(clean) if stance else None,
        position_by=stance.by if stance else "",
    )


def _stance(stances: tuple[Stance, ...], number: str) -> Stance | None:
    """Return the position on a number: one that names it, else one on all."""
    named = [stance for stance in stances if number in stance.claim.scope.numbers]
    return next(iter(named or [stance for stance in stances if stance.is_all]), None)


FAMILY = DhsTransmittal()
