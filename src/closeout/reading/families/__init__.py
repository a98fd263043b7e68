"""Families of layouts: each recognizes its documents and reads them.

A new family is a module that exposes `FAMILY` (or `FAMILIES`) and one line below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.reading.families import (
    dhs_library,
    dhs_report,
    dhs_transmittal,
    doj_closure_appendix,
    doj_list,
    gao_database2020,
    gao_export,
    gao_listing,
    gao_product,
    gao_product2010,
    gao_report,
    gao_testimony,
    hhs_page,
    hhs_tracker,
    news,
    oig_evaluation,
    oig_findings_schedule,
    oig_memo,
    oig_open_list,
    oig_summary_list,
    oversight_page,
    state_list,
    unknown,
    usaid_dashboard,
    va_list,
)

if TYPE_CHECKING:
    from closeout.reading.families.base import Family

ALL_FAMILIES: tuple[Family, ...] = (
    dhs_library.FAMILY,
    *dhs_report.FAMILIES,
    dhs_transmittal.FAMILY,
    doj_closure_appendix.FAMILY,
    doj_list.FAMILY,
    gao_database2020.FAMILY,
    gao_export.FAMILY,
    gao_listing.FAMILY,
    gao_product.FAMILY,
    gao_product2010.FAMILY,
    gao_report.FAMILY,
    gao_testimony.FAMILY,
    *hhs_page.FAMILIES,
    hhs_tracker.FAMILY,
    news.FAMILY,
    oig_evaluation.FAMILY,
    oig_findings_schedule.FAMILY,
    *oig_memo.FAMILIES,
    oig_open_list.FAMILY,
    oig_summary_list.FAMILY,
    oversight_page.FAMILY,
    state_list.FAMILY,
    usaid_dashboard.FAMILY,
    va_list.FAMILY,
    unknown.FAMILY,
)
