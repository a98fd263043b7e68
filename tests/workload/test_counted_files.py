"""What is counted from a snapshot's files is what an engine counts over its tables, to the last digit."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from closeout.duties.clauses import Pack
from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables
from closeout.engines import EngineError, connect
from closeout.records.example.write import write_example
from closeout.records.snapshot import open_snapshot
from closeout.workload.counted_files import counted_from_files
from closeout.workload.loads import case_loads
from closeout.workload.staffing import work_out
from closeout.workload.study.weights import weights_of
from closeout.workload.volumes import count_volumes, months_before
from tests.duties.making import day, text, version
from tests.duties.random_agency import CLAUSES, records
from tests.workload.snapshots import rewritten, written

NOV, MAY = date(2023, 11, 1), date(2024, 5, 1)


def both(snapshot, pack, first=NOV, last=MAY, *, as_of=None, is_whole=False):
    """Return what is counted from the files and over opened tables; the tables are never asked for first."""
    engine = connect(threads=1)
    try:
        tables = open_tables(engine, snapshot)
        return tuple(
            count_volumes(engine, given, pack, first, last, as_of=as_of, is_whole=is_whole)
            for given in (snapshot, tables)
        )
    finally:
        engine.close()


def assert_same(one, other):
    assert one.holders.equals(other.holders)
    assert one.marks == other.marks
    assert one.lacking == other.lacking
    assert [block.count for block in one.blocks] == [block.count for block in other.blocks]
    for mine, theirs in zip(one.blocks, other.blocks, strict=True):
        assert by_place(mine) == by_place(theirs), mine.count
    assert one.table().equals(other.table())


def by_place(block):
    """Return what a count came to by holder and month: rows of one place are added up."""
    columns = {"holder": block.holders, "month": block.months, "value": block.values}
    summed = pl.DataFrame(columns).group_by("holder", "month").agg(pl.col("value").sum())
    return {(holder, month): value for holder, month, value in summed.iter_rows()}


@pytest.fixture
def is_watched(monkeypatch):
    """Say whether the rows were counted from files, so that no test passes because both ways were one."""
    seen = []

    def watched(*given):
        made = counted_from_files(*given)
        seen.append(made)
        return made

    monkeypatch.setattr("closeout.workload.volumes.counted_from_files", watched)
    return lambda: len(seen) == 1


@pytest.mark.parametrize("is_whole", [False, True])
@pytest.mark.parametrize("in_order", [True, False])
def test_random_agencies_are_counted_alike(tmp_path, is_watched, in_order, is_whole):
    """All clauses of every shape over one agency, its files sorted by case or not."""
    snapshot = written(tmp_path, records(2 * in_order + is_whole, 40), in_order=in_order, parts=2)
    pack = Pack("test", "Test", named(CLAUSES))
    assert_same(*both(snapshot, pack, is_whole=is_whole))
    assert is_watched()


def test_open_cases_of_a_past_day_are_counted_alike(example, is_watched):
    day = date(2026, 3, 31)
    files, engine = both(example, on_pack(), *months_before(day, 12), as_of=day, is_whole=True)
    assert is_watched()
    assert_same(files, engine)
    assert files.holders["cases"].sum() == len(open_cases(example, day))


def test_staffing_and_loads_as_of_a_past_day_are_of_the_cases_open_then(example):
    pack, day = load_pack(), date(2026, 3, 31)
    then = open_cases(example, day)
    engine = connect(threads=2)
    try:
        made = work_out(engine, example, pack, day)
        loads = case_loads(engine, example, pack, weights_of(engine, example, pack, day), as_of=day)
    finally:
        engine.close()
    assert sum(one.cases for one in made.offices) == len(then)
    assert loads["case_no"].to_pylist() == sorted(then)


def open_cases(snapshot, day):
    """Return the cases open on a day, of an agency where some were opened later and some closed by then."""
    cases = pl.concat([pl.read_parquet(file) for file in snapshot.files("cases")])
    begun = cases.filter(pl.col("opened_on") <= day)
    still = begun.filter(pl.col("closed_on").is_null() | (pl.col("closed_on") > day))
    assert len(still) < len(begun) < len(cases)
    return still["case_no"].to_list()


def named(clauses):
    """Return clauses under names of their own, each its own activity."""
    return tuple(replace(clause, duty=name, minutes=name) for name, clause in sorted(clauses.items()))


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example")
    write_example(folder / "records", size="small", seed=7)
    return open_snapshot(folder / "records")


def test_the_example_is_counted_alike_by_all_clauses_of_the_pack(example, is_watched):
    pack = load_pack()
    first, last = months_before(example.as_of, 12)
    files, engine = both(example, pack, first, last)
    assert is_watched()
    assert not files.lacking
    assert_same(files, engine)
    # One clause finds nothing in so small an agency; the others have something to compare.
    counted = {block.count.duty for block in files.blocks}
    assert {clause.duty for clause in pack.clauses} - counted == {"local-procedure-approval"}


def case(number, **said):
    return {
        "case_no": f"C-{number}", "office_id": "A", "officer_no": "S-1", "docket": "family",
        "opened_on": day("2020-05-05"), **said,
    }  # fmt: skip


def check_ins(*cases):
    return [{"case_no": one, "due_on": day("2024-01-10")} for one in cases]


def on_pack(**changed):
    only = replace(CLAUSES["on"], duty="on", minutes="work", versions=(version(),), **changed)
    return Pack("test", "Test", (only,))


def owed(counted):
    return sum(row["owed"] for row in counted.table().to_pylist() if row["activity"] == "work")


def test_events_without_a_case_count_for_nobody(tmp_path, is_watched):
    # Of five check-ins one is of a case that is not there: four count.
    rows = {"cases": [case(1), case(3)], "check_ins": check_ins("C-1", "C-1", "C-2", "C-3", "C-3")}
    files, engine = both(written(tmp_path, rows), on_pack())
    assert is_watched()
    assert owed(files) == owed(engine) == 4


def test_files_that_are_not_sorted_by_case_are_counted_whole(tmp_path, is_watched):
    # C-3 before C-1 before C-2, cases too: gone through side by side, rows would be passed over.
    rows = {
        "cases": [case(2), case(3), case(1)],
        "check_ins": check_ins("C-3", "C-1", "C-2", "C-1", "C-3"),
    }
    files, engine = both(written(tmp_path, rows, in_order=False), on_pack())
    assert is_watched()
    assert owed(files) == owed(engine) == 5


def test_long_case_numbers_and_holders_without_an_officer_are_counted(tmp_path, is_watched):
    long = "FIELD-OFFICE-2024-0000000001"
    rows = {
        "cases": [case(1) | {"case_no": long, "officer_no": None}, case(2)],
        "check_ins": check_ins(long, "C-2"),
    }
    files, engine = both(written(tmp_path, rows), on_pack())
    assert is_watched()
    assert_same(files, engine)
    assert {row["officer_no"] for row in files.table().to_pylist()} == {None, "S-1"}


def test_narrow_and_encoded_columns_are_read_as_declared(tmp_path, is_watched):
    # An agency's own files may hold codes as dictionaries and dates as instants of midnight.
    rows = {"cases": [case(1)], "check_ins": check_ins("C-1")}
    snapshot = written(tmp_path, rows)
    changed = pa.schema(
        [("docket", pa.dictionary(pa.int8(), pa.string())), ("opened_on", pa.timestamp("ms"))]
    )

    def narrow(table):
        for field in changed:
            place = table.column_names.index(field.name)
            table = table.set_column(place, field, table[field.name].cast(field.type))
        return table

    rewritten(snapshot, "cases", narrow)
    files, engine = both(snapshot, on_pack())
    assert is_watched()
    assert_same(files, engine)


def test_what_polars_may_take_otherwise_is_asked_of_the_engine(tmp_path, is_watched):
    """A date a month before another: months end on different days, and Polars has no such step."""
    rows = {"cases": [case(1)], "check_ins": check_ins("C-1")}
    pack = on_pack(due=text("due_on - interval '1 month'"))
    files, engine = both(written(tmp_path, rows), pack)
    assert is_watched()
    assert_same(files, engine)
    # Due on 10 January less a month: in December.
    assert {row["month"] for row in files.table().to_pylist() if row["activity"] == "work"} == {
        date(2023, 12, 1)
    }


def test_a_clause_that_lacks_its_table_is_named(tmp_path):
    files, engine = both(written(tmp_path, {"cases": [case(1)]}), on_pack())
    assert files.lacking == engine.lacking == {"on": ("check_ins",)}


def test_a_snapshot_without_cases_counts_what_is_not_about_cases(tmp_path, is_watched):
    agreements = [{"agreement_id": "G-1", "office_id": "A", "operational_on": day("2020-01-01")}]
    rows = {"agreements": agreements, "partner_summaries": []}
    pack = Pack("test", "Test", tuple(one for one in named(CLAUSES) if one.owes == "agreements"))
    files, engine = both(written(tmp_path, rows), pack)
    assert is_watched()
    assert files.table().num_rows
    assert_same(files, engine)


def test_a_file_cut_short_is_named(tmp_path):
    snapshot = written(tmp_path, {"cases": [case(1)], "check_ins": check_ins("C-1")})
    path = Path(snapshot.files("check_ins")[0])
    path.write_bytes(path.read_bytes()[:-40])
    engine = connect(threads=1)
    try:
        with pytest.raises(EngineError, match=r"check_ins/part-000\.parquet"):
            count_volumes(engine, snapshot, on_pack(), NOV, MAY)
    finally:
        engine.close()


def test_a_run_gives_the_same_digits_again_and_over_opened_tables(example):
    """Fractions are added up in one order, whoever reads the rows and however many times."""
    engine = connect(threads=2)
    try:
        pack, day = load_pack(), example.as_of
        once, again = (work_out(engine, example, pack, day).plain() for _ in range(2))
        over_tables = work_out(engine, open_tables(engine, example), pack, day).plain()
        weights = weights_of(engine, example, pack, day)
        loads = [case_loads(engine, example, pack, weights, as_of=day) for _ in range(2)]
    finally:
        engine.close()
    assert once["nation"]["need_fte"] > 0
    assert once == again == over_tables
    assert loads[0].equals(loads[1])
