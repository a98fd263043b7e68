"""Every clause of the shipped pack, over random rows of its tables: the engine and the oracle agree."""

from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from closeout.duties.compile import instances, needed_tables
from closeout.duties.instances import INSTANCE
from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.records.tables import TABLES
from tests.duties.making import table
from tests.duties.oracle import Oracle
from tests.duties.predicates.interpret import evaluate

ERO = load_pack()
AS_OF = date(2026, 3, 31)
_SINCE, _SPAN = date(2022, 6, 1), 1_500
_KEYS = 5


class Reads(dict):
    """Reads any expression over a row, by the plain interpreter."""

    def __missing__(self, sql):
        return lambda row: evaluate(sql, row)


def _key_of(name, number):
    is_number = type(TABLES[name].columns()[TABLES[name].key()]).__name__ == "Int64"
    return number if is_number else f"{name}-{number}"


def _value(chance, name, column, made):
    to = TABLES[name].references().get(column)
    if made.nullable and chance.random() < 0.25:
        return None
    return _key_of(to, chance.randint(1, _KEYS)) if to else _KINDS[type(made).__name__](chance, made)


def _day(chance, _made):
    return _SINCE + timedelta(days=chance.randrange(_SPAN))


_KINDS = {
    "Enum": lambda chance, made: chance.choice(list(made.categories)),
    "Date": _day,
    "Datetime": lambda chance, made: datetime.combine(_day(chance, made), time(chance.choice([0, 9, 17]))),
    "Bool": lambda chance, _made: chance.random() < 0.5,
    "Int64": lambda chance, made: chance.randint(2022, 2026) if made.min == 1990 else chance.randint(1, 5),
    "Float64": lambda _chance, _made: 1.0,
    "String": lambda chance, _made: chance.choice(["internal", "x"]),
}


def _rows(chance, name):
    count = _KEYS if TABLES[name].key() != "case_no" else _KEYS + 1
    made = []
    for number in range(1, count + 1 + 10 * TABLES[name].is_event):
        row = {c: _value(chance, name, c, d) for c, d in TABLES[name].columns().items()}
        made.append(row | {TABLES[name].key(): _key_of(name, number)})
    return [_in_order(row) for row in made]


def _in_order(row):
    """Put what ends after what begins, as every declared table has it."""
    for begins, ends in (("from_on", "to_on"), ("opened_on", "closed_on")):
        if row.get(begins) and row.get(ends) and row[ends] < row[begins]:
            row[begins], row[ends] = row[ends], row[begins]
    return row


def _owing(clause):
    """Return random rows by which the clause owes something, and what the oracle says of them."""
    names = sorted({*needed_tables(clause), "cases", "transfers", "assignments", "holds"})
    for turn in range(200):
        chance = Random(f"{clause.duty} {turn}")  # noqa: S311 - the same rows every time
        loaded = {name: table(name, _rows(chance, name)) for name in names}
        plain = {name: rows.to_pylist() for name, rows in loaded.items()}
        said = Oracle(clause, plain, AS_OF, reads=Reads()).instances()
        if len(said) > 1:
            return loaded, [{name: one[name] for name in INSTANCE.names} for one in said]
    pytest.fail("no random rows owe anything")


@pytest.mark.parametrize("duty", sorted(clause.duty for clause in ERO.clauses))
def test_the_engine_and_the_oracle_agree_on_every_clause(duty):
    clause = ERO.clause(duty)
    loaded, said = _owing(clause)
    engine = connect(threads=1)
    try:
        for name, rows in loaded.items():
            engine.from_arrow(name, rows)
        found = engine.to_arrow(instances(clause, engine.tables(), as_of=AS_OF)).to_pylist()
    finally:
        engine.close()
    assert sorted(found, key=lambda one: (one["subject"], one["sequence"])) == said
