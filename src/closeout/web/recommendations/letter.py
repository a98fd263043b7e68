"""The draft of a closeout letter: what was asked, what was done, and what covers each need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from closeout.web.recommendations.queries.story import Story


def draft_letter(told: Story) -> str:
    """Return the first draft of the letter, for a person to finish; it states its own gaps."""
    rec = told.rec
    asked = rec.text or "[words not in the documents read]"
    steps = told.plan.milestones.all() if told.plan else ()
    lines = [
        f"Subject: Request to close {rec.label} of {rec.report}",
        "",
        f"In {rec.report} ({rec.report.title}) you recommended: {asked}",
        "",
        "What was done:",
        *(f"- {step.text} ({_done(step.done_on)})" for step in steps),
        "",
        "What you said is needed, and the evidence:",
        *(
            f"- {each.need.text} Evidence: {'; '.join(item.title for item in each.evidence) or '[none yet]'}"
            for each in told.needs
        ),
        "",
        "On this evidence we ask you to close the recommendation.",
    ]
    return "\n".join(lines)


def _done(day: object) -> str:
    return f"done {day}" if day else "[not done yet]"
