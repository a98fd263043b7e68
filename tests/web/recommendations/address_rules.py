"""Who may open the addresses of the recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.accounts.models import Role, User
from closeout.web.accounts.permissions import Permission
from closeout.web.recommendations.models import (
    ClosureRequest,
    Conflict,
    Evidence,
    EvidenceRevision,
    Milestone,
    Plan,
    ReviewItem,
)
from tests.web.factories import (
    NOON,
    day,
    make_capture,
    make_mention,
    make_promise,
    make_recommendation,
    make_statement,
    make_status,
)
from tests.web.matrix import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.web.recommendations.models import Recommendation

READ = Permission.RECOMMENDATION_READ
BACK = frozenset({302})
TEXT = "Recommendation 1: Count the buoys each spring. Status: Open. " * 40


def author() -> User:
    """Return somebody other than the visitor."""
    found = User.objects.filter(username="author").first()
    return found or User.objects.create_user("author", role=Role.AUDIT_LIAISON)


def lively() -> Recommendation:
    """Make a recommendation with something in every part of its page."""
    rec = make_recommendation(promise=day("2025-12-31"), needs=1, auditor_status="resolved-open")
    mention = make_mention(rec, make_capture(TEXT, is_newest=True))
    make_status(mention, as_of=day("2025-08-01"))
    make_promise(rec, "2025-12-31", mention=mention, start=61, end=100)
    make_statement(mention, kind="update", said_on=day("2025-09-01"))
    make_statement(mention, kind="need", text="The office needs to show the counts of two springs.")
    plan = Plan.objects.create(
        recommendation=rec, owner_office="Harbor", summary="Count them.", by=author(), at=NOON
    )
    Milestone.objects.create(plan=plan, order=1, text="Buy a boat", due_on="2026-01-31")
    Conflict.objects.create(
        recommendation=rec,
        field="completion_date",
        fingerprint="f" * 64,
        values=[
            {
                "value": "2025-12-31",
                "sources": [{"capture": mention.capture_id, "start": 0, "end": 20, "page": None}],
            },
            {
                "value": "2026-12-31",
                "sources": [{"capture": mention.capture_id, "start": 61, "end": 90, "page": None}],
            },
        ],
    )
    evidence = Evidence.objects.create(recommendation=rec, title="Count of 2026", by=author(), at=NOON)
    EvidenceRevision.objects.create(
        evidence=evidence,
        number=1,
        blob=mention.capture.blob,
        filename="count.csv",
        media_type="text/csv",
        submitted_by=author(),
        submitted_at=NOON,
    )
    ClosureRequest.objects.create(
        recommendation=rec, letter="Please close.", requested_by=author(), requested_at=NOON
    )
    return rec


def a_recommendation(_visitor: User | None) -> Mapping[str, object]:
    """Make a lively recommendation."""
    return {"pk": lively().pk}


def a_bare_recommendation(_visitor: User | None) -> Mapping[str, object]:
    """Make a recommendation that nothing has been done about."""
    return {"pk": make_recommendation(auditor_status="resolved-open").pk}


def nothing_but_life(_visitor: User | None) -> Mapping[str, object]:
    """Make something to list; the address takes no arguments."""
    lively()
    return {}


def a_capture(_visitor: User | None) -> Mapping[str, object]:
    """Make a capture with a recommendation in it."""
    return {"pk": lively().mentions.get().capture_id}


def a_document(_visitor: User | None) -> Mapping[str, object]:
    """Make a document with a capture."""
    return {"pk": make_capture(TEXT, is_newest=True).document_id}


def a_question(_visitor: User | None) -> Mapping[str, object]:
    """Make a question of the review queue about a reading."""
    rec = make_recommendation()
    mention = make_mention(rec, make_capture(TEXT, is_newest=True))
    item = ReviewItem.objects.create(
        capture=mention.capture,
        mention=mention,
        recommendation=rec,
        kind="doubtful-reading",
        subject=f"number/{mention.pk}",
        question="Is the number 1?",
    )
    return {"pk": item.pk}


def a_row(model: type, **fields: object) -> object:
    """Return a maker of a lively recommendation that gives the id of one of its rows."""

    def make(_visitor: User | None) -> Mapping[str, object]:
        return {"pk": model.objects.get(**{next(iter(fields)): lively()}).pk}

    return make


A_MILESTONE = a_row(Milestone, plan__recommendation=None)
A_CONFLICT = a_row(Conflict, recommendation=None)
AN_EVIDENCE = a_row(Evidence, recommendation=None)
A_REVISION = a_row(EvidenceRevision, evidence__recommendation=None)
A_CLOSURE = a_row(ClosureRequest, recommendation=None)


def act(permission: Permission, make: object, **data: str) -> Rule:
    """Return the rule of an act: it leads back to the page."""
    return Rule(permission, method="post", make=make, allowed=BACK, data=data)


def invalid(permission: Permission) -> Rule:
    """Return the rule of an act that is sent without what it needs."""
    return Rule(permission, method="post", make=a_recommendation, allowed=frozenset({422}))


RULES: dict[str, Rule | tuple[Rule, ...]] = {
    "recommendations:recommendation-list": Rule(READ, make=nothing_but_life),
    "recommendations:recommendation-detail": Rule(READ, make=a_recommendation),
    "recommendations:recommendation-export": Rule(
        Permission.RECOMMENDATION_EXPORT, make=nothing_but_life, is_page=False
    ),
    "recommendations:aging": Rule(READ, make=nothing_but_life),
    "recommendations:promise-list": Rule(READ, make=nothing_but_life),
    "recommendations:chart": Rule(READ, make=lambda _visitor: {"name": "aging"}, is_page=False),
    "recommendations:source-detail": Rule(READ, make=a_capture),
    "recommendations:page-picture": Rule(
        READ,
        make=lambda visitor: {**a_capture(visitor), "number": 1},
        allowed=frozenset({404}),
        is_page=False,
    ),
    "recommendations:document-list": Rule(READ, make=nothing_but_life),
    "recommendations:document-detail": Rule(READ, make=a_document),
    "recommendations:document-upload": Rule(Permission.DOCUMENT_UPLOAD),
    "recommendations:review-queue": Rule(READ, make=lambda visitor: a_question(visitor) and {}),
    "recommendations:review-item": (
        Rule(READ, make=a_question),
        act(Permission.READING_REVIEW, a_question, act="accept"),
    ),
    "recommendations:progress-add": (
        act(
            Permission.PROGRESS_ADD,
            a_bare_recommendation,
            state="in-progress",
            on="2026-01-05",
            note="Begun.",
        ),
        invalid(Permission.PROGRESS_ADD),
    ),
    "recommendations:plan-set": act(
        Permission.PLAN_EDIT,
        a_bare_recommendation,
        owner_office="Harbor",
        summary="Count.",
        steps="2027-01-31 Buy a boat",
    ),
    "recommendations:promise-record": act(
        Permission.PROGRESS_ADD,
        a_bare_recommendation,
        kind="completion",
        due_on="2027-01-31",
        said_on="2026-01-05",
        by="Harbor Office",
    ),
    "recommendations:evidence-add": invalid(Permission.EVIDENCE_ADD),
    "recommendations:closure-request": act(
        Permission.CLOSURE_REQUEST, a_bare_recommendation, letter="Please close."
    ),
    "recommendations:decision-record": act(
        Permission.DECISION_RECORD,
        a_bare_recommendation,
        status="closed-implemented",
        printed="Closed",
        on="2026-01-05",
    ),
    "recommendations:milestone-complete": act(Permission.PLAN_EDIT, A_MILESTONE, done_on="2026-01-05"),
    "recommendations:conflict-resolve": act(
        Permission.READING_REVIEW, A_CONFLICT, resolution="The report is right."
    ),
    "recommendations:need-cover": act(Permission.EVIDENCE_ADD, AN_EVIDENCE, need="1"),
    "recommendations:evidence-review": act(Permission.EVIDENCE_APPROVE, A_REVISION, accept="accept"),
    "recommendations:evidence-file": Rule(READ, make=A_REVISION, is_page=False),
    "recommendations:closure-decide": act(
        Permission.CLOSURE_APPROVE, A_CLOSURE, decision="return", reason="Too early."
    ),
    "recommendations:closure-sent": act(Permission.CLOSURE_REQUEST, A_CLOSURE, sent_on="2026-01-05"),
}
