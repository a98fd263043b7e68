"""Rules about travel documents, policies, training, partners, contracts and inspections."""

from datetime import date

import pytest

from closeout.duties.integrity.oversight import last_period
from tests.duties.integrity.scene import ago, case, closed, findings, found


def request(number, **said):
    return {
        "request_id": number,
        "case_no": "C-1",
        "office_id": "F01",
        "country": "XAA",
        "drafted_on": ago(400),
        **said,
    }


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ({"state": "issued", "valid_to": ago(1)}, True),
        ({"state": "expired", "valid_to": ago(1)}, True),
        ({"state": "issued", "valid_to": ago(0)}, False),
        ({"state": "used", "valid_to": ago(1), "used_on": ago(9)}, False),
        ({"state": "refused", "valid_to": None}, False),
    ],
)
def test_a_document_should_be_used_before_it_expires(said, is_found):
    tables = {"cases": [case()], "travel_document_requests": [request(1, **said)]}
    assert found("travel-document-expired-unused", **tables) == (["1"] if is_found else [])


def test_a_document_asked_for_again_or_of_a_closed_case_is_past_mending():
    expired = {"state": "expired", "valid_to": ago(1)}
    again = [request(1, **expired), request(2, drafted_on=ago(20))]
    assert found("travel-document-expired-unused", cases=[case()], travel_document_requests=again) == []
    rows = [request(1, **expired)]
    assert found("travel-document-expired-unused", cases=[closed()], travel_document_requests=rows) == []


def test_a_request_goes_out_complete():
    rows = [
        request(1, sent_on=ago(9), missing_at_send=1),
        request(2, sent_on=ago(9), missing_at_send=0),
        request(3, missing_at_send=2),
    ]
    assert found("request-sent-incomplete", travel_document_requests=rows) == ["1"]


RULE = {"rule_id": "R-1", "country": "XAA", "effective_from": ago(90), "effective_to": ago(10)}


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ({"sent_on": ago(90)}, False),
        ({"sent_on": ago(10)}, False),
        ({"sent_on": ago(91)}, True),
        ({"sent_on": ago(9)}, True),
        ({"sent_on": ago(50), "rule_id": None}, True),
        ({"sent_on": ago(50), "country": "XBB"}, True),
        ({"sent_on": None, "rule_id": None}, False),
    ],
)
def test_a_request_goes_out_under_a_rule_of_its_country(said, is_found):
    rows = [request(1, **{"rule_id": "R-1", **said})]
    tables = {"travel_document_requests": rows, "country_rules": [RULE]}
    assert found("request-without-rule-in-force", **tables) == (["1"] if is_found else [])


def policy(policy_id="P", **said):
    return {"policy_id": policy_id, "office_id": "HQ", "issued_on": ago(900), **said}


def version(number=1, **said):
    return {
        "policy_version_id": f"P.{number}",
        "policy_id": "P",
        "version": number,
        "state": "published",
        "effective_from": ago(800),
        **said,
    }


@pytest.mark.parametrize(
    ("one", "versions", "since"),
    [
        (policy(), [version()], None),
        (policy(), [version(effective_to=ago(0))], None),
        (policy(), [version(effective_to=ago(1))], ago(0)),
        (policy(), [version(state="draft")], ago(900)),
        (policy(), [version(effective_from=ago(-1))], ago(900)),
        (policy(), [], ago(900)),
        (policy(rescinded_on=ago(0)), [], None),
    ],
)
def test_a_policy_has_a_version_in_force_until_it_is_rescinded(one, versions, since):
    rows = findings("policy-without-version-in-force", policies=[one], policy_versions=versions)
    assert [row["since_on"] for row in rows] == ([] if since is None else [since])


def test_versions_follow_each_other_without_sharing_a_day():
    rows = [
        version(1, effective_to=ago(500)),
        version(2, effective_from=ago(500), effective_to=ago(400)),
        version(3, effective_from=ago(399)),
        version(4, effective_from=ago(100), state="draft"),
    ]
    assert found("policy-versions-overlap", policies=[policy()], policy_versions=rows) == ["P.2"]


