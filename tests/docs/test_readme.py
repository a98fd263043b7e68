"""The README's first screen holds: its commands run, and the counts it shows are what they print."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from tests.docs.consoles import check_block
from tests.docs.pages import ROOT, console_blocks, split

README = ROOT / "README.md"
MOST_LINES_BEFORE_THE_COMMANDS = 25


@pytest.fixture
def demo(demonstration):
    """Return what the demonstration said, run once, as a stranger would."""
    return demonstration.done


@pytest.fixture
def folder(demonstration):
    """Return the folder a stranger works in."""
    return demonstration.folder


def test_the_counts_are_exactly_what_the_demonstration_prints(demo):
    (shown,) = [block for block in split(README)[1] if block.info == "text"]
    # The assessment behind it stands on the day on which it is made.
    register, assessment = demo.stdout.split("\nThe assessment\n")
    assert "\n".join(shown.lines).strip() == register.strip()
    assert "The largest gaps, in rows" in assessment


def test_the_demonstration_has_an_agency_with_people_who_owe_something(demo, folder):
    with closing(sqlite3.connect(folder / "demo-out" / "closeout.sqlite3")) as store:
        accounts = dict(store.execute("SELECT role, username FROM accounts_user"))
        owed = "SELECT count(*) FROM casework_duty WHERE is_open AND officer_no = ?"
        assert {"officer", "supervisor", "director"} <= set(accounts)
        assert store.execute(owed, [accounts["officer"]]).fetchone()[0] > 100
        assert store.execute("SELECT count(*) FROM casework_finding").fetchone()[0] > 100


def test_the_documents_are_read_with_visible_progress(demo):
    assert "16/16" in demo.stderr


def test_the_number_of_documents_is_the_one_the_readme_says(demo):
    said = re.search(r"reads (\d+) fictional documents", README.read_text(encoding="utf-8"))
    printed = re.search(r"Documents read \.+ +(\d+)", demo.stdout)
    assert said
    assert printed
    assert said[1] == printed[1]


def test_the_commands_that_are_not_make_run_after_the_demonstration(demo, folder):
    blocks = console_blocks(README)
    assert blocks
    for block in blocks:
        check_block(block, folder)


def test_the_make_commands_of_the_readme_are_in_the_makefile():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"^make ([a-z]+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_the_first_screen_says_what_it_is_and_is_not_with_a_picture_and_the_commands():
    lines = README.read_text(encoding="utf-8").splitlines()
    top = "\n".join(lines[:MOST_LINES_BEFORE_THE_COMMANDS])
    assert "reads oversight reports" in top
    assert "What it does not do" in top
    assert "docs/images/recommendations.png" in top
    assert "make demo" in top
    assert "make test" in top


def test_the_picture_is_one_the_browser_tests_make():
    made = [
        path
        for path in (ROOT / "tests" / "browser").rglob("*.py")
        if "recommendations.png" in path.read_text()
    ]
    assert made
