from pathlib import Path

import pytest

from closeout.records.checking.sources import NothingToCheckError, find_sources, table_called


class Mapping:
    def tables(self, name: str) -> tuple[str, ...]:
        return ("offices",) if name.endswith("theirs.csv") else ()


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def tables(folder: Path) -> dict[str, str | None]:
    return {source.name: source.table for source in find_sources(folder).sources}


def test_a_file_is_the_table_of_its_name(tmp_path):
    put(tmp_path, "cases.csv", "offices.parquet", "holds.csv.gz", "transfers.tsv")
    assert tables(tmp_path) == {
        "cases.csv": "cases",
        "offices.parquet": "offices",
        "holds.csv.gz": "holds",
        "transfers.tsv": "transfers",
    }


def test_capitals_blanks_and_hyphens_in_a_name_do_not_count(tmp_path):
    assert tables(put(tmp_path, "Check-Ins.CSV", "Docket Memberships.csv")) == {
        "Check-Ins.CSV": "check_ins",
        "Docket Memberships.csv": "docket_memberships",
    }


def test_a_folder_of_parts_is_one_table(tmp_path):
    put(tmp_path, "cases/part-000.parquet", "cases/part-001.parquet", "cases/0003.csv")
    assert set(tables(tmp_path).values()) == {"cases"}
    assert len(tables(tmp_path)) == 3


def test_a_file_in_a_folder_named_like_a_table_is_no_part_unless_it_is_named_like_one(tmp_path):
    found = find_sources(put(tmp_path, "countries/removals.csv", "countries/part-0.csv"))
    assert [source.name for source in found.sources] == ["countries/part-0.csv"]
    assert [unread.name for unread in found.unread] == ["countries/removals.csv"]


def test_a_single_file_is_checked_alone(tmp_path):
    put(tmp_path, "cases.csv", "offices.csv")
    assert tables(tmp_path / "cases.csv") == {"cases.csv": "cases"}


def test_what_is_no_table_is_named_with_the_reason(tmp_path):
    found = find_sources(put(tmp_path, "cases.csv", "notes.docx", "cazes.csv", "quarantine/cases.parquet"))
    assert {unread.name: unread.why for unread in found.unread} == {
        "notes.docx": "neither CSV nor Parquet",
        "cazes.csv": "there is no table of this name; did you mean cases?",
        "quarantine/cases.parquet": "rows that an earlier check kept apart",
    }


def test_a_manifest_and_hidden_files_are_passed_over(tmp_path):
    found = find_sources(put(tmp_path, "cases.csv", "manifest.json", ".git/cases.csv", ".DS_Store"))
    assert [source.name for source in found.sources] == ["cases.csv"]
    assert found.unread == ()


def test_a_mapping_comes_before_the_name(tmp_path):
    found = find_sources(put(tmp_path, "theirs.csv", "cases.csv"), Mapping())
    assert {source.name: source.table for source in found.sources} == {
        "theirs.csv": None,
        "cases.csv": "cases",
    }


def test_a_path_that_is_not_there_is_said(tmp_path):
    with pytest.raises(NothingToCheckError, match="nowhere does not exist"):
        find_sources(tmp_path / "nowhere")


@pytest.mark.parametrize("names", [(), ("readme.txt",), ("cases.xlsx",)])
def test_a_folder_without_a_table_says_how_to_get_one(tmp_path, names):
    with pytest.raises(NothingToCheckError, match="closeout template"):
        find_sources(put(tmp_path, *names))


def test_a_table_called_by_no_name_is_none():
    assert table_called("persons") is None
    assert table_called(" Cases ") == "cases"
