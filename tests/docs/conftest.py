"""The demonstration, run once for every page that begins with it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.docs.consoles import run, run_warm

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.docs.consoles import Run

DEMONSTRATION = "closeout demo --no-serve"
STORE = "closeout.sqlite3"


@dataclass(frozen=True)
class Demonstration:
    """What the command said, and the folder it ran in."""

    done: subprocess.CompletedProcess[str]
    folder: Path


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Run the demonstration as a stranger would, in an empty folder."""
    folder = tmp_path_factory.mktemp("demonstration")
    done = run(DEMONSTRATION, folder)
    assert done.returncode == 0, done.stderr
    return Demonstration(done, folder)


@pytest.fixture
def run_with_one_demonstration(request: pytest.FixtureRequest) -> Run:
    """Return what runs a command, and gives what the demonstration said and made without making it again.

    On pages that begin with the demonstration every command is a process of its own, as a stranger's are.
    On the others verbs that open no store run in this process, and a load finds a store that was migrated.
    """

    def run_or_copy(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
        if words != DEMONSTRATION or any(folder.iterdir()):
            if (folder / "demo-out").exists():
                return run(words, folder)
            if words.startswith("closeout load ") and not (folder / STORE).exists():
                shutil.copy(request.getfixturevalue("migrated_file"), folder / STORE)
            return run_warm(words, folder)
        made: Demonstration = request.getfixturevalue("demonstration")
        shutil.copytree(made.folder, folder, dirs_exist_ok=True)
        return made.done

    return run_or_copy
