"""Make records of labelled entries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.families.gao_addressees import find_addressee
from closeout.reading.families.gao_records import kind_of, number_in, with_follow_up
from closeout.reading.model import RecommendationKind, Record

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.families.gao_labelled import Entry
    from closeout.reading.model import ReportMention


def entry_record(page: CleanText, entry: Entry, report: ReportMention) -> Record:
    """Return the record of a labelled entry.

    The agency is the labelled one; without a label, the one headed by the official addressed.

    Args:
        page: The text the entry's offsets count in.
        entry: The entry.
        report: The report it belongs to.

    """
    demand, agency = entry.parts.get("demand"), entry.parts.get("agency")
    text = page.words(*demand) if demand else None
    record = Record(
        text=text,
        text_span=page.original(*demand) if demand else None,
        report_title=report.title,
        report_number=report.number,
        number=(number_in(text) if text else None) or entry.number or None,
        agency=page.words(*agency) if agency else "",
        agency_span=page.original(*agency) if agency else None,
        is_priority=entry.is_priority,
    )
    record = _addressed(page, record, demand)
    is_matter = entry.is_matter or kind_of(text or "", record.agency) is RecommendationKind.MATTER
    if is_matter:
        record = replace(record, kind=RecommendationKind.MATTER, agency=record.agency or "Congress")
    return with_follow_up(page, record, entry.parts.get("status"), entry.parts.get("comments"))


def _addressed(page: CleanText, record: Record, demand: tuple[int, int] | None) -> Record:
    found = find_addressee(record.text, page.text) if record.text and demand else None
    if found is None:
        return record
    return replace(record, addressee=found.official, agency=record.agency or found.agency)
