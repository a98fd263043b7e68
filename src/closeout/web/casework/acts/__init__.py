"""The acts the pages offer, by subject; importing this package registers them all."""

from closeout.web.casework.acts import (
    check_ins,
    closures,
    contact,
    custody,
    desk,
    exceptions,
    file_reviews,
    intervals,
    parents,
    transfers,
    travel,
)
from closeout.web.casework.acts.registry import ACTS

__all__ = [
    "ACTS",
    "ACT_OF_DUTY",
    "ACT_OF_WAITING",
    "check_ins",
    "closures",
    "contact",
    "custody",
    "desk",
    "exceptions",
    "file_reviews",
    "intervals",
    "parents",
    "transfers",
    "travel",
]

ACT_OF_DUTY: dict[str, str] = {
    "check-in": "check-in-outcome",
    "check-in-outcome": "check-in-outcome",
    "records-check": "check-in-outcome",
    "file-review": "file-review",
    "file-review-juvenile": "file-review",
    "file-review-second": "file-review-second",
    "exception-first-contact": "exception-attempt",
    "exception-disposition": "exception-dispose",
    "exception-review": "exception-review",
    "interval-approval": "interval-approve",
    "contact-verification": "verify",
    "proceeding-verification": "verify",
    "hearing-verification": "verify",
    "mismatch-correction": "mismatch-correct",
    "transfer-decision": "transfer-accept",
    "closure-decision": "closure-confirm",
    "departure-closure": "closure-propose",
    "departure-verification": "departure-verify",
    "inquiry-answer": "inquiry-answer",
    "custody-review-90": "custody-decide",
    "custody-review-180": "custody-decide",
    "custody-review-annual": "custody-decide",
    "custody-review-notice": "custody-notice",
    "case-assignment": "lead-assign",
    "parental-inquiry": "parent-ask",
    "parental-information": "parent-inform",
    "parental-decision-check": "parent-decide",
    "parental-decision-honoring": "parent-honor",
    "safeguard-incident": "incident-resolve",
    "travel-package": "travel-complete",
    "travel-request-sending": "travel-send",
    "travel-follow-up": "travel-follow-up",
    "travel-decision": "travel-issue",
    "travel-document-use": "travel-use",
}
"""The act that discharges a duty, where one act does."""
ACT_OF_WAITING = {
    "transfer": "transfer-accept",
    "closure": "closure-confirm",
    "interval": "interval-approve",
    "exception": "exception-dispose",
}
"""The act that settles what waits, by its kind."""
