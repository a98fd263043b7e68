"""947 spellings of a case's status against the codebook's 29 codes, beside the source's own cleaning."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import closeout.records
from closeout.records.mapping import load_mapping, read_source

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "reference"
RAW = "ero_case_status_raw_counts_iceair.csv"
MAPPING = Path(closeout.records.__file__).parent / "mappings" / "case_status.yaml"
needs_shared = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the public tables are not beside this folder"
)


@pytest.fixture(scope="module")
def codes():
    """Return the code list of the mapping."""
    return next(c.codes for t in load_mapping(MAPPING).sources[0].tables for c in t.columns if c.codes)


@pytest.fixture(scope="module")
def raw():
    """Return the spellings with their counts and the source's clean code."""
    frame = pl.read_csv(REFERENCE / RAW, infer_schema=False)
    return [(status or "", int(count), clean) for status, count, clean, _ in frame.iter_rows()]


@pytest.fixture(scope="module")
def codebook():
    """Return the 29 codes."""
    return set(pl.read_csv(REFERENCE / "ero_case_status_codes.csv", infer_schema=False)["Code"])


def rate(raw, resolves):
    """Return how many spellings resolve, and how many uses."""
    kept = [count for status, count, clean in raw if resolves(status, clean)]
    return len(kept), sum(kept)


@needs_shared
def test_the_list_has_exactly_the_codes_of_the_codebook(codes, codebook):
    assert len(codebook) == 29
    assert set(codes.by_spelling.values()) - codes.outside == codebook
    assert not codes.outside & codebook


@needs_shared
def test_no_fewer_become_one_of_the_29_than_with_the_clean_column(raw, codes, codebook):
    theirs = rate(raw, lambda status, clean: (clean or status) in codebook)
    ours = rate(raw, lambda status, _: codes.code((status,)) is not None)
    assert theirs == (57, 1_228_476)
    assert ours == (145, 1_230_549)
    assert len(raw) == 947
    assert sum(count for _, count, _ in raw) == 1_733_555


@needs_shared
def test_no_fewer_are_known_than_with_the_clean_column_and_its_own_words(raw, codes, codebook):
    cleaned = rate(raw, lambda _, clean: clean is not None)
    theirs = rate(raw, lambda status, clean: clean is not None or status in codebook)
    ours = rate(raw, lambda status, _: codes.known((status,)) is not None)
    assert cleaned == (38, 680_000)
    assert theirs == (67, 1_659_512)
    assert ours == (181, 1_664_443)


@needs_shared
def test_nothing_is_resolved_otherwise_than_the_source_cleans_it(raw, codes):
    differing = [
        (status, clean) for status, _, clean in raw if clean is not None and codes.known((status,)) != clean
    ]
    assert differing == []


@needs_shared
def test_a_code_is_never_made_of_another_one(raw, codes, codebook):
    wrong = [status for status, _, _ in raw if status in codebook and codes.code((status,)) != status]
    assert wrong == []


@needs_shared
def test_the_rest_is_listed_and_refused_with_its_words(raw):
    mapping = load_mapping(MAPPING)
    (part,) = mapping.apply(RAW, read_source(REFERENCE / RAW, mapping.form(RAW)))
    (told,) = part.rates
    assert (told.resolved, told.of, told.weight, told.of_weight) == (145, 947, 1_230_549, 1_733_555)
    empty = part.frame["category"].null_count()
    assert sum(count for _, _, count in part.unmapped) == 947 - 145 - empty
    assert part.frame["_unmapped"].null_count() == 145 + empty
    assert empty == 1


@pytest.mark.parametrize(
    "spelling",
    [
        "REMVOAL",
        "GUATEMALA",
        "TRANSFER",
        "1/15/1900",
        "DEPORT/REINS",
        "B&B",
        "NTA/NO BOND",
        "M",
        "0",
        "17",
        "REINSTSTE",
    ],
)
def test_misspellings_places_dates_and_two_meanings_are_not_guessed(codes, spelling):
    assert codes.known((spelling,)) is None


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        *(("re-instate", "16"), ("RE INSTATE", "16"), ("F\\O", "16"), ("F.O.", "16"), ("16`", "16")),
        *(
            ("E/R", "8F"),
            ("exp-removal", "8F"),
            ("ER/CF", "8G"),
            ("ERCF", "8G"),
            ("V.D.", "1A"),
            ("V/R", "1A"),
        ),
        *(
            ("VD/SAFEGUARDS", "9"),
            ("Visa waiver", "10"),
            ("ADM. REMOVAL", "11"),
            ("8f", "8F"),
            (" 2b ", "2B"),
        ),
    ],
)
def test_the_same_words_written_otherwise_have_the_same_code(codes, spelling, code):
    assert codes.code((spelling,)) == code
