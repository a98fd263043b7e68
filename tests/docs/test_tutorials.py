"""The commands that tutorials and guides print run as printed, and say what the page shows."""

from __future__ import annotations

import pytest

from tests.docs.consoles import check_block, matches, run, run_warm
from tests.docs.pages import DOCS, Block, commands, console_blocks, name_of

PAGES = [
    page
    for folder in ("tutorials", "how-to")
    for page in sorted((DOCS / folder).glob("*.md"))
    if console_blocks(page)
]


@pytest.mark.parametrize("written", PAGES, ids=name_of)
def test_the_commands_of_a_page_run_in_order_from_an_empty_folder(
    written, tmp_path, run_with_one_demonstration
):
    for block in console_blocks(written):
        check_block(block, tmp_path, run_with_one_demonstration)


def test_there_is_a_tutorial_that_is_run():
    assert [name_of(page) for page in PAGES if page.parent.name == "tutorials"]


def test_a_block_gives_its_commands_with_the_output_under_each():
    block = Block("console", ("$ closeout read a \\", "    b", "one", "two", "", "$ ls", "three"))
    first, second = commands(block)
    assert (first.words, first.shown) == ("closeout read a b", ("one", "two", ""))
    assert (second.words, second.shown) == ("ls", ("three",))


@pytest.mark.parametrize(
    ("shown", "said", "expected"),
    [
        (("one", "two"), "one\ntwo\n", True),
        (("one", "..."), "one\nand\nmore\n", True),
        (("one ...",), "one and more\n", True),
        (("one",), "one\ntwo\n", False),
        (("1.5",), "1x5\n", False),
        (("one",), "one   \n", True),
    ],
)
def test_three_dots_stand_for_anything_and_nothing_else_does(shown, said, expected):
    assert matches(shown, said) is expected


def test_a_warm_verb_says_what_a_process_does(tmp_path):
    warm, cold = (by("closeout check nowhere", tmp_path) for by in (run_warm, run))
    assert (warm.returncode, warm.stdout, warm.stderr) == (cold.returncode, cold.stdout, cold.stderr)
    assert (warm.returncode, "nowhere" in warm.stderr) == (2, True)


def test_an_error_that_a_verb_did_not_foresee_is_not_its_exit_code(tmp_path, monkeypatch):
    monkeypatch.setattr("closeout.cli.check.check", _fail)
    with pytest.raises(ZeroDivisionError):
        run_warm("closeout check", tmp_path)


def _fail() -> None:
    raise ZeroDivisionError
