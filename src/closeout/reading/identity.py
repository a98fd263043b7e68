"""Names of issuers and numbers of reports, in one spelling each, and the keys made of them."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType

from closeout.reading.fold import fold_key, fold_space

UNKNOWN_ISSUER = "unknown"

# Departments by the words of their names, as they stand in a folded issuer's name; the longer first.
_DEPARTMENTS = MappingProxyType(
    {
        "homeland security": "dhs",
        "health and human services": "hhs",
        "veterans affairs": "va",
        "international development": "usaid",
        "housing and urban development": "hud",
        "environmental protection": "epa",
        "general services": "gsa",
        "social security": "ssa",
        "small business": "sba",
        "personnel management": "opm",
        "denali commission": "denali",
        "postal service": "usps",
        "tax administration": "tigta",
        "justice": "doj",
        "defense": "dod",
        "state": "state",
        "energy": "doe",
        "education": "ed",
        "labor": "dol",
        "commerce": "doc",
        "treasury": "treasury",
        "transportation": "dot",
        "interior": "doi",
        "agriculture": "usda",
        "amtrak": "amtrak",
    }
)
_ABBREVIATIONS = frozenset({*_DEPARTMENTS.values(), "nasa", "nsf", "fdic", "nrc", "fema"})

_DISPLAY = MappingProxyType(
    {"denali": "Denali Commission", "state": "State", "treasury": "Treasury", "amtrak": "Amtrak"}
)

# The codes of GAO's divisions in the numbers it gave before fiscal year 2001.
_GAO_DIVISIONS = (
    "AFMD|AIMD|CED|EMD|FGMSD|FPCD|GGD|HEHS|HRD|IMTEC|LCD|MASAD|NSIAD|OCG|OGC|OSI|PAD|PEMD|PLRD|PSAD|RCED"
)
_GAO_NEW = re.compile(r"(?:US)?GAO[\s/-]*(\d{2})[\s-]*(\d{2,6}[A-Z]{0,3})")
_GAO_OLD = re.compile(rf"(?:GAO[\s/-]*)?((?:T-)?(?:{_GAO_DIVISIONS}))[\s/-]*(\d{{2}}-[\dA-Z.]+)")
_OIG_NEW = re.compile(r"(?:[A-Z]{2,5}[\s/-]+)?OIG[\s/-]*(\d{2})[\s-]*(\d{1,4}(?:-[A-Z0-9]+)*)")
_LEAD = re.compile(
    r"^(?:(?:FINAL|AUDIT|EVALUATION|INSPECTION)\s+)?(?:REPORT\s*)?(?:NUMBER\b|NO\b\.?|NUM\b\.?|#)?\s*[:#]?\s*"
)
_TAIL = re.compile(r"\s*[(\[][^)\]]*[)\]]?\s*$|[\s.,;:]+$")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_AND = re.compile(r"\s+and\s+|\s*[;&]\s*|,\s+", re.IGNORECASE)
_LONGEST_NUMBER = 60
_UNSAFE = re.compile(r"[^A-Z0-9.]+")


def digest(folded: str) -> str:
    """Return 12 hexadecimal digits that stand for a folded text in a key."""
    return blake2b(folded.encode(), digest_size=6).hexdigest()


@lru_cache(maxsize=4096)
def issuer_key(name: str) -> str:
    """Return the issuer's short key (`gao`, `dhs-oig`), or "" when nothing is said.

    "DHS OIG", "Office of Inspector General, Department of Homeland Security" and "DHS-OIG"
    give one key. A name that is in no table becomes its own words with hyphens.
    """
    folded = fold_key(name.replace("-", " ").replace("/", " "))
    if not folded:
        return ""
    words = set(folded.split())
    if "gao" in words or "accountability office" in folded or "general accounting office" in folded:
        return "gao"
    is_inspector = "oig" in words or "inspector general" in folded or "tax administration" in folded
    if is_inspector:
        return f"{_department(folded, words)}-oig".removeprefix("-")
    return "-".join(folded.split())[:_LONGEST_NUMBER].strip("-")


def _department(folded: str, words: set[str]) -> str:
    if known := sorted(words & _ABBREVIATIONS):
        return known[0]
    for phrase, short in _DEPARTMENTS.items():
        if phrase in folded:
            return short
    rest = re.sub(r"\b(?:office|of|the|inspector|general|oig|u\s?s|united states|department)\b", " ", folded)
    return "-".join(rest.split())[:_LONGEST_NUMBER].strip("-")


def issuer_name(key: str) -> str:
    """Return an issuer's short name for people, from its key; "" when it is unknown."""
    if key in {"", UNKNOWN_ISSUER}:
        return ""
    if key == "gao":
        return "GAO"
    stem, dash, tail = key.rpartition("-")
    if dash and tail == "oig":
        return f"{_DISPLAY.get(stem, stem.upper() if len(stem) <= 5 else stem.replace('-', ' ').title())} OIG"  # noqa: PLR2004
    return key.upper() if key == "oig" else key.replace("-", " ").title()


