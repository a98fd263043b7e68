"""All tables of a chunk of cases, made together so that they agree with each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.records.example.assignments import Leads, assignments, lead, misassign, recusals
from closeout.records.example.cases import cases, status_changes
from closeout.records.example.check_ins import check_ins, hold
from closeout.records.example.closures import closings, departures, proposals
from closeout.records.example.custody import custody_reviews, holds
from closeout.records.example.dockets import memberships, stretches, tally
from closeout.records.example.exceptions import exceptions
from closeout.records.example.file_reviews import file_reviews, review_items
from closeout.records.example.hearings import hear, hearings
from closeout.records.example.inquiries import inquiries
from closeout.records.example.intervals import days_between, deviations
from closeout.records.example.lives import Lives, live
from closeout.records.example.moves import pending, transfers
from closeout.records.example.parents import ask, decisions
from closeout.records.example.parents import inquiries as parental_inquiries
from closeout.records.example.planting import Planted, plant
from closeout.records.example.travel import travel
from closeout.records.example.verifications import verifications

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    import pyarrow as pa

    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Columns, Ints
    from closeout.records.example.defects import Plants
    from closeout.records.example.strata import Strata
    from closeout.records.example.writing import Sink

    Write: TypeAlias = Callable[[str, tuple[Columns, int]], None]


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk of cases: which, how they end, and how many chunks there are."""

    number: int
    of: int
    case_no: pa.Array
    ended: Strata


@dataclass(frozen=True, slots=True)
class Written:
    """What the rest needs to know of a chunk."""

    tally: Ints
    """The dockets' comings and goings by month."""
    plants: Plants
    incidents: list[tuple[str, str]]
    """Cases whose parents left without a decision, and their offices."""


def write_chunk(agency: Agency, sink: Sink, chunk: Chunk) -> Written:
    """Write all tables of a chunk."""
    lives = live(agency, chunk.number, chunk.case_no, chunk.ended)
    planted = plant(agency, lives, chunk.of)
    parts = stretches(lives)
    leads = lead(agency, lives, parts)
    misassign(agency, lives, leads, planted)

    def write(table: str, made: tuple[Columns, int]) -> None:
        sink.columns(table, *made, part=chunk.number)

    write("docket_memberships", memberships(agency, lives, parts))
    write("assignments", assignments(agency, lives, leads))
    write("recusals", recusals(agency, lives, leads))
    _write_standing(agency, lives, leads, planted, write)
    _write_contacts(agency, lives, leads, planted, write)
    return Written(tally(agency, parts), planted.plants, _incidents(agency, lives, planted))


def _incidents(agency: Agency, lives: Lives, planted: Planted) -> list[tuple[str, str]]:
    cases = planted["departure-without-decision"]
    offices = [agency.office_id(office) for office in lives.office[cases]]
    return list(zip(lives.case_no.take(cases).to_pylist(), offices, strict=True))


def _write_standing(agency: Agency, lives: Lives, leads: Leads, planted: Planted, write: Write) -> None:
    """Write where the cases stand: themselves, transfers, closings, custody, parents."""
    waiting = pending(agency, lives, planted)
    closed = closings(agency, lives, planted, waiting)
    asked = ask(agency, lives, planted)
    made = cases(agency, lives, leads, planted, closed, waiting)
    write("cases", (made, lives.rows))
    write("transfers", transfers(agency, lives, leads, planted, waiting))
    write("closure_proposals", proposals(agency, lives, leads, planted, closed))
    left, rows, departed = departures(agency, lives, planted, closed, asked.parents(lives.rows))
    write("departures", (left, rows))
    write("status_changes", status_changes(agency, lives, leads, planted))
    write("custody_reviews", custody_reviews(agency, lives, planted))
    write("holds", holds(agency, lives, planted))
    write("parental_inquiries", parental_inquiries(agency, lives, leads, planted, asked))
    write("parental_decisions", decisions(agency, lives, planted, asked, departed))
    for table, columns in travel(agency, lives, planted, departed).items():
        write(table, columns)


def _write_contacts(agency: Agency, lives: Lives, leads: Leads, planted: Planted, write: Write) -> None:
    """Write what happens with the people: check-ins, hearings, verifications, reviews, inquiries."""
    every, left = days_between(agency, lives, planted)
    write("interval_deviations", deviations(agency, lives, leads, planted, left))
    held = hold(agency, lives, leads, planted, every)
    heard = hear(agency, lives, planted)
    write("check_ins", check_ins(agency, lives, planted, held))
    write("hearings", hearings(agency, lives, heard))
    write("exceptions", exceptions(agency, lives, leads, planted, held, heard))
    write("verifications", verifications(agency, lives, leads, planted, held, heard))
    reviews, rows, reviewed = file_reviews(agency, lives, leads, planted)
    write("file_reviews", (reviews, rows))
    write("file_review_items", review_items(agency, lives, reviewed))
    write("inquiries", inquiries(agency, lives, leads, planted))
