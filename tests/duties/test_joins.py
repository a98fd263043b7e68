"""Joins put together by hand: the statement is the one that Ibis's own methods give, and so are the rows."""

import ibis
import pyarrow as pa
import pytest

from closeout.duties.joins import joined, own, projected, sides
from closeout.engines import connect

CASES = ibis.table({"case_no": "string", "office": "string", "opened_on": "date"}, name="cases")
EVENTS = ibis.table({"event_key": "string", "event_on": "date"}, name="events")
SPANS = ibis.table({"past_case": "string", "past_to": "date"}, name="spans")


def sql(table):
    return str(ibis.to_sql(table, dialect="duckdb", pretty=False))


def by_hand(how, rows, other, pairs, extra=()):
    one, its = sides(rows, other)
    columns = one.columns() | {name: its[name] for name in extra}
    return joined(how, one, its, [one[mine] == its[theirs] for mine, theirs in pairs], columns)


@pytest.mark.parametrize("how", ["inner", "left"])
def test_a_join_is_said_as_ibis_says_it(how):
    ours = by_hand(how, CASES, EVENTS, [("case_no", "event_key")], ["event_on"])
    theirs = CASES.join(EVENTS, CASES.case_no == EVENTS.event_key, how=how)
    assert sql(ours) == sql(theirs.select("case_no", "office", "opened_on", "event_on"))


def test_several_conditions_and_a_computed_column():
    one, its = sides(CASES, EVENTS)
    on = [one["case_no"] == its["event_key"], its["event_on"] >= one["opened_on"]]
    ours = joined(
        "left", one, its, on, {"key": one["case_no"], "day": its["event_on"].fill_null(one["opened_on"])}
    )
    theirs = CASES.left_join(EVENTS, [CASES.case_no == EVENTS.event_key, EVENTS.event_on >= CASES.opened_on])
    assert sql(ours) == sql(
        theirs.select(key=theirs.case_no, day=theirs.event_on.fill_null(theirs.opened_on))
    )


def test_a_join_of_a_join_is_one_join_of_three():
    ours = by_hand("left", CASES, EVENTS, [("case_no", "event_key")], ["event_on"])
    ours = by_hand("left", ours, SPANS, [("case_no", "past_case"), ("event_on", "past_to")], ["past_to"])
    two = CASES.left_join(EVENTS, CASES.case_no == EVENTS.event_key).select(
        "case_no", "office", "opened_on", "event_on"
    )
    three = two.left_join(SPANS, [two.case_no == SPANS.past_case, two.event_on == SPANS.past_to])
    assert sql(ours) == sql(three.select("case_no", "office", "opened_on", "event_on", "past_to"))
    assert sql(ours).count("SELECT") == 1


def test_a_column_computed_in_a_join_may_be_matched_in_the_next():
    """Ibis refuses this. A moved from X to Y, B stayed in X: Y is in the north, X in the south."""
    engine = connect()
    rows = engine.from_arrow("rows", pa.table({"k": ["A", "B"], "office": ["X", "X"]}))
    moves = engine.from_arrow("moves", pa.table({"moved": ["A"], "to": ["Y"]}))
    places = engine.from_arrow("places", pa.table({"code": ["X", "Y"], "place": ["south", "north"]}))
    one, its = sides(rows, moves)
    office = ibis.coalesce(its["to"], one["office"])
    first = joined("left", one, its, [one["k"] == its["moved"]], {"k": one["k"], "office": office})
    found = engine.to_arrow(by_hand("left", first, places, [("office", "code")], ["place"])).to_pylist()
    assert sorted((row["k"], row["place"]) for row in found) == [("A", "north"), ("B", "south")]
    engine.close()


def test_a_join_with_a_join_on_the_other_side_reads_it_whole():
    other = by_hand("inner", EVENTS, SPANS, [("event_key", "past_case")])
    ours = by_hand("left", CASES, other, [("case_no", "event_key")], ["event_on"])
    theirs = CASES.left_join(other, CASES.case_no == other.event_key)
    assert sql(ours) == sql(theirs.select("case_no", "office", "opened_on", "event_on"))


def test_a_table_joined_with_itself():
    one, its = sides(CASES, CASES)
    ours = joined(
        "inner", one, its, [one["office"] == its["office"]], {"a": one["case_no"], "b": its["case_no"]}
    )
    other = CASES.view()
    theirs = CASES.inner_join(other, CASES.office == other.office).select(a=CASES.case_no, b=other.case_no)
    assert sql(ours) == sql(theirs)


def test_columns_of_a_side():
    one, its = sides(CASES, EVENTS)
    assert one.names == ("case_no", "office", "opened_on")
    assert list(one.columns(but=["office"])) == ["case_no", "opened_on"]
    assert list(its.columns()) == ["event_key", "event_on"]
    assert one["office"] is one["office"]
    assert one["opened_on"].type().is_date()


@pytest.mark.parametrize(("how", "expected"), [("inner", [("A", 1)]), ("left", [("A", 1), ("B", None)])])
def test_rows(how, expected):
    engine = connect()
    rows = engine.from_arrow("rows", pa.table({"k": ["A", "B"]}))
    other = engine.from_arrow("other", pa.table({"key": ["A", "C"], "n": [1, 3]}))
    found = engine.to_arrow(by_hand(how, rows, other, [("k", "key")], ["n"])).to_pylist()
    assert sorted((row["k"], row["n"]) for row in found) == expected
    engine.close()


def test_what_comes_after_may_filter_and_group():
    made = by_hand("inner", CASES, EVENTS, [("case_no", "event_key")], ["event_on"])
    made = made.filter(made.event_on >= made.opened_on).group_by("office").agg(first=made.event_on.min())
    assert made.columns == ("office", "first")
    assert sql(made).count("INNER JOIN") == 1


def test_a_projection_is_said_as_ibis_says_it():
    made = {"key": CASES.case_no, "later": CASES.opened_on + ibis.interval(days=1)}
    assert sql(projected(CASES, made)) == sql(CASES.select(**made))


def test_a_projection_with_the_columns_there_are():
    assert sql(projected(CASES, own(CASES) | {"n": ibis.literal(1)})) == sql(CASES.mutate(n=ibis.literal(1)))
    assert list(own(CASES, but=["office"])) == ["case_no", "opened_on"]


def test_a_projection_of_a_join_without_columns_is_that_joins_own():
    """Ibis keeps such a join open until columns are chosen: it is one SELECT then, not two."""
    rows = CASES.semi_join(EVENTS, CASES.case_no == EVENTS.event_key)
    made = projected(rows, {"key": rows.case_no})
    assert sql(made) == sql(rows.select(key=rows.case_no))
    assert sql(made).count("SELECT") == 1


def test_a_projection_of_a_join_with_columns_stands_above_it():
    rows = by_hand("left", CASES, EVENTS, [("case_no", "event_key")], ["event_on"])
    assert sql(projected(rows, {"day": rows.event_on})) == sql(rows.select(day=rows.event_on))


def test_a_projection_takes_columns_of_its_own_table_alone():
    with pytest.raises(Exception, match="belong to another relation"):
        projected(CASES, {"day": EVENTS.event_on})
