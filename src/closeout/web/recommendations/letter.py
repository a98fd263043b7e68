"""The first words of a closure request that a person writes.

They are those of the one closeout letter (`evidence/letters/closeout.py`). An assessment fills that letter
with measures and frozen results, and asks for closing only when nothing is missing. A recommendation that no
measure answers, such as one to write a policy, is closed on evidence that people put forward: then a person
asks, and finishes these words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.assessment import NeedCovered
from closeout.evidence.letters.closeout import closeout_letter
from closeout.evidence.letters.dossier import Dossier
from closeout.evidence.letters.plain_text import plain_text

if TYPE_CHECKING:
    from closeout.web.recommendations.queries.story import Story


def draft_letter(told: Story) -> str:
    """Return the first draft of the letter, for a person to finish; it states its own gaps."""
    needs = tuple(
        NeedCovered(each.need.text, each.place.label, tuple(item.title for item in each.evidence))
        for each in told.needs
    )
    dossier = Dossier(
        agency="; ".join(told.agencies) or "[Agency]",
        as_of=told.as_of,
        followed=told.followed,
        needs=needs,
        gaps=tuple(f"“{need.text}”: no evidence yet" for need in needs if not need.measures),
        is_by_hand=True,
    )
    return plain_text(closeout_letter(dossier))
