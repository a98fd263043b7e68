"""The analyses that stand beside the measures: contract standards and inspection deficiencies."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from closeout.evidence.statistics.acceptance import AqlVerdict
from closeout.evidence.statistics.charts import Chart, Point, Signal, Step
from closeout.evidence.statistics.funnel import Funnel, Kind, Limits, Placed, Position, Unit
from closeout.evidence.verdicts.standards_words import WORDS
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from closeout.evidence.letters.reports import Reports
    from closeout.evidence.verdicts.standards import Cell, StandardRow, Standards


def analyses_from(found: Reports) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the matrix of standards and the analysis of deficiencies as their pages show them.

    What the records lack the tables for is empty.

    Args:
        found: What was looked up for the papers.

    """
    matrix = standards_shown(found.standards) if found.standards else {}
    return matrix, found.deficiencies.plain() if found.deficiencies else {}


def standards_shown(found: Standards) -> dict[str, Any]:
    """Return the matrix a contract at a time: a word and a count in each cell, no cell blank."""
    if not found.rows:
        return {}
    ends, cells = found.matrix()
    rows = list(zip(found.rows, cells, strict=True))
    return {
        "sentence": _sentence(found),
        "disagreements": list(found.disagreements),
        "not_established": found.not_established,
        "cannot": list(found.cannot),
        "contracts": [
            {
                "title": contract,
                # The newest first: nobody should have to scroll for it.
                "periods": [end.strftime("%Y-%m") for end in reversed(ends)],
                "rows": [_row(row, row_cells) for row, row_cells in of_it],
            }
            for contract, of_it in groupby(rows, key=lambda each: each[0].contract_id)
        ],
    }


def _sentence(found: Standards) -> str:
    said = [f"{WORDS[AqlVerdict(verdict)]} {count}" for verdict, count in found.counts.items() if count]
    return f"In the newest whole period of {counted(len(found.rows), 'standard')}: {'; '.join(said)}."


def _row(row: StandardRow, cells: Sequence[Cell]) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": f"{row.number}. {row.indicator}",
        "is_placeholder": row.is_placeholder,
        "aql": row.aql,
        "method": row.method.replace("_", " "),
        "frequency": row.frequency,
        "cells": [_cell(cell) for cell in reversed(cells)],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "verdict": WORDS[cell.result.verdict],
        "n": cell.result.sampled,
        "why": cell.result.reason,
        "recorded": cell.recorded.replace("_", " "),
        "is_late": cell.result.verdict is AqlVerdict.DOES_NOT_MEET,
        "disagrees": bool(cell.disagrees),
    }


def funnel_from(said: Mapping[str, Any]) -> Funnel:
    """Return a funnel that was stored as JSON."""
    placed = tuple(
        Placed(
            unit=Unit(**each["unit"]),
            value=each["value"],
            z=each["z"],
            limits=Limits(**each["limits"]),
            position=Position(each["position"]),
            position_unadjusted=Position(each["position_unadjusted"]),
        )
        for each in said["placed"]
    )
    return Funnel(
        kind=Kind(said["kind"]),
        target=said["target"],
        placed=placed,
        without_base=tuple(said["without_base"]),
        phi=said["phi"],
        tau2=said["tau2"],
        by_chance=said["by_chance"],
        curve=tuple(Limits(**each) for each in said["curve"]),
        note=said["note"],
    )


def chart_from(said: Mapping[str, Any]) -> Chart:
    """Return a control chart that was stored as JSON."""
    return Chart(
        kind=said["kind"],
        points=tuple(
            Point(**{**each, "signals": tuple(Signal(one) for one in each["signals"])})
            for each in said["points"]
        ),
        is_trial=said["is_trial"],
        steps=tuple(Step(**each) for each in said["steps"]),
        skipped=tuple(said["skipped"]),
    )
