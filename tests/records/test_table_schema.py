"""The Frictionless description: held against what the Table Schema and Data Package specifications say."""

from __future__ import annotations

import json
import re

import pytest

from closeout.records.columns import CODE
from closeout.records.examples import example_rows
from closeout.records.table_schema import data_package, table_schema, write_schemas
from closeout.records.tables import SCHEMA_VERSION, TABLES
from closeout.records.templates import cell_text
from tests.each import for_each

# Table Schema: the types of a field, and which constraints each may have.
TYPES = {"string", "number", "integer", "boolean", "date", "datetime"}
EVERY = {"required", "unique", "enum"}
OF_TYPE = {
    "string": EVERY | {"pattern", "minLength", "maxLength"},
    "number": EVERY | {"minimum", "maximum"},
    "integer": EVERY | {"minimum", "maximum"},
    "boolean": {"required", "enum"},
    "date": EVERY | {"minimum", "maximum"},
    "datetime": EVERY | {"minimum", "maximum"},
}
PROPERTIES = {
    "name",
    "type",
    "title",
    "description",
    "format",
    "constraints",
    "trueValues",
    "falseValues",
    "unit",
}
NAME = re.compile(r"[a-z0-9._-]+")


@for_each("table", TABLES)
def test_a_schema_has_the_shape_the_specification_asks_for(table):
    schema = table_schema(table)
    assert set(schema) <= {"fields", "primaryKey", "foreignKeys", "missingValues"}
    assert schema["missingValues"] == [""]
    names = [field["name"] for field in schema["fields"]]
    assert len(names) == len(set(names))
    assert names == list(TABLES[table].columns())
    for field in schema["fields"]:
        assert set(field) <= PROPERTIES
        assert field["type"] in TYPES
        assert field["description"]
        assert set(field.get("constraints", {})) <= OF_TYPE[field["type"]]


@for_each("table", TABLES)
def test_keys_name_fields_and_resources_that_are_there(table):
    schema = table_schema(table)
    names = {field["name"] for field in schema["fields"]}
    assert set(schema["primaryKey"]) <= names
    for key in schema.get("foreignKeys", []):
        reference = key["reference"]
        target = TABLES[reference["resource"] or table]
        assert set(key["fields"]) <= names
        assert reference["fields"] == [target.key()]
        # A reference into the same table is written with an empty resource.
        assert reference["resource"] != table


@for_each("table", TABLES)
def test_the_example_row_fits_its_schema(table):
    """Read the row as a tool would that knows nothing but the schema."""
    for row in example_rows(table):
        for field in table_schema(table)["fields"]:
            text = cell_text(row[field["name"]])
            rules = field.get("constraints", {})
            assert text or not rules.get("required")
            if text:
                check(text, field, rules)


def check(text, field, rules):
    """Hold one cell's text to its field."""
    forms = {
        "integer": r"-?\d+",
        "number": r"-?\d+(\.\d+)?",
        "date": r"\d{4}-\d\d-\d\d",
        "datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    }
    assert re.fullmatch(forms.get(field["type"], ".*"), text)
    assert "enum" not in rules or text in rules["enum"]
    assert re.fullmatch(rules.get("pattern", ".*"), text)
    assert len(text) <= rules.get("maxLength", 1000)
    if field["type"] == "boolean":
        assert text in field["trueValues"] + field["falseValues"]
    if field["type"] in {"integer", "number"}:
        assert rules.get("minimum", float("-inf")) <= float(text) <= rules.get("maximum", float("inf"))


def test_a_field_carries_its_declaration():
    fields = {field["name"]: field for field in table_schema("docket_counts")["fields"]}
    assert fields["count_id"] == {
        "name": "count_id",
        "type": "integer",
        "description": "The entry.",
        "constraints": {"required": True, "unique": True, "minimum": 1},
    }
    assert fields["opening"]["unit"] == "cases"
    assert fields["opening"]["constraints"] == {"required": True, "minimum": 0}
    # A pattern holds for the whole cell in every reading of the specification.
    assert fields["docket"]["constraints"]["pattern"] == CODE.strip("^$")


def test_choices_lengths_and_shares_are_constraints():
    offices = {field["name"]: field.get("constraints") for field in table_schema("offices")["fields"]}
    assert offices["label"] == {"required": True, "maxLength": 120}
    assert offices["region"] == {"pattern": CODE.strip("^$")}
    standards = {
        field["name"]: field.get("constraints") for field in table_schema("contract_standards")["fields"]
    }
    assert standards["aql"] == {"minimum": 0, "maximum": 1}
    assert standards["direction"]["enum"] == ["most_defects", "least_compliance"]
    assert "foreignKeys" not in table_schema("published_counts")


def test_a_table_that_refers_to_itself_says_so_with_an_empty_resource():
    keys = {key["fields"][0]: key["reference"]["resource"] for key in table_schema("policies")["foreignKeys"]}
    assert keys["parent_policy_id"] == ""
    assert keys["office_id"] == "offices"


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_package_has_the_shape_the_specification_asks_for(form):
    package = data_package(TABLES, form=form)
    assert NAME.fullmatch(package["name"])
    assert package["version"] == f"{SCHEMA_VERSION}.0.0"
    names = [resource["name"] for resource in package["resources"]]
    assert names == list(TABLES)
    for resource in package["resources"]:
        assert NAME.fullmatch(resource["name"])
        assert resource["path"] == f"{resource['name']}.{form}"
        assert resource["schema"] == table_schema(resource["name"])
        assert resource["profile"] == "tabular-data-resource"
        assert resource["description"]


def test_the_files_are_json_and_the_same_again(tmp_path):
    files = write_schemas(["cases", "offices"], tmp_path / "a")
    assert [file.name for file in files] == ["datapackage.json", "cases.schema.json", "offices.schema.json"]
    assert json.loads(files[0].read_text()) == data_package(["cases", "offices"])
    assert json.loads(files[1].read_text()) == table_schema("cases")
    again = write_schemas(["cases", "offices"], tmp_path / "b")
    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in files]


def test_a_schema_is_not_overwritten(tmp_path):
    write_schemas(["cases"], tmp_path)
    with pytest.raises(FileExistsError, match="is there already"):
        write_schemas(["offices"], tmp_path)
    assert not (tmp_path / "offices.schema.json").exists()


def test_an_unknown_table_is_an_error():
    with pytest.raises(KeyError):
        table_schema("persons")
