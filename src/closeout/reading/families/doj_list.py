"""DOJ OIG's list of open recommendations: status, component, text, withheld texts included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.families.ig_facts import office
from closeout.reading.families.ig_rows import is_cut_off, rows
from closeout.reading.families.ig_sentences import trim
from closeout.reading.families.ig_status_labels import label_status
from closeout.reading.model import DocumentReading, Record, StatusBasis

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText

_ROW = re.compile(
    r"(?:^|\n)[ \t]*(?:[•*-][ \t]*)?(?P<status>Resolved|Unresolved|Closed|Open"
    r"|On Hold(?:/Pending with OIG)?|Pending with OIG"
    r"|Response Not Yet Due)[ \t]*\n[ \t]*(?P<agency>[A-Z][^\n.]{2,90})\n[ \t]*(?=\S)"
)
_STOP = re.compile(
    r"\n[ \t]*(?:Pagination|Page \d|First page|Previous page|Next page|Back to top|Showing \d)\b"
    r"|\n[ \t]*\n[ \t]*Contact\b"
)
_WITHHELD = re.compile(r"\[?Description omit", re.IGNORECASE)


class DojList:
    """Bullets of three lines each."""

    name = "doj-oig-list"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty when the page is a recommendations list with rows of this form."""
        text = clean.text
        if "Recommendations" not in text[:3_000] or "Breadcrumb" not in text[:3_000]:
            return 0.0
        return 0.9 if _ROW.search(text) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per row; equal withheld texts stay apart."""
        found = rows(clean.text, list(_ROW.finditer(clean.text)), _STOP)
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title="Recommendations",
            issuer=office(clean, "DOJ OIG"),
            records=tuple(_record(clean, row, end) for row, end in found),
        )


def _record(clean: CleanText, row: re.Match[str], end: int) -> Record:
    start, stop = trim(clean.text, row.end(), end)
    words = clean.words(start, stop)
    agency = row["agency"].strip()
    return Record(
        text=words or None,
        text_span=clean.original(start, stop) if words else None,
        agency=agency,
        agency_span=clean.original(row.start("agency"), row.start("agency") + len(agency)),
        status_printed=row["status"],
        status=label_status(row["status"]),
        status_basis=StatusBasis.PRINTED,
        status_span=clean.original(row.start("status"), row.end("status")),
        is_truncated=is_cut_off(clean, start, end),
        is_withheld=_WITHHELD.match(words) is not None,
    )


FAMILY = DojList()
