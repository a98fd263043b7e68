"""Work and officers side by side, by office, docket and role: what every figure of need is added up from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from closeout.workload.demand import MINUTES_AN_HOUR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from closeout.workload.demand import Demand
    from closeout.workload.figures import DeskHours
    from closeout.workload.parameters import Parameters
    from closeout.workload.supply import Supply

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_KEYS = ("office_id", "docket", "role")
_HOURS = ("paid", "available", "fte", "collateral_fte", "window")


@dataclass(frozen=True, slots=True)
class Parts:
    """One row a part; sums of rows are the figures of offices and of the nation."""

    rows: pl.DataFrame
    """`office_id`, `docket`, `role` (empty words for none), `cases`, `paid`, `available`, `fte`, `window`
    (hours on its rota), `collateral_fte` (what the window needs among them), `window_share` (of what the
    window of the office needs); sorted by the first three."""
    office: Ints
    """Place of each part's office among the demand's."""
    owed: Floats
    """Parts x activities, a month."""
    done: Floats
    hours: Floats
    """Parts x activities: hours a month; 0 where there is no weight."""
    support_share: Floats
    """c of each part's role."""
    columns: Mapping[str, Floats | Ints]
    """The figures of `rows` as arrays."""


def parts(
    work: Demand, officers: Supply, parameters: Parameters, desks: Mapping[str, DeskHours] | None = None
) -> Parts:
    """Return work and officers by office, docket and role.

    An officer's hours are shared out over the dockets as the officer's work is; whoever has no work stands
    under no docket. Work that nobody leads is of the default role.

    Args:
        work: The demand.
        officers: The hours.
        parameters: The default role, the support shares.
        desks: What the window of each office needs: it stands where its rota's officers do, or, where there
            is no rota, under no docket and no role.

    """
    desks = desks or {}
    held = work.holders.select(
        "office_id",
        "docket",
        "officer_no",
        cases=pl.col("cases") * pl.Series(work.is_counted).cast(pl.Int64),
        role=_roles(work.holders, officers.officers, parameters.default_role),
        hours=pl.Series(work.hours),
    )
    there = _shared(held, officers)
    keys = pl.concat([held.select(_KEYS), there.select(_KEYS)]).unique()
    missing = set(work.offices) - set(keys["office_id"].to_list())
    missing |= {office for office, one in desks.items() if one.need_hours and not one.rota_hours}
    if missing:
        empty = pl.DataFrame({"office_id": sorted(missing)}).with_columns(docket=pl.lit(""), role=pl.lit(""))
        keys = pl.concat([keys, empty]).unique()
    keys = keys.sort(_KEYS)
    rows = keys.join(
        held.group_by(_KEYS, maintain_order=True).agg(pl.col("cases").sum()), on=list(_KEYS), how="left"
    )
    summed = there.group_by(_KEYS, maintain_order=True).agg([pl.col(name).sum() for name in _HOURS])
    rows = rows.join(summed, on=list(_KEYS), how="left").sort(_KEYS).fill_null(0)
    rows = _with_windows(rows, desks, officers.standard_hours)
    return _laid_out(rows, held, work, parameters)


def _with_windows(rows: pl.DataFrame, desks: Mapping[str, DeskHours], standard_hours: float) -> pl.DataFrame:
    """Return the parts with what the window needs among their named duties, in full-time officers."""
    needed = {office: one.need_hours for office, one in desks.items()}
    need = pl.col("office_id").replace_strict(needed, default=0.0, return_dtype=pl.Float64)
    rota = pl.col("window").sum().over("office_id")
    is_bare = (pl.col("docket") == "") & (pl.col("role") == "")
    share = pl.when(rota > 0).then(pl.col("window") / rota).otherwise(is_bare.cast(pl.Float64))
    return rows.with_columns(pl.col("collateral_fte") + need * share / standard_hours, window_share=share)


def _roles(holders: pl.DataFrame, officers: pl.DataFrame, default: str) -> pl.Series:
    """Return each holder's role: the officer's, else the default where there is a docket, else none."""
    known = officers.select("officer_no", "role").unique("officer_no", keep="last")
    both = holders.select("officer_no", "docket").join(
        known, on="officer_no", how="left", maintain_order="left"
    )
    own = pl.col("role").replace("", None)
    other = pl.when(pl.col("docket") == "").then(pl.lit("")).otherwise(pl.lit(default))
    return both.select(pl.coalesce(own, other).alias("role"))["role"]


def _shared(held: pl.DataFrame, officers: Supply) -> pl.DataFrame:
    """Return each officer's hours by docket: as the officer's work in the home office divides."""
    given = officers.officers.select("officer_no", "office_id", "role").with_columns(
        **{name: pl.Series(getattr(officers, name)) for name in _HOURS}
    )
    mine = held.filter((pl.col("officer_no") != "") & (pl.col("hours") > 0))
    mine = mine.group_by("officer_no", "office_id", "docket", maintain_order=True).agg(pl.col("hours").sum())
    mine = mine.with_columns(share=pl.col("hours") / pl.col("hours").sum().over("officer_no", "office_id"))
    joined = given.join(
        mine.select("officer_no", "office_id", "docket", "share"), on=["officer_no", "office_id"], how="left"
    )
    joined = joined.with_columns(pl.col("share").fill_null(1.0), pl.col("docket").fill_null(""))
    return joined.with_columns([pl.col(name) * pl.col("share") for name in _HOURS])


def _laid_out(rows: pl.DataFrame, held: pl.DataFrame, work: Demand, parameters: Parameters) -> Parts:
    numbered = rows.select(_KEYS).with_row_index("part")
    part = (
        held.select(_KEYS)
        .join(numbered, on=list(_KEYS), how="left", maintain_order="left")["part"]
        .to_numpy()
    )
    owed, done = (_summed(each, part, rows.height) for each in (work.owed, work.done))
    place = {name: number for number, name in enumerate(work.offices)}
    office = np.array([place[name] for name in rows["office_id"].to_list()], dtype=np.int64)
    hours = owed * np.nan_to_num(work.minutes[:, office]).T / MINUTES_AN_HOUR
    shares = np.array([parameters.support_of(role) for role in rows["role"].to_list()])
    columns = {name: rows[name].to_numpy() for name in ("cases", *_HOURS)}
    return Parts(rows, office, owed, done, hours, shares, columns)


def _summed(volumes: Floats, part: Ints, parts: int) -> Floats:
    """Return holders' volumes added up by part, by activity."""
    made = np.zeros((volumes.shape[1], parts))
    for activity, each in enumerate(volumes.T):
        made[activity] = np.bincount(part, weights=each, minlength=parts)
    return np.ascontiguousarray(made.T)


def chosen(made: Parts, which: Sequence[int] | Ints) -> dict[str, float]:
    """Return the sums over some parts: `cases`, `paid`, `available`, `fte`, `collateral_fte`, `window`."""
    return {name: float(column[which].sum()) for name, column in made.columns.items()}
