"""What reading a document yields: plain values, every one with the span it was read from.

All spans are half-open `[start, end)` counts of characters in `Document.text`, the decoded
text of the document exactly as its source module gave it (for PDF: the extracted text, with a
page map). Values that were cleaned (white space folded, running headers taken out) keep the
span of the words they came from, so that a reader can always be shown the original.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from closeout.reading.dates import FuzzyDate

EXTRACTOR_VERSION = "1"
"""Raise it when a change of the readers can change what is read from the same bytes."""


class Medium(StrEnum):
    """What kind of bytes a document came as."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    CSV = "csv"


class Position(StrEnum):
    """What a respondent says of a recommendation, in normal form (glossary: position)."""

    CONCUR = "concur"
    AGREE = "agree"
    GENERALLY_AGREE = "generally-agree"
    PARTIAL = "partial"
    NON_CONCUR = "non-concur"
    NEITHER = "neither"
    NO_COMMENT = "no-comment"
    NOT_INDICATED = "not-indicated"


class AuditorStatus(StrEnum):
    """What an auditor says of a recommendation, in normal form (glossary: auditor status)."""

    UNRESOLVED_OPEN = "unresolved-open"
    RESOLVED_OPEN = "resolved-open"
    OPEN_UNKNOWN = "open-unknown"
    PARTIALLY_ADDRESSED = "partially-addressed"
    CLOSED_IMPLEMENTED = "closed-implemented"
    CLOSED_NOT_IMPLEMENTED = "closed-not-implemented"
    CLOSED_NO_LONGER_VALID = "closed-no-longer-valid"


class StatusBasis(StrEnum):
    """Where a status comes from: the auditor's own word, or our reading of the prose."""

    PRINTED = "printed"
    INFERRED = "inferred"


class StatementKind(StrEnum):
    """What a sentence about a recommendation does."""

    REPORTED = "reported"
    POSITION = "position"
    STATUS = "status"
    UPDATE = "update"
    PROMISE = "promise"
    NEED = "need"
    MONITORING = "monitoring"
    BENEFIT = "benefit"
    PLACEHOLDER = "placeholder"
    CLOSURE_REQUEST = "closure-request"


class PromiseKind(StrEnum):
    """What a promised date is for."""

    START = "start"
    DRAFT = "draft"
    MILESTONE = "milestone"
    COMPLETION = "completion"


class RecommendationKind(StrEnum):
    """Whom a demand is addressed to and whether it is new."""

    RECOMMENDATION = "recommendation"
    MATTER = "matter"
    REITERATED = "reiterated"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words at this span."""
        return text[self.start : self.end]

    def __contains__(self, other: Span) -> bool:
        """Say whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document and where its text lies."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a document, in one line that says what to do.

    `code` is a short stable word (`empty-file`, `locked-pdf`, `unknown-family` …).
    `fatal` means that nothing could be read.
    """

    code: str
    message: str
    span: Span | None = None
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one file (or one member of an archive) and where its pages lie."""

    path: str
    sha256: str
    medium: Medium
    text: str
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()
    title: str = ""
    """The title the file itself declares (HTML title, PDF metadata); empty when none."""

    def page_of(self, offset: int) -> int | None:
        """Return the number of the page a character lies on, or None where no page is known.

        What follows the last page is on it only when no words do.
        """
        for page in self.pages:
            if page.start <= offset < page.end:
                return page.number
        last = self.pages[-1] if self.pages else None
        is_end = last is not None and offset >= last.end and not self.text[last.end : offset + 1].strip()
        return last.number if last and is_end else None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said about a recommendation (or, at document level, about all of them).

    Attributes:
        kind: What the sentence does.
        span: Where it stands in the document's text.
        text: Its words with white space folded and page furniture taken out.
        value: Normal form where the kind has one: a `Position`, an `AuditorStatus`.
        printed: The words that carry the value, as printed.
        by: Who says it (respondent or auditor), as printed; empty when silent.
        said_on: The date the sentence itself gives for what it says ("As of June 2022 …").
        scope: Numbers of the recommendations a document-level statement covers; empty = all.

    """

    kind: StatementKind
    span: Span
    text: str
    value: str = ""
    printed: str = ""
    by: str = ""
    said_on: FuzzyDate | None = None
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """A date somebody promised in prose, and what for.

    `span` covers the words of the promise (`printed`); `due` carries EDTF, earliest and latest.
    `what` is the promised thing in the document's words, `share` the share promised (0-1) where
    a milestone names one, `said_on` when it was promised, where the prose says so.
    """

    kind: PromiseKind
    printed: str
    due: FuzzyDate
    by: str
    span: Span
    what: str = ""
    share: float | None = None
    said_on: FuzzyDate | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount an auditor attaches to a recommendation, in whole US dollars.

    `kind` is `questioned`, `unsupported`, `better-use`, `savings` or `identified` (mixed).
    """

    kind: str
    amount: int
    span: Span


