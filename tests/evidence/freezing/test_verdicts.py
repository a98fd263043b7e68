"""Verdicts frozen whole, with the statements that ran, and worked out again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables
from closeout.evidence.freezing import (
    VERDICTS,
    Hashes,
    Wanted,
    answers,
    freeze,
    recomputer,
    verify,
    write_frozen,
)
from closeout.evidence.freezing.canonical import plain_mapping
from closeout.evidence.freezing.verdicts import verdict_answer
from closeout.evidence.verdicts.reading import LacksTablesError
from closeout.evidence.verdicts.rows import rows_of_verdict
from tests.evidence.freezing.judged import judged_snapshot, judged_tables
from tests.evidence.freezing.making import AS_OF, NOON, write_snapshot

PACK = load_pack()
EVERY = tuple(VERDICTS)


@pytest.fixture(scope="module")
def made(tmp_path_factory, engine):
    """Return records, and the folder of every verdict frozen of them."""
    folder = tmp_path_factory.mktemp("made")
    snapshot = judged_snapshot(folder / "records")
    return snapshot, frozen_in(engine, snapshot, folder / "evidence")


def frozen_in(engine, snapshot, folder, **said):
    given = {"snapshot": snapshot, "hashes": Hashes(), "engine": engine.name}
    found = answers(engine, snapshot, PACK, Wanted(**{"verdicts": EVERY} | said), AS_OF)
    write_frozen(folder, [freeze(one, effective_on=AS_OF, frozen_at=NOON, **given) for one in found])
    return folder


def verified(engine, snapshot, folder):
    recompute = recomputer(engine, snapshot, PACK, ())
    return verify(folder, snapshot=snapshot, recompute=recompute, hashes=Hashes(), engine=engine.name)


def findings(found):
    return {one.code: one.finding.value for one in found.results}


def rows(answer):
    return {(row["part"], row["of"]): row for row in answer.rows}


def test_every_verdict_is_equal_when_worked_out_again(engine, made):
    found = verified(engine, *made)
    assert found.is_equal, found
    assert set(findings(found)) == set(EVERY)
    assert all(one.notes == () for one in found.results)


@pytest.mark.parametrize("code", EVERY)
def test_a_verdict_reads_what_it_names_and_nothing_else(engine, made, code):
    # Frozen, it has only the tables it names; here it has them all.
    judged = VERDICTS[code]
    whole = judged.make(engine, open_tables(engine, made[0]), AS_OF)
    answer = verdict_answer(engine, made[0], code, AS_OF, is_exact=True)
    assert answer.rows == rows_of_verdict(whole.plain())
    assert answer.reads == judged.reads


@pytest.mark.parametrize("code", EVERY)
def test_its_statements_and_what_it_was_asked_are_kept(engine, made, code):
    answer = verdict_answer(engine, made[0], code, AS_OF)
    assert f'"{VERDICTS[code].needs[0]}"' in answer.query
    assert str(made[0].folder) not in answer.query
    assert answer.parameters["as_of"] == AS_OF
    assert answer.definition["tables"] == list(answer.reads)


def test_a_standard_stands_by_period_with_its_verdict(engine, made):
    found = rows(verdict_answer(engine, made[0], "standards", AS_OF))
    cell = found["rows/cells", "K-01/2026-04-01"]
    assert (cell["result.sampled"], cell["result.defects"], cell["result.verdict"]) == (200, 3, "meets")
    assert found["rows/cells", "K-01/2026-01-01"]["result.verdict"] == "does_not_meet"
    assert found["rows/cells", "K-02/2026-04-01"]["result.verdict"] == "not_assessed"


def test_small_counts_of_people_are_withheld_unless_asked_for(engine, made):
    safe = verdict_answer(engine, made[0], "training", AS_OF)
    whole = verdict_answer(engine, made[0], "training", AS_OF, is_exact=True)
    # 10 of the 40 have no completion on record: a small count.
    assert rows(safe)["requirements", "R"]["total.exceptions"] == "not shown"
    assert rows(whole)["requirements", "R"]["total.exceptions"] == 10
    assert whole.parameters["suppression"] is None
    assert safe.parameters["suppression"]["threshold"] == 11
    assert ["R", "ALL", "exceptions"] in safe.parameters["suppression"]["withheld"]


def test_traces_are_withheld_for_everybody_and_contracts_for_nobody(engine, made):
    asked = {
        code: verdict_answer(engine, made[0], code, AS_OF, is_exact=code == "traces").parameters[
            "suppression"
        ]
        for code in ("traces", "standards", "agreements")
    }
    assert asked == {"traces": {"threshold": 11}, "standards": None, "agreements": None}


def test_exact_verdicts_verify_too(engine, made, tmp_path):
    folder = frozen_in(engine, made[0], tmp_path / "evidence", verdicts=("training", "traces"), is_exact=True)
    assert verified(engine, made[0], folder).is_equal


def test_one_row_breaks_the_verdicts_that_use_it_and_names_what_differs(engine, made, tmp_path):
    tables = judged_tables()
    tables["surveillance_events"][0] |= {"defects": 5}
    found = verified(engine, write_snapshot(tmp_path / "other", **tables), made[1])
    assert findings(found) == dict.fromkeys(EVERY, "equal") | {"standards": "differs"}
    one = next(one for one in found.results if one.code == "standards")
    said = [str(each) for each in one.differences]
    assert "part rows/cells, of K-01/2026-04-01: result.defects was 3, is 5" in said
    assert one.faults[0].startswith("table surveillance_events is not the one that was frozen")


def test_without_its_table_a_verdict_cannot_be_frozen_nor_worked_out_again(engine, made, tmp_path):
    tables = judged_tables()
    del tables["file_reviews"]
    lacking = write_snapshot(tmp_path / "other", **tables)
    assert not VERDICTS["reviews"].is_given_by(lacking.manifest.tables)
    with pytest.raises(LacksTablesError, match="no table file_reviews"):
        answers(engine, lacking, PACK, Wanted(verdicts=("reviews",)), AS_OF)
    found = verified(engine, lacking, made[1])
    assert findings(found)["reviews"] == "not_recomputed"
    assert findings(found)["training"] == "equal"


def test_a_verdict_that_is_not_known_is_said(engine, made, tmp_path):
    answer = replace(verdict_answer(engine, made[0], "agreements", AS_OF), code="harmony")
    given = {"snapshot": made[0], "hashes": Hashes(), "engine": engine.name}
    write_frozen(tmp_path / "evidence", [freeze(answer, effective_on=AS_OF, frozen_at=NOON, **given)])
    (one,) = verified(engine, made[0], tmp_path / "evidence").results
    assert one.faults == ("this Closeout has no verdict harmony",)


def test_the_record_is_json_as_it_stands(engine, made):
    for code in EVERY:
        for row in verdict_answer(engine, made[0], code, AS_OF).rows:
            assert json.loads(json.dumps(plain_mapping(row))) == plain_mapping(row)