def test_a_published_version_is_on_file():
    rows = [version(1), version(2, content_digest="a" * 64), version(3, state="draft")]
    assert found("version-without-text", policies=[policy()], policy_versions=rows) == ["P.1"]


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ({"parent_policy_id": "N", "deviation": "none"}, False),
        ({"parent_policy_id": None, "deviation": "none"}, True),
        ({"parent_policy_id": "N", "deviation": "unmapped"}, True),
        ({"parent_policy_id": "N", "deviation": None}, True),
        ({"kind": "directive"}, False),
        ({"rescinded_on": ago(5)}, False),
    ],
)
def test_a_local_procedure_belongs_to_a_national_policy(said, is_found):
    rows = [policy(**{"kind": "local", **said})]
    assert found("local-procedure-unmapped", policies=rows) == (["P"] if is_found else [])


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ({"deviation": "stricter"}, True),
        ({"deviation": "conflicting"}, True),
        ({"deviation": "none"}, False),
        ({"deviation": "narrower", "deviation_approved_on": ago(9)}, False),
    ],
)
def test_a_local_deviation_is_approved(said, is_found):
    rows = [policy(kind="local", parent_policy_id="N", **said)]
    assert found("local-deviation-unapproved", policies=rows) == (["P"] if is_found else [])


def test_an_attendance_shows_its_sheet():
    rows = [
        {
            "attendance_id": number,
            "session_id": 1,
            "officer_no": "S-AA",
            "is_present": present,
            "evidence_digest": digest,
        }
        for number, present, digest in ((1, True, None), (2, True, "a" * 64), (3, False, None))
    ]
    sessions = [{"session_id": 1, "held_on": ago(30)}]
    officers = [{"officer_no": "S-AA", "office_id": "F02"}]
    got = findings(
        "attendance-without-evidence", attendance=rows, training_sessions=sessions, officers=officers
    )
    assert [(row["subject"], row["office_id"], row["since_on"]) for row in got] == [("1", "F02", ago(30))]


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ({"state": "current", "valid_to": ago(1)}, True),
        ({"state": "passed", "valid_to": ago(0)}, False),
        ({"state": "expired", "valid_to": ago(1)}, False),
        ({"state": "exempt", "exempt_until": ago(1)}, True),
        ({"state": "exempt", "exempt_until": None}, False),
    ],
)
def test_a_certificate_counts_until_it_lapses(said, is_found):
    rows = [{"assignment_id": 1, "officer_no": "S-AA", **said}]
    assert found("certificate-lapsed", training_assignments=rows) == (["1"] if is_found else [])


def agreement(number="A", **said):
    return {
        "agreement_id": number,
        "office_id": "F01",
        "state": "active",
        "signed_on": ago(900),
        "operational_on": ago(800),
        **said,
    }


@pytest.mark.parametrize(
    ("said", "held", "is_found"),
    [
        ({}, None, True),
        ({}, ago(700), False),
        ({}, ago(-5), True),
        ({"operational_on": ago(731)}, None, False),
        ({"operational_on": None}, None, True),
        ({"state": "ended"}, None, False),
    ],
)
def test_an_active_agreement_was_inspected_once_in_two_years(said, held, is_found):
    inspections = [{"inspection_id": 1, "agreement_id": "A", "held_on": held}]
    tables = {"agreements": [agreement(**said)], "partner_inspections": inspections}
    assert found("agreement-never-inspected", **tables) == (["A"] if is_found else [])


def credential(**said):
    return {"credential_no": "CR", "participation_id": 1, **said}


def participation(days=None):
    return {"participation_id": 1, "agreement_id": "A", "to_on": None if days is None else ago(days)}


