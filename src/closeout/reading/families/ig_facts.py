"""Who issued a document, under which number, when and about what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from closeout.reading.dates import FuzzyDate, find_dates
from closeout.reading.families.ig_headings import is_title
from closeout.reading.fold import fold_space

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText


@dataclass(frozen=True, slots=True)
class Found:
    """Words found in the clean text and where."""

    words: str
    start: int
    end: int


_ISSUERS: tuple[tuple[str, str], ...] = (
    ("DHS OIG", r"\bDHS OIG\b|oig\.dhs\.gov|Department of Homeland Security"),
    (
        "HHS OIG",
        r"oig\.hhs\.gov|HHS/OIG|HHS-OIG|Department\s+of Health and Human Services|\bOEI-\d\d-\d\d-\d{5}",
    ),
    ("VA OIG", r"vaoig\.gov|VA OIG|Department of Veterans Affairs|\(VHA\)|\(VBA\)"),
    ("TIGTA", r"Treasury Inspector General for Tax Administration|\bTIGTA\b"),
    ("DOJ OIG", r"oig\.justice\.gov|Department of Justice"),
    ("USAID OIG", r"oig\.usaid\.gov|\bUSAID/|Agency for International Development"),
    ("State OIG", r"stateoig\.gov|Department of State\b"),
    ("Denali Commission OIG", r"Denali\s+Commission"),
    ("Amtrak OIG", r"\bAmtrak\b|National Railroad Passenger"),
    ("SSA OIG", r"Social Security Administration"),
    ("EPA OIG", r"Environmental Protection Agency"),
    ("NASA OIG", r"\bNASA\b"),
    ("USDA OIG", r"Department of Agriculture"),
    ("DOL OIG", r"Department of Labor"),
    ("DOI OIG", r"Department of the Interior"),
    ("DOE OIG", r"Department of Energy"),
    ("ED OIG", r"Department of Education"),
    ("HUD OIG", r"Housing and Urban Development"),
    ("DOT OIG", r"Department of Transportation"),
    ("DOD OIG", r"Department of Defense|\bDODIG\b"),
    ("Commerce OIG", r"Department of Commerce"),
    ("Treasury OIG", r"Department of the Treasury"),
    ("FDIC OIG", r"\bFDIC\b"),
    ("NRC OIG", r"Nuclear Regulatory Commission"),
)
_ISSUER = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _ISSUERS)
_INSPECTOR = re.compile(r"inspector\s+general|\bO?IG\b|\bTIGTA\b|oig\.", re.IGNORECASE)
NUMBER = re.compile(
    r"\b(?:OEI-\d\d-\d\d-\d{5}|A-\d\d-\d\d-\d{5}|DCOIG-\d\d-\d{3}-[A-Z]|(?:DODIG|D)-\d{4}-\d{3}"
    r"|OIG-\d\d-[AE]?-?\d{2,4}(?:-[A-Z])?(?=[^\d]|$)"
    r"|(?:AUD|ISP|ESP|MERO|OIG)-[A-Z]{1,4}-\d\d-\d\d|\d{2}-\d{5}-\d{2,3}|(?:\d|[A-Z])-(?:\d{3}"
    r"|[A-Z]{3})-\d\d-\d{3}-[A-Z]"
    r"|A-\d\d-\d\d-\d{5}|\d\d-[A-Z]-\d{4}|\d{4}-\d\d-\d{3}|IG-\d\d-\d{3})(?![\d-])"
)
"""Report numbers as inspectors general print them, longest forms first."""
_LABELLED_NUMBER = re.compile(
    r"\b(?:(?:Final |Audit |Evaluation |Inspection |Review |Memorandum )?Report (?:Number|No\.?)"
    r"|Audit Report(?: No\.?| Number)?"
    r"|Reference Number|AUDIT NUMBER"
    r"|Report)\s*[:#]?\s*\|?\s*\(?(?P<number>[A-Z0-9]+(?:[-./][A-Z0-9]+)+)\)?(?![a-z])",
)
_SUBJECT = re.compile(
    r"^[ \t]*(?:SUBJECT|Subject|RE|Re)[ \t]*:[ \t]*\n?\s*(?P<words>\S[^\n]*(?:\n(?![ \t]*\n)[^\n]+){0,5})",
    re.MULTILINE,
)
_SUBJECT_START = re.compile(
    r"^(?:Final (?:Audit |Evaluation |Inspection )?Report\s*[-–—:]\s*|Resolution of \S+,\s*)", re.IGNORECASE
)
_SUBJECT_END = re.compile(
    r"\s*(?:\((?:Audit|Project) #.*|(?:Final )?(?:Audit |Evaluation )?Report No\.? .*|\(?[A-Z]+-[\w-]+\d\)?)$"
)
_DATE_LABEL = re.compile(
    r"^(?:date(?: issued)?|issued|published.*? on|report date|refer to.*)\s*:?$", re.IGNORECASE
)
_MOST_BESIDE = 24


def issuer(text: str) -> str:
    """Return the short name of the inspector general's office, or "" when the text names none."""
    return _issuer(text[:6_000])


