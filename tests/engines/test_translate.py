"""The statement of an expression: the same to the letter as Ibis makes it, select by select."""

from datetime import date

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pytest
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

from closeout.duties.compile import Cut, instances, tallies
from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.engines.arrow import plain_schema
from closeout.engines.duck import _unmerged
from closeout.engines.translate import translate
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES

COMPILER = DuckDBCompiler()
LEFT = ibis.table({"k": "int64", "n": "int64", "s": "string", "d": "date"}, name="left")
RIGHT = ibis.table({"k": "int64", "m": "int64"}, name="right")
IN_ORDER = ibis.window(group_by="s", order_by=LEFT.n.asc(nulls_first=True))
AS_OF = date(2026, 9, 30)


def ibis_says(table):
    with _unmerged():
        return COMPILER.to_sqlglot(table).sql(dialect="duckdb")


def we_say(table):
    tree = translate(COMPILER, table)
    assert tree is not None
    return tree.sql(dialect="duckdb", copy=False)


def joined():
    both = LEFT.left_join(RIGHT, LEFT.k == RIGHT.k)
    return both.select("n", "m", k=both.k)


def with_rank():
    return LEFT.mutate(place=ibis.row_number().over(IN_ORDER).cast("int64"))


PLAIN = {
    "a table as it is": LEFT,
    "some columns": LEFT.select("n", "k"),
    "all columns, in another order": LEFT.select("n", "k", "d", "s"),
    "all columns, in order": LEFT.select("k", "n", "s", "d"),
    "a computed column": LEFT.mutate(twice=LEFT.n * 2),
    "a column under another's name": LEFT.select(k=LEFT.n, n=LEFT.k, s=LEFT.s, d=LEFT.d),
    "a filter": LEFT.filter(LEFT.n > 1),
    "several conditions": LEFT.filter([LEFT.n > 1, LEFT.s.isin(["a", "b"]), LEFT.d.notnull()]),
    "a filter over a filter": LEFT.filter(LEFT.n > 1).filter(lambda rows: rows.k < 3),
    "a condition over a window": LEFT.filter([LEFT.n.sum().over(IN_ORDER) > 1, LEFT.k > 0]),
    "a sort": LEFT.order_by([LEFT.n.desc(nulls_first=False), "k"]),
    "a sort with a limit": LEFT.order_by("n").limit(3),
    "a limit behind a filter": LEFT.filter(LEFT.n > 1).limit(3, offset=2),
    "distinct rows": LEFT.select("k").distinct(),
    "one column dropped": LEFT.drop("n"),
    "most columns dropped": LEFT.drop("n", "s", "d"),
    "groups": LEFT.group_by("s", odd=LEFT.n % 2).agg(rows=LEFT.count(), most=LEFT.n.max()),
    "a total": LEFT.agg(rows=LEFT.count(), kinds=LEFT.s.nunique()),
    "a filter over groups": LEFT.group_by("s").agg(rows=LEFT.count()).filter(lambda rows: rows["rows"] > 1),
    "a left join": joined(),
    "a join of three": joined().inner_join(RIGHT.view(), "k").select("k", "n", "m"),
    "a join with itself": LEFT.inner_join(other := LEFT.view(), LEFT.k == other.n).select(LEFT.k, m=other.s),
    "a join with what it was made from": (few := LEFT.filter(LEFT.n > 1)).inner_join(
        few.group_by("s").agg(most=few.n.max()), "s"
    ),
    "rows that are among others": LEFT.semi_join(RIGHT, "k"),
    "rows that are not among others": LEFT.anti_join(RIGHT, "k"),
    "values among others": LEFT.filter(LEFT.k.isin(RIGHT.filter(RIGHT.m > 1).k)),
    "a value from elsewhere": LEFT.filter(LEFT.n == RIGHT.m.max().as_scalar()),
    "one above the other": LEFT.select("k", m="n").union(RIGHT),
    "three above each other": ibis.union(RIGHT, RIGHT.filter(RIGHT.m > 1), RIGHT.filter(RIGHT.m < 0)),
    "what several read": ibis.union(joined().filter(lambda t: t.n > 1), joined().filter(lambda t: t.m > 1)),
    "what several read, in two storeys": (twice := ibis.union(joined(), joined().mutate(n=joined().n + 1)))
    .inner_join(twice.group_by("k").agg(most=twice.n.max()), "k")
    .filter(lambda rows: rows.most > 1),
    "a rank": with_rank(),
    "a rank in a condition": (ranked := with_rank()).filter(ranked.place == 0),
    "a rank less one, twice": LEFT.select(
        a=ibis.dense_rank().over(IN_ORDER) - 1, b=ibis.dense_rank().over(IN_ORDER)
    ),
    "the row before": LEFT.mutate(before=LEFT.n.lag().over(IN_ORDER)),
    "a sum so far": LEFT.mutate(
        far=LEFT.n.sum().over(ibis.window(group_by="s", order_by="n", preceding=(None, 1)))
    ),
    "bands": LEFT.group_by(band=LEFT.n.bucket([0, 10, 20])).agg(rows=LEFT.count()),
    "bands of a rank": (ranked := with_rank()).select(band=ranked.place.bucket([0, 2, 5])),
    "a part of a text": LEFT.select(a=LEFT.s[1:3], b=LEFT.s[2:]),
    "cases": LEFT.select(word=ibis.cases((LEFT.n > 1, "many"), (LEFT.n == 1, "one"), else_="none")),
    "days": LEFT.select(
        later=(LEFT.d + ibis.interval(days=3)).cast("date"), year=LEFT.d.year(), number=LEFT.d.epoch_days()
    ),
    "no value": LEFT.select(a=ibis.null("date"), b=LEFT.n.fill_null(0), c=ibis.coalesce(LEFT.k, LEFT.n)),
}


