"""Measures of the pack frozen and worked out again, with the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.evidence.freezing import Hashes, Wanted, answers, freeze, recomputer, verify, write_frozen
from closeout.evidence.freezing.answers import table_answer
from closeout.evidence.measures.read import load_measures
from closeout.followup.tables import Column, Table
from tests.evidence.freezing.making import AS_OF, NOON, answer, checks, frozen, posts, write_snapshot

PACK = load_pack()
MEASURES = {one.code: one for one in load_measures(None, PACK)}
CODES = ("proceeding-mismatch-share", "posts-filled", "break-glass-reviewed")
ALL = tuple(MEASURES.values())
WANTED = [MEASURES[code] for code in CODES]


def freeze_all(engine, snapshot, folder, **said):
    made = answers(engine, snapshot, PACK, Wanted(**{"measures": WANTED} | said), AS_OF)
    given = {"snapshot": snapshot, "hashes": Hashes(), "engine": engine.name}
    kept = [freeze(one, effective_on=AS_OF, frozen_at=NOON, **given) for one in made]
    write_frozen(folder, kept)
    return {one.code: one for one in kept}


def verified(engine, snapshot, folder, *, pack=PACK, measures=ALL):
    return verify(
        folder,
        snapshot=snapshot,
        recompute=recomputer(engine, snapshot, pack, measures),
        hashes=Hashes(),
        engine=engine.name,
        pack_digest=pack.digest,
    )


def findings(found):
    return {one.code: one.finding.value for one in found.results}


def test_what_the_records_tell_is_frozen_by_office_and_over_time(engine, snapshot, tmp_path):
    made = freeze_all(engine, snapshot, tmp_path / "evidence")
    assert set(made) == {"proceeding-mismatch-share", "posts-filled"}  # the log of a site is no table
    share = made["proceeding-mismatch-share"]
    figures = {row["office_id"]: (row["numerator"], row["denominator"]) for row in share.rows}
    # 20 of A's 50 checks and 12 of B's 52 found another status.
    assert (figures["A"], figures["B"], figures[None]) == ((20, 50.0), (12, 52.0), (32, 102.0))
    assert set(share.snapshot.tables) == {"verifications", "offices"}
    assert "verifications" in share.query
    assert len({row["until"] for row in share.rows if row["office_id"] is None}) == 8


def test_it_is_equal_on_another_engine_of_the_same_kind(engine, snapshot, tmp_path):
    freeze_all(engine, snapshot, tmp_path / "evidence", has_duties=True)
    other = connect(threads=2)
    found = verified(other, snapshot, tmp_path / "evidence")
    other.close()
    assert found.is_equal, found
    assert len(found.results) == 3
    assert all(one.notes == () for one in found.results)


def test_changing_one_row_breaks_exactly_the_results_that_use_it(engine, snapshot, tmp_path):
    freeze_all(engine, snapshot, tmp_path / "evidence")
    other = write_snapshot(tmp_path / "other", positions=posts("A", 20, 15) + posts("B", 29, 13))
    found = verified(engine, other, tmp_path / "evidence")
    assert findings(found) == {"proceeding-mismatch-share": "equal", "posts-filled": "differs"}
    changed = next(one for one in found.results if one.code == "posts-filled")
    said = {(each.row["office_id"], each.column): (each.before, each.after) for each in changed.differences}
    assert said["B", "numerator"] == (30, 29)
    assert said[None, "numerator"] == (50, 49)
    assert not any(office == "A" for office, _ in said)


def test_small_counts_are_withheld_and_verified_as_withheld(engine, tmp_path):
    records = write_snapshot(tmp_path / "small", verifications=checks("A", 30, 4) + checks("B", 40, 12))
    made = freeze_all(engine, records, tmp_path / "evidence")
    share = made["proceeding-mismatch-share"]
    rows = {row["office_id"]: row for row in share.rows if row["until"] == AS_OF.isoformat()}
    assert rows["A"]["outcome"] == rows["B"]["outcome"] == "suppressed"
    assert rows["A"]["numerator"] is None
    assert rows[None]["numerator"] == 16
    assert share.parameters["suppression"] == {"threshold": 11}
    assert verified(engine, records, tmp_path / "evidence").is_equal


def test_exact_keeps_small_counts(engine, tmp_path):
    records = write_snapshot(tmp_path / "small", verifications=checks("A", 30, 4) + checks("B", 40, 12))
    made = freeze_all(engine, records, tmp_path / "evidence", is_exact=True, has_duties=True)
    assert [
        row["numerator"] for row in made["proceeding-mismatch-share"].rows if row["office_id"] == "A"
    ] == [4]
    assert made["duties"].parameters["suppression"] is None
    assert verified(engine, records, tmp_path / "evidence").is_equal


def test_a_withheld_change_shows_in_the_records_only(engine, tmp_path):
    one = write_snapshot(tmp_path / "one", verifications=checks("A", 30, 4) + checks("B", 40, 12))
    freeze_all(engine, one, tmp_path / "evidence")
    other = write_snapshot(tmp_path / "other", verifications=checks("A", 31, 3) + checks("B", 39, 13))
    found = verified(engine, other, tmp_path / "evidence")
    assert findings(found)["proceeding-mismatch-share"] == "records_changed"


def test_a_pack_without_the_measure_says_so(engine, snapshot, tmp_path):
    freeze_all(engine, snapshot, tmp_path / "evidence")
    found = verified(engine, snapshot, tmp_path / "evidence", measures=(MEASURES["posts-filled"],))
    assert findings(found) == {"proceeding-mismatch-share": "not_recomputed", "posts-filled": "equal"}
    assert found.results[1].faults == ("the pack has no measure proceeding-mismatch-share",)


def test_a_measure_declared_otherwise_is_told(engine, snapshot, tmp_path):
    freeze_all(engine, snapshot, tmp_path / "evidence")
    given = MEASURES["posts-filled"]
    other = replace(given, definition={**given.definition, "title": "Other"})
    pack = replace(PACK, digest="0" * 64)
    found = verified(engine, snapshot, tmp_path / "evidence", pack=pack, measures=(other,))
    notes = next(one.notes for one in found.results if one.code == "posts-filled")
    assert notes[0].startswith("the pack is another one: its digest is 000000000000")
    assert notes[1] == "posts-filled is declared otherwise now"


def test_a_table_of_the_register_is_sealed_and_not_worked_out_again(engine, snapshot, tmp_path):
    columns = (Column("key", "Key"), Column("due_on", "Due"))
    table = Table(
        "gao-ig", "Open", "Act", AS_OF, columns, (("OIG-1/1", date(2026, 1, 31)), ("OIG-1/2", None))
    )
    given = {"snapshot": None, "hashes": Hashes(), "engine": "duckdb"}
    made = freeze(table_answer(table, {}), effective_on=AS_OF, frozen_at=NOON, **given)
    assert made.rows[0] == {"row": 1, "key": "OIG-1/1", "due_on": "2026-01-31"}
    write_frozen(tmp_path / "evidence", [made])
    (one,) = verified(engine, snapshot, tmp_path / "evidence").results
    assert (one.finding.value, one.faults) == ("not_recomputed", ("a table does not come from a snapshot",))


def freeze_forged(snapshot, folder, **said):
    """Freeze a result that nobody worked out."""
    made = frozen(snapshot, answer(**said))
    write_frozen(folder, [made])
    return made


def test_a_day_that_is_none_is_said_and_the_rest_goes_on(engine, snapshot, tmp_path):
    freeze_forged(snapshot, tmp_path / "forged", parameters={"as_of": "some day"})
    (one,) = verified(engine, snapshot, tmp_path / "forged").results
    assert one.finding.value == "not_recomputed"
    assert "some day" in one.faults[0]


def test_a_measure_that_lies_in_no_table_cannot_be_worked_out_again(engine, snapshot, tmp_path):
    freeze_forged(snapshot, tmp_path / "forged", code="recommendations-open")
    (one,) = verified(engine, snapshot, tmp_path / "forged").results
    assert one.faults == ("recommendations-open lies in no table of the records",)
