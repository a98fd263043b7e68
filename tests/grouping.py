"""Which tests one worker runs, one after the other, and what is begun first.

Tests of a file stay together, so that what they share is made once. So do those of the files that share what
a conftest makes for the whole run. The longest begin first: none is then left over for one worker alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDERS = ("tests/assess", "tests/evidence/measures", "tests/records/example")
"""Where a conftest makes something large for all files of the folder."""
LONGEST = (
    "spark",
    "demonstration",
    "tests/browser/test_every_page.py",
    "tests/web/casework/duties/test_site_duties.py",
    "tests/web/casework/load/test_kill.py",
    "tests/evidence/measures",
    "measured-agency",
    "tests/assess",
    "tests/web/test_permission_matrix.py",
    "tests/project/test_settings.py",
    "tests/browser/test_casework.py",
    "tests/browser/test_recommendations.py",
)
"""Groups that take half a minute and more, the longest first."""


def group_of(file: str) -> str:
    """Return the group of a test that names none itself, by its file's path from the project's root."""
    return next((folder for folder in FOLDERS if file.startswith(f"{folder}/")), file)


def mark(items: Iterable[pytest.Item]) -> None:
    """Give each test a group."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(group_of(item.nodeid.partition("::")[0])))


def put_longest_first(items: list[pytest.Item]) -> None:
    """Bring the longest groups to the front; the others keep the order they have."""
    places = {group: place for place, group in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(_group(item), len(LONGEST)))


def _group(item: pytest.Item) -> str:
    marker = item.get_closest_marker("xdist_group")
    return str(marker.args[0]) if marker else ""
