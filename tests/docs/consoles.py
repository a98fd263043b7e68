"""Runs the commands that pages print, and compares what they say with what the page shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from closeout.cli.main import app
from tests.docs.pages import commands

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.docs.pages import Block, Command

    Run = Callable[[str, Path], subprocess.CompletedProcess[str]]

PROGRAM = Path(sys.executable).with_name("closeout")
LONGEST_SECONDS = 300
ANYTHING = "..."
WARM = frozenset({"example", "check", "template", "staff"})
"""Verbs that open no store: they can run in the tests' process, which has imported what they need."""


def environment(folder: Path) -> dict[str, str]:
    """Return what a user's shell would have, with a plain terminal of 100 columns."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PYTHONIOENCODING": "utf-8",
    }


def run(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one command line in a folder; `closeout` is this environment's own."""
    parts = shlex.split(words)
    assert parts[0] in {"closeout", "cp", "mkdir", "ls"}, f"{parts[0]} is not for pages"
    if parts[0] == "closeout":
        parts[0] = str(PROGRAM)
    return subprocess.run(  # noqa: S603 - the words stand in our own pages
        parts,
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )


def run_warm(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command line as `run` does, but a verb that opens no store in this process: it starts at once.

    An error that the verb did not foresee is raised, and not hidden behind its exit code.
    """
    program, *arguments = shlex.split(words)
    if program != "closeout" or arguments[0] not in WARM:
        return run(words, folder)
    with chdir(folder):
        done = CliRunner(env=environment(folder)).invoke(app, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def matches(shown: tuple[str, ...], said: str) -> bool:
    """Say whether output is what a page shows; `...` stands for anything, over lines too."""
    first, *others = "\n".join(shown).strip("\n").split(ANYTHING)
    plain = "\n".join(line.rstrip() for line in said.splitlines()).strip("\n")
    if not others:
        return plain == first
    if not plain.startswith(first):
        return False
    at = len(first)
    # Taking each part at its first place is enough: what follows can only lie further on.
    for part in others[:-1]:
        at = plain.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return plain.endswith(others[-1]) and len(plain) - len(others[-1]) >= at


def check_block(block: Block, folder: Path, by: Run = run) -> None:
    """Run a block's commands in order and compare each with what is shown under it.

    A block of kind `console exit=1` says that its last command ends with that code.

    Args:
        block: The block.
        folder: Where its commands run.
        by: Runs a command in a folder.

    """
    codes = re.findall(r"exit=(\d)", block.info)
    listed = commands(block)
    for position, command in enumerate(listed):
        is_last = position == len(listed) - 1
        _check(command, by(command.words, folder), int(codes[0]) if codes and is_last else 0)


def _check(command: Command, done: subprocess.CompletedProcess[str], code: int) -> None:
    told = f"$ {command.words}\n{done.stdout}\n{done.stderr}"
    assert done.returncode == code, told
    if command.shown:
        assert matches(command.shown, done.stdout), told
