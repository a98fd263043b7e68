"""The page of commands names every verb there is, and every option of each."""

from __future__ import annotations

import re

import pytest

from closeout.cli.main import VERBS, command
from tests.docs.pages import DOCS

PAGE = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
EVERYWHERE = {"--help", "--install-completion", "--show-completion"}


def options_of(made):
    """Return the long options of a command, and of those under it."""
    own = {name for option in made.params for name in option.opts if name.startswith("--")}
    under = getattr(made, "commands", {})
    return own.union(*(options_of(each) for each in under.values()))


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_named(verb):
    assert f"`closeout {verb}" in PAGE


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_named(verb):
    named = set(re.findall(r"--[a-z-]+", PAGE)) | {"--serve"}
    assert options_of(command(verb)) - EVERYWHERE <= named


def test_no_option_is_named_that_no_command_has():
    there = set().union(*(options_of(command(verb)) for verb in VERBS)) | EVERYWHERE
    assert set(re.findall(r"`(--[a-z-]+)", PAGE)) - there <= {"--no-serve", "--version", "--debug"}
