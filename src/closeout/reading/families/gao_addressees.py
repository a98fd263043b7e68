"""Whom a demand is addressed to, and which agency that official heads."""

from __future__ import annotations

import re
from typing import NamedTuple

_RANK = (
    r"(?:Acting|Under|Deputy|Assistant|Associate|Principal|Executive|Managing|Vice|Senior|Chief"
    r"|National|General|Regional)"
)
_OFFICE = (
    r"(?:Secretary|Secretaries|Administrators?|Commissioners?|Directors?|Attorney General|Chair(?:man"
    r"|woman|person)?s?"
    r"|Commandant|Comptroller|Postmaster General|Architect|Archivist|Librarian|Inspectors? General"
    r"|Governors?|President"
    r"|Chief(?:\s+[A-Z][a-z]+){0,3}(?:\s+Officer)?s?|Register|Treasurer|Surgeon General"
    r"|Executive Secretary|Superintendent"
    r"|Ombudsman|Counsel|Head|Board|Council|Superintendents?|Manager|Commander|Clerk|Sergeant at Arms"
    r"|Officer)"
)
_TITLE = (
    r"(?:Secretar|Administrator|Commissioner|Director|Attorney General|Chair|Chief|Commandant|Comptroller"
    r"|Inspector|President|Postmaster|Archivist|Librarian|Acting|Under Secretary|Deputy|Assistant)"
)
_BODY = (
    r"[A-Z][\w&’'.-]*(?:(?:,?\s+(?:of|and|the|for|to|on|in|&)){0,3}\s+"
    rf"(?!{_TITLE})[A-Z][\w&’'.-]*)*"
)
_HEADED = re.compile(
    rf"\b(?P<office>(?:{_RANK}\s+)*{_OFFICE})(?:,\s*|\s+(?:of|for|at)\s+)(?:the\s+)?(?P<body>{_BODY})"
)
_LED = re.compile(
    rf"\b[Tt]he\s+(?!{_RANK}\b)(?P<body>[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*"
    rf"|[A-Z][a-z]+)\s+(?P<office>(?:{_RANK}\s+)*{_OFFICE})\b"
)
_ALONE = re.compile(rf"\b[Tt]he\s+(?P<office>(?:{_RANK}\s+)*{_OFFICE})\b(?P<body>)")
_SUBJECT = re.compile(
    rf"(?:^|\b[Tt]hat\s+|,\s+)(?:the\s+)?(?P<office>)(?P<body>{_BODY})(?=\s+(?:should|take|work|direct"
    rf"|develop|ensure|require)\b)"
)
_MUST = re.compile(r"\b(?:should|shall|must)\b")
_SHOULD = re.compile(r"\b(?:should|take|direct|establish|develop|ensure|require|work|consider)\b")
_PARTNERS = re.compile(
    r",?\s+(?:in\s+(?:consultation|coordination|collaboration|cooperation|conjunction)|working|together"
    r"|along)\s+with\b|,\s+through\b"
)
_WITH_ARTICLE = frozenset({"Interior", "Treasury", "Army", "Navy", "Air Force"})
_FIXED = {
    "Attorney General": "Department of Justice",
    "Postmaster General": "United States Postal Service",
    "Architect": "Architect of the Capitol",
}
_HEADED_BODIES = {
    "Internal Revenue": "Internal Revenue Service",
    "Social Security": "Social Security Administration",
    "Currency": "Office of the Comptroller of the Currency",
    "Patents": "United States Patent and Trademark Office",
    "United States": "",
}
_CONNECTIVES = frozenset({"of", "and", "the", "for", "on", "in", "to", "at", "&"})
_REACH = 700


class Addressee(NamedTuple):
    """The official a demand names, and the body that official heads."""

    official: str
    agency: str
    start: int
    end: int


def find_addressee(demand: str, document: str = "") -> Addressee | None:
    """Return whom a demand asks to act; None when it names nobody.

    Args:
        demand: The words of the recommendation, white space folded.
        document: Text in which the document explains its abbreviations; may be empty.

    Returns:
        Offsets count in `demand`. Only who stands before the first verb of asking counts: "the
        Secretary should direct the Administrator" is addressed to the Secretary.

    """
    asked = _MUST.search(demand, 0, _REACH) or _SHOULD.search(demand, 0, _REACH)
    limit = asked.end() if asked else min(len(demand), _REACH)
    partners = _PARTNERS.search(demand, 0, limit)
    named = _named(demand, document, partners.start() if partners else limit)
    named = named or _named(demand, document, limit)[:1]
    if not named:
        return None
    officials = "; ".join(dict.fromkeys(one.official for one in named))
    agencies = "; ".join(dict.fromkeys(one.agency for one in named if one.agency))
    return Addressee(officials, agencies, named[0].start, named[-1].end)


