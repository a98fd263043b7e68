"""Positions a document states of its recommendations, each given to those it covers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeout.reading.model import Statement, StatementKind
from closeout.reading.statements.assignment import assign_positions
from closeout.reading.statements.position import PositionClaim, read_positions
from closeout.reading.statements.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.model import Position, Span

_ALTERNATIVE = re.compile(r"\b(?:(?:non|dis)?-?concur(?:red|s)?|(?:dis)?agreed?)(?:\s+in\s+part)?\s+or\s+$")


@dataclass(frozen=True, slots=True)
class Stance:
    """One position in the clean text: the claim and where its sentence starts."""

    claim: PositionClaim
    offset: int

    @property
    def position(self) -> Position:
        """Return the position in normal form."""
        return self.claim.position

    @property
    def start(self) -> int:
        """Return where the respondent's name starts."""
        return self.offset + self.claim.start

    @property
    def end(self) -> int:
        """Return where the words on the recommendations end."""
        return self.offset + self.claim.end

    @property
    def printed(self) -> str:
        """Return the words that carry the position."""
        return self.claim.printed

    @property
    def by(self) -> str:
        """Return the respondent."""
        return self.claim.by

    @property
    def is_all(self) -> bool:
        """Say whether it names no single recommendation and no count of some."""
        scope = self.claim.scope
        return not scope.numbers and not scope.is_rest and (scope.is_all or scope.count is None)

    def span(self, clean: CleanText) -> Span:
        """Return its words' place in the document."""
        return clean.original(self.start, self.end)


def read_stances(text: str, start: int, end: int) -> tuple[Stance, ...]:
    """Return the positions stated in `text[start:end]`, "it" replaced by the respondent named last."""
    found: list[Stance] = []
    by = ""
    for first, stop in split_sentences(text, start, end):
        for claim in read_positions(text[first:stop]):
            if claim.is_weak or _is_echo(text[first : first + claim.start]):
                continue
            by = claim.by or by
            found.append(Stance(replace(claim, by=by), first))
    return tuple(found)


def assign(stances: Sequence[Stance], numbers: Sequence[str], total: int | None = None) -> dict[int, Stance]:
    """Return the position of each recommendation by its index.

    Args:
        stances: What the document states.
        numbers: The printed numbers; where any is missing, ordinals count in the order printed.
        total: How many recommendations there are, when the document words fewer.

    """
    count = max(total or 0, len(numbers))
    is_numbered = all(numbers) and count == len(numbers)
    names = list(numbers) if is_numbered else [str(index + 1) for index in range(count)]
    held = assign_positions([stance.claim for stance in stances], names)
    by_claim = {id(stance.claim): stance for stance in stances}
    return {
        index: by_claim[id(held[name])] for index, name in enumerate(names[: len(numbers)]) if name in held
    }


def position_statements(clean: CleanText, stances: Iterable[Stance]) -> tuple[Statement, ...]:
    """Return the positions as statements of the whole document, with the numbers they name."""
    return tuple(
        Statement(
            StatementKind.POSITION,
            stance.span(clean),
            clean.words(stance.start, stance.end),
            value=stance.position.value,
            printed=stance.printed,
            by=stance.by,
            scope=stance.claim.scope.numbers,
        )
        for stance in stances
    )


def _is_echo(before: str) -> bool:
    """Say whether a claim is but one half of two, so that neither is said of any one recommendation.

    Such are "did not state whether it concurred or did not concur" and "did not concur or concurred
    in part with our second and third recommendations".
    """
    return before.endswith(" or ") and (
        " whether " in before[-60:] or _ALTERNATIVE.search(before) is not None
    )
