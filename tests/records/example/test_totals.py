"""Totals and spreads are those that the reports published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from closeout.records.example.agency import DETAINED, JUVENILE, NOT_DETAINED
from closeout.records.example.arrays import day
from closeout.records.example.size import LONE_JUVENILE_OFFICE, OFFICES, SIZES, VACANT_OFFICE
from closeout.records.example.staff import hire
from closeout.records.example.strata import IN_CUSTODY, strata
from closeout.records.example.strata import JUVENILE as JUVENILE_DOCKET

if TYPE_CHECKING:
    from collections.abc import Mapping

AS_OF = date(2026, 9, 30)
OUTSIDE = ("non_detained_pre_order", "non_detained_post_order", "family")


def test_the_nation_has_2_2_million_open_cases_outside_custody() -> None:
    ended = strata(1, SIZES["national"])
    outside = ~ended.is_closed & ~ended.is_detained
    assert 2_190_000 < int(outside.sum()) < 2_215_000
    assert len(ended.office) < 2_500_000


def test_an_officer_of_the_nation_leads_1720_to_10156_cases_or_65_to_110_in_custody() -> None:
    size = SIZES["national"]
    agency, ended = hire(1, size, day(AS_OF), day(date(2025, 4, 1))), strata(1, size)
    held = ended.docket == IN_CUSTODY
    outside = ~held & (ended.docket != JUVENILE_DOCKET)
    for docket, roster, least, most in ((outside, NOT_DETAINED, 1_720, 10_156), (held, DETAINED, 65, 110)):
        cases = np.bincount(ended.office[docket & ~ended.is_closed], minlength=OFFICES)
        ratio = cases / agency.leads[roster].size[:OFFICES]
        assert ratio.min() >= least
        assert ratio.max() <= most
        assert ratio.min() < least * 1.05
        assert ratio.max() > most * 0.95


def test_about_six_thousand_people_work_for_the_nation() -> None:
    agency = hire(1, SIZES["national"], day(AS_OF), day(date(2025, 4, 1)))
    assert 5_000 < len(agency.home) < 7_000
    assert 0.3 < agency.converted[agency.roles == 0].mean() < 0.5


def test_one_officer_has_six_thousand_juveniles_of_whom_150_in_custody(
    region: Mapping[str, pl.DataFrame],
) -> None:
    office = f"F{LONE_JUVENILE_OFFICE + 1:02d}"
    docket = region["cases"].filter(office_id=office, docket="juvenile").filter(pl.col("state") != "closed")
    assert docket.height == 6_000
    assert int(docket["is_detained"].sum()) == 150
    assert docket["officer_no"].n_unique() == 1
    assert hire(1, SIZES["region"], day(AS_OF), 0).leads[JUVENILE].size[LONE_JUVENILE_OFFICE] == 1


def test_the_published_caseloads_hold_in_a_region_too(region: Mapping[str, pl.DataFrame]) -> None:
    now = region["cases"].filter(pl.col("state") != "closed", pl.col("officer_no").is_not_null())
    gone = region["officers"].filter(pl.col("active_to").is_not_null() | (pl.col("contracted_hours") == 0))
    now = now.join(gone, on="officer_no", how="anti")
    for dockets, least, most in ((OUTSIDE, 1_700, 10_156), (("detained",), 65, 110)):
        loads = (
            now.filter(pl.col("docket").is_in(dockets))
            .group_by("office_id")
            .agg(ratio=pl.len() / pl.col("officer_no").n_unique())["ratio"]
        )
        assert len(loads) == OFFICES
        assert loads.min() >= least
        assert loads.max() <= most


def test_6_of_19_posts_are_vacant_in_one_office(tables: Mapping[str, pl.DataFrame]) -> None:
    posts = tables["positions"].filter(office_id=f"F{VACANT_OFFICE + 1:02d}")
    assert posts.height == 19
    assert int(posts["officer_no"].is_null().sum()) == 6
    assert int(posts["vacant_from"].is_not_null().sum()) == 6


def test_22_of_about_150_partners_were_inspected_in_nine_months(tables: Mapping[str, pl.DataFrame]) -> None:
    assert tables["agreements"].height == 150
    warrant = tables["agreements"].filter(model="WSO")["agreement_id"].to_list()
    held = tables["partner_inspections"].filter(pl.col("agreement_id").is_in(warrant))
    assert 20 <= held.height <= 22
    assert (AS_OF - held["held_on"].min()).days < 274


def test_details_last_45_days(tables: Mapping[str, pl.DataFrame]) -> None:
    lasts = tables["details"].select((pl.col("to_on") - pl.col("from_on")).dt.total_days() + 1)
    assert lasts.to_series().unique().to_list() == [45]


def test_there_are_24_field_offices_and_a_headquarters(tables: Mapping[str, pl.DataFrame]) -> None:
    kinds = dict(tables["offices"].group_by("kind").len().iter_rows())
    assert kinds == {"field": 24, "headquarters": 1}


def test_countries_cooperate_as_was_published_for_2016(tables: Mapping[str, pl.DataFrame]) -> None:
    last = tables["cooperation_assessments"].filter(pl.col("cycle_on") == pl.col("cycle_on").max())
    counted = dict(last.group_by("category").len().iter_rows())
    assert counted["uncooperative"] == 23
    assert counted["cooperative_with_delays"] == 62


def test_there_are_17_numbered_standards(tables: Mapping[str, pl.DataFrame]) -> None:
    assert sorted(tables["contract_standards"]["number"]) == list(range(1, 18))


def test_events_cover_18_months_and_due_dates_lie_beyond(tables: Mapping[str, pl.DataFrame]) -> None:
    due = tables["check_ins"]["due_on"]
    assert date(2025, 4, 1) <= due.min() <= date(2025, 4, 7)
    assert due.max() > date(2027, 1, 1)
    changed = tables["status_changes"]["effective_on"]
    assert changed.min() >= date(2025, 4, 1)
    assert (AS_OF - changed.max()).days < 7


def test_a_region_has_about_a_hundred_thousand_cases(region: Mapping[str, pl.DataFrame]) -> None:
    assert 100_000 < region["cases"].height < 140_000
