"""Whom a demand is addressed to, read from the words that introduce it."""

from __future__ import annotations

import re

_NAME = (
    r"(?:[Tt]he\s+|[Bb]oth\s+|[Ii]ts\s+|[Ee]ach\s+)?[A-Z][\w.&’'/-]*(?:,?\s+(?:of|and|for|at|in|on|to|the"
    r"|&|of\s+the|for\s+the|and\s+the)"
    r"(?=\s+(?:the\s+)?[A-Z])|,?\s+[A-Z][\w.&’'/-]*|\s+the(?=\s+[A-Z])|\s+\([A-Z][\w/-]*\)"
    r"|(?:(?<=Region)|(?<=District)|(?<=VISN))\s+\d{1,2})*"
)
_OFFICIAL = (
    r"(?:the\s+)?(?:\w+\s+){0,4}?(?:director|secretary|commissioner|administrator|officer|chief|manager"
    r"|president|auditor|state"
    r"|department|agency|hospital|grantee|management|facility|bureau|State)s?(?:\s+(?:of|for"
    r"|at)\s+(?:the\s+)?"
    r"(?:[A-Z][\w.&’'-]*(?:\s+(?:of\s+|and\s+|the\s+)*[A-Z][\w.&’'-]*)*|health|benefits|support"
    r"|memorial\s+affairs))?"
)
_THAT = re.compile(
    rf"\brecommend(?:s|ed|ing)?\s+(?:that\s+)?(?:,?[^,:;]{{1,160}},\s+)?(?P<who>{_NAME}"
    rf"|{_OFFICIAL})(?=[\s:,;]|$)"
)
_SHOULD = re.compile(rf"^(?:[^,]{{1,160}},\s+)?(?P<who>{_NAME})\s*,?\s+(?:should|needs?\s+to|must)\b")
_OF = re.compile(
    r"\b(?:of|at)\s+(?:the\s+)?(?P<name>[A-Z][\w&.’'/-]*(?:\s+(?:of|and|the|for|[A-Z][\w&.’'/-]*))*)"
)
_ACRONYM = re.compile(r"(?<![A-Za-z])(?P<name>[A-Z]{2,}(?:[-/][A-Z]+)*)(?![a-z])")
_OFFICE = re.compile(
    r"^(?:the\s+)?(?:(?:acting|deputy|principal|assistant|associate|chief|under|executive|regional|general"
    r"|vice|national|senior"
    r"|[a-z]+)\s+){0,4}?(?:director|secretary|commissioner|administrator|officer|counsel|chief|commandant"
    r"|chair\w*|manager|president"
    r"|ambassador|librarian|advocate)\b",
    re.IGNORECASE,
)
_AFTER_COMMA = re.compile(r",\s+(?P<name>[A-Z][\w&.’'/-]*(?:\s+(?:of|and|the|for|[A-Z][\w&.’'/-]*))*)$")
_TRAILING = re.compile(
    r"(?:,?\s+(?:or (?:a |his |her |their )?designee|in (?:consultation|coordination|conjunction) with.*"
    r"|\(.*)|,)+$"
)
_STAFF = re.compile(r"\s+(?:staff|officials?|management|leadership|personnel)$", re.IGNORECASE)
_AWAY = frozenset({"OIG", "We", "US", "FY"})
_NOBODY = frozenset(
    {"", "agency", "agencies", "bureau", "component", "components", "department", "it", "management",
    "office", "officials", "they", "you", "your office", "the agency", "the department",
    "the components", "all parties", "auditee", "responsible official"}
)  # fmt: skip
_LONGEST = 160


def addressee(words: str) -> str:
    """Return the official or body that the words after "recommend that" name, or ""."""
    folded = " ".join(words.split())
    found = _THAT.search(folded) or _SHOULD.match(folded)
    who = found["who"].strip(" ,") if found else ""
    return _TRAILING.sub("", who) if len(who) < _LONGEST else ""


def agency(who: str) -> str:
    """Return the body an addressee belongs to: "ICE" for "the Director of ICE or a designee".

    An addressee that is itself a body comes back as it is; an office without a body gives "".
    """
    who = _TRAILING.sub("", who)
    if not _OFFICE.match(who):
        return re.sub(r"^(?:the|both|its|each)\s+", "", who, flags=re.IGNORECASE).strip(" ,")
    acronym = next((match["name"] for match in _ACRONYM.finditer(who) if match["name"] not in _AWAY), "")
    body = _OF.search(who) or _AFTER_COMMA.search(who)
    return acronym or (body["name"].strip(" ,") if body else "")


def named(respondent: str) -> str:
    """Return a respondent's name, or "" when the words name nobody ("your office", "management")."""
    name = _STAFF.sub("", respondent)
    return "" if name.lower() in _NOBODY else name


def fuller(body: str, respondent: str) -> str:
    """Return the respondent's name where it is the same body with more of its name: "HCFA RO IV"."""
    name = _STAFF.sub("", respondent)
    return name if body and name != body and name.endswith(f" {body}") else body
