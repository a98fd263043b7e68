"""No table and no model can hold who somebody is, where somebody lives, or how somebody was scored.

By name: words that no column may be called. By kind: no string without a form or a short limit, so that
nobody can write about a person into a record. The promise is in docs/explanation/boundary.md.
"""

from __future__ import annotations

import re

import dataframely as dy
import pytest
from django.apps import apps
from django.db import models

from closeout.records import columns
from closeout.records.tables import TABLES
from closeout.web.casework.models.record import Record
from tests.each import for_each

FORBIDDEN = (
    # Who somebody is.
    *("name", "first_name", "last_name", "surname", "forename", "full_name", "alias", "nickname", "maiden"),
    *("birth", "dob", "birthdate", "date_of_birth", "age", "gender", "sex", "race", "ethnicity", "religion"),
    *(
        "citizenship",
        "nationality",
        "country_of_birth",
        "marital",
        "spouse",
        "mother",
        "father",
        "child_name",
    ),
    *("photo", "picture", "portrait", "image", "face", "mugshot", "scar", "tattoo", "height", "weight"),
    *("biometric", "fingerprint", "iris", "dna", "voiceprint", "gait"),
    # Numbers that lead to somebody.
    *(
        "a_number",
        "alien_number",
        "anumber",
        "alien",
        "ssn",
        "social_security",
        "passport_no",
        "passport_number",
    ),
    *("fin", "fbi_number", "license_plate", "plate", "subject_id", "person_id", "identification_number"),
    # Where somebody is.
    *("address", "street", "zip", "zipcode", "postal", "postcode", "city", "county", "apartment"),
    *("lat", "latitude", "lon", "lng", "longitude", "geocode", "geohash", "coordinates", "location", "gps"),
    *("phone", "telephone", "mobile", "email", "employer", "school", "destination", "itinerary", "flight"),
    # How somebody was scored or chosen.
    *("risk", "risk_score", "risk_level", "score_person", "threat", "threat_level", "dangerousness"),
    *(
        "priority_rank",
        "priority_rank_person",
        "ranking",
        "propensity",
        "likelihood",
        "prediction",
        "watchlist",
    ),
    *("criminality", "conviction", "felon", "offense", "crime", "charge", "arrest", "gang", "rca"),
    # Words without bounds.
    *("note", "notes", "comment", "comments", "narrative", "remark", "remarks", "free_text", "description"),
    *("text", "memo", "message", "body", "details_text", "statement_text", "findings_text"),
)
PERSONAL = (
    "birth",
    "dob",
    "photo",
    "picture",
    "biometric",
    "fingerprint",
    "ssn",
    "a_number",
    "latitude",
    "lat",
)
PERSONAL += ("longitude", "lon", "address", "street", "zip", "risk_score", "threat_level", "race", "gender")
# A model's field that holds a forbidden word and means something else, with why.
ALLOWED = {("Conflict", "fingerprint"): "a digest that tells one conflict between documents from another"}
KINDS = ("Int64", "Float64", "Bool", "Date", "Datetime", "Enum", "String")
# Prose about the agency's own recommendations and policies, never about a person supervised: what the
# auditor printed, what the agency says it did. Typed words are scanned before they are saved.
PROSE_APPS = ("recommendations",)
RECORD_APPS = ("casework", "registers", "staffing")
RECORDS = [
    model
    for app in RECORD_APPS
    for model in apps.get_app_config(app).get_models()
    if issubclass(model, Record)
]
MODELS = [
    model
    for app in (*RECORD_APPS, *PROSE_APPS, "accounts")
    for model in apps.get_app_config(app).get_models()
]


def forbidden_in(name):
    """Return the forbidden words in a column's name, each as whole words of it."""
    return [word for word in FORBIDDEN if re.search(rf"(?:^|_){re.escape(word)}(?:_|$)", name)]


@pytest.mark.parametrize(
    "name",
    [
        *("risk_score", "threat_level", "lat", "lon", "home_address", "zip", "photo", "picture", "biometric"),
        *("a_number", "date_of_birth", "dob", "person_name", "notes", "free_text", "priority_rank_person"),
    ],
)
def test_the_words_catch_what_they_are_for(name):
    assert forbidden_in(name)


@pytest.mark.parametrize(
    "name", ["latest_on", "platform", "stagename", "late", "aged_out", "renamed", "flat"]
)
def test_a_word_inside_another_is_not_caught(name):
    assert not forbidden_in(name)


@for_each("table", TABLES)
def test_no_declared_column_is_called_a_forbidden_word(table):
    assert {name: words for name in TABLES[table].columns() if (words := forbidden_in(name))} == {}


@for_each("model", RECORDS)
def test_no_field_of_a_record_is_called_a_forbidden_word(model):
    names = [name for field in model._meta.concrete_fields for name in {field.column, field.name}]
    assert {name: words for name in names if (words := forbidden_in(name))} == {}


@for_each("model", MODELS)
def test_no_model_at_all_has_a_field_about_who_or_where_somebody_is(model):
    names = [field.column for field in model._meta.concrete_fields]
    caught = [(name, word) for name in names for word in forbidden_in(name) if word in PERSONAL]
    assert [one for one in caught if (model.__name__, one[0]) not in ALLOWED] == []


@for_each("table", TABLES)
def test_no_declared_string_is_without_a_form_or_a_short_limit(table):
    for name, column in TABLES[table].columns().items():
        assert type(column).__name__ in KINDS, name
        if isinstance(column, dy.String):
            form = column.regex or "^$"
            assert column.regex or 0 < (column.max_length or 0) <= columns.LABEL_LENGTH, name
            assert form.startswith("^"), name
            assert form.endswith("$"), name
            assert re.search(r"\*|\+\$|,\}", form) is None, f"{name}: a form without an end"


@for_each("model", RECORDS)
def test_no_record_in_the_database_has_an_unbounded_string(model):
    unbounded = models.TextField | models.FileField | models.BinaryField | models.JSONField
    for field in model._meta.concrete_fields:
        assert not isinstance(field, unbounded), field.name
        if isinstance(field, models.CharField):
            assert (field.max_length or 1000) <= columns.LABEL_LENGTH, field.name


@pytest.mark.parametrize("table", [table for table in TABLES if "case_no" in TABLES[table].columns()])
def test_a_table_about_cases_has_no_label_at_all(table):
    """A label names a thing of the agency; beside a case number it could name a person."""
    assert not [name for name, made in TABLES[table].columns().items() if getattr(made, "max_length", None)]


@pytest.mark.parametrize("form", [columns.CASE_NO, columns.OFFICER_NO])
def test_the_numbers_of_cases_and_staff_are_no_known_identification_numbers(form):
    for number in ("A012345678", "A12345678", "012345678", "123-45-6789", "C012345678X", "X12345678"):
        assert re.fullmatch(form, number) is None


def test_nothing_is_allowed_that_is_not_there():
    there = {(model.__name__, field.column) for model in MODELS for field in model._meta.concrete_fields}
    assert set(ALLOWED) <= there
