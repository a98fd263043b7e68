"""Short memoranda and letters: unnumbered "We recommend" paragraphs, announcements, answers to Congress."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.families.ig_agency import addressee, agency, named
from closeout.reading.families.ig_dates import report_date
from closeout.reading.families.ig_demands import read_demands
from closeout.reading.families.ig_facts import NUMBER, is_of_inspector, issuer, report_number
from closeout.reading.families.ig_items import read_items
from closeout.reading.families.ig_positions import assign, position_statements
from closeout.reading.families.ig_report_level import said_of_all, status_statements
from closeout.reading.families.ig_rows import is_cut_off
from closeout.reading.families.ig_titles import subject
from closeout.reading.model import (
    DocumentReading,
    RecommendationKind,
    Record,
    ReportMention,
    Statement,
    StatementKind,
)

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.families.ig_positions import Stance
    from closeout.reading.families.ig_splits import Demand

_MEMO = re.compile(r"^[ \t]*(?:MEMORANDUM(?: FOR)?\b|TO:|FROM:|SUBJECT:|Subject:)", re.MULTILINE)
_LETTER = re.compile(
    r"^[ \t]*Dear\s+(?:Mr|Ms|Mrs|Dr|Chair\w*|Ranking|Senators?|Representatives?|Inspector|Director"
    r"|Administrator|Secretary|Members?)\b",
    re.MULTILINE,
)
_ANNOUNCES = re.compile(
    r"\b(?:we (?:are (?:initiating|beginning|conducting|starting)|have (?:scheduled|initiated|begun)"
    r"|plan to (?:begin|start|conduct)|will (?:begin|conduct))"
    r"\s+(?:an?|our|the)\b[^.]{0,80}\b(?:audit|review|evaluation|inspection)|audit announcement"
    r"|entrance conference|is commencing)\b",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 30_000
_RESPONSE_DUE = re.compile(
    r"\b(?:provide|submit|send)\b[^.]{0,80}\b(?:written )?response\b[^.]{0,60}\bwithin \w+ (?:calendar "
    r"|business |working )?days\b",
    re.IGNORECASE,
)


def is_short_correspondence(text: str) -> bool:
    """Say whether a text is a memorandum or letter of a few pages from an inspector general."""
    head = text[:6_000]
    return (
        len(text) < _MOST_CHARACTERS
        and bool(_MEMO.search(head) or _LETTER.search(head))
        and is_of_inspector(text)
    )


class OigMemo:
    """A memorandum whose demands are sentences, or that resolves an earlier one's."""

    name = "oig-memo"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty for short correspondence without labelled items or announcement."""
        text = clean.text
        if not is_short_correspondence(text) or any(item.text for item in read_items(text)):
            return 0.0
        if read_demands(text, 0, len(text)):
            return 0.8
        return 0.7 if said_of_all(clean, ())[1] else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per demand, with what else is said of them."""
        text = clean.text
        demands = read_demands(text, 0, len(text))
        stances, claims = said_of_all(clean, ())
        chosen = assign(stances, [demand.number for demand in demands])
        by, title, number, date = (
            issuer(clean.document.text),
            subject(text),
            report_number(clean),
            report_date(clean),
        )
        about = _about(clean, number.words if number and not _is_reference(text, number.start) else "")
        own = "" if number is None or _is_reference(text, number.start) else number.words
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=title.words if title else "",
            issuer=by,
            report_number=own,
            report_date=date,
            reports=(ReportMention(title.words if title else "", number=own, issuer=by, issued=date), *about),
            records=tuple(
                _record(clean, demand, chosen.get(index), title.words if title else "", own)
                for index, demand in enumerate(demands)
            ),
            statements=(
                *position_statements(clean, stances),
                *status_statements(clean, claims),
                *_response_due(clean, by),
            ),
        )


class OigAnnouncement:
    """A memorandum or letter that announces work; its numbered lists ask for documents."""

    name = "oig-announcement"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty for correspondence that announces an audit and recommends nothing."""
        text = clean.text
        announces = is_short_correspondence(text) and _ANNOUNCES.search(text[:6_000])
        return 0.82 if announces and not read_demands(text, 0, len(text)) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return no records."""
        return _without_records(clean, self.name)


def _without_records(clean: CleanText, family: str) -> DocumentReading:
    title, number = subject(clean.text), report_number(clean)
    return DocumentReading(
        document=clean.document,
        family=family,
        title=title.words if title else "",
        issuer=issuer(clean.document.text),
        report_number=number.words if number else "",
        report_date=report_date(clean),
    )


class OigLetter:
    """A letter or memorandum that neither recommends nor announces: an answer, a cover."""

    name = "oig-letter"

    def recognize(self, clean: CleanText) -> float:
        """Return modest certainty for short correspondence of no other kind."""
        text = clean.text
        plain = is_short_correspondence(text) and not read_demands(text, 0, len(text))
        return 0.55 if plain else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return no records."""
        return _without_records(clean, self.name)


def _record(clean: CleanText, demand: Demand, stance: Stance | None, title: str, number: str) -> Record:
    who = addressee(
        clean.words(
            demand.lead[0], max(demand.end if demand.style == "sentence" else demand.start, demand.lead[1])
        )
    )
    return Record(
        text=clean.words(demand.start, demand.end),
        text_span=clean.original(demand.start, demand.end),
        report_title=title,
        report_number=number,
        number=demand.number or None,
        kind=RecommendationKind.REITERATED if demand.is_again else RecommendationKind.RECOMMENDATION,
        agency=agency(who) or named(stance.by if stance else ""),
        addressee=who,
        position_printed=stance.printed if stance else None,
        position=stance.position if stance else None,
        position_span=stance.span(clean) if stance else None,
        position_by=stance.by if stance else "",
        is_truncated=is_cut_off(clean, demand.start, demand.end),
    )


def _is_reference(text: str, at: int) -> bool:
    """Say whether a number is another report's: "Resolution of NUMBER", "in report NUMBER"."""
    return (
        re.search(
            r"\b(?:of|in|from|to|on)(?: (?:our|the|audit|report|final))*\s*$",
            text[max(0, at - 40) : at],
            re.IGNORECASE,
        )
        is not None
    )


def _about(clean: CleanText, own: str) -> tuple[ReportMention, ...]:
    found: dict[str, ReportMention] = {}
    for match in NUMBER.finditer(clean.text):
        if match[0] != own:
            span = clean.original(match.start(), match.end())
            found.setdefault(
                match[0], ReportMention("", number=match[0], number_span=span, is_cited_only=True)
            )
    return tuple(found.values())


def _response_due(clean: CleanText, by: str) -> tuple[Statement, ...]:
    """Return the auditor's wish for an answer within some days."""
    due = _RESPONSE_DUE.search(clean.text)
    if due is None:
        return ()
    words = clean.words(due.start(), due.end())
    return (
        Statement(
            StatementKind.NEED, clean.original(due.start(), due.end()), words, value="response-due", by=by
        ),
    )


FAMILIES = (OigMemo(), OigAnnouncement(), OigLetter())
