"""Every action with what must be there before, who may do it, and the line it leaves in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from closeout.web.accounts.models import Role
from closeout.web.casework import actions, models
from closeout.web.casework.actions.file_reviews import ITEMS
from tests.web.casework.actions.world import DIGEST, HERE, THERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.casework.actions.world import World

WORKERS = (Role.OFFICER, Role.SUPERVISOR)
APPROVERS = (Role.SUPERVISOR, Role.DIRECTOR)
ALL_RIGHT = dict.fromkeys(ITEMS, "right")


class Act(NamedTuple):
    """An action: its arguments are made by `given` once its rows are there."""

    name: str
    logged: str
    given: Callable[[World], dict[str, Any]]
    roles: tuple[str, ...] = WORKERS
    office: str = HERE
    is_versioned: bool = True

    def do(self, by: Any, arguments: dict[str, Any]) -> Any:
        """Do it."""
        return getattr(actions, self.name)(by=by, **arguments)


def on_case(**more: Any) -> Callable[[World], dict[str, Any]]:
    """Return how an action on the case alone is called."""
    return lambda world: {"case_no": world.case.pk, **more}


def exception(world: World) -> dict[str, Any]:
    return {"exception_id": world.exception().pk}


def referral(world: World) -> dict[str, Any]:
    row = world.referable(
        disposition="referred_per_policy",
        disposed_by_id=world.officer.username,
        policy_version_id=world.policy(),
    )
    return {"exception_id": row.pk}


def disposed(world: World) -> dict[str, Any]:
    row = world.exception(
        state="dispositioned",
        disposition="data_error",
        disposed_on=world.day(-2),
        disposed_by_id=world.officer.username,
    )
    return {"exception_id": row.pk}


def transfer(world: World) -> dict[str, Any]:
    world.verified()
    row = actions.request_transfer(
        by=world.officer, case_no=world.case.pk, to_office_id=THERE, reason="area_changed"
    )
    return {"transfer_id": row.pk}


def closure(world: World) -> dict[str, Any]:
    row = actions.propose_closure(
        by=world.officer,
        case_no=world.case.pk,
        reason="deceased",
        evidence_kind="death_certificate",
        evidence_digest=DIGEST,
    )
    return {"proposal_id": row.pk}


def closed(world: World) -> dict[str, Any]:
    asked = closure(world)
    actions.confirm_closure(by=world.supervisor, **asked)
    return {**asked, "reason": "not_so"}


def custody(world: World) -> dict[str, Any]:
    row = actions.begin_custody_reviews(by=world.officer, case_no=world.case.pk, period_from=world.day(-80))
    return {"custody_review_id": row.pk}


def inquiry(world: World) -> dict[str, Any]:
    row = models.Inquiry.objects.create(
        case=world.case,
        office_id=HERE,
        category="status",
        channel="phone",
        received_on=world.day(-3),
        has_appearance_on_file=False,
    )
    return {"inquiry_id": row.pk}


def hold(world: World) -> dict[str, Any]:
    row = models.Hold.objects.create(case=world.case, kind="appeal", from_on=world.day(-9))
    return {"hold_id": row.pk}


def drafting(world: World) -> dict[str, Any]:
    world.country_rule()
    return {"request_id": world.travel_request().pk}


def with_mission(world: World, **fields: Any) -> dict[str, Any]:
    return {"request_id": world.sent(**fields).pk}


def informed(world: World) -> dict[str, Any]:
    row = actions.give_information(
        by=world.officer, case_no=world.case.pk, information_version="INF-1", language="es"
    )
    return {"decision_id": row.pk}


def asked_exception(world: World) -> dict[str, Any]:
    row = actions.request_exception(by=world.officer, case_no=world.case.pk, reason="parent_refused")
    return {"decision_id": row.pk, "reason": "parent_refused"}


def incident(world: World) -> dict[str, Any]:
    row = models.SafeguardIncident.objects.create(
        case=world.case, office_id=HERE, kind="notice_missing", detected_on=world.day(-1), severity="attempt"
    )
    return {"incident_id": row.pk}


def departure(world: World) -> dict[str, Any]:
    row = models.Departure.objects.create(
        case=world.case, departed_on=world.day(-9), kind="self", recorded_on=world.day(-8)
    )
    return {"departure_id": row.pk}


def file_review(world: World) -> dict[str, Any]:
    row = actions.review_file(
        by=world.officer, case_no=world.case.pk, findings={**ALL_RIGHT, "language": "defect"}
    )
    return {"review_id": row.pk, "findings": ALL_RIGHT}


def defect(world: World) -> dict[str, Any]:
    review = file_review(world)["review_id"]
    return {"item_id": models.FileReviewItem.objects.get(review=review, result="defect").pk}


def deviation(world: World) -> dict[str, Any]:
    world.interval()
    row = actions.set_interval_deviation(
        by=world.officer, case_no=world.case.pk, days=60, reason="court_order"
    )
    return {"deviation_id": row.pk}


def mismatch(world: World) -> dict[str, Any]:
    return {"verification_id": world.verified(result="mismatch", mismatch_code="date").pk}


def attended(world: World) -> dict[str, Any]:
    row = world.check_in(
        state="attended", outcome="attended", outcome_on=world.today, recorded_by_id=world.officer.username
    )
    return {"check_in_id": row.pk}


ACTS = (
    Act("schedule_check_in", "check_in.schedule", lambda w: {"case_no": w.case.pk, "due_on": w.day(3)}),
    Act(
        "record_check_in_outcome",
        "check_in.record",
        lambda w: {"check_in_id": w.check_in().pk, "outcome": "attended"},
    ),
    Act(
        "reschedule_check_in",
        "check_in.reschedule",
        lambda w: {"check_in_id": w.check_in().pk, "next_on": w.day(4), "cause": "office"},
    ),
    Act(
        "cancel_check_in",
        "check_in.cancel",
        lambda w: {"check_in_id": w.check_in().pk, "reason": "in_custody"},
    ),
    Act("review_check_in", "check_in.review", attended, APPROVERS),
    Act("attempt_contact", "exception.attempt", exception),
    Act("serve_notice", "exception.notice", exception),
    Act("record_explanation", "exception.explain", exception),
    Act("dispose_exception", "exception.dispose", lambda w: {**exception(w), "disposition": "service_issue"}),
    Act("approve_referral", "exception.approve_referral", referral, APPROVERS),
    Act(
        "return_referral",
        "exception.return_referral",
        lambda w: {**referral(w), "reason": "explanation_came"},
        APPROVERS,
    ),
    Act("review_exception", "exception.review", disposed, APPROVERS),
    Act(
        "verify",
        "verification.record",
        on_case(kind="contact", method="phone", result="confirmed"),
    ),
    Act("correct_mismatch", "verification.correct", mismatch),
    Act("review_file", "file_review.record", on_case(findings=ALL_RIGHT)),
    Act("second_review_file", "file_review.second", file_review, APPROVERS),
    Act("correct_defect", "file_review.correct", defect),
    Act(
        "request_transfer",
        "transfer.request",
        lambda w: {"case_no": w.verified().case_id, "to_office_id": THERE, "reason": "area_changed"},
    ),
    Act("accept_transfer", "transfer.accept", transfer, APPROVERS, THERE),
    Act(
        "reject_transfer",
        "transfer.reject",
        lambda w: {**transfer(w), "reason": "wrong_office"},
        APPROVERS,
        THERE,
    ),
    Act("withdraw_transfer", "transfer.withdraw", transfer),
    Act(
        "propose_closure",
        "case_closure.propose",
        on_case(reason="deceased", evidence_kind="death_certificate", evidence_digest=DIGEST),
    ),
    Act("confirm_closure", "case_closure.confirm", closure, APPROVERS),
    Act(
        "reject_closure",
        "case_closure.reject",
        lambda w: {**closure(w), "reason": "evidence_doubtful"},
        APPROVERS,
    ),
    Act("withdraw_closure", "case_closure.withdraw", closure),
    Act("reverse_closure", "case_closure.reverse", closed, APPROVERS),
    Act("change_status", "case.change_status", on_case(status_code="8C")),
    Act(
        "assign_lead",
        "case.assign",
        lambda w: {
            "case_no": w.case.pk,
            "officer_no": w.person(Role.OFFICER).username,
            "reason": "rebalanced",
        },
        APPROVERS,
    ),
    Act("unassign_lead", "case.unassign", on_case(), APPROVERS),
    Act(
        "begin_custody_reviews",
        "custody_review.begin",
        lambda w: {"case_no": w.case.pk, "period_from": w.day(-80)},
    ),
    Act("serve_custody_notice", "custody_review.notice", custody),
    Act(
        "record_custody_review",
        "custody_review.decide",
        lambda w: {**custody(w), "decision": "continue", "decider_role": "field_director"},
    ),
    Act(
        "log_desk_contact",
        "desk.log",
        on_case(channel="walk_in", category="question", minutes=5),
        is_versioned=False,
    ),
    Act(
        "receive_inquiry",
        "inquiry.receive",
        on_case(category="status", channel="mail"),
        is_versioned=False,
    ),
    Act("answer_inquiry", "inquiry.answer", inquiry),
    Act(
        "set_interval_deviation",
        "interval_deviation.set",
        lambda w: {"case_no": w.case.pk, "days": len(w.interval().pk) + 50, "reason": "medical"},
    ),
    Act("approve_interval_deviation", "interval_deviation.approve", deviation, APPROVERS),
    Act(
        "place_hold",
        "hold.place",
        lambda w: {"case_no": w.case.pk, "kind": "appeal", "review_on": w.day(30)},
    ),
    Act("release_hold", "hold.release", hold),
    Act("review_hold", "hold.review", lambda w: {**hold(w), "review_on": w.day(30)}, APPROVERS),
    Act(
        "start_travel_request",
        "travel_document.start",
        lambda w: {"case_no": w.case.pk, "country": w.country_rule("fee").country_id},
    ),
    Act("include_item", "travel_document.include", lambda w: {**drafting(w), "item": "fee"}),
    Act("complete_request", "travel_document.complete", drafting),
    Act(
        "send_request",
        "travel_document.send",
        lambda w: {
            "request_id": w.travel_request(state="complete", rule=w.country_rule()).pk,
        },
    ),
    Act("acknowledge_request", "travel_document.acknowledge", with_mission),
    Act(
        "schedule_interview",
        "travel_document.schedule_interview",
        lambda w: {**with_mission(w), "interview_on": w.day(9)},
    ),
    Act(
        "hold_interview",
        "travel_document.hold_interview",
        lambda w: with_mission(w, state="interview_scheduled", interview_on=w.today),
    ),
    Act(
        "issue_document",
        "travel_document.issue",
        lambda w: {**with_mission(w), "valid_from": w.today, "valid_to": w.day(90)},
    ),
    Act(
        "refuse_document",
        "travel_document.refuse",
        lambda w: {**with_mission(w), "reason": "identity"},
    ),
    Act("return_incomplete", "travel_document.return_incomplete", with_mission),
    Act(
        "re_request",
        "travel_document.re_request",
        lambda w: with_mission(w, state="refused", refused_reason="identity"),
    ),
    Act(
        "follow_up",
        "travel_document.follow_up",
        lambda w: {**with_mission(w), "channel": "phone", "result": "pending"},
    ),
    Act(
        "use_document",
        "travel_document.use",
        lambda w: with_mission(w, state="issued", valid_from=w.day(-5), valid_to=w.day(5)),
    ),
    Act(
        "withdraw_request",
        "travel_document.withdraw",
        lambda w: {**with_mission(w), "reason": "relief"},
    ),
    Act(
        "hold_request",
        "travel_document.hold",
        lambda w: {**with_mission(w), "reason": "legal_stay", "review_on": w.day(30)},
    ),
    Act("resume_request", "travel_document.resume", lambda w: with_mission(w, state="on_hold")),
    Act(
        "set_delay_cause",
        "travel_document.set_delay_cause",
        lambda w: {**with_mission(w), "cause": "mission"},
    ),
    Act("record_parental_inquiry", "parental_inquiry.record", on_case(answer="yes", minors=2)),
    Act(
        "give_information",
        "parental_decision.inform",
        on_case(information_version="INF-1", language="es"),
    ),
    Act(
        "record_parental_decision",
        "parental_decision.record",
        lambda w: {**informed(w), "decision": "together"},
    ),
    Act("honor_decision", "parental_decision.honor", lambda w: {"decision_id": w.decision().pk}),
    Act(
        "refuse_to_honor",
        "parental_decision.not_honor",
        lambda w: {"decision_id": w.decision().pk, "reason": "court_order"},
        APPROVERS,
    ),
    Act("request_exception", "parental_decision.ask_exception", on_case(reason="parent_refused")),
    Act("approve_exception", "parental_decision.approve_exception", asked_exception, APPROVERS),
    Act(
        "record_departure",
        "departure.record",
        lambda w: {"case_no": w.case.pk, "departed_on": w.day(-1), "kind": "self"},
    ),
    Act("verify_departure", "departure.verify", departure),
    Act("resolve_incident", "safeguard.resolve", incident, APPROVERS),
)
READS = {"flaws_of_decision", "missing_items", "proposes_transfer", "rule_in_force", "undoable_events"}
"""Names of the package that only read."""
TRIED_ELSEWHERE = {"take_in_case", "undo", "expire_check_ins", "remind_check_ins", "expire_travel_documents"}
