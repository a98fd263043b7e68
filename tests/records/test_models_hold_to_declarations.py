"""The database has exactly the declared tables: columns, types, what may be empty, choices, rules."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product

import polars as pl
import pytest
from django.apps import apps
from django.db import models
from django.db.models import Value

from closeout.records.columns import LABEL_LENGTH
from closeout.records.tables import TABLES
from closeout.web.casework.models.record import Record
from tests.each import for_each

MODELS = {
    model.table: model
    for app in ("casework", "registers", "staffing")
    for model in apps.get_app_config(app).get_models()
    if issubclass(model, Record)
}
# Registers refer to casework; the other way round would make the two apps need each other. The check and the
# integrity pages look after these.
ACROSS_APPS = {
    ("reporting_intervals", "policy_version_id"),
    ("exceptions", "policy_version_id"),
    ("parental_inquiries", "policy_version_id"),
}
CODE_LENGTH = 64
CHOICE_LENGTH = 40
KINDS = {
    "Int64": (models.BigIntegerField, models.BigAutoField),
    "Float64": models.FloatField,
    "Bool": models.BooleanField,
    "Date": models.DateField,
    "Datetime": models.DateTimeField,
    "Enum": models.CharField,
    "String": models.CharField,
}


def fields_of(table):
    """Return a model's own fields by column: those of the declaration."""
    kept = {field.name for field in Record._meta.get_fields()}
    return {field.column: field for field in MODELS[table]._meta.concrete_fields if field.name not in kept}


def test_there_is_a_model_for_each_declared_table_and_no_other():
    assert set(MODELS) == set(TABLES)


@for_each("table", TABLES)
def test_a_model_has_exactly_the_declared_columns_in_their_order(table):
    assert list(fields_of(table)) == list(TABLES[table].columns())


@for_each("table", TABLES)
def test_the_key_is_the_declared_one(table):
    assert MODELS[table]._meta.pk.column == TABLES[table].key()


@for_each("table", TABLES)
def test_a_model_says_what_a_row_is_as_the_declaration_does(table):
    said = (TABLES[table].__doc__ or "").split("\n")[0].rstrip(".").split(" (")[0]
    assert (MODELS[table].__doc__ or "").startswith(said)


@for_each("table", TABLES)
def test_the_fields_have_the_declared_types(table):
    for name, column in TABLES[table].columns().items():
        field = fields_of(table)[name]
        own = field.target_field if isinstance(field, models.ForeignKey) else field
        assert isinstance(own, KINDS[type(column).__name__]), name
        assert isinstance(own, models.DateTimeField) == (type(column).__name__ == "Datetime"), name


@for_each("table", TABLES)
def test_the_fields_may_be_empty_where_the_declaration_says_so(table):
    declared = {name: column.nullable for name, column in TABLES[table].columns().items()}
    assert {name: field.null for name, field in fields_of(table).items()} == declared


@for_each("table", TABLES)
def test_the_fields_offer_the_declared_choices(table):
    for name, column in TABLES[table].columns().items():
        field, words = fields_of(table)[name], getattr(column, "categories", None)
        assert [word for word, _ in field.choices or ()] == list(words or ()), name
        if words is not None:
            assert max(len(word) for word in words) <= field.max_length == CHOICE_LENGTH, name


@for_each("table", TABLES)
def test_the_strings_have_the_declared_lengths(table):
    for name, column in TABLES[table].columns().items():
        field = fields_of(table)[name]
        if type(column).__name__ == "String" and not isinstance(field, models.ForeignKey):
            assert field.max_length == (LABEL_LENGTH if column.max_length else CODE_LENGTH), name


@for_each("table", TABLES)
def test_references_are_foreign_keys_to_the_declared_tables_that_protect_them(table):
    for name, field in fields_of(table).items():
        to = TABLES[table].references().get(name)
        if (table, name) in ACROSS_APPS:
            assert isinstance(field, models.CharField)
            continue
        assert isinstance(field, models.ForeignKey) == (to is not None), name
        if to:
            assert field.related_model is MODELS[to], name
            assert field.remote_field.on_delete is models.PROTECT, name


@for_each("table", TABLES)
def test_the_database_keeps_every_declared_rule(table):
    rules = {name for name in TABLES[table]._schema_validation_rules() if name != "primary_key"}
    kept = {constraint.name for constraint in MODELS[table]._meta.constraints}
    assert {f"{table}_{rule}" for rule in rules} <= kept


# A loaded closure may show one person alone: that is found, not refused.
NOT_DECLARED = {("closure_proposals", "closure_proposals_confirmed_by_another")}


@for_each("table", TABLES)
def test_the_database_refuses_nothing_that_is_not_declared(table):
    declared = {name for name in TABLES[table]._schema_validation_rules() if name != "primary_key"}
    declared |= set(TABLES[table].group_rules())
    kept = {constraint.name for constraint in MODELS[table]._meta.constraints}
    beyond = {name for name in kept if (table, name) not in NOT_DECLARED}
    assert beyond == {f"{table}_{rule}" for rule in declared}


ACROSS_ROWS = [(table, name) for table in TABLES for name in TABLES[table].group_rules()]


def constraint_of(table, name):
    return next(one for one in MODELS[table]._meta.constraints if one.name == f"{table}_{name}")


@pytest.mark.parametrize(("table", "name"), ACROSS_ROWS)
def test_a_rule_across_rows_compares_the_same_columns_in_the_database(table, name):
    constraint = constraint_of(table, name)
    fields = [MODELS[table]._meta.get_field(field).column for field in constraint.fields]
    assert tuple(fields) == TABLES[table].group_rules()[name].columns


@pytest.mark.parametrize(("table", "name"), ACROSS_ROWS)
def test_a_rule_across_rows_counts_the_same_rows_in_the_database(db, table, name):
    rule, constraint = TABLES[table].group_rules()[name], constraint_of(table, name)
    asked = rule.while_.meta.root_names()
    declared = TABLES[table].columns()
    values = [
        [*(getattr(declared[column], "categories", None) or [date(2026, 5, 4)])]
        + [None] * declared[column].nullable
        for column in asked
    ]
    compared = Counter()
    for cells in product(*values):
        row = dict(zip(asked, cells, strict=True))
        types = {
            column: pl.Date if type(declared[column]).__name__ == "Date" else pl.String for column in row
        }
        (counts,) = pl.DataFrame([row], schema=types).select(rule.while_.fill_null(value=False)).to_series()
        # A condition of a partial index holds where it is true, not where it is unknown.
        given = {column: Value(cell, fields_of(table)[column]) for column, cell in row.items()}
        assert bool(constraint.condition.check(given)) == counts, row
        compared[counts] += 1
    assert set(compared) == {True, False}
