"""Rules about closing cases, two people, and parents before a departure."""

import pytest

from closeout.duties.integrity import RULES
from closeout.duties.integrity.two_people import APPROVALS, REVIEWS
from tests.duties.integrity.scene import ago, case, closed, findings, found


def departure(number=1, days=40, kind="removed", case_no="C-1"):
    return {"departure_id": number, "case_no": case_no, "departed_on": ago(days), "kind": kind}


@pytest.mark.parametrize(
    ("one", "is_found"),
    [
        (case(), True),
        (case(state="closure_proposed"), False),
        (closed(), False),
        (case(reopened_on=ago(10)), False),
        (case(reopened_on=ago(60)), True),
    ],
    ids=["open", "proposed", "closed", "came back", "reopened before"],
)
def test_a_departed_persons_case_must_be_closing(one, is_found):
    assert found("departed-still-open", cases=[one], departures=[departure()]) == (
        ["C-1"] if is_found else []
    )


def proposal(number=1, days=40, **said):
    return {"proposal_id": number, "case_no": "C-1", "proposed_on": ago(days), "proposed_by": "S-AA", **said}


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ({"state": "proposed"}, True),
        ({"state": "confirmed"}, True),
        ({"state": "rejected"}, False),
        ({"state": "proposed", "days": 30}, False),
        ({"state": "proposed", "reason": "duplicate"}, False),
    ],
)
def test_a_closure_for_death_does_not_wait_over_thirty_days(said, is_found):
    rows = [proposal(**{"reason": "deceased", **said})]
    assert found("deceased-still-open", cases=[case()], closure_proposals=rows) == (
        ["C-1"] if is_found else []
    )


def test_a_closed_case_needs_a_second_person():
    cases = [closed(), closed("C-2"), closed("C-3"), case("C-4")]
    rows = [
        proposal(1, state="confirmed", decided_by="S-BB"),
        {**proposal(2, state="confirmed"), "case_no": "C-2"},
        {**proposal(3, state="proposed", decided_by="S-BB"), "case_no": "C-3"},
    ]
    assert found("closed-without-second-person", cases=cases, closure_proposals=rows) == ["C-2", "C-3"]


def test_a_confirmed_closure_names_its_evidence():
    rows = [
        proposal(1, state="confirmed"),
        proposal(2, state="confirmed", evidence_kind="court_order"),
        proposal(3),
    ]
    assert found("closure-without-evidence", cases=[closed()], closure_proposals=rows) == ["1"]


VALID = {
    "information_version": "I-2",
    "information_on": ago(60),
    "language": "es",
    "interpreter_used": False,
    "offered_reunification": True,
    "offered_child_remains": True,
    "offered_consultation": True,
    "decided_on": ago(50),
    "decision": "together",
    "form_version": "F-1",
    "signed_kind": "wet",
    "state": "valid",
}
FLAWS = {
    "blank": {"decision": None},
    "undated": {"decided_on": None},
    "no information": {"information_version": None},
    "information undated": {"information_on": None},
    "informed afterwards": {"information_on": ago(49)},
    "reunification not offered": {"offered_reunification": False},
    "staying not offered": {"offered_child_remains": False},
    "consultation not offered": {"offered_consultation": False},
    "unsigned": {"signed_kind": None},
    "refusal unwitnessed": {"signed_kind": "refused"},
    "no form": {"form_version": None},
    "language unknown": {"language": None},
    "not in their language": {"language": "en"},
}


def decision(number=1, **said):
    return {"decision_id": number, "case_no": "C-1", **VALID, **said}


@pytest.mark.parametrize("flaw", list(FLAWS))
def test_each_flaw_makes_a_parents_decision_flawed(flaw):
    tables = {"cases": [case(language="es")], "parental_decisions": [decision(**FLAWS[flaw])]}
    assert found("parental-decision-flawed", **tables) == ["1"]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"signed_kind": "refused", "witness_role": "interpreter"},
        {"language": "en", "interpreter_used": True},
        {"information_on": ago(50)},
        {"decision": None, "state": "superseded"},
    ],
    ids=["whole", "witnessed refusal", "interpreted", "same day", "superseded"],
)
def test_a_whole_decision_is_not_flawed(said):
    tables = {"cases": [case(language="es")], "parental_decisions": [decision(**said)]}
    assert found("parental-decision-flawed", **tables) == []


def test_a_flawed_decision_that_was_repeated_is_settled():
    rows = [decision(1, decision=None, state="flawed"), decision(2, supersedes_id=1)]
    assert found("parental-decision-flawed", cases=[case(language="es")], parental_decisions=rows) == []


def asked(days=70, answer="yes"):
    return {"inquiry_id": 1, "case_no": "C-1", "asked_on": ago(days), "answer": answer}


@pytest.mark.parametrize(
    ("inquiry", "decisions", "kind", "is_found"),
    [
        (asked(), [], "removed", True),
        (asked(), [], "voluntary_order", True),
        (asked(), [], "self", False),
        (asked(answer="no"), [], "removed", False),
        (asked(days=39), [], "removed", False),
        (asked(), [decision()], "removed", False),
        (asked(), [decision(decided_on=ago(40), information_on=ago(41))], "removed", False),
        (asked(), [decision(decided_on=ago(39))], "removed", True),
        (asked(), [decision(signed_kind=None)], "removed", True),
        (asked(), [decision(state="flawed")], "removed", True),
        (
            asked(),
            [decision(decision=None, exception_approved_by="S-BB", exception_approved_on=ago(41))],
            "removed",
            False,
        ),
        (
            asked(),
            [decision(decision=None, exception_approved_by="S-BB", exception_approved_on=ago(39))],
            "removed",
            True,
        ),
    ],
    ids=[
        *("none", "voluntary", "left alone", "no parent", "asked afterwards", "valid", "same day"),
        *("decided afterwards", "unsigned", "found flawed", "exception", "exception afterwards"),
    ],
)
def test_a_parent_departs_only_after_a_valid_decision(inquiry, decisions, kind, is_found):
    rows = findings(
        "departure-without-decision",
        cases=[closed(language="es")],
        parental_inquiries=[inquiry],
        parental_decisions=decisions,
        departures=[departure(kind=kind)],
    )
    assert [(row["subject_table"], row["subject"]) for row in rows] == (
        [("departures", "1")] if is_found else []
    )


@pytest.mark.parametrize(
    ("rule", "pair"),
    [("requester-is-approver", pair) for pair in APPROVALS]
    + [("recorder-is-reviewer", pair) for pair in REVIEWS],
    ids=lambda given: given if isinstance(given, str) else given[0],
)
def test_one_person_does_not_do_both(rule, pair):
    table, key, first, second, when = pair
    is_code = key == "policy_version_id"
    rows = [
        {key: "1" if is_code else 1, first: "S-AA", second: "S-AA", when: ago(5)},
        {key: "2" if is_code else 2, first: "S-AA", second: "S-BB", when: ago(5)},
    ]
    officers = [{"officer_no": "S-AA", "office_id": "F07"}]
    got = findings(rule, **{table: rows}, officers=officers)
    assert [(row["subject_table"], row["subject"], row["office_id"], row["since_on"]) for row in got] == [
        (table, "1", "F07", ago(5))
    ]


def test_nobody_approving_is_not_the_same_person():
    rows = [{"waiver_id": 1, "requested_by": "S-AA"}]
    assert found("requester-is-approver", waivers=rows) == []
    assert "waivers" in RULES["requester-is-approver"].reads
