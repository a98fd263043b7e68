"""Who may open the addresses of the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.accounts.models import Role, User
from closeout.web.accounts.permissions import Permission
from closeout.web.evidence.models import AssessmentRun, BroughtFile
from closeout.web.recommendations.models import ClosureRequest, Recommendation
from tests.web.casework.address_rules import an_office
from tests.web.evidence.made import CODE, keep
from tests.web.matrix import Rule
from tests.web.recommendations.world import make_world
from tests.web.staffing.made_answers import make_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOK = Permission.ASSESSMENT_READ
REDIRECT = frozenset({302})


def _maker(role: str) -> User:
    return User.objects.get_or_create(username=f"made-{role}", defaults={"role": role})[0]


def a_run(visitor: User | None) -> Mapping[str, object]:
    """Keep an assessment of one recommendation and two offices, one of them the visitor's."""
    an_office(visitor)
    if not Recommendation.objects.exists():
        make_world(_maker)
    keep()
    return {}


def its_measure(visitor: User | None) -> Mapping[str, object]:
    """Return the run's share by office."""
    a_run(visitor)
    return {"code": CODE}


def its_run(visitor: User | None) -> Mapping[str, object]:
    """Return the run."""
    a_run(visitor)
    return {"pk": AssessmentRun.objects.get().pk}


def its_file(visitor: User | None) -> Mapping[str, object]:
    """Return a file that the visitor brought to be verified, or somebody else where nobody is signed in."""
    by = visitor or _maker(Role.APPROVER)
    return {"pk": BroughtFile.objects.create(by=by, filename="f.json", size=2, sha256="ab" * 32).pk}


def its_recommendation(visitor: User | None) -> Mapping[str, object]:
    """Return the run's recommendation."""
    a_run(visitor)
    return {"pk": Recommendation.objects.get().pk}


def a_plan(visitor: User | None) -> Mapping[str, object]:
    """Return a hiring plan of the visitor's office."""
    an_office(visitor)
    return {"pk": make_plan().pk}


def a_request(visitor: User | None) -> Mapping[str, object]:
    """Return a request to close that somebody else submitted."""
    rec = Recommendation.objects.get(**its_recommendation(visitor))
    asked = ClosureRequest.objects.create(
        recommendation=rec,
        letter="Please close it.",
        requested_by=_maker(Role.AUDIT_LIAISON),
        requested_at=rec.assessments.get().run.started_at,
    )
    return {"pk": asked.pk}


RULES: dict[str, Rule | tuple[Rule, ...]] = {
    "evidence:assessment": Rule(LOOK, make=a_run),
    "evidence:run-start": Rule(Permission.ASSESSMENT_RUN, method="post", make=a_run, allowed=REDIRECT),
    "evidence:measure-list": Rule(LOOK, make=a_run),
    "evidence:measure-detail": Rule(LOOK, make=its_measure),
    "evidence:measure-chart": Rule(
        LOOK, make=lambda visitor: {**its_measure(visitor), "name": "series"}, is_page=False
    ),
    "evidence:measure-query": Rule(LOOK, make=its_measure, is_page=False),
    "evidence:office-list": Rule(LOOK, make=a_run),
    "evidence:standards": Rule(LOOK, make=a_run),
    "evidence:deficiencies": Rule(LOOK, make=a_run),
    "evidence:deficiency-chart": Rule(
        LOOK,
        make=lambda visitor: {**a_run(visitor), "name": "funnel"},
        allowed=frozenset({404}),
        is_page=False,
    ),
    "evidence:dossier": Rule(LOOK, make=its_recommendation),
    "evidence:dossier-file": Rule(
        Permission.RECOMMENDATION_EXPORT,
        make=lambda visitor: {**its_recommendation(visitor), "kind": "pdf"},
        is_page=False,
    ),
    "evidence:figure-freeze": Rule(
        Permission.EVIDENCE_FREEZE,
        method="post",
        make=its_recommendation,
        allowed=REDIRECT,
        data={"measure": CODE},
    ),
    # Without a recommendation it leads back to the plan, as every refusal does.
    "evidence:plan-freeze": Rule(Permission.EVIDENCE_FREEZE, method="post", make=a_plan, allowed=REDIRECT),
    # Who leads an office, and is at none, gets no rows; the matrix's people are at one.
    "evidence:measure-rows": Rule(Permission.MEASURE_ROWS, make=its_measure),
    "evidence:rows-start": Rule(Permission.MEASURE_ROWS, method="post", make=its_measure, allowed=REDIRECT),
    "evidence:paper-list": Rule(LOOK, make=a_run),
    "evidence:paper-list-of": Rule(LOOK, make=its_run),
    "evidence:paper-file": Rule(
        Permission.RECOMMENDATION_EXPORT,
        make=lambda visitor: {**its_run(visitor), "path": "papers/poam.json"},
        allowed=frozenset({404}),
        is_page=False,
    ),
    # Somebody else's file is as none: the matrix's visitors have brought their own.
    "evidence:verify-detail": Rule(Permission.EVIDENCE_VERIFY, make=its_file),
    "evidence:verify": (
        Rule(Permission.EVIDENCE_VERIFY),
        Rule(Permission.EVIDENCE_VERIFY, method="post", allowed=frozenset({422})),
    ),
    "evidence:dossier-submit": Rule(
        Permission.CLOSURE_REQUEST, method="post", make=its_recommendation, allowed=REDIRECT
    ),
    "evidence:closure-file": Rule(
        Permission.RECOMMENDATION_EXPORT,
        make=lambda visitor: {**a_request(visitor), "place": 0},
        allowed=frozenset({404}),
        is_page=False,
    ),
    "evidence:dossier-decide": Rule(
        Permission.CLOSURE_APPROVE,
        method="post",
        make=a_request,
        allowed=REDIRECT,
        data={"decision": "approve"},
    ),
}
