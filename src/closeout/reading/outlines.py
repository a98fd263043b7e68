"""What joining needs of one reading: which reports it names and how its texts read when folded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.fold import fold_key
from closeout.reading.identity import (
    is_auditor,
    issuer_key,
    issuer_of_number,
    recommendation_number,
    report_numbers,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.model import DocumentReading, Record, ReportMention

_MATTER_TAG = re.compile(
    r"\(\s*matters?(?:\s+for(?:\s+congressional)?\s+consideration)?\s+\d{1,2}\s*\)", re.IGNORECASE
)

SHORTEST_TELLING_TEXT = 30
"""Characters a folded text must have before its words alone may say which recommendation it is."""


class Folds(dict[str, str]):
    """Folded texts, each folded once however many documents repeat it."""

    def __missing__(self, text: str) -> str:
        """Fold a text not met before and keep the answer."""
        folded = self[text] = fold_key(text)
        return folded


class Reference(NamedTuple):
    """How one place names a report: issuer key, normal number and folded title, each maybe ""."""

    issuer: str
    number: str
    title: str

    @property
    def names_a_report(self) -> bool:
        """Say whether there is a number or a title to go by."""
        return bool(self.number or self.title)


@dataclass(frozen=True, slots=True)
class Outline:
    """The names and folded texts of one reading.

    `own` is the report the document is, `mentions` and `records` run parallel to the reading's.
    `issuer` is the auditor who speaks, "" for a secondary source. `words` are the folded texts;
    `folds` are the same without blanks, so that "peer-to-peer" and "peer to peer" are equal.
    """

    index: int
    reading: DocumentReading
    issuer: str
    own: Reference
    mentions: tuple[Reference, ...]
    records: tuple[Reference, ...]
    words: tuple[str, ...]
    folds: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def rank(self) -> tuple[str, str]:
        """Give an order of documents that does not hang on the order they came in."""
        return (self.reading.document.sha256, self.reading.document.path)


def outline(index: int, reading: DocumentReading, folds: Folds) -> Outline:
    """Return what joining needs of a reading.

    A secondary source's own title and name are not a report's: a newspaper's headline must
    never become a report, nor the newspaper its issuer.
    """
    speaker = issuer_key(reading.issuer)
    if reading.is_secondary and not is_auditor(speaker):
        speaker = ""
    own_title = "" if reading.is_secondary else folds[reading.title]
    own = _reference(speaker, reading.report_number, own_title)
    headline = folds[reading.title] if reading.is_secondary else None
    mentions = tuple(_mentioned(mention, speaker, headline, folds) for mention in reading.reports)
    records = tuple(_named_by(record, speaker, headline, folds) for record in reading.records)
    words = tuple(folds[_asked(record.text)] if record.text else "" for record in reading.records)
    return Outline(
        index=index,
        reading=reading,
        issuer=speaker,
        own=own if _is_a_report(own, mentions, reading) else Reference("", "", ""),
        mentions=mentions,
        records=records,
        words=words,
        folds=tuple(said.replace(" ", "") for said in words),
        numbers=tuple(recommendation_number(record.number or "", record.part) for record in reading.records),
    )


def _asked(text: str) -> str:
    """Return a recommendation's words without the tag of a matter for Congress."""
    return _MATTER_TAG.sub(" ", text)


def solid(text: str) -> str:
    """Return a key under which two printings of one recommendation are equal, blanks and tags left out."""
    return fold_key(_asked(text)).replace(" ", "")


def _is_a_report(own: Reference, mentions: Sequence[Reference], reading: DocumentReading) -> bool:
    """Say whether a document is the report it is headed by, and not a page that lists others.

    A number says so, a date of issue says so, and so does a mention of the title as a report's;
    a title alone may head a library, a tracker, or a page of an unknown kind.
    """
    if own.number or not own.title:
        return bool(own.number)
    is_mentioned = any(
        name.title == own.title and not said.is_cited_only
        for name, said in zip(mentions, reading.reports, strict=True)
    )
    return is_mentioned or (reading.report_date is not None and not mentions)


def _reference(issuer: str, number: str, title: str) -> Reference:
    # A recommendation of two reports at once is kept under the one named first.
    normal = next(iter(report_numbers(number)), "") if number else ""
    return Reference(issuer or issuer_of_number(normal), normal, title)


def _mentioned(mention: ReportMention, speaker: str, headline: str | None, folds: Folds) -> Reference:
    title = folds[mention.title]
    return _reference(
        issuer_key(mention.issuer) or speaker, mention.number, "" if title == headline else title
    )


def _named_by(record: Record, speaker: str, headline: str | None, folds: Folds) -> Reference:
    title = folds[record.report_title]
    return _reference(speaker, record.report_number, "" if title == headline else title)
