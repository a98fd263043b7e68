"""Put together what a narrative about one recommendation says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from closeout.reading.dates import FuzzyDate, scan_dates
from closeout.reading.model import (
    AuditorStatus,
    Position,
    Problem,
    Promise,
    PromiseKind,
    Span,
    Statement,
    StatementKind,
)
from closeout.reading.statements import benefit, monitoring, placeholder, update
from closeout.reading.statements.closure import read_closure_request
from closeout.reading.statements.inference import infer_status
from closeout.reading.statements.need import read_needs
from closeout.reading.statements.position import PositionClaim, read_positions
from closeout.reading.statements.promise import PromiseClaim, read_promises, read_said_on
from closeout.reading.statements.sentences import Sentence, split_sentences
from closeout.reading.statements.status import StatusClaim, read_statuses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.clean import CleanText

_HAS_DIGITS = re.compile(r"\d\d")
_MAY_TAKE_POSITION = re.compile(r"oncur|gree|ccept|eject|omment|osition", re.IGNORECASE)
"""Letters without which a sentence states no position; looked for first, for speed."""
_MAY_GIVE_STATUS = re.compile(r"open|clos|resolv|implemented|valid|addressed", re.IGNORECASE)
_OPEN = frozenset(
    {
        AuditorStatus.UNRESOLVED_OPEN,
        AuditorStatus.RESOLVED_OPEN,
        AuditorStatus.OPEN_UNKNOWN,
        AuditorStatus.PARTIALLY_ADDRESSED,
    }
)
_SAME_BREATH = 600
"""Characters within which two promises belong to one plan."""
_GENERIC = frozenset(
    {"", "agency", "department", "bureau", "office", "officials", "management", "it", "they", "your office"}
)
"""Names that say nothing without the name of the agency."""


@dataclass(frozen=True, slots=True)
class Narrative:
    """What a stretch of prose says about a recommendation.

    Attributes:
        statements: One for each thing a sentence says, in order; needs one for each item.
        promises: Every date promised, with what for.
        position: The respondent's position; None when the prose is silent.
        position_printed: Its words ("did not concur").
        position_span: The words from the respondent to the recommendation.
        position_by: Who takes the position, as printed.
        status: The status the auditor states in the prose; None when it states none.
        status_printed: Its words ("resolved and will remain open until").
        status_span: The words from the recommendation to the status.
        reads_as: The status the prose amounts to. For use only when no status is printed.
        confidence: 0-1, how sure `reads_as` is; None without it.
        reasons: Why the prose reads so, in words for a person.
        doubts: What a person should look at, such as an impossible date.
        positions: All claims of a position, in order, for prose about several recommendations;
            their offsets count in the sentence they were read from.

    """

    statements: tuple[Statement, ...] = ()
    promises: tuple[Promise, ...] = ()
    position: Position | None = None
    position_printed: str | None = None
    position_span: Span | None = None
    position_by: str = ""
    status: AuditorStatus | None = None
    status_printed: str | None = None
    status_span: Span | None = None
    reads_as: AuditorStatus | None = None
    confidence: float | None = None
    reasons: tuple[str, ...] = ()
    doubts: tuple[Problem, ...] = ()
    positions: tuple[PositionClaim, ...] = ()


def read_narrative(
    clean: CleanText, start: int, end: int, *, agency: str = "", is_answer: bool = False
) -> Narrative:
    """Return what `clean.text[start:end]` says about one recommendation.

    Args:
        clean: The text.
        start: Where the narrative starts in `clean.text`.
        end: Where it ends.
        agency: Whom the recommendation is addressed to; stands in where a sentence names nobody.
        is_answer: Whether the text is known to be the answer to the recommendation.

    """
    reader = _Reader(clean, agency, is_answer=is_answer)
    for sentence in split_sentences(clean.text, start, end):
        reader.read(sentence)
    return reader.narrative()


@dataclass(slots=True)
class _Reader:
    """Gathers what sentence after sentence says."""

    clean: CleanText
    agency: str
    is_answer: bool = False
    sentences: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    deadlines: list[Promise] = field(default_factory=list)
    positions: list[tuple[Sentence, PositionClaim]] = field(default_factory=list)
    statuses: list[tuple[Sentence, StatusClaim]] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    said_on: FuzzyDate | None = None

    def read(self, sentence: Sentence) -> None:
        """Read one sentence."""
        words = self.clean.text[sentence.start : sentence.end]
        self.sentences.append(self.clean.words(*sentence))
        before = len(self.statements)
        dates, doubts = scan_dates(words) if _HAS_DIGITS.search(words) else ((), ())
        said_on = self._dated(read_said_on(words, dates), sentence)
        if said_on:
            self.said_on = said_on
        if _MAY_TAKE_POSITION.search(words):
            self._read_position(sentence, words)
        if "ecommendation" in words and _MAY_GIVE_STATUS.search(words):
            self._read_status(sentence, words)
        if dates:
            self._read_promises(sentence, words, dates)
        self._read_needs(sentence, words)
        self._read_kinds(sentence, words, said_on)
        if len(self.statements) == before and (benefit.is_benefit(words) or benefit.meets_intent(words)):
            self._add(StatementKind.BENEFIT, sentence)
        self._keep_doubts(sentence, doubts)

    def narrative(self) -> Narrative:
        """Return everything read."""
        statements = _with_outcomes(self.statements)
        place, claim = self._position() or (None, None)
        status = self.statuses[-1] if self.statuses else None
        inferred = infer_status(statements, self.sentences, claim.position if claim else None)
        return Narrative(
            statements=statements,
            promises=_with_milestones(self.promises, self.deadlines),
            position=claim.position if claim else None,
            position_printed=claim.printed if claim else None,
            position_span=self._span(place, claim.start, claim.end) if place and claim else None,
            position_by=self._who(claim.by) if claim else "",
            status=status[1].status if status else None,
            status_printed=status[1].printed if status else None,
            status_span=self._span(status[0], status[1].start, status[1].end) if status else None,
            reads_as=inferred.status,
            confidence=inferred.confidence,
            reasons=inferred.reasons,
            doubts=tuple(self.doubts),
            positions=tuple(claim for _, claim in self.positions),
        )

    def _position(self) -> tuple[Sentence, PositionClaim] | None:
        """Return the first claim of a position; mere comments count only without any other."""
        strong = [found for found in self.positions if not found[1].is_weak]
        return next(iter(strong or self.positions), None)

    def _read_position(self, sentence: Sentence, words: str) -> None:
        for claim in read_positions(words, is_answer=self.is_answer):
            self.positions.append((sentence, claim))
            self._add(
                StatementKind.POSITION,
                sentence,
                value=claim.position.value,
                printed=claim.printed,
                by=self._who(claim.by),
                scope=claim.scope.numbers,
            )

    def _read_status(self, sentence: Sentence, words: str) -> None:
        for claim in read_statuses(words):
            self.statuses.append((sentence, claim))
            numbers = claim.scope.numbers
            self._add(
                StatementKind.STATUS, sentence, value=claim.status.value, printed=claim.printed, scope=numbers
            )

    def _read_promises(self, sentence: Sentence, words: str, dates: Sequence[FuzzyDate]) -> None:
        for claim in read_promises(words, dates):
            self.promises.append(self._promise(sentence, claim))
            if claim.is_deadline and claim.kind is PromiseKind.COMPLETION:
                self.deadlines.append(self.promises[-1])
            self._add(
                StatementKind.PROMISE,
                sentence,
                value=claim.kind.value,
                printed=" ".join(words[claim.start : claim.end].split()),
                by=self._who(claim.by),
            )

    def _promise(self, sentence: Sentence, claim: PromiseClaim) -> Promise:
        span = self._span(sentence, claim.start, claim.end)
        return Promise(
            kind=claim.kind,
            printed=self.clean.words(sentence.start + claim.start, sentence.start + claim.end),
            due=self._dated(claim.due, sentence) or claim.due,
            by=self._who(claim.by),
            span=span,
            what=claim.what,
            share=claim.share,
            said_on=self.said_on,
        )

    def _read_needs(self, sentence: Sentence, words: str) -> None:
        for claim in read_needs(words):
            item = Sentence(sentence.start + claim.start, sentence.start + claim.end)
            self._add(StatementKind.NEED, item)

    def _read_kinds(self, sentence: Sentence, words: str, said_on: FuzzyDate | None) -> None:
        if placeholder.is_placeholder(words):
            self._add(StatementKind.PLACEHOLDER, sentence)
        elif monitoring.is_monitoring(words):
            self._add(StatementKind.MONITORING, sentence)
        elif request := read_closure_request(words):
            self._add(StatementKind.CLOSURE_REQUEST, sentence, by=self._who(request.by))
        elif update.is_reported(words):
            self._add(StatementKind.REPORTED, sentence, said_on=said_on)
        elif update.is_update(words, is_dated=said_on is not None):
            self._add(StatementKind.UPDATE, sentence, said_on=said_on)

    def _keep_doubts(self, sentence: Sentence, doubts: Sequence[Problem]) -> None:
        for doubt in doubts:
            span = self._span(sentence, doubt.span.start, doubt.span.end) if doubt.span else None
            self.doubts.append(replace(doubt, span=span))

    def _add(
        self,
        kind: StatementKind,
        place: Sentence,
        *,
        value: str = "",
        printed: str = "",
        by: str = "",
        said_on: FuzzyDate | None = None,
        scope: tuple[str, ...] = (),
    ) -> None:
        span, text = self.clean.original(*place), self.clean.words(*place)
        self.statements.append(
            Statement(kind, span, text, value, printed, by, said_on or self.said_on, scope)
        )

    def _span(self, sentence: Sentence, start: int, end: int) -> Span:
        return self.clean.original(sentence.start + start, sentence.start + end)

    def _dated(self, date: FuzzyDate | None, sentence: Sentence) -> FuzzyDate | None:
        """Return a date read in a sentence with its span in the document."""
        if date is None or date.span is None:
            return date
        return replace(date, span=self._span(sentence, date.span.start, date.span.end))

    def _who(self, name: str) -> str:
        if name.lower() not in _GENERIC:
            return name
        named = (claim.by for _, claim in self.positions if claim.by.lower() not in _GENERIC)
        return self.agency or next(named, name)


def _with_milestones(promises: list[Promise], deadlines: list[Promise]) -> tuple[Promise, ...]:
    """Return the promises, those on the way to a completion date made into milestones.

    Where the prose names "the estimated completion date", an earlier date promised in the same
    breath (nearby, and said on the same day) is a step towards it.
    """
    return tuple(
        replace(promise, kind=PromiseKind.MILESTONE)
        if promise.kind is PromiseKind.COMPLETION and any(_is_step(promise, last) for last in deadlines)
        else promise
        for promise in promises
    )


def _is_step(promise: Promise, deadline: Promise) -> bool:
    is_near = abs(promise.span.start - deadline.span.start) < _SAME_BREATH
    return is_near and promise.said_on == deadline.said_on and promise.due.latest < deadline.due.earliest


def _with_outcomes(statements: list[Statement]) -> tuple[Statement, ...]:
    """Return the statements, each request to close with what came of it (`granted`, `refused`)."""
    found = list(statements)
    for index, statement in enumerate(found):
        if statement.kind is not StatementKind.CLOSURE_REQUEST:
            continue
        later = [other.value for other in found[index + 1 :] if other.kind is StatementKind.STATUS]
        if later:
            is_open = AuditorStatus(later[-1]) in _OPEN
            found[index] = replace(statement, value="refused" if is_open else "granted")
    return tuple(found)
