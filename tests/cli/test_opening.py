"""What verbs over a snapshot share: options with the same words, and how they begin."""

from __future__ import annotations

import inspect
from typing import get_type_hints

import pytest
import typer

from closeout.cli import options
from closeout.cli.analyze import standards
from closeout.cli.duties import duties
from closeout.cli.freeze import freeze
from closeout.cli.measures import measures
from closeout.cli.opening import assumptions, opened
from closeout.cli.staff import staff
from closeout.cli.verify import verify
from closeout.workload.weights import Kind
from tests.evidence.freezing.making import write_snapshot

VERBS = [standards, duties, freeze, measures, staff, verify]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_the_engine_has_the_same_words_everywhere(verb):
    assert get_type_hints(verb, include_extras=True)["engine"] == options.EngineAddress
    assert inspect.signature(verb).parameters["engine"].default == "duckdb://"


@pytest.mark.parametrize("verb", VERBS[1:], ids=lambda verb: verb.__name__)
def test_so_have_the_rules(verb):
    assert get_type_hints(verb, include_extras=True)["pack"] == options.PackFolder


@pytest.mark.parametrize(
    "name", ["draws", "seed", "is_adjusted", "support", "occupancy", "is_without_hidden"]
)
def test_staffing_is_frozen_with_the_options_it_is_shown_with(name):
    one, other = (inspect.signature(verb).parameters[name] for verb in (staff, freeze))
    assert (one.annotation, one.default) == (other.annotation, other.default)


def test_records_and_rules_are_opened(tmp_path):
    snapshot, rules = opened("staff", write_snapshot(tmp_path / "records").folder, None)
    assert "positions" in snapshot.manifest.tables
    assert rules.clauses


def test_without_a_folder_it_says_how_to_get_one(capsys):
    with pytest.raises(typer.Exit) as ended:
        opened("staff", None, None)
    assert ended.value.exit_code == 2
    said = "closeout staff: give a snapshot's folder; `closeout example --out DIR` makes one to try\n"
    assert capsys.readouterr().err == said


def test_a_folder_that_is_no_snapshot_is_refused(tmp_path, capsys):
    with pytest.raises(typer.Exit):
        opened("duties", tmp_path, None)
    assert capsys.readouterr().err.startswith("closeout duties: ")


def test_every_fault_of_a_pack_is_said(tmp_path, capsys):
    write_snapshot(tmp_path / "records")
    with pytest.raises(typer.Exit):
        opened("freeze", tmp_path / "records", tmp_path)
    said = capsys.readouterr().err.splitlines()
    assert all(line.startswith("closeout freeze: ") for line in said)
    assert said[0].endswith("write them as a list in another .yaml file")
    assert "there is no pack.yaml" in said[1]
    assert len(said) == 2


def test_percents_become_shares():
    made = assumptions("staff", 20.0, 85.0, is_adjusted=True, is_without_hidden=True)
    assert (made.support_share, made.occupancy) == (0.2, 0.85)
    assert (made.kind, made.counts_hidden) == (Kind.ADJUSTED, False)


def test_a_percent_that_cannot_be_is_refused(capsys):
    with pytest.raises(typer.Exit):
        assumptions("staff", 100.0, 90.0, is_adjusted=False, is_without_hidden=False)
    assert "leaves no hours for cases" in capsys.readouterr().err
