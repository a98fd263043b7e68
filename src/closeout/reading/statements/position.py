"""What position a sentence says a respondent takes on a recommendation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading.model import Position
from closeout.reading.statements.counts import ORDINAL, UNNAMED, Scope, read_scope
from closeout.reading.statements.respondent import Respondent, find_respondent

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADVERB = (
    r"(?:(?:also|fully|formally|further|subsequently|both|again|has|have|had|ultimately|since|each)\s+){0,3}"
)
_NOT = r"(?:did\s+not|does\s+not|do\s+not|didn[’']t|doesn[’']t|don[’']t)"
_PARTLY = r"(?:partially|partly|in\s+part|conditionally|somewhat)"
_GENERALLY = r"(?:generally|largely|mostly|broadly|substantially|essentially|basically)"
_CONCUR = r"concur(?:red|s|ring)?"
_AGREE = r"agree(?:d|s|ing)?"

_WHETHER = (
    rf"{_NOT}\s+(?:explicitly\s+|clearly\s+|specifically\s+)?"
    r"(?:state|say|indicate|specify|address|clarify|make\s+clear)\s+(?:whether|if)\s+"
    rf"(?:it|they|the\s+\w{{1,30}}|[A-Z]\w{{0,30}})\s+(?:{_CONCUR}|{_AGREE})"
    rf"(?:\s+or\s+(?:dis{_AGREE}|non-?{_CONCUR}|{_NOT}\s+(?:concur|agree)|not\b))?"
)
_EXPLICIT = (
    rf"{_NOT}\s+(?:explicitly|expressly|clearly|specifically|directly)\s+(?:concur|agree)"
    r"(?:\s+or\s+(?:disagree|non-?concur))?"
)
_NEITHER = (
    rf"neither\s+(?:{_AGREE}|{_CONCUR})\s*,?\s+nor\s+(?:dis{_AGREE}|non-?{_CONCUR}|(?:did\s+not\s+"
    rf")?{_CONCUR})"
    rf"|{_NOT}\s+(?:agree|concur)\s+n?or\s+(?:disagree|non-?concur)"
    rf"|{_NOT}\s+take\s+a\s+position|took\s+no\s+position"
)
_PARTLY_NOT = (
    rf"{_NOT}\s+(?:fully|entirely|completely|wholly)\s+(?:concur|agree)"
    rf"|{_PARTLY}\s+(?:dis{_AGREE}|non-?{_CONCUR})"
)
_NON_CONCUR = rf"{_NOT}\s+(?:concur|agree|accept)|(?:strongly\s+)?dis{_AGREE}|non-?{_CONCUR}|reject(?:ed|s)"
_IN_PRINCIPLE = rf"(?:{_CONCUR}|{_AGREE})\s*,?\s+(?:in\s+principle|in\s+part|partially|conditionally)"
_MOSTLY = (
    rf"{_GENERALLY}(?:\s*,[^,.;]{{1,30}},)?\s+(?:{_AGREE}|{_CONCUR})|(?:{_AGREE}|{_CONCUR})\s+in\s+general"
)
_SILENT = (
    r"(?:had|has|have|provided|offered)\s+no\s+(?:formal\s+|written\s+|further\s+)?comments?"
    rf"|{_NOT}\s+(?:provide|have|offer|submit)\s+(?:any\s+)?(?:formal\s+|written\s+|official\s+)?comments?"
    rf"|{_NOT}\s+comment|(?:provided|offered|had|submitted)\s+(?:only\s+)?"
    r"technical\s+comments?(?:\s+only)?"
)

# Longer forms first: the first that matches at a place is taken.
_FORMS: tuple[tuple[str, Position, str], ...] = (
    ("whether", Position.NOT_INDICATED, _WHETHER),
    ("explicit", Position.NOT_INDICATED, _EXPLICIT),
    ("neither", Position.NEITHER, _NEITHER),
    ("partly not", Position.PARTIAL, _PARTLY_NOT),
    ("not", Position.NON_CONCUR, _NON_CONCUR),
    ("in principle", Position.PARTIAL, _IN_PRINCIPLE),
    ("partly", Position.PARTIAL, rf"{_PARTLY}\s+(?:{_CONCUR}|{_AGREE}|accept(?:ed|s))"),
    ("generally", Position.GENERALLY_AGREE, _MOSTLY),
    ("concur", Position.CONCUR, _CONCUR),
    ("agree", Position.AGREE, rf"{_AGREE}|accept(?:ed|s)"),
    ("silent", Position.NO_COMMENT, _SILENT),
)
_VERB = re.compile(
    rf"(?<![\w-]){_ADVERB}(?:"
    + "|".join(f"(?P<f{index}>{form})" for index, (_, _, form) in enumerate(_FORMS))
    + r")\b",
    re.IGNORECASE,
)

_STOP = (
    r"but|which|stating|stated|states|said|noted|noting|that|is|are|was|were|will|would|has|have|had|"
    r"plans?|because|"
    r"although|while|concurr?\w*|agree\w*|disagree\w*|did|does|partially|non-?concur\w*|however|to\s+"
    r"(?!the\b|our\b)"
)
_OBJECT = re.compile(
    rf"\s*,?\s+(?:(?:with|to|on|regarding|about)\s+)?(?P<object>(?:(?!\b(?:{_STOP})\b)[^.;:]){{0,160}}?"
    rf"(?:\brecommendations?\b(?:\s+(?:\d{{1,3}}[a-z]?(?:\([a-z]\))?(?:\s*(?:,\s*and\b|,\s*or\b|,|\band\b|"
    rf"\bor\b|\bthrough\b|\bto\b|–|-)\s*(?=\d)))*"
    rf"\d{{1,3}}[a-z]?(?:\([a-z]\))?(?!\s*percent|%))?"
    rf"|\b(?:the|our|its)\s+(?:{ORDINAL})(?=\s*(?:,|\.|;|and\b|or\b|but\b|\Z))(?:\s*(?:,|or|and|,\s*and|"
    rf",\s*or)\s+(?:the\s+|our\s+)?(?:{ORDINAL}))*(?:\s+recommendations?\b)?"
    rf"|\b(?:all|both|each|two|three|four|five)\s+of\s+them\b|\beach(?=\s*(?:[.,;]|\Z))"
    r"|\b(?:the|our|its)\s+(?:other|remaining)(?:\s+\w+)?(?=\s*(?:[.,;]|\Z))))",
    re.IGNORECASE,
)
_OTHER_OBJECT = re.compile(
    r"\s*,?\s+(?:with|to|on|upon|that|the|about|regarding|among|between|by|in)\b", re.IGNORECASE
)
_WILL_DO = re.compile(
    r"\s+to\s+(?:implement|address|take|develop|provide|act|comply|carry|adopt|seek|recover|reduce|"
    r"establish|update|revise)\b",
    re.IGNORECASE,
)
_INTENT = re.compile(r"\b(?:intent|spirit|goal|part|parts|portions?)\s+of\b", re.IGNORECASE)
_UNCERTAIN = re.compile(
    r"\b(?:whether|if|unless|until|once|should|would|could|may|might|must|can|cannot|to|not|asked|"
    r"requested|encourage)\s+"
    r"(?:(?:it|they|the|that|\w+)\s+)?\Z",
    re.IGNORECASE,
)
_PREFACE = re.compile(
    r"\W{0,9}(?:For|Regarding|With\s+(?:respect|regard)\s+to|As\s+to|On|Concerning)\s+"
    r"(?P<which>[^.;]{0,60}?\brecommendations?\b(?:[\s\d,]|and\b|through\b){0,40})",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:\A|[:(–—-])\s*\Z")
"""What can stand before a position without a respondent: the start of the sentence, a colon."""
_COMMENT_OBJECT = re.compile(
    r"\s+on\s+(?:the|our|this|its)?\s*(?:\w+\s+){0,3}?(?:report|recommendations?|statement|draft(?!\s+"
    r"(?:report|statement)))\b"
)


@dataclass(frozen=True, slots=True)
class PositionClaim:
    """A position a sentence states.

    Attributes:
        position: Normal form.
        printed: The words that carry it ("did not concur"), white space folded.
        by: The respondent as printed; empty when the sentence has only a pronoun or none.
        start: Where the claim starts in the sentence: the respondent, or else the verb.
        end: Where it ends: the recommendation it is about, or else the verb.
        scope: Which recommendations it is about.
        is_weak: True for comments without a position; any other claim outweighs it.

    """

    position: Position
    printed: str
    by: str
    start: int
    end: int
    scope: Scope = UNNAMED
    is_weak: bool = False


def read_position(sentence: str, *, is_answer: bool = False) -> PositionClaim | None:
    """Return the first position a sentence states, or None.

    Args:
        sentence: One sentence.
        is_answer: Whether the text is known to be the answer to a recommendation (it stands under
            "Management Response:"). Then agreement with findings or amounts counts as well.

    """
    return next(iter(read_positions(sentence, is_answer=is_answer)), None)


def read_positions(sentence: str, *, is_answer: bool = False) -> tuple[PositionClaim, ...]:
    """Return every position a sentence states, in order.

    Agreement with findings, amounts or a message is not agreement with a recommendation, nor is
    having "no concerns"; what an auditor agrees with is no position of a respondent.
    """
    claims: list[PositionClaim] = []
    for claim in _claims(sentence, is_answer=is_answer):
        by = claim.by or (claims[-1].by if claims else "")
        claims.append(claim if by == claim.by else _by(claim, by))
    return tuple(claims)


def _by(claim: PositionClaim, by: str) -> PositionClaim:
    return PositionClaim(
        claim.position, claim.printed, by, claim.start, claim.end, scope=claim.scope, is_weak=claim.is_weak
    )


def _claims(sentence: str, *, is_answer: bool) -> Iterator[PositionClaim]:
    for match in _VERB.finditer(sentence):
        kind, position, _ = _FORMS[int((match.lastgroup or "f0")[1:])]
        respondent = find_respondent(sentence, match.start())
        if respondent.is_auditor or _UNCERTAIN.search(sentence, max(0, match.start() - 30), match.start()):
            continue
        end, scope = _end_and_scope(sentence, match, kind, is_answer=is_answer)
        is_nobodys = respondent.start is None and not _OPENS.search(
            sentence, max(0, match.start() - 9), match.start()
        )
        if end is None or (is_nobodys and end == match.end()):
            continue
        if scope == UNNAMED and (preface := _PREFACE.match(sentence)):
            scope = read_scope(preface["which"])
        if _INTENT.search(sentence, match.end(), end) and position in {Position.CONCUR, Position.AGREE}:
            position = Position.PARTIAL
        yield PositionClaim(
            position,
            " ".join(match[0].split()),
            respondent.name,
            _claim_start(respondent, match),
            end,
            scope,
            is_weak=kind == "silent",
        )


def _claim_start(respondent: Respondent, verb: re.Match[str]) -> int:
    return verb.start() if respondent.start is None else respondent.start


def _end_and_scope(
    sentence: str, verb: re.Match[str], kind: str, *, is_answer: bool
) -> tuple[int | None, Scope]:
    """Return where a claim ends and what it covers; no end when it is not about a recommendation."""
    if kind == "silent":
        on = _COMMENT_OBJECT.match(sentence, verb.end())
        return (on.end() if on else verb.end()), UNNAMED
    found = _OBJECT.match(sentence, verb.end())
    if found:
        return found.end("object"), read_scope(found["object"])
    is_bare = not _OTHER_OBJECT.match(sentence, verb.end())
    if kind in {"concur", "partly", "neither", "explicit", "whether", "in principle"} and is_bare:
        return verb.end(), UNNAMED
    if is_answer or _WILL_DO.match(sentence, verb.end()):
        return verb.end(), UNNAMED
    ends_clause = re.match(r"\s*(?:[.,;]|and\b|but\b|\Z)", sentence[verb.end() : verb.end() + 10])
    return (
        verb.end() if ends_clause and kind in {"agree", "not", "generally", "partly not"} else None
    ), UNNAMED