@pytest.mark.parametrize("what", PLAIN)
def test_a_statement_is_ibis_own(what):
    assert we_say(PLAIN[what]) == ibis_says(PLAIN[what])


def test_a_statement_says_the_same_each_time():
    made = PLAIN["what several read, in two storeys"]
    assert we_say(made) == we_say(made)


def test_an_expression_is_left_as_it_was():
    made = PLAIN["a join with what it was made from"]
    before = ibis_says(made)
    we_say(made)
    assert ibis_says(made) == before


REWRITTEN = {
    "a filled table": LEFT.fill_null({"n": 0}),
    "a table without empty rows": LEFT.drop_null(),
    "a sample": LEFT.sample(0.5),
    "a table under a name": LEFT.alias("named").select("k"),
    "among nothing": LEFT.filter(LEFT.n.isin([])),
    "a tile": LEFT.mutate(tile=ibis.ntile(4).over(IN_ORDER)),
    "the first of a window": LEFT.mutate(first=LEFT.n.first().over(IN_ORDER)),
    "the third of a window": LEFT.mutate(third=LEFT.n.nth(2).over(IN_ORDER)),
    "where a text is found": LEFT.select(at=LEFT.s.find("a")),
    "a parameter": LEFT.filter(LEFT.n > ibis.param("int64")),
}


@pytest.mark.parametrize("what", REWRITTEN)
def test_what_has_to_be_rewritten_is_left_to_ibis(what):
    assert translate(COMPILER, REWRITTEN[what]) is None


def test_an_engine_answers_what_is_left_to_ibis():
    engine = connect()
    rows = engine.from_arrow("rows", pa.table({"s": ["ab", "ba", "c"]}))
    assert engine.to_arrow(rows.select(at=rows.s.find("a"))).column("at").to_pylist() == [0, 1, -1]
    engine.close()


def test_everything_ibis_rewrites_is_known_here():
    """A new Ibis may rewrite more than `translate` knows: then this says so before a wrong statement runs."""
    assert set(DuckDBCompiler.lowered_ops) == {ops.Bucket, ops.Capitalize, ops.Sample}
    assert DuckDBCompiler.post_rewrites == ()
    assert len(DuckDBCompiler.rewrites) == 5


@pytest.fixture(scope="module")
def clauses():
    return load_pack().clauses


@pytest.fixture(scope="module")
def tables():
    return {name: ibis.table(plain_schema(arrow_schema(name)), name=name) for name in TABLES}


@pytest.mark.parametrize("place", range(0, 99, 9))
def test_a_clause_of_the_pack_is_said_as_ibis_says_it(clauses, tables, place):
    clause = clauses[place]
    listed = instances(clause, tables, as_of=AS_OF)
    counted = tallies(clause, tables, Cut((date(2025, 10, 1), date(2026, 10, 1)), 12), as_of=AS_OF)
    for made in (listed, counted):
        assert we_say(made) == ibis_says(made)