@pytest.mark.parametrize(
    ("said", "ended", "is_found"),
    [
        ({}, 31, True),
        ({}, 30, False),
        ({}, None, False),
        ({"participation_ended_on": ago(31)}, None, True),
        ({"returned_on": ago(5)}, 90, False),
        ({"revoked_on": ago(5)}, 90, False),
        ({"destroyed_on": ago(5)}, 90, False),
    ],
)
def test_a_credential_comes_back_in_thirty_days(said, ended, is_found):
    rows = findings(
        "credential-not-recovered",
        credentials=[credential(**said)],
        participations=[participation(ended)],
        agreements=[agreement()],
    )
    assert [(row["subject"], row["office_id"]) for row in rows] == ([("CR", "F01")] if is_found else [])


def test_a_credential_names_its_own_office_where_it_has_one():
    tables = {"participations": [participation(90)], "agreements": [agreement()]}
    rows = findings("credential-not-recovered", credentials=[credential(office_id="F09")], **tables)
    assert [row["office_id"] for row in rows] == ["F09"]


def test_destruction_has_a_witness():
    rows = [
        credential(destroyed_on=ago(5)),
        credential(credential_no="CR-2", destroyed_on=ago(5), witnessed_by="S-AA"),
    ]
    tables = {"participations": [participation()], "agreements": [agreement()]}
    assert found("credential-destroyed-unwitnessed", credentials=rows, **tables) == ["CR"]


@pytest.mark.parametrize(("days", "is_found"), [(None, True), (49, True), (50, False)])
def test_a_participation_ends_with_its_agreement(days, is_found):
    tables = {
        "participations": [participation(days)],
        "agreements": [agreement(state="ended", ended_on=ago(50))],
    }
    assert found("participation-outlives-agreement", **tables) == (["1"] if is_found else [])


@pytest.mark.parametrize(
    ("months", "first", "last"),
    [
        (1, date(2026, 8, 1), date(2026, 8, 31)),
        (3, date(2026, 4, 1), date(2026, 6, 30)),
        (12, date(2024, 10, 1), date(2025, 9, 30)),
    ],
)
def test_the_last_whole_period_before_the_end_of_a_fiscal_year(months, first, last):
    assert last_period(date(2026, 9, 30), months) == (first, last)


def test_on_the_first_day_of_a_fiscal_year_the_year_before_is_whole():
    assert last_period(date(2026, 10, 1), 12) == (date(2025, 10, 1), date(2026, 9, 30))
    assert last_period(date(2026, 1, 1), 3) == (date(2025, 10, 1), date(2025, 12, 31))


CONTRACT = [{"contract_id": "K", "office_id": "HQ", "starts_on": ago(900)}]


def standard(**said):
    return {"standard_id": "K-1", "contract_id": "K", "frequency": "monthly", "starts_on": ago(800), **said}


def seen(on, **said):
    return {
        "event_id": 1,
        "standard_id": "K-1",
        "observed_on": on,
        "sampled": 5,
        "inference_allowed": True,
        **said,
    }


@pytest.mark.parametrize(
    ("one", "event", "is_found"),
    [
        (standard(), seen(date(2026, 8, 31)), False),
        (standard(), seen(date(2026, 9, 1)), True),
        (standard(), seen(date(2026, 8, 15), sampled=0), True),
        (standard(frequency="quarterly"), seen(date(2026, 4, 1)), False),
        (standard(frequency="yearly"), seen(date(2025, 10, 1)), True),
        (standard(starts_on=date(2026, 8, 2)), seen(date(2026, 1, 1)), False),
    ],
)
def test_a_standard_is_looked_at_in_each_of_its_periods(one, event, is_found):
    tables = {"contracts": CONTRACT, "contract_standards": [one], "surveillance_events": [event]}
    assert found("standard-without-surveillance", **tables) == (["K-1"] if is_found else [])


