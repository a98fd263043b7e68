"""Tests that share what takes long to make are run by one worker, and the longest begin first."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import grouping

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        ("tests/web/test_home.py::test_a", "tests/web/test_home.py"),
        ("tests/assess/test_run.py::test_a[b/c]", "tests/assess"),
        ("tests/evidence/measures/test_example.py::test_a", "tests/evidence/measures"),
        ("tests/evidence/measures_of_old.py::test_a", "tests/evidence/measures_of_old.py"),
    ],
)
def test_a_file_is_a_group_and_so_is_a_folder_that_shares_much(nodeid, group):
    assert grouping.group_of(nodeid) == group


def test_the_longest_come_first_and_the_others_stay_in_their_order():
    files = (
        "tests/b.py",
        "tests/assess/test_run.py",
        "tests/a.py",
        "tests/engines/test_duck.py",
        "tests/b.py",
    )
    items = [SimpleNamespace(nodeid=f"{file}::test") for file in files]
    grouping.put_longest_first(items)
    assert [item.nodeid.partition("::")[0] for item in items] == [files[place] for place in (3, 1, 0, 2, 4)]


def test_groups_are_files_and_folders_that_are_there():
    assert all((ROOT / group).exists() for group in (*grouping.TOGETHER, *grouping.LONGEST))


ONE_OF_TWO_FILES = "import pytest\n@pytest.mark.parametrize('n', range(9))\ndef test(n): pass\n"
CONFTEST = """
import pytest
from tests.grouping import ByGroup
@pytest.hookimpl
def pytest_xdist_make_scheduler(config, log):
    return ByGroup(config, log)
"""


def test_one_worker_runs_all_tests_of_a_file(tmp_path):
    for name in ("test_one.py", "test_two.py"):
        (tmp_path / name).write_text(ONE_OF_TWO_FILES)
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n")
    words = [sys.executable, "-m", "pytest", "-v", "-p", "xdist", "-n", "2", "-p", "no:cacheprovider"]
    # Three processes would each load every plugin there is.
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, env=alone)  # noqa: S603
    ran = re.findall(r"\[(gw\d)\].* PASSED (test_\w+\.py)::", done.stdout)
    assert len(ran) == 18, done.stdout + done.stderr
    assert len({file: worker for worker, file in ran}) == len(set(ran)) == 2
