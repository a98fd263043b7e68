"""Who a sentence says does something: the name right before a verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\([A-Z][\w&-]{1,12}\)|[\w&/’'.-]+|[^\w\s]")
_REACH = 160
"""Characters before the verb in which the name is looked for."""
_CONNECTING = frozenset({"of", "and", "the", "for", "&", "on", "in", "to"})
# fmt: off
_ROLES = frozenset({
    "officials", "official", "office", "management", "agency", "agencies", "department", "departments",
    "bureau", "leadership", "components", "component", "staff", "administration", "company",
    "headquarters", "secretary", "director", "auditee", "grantee", "contractor", "mission",
    "commission", "board", "corporation", "regional", "program", "service", "services", "city",
    "county", "university",
})
# fmt: on
_PRONOUNS = frozenset({"it", "they", "he", "she", "which", "who"})
_AUDITORS = frozenset({"we", "i", "gao", "us", "auditors"})
# fmt: off
_OPENERS = frozenset({
    "however", "although", "while", "in", "as", "because", "when", "since", "by", "after", "before",
    "additionally", "further", "furthermore", "moreover", "therefore", "also", "but", "and", "though",
    "instead", "if", "once", "that", "this", "these", "our", "its", "their", "for", "with", "from",
    "to", "on", "at", "during", "finally", "specifically", "similarly", "overall", "both", "thus",
    "accordingly", "subsequently", "response", "comment", "comments", "whereas", "regarding", "until",
    "unless", "nor", "or",
})
# fmt: on
# fmt: off
_DEPARTMENTS = frozenset({
    "DHS", "DOD", "DOE", "DOI", "DOJ", "DOL", "DOT", "ED", "EPA", "HHS", "HUD", "NASA", "SBA", "SSA",
    "USAID", "USDA", "VA", "Commerce", "Education", "Energy", "Interior", "Justice", "Labor", "State",
    "Transportation", "Treasury",
})
# fmt: on
_ACRONYM = re.compile(r"[A-Z][A-Z&/-]*[A-Z]")


@dataclass(frozen=True, slots=True)
class Respondent:
    """The name before a verb.

    Attributes:
        name: As printed, without "the"; empty for a pronoun or when there is none.
        start: Where it starts in the sentence; None when there is none.
        is_auditor: Whether it is the auditor speaking ("we", "GAO").

    """

    name: str = ""
    start: int | None = None
    is_auditor: bool = False


def find_respondent(sentence: str, verb: int) -> Respondent:
    """Return the name that ends right before the character `verb` of a sentence.

    Two names without a link ("ICE DHS") are a slip of the pen when the second is a department:
    the second is meant.
    """
    first = max(0, verb - _REACH)
    tokens = [(match[0], first + match.start()) for match in _TOKEN.finditer(sentence[first:verb])]
    kept: list[tuple[str, int]] = []
    for word, at in reversed(tokens):
        if not _belongs(word, kept):
            break
        kept.insert(0, (word, at))
    while kept and kept[0][0].lower() in _CONNECTING | _OPENERS and kept[0][0].lower() != "the":
        kept.pop(0)
    if not kept:
        return _pronoun(tokens)
    kept = _unfused(kept)
    words = [word for word, _ in kept]
    name = sentence[kept[0][1] : kept[-1][1] + len(kept[-1][0])]
    is_auditor = len(words) == 1 and words[0].lower() in _AUDITORS
    return Respondent(_without_article(name), kept[0][1], is_auditor)


def _belongs(word: str, after: list[tuple[str, int]]) -> bool:
    """Say whether a word can be part of the name that `after` continues."""
    lower = word.lower()
    if lower in _PRONOUNS or (lower in _OPENERS and lower not in _CONNECTING):
        return False
    if lower in _CONNECTING or lower == "your":
        return bool(after)
    return word[0].isupper() or lower in _ROLES or (word[0] == "(" and word[1:2].isupper())


def _pronoun(tokens: list[tuple[str, int]]) -> Respondent:
    if not tokens:
        return Respondent()
    word, at = tokens[-1]
    if word.lower() in _AUDITORS:
        return Respondent("", at, is_auditor=True)
    return Respondent("", at if word.lower() in _PRONOUNS else None)


def _unfused(kept: list[tuple[str, int]]) -> list[tuple[str, int]]:
    names = [word for word, _ in kept]
    if len(names) > 1 and names[-1] in _DEPARTMENTS:
        before = names[-2]
        if _ACRONYM.fullmatch(before) and before not in _DEPARTMENTS:
            return kept[-1:]
    return kept


def _without_article(name: str) -> str:
    folded = " ".join(name.split())
    return re.sub(r"^(?:The|the|Both|both)\s+", "", folded)
