"""Tests that share what takes long to make are run by one worker, and the longest begin first."""

from pathlib import Path

import pytest

from tests import grouping

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("file", "group"),
    [
        ("tests/web/test_home.py", "tests/web/test_home.py"),
        ("tests/assess/test_run.py", "tests/assess"),
        ("tests/evidence/measures/test_example.py", "tests/evidence/measures"),
        ("tests/evidence/measures_of_old.py", "tests/evidence/measures_of_old.py"),
    ],
)
def test_a_file_is_a_group_and_so_is_a_folder_that_shares_much(file, group):
    assert grouping.group_of(file) == group


def test_this_test_stays_with_its_file(request):
    assert request.node.get_closest_marker("xdist_group").args == ("tests/test_grouping.py",)


def test_the_longest_come_first_and_the_others_stay_in_their_order():
    class Item:
        def __init__(self, group):
            self.group = group

        def get_closest_marker(self, _name):
            return pytest.mark.xdist_group(self.group).mark

    items = [Item(group) for group in ("b", "measured-agency", "a", "spark", "b")]
    grouping.put_longest_first(items)
    assert [item.group for item in items] == ["spark", "measured-agency", "b", "a", "b"]


def test_groups_that_are_files_or_folders_are_there():
    paths = [group for group in (*grouping.LONGEST, *grouping.FOLDERS) if group.startswith("tests/")]
    assert paths
    assert all((ROOT / path).exists() for path in paths)
