"""Share cases out evenly with the fewest moves, and say how much better any plan could be."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from closeout.assignment.certificate import CertificateError, Replayed, digest
from closeout.assignment.coding import coded
from closeout.assignment.faults import check_loads
from closeout.assignment.grouping import shares
from closeout.assignment.limited import within_limit
from closeout.assignment.proposing import proposed
from closeout.assignment.rules import RuleError, Rules
from closeout.assignment.shapes import CASES, Loads, Proposal
from closeout.assignment.solving import Ready, Solved, prepared, solved

if TYPE_CHECKING:
    from collections.abc import Callable

FORM = 1


def rebalance(
    loads: Loads,
    rules: Rules | None = None,
    seed: int = 0,
    *,
    told: Callable[[str, int, int], None] | None = None,
) -> Proposal:
    """Return the moves that share cases out evenly, as few as can be, with what is proven of them.

    Evenness comes first: nobody ends more than the band above the fairest utilization there is. Of the plans
    that keep to it, one with few moves is found, and a number that no such plan is below. An officer who
    leaves, is lent or comes back is the same call with other hours.

    Args:
        loads: Officers with their hours, and cases with their minutes.
        rules: The settings; the defaults if None.
        seed: Decides what is tried first; logged.
        told: Called with the office, how many groups are done and how many there are.

    Returns:
        The plan. What cannot be done (a credential nobody has, a limit that the hours do not allow) is left
        out of it, named under `unmet` with its proof, and the rest is done.

    Raises:
        LoadsError: The loads contradict themselves; the message names the rows.

    """
    rules = rules or Rules()
    check_loads(loads)
    code = coded(loads, rules)
    ready = [prepared(share) for share in shares(loads, code, together=rules.allow_transfer)]

    def solve(ceiling: Fraction | None) -> list[Solved]:
        found = []
        for at, one in enumerate(ready):
            if told is not None:
                told(one.share.office_id or "", at, len(ready))
            found.append(solved(one, band=rules.band, ceiling=ceiling, seed=seed))
        return found

    plans, least = within_limit(solve, _highest(ready), rules.max_moves)
    proposal = proposed(loads, code, plans, rules, least)
    certificate = _certificate(loads, rules, seed, proposal)
    return replace(proposal, certificate=certificate)


def replay_rebalance(certificate: dict[str, Any], loads: Loads) -> Replayed:
    """Work a rebalancing out again from its certificate and the same loads, and say what differs.

    Raises:
        CertificateError: It is no certificate of a rebalancing.

    """
    try:
        if certificate["kind"] != "rebalance" or certificate["form"] != FORM:
            msg = f"this is no certificate of a rebalancing in form {FORM}"
            raise CertificateError(msg)
        rules, seed = Rules.of(certificate["rules"]), int(certificate["seed"])
    except (KeyError, TypeError, ValueError, RuleError) as error:
        msg = f"the certificate cannot be read: {error}"
        raise CertificateError(msg) from error
    now = inputs_digest(loads)
    if now != certificate["inputs_sha256"]:
        was = str(certificate["inputs_sha256"])[:12]
        return Replayed(False, (f"the loads are others: their digest was {was}, is {now[:12]}",))
    again = rebalance(loads, rules, seed).certificate
    differences = tuple(
        f"{name} was {certificate.get(name)}, is {again[name]}"
        for name in again
        if again[name] != certificate.get(name)
    )
    return Replayed(not differences, differences)


def inputs_digest(loads: Loads) -> str:
    """Return the SHA-256 of loads: officers, cases in the order given, recusals."""
    officers = [
        [
            who.officer_no,
            who.office_id,
            who.hours,
            sorted(who.skills),
            None if who.sites is None else sorted(who.sites),
            who.is_new,
            who.is_active,
        ]
        for who in sorted(loads.officers, key=lambda one: (one.officer_no, one.office_id))
    ]
    found = hashlib.sha256(digest(officers, sorted(loads.recusals)).encode())
    for name in CASES.names:
        for buffer in _plain_column(loads.cases[name]).buffers():
            if buffer is not None:
                found.update(buffer)
    return found.hexdigest()


def _plain_column(column: pa.ChunkedArray) -> pa.Array:
    """Return a column as one array whose buffers depend on its values alone."""
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], column.type)
    return whole.take(pa.array(np.arange(len(whole)))) if whole.offset or whole.null_count else whole


def _highest(ready: list[Ready]) -> Fraction | None:
    """Return the highest utilization now, of officers who have hours; None without any."""
    highest = None
    for one in ready:
        share = one.share
        load = np.bincount(
            share.holder[share.holder >= 0],
            weights=share.work[share.holder >= 0],
            minlength=share.hours.size,
        )
        for hours, work in zip(share.hours.tolist(), load.tolist(), strict=True):
            if hours:
                now = Fraction(int(work), hours)
                highest = now if highest is None or now > highest else highest
    return highest


def _certificate(loads: Loads, rules: Rules, seed: int, proposal: Proposal) -> dict[str, Any]:
    moves = "\n".join(f"{move.case_no} {move.to_officer}" for move in proposal.moves)
    return {
        "kind": "rebalance",
        "form": FORM,
        "rules": rules.plain(),
        "seed": seed,
        "inputs_sha256": inputs_digest(loads),
        "officers": len(loads.officers),
        "cases": len(loads.cases),
        "excluded": [
            [who.officer_no, "no_hours" if who.is_active else "not_active"]
            for who in sorted(loads.officers, key=lambda one: one.officer_no)
            if not who.is_active or not who.hours > 0
        ],
        "moves": len(proposal.moves),
        "moves_bound": proposal.moves_bound,
        "busiest_after": proposal.busiest_after,
        "moves_sha256": hashlib.sha256(moves.encode()).hexdigest(),
    }
