"""Whom a demand is addressed to, read from the words that introduce it."""

from __future__ import annotations

import re

_THAT = re.compile(
    r"\brecommend(?:s|ed|ing)?\s+(?:also\s+)?(?:that\s+)?(?:,[^,]{1,160},\s*)?(?P<who>(?:the\s+|both\s+"
    r"|its\s+)?[A-Z][^:;.]*?"
    r"|(?:the\s+)?(?:State|state|director|secretary|department|commissioner|administrator|facility"
    r"|hospital|chief|under)[^:;.]*?)"
    r"(?:\s*[:;]|\s+(?:should|to\b|take|take the|work|seek|ensure|establish|develop|implement|require"
    r"|direct|improve|strengthen"
    r"|update|review|determine|provide|conduct|consider|coordinate|collaborate|continue|evaluate|assess"
    r"|issue|revise|reduce|increase"
    r"|identify|verify|recover|collect|refund|adjust|reimburse|credit|use|make|complete|define|monitor"
    r"|enhance|correct|return|amend"
    r"|evaluates|ensures|reviews|develops|create|designate|document|address|decrease|specify|remedy|obtain"
    r"|clarify|enforce|instruct"
    r"|work|maintain|change|follow|finalize|pursue|add|disallow|report|request|include)\b|$)",
)
_SHOULD = re.compile(
    r"^(?:[^,]{0,160},\s*)?(?P<who>(?:[Tt]he\s+)?[A-Z][\w.&’'/ ,-]{1,140}?)\s+(?:should|needs? to|must)\b"
)
_OF = re.compile(
    r"\b(?:of|for|at)\s+(?:the\s+)?(?P<name>[A-Z][\w&.’'/-]*(?:\s+(?:of|and|the|for|[A-Z][\w&.’'/-]*))*)"
)
_ACRONYM = re.compile(r"(?<![A-Za-z])(?P<name>[A-Z]{2,}(?:[-/][A-Z]+)*)(?![a-z])")
_OFFICE = re.compile(
    r"(?i)^(?:the\s+)?(?:acting\s+|deputy\s+|principal\s+|assistant\s+|associate\s+|chief\s+|under\s+"
    r"|executive\s+|regional\s+|general\s+)*"
    r"(?:director|secretary|commissioner|administrator|officer|counsel|chief|commandant|chair\w*|manager"
    r"|president|ambassador|librarian)\b"
)
_TRAILING = re.compile(
    r"(?:,?\s+(?:or (?:a |his |her |their )?designee|in (?:consultation|coordination|conjunction) with.*"
    r"|\(.*))+$"
)
_STAFF = re.compile(r"\s+(?:staff|officials?|management|leadership|personnel)$", re.IGNORECASE)
_AWAY = frozenset({"OIG", "We", "US", "FY"})


def addressee(words: str) -> str:
    """Return the official or body that the words after "recommend that" name, or ""."""
    folded = " ".join(words.split())
    found = _THAT.search(folded) or _SHOULD.match(folded)
    who = found["who"].strip(" ,") if found else ""
    return _TRAILING.sub("", who) if len(who) < 160 else ""  # noqa: PLR2004 - longer is a sentence, no title


def agency(who: str) -> str:
    """Return the body an addressee belongs to: "ICE" for "the Director of ICE or a designee".

    An addressee that is itself a body comes back as it is; an office without a body gives "".
    """
    who = _TRAILING.sub("", who)
    body = _OF.search(who)
    acronym = next((match["name"] for match in _ACRONYM.finditer(who) if match["name"] not in _AWAY), "")
    if _OFFICE.match(who):
        return acronym or (body["name"].strip(" ,") if body else "")
    return re.sub(r"^(?:the|both|its)\s+", "", who, flags=re.IGNORECASE).strip(" ,")


def fuller(body: str, respondent: str) -> str:
    """Return the respondent's name where it is the same body with more of its name: "HCFA RO IV"."""
    name = _STAFF.sub("", respondent)
    return name if body and name != body and name.endswith(f" {body}") else body
