"""Where an agency's name ends when the recommendation follows it without a separator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_DEMAND_OPENERS = (
    r"The|To|In|Once|As|When|If|By|For|We|After|Before|Until|Upon|While|With|Within|Given|Because|Since"
    r"|Through"
    r"|During|Based|Following|Further|Additionally|Also|Similarly|Where|Should|Ensure|Direct|Develop"
    r"|Require|An?"
    r"|Congress|Prior|Consistent|Until|Unless|Although|Considering|Considered|Regarding|It|At|On|This"
    r"|These|Each"
)
_NAME_WORD = r"(?:[A-Z][\w.&’'/-]*|of|and|the|for|on|in|to|at|&|\(?[A-Z]{2,}\)?|[-–—])"
_OPENER = re.compile(rf"(?<=[\w).’'])[,:]?\s+(?=(?:{_DEMAND_OPENERS})\b)")
_OFFICIAL = re.compile(
    r"(?<=[\w).])\s+(?=(?:Secretary|Administrator|Commissioner|Director|Attorney General|Chair(?:man"
    r"|woman|person)?|Chief"
    r"|Under Secretary|Assistant Secretary|Deputy Secretary|Commandant|Comptroller|Postmaster General"
    r"|Archivist|Librarian"
    r"|Executive Director|Acting|Inspector General|Governor|President|Board)\b[^.]{0,120}?\bshould\b)"
)
_ACRONYM = re.compile(r"(?<=[\w).])\s+(?=[A-Z][A-Za-z]{0,3}[A-Z]\w{0,6}(?:’s|'s)?\s[^.]{0,80}?\bshould\b)")
_NAME = re.compile(rf"{_NAME_WORD}(?:[\s,:]+{_NAME_WORD})*")
_BODY = re.compile(
    r"\b(?:Department|Office|Administration|Agency|Bureau|Commission|Service|Services|Enforcement|Board"
    r"|Corporation"
    r"|Center|Centers|Council|Directorate|Authority|Congress|Secretary|Institute|Institutes|Foundation"
    r"|Guard|Patrol|Bank"
    r"|Corps|Army|Navy|Force|Marine|Library|Archives|Trust|Endowment|Division|Command|Protection|Program"
    r"|System|Staff"
    r"|Fund|Forest|Postal|Reserve|Survey|Academy|Court|Courts|Treasury|Commissioner|Mint|Group"
    r"|Association|Union|Works)\b"
)
_UNFINISHED = re.compile(r"(?:[.:?,]|\b(?:of|and|the|for|on|in|to|at|&))$")
_LONGEST_NAME = 140
_DEMAND = re.compile(
    r"\b(?:should|shall|must|recommends?|recommending|may wish to|needs? to|consider(?:s|ing)?|ensures?"
    r"|establish(?:es)?)\b",
    re.IGNORECASE,
)
_DEMAND_REACH = 1_200
_CONGRESS = re.compile(
    r"(?:(?:In order )?[Tt]o [^.]{5,400}?,\s+)?(?:[Tt]he )?(?:U\.S\. )?Congress(?:\s+(?:should|may wish"
    r"|could|needs)\b|$)"
)


def is_demand(text: str) -> bool:
    """Say whether words near the beginning ask for something."""
    return _DEMAND.search(text, 0, _DEMAND_REACH) is not None


def is_agency_name(text: str) -> bool:
    """Say whether the text is the name of a body and nothing else."""
    return (
        0 < len(text) <= _LONGEST_NAME
        and not _UNFINISHED.search(text)
        and _NAME.fullmatch(text) is not None
        and _BODY.search(text) is not None
    )


def is_congress(text: str) -> bool:
    """Say whether an agency's name is that of Congress, or a demand is addressed to it."""
    return _CONGRESS.match(text) is not None


def agency_length(text: str, known: Iterable[str] = ()) -> int:
    """Return how many characters at the beginning of the text are an agency's name, 0 for none.

    Args:
        text: A row's words: an agency with a demand behind it, no separator between.
        known: Names that are certain from elsewhere on the page; the longest that fits wins.

    """
    fitting = [name for name in known if text.startswith(f"{name} ")]
    if fitting:
        return max(map(len, fitting))
    for boundary in (_OPENER, _OFFICIAL, _ACRONYM):
        for hit in boundary.finditer(text, 0, _LONGEST_NAME + 2):
            if is_agency_name(text[: hit.start()]):
                return hit.start()
    return 0
