"""Who issued a document, and under which number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from closeout.reading.fold import fold_space
from closeout.reading.model import Span

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText


@dataclass(frozen=True, slots=True)
class Found:
    """Words found in the clean text and where, with their place in the document."""

    words: str
    start: int
    end: int
    span: Span | None = None


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
# In small letters, as the texts are searched: ignoring case is several times slower.
_ISSUER = tuple((name, re.compile(pattern.lower())) for name, pattern in _ISSUERS)
# In small letters, and with a letter in front of each alternative: the search then skips to it.
_OFFICE = re.compile(r"office(?<!\woffice) of (?:the )?inspector general\b")
_SPEAKS = re.compile(r"inspector\s+general|oig(?<!\woig)\b|tigta(?<!\wtigta)\b")
_OFFICE_OF = re.compile(
    r"\bOFFICE OF (?:THE )?INSPECTOR GENERAL[ \t]*\n[ \t]*(?P<below>"
    r"[A-Z][\w.’'-]*(?: (?:of|and|the|for|&|[A-Z][\w.’'-]*)){1,8})[ \t]*(?=\n)"
    r"|(?:^|\n)[ \t]*(?P<above>(?:[A-Z][\w.’'-]*[ \t]+){1,4}(?:Commission|Authority|Board|Agency"
    r"|Administration|Corporation|Service))"
    r"[ \t]*\n[ \t]*Office of (?:the )?Inspector General"
)
_INSPECTOR = re.compile(r"inspector\s+general|oig(?<!\woig)\b|ig(?<!\wig)\b|tigta(?<!\wtigta)\b|oig\.")
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
_FURNITURE_REACH = 12
_PAGE_OF = re.compile(
    r"(?:^|[|–—]|\s-)\s*(?P<body>[A-Z](?:(?! - )[^|–—]){0,80}?(?<=[\w.)]))(?:[ -]OIG\b"
    r"|,?\s+Office of (?:the )?Inspector General\b)"
)


def issuer(text: str) -> str:
    """Return the short name of the inspector general's office, or "" when the text names none."""
    return _issuer(text[:6_000])


def office(clean: CleanText, own: str) -> str:
    """Return the office whose page this is: `own` unless the page's title names another."""
    named = _PAGE_OF.search(clean.document.title)
    body = fold_space(named["body"]) if named else ""
    if not body or not body.split()[-1][0].isupper():
        return own
    known = next((name for name, pattern in _ISSUER if pattern.search(f"{body} oig".lower())), None)
    return known or f"{body} OIG"


def is_of_inspector(text: str) -> bool:
    """Say whether a text comes from an inspector general's office, named or not."""
    return _names_office(text[:6_000]) or bool(issuer(text))


@lru_cache(maxsize=8)
def speaks_of_inspector(head: str) -> bool:
    """Say whether the head of a text names an inspector general at all."""
    return _SPEAKS.search(head.lower()) is not None


@lru_cache(maxsize=8)
def _names_office(head: str) -> bool:
    return _OFFICE.search(head.lower()) is not None


@lru_cache(maxsize=8)
def _issuer(head: str) -> str:
    lowered = head.lower()
    if not _INSPECTOR.search(lowered):
        return ""
    own = _OFFICE_OF.search(head)
    if own:
        body = fold_space(own["below"] or own["above"])
        known = next((name for name, pattern in _ISSUER if pattern.search(body.lower())), None)
        return known or f"{body} OIG"
    hits = [(found.start(), name) for name, pattern in _ISSUER if (found := pattern.search(lowered))]
    return min(hits)[1] if hits else ""


def report_number(clean: CleanText, reach: int = 4_000) -> Found | None:
    """Return the document's own report number: the first on its opening pages.

    A number that only running headers and footers print was taken out of the clean text; it is
    looked for in the document's.
    """
    found = _number_in(clean.text[:reach])
    if found:
        return replace(found, span=clean.original(found.start, found.end))
    removed = (_number_in(span.of(clean.document.text)) for span in clean.removed[:_FURNITURE_REACH])
    for found, span in zip(removed, clean.removed, strict=False):
        if found:
            at = clean.at(span.start)
            return Found(found.words, at, at, Span(span.start + found.start, span.start + found.end))
    return None


def _number_in(head: str) -> Found | None:
    found = NUMBER.search(head)
    labelled = _LABELLED_NUMBER.search(head)
    if (
        labelled
        and (found is None or labelled.start("number") <= found.start())
        and re.search(r"\d", labelled["number"])
    ):
        return Found(labelled["number"], labelled.start("number"), labelled.end("number"))
    return Found(found[0], found.start(), found.end()) if found else None
