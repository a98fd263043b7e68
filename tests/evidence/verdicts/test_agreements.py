"""Agreements: the register beside the public lists, and what a list cannot say."""

from __future__ import annotations

import json
from datetime import date

import pytest

from closeout.evidence.verdicts.agreements import Agreements, agreements
from closeout.evidence.verdicts.reading import LacksTablesError
from closeout.evidence.verdicts.tables import agreements_table
from tests.evidence.verdicts.making import AS_OF, judged


def agreement(number, model="WSO", state="active", **said):
    return {
        "agreement_id": f"A-{number}",
        "partner_id": f"P-{number}",
        "model": model,
        "state": state,
        "signed_on": date(2024, 5, 1),
        "operational_on": date(2024, 8, 1),
    } | said


def listed(amount, category="WSO", on=date(2026, 9, 1), area="TX", kind="agreements"):
    return {"kind": kind, "as_of_on": on, "area": area, "category": category, "amount": amount}


def made(rows, lists=(), inspections=None, as_of=AS_OF) -> Agreements:
    given = {
        "agreements": rows,
        "published_counts": [{"count_id": number} | row for number, row in enumerate(lists, 1)],
    }
    if inspections is not None:
        given["partner_inspections"] = inspections
    return judged(agreements, as_of, **given)


def test_models_are_counted_by_where_they_stand():
    found = made(
        [agreement(1), agreement(2, state="ended"), agreement(3, "JEM"), agreement(4, state="unlisted")]
    )
    assert [one.model for one in found.models] == ["JEM", "WSO", "ALL"]
    assert found.models[1].states == {"signed": 0, "active": 1, "suspended": 0, "ended": 1, "unlisted": 1}
    assert found.models[-1].states["active"] == 2


def test_gone_from_the_list_is_no_ending():
    found = made([agreement(1, state="unlisted")])
    assert found.models[-1].states["ended"] == 0
    assert found.cannot[0].startswith("1 agreement is gone from the public list. That is no ending")


def test_the_newest_list_by_the_day_is_compared():
    lists = [
        listed(9, on=date(2021, 1, 13)),
        listed(2),
        listed(1, area="AZ"),
        listed(50, on=date(2026, 10, 2)),
    ]
    found = made([agreement(1), agreement(2)], lists)
    assert (found.list_on, found.lists, found.first_published, found.last_published) == (
        date(2026, 9, 1),
        2,
        9,
        3,
    )
    assert (found.models[-1].published, found.models[-1].difference) == (3, -1)
    assert any(
        "The newest public list has 3 agreements, the register 2 active ones" in one for one in found.cannot
    )


def test_printed_totals_and_applications_are_not_added():
    lists = [listed(1), listed(1, area="ALL"), listed(1, category="ALL"), listed(7, kind="applications")]
    assert made([agreement(1)], lists).models[-1].published == 1


def test_a_model_on_the_list_alone_is_a_row():
    found = made([agreement(1)], [listed(1), listed(4, "TFM")])
    assert [(one.model, one.difference) for one in found.models] == [("TFM", -4), ("WSO", 0), ("ALL", -4)]


def test_without_a_list_nothing_is_compared():
    found = made([agreement(1)])
    assert (found.list_on, found.models[-1].published, found.models[-1].difference) == (None, None, None)
    assert any("cannot be compared with one" in one for one in found.cannot)


def test_coverage_is_of_the_last_two_years_and_of_inspected_models():
    held = [
        {"agreement_id": "A-1", "held_on": date(2024, 10, 1)},
        {"agreement_id": "A-2", "held_on": date(2024, 9, 30)},
        {"agreement_id": "A-3", "held_on": date(2026, 10, 1)},
    ]
    rows = [agreement(1), agreement(2, "JEM"), agreement(3), agreement(4, "TFM"), agreement(5, state="ended")]
    coverage = made(rows, inspections=held).coverage
    assert coverage is not None
    assert (coverage.active, coverage.inspected) == (3, 1)
    assert coverage.interval is not None
    assert coverage.interval.method == "wilson"


def test_without_inspections_oversight_is_not_assessed():
    found = made([agreement(1)])
    assert found.coverage is None
    assert any("oversight is not assessed" in one for one in found.cannot)


def test_no_active_agreement_has_no_coverage_interval():
    coverage = made([agreement(1, state="ended")], inspections=[]).coverage
    assert coverage is not None
    assert (coverage.active, coverage.interval) == (0, None)


def test_agreements_without_a_first_day_of_operations_are_counted():
    found = made([agreement(1, operational_on=None), agreement(2)])
    assert any(
        one.startswith("1 of 2 agreements has no day on which operations began") for one in found.cannot
    )


def test_signatures_are_counted_by_fiscal_year_as_known_on_the_day():
    rows = [agreement(1, signed_on=date(2024, 9, 30)), agreement(2, signed_on=date(2024, 10, 1))]
    later = agreement(3, signed_on=date(2026, 10, 1))
    found = made([*rows, later])
    assert found.signed_by_year == ((2024, 1), (2025, 1))
    assert found.agreements == 2


def test_nothing_signed_by_the_day_is_said():
    found = made([agreement(1)], as_of=date(2020, 1, 1))
    assert found.cannot == ("The records hold no agreement signed by this day: nothing can be said.",)


def test_without_the_table_it_says_which():
    with pytest.raises(LacksTablesError, match="no table agreements"):
        judged(agreements)


def test_it_is_json_and_a_table():
    found = made([agreement(1)], [listed(1)])
    assert json.loads(json.dumps(found.plain()))["models"][-1]["published"] == 1
    assert agreements_table(found).records()[-1]["difference"] == 0
