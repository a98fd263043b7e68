"""The guide's example is a mapping that works, and its message is the one a person sees."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from closeout.records.mapping import MappingError, columns, load, load_mapping
from tests.docs.pages import DOCS, split

PAGE = DOCS / "how-to" / "map-your-columns.md"
PROSE, BLOCKS = split(PAGE)
EXAMPLE = "\n".join(BLOCKS[0].lines) + "\n"


@pytest.fixture
def file(tmp_path):
    """Return the guide's mapping file."""
    path = tmp_path / "visits.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def test_the_example_maps_the_rows_it_speaks_of(file, rows):
    frame = rows(Program=["A-1", "A-1"], Visited=["May 8, 2025", "8.5.2025"], Result=["x", "y"])
    (part,) = load_mapping(file).apply("visits.csv", frame)
    assert part.table == "partner_inspections"
    assert part.frame["held_on"].to_list() == ["2025-05-08", "8.5.2025"]
    assert part.unmapped == [("held_on", "8.5.2025", 1)]
    assert part.dropped == [("Result", "no declared column")]


def test_the_message_of_the_guide_is_the_real_one(file):
    file.write_text(EXAMPLE.replace("inspection_id:", "inspection_no:"), encoding="utf-8")
    with pytest.raises(MappingError) as raised:
        load_mapping(file)
    assert f"`{raised.value}`" in " ".join(PROSE.split())


def test_every_setting_there_is_stands_in_the_guide():
    settings = {*load._LIST, *load._FORM, *load._SOURCE, *load._TABLE, *load._LEAVE_OUT, *load._UNPIVOT}
    settings |= {*load._ONE_EACH, *columns._SETTINGS} - {"prefix", "from"}
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in sorted(settings) if f"{name}:" not in page] == []


def test_every_shipped_mapping_stands_in_the_guide():
    shipped = sorted(Path(load.__file__).parents[1].glob("mappings/*.yaml"))
    assert [file.name for file in shipped if f"`{file.name}`" not in PROSE] == []


def test_the_blocks_of_the_guide_are_yaml():
    assert all(yaml.safe_load("\n".join(block.lines)) for block in BLOCKS if block.info == "yaml")
