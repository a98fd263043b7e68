"""What dates a sentence promises, who promises them, and what for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading.dates import FuzzyDate, find_dates
from closeout.reading.model import PromiseKind
from closeout.reading.statements import cues
from closeout.reading.statements.respondent import find_respondent

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTRODUCTION = re.compile(
    r"\W*(?P<when>As\s+of|In|On|By|During|Before|No\s+later\s+than)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_LEADING_PROMISE = re.compile(
    r"\s*,\s*(?P<subject>(?:[\w&/’'.()-]+\s+){1,8}?)(?P<cue>(?:also\s+)?(?:will|shall|plans?\s+to|"
    r"expects?\s+to|"
    r"intends?\s+to|anticipates?|aims?\s+to|is\s+(?:expected|scheduled)\s+to|are\s+(?:expected|scheduled)\s+"
    r"to))\s",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*,?\s*(?:and|with|as\s+well\s+as|then|followed\s+by|,)\s+", re.IGNORECASE)
_NEW_SUBJECT = re.compile(
    r"(?:that\s+)?(?:the\s+|its\s+|their\s+|these\s+|those\s+|this\s+|it\b|they\b|all\s+|[A-Z])[^,;]{0,80}?\b"
    r"(?:can|will|would|could|should|may|to\s+be|is|are)\b"
)
_PREPOSITION_END = re.compile(
    r"[\s,:(–-]*(?:\b(?:by|in|on|before|at|during|no\s+later\s+than|not\s+later\s+than|for|around|of|"
    r"is)\s*)?(?:\bthe\s*)?\Z",
    re.IGNORECASE,
)
_MOST_DATES = 30
"""A "sentence" with more dates is a table that lost its lines; nobody promises that much at once."""
_WHO_SAID = re.compile(
    r"\b(?:stated|states|said|says|reported|noted|told|indicated|explained|added|informed|responded|"
    r"advised|confirmed)\b"
)
_CLAUSE_OPENS = re.compile(
    r"[,;:(]\s*|\b(?:that|stated|said|reported|noted|told\s+us|indicated|explained|added|confirmed|and|but)\s+"
)
"""What opens the clause in which something is promised."""
_ACCORDING_TO = re.compile(r"\b[Aa]ccording\s+to\s+(?:the\s+)?(?P<name>[A-Z][\w&/’'. -]{1,60}?)\s*,")
_REACH = 400
"""Characters before a date in which the words that make it a promise are looked for."""


@dataclass(frozen=True, slots=True)
class PromiseClaim:
    """A date a sentence promises.

    Attributes:
        kind: What the date is for.
        due: The date; its span counts in the sentence.
        start: Where the words of the promise start in the sentence.
        end: Where they end.
        by: Who promises, as printed; empty when the sentence does not say.
        what: What is promised, white space folded; may be empty.
        share: The share promised (0-1); None when none is named.
        is_deadline: Whether a noun says so ("the estimated completion date is"), not a verb.

    """

    kind: PromiseKind
    due: FuzzyDate
    start: int
    end: int
    by: str = ""
    what: str = ""
    share: float | None = None
    is_deadline: bool = False


def read_said_on(sentence: str, dates: Sequence[FuzzyDate] | None = None) -> FuzzyDate | None:
    """Return the date a sentence opens with ("As of December 2022, …"), or None."""
    found = find_dates(sentence) if dates is None else dates
    first = found[0] if found else None
    if first is None or first.span is None:
        return None
    opener = _INTRODUCTION.fullmatch(sentence, 0, first.span.start)
    return first if opener else None


def read_promises(sentence: str, dates: Sequence[FuzzyDate] | None = None) -> tuple[PromiseClaim, ...]:
    """Return the dates a sentence promises, in order.

    A date is a promise when a verb or noun that looks ahead governs it ("expects to finish by",
    "an estimated completion date of"). What has happened ("in June 2022, the bureau issued"), what
    an auditor will do, and what will *not* happen by a date are no promises. A promise that the
    sentence only reports ("officials said it would be ready by May 2025") covers the words of its
    date; one made outright covers all from the name of the promiser to the date.

    Args:
        sentence: One sentence.
        dates: The dates in it, where they are known already.

    """
    dates = find_dates(sentence) if dates is None else dates
    if len(dates) > _MOST_DATES:
        return ()
    said_on = read_said_on(sentence, dates)
    claims: list[PromiseClaim] = []
    for date in dates:
        claim = _leading(sentence, date) if date is said_on else _read(sentence, date, claims)
        if claim and not (said_on and date.latest < said_on.earliest):
            claims.append(claim)
    return tuple(claims)


def _read(sentence: str, date: FuzzyDate, earlier: Sequence[PromiseClaim]) -> PromiseClaim | None:
    at = date.span.start if date.span else 0
    floor = earlier[-1].end if earlier else 0
    # Only so far back, so that a page without full stops takes no longer than its length.
    floor = max(floor, at - _REACH)
    before = sentence[floor:at]
    noun = cues.DATE_NOUN.search(before)
    if noun and noun["phrase"].strip() and not _is_negated(before[: noun.start()][-40:]):
        return _from_noun(sentence, date, floor + noun.start("phrase"), noun)
    if moved := cues.MOVED_TO.search(before):
        return _from_move(sentence, date, floor + moved.start())
    if not _is_due(before, date):
        return None
    cue = _last_cue(sentence, floor, at)
    if cue is None:
        return _from_joined(sentence, date, floor, earlier[-1]) if earlier else None
    return _from_verb(sentence, date, cue)


def _is_due(before: str, date: FuzzyDate) -> bool:
    tail = before[-80:]
    if cues.AFTERWARDS.search(tail) or (cues.NOT_DUE.search(tail) and not cues.STILL_DUE.search(tail)):
        return False
    return date.is_approximate or bool(cues.BY.search(tail))


def _last_cue(sentence: str, floor: int, at: int) -> re.Match[str] | None:
    """Return the first looking-ahead verb of the last clause that has one, before a date."""
    found = None
    for match in cues.PROMISE.finditer(sentence, floor, at):
        before = sentence[max(0, match.start() - 40) : match.start()]
        is_noun = cues.AMBIGUOUS.match(match[0]) and cues.NOUN_BEFORE.search(before)
        if is_noun or cues.AUDITOR.search(before) or _is_negated(before[-12:]):
            continue
        if _is_foretold(sentence, match):
            continue
        is_new_clause = found and re.search(r"[;]|,\s*(?:and|but)\s", sentence[found.end() : match.start()])
        if found is None or is_new_clause:
            found = match
    if found and (_is_negated(sentence[found.end() : at]) or ";" in sentence[found.end() : at]):
        return None
    return found


def _is_foretold(sentence: str, cue: re.Match[str]) -> bool:
    """Say whether a verb foretells what will happen by itself: "sales will grow", "it will expire"."""
    following = sentence[cue.end() : cue.end() + 60].lstrip()
    return bool(cues.FORETELLS.match(cue[0] + following) and cues.TREND.match(following))


def _is_negated(words: str) -> bool:
    return bool(cues.NEGATED.search(words))


def _from_noun(sentence: str, date: FuzzyDate, start: int, noun: re.Match[str]) -> PromiseClaim:
    end = date.span.end if date.span else len(sentence)
    what = re.sub(r"^\s*(?:for|to)\s+", "", noun["of"] or "")
    kind = PromiseKind.START if re.search(r"\b(?:start|begin\w*)\b", noun["phrase"], re.IGNORECASE) else None
    start += len(noun["phrase"]) - len(noun["phrase"].lstrip())
    by = _who_said(sentence, start)
    return PromiseClaim(kind or _kind(what, None), date, start, end, by, _fold(what), is_deadline=True)


def _from_move(sentence: str, date: FuzzyDate, verb: int) -> PromiseClaim:
    end = date.span.end if date.span else len(sentence)
    promiser = find_respondent(sentence, verb)
    start = verb if promiser.start is None else promiser.start
    return PromiseClaim(PromiseKind.COMPLETION, date, start, end, promiser.name)


def _from_verb(sentence: str, date: FuzzyDate, cue: re.Match[str]) -> PromiseClaim:
    at, end = (date.span.start, date.span.end) if date.span else (0, len(sentence))
    promiser = find_respondent(sentence, cue.start())
    words = sentence[cue.end() : at]
    inner = _NEW_SUBJECT.match(words) if cue["foresee"] or cue["foresaw"] else None
    is_reported = (
        bool(cues.REPORTING.search(sentence, max(0, cue.start() - _REACH), cue.start())) or inner is not None
    )
    share = _share(words)
    start = _clause_start(sentence, cue) if promiser.start is None else promiser.start
    if is_reported:
        start = at
    elif share is not None:
        # The share is what sets one milestone apart from the next.
        start = cue.end() + _share_start(words)
    by = _who_said(sentence, cue.start()) if is_reported and not inner else promiser.name
    return PromiseClaim(
        _kind(words, share),
        date,
        start,
        end,
        by or promiser.name,
        _what(sentence, cue, at, has_name=promiser.start is not None),
        share,
    )


def _what(sentence: str, cue: re.Match[str], at: int, *, has_name: bool) -> str:
    """Return the words of what is promised: what follows the verb, with a subject that is no name."""
    first = cue.end()
    if not has_name:
        boundary = None
        for boundary in _CLAUSE_OPENS.finditer(sentence, max(0, cue.start() - _REACH), cue.start()):
            first = boundary.end()
        first = first if boundary else _clause_start(sentence, cue)
    return _fold(_PREPOSITION_END.sub("", sentence[first:at]))


def _clause_start(sentence: str, cue: re.Match[str]) -> int:
    """Return where the clause of a verb starts whose subject is no name ("The new system is due …")."""
    start = max(sentence.rfind(mark, 0, cue.start()) for mark in ",;:(")
    found = re.compile(r"(?:[\s,;:(]|and\b|but\b|with\b)*").match(sentence, max(start, 0))
    return found.end() if found else cue.start()


def _from_joined(sentence: str, date: FuzzyDate, floor: int, first: PromiseClaim) -> PromiseClaim | None:
    """Return a promise that shares the verb of the one before: "… and 100 percent by March"."""
    at, end = (date.span.start, date.span.end) if date.span else (0, len(sentence))
    joined = _JOINED.match(sentence, floor, at)
    if joined is None or _is_negated(sentence[floor:at]):
        return None
    words = sentence[joined.end() : at]
    share = _share(words)
    is_outright = first.start != (first.due.span.start if first.due.span else 0)
    start = joined.end() if is_outright else at
    return PromiseClaim(
        _kind(words, share), date, start, end, first.by, _fold(_PREPOSITION_END.sub("", words)), share
    )


def _leading(sentence: str, date: FuzzyDate) -> PromiseClaim | None:
    """Return a promise whose date opens the sentence: "By March 2025, the bureau will …"."""
    at, end = (date.span.start, date.span.end) if date.span else (0, 0)
    opener = _INTRODUCTION.fullmatch(sentence, 0, at)
    follows = _LEADING_PROMISE.match(sentence, end)
    if follows is None or opener is None or opener["when"].lower() in {"as of", "since", "until", "on"}:
        return None
    subject = follows["subject"]
    if cues.AUDITOR.search(subject) or cues.REPORTING.search(subject):
        return None
    stop = re.compile(r"[.;]").search(sentence, follows.end())
    what = sentence[follows.end() : stop.start() if stop else len(sentence)]
    if _is_negated(what[:12]):
        return None
    by = find_respondent(sentence, follows.start("cue")).name
    return PromiseClaim(_kind(what, _share(what)), date, at, end, by, _fold(what), _share(what))


def _who_said(sentence: str, before: int) -> str:
    """Return who is said to have said it: subject of the last reporting verb, or of "according to"."""
    first = max(0, before - _REACH)
    named = _ACCORDING_TO.search(sentence, first, before)
    name = named["name"] if named else ""
    for match in _WHO_SAID.finditer(sentence, first, before):
        name = find_respondent(sentence, match.start()).name or name
    return name


def _share(words: str) -> float | None:
    found = cues.SHARE.search(words)
    return min(1.0, float(found["share"]) / 100) if found else None


def _share_start(words: str) -> int:
    found = cues.SHARE.search(words)
    return found.start() if found else 0


def _kind(what: str, share: float | None) -> PromiseKind:
    start, finish = cues.START.search(what), cues.FINISH.search(what)
    if start and not (finish and finish.start() < start.start()):
        return PromiseKind.START
    if cues.DRAFT.search(what) and not cues.FINALIZE.search(what):
        return PromiseKind.DRAFT
    if share is not None or cues.PART.search(what):
        return PromiseKind.MILESTONE
    return PromiseKind.COMPLETION


def _fold(words: str) -> str:
    return " ".join(words.split()).strip(" ,;:(")
