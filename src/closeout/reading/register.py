"""What joining yields: one report and one recommendation each, whatever number of documents speak of it.

Keys are stable strings that do for a database and for a URL: `dhs-oig/OIG-17-51` is a report,
`dhs-oig/OIG-17-51/3` its third recommendation. A report known by its title alone has
`gao/title/<hash>`, a recommendation known by its words alone `<report>/text-<hash>`. When a later
document gives the number, the key changes and the old one is kept in `former_keys`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import RecommendationKind, Span

Place: TypeAlias = tuple[int, int]
"""Index of a document among the readings joined, and of a record (or mention) in it."""


class ConflictField(StrEnum):
    """The fields over which documents can contradict each other."""

    COMPLETION = "completion-date"
    POSITION = "position"
    STATUS = "status"
    NUMBER = "number"
    TEXT = "text"
    TITLE = "title"
    ISSUED = "issued"
    DECLARED = "declared-count"


class DoubtKind(StrEnum):
    """Why a person should look at a join."""

    LIKE_TEXTS = "like-texts"
    """Two recommendations of one report read almost alike; they were left apart."""
    SAME_TEXT = "same-text"
    """The same words stand under several recommendations; which one is meant is not said."""
    DIFFERENT_WORDS = "different-words"
    """Documents give one number to quite different words; they were joined by the number."""
    SAME_TITLE = "same-title"
    """A title without a number fits several reports; it was left apart."""
    LIKE_TITLES = "like-titles"
    """Two titles read almost alike; the reports were left apart."""
    SAME_NUMBER = "same-number"
    """A number without an issuer fits reports of several issuers; it was left apart."""
    UNPLACED = "unplaced"
    """A recommendation whose document does not say of which report it is."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where one document says something: `document` is its index, `span` is None when computed."""

    document: int
    span: Span | None


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of the values in a conflict and where it stands.

    `value` is None when these documents answer the question by giving none.
    """

    value: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one field that cannot all be right, each with its documents and spans."""

    field: ConflictField
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A join a person should decide. `keys` are of entries or reports; `likeness` is 0-1 or None."""

    kind: DoubtKind
    message: str
    keys: tuple[str, ...]
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """One report and every mention of it.

    Attributes:
        key: Stable name, `<issuer>/<number>` or `<issuer>/title/<hash>`.
        issuer: Short name of the issuer ("GAO", "DHS OIG"); empty when nothing says.
        number: In the normal spelling; empty when no document gives one.
        title: The title most documents print.
        issued: The day it was issued, as precisely as any document says.
        declared_count: How many recommendations the documents say it makes; None when they do not.
        aliases: Other titles and spellings of the number, as printed.
        mentions: `(document, index in its reports)`.
        documents: All documents that speak of it.
        former_keys: Keys it would have had with less known of it.
        is_cited_only: No document is about it; it is only cited.
        is_unidentified: Not a report but the place of an issuer's recommendations whose
            documents do not say of which report they are.

    """

    key: str
    issuer: str
    number: str
    title: str
    issued: FuzzyDate | None = None
    declared_count: int | None = None
    aliases: tuple[str, ...] = ()
    mentions: tuple[Place, ...] = ()
    documents: tuple[int, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    former_keys: tuple[str, ...] = ()
    is_cited_only: bool = False
    is_unidentified: bool = False


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One recommendation and every record of it.

    Attributes:
        key: Stable name, `<report key>/<number>`, `…/text-<hash>` or `…/declared-<n>`.
        report_key: The report that makes it.
        number: As printed; for a declared one, found by elimination or None.
        text: The fullest printing of its words; None when no document gives them.
        kind: Recommendation, matter for Congress or reiterated.
        agencies: The agencies it is addressed to, as printed.
        records: `(document, record)` of each record of it, in that order.
        conflicts: What the documents contradict each other on.
        is_declared_only: A document says that it exists; none shows it.
        former_keys: Keys it would have had with less known of it.

    """

    key: str
    report_key: str
    number: str | None
    text: str | None
    kind: RecommendationKind
    agencies: tuple[str, ...] = ()
    records: tuple[Place, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    is_declared_only: bool = False
    former_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """All reports and recommendations of a set of documents, and what a person should look at."""

    reports: tuple[RegisterReport, ...] = ()
    entries: tuple[RegisterEntry, ...] = ()
    doubts: tuple[Doubt, ...] = ()
