"""State OIG's list of recommendations: report numbers, and rows of number, status and text below each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.families.ig_agency import addressee, agency
from closeout.reading.families.ig_facts import office
from closeout.reading.families.ig_rows import is_cut_off, rows
from closeout.reading.families.ig_sentences import trim
from closeout.reading.families.ig_status_labels import label_status
from closeout.reading.model import DocumentReading, Money, Record, ReportMention, StatusBasis

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText

_REPORT = re.compile(r"\n[ \t]*(?P<number>[A-Z]{2,4}(?:-[A-Z]{1,4})*-\d\d-\d{1,3}[A-Z]?)[ \t]*(?=\n)")
_ROW = re.compile(
    r"\n[ \t]*(?:\d{1,3}\.[ \t]*)?Recommendation Number[ \t]*\n[ \t]*(?P<number>\d{1,3}[a-z]?)[ \t]*\n[ \t]*"
    r"(?P<status>Open|Closed|Resolved|Unresolved)(?P<more>(?:[ \t,–-]+(?:Resolved|Unresolved"
    r"|(?:Not )?Implemented|Unimplemented|Acceptable Alternative|No Longer Valid))?)"
    r"[ \t]*(?P<amount>\$[\d,]+)?[^\n]{0,40}(?=\n|$)"
)
_STOP = re.compile(r"\n[ \t]*(?:\d{1,3}\.[ \t]*)?Recommendation Number[ \t]*(?=\n|$)|" + _REPORT.pattern)


class StateList:
    """Blocks headed by a report number, each row labelled "Recommendation Number"."""

    name = "state-oig-list"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty when rows of this form stand below a line that is a report number."""
        row = _ROW.search(clean.text) if "Recommendation Number" in clean.text else None
        return 0.9 if row and _REPORT.search(clean.text, 0, row.start() + 1) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per row."""
        text = clean.text
        reports = list(_REPORT.finditer(text))
        issuer = office(clean, "State OIG")
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title="Recommendations",
            issuer=issuer,
            reports=tuple(
                ReportMention(
                    title="",
                    number=report["number"],
                    number_span=clean.original(report.start("number"), report.end("number")),
                    issuer=issuer,
                )
                for report in reports
            ),
            records=tuple(
                _record(clean, row, end, reports) for row, end in rows(text, list(_ROW.finditer(text)), _STOP)
            ),
        )


def _record(clean: CleanText, row: re.Match[str], end: int, reports: list[re.Match[str]]) -> Record:
    start, stop = trim(clean.text, row.end(), end)
    words = clean.words(start, stop)
    who = addressee(words)
    printed = clean.words(row.start("status"), row.end("more"))
    amount = row["amount"]
    return Record(
        text=words or None,
        text_span=clean.original(start, stop) if words else None,
        report_number=next((each["number"] for each in reversed(reports) if each.start() < row.start()), ""),
        number=row["number"],
        addressee=who,
        agency=agency(who),
        status_printed=printed,
        status=label_status(printed),
        status_basis=StatusBasis.PRINTED,
        status_span=clean.original(row.start("status"), row.end("more")),
        money=(
            (
                Money(
                    "identified",
                    int(re.sub(r"\D", "", amount)),
                    clean.original(row.start("amount"), row.end("amount")),
                ),
            )
            if amount
            else ()
        ),
        is_truncated=is_cut_off(clean, start, end),
    )


FAMILY = StateList()