def is_auditor(issuer: str) -> bool:
    """Say whether an issuer's key is that of an auditor (and not, say, of a newspaper)."""
    return issuer in {"gao", "oig"} or issuer.endswith("-oig")


@lru_cache(maxsize=16384)
def report_number(printed: str) -> str:
    """Return a report's number in one spelling, or "" when the words hold no digit or are too many.

    Case, kinds of dashes, blanks, a leading "Report No." and a trailing remark in brackets
    make no difference: "GAO 07-283", "gao-07-283" and "GAO-07-283 (Reissued)" are one, as are
    "GAO/AIMD-00-21" and "AIMD-00-21", and "DHS OIG-17-51" and "OIG 17-51". Zeros are kept,
    since "OIG-17-051" and "OIG-17-51" are numbers of two issuers.
    """
    number = _normal_number(printed)
    # A remark within a remark, or a second lead, shows only when the first is gone.
    while (again := _normal_number(number)) != number:
        number = again
    return number


def _normal_number(printed: str) -> str:
    text = fold_space(printed).translate(_DASHES).upper()
    text = _TAIL.sub("", _LEAD.sub("", text))
    if len(text) > _LONGEST_NUMBER or not any(letter in "0123456789" for letter in text):
        return ""
    for pattern, prefix in ((_GAO_NEW, "GAO-"), (_GAO_OLD, ""), (_OIG_NEW, "OIG-")):
        if found := pattern.fullmatch(text):
            return f"{prefix}{found[1]}-{found[2]}"
    return _UNSAFE.sub("-", text).strip("-.")


def report_numbers(printed: str) -> tuple[str, ...]:
    """Return each number of words that may name several reports: "502-2005 and 503-2005" has two."""
    parts = [number for part in _AND.split(printed) if (number := report_number(part))]
    return tuple(dict.fromkeys(parts))


def issuer_of_number(number: str) -> str:
    """Return the issuer a number's form gives away, or "" when other issuers use it too."""
    if _GAO_NEW.fullmatch(number) or _GAO_OLD.fullmatch(number):
        return "gao"
    if re.fullmatch(r"OEI-\d{2}-\d{2}-\d{5}|A-\d{2}-\d{2}-\d{5}", number):
        return "hhs-oig"
    return ""


@lru_cache(maxsize=16384)
def recommendation_number(printed: str, part: str = "") -> str:
    """Return a recommendation's number in one spelling ("3", "1A", "17-A-07-133.01"), or ""."""
    text = re.sub(
        r"^\s*(?:rec(?:ommendation)?s?\b\.?|no\b\.?|number\b|#)\s*",
        "",
        f"{printed}{part}",
        flags=re.IGNORECASE,
    )
    text = _UNSAFE.sub("-", text.translate(_DASHES).upper()).strip("-.")
    if len(text) > _LONGEST_NUMBER:
        return ""
    return str(int(text)) if text.isdecimal() else text


def is_ordinal(number: str) -> bool:
    """Say whether a normal number counts within its report ("3", "1A") and is not unique of itself."""
    return bool(re.fullmatch(r"\d{1,3}-?[A-Z]?(?:\.\d{1,2})?", number))
