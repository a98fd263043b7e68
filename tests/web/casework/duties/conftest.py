"""An agency of few cases whose duties were worked out: once on each database for all tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from django.db import connection, transaction

from closeout.duties.integrity import RULES, run_integrity
from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables, run_pack
from closeout.engines import connect
from closeout.records.example import AS_OF, write_example
from closeout.records.snapshot import Manifest, Part, Snapshot, open_snapshot, sha256_of, write_manifest
from closeout.web.casework.duties import case_clauses, refresh, refresh_all, whole
from closeout.web.casework.load import load
from tests.web.casework.sites import fresh_site, led_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from closeout.duties.pack import Pack
    from closeout.web.casework.duties.outcome import Refreshed
    from tests.web.casework.sites import Site

CASES = 120
CLAUSES = (
    "check-in",
    "check-in-reminder",
    "file-review",
    "contact-verification",
    "proceeding-verification",
    "custody-review",
    "closure-decision",
    "partner-inspection",
    "complaint-notification",
)
KEY = ("duty", "subject_table", "subject", "sequence")


@dataclass(frozen=True)
class WorkedOut:
    """A database with the agency and its duties, and what was seen when they were worked out."""

    site: Site
    done: Refreshed
    constraints_before: dict[str, Any]


@pytest.fixture(scope="session")
def few_cases(tmp_path_factory) -> Snapshot:
    """Return the example agency with the rows of its first cases only."""
    whole_one = write_example(tmp_path_factory.mktemp("agency") / "all", size="small", seed=1, as_of=AS_OF)
    folder = tmp_path_factory.mktemp("few")
    cases = pq.read_table(whole_one.files("cases")[0])["case_no"].slice(0, CASES)
    tables = {}
    for name in whole_one.manifest.tables:
        rows = pa.concat_tables(pq.read_table(path) for path in whole_one.files(name))
        if "case_no" in rows.column_names:
            ours = pc.or_kleene(pc.is_in(rows["case_no"], cases), pc.is_null(rows["case_no"]))
            rows = rows.filter(ours)
        if name == "travel_document_items":
            kept = pq.read_table(folder / "travel_document_requests.parquet")["request_id"]
            rows = rows.filter(pc.is_in(rows["request_id"], kept))
        path = folder / f"{name}.parquet"
        pq.write_table(rows, path)
        tables[name] = (Part(path.name, rows.num_rows, sha256_of(path)),)
    write_manifest(folder, Manifest(AS_OF, "example", tables))
    return open_snapshot(folder)


@pytest.fixture(scope="module", autouse=True)
def short_pack() -> Iterator[Pack]:
    """Take a few clauses of each shape: compiling all of them takes half a minute."""
    pack = load_pack()
    short = replace(pack, clauses=tuple(clause for clause in pack.clauses if clause.duty in CLAUSES))
    assert len(short.clauses) > 5
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "load_pack", lambda: short)
        patch.setattr(case_clauses, "load_pack", lambda: short)
        patch.setattr(refresh, "_compiled", None)
        yield short
        if refresh._compiled is not None:
            refresh._compiled.close()


@pytest.fixture(scope="module", autouse=True)
def few_rules() -> Iterator[None]:
    """Look for what must not be so by a few rules, but where the findings are what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "run_integrity", partial(run_integrity, rules=list(RULES)[:3]))
        yield


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def worked_out(request, tmp_path_factory, few_cases, short_pack, few_rules) -> Iterator[WorkedOut]:
    """Yield the database that tests read or copy; none of them may change it for good."""
    path = tmp_path_factory.mktemp("worked") / "site.sqlite3"
    with fresh_site(request, request.param, path) as site:
        with led_here(request, site):
            load(few_cases.folder)
            before = duty_constraints()
            done = refresh_all(today=AS_OF)
        yield WorkedOut(site, done, before)


@pytest.fixture
def read_only(request, worked_out) -> Iterator[WorkedOut]:
    """Lead to the shared database: what the test writes is rolled back, and no other connection sees it."""
    with led_here(request, worked_out.site), transaction.atomic():
        yield worked_out
        transaction.set_rollback(True)


@pytest.fixture
def copied(request, worked_out, tmp_path) -> Iterator[WorkedOut]:
    """Lead to a copy of the shared database, for tests that work all duties out again."""
    path = tmp_path / "site.sqlite3"
    with (
        fresh_site(request, worked_out.site.vendor, path, of=worked_out.site) as site,
        led_here(request, site),
    ):
        yield replace(worked_out, site=site)


@pytest.fixture(scope="module")
def listed(few_cases, short_pack) -> Callable[[date], dict[tuple, dict]]:
    """Return what gives the rows that the engine lists for a day, by key; the same for each database."""

    @cache
    def list_all(day: date) -> dict[tuple, dict]:
        engine = connect()
        try:
            tables = open_tables(engine, few_cases)
            found = [
                row
                for _, listing in run_pack(engine, tables, short_pack, day)
                for row in engine.to_arrow(listing).to_pylist()
            ]
        finally:
            engine.close()
        return {tuple(row[name] for name in KEY): row for row in found}

    return list_all


@pytest.fixture(scope="module")
def to_be_found(few_cases) -> set[tuple[str, str]]:
    """Return the rule and subject of each finding that the engine's checkers make."""
    engine = connect()
    tables = open_tables(engine, few_cases)
    found = {
        (row["rule"], row["subject"])
        for _, findings in run_integrity(tables, AS_OF)
        for row in engine.to_arrow(findings).to_pylist()
    }
    engine.close()
    return found


def duty_constraints() -> dict[str, Any]:
    """Return the indexes and constraints of the duty table."""
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, "casework_duty")
