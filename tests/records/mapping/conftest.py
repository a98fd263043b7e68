"""A mapping file from a few lines, and rows as text."""

from __future__ import annotations

import textwrap

import polars as pl
import pytest

from closeout.records.mapping import load_mapping


@pytest.fixture
def mapping(tmp_path):
    """Return a function that loads a mapping from its text."""

    def load(text, name="mine.yaml"):
        file = tmp_path / name
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        return load_mapping(file)

    return load


@pytest.fixture
def rows():
    """Return a function that makes a frame of text, a column an argument."""

    def make(**columns):
        return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))

    return make