@lru_cache(maxsize=8)
def _issuer(head: str) -> str:
    if not _INSPECTOR.search(head):
        return ""
    hits = [(found.start(), name) for name, pattern in _ISSUER if (found := pattern.search(head))]
    return min(hits)[1] if hits else ""


def report_number(text: str, reach: int = 4_000) -> Found | None:
    """Return the document's own report number: the first on its opening pages."""
    head = text[:reach]
    found = NUMBER.search(head)
    labelled = _LABELLED_NUMBER.search(head)
    if (
        labelled
        and (found is None or labelled.start("number") <= found.start())
        and re.search(r"\d", labelled["number"])
    ):
        return Found(labelled["number"], labelled.start("number"), labelled.end("number"))
    return Found(found[0], found.start(), found.end()) if found else None


def report_date(clean: CleanText, reach: int = 4_000) -> FuzzyDate | None:
    """Return the date the document prints on a line of its own near its start.

    A date within a sentence is not the document's.
    """
    head = clean.text[:reach]
    for found in find_dates(head):
        if found.span is None or not _stands_apart(head, found.span.start, found.span.end):
            continue
        span = clean.original(found.span.start, found.span.end)
        return FuzzyDate(found.edtf, found.earliest, found.latest, found.printed, span)
    return None


def located(clean: CleanText, found: FuzzyDate, offset: int = 0) -> FuzzyDate:
    """Return a date found in `clean.text[offset:]` with its span in the document."""
    if found.span is None:
        return found
    span = clean.original(offset + found.span.start, offset + found.span.end)
    return FuzzyDate(found.edtf, found.earliest, found.latest, found.printed, span)


def date_in(clean: CleanText, start: int, end: int) -> FuzzyDate | None:
    """Return the first date in `clean.text[start:end]`, its span in the document."""
    found = next(iter(find_dates(clean.text[start:end], start)), None)
    return located(clean, found) if found else None


def subject(text: str) -> Found | None:
    """Return the subject line of a memorandum, without report numbers before or after the title."""
    match = _SUBJECT.search(text[:8_000])
    if match is None:
        return None
    words = fold_space(match["words"])
    words = _SUBJECT_END.sub("", _SUBJECT_START.sub("", words)).strip()
    return Found(words, match.start("words"), match.end("words")) if words else None


def cover_title(text: str, stop: int) -> Found | None:
    """Return the title-like lines that stand together just before `stop` (a date or number)."""
    at, kept = 0, []
    for line in text[:stop].splitlines(keepends=True):
        kept.append((at, line))
        at += len(line)
    lines: list[tuple[int, str]] = []
    for step, (start, line) in enumerate(reversed(kept)):
        if is_title(line):
            lines.insert(0, (start, line.strip()))
        elif lines or step > _MOST_BESIDE // 4:
            break
    if not lines:
        return None
    words = " ".join(line for _, line in lines)
    first = text.index(lines[0][1], lines[0][0])
    return Found(words, first, lines[-1][0] + len(lines[-1][1]))


def _stands_apart(text: str, start: int, end: int) -> bool:
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    before = text[left:start].strip()
    after = text[end : len(text) if right < 0 else right].strip()
    if _DATE_LABEL.match(before):
        return True
    if before.endswith(("(", "-", "–")) or (before and before[-1].islower()):
        return False
    return len(before) <= _MOST_BESIDE * 8 and not after.lstrip(".,|) ").split()[3:] and _is_bare(before)


def _is_bare(before: str) -> bool:
    """Say whether the words before a date on its line are a number or a title, no sentence."""
    return not before or before.endswith(("|", ":", ")", ",")) or before.replace("-", "").isalnum()