@pytest.mark.parametrize(
    ("verdict", "event", "is_found"),
    [
        ("meets", seen(date(2026, 8, 31)), False),
        ("meets", seen(date(2026, 9, 1)), True),
        ("meets", seen(date(2026, 8, 5), inference_allowed=False), True),
        ("does_not_meet", seen(date(2026, 8, 5), sampled=0), True),
        ("not_assessed", seen(date(2026, 9, 1)), False),
    ],
)
def test_a_verdict_rests_on_a_sample_that_allows_one(verdict, event, is_found):
    period = {"period_from": date(2026, 8, 1), "period_to": date(2026, 8, 31)}
    rows = findings(
        "verdict-without-sample",
        contracts=CONTRACT,
        contract_standards=[standard()],
        standard_assessments=[{"assessment_id": 1, "standard_id": "K-1", "verdict": verdict, **period}],
        surveillance_events=[event],
    )
    assert [(row["subject"], row["office_id"]) for row in rows] == ([("1", "HQ")] if is_found else [])


FACILITY = [{"facility_id": "X", "office_id": "F03"}]


def deficiency(**said):
    return {
        "deficiency_id": 1,
        "inspection_id": 1,
        "facility_id": "X",
        "component_id": "N-1",
        "cited_on": ago(300),
        **said,
    }


def waiver(until, **said):
    return {
        "waiver_id": 1,
        "facility_id": "X",
        "component_id": "N-1",
        "approved_on": ago(200),
        "expires_on": ago(until),
        **said,
    }


@pytest.mark.parametrize(
    ("waivers", "since"),
    [
        ([waiver(0)], None),
        ([waiver(1)], ago(0)),
        ([], ago(300)),
        ([waiver(-9, component_id="N-2")], ago(300)),
        ([waiver(-9, approved_on=None)], ago(300)),
    ],
)
def test_a_waived_deficiency_opens_again_when_the_waiver_ends(waivers, since):
    tables = {"facilities": FACILITY, "deficiencies": [deficiency(state="waived")], "waivers": waivers}
    rows = findings("waiver-expired-still-open", **tables)
    assert [(row["since_on"], row["office_id"]) for row in rows] == (
        [] if since is None else [(since, "F03")]
    )


@pytest.mark.parametrize(
    ("said", "action", "waivers", "is_found"),
    [
        ({}, None, [], True),
        ({}, {"state": "verified", "verified_on": ago(120)}, [], False),
        ({}, {"state": "done"}, [], True),
        ({}, {"state": "ineffective", "verified_on": ago(120)}, [], True),
        ({}, None, [waiver(50)], False),
        ({}, None, [waiver(150)], True),
        ({"is_corrected_on_site": True}, None, [], False),
        ({"closed_on": None, "state": "cited"}, None, [], False),
    ],
)
def test_a_deficiency_closes_when_the_action_is_verified(said, action, waivers, is_found):
    actions = [{"action_id": 1, "deficiency_id": 1, **action}] if action else []
    rows = [deficiency(**{"state": "closed", "closed_on": ago(100), **said})]
    tables = {"facilities": FACILITY, "deficiencies": rows, "corrective_actions": actions, "waivers": waivers}
    assert found("deficiency-closed-unverified", **tables) == (["1"] if is_found else [])


@pytest.mark.parametrize(
    ("state", "said", "is_found"),
    [
        ("closed", {"state": "cited"}, True),
        ("closed", {"state": "waived"}, False),
        ("closed", {"state": "closed", "closed_on": ago(9)}, False),
        ("follow_up", {"state": "cited"}, False),
    ],
)
def test_an_inspection_closes_after_its_deficiencies(state, said, is_found):
    inspections = [{"inspection_id": 1, "facility_id": "X", "state": state, "ended_on": ago(290)}]
    tables = {"facilities": FACILITY, "inspections": inspections, "deficiencies": [deficiency(**said)]}
    assert found("inspection-closed-with-deficiency-open", **tables) == (["1"] if is_found else [])