def _named(demand: str, document: str, limit: int) -> list[Addressee]:
    """Return every official named before `limit`, in order; without one, the subject itself."""
    found: list[Addressee] = []
    for forms in ((_HEADED, _LED), (_ALONE, _SUBJECT)):
        hits = sorted(
            (hit for form in forms for hit in form.finditer(demand, 0, limit)), key=lambda hit: hit.start()
        )
        for hit in hits:
            one = _one(demand, hit, document)
            if not found or one.start >= found[-1].end:
                found.append(one)
        if found:
            break
    return found


def _one(demand: str, hit: re.Match[str], document: str) -> Addressee:
    body = _until_verb(hit["body"])
    start = min(at for at in (hit.start("office"), hit.start("body")) if at >= 0)
    end = max(hit.end("office"), hit.start("body") + len(body))
    return Addressee(demand[start:end].strip(" ,"), agency_headed(hit["office"], body, document), start, end)


def agency_headed(official: str, body: str, document: str = "") -> str:
    """Return the agency an official heads; empty when the words do not say."""
    if official in _FIXED:
        return _FIXED[official]
    if not body:
        return ""
    if body in _HEADED_BODIES:
        return _HEADED_BODIES[body]
    if official.endswith(("Secretary", "Secretaries")) and not _is_abbreviation(body):
        ranked = official not in {"Secretary", "Acting Secretary", "Deputy Secretary"}
        if ranked and body not in _WITH_ARTICLE and " " in body:
            return body
        return f"Department of {'the ' if body in _WITH_ARTICLE else ''}{body}"
    return expand(body, document) if _is_abbreviation(body) else body


def expand(abbreviation: str, document: str) -> str:
    """Return the name a document gives an abbreviation, `Name of the Body (NOB)`, or the abbreviation."""
    at = document.find(f"({abbreviation})")
    if at < 0:
        return abbreviation
    words = document[max(0, at - 200) : at].replace("’s", "").replace("'s", "").split()
    # "of" has no letter in most abbreviations (BHL) and one in some (DOD).
    return (
        _spelled(abbreviation, words, lettered=())
        or _spelled(abbreviation, words, lettered=("of",))
        or abbreviation
    )


def _spelled(abbreviation: str, words: list[str], *, lettered: tuple[str, ...]) -> str:
    """Return the last words whose initials spell the abbreviation; empty when they do not."""
    wanted = [letter for letter in reversed(abbreviation) if letter.isupper()]
    taken: list[str] = []
    for word in reversed(words):
        if not wanted:
            break
        taken.append(word)
        if word.casefold() in _CONNECTIVES and word.casefold() not in lettered:
            continue
        initials = [part[:1].upper() for part in word.split("-")]
        if wanted[0] not in initials:
            return ""
        del wanted[: len(initials) if initials[-1] == wanted[0] else 1]
    return "" if wanted else " ".join(reversed(taken))


def is_same_body(said: str, agency: str) -> bool:
    """Say whether two names can be of one body: equal, abbreviation of, or the telling part of."""
    if "; " in agency:
        return any(is_same_body(said, one) for one in agency.split("; "))
    one, other = _plain(said), _plain(agency)
    if not one or not other:
        return False
    if one == other or _initials(agency) == said or _initials(said) == agency:
        return True
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def _plain(name: str) -> str:
    words = re.sub(r"[^\w\s&]", " ", name).casefold().split()
    dropped = {"the", "department", "of", "u", "s", "united", "states", "officials", "official"}
    return " ".join(word for word in words if word not in dropped)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("U.S.", "").split() if word[:1].isupper())


def _is_abbreviation(body: str) -> bool:
    return " " not in body and sum(letter.isupper() for letter in body) > 1


def _until_verb(body: str) -> str:
    words = body.split()
    while words and words[-1].rstrip(",").casefold() in _CONNECTIVES:
        words.pop()
    return " ".join(words).rstrip(",.’'")