@dataclass(frozen=True, slots=True)
class Record:
    """One recommendation as it stands in one document, before joining.

    `text` is folded (runs of white space become one space, page furniture is taken out, a word
    split by a page break is mended); `text_span` covers the original words. `text` is None when
    the document gives a status without the words. `number` is as printed ("3", "1a",
    "17-A-07-133.01") or None. `restated` lists further places where the same document repeats the text.
    """

    text: str | None
    text_span: Span | None
    report_title: str = ""
    report_number: str = ""
    number: str | None = None
    part: str = ""
    kind: RecommendationKind = RecommendationKind.RECOMMENDATION
    agency: str = ""
    agency_span: Span | None = None
    addressee: str = ""
    is_priority: bool = False
    is_legislative: bool = False
    status_printed: str | None = None
    status: AuditorStatus | None = None
    status_basis: StatusBasis | None = None
    status_confidence: float | None = None
    """For an inferred status: 0-1, how sure the reading is. None when printed."""
    status_span: Span | None = None
    position_printed: str | None = None
    position: Position | None = None
    position_span: Span | None = None
    position_by: str = ""
    narrative_span: Span | None = None
    response_span: Span | None = None
    """What the respondent answers to this recommendation, label included, where the layout sets it apart."""
    analysis_span: Span | None = None
    """What the auditor makes of the answer, label included, where the layout sets it apart."""
    statements: tuple[Statement, ...] = ()
    promises: tuple[Promise, ...] = ()
    closed_on: FuzzyDate | None = None
    updated_on: FuzzyDate | None = None
    next_update_on: FuzzyDate | None = None
    money: tuple[Money, ...] = ()
    restated: tuple[Span, ...] = ()
    is_truncated: bool = False
    is_withheld: bool = False
    doubts: tuple[Problem, ...] = ()
    """What a person should look at; a record with doubts goes to the review queue."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A labelled or headed finding of a report. `level` 1 is the outermost."""

    heading: str
    span: Span
    level: int = 1
    criteria: Span | None = None
    condition: Span | None = None
    cause: Span | None = None
    effect: Span | None = None


@dataclass(frozen=True, slots=True)
class ReportMention:
    """What one document says of one report: its own, or one it lists.

    `declared_count` is how many recommendations the document says the report makes (all of
    them, not only open ones); None when it does not say. `declared_open` is a listing block's count.
    """

    title: str
    title_span: Span | None = None
    number: str = ""
    number_span: Span | None = None
    issuer: str = ""
    kind: str = ""
    issued: FuzzyDate | None = None
    publicly_released: FuzzyDate | None = None
    fiscal_year: int | None = None
    declared_count: int | None = None
    declared_span: Span | None = None
    declared_open: int | None = None
    position: Position | None = None
    position_span: Span | None = None
    agency: str = ""
    topics: tuple[str, ...] = ()
    """Subjects the source files the report under, as printed."""
    is_cited_only: bool = False
    """True for a prior report the document merely cites."""


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """Everything read from one document.

    Attributes:
        document: The text the spans count in.
        family: Name of the family of layouts, or `unknown`.
        title, issuer, report_number, report_date: Of the document's own report; empty or None without one.
        as_of: The date the page says it is current at.
        declared_total: Recommendations the document says it holds; None when it does not say.
        complete: True when `declared_total` are shown, False when not, None when nothing is declared.
        is_secondary: True for news and the like: it may never create a status.
        statements: What is said of all recommendations at once.

    """

    document: Document
    family: str
    title: str = ""
    issuer: str = ""
    report_number: str = ""
    report_date: FuzzyDate | None = None
    as_of: FuzzyDate | None = None
    declared_total: int | None = None
    declared_span: Span | None = None
    complete: bool | None = None
    is_secondary: bool = False
    reports: tuple[ReportMention, ...] = ()
    findings: tuple[Finding, ...] = ()
    records: tuple[Record, ...] = ()
    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    extractor_version: str = EXTRACTOR_VERSION

    @property
    def shown(self) -> int:
        """Count the records this document shows."""
        return len(self.records)
